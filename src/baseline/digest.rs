//! What the baseline stores of a value: a keyed hash, cut short where the
//! value is weak.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::model::{Secret, Strength, hex};

/// 16 bytes, public, that make tables of digests worthless across projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Salt([u8; 16]);

/// First 16 bytes of HMAC-SHA256(salt, value); the first 2 for a weak value.
/// Names its salt by the salt's first 2 bytes.
#[derive(Clone, Copy)]
pub struct Digest {
    salt: [u8; 2],
    mac: [u8; 16],
    strength: Strength,
}

/// The text is no salt or digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHex;

impl Salt {
    /// A salt from the system's source of randomness.
    pub(super) fn random() -> Result<Self, std::io::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The salt of these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl Digest {
    /// The digest of `value` under `salt`.
    pub fn of(salt: &Salt, value: &Secret) -> Self {
        Self::whole(salt, value).cut(value.strength())
    }

    fn whole(salt: &Salt, value: &Secret) -> Self {
        let mut hmac =
            Hmac::<Sha256>::new_from_slice(&salt.0).expect("HMAC takes a key of any length");
        hmac.update(value.expose());
        let full = hmac.finalize().into_bytes();
        let mut mac = [0; 16];
        mac.copy_from_slice(&full[..16]);
        Self { salt: [salt.0[0], salt.0[1]], mac, strength: Strength::Strong }
    }

    /// Every digest an entry about `value` may have. A weak value is also
    /// known by its whole digest, made when a rule held it for strong; never
    /// the other way, or another strong value could pass by its first 2 bytes.
    pub(super) fn candidates(salt: &Salt, value: &Secret) -> impl Iterator<Item = Self> {
        let own = Self::of(salt, value);
        let whole = match value.strength() {
            Strength::Strong => None,
            Strength::Weak => Some(Self::whole(salt, value)),
        };
        [Some(own), whole].into_iter().flatten()
    }

    /// Whether `salt` may be the one this digest was made with.
    pub fn names(&self, salt: &Salt) -> bool {
        salt.0[..2] == self.salt
    }

    /// How much of the value it gives away: a weak value's is cut.
    pub fn strength(&self) -> Strength {
        self.strength
    }

    fn cut(mut self, strength: Strength) -> Self {
        self.strength = strength;
        match strength {
            Strength::Strong => {}
            Strength::Weak => self.mac[2..].fill(0),
        }
        self
    }

    fn mac(&self) -> &[u8] {
        match self.strength {
            Strength::Strong => &self.mac,
            Strength::Weak => &self.mac[..2],
        }
    }
}

/// As their hex texts compare: a shorter one that is a prefix comes first.
impl Ord for Digest {
    fn cmp(&self, other: &Self) -> Ordering {
        self.salt.cmp(&other.salt).then_with(|| self.mac().cmp(other.mac()))
    }
}

impl PartialOrd for Digest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Digest {}

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.salt.hash(state);
        self.mac().hash(state);
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, &self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, &self.salt)?;
        f.write_str(":")?;
        hex::write(f, self.mac())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Salt {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        Ok(Self(from_hex(text)?))
    }
}

impl FromStr for Digest {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let (salt, mac) = text.split_once(':').ok_or(NotHex)?;
        let salt = from_hex(salt)?;
        if mac.len() == 4 {
            let head: [u8; 2] = from_hex(mac)?;
            let mut mac = [0; 16];
            mac[..2].copy_from_slice(&head);
            Ok(Self { salt, mac, strength: Strength::Weak })
        } else {
            Ok(Self { salt, mac: from_hex(mac)?, strength: Strength::Strong })
        }
    }
}

fn from_hex<const N: usize>(text: &str) -> Result<[u8; N], NotHex> {
    hex::lower(text.as_bytes()).and_then(hex::array).ok_or(NotHex)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: Salt = Salt::from_bytes([0x0b; 16]);

    #[test]
    fn a_digest_is_the_head_of_hmac_sha256() {
        // `printf 'Hi There' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b0b…0b` (16 bytes)
        let strong = Digest::of(&SALT, &Secret::new(b"Hi There", Strength::Strong));
        assert_eq!(strong.to_string(), "0b0b:492ce020fe2534a5789dc3848806c78f");
    }

    #[test]
    fn a_weak_value_keeps_four_digits() {
        let weak = Digest::of(&SALT, &Secret::new(b"Hi There", Strength::Weak));
        assert_eq!(weak.to_string(), "0b0b:492c");
        assert_eq!(weak, "0b0b:492c".parse().unwrap());
    }

    #[test]
    fn text_that_is_no_digest_is_refused() {
        for text in ["", "0b0b", "0b0b:", "0b0b:492", "0B0B:492c", "0b0b:492c4", ":492c", "0b:492c"]
        {
            assert_eq!(text.parse::<Digest>(), Err(NotHex), "{text}");
        }
        assert!("0b0b:492ce020fe2534a5789dc3848806c78f00".parse::<Digest>().is_err());
        assert!("0b".parse::<Salt>().is_err());
    }

    #[test]
    fn digests_sort_as_their_texts_do() {
        let mut digests: Vec<Digest> =
            ["0b0b:492c", "0b0b:492ce020fe2534a5789dc3848806c78f", "0b0b:492d", "0a0b:ffff"]
                .map(|text| text.parse().unwrap())
                .to_vec();
        digests.sort();
        let texts: Vec<String> = digests.iter().map(ToString::to_string).collect();
        let mut sorted = texts.clone();
        sorted.sort();
        assert_eq!(texts, sorted);
    }
}
