//! What lies on the desk: every finding of the work tree and the index with
//! its status by the baseline of the work tree, and the recording of decisions.

use std::collections::HashSet;

use crate::baseline::{
    self, Baseline, BaselineFile, Day, Decision, Entry, FileError, NoPast, Stamp, Undo,
};
use crate::engine;
use crate::model::{Finding, Judged, OneLine, Problem, RepoPath, Secret, Status, Verdict};

/// Findings, and the baseline they are decided in.
pub(crate) struct Desk {
    findings: Vec<Finding>,
    statuses: Vec<Status>,
    terms: Vec<String>,
    file: BaselineFile,
    stamp: Stamp,
    undos: Vec<Vec<Undo>>,
}

impl Desk {
    /// Judges `findings`, each value at each place once, by what `file` holds.
    pub(crate) fn new(
        mut findings: Vec<Finding>,
        file: BaselineFile,
        stamp: Stamp,
    ) -> Result<Self, DeskError> {
        findings.sort_by(|a, b| (&a.path, a.place()).cmp(&(&b.path, b.place())));
        let (known, statuses, terms, undos) = Default::default();
        let mut desk = Self { findings: known, statuses, terms, file, stamp, undos };
        desk.take_in(findings)?;
        Ok(desk)
    }

    /// Lays more findings on the desk, behind those that lie there.
    pub(crate) fn take_in(&mut self, findings: Vec<Finding>) -> Result<(), DeskError> {
        // The index and the work tree may hold different values at one place.
        let key = |finding: &Finding| {
            (finding.path.clone(), finding.place(), finding.rule.id, finding.value().cloned())
        };
        let mut seen: HashSet<_> = self.findings.iter().map(key).collect();
        self.findings.extend(findings.into_iter().filter(|finding| seen.insert(key(finding))));
        self.judge()
    }

    /// Every finding with its status.
    pub(crate) fn judged(&self) -> impl Iterator<Item = (&Finding, &Status)> {
        self.findings.iter().zip(&self.statuses)
    }

    /// What nobody has decided, or decided for a time that is over.
    pub(crate) fn open(&self) -> Vec<Judged> {
        self.judged()
            .filter(|(_, status)| is_open(status))
            .map(|(finding, status)| Judged { finding: finding.clone(), status: status.clone() })
            .collect()
    }

    /// The findings.
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Their statuses, in the same order.
    pub(crate) fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// What was decided of them and why, in words; empty where nothing was.
    pub(crate) fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The baseline as it is now.
    pub(crate) fn baseline(&self) -> Result<Baseline, FileError> {
        Ok(self.file.read()?.unwrap_or_default())
    }

    /// The one finding this id, or the beginning of an id, names. Of a value
    /// that stands in a file several times, the first.
    pub(crate) fn find(&self, id: &str) -> Result<usize, DeskError> {
        let named: Vec<usize> = (0..self.findings.len())
            .filter(|&at| id.len() >= 4 && self.findings[at].id().to_string().starts_with(id))
            .collect();
        let first = *named.first().ok_or_else(|| DeskError::NoFinding(id.to_owned()))?;
        let finding = &self.findings[first];
        if named.iter().any(|&at| self.findings[at].id() != finding.id()) {
            return Err(DeskError::Ambiguous(id.to_owned()));
        }
        // The id of a weak value tells its place, and versions of a file differ.
        if named.iter().any(|&at| self.findings[at].value() != finding.value()) {
            return Err(DeskError::Differs(finding.path.clone()));
        }
        Ok(first)
    }

    /// Records one decision each on some findings, all of them or none.
    pub(crate) fn decide(&mut self, decisions: &[(usize, Decision)]) -> Result<(), DeskError> {
        let texts = |(_, decision): &(usize, Decision)| {
            [decision.reason(), decision.owner()].map(|text| text.map(str::to_owned))
        };
        let texts: HashSet<String> = decisions.iter().flat_map(texts).flatten().collect();
        let mut values = self.findings.iter().filter_map(Finding::value);
        if values.any(|value| is_told(value, &texts))
            || texts.iter().any(|text| engine::tells(text))
        {
            return Err(DeskError::Tells);
        }
        let mut undos = Vec::new();
        let (findings, stamp) = (&self.findings, &self.stamp);
        self.file.edit(|old| {
            let mut baseline = old.unwrap_or_default();
            for (at, decision) in decisions {
                undos.push(baseline.decide(&findings[*at], decision.clone(), stamp.clone())?);
            }
            Ok::<_, FileError>(baseline)
        })?;
        self.undos.push(undos);
        self.judge()
    }

