//! Packs, read here where much of them is read: libgit2 inflates the bases of
//! an object again for nearly every object. What is not as it should be has no
//! answer here and is left to libgit2 and git, which know what to say.
//!
//! The format is that of gitformat-pack(5), with an index of version 2.

use std::cmp::{Ordering, Reverse};
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::Oid;
use super::delta::MOST_BYTES;
use super::inflate;

/// The index of a pack.
pub(super) struct Pack {
    path: PathBuf,
    index: Vec<u8>,
    /// The bytes of an object's name.
    width: usize,
    /// Where the entries of the pack begin, and where the last one ends.
    starts: Vec<u64>,
}

/// Where what stands in an index.
const FANOUT: usize = 8;
const NAMES: usize = FANOUT + 256 * 4;

impl Pack {
    /// The packs of a folder `objects`, those with the most objects first: what
    /// is looked for is most likely there.
    pub(super) fn all(objects: &Path, width: usize) -> Vec<Self> {
        let Ok(found) = fs::read_dir(objects.join("pack")) else { return Vec::new() };
        let mut packs: Vec<Self> = found
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "idx"))
            .filter_map(|index| Self::open(&index, width))
            .collect();
        packs.sort_by_key(|pack| Reverse(pack.starts.len()));
        packs
    }

    fn open(index: &Path, width: usize) -> Option<Self> {
        let path = index.with_extension("pack");
        let end = path.metadata().ok()?.len().checked_sub(width as u64)?;
        let mut pack = Self { path, index: fs::read(index).ok()?, width, starts: Vec::new() };
        let is_known = pack.index.starts_with(b"\xfftOc\0\0\0\x02");
        let objects = pack.upper(255).filter(|_| is_known)?;
        let mut starts = (0..objects).map(|at| pack.start(at)).collect::<Option<Vec<u64>>>()?;
        starts.push(end);
        starts.sort_unstable();
        (starts.last() == Some(&end)).then(|| {
            pack.starts = starts;
            pack
        })
    }

    /// Where an object begins in the pack.
    pub(super) fn find(&self, oid: Oid) -> Option<u64> {
        let wanted = oid.as_raw();
        let first = usize::from(wanted[0]);
        let mut low = if first == 0 { 0 } else { self.upper(first - 1)? };
        let mut high = self.upper(first)?;
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.name(middle)?.cmp(wanted) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return self.start(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// How many names begin with at most this byte.
    fn upper(&self, byte: usize) -> Option<usize> {
        usize::try_from(self.number(FANOUT + 4 * byte)?).ok()
    }

    fn name(&self, at: usize) -> Option<&[u8]> {
        let from = NAMES + at * self.width;
        self.index.get(from..from + self.width)
    }

    fn start(&self, at: usize) -> Option<u64> {
        let objects = self.upper(255)?;
        let small = NAMES + objects * (self.width + 4);
        let start = self.number(small + 4 * at)?;
        if start & 1 << 31 == 0 {
            return Some(u64::from(start));
        }
        let large = small + 4 * objects + 8 * (start & !(1 << 31)) as usize;
        Some(u64::from(self.number(large)?) << 32 | u64::from(self.number(large + 4)?))
    }

    fn number(&self, at: usize) -> Option<u32> {
        Some(u32::from_be_bytes(*self.index.get(at..)?.first_chunk()?))
    }

    /// Where the entry ends that begins here.
    fn end(&self, start: u64) -> Option<u64> {
        let at = self.starts.binary_search(&start).ok()?;
        self.starts.get(at + 1).copied()
    }
}

/// What an entry of a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Commit,
    Tree,
    Blob,
    Tag,
    /// A change of the object that begins at this place.
    ChangeOf(u64),
}

/// An open pack. Belongs to one thread at a time.
pub(super) struct PackReader<'p> {
    pack: &'p Pack,
    file: File,
    /// The entry that was read last.
    entry: Vec<u8>,
}

/// The first bytes of an entry: a size, and a base.
const HEAD: u64 = 64;

impl<'p> PackReader<'p> {
    pub(super) fn open(pack: &'p Pack) -> Option<Self> {
        let file = File::open(&pack.path).ok()?;
        Some(Self { pack, file, entry: Vec::new() })
    }

    /// What the entry is that begins here.
    pub(super) fn kind(&mut self, start: u64) -> Option<Kind> {
        self.load(start, HEAD)?;
        Some(self.head(start)?.0)
    }

    /// What the entry is that begins here, and its content, inflated.
    pub(super) fn read(&mut self, start: u64) -> Option<(Kind, Vec<u8>)> {
        self.load(start, u64::MAX)?;
        let (kind, size, body) = self.head(start)?;
        let content = (size <= MOST_BYTES).then(|| inflate::exact(&self.entry[body..], size))??;
        Some((kind, content))
    }

    fn load(&mut self, start: u64, most: u64) -> Option<()> {
        let len = self.pack.end(start)?.checked_sub(start)?.min(most);
        self.entry.resize(usize::try_from(len).ok()?, 0);
        self.file.seek(SeekFrom::Start(start)).ok()?;
        self.file.read_exact(&mut self.entry).ok()
    }

    /// The kind, the size, and where the content begins in the entry.
    fn head(&self, start: u64) -> Option<(Kind, usize, usize)> {
        let mut rest = &self.entry[..];
        let first = *rest.split_off_first()?;
        let (mut size, mut byte) = (usize::from(first & 0xf), first);
        for shift in (4..usize::BITS).step_by(7) {
            if byte & 0x80 == 0 {
                break;
            }
            byte = *rest.split_off_first()?;
            size |= usize::from(byte & 0x7f).checked_mul(1 << shift)?;
        }
        let kind = match first >> 4 & 7 {
            1 => Kind::Commit,
            2 => Kind::Tree,
            3 => Kind::Blob,
            4 => Kind::Tag,
            6 => Kind::ChangeOf(start.checked_sub(take_distance(&mut rest)?)?),
            7 => {
                let base = Oid::from_raw(rest.split_off(..self.pack.width)?)?;
                Kind::ChangeOf(self.pack.find(base)?)
            }
            _ => return None,
        };
        Some((kind, size, self.entry.len() - rest.len()))
    }
}

/// How far before a change its base begins: seven bits a byte, the highest first.
fn take_distance(rest: &mut &[u8]) -> Option<u64> {
    let mut byte = *rest.split_off_first()?;
    let mut distance = u64::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = *rest.split_off_first()?;
        distance = (distance + 1).checked_mul(128)? | u64::from(byte & 0x7f);
    }
    Some(distance)
}
