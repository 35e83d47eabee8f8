//! The checksums that some issuers put at the end of their tokens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use crate::model::Check;

/// The check of this name in `rules/*.toml` and templates, if it is a checksum.
pub fn by_name(name: &str) -> Option<Check> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    Check::deserialize(name).ok().filter(|check| tail_len(*check).is_some())
}

/// How many bytes the checksum has at the end of a token; none when the check is none.
/// Nobody makes up a value that passes one.
pub fn tail_len(check: Check) -> Option<usize> {
    match check {
        Check::Crc32Base62
        | Check::Crc32Polar
        | Check::Crc32Dynamic
        | Check::Crc32Confluent
        | Check::Bech32 => Some(6),
        Check::Crc32Cloudflare
        | Check::Crc32Grafana
        | Check::Crc32Atlassian
        | Check::Crc32Zuplo => Some(8),
        Check::Crc32Gitlab => Some(7),
        Check::Marvin32 => Some(4),
        Check::Jwt
        | Check::Base64Json
        | Check::LettaUuids
        | Check::DiscordSnowflake
        | Check::AwsAccount
        | Check::NatsSeed
        | Check::NgcPair
        | Check::Macaroon
        | Check::Base64Text
        | Check::IssuerMark => None,
    }
}

/// What must follow `head`, a token without its checksum; none when `head` is
/// too short or the check is no checksum.
pub fn tail(check: Check, head: &[u8]) -> Option<String> {
    let last = |n: usize| head.len().checked_sub(n).map(|at| &head[at..]);
    let body = head.strip_suffix(b"_").unwrap_or(head);
    Some(match check {
        // github.blog/engineering, 2021-04-05: CRC-32 of the random part, base62, padded to 6.
        Check::Crc32Base62 => in_base(&BASE62, 6, crc32fast::hash(last(30)?)),
        // Polar source, `kit/crypto.py`: as GitHub's, of 37 characters.
        Check::Crc32Polar => in_base(&BASE62, 6, crc32fast::hash(last(37)?)),
        // The example of dynamic.xyz/docs, API reference, `TokenWithRaw`.
        Check::Crc32Dynamic => {
            let upper_first = in_base(&BASE62, 6, crc32fast::hash(last(30)?));
            upper_first.bytes().map(|digit| char::from(in_other_case(digit))).collect()
        }
        // developers.cloudflare.com, token formats: CRC-32 of the 40-character body.
        Check::Crc32Cloudflare => format!("{:08x}", crc32fast::hash(last(40)?)),
        // Grafana source, `apikeygenprefixed`: CRC-32 of all before the `_`, little-endian.
        Check::Crc32Grafana => format!("{:08x}", crc32fast::hash(body).swap_bytes()),
        Check::Crc32Atlassian => format!("{:08X}", crc32fast::hash(head)),
        Check::Crc32Zuplo => {
            format!("{:08x}", crc32fast::hash(&body[body.len().checked_sub(32)?..]))
        }
        Check::Crc32Confluent => {
            let sum = crc32fast::hash(last(54)?).to_le_bytes();
            STANDARD_NO_PAD.encode(sum)[..6].to_owned()
        }
        // GitLab source, `Authn::TokenField::Generator::RoutableToken`.
        Check::Crc32Gitlab => in_base(&BASE62[..36], 7, crc32fast::hash(head)).to_ascii_lowercase(),
        Check::Bech32 => return bech32(head),
        // microsoft/security-utilities, `IdentifiableSecrets`.
        Check::Marvin32 => {
            let sum = marvin32(&STANDARD_NO_PAD.decode(last(80)?).ok()?).to_le_bytes();
            in_base62_from_the_left(sum)[..4].to_owned()
        }
        Check::Jwt
        | Check::Base64Json
        | Check::LettaUuids
        | Check::DiscordSnowflake
        | Check::AwsAccount
        | Check::NatsSeed
        | Check::NgcPair
        | Check::Macaroon
        | Check::Base64Text
        | Check::IssuerMark => return None,
    })
}

/// Marvin32, as .NET has it, folded to 32 bits, with the seed of
/// common annotated keys.
fn marvin32(bytes: &[u8]) -> u32 {
    let seed = u64::from_be_bytes(*b"Default0");
    let (mut low, mut high) = (seed as u32, (seed >> 32) as u32);
    let mut block = |word: u32| {
        low = low.wrapping_add(word);
        high ^= low;
        low = low.rotate_left(20).wrapping_add(high);
        high = high.rotate_left(9) ^ low;
        low = low.rotate_left(27).wrapping_add(high);
        high = high.rotate_left(19);
        low ^ high
    };
    let words = bytes.chunks_exact(4);
    let mut rest = [0; 4];
    let tail = words.remainder();
    rest[..tail.len()].copy_from_slice(tail);
    rest[tail.len()] = 0x80;
    for word in words {
        block(u32::from_le_bytes(word.try_into().expect("four bytes")));
    }
    block(u32::from_le_bytes(rest));
    block(0)
}

