//! Which encoding bytes are in: UTF-8, UTF-16, or no text at all.

use std::borrow::Cow;

use super::readable::is_readable;
use crate::model::{Scope, Span};

/// How far a file is looked at before it is called binary, as git does.
const HEAD: usize = 8_000;
/// The characters of the shortest token that is told by its form alone.
const SHORTEST_WIDE: usize = 20;

/// The bytes as UTF-8, and what may be looked for in them.
pub(super) fn to_utf8(bytes: &[u8]) -> (Cow<'_, [u8]>, Scope) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return (Cow::Borrowed(rest), scope(rest));
    }
    if let Some(order) = marked_utf16(bytes) {
        return (Cow::Owned(from_utf16(&bytes[2..], order)), Scope::Everything);
    }
    match scope(bytes) {
        Scope::Tokens => match guess_utf16(bytes) {
            Some(order) => (Cow::Owned(from_utf16(bytes, order)), Scope::Everything),
            None => (Cow::Borrowed(bytes), Scope::Tokens),
        },
        scope => (Cow::Borrowed(bytes), scope),
    }
}

/// The order that a mark tells, unless what follows reads as UTF-8: in UTF-16 letters bring
/// zeros or other control characters, and what has none is no UTF-8.
fn marked_utf16(bytes: &[u8]) -> Option<Order> {
    let (order, text) = match bytes {
        [0xFF, 0xFE, text @ ..] => (Order::Little, text),
        [0xFE, 0xFF, text @ ..] => (Order::Big, text),
        _ => return None,
    };
    let head = &text[..text.len().min(HEAD)];
    (head.is_empty() || !is_readable(head)).then_some(order)
}

/// The order of bytes that are UTF-16, with a mark or without.
pub(crate) fn utf16_order(bytes: &[u8]) -> Option<Order> {
    marked_utf16(bytes).or_else(|| guess_utf16(bytes))
}

/// Whether bytes begin with neither a mark of UTF-16 nor what is no text.
pub(super) fn may_be_utf8(bytes: &[u8]) -> bool {
    !matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) && scope(bytes) == Scope::Everything
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
pub(crate) enum Order {
    /// The lower one.
    Little,
    /// The higher one.
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

/// The strings of UTF-16 in the bytes of a binary file, of printable ASCII and
/// as long as a token at least: where each stands, and its text.
pub(super) fn wide_strings(bytes: &[u8]) -> Vec<(Span, Vec<u8>)> {
    // Every such string covers one of the places looked at.
    const STEP: usize = 2 * SHORTEST_WIDE - 2;
    let is_pair = |at: usize| matches!(bytes.get(at..at + 2), Some(&[low, 0]) if is_text(low));
    let (mut found, mut done, mut at) = (Vec::new(), 0, 0);
    while at + 2 < bytes.len() {
        let Some(hit) = [at, at + 1].into_iter().find(|&at| is_pair(at)) else {
            at += STEP;
            continue;
        };
        let pairs = |from: usize| (from..).step_by(2).take_while(|&at| is_pair(at)).count();
        let back = (1..=(hit - done) / 2).take_while(|n| is_pair(hit - 2 * n)).count();
        let (start, mut end) = (hit - 2 * back, hit + 2 * pairs(hit));
        done = end;
        // Big-endian text reads as little-endian from its second byte on, but
        // for its last character.
        if start > 0 && bytes[start - 1] == 0 && bytes.get(end).is_some_and(|&byte| is_text(byte)) {
            end += 1;
        }
        if end - start >= 2 * SHORTEST_WIDE - 1 {
            let text = bytes[start..end].iter().step_by(2).copied().collect();
            found.push((Span::new(start, end), text));
        }
        at = done + STEP;
    }
    found
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
    fn a_mark_before_text_of_one_byte_a_character_hides_nothing() {
        for mark in [b"\xFF\xFE", b"\xFE\xFF"] {
            let bytes = [&mark[..], "password = 'hunter2' # für\n".as_bytes()].concat();
            assert_eq!(to_utf8(&bytes), (Cow::Borrowed(&bytes[..]), Scope::Everything));
            assert_eq!(utf16_order(&bytes), None);
            let with_zero = [&bytes[..], b"\0"].concat();
            assert_eq!(to_utf8(&with_zero), (Cow::Borrowed(&with_zero[..]), Scope::Tokens));
        }
        // Scripts without a zero byte are UTF-16 all the same.
        for word in ["\u{6c49}\u{5b57}\u{4e2d}\u{6587}", "\u{43a}\u{43b}\u{44e}\u{447}"] {
            let text = word.repeat(3_000) + "key";
            let bytes = [&b"\xFF\xFE"[..], &utf16(&text, Order::Little)].concat();
            assert!(to_utf8(&bytes).0 == text.as_bytes(), "{word}");
        }
    }

    #[test]
    fn wide_strings_of_a_binary_file_are_found_wherever_they_begin() {
        let text = "a string of wide characters";
        for before in 0..90 {
            for order in [Order::Little, Order::Big] {
                let noise = vec![0xFF; before];
                let bytes = [&noise[..], &[0xFF, 0], &utf16(text, order), &[0xFF; 50]].concat();
                let found = wide_strings(&bytes);
                assert_eq!(found.len(), 1, "{before} {order:?}");
                assert_eq!(found[0].1, text.as_bytes(), "{before} {order:?}");
                assert_eq!(bytes[found[0].0.start], b'a');
            }
        }
        assert!(wide_strings(&utf16("too short", Order::Little)).is_empty());
        assert!(wide_strings(&[0; 500]).is_empty());
        assert!(wide_strings(text.as_bytes()).is_empty());
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
