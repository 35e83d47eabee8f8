//! Templates of example secrets, so that no live-looking token stands in the
//! repository: `ghp_{base62:30}{crc}` becomes a token when a test expands it.
//!
//! `{class:count}` gives `count` characters drawn from a class with a fixed
//! seed; `{class:min-max}` a length in between. Classes: `base62`, `alpha`,
//! `lower`, `upper`, `digit`, `hex`, `HEX`, `base32`, `base36`, `BASE36`,
//! `base58`, `base64`, `base64url`, `bech32`, `BECH32`, `anyhex` (hex in either case).
//! Marks behind a class belong to it too: `{base62_-:40}`; the first and the
//! last character are never one of them. `{uuid}` is a UUID.
//! `{b64:TEXT}` and `{b64url:TEXT}` encode what TEXT expands to, `{hexof:TEXT}`
//! likewise; braces inside TEXT nest.
//! `{crc:CHECK}` appends the checksum that `CHECK` (a name of
//! [`crate::model::Check`]) wants after what has been expanded since the last
//! white space or quote. `{{` and `}}` are braces.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::checksum;

/// Expands a template. The same template and seed give the same text.
///
/// # Errors
/// A sentence that names what could not be understood.
pub fn expand(template: &str, seed: u64) -> Result<String, String> {
    let mut random = Random(seed ^ fnv(template.as_bytes()));
    expand_with(template, &mut random)
}

fn expand_with(template: &str, random: &mut Random) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        if let Some(after) = tail.strip_prefix("{{") {
            out.push('{');
            rest = after;
        } else if let Some(after) = tail.strip_prefix("}}") {
            out.push('}');
            rest = after;
        } else if tail.starts_with('}') {
            return Err(format!("a `}}` without its `{{` in template `{template}`"));
        } else {
            let end = closing(tail)
                .ok_or_else(|| format!("no closing brace in template `{template}`"))?;
            field(&tail[1..end], &mut out, random)?;
            rest = &tail[end + 1..];
        }
    }
    out.push_str(rest);
    Ok(out)
}

pub(super) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn field(field: &str, out: &mut String, random: &mut Random) -> Result<(), String> {
    if field == "uuid" {
        for (at, len) in [8, 4, 4, 4, 12].into_iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "-" });
            match at {
                2 => out.push('4'),
                3 => out.push(random.pick("89ab")),
                _ => {}
            }
            let rest = len - usize::from(at == 2 || at == 3);
            out.extend((0..rest).map(|_| random.pick("0123456789abcdef")));
        }
        return Ok(());
    }
    let (kind, argument) =
        field.split_once(':').ok_or_else(|| format!("`{{{field}}}` is no field"))?;
    match kind {
        "b64" => STANDARD.encode_string(expand_with(argument, random)?, out),
        "b64url" => URL_SAFE_NO_PAD.encode_string(expand_with(argument, random)?, out),
        "hexof" => {
            for byte in expand_with(argument, random)?.bytes() {
                write!(out, "{byte:02x}").expect("writing to a String");
            }
        }
        "crc" => append_checksum(argument, out)?,
        _ => {
            // A class may hold the colon itself.
            let (kind, argument) = field.rsplit_once(':').expect("it was split above");
            let (base, marks) = class(kind).ok_or_else(|| format!("`{kind}` is no class"))?;
            let (min, max) = range(argument).ok_or_else(|| format!("`{argument}` is no count"))?;
            let count = min + random.below(max - min + 1);
            let all = [base, marks].concat();
            out.extend((0..count).map(|at| {
                let inner = at > 0 && at + 1 < count;
                random.pick(if inner { &all } else { base })
            }));
        }
    }
    Ok(())
}

/// The least and the most of a count: `40`, `8-10`.
pub(super) fn range(count: &str) -> Option<(usize, usize)> {
    let (min, max) = count.split_once('-').unwrap_or((count, count));
    let (min, max) = (min.parse().ok()?, max.parse().ok()?);
    (min <= max).then_some((min, max))
}

/// The characters of a class, and the marks that are added to it.
pub(super) fn class(name: &str) -> Option<(&'static str, &str)> {
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, marks) = name.split_at(end);
    Some((alphabet(name)?, marks))
}

fn alphabet(class: &str) -> Option<&'static str> {
    Some(match class {
        "base62" => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "alpha" => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "lower" => "abcdefghijklmnopqrstuvwxyz",
        "upper" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "digit" => "0123456789",
        "hex" => "0123456789abcdef",
        "HEX" => "0123456789ABCDEF",
        "anyhex" => "0123456789ABCDEFabcdef",
        "base32" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "base36" => "0123456789abcdefghijklmnopqrstuvwxyz",
        "BASE36" => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "base58" => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
        "base64" => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "base64url" => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        "bech32" => "qpzry9x8gf2tvdw0s3jn54khce6mua7l",
        "BECH32" => "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
        _ => return None,
    })
}

fn append_checksum(check: &str, out: &mut String) -> Result<(), String> {
    // Padding before a checksum belongs to the token.
    let start = out
        .trim_end_matches('=')
        .rfind([' ', '\t', '\n', '"', '\'', '=', ':', '>', '`', ','])
        .map_or(0, |at| at + 1);
    let check = checksum::by_name(check).ok_or_else(|| format!("`{check}` names no checksum"))?;
    let tail = checksum::tail(check, &out.as_bytes()[start..]);
    out.push_str(&tail.ok_or("the token is too short for its checksum")?);
    Ok(())
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick(&mut self, alphabet: &str) -> char {
        alphabet.as_bytes()[self.below(alphabet.len())] as char
    }
}

/// FNV-1a, to give each template a stream of its own.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expansion_is_repeatable_and_of_the_asked_shape() {
        let token = expand("k = \"ghp_{base62:36}\"", 1).unwrap();
        assert_eq!(token, expand("k = \"ghp_{base62:36}\"", 1).unwrap());
        assert_ne!(token, expand("k = \"ghp_{base62:36}\"", 2).unwrap());
        assert_eq!(token.len(), 6 + 4 + 36);
        assert_eq!(expand("{b64:a{digit:0}b}{{}}", 0).unwrap(), "YWI={}");
        assert_eq!(expand("{uuid}", 0).unwrap().len(), 36);
    }

    #[test]
    fn a_template_that_cannot_be_understood_says_so() {
        for bad in ["{", "}", "{what}", "{base62}", "{base62:x}", "{nope:3}", "{crc:nope}"] {
            assert!(expand(bad, 0).is_err(), "{bad}");
        }
    }
}
