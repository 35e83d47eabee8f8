//! What can go wrong with git, each with the way out.

use std::fmt;
use std::path::PathBuf;

use super::Oid;
use crate::model::{Problem, RepoPath};

/// Why git could not be read. Never holds content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitError {
    /// Git refuses this place; its own words, with its own advice.
    Refused {
        /// What git said.
        said: String,
    },
    /// The program `git` could not be started.
    NoGit {
        /// What the system said.
        why: String,
    },
    /// A git command failed.
    Command {
        /// The command, to try it by hand.
        command: String,
        /// What git said.
        said: String,
    },
    /// Git answered something that is not its documented format.
    Output {
        /// The command.
        command: String,
        /// The record that was not understood, escaped.
        got: String,
    },
    /// libgit2 failed where git has no other answer.
    Library {
        /// What it said.
        said: String,
    },
    /// An object is not in this clone.
    Missing {
        /// Its name.
        oid: Oid,
    },
    /// An object is here and not whole.
    Damaged {
        /// Its name.
        oid: Oid,
    },
    /// A path is in conflict.
    Unmerged {
        /// The path.
        path: RepoPath,
    },
    /// `GIT_INDEX_FILE` names a file that is not there.
    NoIndex {
        /// The file.
        path: PathBuf,
    },
    /// `stanch.skip`, or the variables git hands it over in, cannot be used.
    Skip {
        /// Why.
        why: String,
    },
}

impl GitError {
    /// A revision names no commit of this clone.
    pub(super) fn no_commit(rev: &str) -> Self {
        Self::Command {
            command: format!("git rev-parse --verify {rev}"),
            said: "it names no commit here".to_owned(),
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { said } => write!(f, "git cannot use this folder: {said}"),
            Self::NoGit { why } => {
                write!(f, "cannot start git ({why}); install it or put it in PATH")
            }
            Self::Command { command, said } if said.is_empty() => {
                write!(f, "`{command}` failed without a word; run it by hand to see why")
            }
            Self::Command { command, said } => write!(f, "`{command}` failed: {said}"),
            Self::Output { command, got } => write!(
                f,
                "`git {command}` answered `{got}`, which is not its format; please report this with `git --version`"
            ),
            Self::Library { said } => {
                write!(f, "the repository could not be read: {said}; `git fsck` may tell more")
            }
            Self::Missing { oid } => write!(
                f,
                "object {oid} is not in this clone; `git cat-file -p {oid}` fetches it in a partial clone (`git fetch --refetch --no-filter` all there is), `git fetch --unshallow` in a shallow one, `git fsck` finds damage"
            ),
            Self::Damaged { oid } => write!(
                f,
                "object {oid} is damaged; `git fsck` tells what else is; take it from another clone, or delete its file in `.git/objects` and `git add` the content again"
            ),
            Self::Unmerged { path } => write!(
                f,
                "{path} is in conflict; resolve it (a baseline: `stanch baseline resolve`) and `git add` it, git cannot commit it before"
            ),
            Self::NoIndex { path } => write!(
                f,
                "GIT_INDEX_FILE names `{}`, which does not exist, so what is being committed cannot be read; unset it or name the right file",
                path.display()
            ),
            Self::Skip { why } => write!(f, "{why}; write `git -c stanch.skip=\"why\" …`"),
        }
    }
}

impl std::error::Error for GitError {}

impl From<GitError> for Problem {
    fn from(error: GitError) -> Self {
        match error {
            GitError::Unmerged { ref path } => {
                Self { path: Some(path.clone()), why: error.to_string() }
            }
            error => Self { path: None, why: error.to_string() },
        }
    }
}
