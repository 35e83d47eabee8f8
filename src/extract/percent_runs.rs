//! Runs with percent escapes (RFC 3986, 2.1), as URLs and forms hold them.

use super::layers::{Decoded, LARGEST, readable_head, unescaped};
use super::runs::SHORTEST;
use crate::model::{Span, escaped, without_percent};

/// Runs in which bytes are written as `%XX`.
pub(super) fn percent_runs(text: &[u8], found: &mut Vec<Decoded>) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'%', text) {
        if at < done || escaped(&text[at..]).is_none() {
            continue;
        }
        let before = text[done..at].iter().rev().take_while(|b| is_url(**b)).count();
        let behind = text[at..].iter().take_while(|b| is_url(**b)).count();
        let run = unescaped(text, Span::new(at - before, (at + behind).min(at + LARGEST)));
        done = run.end;
        let (bytes, mut pieces) = without_percent(run.of(text));
        if bytes.len() >= SHORTEST
            && let Some(bytes) = readable_head(bytes)
        {
            for piece in &mut pieces {
                piece.1 += run.start;
            }
            found.push(Decoded { run, encoding: "percent", bytes, pieces: Some(pieces) });
        }
    }
}

fn is_url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"%-._~+&=:/?@!$*,;#".contains(&byte)
}
