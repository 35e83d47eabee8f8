//! One entry: where it holds, of what, and what a person decided. Wrong states
//! cannot be built.

use std::cmp::Ordering;
use std::fmt;

use super::{Day, Digest, Salt};
use crate::model::{OneLine, RepoPath, Verdict};

/// One line of the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands, or may stand.
    pub extent: Extent,
    /// What it speaks of.
    pub subject: Subject,
    /// The rule that found it. It names the entry only where the path itself
    /// is the finding; beside a digest it is a word for the reviewer.
    pub rule: String,
    /// What was decided.
    pub decision: Decision,
    /// Who decided: a name and an address, as in a commit.
    pub by: Option<String>,
    /// The day of the decision.
    pub on: Option<Day>,
    /// How it was decided, when not by a person at a terminal.
    pub via: Option<Via>,
}

/// Where an entry holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// In this file.
    Path(RepoPath),
    /// In every file the glob matches.
    Glob(Glob),
}

/// A glob: `*` and `?` stay within a folder, `**` crosses folders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Glob(String);

/// What an entry speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The path itself: a file that must not be committed.
    Path,
    /// A value.
    Value(Digest),
}

/// How an entry came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// Without a terminal: a script or an agent.
    Script,
}

/// A verdict and its terms. `accepted` always has reason, owner and end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    verdict: Verdict,
    reason: Option<String>,
    owner: Option<String>,
    until: Option<Day>,
}

/// Why no decision can be made of some terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionError {
    /// `accepted` without one of its terms, which is named.
    Lacks(&'static str),
    /// A term that is there but says nothing, which is named.
    Blank(&'static str),
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lacks(term) => write!(
                f,
                "the verdict `accepted` needs `reason`, `owner` and `until`; `{term}` is missing"
            ),
            Self::Blank(term) => write!(f, "`{term}` is empty; leave it out or say something"),
        }
    }
}

impl std::error::Error for DecisionError {}

impl Decision {
    /// The decision `verdict` on these terms, if they are enough for it.
    pub fn new(
        verdict: Verdict,
        reason: Option<String>,
        owner: Option<String>,
        until: Option<Day>,
    ) -> Result<Self, DecisionError> {
        for (term, text) in [("reason", &reason), ("owner", &owner)] {
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                return Err(DecisionError::Blank(term));
            }
        }
        let missing = match verdict {
            Verdict::Accepted if reason.is_none() => Some("reason"),
            Verdict::Accepted if owner.is_none() => Some("owner"),
            Verdict::Accepted if until.is_none() => Some("until"),
            Verdict::Accepted
            | Verdict::Unaudited
            | Verdict::FalsePositive
            | Verdict::TestValue
            | Verdict::Revoked => None,
        };
        match missing {
            Some(term) => Err(DecisionError::Lacks(term)),
            None => Ok(Self { verdict, reason, owner, until }),
        }
    }

    /// Nobody has decided yet.
    pub fn unaudited() -> Self {
        Self { verdict: Verdict::Unaudited, reason: None, owner: None, until: None }
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Why.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Who answers for it.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// The last day on which it holds.
    pub fn until(&self) -> Option<Day> {
        self.until
    }

    /// The day it ended, if it has.
    pub fn ended(&self, today: Day) -> Option<Day> {
        self.until.filter(|until| *until < today)
    }
}

impl Glob {
    /// Takes the text of a glob, if it is one.
    pub fn new(text: impl Into<String>) -> Result<Self, globset::Error> {
        let text = text.into();
        build(&text)?;
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it matches `path`. Compiles the glob each time: entries with
    /// one are asked only when their digest is the value's.
    pub fn matches(&self, path: &RepoPath) -> bool {
        let candidate = globset::Candidate::from_bytes(path.as_bytes());
        build(&self.0).is_ok_and(|glob| glob.compile_matcher().is_match_candidate(&candidate))
    }
}

fn build(text: &str) -> Result<globset::Glob, globset::Error> {
    globset::GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build()
}

impl Extent {
    /// Whether `path` lies in it.
    pub fn holds(&self, path: &RepoPath) -> bool {
        match self {
            Self::Path(own) => own == path,
            Self::Glob(glob) => glob.matches(path),
        }
    }

