//! Bytes to texts: encodings, the cells of notebooks, and what encoded runs
//! decode to. Knows formats, never secrets; any bytes in, never a panic, and
//! work that grows linearly with them.

mod encoding;
mod json;
mod layers;
mod notebook;
mod percent_runs;
mod readable;
mod runs;

pub(crate) use encoding::{Order, utf16_order};
pub use layers::{Layer, layers};

use std::borrow::Cow;

use crate::model::{Blob, OffsetMap, Origin, RepoPath, Scope, Segment, Text};

/// A blob's bytes as UTF-8. Places count lines and columns of these bytes.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    blob: &'a Blob,
    bytes: Cow<'a, [u8]>,
    scope: Scope,
}

impl<'a> Document<'a> {
    /// Reads the encoding of `blob`. UTF-8 is borrowed, less a byte order
    /// mark; UTF-16, with a mark or without, is transcoded; what else is no
    /// text stays as it is.
    pub fn of(blob: &'a Blob) -> Self {
        let (bytes, scope) = encoding::to_utf8(&blob.bytes);
        Self { blob, bytes, scope }
    }

    /// The file's UTF-8 text, or the bytes of a binary file: what the maps of
    /// its texts lead back to.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is to be looked at: one text, or those of a notebook, which
    /// together hold every byte of the file once, but for payloads of images.
    /// Strings of UTF-16 inside a binary file are texts of their own.
    pub fn texts(&self) -> Vec<Text<'_>> {
        if self.scope == Scope::Everything
            && is_notebook(&self.blob.path)
            && let Some(texts) = notebook::texts(&self.bytes)
        {
            return texts;
        }
        let segment = match self.blob.origin {
            Origin::Message => Segment::Message,
            Origin::Index | Origin::Disk | Origin::Commit(_) | Origin::Stdin => Segment::Body,
        };
        let whole = Text { segment, scope: self.scope, ..Text::body(self.bytes()) };
        let wide = match self.scope {
            Scope::Tokens => encoding::wide_strings(self.bytes()),
            Scope::Everything | Scope::Random => Vec::new(),
        };
        let strings = wide.into_iter().map(|(span, text)| Text {
            map: OffsetMap::All(span),
            scope: Scope::Tokens,
            ..Text::body(text)
        });
        [whole].into_iter().chain(strings).collect()
    }
}

/// Text in UTF-8, whichever encoding it is in; what is no text stays as it is.
#[cfg(feature = "app")]
pub(crate) fn utf8(bytes: Vec<u8>) -> Vec<u8> {
    match encoding::to_utf8(&bytes).0 {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => bytes,
    }
}

/// Whether a part of a blob is read as it would be within the whole: not of
/// notebooks, which are parsed, nor of what is no text, or none of UTF-8.
pub fn is_plain(blob: &Blob) -> bool {
    !is_notebook(&blob.path) && encoding::may_be_utf8(&blob.bytes)
}

/// Whether a path is a notebook's, by its name.
pub fn is_notebook(path: &RepoPath) -> bool {
    let name = path.base_name();
    name.len() > 6 && name[name.len() - 6..].eq_ignore_ascii_case(b".ipynb")
}
