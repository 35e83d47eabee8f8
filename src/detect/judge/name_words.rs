//! The words that a name is written with.

/// The words of a name, lower case, without digits.
#[derive(Debug, Default)]
pub(in crate::detect) struct Words {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Words {
    /// Splits at separators, at humps of camel case and at digits; `APIkey` is
    /// `api`, `key`.
    pub(in crate::detect) fn of(name: &[u8]) -> Self {
        let mut words = Self { bytes: Vec::with_capacity(name.len()), ends: Vec::new() };
        let mut previous = b'_';
        for (at, &byte) in name.iter().enumerate() {
            let is_key = |at: usize| name[at..].starts_with(b"key");
            let begins = match byte {
                b'A'..=b'Z' if previous.is_ascii_uppercase() => {
                    name.get(at + 1).is_some_and(u8::is_ascii_lowercase) && !is_key(at + 1)
                }
                b'A'..=b'Z' => previous.is_ascii_lowercase(),
                b'k' => is_key(at) && ends_with_capitals(&name[..at]),
                _ => !byte.is_ascii_lowercase(),
            };
            if begins {
                words.close();
            }
            if byte.is_ascii_alphabetic() {
                words.bytes.push(byte.to_ascii_lowercase());
            }
            previous = byte;
        }
        words.close();
        words
    }

    fn close(&mut self) {
        if self.bytes.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.bytes.len());
        }
    }

    pub(in crate::detect) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of this number.
    pub(in crate::detect) fn get(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[at]]
    }

    /// The word before that of this number; empty before the first.
    pub(super) fn before(&self, at: usize) -> &[u8] {
        at.checked_sub(1).map_or(&[], |before| self.get(before))
    }

    /// All of them.
    pub(in crate::detect) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// All of them, written together.
    pub(in crate::detect) fn joined(&self) -> &[u8] {
        &self.bytes
    }
}

fn ends_with_capitals(head: &[u8]) -> bool {
    matches!(head, [.., a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
}
