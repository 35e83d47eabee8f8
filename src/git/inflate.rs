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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_as_long_as_it_is_said_to_be_or_none() {
        let plain = b"a few words".to_vec();
        for effort in [0, 6, 12] {
            let packed = packed(&plain, effort);
            assert_eq!(exact(&packed, plain.len()).as_ref(), Some(&plain));
            for wrong in [0, plain.len() - 1, plain.len() + 1] {
                assert_eq!(exact(&packed, wrong), None, "{wrong}");
            }
        }
        assert_eq!(exact(b"no stream", 9), None);
    }

    #[test]
    fn no_room_is_asked_for_that_deflate_could_not_fill() {
        // As well packed as it can be: it comes close to the bound.
        let plain = vec![0; 8 << 20];
        let packed = packed(&plain, 12);
        assert!(plain.len() / packed.len() > MOST_INFLATED * 9 / 10, "{}", packed.len());
        assert_eq!(exact(&packed, plain.len()), Some(plain));
        assert_eq!(exact(&packed, MOST_INFLATED * (packed.len() + 1)), None);
        assert_eq!(exact(&packed, usize::MAX), None);
    }

    /// A head of one byte that says, in thousands, how long the whole is.
    fn thousands(text: &[u8]) -> Option<Head> {
        Some(Head { len: 1, whole: usize::from(*text.first()?) * 1_000 })
    }

    #[test]
    fn behind_a_head_stands_all_that_it_announces() {
        // Below the room that a thread keeps, above it, and above all it ever keeps.
        for thousand in [1, 200, 255] {
            let whole = usize::from(thousand) * 1_000;
            let mut plain = vec![b'x'; whole];
            plain[0] = thousand;
            assert_eq!(headed(&packed(&plain, 12), thousands).unwrap(), plain[1..]);
            for (len, what) in [(whole - 1, "short"), (whole + 1, "long")] {
                plain.resize(len, b'x');
                assert_eq!(headed(&packed(&plain, 12), thousands), None, "{whole}, too {what}");
            }
        }
        let mut large = vec![b'x'; 3 << 20];
        large[0] = 1;
        let of = |whole| move |text: &[u8]| (text[0] == 1).then_some(Head { len: 1, whole });
        assert_eq!(headed(&packed(&large, 12), of(3 << 20)).unwrap(), large[1..]);
        for wrong in [1 << 20, (3 << 20) - 1, (3 << 20) + 1, usize::MAX] {
            assert_eq!(headed(&packed(&large, 12), of(wrong)), None, "{wrong}");
        }
        assert_eq!(headed(b"no stream", thousands), None);
        assert_eq!(headed(&packed(b"\0", 6), |_| None), None);
    }
}
