//! A name that opens an element, an object or a block, and the value inside or
//! beside it: `variable "db_password" { default = "…" }`, `<name>password</name>
//! <value>…</value>`, `"adminPassword": { "value": "…" }`.

use super::value::{self, Extent, Value};
use super::{markup, operator, pair};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How far the value of an element may stand behind its name.
const REACH: usize = 160;
/// How far an object or a block is read.
const OBJECT: usize = 600;
/// Members that hold the value of a parameter, or what it has without one.
const MEMBERS: [&[u8]; 3] = [b"defaultvalue", b"default", b"value"];

/// The value of the parameter that is called by the name at `name`.
pub(super) fn read(text: &[u8], name: Span, language: Language) -> Option<Value> {
    match language {
        Language::Code => default_of_variable(text, name).or_else(|| value_on_its_line(text, name)),
        Language::Json => member_of_object(text, name),
        Language::Yaml => member_of_object(text, name)
            .or_else(|| member_of_block(text, name))
            .or_else(|| next_of_list(text, name)),
        Language::Markup | Language::Settings | Language::Prose => {
            string_of_property_list(text, name)
                .or_else(|| next_string_of_array(text, name))
                .or_else(|| element_beside(text, name))
                .or_else(|| element_inside(text, name))
                .or_else(|| markup::beside_label(text, name))
        }
        Language::Shell | Language::Lock => None,
    }
}

/// `"adminPassword": { "type": "string", "defaultValue": "…" }`
fn member_of_object(text: &[u8], name: Span) -> Option<Value> {
    let limit = (name.end + OBJECT).min(text.len());
    let rest = text[name.end..limit].strip_prefix(b"\"")?.trim_ascii_start();
    let rest = rest.strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"{")?;
    let start = limit - rest.len();
    // An object inside the object has members of its own.
    let end = memchr::memchr2(b'{', b'}', rest)?;
    let at = MEMBERS.iter().find_map(|member| pair::member(&rest[..end], member))?;
    let colon = start + at + operator::quote_len(text, start + at);
    let colon = operator::skip_blanks(text, colon);
    (text.get(colon) == Some(&b':')).then_some(())?;
    value::quoted(text, operator::skip_blanks(text, colon + 1))
}

/// `DBPassword:`, and behind it, farther in, `Default: …`.
fn member_of_block(text: &[u8], name: Span) -> Option<Value> {
    let limit = (name.end + OBJECT).min(text.len());
    let block = text[name.end..limit].strip_prefix(b":")?;
    let before = line::before(text, name.start);
    before.iter().all(|b| *b == b' ').then_some(())?;
    let is_blank = |line: &[u8]| line.is_empty() || line.starts_with(b"#");
    is_blank(line::rest(text, name.end + 1).trim_ascii()).then_some(())?;
    let mut at = limit - block.len();
    let mut inner = None;
    for raw in block.split_inclusive(|&b| b == b'\n') {
        let indent = raw.len() - raw.trim_ascii_start().len();
        let line = raw.trim_ascii();
        let start = at + indent;
        at += raw.len();
        if is_blank(line) {
            continue;
        }
        if indent <= before.len() || inner.is_some_and(|inner| indent < inner) {
            return None;
        }
        let inner = *inner.get_or_insert(indent);
        let colon = memchr::memchr(b':', line);
        let member = colon.map(|colon| line[..colon].to_ascii_lowercase());
        if indent == inner && member.is_some_and(|member| MEMBERS.contains(&&member[..])) {
            let at = operator::skip_blanks(text, start + colon? + 1);
            return value::read(text, at, Extent::Line);
        }
    }
    None
}

/// `- --requirepass` and the item behind it.
fn next_of_list(text: &[u8], name: Span) -> Option<Value> {
    name.of(text).starts_with(b"--").then_some(())?;
    let before = line::before(text, name.start);
    let before = before.strip_suffix(b"\"").or(before.strip_suffix(b"'")).unwrap_or(before);
    let indent = before.strip_suffix(b"- ")?;
    indent.iter().all(|b| *b == b' ').then_some(())?;
    let end = name.end + operator::quote_len(text, name.end);
    let rest = line::rest(text, end);
    rest.trim_ascii().is_empty().then_some(())?;
    let next = text.get(end + rest.len() + 1..)?;
    let item = next.strip_prefix(indent)?.strip_prefix(b"- ")?;
    let at = text.len() - item.len();
    (!item.starts_with(b"-")).then_some(())?;
    value::read(text, at, Extent::Line)
}

