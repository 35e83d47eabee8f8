//! Bytes that URLs and forms write as `%40` (RFC 3986, 2.1).

use super::hex;

/// The bytes that are meant; what only looks like an escape stays. With them pairs
/// (offset in them, offset in `bytes`), one wherever the two stop running in parallel.
pub(crate) fn without_percent(bytes: &[u8]) -> (Vec<u8>, Vec<(usize, usize)>) {
    let (mut plain, mut pieces, mut at) = (Vec::with_capacity(bytes.len()), vec![(0, 0)], 0);
    while let Some(&byte) = bytes.get(at) {
        if let Some(meant) = escaped(&bytes[at..]) {
            pieces.extend(Some((plain.len(), at)).filter(|piece| pieces.last() != Some(piece)));
            plain.push(meant);
            at += 3;
            pieces.push((plain.len(), at));
        } else {
            plain.push(byte);
            at += 1;
        }
    }
    (plain, pieces)
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
        let plain = |bytes: &[u8]| without_percent(bytes).0;
        let pieces = vec![(0, 0), (1, 1), (2, 4), (3, 7)];
        assert_eq!(without_percent(b"a%20%2Fb"), (b"a /b".to_vec(), pieces));
        assert_eq!(plain(b"100%, %4, %zz%, %+4"), b"100%, %4, %zz%, %+4");
    }
}
