//! Which encoding bytes are in: UTF-8, UTF-16, or no text at all.

use std::borrow::Cow;

use crate::model::Scope;

/// How far a file is looked at before it is called binary, as git does.
const HEAD: usize = 8_000;

/// The bytes as UTF-8, and what may be looked for in them.
pub(super) fn to_utf8(bytes: &[u8]) -> (Cow<'_, [u8]>, Scope) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Cow::Borrowed(rest), scope(rest)),
        [0xFF, 0xFE, rest @ ..] => (Cow::Owned(from_utf16(rest, Order::Little)), Scope::Everything),
        [0xFE, 0xFF, rest @ ..] => (Cow::Owned(from_utf16(rest, Order::Big)), Scope::Everything),
        _ => match scope(bytes) {
            Scope::Tokens => match guess_utf16(bytes) {
                Some(order) => (Cow::Owned(from_utf16(bytes, order)), Scope::Everything),
                None => (Cow::Borrowed(bytes), Scope::Tokens),
            },
            scope => (Cow::Borrowed(bytes), scope),
        },
    }
}

/// Whether and in which order `bytes` are UTF-16 of mostly Latin text without
/// a byte order mark: one byte of most pairs is zero, always the same one.
pub(super) fn guess_utf16(bytes: &[u8]) -> Option<Order> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let (mut little, mut big, mut neither) = (0, 0, 0);
    for pair in head.chunks_exact(2) {
        match (is_text(pair[0]), is_text(pair[1])) {
            (true, _) if pair[1] == 0 => little += 1,
            (_, true) if pair[0] == 0 => big += 1,
            _ => neither += 1,
        }
    }
    let enough =
        |these: usize, others: usize| these >= 4 && these >= neither && others * 20 <= these;
    if enough(little, big) {
        Some(Order::Little)
    } else if enough(big, little) {
        Some(Order::Big)
    } else {
        None
    }
}

/// Which byte of a pair comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// Transcodes; a lone surrogate becomes the replacement character, an odd
/// last byte is dropped.
pub(super) fn from_utf16(bytes: &[u8], order: Order) -> Vec<u8> {
    let units = bytes.chunks_exact(2).map(|pair| match order {
        Order::Little => u16::from_le_bytes([pair[0], pair[1]]),
        Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
    });
    let mut text = Vec::with_capacity(bytes.len() / 2);
    let mut buffer = [0; 4];
    for unit in char::decode_utf16(units) {
        let unit = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.extend_from_slice(unit.encode_utf8(&mut buffer).as_bytes());
    }
    text
}

fn scope(bytes: &[u8]) -> Scope {
    match memchr::memchr(0, &bytes[..bytes.len().min(HEAD)]) {
        Some(_) => Scope::Tokens,
        None => Scope::Everything,
    }
}

fn is_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: Order) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| match order {
                Order::Little => unit.to_le_bytes(),
                Order::Big => unit.to_be_bytes(),
            })
            .collect()
    }

    #[test]
    fn every_encoding_of_a_text_reads_as_its_utf8() {
        let text = "clé = \"ab𝄞\"\r\nnext line\n";
        let little = utf16(text, Order::Little);
        let big = utf16(text, Order::Big);
        let table: [(&str, Vec<u8>); 6] = [
            ("plain", text.into()),
            ("UTF-8 with mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
            ("UTF-16LE with mark", [b"\xFF\xFE".as_slice(), &little].concat()),
            ("UTF-16BE with mark", [b"\xFE\xFF".as_slice(), &big].concat()),
            ("UTF-16LE", little),
            ("UTF-16BE", big),
        ];
        for (what, bytes) in table {
            let (read, scope) = to_utf8(&bytes);
            assert_eq!(read, text.as_bytes(), "{what}");
            assert_eq!(scope, Scope::Everything, "{what}");
        }
    }

    #[test]
    fn utf8_is_not_copied() {
        assert!(matches!(to_utf8(b"\xEF\xBB\xBFabc"), (Cow::Borrowed(b"abc"), Scope::Everything)));
        assert!(matches!(to_utf8(b"abc"), (Cow::Borrowed(b"abc"), Scope::Everything)));
    }

    #[test]
    fn a_file_with_zeros_that_is_no_utf16_is_searched_for_tokens_only() {
        let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0";
        assert!(matches!(to_utf8(image), (Cow::Borrowed(_), Scope::Tokens)));
        assert!(matches!(to_utf8(&[0; 100]), (_, Scope::Tokens)));
        let late = [vec![b'a'; HEAD], vec![0]].concat();
        assert_eq!(to_utf8(&late).1, Scope::Everything);
    }
}
