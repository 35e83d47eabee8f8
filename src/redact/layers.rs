//! Secrets inside encoded runs: base64, hex, percent escapes, one inside the
//! other. What an encoded run hides is not cut out of it: the run goes whole.

use super::replace::Mark;
use crate::detect::{Candidate, LocalValues, Scanner};
use crate::engine::counts;
use crate::extract::layers;
use crate::model::{RepoPath, Secret, Span, Text};

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
    /// The runs of `text` that hold a secret, but for those of `taken`.
    pub(super) fn marks(self, text: &[u8], taken: &[Span]) -> Vec<Mark> {
        self.runs(&Text::body(text), taken)
            .into_iter()
            // What stands in plain sight was found there, but for a token that
            // only its head's decoding tells.
            .filter(|(run, _, value)| {
                let run = run.of(text);
                run == value.expose() || memchr::memmem::find(run, value.expose()).is_none()
            })
            .map(|(run, rule, value)| {
                let padding = text[run.end..].iter().take_while(|&&b| b == b'=').count();
                Mark::new(Span::new(run.start, run.end + padding), rule, &value, 2)
            })
            .collect()
    }

    /// Each run that holds a secret, with the first one.
    fn runs(self, text: &Text<'_>, taken: &[Span]) -> Vec<(Span, &'static str, Secret)> {
        layers(text, taken)
            .into_iter()
            .filter_map(|layer| {
                let bytes = &*layer.text.bytes;
                if let Some(token) = self.scanner.behind_id(&text.bytes, layer.run, bytes) {
                    let value = Secret::new(&token.value(&text.bytes), token.strength);
                    return Some((token.span, token.rule.id, value));
                }
                let found = self.scanner.candidates(bytes, self.path);
                let local = self.local.candidates(bytes);
                let of = |found: Candidate| {
                    (found.rule.id, Secret::new(&found.value(bytes), found.strength))
                };
                let first = found
                    .into_iter()
                    .filter(|found| counts(layer.text.scope, found))
                    .chain(local)
                    .map(of)
                    .next();
                let inner =
                    || self.runs(&layer.text, &[]).into_iter().next().map(|(_, r, v)| (r, v));
                let (rule, value) = first.or_else(inner)?;
                Some((layer.run, rule, value))
            })
            .collect()
    }
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
