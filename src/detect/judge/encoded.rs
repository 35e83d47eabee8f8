//! What a value is behind its encoding: base64 of words, of a sentence, of a user and a
//! password; escapes of a URL.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bstr::ByteSlice as _;

use super::shape::Shape;
use super::{is_no_password, is_printable, is_worded, vocabulary};
use crate::model::without_percent;

/// No sentence in base64 is longer.
const SENTENCE: usize = 512;

/// `.%2Fcerts%2Fclient.key`, `%3A%40`, `secure%20password`: what the escapes of a URL
/// stand for is a path, marks alone, or names a password.
pub(in crate::detect) fn is_encoded_nothing(value: &[u8]) -> bool {
    if !value.contains(&b'%') {
        return false;
    }
    let decoded = without_percent(value).0;
    let shape = Shape::of(&decoded);
    decoded.len() < value.len()
        && (shape.is_path(&decoded)
            || shape.digits + shape.letters() < 2 && shape.foreign == 0
            || is_no_password(&decoded))
}

/// `T%C5%8Dky%C5%8D`: words of another script in a URL.
pub(in crate::detect) fn is_encoded_text(value: &[u8]) -> bool {
    let foreign =
        |w: &&[u8]| w[0] == b'%' && w[1] > b'7' && w[1..].iter().all(u8::is_ascii_hexdigit);
    value.windows(3).filter(foreign).count() > 1
}

/// Whether it is base64 of a word that names a secret, or of PEM, which is
/// read as a layer of its own.
pub(in crate::detect) fn encodes_nothing(value: &[u8]) -> bool {
    if value.starts_with(b"LS0tLS1CRUdJTi") {
        return true;
    }
    let short = value.len().is_multiple_of(4) && value.len() <= 32;
    let decoded = short.then(|| STANDARD.decode(value).ok()).flatten();
    let text = decoded.filter(|decoded| is_printable(decoded.trim_ascii()));
    text.is_some_and(|text| is_no_password(text.trim_ascii()))
        || short && pair(value).is_some_and(|pair| pair.says_so())
        || encodes_text(value)
}

/// Whether it is base64 of a sentence: `this should actually be encrypted`.
pub(in crate::detect) fn encodes_text(value: &[u8]) -> bool {
    let long = (16..=SENTENCE).contains(&value.len());
    let decoded = long.then(|| STANDARD.decode(value).or_else(|_| STANDARD_NO_PAD.decode(value)));
    let Some(Ok(text)) = decoded else { return false };
    let words = || text.trim_ascii().split(|&b| b == b' ').map(<[u8]>::to_ascii_lowercase);
    let is_spelled = |word: &Vec<u8>| {
        let letters = word.trim_with(|c| c.is_ascii_punctuation());
        !letters.is_empty() && vocabulary::is_spelled(letters)
    };
    let spelled = words().filter(is_spelled).count();
    spelled > 2 && spelled * 3 >= words().count() * 2
}

/// `dG9wLXNlY3JldA==`: whether it is base64 of words of code, which no machine drew.
pub(in crate::detect) fn encodes_words(value: &[u8]) -> bool {
    let short = (12..=32).contains(&value.len()) && value.len().is_multiple_of(4);
    let text = short.then(|| STANDARD.decode(value).ok()).flatten();
    text.is_some_and(|text| {
        let text = text.trim_ascii();
        let letters = text.iter().filter(|b| b.is_ascii_alphabetic()).count();
        is_printable(text) && letters * 2 >= text.len() && (is_worded(text) || is_no_password(text))
    })
}

/// A user and a password, as base64 held them.
#[derive(Debug)]
pub(in crate::detect) struct Pair {
    decoded: Vec<u8>,
    colon: usize,
}

impl Pair {
    /// The user and the password.
    pub(in crate::detect) fn split(&self) -> (&[u8], &[u8]) {
        (&self.decoded[..self.colon], &self.decoded[self.colon + 1..])
    }

    /// `user:password` says what stands there.
    pub(in crate::detect) fn says_so(&self) -> bool {
        let (user, password) = self.split();
        let names = [&b"user"[..], b"username"];
        let mut words = user.split(|b| !b.is_ascii_alphanumeric());
        words.any(|word| names.iter().any(|name| word.eq_ignore_ascii_case(name)))
            && is_no_password(password)
    }
}

/// What `value` holds if it is base64 of `user:password`.
pub(in crate::detect) fn pair(value: &[u8]) -> Option<Pair> {
    let decoded = STANDARD.decode(value).or_else(|_| STANDARD_NO_PAD.decode(value)).ok()?;
    let colon = memchr::memchr(b':', &decoded)?;
    let printable = !std::str::from_utf8(&decoded).ok()?.chars().any(char::is_control);
    printable.then_some(Pair { decoded, colon })
}

/// The password of a URL without the marks that it writes as `%40`: they are many
/// bytes and say little.
pub(in crate::detect) fn unescaped(password: &[u8]) -> Vec<u8> {
    let mut parts = password.split(|&b| b == b'%');
    let first = parts.next().unwrap_or_default();
    let behind = parts.map(|part| part.get(2..).unwrap_or_default());
    std::iter::once(first).chain(behind).flatten().copied().collect()
}
