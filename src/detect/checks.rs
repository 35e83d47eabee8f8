//! What can be tested of a value without a network. A failed check lowers
//! confidence and is said; it hides nothing.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose::NO_PAD};

use crate::model::Check;
use crate::rules::checksum;

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The value has the structure its issuer gives it.
    Passed,
    /// It has not; why.
    Failed(&'static str),
    /// This form of the token has nothing to test.
    NotApplicable,
}

const CONFIG: GeneralPurposeConfig = NO_PAD
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, CONFIG);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);

/// Runs `check` on `value`.
pub(super) fn run(check: Check, value: &[u8]) -> Verdict {
    match check {
        Check::Crc32Base62 | Check::Crc32Confluent => checksum(check, value, 6),
        Check::Crc32Cloudflare
        | Check::Crc32Grafana
        | Check::Crc32Atlassian
        | Check::Crc32Zuplo => checksum(check, value, 8),
        Check::Jwt => jwt(value),
        Check::Base64Json => base64_json(value),
        Check::LettaUuids => letta(value),
        Check::DiscordSnowflake => discord(value),
        Check::Bech32 => bech32(value),
        Check::AwsAccount => aws_account(value),
        Check::NgcPair => ngc_pair(value),
    }
}

fn checksum(check: Check, value: &[u8], len: usize) -> Verdict {
    let Some(at) = value.len().checked_sub(len) else { return Verdict::NotApplicable };
    match checksum::tail(check, &value[..at]) {
        Some(tail) if tail.as_bytes() == &value[at..] => Verdict::Passed,
        Some(_) => Verdict::Failed("its checksum does not match, so it may be made up"),
        None => Verdict::NotApplicable,
    }
}

/// Decodes either alphabet, with or without padding.
fn decode(text: &[u8]) -> Option<Vec<u8>> {
    URL_SAFE.decode(text).or_else(|_| STANDARD.decode(text)).ok()
}

fn is_json_object(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes).is_ok()
}

fn verdict(passed: bool, why: &'static str) -> Verdict {
    if passed { Verdict::Passed } else { Verdict::Failed(why) }
}

/// RFC 7519: header and payload are base64url-encoded JSON objects.
fn jwt(value: &[u8]) -> Verdict {
    let mut parts = value.split(|&b| b == b'.');
    let is_object =
        |part: Option<&[u8]>| part.and_then(decode).is_some_and(|bytes| is_json_object(&bytes));
    let header = is_object(parts.next());
    verdict(
        header && is_object(parts.next()),
        "its header or payload is no JSON, so it may be cut or made up",
    )
}

fn base64_json(value: &[u8]) -> Verdict {
    let start = value.windows(3).position(|w| w == b"eyJ");
    let body = start.map(|at| &value[at..]);
    let body = body.map(|body| body.split(|&b| b == b'_' || b == b'.').next().unwrap_or(body));
    verdict(
        body.and_then(decode).is_some_and(|bytes| is_json_object(&bytes)),
        "its body is no JSON, so it may be cut or made up",
    )
}

fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

fn letta(value: &[u8]) -> Verdict {
    let body = value.strip_prefix(b"sk-let-").unwrap_or(value);
    let pair = decode(body).is_some_and(|text| {
        let mut ids = text.split(|&b| b == b':');
        ids.next().is_some_and(is_uuid) && ids.next().is_some_and(is_uuid)
    });
    verdict(pair, "it does not decode to two UUIDs, so it may be made up")
}

fn ngc_pair(value: &[u8]) -> Verdict {
    let pair =
        decode(value).is_some_and(|text| text.split(|&b| b == b':').nth(1).is_some_and(is_uuid));
    verdict(pair, "it does not decode to a key pair, so it may be made up")
}

fn discord(value: &[u8]) -> Verdict {
    let head = value.split(|&b| b == b'.').next().unwrap_or(value);
    let snowflake = decode(head)
        .is_some_and(|id| (15..=21).contains(&id.len()) && id.iter().all(u8::is_ascii_digit));
    verdict(snowflake, "its first part is no user id, so it may be made up")
}

/// Base32 of the characters after the four-letter prefix; any such id decodes,
/// so only the alphabet can fail.
fn aws_account(value: &[u8]) -> Verdict {
    let body = value.get(4..).unwrap_or(&[]);
    let base32 = body.iter().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(b));
    verdict(base32, "it is not base32, so it may be made up")
}

/// BIP 173: the polynomial checksum over the expanded prefix and the data.
fn bech32(value: &[u8]) -> Verdict {
    const CHARSET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let text = value.to_ascii_lowercase();
    let Some(at) = text.iter().rposition(|&b| b == b'1') else { return Verdict::NotApplicable };
    let (prefix, data) = (&text[..at], &text[at + 1..]);
    let data: Option<Vec<u32>> =
        data.iter().map(|b| CHARSET.iter().position(|c| c == b).map(|v| v as u32)).collect();
    let Some(data) = data else { return Verdict::Failed("it is not Bech32") };
    let expanded = prefix
        .iter()
        .map(|&b| u32::from(b) >> 5)
        .chain([0])
        .chain(prefix.iter().map(|&b| u32::from(b) & 31))
        .chain(data);
    let checksum = expanded.fold(1u32, |sum, value| {
        let top = sum >> 25;
        let sum = (sum & 0x01ff_ffff) << 5 ^ value;
        [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3].iter().enumerate().fold(
            sum,
            |sum, (bit, generator)| if top >> bit & 1 == 1 { sum ^ generator } else { sum },
        )
    });
    verdict(checksum == 1, "its checksum does not match, so it may be made up")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bech32_knows_the_vectors_of_bip_173() {
        assert_eq!(run(Check::Bech32, b"A12UEL5L"), Verdict::Passed);
        assert!(matches!(run(Check::Bech32, b"A1G7SGD8"), Verdict::Failed(_)));
    }

    #[test]
    fn a_jwt_needs_two_json_objects() {
        // The example of RFC 7519, section 6.1 (unsecured).
        let example = b"eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
        assert_eq!(run(Check::Jwt, example), Verdict::Passed);
        assert!(matches!(run(Check::Jwt, b"eyJhbGciOiJub25lIn0.abc.def"), Verdict::Failed(_)));
    }
}
