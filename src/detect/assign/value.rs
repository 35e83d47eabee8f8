//! Values: a literal in quotes, or a bare one where the language has those.

use std::borrow::Cow;

use super::operator::quote_len;
use crate::detect::vocabulary;
use crate::model::Span;

/// The longest value that is read.
const LIMIT: usize = 1_024;

/// A value and how it stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// Without its quotes.
    pub(super) span: Span,
    pub(super) quoted: bool,
    /// Where reading ended: behind the closing quote.
    pub(super) end: usize,
    /// How many backslashes stood before its quote; none for a raw string.
    escapes: Option<usize>,
}

impl Value {
    /// A value that stands as it is.
    pub(super) fn bare(span: Span) -> Self {
        Self { span, quoted: false, end: span.end, escapes: None }
    }

    /// What is left of it behind its first `len` bytes.
    pub(super) fn behind(self, len: usize) -> Self {
        Self { span: Span::new(self.span.start + len, self.span.end), ..self }
    }

    /// Its bytes, escapes of the literal undone.
    pub(super) fn bytes<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        let raw = self.span.of(text);
        let Some(slashes) = self.escapes.filter(|_| raw.contains(&b'\\')) else {
            return Cow::Borrowed(raw);
        };
        let mut bytes = Cow::Borrowed(raw);
        let mut level = slashes;
        loop {
            bytes = Cow::Owned(unescape(&bytes));
            if level == 0 || !bytes.contains(&b'\\') {
                return bytes;
            }
            level /= 2;
        }
    }
}

/// The literal in quotes at `at`, behind the letters that may stand before it
/// (`r"…"`, `b'…'`, `@"…"`). It ends on its line unless it is a raw one.
pub(super) fn quoted(text: &[u8], at: usize) -> Option<Value> {
    let letters = text[at..].iter().take(2).take_while(|b| b"rRbBuUfFLcC@$NqQ".contains(b)).count();
    let at = at + letters;
    let len = quote_len(text, at);
    if len == 0 {
        return None;
    }
    let mark = &text[at..at + len];
    let triple = len == 1 && text[at..].starts_with(&[mark[0]; 3]);
    let opening = if triple { 3 } else { len };
    let start = at + opening;
    let end = closing(text, start, mark)?;
    let raw = letters > 0 && b"rR@".contains(&text[at - 1]) || mark == b"`";
    let escapes = (!raw && mark.last() != Some(&b';')).then_some(len - 1);
    Some(Value {
        span: Span::new(start, end),
        quoted: true,
        end: (end + opening).min(text.len()),
        escapes,
    })
}

/// A drawn value whose literal is not closed on its line: it goes on, or was cut.
pub(super) fn unclosed(text: &[u8], at: usize) -> Option<Value> {
    let len = quote_len(text, at);
    let in_key = |b: u8| b.is_ascii_alphanumeric() || b"+/=_-".contains(&b);
    let start = at + len;
    let limit = (start + LIMIT).min(text.len());
    let end = (start..limit).find(|&at| !in_key(text[at])).unwrap_or(limit);
    let cut = text.get(end).is_none_or(|b| b"\\\r\n".contains(b));
    let value = Span::new(start, end);
    (len > 0 && cut && value.len() >= 20 && vocabulary::is_random(value.of(text)))
        .then(|| Value::bare(value))
}

/// The numbers of a list of bytes: `[]byte{53, 54, …}`, `{0x35, 0x34, …}`.
pub(super) fn numbers(text: &[u8], at: usize) -> Option<Value> {
    let limit = (at + 32).min(text.len());
    let opener = (at..limit)
        .find(|&at| b"{[(\n;\"'".contains(&text[at]) && text.get(at + 1) != Some(&b']'))?;
    let typed = text[at..opener].iter().all(|b| b.is_ascii_alphanumeric() || b"[]&<> ".contains(b));
    if !typed || !b"{[(".contains(&text[opener]) {
        return None;
    }
    let limit = (opener + LIMIT).min(text.len());
    let in_list = |b: u8| b.is_ascii_hexdigit() || b"xX, \t\r\n\\".contains(&b);
    let end = (opener + 1..limit).find(|&at| !in_list(text[at])).unwrap_or(limit);
    let inner = Span::new(opener + 1, end).of(text);
    let count = memchr::memchr_iter(b',', inner).count();
    let start = opener + 1 + (inner.len() - inner.trim_ascii_start().len());
    let trimmed = inner.trim_ascii().trim_ascii_end();
    let len = trimmed.iter().rposition(u8::is_ascii_hexdigit).map_or(0, |last| last + 1);
    (count >= 7 && len <= count * 6 + 16).then(|| Value::bare(Span::new(start, start + len)))
}

/// Where the literal that opened with `mark` closes.
fn closing(text: &[u8], start: usize, mark: &[u8]) -> Option<usize> {
    let limit = (start + LIMIT).min(text.len());
    let slashes = mark.len() - 1;
    let quote = *mark.last()?;
    if quote == b';' || quote == b'2' {
        return memchr::memmem::find(&text[start..limit], mark).map(|n| start + n);
    }
    let mut run = 0;
    for (at, &byte) in text[..limit].iter().enumerate().skip(start) {
        match byte {
            b'\n' | b'\r' => return None,
            b'\\' => run += 1,
            byte if byte == quote && run <= slashes && run % 2 == slashes % 2 => {
                return Some(at - run);
            }
            _ => run = 0,
        }
    }
    None
}

