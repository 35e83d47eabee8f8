//! What to read, and the reading of it: a selection becomes items, an item
//! becomes a blob.

mod commits;
mod disk;
mod local_env;
mod message;
mod tracked;

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use crate::git::{Oid, Repo, Within};
use crate::model::{Blob, Origin, Problem, RepoPath};

pub(crate) use commits::{Step, history, pushed_object, walked};
pub(crate) use disk::{below, repo_path};
pub(crate) use local_env::{local_values, values_beside};
pub(crate) use message::{last_message, message};
pub(crate) use tracked::{staged, tracked, tree, under};

/// What a selection came to.
#[derive(Debug, Default)]
pub(crate) struct Selected {
    /// What to read.
    pub(crate) items: Vec<Item>,
    /// What could not even be listed.
    pub(crate) problems: Vec<Problem>,
    /// What is worth saying of the selection itself.
    pub(crate) notes: Vec<String>,
}

/// One content to read.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Its path in the repository, or below the given folder.
    pub(crate) path: RepoPath,
    /// Where the bytes come from.
    pub(crate) origin: Origin,
    /// How to get them.
    pub(crate) content: Content,
}

/// How to get an item's bytes.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// They are here already.
    Bytes(Vec<u8>),
    /// From a file on disk.
    Disk(PathBuf),
    /// From the objects of the repository.
    Object(Oid),
}

/// Contents above this many bytes are not read but reported: a scan must end.
const MAX_BYTES: u64 = 1 << 30;

impl Item {
    /// The object that its bytes come from.
    pub(crate) fn object(&self) -> Option<Oid> {
        match self.content {
            Content::Object(oid) => Some(oid),
            Content::Bytes(_) | Content::Disk(_) => None,
        }
    }

    /// The file that its bytes come from.
    pub(crate) fn on_disk(&self) -> Option<&Path> {
        match &self.content {
            Content::Disk(file) => Some(file),
            Content::Bytes(_) | Content::Object(_) => None,
        }
    }

    /// Reads the bytes.
    pub(crate) fn read(self, repo: Option<&Repo>) -> Result<Blob, Problem> {
        let bytes = match self.content {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Disk(file) => disk::read(&file),
            Content::Object(oid) => {
                object(repo.expect("objects are selected in a repository"), oid)
            }
        };
        match bytes {
            Ok(bytes) => Ok(Blob { path: self.path, origin: self.origin, bytes }),
            Err(why) => Err(Problem { path: Some(self.path), why }),
        }
    }
}

/// Reads an object, unless it is too large to.
fn object(repo: &Repo, oid: Oid) -> Result<Vec<u8>, String> {
    match repo.read_within(oid, MAX_BYTES).map_err(|error| error.to_string())? {
        Within::Whole(bytes) => Ok(bytes),
        Within::TooLarge(size) => Err(too_large(size)),
    }
}

/// Below this many one thread is faster than starting a second.
const WORTH_A_THREAD: usize = 64;

/// What `work` makes of each, in their order, on the threads there are.
fn on_threads<T: Send, R: Send>(each: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    if each.len() < WORTH_A_THREAD {
        return each.into_iter().map(work).collect();
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = each.len().div_ceil(threads);
    let mut each = each.into_iter();
    thread::scope(|scope| {
        let shares = (0..threads).map(|_| each.by_ref().take(share).collect::<Vec<T>>());
        let workers: Vec<_> = shares
            .map(|share| scope.spawn(|| share.into_iter().map(&work).collect::<Vec<R>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// What is said of a content that is not read because of its size.
fn too_large(bytes: u64) -> String {
    format!(
        "not scanned: {bytes} bytes are above the limit of {MAX_BYTES}; \
         to commit it anyway, exclude it in `.stanch.toml`: exclude = [\"…\"]"
    )
}
