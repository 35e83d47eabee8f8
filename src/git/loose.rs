//! Objects in files of their own, as `git add` leaves them: what a commit is
//! made of. They are read here because inflating them is a third of what a hook
//! costs, zlib-rs is twice as fast as the zlib that libgit2 is linked to, and
//! libgit2 holds a content twice.
//!
//! The format is a zlib stream of `TYPE SP SIZE NUL CONTENT` in
//! `objects/ab/cdef…` (gitrepository-layout(5), "objects").

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use flate2::bufread::ZlibDecoder;

use super::Oid;

/// How much is read from the first: no head is longer than 26 bytes.
const HEAD: u64 = 32;
/// How much of a file is inflated at once: between two calls the decoder keeps
/// the last 32 KiB of what came out.
const CHUNK: usize = 64 << 10;
/// No more than this is believed of a size before the content has come.
const TRUSTED: usize = 1 << 28;

/// An object's file, read as far as its head.
pub(super) struct Loose {
    /// The size of its content in bytes.
    pub(super) size: u64,
    /// The content's first bytes.
    begun: Vec<u8>,
    rest: ZlibDecoder<BufReader<File>>,
}

impl Loose {
    /// Opens a content below the folder `objects`; none where there is no such
    /// file, or it is not as it should be: libgit2 and git know what to say.
    pub(super) fn open(objects: &Path, oid: Oid) -> Option<Self> {
        Self::open_as(b"blob ", objects, oid)
    }

    /// Opens a tree.
    pub(super) fn open_tree(objects: &Path, oid: Oid) -> Option<Self> {
        Self::open_as(b"tree ", objects, oid)
    }

    fn open_as(kind: &[u8], objects: &Path, oid: Oid) -> Option<Self> {
        let name = oid.to_string();
        let file = File::open(objects.join(&name[..2]).join(&name[2..])).ok()?;
        let mut rest = ZlibDecoder::new(BufReader::with_capacity(CHUNK, file));
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
        let end = memchr::memchr(0, &head)?;
        let size = std::str::from_utf8(head[..end].strip_prefix(kind)?).ok()?.parse().ok()?;
        Some(Self { size, begun: head.split_off(end + 1), rest })
    }

    /// The content; none when it has another size, or another checksum.
    pub(super) fn read(self) -> Option<Vec<u8>> {
        let size = usize::try_from(self.size).ok()?;
        let mut content = self.begun;
        // One byte more, so that the end is seen and the checksum compared.
        content.reserve_exact(size.min(TRUSTED) + 1);
        self.rest.take(self.size + 1).read_to_end(&mut content).ok()?;
        (content.len() == size).then_some(content)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    const OID: &[u8; 40] = b"00112233445566778899aabbccddeeff00112233";

    /// What is read of an object's file with these bytes, packed and then changed.
    fn read(plain: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Option<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(plain).unwrap();
        let mut packed = packed.finish().unwrap();
        change(&mut packed);
        std::fs::create_dir(folder.path().join("00")).unwrap();
        std::fs::write(folder.path().join("00").join(str::from_utf8(&OID[2..]).unwrap()), packed)
            .unwrap();
        Loose::open(folder.path(), Oid::from_hex(OID).unwrap()).and_then(Loose::read)
    }

    #[test]
    fn a_blob_is_read_whole_whatever_its_size() {
        for size in [0, 1, 24, 25, 26, 200, CHUNK - 1, 3 * CHUNK + 5] {
            let content: Vec<u8> = (0..size).map(|at| (at * at) as u8).collect();
            let whole = [format!("blob {size}\0").as_bytes(), &content].concat();
            assert_eq!(read(&whole, |_| ()), Some(content), "{size}");
        }
    }

    #[test]
    fn what_is_not_as_it_should_be_is_left_to_git() {
        assert_eq!(read(b"blob 3\0abc", |_| ()).as_deref(), Some(&b"abc"[..]));
        for plain in ["blob 2\0abc", "blob 4\0abc", "tree 3\0abc", "blob x\0abc", "blob 3", ""] {
            assert_eq!(read(plain.as_bytes(), |_| ()), None, "{plain:?}");
        }
        let checksum = |packed: &mut Vec<u8>| *packed.last_mut().unwrap() ^= 1;
        assert_eq!(read(b"blob 3\0abc", checksum), None);
        assert_eq!(read(b"blob 3\0abc", |packed| packed.truncate(packed.len() - 5)), None);
        assert_eq!(read(b"blob 3\0abc", Vec::clear), None);
    }
}
