//! Names: where one begins and ends around a hot word.

use bstr::ByteSlice as _;

use super::operator::Opening;
use crate::detect::judge::Operator;
use crate::detect::judge::promise;
use crate::detect::text::{ascii, bounds, line};
use crate::model::Span;

/// How far a name may reach before and behind its hot word.
pub(super) const REACH: usize = 80;

/// The whole name around a hot word at `word`.
pub(super) fn around(text: &[u8], word: Span) -> Span {
    let head = text[..word.start].iter().rev().take(REACH);
    let mut start = word.start - head.take_while(|&&byte| is_name_byte(byte)).count();
    let limit = (word.end + REACH).min(text.len());
    // A keyword such as `key=` holds the operator.
    let mut end = word.start + 1;
    while end < limit && goes_on(text, end) {
        end += 1;
    }
    end += spanish_tail(text, end);
    start += escaped_head(&text[..end], start);
    if start == word.start && ascii::starts_with(&text[start..end], b"key") {
        start -= qualifier_len(&text[..start]);
    }
    Span::new(start.min(end), end)
}

/// The part of a name that speaks of the value: of a call, the method.
pub(super) fn called<'t>(text: &'t [u8], name: Span, opening: Option<&Opening>) -> &'t [u8] {
    let name = name.of(text);
    // A property of Java is called what stands behind the flag.
    let name = name.strip_prefix(b"-D").unwrap_or(name);
    let Some(opening) = opening.filter(|opening| opening.operator == Operator::Call) else {
        return name;
    };
    // The method of any object: what it is called on speaks.
    let methods = [&b".equals"[..], b".Equals", b".new", b".set"];
    let object = methods.iter().find_map(|method| name.strip_suffix(*method));
    let name = object.unwrap_or(name);
    let method = name.rsplit(|&b| b == b'.').next().unwrap_or(name);
    // `getPassword()` takes no literal, and gives one.
    let Some(thing) = of_getter(method) else { return method };
    let arguments = line::rest(text, opening.at);
    let first = memchr::memchr3(b')', b'(', b'"', arguments);
    let takes_none =
        first.is_some_and(|at| arguments[at] == b')' && !arguments[..at].contains(&b'\''));
    if takes_none { thing } else { method }
}

/// `Password` of `getPassword`, `get_password`, `GetPasswordAsync`: what it gives.
pub(super) fn of_getter(name: &[u8]) -> Option<&[u8]> {
    let thing = name.strip_prefix(b"get").or_else(|| name.strip_prefix(b"Get"))?;
    let thing = thing.strip_suffix(b"Async").unwrap_or(thing);
    thing.first().is_some_and(|b| b.is_ascii_uppercase() || b"_-".contains(b)).then_some(thing)
}

/// The length of the word before `key` at the end of `text` that says what for: `API key`,
/// `access key`.
fn qualifier_len(text: &[u8]) -> usize {
    let Some(head) = text.strip_suffix(b" ") else { return 0 };
    let len = head.iter().rev().take(REACH).take_while(|b| b.is_ascii_alphabetic()).count();
    let (before, word) = head.split_at(head.len() - len);
    let is_apart = !before.last().is_some_and(|&b| is_name_byte(b));
    if is_apart && promise::qualifies_key(&word.to_ascii_lowercase()) { len + 1 } else { 0 }
}

/// The length of the rest of `contraseña`, whose first letters end at `end`.
fn spanish_tail(text: &[u8], end: usize) -> usize {
    const HEAD: &[u8] = b"contrase";
    let is_tail = matches!(text.get(end..end + 3), Some([0xc3, 0xb1 | 0x91, b'a' | b'A']));
    let is_head = |at: usize| text[at..end].eq_ignore_ascii_case(HEAD);
    if is_tail && end.checked_sub(HEAD.len()).is_some_and(is_head) { 3 } else { 0 }
}

pub(super) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// A `-` or `.` belongs to a name only between its words.
fn goes_on(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'-' | b'.' => {
            text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) && text[at - 1] != b'"'
        }
        byte => byte.is_ascii_alphanumeric() || byte == b'_',
    }
}

/// How much of the name is the end of an escape: the letter of `\n`, or `32m`, a color
/// (ECMA-48, 8.3.117).
fn escaped_head(text: &[u8], start: usize) -> usize {
    match text.get(start) {
        Some(b'n' | b't' | b'r') => usize::from(start > 0 && text[start - 1] == b'\\'),
        Some(b'0'..=b'9') => color_head(text, start),
        _ => 0,
    }
}

fn color_head(text: &[u8], start: usize) -> usize {
    let digits = text[start..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let head = &text[start.saturating_sub(bounds::LONGEST_ESCAPE)..start];
    let is_color = text.get(start + digits) == Some(&b'm')
        && head.trim_end_with(|c| c.is_ascii_digit() || c == ';').ends_with(b"[");
    if is_color { digits + 1 } else { 0 }
}

/// Whether the hot word at `word` is the head of `author` or `authority`: most are, in
/// the comments of some languages, and none promises anything.
pub(super) fn is_author(text: &[u8], word: Span) -> bool {
    let (head, tail) = text[word.start..].split_at(word.len());
    head.eq_ignore_ascii_case(b"auth")
        && ascii::starts_with(tail, b"or")
        && !ascii::starts_with(tail, b"orization")
        && tail[0].is_ascii_uppercase() == head[3].is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_told_before_the_name_is_read() {
        for (text, expected) in [
            ("author: x", true),
            ("AUTHORITY = x", true),
            ("authorize(", true),
            ("authorization: x", false),
            ("AUTHORIZATION: x", false),
            ("authOr = x", false),
            ("auth = x", false),
            ("auth", false),
        ] {
            assert_eq!(is_author(text.as_bytes(), Span::new(0, 4)), expected, "{text}");
        }
    }

    #[test]
    fn the_whole_name_is_taken() {
        let text = b"x = {my.db-password: 1}\\npassword->b";
        let word = |from: usize| {
            let at = from + text[from..].windows(4).position(|w| w == b"pass").unwrap();
            Span::new(at, at + 4)
        };
        assert_eq!(around(text, word(0)).of(text), b"my.db-password");
        assert_eq!(around(text, word(20)).of(text), b"password");
    }
}