    /// Takes the last step back. Says whether there was one.
    pub(crate) fn undo(&mut self) -> Result<bool, DeskError> {
        let Some(undos) = self.undos.pop() else { return Ok(false) };
        self.file.edit(|old| {
            let mut baseline = old.unwrap_or_default();
            for undo in undos.into_iter().rev() {
                baseline.undo(undo);
            }
            Ok::<_, FileError>(baseline)
        })?;
        self.judge()?;
        Ok(true)
    }

    fn judge(&mut self) -> Result<(), DeskError> {
        let baseline = self.baseline()?;
        let judged = baseline::judge(self.findings.clone(), &baseline, &NoPast, Day::today())?;
        self.statuses = judged.into_iter().map(|judged| judged.status).collect();
        let telling = baseline.telling(&self.findings).into_iter();
        let entry = |number: usize| terms_of(&baseline.entries()[number]);
        self.terms = telling.map(|number| number.map_or(String::new(), entry)).collect();
        Ok(())
    }
}

fn terms_of(entry: &Entry) -> String {
    let clean = |text: &str| OneLine::new(text).to_string();
    let decision = &entry.decision;
    let until = decision.until().map(|day| day.to_string());
    [
        ("", decision.reason()),
        ("owner ", decision.owner()),
        ("until ", until.as_deref()),
        ("by ", entry.by.as_deref()),
    ]
    .into_iter()
    .filter_map(|(word, text)| text.map(|text| format!("{word}{}", clean(text))))
    .collect::<Vec<_>>()
    .join(", ")
}

/// Whether a text holds the value: the baseline is committed. Short values and
/// plain words are no secret in a sentence.
fn is_told(value: &Secret, texts: &HashSet<String>) -> bool {
    let bytes = value.expose();
    bytes.len() >= 8
        && !bytes.iter().all(u8::is_ascii_alphabetic)
        && texts.iter().any(|text| memchr::memmem::find(text.as_bytes(), bytes).is_some())
}

/// Whether a status wants a decision.
pub(crate) fn is_open(status: &Status) -> bool {
    match status {
        Status::New { .. } | Status::Expired { .. } | Status::Existing => true,
        Status::Known(verdict) => *verdict == Verdict::Unaudited,
        Status::Allowed => false,
    }
}

/// Why something could not be decided.
#[derive(Debug)]
pub(crate) enum DeskError {
    /// The baseline cannot be read or written.
    File(FileError),
    /// Something could not be judged.
    Problem(Problem),
    /// No finding has this id.
    NoFinding(String),
    /// Several have it.
    Ambiguous(String),
    /// Versions of a file hold different values under it.
    Differs(RepoPath),
    /// The words of a decision hold a value.
    Tells,
}

impl std::fmt::Display for DeskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Problem(problem) => problem.fmt(f),
            Self::NoFinding(id) => write!(
                f,
                "no finding of the index, the work tree or the history has the id `{}`; \
                 `stanch audit --list` shows what is open",
                OneLine::new(id)
            ),
            Self::Ambiguous(id) => {
                write!(f, "several findings begin with `{id}`; give all 12 digits")
            }
            Self::Differs(path) => write!(
                f,
                "versions of {path} hold different values under this id; `git add` or restore \
                 the file, or decide on the screen of `stanch audit`"
            ),
            Self::Tells => f.write_str(
                "the reason or the owner holds a secret, and the baseline is committed; say it \
                 without the value",
            ),
        }
    }
}

impl std::error::Error for DeskError {}

impl From<FileError> for DeskError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<Problem> for DeskError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}
