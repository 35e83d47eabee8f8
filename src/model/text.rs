//! Bytes made readable: what the detectors look at, with the way back to the
//! file that people see.

use std::borrow::Cow;
use std::fmt;

use super::Span;

/// Text of one blob, or of one part or layer of it.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// UTF-8 where the file was text; otherwise the bytes as they are.
    pub bytes: Cow<'a, [u8]>,
    /// Which part of the file this is.
    pub segment: Segment,
    /// How offsets of `bytes` lead back to the file.
    pub map: OffsetMap,
    /// What may be looked for.
    pub scope: Scope,
}

/// What may be looked for in a text. The further it is from what a person
/// wrote, the more chance looks like a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything: the text of a file, a cell, a message.
    Everything,
    /// Rules of high confidence, and assignments whose value is plainly
    /// random: a decoded layer.
    Random,
    /// Token formats of high confidence and armored keys: a binary file.
    Tokens,
}

impl<'a> Text<'a> {
    /// A whole file whose bytes are its text.
    pub fn body(bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            bytes: bytes.into(),
            segment: Segment::Body,
            map: OffsetMap::Same,
            scope: Scope::Everything,
        }
    }
}

/// Which part of a file a text is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// The file itself.
    Body,
    /// A cell of a notebook, both counted from 1; its source when `output` is none.
    Cell {
        /// The cell.
        cell: usize,
        /// The output of the cell.
        output: Option<usize>,
    },
    /// What an encoded run inside another segment decodes to.
    Decoded {
        /// The encodings, outermost first: `base64`, `hex`, `percent`.
        layers: Vec<&'static str>,
        /// The segment the run stands in.
        parent: Box<Segment>,
    },
    /// A commit message.
    Message,
}

impl Segment {
    /// Whether a marker that stands here can allow anything: what is decoded
    /// and what is no file cannot speak for itself.
    pub fn honours_markers(&self) -> bool {
        matches!(self, Self::Body | Self::Cell { .. })
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body => f.write_str("file"),
            Self::Cell { cell, output: None } => write!(f, "cell {cell}"),
            Self::Cell { cell, output: Some(output) } => write!(f, "cell {cell}, output {output}"),
            Self::Decoded { layers, parent } => {
                if **parent != Self::Body {
                    write!(f, "{parent}, ")?;
                }
                for (at, layer) in layers.iter().rev().enumerate() {
                    let joint = if at == 0 { "" } else { " in " };
                    write!(f, "{joint}{layer}")?;
                }
                Ok(())
            }
            Self::Message => f.write_str("commit message"),
        }
    }
}

/// The longest escape of JSON, for a character outside of the basic plane.
const LONGEST_ESCAPE: usize = "\\ud834\\udd1e".len();

/// How an offset of a text leads back to the file it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OffsetMap {
    /// The text is the file (UTF-16 counts as its UTF-8 form).
    Same,
    /// Everything stands at one span of the file: a decoded layer whose bytes
    /// have no place of their own.
    All(Span),
    /// Sorted by text offset: from `(text, file)` on, bytes run in parallel
    /// until the next pair.
    Pieces(Vec<(usize, usize)>),
}

impl OffsetMap {
    /// The span of the file that `span` of the text stands for.
    pub fn back(&self, span: Span) -> Span {
        match self {
            Self::Same => span,
            Self::All(whole) => *whole,
            Self::Pieces(pieces) => {
                let start = Self::back_one(pieces, span.start);
                let last = Self::back_one(pieces, span.end.saturating_sub(1));
                let next = pieces.binary_search_by_key(&span.end, |&(text, _)| text);
                // An escape is longer than the one byte it stands for.
                let end =
                    next.ok().map(|at| pieces[at].1).filter(|end| *end <= last + LONGEST_ESCAPE);
                Span::new(start, end.unwrap_or(last + 1).max(start))
            }
        }
    }

    /// The map of a text of `len` bytes made of this one, which `pieces` lead back to.
    #[must_use]
    pub fn through(&self, pieces: Vec<(usize, usize)>, len: usize) -> Self {
        let outer = match self {
            Self::Same => return Self::Pieces(pieces),
            Self::All(whole) => return Self::All(*whole),
            Self::Pieces(outer) => outer,
        };
        let mut whole = Vec::with_capacity(pieces.len());
        let ends = pieces.iter().skip(1).map(|piece| piece.0).chain([len]);
        for (&(text, inner), end) in pieces.iter().zip(ends) {
            whole.push((text, Self::back_one(outer, inner)));
            let first = outer.partition_point(|piece| piece.0 <= inner);
            let within = outer[first..].iter().take_while(|piece| piece.0 < inner + (end - text));
            whole.extend(within.map(|&(at, file)| (text + (at - inner), file)));
        }
        Self::Pieces(whole)
    }

    fn back_one(pieces: &[(usize, usize)], offset: usize) -> usize {
        let at = pieces.partition_point(|&(text, _)| text <= offset);
        match at.checked_sub(1).map(|at| pieces[at]) {
            Some((text, file)) => file + (offset - text),
            None => offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{percent_pieces, without_percent};

    #[test]
    fn an_escape_stands_where_all_of_it_is_written() {
        let file = b"q%2Fb%3D&c";
        assert_eq!(without_percent(file), b"q/b=&c");
        let map = OffsetMap::Pieces(percent_pieces(file));
        let back = |start, end| map.back(Span::new(start, end)).of(file);
        assert_eq!(back(0, 1), b"q");
        assert_eq!(back(1, 3), b"%2Fb");
        assert_eq!(back(2, 4), b"b%3D");
        assert_eq!(back(3, 6), b"%3D&c");
    }

    #[test]
    fn a_map_through_another_leads_to_the_file() {
        let file = b"a%2520b%252Fc";
        let once = without_percent(file);
        let twice = without_percent(&once);
        assert_eq!(twice, b"a b/c");
        let outer = OffsetMap::Same.through(percent_pieces(file), once.len());
        let map = outer.through(percent_pieces(&once), twice.len());
        let back = |start, end| map.back(Span::new(start, end)).of(file);
        assert_eq!(back(1, 2), b"%2520");
        assert_eq!(back(2, 5), b"b%252Fc");
        let whole = OffsetMap::All(Span::new(7, 9));
        assert_eq!(whole.through(vec![(0, 0)], 5), whole);
        // Between two strings of a notebook the file does not run in parallel.
        let joined = OffsetMap::Pieces(vec![(0, 10), (4, 30)]);
        let map = joined.through(vec![(0, 1)], 9);
        assert_eq!(map, OffsetMap::Pieces(vec![(0, 11), (3, 30)]));
    }
}
