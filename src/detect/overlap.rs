//! One finding per secret: where candidates overlap, the more specific rule wins.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Candidate;
use crate::model::Detector;

/// Drops every candidate that overlaps a more specific one; sorts by place.
pub(super) fn one_per_secret(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| {
        let rank = |c: &Candidate| {
            (specificity(c), c.confidence, c.span.len(), keyword_len(c), Reverse(c.span.start))
        };
        rank(b).cmp(&rank(a)).then_with(|| a.rule.id.cmp(b.rule.id))
    });
    // What is kept does not overlap, so only the last one that begins before
    // the end of a candidate can overlap it.
    let mut kept: BTreeMap<usize, Candidate> = BTreeMap::new();
    for candidate in found {
        let before = kept.range(..candidate.span.end).next_back();
        if before.is_none_or(|(_, other)| !other.span.overlaps(candidate.span)) {
            kept.insert(candidate.span.start, candidate);
        }
    }
    kept.into_values().collect()
}

/// Of two rules with the same span, the one with more of the token fixed.
fn keyword_len(candidate: &Candidate) -> usize {
    candidate.rule.keywords.first().map_or(0, |keyword| keyword.len())
}

fn specificity(candidate: &Candidate) -> u8 {
    match candidate.rule.detector {
        Detector::Armor | Detector::Jwk => 6,
        Detector::Pattern if candidate.rule.provider != "generic" => 5,
        // A word beside it that names the owner says more than a shape that several share.
        Detector::Near => 4,
        Detector::Pattern => 3,
        Detector::Url => 2,
        Detector::Assignment => 1,
        Detector::Path | Detector::LocalEnv | Detector::Exposure => 0,
    }
}
