//! Accounts in code: an address of mail, and beside it what its owner logs in with:
//! `{"joe@corp.io", "…", :admin}`, `'joe@corp.io' => '…'`.

use bstr::ByteSlice as _;

use super::operator;
use super::value::{self, Value};
use crate::detect::judge::is_varied;
use crate::detect::language::Language;
use crate::model::Span;

/// How long what stands before the last dot of an address is at most (RFC 5321, 4.5.3.1).
const LONGEST: usize = 96;
/// How long a password is that somebody chose.
const CHOSEN: std::ops::RangeInclusive<usize> = 8..=32;

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
    let is_chosen = CHOSEN.contains(&bytes.len()) && is_varied(bytes) && !bytes.contains(&b' ');
    (ends && is_chosen && !bytes.starts_with(user)).then_some(value)
}
