//! Who has what already: the parents of a merge, what remotes hold, and what a
//! push brings them.

use std::collections::HashSet;
use std::fs;

use bstr::ByteSlice as _;

use super::walk::{self, Walk};
use super::{GitError, Oid, Repo, entry, plumbing};
use crate::model::RepoPath;

/// One line of a `pre-push` or `pre-receive` hook's standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefUpdate {
    /// The ref that is written.
    pub name: RepoPath,
    /// What it will name; zero when it is deleted.
    pub new: Oid,
    /// What it names there now; zero when it is made.
    pub old: Oid,
}

/// What a push brings.
#[derive(Debug, Clone, Default)]
pub struct Push {
    /// What the pushed refs will name.
    pub tips: Vec<Oid>,
    /// The commits the other side lacks, and what they bring.
    pub walk: Walk,
    /// Whether anything is known of what the other side holds. If not, these
    /// are whole histories, of which only the tips' trees are judged.
    pub other_side_is_known: bool,
}

impl RefUpdate {
    /// Reads what git gives `pre-push`: `<local ref> <local oid> <remote ref> <remote oid>`.
    pub fn of_push(input: &[u8]) -> Result<Vec<Self>, GitError> {
        Self::lines(input, |fields| match fields {
            [_, new, name, old] => Some((*name, *new, *old)),
            _ => None,
        })
    }

    /// Reads what git gives `pre-receive`: `<old oid> <new oid> <ref>`.
    pub fn of_receive(input: &[u8]) -> Result<Vec<Self>, GitError> {
        Self::lines(input, |fields| match fields {
            [old, new, name] => Some((*name, *new, *old)),
            _ => None,
        })
    }

    fn lines(
        input: &[u8],
        order: impl for<'a> Fn(&[&'a [u8]]) -> Option<(&'a [u8], &'a [u8], &'a [u8])>,
    ) -> Result<Vec<Self>, GitError> {
        let read = |line: &[u8]| {
            let fields: Vec<&[u8]> = line.split(|&b| b == b' ').collect();
            let (name, new, old) = order(&fields)?;
            let (new, old) = (Oid::from_hex(new)?, Oid::from_hex(old)?);
            Some(Self { name: RepoPath::new(name), new, old })
        };
        input
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| read(line).ok_or_else(|| entry::garbled("push", line)))
            .collect()
    }
}

