//! The index as its file stands (gitformat-index(5), versions 2 to 4). Its checksum
//! is not computed, as git does not. An index that is split or sparse, or is not
//! as it should be, is none here: git reads those.

use std::ops::Range;

use super::Oid;
use super::entry::{Entry, Mode};
use crate::model::RepoPath;

/// The length of the head of the file.
const HEAD: usize = 12;
/// What stands before the object name of an entry: times, device, mode, owner, size.
const BEFORE_NAME: usize = 40;
/// Where among those the mode is.
const MODE: usize = 24;
/// Two more bytes of flags follow.
const EXTENDED: u16 = 1 << 14;
/// Of those, `git add --intent-to-add` only announced the path.
const INTENT_TO_ADD: u16 = 1 << 13;
/// What the flags say of the length of a path at most.
const LONGEST: usize = 0xFFF;
/// How many times longer than the file all paths of version 4 are, at most.
const MOST_UNFOLDED: usize = 32;
/// Folders in each other, at most.
pub(super) const DEEPEST: usize = 1000;

/// The entries of an index, sorted by path.
#[derive(Debug)]
pub(super) struct Index {
    bytes: Vec<u8>,
    /// The paths of version 4, which holds of each what differs from the last.
    unfolded: Option<Vec<u8>>,
    /// Bytes of an object name.
    width: usize,
    slots: Vec<Slot>,
    /// The trees that git knew of when it wrote the index: each folder, then those
    /// in it. The first is the root.
    trees: Vec<CachedTree>,
}

/// Where an entry stands, in few bytes: there can be hundreds of thousands.
#[derive(Debug, Clone, Copy)]
struct Slot {
    start: u32,
    path: u32,
    path_len: u32,
    flags: u16,
    more_flags: u16,
}

impl Slot {
    fn path(&self) -> Range<usize> {
        self.path as usize..self.path as usize + self.path_len as usize
    }
}

/// A folder of which git knew the tree.
#[derive(Debug)]
pub(super) struct CachedTree {
    name: Range<usize>,
    /// The tree and how many entries it has; none since something in it changed.
    pub(super) known: Option<(Oid, usize)>,
    /// The number of the next one that is not in it.
    end: usize,
}

impl Index {
    /// Reads the bytes of an index whose object names have `width` bytes.
    pub(super) fn parse(bytes: Vec<u8>, width: usize) -> Option<Self> {
        let body = bytes.get(..bytes.len().checked_sub(width)?)?;
        let rest = body.strip_prefix(b"DIRC")?;
        let (version, count) = (number(rest, 0)?, number(rest, 4)? as usize);
        if !matches!(version, 2..=4) || count > bytes.len() / (BEFORE_NAME + width) {
            return None;
        }
        let (slots, trees) = (Vec::with_capacity(count), Vec::new());
        let unfolded = (version == 4).then(Vec::new);
        let mut index = Self { bytes: Vec::new(), unfolded, width, slots, trees };
        let mut at = HEAD;
        for _ in 0..count {
            at = index.take_slot(body, at)?;
        }
        index.take_extensions(body, at)?;
        index.bytes = bytes;
        index.is_sorted().then_some(index)
    }

    /// Reads the entry at `start`; gives where it ends.
    fn take_slot(&mut self, body: &[u8], start: usize) -> Option<usize> {
        let flags_at = start + BEFORE_NAME + self.width;
        let flags = short(body, flags_at)?;
        let is_extended = flags & EXTENDED != 0;
        let more_flags = if is_extended { short(body, flags_at + 2)? } else { 0 };
        let at = flags_at + if is_extended { 4 } else { 2 };
        let (path, end) = if self.unfolded.is_some() {
            self.unfold(body, at)?
        } else {
            let len = memchr::memchr(0, body.get(at..)?)?;
            // With one to eight zeros behind it an entry fills eights of bytes.
            (at..at + len, start + (at + len - start + 8) / 8 * 8)
        };
        Mode::from_bits(number(body, start + MODE)?)?;
        self.slots.push(Slot {
            start: u32::try_from(start).ok()?,
            path: u32::try_from(path.start).ok()?,
            path_len: u32::try_from(path.len()).ok()?,
            flags,
            more_flags,
        });
        let is_as_long = path.len().min(LONGEST) == usize::from(flags) & LONGEST;
        (is_as_long && end <= body.len()).then_some(end)
    }

    /// A path of version 4: how many bytes of the last one fall away, and what follows.
    fn unfold(&mut self, body: &[u8], mut at: usize) -> Option<(Range<usize>, usize)> {
        let mut byte = *body.get(at)?;
        let mut away = usize::from(byte & 0x7F);
        while byte & 0x80 != 0 {
            at += 1;
            byte = *body.get(at)?;
            away = (away.checked_add(1)?.checked_mul(128)?) + usize::from(byte & 0x7F);
        }
        let tail = body.get(at + 1..)?;
        let tail = &tail[..memchr::memchr(0, tail)?];
        let last = self.slots.last().map_or(0..0, Slot::path);
        let kept = last.start..last.start + last.len().checked_sub(away)?;
        let paths = self.unfolded.as_mut()?;
        let start = paths.len();
        paths.extend_from_within(kept);
        paths.extend_from_slice(tail);
        if paths.len() / MOST_UNFOLDED > body.len() {
            return None;
        }
        Some((start..paths.len(), at + 2 + tail.len()))
    }

