//! Keys written as a list of their bytes: `[]byte{53, 54, …}`, `{0x35, 0x34, …}`. Owns whether
//! the numbers may be drawn.

use super::{placeholder, shape};

/// So many bytes at least make a key.
const SHORTEST: usize = 8;

/// Whether `value` is a list of numbers that a machine may have drawn, each of them a byte.
pub(super) fn is_key(value: &[u8]) -> bool {
    let Some(bytes) = bytes(value).filter(|bytes| bytes.len() >= SHORTEST) else {
        return false;
    };
    let mut kinds = bytes.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() * 4 >= bytes.len() * 3
        && !is_identifier(&bytes)
        && !is_text(&bytes)
        && !is_small(value, &bytes)
        && !counts(value, &bytes)
}

/// The numbers of a list, if all are; those too large for a byte as the largest one.
fn bytes(value: &[u8]) -> Option<Vec<u8>> {
    if !value.contains(&b',') {
        return None;
    }
    value.split(|&b| b == b',').map(|number| byte(number.trim_ascii())).collect()
}

/// `0x8f`, `143`.
fn byte(number: &[u8]) -> Option<u8> {
    let number = std::str::from_utf8(number).ok()?;
    let hex = number.strip_prefix("0x").or_else(|| number.strip_prefix("0X"));
    let number = hex.map_or_else(|| number.parse::<u32>(), |hex| u32::from_str_radix(hex, 16));
    Some(u8::try_from(number.ok()?).unwrap_or(u8::MAX))
}

/// `0x6b, 0x65, 0x79, 0x20, …`: words, with a blank among them.
fn is_text(bytes: &[u8]) -> bool {
    bytes.contains(&b' ') && bytes.iter().all(|b| b.is_ascii_alphabetic() || *b == b' ')
}

/// `0x06, 0x09, 0x60, …`: an object identifier in DER (X.690, 8.19), by its tag and its length.
fn is_identifier(bytes: &[u8]) -> bool {
    bytes[0] == 6 && usize::from(bytes[1]) + 2 == bytes.len()
}

/// `43, 6, 1, 5, 5, 7, 48, 1`, `57, 49, 41, 33, …`: the parts of an object identifier, places in
/// a table, which nobody writes in hex. Of drawn bytes a quarter are that small.
fn is_small(value: &[u8], bytes: &[u8]) -> bool {
    memchr::memmem::find(value, b"0x").is_none()
        && bytes.iter().filter(|&&byte| byte < 0x40).count() * 4 >= bytes.len() * 3
}

/// `0, 2, 8, 10, 12, …`, `0x01, 0x23, 0x45, …`: whether they, or their digits, count.
fn counts(value: &[u8], bytes: &[u8]) -> bool {
    let last: Vec<u8> = value
        .split(|&b| b == b',')
        .filter_map(|number| number.trim_ascii_end().last().copied())
        .collect();
    let written: Vec<u8> =
        bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    shape::is_sequence(&last) || placeholder::is_filler(&written, b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_bytes_are_keys_and_other_lists_are_none() {
        for list in [
            "53, 12, 101, 7, 44, 19, 230, 8, 99",
            "0x35, 0x34, 0x65, 0x9b, 0x1c, 023, 010, 041, 033, 043, 000",
            "0x5a,0x91, 0x0c,0xee,\n 0x37,0xd2,0x48,0xb6",
        ] {
            assert!(is_key(list.as_bytes()), "{list}");
        }
        for list in [
            "0, 2, 8, 10, 12, 14, 16, 18, 20",
            "43, 6, 1, 5, 5, 7, 48, 1",
            "2, 16, 840, 1, 101, 3, 2, 1, 48, 11",
            "57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34",
            "0x01,0x23,0x45,0x67,0x89,0xab,0xcd,0xef",
            "0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0",
            "5, 9, 2",
            "0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0b",
            "0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00",
        ] {
            assert!(!is_key(list.as_bytes()), "{list}");
        }
    }
}