/// Undoes one level of backslashes.
fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        let (decoded, used) = match (byte, tail.first()) {
            (b'\\', Some(&next)) => escape(next, &tail[1..]),
            _ => (Decoded::Byte(byte), 0),
        };
        match decoded {
            Decoded::Byte(byte) => out.push(byte),
            Decoded::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Decoded::Kept(byte) => out.extend_from_slice(&[b'\\', byte]),
        }
        rest = &tail[used..];
    }
    out
}

enum Decoded {
    Byte(u8),
    Char(char),
    Kept(u8),
}

/// What `\` and `next` stand for, and how many bytes behind the `\` that took.
fn escape(next: u8, rest: &[u8]) -> (Decoded, usize) {
    let hex = |len: usize| {
        let digits = std::str::from_utf8(rest.get(..len)?).ok()?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    match next {
        b'n' => (Decoded::Byte(b'\n'), 1),
        b't' => (Decoded::Byte(b'\t'), 1),
        b'r' => (Decoded::Byte(b'\r'), 1),
        b'"' | b'\'' | b'`' | b'\\' | b'/' | b'$' => (Decoded::Byte(next), 1),
        b'x' if hex(2).is_some_and(|c| c.is_ascii()) => (Decoded::Char(hex(2).unwrap_or(' ')), 3),
        b'u' if hex(4).is_some() => (Decoded::Char(hex(4).unwrap_or(' ')), 5),
        _ => (Decoded::Kept(next), 1),
    }
}

/// How far a bare value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of the line or a comment: settings, block YAML.
    Line,
    /// To white space or a delimiter: shells, prose, inside a string.
    Word,
}

/// The bare value at `at`.
pub(super) fn bare(text: &[u8], at: usize, extent: Extent) -> Option<Value> {
    let limit = (at + LIMIT).min(text.len());
    let ends = |byte: u8| match extent {
        Extent::Line => matches!(byte, b'\n' | b'\r'),
        Extent::Word => {
            matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'&' | b'|' | b'<' | b'>')
                || matches!(byte, b'(' | b')' | b'{' | b'}')
                || byte.is_ascii_whitespace()
        }
    };
    let end = (at..limit).find(|&at| ends(text[at])).unwrap_or(limit);
    let mut value = text[at..end].trim_ascii_end();
    if extent == Extent::Line {
        value = without_comment(value);
    } else {
        if value.ends_with(b":") || value.ends_with(b"...") {
            // A label: what it speaks of follows. The rest of what was cut short does not.
            return None;
        }
        value = without_tail(value);
    }
    (!value.is_empty()).then(|| Value::bare(Span::new(at, at + value.len())))
}

fn without_comment(line: &[u8]) -> &[u8] {
    let mut rest = line;
    // A literal `\r\n` ends a line of the text that stands in a string.
    for mark in [&b" #"[..], b"\t#", b" //", b" ;", b"\\r\\n"] {
        if let Some(at) = memchr::memmem::find(rest, mark) {
            rest = &rest[..at];
        }
    }
    let rest = rest.trim_ascii_end();
    rest.strip_suffix(b",").unwrap_or(rest)
}

/// Punctuation of the sentence, and an escape such as `\n`, are no part of a word.
fn without_tail(word: &[u8]) -> &[u8] {
    let word = match memchr::memchr(b'\\', word) {
        Some(at) => &word[..at],
        None => word,
    };
    let tail = word.iter().rev().take_while(|b| b".:]".contains(b)).count();
    &word[..word.len() - tail]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_to_their_own_quote_with_escapes_undone() {
        for (text, expected) in [
            (r#""abc" + "d""#, Some("abc")),
            (r#""a\"b\\c""#, Some("a\"b\\c")),
            (r#"r"a\b""#, Some("a\\b")),
            (r#"\"abc\",\"d\""#, Some("abc")),
            (r"'it\'s'", Some("it's")),
            ("\"open\nclosed\"", None),
            ("`raw\\n`", Some("raw\\n")),
            ("\"\"\"abc\"\"\"", Some("abc")),
            ("&quot;abc&quot;", Some("abc")),
            (r#""\u0041\x42""#, Some("AB")),
        ] {
            let value = quoted(text.as_bytes(), 0);
            let bytes = value.map(|v| v.bytes(text.as_bytes()).into_owned());
            assert_eq!(bytes.as_deref(), expected.map(str::as_bytes), "{text}");
        }
    }

    #[test]
    fn bare_values_end_where_their_language_ends_them() {
        for (text, extent, expected) in [
            ("a b # c\nd", Extent::Line, "a b"),
            (r"a b\r\nc", Extent::Line, "a b"),
            ("a, b", Extent::Word, "a"),
            ("Gg!. Next", Extent::Word, "Gg!"),
            ("x}", Extent::Word, "x"),
            ("abc\\nNEXT", Extent::Word, "abc"),
        ] {
            let value = bare(text.as_bytes(), 0, extent).unwrap();
            assert_eq!(value.span.of(text.as_bytes()), expected.as_bytes(), "{text}");
        }
    }
}
