//! What an index holds that HEAD does not, folder by folder. Folders of which the
//! index says that they are the same are not read.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::ops::Range;

use super::entry::{self, Entry, Node, Stored};
use super::index::{DEEPEST, Index};
use super::{GitError, Oid};

/// Added, changed and retyped entries against the tree `head`, or against nothing;
/// none when the index is in conflict, or a tree is not as it should be: git knows
/// what to say.
pub(super) fn changed(
    index: &Index,
    head: Option<Oid>,
    read: impl Fn(Oid) -> Option<Vec<u8>>,
) -> Option<Vec<Entry>> {
    let mut comparison = Comparison { index, read, changed: Vec::new() };
    let root = Folder { tree: head, cached: index.root(), entries: 0..index.len(), prefix: 0 };
    comparison.folder(&root, 0)?;
    Some(comparison.changed)
}

struct Comparison<'i, R> {
    index: &'i Index,
    read: R,
    changed: Vec<Entry>,
}

/// A folder of the index.
struct Folder {
    /// Its tree in HEAD.
    tree: Option<Oid>,
    /// Its number among the trees of the index.
    cached: Option<usize>,
    /// What is in it.
    entries: Range<usize>,
    /// How long its path is, with the last `/`.
    prefix: usize,
}

impl<R: Fn(Oid) -> Option<Vec<u8>>> Comparison<'_, R> {
    fn folder(&mut self, folder: &Folder, depth: usize) -> Option<()> {
        let known = folder.cached.and_then(|cached| self.index.tree(cached).known);
        if known.is_some() && known == folder.tree.map(|tree| (tree, folder.entries.len())) {
            return Some(());
        }
        let tree = match folder.tree {
            Some(tree) => (self.read)(tree)?,
            None => Vec::new(),
        };
        let stored = folder.tree.map(|name| entry::from_raw_tree(&tree, name));
        let mut stored = stored.into_iter().flatten().peekable();
        let mut at = folder.entries.start;
        while at < folder.entries.end {
            let path = self.index.path(at);
            let name = &path[folder.prefix..];
            let slash = memchr::memchr(b'/', name);
            let name = &name[..slash.unwrap_or(name.len())];
            let before = find(&mut stored, (name, slash.is_some())).ok()?;
            if slash.is_none() {
                self.file(at, before)?;
                at += 1;
                continue;
            }
            let prefix = folder.prefix + name.len() + 1;
            let entries = self.index.below(at..folder.entries.end, &path[..prefix]);
            at = entries.end;
            let tree = before.map(|stored| stored.oid);
            let cached = folder.cached.and_then(|cached| self.index.tree_in(cached, name));
            let depth = (depth < DEEPEST).then_some(depth + 1)?;
            self.folder(&Folder { tree, cached, entries, prefix }, depth)?;
        }
        Some(())
    }

    fn file(&mut self, at: usize, before: Option<Stored<'_>>) -> Option<()> {
        let (mode, oid) = self.index.content(at);
        if self.index.stage(at) != 0 {
            return None;
        }
        let is_same = before.is_some_and(|it| (it.node, it.oid) == (Node::File(mode), oid));
        if !is_same && !self.index.is_announced(at) {
            self.changed.push(self.index.entry(at));
        }
        Some(())
    }
}

/// A name in a folder, and whether it is of a folder.
type Key<'n> = (&'n [u8], bool);

/// The entry of a tree with this key, if it has one; those before it are passed over.
fn find<'t>(
    stored: &mut Peekable<impl Iterator<Item = Result<Stored<'t>, GitError>>>,
    wanted: Key<'_>,
) -> Result<Option<Stored<'t>>, GitError> {
    let compare = |stored: &Stored<'_>| order((stored.name, stored.node == Node::Folder), wanted);
    let is_due = |next: &Result<Stored<'_>, _>| next.as_ref().is_ok_and(|it| compare(it).is_gt());
    while let Some(next) = stored.next_if(|next| !is_due(next)) {
        let next = next?;
        if compare(&next).is_eq() {
            return Ok(Some(next));
        }
    }
    Ok(None)
}

/// As git sorts an index and a tree: a folder as if its name ended with `/`.
fn order(one: Key<'_>, other: Key<'_>) -> Ordering {
    fn bytes((name, is_folder): Key<'_>) -> impl Iterator<Item = u8> {
        name.iter().copied().chain(is_folder.then_some(b'/'))
    }
    bytes(one).cmp(bytes(other))
}
