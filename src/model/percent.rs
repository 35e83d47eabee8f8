//! Bytes that URLs and forms write as `%40` (RFC 3986, 2.1).

use super::hex;

/// The bytes that are meant, and how many escapes were among them; what only looks
/// like an escape stays.
pub(crate) fn without_percent(bytes: &[u8]) -> (Vec<u8>, usize) {
    let (mut plain, mut escapes, mut rest) = (Vec::with_capacity(bytes.len()), 0, bytes);
    while let Some((&byte, tail)) = rest.split_first() {
        let escape = escaped(rest);
        plain.push(escape.unwrap_or(byte));
        escapes += usize::from(escape.is_some());
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    (plain, escapes)
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
        assert_eq!(without_percent(b"a%20b%2Fc"), (b"a b/c".to_vec(), 2));
        assert_eq!(plain(b"100%, %4, %zz%, %+4"), b"100%, %4, %zz%, %+4");
    }
}
