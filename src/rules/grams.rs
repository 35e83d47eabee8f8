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

/// Bits of the bitmap, as a power of two: 16 KiB stay in the first-level cache.
const BITMAP_BITS: u32 = 17;
/// Words of the bitmap.
const WORDS: usize = 1 << (BITMAP_BITS - 6);
/// The bits of four bytes that are looked at, the first byte lowest.
const FOLD: u32 = 0xD8DF_DFDF;
/// Buckets of the exact lookup, as a power of two.
const BUCKET_BITS: u32 = 12;

/// Which keywords a text holds.
#[derive(Debug)]
pub struct Grams {
    /// One bit a hash of a folded gram.
    pub bitmap: Cow<'static, [u64]>,
    /// Entries of bucket `b` are `entries[starts[b]..starts[b + 1]]`.
    pub starts: Cow<'static, [u32]>,
    /// Folded gram, keyword number, offset of the gram in the keyword.
    pub entries: Cow<'static, [(u32, u16, u8)]>,
    /// The keywords, lower case.
    pub keywords: Cow<'static, [Cow<'static, str>]>,
}

impl Grams {
    /// Builds the table. Keywords are lower-case ASCII of at least three
    /// bytes; `frequency` says how often a folded gram stands in a megabyte of
    /// source text, as far as that is known.
    ///
    /// # Panics
    /// With more than 65,536 keywords, or one of more than 255 bytes.
    pub fn build(keywords: Vec<String>, frequency: impl Fn(u32) -> u32) -> Self {
        let mut entries = Vec::new();
        for (number, keyword) in keywords.iter().enumerate() {
            let bytes = keyword.as_bytes();
            let number = u16::try_from(number).expect("fewer than 65,536 keywords");
            if let &[first, second, third] = bytes {
                let any_fourth = (0..=u8::MAX).map(|fourth| fold([first, second, third, fourth]));
                entries.extend(any_fourth.map(|gram| (gram, number, 0)));
            } else {
                let (offset, gram) = rarest(bytes, &frequency);
                entries.push((gram, number, offset));
            }
        }
        entries.sort_unstable_by_key(|&(gram, number, offset)| {
            (bucket(hash(gram)), gram, number, offset)
        });
        entries.dedup();
        let mut bitmap = vec![0u64; WORDS];
        let mut starts = vec![0u32; (1 << BUCKET_BITS) + 1];
        for &(gram, ..) in &entries {
            let hash = hash(gram);
            bitmap[(hash >> 6) as usize] |= 1 << (hash & 63);
            starts[bucket(hash) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            bitmap: bitmap.into(),
            starts: starts.into(),
            entries: entries.into(),
            keywords: keywords.into_iter().map(Cow::Owned).collect(),
        }
    }

    /// Calls `found(keyword number, offset)` for every keyword that stands in
    /// `text`, in any case, and whose rarest bytes begin in `part`: parts that
    /// divide a text divide its keywords. Offsets of one keyword ascend.
    /// A three-byte keyword at the very end of the text is not reported: a
    /// value must follow it anyway.
    ///
    /// # Panics
    /// Never: every table is built with the size of the bitmap.
    pub fn for_each(&self, text: &[u8], part: Range<usize>, mut found: impl FnMut(usize, usize)) {
        let bitmap: &[u64; WORDS] =
            (&*self.bitmap).try_into().expect("every table is built with this size");
        let is_hit = |gram: u32| {
            let hash = hash(gram);
            (bitmap[(hash >> 6) as usize] >> (hash & 63)) & 1
        };
        let end = part.end.min(text.len().saturating_sub(3));
        let mut at = part.start;
        // Eight positions are tested before the one branch on their result.
        while at + 8 <= end {
            let block = &text[at..at + 11];
            let mut hits = 0;
            for offset in 0..8 {
                hits |= is_hit(gram_at(block, offset)) << offset;
            }
            while hits != 0 {
                let offset = hits.trailing_zeros() as usize;
                hits &= hits - 1;
                self.look_up(text, at + offset, &mut found);
            }
            at += 8;
        }
        for at in at..end {
            if is_hit(gram_at(text, at)) == 1 {
                self.look_up(text, at, &mut found);
            }
        }
    }

    fn look_up(&self, text: &[u8], at: usize, found: &mut impl FnMut(usize, usize)) {
        let gram = gram_at(text, at);
        let bucket = bucket(hash(gram));
        let entries = &self.entries[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        for &(entry, number, offset) in entries {
            if entry != gram {
                continue;
            }
            let keyword = self.keywords[number as usize].as_bytes();
            if let Some(start) = at.checked_sub(usize::from(offset))
                && text
                    .get(start..start + keyword.len())
                    .is_some_and(|t| t.eq_ignore_ascii_case(keyword))
            {
                found(number as usize, start);
            }
        }
    }
}

fn gram_at(text: &[u8], at: usize) -> u32 {
    fold(text[at..at + 4].try_into().expect("four bytes"))
}

fn fold(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes) & FOLD
}

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
        let grams = Grams::build(keywords.iter().map(|&k| k.to_owned()).collect(), |_| 0);
        // Two parts, wherever they meet, find what one finds.
        let meet = text.len() / 2;
        grams.for_each(text.as_bytes(), 0..meet, |keyword, at| hits.push((keyword, at)));
        grams.for_each(text.as_bytes(), meet..text.len(), |keyword, at| hits.push((keyword, at)));
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
