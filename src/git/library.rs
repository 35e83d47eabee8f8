//! The first reader: libgit2, in this process. A small commit is read in a
//! millisecond without starting anything. What it does not understand is an
//! error here and a question to git in [`super::plumbing`], never an empty answer.
//! Of every object it is asked first whether it is whole: libgit2 1.9 reads for
//! ever in the file of one that is cut short.

use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Once;

use git2::{ErrorCode, Object, ObjectType, Repository, RepositoryOpenFlags, Tree};

use super::entry::{Entry, Mode};
use super::location::{Location, Start};
use super::{GitError, Oid, loose};
use crate::model::RepoPath;

/// One open repository. Belongs to one thread at a time.
pub(super) struct Library {
    repo: Repository,
    /// Where objects may have files of their own.
    objects: Vec<PathBuf>,
}

impl Library {
    /// Opens the repository and says where it is.
    pub(super) fn locate(start: Start) -> Result<(Self, Location), GitError> {
        let repo = open(&start)?;
        let git_dir = repo.path().to_owned();
        let root = repo.workdir().map(Path::to_owned);
        let location = Location::new(start, git_dir, root, Oid::zero(b"sha1"));
        Ok((Self::of(repo, &location), location))
    }

    /// Opens another reader of the same repository.
    pub(super) fn open(location: &Location) -> Result<Self, GitError> {
        Ok(Self::of(open(&location.start)?, location))
    }

    fn of(repo: Repository, location: &Location) -> Self {
        let objects = iter::once(&location.objects).chain(&location.borrowed).cloned().collect();
        Self { repo, objects }
    }

    /// The tree of HEAD, which is not read; none when HEAD is not born yet.
    pub(super) fn head_tree(&self) -> Result<Option<Oid>, GitError> {
        let Some(head) = self.head()? else { return Ok(None) };
        if let Some(tree) = loose::tree_of_commit(&self.objects[0], own(head)) {
            return Ok(Some(tree));
        }
        let commit = self.object(head)?.peel_to_commit()?;
        Ok(Some(own(commit.tree_id())))
    }

    /// Every file of a tree; none when HEAD is not born yet.
    pub(super) fn tree(&self, revision: &str) -> Result<Vec<Entry>, GitError> {
        let Some(tree) = self.tree_of(revision)? else { return Ok(Vec::new()) };
        let mut entries = Vec::new();
        self.walk(&tree, &mut Vec::new(), &mut entries)?;
        Ok(entries)
    }

    /// The file of a tree at one path.
    pub(super) fn in_tree(
        &self,
        revision: &str,
        path: &RepoPath,
    ) -> Result<Option<Entry>, GitError> {
        let Some(mut tree) = self.tree_of(revision)? else { return Ok(None) };
        let mut names = path.as_bytes().split(|&byte| byte == b'/').peekable();
        while let Some(name) = names.next() {
            let found = tree.get_name_bytes(name).map(|it| (it.id(), it.filemode_raw()));
            let Some((id, mode)) = found else { return Ok(None) };
            if names.peek().is_none() {
                let mode = Mode::from_bits(mode.cast_unsigned());
                return Ok(mode.map(|mode| Entry { path: path.clone(), mode, oid: own(id) }));
            }
            if !is_folder(mode.cast_unsigned()) {
                return Ok(None);
            }
            tree = self.object(id)?.peel_to_tree()?;
        }
        Ok(None)
    }

    /// The size of an object, from its header alone.
    pub(super) fn size(&self, oid: Oid) -> Result<u64, GitError> {
        let (size, _) = self.repo.odb()?.read_header(theirs(oid)?)?;
        Ok(size as u64)
    }

    /// The content of an object.
    pub(super) fn read(&self, oid: Oid) -> Result<Vec<u8>, GitError> {
        Ok(self.repo.odb()?.read(self.whole(theirs(oid)?)?)?.data().to_vec())
    }

    /// The tree of HEAD or of the object of this name; none when HEAD is not
    /// born yet.
    fn tree_of(&self, revision: &str) -> Result<Option<Tree<'_>>, GitError> {
        let id = match revision {
            "HEAD" => self.head()?,
            name => Some(git2::Oid::from_str(name)?),
        };
        let Some(mut object) = id.map(|id| self.object(id)).transpose()? else { return Ok(None) };
        if object.kind() == Some(ObjectType::Commit) {
            object = self.object(object.peel_to_commit()?.tree_id())?;
        }
        Ok(Some(object.peel_to_tree()?))
    }

    fn head(&self) -> Result<Option<git2::Oid>, GitError> {
        match self.repo.head() {
            Ok(head) => Ok(head.target()),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Walks a tree by hand: names stay bytes and a broken subtree is an error.
    fn walk(
        &self,
        tree: &Tree<'_>,
        prefix: &mut Vec<u8>,
        entries: &mut Vec<Entry>,
    ) -> Result<(), GitError> {
        for found in tree {
            let length = prefix.len();
            prefix.extend_from_slice(found.name_bytes());
            let mode = found.filemode_raw().cast_unsigned();
            if is_folder(mode) {
                prefix.push(b'/');
                self.walk(&self.object(found.id())?.peel_to_tree()?, prefix, entries)?;
            } else {
                entries.push(entry(RepoPath::new(&prefix[..]), mode, found.id())?);
            }
            prefix.truncate(length);
        }
        Ok(())
    }

    fn object(&self, id: git2::Oid) -> Result<Object<'_>, GitError> {
        Ok(self.repo.find_object(self.whole(id)?, None)?)
    }

    fn whole(&self, id: git2::Oid) -> Result<git2::Oid, GitError> {
        let oid = own(id);
        if self.objects.iter().any(|objects| loose::is_damaged(objects, oid)) {
            return Err(GitError::Damaged { oid });
        }
        Ok(id)
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

fn is_folder(mode: u32) -> bool {
    mode & 0o170_000 == 0o040_000
}

fn entry(path: RepoPath, mode: u32, id: git2::Oid) -> Result<Entry, GitError> {
    let mode = Mode::from_bits(mode)
        .ok_or_else(|| GitError::Library { said: format!("{path} has the mode {mode:o}") })?;
    Ok(Entry { path, mode, oid: own(id) })
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
