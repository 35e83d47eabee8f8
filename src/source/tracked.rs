//! What git knows: the index being committed, the tracked files of the work
//! tree, the tree of a revision.

use std::path::Path;

use super::{Content, Item, Selected, disk, on_threads};
use crate::git::{Entry, GitError, Repo};
use crate::model::{Origin, Problem, RepoPath};

/// What is about to be committed: blobs of the index that differ from HEAD.
pub(crate) fn staged(repo: &Repo) -> Result<Selected, GitError> {
    let items = repo.staged()?.into_iter().map(|entry| from_object(entry, Origin::Index)).collect();
    Ok(Selected { items, ..Selected::default() })
}

/// Every file of a revision.
pub(crate) fn tree(repo: &Repo, rev: &str) -> Result<Selected, GitError> {
    let items =
        repo.tree(rev)?.into_iter().map(|entry| from_object(entry, Origin::Index)).collect();
    Ok(Selected { items, ..Selected::default() })
}

/// The tracked files as they stand in the work tree; in a bare repository, HEAD.
pub(crate) fn tracked(repo: &Repo) -> Result<Selected, GitError> {
    let Some(root) = repo.root() else { return tree(repo, "HEAD") };
    let entries = repo.tracked()?;
    Ok(on_disk(root, entries.into_iter().filter(|e| e.mode.has_content()).map(|e| e.path)))
}

/// What git tracks or would add below `path`, which lies in the work tree.
/// A file or folder that is named is read even when it is ignored.
pub(crate) fn under(repo: &Repo, root: &Path, path: &Path) -> Result<Selected, GitError> {
    let inside = path.strip_prefix(root).unwrap_or(path);
    if path.is_dir() && !repo.ignores(&disk::repo_path(inside))? {
        return Ok(on_disk(root, repo.addable(&disk::repo_path(inside))?.into_iter()));
    }
    let folder = if path.is_dir() { Some(inside) } else { inside.parent() };
    Ok(disk::below(path, disk::repo_path(folder.unwrap_or(inside)).as_bytes()))
}

fn on_disk(root: &Path, paths: impl Iterator<Item = RepoPath>) -> Selected {
    let mut selected = Selected::default();
    let mut absent = 0;
    for met in on_threads(paths.collect(), |path| meet(root, path)) {
        match met {
            Met::Item(item) => selected.items.push(item),
            Met::Folder(mut nested) => {
                selected.items.append(&mut nested.items);
                selected.problems.append(&mut nested.problems);
            }
            Met::Nothing => absent += 1,
            Met::Problem(problem) => selected.problems.push(problem),
        }
    }
    match absent {
        0 => {}
        1 => selected.notes.push("1 tracked file is not in the work tree and was not read".into()),
        n => selected
            .notes
            .push(format!("{n} tracked files are not in the work tree and were not read")),
    }
    selected
}

/// What stands in the work tree where git knows a path.
enum Met {
    Item(Item),
    /// A nested repository is listed as one folder.
    Folder(Selected),
    Nothing,
    Problem(Problem),
}

fn meet(root: &Path, path: RepoPath) -> Met {
    let file = path.under(root);
    match file.symlink_metadata() {
        Ok(meta) if meta.is_dir() => Met::Folder(if file.join(".git").exists() {
            disk::below(&file, path.as_bytes())
        } else {
            // A file became a folder: git lists apart what it would add of it.
            Selected::default()
        }),
        Ok(_) => Met::Item(Item { path, origin: Origin::Disk, content: Content::Disk(file) }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Met::Nothing,
        Err(error) => Met::Problem(disk::unreadable(disk::repo_path(&file), &error)),
    }
}

fn from_object(entry: Entry, origin: Origin) -> Item {
    // A submodule has no content here; its path still counts.
    let content = if entry.mode.has_content() {
        Content::Object(entry.oid)
    } else {
        Content::Bytes(Vec::new())
    };
    Item { path: entry.path, origin, content }
}
