//! The only room that names git2 or runs git.
//!
//! Two readers behind one type: this process, where it can (objects by libgit2 and
//! by hand, the index by hand), and git's plumbing where it cannot (sha256,
//! reftable, a split or sparse index). Whatever neither can read is an error;
//! "nothing is staged" is only ever said by a reader that read the index.
//!
//! The repository is the one git names to its hooks by the environment
//! (`GIT_DIR`, `GIT_INDEX_FILE`, `GIT_OBJECT_DIRECTORY`). It is looked up once
//! and nothing changes the current folder. Only [`settings`] writes, and only
//! configuration, for `stanch install`.

mod addable;
mod asked;
mod canary;
mod cat_file;
mod compare;
mod delta;
mod entry;
mod error;
mod families;
mod history;
mod hygiene;
mod index;
mod inflate;
mod library;
mod location;
mod loose;
mod oid;
mod pack;
mod people;
mod plumbing;
mod reach;
mod replay;
mod settings;
mod skip;
#[cfg(test)]
mod tests;
mod trees;
mod walk;

pub use asked::Asked;
pub use delta::Same;
use entry::Change;
pub use entry::{Entry, Mode};
pub use error::GitError;
pub use families::{Base, Content, Families};
pub use history::{Found, History};
pub use hygiene::IgnoreRule;
pub use oid::Oid;
pub use people::{Blame, Commit};
pub use reach::{Push, RefUpdate};
pub use settings::{Level, Setting, User};
pub use walk::{Brought, Walk};

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::model::RepoPath;
use cat_file::CatFile;
use index::Index;
use library::Library;
use location::{Location, Start};
use pack::Pack;

/// Up to this size (about 1,500 entries) git reads an index twice sooner than it
/// compares it with HEAD.
const SMALL_INDEX: u64 = 1 << 17;

/// What came of reading a content within a limit.
#[derive(Debug)]
pub enum Within {
    /// All of it.
    Whole(Vec<u8>),
    /// Only its size, which is above the limit.
    TooLarge(u64),
}

/// A repository. Threads share it; each reads through a reader of its own.
pub struct Repo {
    location: Location,
    /// Whether libgit2 opened it.
    in_process: bool,
    libraries: Mutex<Vec<Library>>,
    cat_files: Mutex<Vec<CatFile>>,
    /// Once it was read; none where that is left to git.
    index: OnceLock<Option<Index>>,
    /// What git said the index changes, once it was asked.
    changes: OnceLock<Vec<Change>>,
    /// Once they were looked for.
    packs: OnceLock<Vec<Pack>>,
}

impl Repo {
    /// The repository git is working on: in a hook, exactly the one and the
    /// index that are being committed.
    pub fn from_env() -> Result<Self, GitError> {
        Self::start(Start::Environment)
    }

    /// The repository a folder belongs to, whatever the environment says.
    pub fn discover(start: &Path) -> Result<Self, GitError> {
        Self::start(Start::Folder(start.to_owned()))
    }

    fn start(start: Start) -> Result<Self, GitError> {
        match Library::locate(start.clone()) {
            Ok((library, location)) => Ok(Self::at(location, Some(library))),
            // Git decides; its refusal comes with advice.
            Err(_) => Ok(Self::at(plumbing::locate(start)?, None)),
        }
    }

    fn at(location: Location, library: Option<Library>) -> Self {
        Self {
            location,
            in_process: library.is_some(),
            libraries: Mutex::new(library.into_iter().collect()),
            cat_files: Mutex::default(),
            index: OnceLock::new(),
            changes: OnceLock::new(),
            packs: OnceLock::new(),
        }
    }

    /// The top of the work tree; none in a bare repository.
    pub fn root(&self) -> Option<&Path> {
        self.location.root.as_deref()
    }

    /// Whether somebody works below the root, where paths from the root lead nowhere.
    pub fn is_below_root(&self) -> bool {
        self.location.is_below_root()
    }

    /// `path` as a command of git takes it where somebody works.
    pub fn pathspec(&self, path: &RepoPath) -> String {
        if self.is_below_root() { path.argument_below_root() } else { path.argument() }
    }

