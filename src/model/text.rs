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

/// How an offset of a text leads back to the file it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OffsetMap {
    /// The text is the file (UTF-16 counts as its UTF-8 form).
    Same,
    /// Everything stands at one span of the file: a decoded layer.
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
                Span::new(start, (last + 1).max(start))
            }
        }
    }

    fn back_one(pieces: &[(usize, usize)], offset: usize) -> usize {
        let at = pieces.partition_point(|&(text, _)| text <= offset);
        match at.checked_sub(1).map(|at| pieces[at]) {
            Some((text, file)) => file + (offset - text),
            None => offset,
        }
    }
}
