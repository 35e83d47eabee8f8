//! Builders for the tests of this room.

use super::{Baseline, Decision, Digest, Entry, Extent, Salt, Subject};
use crate::model::{
    Bounds, Confidence, Detector, Evidence, Finding, Link, Place, RepoPath, Rule, Secret, Segment,
    Severity, Strength, Verdict,
};

pub(super) const SALT: Salt = Salt::from_bytes([0xab; 16]);

pub(super) static TOKEN: Rule = rule("test-token", Detector::Pattern);
pub(super) static OTHER: Rule = rule("other-token", Detector::Pattern);
pub(super) static ENV_FILE: Rule = rule("env-file", Detector::Path);

const fn rule(id: &'static str, detector: Detector) -> Rule {
    Rule {
        id,
        provider: "test",
        description: "test token",
        detector,
        keywords: &[],
        pattern: "",
        shapes: &[],
        link: Link::Name,
        bounds: Bounds::Word,
        check: None,
        min_entropy: 0.0,
        severity: Severity::High,
        confidence: Confidence::High,
        weak: false,
        prefix: "",
        env: &[],
        revoke: None,
        source: "",
    }
}

pub(super) fn strong(value: &str) -> Secret {
    Secret::new(value.as_bytes(), Strength::Strong)
}

pub(super) fn weak(value: &str) -> Secret {
    Secret::new(value.as_bytes(), Strength::Weak)
}

pub(super) fn found(path: &str, value: Secret, line: usize) -> Finding {
    let place = Place { line, column: 1, end_line: line, end_column: 2, characters: (1, 2) };
    finding(path, &TOKEN, Evidence::Secret { value, place, segment: Segment::Body })
}

pub(super) fn forbidden(path: &str) -> Finding {
    finding(path, &ENV_FILE, Evidence::Path)
}

fn finding(path: &str, rule: &'static Rule, evidence: Evidence) -> Finding {
    Finding {
        path: RepoPath::new(path.as_bytes()),
        commit: None,
        rule,
        evidence,
        confidence: Confidence::High,
        remark: None,
        hidden: None,
        ordinal: 0,
    }
}

pub(super) fn path(text: &str) -> Extent {
    Extent::Path(RepoPath::new(text.as_bytes()))
}

pub(super) fn decision(verdict: Verdict) -> Decision {
    match verdict {
        Verdict::Accepted => accepted("9999-12-31"),
        _ => Decision::new(verdict, None, None, None).unwrap(),
    }
}

pub(super) fn accepted(until: &str) -> Decision {
    let text = |text: &str| Some(text.to_owned());
    let until = Some(until.parse().unwrap());
    Decision::new(Verdict::Accepted, text("legacy"), text("ops"), until).unwrap()
}

pub(super) fn entry(extent: Extent, value: &Secret, decision: Decision) -> Entry {
    let subject = Subject::Value(Digest::of(&SALT, value));
    Entry { extent, subject, rule: TOKEN.id.into(), decision, by: None, on: None, via: None }
}

pub(super) fn path_entry(extent: Extent, rule: &str) -> Entry {
    let decision = decision(Verdict::FalsePositive);
    Entry {
        extent,
        subject: Subject::Path,
        rule: rule.into(),
        decision,
        by: None,
        on: None,
        via: None,
    }
}

pub(super) fn baseline(entries: Vec<Entry>) -> Baseline {
    let mut baseline = Baseline { salts: vec![SALT], entries };
    baseline.entries.sort_by(|a, b| a.key().cmp(&b.key()));
    baseline
}
