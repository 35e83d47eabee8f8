//! The first reader: libgit2, in this process. A small commit is read in a
//! millisecond without starting anything. What it does not understand is an
//! error here and a question to git in [`super::plumbing`], never an empty answer.

use std::path::Path;
use std::sync::Once;

use bstr::ByteSlice as _;
use git2::{ErrorCode, Reference, Repository, RepositoryOpenFlags, Tree};

use super::entry::{Entry, Mode};
use super::location::{Location, Start};
use super::{GitError, Oid};
use crate::model::RepoPath;

/// One open repository. Belongs to one thread at a time.
pub(super) struct Library {
    repo: Repository,
}

impl Library {
    /// Opens the repository and says where it is.
    pub(super) fn locate(start: Start) -> Result<(Self, Location), GitError> {
        let library = Self { repo: open(&start)? };
        let git_dir = library.repo.path().to_owned();
        let root = library.repo.workdir().map(Path::to_owned);
        let zero = Oid::zero(b"sha1");
        Ok((library, Location::new(start, git_dir, root, zero)))
    }

    /// Opens another reader of the same repository.
    pub(super) fn open(location: &Location) -> Result<Self, GitError> {
        Ok(Self { repo: open(&location.start)? })
    }

    /// The tree of HEAD, which is not read; none when HEAD is not born yet.
    pub(super) fn head_tree(&self) -> Result<Option<Oid>, GitError> {
        Ok(self.head()?.map(|head| head.peel_to_commit()).transpose()?.map(|c| own(c.tree_id())))
    }

    /// Every file of a tree; none when HEAD is not born yet.
    pub(super) fn tree(&self, revision: &str) -> Result<Vec<Entry>, GitError> {
        let Some(tree) = self.tree_of(revision)? else { return Ok(Vec::new()) };
        let mut entries = Vec::new();
        let mut trouble = None;
        walk(&self.repo, &tree, &mut Vec::new(), &mut |path, mode, id| match entry(
            RepoPath::new(path),
            mode,
            id,
        ) {
            Ok(entry) => entries.push(entry),
            Err(error) => trouble = Some(error),
        })?;
        trouble.map_or(Ok(entries), Err)
    }

    /// The file of a tree at one path.
    pub(super) fn in_tree(
        &self,
        revision: &str,
        path: &RepoPath,
    ) -> Result<Option<Entry>, GitError> {
        let Some(tree) = self.tree_of(revision)? else { return Ok(None) };
        match tree.get_path(file(path)?) {
            Ok(found) => {
                let mode = found.filemode_raw().cast_unsigned();
                Ok(Mode::from_bits(mode).map(|mode| Entry {
                    path: path.clone(),
                    mode,
                    oid: own(found.id()),
                }))
            }
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The size of an object, from its header alone.
    pub(super) fn size(&self, oid: Oid) -> Result<u64, GitError> {
        let (size, _) = self.repo.odb()?.read_header(theirs(oid)?)?;
        Ok(size as u64)
    }

    /// The content of an object.
    pub(super) fn read(&self, oid: Oid) -> Result<Vec<u8>, GitError> {
        Ok(self.repo.odb()?.read(theirs(oid)?)?.data().to_vec())
    }

    /// The tree of a revision; none when it is HEAD and not born yet.
    fn tree_of(&self, revision: &str) -> Result<Option<Tree<'_>>, GitError> {
        if revision == "HEAD" {
            return Ok(self.head()?.map(|head| head.peel_to_tree()).transpose()?);
        }
        Ok(Some(self.repo.revparse_single(revision)?.peel_to_tree()?))
    }

    fn head(&self) -> Result<Option<Reference<'_>>, GitError> {
        match self.repo.head() {
            Ok(head) => Ok(Some(head)),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn open(start: &Start) -> Result<Repository, GitError> {
    static ONCE: Once = Once::new();
    ONCE.call_once(set_up);
    Ok(match start {
        Start::Environment => Repository::open_from_env()?,
        Start::Folder(folder) => {
            Repository::open_ext(folder, RepositoryOpenFlags::empty(), &[] as &[&Path])?
        }
    })
}

/// Tells libgit2 which extensions of repositories change nothing for readers
/// of objects and index, and not to hash every object again, as git does not.
#[expect(unsafe_code, reason = "libgit2 keeps its options in globals; called once, before any use")]
fn set_up() {
    git2::opts::strict_hash_verification(false);
    // No object is asked for twice; keeping trees doubles the time of a history.
    git2::opts::enable_caching(false);
    // SAFETY: `Once` runs this before the first repository is opened, so no
    // other thread can be inside libgit2.
    let set = unsafe {
        git2::opts::set_extensions(&["partialclone", "compatobjectformat", "submodulepathconfig"])
    };
    // Without them libgit2 refuses such repositories and git reads them.
    set.ok();
}

/// Walks a tree by hand: names stay bytes and a broken subtree is an error.
fn walk(
    repo: &Repository,
    tree: &Tree<'_>,
    prefix: &mut Vec<u8>,
    visit: &mut dyn FnMut(&[u8], u32, git2::Oid),
) -> Result<(), GitError> {
    for found in tree {
        let length = prefix.len();
        prefix.extend_from_slice(found.name_bytes());
        let mode = found.filemode_raw().cast_unsigned();
        if mode & 0o170_000 == 0o040_000 {
            prefix.push(b'/');
            walk(repo, &repo.find_tree(found.id())?, prefix, visit)?;
        } else {
            visit(prefix, mode, found.id());
        }
        prefix.truncate(length);
    }
    Ok(())
}

fn entry(path: RepoPath, mode: u32, id: git2::Oid) -> Result<Entry, GitError> {
    let mode = Mode::from_bits(mode)
        .ok_or_else(|| GitError::Library { said: format!("{path} has the mode {mode:o}") })?;
    Ok(Entry { path, mode, oid: own(id) })
}

fn file(path: &RepoPath) -> Result<&Path, GitError> {
    path.as_bytes()
        .to_path()
        .map_err(|_| GitError::Library { said: format!("{path} is not a path on this system") })
}

fn own(id: git2::Oid) -> Oid {
    Oid::from_raw(id.as_bytes()).expect("libgit2 is built for SHA-1, 20 bytes")
}

fn theirs(oid: Oid) -> Result<git2::Oid, GitError> {
    Ok(git2::Oid::from_bytes(oid.as_raw())?)
}

impl From<git2::Error> for GitError {
    fn from(error: git2::Error) -> Self {
        Self::Library { said: error.message().to_owned() }
    }
}
