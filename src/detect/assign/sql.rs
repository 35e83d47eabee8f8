//! SQL: `IDENTIFIED BY '…'`, `CREATE ROLE … PASSWORD '…'`, rows of a column.

use bstr::ByteSlice as _;

use super::value::{self, Extent, Value};
use super::{call, operator};
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How the statements begin that set a password …
const VERBS: [&[u8]; 4] = [b"create", b"alter", b"set", b"grant"];
/// … and what they speak of.
const OBJECTS: [&[u8]; 6] = [b"user", b"role", b"login", b"with", b"encrypted", b"group"];

/// Whether a line up to the word `PASSWORD` is such a statement.
pub(super) fn sets_a_password(before: &[u8]) -> bool {
    // Every word with a space behind it.
    let spaced = before.rsplit(u8::is_ascii_whitespace).skip(1);
    let mut words = spaced.filter_map(|text| text.rsplit(|b| !b.is_ascii_alphanumeric()).next());
    let is_any = |word: &[u8], list: &[&[u8]]| list.iter().any(|w| word.eq_ignore_ascii_case(w));
    let (mut verb, mut object) = (false, false);
    words.any(|word| {
        verb |= is_any(word, &VERBS);
        object |= is_any(word, &OBJECTS);
        verb && object
    })
}

/// Whether a line up to the word `PASSWORD` ends with `USER 'joe'`.
pub(super) fn names_user_in_quotes(before: &[u8]) -> bool {
    let user = before.trim_ascii_end().strip_suffix(b"'").unwrap_or_default();
    memchr::memrchr(b'\'', user).is_some_and(|open| ascii::ends_with(&user[..open], b"user "))
}

/// How far back a statement is looked at whose lines before the last are others.
const STATEMENT: usize = 256;

/// The statement before `at`, where its line does not begin it.
pub(super) fn statement_before(text: &[u8], at: usize) -> Option<&[u8]> {
    let is_word = |b: &u8| b.is_ascii_alphabetic() || b" \t".contains(b);
    line::before(text, at).iter().all(is_word).then_some(())?;
    let before = &text[at.saturating_sub(STATEMENT)..at];
    before.rsplit(|&b| b == b';').next()
}

/// `UPDATE settings SET value = '…' WHERE name = 'smtp_password'`: what the row of this name is
/// given.
pub(super) fn set_where(text: &[u8], name: Span) -> Option<Value> {
    let head = text[..name.start].strip_suffix(b"'")?.trim_ascii_end();
    (text.get(name.end) == Some(&b'\'') && head.ends_with(b"=")).then_some(())?;
    let before = line::before(text, name.start).strip_suffix(b"'")?;
    before.trim_ascii_end().strip_suffix(b"=")?;
    let lower = before.to_ascii_lowercase();
    let condition = memchr::memmem::rfind(&lower, b" where ")?;
    let set = memchr::memmem::rfind(&lower[..condition], b" set ")?;
    let start = name.start - 1 - before.len();
    let equals = memchr::memchr(b'=', &lower[set..condition])?;
    let value = value::quoted(text, operator::skip_blanks(text, start + set + equals + 1))?;
    (value.end <= start + condition).then_some(value)
}

/// `SET PASSWORD FOR 'joe'@'%' = '…'` of `MySQL`, whose user stands at `at`.
pub(super) fn set_for_user(text: &[u8], name: Span, at: usize) -> Option<Value> {
    let user = behind(text, at, b"for ")?;
    let verb = line::before(text, name.start).trim_ascii_end();
    let is_set = name.of(text).eq_ignore_ascii_case(b"password") && ascii::ends_with(verb, b"set");
    let equals = memchr::memchr(b'=', line::rest(text, user)).filter(|_| is_set)?;
    value::quoted(text, operator::skip_blanks(text, user + equals + 1))
}

/// Whether the line is one of SQL that speaks of a user.
fn speaks_of_a_user(before: &[u8]) -> bool {
    let lower = before.to_ascii_lowercase();
    let holds = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    holds(b"user")
        || holds(b"role ")
        || holds(b"connect to ")
        || holds(b"grant ")
        || holds(b"alter ")
}

/// The value behind `IDENTIFIED`, which stands at `word`.
pub(super) fn identified(text: &[u8], word: Span) -> Option<Value> {
    let mut at = operator::skip_blanks(text, word.end);
    if let Some(plugin) = behind(text, at, b"with ") {
        let end = plugin
            + text[plugin..].iter().take(48).take_while(|b| !b.is_ascii_whitespace()).count();
        // What is given then is a hash: `IDENTIFIED WITH sha256_hash BY '…'` of ClickHouse.
        if text[plugin..end].ends_with(b"_hash") {
            return None;
        }
        at = operator::skip_blanks(text, end);
    }
    at = behind(text, at, b"by ")?;
    if let Some(hashed) = behind(text, at, b"password ") {
        at = hashed;
    }
    let before = statement_before(text, word.start);
    let before = before.unwrap_or_else(|| line::before(text, word.start));
    if text.get(at) == Some(&b'`') || !speaks_of_a_user(before) {
        return None;
    }
    // "the resource identified by name" of a sentence.
    let value = value::read(text, at, Extent::Word)?;
    (value.quoted || names_a_user(before)).then_some(value)
}

