//! The prefilter: which keywords stand where, in one pass over the bytes.
//!
//! Of every keyword its rarest four bytes are kept, folded: without the bit that
//! tells the cases of a letter, and of the fourth byte only five bits, so that a
//! keyword of three bytes needs few grams. The verifier is exact. A bitmap
//! answers "no" for nearly every position of a text at one load and one
//! multiplication; the few others are looked up and compared. The build script
//! makes the table of the built-in rules, so nothing is built at start-up, and
//! the cost of a position does not depend on the number of rules.

use std::borrow::Cow;
use std::ops::Range;

/// Bits of the bitmap, as a power of two: 32 KiB stay in the first-level cache.
const BITMAP_BITS: u32 = 18;
/// Words of the bitmap.
const WORDS: usize = 1 << (BITMAP_BITS - 6);
/// The bits of four bytes that are looked at, the first byte lowest.
const FOLD: u32 = 0xD8DF_DFDF;
/// Positions that are tested before one branch on their result.
const BLOCK: usize = 8;
/// Buckets of the exact lookup, as a power of two.
const BUCKET_BITS: u32 = 12;

/// Which keywords a text holds.
#[derive(Debug)]
pub struct Grams {
    /// One bit a hash of a folded gram.
    pub bitmap: Cow<'static, [u64]>,
    /// Entries of bucket `b` are `entries[starts[b]..starts[b + 1]]`.
    pub starts: Cow<'static, [u32]>,
    /// What stands where a gram was seen: the look-up reads these, and `letters`,
    /// so they are small.
    pub entries: Cow<'static, [Entry]>,
    /// The keyword of each entry.
    pub numbers: Cow<'static, [u16]>,
    /// The keywords, lower case, one behind the other.
    pub letters: Cow<'static, [u8]>,
}

/// A gram of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The folded gram.
    pub gram: u32,
    /// Where the keyword begins in `letters`.
    pub start: u32,
    /// How long the keyword is.
    pub len: u8,
    /// Where in the keyword the gram begins.
    pub offset: u8,
}

impl Grams {
    /// Builds the table. Keywords are lower-case ASCII of at least three
    /// bytes; `frequency` says how often a folded gram stands in a megabyte of
    /// source text, as far as that is known.
    ///
    /// # Panics
    /// With more than 65,536 keywords, or one of more than 255 bytes.
    pub fn build(keywords: &[String], frequency: impl Fn(u32) -> u32) -> Self {
        let mut entries = Vec::new();
        let mut letters = Vec::new();
        for (number, keyword) in keywords.iter().enumerate() {
            let bytes = keyword.as_bytes();
            let number = u16::try_from(number).expect("fewer than 65,536 keywords");
            let start = u32::try_from(letters.len()).expect("fewer than 4 GB of letters");
            let len = u8::try_from(bytes.len()).expect("a keyword of fewer than 256 bytes");
            let entry = |gram, offset| (Entry { gram, start, len, offset }, number);
            if let &[first, second, third] = bytes {
                let any_fourth = (0..=u8::MAX).map(|fourth| fold([first, second, third, fourth]));
                entries.extend(any_fourth.map(|gram| entry(gram, 0)));
            } else {
                let (offset, gram) = rarest(bytes, &frequency);
                entries.push(entry(gram, offset));
            }
            letters.extend_from_slice(bytes);
        }
        entries.sort_unstable_by_key(|(entry, number)| {
            (bucket(hash(entry.gram)), entry.gram, *number, entry.offset)
        });
        entries.dedup();
        let mut bitmap = vec![0u64; WORDS];
        let mut starts = vec![0u32; (1 << BUCKET_BITS) + 1];
        for (entry, _) in &entries {
            let hash = hash(entry.gram);
            bitmap[(hash >> 6) as usize] |= 1 << (hash & 63);
            starts[bucket(hash) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let (entries, numbers): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        Self {
            bitmap: bitmap.into(),
            starts: starts.into(),
            entries: entries.into(),
            numbers: numbers.into(),
            letters: letters.into(),
        }
    }

    /// Calls `found(keyword number, offset, length)` for every keyword that stands in
    /// `text`, in any case, and whose rarest bytes begin in `part`: parts that
    /// divide a text divide its keywords. Offsets of one keyword ascend.
    /// A three-byte keyword at the very end of the text is not reported: a
    /// value must follow it anyway.
    ///
    /// # Panics
    /// Never: every table is built with the size of the bitmap.
    pub fn for_each(
        &self,
        text: &[u8],
        part: Range<usize>,
        mut found: impl FnMut(usize, usize, usize),
    ) {
        let end = part.end.min(text.len().saturating_sub(3));
        let mut at = part.start;
        while let Some((block, mut hits)) = self.next_block(text, at, end) {
            while hits != 0 {
                self.look_up(text, block + hits.trailing_zeros() as usize, &mut found);
                hits &= hits - 1;
            }
            at = block + BLOCK;
        }
    }

    /// The next block from `at` on in which a keyword may stand, and at which of
    /// its positions, a bit each. A loop of its own: with the look-up inside it,
    /// the compiler keeps too little of it in registers and it runs half as fast.
    #[inline(never)]
    fn next_block(&self, text: &[u8], mut at: usize, end: usize) -> Option<(usize, u32)> {
        let bitmap: &[u64; WORDS] =
            (&*self.bitmap).try_into().expect("every table is built with this size");
        let hit = |gram: u32| {
            let hash = hash(gram);
            u32::from((bitmap[(hash >> 6) as usize] >> (hash & 63)) & 1 == 1)
        };
        while at + BLOCK <= end {
            let block = &text[at..at + BLOCK + 3];
            let hits = (0..BLOCK).fold(0, |hits, o| hits | hit(gram_at(block, o)) << o);
            if hits != 0 {
                return Some((at, hits));
            }
            at += BLOCK;
        }
        let hits = (at..end).fold(0, |hits, p| hits | hit(gram_at(text, p)) << (p - at));
        (hits != 0).then_some((at, hits))
    }

    fn look_up(&self, text: &[u8], at: usize, found: &mut impl FnMut(usize, usize, usize)) {
        let gram = gram_at(text, at);
        let bucket = bucket(hash(gram));
        for number in self.starts[bucket]..self.starts[bucket + 1] {
            let entry = self.entries[number as usize];
            if entry.gram != gram {
                continue;
            }
            let (start, len) = (entry.start as usize, usize::from(entry.len));
            let keyword = &self.letters[start..start + len];
            if let Some(start) = at.checked_sub(usize::from(entry.offset))
                && text.get(start..start + len).is_some_and(|t| t.eq_ignore_ascii_case(keyword))
            {
                found(usize::from(self.numbers[number as usize]), start, len);
            }
        }
    }
}

#[inline]
fn gram_at(text: &[u8], at: usize) -> u32 {
    fold(text[at..at + 4].try_into().expect("four bytes"))
}

#[inline]
fn fold(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes) & FOLD
}

#[inline]
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(0x9E37_79B1) >> (32 - BITMAP_BITS)
}

