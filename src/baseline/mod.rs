//! The baseline: what people decided of findings, in `.secrets.baseline`.
//!
//! This room owns the file's format (`docs/BASELINE.md` is its specification),
//! the judge, and everything that changes a baseline. It touches no file but
//! the baseline, knows no git, and never holds a value longer than it takes to
//! digest it.

mod canonical;
mod cover;
mod day;
mod diff;
mod digest;
mod entry;
mod error;
mod file;
pub mod import;
mod json;
mod judge;
mod merge;
mod parse;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod upkeep;
#[cfg(test)]
mod upkeep_tests;

use crate::model::RepoPath;

pub use cover::{NoPast, Past};
pub use day::Day;
pub use diff::{Change, diff};
pub use digest::{Digest, Salt};
pub use entry::{Decision, DecisionError, Entry, Extent, Glob, Key, Subject, Via};
pub use error::BaselineError;
pub use file::{BaselineFile, FileError};
pub use judge::judge;
pub use merge::{Conflict, Merged, merge};
pub use upkeep::{Checked, Stamp, Undo, Updated};

/// The name of the file, at the root of a repository.
pub const FILE_NAME: &str = ".secrets.baseline";

/// A baseline, right by construction: sorted, one entry a key, every digest's
/// salt known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    salts: Vec<Salt>,
    entries: Vec<Entry>,
}

impl Baseline {
    /// Knows nothing; what a missing file stands for.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads format version 1, strictly. `name` is what errors call the file.
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, BaselineError> {
        parse::parse(bytes, name)
    }

    /// The same of a file of the repository, with what to do when it is none.
    pub fn parse_tracked(bytes: &[u8], path: &RepoPath) -> Result<Self, BaselineError> {
        parse::parse(bytes, &path.to_string())
            .map_err(|error| BaselineError { tracked: Some(path.clone()), ..error })
    }

    /// The canonical bytes: the same baseline always gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_bytes(self)
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The salts; the first is the one new digests are made with.
    pub fn salts(&self) -> &[Salt] {
        &self.salts
    }
}
