//! The password behind its word in another script: `密码：…`, `"пароль": "…"`.

use super::echoed::shell_word;
use super::operator;
use super::value::{self, Value};
use crate::detect::judge::shape;
use crate::model::Span;

/// What binds, the colon of full width first.
const SIGNS: [&[u8]; 3] = ["：".as_bytes(), b":", b"="];

/// What stands behind the word that ends at `end`, letters and digits: labels hold words.
pub(super) fn password(text: &[u8], end: usize) -> Option<Value> {
    let at = operator::skip_blanks(text, end + operator::quote_len(text, end));
    let sign = SIGNS.iter().find(|sign| text[at..].starts_with(sign))?;
    let at = operator::skip_blanks(text, at + sign.len());
    let value = value::quoted(text, at).or_else(|| ascii_word(text, at))?;
    let bytes = value.span.of(text);
    (shape::is_mixed(bytes) && !shape::is_uuid(bytes)).then_some(value)
}

/// A word that ends where the other script goes on, or its sentence ends.
fn ascii_word(text: &[u8], at: usize) -> Option<Value> {
    let word = shell_word(text, at)?.span;
    let inner = word.of(text);
    let len = inner.iter().take_while(|byte| byte.is_ascii() && **byte != b',').count();
    let len = inner[..len].trim_ascii_end().len();
    let ends = inner[..len].iter().rev().take_while(|byte| b".)".contains(byte)).count();
    (len > ends).then(|| Value::bare(Span::new(word.start, word.start + len - ends)))
}
