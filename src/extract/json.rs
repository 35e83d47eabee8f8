//! JSON with places: a tree of spans. Strings stay in the file, escaped, until
//! somebody wants one.

use crate::model::Span;

/// How deep values may nest. Deeper files are no notebooks of people.
const DEPTH: usize = 128;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// What stands between the quotes, escaped.
    String(Span),
    /// Its values.
    Array(Vec<Node>),
    /// Its members: what stands between the quotes of the name, and the value.
    Object(Vec<(Span, Node)>),
    /// A number or a word.
    Other,
}

impl Node {
    /// The members, if it is an object.
    pub(super) fn members(&self) -> &[(Span, Node)] {
        match self {
            Self::Object(members) => members,
            Self::String(_) | Self::Array(_) | Self::Other => &[],
        }
    }

    /// The values, if it is an array.
    pub(super) fn items(&self) -> &[Node] {
        match self {
            Self::Array(items) => items,
            Self::String(_) | Self::Object(_) | Self::Other => &[],
        }
    }

    /// The member of this name, if it is an object that has one.
    pub(super) fn member(&self, text: &[u8], name: &str) -> Option<&Node> {
        self.members().iter().find(|(key, _)| key.of(text) == name.as_bytes()).map(|(_, node)| node)
    }
}

/// Reads one JSON value with nothing behind it; none when it is broken.
/// Numbers and words are not looked at closely.
pub(super) fn parse(text: &[u8]) -> Option<Node> {
    let mut reader = Reader { text, at: 0 };
    let node = reader.value(0)?;
    reader.skip_space();
    (reader.at == text.len()).then_some(node)
}

/// Appends what an escaped string stands for to `out`. `map` gets a pair
/// (offset in `out`, offset in `text`) wherever the two stop running in parallel.
pub(super) fn unescape(text: &[u8], span: Span, out: &mut Vec<u8>, map: &mut Vec<(usize, usize)>) {
    let mut at = span.start;
    map.push((out.len(), at));
    while let Some(len) = memchr::memchr(b'\\', &text[at..span.end]) {
        out.extend_from_slice(&text[at..at + len]);
        at += len;
        if len > 0 {
            map.push((out.len(), at));
        }
        at += escape(&text[at..span.end], out);
        map.push((out.len(), at));
    }
    out.extend_from_slice(&text[at..span.end]);
}

/// Decodes the escape `rest` begins with; returns its length. One that is none
/// stands for itself.
fn escape(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let byte = match rest.get(1) {
        Some(b'n') => b'\n',
        Some(b't') => b'\t',
        Some(b'r') => b'\r',
        Some(b'b') => 8,
        Some(b'f') => 12,
        Some(&byte @ (b'"' | b'\\' | b'/')) => byte,
        Some(b'u') => return unicode_escape(rest, out),
        Some(_) | None => {
            out.push(b'\\');
            return 1;
        }
    };
    out.push(byte);
    2
}

fn unicode_escape(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let Some(first) = unit(rest) else {
        out.push(b'\\');
        return 1;
    };
    let second = rest.get(6..).and_then(unit);
    let mut units = char::decode_utf16([Some(first), second].into_iter().flatten());
    let decoded = units.next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(decoded.encode_utf8(&mut [0; 4]).as_bytes());
    if decoded.len_utf16() == 2 { 12 } else { 6 }
}

/// The code unit of `\uXXXX`.
fn unit(rest: &[u8]) -> Option<u16> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, &b| Some(unit << 4 | (b as char).to_digit(16)? as u16))
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > DEPTH {
            return None;
        }
        self.skip_space();
        match self.text.get(self.at)? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string().map(Node::String),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Node> {
        let mut members = Vec::new();
        self.at += 1;
        if self.takes(b'}') {
            return Some(Node::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            if !self.takes(b':') {
                return None;
            }
            members.push((name, self.value(depth + 1)?));
            if self.takes(b'}') {
                return Some(Node::Object(members));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<Node> {
        let mut items = Vec::new();
        self.at += 1;
        if self.takes(b']') {
            return Some(Node::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes(b']') {
                return Some(Node::Array(items));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<Span> {
        if self.text.get(self.at) != Some(&b'"') {
            return None;
        }
        let start = self.at + 1;
        let mut at = start;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.text.get(at..)?)?;
            if self.text[at] == b'"' {
                self.at = at + 1;
                return Some(Span::new(start, at));
            }
            at += 2;
        }
    }

    fn word(&mut self) -> Option<Node> {
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || b"+-.".contains(b);
        let len = self.text[self.at..].iter().take_while(|b| is_word(b)).count();
        self.at += len;
        (len > 0).then_some(Node::Other)
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.skip_space();
        let takes = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(takes);
        takes
    }

    fn skip_space(&mut self) {
        let is_space = |b: &&u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.text[self.at..].iter().take_while(is_space).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unescaped(text: &str) -> (String, Vec<(usize, usize)>) {
        let (mut out, mut map) = (Vec::new(), Vec::new());
        unescape(text.as_bytes(), Span::new(0, text.len()), &mut out, &mut map);
        (String::from_utf8(out).unwrap(), map)
    }

    #[test]
    fn values_come_with_their_places() {
        let text = br#" {"a": ["x\"y", 1.5e3, null], "b": {}} "#;
        let node = parse(text).unwrap();
        let Some(Node::Array(items)) = node.member(text, "a") else { panic!("{node:?}") };
        assert_eq!(items[0], Node::String(Span::new(9, 13)));
        assert_eq!(&items[1..], [Node::Other, Node::Other]);
        assert_eq!(node.member(text, "b"), Some(&Node::Object(vec![])));
    }

    #[test]
    fn broken_json_is_none() {
        let deep = "[".repeat(100_000);
        for broken in ["", "{", "[1,", "{\"a\"}", "\"a", "\"a\\", "1 2", "{,}", &deep] {
            assert_eq!(parse(broken.as_bytes()), None, "{broken}");
        }
    }

    #[test]
    fn escapes_are_undone_and_mapped() {
        assert_eq!(unescaped(r"a\nbc"), ("a\nbc".into(), vec![(0, 0), (1, 1), (2, 3)]));
        assert_eq!(unescaped(r#"\"\\\/\t"#).0, "\"\\/\t");
        assert_eq!(unescaped(r"\u00e9\ud834\udd1e\ud834!").0, "é𝄞\u{fffd}!");
        assert_eq!(unescaped(r"\x \u12").0, r"\x \u12");
    }
}
