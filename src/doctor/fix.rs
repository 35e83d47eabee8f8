//! What `--fix` does: lines added to files, files made, modes narrowed. Each
//! edit is shown before it is done, and done once: a line that is there
//! already is not added again. No link is followed.

use std::fs;
use std::io;
use std::path::Path;

use bstr::ByteSlice as _;

use crate::model::RepoPath;
use crate::platform::{self, Access};

/// One change of the work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Adds lines at the end of a file, which is made when it is not there.
    Append {
        /// The file.
        path: RepoPath,
        /// The lines.
        lines: Vec<String>,
    },
    /// Adds lines that belong together at the end of a file that is there.
    Block {
        /// The file.
        path: RepoPath,
        /// The lines.
        lines: Vec<String>,
    },
    /// Makes a file that is not there.
    Create {
        /// The file.
        path: RepoPath,
        /// Its text.
        text: String,
    },
    /// Takes a file away from everybody but its owner.
    Narrow {
        /// The file.
        path: RepoPath,
    },
}

/// The edit in words, its text below it.
pub(crate) fn shown(edit: &Edit) -> String {
    let body = |lines: &mut dyn Iterator<Item = &str>| -> String {
        lines.flat_map(|line| ["\n    + ", line]).collect()
    };
    match edit {
        Edit::Append { path, lines } | Edit::Block { path, lines } => {
            format!("add to {path}:{}", body(&mut lines.iter().map(String::as_str)))
        }
        Edit::Create { path, text } => format!("make {path}:{}", body(&mut text.lines())),
        Edit::Narrow { path } => format!("chmod go-rwx {path}"),
    }
}

/// Does it.
pub(crate) fn apply(root: &Path, edit: &Edit) -> io::Result<()> {
    match edit {
        Edit::Append { path, lines } => change(root, path, |old| appended(old, lines)),
        Edit::Block { path, lines } => change(root, path, |old| with_block(old, lines)),
        Edit::Create { path, text } => {
            let file = path.under(root);
            if fs::symlink_metadata(&file).is_ok() {
                return Ok(());
            }
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            platform::replace(&file, text.as_bytes(), Access::Kept)
        }
        Edit::Narrow { path } => platform::close_to_others(&path.under(root)),
    }
}

/// Rewrites a regular file, or makes it.
fn change(root: &Path, path: &RepoPath, new: impl FnOnce(&[u8]) -> Vec<u8>) -> io::Result<()> {
    let file = path.under(root);
    let old = match fs::symlink_metadata(&file) {
        Ok(meta) if meta.is_file() => fs::read(&file)?,
        Ok(_) => return Err(io::Error::other(format!("{path} is no regular file"))),
        Err(_) => Vec::new(),
    };
    let new = new(&old);
    if new == old { Ok(()) } else { platform::replace(&file, &new, Access::Kept) }
}

/// The text with a block at its end, unless it is there.
fn with_block(old: &[u8], lines: &[String]) -> Vec<u8> {
    let end: &[u8] = if old.contains_str(b"\r\n") { b"\r\n" } else { b"\n" };
    let block: Vec<u8> = lines.iter().flat_map(|line| [line.as_bytes(), end].concat()).collect();
    let gap: &[u8] = if old.is_empty() || old.ends_with(b"\n") { b"" } else { end };
    if old.contains_str(&block) { old.to_vec() } else { [old, gap, &block].concat() }
}

/// The text with the lines that it lacks at its end, in its own line ends.
fn appended(old: &[u8], lines: &[String]) -> Vec<u8> {
    let end: &[u8] = if old.contains_str(b"\r\n") { b"\r\n" } else { b"\n" };
    let mut new = old.to_vec();
    for line in lines {
        if old.lines().any(|present| present == line.as_bytes()) {
            continue;
        }
        if !new.is_empty() && !new.ends_with(b"\n") {
            new.extend_from_slice(end);
        }
        new.extend_from_slice(line.as_bytes());
        new.extend_from_slice(end);
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_once_in_the_line_ends_of_the_file() {
        let lines = [".env".to_owned(), "*.env".to_owned()];
        assert_eq!(appended(b"", &lines), b".env\n*.env\n");
        assert_eq!(appended(b"a\r\n.env\r\nb", &lines), b"a\r\n.env\r\nb\r\n*.env\r\n");
        let once = appended(b"a", &lines);
        assert_eq!(appended(&once, &lines), once);
    }

    #[test]
    fn a_block_is_added_whole_and_once() {
        let lines = ["- a".to_owned(), "  b".to_owned()];
        let once = with_block(b"x:\n- a", &lines);
        assert_eq!(once, b"x:\n- a\n- a\n  b\n");
        assert_eq!(with_block(&once, &lines), once);
    }
}
