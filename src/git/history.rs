//! Whole histories: every content of every commit once, oldest commit first.
//!
//! `rev-list` names the commits and their trees; the trees are walked here,
//! each once. The first commit whose tree holds a content is the one that
//! brought it, so no two trees are ever compared: of rails (160,769 commits)
//! `diff-tree` takes 21 s of processor time, this walk 3 s.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};
use std::rc::Rc;

use bstr::ByteSlice as _;

use super::entry::{self, Entry, Node, Stored};
use super::trees::Trees;
use super::walk::Brought;
use super::{GitError, Oid, Repo, plumbing};
use crate::model::{Problem, RepoPath};

/// The commits of a history, oldest first.
#[derive(Debug, Default)]
pub struct History {
    commits: Vec<Step>,
    /// The trees that the first commits stand on, where a day was named.
    past: Vec<Oid>,
}

/// A commit and its tree.
#[derive(Debug)]
struct Step {
    commit: Oid,
    tree: Oid,
}

impl History {
    /// How many commits it has.
    pub fn count(&self) -> usize {
        self.commits.len()
    }
}

/// What a walk of a history comes upon.
#[derive(Debug)]
pub enum Found {
    /// The next commit.
    Commit,
    /// A content that no commit before had under this base name.
    Content(Brought),
    /// A folder that cannot be read.
    Problem(Problem),
}

impl Repo {
    /// The commits of every ref, since a day or ever.
    pub fn history(&self, since: Option<&str>) -> Result<History, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["rev-list", "--all", "--reverse", "--topo-order", "--boundary"]);
        command.args(["--no-commit-header", "--format=%m%H %T"]);
        command.args(since.map(|since| format!("--since={since}")));
        let listing = std::thread::scope(|scope| {
            // Git takes its time; the packs are needed next.
            scope.spawn(|| self.packs());
            plumbing::run(&mut command)
        })?;
        let mut history = History::default();
        for line in listing.lines() {
            let read = || {
                let (mark, names) = line.split_first()?;
                let (commit, tree) = names.split_once_str(" ")?;
                Some((*mark, Oid::from_hex(commit)?, Oid::from_hex(tree)?))
            };
            match read().ok_or_else(|| entry::garbled("rev-list", line))? {
                (b'-', _, tree) => history.past.push(tree),
                (_, commit, tree) => history.commits.push(Step { commit, tree }),
            }
        }
        Ok(history)
    }

    /// Walks a history. A content that moved to another base name is found
    /// again: the name tells the language and whether the path is forbidden.
    pub fn walk_history(&self, history: &History, visit: impl FnMut(Found)) {
        let (mut seen, mut trees) = (Seen::default(), Trees::new(self));
        for tree in &history.past {
            // Where what came before cannot be read, it is found as new.
            Walker { trees: &mut trees, seen: &mut seen, visit: |_| () }
                .tree(&Step { commit: *tree, tree: *tree });
        }
        let mut walker = Walker { trees: &mut trees, seen: &mut seen, visit };
        for step in &history.commits {
            (walker.visit)(Found::Commit);
            walker.tree(step);
        }
    }
}

/// What is kept of folders; above it all are forgotten.
const MOST_BYTES: usize = 128 << 20;

/// What was found before.
#[derive(Debug, Default)]
struct Seen {
    trees: HashSet<Oid, BuildHasherDefault<OfNames>>,
    contents: HashSet<(Oid, u64), BuildHasherDefault<OfNames>>,
    /// The version of each folder that was read last: most of its entries stay.
    folders: HashMap<Vec<u8>, Rc<Vec<u8>>>,
    /// About the bytes that were kept since they were last forgotten.
    bytes: usize,
    /// Nobody can make up two base names that it takes for one.
    names: RandomState,
}

struct Walker<'a, 'r, V> {
    trees: &'a mut Trees<'r>,
    seen: &'a mut Seen,
    visit: V,
}

