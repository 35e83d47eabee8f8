//! A name and its value as two members: `- name: DB_PASSWORD` and `value: x`
//! behind it, `"key": "password", "value": "x"`, `<add key="…" value="…"/>`.

use bstr::ByteSlice as _;

use super::value::{self, Extent, Value, Written};
use super::{operator, parameter, sql, yaml};
use crate::detect::judge::shape::{self, is_mixed};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How far behind the name its value may stand.
const REACH: usize = 160;

/// What members that hold a name are called.
const NAMES: [&[u8]; 9] = [
    b"name",
    b"key",
    b"id",
    b"field",
    b"property",
    b"variable",
    b"parameterkey",
    b"parametername",
    // What a filter of Ant replaces.
    b"token",
];
/// What holds the kind of a credential, in a realm of Keycloak.
const KINDS: [&[u8]; 2] = [b"type\": \"", b"type\":\""];

/// What members of literals of code that hold a name are called, and those that hold a value.
const NAMES_IN_CODE: [&[u8]; 2] = [b"name", b"env"];
const VALUES_IN_CODE: [&[u8]; 4] = [b"value", b"defaultvalue", b"default_value", b"default"];

/// The value of the member `value` behind the member that holds the name, or before it.
pub(super) fn read(text: &[u8], name: Span, language: Language) -> Option<Value> {
    // `<input name="access_key" value="<UUID>">`: which form it is, to those who mail what it holds.
    let is_id_of_form = |value: &Value| {
        shape::is_uuid(value.span.of(text)) && stands_in_tag(line::before(text, name.start))
    };
    let value = find(text, name, language).filter(|value| !is_id_of_form(value))?;
    Some(match language {
        Language::Markup => value.written(Written::Markup),
        _ => value,
    })
}

fn find(text: &[u8], name: Span, language: Language) -> Option<Value> {
    if let Some(value) = parameter::read(text, name, language) {
        return Some(value);
    }
    if let Some(value) = sql::set_where(text, name) {
        return Some(value);
    }
    if language == Language::Code {
        return before_name(text, name)
            .or_else(|| compared(text, name))
            .or_else(|| member_in_code(text, name))
            .or_else(|| in_tag(text, name));
    }
    let before = line::before(text, name.start);
    if language == Language::Markup
        && let Some(value) =
            beside_key(text, name, before).or_else(|| argument_of_jmeter(text, name, before))
    {
        return Some(value);
    }
    let is_kind = || {
        name.of(text) == b"password"
            && match language {
                Language::Json => KINDS.iter().any(|kind| before.ends_with(kind)),
                Language::Markup => is_typed(before),
                _ => false,
            }
    };
    if !names_something(before, &NAMES)
        && !names_something(without_path(before), &NAMES)
        && !is_kind()
    {
        return None;
    }
    behind_name(text, name, language).or_else(|| value_before(text, name))
}

/// `<Key>Password</Key><Value ProtectInMemory="True">…</Value>` of `KeePass`.
fn beside_key(text: &[u8], name: Span, before: &[u8]) -> Option<Value> {
    const HEAD: &[u8] = b"</Key><Value";
    (before.ends_with(b"<Key>") && text[name.end..].starts_with(HEAD)).then_some(())?;
    let rest = line::rest(text, name.end);
    let open = memchr::memchr(b'>', &rest[HEAD.len()..])? + HEAD.len() + 1;
    let len = memchr::memchr(b'<', &rest[open..]).filter(|len| *len > 0)?;
    Some(Value::bare(Span::new(name.end + open, name.end + open + len)))
}

/// `<elementProp name="password" …>` and `<stringProp name="Argument.value">…` in it: what a plan
/// of `JMeter` sends.
fn argument_of_jmeter(text: &[u8], name: Span, before: &[u8]) -> Option<Value> {
    const VALUE: &[u8] = b"name=\"Argument.value\">";
    before.ends_with(b"<elementProp name=\"").then_some(())?;
    let rest = &text[name.end..(name.end + REACH).min(text.len())];
    let start = memchr::memmem::find(rest, VALUE)? + VALUE.len();
    let is_same = memchr::memmem::find(&rest[..start], b"</elementProp>").is_none();
    let len = memchr::memchr(b'<', &rest[start..]).filter(|len| *len > 0 && is_same)?;
    Some(Value::bare(Span::new(name.end + start, name.end + start + len)))
}

