//! One blob in, its findings out: extract, then detect. No IO.

use std::collections::{HashMap, HashSet};

use crate::detect::{Candidate, LocalValues, Markers, Scanner, doubt, forbidden};
use crate::extract::{self, Document, Layer};
use crate::model::{
    Blob, Confidence, Detector, Evidence, Finding, Hidden, Lines, Origin, RepoPath, Scope, Secret,
    Segment, Span, Strength, Text, without_percent,
};
use crate::rules::RuleSet;

/// The engine of one run.
#[derive(Debug)]
pub struct Engine {
    scanner: Scanner,
    local: LocalValues,
}

impl Engine {
    /// An engine for these rules. Compiles nothing yet.
    pub fn new(rules: RuleSet) -> Self {
        Self { scanner: Scanner::new(rules), local: LocalValues::default() }
    }

    /// Looks for these values, too, where their rule is on.
    #[must_use]
    pub fn with_local_values(self, local: LocalValues) -> Self {
        let is_on = self.rules().find("local-env-value").is_some();
        Self { local: if is_on { local } else { LocalValues::default() }, ..self }
    }

    /// The rules it looks for.
    pub fn rules(&self) -> &RuleSet {
        self.scanner.rules()
    }

    /// Every secret in `blob`, sorted by place; before them the path itself
    /// when it must not be committed.
    pub fn scan(&self, blob: &Blob) -> Vec<Finding> {
        let document = Document::of(blob);
        let mut reading = Reading {
            scanner: &self.scanner,
            local: &self.local,
            blob,
            document: &document,
            lines: None,
            findings: Vec::new(),
        };
        for text in document.texts() {
            reading.read(&text);
        }
        let mut findings = reading.findings;
        let is_told = findings.iter().any(|finding| finding.rule.detector == Detector::Armor);
        // The file of a private key says no more than the key itself.
        let path = self.forbidden_path(blob);
        findings.extend(path.filter(|path| !(is_told && path.rule.id == "private-key-file")));
        findings.sort_by_key(Finding::place);
        drop_echoes(&mut findings);
        number(&mut findings);
        findings
    }

    /// Whether the path itself must not be committed.
    pub fn forbids(&self, blob: &Blob) -> bool {
        self.forbidden_path(blob).is_some()
    }

