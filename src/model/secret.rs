//! The one type in which a secret's bytes live, and the two views of it that
//! may leave the program: a fingerprint and a mask. There is no `Display`.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::Rule;

/// The bytes of a secret: no quotes, no variable name, escapes undone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret {
    bytes: Box<[u8]>,
    strength: Strength,
}

/// Whether a word list could find a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Fewer than about 60 bits, such as a human password. Its hash would give
    /// it away, so none is shown and the stored digest is cut to 4 hex digits.
    Weak,
    /// Nothing short of the value itself leads from its hash to it.
    Strong,
}

impl Strength {
    /// Of the values of `rule`.
    pub fn of(rule: &Rule) -> Self {
        if rule.weak { Self::Weak } else { Self::Strong }
    }
}

impl Secret {
    /// Takes the value's bytes. They do not come out again but by [`Secret::expose`].
    pub fn new(bytes: &[u8], strength: Strength) -> Self {
        Self { bytes: bytes.into(), strength }
    }

    /// The raw bytes, for hashing and comparing. Whoever calls this must not
    /// let them reach an output, an error, a file or an argument list.
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a word list could find this value.
    pub fn strength(&self) -> Strength {
        self.strength
    }

    /// `sha256:` and 8 hex digits, or none for a weak value.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        (self.strength == Strength::Strong).then(|| self.fingerprint_even_if_weak())
    }

    /// The fingerprint of a value that may be weak. Only `--reveal-fingerprints`
    /// and the redactor's own pseudonyms may ask for it.
    pub fn fingerprint_even_if_weak(&self) -> Fingerprint {
        let digest = Sha256::digest(&self.bytes);
        Fingerprint([digest[0], digest[1], digest[2], digest[3]])
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.bytes.len())
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        // Best effort without unsafe: the allocation is blanked before it is freed.
        self.bytes.fill(0);
        std::hint::black_box(&self.bytes);
    }
}

/// What an application may print at start-up to say which key it loaded:
/// `sha256:` and the first 8 hex digits of SHA-256 of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 4]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{:08x}", u32::from_be_bytes(self.0))
    }
}

/// What is shown in place of a value: its rule's public prefix and an
/// ellipsis. Nothing of a generic value, never a tail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked(String);

impl Masked {
    /// Masks `secret`, of which `prefix` is public (`ghp_`, `sk-ant-api03-`).
    /// A prefix the value does not start with is not shown.
    pub fn new(secret: &Secret, prefix: &str) -> Self {
        let shown = if secret.bytes.starts_with(prefix.as_bytes()) { prefix } else { "" };
        Self(format!("{shown}…"))
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_view_of_a_secret_holds_its_bytes() {
        let secret = Secret::new(b"canary-value", Strength::Strong);
        let views =
            format!("{secret:?} {} {}", Masked::new(&secret, ""), secret.fingerprint().unwrap());
        assert!(!views.contains("canary"));
    }

    #[test]
    fn the_fingerprint_is_the_head_of_sha256() {
        // `printf abc | sha256sum` starts with ba7816bf (FIPS 180-2, appendix B.1).
        let secret = Secret::new(b"abc", Strength::Strong);
        assert_eq!(secret.fingerprint().unwrap().to_string(), "sha256:ba7816bf");
        assert!(Secret::new(b"abc", Strength::Weak).fingerprint().is_none());
    }

    #[test]
    fn a_mask_shows_a_public_prefix_that_is_there_and_nothing_else() {
        let secret = Secret::new(b"ghp_0123456789", Strength::Strong);
        assert_eq!(Masked::new(&secret, "ghp_").to_string(), "ghp_…");
        assert_eq!(Masked::new(&secret, "gho_").to_string(), "…");
    }
}
