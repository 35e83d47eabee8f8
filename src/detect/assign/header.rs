//! `Authorization` headers: `Bearer …` and `Basic …`, wherever they stand.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::shape::{self, Shape};
use crate::detect::placeholder;
use crate::model::{Span, Strength};

/// The credentials of a header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) span: Span,
    pub(super) is_basic: bool,
    pub(super) strength: Strength,
}

/// Reads the credentials behind a scheme at `word`, which is a keyword that
/// ends with its space: `bearer `, `basic `.
pub(super) fn read(text: &[u8], word: Span) -> Option<Header> {
    let scheme = word.of(text);
    let is_basic = scheme.eq_ignore_ascii_case(b"basic ");
    if !is_basic && !scheme.eq_ignore_ascii_case(b"bearer ") {
        return None;
    }
    let in_token = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=%".contains(&b);
    let limit = (word.end + 2_048).min(text.len());
    let start = word.end;
    let end = (start..limit).find(|&at| !in_token(text[at])).unwrap_or(limit);
    let value = &text[start..end];
    let strength = if is_basic { basic(value)? } else { bearer(value)? };
    Some(Header { span: Span::new(start, end), is_basic, strength })
}

fn bearer(value: &[u8]) -> Option<Strength> {
    let shape = Shape::of(value);
    if value.len() < 10
        || shape.digits == 0
        || placeholder::is_filler(value, b"")
        || shape::is_placeholder(value)
    {
        return None;
    }
    let strong = shape.is_random() && shape.bits(value) >= 60.0;
    Some(if strong { Strength::Strong } else { Strength::Weak })
}

/// Base64 of `user:password`.
fn basic(value: &[u8]) -> Option<Strength> {
    let decoded = STANDARD.decode(value).or_else(|_| STANDARD_NO_PAD.decode(value)).ok()?;
    let at = memchr::memchr(b':', &decoded)?;
    let printable = decoded.iter().all(|b| (b' '..=b'~').contains(b));
    let password = &decoded[at + 1..];
    let plain = password.len() >= 3 || at >= 16;
    (printable && plain).then(|| {
        let shape = Shape::of(password);
        if shape.is_random() { Strength::Strong } else { Strength::Weak }
    })
}
