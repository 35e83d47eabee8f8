//! Objects in files of their own, as `git add` leaves them: what a commit is
//! made of. They are read here because inflating them is a third of what a hook
//! costs, and the zlib that libgit2 is linked to takes three times as long.
//!
//! The format is a zlib stream of `TYPE SP SIZE NUL CONTENT` in
//! `objects/ab/cdef…` (gitrepository-layout(5), "objects").

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use bstr::ByteSlice as _;

use super::Oid;
use super::inflate::{self, Head};

/// Where the NUL of a head is looked for: type and size take 26 bytes at most.
const LONGEST_HEAD: usize = 32;

/// Room for the file of most contents, so that one call reads it.
const USUAL: usize = 16 << 10;

/// What a file of an object is longer than its content at most: deflate stores what it
/// cannot pack in blocks of their own, with five bytes each.
const OVERHEAD: u64 = 1 << 10;

/// The content of a blob below the folder `objects`; none where there is no such
/// file, it is not as it should be, or its content has more than `limit` bytes: libgit2
/// and git know what to say.
pub(super) fn blob(objects: &Path, oid: Oid, limit: u64) -> Option<Vec<u8>> {
    read(b"blob ", objects, oid, limit)
}

/// The content of a tree.
pub(super) fn tree(objects: &Path, oid: Oid) -> Option<Vec<u8>> {
    read(b"tree ", objects, oid, u64::MAX)
}

/// The tree that a commit records: its first line (git-commit-tree(1), "Commit information").
pub(super) fn tree_of_commit(objects: &Path, oid: Oid) -> Option<Oid> {
    let commit = read(b"commit ", objects, oid, u64::MAX)?;
    Oid::from_hex(commit.strip_prefix(b"tree ")?.lines().next()?)
}

/// Whether an object has a file that does not hold it.
pub(super) fn is_damaged(objects: &Path, oid: Oid) -> bool {
    let kinds = ["commit ", "tree ", "blob ", "tag "];
    let is_whole = |kind: &&str| read(kind.as_bytes(), objects, oid, u64::MAX).is_some();
    file_of(objects, oid).exists() && !kinds.iter().any(is_whole)
}

fn file_of(objects: &Path, oid: Oid) -> PathBuf {
    let name = oid.to_string();
    objects.join(&name[..2]).join(&name[2..])
}

fn read(kind: &[u8], objects: &Path, oid: Oid, limit: u64) -> Option<Vec<u8>> {
    let file = File::open(file_of(objects, oid)).ok()?;
    let mut packed = Vec::with_capacity(USUAL);
    let most = limit.saturating_add(limit / OVERHEAD).saturating_add(OVERHEAD);
    file.take(most).read_to_end(&mut packed).ok()?;
    inflate::headed(&packed, |text| {
        let len = memchr::memchr(0, &text[..text.len().min(LONGEST_HEAD)])?;
        let size: u64 = str::from_utf8(text[..len].strip_prefix(kind)?).ok()?.parse().ok()?;
        let whole = usize::try_from(size).ok()?.checked_add(len + 1)?;
        (size <= limit).then_some(Head { len: len + 1, whole })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::inflate::packed;

    const OID: &[u8; 40] = b"00112233445566778899aabbccddeeff00112233";

    /// A folder of objects in which one has a file of these bytes.
    fn stored(packed: Vec<u8>) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("00")).unwrap();
        std::fs::write(folder.path().join("00").join(str::from_utf8(&OID[2..]).unwrap()), packed)
            .unwrap();
        folder
    }

    /// What is read of an object's file with these bytes.
    fn read_within(limit: u64, packed: Vec<u8>) -> Option<Vec<u8>> {
        blob(stored(packed).path(), Oid::from_hex(OID).unwrap(), limit)
    }

    fn read(packed: Vec<u8>) -> Option<Vec<u8>> {
        read_within(u64::MAX, packed)
    }

    #[test]
    fn a_blob_is_read_whole_whatever_its_size() {
        let mixed = |size| (0..size).map(|at: usize| (at * (at >> 3)) as u8).collect();
        let same = |size| vec![b'a'; size];
        for size in [0, 1, 24, 200, (1 << 16) - 1, 1 << 16, 3 << 20] {
            for content in [mixed(size), same(size)] {
                let whole = [format!("blob {size}\0").as_bytes(), &content].concat();
                for effort in [0, 1, 6] {
                    assert!(read(packed(&whole, effort)).as_ref() == Some(&content), "{size}");
                }
            }
        }
    }

    #[test]
    fn a_blob_that_is_too_long_is_not_read() {
        for size in [9, 9 << 18] {
            let content = vec![b'a'; size];
            let whole = [format!("blob {size}\0").as_bytes(), &content].concat();
            for effort in [0, 1] {
                let stream = packed(&whole, effort);
                assert!(read_within(size as u64, stream.clone()) == Some(content.clone()));
                assert_eq!(read_within(size as u64 - 1, stream), None);
            }
        }
    }

    #[test]
    fn what_is_not_as_it_should_be_is_left_to_git() {
        let good = packed(b"blob 3\0abc", 1);
        assert_eq!(read(good.clone()).as_deref(), Some(&b"abc"[..]));
        for plain in ["blob 2\0abc", "blob 4\0abc", "tree 3\0abc", "blob x\0abc", "blob 3", ""] {
            assert_eq!(read(packed(plain.as_bytes(), 1)), None, "{plain:?}");
        }
        let long = [&b"blob 2000001\0"[..], &vec![b'a'; 2_000_000]].concat();
        assert_eq!(read(packed(&long, 1)), None);
        let mut checksum = good.clone();
        *checksum.last_mut().unwrap() ^= 1;
        assert_eq!(read(checksum), None);
        assert_eq!(read(good[..good.len() - 5].to_vec()), None);
        assert_eq!(read(Vec::new()), None);
    }

    #[test]
    fn the_tree_of_a_commit_is_its_first_line() {
        let tree = str::from_utf8(OID).unwrap();
        let of = |commit: String| {
            let whole = format!("commit {}\0{commit}", commit.len());
            let folder = stored(packed(whole.as_bytes(), 1));
            tree_of_commit(folder.path(), Oid::from_hex(OID).unwrap())
        };
        assert_eq!(of(format!("tree {tree}\nauthor a\n")), Oid::from_hex(OID));
        for commit in ["", "tree", "tree 0011\n", "author a\n"] {
            assert_eq!(of(commit.to_owned()), None, "{commit}");
        }
    }
}