/// Six base62 digits of four bytes read as a number, filled up at the end.
fn in_base62_from_the_left(bytes: [u8; 4]) -> String {
    let digits = in_base(&BASE62, 6, u32::from_be_bytes(bytes));
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let number = format!("{}{}", "0".repeat(zeros), digits.trim_start_matches('0'));
    format!("{number:0<6}")
}

/// BIP 173: what makes the polynomial over the expanded prefix and the data 1.
fn bech32(head: &[u8]) -> Option<String> {
    const CHARSET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let lower = head.to_ascii_lowercase();
    let (prefix, data) = lower.split_at(lower.iter().rposition(|&b| b == b'1')?);
    let digits = data[1..]
        .iter()
        .map(|b| CHARSET.iter().position(|c| c == b).map(|digit| digit as u32))
        .collect::<Option<Vec<u32>>>()?;
    let expanded = prefix
        .iter()
        .map(|&b| u32::from(b) >> 5)
        .chain([0])
        .chain(prefix.iter().map(|&b| u32::from(b) & 31))
        .chain(digits)
        .chain([0; 6]);
    let sum = expanded.fold(1, bech32_step) ^ 1;
    let tail = (0..6).map(|at| CHARSET[(sum >> (5 * (5 - at)) & 31) as usize]);
    let upper = head.iter().any(u8::is_ascii_uppercase);
    Some(tail.map(|b| char::from(if upper { b.to_ascii_uppercase() } else { b })).collect())
}

fn bech32_step(sum: u32, digit: u32) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let shifted = (sum & 0x01ff_ffff) << 5 ^ digit;
    let top = sum >> 25;
    (0..5).filter(|bit| top >> bit & 1 == 1).fold(shifted, |sum, bit| sum ^ GENERATOR[bit])
}

const BASE62: [u8; 62] = *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A letter in its other case.
fn in_other_case(byte: u8) -> u8 {
    byte ^ u8::from(byte.is_ascii_alphabetic()) << 5
}

/// `value` in the base of as many `digits`, padded with zeros to `len`.
fn in_base(digits: &[u8], len: usize, mut value: u32) -> String {
    let base = digits.len() as u32;
    let mut out = vec!['0'; len];
    for slot in out.iter_mut().rev() {
        *slot = char::from(digits[(value % base) as usize]);
        value /= base;
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_the_documented_algorithms() {
        // CRC-32 of "123456789" is cbf43926 (the check value of CRC-32/ISO-HDLC).
        let value = b"123456789";
        assert_eq!(tail(Check::Crc32Atlassian, value).unwrap(), "CBF43926");
        assert_eq!(tail(Check::Crc32Grafana, value).unwrap(), "2639f4cb");
        assert_eq!(tail(Check::Crc32Gitlab, value).unwrap(), "1kl8mjq");
        assert_eq!(tail(Check::Crc32Grafana, b"123456789_").unwrap(), "2639f4cb");
        // Worked out with the code of microsoft/security-utilities.
        assert_eq!(tail(Check::Marvin32, &[b'A'; 80]).unwrap(), "1b5a");
        assert_eq!(tail(Check::Marvin32, &[b'a'; 80]).unwrap(), "1Dny");
    }

    #[test]
    fn only_the_body_counts_where_the_issuer_says_so() {
        let body = [b'a'; 40];
        let with_prefix = [&b"cfut_"[..], &body].concat();
        assert_eq!(tail(Check::Crc32Cloudflare, &with_prefix), tail(Check::Crc32Cloudflare, &body));
        assert_eq!(tail(Check::Crc32Base62, &[b'a'; 30]), tail(Check::Crc32Base62, &[b'a'; 34]));
        assert_eq!(tail(Check::Crc32Dynamic, &[b'a'; 30]), tail(Check::Crc32Dynamic, &[b'a'; 34]));
        assert_eq!(tail(Check::Crc32Zuplo, &[b'a'; 32]).unwrap().len(), 8);
        assert_eq!(tail(Check::Crc32Confluent, &[b'a'; 58]).unwrap().len(), 6);
    }

    #[test]
    fn a_short_head_has_no_checksum_and_no_panic() {
        for check in
            [Check::Crc32Base62, Check::Crc32Cloudflare, Check::Crc32Zuplo, Check::Crc32Confluent]
        {
            assert_eq!(tail(check, b"short"), None);
        }
        assert_eq!(tail(Check::Jwt, b"anything"), None);
    }

    #[test]
    fn numbers_are_padded_to_the_length_of_the_tail() {
        assert_eq!(in_base(&BASE62, 6, 0), "000000");
        assert_eq!(in_base(&BASE62, 6, 61), "00000z");
        assert_eq!(in_base(&BASE62, 6, u32::MAX), "4gfFC3");
        assert_eq!(in_base(&BASE62[..36], 7, u32::MAX), "1Z141Z3");
    }
}
