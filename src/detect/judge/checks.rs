//! What can be tested of a value without a network. A failed check lowers
//! confidence and is said; it hides nothing.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose::NO_PAD};

use bstr::ByteSlice as _;

use super::nats;
use super::shape::is_uuid;
use crate::model::Check;
use crate::rules::checksum;

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::detect) enum Verdict {
    /// The value has the structure its issuer gives it.
    Passed,
    /// It has not; why.
    Failed(&'static str),
    /// This form of the token has nothing to test.
    NotApplicable,
    /// It grants nothing that is not public.
    Public,
}

const CONFIG: GeneralPurposeConfig = NO_PAD
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, CONFIG);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);

/// Runs `check` on `value`.
pub(in crate::detect) fn run(check: Check, value: &[u8]) -> Verdict {
    match check {
        // Longer GitHub tokens have another layout.
        Check::Crc32Base62 | Check::Crc32Dynamic if value.len() != 40 => Verdict::NotApplicable,
        // The long form ends in another way.
        Check::Marvin32 if value.len() != 84 => Verdict::NotApplicable,
        // Other tokens of GitLab's have no checksum.
        Check::Crc32Gitlab if value.iter().rev().position(|&b| b == b'.') != Some(9) => {
            Verdict::NotApplicable
        }
        Check::Crc32Atlassian => checksum(check, &unescaped(value)),
        Check::Crc32Base62
        | Check::Crc32Polar
        | Check::Crc32Dynamic
        | Check::Crc32Cloudflare
        | Check::Crc32Grafana
        | Check::Crc32Zuplo
        | Check::Crc32Confluent
        | Check::Crc32Gitlab
        | Check::Marvin32
        | Check::Bech32 => checksum(check, value),
        Check::Jwt => jwt(value),
        Check::Base64Json => base64_json(value),
        Check::Base64Text => base64_text(value),
        Check::LettaUuids => letta(value),
        Check::DiscordSnowflake => discord(value),
        Check::AwsAccount => aws_account(value),
        Check::NatsSeed => {
            verdict(nats::is_seed(value), "its checksum does not match, so it may be made up")
        }
        Check::NgcPair => ngc_pair(value),
        Check::Macaroon => macaroon(value),
        Check::IssuerMark => issuer_mark(value),
    }
}

fn checksum(check: Check, value: &[u8]) -> Verdict {
    let len = checksum::tail_len(check);
    let Some(at) = len.and_then(|len| value.len().checked_sub(len)) else {
        return Verdict::NotApplicable;
    };
    match checksum::tail(check, &value[..at]) {
        Some(tail) => verdict(
            tail.as_bytes() == &value[at..],
            "its checksum does not match, so it may be made up",
        ),
        None => Verdict::NotApplicable,
    }
}

/// The value with its `=` as itself: URLs and property files write `%3D`, `\\=`.
fn unescaped(value: &[u8]) -> Vec<u8> {
    value.replace("%3D", "=").replace("%3d", "=").replace("\\=", "=")
}

/// Decodes either alphabet, with or without padding.
pub(in crate::detect) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    URL_SAFE.decode(text).or_else(|_| STANDARD.decode(text)).ok()
}

fn is_json_object(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes).is_ok()
}

fn verdict(passed: bool, why: &'static str) -> Verdict {
    if passed { Verdict::Passed } else { Verdict::Failed(why) }
}

/// The first second of 2025: what expired before had done so when this was written.
const LONG_OVER: f64 = 1_735_689_600.0;

/// Claims that only say when a token holds (RFC 7519, 4.1).
const TIMES: [&str; 3] = ["exp", "iat", "nbf"];

/// RFC 7519: header and payload are base64url-encoded JSON objects. One that
/// nobody signed grants nothing, and the anonymous key of a Supabase project
/// is made for browsers. No clock is asked, so only what expired long ago is known to have.
fn jwt(value: &[u8]) -> Verdict {
    let mut parts = value.split(|&b| b == b'.');
    let mut object = || -> Option<serde_json::Value> {
        let bytes = parts.next().and_then(decode).filter(|bytes| is_json_object(bytes))?;
        serde_json::from_slice(&bytes).ok()
    };
    let (Some(header), Some(payload)) = (object(), object()) else {
        return Verdict::Failed("its header or payload is no JSON, so it may be cut or made up");
    };
    let is_public = header["alg"] == "none"
        || (payload["role"] == "anon"
            && payload["iss"].as_str().is_some_and(|iss| iss.starts_with("supabase")));
    // Whom the debugger of jwt.io begins with, whatever the token is signed with.
    let is_debugged = payload["sub"] == "1234567890" || payload["name"] == "John Doe";
    let is_long_over = payload["exp"].as_f64().is_some_and(|end| end < LONG_OVER);
    // Who shows one to NATS signs with the seed, too, unless the token says otherwise.
    let needs_seed = header["alg"] == "ed25519-nkey" && payload["nats"]["bearer_token"] != true;
    let names_nobody = payload.as_object().is_some_and(|claims| {
        !claims.is_empty() && claims.keys().all(|claim| TIMES.contains(&&**claim))
    });
    if is_public {
        Verdict::Public
    } else if is_long_over {
        Verdict::Failed("it expired before 2025, so it grants nothing any more")
    } else if is_debugged {
        Verdict::Failed("it speaks of whom jwt.io does, so it may be made up")
    } else if needs_seed {
        Verdict::Failed("it opens nothing without the seed of its key")
    } else if names_nobody {
        Verdict::Failed("it names nobody and grants nothing that is said, so it may be made up")
    } else {
        Verdict::Passed
    }
}

