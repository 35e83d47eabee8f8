//! Values: a literal in quotes, or a bare one where the language has those.

use std::borrow::Cow;

use bstr::ByteSlice as _;

use super::operator::quote_len;
use super::{delimited, escape, joined, markup};
use crate::detect::judge::vocabulary;
use crate::detect::text::bounds;
use crate::model::{Span, without_percent};

/// How far a value is read …
const LIMIT: usize = 1_024;
/// … and where all of it is what tokens are made of: a JWT with many claims, a session's
/// token.
const LONGEST: usize = 16 << 10;

/// What begins a color in the output of a terminal (ECMA-48, 5.3).
pub(super) const ESCAPE: u8 = 0x1b;

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
    written: Written,
}

/// What else may stand for a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing.
    Plain,
    /// `&amp;`
    Markup,
    /// `%2F`, in the query of a URL or a form.
    Query,
    /// `''` between two `'`, as SQL and YAML have it.
    Doubled,
    /// `"…" + "…"`, in pieces.
    Joined,
}

impl Value {
    /// A value that stands as it is.
    pub(super) fn bare(span: Span) -> Self {
        Self { span, quoted: false, end: span.end, escapes: None, written: Written::Plain }
    }

    /// The same, written so.
    pub(super) fn written(self, written: Written) -> Self {
        Self { written, ..self }
    }

    /// A literal without escapes.
    pub(super) fn raw(span: Span, end: usize) -> Self {
        Self { quoted: true, end, ..Self::bare(span) }
    }

    /// What is left of it behind its first `len` bytes.
    pub(super) fn behind(self, len: usize) -> Self {
        Self { span: Span::new(self.span.start + len, self.span.end), ..self }
    }

    /// What is left of it without `tail` and what follows that.
    pub(super) fn without(self, text: &[u8], tail: &[u8]) -> Self {
        let inner = self.span.of(text);
        let len = memchr::memmem::find(inner, tail).unwrap_or(inner.len());
        Self { span: Span::new(self.span.start, self.span.start + len), ..self }
    }

    /// Its bytes, escapes of the literal undone.
    pub(super) fn bytes<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        let raw = self.span.of(text);
        match self.written {
            Written::Markup if raw.contains(&b'&') => return markup::text_of(raw),
            Written::Query => return Cow::Owned(without_percent(raw)),
            Written::Doubled => return Cow::Owned(raw.replace("''", "'")),
            Written::Joined => return Cow::Owned(joined::bytes(text, self.span)),
            Written::Markup | Written::Plain => {}
        }
        let Some(slashes) = self.escapes.filter(|_| raw.contains(&b'\\')) else {
            return Cow::Borrowed(raw);
        };
        let mut bytes = Cow::Borrowed(raw);
        let mut level = slashes;
        loop {
            bytes = Cow::Owned(escape::undone(&bytes));
            if level == 0 || !bytes.contains(&b'\\') {
                return bytes;
            }
            level /= 2;
        }
    }
}

/// The value at `at`: a literal, or a bare one.
pub(super) fn read(text: &[u8], at: usize, extent: Extent) -> Option<Value> {
    quoted(text, at).or_else(|| bare(text, at, extent))
}

/// The literal in quotes at `at`, behind the letters that may stand before it
/// (`r"…"`, `b'…'`, `@"…"`). It ends on its line unless it is a raw one.
pub(super) fn quoted(text: &[u8], at: usize) -> Option<Value> {
    let letters = text[at..].iter().take(2).take_while(|b| may_stand_before_quote(**b)).count();
    let at = at + letters;
    let is_raw = letters > 0 && b"rR".contains(&text[at - 1]);
    if (is_raw || text[at..].starts_with(b"#\""))
        && let Some(value) = fenced(text, at)
    {
        return Some(value);
    }
    let len = quote_len(text, at);
    if len == 0 {
        return None;
    }
    let mark = &text[at..at + len];
    let triple = len == 1 && text[at..].starts_with(&[mark[0]; 3]);
    if triple && let Some(value) = only_line(text, at + 3, mark[0]) {
        return Some(value);
    }
    // ``…`` of reStructuredText and Markdown, `""…""` in a literal of C# or a cell of CSV.
    let twice = matches!(mark, b"`" | b"\"")
        && text.get(at + 1) == Some(&mark[0])
        && text.get(at + 2).is_some_and(u8::is_ascii_alphanumeric);
    let opening = match (triple, twice) {
        (true, _) => 3,
        (_, true) => 2,
        _ => len,
    };
    let start = at + opening;
    let end = closing(text, start, mark)?;
    let may_double = mark == b"'" && opening == 1 && end > start;
    let doubled = if may_double { closing_doubled(text, start, end) } else { None };
    let end = doubled.unwrap_or(end);
    let raw = letters > 0 && b"rR@".contains(&text[at - 1]) || mark == b"`";
    let escapes = (!raw && mark.last() != Some(&b';')).then_some(len - 1);
    Some(Value {
        span: Span::new(start, end),
        quoted: true,
        end: (end + opening).min(text.len()),
        escapes,
        written: doubled.map_or(Written::Plain, |_| Written::Doubled),
    })
}

