//! SQL: `IDENTIFIED BY '…'`, `CREATE ROLE … PASSWORD '…'`.

use super::value::{self, Extent, Value};
use super::{line, operator};
use crate::model::Span;

/// Words of the statements that set a password.
const STATEMENTS: [&[u8]; 6] = [b"user ", b"role ", b"login ", b"with ", b"encrypted ", b"group "];

/// Whether a line up to the word `PASSWORD` is such a statement.
pub(super) fn sets_a_password(before: &[u8]) -> bool {
    let lower = before.to_ascii_lowercase();
    let verb = [&b"create "[..], b"alter ", b"set ", b"grant "];
    let holds = |word: &[u8]| {
        memchr::memmem::find_iter(&lower, word)
            .any(|at| at == 0 || !lower[at - 1].is_ascii_alphanumeric())
    };
    verb.iter().any(|word| holds(word)) && STATEMENTS.iter().any(|word| holds(word))
}

/// Whether the line is one of SQL that speaks of a user.
fn speaks_of_a_user(before: &[u8]) -> bool {
    let lower = before.to_ascii_lowercase();
    let holds = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    holds(b"user") || holds(b"grant ") || holds(b"alter ")
}

/// The value behind `IDENTIFIED`, which stands at `word`.
pub(super) fn identified(text: &[u8], word: Span) -> Option<Value> {
    let mut at = operator::skip_blanks(text, word.end);
    if let Some(plugin) = behind(text, at, b"with ") {
        let end = plugin
            + text[plugin..].iter().take(48).take_while(|b| !b.is_ascii_whitespace()).count();
        at = operator::skip_blanks(text, end);
    }
    at = behind(text, at, b"by ")?;
    if let Some(hashed) = behind(text, at, b"password ") {
        at = hashed;
    }
    if text.get(at) == Some(&b'`') || !speaks_of_a_user(line::before(text, word.start)) {
        return None;
    }
    value::quoted(text, at).or_else(|| value::bare(text, at, Extent::Word))
}

/// Behind `word`, in any case, if it stands at `at`.
fn behind(text: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    text.get(at..at + word.len())?
        .eq_ignore_ascii_case(word)
        .then(|| operator::skip_blanks(text, at + word.len()))
}
