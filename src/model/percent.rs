//! Bytes that URLs and forms write as `%40` (RFC 3986, 2.1).

use super::hex;

/// The bytes that are meant; what only looks like an escape stays.
pub(crate) fn without_percent(bytes: &[u8]) -> Vec<u8> {
    let (mut plain, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some((&byte, tail)) = rest.split_first() {
        let escape = escaped(rest);
        plain.push(escape.unwrap_or(byte));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    plain
}

/// Where the bytes that are meant stand: pairs of an offset in them and one in `bytes`,
/// wherever the two stop running in parallel.
pub(crate) fn percent_pieces(bytes: &[u8]) -> Vec<(usize, usize)> {
    let (mut pieces, mut skipped) = (vec![(0, 0)], 0);
    for at in memchr::memchr_iter(b'%', bytes) {
        if escaped(&bytes[at..]).is_some() {
            let piece = (at - skipped, at);
            pieces.extend(Some(piece).filter(|piece| pieces.last() != Some(piece)));
            skipped += 2;
            pieces.push((piece.0 + 1, at + 3));
        }
    }
    pieces
}

/// The byte of the escape with which `bytes` begin.
pub(crate) fn escaped(bytes: &[u8]) -> Option<u8> {
    hex::byte(*bytes.strip_prefix(b"%")?.first_chunk()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_lone_signs_kept() {
        assert_eq!(without_percent(b"a%20%2Fb"), b"a /b");
        assert_eq!(percent_pieces(b"a%20%2Fb"), [(0, 0), (1, 1), (2, 4), (3, 7)]);
        for none in ["100%, %4, %zz%, %+4", ""] {
            assert_eq!(without_percent(none.as_bytes()), none.as_bytes());
            assert_eq!(percent_pieces(none.as_bytes()), [(0, 0)]);
        }
        // What an escape makes is no part of another.
        assert_eq!(without_percent(b"%2520"), b"%20");
        assert_eq!(percent_pieces(b"%2520"), [(0, 0), (1, 3)]);
    }
}
