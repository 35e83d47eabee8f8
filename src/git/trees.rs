//! Trees, read in the order of the commits. Most are stored as a change of a
//! later version of the same folder, so what was read on the way to one is kept
//! for the next.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use super::delta;
use super::families::Readers;
use super::history::OfNames;
use super::pack::{Kind, Pack};
use super::{GitError, Oid, Repo};

/// What is kept at most, twice.
const MOST_BYTES: usize = 48 << 20;

/// A place in the packs.
type Place = (u32, u64);
type Kept = HashMap<Place, Rc<Vec<u8>>, BuildHasherDefault<OfNames>>;

/// The reader of trees.
pub(super) struct Trees<'r> {
    repo: &'r Repo,
    packs: &'r [Pack],
    readers: Readers<'r>,
    /// What was read, or asked for again, since the older ones were set aside.
    newer: Kept,
    older: Kept,
    bytes: usize,
}

impl<'r> Trees<'r> {
    pub(super) fn new(repo: &'r Repo) -> Self {
        let packs = repo.packs();
        let (newer, older) = (Kept::default(), Kept::default());
        Self { repo, packs, readers: Readers::new(packs), newer, older, bytes: 0 }
    }

    /// A tree, as it is stored.
    pub(super) fn read(&mut self, tree: Oid) -> Result<Rc<Vec<u8>>, GitError> {
        let packs = self.packs.iter().zip(0..);
        let place = packs.into_iter().find_map(|(pack, at)| Some((at, pack.find(tree)?)));
        match place.and_then(|place| self.packed(place)) {
            Some(tree) => Ok(tree),
            None => self.repo.read(tree).map(Rc::new),
        }
    }

    fn packed(&mut self, place: Place) -> Option<Rc<Vec<u8>>> {
        let mut changes = Vec::new();
        let (pack, mut start) = place;
        let mut tree = loop {
            if let Some(kept) = self.kept((pack, start)) {
                break kept;
            }
            match self.readers.of(pack)?.read(start)? {
                (Kind::ChangeOf(base), change) => {
                    changes.push((start, change));
                    start = base;
                }
                (_, tree) => break self.keep((pack, start), tree),
            }
            // In a damaged pack two can be each other's base.
            if changes.len() > MOST_CHANGES {
                return None;
            }
        };
        let mut same = Vec::new();
        for (start, change) in changes.iter().rev() {
            let next = delta::apply(change, &tree, &mut same)?;
            tree = self.keep((pack, *start), next);
        }
        Some(tree)
    }

    fn kept(&mut self, place: Place) -> Option<Rc<Vec<u8>>> {
        if let Some(tree) = self.newer.get(&place) {
            return Some(Rc::clone(tree));
        }
        let tree = self.older.remove(&place)?;
        self.bytes += tree.len();
        self.newer.insert(place, Rc::clone(&tree));
        Some(tree)
    }

    fn keep(&mut self, place: Place, tree: Vec<u8>) -> Rc<Vec<u8>> {
        if self.bytes > MOST_BYTES {
            self.older = std::mem::take(&mut self.newer);
            self.bytes = 0;
        }
        self.bytes += tree.len();
        let tree = Rc::new(tree);
        self.newer.insert(place, Rc::clone(&tree));
        tree
    }
}

/// Git makes chains of 50, and of 4,095 at most.
const MOST_CHANGES: usize = 4095;
