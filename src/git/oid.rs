//! Object names: SHA-1 or SHA-256, never text until they are shown.

use std::fmt;

use crate::model::hex;

/// The name of an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid {
    bytes: [u8; 32],
    len: u8,
}

impl Oid {
    /// Reads 40 or 64 hex digits.
    pub fn from_hex(digits: &[u8]) -> Option<Self> {
        let len = match digits.len() {
            40 => 20,
            64 => 32,
            _ => return None,
        };
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks().0) {
            *byte = hex::byte(*pair)?;
        }
        Some(Self { bytes, len })
    }

    /// Takes the raw bytes of a SHA-1 or SHA-256.
    pub(super) fn from_raw(raw: &[u8]) -> Option<Self> {
        let len = u8::try_from(raw.len()).ok().filter(|len| matches!(len, 20 | 32))?;
        let mut bytes = [0; 32];
        bytes[..raw.len()].copy_from_slice(raw);
        Some(Self { bytes, len })
    }

    /// The raw bytes.
    pub(super) fn as_raw(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// Whether it is the name of nothing: a ref that does not exist, a content
    /// that is not in the index.
    pub fn is_zero(&self) -> bool {
        self.bytes == [0; 32]
    }

    /// The tree without entries, which git knows without storing it.
    pub(super) fn empty_tree(self) -> &'static str {
        match self.len {
            20 => "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            _ => "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
        }
    }

    /// The content without bytes.
    pub(super) fn empty_blob(self) -> Self {
        let hex: &[u8] = match self.len {
            20 => b"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
            _ => b"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
        };
        Self::from_hex(hex).expect("40 and 64 hex digits are a name")
    }

    /// The zero name of a repository's object format, as git spells the format.
    pub(super) fn zero(format: &[u8]) -> Self {
        Self { bytes: [0; 32], len: if format == b"sha256" { 32 } else { 20 } }
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, self.as_raw())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_and_shows_the_same_digits() {
        for hex in ["4b825dc642cb6eb9a060e54bf8d69288fbee4904", &"0f".repeat(32)] {
            assert_eq!(Oid::from_hex(hex.as_bytes()).unwrap().to_string(), hex);
        }
        assert!(Oid::from_hex(b"4b825d").is_none());
        assert!(Oid::from_hex(&[b'g'; 40]).is_none());
    }
}
