//! The prefilter: which keywords stand where, in one pass over the bytes.
//!
//! Of every keyword its rarest four bytes are kept, folded: without the bit that
//! tells the cases of a letter, and of the fourth byte only the lower five, so that a
//! keyword of three bytes needs few grams. A table with a byte for every hash of a
//! gram answers "no" for nearly every position of a text at one load and one
//! multiplication. The few others are compared with what all keywords of their bucket
//! have in common around the gram, and what is left with the keywords themselves, so
//! what is told is exact.
//!
//! A window of the text goes through one step after the other. The first two take
//! no branch on what they see, which no processor could predict.
//!
//! The build script makes the tables of the built-in rules, so nothing is built at
//! start-up, and the cost of a position does not depend on the number of rules.

use std::borrow::Cow;
use std::ops::Range;

/// Bits of a hash. The table has a byte for each: it lies in the second-level cache,
/// and is faster than bits in the first, which take five instructions more to read.
const HASH_BITS: u32 = 18;
/// Hashes there are.
const HASHES: usize = 1 << HASH_BITS;
/// The bits of a byte that are looked at: all but the one that tells the cases of a letter.
const FOLD: u8 = 0xDF;
/// How many of the highest bits of a gram's fourth byte count for nothing.
const FREE_BITS: u32 = 3;
/// Positions that are tested together.
const BLOCK: usize = 16;
/// Bytes that are compared at once.
const EIGHT: usize = 8;
/// How many of those around a gram stand before it.
const BEFORE: usize = 2;
/// Buckets of the exact lookup, as a power of two.
const BUCKET_BITS: u32 = 13;
/// Buckets there are.
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Positions of a window, which all pass one step before the next …
const WINDOW: usize = 512;
/// … and its blocks.
const BLOCKS: usize = WINDOW / BLOCK;

/// Which keywords a text holds.
#[derive(Debug)]
pub struct Grams {
    /// For each hash of a folded gram 1 if some keyword has it, else 0.
    pub marks: Cow<'static, [u8]>,
    /// For each bucket what its keywords have in common: the bytes around the gram.
    pub common: Cow<'static, [Eight]>,
    /// Entries of bucket `b` are `entries[starts[b]..starts[b + 1]]`.
    pub starts: Cow<'static, [u32]>,
    /// What may stand where a gram was seen.
    pub entries: Cow<'static, [Entry]>,
    /// The keywords, lower case, one behind the other.
    pub letters: Cow<'static, [u8]>,
}

/// Eight bytes, as far as they are known, in any case of their letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Eight {
    /// The bytes, the first lowest; 0 where not known.
    pub bits: u64,
    /// Which bits are known: of a letter all but the case.
    pub known: u64,
}

/// A keyword, where one of its grams was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// How the keyword begins.
    pub head: Eight,
    /// Where the keyword begins in `letters`.
    pub start: u32,
    /// The number of the keyword.
    pub number: u16,
    /// How long the keyword is.
    pub len: u8,
    /// Where in the keyword the gram begins.
    pub offset: u8,
}