/// A JSON object in base64 behind a prefix; a signature may follow it.
fn base64_json(value: &[u8]) -> Verdict {
    let body = memchr::memmem::find(value, b"eyJ").map_or(&[][..], |at| &value[at..]);
    let unsigned =
        body.iter().rposition(|&b| b == b'_' || b == b'.').map_or(body, |at| &body[..at]);
    let is_json = |part: &[u8]| decode(part).is_some_and(|bytes| is_json_object(&bytes));
    verdict(is_json(body) || is_json(unsigned), "its body is no JSON, so it may be cut or made up")
}

/// Readable text in base64 behind the last `_`, or all of it.
fn base64_text(value: &[u8]) -> Verdict {
    let body = value.iter().rposition(|&b| b == b'_').map_or(value, |at| &value[at + 1..]);
    let readable = |text: Vec<u8>| text.iter().all(|b| b.is_ascii_graphic() || *b == b' ');
    verdict(decode(body).is_some_and(readable), "it does not decode to text, so it may be made up")
}

/// Fields of type, length, bytes; the location, the identifier and at the end
/// a signature of 32 bytes (libmacaroons, `doc/format.txt`).
fn macaroon(value: &[u8]) -> Verdict {
    const SIGNATURE: [u8; 2] = [6, 32];
    let body = value.iter().position(|&b| b == b'-').map_or(value, |at| &value[at + 1..]);
    let whole = decode(body).is_some_and(|bytes| {
        let signature = bytes.len().checked_sub(34).map(|at| &bytes[at..at + 2]);
        bytes.starts_with(&[2, 1]) && signature == Some(&SIGNATURE)
    });
    verdict(whole, "it decodes to no whole macaroon, so it may be cut or made up")
}