    /// The path, unless it is a glob.
    pub fn path(&self) -> Option<&RepoPath> {
        match self {
            Self::Path(path) => Some(path),
            Self::Glob(_) => None,
        }
    }

    /// The bytes of the path or of the glob.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Path(path) => path.as_bytes(),
            Self::Glob(glob) => glob.0.as_bytes(),
        }
    }
}

/// Safe to print: see [`OneLine`].
impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Glob(glob) => OneLine::new(&glob.0).fmt(f),
        }
    }
}

/// What names an entry: no two entries of a baseline have the same. Sorts as
/// the file does: by the bytes of path or glob, paths before globs, then by
/// digest; entries of a path itself first, by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key<'a> {
    extent: &'a Extent,
    subject: Subject,
    /// Empty where a digest names the entry.
    rule: &'a str,
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bytes = self.extent.as_bytes().cmp(other.extent.as_bytes());
        by_bytes
            .then_with(|| self.extent.cmp(other.extent))
            .then_with(|| self.subject.cmp(&other.subject))
            .then_with(|| self.rule.cmp(other.rule))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Entry {
    /// What names it.
    pub fn key(&self) -> Key<'_> {
        let rule = match self.subject {
            Subject::Path => self.rule.as_str(),
            Subject::Value(_) => "",
        };
        Key { extent: &self.extent, subject: self.subject, rule }
    }

    /// The digest, unless it speaks of a path.
    pub fn digest(&self) -> Option<&Digest> {
        match &self.subject {
            Subject::Path => None,
            Subject::Value(digest) => Some(digest),
        }
    }

    /// Whether its digest may be made with `salt`.
    pub(super) fn names(&self, salt: &Salt) -> bool {
        self.digest().is_some_and(|digest| digest.names(salt))
    }

    /// Whether its digest, if it has one, may be made with one of `salts`.
    pub(super) fn is_salted(&self, salts: &[Salt]) -> bool {
        self.subject == Subject::Path || salts.iter().any(|salt| self.names(salt))
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.decision.verdict()
    }
}

impl Via {
    /// Its word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Script => "script",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_needs_reason_owner_and_until() {
        let day = Some("2026-11-20".parse().unwrap());
        let text = |s: &str| Some(s.to_owned());
        let accept = |reason, owner, until| Decision::new(Verdict::Accepted, reason, owner, until);
        assert_eq!(accept(None, text("a"), day), Err(DecisionError::Lacks("reason")));
        assert_eq!(accept(text("a"), None, day), Err(DecisionError::Lacks("owner")));
        assert_eq!(accept(text("a"), text("b"), None), Err(DecisionError::Lacks("until")));
        assert_eq!(accept(text(" "), text("b"), day), Err(DecisionError::Blank("reason")));
        assert!(accept(text("a"), text("b"), day).is_ok());
    }

    #[test]
    fn a_decision_holds_on_its_last_day_and_not_after() {
        let until: Day = "2026-11-20".parse().unwrap();
        let decision = Decision::new(Verdict::Revoked, None, None, Some(until)).unwrap();
        assert_eq!(decision.ended(until), None);
        assert_eq!(decision.ended(until.plus(1)), Some(until));
    }

    #[test]
    fn a_star_stays_in_its_folder_and_two_cross_folders() {
        let matches =
            |glob: &str, path: &[u8]| Glob::new(glob).unwrap().matches(&RepoPath::new(path));
        assert!(matches("tests/*.py", b"tests/a.py"));
        assert!(!matches("tests/*.py", b"tests/sub/a.py"));
        assert!(matches("tests/**/*.py", b"tests/sub/deep/a.py"));
        assert!(matches("tests/**", b"tests/\xff.bin"));
        assert!(matches(r"a\*", b"a*") && !matches(r"a\*", b"ab"));
        assert!(Glob::new("tests/[").is_err());
    }
}