/// `<input name="token" value="…">` of a page that is written in code.
fn in_tag(text: &[u8], name: Span) -> Option<Value> {
    (operator::quote_len(text, name.end) > 0).then_some(())?;
    let before = line::before(text, name.start);
    (stands_in_tag(before) && names_something(before, &NAMES)).then_some(())?;
    behind_name(text, name, Language::Markup).map(|value| value.written(Written::Markup))
}

/// `<input type="password" value="…">`: where people type a password on a page.
fn is_typed(before: &[u8]) -> bool {
    before.strip_suffix(b" type=\"").is_some_and(|tag| {
        memchr::memrchr(b'<', tag).is_some_and(|open| tag[open..].starts_with(b"<input"))
    })
}

/// `key="Smtp:Password"`: the line before the whole name.
fn without_path(before: &[u8]) -> &[u8] {
    let is_path = |c: char| c.is_ascii_alphanumeric() || "_-.:/".contains(c);
    if before.ends_with(b":") { before.trim_end_with(is_path) } else { b"" }
}

fn behind_name(text: &[u8], name: Span, language: Language) -> Option<Value> {
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
    // So does what stands behind the object of this one.
    let stop =
        memchr::memchr2(b'{', b'}', &rest[..stop]).filter(|&at| rest[at] == b'}').unwrap_or(stop);
    let values = [&b"value"[..], b"parametervalue", b"content"];
    // `<meta name="api-key" content="…">`
    let is_meta = || line::before(text, name.start).ends_with(b"<meta name=\"");
    let values = if is_tag() && is_meta() { &values[2..] } else { &values[..2] };
    let at = values.iter().find_map(|value| member(&rest[..stop], value))?;
    let at = behind_colon(text, end + at)?;
    let at = if language == Language::Yaml { yaml::content(text, at)? } else { at };
    // `{name: X, value: x}` on one line.
    let in_flow = line::before(text, name.start).contains(&b'{') && !text[end..at].contains(&b'\n');
    let extent = if in_flow { Extent::Word } else { Extent::Line };
    value::quoted(text, at).or_else(|| {
        matches!(language, Language::Yaml | Language::Prose)
            .then(|| value::bare(text, at, extent))?
    })
}

/// `{"value": "…", "name": "DB_PASSWORD"}`, `<add value="…" key="password"/>`
fn value_before(text: &[u8], name: Span) -> Option<Value> {
    const APART: usize = 40;
    let before = line::before(text, name.start);
    let open = memchr::memrchr2(b'{', b'<', before)?;
    let at = name.start - before.len() + open + member(&before[open..], b"value")?;
    let value = value::quoted(text, behind_colon(text, at)?)?;
    let between = text.get(value.end..name.start)?;
    (between.len() <= APART && !between.contains(&b'}')).then_some(value)
}

/// `<property key="no-warn-2" value="…"/>`, `<filter token="DB_JAR" value="…"/>`: whether an
/// attribute holds the name of a pair.
pub(super) fn holds_a_name(text: &[u8], name: Span) -> bool {
    let is_attribute = text[name.end..].starts_with(b"=\"");
    if !is_attribute || ![&b"key"[..], b"token"].contains(&name.of(text)) {
        return false;
    }
    let rest = line::rest(text, name.end + 2);
    let close = memchr::memchr(b'"', rest).map_or(rest.len(), |close| close + 1);
    rest[close..].starts_with(b" value=\"") && stands_in_tag(line::before(text, name.start))
}

/// Where what is given to a member begins whose name ends at `at`.
fn behind_colon(text: &[u8], at: usize) -> Option<usize> {
    let colon = operator::skip_blanks(text, at + operator::quote_len(text, at));
    matches!(text.get(colon), Some(b':' | b'=')).then(|| operator::skip_blanks(text, colon + 1))
}

/// Whether a tag is still open at the end of `before`: in a guide it may be.
fn stands_in_tag(before: &[u8]) -> bool {
    let bracket = memchr::memrchr2(b'<', b'>', before).map(|at| (before[at], before.get(at + 1)));
    matches!(bracket, Some((b'<', Some(next))) if next.is_ascii_alphabetic())
}

