//! Where the repository is, and the environment its readers run in. Looked up
//! once, before anything else: git's variables are relative to the folder in
//! which it started us.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::{env, fs};

use bstr::ByteSlice as _;

use super::Oid;

/// Variables that bind git to one repository (`git rev-parse --local-env-vars`).
/// They are dropped when a folder was named instead.
pub(super) const LOCAL_VARIABLES: [&str; 16] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// How the repository was named.
#[derive(Debug, Clone)]
pub(super) enum Start {
    /// By the environment and the current folder, as git names it to hooks.
    Environment,
    /// By a folder in it; the environment's repository is not meant.
    Folder(PathBuf),
}

/// A repository's folders, all absolute.
#[derive(Debug, Clone)]
pub(super) struct Location {
    pub(super) start: Start,
    pub(super) git_dir: PathBuf,
    pub(super) root: Option<PathBuf>,
    /// Where new objects are written.
    pub(super) objects: PathBuf,
    /// The folders of objects that this one borrows from.
    pub(super) borrowed: Vec<PathBuf>,
    /// The index that git is committing.
    pub(super) index: PathBuf,
    /// Whether `GIT_INDEX_FILE` names the index, so that it must exist.
    pub(super) index_is_named: bool,
    /// The zero name of the object format.
    pub(super) zero: Oid,
}

impl Location {
    pub(super) fn new(start: Start, git_dir: PathBuf, root: Option<PathBuf>, zero: Oid) -> Self {
        // Git reads paths from the folder it runs in.
        let start = match (start, &root) {
            (Start::Folder(_), Some(root)) => Start::Folder(root.clone()),
            (start, _) => start,
        };
        let named = named(&start, "GIT_INDEX_FILE");
        let index_is_named = named.is_some();
        // Git goes to the root before it opens a relative index file.
        let index = named.map_or_else(
            || git_dir.join("index"),
            |named| absolute(root.as_deref().unwrap_or(Path::new("")), &named),
        );
        let objects = objects(&start, &git_dir);
        let borrowed = borrowed(&start, &objects);
        Self { start, git_dir, root, objects, borrowed, index, index_is_named, zero }
    }

    /// Whether somebody works below the root: git calls hooks at the root, and says from
    /// which folder it was called.
    pub(super) fn is_below_root(&self) -> bool {
        let here = || env::current_dir().ok()?.canonicalize().ok();
        let is_here = |root: &Path| root.canonicalize().ok() == here();
        variable("GIT_PREFIX").is_some() || self.root.as_deref().is_some_and(|root| !is_here(root))
    }

    /// The size of the index file; none when there is no such file.
    pub(super) fn index_size(&self) -> Option<u64> {
        self.index.metadata().ok().map(|found| found.len())
    }
}

/// A linked worktree names the folder it shares in a file (gitrepository-layout(5)).
fn objects(start: &Start, git_dir: &Path) -> PathBuf {
    if let Some(objects) = named(start, "GIT_OBJECT_DIRECTORY") {
        return absolute(Path::new(""), &objects);
    }
    let shared = named(start, "GIT_COMMON_DIR")
        .map(|common| absolute(Path::new(""), &common))
        .or_else(|| {
            let written = fs::read_to_string(git_dir.join("commondir")).ok()?;
            Some(git_dir.join(written.trim_end()))
        });
    shared.as_deref().unwrap_or(git_dir).join("objects")
}

/// The folders that are named for a folder of objects to borrow from, and those
/// that these borrow from in turn.
fn borrowed(start: &Start, objects: &Path) -> Vec<PathBuf> {
    let named = named(start, "GIT_ALTERNATE_OBJECT_DIRECTORIES").unwrap_or_default();
    let mut folders: Vec<_> =
        env::split_paths(&named).filter_map(|it| it.canonicalize().ok()).collect();
    folders.extend(alternates(objects));
    let mut at = 0;
    while let Some(folder) = folders.get(at) {
        let more = alternates(folder).into_iter().filter(|it| !folders.contains(it));
        folders.extend(more.collect::<Vec<_>>());
        at += 1;
    }
    folders
}

/// One folder a line, relative to the folder of objects that borrows
/// (gitrepository-layout(5), "objects/info/alternates").
fn alternates(objects: &Path) -> Vec<PathBuf> {
    let written = fs::read(objects.join("info/alternates")).unwrap_or_default();
    let folder = |line: &[u8]| objects.join(line.to_path().ok()?).canonicalize().ok();
    written.lines().filter(|line| !line.is_empty()).filter_map(folder).collect()
}

/// A variable that names a part of the repository, if the environment names it.
fn named(start: &Start, name: &str) -> Option<OsString> {
    matches!(start, Start::Environment).then(|| variable(name)).flatten()
}

fn absolute(base: &Path, named: &OsStr) -> PathBuf {
    let joined = base.join(named);
    std::path::absolute(&joined).unwrap_or(joined)
}

/// A variable that is set to something.
pub(super) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}
