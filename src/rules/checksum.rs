//! The checksums that some issuers put at the end of their tokens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::model::Check;

/// The check of this name in `rules/*.toml` and templates, if it is a checksum.
pub fn by_name(name: &str) -> Option<Check> {
    Some(match name {
        "crc32-base62" => Check::Crc32Base62,
        "crc32-cloudflare" => Check::Crc32Cloudflare,
        "crc32-grafana" => Check::Crc32Grafana,
        "crc32-atlassian" => Check::Crc32Atlassian,
        "crc32-zuplo" => Check::Crc32Zuplo,
        "crc32-confluent" => Check::Crc32Confluent,
        _ => return None,
    })
}

/// What must follow `head`, a token without its checksum; none when `head` is
/// too short or the check is no checksum.
pub fn tail(check: Check, head: &[u8]) -> Option<String> {
    let last = |n: usize| head.len().checked_sub(n).map(|at| &head[at..]);
    Some(match check {
        // github.blog/engineering, 2021-04-05: CRC-32 of the random part, base62, padded to 6.
        Check::Crc32Base62 => base62(crc32fast::hash(last(30)?)),
        // developers.cloudflare.com, token formats: CRC-32 of the 40-character body.
        Check::Crc32Cloudflare => format!("{:08x}", crc32fast::hash(last(40)?)),
        // Grafana source, `apikeygenprefixed`: CRC-32 of all before the `_`, little-endian.
        Check::Crc32Grafana => {
            let body = head.strip_suffix(b"_").unwrap_or(head);
            format!("{:08x}", crc32fast::hash(body).swap_bytes())
        }
        Check::Crc32Atlassian => format!("{:08X}", crc32fast::hash(head)),
        Check::Crc32Zuplo => {
            let body = head.strip_suffix(b"_").unwrap_or(head);
            format!("{:08x}", crc32fast::hash(&body[body.len().checked_sub(32)?..]))
        }
        Check::Crc32Confluent => {
            let sum = crc32fast::hash(last(54)?).to_le_bytes();
            STANDARD_NO_PAD.encode(sum)[..6].to_owned()
        }
        Check::Jwt
        | Check::Base64Json
        | Check::LettaUuids
        | Check::DiscordSnowflake
        | Check::Bech32
        | Check::AwsAccount
        | Check::NgcPair => return None,
    })
}

fn base62(mut value: u32) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut out = [b'0'; 6];
    for slot in out.iter_mut().rev() {
        *slot = DIGITS[(value % 62) as usize];
        value /= 62;
    }
    out.iter().map(|&b| b as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_tails_have_their_documented_lengths() {
        // CRC-32 of "123456789" is cbf43926 (the check value of CRC-32/ISO-HDLC).
        assert_eq!(tail(Check::Crc32Atlassian, b"123456789").unwrap(), "CBF43926");
        assert_eq!(tail(Check::Crc32Base62, &[b'a'; 30]).unwrap().len(), 6);
        assert_eq!(tail(Check::Crc32Confluent, &[b'a'; 58]).unwrap().len(), 6);
        assert!(tail(Check::Crc32Base62, b"short").is_none());
    }
}
