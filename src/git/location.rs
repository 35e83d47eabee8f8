//! Where the repository is, and the environment its readers run in. Looked up
//! once, before anything else: git's variables are relative to the folder in
//! which it started us.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

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
        let named = match start {
            Start::Environment => variable("GIT_INDEX_FILE"),
            Start::Folder(_) => None,
        };
        let index_is_named = named.is_some();
        // Git goes to the root before it opens a relative index file.
        let index = named.map_or_else(
            || git_dir.join("index"),
            |named| absolute(root.as_deref().unwrap_or(Path::new("")), &named),
        );
        let objects = objects(&start, &git_dir);
        Self { start, git_dir, root, objects, index, index_is_named, zero }
    }

    /// The size of the index file; none when there is no such file.
    pub(super) fn index_size(&self) -> Option<u64> {
        self.index.metadata().ok().map(|found| found.len())
    }
}

/// A linked worktree names the folder it shares in a file (gitrepository-layout(5)).
fn objects(start: &Start, git_dir: &Path) -> PathBuf {
    let named = |name| matches!(start, Start::Environment).then(|| variable(name)).flatten();
    if let Some(objects) = named("GIT_OBJECT_DIRECTORY") {
        return absolute(Path::new(""), &objects);
    }
    let shared =
        named("GIT_COMMON_DIR").map(|common| absolute(Path::new(""), &common)).or_else(|| {
            let written = std::fs::read_to_string(git_dir.join("commondir")).ok()?;
            Some(git_dir.join(written.trim_end()))
        });
    shared.as_deref().unwrap_or(git_dir).join("objects")
}

fn absolute(base: &Path, named: &OsStr) -> PathBuf {
    let joined = base.join(named);
    std::path::absolute(&joined).unwrap_or(joined)
}

/// A variable that is set to something.
pub(super) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}