/// Keys whose issuer's name stands in every one of them: `OpenAI`,
/// `BedrockAPIKey-` and `bedrock.amazonaws.com` in base64.
fn issuer_mark(value: &[u8]) -> Verdict {
    let marks: [&[u8]; 3] = [b"T3BlbkFJ", b"QmVkcm9ja0FQSUtleS", b"YmVkcm9jay5hbWF6b25hd3MuY29t"];
    let has = |mark: &[u8]| memchr::memmem::find(value, mark).is_some();
    verdict(marks.into_iter().any(has), "it lacks its issuer's mark, so it may be made up")
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

/// Base32 behind the four letters of the type, the account's number in the
/// first five bytes but for a bit; older ids, which go on with `I` or `J`,
/// hold none.
fn aws_account(value: &[u8]) -> Verdict {
    const LARGEST: u64 = 999_999_999_999;
    let body = value.get(4..).unwrap_or(&[]);
    let digit = |&b: &u8| match b {
        b'A'..=b'Z' => Some(u64::from(b - b'A')),
        b'2'..=b'7' => Some(u64::from(b - b'2') + 26),
        _ => None,
    };
    let Some(digits) = body.iter().map(digit).collect::<Option<Vec<u64>>>() else {
        return Verdict::Failed("it is not base32, so it may be made up");
    };
    if digits.len() < 10 || matches!(body[0], b'I' | b'J') {
        return Verdict::NotApplicable;
    }
    // Ten digits are 50 bits: six bytes and two bits. One bit, forty, nine.
    let account = digits[..10].iter().fold(0, |sum, digit| sum << 5 | digit) >> 9 & 0xff_ffff_ffff;
    verdict(account <= LARGEST, "it holds no account number, so it may be made up")
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::rules::template::expand;

    fn of(check: Check, template: &str) -> Verdict {
        run(check, expand(template, 7).unwrap().as_bytes())
    }

    fn failed(check: Check, template: &str) -> bool {
        matches!(of(check, template), Verdict::Failed(_))
    }

    #[test]
    fn bech32_knows_the_vectors_of_bip_173() {
        assert_eq!(run(Check::Bech32, b"A12UEL5L"), Verdict::Passed);
        assert_eq!(
            run(Check::Bech32, b"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"),
            Verdict::Passed
        );
        assert!(matches!(run(Check::Bech32, b"A1G7SGD8"), Verdict::Failed(_)));
        assert_eq!(of(Check::Bech32, "AGE-SECRET-KEY-1{BECH32:52}{crc:bech32}"), Verdict::Passed);
    }

    #[test]
    fn checksums_pass_as_their_issuers_make_them_and_fail_otherwise() {
        for (check, right, wrong) in [
            (Check::Crc32Base62, "ghp_{base62:30}{crc:crc32-base62}", "ghp_{base62:36}"),
            (Check::Crc32Polar, "polar_oat_{base62:37}{crc:crc32-polar}", "polar_oat_{base62:43}"),
            (Check::Crc32Dynamic, "dyn_{base62:30}{crc:crc32-dynamic}", "dyn_{base62:36}"),
            (
                Check::Crc32Cloudflare,
                "cfut_{base62:40}{crc:crc32-cloudflare}",
                "cfut_{base62:40}{hex:8}",
            ),
            (
                Check::Crc32Grafana,
                "glsa_{base62:32}_{crc:crc32-grafana}",
                "glsa_{base62:32}_{hex:8}",
            ),
            (
                Check::Crc32Atlassian,
                "ATATT3xFfGF0{base64url:171}={crc:crc32-atlassian}",
                "ATATT3x{base64url:171}={HEX:8}",
            ),
            (
                Check::Marvin32,
                "{base62:52}JQQJ99BC{base62:16}AZDO{crc:marvin32}",
                "{base62:52}JQQJ99BC{base62:16}AZDO{base62:4}",
            ),
            (Check::Crc32Zuplo, "zpka_{hex:32}_{crc:crc32-zuplo}", "zpka_{hex:32}_{hex:8}"),
            (Check::Crc32Confluent, "cflt{base64:54}{crc:crc32-confluent}", "cflt{base64:60}"),
            (
                Check::Crc32Gitlab,
                "glpat-{base64url:27}.0r{crc:crc32-gitlab}",
                "glpat-{base64url:27}.0r{base36:7}",
            ),
        ] {
            assert_eq!(of(check, right), Verdict::Passed, "{right}");
            assert!(failed(check, wrong), "{wrong}");
        }
        assert_eq!(of(Check::Crc32Gitlab, "glpat-{base64url:20}"), Verdict::NotApplicable);
        let escaped = expand("ATATT3x{base64url:171}={crc:crc32-atlassian}", 3).unwrap();
        for written in ["%3D", "%3d", "\\="] {
            let value = escaped.replace('=', written);
            assert_eq!(run(Check::Crc32Atlassian, value.as_bytes()), Verdict::Passed, "{written}");
        }
    }

    #[test]
    fn a_jwt_needs_two_json_objects_and_a_signature() {
        let json = "{{\"alg\":\"HS256\"}}";
        let token = format!("{{b64url:{json}}}.{{b64url:{json}}}.{{base64url:43}}");
        assert_eq!(of(Check::Jwt, &token), Verdict::Passed);
        assert!(failed(Check::Jwt, "{b64url:{{\"alg\":1}}}.abc.def"));
        let debugged = token.replacen(json, "{{\"alg\":\"RS256\"}}", 1);
        for whom in ["\"sub\":\"1234567890\"", "\"name\":\"John Doe\""] {
            let debugged = debugged.replace(json, &format!("{{{{{whom}}}}}"));
            assert!(failed(Check::Jwt, &debugged), "{debugged}");
        }
        let of_nobody = token.replacen(json, "{{\"alg\":\"HS512\"}}", 1);
        assert!(failed(Check::Jwt, &of_nobody.replace(json, "{{\"iat\":1680162154}}")));
        assert_eq!(of(Check::Jwt, &of_nobody.replace(json, "{{\"jti\":\"7\"}}")), Verdict::Passed);
        let of_nats = of_nobody.replacen("HS512", "ed25519-nkey", 1);
        assert!(failed(Check::Jwt, &of_nats.replace(json, "{{\"sub\":\"7\"}}")));
        let alone = "{{\"nats\":{{\"bearer_token\":true}}}}";
        assert_eq!(of(Check::Jwt, &of_nats.replace(json, alone)), Verdict::Passed);
        let ends =
            |at: &str| token.replace(json, &format!("{{{{\"alg\":\"HS256\",\"exp\":{at}}}}}"));
        assert!(failed(Check::Jwt, &ends("1622090573")));
        assert_eq!(of(Check::Jwt, &ends("4102444800")), Verdict::Passed);
        // The example of RFC 7519, section 6.1 (unsecured).
        let unsecured = b"eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
        assert_eq!(run(Check::Jwt, unsecured), Verdict::Public);
    }

    #[test]
    fn the_anonymous_key_of_a_supabase_project_is_public_and_the_other_is_not() {
        let key = |role: &str| {
            let payload = format!(
                "{{{{\"iss\":\"supabase\",\"ref\":\"{{lower:20}}\",\"role\":\"{role}\"}}}}"
            );
            of(
                Check::Jwt,
                &format!(
                    "{{b64url:{{{{\"alg\":\"HS256\"}}}}}}.{{b64url:{payload}}}.{{base64url:43}}"
                ),
            )
        };
        assert_eq!(key("anon"), Verdict::Public);
        assert_eq!(key("service_role"), Verdict::Passed);
    }

    #[test]
    fn wrapped_texts_are_unwrapped() {
        assert_eq!(of(Check::Base64Json, "glc_{b64:{{\"o\":\"1\"}}}"), Verdict::Passed);
        assert_eq!(
            of(Check::Base64Json, "sntrys_{b64:{{\"iat\":1}}}_{base64:43}"),
            Verdict::Passed
        );
        assert!(failed(Check::Base64Json, "glc_eyJ{base64:40}"));
        assert_eq!(of(Check::LettaUuids, "sk-let-{b64:{uuid}:{uuid}}"), Verdict::Passed);
        assert!(failed(Check::LettaUuids, "sk-let-{base64:100}"));
        assert_eq!(of(Check::NgcPair, "{b64:{base36:26}:{uuid}}"), Verdict::Passed);
        assert!(failed(Check::NgcPair, "{base64:84}"));
        assert_eq!(of(Check::Base64Text, "apk_{b64:org-{hex:32}:{hex:32}}"), Verdict::Passed);
        assert!(failed(Check::Base64Text, "apk_{base64:96}"));
        assert_eq!(
            of(Check::DiscordSnowflake, "{b64url:1{digit:17}}.{base64url:6}.{base64url:27}"),
            Verdict::Passed
        );
        assert!(failed(Check::DiscordSnowflake, "M{base62:23}.{base64url:6}.{base64url:27}"));
        assert_eq!(
            of(Check::IssuerMark, "sk-proj-{base62:58}T3BlbkFJ{base62:58}"),
            Verdict::Passed
        );
        assert!(failed(Check::IssuerMark, "sk-proj-{base62:124}"));
    }

    #[test]
    fn a_macaroon_ends_in_its_signature() {
        let made = [&[2, 1, 1, b'x', 2, 1, b'i', 0, 0, 6, 32][..], &[9; 32]].concat();
        let token = format!("pypi-{}", URL_SAFE.encode(&made));
        assert_eq!(run(Check::Macaroon, token.as_bytes()), Verdict::Passed);
        assert!(matches!(run(Check::Macaroon, &token.as_bytes()[..40]), Verdict::Failed(_)));
    }

    #[test]
    fn an_account_number_has_twelve_digits() {
        // Each body is an account number shifted as the ids hold it.
        let id = |account: u64| -> Vec<u8> {
            let bits = account << 9;
            let digits = (0..10).rev().map(|at| (bits >> (5 * at) & 31) as u8);
            let text = digits.map(|d| if d < 26 { b'A' + d } else { b'2' + d - 26 });
            b"AKIA".iter().copied().chain(text).chain(*b"QWERTY").collect()
        };
        assert_eq!(run(Check::AwsAccount, &id(123_456_789_012)), Verdict::Passed);
        assert!(matches!(run(Check::AwsAccount, &id(1_050_000_000_000)), Verdict::Failed(_)));
        assert!(matches!(run(Check::AwsAccount, b"AKIA0189QWERTYUIOPAS"), Verdict::Failed(_)));
        assert_eq!(run(Check::AwsAccount, b"AKIAIQWERTYUIOPASDFG"), Verdict::NotApplicable);
    }

    #[test]
    fn nothing_panics_on_short_or_odd_values() {
        for check in [
            Check::Crc32Base62,
            Check::Crc32Gitlab,
            Check::Crc32Grafana,
            Check::Bech32,
            Check::Jwt,
            Check::Base64Json,
            Check::Base64Text,
            Check::LettaUuids,
            Check::DiscordSnowflake,
            Check::AwsAccount,
            Check::NgcPair,
            Check::Macaroon,
            Check::IssuerMark,
            Check::Marvin32,
        ] {
            for value in [&b""[..], b"1", b"_", b".", b"-", b"eyJ", b"\xff\xfe\xff", b"AKIA"] {
                run(check, value);
            }
        }
    }
}