impl<V: FnMut(Found)> Walker<'_, '_, V> {
    /// Finds what a commit's tree holds that none before held. With a stack of
    /// its own: the depth of a tree is up to who made it.
    fn tree(&mut self, step: &Step) {
        let mut open = vec![(step.tree, Vec::new())];
        while let Some((tree, folder)) = open.pop() {
            if !self.seen.trees.insert(tree) {
                continue;
            }
            match self.trees.read(tree) {
                Ok(raw) => self.entries((step.commit, tree), folder, &raw, &mut open),
                Err(error) => {
                    let path = (!folder.is_empty()).then(|| RepoPath::new(folder));
                    let commit = step.commit.to_string();
                    let why = format!("a folder of commit {commit:.12}: {error}");
                    (self.visit)(Found::Problem(Problem { path, why }));
                }
            }
        }
    }

    /// Finds what a folder holds that its version before did not.
    fn entries(
        &mut self,
        (commit, tree): (Oid, Oid),
        folder: Vec<u8>,
        raw: &Rc<Vec<u8>>,
        open: &mut Vec<(Oid, Vec<u8>)>,
    ) {
        let last = self.seen.folders.remove(&folder).unwrap_or_default();
        let below = |name: &[u8]| match &folder[..] {
            [] => name.to_vec(),
            folder => [folder, b"/", name].concat(),
        };
        for found in fresh(&last, raw, tree) {
            match found {
                Ok(Stored { node: Node::Folder, name, oid, .. }) => {
                    if !self.seen.trees.contains(&oid) {
                        open.push((oid, below(name)));
                    }
                }
                Ok(Stored { node: Node::File(mode), name, oid, .. }) => {
                    if self.seen.contents.insert((oid, self.seen.names.hash_one(name))) {
                        let entry = Entry { path: RepoPath::new(below(name)), mode, oid };
                        (self.visit)(Found::Content(Brought { entry, commit }));
                    }
                }
                Err(error) => {
                    let problem = Problem { path: None, why: error.to_string() };
                    (self.visit)(Found::Problem(problem));
                }
            }
        }
        self.seen.keep(folder, Rc::clone(raw));
    }
}

impl Seen {
    fn keep(&mut self, folder: Vec<u8>, raw: Rc<Vec<u8>>) {
        self.bytes += folder.len() + raw.len();
        if self.bytes > MOST_BYTES {
            self.folders.clear();
            self.bytes = 0;
        }
        self.folders.insert(folder, raw);
    }
}

/// The entries of a folder that its version before did not have. Both are
/// sorted by name, and most go on alike.
fn fresh<'t>(
    mut before: &'t [u8],
    mut now: &'t [u8],
    tree: Oid,
) -> impl Iterator<Item = Result<Stored<'t>, GitError>> {
    let first = move |entries: &'t [u8]| entry::from_raw_tree(entries, tree).next();
    std::iter::from_fn(move || {
        loop {
            let len = entry::raw_len(now, tree);
            if let (Some(old), Some(new)) = (before.get(..len), now.get(..len))
                && old == new
                && len > 0
            {
                (before, now) = (&before[len..], &now[len..]);
                continue;
            }
            let found = first(now)?;
            let Ok(stored) = &found else {
                now = &[];
                return Some(found);
            };
            now = &now[stored.bytes.len()..];
            let mut was_there = false;
            while let Some(Ok(old)) = first(before).filter(|_| !was_there)
                && old.name <= stored.name
            {
                before = &before[old.bytes.len()..];
                was_there = old.bytes == stored.bytes;
            }
            if !was_there {
                return Some(found);
            }
        }
    })
}

/// A hash of object names, which are hashes already. Of rails 18 million
/// entries are looked up.
#[derive(Debug, Default)]
pub(super) struct OfNames(u64);

impl Hasher for OfNames {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        // The golden ratio's fraction spreads what differs over all bits.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, _length: usize) {}
}
