//! What a run came to: judged findings, problems, and what was read.

use std::fmt;
use std::time::Duration;

use super::{Finding, RepoPath, Verdict};

/// What the judge says of a finding. The first of these that holds is it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// An entry covers it and its `until` has passed.
    Expired {
        /// The day it ended, `YYYY-MM-DD`.
        until: String,
    },
    /// An entry covers it.
    Known(Verdict),
    /// An inline marker covers it.
    Allowed,
    /// The same value stands in the same file in the parent.
    Existing,
    /// Nothing covers it.
    New {
        /// The baseline knows the value at other places only.
        known_elsewhere: bool,
    },
}

impl Status {
    /// Its word in jsonl and on the command line.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "expired",
            Self::Known(_) => "known",
            Self::Allowed => "allowed",
            Self::Existing => "existing",
            Self::New { .. } => "new",
        }
    }

    /// Whether it stops a commit when nothing is configured.
    pub fn blocks(&self) -> bool {
        matches!(self, Self::Expired { .. } | Self::New { .. })
    }
}

/// A finding and what the judge says of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// What the judge says.
    pub status: Status,
}

/// Something that could not be read. A run with one is never clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What could not be read, when it is one file.
    pub path: Option<RepoPath>,
    /// Why, and what to do. Never holds content.
    pub why: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}: {}", self.why),
            None => f.write_str(&self.why),
        }
    }
}

impl std::error::Error for Problem {}

/// What was read, and how long it took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Contents read.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Contents that the configuration excludes; they were not read.
    pub excluded: usize,
    /// Findings that the configuration does not want: a stop word is in them, or they
    /// are less sure than it asks for.
    pub left_out: usize,
    /// From the first byte to the verdict.
    pub elapsed: Duration,
}

/// Who wrote a commit and when, as words, by the commit's id.
pub type Authors = std::collections::HashMap<String, String>;

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Sorted by path, then place.
    pub judged: Vec<Judged>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What was read.
    pub stats: Stats,
    /// Who brought what blocks, where that is known.
    pub authors: Authors,
    /// Sentences worth saying beside the findings, such as that the work
    /// tree's baseline would have helped.
    pub notes: Vec<String>,
}
