//! The dotenv form: names and values as the common loaders read them
//! (`export`, quotes, escapes in double quotes, values over several lines,
//! comments behind a space). Interpolation is not done.

/// A name and the value it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
}

/// The pairs of a dotenv file, in order. Lines that are none are passed over.
pub(super) fn pairs(text: &[u8]) -> Vec<Pair> {
    let mut rest = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut pairs = Vec::new();
    while !rest.is_empty() {
        let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
        let mut read = line.len();
        if let Some((name, at)) = name(line) {
            let (value, len) = value(&rest[at..], line.len() - at);
            read = at + len;
            pairs.push(Pair { name: name.to_vec(), value });
        }
        let tail = &rest[read..];
        rest =
            tail.iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(&[], |at| &tail[at + 1..]);
    }
    pairs
}

/// The name a line gives a value, and where the value begins.
fn name(line: &[u8]) -> Option<(&[u8], usize)> {
    let at = memchr::memchr2(b'=', b':', line)?;
    let name = line[..at].trim_ascii();
    let name = name.strip_prefix(b"export ").unwrap_or(name).trim_ascii();
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"_.-".contains(b);
    let colon_is_loose = line[at] == b':' && line.get(at + 1) != Some(&b' ');
    (!name.is_empty() && name.iter().all(is_name) && !colon_is_loose).then_some((name, at + 1))
}

/// The value `text` begins with, and how many bytes it takes. Only a quoted
/// one may go on behind the line, which is `line` bytes long.
fn value(text: &[u8], line: usize) -> (Vec<u8>, usize) {
    let blank = text[..line].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    if let Some(&quote @ (b'"' | b'\'' | b'`')) = text[..line].get(blank)
        && let Some(len) = quoted_len(&text[blank + 1..], quote)
    {
        let inner = &text[blank + 1..][..len];
        let value = if quote == b'"' { unescape(inner) } else { inner.to_vec() };
        return (value, blank + len + 2);
    }
    let bare = &text[..line];
    let comment = bare.windows(2).position(|w| matches!(w, b" #" | b"\t#"));
    (bare[..comment.unwrap_or(line)].trim_ascii().to_vec(), line)
}

fn quoted_len(text: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(quote, b'\\', text.get(at..)?)?;
        if text[at] == quote {
            return Some(at);
        }
        at += 1 + usize::from(quote == b'"');
    }
}

fn unescape(text: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'n') => value.push(b'\n'),
                Some(b'r') => value.push(b'\r'),
                Some(b't') => value.push(b'\t'),
                Some(byte @ (b'"' | b'\\' | b'$')) => value.push(byte),
                Some(byte) => value.extend([b'\\', byte]),
                None => value.push(b'\\'),
            },
            byte => value.push(byte),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let text_of = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        pairs(text.as_bytes()).into_iter().map(|p| (text_of(p.name), text_of(p.value))).collect()
    }

    #[test]
    fn every_form_of_a_pair_is_read() {
        for (text, value) in [
            ("A=b", "b"),
            ("\u{feff}A=b\r\n", "b"),
            ("export A = b c  # note", "b c"),
            ("A: b", "b"),
            ("A=", ""),
            ("A='b # \\n c' # note", "b # \\n c"),
            ("A=\"b\\n\\\"c\\\"\"", "b\n\"c\""),
            ("A=\"b\nc\"", "b\nc"),
            ("A=`b\"c`", "b\"c"),
            ("A=\"open", "\"open"),
            ("A=b#c", "b#c"),
        ] {
            assert_eq!(read(text), [("A".into(), value.into())], "{text:?}");
        }
    }

    #[test]
    fn what_is_no_pair_is_passed_over() {
        assert_eq!(read("# A=b\n\nnot a pair\nhttp://x\n=c\n"), []);
        let names: Vec<_> = read("A=\"1\n2\"\nB=3\r\n#\r\nC=4").into_iter().map(|p| p.0).collect();
        assert_eq!(names, ["A", "B", "C"]);
    }
}