fn bucket(hash: u32) -> usize {
    (hash >> (BITMAP_BITS - BUCKET_BITS)) as usize
}

/// The four bytes of a keyword that are least frequent in source text: by
/// measured frequency, and among those not measured by their letters.
fn rarest(keyword: &[u8], frequency: impl Fn(u32) -> u32) -> (u8, u32) {
    let letters = |bytes: &[u8]| bytes.iter().map(|&b| byte_frequency(b)).product::<u32>();
    let (offset, _) = keyword
        .windows(4)
        .enumerate()
        .min_by_key(|&(at, bytes)| (frequency(gram_at(keyword, at)), letters(bytes)))
        .expect("a keyword of four bytes or more");
    (u8::try_from(offset).expect("a keyword of fewer than 256 bytes"), gram_at(keyword, offset))
}

/// How frequent a byte is in source text, coarsely, 1 (rare) to 30.
fn byte_frequency(byte: u8) -> u32 {
    match byte.to_ascii_lowercase() {
        b'e' | b't' => 30,
        b'a' | b'i' | b'n' | b'o' | b'r' | b's' => 22,
        b'c' | b'd' | b'l' | b'p' | b'u' | b'm' => 12,
        b'f' | b'g' | b'h' | b'b' | b'y' | b'_' => 7,
        b'v' | b'k' | b'w' | b'-' | b'.' | b'0' | b'1' => 4,
        b'x' | b'2'..=b'9' | b'/' | b':' | b'=' => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(keywords: &[&str], text: &str) -> Vec<(usize, usize)> {
        let mut hits = Vec::new();
        let keywords: Vec<String> = keywords.iter().map(|&k| k.to_owned()).collect();
        let grams = Grams::build(&keywords, |_| 0);
        // Two parts, wherever they meet, find what one finds.
        let meet = text.len() / 2;
        grams.for_each(text.as_bytes(), 0..meet, |keyword, at, _| hits.push((keyword, at)));
        grams
            .for_each(text.as_bytes(), meet..text.len(), |keyword, at, _| hits.push((keyword, at)));
        hits.sort_unstable();
        hits
    }

    #[test]
    fn every_occurrence_of_every_keyword_is_found_in_any_case() {
        assert_eq!(
            hits(&["ghp_", "hf_", "password"], "GHP_ hf_x PassWord ghp_"),
            [(0, 0), (0, 19), (1, 5), (2, 10)]
        );
    }

    #[test]
    fn a_keyword_is_found_at_every_offset_of_a_block() {
        for pad in 0..20 {
            let text = format!("{}ghp_{}", " ".repeat(pad), "x".repeat(20 - pad));
            assert_eq!(hits(&["ghp_"], &text), [(0, pad)]);
        }
    }

    #[test]
    fn near_misses_and_short_texts_are_quiet() {
        assert!(hits(&["ghp_", "-----begin"], "ghp ----begin gh").is_empty());
        assert!(hits(&["ghp_"], "gh").is_empty());
    }
}