    /// `path` as any other command takes it where somebody works.
    pub fn file(&self, path: &RepoPath) -> String {
        if self.is_below_root() { path.file_below_root() } else { path.file() }
    }

    /// The repository's own folder; in a linked worktree, that worktree's.
    pub fn git_dir(&self) -> &Path {
        &self.location.git_dir
    }

    /// What is about to be committed: added, changed, renamed and retyped
    /// entries of the index against HEAD, never deletions.
    pub fn staged(&self) -> Result<Vec<Entry>, GitError> {
        self.ensure_index()?;
        match self.compared() {
            Some(entries) => Ok(entries),
            None => Ok(self.changes()?.iter().filter_map(|change| change.now.clone()).collect()),
        }
    }

    /// The same, without asking git.
    fn compared(&self) -> Option<Vec<Entry>> {
        let index = self.index()?;
        let head = self.with_library(Library::head_tree).ok()?;
        compare::changed(index, head, |tree| {
            let loose = loose::tree(&self.location.objects, tree);
            loose.or_else(|| self.with_library(|library| library.read(tree)).ok())
        })
    }

    fn index(&self) -> Option<&Index> {
        let read = || {
            let bytes = self.in_process.then(|| std::fs::read(&self.location.index).ok())??;
            Index::parse(bytes, self.location.zero.as_raw().len())
        };
        self.index.get_or_init(read).as_ref()
    }

    /// Every entry of the index. A path in conflict stands there once a version.
    pub fn tracked(&self) -> Result<Vec<Entry>, GitError> {
        self.ensure_index()?;
        if let Some(index) = self.index() {
            return Ok((0..index.len()).map(|at| index.entry(at)).collect());
        }
        plumbing::tracked(&self.location)
    }

    /// Every file of a revision; none when HEAD is not born yet.
    pub fn tree(&self, rev: &str) -> Result<Vec<Entry>, GitError> {
        self.asked(
            |library| library.tree(rev),
            || match self.tree_oid(rev)? {
                Some(tree) => plumbing::tree(&self.location, tree),
                None => Ok(Vec::new()),
            },
        )
    }

    /// The entry of the index at a path; none while it is in conflict.
    pub fn in_index(&self, path: &RepoPath) -> Result<Option<Entry>, GitError> {
        if self.index().is_some() || self.has_small_index() {
            return self.in_stages(path);
        }
        // Asking git about one path reads the whole index again. What it
        // changes is known by now, and what it does not change is in HEAD.
        match self.changes() {
            Ok(changes) => match changes.binary_search_by(|change| change.path.cmp(path)) {
                Ok(at) => Ok(changes[at].now.clone()),
                Err(_) => self.in_tree("HEAD", path),
            },
            Err(GitError::Unmerged { .. }) => self.in_stages(path),
            Err(error) => Err(error),
        }
    }

    fn in_stages(&self, path: &RepoPath) -> Result<Option<Entry>, GitError> {
        Ok(self.stages(path)?.into_iter().find(|(_, stage)| *stage == 0).map(|(entry, _)| entry))
    }

    fn changes(&self) -> Result<&[Change], GitError> {
        if let Some(changes) = self.changes.get() {
            return Ok(changes);
        }
        let changes = plumbing::changes(&self.location)?;
        Ok(self.changes.get_or_init(|| changes))
    }

    /// The entries of the index at a path with their stages: 0 alone, or while
    /// in conflict 1 (base), 2 (ours), 3 (theirs).
    pub fn stages(&self, path: &RepoPath) -> Result<Vec<(Entry, u8)>, GitError> {
        self.ensure_index()?;
        match self.index() {
            Some(index) => Ok(index.stages(path)),
            None => plumbing::at_path(&self.location, path),
        }
    }

    /// The file of a revision at a path.
    pub fn in_tree(&self, rev: &str, path: &RepoPath) -> Result<Option<Entry>, GitError> {
        self.asked(
            |library| library.in_tree(rev, path),
            || match self.tree_oid(rev)? {
                Some(tree) => plumbing::in_tree(&self.location, tree, path),
                None => Ok(None),
            },
        )
    }

