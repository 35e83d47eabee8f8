//! The seeds of NATS (github.com/nats-io/nkeys): base32 of a prefix, 32 bytes and their
//! CRC-16.

/// Whether a seed ends with the CRC-16/XMODEM of what stands before it, little-endian.
pub(super) fn is_seed(value: &[u8]) -> bool {
    let bytes = base32(value);
    bytes
        .split_last_chunk()
        .is_some_and(|(body, tail): (&[u8], &[u8; 2])| crc16(body) == u16::from_le_bytes(*tail))
}

fn crc16(bytes: &[u8]) -> u16 {
    let shift = |crc: u16| (crc << 1) ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 };
    bytes.iter().fold(0, |crc, &byte| (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| shift(crc)))
}

/// The whole bytes of base32 without padding (RFC 4648, 6); none of another text.
fn base32(text: &[u8]) -> Vec<u8> {
    let (mut bytes, mut rest, mut bits) = (Vec::new(), 0_u32, 0);
    for &byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => return Vec::new(),
        };
        rest = rest << 5 | u32::from(digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((rest >> bits) as u8);
            rest &= (1 << bits) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_of_the_documentation_has_its_checksum() {
        let seed = ["SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6B", "FDTJ7M6USDXIEDNPPQYYYCU3VY"].concat();
        assert!(is_seed(seed.as_bytes()));
        assert!(!is_seed(seed.replace("SSL3", "SSL4").as_bytes()));
        assert!(!is_seed(b"SU1") && !is_seed(b""));
    }
}