/// Where the literal from `start` closes that holds a `''` at `first`: at a `'` that no other
/// follows. Two that nothing follows close a literal each.
fn closing_doubled(text: &[u8], start: usize, first: usize) -> Option<usize> {
    let goes_on = |b: &u8| b.is_ascii_alphanumeric() || b"-_!?#$%&*+@".contains(b);
    let is_doubled =
        text.get(first + 1) == Some(&b'\'') && text.get(first + 2).is_some_and(goes_on);
    is_doubled.then_some(())?;
    let limit = (start + LIMIT).min(text.len());
    let line = &text[start..limit];
    let line = &line[..memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len())];
    let mut quotes = memchr::memchr_iter(b'\'', line);
    while let Some(at) = quotes.next() {
        if line.get(at + 1) != Some(&b'\'') {
            return Some(start + at);
        }
        quotes.next();
    }
    None
}

/// `r`, `b`, `u`, `f`, `L`, `c`, `@`, `$`, `N`, `q`, `E` and their capitals.
fn may_stand_before_quote(byte: u8) -> bool {
    matches!(byte, b'r' | b'R' | b'b' | b'B' | b'u' | b'U' | b'f' | b'F' | b'c' | b'C')
        || matches!(byte, b'L' | b'@' | b'$' | b'N' | b'q' | b'Q' | b'E')
}

/// A raw literal of Rust (`r#"…"#`), Swift (`#"…"#`) or C++ (`R"(…)"`) whose marks begin at `at`.
fn fenced(text: &[u8], at: usize) -> Option<Value> {
    let hashes = text[at..].iter().take(4).take_while(|&&b| b == b'#').count();
    let inner = text[at + hashes..].strip_prefix(b"\"")?;
    let (opening, close) = match (hashes, inner.first()) {
        (0, Some(b'(')) => (2, &b")\""[..]),
        (0, _) => return None,
        (hashes, _) => (hashes + 1, &b"\"####"[..=hashes]),
    };
    let start = at + opening;
    let rest = &text[start..(start + LIMIT).min(text.len())];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let len = memchr::memmem::find(line, close)?;
    let end = start + len + close.len();
    let span = Span::new(start, start + len);
    Some(Value { quoted: true, end, ..Value::bare(span) })
}

