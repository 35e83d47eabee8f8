//! What is read: a path and the bytes that git has, or is about to have.

use std::fmt;
use std::path::{Path, PathBuf};

use bstr::{BStr, BString, ByteSlice};

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

/// One line that cannot move the cursor: control characters, bidirectional
/// overrides and bytes that are not UTF-8 are escaped. It also cannot be taken
/// for a workflow command by a CI runner that reads the log (`::` at the start
/// of a trimmed line, `##[` anywhere).
impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, chunk) in self.0.utf8_chunks().enumerate() {
            let valid = chunk.valid();
            for (offset, c) in valid.char_indices() {
                match c {
                    '\n' => f.write_str("\\n")?,
                    '\r' => f.write_str("\\r")?,
                    '\t' => f.write_str("\\t")?,
                    '\\' => f.write_str("\\\\")?,
                    ':' if at == 0 && valid[..offset].trim_start().is_empty() => {
                        f.write_str("\\u{3a}")?;
                    }
                    '#' if valid[offset..].starts_with("##[") => f.write_str("\\u{23}")?,
                    c if is_unsafe_to_print(c) => write!(f, "\\u{{{:x}}}", c as u32)?,
                    c => write!(f, "{c}")?,
                }
            }
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

/// C0, DEL, C1, and the bidirectional controls and separators that make a
/// terminal or a reviewer see something else than what is there (CVE-2021-42574).
pub(crate) fn is_unsafe_to_print(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_path_holds_no_control_character() {
        let shown = RepoPath::new("a\x1b[2J\n\u{202e}\u{9b}\t\\é".as_bytes()).to_string();
        assert_eq!(shown, "a\\u{1b}[2J\\n\\u{202e}\\u{9b}\\t\\\\é");
        assert_eq!(RepoPath::new(&b"\xff.txt"[..]).to_string(), "\\xFF.txt");
        assert_eq!(RepoPath::new("::error::x").to_string(), "\\u{3a}:error::x");
        assert_eq!(RepoPath::new("a##[group]").to_string(), "a\\u{23}#[group]");
    }

    #[test]
    fn base_name_and_folder_split_at_the_last_slash() {
        let path = RepoPath::new(&b"a/b/.env"[..]);
        assert_eq!((path.folder(), path.base_name()), (&b"a/b"[..], &b".env"[..]));
        assert_eq!(RepoPath::new(&b".env"[..]).folder(), b"");
    }
}