    /// What stands behind the entries. Of what begins with a small letter a reader
    /// that does not know it must not go on.
    fn take_extensions(&mut self, body: &[u8], mut at: usize) -> Option<()> {
        while at < body.len() {
            let signature = body.get(at..at + 4)?;
            let start = at + 8;
            at = start.checked_add(number(body, at + 4)? as usize)?;
            body.get(start..at)?;
            if signature == b"TREE" {
                self.take_tree(&body[..at], start, 0)?;
            } else if !signature[0].is_ascii_uppercase() {
                return None;
            }
        }
        Some(())
    }

    /// `name NUL entries SP folders LF object-name`, then the folders; no object
    /// name where the number of entries is negative.
    fn take_tree(&mut self, body: &[u8], start: usize, depth: usize) -> Option<usize> {
        let behind = |at: usize, mark: u8| Some(at + memchr::memchr(mark, body.get(at..)?)?);
        let name = start..behind(start, 0)?;
        let space = behind(name.end + 1, b' ')?;
        let line_end = behind(space, b'\n')?;
        let digits = |range: Range<usize>| str::from_utf8(body.get(range)?).ok()?.parse().ok();
        let (entries, folders): (i64, i64) =
            (digits(name.end + 1..space)?, digits(space + 1..line_end)?);
        let mut at = line_end + 1;
        let known = match usize::try_from(entries) {
            Ok(entries) => {
                let oid = Oid::from_raw(body.get(at..at + self.width)?)?;
                at += self.width;
                Some((oid, entries))
            }
            Err(_) => None,
        };
        let number = self.trees.len();
        self.trees.push(CachedTree { name, known, end: number + 1 });
        for _ in 0..folders {
            at = self.take_tree(body, at, (depth < DEEPEST).then_some(depth + 1)?)?;
        }
        self.trees[number].end = self.trees.len();
        Some(at)
    }

    /// Whether paths ascend, and of one path the stages.
    fn is_sorted(&self) -> bool {
        (1..self.slots.len()).all(|at| {
            let key = |at: usize| (self.path(at), self.stage(at));
            key(at - 1) < key(at)
        })
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The path of an entry.
    pub(super) fn path(&self, at: usize) -> &[u8] {
        self.path_of(&self.slots[at])
    }

    fn path_of(&self, slot: &Slot) -> &[u8] {
        &self.unfolded.as_ref().unwrap_or(&self.bytes)[slot.path()]
    }

    /// 0, or while the path is in conflict 1 (base), 2 (ours), 3 (theirs).
    pub(super) fn stage(&self, at: usize) -> u8 {
        (self.slots[at].flags >> 12 & 3) as u8
    }

    /// Whether the path is only announced, without a content.
    pub(super) fn is_announced(&self, at: usize) -> bool {
        self.slots[at].more_flags & INTENT_TO_ADD != 0
    }

    /// An entry's mode and object.
    pub(super) fn content(&self, at: usize) -> (Mode, Oid) {
        let start = self.slots[at].start as usize;
        let name = start + BEFORE_NAME;
        let mode = number(&self.bytes, start + MODE).and_then(Mode::from_bits);
        let oid = Oid::from_raw(&self.bytes[name..name + self.width]);
        (mode.expect("every mode was read"), oid.expect("20 or 32 bytes are a name"))
    }

    /// An entry.
    pub(super) fn entry(&self, at: usize) -> Entry {
        let (mode, oid) = self.content(at);
        Entry { path: RepoPath::new(self.path(at)), mode, oid }
    }

    /// The entries among `within` whose paths begin with `prefix`, from the first on.
    pub(super) fn below(&self, within: Range<usize>, prefix: &[u8]) -> Range<usize> {
        let rest = &self.slots[within.clone()];
        let is_below = |slot: &Slot| self.path_of(slot).starts_with(prefix);
        within.start..within.start + rest.partition_point(is_below)
    }

    /// The entries of a path, one a stage, less what is only announced.
    pub(super) fn stages(&self, path: &RepoPath) -> Vec<(Entry, u8)> {
        let path = path.as_bytes();
        let is_before = |slot: &Slot| self.path_of(slot) < path;
        (self.slots.partition_point(is_before)..self.len())
            .take_while(|&at| self.path(at) == path)
            .filter(|&at| !self.is_announced(at))
            .map(|at| (self.entry(at), self.stage(at)))
            .collect()
    }

    /// The root of the trees that git knew of.
    pub(super) fn root(&self) -> Option<usize> {
        (!self.trees.is_empty()).then_some(0)
    }

    /// The tree of a number.
    pub(super) fn tree(&self, number: usize) -> &CachedTree {
        &self.trees[number]
    }

    /// The number of the folder `name` in a folder.
    pub(super) fn tree_in(&self, folder: usize, name: &[u8]) -> Option<usize> {
        let end = self.trees[folder].end;
        let next = |&at: &usize| self.trees.get(at).map(|tree| tree.end);
        let siblings = std::iter::successors(Some(folder + 1), next);
        siblings
            .take_while(|&at| at < end)
            .find(|&at| self.bytes[self.trees[at].name.clone()] == *name)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}