/// The one line between two triple quotes, the first of which ends before `start`.
fn only_line(text: &[u8], start: usize, quote: u8) -> Option<Value> {
    let rest = &text[start..(start + LIMIT).min(text.len())];
    let mut lines = rest.split_inclusive(|&b| b == b'\n');
    let head = lines.next()?;
    let line = lines.next()?;
    let last = lines.next()?.trim_ascii_start();
    let inner = line.trim_ascii();
    let alone = head.trim_ascii().is_empty() && last.starts_with(&[quote; 3]);
    let indent = line.len() - line.trim_ascii_start().len();
    let at = start + head.len() + indent;
    let end = start + head.len() + line.len() + 3;
    let span = Span::new(at, at + inner.len());
    (alone && !inner.is_empty()).then(|| Value {
        quoted: true,
        end: end.min(text.len()),
        ..Value::bare(span)
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
    if limit - start == LIMIT && text[start..limit].iter().all(|&b| bounds::in_literal(b)) {
        let end = token_end(text, limit, bounds::in_literal);
        return text[end..].starts_with(mark).then_some(end);
    }
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

/// Where a token ends whose first part ends before `from`.
fn token_end(text: &[u8], from: usize, goes_on: fn(u8) -> bool) -> usize {
    let limit = (from + LONGEST - LIMIT).min(text.len());
    let end = (from..limit).find(|&at| !goes_on(text[at])).unwrap_or(limit);
    end + text[end..].iter().take(2).take_while(|&&b| b == b'=').count()
}

/// How far a bare value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of the line or a comment: settings, block YAML.
    Line,
    /// To white space or a delimiter: shells, prose, inside a string.
    Word,
    /// To white space, a quote or the next `;`: `Password=…;` of a connection string.
    Field,
}

/// The bare value at `at`.
pub(super) fn bare(text: &[u8], at: usize, extent: Extent) -> Option<Value> {
    if let Some(value) = delimited::printed(text, at) {
        return Some(value);
    }
    if extent == Extent::Field
        && let Some(value) = delimited::in_odbc_braces(text, at)
    {
        return Some(value);
    }
    let limit = (at + LIMIT).min(text.len());
    let ends = |byte: u8| match extent {
        Extent::Line => matches!(byte, b'\n' | b'\r' | ESCAPE),
        Extent::Word => {
            matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'&' | b'|' | b'<' | b'>')
                || matches!(byte, b'(' | b')' | b'{' | b'}' | ESCAPE)
                || byte.is_ascii_whitespace()
        }
        Extent::Field => {
            matches!(byte, b'"' | b'\'' | b'`' | b';' | ESCAPE) || byte.is_ascii_whitespace()
        }
    };
    let is_end = |&at: &usize| {
        ends(text[at])
            && !markup::ends_reference(&text[..=at])
            && !(text[at] == b'&' && goes_on_behind(&text[at + 1..]))
    };
    let end = (at..limit).find(is_end).unwrap_or(limit);
    let is_long = end - at == LIMIT && text[at..end].iter().all(|&b| bounds::in_token(b));
    let end = if is_long { token_end(text, end, bounds::in_token) } else { end };
    let mut value = text[at..end].trim_end_with(is_blank);
    if extent != Extent::Line {
        // The next line of what stands in a string is another.
        value = without_escape(value);
    }
    match extent {
        Extent::Line => value = without_comment(value),
        // A label: what it speaks of follows. The rest of what was cut short does not.
        Extent::Word if value.ends_with(b":") || value.ends_with(b"...") => return None,
        Extent::Word => value = without_tail(value, &text[end..]),
        Extent::Field => {}
    }
    (!value.is_empty()).then(|| Value::bare(Span::new(at, at + value.len())))
}

/// `Sch1ld&Salat`: whether what stands behind a `&` goes on with the word, and is neither the
/// next field of a query nor a reference to a character.
fn goes_on_behind(rest: &[u8]) -> bool {
    let rest = &rest[..rest.len().min(LIMIT)];
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.-".contains(b)).count();
    len > 0 && !rest.get(len).is_some_and(|b| b"=;[&%".contains(b)) && rest[0].is_ascii_uppercase()
}

/// White space of every script, and what nobody sees that comes along from a page.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn without_comment(line: &[u8]) -> &[u8] {
    let mut rest = line;
    // A literal `\r\n` ends a line of the text that stands in a string.
    for mark in [&b" #"[..], b"\t#", b" //", b" ;", b"\\r\\n"] {
        if let Some(at) = memchr::memmem::find(rest, mark) {
            rest = &rest[..at];
        }
    }
    let rest = rest.trim_end_with(is_blank);
    rest.strip_suffix(b",").unwrap_or(rest)
}

/// Up to an escape such as `\n`.
fn without_escape(word: &[u8]) -> &[u8] {
    &word[..memchr::memchr(b'\\', word).unwrap_or(word.len())]
}

/// Punctuation of the sentence is no part of a word.
fn without_tail<'t>(word: &'t [u8], rest: &[u8]) -> &'t [u8] {
    let goes_on = matches!(rest, [b'&', ..] | [b' ', b'-' | b'/' | b'a'..=b'z', ..]);
    let tail = word.iter().rev().take_while(|&b| b":]".contains(b) || *b == b'.' && !goes_on);
    &word[..word.len() - tail.count()]
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
            ("Gg!. -x", Extent::Word, "Gg!."),
            ("x}", Extent::Word, "x"),
            ("abc\\nNEXT", Extent::Word, "abc"),
            ("abc\\nnext: b", Extent::Word, "abc"),
        ] {
            let value = bare(text.as_bytes(), 0, extent).unwrap();
            assert_eq!(value.span.of(text.as_bytes()), expected.as_bytes(), "{text}");
        }
    }
}
