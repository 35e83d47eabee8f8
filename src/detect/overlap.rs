//! One finding per secret: where candidates overlap, the more specific rule wins.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Candidate, lazy_pattern};
use crate::model::Detector;

/// Drops every candidate that overlaps a more specific one; sorts by place.
pub(super) fn one_per_secret(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| {
        let rank = |c: &Candidate| (specificity(c), c.confidence, c.span.len());
        let next = |c: &Candidate| (is_named(c), keyword_len(c), Reverse(c.span.start));
        rank(b)
            .cmp(&rank(a))
            .then_with(|| fixed(b, a).cmp(&fixed(a, b)))
            .then_with(|| next(b).cmp(&next(a)))
            .then_with(|| a.rule.id.cmp(b.rule.id))
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

/// How much of the token its pattern fixes, where that tells two rules apart.
fn fixed(candidate: &Candidate, other: &Candidate) -> usize {
    let differs = candidate.rule.id != other.rule.id;
    if differs { lazy_pattern::fixed(candidate.rule.pattern) } else { 0 }
}

/// Whether a word beside it names its owner: of issuers that share a form, that one is it.
fn is_named(candidate: &Candidate) -> bool {
    candidate.rule.detector == Detector::Near
}

/// And of two that say as much, the one with the longer keyword.
fn keyword_len(candidate: &Candidate) -> usize {
    candidate.rule.keywords.first().map_or(0, |keyword| keyword.len())
}

fn specificity(candidate: &Candidate) -> u8 {
    match candidate.rule.detector {
        Detector::Armor | Detector::Jwk => 6,
        Detector::Pattern if candidate.rule.provider != "generic" => 5,
        Detector::Near if !candidate.rule.pattern.is_empty() => 5,
        // A word beside it that names the owner says more than a shape that several share.
        Detector::Near => 4,
        Detector::Pattern => 3,
        Detector::Url => 2,
        Detector::Assignment => 1,
        Detector::Path | Detector::LocalEnv | Detector::Exposure => 0,
    }
}
