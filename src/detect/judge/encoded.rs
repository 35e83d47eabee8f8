//! What a value is behind its encoding: base64 of words, of a sentence, of a user and a
//! password; escapes of a URL.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bstr::ByteSlice as _;

use super::shape::{self, Shape};
use super::{is_no_password, is_printable, is_worded, placeholder, vocabulary};
use crate::model::{hex, without_percent};

/// No sentence in base64 is longer.
const SENTENCE: usize = 512;
/// No name in base64 is longer.
const NAME: usize = 64;
/// Shorter base64 is as likely a word.
const FILLED: usize = 16;
/// So many bytes are letters by more than chance.
const LETTERED: usize = 8;

/// `.%2Fcerts%2Fclient.key`, `%3A%40`, `secure%20password`: what the escapes of a URL
/// stand for is a path, marks alone, or names a password.
pub(super) fn is_encoded_nothing(value: &[u8]) -> bool {
    if !value.contains(&b'%') {
        return false;
    }
    let decoded = without_percent(value);
    let shape = Shape::of(&decoded);
    decoded.len() < value.len()
        && (shape.is_path(&decoded)
            || shape.digits + shape.letters() < 2 && shape.foreign == 0
            || is_no_password(&decoded))
}

/// `T%C5%8Dky%C5%8D`: words of another script in a URL.
pub(super) fn is_encoded_text(value: &[u8]) -> bool {
    let foreign =
        |w: &&[u8]| w[0] == b'%' && w[1] > b'7' && w[1..].iter().all(u8::is_ascii_hexdigit);
    value.windows(3).filter(foreign).count() > 1
}

/// Whether it is hex of words, base64 of a word that names a secret, of a sentence, of what
/// counts or repeats, of a user and a password that say so, or of PEM, which is read as a layer of its own.
pub(in crate::detect) fn encodes_nothing(value: &[u8]) -> bool {
    if value.starts_with(b"LS0tLS1CRUdJTi") || is_lettered(value) {
        return true;
    }
    let Some(text) = sentence(value) else { return false };
    let is_word = |text: &[u8]| is_printable(text) && is_no_password(text);
    is_sentence(&text)
        || is_filled(value, &text)
        || is_short(value)
            && (is_word(text.trim_ascii()) || Pair::of(text).is_some_and(|pair| pair.says_so()))
}

/// Whether the bytes count or the text repeats, as that of keys does which people type.
fn is_filled(value: &[u8], text: &[u8]) -> bool {
    value.len() >= FILLED
        && (placeholder::is_monotonous(text)
            || is_printable(text)
                && (placeholder::repeats_a_unit(text)
                    || text.is_ascii() && shape::is_sequence(text)))
}

/// Whether it is base64 of a sentence: `this should actually be encrypted`.
pub(in crate::detect) fn encodes_text(value: &[u8]) -> bool {
    sentence(value).is_some_and(|text| is_sentence(&text))
}

/// `dG9wLXNlY3JldA==`: whether it is base64 of words of code, which no machine drew.
pub(in crate::detect) fn encodes_words(value: &[u8]) -> bool {
    let is_of_words = (12..=NAME).contains(&value.len()) && value.len().is_multiple_of(4);
    let text = is_of_words.then(|| decode(value)).flatten();
    text.is_some_and(|text| {
        let text = text.trim_ascii();
        let letters = text.iter().filter(|b| b.is_ascii_alphabetic()).count();
        // Of drawn bytes nothing but small letters would be a wonder.
        let in_words = |b: &u8| b.is_ascii_lowercase() || b"-_. ".contains(b);
        let is_written = || text.iter().all(in_words) && !vocabulary::is_random(text);
        is_printable(text)
            && letters * 2 >= text.len()
            && (is_worded(text) || is_no_password(text) || is_written())
    })
}

/// Whether it is hex of words: `48656c6c6f20776f726c6421`.
fn is_lettered(value: &[u8]) -> bool {
    let Some(text) = hex::bytes(value).filter(|text| text.len() >= LETTERED) else { return false };
    let letters = text.iter().filter(|b| b.is_ascii_alphabetic()).count();
    is_printable(&text) && letters * 4 >= text.len() * 3 && !vocabulary::is_random(&text)
}

/// No longer base64 holds a word, or a user and a password, that somebody made up.
/// What a value no longer than that of a word decodes to.
pub(super) fn decode_short(value: &[u8]) -> Option<Vec<u8>> {
    is_short(value).then(|| decode(value))?
}

fn is_short(value: &[u8]) -> bool {
    value.len() <= 32 && value.len().is_multiple_of(4)
}

/// What `value` holds if it is base64 and no longer than that of a sentence.
fn sentence(value: &[u8]) -> Option<Vec<u8>> {
    (value.len() <= SENTENCE).then(|| decode(value))?
}

/// What `value` holds if it is base64, with its padding or without.
pub(super) fn decode(value: &[u8]) -> Option<Vec<u8>> {
    let engine = if value.len().is_multiple_of(4) { STANDARD } else { STANDARD_NO_PAD };
    engine.decode(value).ok()
}

/// Whether most of its words, three at least, are words of code.
fn is_sentence(text: &[u8]) -> bool {
    let words = || text.trim_ascii().split(|&b| b == b' ').map(<[u8]>::to_ascii_lowercase);
    let is_spelled = |word: &Vec<u8>| {
        let letters = word.trim_with(|c| c.is_ascii_punctuation());
        !letters.is_empty() && vocabulary::is_spelled(letters)
    };
    let spelled = words().filter(is_spelled).count();
    spelled > 2 && spelled * 3 >= words().count() * 2
}

/// A user and a password, as base64 held them.
#[derive(Debug)]
pub(in crate::detect) struct Pair {
    decoded: Vec<u8>,
    colon: usize,
}

impl Pair {
    /// Of `user:password`.
    fn of(decoded: Vec<u8>) -> Option<Self> {
        let colon = memchr::memchr(b':', &decoded)?;
        let printable = !std::str::from_utf8(&decoded).ok()?.chars().any(char::is_control);
        printable.then_some(Self { decoded, colon })
    }

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
    Pair::of(decode(value)?)
}

/// The password of a URL without the marks that it writes as `%40`: they are many
/// bytes and say little.
pub(in crate::detect) fn unescaped(password: &[u8]) -> Vec<u8> {
    let mut parts = password.split(|&b| b == b'%');
    let first = parts.next().unwrap_or_default();
    let behind = parts.map(|part| part.get(2..).unwrap_or_default());
    std::iter::once(first).chain(behind).flatten().copied().collect()
}
