//! Runs with percent escapes (RFC 3986, 2.1), as URLs and forms hold them.

use super::layers::{Decoded, LARGEST, readable, unescaped};
use super::runs::SHORTEST;
use crate::model::Span;

/// Percent escapes that make a run worth decoding.
const FEWEST_ESCAPES: usize = 3;

/// Runs in which bytes are written as `%XX`.
pub(super) fn percent_runs(text: &[u8], found: &mut Vec<Decoded>) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'%', text) {
        if at < done || percent(&text[at..]).is_none() {
            continue;
        }
        let before = text[done..at].iter().rev().take_while(|b| is_url(**b)).count();
        let behind = text[at..].iter().take_while(|b| is_url(**b)).count();
        let run = unescaped(text, Span::new(at - before, (at + behind).min(at + LARGEST)));
        done = run.end;
        let (bytes, escapes) = undo_percent(run.of(text));
        if escapes >= FEWEST_ESCAPES
            && bytes.len() >= SHORTEST
            && let Some(bytes) = readable(bytes)
        {
            found.push(Decoded { run, encoding: "percent", bytes });
        }
    }
}

/// The bytes of a run, and how many escapes were in it.
pub(crate) fn undo_percent(run: &[u8]) -> (Vec<u8>, usize) {
    let (mut bytes, mut escapes, mut at) = (Vec::with_capacity(run.len()), 0, 0);
    while at < run.len() {
        let escape = percent(&run[at..]);
        bytes.push(escape.unwrap_or(run[at]));
        escapes += usize::from(escape.is_some());
        at += if escape.is_some() { 3 } else { 1 };
    }
    (bytes, escapes)
}

/// The byte of the escape `rest` begins with.
fn percent(rest: &[u8]) -> Option<u8> {
    let digits = rest.strip_prefix(b"%")?.get(..2)?;
    let nibble = |byte: u8| (byte as char).to_digit(16);
    u8::try_from(nibble(digits[0])? << 4 | nibble(digits[1])?).ok()
}

fn is_url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"%-._~+&=:/?@!$*,;#".contains(&byte)
}
