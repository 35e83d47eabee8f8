//! Bytes to texts: encodings, the cells of notebooks, and what encoded runs
//! decode to. Knows formats, never secrets; any bytes in, never a panic, and
//! work that grows linearly with them.

mod encoding;
mod json;
mod layers;
mod notebook;
mod percent;

pub use layers::{Layer, layers};

use std::borrow::Cow;

use crate::model::{Blob, Origin, Scope, Segment, Text};

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

    /// What is to be looked at: one text, or those of a notebook. Together
    /// they hold every byte of the file once, but for payloads of images.
    pub fn texts(&self) -> Vec<Text<'_>> {
        if self.is_notebook()
            && let Some(texts) = notebook::texts(&self.bytes)
        {
            return texts;
        }
        let segment = match self.blob.origin {
            Origin::Message => Segment::Message,
            Origin::Index | Origin::Disk | Origin::Commit(_) | Origin::Stdin => Segment::Body,
        };
        vec![Text { segment, scope: self.scope, ..Text::body(self.bytes()) }]
    }

    fn is_notebook(&self) -> bool {
        let name = self.blob.path.base_name();
        self.scope == Scope::Everything
            && name.len() > 6
            && name[name.len() - 6..].eq_ignore_ascii_case(b".ipynb")
    }
}
