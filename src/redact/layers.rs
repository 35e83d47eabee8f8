//! Secrets inside encoded runs: base64, hex, percent escapes, one inside the
//! other. What base64 and hex hide is not cut out of the run: it goes whole.

use super::replace::Mark;
use crate::detect::{Candidate, LocalValues, Scanner};
use crate::engine::counts;
use crate::extract::{Layer, layers};
use crate::model::{OffsetMap, RepoPath, Secret, Span, Text};

/// The shortest line that may be one of several of a wrapped run.
const WRAPPED: usize = 60;
/// How much of a wrapped run is held back: more than the longest token in it.
const WINDOW: usize = 16 << 10;

/// What looks into runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looker<'l> {
    pub(super) scanner: &'l Scanner,
    pub(super) local: &'l LocalValues,
    pub(super) path: &'l RepoPath,
}

impl Looker<'_> {
    /// What of `text` hides a secret: a run, or what of it stands for the secret
    /// where each byte has its place. Runs of `taken` are left alone.
    pub(super) fn marks(self, text: &Text<'_>, taken: &[Span]) -> Vec<Mark> {
        layers(text, taken).iter().flat_map(|layer| self.inside(text, layer)).collect()
    }

    fn inside(self, text: &Text<'_>, layer: &Layer) -> Vec<Mark> {
        let bytes = &*layer.text.bytes;
        let mark = |at: Span, of: &[u8], found: &Candidate| {
            let value = Secret::new(&found.value(of), found.strength);
            Mark::new(at, found.rule.id, &value, 2)
        };
        if let Some(token) = self.scanner.behind_id(&text.bytes, layer.run, bytes) {
            return vec![mark(text.map.back(padded(&text.bytes, token.span)), &text.bytes, &token)];
        }
        let found = self.scanner.candidates(bytes, self.path).into_iter();
        let found = found.filter(|found| counts(layer.text.scope, found));
        let found = found.chain(self.local.candidates(bytes));
        let mut marks: Vec<Mark> =
            found.map(|found| mark(layer.text.map.back(found.span), bytes, &found)).collect();
        marks.extend(self.marks(&layer.text, &[]));
        if let OffsetMap::All(_) = layer.text.map {
            marks.truncate(1);
            for mark in &mut marks {
                mark.span = text.map.back(padded(&text.bytes, layer.run));
            }
        }
        marks
    }
}

/// A run with the padding behind it.
fn padded(text: &[u8], run: Span) -> Span {
    Span::new(run.start, run.end + text[run.end..].iter().take_while(|&&b| b == b'=').count())
}

/// Where the lines at the end of `text`, which ends in a line, begin to be
/// those of one encoded run, of which more may come; at most [`WINDOW`] back,
/// so that a long run costs no more than its length.
pub(super) fn open(text: &[u8]) -> Option<usize> {
    let mut start = None;
    let mut end = text.len();
    while end > 0 && text.len() - end < WINDOW {
        let head = memchr::memrchr(b'\n', &text[..end - 1]).map_or(0, |at| at + 1);
        let line = text[head..end].trim_ascii();
        if line.len() < WRAPPED || !line.iter().all(|&b| is_encoded(b)) {
            break;
        }
        // Lines of digests look alike, and decode to nothing.
        if start.is_none() && layers(&Text::body(line), &[]).is_empty() {
            break;
        }
        (start, end) = (Some(head), head);
    }
    start
}

/// The place from which `text` must be kept so that the run around `at` is
/// decoded there as it was from its start: four characters are three bytes.
pub(super) fn aligned(text: &[u8], at: usize) -> usize {
    let run = text[..at].iter().rposition(|&b| !is_encoded(b)).map_or(0, |gap| gap + 1);
    at - (at - run) % 4
}

fn is_encoded(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;
    use crate::rules::template::expand;
    use base64::engine::{Engine as _, general_purpose::STANDARD};

    #[test]
    fn a_run_that_begins_as_a_token_by_chance_goes_whole() {
        let token = expand("ghp_{base62:30}{crc:crc32-base62}", 1).unwrap();
        let run = STANDARD.encode(format!("r* {}> {token}\n", expand("{base62:23}", 2).unwrap()));
        let (scanner, local) = (Scanner::new(RuleSet::builtin()), LocalValues::default());
        let path = RepoPath::new(&b"a.log"[..]);
        let head: Vec<Span> =
            scanner.candidates(run.as_bytes(), &path).iter().map(|found| found.span).collect();
        assert_eq!(head, [Span::new(0, 35)]);
        let looker = Looker { scanner: &scanner, local: &local, path: &path };
        let marks = looker.marks(&Text::body(run.as_bytes()), &head);
        assert_eq!(marks[0].span, Span::new(0, run.len()));
    }
}
