//! Inflating streams of zlib (RFC 1950) that are whole in memory: libdeflate takes half
//! as long for them as decoders that can also be fed piece by piece.

use std::cell::RefCell;

use libdeflater::{DecompressionError, Decompressor};

/// Deflate packs no more bytes than this into one.
const MOST_INFLATED: usize = 1032;

/// Text rarely packs more bytes than this into one.
const USUAL: usize = 8;

/// How much a thread keeps to inflate into what has not said its size yet. The first
/// block of a stream fits when it is stored unpacked, so a head can always be read.
const ROOM: std::ops::RangeInclusive<usize> = 1 << 16..=1 << 20;

thread_local! {
    static INFLATER: RefCell<(Decompressor, Vec<u8>)> =
        RefCell::new((Decompressor::new(), vec![0; *ROOM.start()]));
}

/// What a stream holds, if that are `size` bytes.
pub(super) fn exact(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    INFLATER.with_borrow_mut(|(inflater, _)| fill(inflater, packed, size))
}

/// What a stream holds behind a head that says how long the whole is.
pub(super) fn headed(packed: &[u8], head: impl Fn(&[u8]) -> Option<Head>) -> Option<Vec<u8>> {
    INFLATER.with_borrow_mut(|(inflater, room)| {
        let len = packed.len().saturating_mul(USUAL).min(*ROOM.end()).max(room.len());
        room.resize(len, 0);
        match inflater.zlib_decompress(packed, room) {
            Ok(len) => {
                let head = head(&room[..len])?;
                (len == head.whole).then(|| room[head.len..len].to_vec())
            }
            Err(DecompressionError::InsufficientSpace) => {
                let said = head(room)?;
                let mut content = fill(inflater, packed, said.whole)?;
                if head(&content)? != said {
                    return None;
                }
                content.drain(..said.len);
                Some(content)
            }
            Err(DecompressionError::BadData) => None,
        }
    })
}

fn fill(inflater: &mut Decompressor, packed: &[u8], size: usize) -> Option<Vec<u8>> {
    // No such room is asked for on the word of a damaged file.
    if size / MOST_INFLATED > packed.len() {
        return None;
    }
    let mut content = vec![0; size];
    (inflater.zlib_decompress(packed, &mut content).ok()? == size).then_some(content)
}

/// What the head of an object says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Its own length in bytes.
    pub(super) len: usize,
    /// The length of the whole, head and content.
    pub(super) whole: usize,
}

/// A stream that holds `plain`, packed with an effort from 0, stored, to 12.
#[cfg(test)]
pub(super) fn packed(plain: &[u8], effort: i32) -> Vec<u8> {
    use libdeflater::{CompressionLvl, Compressor};
    let mut compressor = Compressor::new(CompressionLvl::new(effort).unwrap());
    let mut packed = vec![0; compressor.zlib_compress_bound(plain.len())];
    let len = compressor.zlib_compress(plain, &mut packed).unwrap();
    packed.truncate(len);
    packed
}
