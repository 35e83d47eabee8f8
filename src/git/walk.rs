//! Commits and the contents they brought: ranges and pushes.
//!
//! `rev-list` names the commits, one `diff-tree --stdin` says what each brought
//! against its parents. Of a merge that is what no parent has: what a conflict
//! resolution, or a hand, added.

use std::collections::HashSet;

use bstr::ByteSlice as _;

use super::entry::{self, Entry, Mode};
use super::location::Location;
use super::{GitError, Oid, plumbing};
use crate::model::RepoPath;

/// Commits, oldest first, and what they brought.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// The commits.
    pub commits: Vec<Oid>,
    /// Each content once a path, with the first commit that brought it.
    pub brought: Vec<Brought>,
    /// The commits that the first ones stand on.
    pub boundary: Vec<Oid>,
}

/// A content and the commit that brought it.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The content.
    pub entry: Entry,
    /// The commit.
    pub commit: Oid,
}

/// Walks the commits that `rev-list` selects by `args` and, on its standard
/// input, by `revisions`.
pub(super) fn walk(location: &Location, args: &[&str], revisions: &str) -> Result<Walk, GitError> {
    let mut walk = list(location, args, revisions)?;
    let names = lines(walk.commits.iter().map(Oid::to_string));
    let mut command = plumbing::git(location);
    command.args(["diff-tree", "--stdin", "-r", "--root", "-c", "-z", "--raw", "--no-abbrev"]);
    command.args(["--no-renames", "--ignore-submodules=none", "--diff-filter=ACMRT"]);
    let listing = plumbing::feed(&mut command, names.into_bytes())?;
    walk.brought = brought(&listing)?;
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
    command.args(["--ignore-missing", "--stdin"]).args(args);
    let listing = plumbing::feed(&mut command, revisions.into())?;
    let mut walk = Walk::default();
    for line in listing.lines() {
        let (list, name) = match line {
            [b'-', name @ ..] => (&mut walk.boundary, name),
            name => (&mut walk.commits, name),
        };
        list.push(Oid::from_hex(name).ok_or_else(|| entry::garbled("rev-list", line))?);
    }
    Ok(walk)
}

/// Reads `diff-tree --stdin -c -z`: a commit's name, then its changes.
fn brought(listing: &[u8]) -> Result<Vec<Brought>, GitError> {
    let mut brought = Vec::new();
    let mut seen = HashSet::new();
    let mut commit = None;
    let mut records = entry::records(listing);
    while let Some(head) = records.next() {
        let garbled = || entry::garbled("diff-tree", head);
        if head[0] != b':' {
            commit = Some(Oid::from_hex(head).ok_or_else(garbled)?);
            continue;
        }
        let path = RepoPath::new(records.next().ok_or_else(garbled)?);
        let (mode, oid) = result_side(head).ok_or_else(garbled)?;
        let Some(mode) = mode else { continue };
        let commit = commit.ok_or_else(garbled)?;
        if seen.insert((oid, path.clone())) {
            brought.push(Brought { entry: Entry { path, mode, oid }, commit });
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
