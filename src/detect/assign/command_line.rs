//! Command lines whose flags have no telling name: `mysql -p…`, `curl -u …`.

use super::value::{self, Extent, Value};
use super::{line, operator, shape};
use crate::model::Span;

/// How far behind the command's name a flag may stand.
const REACH: usize = 400;

/// The credentials in the arguments of the command named at `word`.
pub(super) fn read(text: &[u8], word: Span) -> Option<Value> {
    let is_start = word.start == 0 || !text[word.start - 1].is_ascii_alphanumeric();
    let limit = (word.end + REACH).min(text.len());
    let end = command_end(text, word.end, limit);
    let arguments = Span::new(word.end, end);
    let name = word.of(text).to_ascii_lowercase();
    match name.as_slice() {
        _ if !is_start => None,
        b"curl" => user_and_password(text, arguments),
        b"mysql" => attached_password(text, arguments),
        b"sshpass" | b"psexec" => separate_password(text, arguments),
        b"securestring" => secure_string(text, word.end),
        _ => None,
    }
}

/// A command ends with its line, unless that ends with a backslash.
fn command_end(text: &[u8], start: usize, limit: usize) -> usize {
    let mut from = start;
    while let Some(at) = memchr::memchr(b'\n', &text[from..limit]).map(|n| from + n) {
        if !text[..at].trim_ascii_end().ends_with(b"\\") {
            return at;
        }
        from = at + 1;
    }
    limit
}

/// Behind the first of `flags` that stands as a word of its own.
fn behind_flag(text: &[u8], arguments: Span, flags: &[&[u8]]) -> Option<usize> {
    flags.iter().find_map(|flag| {
        let at = memchr::memmem::find(arguments.of(text), flag)?;
        Some(arguments.start + at + flag.len())
    })
}

/// `-u user:password`: the whole argument, which is what is sent.
fn user_and_password(text: &[u8], arguments: Span) -> Option<Value> {
    let at = behind_flag(
        text,
        arguments,
        &[b" -u ", b" --user ", b" --user=", b" -u", b" --proxy-user "],
    )?;
    let at = operator::skip_blanks(text, at);
    let value = value::quoted(text, at).or_else(|| shell_word(text, at))?;
    let bytes = value.bytes(text).into_owned();
    let colon = memchr::memchr(b':', &bytes)?;
    let plain = shape::is_reference(&bytes) || shape::is_reference(&bytes[colon + 1..]);
    (colon > 0 && !bytes.contains(&b' ') && !plain).then_some(value)
}

/// The part of `user:password` that is the secret: an empty password makes a
/// token of the user.
pub(super) fn secret_part(pair: &[u8]) -> &[u8] {
    match memchr::memchr(b':', pair) {
        Some(colon) if colon + 1 < pair.len() => &pair[colon + 1..],
        Some(colon) => &pair[..colon],
        None => pair,
    }
}

/// A word of a shell that may change between bare and quoted.
fn shell_word(text: &[u8], at: usize) -> Option<Value> {
    let limit = (at + REACH).min(text.len());
    let end =
        (at..limit).find(|&at| text[at].is_ascii_whitespace() || b"|;\"`<>".contains(&text[at]));
    let end = end.unwrap_or(limit);
    (end > at).then(|| Value::bare(Span::new(at, end)))
}

/// `-psecret`, as mysql takes it.
fn attached_password(text: &[u8], arguments: Span) -> Option<Value> {
    let at = behind_flag(text, arguments, &[b" -p"])?;
    let first = *text.get(at)?;
    if first.is_ascii_whitespace() || first == b'-' || first == b'=' {
        return None;
    }
    let value = value::quoted(text, at).or_else(|| value::bare(text, at, Extent::Word))?;
    // `-port`, `-password`: another tool's long flag.
    let word = value.span.of(text);
    (!word.starts_with(b"ort") && !word.starts_with(b"ass")).then_some(value)
}

/// `-p secret`, and `-psecret` of sshpass.
fn separate_password(text: &[u8], arguments: Span) -> Option<Value> {
    let at = operator::skip_blanks(text, behind_flag(text, arguments, &[b" -p"])?);
    value::quoted(text, at).or_else(|| value::bare(text, at, Extent::Word))
}

/// `ConvertTo-SecureString "secret"`, `… -String "secret"`.
fn secure_string(text: &[u8], end: usize) -> Option<Value> {
    let at = operator::skip_blanks(text, end);
    let rest = line::rest(text, at);
    let string = rest.to_ascii_lowercase();
    let skipped = if string.starts_with(b"-string ") { 8 } else { 0 };
    value::quoted(text, operator::skip_blanks(text, at + skipped))
}
