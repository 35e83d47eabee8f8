//! Public keys of NATS: base32 of a byte that says whose key it is, the key and
//! a CRC-16 of both (nats-io/nkeys, `README.md`, "Encoding"). Owns telling them
//! from seeds, which begin with `S` and are secrets.

/// Letters of base32 in a public key: 35 bytes.
const LEN: usize = 56;
/// The first letter: account, cluster, server, operator, user, curve key.
const OWNERS: &[u8] = b"ACNOUX";

/// Whether `value` is one, by its checksum.
pub(super) fn is_public(value: &[u8]) -> bool {
    value.len() == LEN
        && OWNERS.contains(&value[0])
        && decode(value).is_some_and(|bytes| {
            let (body, tail) = bytes.split_at(bytes.len() - 2);
            crc16(body).to_le_bytes() == tail
        })
}

fn decode(value: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(value.len() * 5 / 8);
    let (mut buffer, mut bits) = (0_u32, 0);
    for &letter in value {
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        buffer = buffer << 5 | u32::from(digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// CRC-16 with the polynomial 0x1021, from zero (XMODEM).
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            crc << 1 ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`decode`] undoes.
    fn encode(bytes: &[u8]) -> Vec<u8> {
        let bit = |at: usize| bytes[at / 8] >> (7 - at % 8) & 1;
        let digit = |at: usize| (at..at + 5).fold(0, |sum, at| sum << 1 | bit(at));
        let digits = (0..bytes.len() * 8 / 5).map(|n| usize::from(digit(n * 5)));
        digits.map(|digit| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[digit]).collect()
    }

    #[test]
    fn a_public_key_is_told_by_its_checksum() {
        let mut key: Vec<u8> =
            std::iter::once(20 << 3).chain((0..32).map(|n: u8| n.wrapping_mul(37))).collect();
        key.extend(crc16(&key).to_le_bytes());
        let mut text = encode(&key);
        assert!(text.starts_with(b"U") && is_public(&text));
        text[20] ^= 1;
        assert!(!is_public(&text));
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }
}
