//! Files on disk, outside of any index: a plain walk, no link followed.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{Content, Item, MAX_BYTES, Selected, too_large};
use crate::model::{Origin, Problem, RepoPath};

/// Every file below `start`, a file or a folder, sorted by path; `.git` folders
/// are passed over. Paths are relative to `start`, or to its folder when it is a file.
pub(crate) fn below(start: &Path) -> Selected {
    let mut found = Selected::default();
    match fs::symlink_metadata(start) {
        Ok(meta) if meta.is_dir() => walk(start, Path::new(""), &mut found),
        Ok(_) => {
            let name = start.file_name().map(PathBuf::from).unwrap_or_default();
            found.items.push(item(&name, start.to_path_buf()));
        }
        Err(error) => found.problems.push(unreadable(start, &error)),
    }
    found
}

fn walk(folder: &Path, relative: &Path, found: &mut Selected) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.problems.push(unreadable(relative, &error)),
    };
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = relative.join(entry.file_name());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                if entry.file_name() != ".git" {
                    walk(&entry.path(), &name, found);
                }
            }
            Ok(kind) if kind.is_file() || kind.is_symlink() => {
                found.items.push(item(&name, entry.path()));
            }
            // Pipes, sockets and devices hold no content that git could take.
            Ok(_) => {}
            Err(error) => found.problems.push(unreadable(&name, &error)),
        }
    }
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem { path: Some(repo_path(path)), why: format!("cannot be read: {error}") }
}

fn item(name: &Path, file: PathBuf) -> Item {
    Item { path: repo_path(name), origin: Origin::Disk, content: Content::Disk(file) }
}

/// A path of this platform as git would write it.
pub(crate) fn repo_path(path: &Path) -> RepoPath {
    let bytes = bstr::BString::from(<Vec<u8> as bstr::ByteVec>::from_path_lossy(path).into_owned());
    if cfg!(windows) {
        let slashes: Vec<u8> = bytes.iter().map(|&b| if b == b'\\' { b'/' } else { b }).collect();
        return RepoPath::new(slashes);
    }
    RepoPath::new(bytes)
}

/// The bytes of a file as git would take them: of a link, its target's name.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("cannot be read: {error}");
    let meta = fs::symlink_metadata(file).map_err(failed)?;
    if meta.is_symlink() {
        return fs::read_link(file)
            .map(|target| repo_path(&target).as_bytes().to_vec())
            .map_err(failed);
    }
    if !meta.is_file() {
        return Err("is no regular file".into());
    }
    if meta.len() > MAX_BYTES {
        return Err(too_large(meta.len()));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    fs::File::open(file).and_then(|mut open| open.read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}
