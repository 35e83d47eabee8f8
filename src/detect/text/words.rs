//! Lists of words, as the build script sorted them.

use std::ops::Range;

use crate::rules::words::Entries;

/// A list of `rules/words/`.
#[derive(Debug, Clone, Copy)]
pub(in crate::detect) struct WordList(pub(in crate::detect) &'static Entries);

impl WordList {
    /// Whether `word`, in lower case, is in the list.
    pub(in crate::detect) fn holds(self, word: &[u8]) -> bool {
        self.at_least(word) == Some(word)
    }

    /// Whether an entry begins with `head`, in lower case.
    pub(in crate::detect) fn begins_one(self, head: &[u8]) -> bool {
        self.at_least(head).is_some_and(|entry| entry.starts_with(head))
    }

    /// The first entry that is not before `word`.
    fn at_least(self, word: &[u8]) -> Option<&'static [u8]> {
        let at = self.before(word);
        (at < self.0.ends.len()).then(|| self.entry(at))
    }

    /// How many entries are before `word`.
    fn before(self, word: &[u8]) -> usize {
        let Range { start: mut low, end: mut high } =
            word.first().map_or(0..0, |&first| self.headed(first));
        while low < high {
            let middle = low.midpoint(high);
            if self.entry(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The numbers of the entries that begin with this byte.
    fn headed(self, first: u8) -> Range<usize> {
        let first = usize::from(first);
        usize::from(self.0.heads[first])..usize::from(self.0.heads[first + 1])
    }

    /// Whether an entry stands anywhere in `text`, in lower case.
    pub(in crate::detect) fn stands_in(self, text: &[u8]) -> bool {
        self.places(text).next().is_some()
    }

    /// Where in `text`, in lower case, an entry stands, and how long it is.
    pub(in crate::detect) fn places(self, text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
        (0..text.len()).flat_map(move |at| {
            let rest = &text[at..];
            let entries = self.headed(rest[0]).map(move |number| self.entry(number));
            entries.filter(|entry| rest.starts_with(entry)).map(move |entry| (at, entry.len()))
        })
    }

    /// The entries.
    pub(in crate::detect) fn entries(self) -> impl Iterator<Item = &'static [u8]> {
        (0..self.0.ends.len()).map(move |at| self.entry(at))
    }

    fn entry(self, at: usize) -> &'static [u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.0.ends[before]);
        &self.0.letters[start as usize..self.0.ends[at] as usize]
    }
}
