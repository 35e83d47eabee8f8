//! What to read, and the reading of it: a selection becomes items, an item
//! becomes a blob.

mod disk;

use std::path::PathBuf;

use crate::model::{Blob, Origin, Problem, RepoPath};

pub(crate) use disk::below;

/// One content to read.
#[derive(Debug)]
pub(crate) struct Item {
    /// Its path in the repository, or below the given folder.
    pub(crate) path: RepoPath,
    /// Where the bytes come from.
    pub(crate) origin: Origin,
    /// How to get them.
    pub(crate) content: Content,
}

/// How to get an item's bytes.
#[derive(Debug)]
pub(crate) enum Content {
    /// They are here already.
    Bytes(Vec<u8>),
    /// From a file on disk.
    Disk(PathBuf),
}

/// Contents above this many bytes are not read but reported: a scan must end.
pub(crate) const MAX_BYTES: u64 = 1 << 30;

impl Item {
    /// Reads the bytes.
    pub(crate) fn read(self) -> Result<Blob, Problem> {
        let bytes = match self.content {
            Content::Bytes(bytes) => bytes,
            Content::Disk(file) => {
                disk::read(&file).map_err(|why| Problem { path: Some(self.path.clone()), why })?
            }
        };
        Ok(Blob { path: self.path, origin: self.origin, bytes })
    }
}
