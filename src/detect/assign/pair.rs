//! A name and its value as two members: `- name: DB_PASSWORD` and `value: x`
//! behind it, `"key": "password", "value": "x"`, `<add key="…" value="…"/>`.

use super::value::{self, Extent, Value};
use super::{line, operator};
use crate::detect::language::Language;
use crate::model::Span;

/// How far behind the name its value may stand.
const REACH: usize = 160;
/// How far a variable of Terraform is read.
const VARIABLE: usize = 600;

/// What members that hold a name are called.
const NAMES: [&[u8]; 8] =
    [b"name", b"key", b"id", b"field", b"property", b"variable", b"parameterkey", b"parametername"];

/// The value of the member `value` behind the member that holds the name.
pub(super) fn read(text: &[u8], name: Span, language: Language) -> Option<Value> {
    if let Some(value) =
        default_of_variable(text, name).or_else(|| string_of_property_list(text, name))
    {
        return Some(value);
    }
    if language == Language::Code || !names_something(line::before(text, name.start)) {
        return None;
    }
    let end = name.end + operator::quote_len(text, name.end);
    if !text.get(end).is_none_or(|b| b" \t\r\n,>/".contains(b)) {
        return None;
    }
    let limit = (end + REACH).min(text.len());
    let tag = memchr::memchr(b'>', &text[end..limit]).filter(|_| language == Language::Markup);
    let rest = &text[end..tag.map_or(limit, |n| end + n)];
    // The next name belongs to the next pair.
    let stop = NAMES[..2].iter().filter_map(|name| member(rest, name)).min().unwrap_or(rest.len());
    let at = member(&rest[..stop], b"value")?;
    let colon = end + at + operator::quote_len(text, end + at);
    let colon = operator::skip_blanks(text, colon);
    matches!(text.get(colon), Some(b':' | b'=')).then_some(())?;
    let at = operator::skip_blanks(text, colon + 1);
    value::quoted(text, at).or_else(|| {
        matches!(language, Language::Yaml | Language::Prose)
            .then(|| value::bare(text, at, Extent::Line))?
    })
}

/// `variable "db_password" { default = "…" }` of Terraform.
fn default_of_variable(text: &[u8], name: Span) -> Option<Value> {
    let before = line::before(text, name.start);
    (before.trim_ascii_start() == b"variable \"" && text[name.end..].starts_with(b"\" {"))
        .then_some(())?;
    let limit = (name.end + VARIABLE).min(text.len());
    let block = &text[name.end..limit];
    // The closing brace stands at the head of a line, or on the first.
    let end = memchr::memmem::find(block, b"\n}").unwrap_or(block.len());
    let heads: [&[u8]; 3] = [b"\n  default", b"\n\tdefault", b"{ default"];
    let at = heads
        .iter()
        .find_map(|head| Some(memchr::memmem::find(&block[..end], head)? + head.len()))?;
    let equals = operator::skip_blanks(text, name.end + at);
    (text.get(equals) == Some(&b'=')).then_some(())?;
    value::quoted(text, operator::skip_blanks(text, equals + 1))
}

/// `<key>password</key><string>…</string>` of a property list.
fn string_of_property_list(text: &[u8], name: Span) -> Option<Value> {
    line::before(text, name.start).ends_with(b"<key>").then_some(())?;
    let rest = text[name.end..].strip_prefix(b"</key>")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"<string>")?;
    let start = text.len() - rest.len();
    let limit = rest.len().min(REACH);
    let len = memchr::memmem::find(&rest[..limit], b"</string>")?;
    (len > 0).then(|| Value::bare(Span::new(start, start + len)))
}

/// Behind the word `name` in `text`, where it stands as a word of its own.
fn member(text: &[u8], name: &[u8]) -> Option<usize> {
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
    let ends_with = |name: &&[u8]| {
        head.len().checked_sub(name.len()).is_some_and(|at| head[at..].eq_ignore_ascii_case(name))
    };
    joints > 0 && NAMES.iter().any(ends_with)
}
