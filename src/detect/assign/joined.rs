//! Literals that are written in pieces: `"…" + "…"`, and one below the other as C and
//! Python join them.

use super::value::{self, Value, Written};
use crate::model::Span;

/// How far apart two pieces may stand, and how many there may be: more than the lines of a
/// private key.
const APART: usize = 96;
const MOST: usize = 64;
/// What joins them, if anything does.
const SIGNS: [&[u8]; 4] = [b"+", b"..", b".", b"\\"];

/// `first` and the pieces behind it; none if it is the only one.
pub(super) fn read(text: &[u8], first: &Value) -> Option<Value> {
    let mut last = next(text, first)?;
    for _ in 0..MOST {
        let Some(piece) = next(text, &last) else { break };
        last = piece;
    }
    let span = Span::new(first.span.start, last.span.end);
    Some(Value::raw(span, last.end).written(Written::Joined))
}

/// What the pieces of the literal at `span` are together.
pub(super) fn bytes(text: &[u8], span: Span) -> Vec<u8> {
    let mut piece = value::quoted(text, span.start - 1);
    let mut bytes = Vec::new();
    while let Some(found) = piece.filter(|found| found.span.end <= span.end) {
        bytes.extend_from_slice(&found.bytes(text));
        piece = next(text, &found);
    }
    bytes
}

/// The next piece behind `last`, in quotes of the same kind: a word, as what surrounds it.
fn next(text: &[u8], last: &Value) -> Option<Value> {
    let quote = *text.get(last.span.end).filter(|_| last.end == last.span.end + 1)?;
    let rest = &text[last.end..(last.end + APART).min(text.len())];
    let joint = rest.trim_ascii_start();
    let sign = SIGNS.into_iter().find(|sign| joint.starts_with(sign));
    let behind = sign.map_or(joint, |sign| joint[sign.len()..].trim_ascii_start());
    let is_below = || rest[..rest.len() - joint.len()].contains(&b'\n');
    let is_piece = behind.first() == Some(&quote) && (sign.is_some() || is_below());
    let at = last.end + rest.len() - behind.len();
    let piece = value::quoted(text, at).filter(|_| is_piece)?;
    let is_word = |value: &Value| !value.span.of(text).iter().any(u8::is_ascii_whitespace);
    // `"KEY" = "…"` on the next line is another member.
    let is_name = text[piece.end..].trim_ascii_start().first().is_some_and(|b| b"=:".contains(b));
    (is_word(last) && is_word(&piece) && !(is_name && sign.is_none())).then_some(piece)
}
