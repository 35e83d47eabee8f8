//! What is read: a path and the bytes that git has, or is about to have.

use std::fmt;
use std::path::{Path, PathBuf};

use bstr::{BStr, BString, ByteSlice};

use super::OneLine;

/// One content to scan.
#[derive(Debug, Clone)]
pub struct Blob {
    /// Its path in the repository, or below the scanned folder.
    pub path: RepoPath,
    /// Where the bytes come from.
    pub origin: Origin,
    /// The bytes, whole.
    pub bytes: Vec<u8>,
}

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The index that git is committing.
    Index,
    /// A file on disk.
    Disk,
    /// A commit: its id in hex.
    Commit(String),
    /// A commit message.
    Message,
    /// Standard input.
    Stdin,
}

/// A path as git has it: bytes, `/` between parts, never `\0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(BString);

impl RepoPath {
    /// Takes the bytes of a path.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(BString::from(bytes.into()))
    }

    /// The path of what is called `name` in `folder`, which is empty at the root.
    pub fn within(folder: &[u8], name: &[u8]) -> Self {
        let slash: &[u8] = if folder.is_empty() || folder.ends_with(b"/") { b"" } else { b"/" };
        Self::new([folder, slash, name].concat())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, as a byte string.
    pub fn as_bstr(&self) -> &BStr {
        self.0.as_bstr()
    }

    /// What stands after the last `/`.
    pub fn base_name(&self) -> &[u8] {
        self.0.rsplit(|&b| b == b'/').next().unwrap_or(&[])
    }

    /// The file of this path in the folder `root`.
    pub fn under(&self, root: &Path) -> PathBuf {
        root.join(self.0.to_path_lossy())
    }

    /// What stands before the last `/`; empty at the root.
    pub fn folder(&self) -> &[u8] {
        self.0.rfind_byte(b'/').map_or(&[], |at| &self.0[..at])
    }
}

/// Safe to print: see [`OneLine`].
impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneLine::new(self.as_bytes()).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_name_and_folder_split_at_the_last_slash() {
        let path = RepoPath::new(&b"a/b/.env"[..]);
        assert_eq!((path.folder(), path.base_name()), (&b"a/b"[..], &b".env"[..]));
        assert_eq!(RepoPath::new(&b".env"[..]).folder(), b"");
        for (folder, whole) in [(&b""[..], &b".env"[..]), (b"a", b"a/.env"), (b"a/", b"a/.env")] {
            assert_eq!(RepoPath::within(folder, b".env").as_bytes(), whole);
        }
    }
}
