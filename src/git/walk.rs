//! Commits and the contents they brought: ranges, pushes, the whole history.
//!
//! `rev-list` names the commits, one `diff-tree --stdin` says what each brought
//! against its parents. Of a merge that is what no parent has: what a conflict
//! resolution, or a hand, added.

use std::collections::HashSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use bstr::ByteSlice as _;

use super::entry::{self, Entry, Mode};
use super::location::Location;
use super::{GitError, Oid, plumbing};
use crate::model::RepoPath;

/// Commits, oldest first, and what they brought.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// The commits.
    pub commits: Vec<Commit>,
    /// Each content once, with the first commit that brought it.
    pub brought: Vec<Brought>,
    /// The commits that the first ones stand on.
    pub boundary: Vec<Oid>,
}

/// A commit, as far as a report needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub oid: Oid,
    /// The day it was committed, `YYYY-MM-DD`.
    pub day: String,
    /// Who wrote it: name and address.
    pub author: String,
}

/// A content and the commit that brought it.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The content.
    pub entry: Entry,
    /// The commit, by its place in [`Walk::commits`].
    pub commit: usize,
}

/// What makes two contents the same in a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Once {
    /// A content at a path: for ranges and pushes.
    PerPath,
    /// A content under a base name, wherever it was moved: for histories. The
    /// base name tells the language and whether the path is forbidden.
    PerName,
}

/// Walks the commits that `rev-list` selects by `args` and, on its standard
/// input, by `revisions`.
pub(super) fn walk(
    location: &Location,
    args: &[&str],
    revisions: &str,
    once: Once,
) -> Result<Walk, GitError> {
    let mut walk = list(location, args, revisions)?;
    let names = lines(walk.commits.iter().map(|commit| commit.oid.to_string()));
    let mut command = plumbing::git(location);
    command.args(["diff-tree", "--stdin", "-r", "--root", "-c", "-z", "--raw", "--no-abbrev"]);
    command.args(["--no-renames", "--ignore-submodules=none", "--diff-filter=ACMRT"]);
    let listing = feed(&mut command, names)?;
    walk.brought = brought(&listing, &walk.commits, once)?;
    Ok(walk)
}

/// One a line, as git reads them on its standard input.
pub(super) fn lines(words: impl Iterator<Item = String>) -> String {
    words.flat_map(|word| [word, "\n".to_owned()]).collect()
}

/// The commits alone.
fn list(location: &Location, args: &[&str], revisions: &str) -> Result<Walk, GitError> {
    let mut command = plumbing::git(location);
    command.args(["rev-list", "--reverse", "--topo-order", "--boundary"]);
    command.args(["--no-commit-header", "--format=%m%H %cs %an <%ae>"]);
    command.args(["--ignore-missing", "--stdin"]).args(args);
    let listing = feed(&mut command, revisions.to_owned())?;
    let mut walk = Walk::default();
    for line in listing.lines().filter(|line| !line.is_empty()) {
        let read = || {
            let (mark, rest) = line.split_first()?;
            let (oid, rest) = rest.split_once_str(" ")?;
            let (day, author) = rest.split_once_str(" ")?;
            Some((*mark, Oid::from_hex(oid)?, day, author))
        };
        let (mark, oid, day, author) = read().ok_or_else(|| entry::garbled("rev-list", line))?;
        if mark == b'-' {
            walk.boundary.push(oid);
            continue;
        }
        let (day, author) = (day.to_str_lossy().into(), RepoPath::new(author).to_string());
        walk.commits.push(Commit { oid, day, author });
    }
    Ok(walk)
}

/// Runs a command with something on its standard input, written by a thread of
/// its own: both pipes are full at times.
pub(super) fn feed(command: &mut Command, input: String) -> Result<Vec<u8>, GitError> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| GitError::NoGit { why: error.to_string() })?;
    let mut stdin = child.stdin.take().expect("stdin was asked for above");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output();
    let written = writer.join();
    let output = output.map_err(|error| GitError::NoGit { why: error.to_string() })?;
    if !output.status.success() || !matches!(written, Ok(Ok(()))) {
        return Err(plumbing::failed(command, &output));
    }
    Ok(output.stdout)
}

/// Reads `diff-tree --stdin -c -z`: a commit's name, then its changes.
fn brought(listing: &[u8], commits: &[Commit], once: Once) -> Result<Vec<Brought>, GitError> {
    let mut brought = Vec::new();
    let mut seen = HashSet::new();
    let mut at = 0;
    let mut records = listing.split(|&b| b == 0).filter(|record| !record.is_empty());
    while let Some(head) = records.next() {
        if head[0] != b':' {
            let oid = Oid::from_hex(head).ok_or_else(|| entry::garbled("diff-tree", head))?;
            // Both lists have the same order; commits that changed nothing are left out.
            let ahead = commits[at..].iter().position(|commit| commit.oid == oid);
            at += ahead.ok_or_else(|| entry::garbled("diff-tree", head))?;
            continue;
        }
        let path = records.next().ok_or_else(|| entry::garbled("diff-tree", head))?;
        let (mode, oid) = result_side(head).ok_or_else(|| entry::garbled("diff-tree", head))?;
        let Some(mode) = mode else { continue };
        let entry = Entry { path: RepoPath::new(path), mode, oid };
        let name = match once {
            Once::PerPath => entry.path.as_bytes().to_vec(),
            Once::PerName => entry.path.base_name().to_vec(),
        };
        if seen.insert((oid, name)) {
            brought.push(Brought { entry, commit: at });
        }
    }
    Ok(brought)
}

/// What a change ends in: of `:old new <old> <new> M` the second of two, of
/// `::one two new <one> <two> <new> MM` the third of three. A deletion has no mode.
fn result_side(head: &[u8]) -> Option<(Option<Mode>, Oid)> {
    let sides = head.iter().take_while(|&&b| b == b':').count() + 1;
    let fields: Vec<&[u8]> = head[sides - 1..].split(|&b| b == b' ').collect();
    let mode = fields.get(sides - 1)?;
    let oid = Oid::from_hex(fields.get(2 * sides - 1)?)?;
    match Mode::from_octal(mode) {
        None if *mode != b"000000" => None,
        mode => Some((mode, oid)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_change_are_read() {
        let (a, b, c) = ("1".repeat(40), "2".repeat(40), "3".repeat(40));
        let one = format!(":100644 100755 {a} {b} M");
        let (mode, oid) = result_side(one.as_bytes()).unwrap();
        assert_eq!((mode, oid.to_string()), (Some(Mode::Executable), b.clone()));
        let merge = format!("::100644 100644 120000 {a} {b} {c} MM");
        let (mode, oid) = result_side(merge.as_bytes()).unwrap();
        assert_eq!((mode, oid.to_string()), (Some(Mode::Link), c));
        let gone = format!(":100644 000000 {a} {b} D");
        assert!(result_side(gone.as_bytes()).unwrap().0.is_none());
        assert!(result_side(b":1 2 3 4 M").is_none());
    }
}
