//! A name and its value as two members: `- name: DB_PASSWORD` and `value: x`
//! behind it, `"key": "password", "value": "x"`, `<add key="…" value="…"/>`.

use super::value::{self, Extent, Value};
use super::{operator, parameter};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How far behind the name its value may stand.
const REACH: usize = 160;

/// What members that hold a name are called.
const NAMES: [&[u8]; 8] =
    [b"name", b"key", b"id", b"field", b"property", b"variable", b"parameterkey", b"parametername"];

/// The value of the member `value` behind the member that holds the name.
pub(super) fn read(text: &[u8], name: Span, language: Language) -> Option<Value> {
    if let Some(value) = parameter::read(text, name, language) {
        return Some(value);
    }
    if language == Language::Code {
        return before_name(text, name).or_else(|| member_of_literal(text, name));
    }
    if !names_something(line::before(text, name.start)) {
        return None;
    }
    let end = name.end + operator::quote_len(text, name.end);
    if !text.get(end).is_none_or(|b| b" \t\r\n,>/".contains(b)) {
        return None;
    }
    let limit = (end + REACH).min(text.len());
    let is_tag = || language == Language::Markup || stands_in_tag(line::before(text, name.start));
    let tag = memchr::memchr(b'>', &text[end..limit]).filter(|_| is_tag());
    let rest = &text[end..tag.map_or(limit, |n| end + n)];
    // The next name belongs to the next pair.
    let stop = NAMES[..2].iter().filter_map(|name| member(rest, name)).min().unwrap_or(rest.len());
    let at = member(&rest[..stop], b"value")?;
    let colon = end + at + operator::quote_len(text, end + at);
    let colon = operator::skip_blanks(text, colon);
    matches!(text.get(colon), Some(b':' | b'=')).then_some(())?;
    let at = operator::skip_blanks(text, colon + 1);
    // `{name: X, value: x}` on one line.
    let in_flow = line::before(text, name.start).contains(&b'{') && !text[end..at].contains(&b'\n');
    let extent = if in_flow { Extent::Word } else { Extent::Line };
    value::quoted(text, at).or_else(|| {
        matches!(language, Language::Yaml | Language::Prose)
            .then(|| value::bare(text, at, extent))?
    })
}

/// Whether a tag is still open at the end of `before`: in a guide it may be.
fn stands_in_tag(before: &[u8]) -> bool {
    let bracket = memchr::memrchr2(b'<', b'>', before).map(|at| (before[at], before.get(at + 1)));
    matches!(bracket, Some((b'<', Some(next))) if next.is_ascii_alphabetic())
}

/// `{Name: "API_KEY", Value: "…"}` of Go, `@ConfigProperty(name = "db.password",
/// defaultValue = "…")` of Java.
fn member_of_literal(text: &[u8], name: Span) -> Option<Value> {
    const FORMS: [[&[u8]; 3]; 2] =
        [[b"{Name: \"", b"\", Value: ", b"}"], [b"(name = \"", b"\", defaultValue = ", b")"]];
    let rest = text[name.end..].strip_prefix(b"\", ")?;
    let [_, joint, close] = FORMS.into_iter().find(|form| text[..name.start].ends_with(form[0]))?;
    let rest = rest.strip_prefix(&joint[3..])?;
    let value = value::quoted(text, text.len() - rest.len())?;
    text[value.end..].starts_with(close).then_some(value)
}

/// `setValue("…", forHTTPHeaderField: "X-API-Key")` of Swift, `setValue:@"…"
/// forHTTPHeaderField:@"X-API-Key"` of Objective-C: the value stands before its name.
fn before_name(text: &[u8], name: Span) -> Option<Value> {
    let head = text[..name.start].strip_suffix(b"\"")?;
    let head = head.strip_suffix(b"@").or_else(|| head.strip_suffix(b" ")).unwrap_or(head);
    let field = head.strip_suffix(b"forHTTPHeaderField:")?;
    let before = line::before(text, field.len());
    let end = field.trim_ascii_end();
    let end = end.strip_suffix(b",").unwrap_or(end).len();
    let start = field.len() - before.len();
    let inner = text.get(start..end)?.strip_suffix(b"\"")?;
    let open = start + memchr::memrchr(b'"', inner)?;
    value::quoted(text, open).filter(|value| value.end == end)
}

/// Behind the word `name` in `text`, where it stands as a word of its own.
pub(super) fn member(text: &[u8], name: &[u8]) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    memchr::memmem::find_iter(&lower, name)
        .find(|&at| {
            at.checked_sub(1).is_some_and(|before| !text[before].is_ascii_alphanumeric())
                && text.get(at + name.len()).is_some_and(|b| b"\"': =".contains(b))
        })
        .map(|at| at + name.len())
}

/// Whether a line ends with `name: `, `"key": "`, `name="`.
fn names_something(before: &[u8]) -> bool {
    let is_joint = |b: &u8| b" \t\"':=".contains(b);
    let joints = before.iter().rev().take_while(|b| is_joint(b)).count();
    let head = &before[..before.len() - joints];
    joints > 0 && NAMES.iter().any(|name| ascii::ends_with(head, name))
}
