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

/// Where the lines of a text begin. Made once a text, and only when something
/// was found in it. A line ends at LF, CRLF or a lone CR.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<usize>,
    len: usize,
}

impl Lines {
    /// Counts the lines of `text`.
    pub fn of(text: &[u8]) -> Self {
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', text) {
            if text[at] == b'\n' || text.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self { starts, len: text.len() }
    }

    /// Lines and columns of `span`; what lies past the end is put at the end.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end);
        Place { line, column, end_line, end_column }
    }

    /// The span of a line, counted from 1, its line end included; none when
    /// there is no such line.
    pub fn span(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        Some(Span::new(start, self.starts.get(line).copied().unwrap_or(self.len)))
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.len);
        let line = self.starts.partition_point(|&start| start <= offset);
        (line, offset - self.starts[line - 1] + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_start_at_one_and_count_bytes() {
        let text = "é = 1\nkey = abc\r\nx\ry".as_bytes();
        let lines = Lines::of(text);
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(3), (1, 4));
        let start = text.windows(3).position(|w| w == b"abc").unwrap();
        let place = lines.place(Span::new(start, start + 3));
        assert_eq!((place.line, place.column, place.end_line, place.end_column), (2, 7, 2, 10));
        assert_eq!(lines.position(text.len() - 1), (4, 1));
        assert_eq!(lines.span(1), Some(Span::new(0, 7)));
        assert_eq!(lines.span(9), None);
    }
}