/// A member of a literal of code whose name is that of a setting, or whose value is more
/// than letters: forms and lists of choices are full of such pairs.
fn member_in_code(text: &[u8], name: Span) -> Option<Value> {
    (operator::quote_len(text, name.end) > 0).then_some(())?;
    let before = line::before(text, name.start);
    let is_named = names_something(before, &NAMES_IN_CODE);
    (is_named || names_something(before, &[b"key"])).then_some(())?;
    let value = member_of_literal(text, name).or_else(|| value_before(text, name))?;
    let between = text.get(name.end..value.span.start).unwrap_or_default();
    let is_default = memchr::memmem::find(between, b"efault").is_some();
    let name = name.of(text);
    let is_setting = is_default
        || name.iter().any(|b| b"._-".contains(b))
        || !name.iter().any(u8::is_ascii_lowercase);
    (is_setting || is_named && is_mixed(value.span.of(text))).then_some(value)
}

/// `{Name: "API_KEY", Value: "…"}` of Go, `(name = "db.password", defaultValue = "…")` of
/// Java, JSON inside a string.
fn member_of_literal(text: &[u8], name: Span) -> Option<Value> {
    let end = name.end + operator::quote_len(text, name.end);
    (end > name.end && text.get(end).is_some_and(|b| b",\r\n".contains(b))).then_some(())?;
    let rest = &text[end..(end + REACH).min(text.len())];
    let rest = &rest[..memchr::memchr3(b'}', b']', b')', rest).unwrap_or(rest.len())];
    let at = VALUES_IN_CODE.iter().find_map(|value| member(rest, value))?;
    value::quoted(text, behind_colon(text, end + at)?)
}

/// `setValue("…", forHTTPHeaderField: "X-API-Key")` of Swift, `setValue:@"…"
/// forHTTPHeaderField:@"X-API-Key"` of Objective-C, `set("…", forKey: "password")`: the value
/// stands before its name.
fn before_name(text: &[u8], name: Span) -> Option<Value> {
    let head = text[..name.start].strip_suffix(b"\"")?;
    let head = head.strip_suffix(b"@").or_else(|| head.strip_suffix(b" ")).unwrap_or(head);
    let field =
        head.strip_suffix(b"forHTTPHeaderField:").or_else(|| head.strip_suffix(b"forKey:"))?;
    let end = field.trim_ascii_end();
    literal_before(text, end.strip_suffix(b",").unwrap_or(end).len())
}

/// `"…" == password`, `"…".equals(password)`
fn compared(text: &[u8], name: Span) -> Option<Value> {
    let head = &text[..name.start];
    let head = head.strip_suffix(b"$").unwrap_or(head);
    // `MOVE "…" TO DB-PASSWORD` of COBOL.
    let signs: [&[u8]; 6] = [b" === ", b" == ", b"===", b"==", b".equals(", b" TO "];
    let head = signs.iter().find_map(|sign| head.strip_suffix(*sign))?;
    literal_before(text, head.len())
}

/// The literal that ends at `end`, on its line.
fn literal_before(text: &[u8], end: usize) -> Option<Value> {
    let before = line::before(text, end);
    let (quote, inner) = before.split_last()?;
    b"\"'`".contains(quote).then_some(())?;
    let open = end - before.len() + memchr::memrchr(*quote, inner)?;
    value::quoted(text, open).filter(|value| value.end == end)
}

/// Behind the word `name` in `text`, where it stands as a word of its own.
pub(super) fn member(text: &[u8], name: &[u8]) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    memchr::memmem::find_iter(&lower, name)
        .find(|&at| {
            at.checked_sub(1).is_some_and(|before| !text[before].is_ascii_alphanumeric())
                && text.get(at + name.len()).is_some_and(|b| b"\"': =\\".contains(b))
        })
        .map(|at| at + name.len())
}

/// Whether a line ends with one of `names`: `name: `, `"key": "`, `name="`.
fn names_something(before: &[u8], names: &[&[u8]]) -> bool {
    let is_joint = |b: &u8| b" \t\"':=\\".contains(b);
    let joints = before.iter().rev().take_while(|b| is_joint(b)).count();
    let (head, joint) = before.split_at(before.len() - joints);
    // An attribute in a string, `name=\"csrf\"`, is one of a form.
    let is_attribute = joint.contains(&b'\\') && joint.contains(&b'=');
    joints > 0 && !is_attribute && names.iter().any(|name| ascii::ends_with(head, name))
}
