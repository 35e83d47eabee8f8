//! Kubernetes manifests of `kind: Secret`: every member of `data` is a secret
//! in base64, of `stringData` in plain text, whatever it is called.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bstr::ByteSlice as _;

use super::value::{self, Extent, Value};
use super::{operator, yaml};
use crate::detect::judge;
use crate::detect::judge::promise::{self, Words};
use crate::detect::judge::vocabulary;
use crate::detect::text::line;
use crate::detect::text::words::WordList;
use crate::model::{Span, Strength};
use crate::rules::words;

/// How far around `kind: Secret` a manifest is read.
const REACH: usize = 4 * 1024;
/// Members that are public.
const PUBLIC: WordList = WordList(&words::PUBLIC_MEMBERS);

/// Whether the word `secret` at `word` is the kind of a manifest.
pub(super) fn is_kind(text: &[u8], word: Span) -> bool {
    let before = line::before(text, word.start).trim_ascii();
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    before.trim_ascii_end() == b"kind:"
}

/// The values of `data` in a manifest.
pub(super) fn read(text: &[u8], manifest: Span) -> Vec<(Value, Strength)> {
    let mut found = Vec::new();
    let mut in_data = None;
    let mut in_plain = None;
    let mut start = manifest.start;
    for raw in manifest.of(text).split_inclusive(|&b| b == b'\n') {
        let line = raw.trim_ascii();
        let indent = raw.len() - raw.trim_ascii_start().len();
        match in_data {
            _ if line == b"data:" => in_data = Some(indent),
            Some(outer) if !line.is_empty() && indent <= outer => in_data = None,
            Some(_) => found.extend(member(text, start + indent, line)),
            None => {}
        }
        match in_plain {
            _ if line == b"stringData:" => in_plain = Some((indent, None)),
            Some((outer, _)) if !line.is_empty() && indent <= outer => in_plain = None,
            Some((outer, first)) if first.is_none_or(|first| first == indent) => {
                in_plain = Some((outer, Some(indent)));
                found.extend(plain_member(text, start + indent, line));
            }
            Some(_) | None => {}
        }
        start += raw.len();
    }
    found
}

/// The manifest whose kind is `word`: from the separator of documents before to
/// the one behind.
pub(super) fn around(text: &[u8], word: Span) -> Span {
    let floor = word.start.saturating_sub(REACH);
    let limit = (word.end + REACH).min(text.len());
    let head = &text[floor..word.start];
    let start = memchr::memmem::rfind(head, b"\n---").map_or(floor, |n| floor + n + 4);
    let end =
        memchr::memmem::find(&text[word.end..limit], b"\n---").map_or(limit, |n| word.end + n);
    Span::new(start, end)
}

/// `name: base64`, or the line of a block scalar.
fn member(text: &[u8], start: usize, line: &[u8]) -> Option<(Value, Strength)> {
    let at = match memchr::memchr(b':', line) {
        Some(colon) if is_public(&line[..colon]) => return None,
        Some(colon) => operator::skip_blanks(text, start + colon + 1),
        None => start,
    };
    let value = value::read(text, at, Extent::Word)?;
    let decoded = STANDARD.decode(value.span.of(text)).ok()?;
    let readable = std::str::from_utf8(&decoded).is_ok_and(|text| !text.contains('\0'));
    // A private key is read in the decoded layer, whole or not at all.
    let armored = decoded.starts_with(b"-----BEGIN ");
    let nothing = decoded.len() <= 24 && judge::is_no_password(decoded.trim_ascii());
    // `log-level: <informational>`
    let name = memchr::memchr(b':', line).map_or(&[][..], |colon| &line[..colon]);
    let is_word = decoded.trim_ascii().iter().all(u8::is_ascii_lowercase);
    let is_setting = || {
        let words = Words::of(name);
        words.iter().all(vocabulary::is_word) && promise::classify(&words).is_none()
    };
    let nothing =
        nothing || is_word && is_setting() && promise::classify(&Words::of(&decoded)).is_none();
    (decoded.len() >= 4 && readable && !armored && !nothing)
        .then(|| (value, vocabulary::strength(&decoded)))
}

/// `user`, and `user2`, one of several.
fn is_public(member: &[u8]) -> bool {
    PUBLIC.holds(member.to_ascii_lowercase().trim_end_with(|c| c.is_ascii_digit()))
}

/// `name: value` of `stringData`, on its line.
fn plain_member(text: &[u8], start: usize, line: &[u8]) -> Option<(Value, Strength)> {
    let colon = memchr::memchr(b':', line)?;
    let member = &line[..colon];
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
    let plain = member.iter().all(is_name) && !is_public(member);
    // What a name promises is read as any other.
    (plain && promise::classify(&Words::of(member)).is_none()).then_some(())?;
    let at = yaml::content(text, operator::skip_blanks(text, start + colon + 1))?;
    let value = value::read(text, at, Extent::Line)?;
    let bytes = value.bytes(text);
    let strength = judge::plain_member(&bytes)?;
    drop(bytes);
    Some((value, strength))
}
