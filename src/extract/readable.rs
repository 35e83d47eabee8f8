//! Whether decoded bytes are text, and how far.

use super::encoding;
use super::runs::SHORTEST;

/// Decoded bytes as text: UTF-16 as UTF-8, and only as far as they are text.
pub(super) fn readable(bytes: Vec<u8>) -> Option<Vec<u8>> {
    match encoding::guess_utf16(&bytes) {
        Some(order) => Some(encoding::from_utf16(&bytes, order)),
        None => readable_head(bytes),
    }
}

/// Decoded bytes as far as they are text.
pub(super) fn readable_head(bytes: Vec<u8>) -> Option<Vec<u8>> {
    if is_readable(&bytes) {
        return Some(bytes);
    }
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let len = bytes[..valid].iter().take_while(|byte| !is_control(**byte)).count();
    (len >= SHORTEST / 4 * 3).then(|| bytes[..len].to_vec())
}

/// Whether nine of ten bytes are of text.
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    let other: usize = bytes
        .utf8_chunks()
        .map(|chunk| {
            let controls = chunk.valid().bytes().filter(|byte| is_control(*byte)).count();
            controls + chunk.invalid().len()
        })
        .sum();
    other * 10 <= bytes.len()
}

/// Whether the first bytes of something are of text: ASCII, or its UTF-16.
pub(super) fn begins_readable(head: &[u8]) -> bool {
    let ascii = head.iter().filter(|byte| byte.is_ascii() && !is_control(**byte)).count();
    ascii * 10 >= head.len() * 9 || encoding::guess_utf16(head).is_some()
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}
