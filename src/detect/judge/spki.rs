//! Public keys as `OpenSSL` writes them: base64 of a `SubjectPublicKeyInfo`, the algorithm
//! and a bit string (RFC 5280, 4.1). Owns telling them from private keys, whose DER begins
//! with a number, and encrypted ones, which end with an octet string (RFC 5958).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::detect::text::der::sequence;

/// Letters of base64 in the shortest, one of 32 bytes.
const SHORTEST: usize = 58;
/// How many of them are decoded: the algorithm fits.
const HEAD: usize = 64;

const BIT_STRING: u8 = 0x03;

/// Whether `value` is one.
pub(in crate::detect) fn is_public(value: &[u8]) -> bool {
    is_of_ssh(value) || is_of_openssl(value) || is_point(value)
}

/// `vapidKey: 'B…'`: a point of P-256 as it is, 65 bytes that begin with 4 (SEC 1, 2.3.3), as
/// browsers take the key that a push is signed for (Push API, 7.2).
fn is_point(value: &[u8]) -> bool {
    const LEN: usize = 65;
    let value = value.strip_suffix(b"=").unwrap_or(value);
    let is_as_long = value.len() == 87 && value[0] == b'B';
    let point = is_as_long.then(|| URL_SAFE_NO_PAD.decode(value).ok()).flatten();
    point.is_some_and(|point| point.len() == LEN && point[0] == 4)
}

/// `AAAAB3NzaC1yc2E…`: what stands behind the algorithm in a line of `authorized_keys`, which
/// names the algorithm again behind its length (RFC 4253, 6.6); a private key has no such head.
fn is_of_ssh(value: &[u8]) -> bool {
    // As much of them as eight bytes hold: `sk-` alone begins keys of many issuers.
    const NAMES: [&[u8]; 6] =
        [b"ssh-rsa", b"ssh-dss", b"ssh-ed", b"ecdsa-sh", b"sk-ssh-e", b"sk-ecdsa"];
    let head = value.get(..16);
    let head = head.and_then(|head| STANDARD.decode(head).ok()).unwrap_or_default();
    let names = |head: &[u8]| NAMES.iter().any(|name| head.starts_with(name));
    // The whole line, in base64 once more.
    names(&head) || head.starts_with(&[0, 0, 0]) && names(&head[4..])
}

fn is_of_openssl(value: &[u8]) -> bool {
    let head = &value[..value.len().min(HEAD) / 4 * 4];
    let der = (value.len() >= SHORTEST && value[0] == b'M').then(|| STANDARD.decode(head).ok());
    der.flatten().and_then(|der| behind_algorithm(&der)) == Some(BIT_STRING)
}

/// The type of what stands behind the algorithm.
fn behind_algorithm(der: &[u8]) -> Option<u8> {
    let (_, members) = sequence(der)?;
    let (len, algorithm) = sequence(members)?;
    algorithm.get(len).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sequence of `members`, as long as it says or not.
    fn encode(members: &[&[u8]]) -> Vec<u8> {
        let inner = members.concat();
        let der = [&[0x30, 0x81, inner.len() as u8], &inner[..]].concat();
        STANDARD.encode(der).into_bytes()
    }

    #[test]
    fn a_point_of_a_curve_is_public() {
        let encode = |head: u8, len: usize| {
            let point: Vec<u8> = [head].into_iter().chain((1..len as u8).map(|b| b * 3)).collect();
            URL_SAFE_NO_PAD.encode(point).into_bytes()
        };
        assert!(is_point(&encode(4, 65)));
        assert!(!is_point(&encode(5, 65)) && !is_point(&encode(4, 64)) && !is_point(b""));
    }

    #[test]
    fn a_public_key_is_told_from_private_ones() {
        let rsa: &[u8] = &[0x30, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0];
        let key: &[u8] = &[0x5a; 90];
        let public = encode(&[rsa, &[BIT_STRING, 90], key]);
        assert!(is_public(&public));
        let ssh = |name: &[u8]| STANDARD.encode([&[0, 0, 0, 11], name, &[0x5a; 36]].concat());
        assert!(is_public(ssh(b"ssh-ed25519").as_bytes()));
        assert!(!is_public(ssh(b"\x80q8ztR2mW5v").as_bytes()));
        assert!(is_public(STANDARD.encode("sk-ssh-ed25519@openssh.com q8zt").as_bytes()));
        assert!(!is_public(STANDARD.encode("sk-q8ztR2mW5vKx9LbT4nYc7").as_bytes()));
        let number: &[u8] = &[2, 1, 0];
        assert!(!is_public(&encode(&[number, rsa, &[4, 90], key])));
        assert!(!is_public(&encode(&[rsa, &[4, 90], key])));
        for len in 0..public.len() {
            assert_eq!(is_public(&public[..len]), len >= SHORTEST, "{len}");
        }
    }
}