/// Where the entries of each bucket begin, and behind them where the last ones end.
fn starts(buckets: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0; BUCKETS + 1];
    for bucket in buckets {
        starts[bucket + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
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
        let mut marks = vec![0; HASHES];
        let mut common = vec![None; BUCKETS];
        for (number, keyword) in keywords.iter().enumerate() {
            let bytes = keyword.as_bytes();
            let (offset, grams) = rarest(bytes, &frequency);
            let entry = Entry {
                head: Eight::of(bytes, 0, 0),
                start: u32::try_from(letters.len()).expect("fewer than 4 GB of letters"),
                number: u16::try_from(number).expect("fewer than 65,536 keywords"),
                len: u8::try_from(bytes.len()).expect("a keyword of fewer than 256 bytes"),
                offset,
            };
            let around = Eight::of(bytes, usize::from(offset), BEFORE);
            for gram in grams {
                marks[hash(gram)] = 1;
                let bucket = bucket(hash(gram));
                common[bucket] = Some(common[bucket].map_or(around, |other| around.and(other)));
                entries.push((bucket, entry));
            }
            letters.extend_from_slice(bytes);
        }
        entries.sort_unstable_by_key(|&(bucket, entry)| (bucket, entry.number));
        entries.dedup();
        let starts = starts(entries.iter().map(|&(bucket, _)| bucket));
        let entries: Vec<_> = entries.into_iter().map(|(_, entry)| entry).collect();
        Self {
            marks: marks.into(),
            common: common.into_iter().map(Option::unwrap_or_default).collect(),
            starts: starts.into(),
            entries: entries.into(),
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
    /// Never: every table is built with a mark for each hash.
    pub fn for_each(
        &self,
        text: &[u8],
        part: Range<usize>,
        mut found: impl FnMut(usize, usize, usize),
    ) {
        let end = part.end.min(text.len().saturating_sub(3));
        let mut folded = [0; WINDOW + 3];
        let mut blocks = [(0, 0); BLOCKS];
        let mut places = [0; WINDOW + 1];
        for start in (part.start..end).step_by(WINDOW) {
            let window = &text[start..end.min(start + WINDOW) + 3];
            let folded = &mut folded[..window.len()];
            for (folded, byte) in folded.iter_mut().zip(window) {
                *folded = byte & FOLD;
            }
            let blocks = self.possible(folded, &mut blocks);
            for place in self.probable(text, start, blocks, &mut places) {
                self.look_up(text, start + usize::from(*place), &mut found);
            }
        }
    }

    /// The blocks of a folded window in which a keyword may stand: where they begin, and
    /// at which of their positions, a bit each. A function of its own, or the compiler
    /// keeps too little of it in registers.
    #[inline(never)]
    fn possible<'b>(
        &self,
        folded: &[u8],
        blocks: &'b mut [(u32, u32); BLOCKS],
    ) -> &'b [(u32, u32)] {
        let marks: &[u8; HASHES] =
            (&*self.marks).try_into().expect("every table is built with a mark for each hash");
        let mark = |folded: &[u8], at: usize| {
            let gram = folded[at..at + 4].try_into().expect("four bytes");
            u32::from(marks[hash(u32::from_le_bytes(gram))])
        };
        let (mut count, mut at) = (0, 0);
        while let Some(block) = folded[at..].first_chunk::<{ BLOCK + 3 }>() {
            let hits = (0..BLOCK).rev().fold(0, |hits, place| hits * 2 + mark(block, place));
            blocks[count] = (at as u32, hits);
            count += usize::from(hits != 0);
            at += BLOCK;
        }
        let rest = (0..folded.len() - 3 - at).rev();
        let hits = rest.fold(0, |hits, place| hits * 2 + mark(folded, at + place));
        if hits != 0 {
            blocks[count] = (at as u32, hits);
            count += 1;
        }
        &blocks[..count]
    }

    /// The positions in `blocks` of the window at `start` around whose gram stands what
    /// the keywords of its bucket have in common.
    fn probable<'p>(
        &self,
        text: &[u8],
        start: usize,
        blocks: &[(u32, u32)],
        places: &'p mut [u16; WINDOW + 1],
    ) -> &'p [u16] {
        let common: &[Eight; BUCKETS] =
            (&*self.common).try_into().expect("every table is built with all buckets");
        let mut count = 0;
        for &(block, mut hits) in blocks {
            while hits != 0 {
                let place = (block + hits.trailing_zeros()) as usize;
                let at = start + place;
                places[count] = place as u16;
                let common = common[bucket(hash(gram_at(text, at)))];
                count += usize::from(common.fits(eight(text, at, BEFORE)));
                hits &= hits - 1;
            }
        }
        &places[..count]
    }

    fn look_up(&self, text: &[u8], at: usize, found: &mut impl FnMut(usize, usize, usize)) {
        let bucket = bucket(hash(gram_at(text, at)));
        let entries = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        for entry in &self.entries[entries] {
            let Some(start) = at.checked_sub(usize::from(entry.offset)) else { continue };
            if entry.head.fits(eight(text, start, 0)) && self.goes_on(entry, &text[start..]) {
                found(usize::from(entry.number), start, usize::from(entry.len));
            }
        }
    }

    /// Whether a text that begins like the keyword goes on like it.
    fn goes_on(&self, entry: &Entry, text: &[u8]) -> bool {
        let (start, len) = (entry.start as usize, usize::from(entry.len));
        let keyword = &self.letters[start..start + len];
        len <= EIGHT || text.get(..len).is_some_and(|text| text.eq_ignore_ascii_case(keyword))
    }
}

impl Eight {
    /// The bytes of a keyword from `before` bytes before `at`.
    fn of(keyword: &[u8], at: usize, before: usize) -> Self {
        let same = |&byte: &u8| if byte.is_ascii_alphabetic() { !0x20 } else { 0xFF };
        let known = eight(&keyword.iter().map(same).collect::<Vec<u8>>(), at, before);
        Self { bits: eight(keyword, at, before) & known, known }
    }

    /// What both know and say alike.
    fn and(self, other: Self) -> Self {
        let known = self.known & other.known & !(self.bits ^ other.bits);
        Self { bits: self.bits & known, known }
    }

    /// Whether these bytes are the known ones.
    #[inline]
    fn fits(self, eight: u64) -> bool {
        (eight ^ self.bits) & self.known == 0
    }
}

/// The eight bytes from `before` bytes before `at`, the first lowest; what the text lacks
/// counts as 0.
#[inline]
fn eight(text: &[u8], at: usize, before: usize) -> u64 {
    let whole = at.checked_sub(before).and_then(|from| text[from..].first_chunk());
    u64::from_le_bytes(whole.copied().unwrap_or_else(|| {
        let mut bytes = [0; EIGHT];
        for (place, byte) in bytes.iter_mut().enumerate() {
            let from = (at + place).checked_sub(before);
            *byte = from.and_then(|from| text.get(from)).copied().unwrap_or(0);
        }
        bytes
    }))
}

#[inline]
fn gram_at(text: &[u8], at: usize) -> u32 {
    fold(text[at..at + 4].try_into().expect("four bytes"))
}

#[inline]
fn fold(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes.map(|byte| byte & FOLD)) << FREE_BITS >> FREE_BITS
}

/// The free bits overflow here, so that they need not be masked.
#[inline]
fn hash(gram: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1 << FREE_BITS) >> (32 - HASH_BITS)) as usize
}

fn bucket(hash: usize) -> usize {
    hash >> (HASH_BITS - BUCKET_BITS)
}

/// The four bytes of a keyword that are least frequent in source text, and where
/// they begin: by measured frequency, and among those not measured by their
/// letters. Of three bytes, those with every fourth.
fn rarest(keyword: &[u8], frequency: impl Fn(u32) -> u32) -> (u8, Vec<u32>) {
    if let &[first, second, third] = keyword {
        return (0, (0..=u8::MAX).map(|fourth| fold([first, second, third, fourth])).collect());
    }
    let letters = |bytes: &[u8]| bytes.iter().map(|&b| byte_frequency(b)).product::<u32>();
    let (offset, _) = keyword
        .windows(4)
        .enumerate()
        .min_by_key(|&(at, bytes)| (frequency(gram_at(keyword, at)), letters(bytes)))
        .expect("a keyword of three bytes or more");
    let offset_byte = u8::try_from(offset).expect("a keyword of fewer than 256 bytes");
    (offset_byte, vec![gram_at(keyword, offset)])
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
