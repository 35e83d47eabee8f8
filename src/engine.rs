//! One blob in, its findings out: extract, then detect. No IO.

use std::collections::HashMap;

use crate::detect::{Candidate, Markers, Scanner, forbidden};
use crate::extract::Document;
use crate::model::{Blob, Evidence, Finding, Lines, Origin, Secret, Text};
use crate::rules::RuleSet;

/// The engine of one run.
#[derive(Debug)]
pub struct Engine {
    scanner: Scanner,
}

impl Engine {
    /// An engine for these rules. Compiles nothing yet.
    pub fn new(rules: RuleSet) -> Self {
        Self { scanner: Scanner::new(rules) }
    }

    /// The rules it looks for.
    pub fn rules(&self) -> &RuleSet {
        self.scanner.rules()
    }

    /// Every secret in `blob`, sorted by place; before them the path itself
    /// when it must not be committed.
    pub fn scan(&self, blob: &Blob) -> Vec<Finding> {
        let document = Document::of(blob);
        let mut findings = Vec::new();
        let mut lines = None;
        for text in document.texts() {
            let candidates = self.scanner.candidates(&text.bytes, &blob.path);
            if candidates.is_empty() {
                continue;
            }
            let lines = lines.get_or_insert_with(|| Lines::of(document.bytes()));
            findings
                .extend(candidates.iter().map(|candidate| finding(blob, &text, candidate, lines)));
        }
        findings.extend(self.forbidden_path(blob));
        findings.sort_by_key(Finding::place);
        number(&mut findings);
        findings
    }

    fn forbidden_path(&self, blob: &Blob) -> Option<Finding> {
        let is_file = match blob.origin {
            Origin::Index | Origin::Disk | Origin::Commit(_) => true,
            Origin::Message | Origin::Stdin => false,
        };
        let rule = forbidden(&blob.path, &blob.bytes)
            .filter(|rule| is_file && self.rules().is_on(rule))?;
        Some(Finding {
            path: blob.path.clone(),
            commit: commit(blob),
            rule,
            evidence: Evidence::Path,
            confidence: rule.confidence,
            remark: None,
            hidden: None,
            ordinal: 0,
        })
    }
}

/// The commit that brought it, when it comes from one.
fn commit(blob: &Blob) -> Option<String> {
    match &blob.origin {
        Origin::Commit(id) => Some(id.clone()),
        Origin::Index | Origin::Disk | Origin::Message | Origin::Stdin => None,
    }
}

fn finding(blob: &Blob, text: &Text<'_>, candidate: &Candidate, lines: &Lines) -> Finding {
    let markers = text.segment.honours_markers().then(|| Markers::of(&text.bytes));
    Finding {
        path: blob.path.clone(),
        commit: commit(blob),
        rule: candidate.rule,
        evidence: Evidence::Secret {
            value: Secret::new(&candidate.value(&text.bytes), candidate.strength),
            place: lines.place(text.map.back(candidate.span)),
            segment: text.segment.clone(),
        },
        confidence: candidate.confidence,
        remark: candidate.remark,
        hidden: markers.and_then(|markers| markers.cover(candidate.rule, candidate.span)),
        ordinal: 0,
    }
}

/// Gives each finding its ordinal among those of its rule.
fn number(findings: &mut [Finding]) {
    let mut counts = HashMap::<&str, usize>::new();
    for finding in findings {
        let count = counts.entry(finding.rule.id).or_default();
        finding.ordinal = *count;
        *count += 1;
    }
}
