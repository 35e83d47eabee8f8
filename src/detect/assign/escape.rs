//! Escapes of a literal: what stands behind a backslash.

/// Undoes one level of backslashes.
pub(super) fn undone(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        let (decoded, used) = match (byte, tail.first()) {
            (b'\\', Some(&next)) => escape(next, &tail[1..]),
            _ => (Decoded::Byte(byte), 0),
        };
        match decoded {
            Decoded::Byte(byte) => out.push(byte),
            Decoded::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Decoded::Kept(byte) => out.extend_from_slice(&[b'\\', byte]),
        }
        rest = &tail[used..];
    }
    out
}

enum Decoded {
    Byte(u8),
    Char(char),
    Kept(u8),
}

/// What `\` and `next` stand for, and how many bytes behind the `\` that took.
fn escape(next: u8, rest: &[u8]) -> (Decoded, usize) {
    let hex = |len: usize| {
        let digits = std::str::from_utf8(rest.get(..len)?).ok()?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    let octal = || {
        let [eights, ones] = *rest.first_chunk()?;
        let is_octal = [eights, ones].iter().all(|b| (b'0'..b'8').contains(b));
        is_octal.then(|| (next - b'0') * 64 + (eights - b'0') * 8 + ones - b'0')
    };
    match next {
        b'n' => (Decoded::Byte(b'\n'), 1),
        b't' => (Decoded::Byte(b'\t'), 1),
        b'r' => (Decoded::Byte(b'\r'), 1),
        b'"' | b'\'' | b'`' | b'\\' | b'/' | b'$' => (Decoded::Byte(next), 1),
        b'x' if hex(2).is_some_and(|c| c.is_ascii()) => (Decoded::Char(hex(2).unwrap_or(' ')), 3),
        // In octal, as C and shells write bytes.
        b'0' | b'1' if octal().is_some() => (Decoded::Byte(octal().unwrap_or(next)), 3),
        b'u' if hex(4).is_some() => (Decoded::Char(hex(4).unwrap_or(' ')), 5),
        b'U' if hex(8).is_some() => (Decoded::Char(hex(8).unwrap_or(' ')), 9),
        _ => (Decoded::Kept(next), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_ascii_are_undone_and_others_kept() {
        for (raw, expected) in [
            (r#"a\\b\"c"#, r#"a\b"c"#),
            (r"\u0041\x42\103", "ABC"),
            (r"\016\n", "\x0e\n"),
            (r"\320\018\1", r"\320\018\1"),
            (r"\w\", r"\w\"),
        ] {
            assert_eq!(undone(raw.as_bytes()), expected.as_bytes(), "{raw}");
        }
    }
}
