//! Lines of a block that stands in some other text: indented, quoted, in a
//! comment, joined by an operator, or all on one line with `\n` between them.

/// A line, and where it ends.
#[derive(Debug)]
pub(super) struct Line {
    /// Its bytes; `\/` and `\u003d` undone.
    pub(super) bytes: Vec<u8>,
    /// The byte after its last, before the line end.
    pub(super) end: usize,
}

impl Line {
    /// The line without what stands before each line of the block, and without
    /// what code and comments put around it.
    pub(super) fn words(&self, prefix: &[u8]) -> impl Iterator<Item = &[u8]> {
        let bytes = self.bytes.strip_prefix(prefix).unwrap_or(&self.bytes);
        let is_mark = |byte: &u8| b" \t\"'`,;()*#>|&\\:.".contains(byte);
        // Letters and digits, which most bytes are, are no marks.
        let parts = bytes.split(move |byte| !byte.is_ascii_alphanumeric() && is_mark(byte));
        parts.filter(|word| !word.is_empty())
    }
}

/// The lines of `text` from an offset on, up to a limit.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Lines<'t> {
    /// Lines of `text[at..end]`.
    pub(super) fn new(text: &'t [u8], at: usize, end: usize) -> Self {
        Self { text: &text[..end.min(text.len())], at }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let mut bytes = Vec::new();
        let mut at = start;
        while at < self.text.len() {
            let rest = &self.text[at..];
            if let Some(len) = line_end(rest) {
                self.at = at + len;
                return Some(Line { bytes, end: at });
            }
            let (byte, len) = character(rest);
            bytes.push(byte);
            at += len;
        }
        self.at = at;
        Some(Line { bytes, end: at })
    }
}

/// The length of the line end `rest` begins with: a real one, or one escaped
/// as in C, in a URL, or in HTML.
fn line_end(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n' | b'\r', ..] => Some(1),
        [b'\\', ..] => {
            let slashes = rest.iter().take_while(|&&b| b == b'\\').count();
            matches!(rest.get(slashes), Some(b'n' | b'r')).then_some(slashes + 1)
        }
        [b'%', b'0', b'A' | b'D' | b'a' | b'd', ..] => Some(3),
        [b'<', b'b', b'r', b'>', ..] => Some(4),
        [b'&', b'#', b'1', b'0', b';', ..] => Some(5),
        _ => None,
    }
}

/// The character `rest` begins with, and its length.
fn character(rest: &[u8]) -> (u8, usize) {
    match rest {
        [b'\\', b'/', ..] => (b'/', 2),
        [b'\\', b'u', b'0', b'0', b'3', b'd' | b'D', ..] => (b'=', 6),
        [b'\\', b'u', b'0', b'0', b'2', b'b' | b'B', ..] => (b'+', 6),
        [byte, ..] => (*byte, 1),
        [] => (b' ', 0),
    }
}
