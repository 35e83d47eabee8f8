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
    /// `column` and `end_column`, counted in characters.
    pub characters: (usize, usize),
}

/// Where the lines of a text begin. Made once a text, and only when something
/// was found in it. A line ends at LF, CRLF or a lone CR.
#[derive(Debug)]
pub struct Lines<'t> {
    starts: Vec<usize>,
    text: &'t [u8],
}

/// Characters are counted this far into a line; behind it, bytes: nobody looks
/// at a column there, and a bundle of one line would be counted once a finding.
const COUNTED: usize = 64 << 10;

impl<'t> Lines<'t> {
    /// Counts the lines of `text`.
    pub fn of(text: &'t [u8]) -> Self {
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', text) {
            if text[at] == b'\n' || text.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self { starts, text }
    }

    /// Lines and columns of `span`; what lies past the end is put at the end.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end);
        let characters = (self.characters(line, column), self.characters(end_line, end_column));
        Place { line, column, end_line, end_column, characters }
    }

    /// The span of a line, counted from 1, its line end included; none when
    /// there is no such line.
    pub fn span(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        Some(Span::new(start, self.starts.get(line).copied().unwrap_or(self.text.len())))
    }

    /// The span of a place in this text or, where another is meant, in as much of it as
    /// there is.
    pub fn span_of(&self, place: Place) -> Span {
        let start = self.offset(place.line, place.column);
        Span::new(start, self.offset(place.end_line, place.end_column).max(start))
    }

    fn offset(&self, line: usize, column: usize) -> usize {
        let line = self.span(line).map_or(self.text.len(), |line| line.start);
        (line + column - 1).min(self.text.len())
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        (line, offset - self.starts[line - 1] + 1)
    }

    fn characters(&self, line: usize, column: usize) -> usize {
        if column > COUNTED {
            return column;
        }
        let start = self.starts[line - 1];
        let is_inside = |byte: &&u8| **byte & 0xC0 == 0x80;
        column - self.text[start..start + column - 1].iter().filter(is_inside).count()
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
        assert_eq!(lines.place(Span::new(2, 5)).characters, (2, 5));
        assert_eq!(lines.position(text.len() - 1), (4, 1));
        assert_eq!(lines.span(1), Some(Span::new(0, 7)));
        assert_eq!(lines.span(9), None);
        assert_eq!(lines.span_of(place), Span::new(start, start + 3));
        let elsewhere = Place { line: 8, column: 7, end_line: 9, ..place };
        assert_eq!(lines.span_of(elsewhere), Span::new(text.len(), text.len()));
        let turned = Place { line: 2, column: 9, end_line: 2, end_column: 1, ..place };
        assert!(lines.span_of(turned).is_empty());
    }
}
