//! Inline markers that allow a finding: ours and those of others, each
//! covering exactly what its owner documents.

use crate::model::{Hidden, Rule, Span};

/// A marker and what it covers.
struct Marker {
    text: &'static str,
    covers: Covers,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Covers {
    ThisLine,
    NextLine,
}

/// Longest first where one is the head of another.
const MARKERS: [Marker; 9] = [
    Marker { text: "stanch:allow-next-line", covers: Covers::NextLine },
    Marker { text: "stanch:allow", covers: Covers::ThisLine },
    Marker { text: "pragma: allowlist secret", covers: Covers::ThisLine },
    Marker { text: "pragma: allowlist nextline secret", covers: Covers::NextLine },
    Marker { text: "gitleaks:allow", covers: Covers::ThisLine },
    Marker { text: "betterleaks:allow", covers: Covers::ThisLine },
    Marker { text: "trufflehog:ignore", covers: Covers::ThisLine },
    Marker { text: "kingfisher:ignore", covers: Covers::ThisLine },
    Marker { text: "secretlint-disable-line", covers: Covers::ThisLine },
];

/// A line longer than this, in bytes, is covered only by a marker that names the rule.
const LONG_LINE: usize = 1_000;

/// The markers of one text. Looks for them only when asked about a finding.
#[derive(Debug, Clone, Copy)]
pub struct Markers<'t> {
    text: &'t [u8],
}

impl<'t> Markers<'t> {
    /// The markers of `text`.
    pub fn of(text: &'t [u8]) -> Self {
        Self { text }
    }

    /// The marker that covers what `rule` found at `span`: of a finding of
    /// several lines, its first line counts.
    pub fn cover(&self, rule: &Rule, span: Span) -> Option<Hidden> {
        let line = self.line_around(span.start);
        let before = (line.start > 0).then(|| self.line_around(line.start - 1));
        find(line.of(self.text), Covers::ThisLine, rule, line.len())
            .or_else(|| find(before?.of(self.text), Covers::NextLine, rule, line.len()))
    }

    fn line_around(&self, at: usize) -> Span {
        let start = memchr::memrchr(b'\n', &self.text[..at]).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', &self.text[at..]).map_or(self.text.len(), |len| at + len);
        Span::new(start, end)
    }
}

fn find(line: &[u8], covers: Covers, rule: &Rule, covered_len: usize) -> Option<Hidden> {
    MARKERS.iter().filter(|marker| marker.covers == covers).find_map(|marker| {
        memchr::memmem::find_iter(line, marker.text)
            .any(|at| applies(&line[at + marker.text.len()..], rule, covered_len))
            .then_some(Hidden { marker: marker.text })
    })
}

/// Whether what follows a marker lets it cover a finding of `rule`: nothing,
/// or the rule's name; on a long line it must be the rule's name.
fn applies(rest: &[u8], rule: &Rule, covered_len: usize) -> bool {
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    if rest.first().is_some_and(is_word) {
        return false;
    }
    let rest = rest.strip_prefix(b"[").or_else(|| rest.strip_prefix(b" ")).unwrap_or(&[]);
    let named = &rest[..rest.iter().position(|b| !is_word(b)).unwrap_or(rest.len())];
    let names_rule = crate::rules::find(std::str::from_utf8(named).unwrap_or("")).is_some();
    if names_rule || covered_len > LONG_LINE { named == rule.id.as_bytes() } else { true }
}
