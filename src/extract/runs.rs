//! Long runs of one class of characters, found 64 bytes at a time: the class of
//! every byte becomes one bit of a word, by loops that compilers turn into vector
//! instructions, and a few shifts say whether enough of the bits stand together.

use crate::model::Span;

/// No run is shorter: 24 characters of base64 are 18 bytes, and no token of
/// high confidence is shorter than those.
pub(super) const SHORTEST: usize = 24;
/// Bytes that become one word.
const BLOCK: usize = 64;

/// The first whole run of [`SHORTEST`] characters of base64 and more, in either
/// alphabet, from `from` on.
pub(super) fn next_run(text: &[u8], from: usize) -> Option<Span> {
    // The last bits of the block before: a run may begin there.
    let mut before = 0;
    for at in (from..text.len()).step_by(BLOCK) {
        let bits = u128::from(bits(&text[at..], is_base64)) << (SHORTEST - 1) | before;
        // Bit `n` says that the bits from `n` on are set: two, four … 24 of them.
        let together = [1, 2, 4, 8, 8].iter().fold(bits, |bits, by| bits & bits >> by);
        if together != 0 {
            let first = together.trailing_zeros() as usize;
            let start = at + first + 1 - SHORTEST;
            let end = start + (bits >> first).trailing_ones() as usize;
            let is_cut = end == at + BLOCK;
            return Some(Span::new(start, if is_cut { end + run_len(&text[end..]) } else { end }));
        }
        before = bits >> BLOCK;
    }
    None
}

/// How many characters of base64 `text` begins with.
pub(super) fn run_len(text: &[u8]) -> usize {
    let mut len = 0;
    while len < text.len() {
        let ones = bits(&text[len..], is_base64).trailing_ones() as usize;
        len += ones;
        if ones < BLOCK {
            break;
        }
    }
    len
}

/// Where the bytes of a class stand.
pub(super) fn places(
    text: &[u8],
    class: impl Fn(u8) -> bool + Copy,
) -> impl Iterator<Item = usize> {
    (0..text.len()).step_by(BLOCK).flat_map(move |start| {
        let mut left = bits(&text[start..], class);
        std::iter::from_fn(move || {
            let at = (left != 0).then(|| start + left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            at
        })
    })
}

/// Which of the first bytes of `text` are in a class, the first in the lowest
/// bit. What a short text lacks counts as 0, which is in no class.
#[inline]
fn bits(text: &[u8], class: impl Fn(u8) -> bool) -> u64 {
    match text.first_chunk() {
        Some(block) => bits_of(block, class),
        None => bits_of(&padded(text), class),
    }
}

/// Apart, or the compiler copies whole blocks as if they were short.
#[cold]
fn padded(text: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..text.len()].copy_from_slice(text);
    block
}

#[inline]
fn bits_of(block: &[u8; BLOCK], class: impl Fn(u8) -> bool) -> u64 {
    let classes = block.map(|byte| u8::from(class(byte)));
    // Eight bytes of 0 or 1 become the highest eight bits of a product.
    let eight =
        |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let (words, _) = classes.as_chunks();
    words.iter().enumerate().fold(0, |bits, (at, bytes)| bits | eight(bytes) << (8 * at))
}

/// Whether a byte is a character of base64, in either alphabet.
pub(super) fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(text: &[u8]) -> Vec<(usize, usize)> {
        let mut runs = Vec::new();
        let mut at = 0;
        while let Some(run) = next_run(text, at) {
            runs.push((run.start, run.end));
            at = run.end;
        }
        runs
    }

    /// The same, byte by byte.
    fn slowly(text: &[u8]) -> Vec<(usize, usize)> {
        let ends = (0..=text.len()).filter(|&at| text.get(at).is_none_or(|b| !is_base64(*b)));
        let mut start = 0;
        let runs = ends.map(|end| (std::mem::replace(&mut start, end + 1), end));
        runs.filter(|(start, end)| end - start >= SHORTEST).collect()
    }

    #[test]
    fn the_class_is_the_two_alphabets() {
        let class: Vec<u8> = (0..=u8::MAX).filter(|&byte| is_base64(byte)).collect();
        let expected = b"+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        assert_eq!(class, expected);
    }

    proptest! {
        #[test]
        fn every_long_run_is_found_whole(
            gaps in prop::collection::vec((0usize..90, "[ .\"=]{1,70}"), 0..12)
        ) {
            let text: String =
                gaps.iter().map(|(len, gap)| "aZ0_+".repeat(20)[..*len].to_owned() + gap).collect();
            prop_assert_eq!(runs(text.as_bytes()), slowly(text.as_bytes()));
            let stops: Vec<usize> = places(text.as_bytes(), |byte| byte == b'.').collect();
            let expected: Vec<usize> = text.match_indices('.').map(|(at, _)| at).collect();
            prop_assert_eq!(stops, expected);
        }
    }
}
