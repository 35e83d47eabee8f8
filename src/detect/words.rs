//! Lists of words, as the build script sorted them.

/// A list of `rules/words/`.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordList(pub(super) &'static [&'static [u8]]);

impl WordList {
    /// Whether `word`, in lower case, is in the list.
    pub(super) fn holds(self, word: &[u8]) -> bool {
        self.0.binary_search(&word).is_ok()
    }

    /// Whether an entry stands anywhere in `text`, in lower case.
    pub(super) fn stands_in(self, text: &[u8]) -> bool {
        self.0.iter().any(|word| memchr::memmem::find(text, word).is_some())
    }
}