impl Repo {
    /// The parents besides HEAD of the merge that is being committed.
    /// `MERGE_HEAD` names them; in pre-merge-commit it does not exist yet and
    /// git names them in variables `GITHEAD_<oid>`.
    pub fn merge_parents(&self) -> Result<Vec<Oid>, GitError> {
        let file = self.git_dir().join("MERGE_HEAD");
        match fs::read(&file) {
            Ok(text) => text
                .lines()
                .map(|line| Oid::from_hex(line).ok_or_else(|| entry::garbled("MERGE_HEAD", line)))
                .collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(heads_in_environment())
            }
            Err(error) => Err(GitError::Command {
                command: format!("cat {}", file.display()),
                said: error.to_string(),
            }),
        }
    }

    /// Whether a remote-tracking ref holds a commit.
    pub fn remotes_hold(&self, commit: Oid) -> Result<bool, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["rev-list", "--max-count=1", &commit.to_string(), "--not", "--remotes"]);
        Ok(plumbing::run(&mut command)?.is_empty())
    }

    /// Those of some commits that no remote-tracking ref holds.
    pub fn unpushed(&self, commits: &HashSet<Oid>) -> Result<HashSet<Oid>, GitError> {
        if !self.has_refs("refs/remotes")? {
            return Ok(commits.clone());
        }
        let mut command = plumbing::git(&self.location);
        let listing = plumbing::run(command.args(["rev-list", "--all", "--not", "--remotes"]))?;
        Ok(listing.lines().filter_map(Oid::from_hex).filter(|oid| commits.contains(oid)).collect())
    }

    /// What remote-tracking refs hold of the commits that HEAD stands on; none
    /// where they hold HEAD itself, or there are no such refs.
    pub fn held_below_head(&self) -> Result<Option<Vec<Oid>>, GitError> {
        if !self.has_refs("refs/remotes")? {
            return Ok(None);
        }
        let mut command = plumbing::git(&self.location);
        command.args(["rev-list", "--boundary", "HEAD", "--not", "--remotes"]);
        let listing = plumbing::run(&mut command)?;
        let held = listing.lines().filter_map(|line| Oid::from_hex(line.strip_prefix(b"-")?));
        Ok((!listing.is_empty()).then(|| held.collect()))
    }

    /// What a push brings: every commit that no remote-tracking ref holds, nor
    /// what the refs name there now.
    pub fn push(&self, updates: &[RefUpdate]) -> Result<Push, GitError> {
        self.pushed(updates, "--remotes", "refs/remotes")
    }

    /// What a push brings to this repository: every commit that no ref of it holds.
    pub fn receive(&self, updates: &[RefUpdate]) -> Result<Push, GitError> {
        self.pushed(updates, "--all", "refs")
    }

    fn pushed(&self, updates: &[RefUpdate], held: &str, refs: &str) -> Result<Push, GitError> {
        let tips: Vec<Oid> =
            updates.iter().map(|update| update.new).filter(|oid| !oid.is_zero()).collect();
        if tips.is_empty() {
            return Ok(Push { other_side_is_known: true, ..Push::default() });
        }
        let mut revisions: Vec<String> = tips.iter().map(Oid::to_string).collect();
        let mut other_side_is_known = self.has_refs(refs)?;
        for old in updates.iter().map(|update| update.old).filter(|oid| !oid.is_zero()) {
            if self.size(old).is_ok() {
                other_side_is_known = true;
                revisions.push(format!("^{old}"));
            }
        }
        let revisions = walk::lines(revisions.into_iter());
        let walk = walk::walk(&self.location, &["--not", held], &revisions)?;
        Ok(Push { tips, walk, other_side_is_known })
    }

    /// The part of a push that leads to one of its tips.
    pub fn commits_up_to(&self, push: &Push, tip: Oid) -> Result<Walk, GitError> {
        if !push.walk.commits.contains(&tip) {
            // The other side holds it already.
            return Ok(Walk::default());
        }
        let revisions = std::iter::once(tip.to_string())
            .chain(push.walk.boundary.iter().map(|oid| format!("^{oid}")));
        let revisions = walk::lines(revisions);
        walk::walk(&self.location, &[], &revisions)
    }

    /// What the commits of `A..B` bring.
    pub fn range(&self, range: &str) -> Result<Walk, GitError> {
        let ends = range.split_once("..").filter(|(_, to)| !to.starts_with('.'));
        let Some((from, to)) = ends else {
            return Err(GitError::Command {
                command: format!("stanch scan --range {range}"),
                said: "a range is `A..B`, such as `main..HEAD`".to_owned(),
            });
        };
        let name = |rev: &str| self.commit(if rev.is_empty() { "HEAD" } else { rev });
        let revisions = format!("{}\n^{}\n", name(to)?, name(from)?);
        walk::walk(&self.location, &[], &revisions)
    }

    /// The object a revision names; none when it names nothing.
    pub fn resolve(&self, rev: &str) -> Result<Option<Oid>, GitError> {
        plumbing::resolve(&self.location, rev)
    }

    /// The commit a revision names.
    pub fn commit(&self, rev: &str) -> Result<Oid, GitError> {
        self.resolve(&format!("{rev}^{{commit}}"))?.ok_or_else(|| GitError::no_commit(rev))
    }

    fn has_refs(&self, below: &str) -> Result<bool, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["for-each-ref", "--count=1", "--format=%(objectname)", below]);
        Ok(!plumbing::run(&mut command)?.is_empty())
    }
}

fn heads_in_environment() -> Vec<Oid> {
    std::env::vars_os()
        .filter_map(|(name, _)| Oid::from_hex(name.to_str()?.strip_prefix("GITHEAD_")?.as_bytes()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_hooks_are_read_and_strange_ones_refused() {
        let (a, b) = ("a".repeat(40), "0".repeat(40));
        let push = format!("refs/heads/x {a} refs/heads/y {b}\n");
        let update = &RefUpdate::of_push(push.as_bytes()).unwrap()[0];
        assert_eq!(update.name.as_bytes(), b"refs/heads/y");
        assert!(update.old.is_zero() && !update.new.is_zero());
        let deletion = format!("(delete) {b} refs/heads/y {a}\n");
        assert!(RefUpdate::of_push(deletion.as_bytes()).unwrap()[0].new.is_zero());
        let received = format!("{b} {a} refs/heads/y\n");
        assert_eq!(&RefUpdate::of_receive(received.as_bytes()).unwrap()[0], update);
        assert!(RefUpdate::of_push(received.as_bytes()).is_err());
        assert_eq!(RefUpdate::of_push(b"").unwrap(), []);
    }
}