    fn forbidden_path(&self, blob: &Blob) -> Option<Finding> {
        let is_file = match blob.origin {
            Origin::Index | Origin::Disk | Origin::Commit(_) => true,
            Origin::Message | Origin::Stdin => false,
        };
        let rule = forbidden(&blob.path, &blob.bytes)
            .filter(|rule| is_file && self.rules().is_on(rule))?;
        let remark = doubt(&blob.path, &blob.bytes);
        Some(Finding {
            path: blob.path.clone(),
            commit: commit(blob),
            rule,
            evidence: Evidence::Path,
            confidence: remark.map_or(rule.confidence, |_| Confidence::Low),
            remark,
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

/// The texts of one blob being read.
struct Reading<'e> {
    scanner: &'e Scanner,
    local: &'e LocalValues,
    blob: &'e Blob,
    document: &'e Document<'e>,
    /// Made when there is a first finding.
    lines: Option<Lines<'e>>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    /// Reads a text and the layers inside it. Says whether a rule that knows
    /// the form of its value found something: what such a rule finds in a
    /// layer takes the place of what was found in the encoded run.
    fn read(&mut self, text: &Text<'_>) -> bool {
        let mut candidates = self.scanner.candidates(&text.bytes, &self.blob.path);
        candidates.retain(|candidate| counts(text.scope, candidate));
        self.scanner.doubt(&mut candidates, &text.bytes, &self.blob.path);
        let found = Covered::by(candidates.iter().map(|candidate| candidate.span).collect());
        let is_new = |own: &Candidate| !found.overlaps(own.span);
        candidates.extend(self.local.whole(&text.bytes).filter(is_new));
        let taken: Vec<Span> =
            candidates.iter().filter(|c| knows_form(c)).map(|c| c.span).collect();
        let mut knows = !taken.is_empty();
        let mut told = Vec::new();
        let mut decoded = Vec::new();
        for layer in extract::layers(text, &taken) {
            let first = self.findings.len();
            let bare = self.scanner.behind_id(&text.bytes, layer.run, &layer.text.bytes);
            let is_bare = bare.is_some();
            candidates.extend(bare.filter(|found| counts(text.scope, found)));
            if is_bare || self.read(&layer.text) {
                told.extend(encoded(&layer, &text.bytes));
            }
            decoded.push((first..self.findings.len(), layer.run));
        }
        if !told.is_empty() {
            knows = true;
            let told = Covered::by(told);
            candidates.retain(|c| knows_form(c) || !told.overlaps(c.span));
        }
        let markers =
            text.segment.honours_markers().then(|| Markers::of(&text.bytes, self.scanner.rules()));
        let cover = |rule, span| markers.as_ref().and_then(|markers| markers.cover(rule, span));
        // What a run holds stands on the line of the run.
        for (inside, run) in decoded {
            for finding in &mut self.findings[inside] {
                finding.hidden = cover(finding.rule, run);
            }
        }
        for candidate in &candidates {
            self.add(text, candidate, cover(candidate.rule, candidate.span));
        }
        knows
    }

    fn add(&mut self, text: &Text<'_>, candidate: &Candidate, hidden: Option<Hidden>) {
        let lines = self.lines.get_or_insert_with(|| Lines::of(self.document.bytes()));
        self.findings.push(Finding {
            path: self.blob.path.clone(),
            commit: commit(self.blob),
            rule: candidate.rule,
            evidence: Evidence::Secret {
                value: Secret::new(&candidate.value(&text.bytes), candidate.strength),
                place: lines.place(text.map.back(candidate.span)),
                segment: text.segment.clone(),
            },
            confidence: candidate.confidence,
            remark: candidate.remark,
            hidden,
            ordinal: 0,
        });
    }
}

/// What of its run a layer encodes: of percent escapes nothing but these.
fn encoded(layer: &Layer, text: &[u8]) -> Vec<Span> {
    let Layer { run, text: decoded } = layer;
    match &decoded.segment {
        Segment::Decoded { layers, .. } if layers.last() == Some(&"percent") => {
            let escapes = memchr::memchr_iter(b'%', run.of(text));
            escapes.map(|at| Span::new(run.start + at, run.start + at + 1)).collect()
        }
        _ => vec![*run],
    }
}

/// Spans, asked whether they overlap another one.
struct Covered(Vec<(usize, usize)>);

impl Covered {
    /// Starts, ascending, each with the farthest end of those so far.
    fn by(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut farthest = 0;
        let ends = spans.into_iter().map(|span| {
            farthest = farthest.max(span.end);
            (span.start, farthest)
        });
        Self(ends.collect())
    }

    fn overlaps(&self, span: Span) -> bool {
        let before = self.0.partition_point(|&(start, _)| start < span.end);
        before.checked_sub(1).is_some_and(|at| self.0[at].1 > span.start)
    }
}

/// Whether a built-in rule finds something in a few words of a person.
pub fn tells(words: &str) -> bool {
    let path = RepoPath::new(&b"words"[..]);
    let blob = Blob { path, origin: Origin::Message, bytes: words.into() };
    !Engine::new(RuleSet::new(&[], &[])).scan(&blob).is_empty()
}

/// Whether what was found counts in a text of this scope.
pub(crate) fn counts(scope: Scope, candidate: &Candidate) -> bool {
    let is_sure = knows_form(candidate) && candidate.confidence == Confidence::High;
    match scope {
        Scope::Everything => true,
        Scope::Random => is_sure || candidate.strength == Strength::Strong,
        Scope::Tokens => is_sure && candidate.rule.detector != Detector::Near,
    }
}

/// Whether the rule tells the value by its own form, and not by its name.
pub(crate) fn knows_form(candidate: &Candidate) -> bool {
    match candidate.rule.detector {
        Detector::Pattern | Detector::Near | Detector::Armor | Detector::Jwk => true,
        Detector::Assignment
        | Detector::Url
        | Detector::Path
        | Detector::LocalEnv
        | Detector::Exposure => false,
    }
}

/// Drops what a layer holds when the same value stands in the plain text, or was decoded
/// at the same place already; and what an escape left of a token that a layer holds whole.
fn drop_echoes(findings: &mut Vec<Finding>) {
    let is_decoded = |finding: &Finding| match &finding.evidence {
        Evidence::Secret { segment, .. } => matches!(segment, Segment::Decoded { .. }),
        Evidence::Path => false,
    };
    if !findings.iter().any(is_decoded) {
        return;
    }
    let is_token = |finding: &Finding| finding.rule.detector == Detector::Pattern;
    let (mut wholes, mut plain) = (Vec::new(), HashSet::new());
    for finding in findings.iter() {
        let Some(value) = finding.value() else { continue };
        plain.extend(Some(unescaped(value)).filter(|other| *other != bytes_of(value)));
        if !is_decoded(finding) {
            plain.insert(bytes_of(value));
        } else if is_token(finding) {
            wholes.push(value.clone());
        }
    }
    wholes.sort_unstable_by(|a, b| a.expose().cmp(b.expose()));
    let is_cut = |value: &Secret| {
        let behind = wholes.partition_point(|whole| whole.expose() <= value.expose());
        wholes.get(behind).is_some_and(|whole| whole.expose().starts_with(value.expose()))
    };
    let mut decoded = HashSet::new();
    findings.retain(|finding| match finding.value() {
        Some(value) if is_token(finding) && is_cut(value) => false,
        Some(value) if is_decoded(finding) => {
            let bytes = bytes_of(value);
            !plain.contains(&bytes) && decoded.insert((bytes, finding.place()))
        }
        Some(_) | None => true,
    });
}

/// A value to be compared whatever it was judged to be: escapes may make it look stronger.
fn bytes_of(value: &Secret) -> Secret {
    Secret::new(value.expose(), Strength::Strong)
}

/// What the layer of percent escapes makes of a value in plain sight.
fn unescaped(value: &Secret) -> Secret {
    Secret::new(&without_percent(value.expose()), Strength::Strong)
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

#[cfg(test)]
mod tests;
