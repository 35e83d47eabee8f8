//! Who is at work here, and who brought a line.

use std::process::Command;

use bstr::ByteSlice as _;

use super::{GitError, Oid, Repo, entry, plumbing, walk};
use crate::model::{OneLine, RepoPath};

/// How a line came into the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blame {
    /// The commit; none while the line is not committed.
    pub commit: Option<Oid>,
    /// Who wrote it, safe to print.
    pub author: String,
    /// Seconds since 1970.
    pub time: u64,
}

/// Who brought something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub oid: Oid,
    /// The day it was committed, `YYYY-MM-DD`.
    pub day: String,
    /// Who wrote it: name and address, safe to print.
    pub author: String,
}

impl Repo {
    /// Who made these commits.
    pub fn commits(&self, oids: impl Iterator<Item = Oid>) -> Result<Vec<Commit>, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["rev-list", "--no-walk=unsorted", "--no-commit-header"]);
        command.args(["--format=%H %cs %an <%ae>", "--stdin"]);
        let names = walk::lines(oids.map(|oid| oid.to_string()));
        let listing = plumbing::feed(&mut command, names.into_bytes())?;
        listing
            .lines()
            .map(|line| {
                let read = || {
                    let (oid, rest) = line.split_once_str(" ")?;
                    let (day, author) = rest.split_once_str(" ")?;
                    let author = OneLine::new(author).to_string();
                    Some(Commit {
                        oid: Oid::from_hex(oid)?,
                        day: day.to_str_lossy().into(),
                        author,
                    })
                };
                read().ok_or_else(|| entry::garbled("rev-list", line))
            })
            .collect()
    }

    /// The name and address that git would write into a commit made now; none
    /// when it would refuse to make one.
    pub fn author(&self) -> Option<String> {
        let mut command = plumbing::git(&self.location);
        let line = plumbing::run(command.args(["var", "GIT_AUTHOR_IDENT"])).ok()?;
        let end = line.rfind_byte(b'>')?;
        let who = String::from_utf8_lossy(&line[..=end]).trim().to_owned();
        (!who.is_empty()).then_some(who)
    }

    /// Who brought a line of a tracked file of the work tree.
    pub fn blame_of(&self, path: &RepoPath, line: usize) -> Result<Blame, GitError> {
        Ok(Blame::read(&plumbing::run(&mut blame(self, path, line))?))
    }
}

/// The command that says who brought a line.
pub(super) fn blame(repo: &Repo, path: &RepoPath, line: usize) -> Command {
    let mut command = plumbing::at_root(&repo.location);
    let lines = format!("{line},{line}");
    command.args(["blame", "--porcelain", "-L", &lines, "--"]);
    command.arg(path.as_bytes().to_os_str_lossy());
    command
}

impl Blame {
    /// Reads what `git blame --porcelain` says of one line.
    pub(super) fn read(said: &[u8]) -> Self {
        let field = |name: &[u8]| said.lines().find_map(|line| line.strip_prefix(name));
        let commit = said.split(|&b| b == b' ').next().and_then(Oid::from_hex);
        let author = field(b"author ").unwrap_or(b"somebody");
        let time = field(b"author-time ").and_then(|time| time.to_str().ok()?.parse().ok());
        Self {
            commit: commit.filter(|commit| !commit.is_zero()),
            author: OneLine::new(author).to_string(),
            time: time.unwrap_or(0),
        }
    }
}
