//! Comparisons that languages write as words, or for what differs: `$pw eq "…"` of Perl,
//! `$pw -eq "…"` of `PowerShell`, `[pw isEqualToString:@"…"]`, `get("pw").equals("…")`,
//! `ConstantTimeCompare([]byte(pw), []byte("…"))` of Go, `pw !== "…"`, `pw <> "…"` of Basic. Owns
//! where the literal stands that a name is compared with.

use super::operator;
use super::value;
use crate::detect::judge::{phrase, shape};
use crate::model::Span;

/// Between the two sides of `bytes.Equal([]byte(password), []byte("…"))` in Go.
const CONVERTED: &[u8] = b"), []byte(";

/// What stands before the literal.
const WORDS: [&[u8]; 12] = [
    b"eq ",
    b"-eq ",
    b"isEqualToString:@",
    CONVERTED,
    b").equals(",
    b"!== ",
    b"!= ",
    b"<> ",
    b") !== ",
    b") != ",
    b") === ",
    b") == ",
];

/// Where the literal begins that the name is compared with, behind which `at` stands. What it
/// is asked for is a word as often as a password, so it mixes letters and digits or is a phrase.
pub(super) fn read(text: &[u8], name: Span, at: usize) -> Option<usize> {
    text.get(at).filter(|b| b"ei-)}!<".contains(b))?;
    // `$in{'password'} eq "…"`
    let end = if text[at] == b'}' { operator::skip_blanks(text, at + 1) } else { at };
    let word = WORDS.iter().find(|word| text[end..].starts_with(word))?;
    let is_converted = text[..name.start].ends_with(b"[]byte(");
    (*word != CONVERTED || is_converted).then_some(())?;
    let at = end + word.len();
    let is_chosen = |bytes: &[u8]| shape::is_mixed(bytes) || phrase::is_chain(bytes);
    value::quoted(text, at).filter(|value| is_chosen(value.span.of(text)))?;
    Some(at)
}
