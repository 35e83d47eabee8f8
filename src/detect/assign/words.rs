//! Lists of words from `rules/words/`, one a line, in any order.

use std::sync::OnceLock;

/// A list, sorted when it is first asked.
#[derive(Debug)]
pub(in crate::detect) struct WordList {
    text: &'static str,
    sorted: OnceLock<Vec<&'static [u8]>>,
}

impl WordList {
    pub(in crate::detect) const fn new(text: &'static str) -> Self {
        Self { text, sorted: OnceLock::new() }
    }

    /// Whether `word`, in lower case, is in the list.
    pub(in crate::detect) fn holds(&self, word: &[u8]) -> bool {
        self.entries().binary_search(&word).is_ok()
    }

    /// Whether an entry stands anywhere in `text`, in lower case.
    pub(in crate::detect) fn stands_in(&self, text: &[u8]) -> bool {
        self.entries().iter().any(|word| memchr::memmem::find(text, word).is_some())
    }

    fn entries(&self) -> &[&'static [u8]] {
        self.sorted.get_or_init(|| {
            let mut words: Vec<&[u8]> =
                self.text.lines().filter(|line| !line.is_empty()).map(str::as_bytes).collect();
            words.sort_unstable();
            words
        })
    }
}
