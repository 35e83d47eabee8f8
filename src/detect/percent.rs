//! Bytes that a URL writes as `%40` (RFC 3986, 2.1).

/// `value` with them as themselves; what only looks like one stays.
pub(super) fn decoded(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let code = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| byte == b'%');
        out.push(code.unwrap_or(byte));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_lone_signs_kept() {
        assert_eq!(decoded(b"a%20b%2Fc"), b"a b/c");
        assert_eq!(decoded(b"100%, %4, %zz%"), b"100%, %4, %zz%");
    }
}
