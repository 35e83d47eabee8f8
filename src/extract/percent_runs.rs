//! Runs with percent escapes (RFC 3986, 2.1), as URLs and forms hold them.

use super::layers::{Decoded, LARGEST, unescaped};
use super::readable::readable_head;
use super::runs::SHORTEST;
use crate::model::{Span, escaped, percent_pieces, without_percent};

/// How many pieces of one text are kept; what a run holds behind them stands where all of
/// the run does.
const MOST_PIECES: usize = 1 << 20;

/// Runs in which bytes are written as `%XX`.
pub(super) fn percent_runs(text: &[u8], found: &mut Vec<Decoded>) {
    let (mut done, mut room) = (0, MOST_PIECES);
    for at in memchr::memchr_iter(b'%', text) {
        if at < done || escaped(&text[at..]).is_none() {
            continue;
        }
        let before = text[done..at].iter().rev().take_while(|b| is_url(**b)).count();
        let behind = text[at..].iter().take_while(|b| is_url(**b)).count();
        let run = unescaped(text, Span::new(at - before, (at + behind).min(at + LARGEST)));
        done = run.end;
        let bytes = without_percent(run.of(text));
        if bytes.len() < SHORTEST {
            continue;
        }
        let left = room.checked_sub(2 * memchr::memchr_iter(b'%', run.of(text)).count());
        room = left.unwrap_or(room);
        if let Some(bytes) = readable_head(bytes) {
            let pieces = left.map(|_| places(text, run));
            found.push(Decoded { run, encoding: "percent", bytes, pieces });
        }
    }
}

/// Where in the text the bytes of a run stand that its escapes mean.
fn places(text: &[u8], run: Span) -> Vec<(usize, usize)> {
    let pieces = percent_pieces(run.of(text)).into_iter();
    pieces.map(|(plain, at)| (plain, run.start + at)).collect()
}

fn is_url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"%-._~+&=:/?@!$*,;#".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_escapes_no_places_are_kept() {
        let few = "a%20b".repeat(20);
        let many = "%61".repeat(MOST_PIECES / 2 + 1);
        let mut found = Vec::new();
        percent_runs(format!("{few}\n{many}\n{few}\n").as_bytes(), &mut found);
        let kept: Vec<bool> = found.iter().map(|run| run.pieces.is_some()).collect();
        assert_eq!(kept, [true, false, true]);
        let (text, places) = (few.as_bytes(), found[0].pieces.as_deref().unwrap());
        assert!(places.iter().all(|&(plain, at)| found[0].bytes[plain..].is_empty()
            || found[0].bytes[plain] == text[at]
            || text[at] == b'%'));
    }
}