/// Whether the statement names the user itself.
fn names_a_user(before: &[u8]) -> bool {
    let lower = before.to_ascii_lowercase();
    let holds = |words: &[u8]| memchr::memmem::find(&lower, words).is_some();
    // Right before stands the user, and before that what it is.
    let mut words = lower.rsplit(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let kind = words.nth(1).unwrap_or_default();
    let is_named = [&b"user"[..], b"to", b"role", b"exists"].contains(&kind);
    let is_named = is_named || holds(b"create user ") || holds(b"alter user ");
    is_named && (holds(b"connect to ") || holds(b"grant ") || sets_a_password(&lower))
}

/// How far behind the columns rows are read, and how many.
const ROWS: usize = 4 * 1024;
const MOST: usize = 32;

/// The values of the column at `name` of `INSERT INTO t (name, password) VALUES (…), (…)`.
pub(super) fn inserted(text: &[u8], name: Span) -> Vec<Value> {
    rows(text, name).unwrap_or_default()
}

/// The column of `INSERT INTO api_keys (name, key)` that holds what the table at `name` is called
/// after.
pub(super) fn column_of_table(text: &[u8], name: Span) -> Option<Span> {
    const COLUMNS: [&[u8]; 3] = [b"key", b"value", b"token"];
    let is_mark = |c: char| c.is_ascii_whitespace() || "`\"[]".contains(c);
    // `public`.`api_keys`
    let head = &text[name.start.saturating_sub(STATEMENT)..name.start];
    let quotes = head.iter().rev().take(2).take_while(|b| b"`\"[".contains(b)).count();
    ascii::ends_with(&head[..head.len() - quotes], b"into ").then_some(())?;
    let limit = text.len().min(name.end + STATEMENT);
    let open = name.end + memchr::memchr(b'(', &text[name.end..limit])?;
    text[name.end..open].chars().all(is_mark).then_some(())?;
    let close = open + memchr::memchr(b')', &text[open..limit])?;
    let mut at = open + 1;
    text[open + 1..close].split(|&b| b == b',').find_map(|column| {
        let start = at + (column.len() - column.trim_start_with(is_mark).len());
        at += column.len() + 1;
        let word = column.trim_with(is_mark);
        let is_one = COLUMNS.iter().any(|name| word.eq_ignore_ascii_case(name));
        is_one.then(|| Span::new(start, start + word.len()))
    })
}

fn rows(text: &[u8], name: Span) -> Option<Vec<Value>> {
    text.get(name.end).filter(|b| matches!(b, b',' | b')' | b'`' | b'"' | b']' | b' '))?;
    let is_quote = |b: &&u8| matches!(b, b' ' | b'`' | b'"' | b'[');
    let head = &text[..name.start];
    let quotes = head.iter().rev().take(3).take_while(is_quote).count();
    head[..head.len() - quotes].last().filter(|b| matches!(b, b'(' | b','))?;
    let limit = (name.end + ROWS).min(text.len());
    let mut at = name.end + memchr::memchr(b')', &text[name.end..limit])? + 1;
    at = behind(text, skip_space(text, at), b"values")?;
    let before = line::before(text, name.start);
    // Columns below each other, or below their table.
    let begins = before.trim_ascii_start().strip_prefix(b"(").unwrap_or(before);
    let in_list = |b: &u8| b.is_ascii_alphanumeric() || b"_ `\",[]\t".contains(b);
    let before = if begins.iter().all(in_list) {
        &text[name.start.saturating_sub(2 * STATEMENT)..name.start]
    } else {
        before
    };
    let open = memchr::memrchr(b'(', before)?;
    // `execute("INSERT INTO t (`
    let mut words = before[..open].split(u8::is_ascii_whitespace);
    words.find(|word| ascii::ends_with(word, b"insert") || ascii::ends_with(word, b"replace"))?;
    words.next().filter(|word| word.eq_ignore_ascii_case(b"into"))?;
    let column = memchr::memchr_iter(b',', &before[open..]).count();
    let mut found = Vec::new();
    while found.len() < MOST && at < limit {
        at = skip_space(text, at);
        (text.get(at) == Some(&b'(')).then_some(())?;
        let arguments = call::arguments(text, at + 1, column + 1);
        let value = arguments.get(column).and_then(|argument| {
            value::quoted(text, argument.start)
                .filter(|value| value.end == argument.end)
                // `'" + password + "'`: the statement is put together.
                .filter(|value| !value.span.of(text).contains(&b'"'))
        });
        found.extend(value);
        let Some(last) = arguments.last() else { break };
        // The next row stands behind the end of this one.
        // A literal may end behind what is read.
        let rest = text.get(last.end..limit).unwrap_or_default();
        let rest = &rest[..memchr::memmem::find(rest, b");").unwrap_or(rest.len())];
        let Some(end) = memchr::memmem::find(rest, b"),") else { break };
        at = last.end + end + 2;
    }
    Some(found)
}

fn skip_space(text: &[u8], at: usize) -> usize {
    let space = text[at..].iter().take(64).take_while(|b| b.is_ascii_whitespace()).count();
    at + space
}

/// Behind `word`, in any case, if it stands at `at`.
fn behind(text: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    ascii::starts_with(text.get(at..)?, word).then(|| operator::skip_blanks(text, at + word.len()))
}
