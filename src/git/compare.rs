//! What an index holds that HEAD does not, folder by folder. Folders of which the
//! index says that they are the same are not read.

use std::collections::HashMap;
use std::ops::Range;

use super::Oid;
use super::entry::{self, Entry, Node, Stored};
use super::index::{DEEPEST, Index};

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
        let stored =
            folder.tree.map_or_else(|| Some(HashMap::new()), |name| by_name(&tree, name))?;
        let mut at = folder.entries.start;
        while at < folder.entries.end {
            let path = self.index.path(at);
            let name = &path[folder.prefix..];
            let slash = memchr::memchr(b'/', name);
            let name = &name[..slash.unwrap_or(name.len())];
            let before = stored.get(name).map(|stored| (stored.node, stored.oid));
            if slash.is_none() {
                self.file(at, before)?;
                at += 1;
                continue;
            }
            let prefix = folder.prefix + name.len() + 1;
            let entries = self.index.below(at..folder.entries.end, &path[..prefix]);
            at = entries.end;
            let tree = before.filter(|(node, _)| *node == Node::Folder).map(|(_, oid)| oid);
            let cached = folder.cached.and_then(|cached| self.index.tree_in(cached, name));
            let depth = (depth < DEEPEST).then_some(depth + 1)?;
            self.folder(&Folder { tree, cached, entries, prefix }, depth)?;
        }
        Some(())
    }

    fn file(&mut self, at: usize, before: Option<(Node, Oid)>) -> Option<()> {
        let (mode, oid) = self.index.content(at);
        if self.index.stage(at) != 0 {
            return None;
        }
        if !self.index.is_announced(at) && before != Some((Node::File(mode), oid)) {
            self.changed.push(self.index.entry(at));
        }
        Some(())
    }
}

/// The entries of a stored tree; none when it is broken or names something twice.
fn by_name(tree: &[u8], name: Oid) -> Option<HashMap<&[u8], Stored<'_>>> {
    let mut stored = HashMap::new();
    for entry in entry::from_raw_tree(tree, name) {
        let entry = entry.ok()?;
        if stored.insert(entry.name, entry).is_some() {
            return None;
        }
    }
    Some(stored)
}