    /// The size of a content, without reading it.
    pub fn size(&self, oid: Oid) -> Result<u64, GitError> {
        self.asked(|library| library.size(oid), || self.with_cat_file(|cat| cat.size(oid)))
    }

    /// A content, if it has at most `limit` bytes.
    pub fn read_within(&self, oid: Oid, limit: u64) -> Result<Within, GitError> {
        if let Some(content) = loose::blob(&self.location.objects, oid, limit) {
            return Ok(Within::Whole(content));
        }
        match self.size(oid)? {
            size if size > limit => Ok(Within::TooLarge(size)),
            _ => Ok(Within::Whole(self.read(oid)?)),
        }
    }

    /// A content, whole.
    pub fn read(&self, oid: Oid) -> Result<Vec<u8>, GitError> {
        match loose::blob(&self.location.objects, oid, u64::MAX) {
            Some(content) => Ok(content),
            None => {
                self.asked(|library| library.read(oid), || self.with_cat_file(|cat| cat.read(oid)))
            }
        }
    }

    /// The packs of the repository, for those who read much of them.
    fn packs(&self) -> &[Pack] {
        let width = self.location.zero.as_raw().len();
        self.packs.get_or_init(|| Pack::all(&self.location.objects, width))
    }

    /// The reason of `git -c stanch.skip=why`; command scope only, so no file
    /// of a repository can switch the guard off.
    pub fn skip_reason(&self) -> Result<Option<String>, GitError> {
        skip::reason(|name| std::env::var_os(name).map(OsString::into_encoded_bytes))
    }

    /// A named index must be there: git made it before it called the hook.
    fn ensure_index(&self) -> Result<(), GitError> {
        if self.location.index_is_named
            && self.location.index_size().is_none()
            && self.tree_oid("HEAD")?.is_some()
        {
            return Err(GitError::NoIndex { path: self.location.index.clone() });
        }
        Ok(())
    }

    fn tree_oid(&self, rev: &str) -> Result<Option<Oid>, GitError> {
        match plumbing::resolve(&self.location, &format!("{rev}^{{tree}}"))? {
            Some(tree) => Ok(Some(tree)),
            None if rev == "HEAD" => Ok(None),
            None => Err(GitError::no_commit(rev)),
        }
    }

    /// Whether git is committing named paths only: its index is then a
    /// temporary one beside the real one.
    pub fn is_partial_commit(&self) -> bool {
        let name = self.location.index.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("next-index-")
    }

    fn has_small_index(&self) -> bool {
        self.location.index_size().is_none_or(|size| size <= SMALL_INDEX)
    }

    /// Asks libgit2 and, whatever it stumbles over, git.
    fn asked<T>(
        &self,
        library: impl FnOnce(&Library) -> Result<T, GitError>,
        plumbing: impl FnOnce() -> Result<T, GitError>,
    ) -> Result<T, GitError> {
        if self.in_process
            && let Ok(answer) = self.with_library(library)
        {
            return Ok(answer);
        }
        plumbing()
    }

    fn with_library<T>(
        &self,
        work: impl FnOnce(&Library) -> Result<T, GitError>,
    ) -> Result<T, GitError> {
        let taken = lock(&self.libraries).pop();
        let library = match taken {
            Some(library) => library,
            None => Library::open(&self.location)?,
        };
        let answer = work(&library);
        lock(&self.libraries).push(library);
        answer
    }

    /// A child that failed an answer is not asked again: its pipes may be out of step.
    fn with_cat_file<T>(
        &self,
        work: impl FnOnce(&mut CatFile) -> Result<T, GitError>,
    ) -> Result<T, GitError> {
        let taken = lock(&self.cat_files).pop();
        let mut cat_file = match taken {
            Some(cat_file) => cat_file,
            None => CatFile::start(&self.location)?,
        };
        let answer = work(&mut cat_file)?;
        lock(&self.cat_files).push(cat_file);
        Ok(answer)
    }
}

impl std::fmt::Debug for Repo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repo").field("location", &self.location).finish_non_exhaustive()
    }
}

/// A pool of readers is whole even when a thread died between two uses.
fn lock<T>(pool: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}
