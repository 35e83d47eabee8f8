//! Where something stands: byte spans inside a text, and lines and columns
//! for people.

/// A half-open range of bytes, `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to `end`, which must not lie before it.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no byte is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether both hold at least one same byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is in this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes of `text` it covers.
    pub fn of(self, text: &[u8]) -> &[u8] {
        &text[self.start..self.end]
    }
}

/// Line and column of a value's first byte and of the byte after its last.
/// All 1-based; columns count bytes of the UTF-8 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line of the first byte.
    pub line: usize,
    /// Column of the first byte.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the byte after the last.
    pub end_column: usize,
}

impl Place {
    /// The place of `span` in `text`. Counts lines from the start of the text,
    /// so it is for the few findings, not for every candidate.
    /// A line ends at LF, CRLF or a lone CR.
    pub fn locate(text: &[u8], span: Span) -> Self {
        let (line, column) = position(text, span.start);
        let (end_line, end_column) = position(text, span.end);
        Self { line, column, end_line, end_column }
    }
}

fn position(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let ends_line = |at: usize| match before[at] {
        b'\n' => true,
        b'\r' => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    let mut lines = 1;
    let mut line_start = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', before) {
        if ends_line(at) {
            lines += 1;
            line_start = at + 1;
        }
    }
    (lines, before.len() - line_start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_start_at_one_and_count_bytes() {
        let text = "é = 1\nkey = abc\r\nx\ry".as_bytes();
        assert_eq!(position(text, 0), (1, 1));
        assert_eq!(position(text, 3), (1, 4));
        let start = text.windows(3).position(|w| w == b"abc").unwrap();
        let place = Place::locate(text, Span::new(start, start + 3));
        assert_eq!((place.line, place.column, place.end_line, place.end_column), (2, 7, 2, 10));
        assert_eq!(position(text, text.len() - 1), (4, 1));
    }
}
