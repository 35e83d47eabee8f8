//! Accounts: an address of mail in code, and beside it what its owner logs in with,
//! `{"joe@corp.io", "…", :admin}`, `'joe@corp.io' => '…'`; the list of cloud-init.

use bstr::ByteSlice as _;

use super::operator;
use super::value::{self, Value};
use crate::detect::judge::{is_varied, phrase};
use crate::detect::language::Language;
use crate::model::Span;

/// An address is looked for so far back; its user has 64 bytes at most (RFC 5321, 4.5.3.1).
const LONGEST: usize = 96;
/// How long a password is that somebody chose.
const CHOSEN: std::ops::RangeInclusive<usize> = 8..=32;

/// How many lines of a list are read.
const MOST: usize = 64;

/// Whether a keyword heads the list of accounts of cloud-init.
pub(super) fn heads_a_list(word: &[u8]) -> bool {
    word == b"chpasswd:"
}

/// The passwords of `list:` below `chpasswd:`, which ends `word`: a line each, `joe:…` or
/// `- joe:…` (cloudinit.readthedocs.io, module `set_passwords`).
pub(super) fn below(text: &[u8], word: Span) -> Vec<Value> {
    let mut at = word.end;
    let mut found = Vec::new();
    let mut is_list = false;
    for line in text[at..].split_inclusive(|&b| b == b'\n').take(MOST) {
        let inner = line.trim_ascii();
        let item = inner.strip_prefix(b"- ").unwrap_or(inner);
        let item = item.trim_start_with(|c| "\"'".contains(c));
        let start = at + line.trim_ascii_end().len() - item.len();
        at += line.len();
        match item.split_once_str(":") {
            _ if inner.is_empty() || inner.starts_with(b"#") => {}
            Some((b"expire" | b"users", _)) if !is_list => {}
            Some((b"list", _)) => is_list = true,
            Some((user, password)) if is_list && line[0] == b' ' && !user.contains(&b' ') => {
                let ends = |b: &u8| b.is_ascii_whitespace() || b"\"'".contains(b);
                let len = password.iter().position(ends).unwrap_or(password.len());
                let is_asked = matches!(&password[..len], b"" | b"R" | b"RANDOM");
                let start = start + user.len() + 1;
                found.extend((!is_asked).then(|| Value::bare(Span::new(start, start + len))));
            }
            _ => break,
        }
    }
    found
}

/// Whether a keyword is the end of an address and of the literal that holds it: `.com",`.
pub(super) fn is_end_of_mail(word: &[u8]) -> bool {
    word.first() == Some(&b'.') && word.iter().any(|b| b"\"'".contains(b))
}

/// The literal behind the address whose end stands at `end`.
pub(super) fn beside_mail(text: &[u8], end: Span, language: Language) -> Option<Value> {
    matches!(language, Language::Code | Language::Json).then_some(())?;
    let (ending, sign) = end.of(text).split_at(end.of(text).find_byteset(b"\"'")?);
    let in_mail = |b: &&u8| b.is_ascii_alphanumeric() || b"._%+-@".contains(b);
    let head = &text[..end.start];
    let len = head.iter().rev().take(LONGEST).take_while(in_mail).count();
    let (before, mail) = head.split_at(head.len() - len);
    let (user, host) = mail.split_once_str("@").filter(|(user, _)| !user.is_empty())?;
    let host = [host, ending].concat();
    let is_documented = [&b"example."[..], b"test."].iter().any(|name| host.contains_str(name));
    (before.last() == sign.first() && !host.contains(&b'@') && !is_documented).then_some(())?;
    let value = value::quoted(text, operator::skip_blanks(text, end.end))?;
    let bytes = value.span.of(text);
    let next = operator::skip_blanks(text, value.end);
    let ends = text.get(next).is_none_or(|b| b",)]}\r\n;".contains(b));
    let is_own = || is_varied(bytes) || phrase::is_marked_pair(bytes);
    let is_chosen = CHOSEN.contains(&bytes.len()) && is_own() && !bytes.contains(&b' ');
    (ends && is_chosen && !bytes.starts_with(user)).then_some(value)
}