/// `<name>password</name><value>…</value>`, `<param-name>` and `<param-value>` alike.
fn element_beside(text: &[u8], name: Span) -> Option<Value> {
    text[name.end..].starts_with(b"</").then_some(())?;
    let before = line::before(text, name.start).strip_suffix(b">")?;
    let open = memchr::memrchr(b'<', before)?;
    let tag = &before[open + 1..];
    let ends = |end: &[u8]| ascii::ends_with(tag, end).then(|| &tag[..tag.len() - end.len()]);
    let head = ends(b"name").or_else(|| ends(b"key"))?;
    let limit = (name.end + REACH).min(text.len());
    let rest = text[name.end..limit].strip_prefix(b"</")?.strip_prefix(tag)?;
    let rest = rest.strip_prefix(b">")?.trim_ascii_start().strip_prefix(b"<")?;
    let rest = rest.strip_prefix(head)?;
    let rest = ascii::starts_with(rest, b"value>").then(|| &rest[6..])?;
    // Of XML-RPC.
    let rest = rest.strip_prefix(b"<string>").unwrap_or(rest);
    text_until(text, limit - rest.len(), b"</")
}

/// `<setting name="Password" serializeAs="String"><value>…</value>`, `<string name="api_key"
/// translatable="false">…</string>`
fn element_inside(text: &[u8], name: Span) -> Option<Value> {
    let is_named = || line::before(text, name.start).ends_with(b"name=\"");
    (text[name.end..].starts_with(b"\" ") && is_named()).then_some(())?;
    let rest = line::rest(text, name.end);
    let end = memchr::memchr(b'>', rest).filter(|&end| !rest[..end].ends_with(b"/"))?;
    let inside = &text[name.end + end + 1..];
    let inside = inside.trim_ascii_start().strip_prefix(b"<value>").unwrap_or(inside);
    text_until(text, text.len() - inside.len(), b"</")
}

/// The text from `start` to `end`, on one line.
fn text_until(text: &[u8], start: usize, end: &[u8]) -> Option<Value> {
    let rest = line::rest(text, start);
    let len = memchr::memmem::find(rest, end)?;
    (len > 0).then(|| Value::bare(Span::new(start, start + len)))
}

/// `variable "db_password" { default = "…" }`, `output "db_password" { value = "…" }` of
/// Terraform.
fn default_of_variable(text: &[u8], name: Span) -> Option<Value> {
    let heads = [&b"variable \""[..], b"output \""];
    let is_variable = || heads.contains(&line::before(text, name.start).trim_ascii_start());
    (text[name.end..].starts_with(b"\" {") && is_variable()).then_some(())?;
    let limit = (name.end + OBJECT).min(text.len());
    let block = &text[name.end..limit];
    // The closing brace stands at the head of a line, or on the first.
    let end = memchr::memmem::find(block, b"\n}").unwrap_or(block.len());
    let heads: [&[u8]; 4] = [b"\n  default", b"\n\tdefault", b"{ default", b"\n  value"];
    let at = heads
        .iter()
        .find_map(|head| Some(memchr::memmem::find(&block[..end], head)? + head.len()))?;
    let equals = operator::skip_blanks(text, name.end + at);
    (text.get(equals) == Some(&b'=')).then_some(())?;
    value::quoted(text, operator::skip_blanks(text, equals + 1))
}

/// `name = "/prod/db/password"`, and `value = "…"` on a line behind it.
fn value_on_its_line(text: &[u8], name: Span) -> Option<Value> {
    let rest = text[name.end..].strip_prefix(b"\"")?;
    (rest.starts_with(b"\n") || rest.starts_with(b"\r\n")).then_some(())?;
    let before = line::before(text, name.start).trim_ascii_start();
    let before = before.strip_prefix(b"name ")?.trim_ascii_start().strip_prefix(b"=")?;
    before.trim_ascii_start().starts_with(b"\"").then_some(())?;
    let limit = (name.end + OBJECT).min(text.len());
    let mut at = name.end + 1;
    for raw in text.get(at..limit)?.split_inclusive(|&b| b == b'\n') {
        let line = raw.trim_ascii_start();
        if line.starts_with(b"}") {
            return None;
        }
        let value = line.strip_prefix(b"value").map(<[u8]>::trim_ascii_start);
        if let Some(value) = value.and_then(|value| value.strip_prefix(b"=")) {
            let start = at + raw.len() - value.len();
            return value::quoted(text, operator::skip_blanks(text, start));
        }
        at += raw.len();
    }
    None
}

/// `<key>password</key><string>…</string>` of a property list.
fn string_of_property_list(text: &[u8], name: Span) -> Option<Value> {
    let rest = text[name.end..].strip_prefix(b"</key>")?.trim_ascii_start();
    line::before(text, name.start).ends_with(b"<key>").then_some(())?;
    let rest = rest.strip_prefix(b"<string>")?;
    text_until(text, text.len() - rest.len(), b"</string>")
}

/// `<string>--password</string>` and the string behind it.
fn next_string_of_array(text: &[u8], name: Span) -> Option<Value> {
    name.of(text).starts_with(b"-").then_some(())?;
    let rest = text[name.end..].strip_prefix(b"</string>")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"<string>").filter(|rest| !rest.starts_with(b"-"))?;
    text_until(text, text.len() - rest.len(), b"</string>")
}
