//! Files on disk, outside of any index: a plain walk, no link followed.

use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io::{self, Read as _};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use bstr::ByteVec as _;

use super::{Content, Item, MAX_BYTES, Selected, too_large};
use crate::model::{Origin, Problem, RepoPath};
use crate::platform;

/// Every file below `start`, a file or a folder, in no order; `.git` folders
/// are passed over. Paths are those from `start`, or from its folder when it is a
/// file, behind `folder`, which may be empty.
pub(crate) fn below(start: &Path, folder: &[u8]) -> Selected {
    let mut found = Selected::default();
    let on_disk = start.to_path_buf();
    match fs::symlink_metadata(start) {
        Ok(meta) if meta.is_dir() => {
            walk(Folder { path: RepoPath::new(folder), on_disk }, &mut found);
        }
        Ok(_) => {
            let name = repo_path(start.file_name().map_or(Path::new(""), Path::new));
            found.items.push(item(RepoPath::within(folder, name.as_bytes()), on_disk));
        }
        Err(error) => found.problems.push(unreadable(repo_path(start), &error)),
    }
    found
}

/// Every folder below `start`, on the threads there are.
fn walk(start: Folder, found: &mut Selected) {
    let folders = Folders::of(start);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let lists: Vec<List> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| walk_alone(&folders))).collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|list| list.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    for mut list in lists {
        found.items.append(&mut list.items);
        found.problems.append(&mut list.problems);
    }
}

fn walk_alone(folders: &Folders) -> List {
    let mut list = List::default();
    while let Some(some) = folders.take() {
        for folder in &some {
            list.read(folder);
        }
        folders.give(&mut list.folders);
    }
    list
}

/// A folder to read.
struct Folder {
    /// What the paths of what lies in it begin with.
    path: RepoPath,
    on_disk: PathBuf,
}

impl Folder {
    /// The path of what lies in it.
    fn path_of(&self, name: &OsStr) -> RepoPath {
        RepoPath::within(self.path.as_bytes(), &Vec::from_os_str_lossy(name))
    }
}

/// The folders of a walk, shared by its threads.
struct Folders {
    waiting: Mutex<Waiting>,
    given: Condvar,
}

struct Waiting {
    folders: Vec<Folder>,
    /// How many threads read some, and so may find more.
    readers: usize,
}

/// Folders that a thread takes at once, at most.
const SHARE: usize = 16;

impl Folders {
    fn of(folder: Folder) -> Self {
        let waiting = Waiting { folders: vec![folder], readers: 0 };
        Self { waiting: Mutex::new(waiting), given: Condvar::new() }
    }

    /// Some of them; none when no thread can find more.
    fn take(&self) -> Option<Vec<Folder>> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let may_come = |waiting: &mut Waiting| waiting.folders.is_empty() && waiting.readers > 0;
        let waiting = self.given.wait_while(waiting, may_come);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        // Half of what waits, so that another thread does not.
        let share = waiting.folders.len().div_ceil(2).min(SHARE);
        let rest = waiting.folders.len() - share;
        let some = waiting.folders.split_off(rest);
        waiting.readers += usize::from(!some.is_empty());
        (!some.is_empty()).then_some(some)
    }

    /// What a thread found in those it took.
    fn give(&self, found: &mut Vec<Folder>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.folders.append(found);
        waiting.readers -= 1;
        self.given.notify_all();
    }
}

/// What lies in folders.
#[derive(Default)]
struct List {
    folders: Vec<Folder>,
    items: Vec<Item>,
    problems: Vec<Problem>,
}

impl List {
    fn read(&mut self, folder: &Folder) {
        match fs::read_dir(&folder.on_disk) {
            Ok(entries) => entries.for_each(|entry| match entry {
                Ok(entry) => self.take(folder, &entry),
                Err(error) => self.problems.push(unreadable(folder.path.clone(), &error)),
            }),
            Err(error) => self.problems.push(unreadable(folder.path.clone(), &error)),
        }
    }

    fn take(&mut self, folder: &Folder, entry: &DirEntry) {
        let on_disk = entry.path();
        let name = on_disk.file_name().unwrap_or_default();
        let path = folder.path_of(name);
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                if name != ".git" {
                    self.folders.push(Folder { path, on_disk });
                }
            }
            Ok(kind) if kind.is_file() || kind.is_symlink() => self.items.push(item(path, on_disk)),
            // Pipes, sockets and devices hold no content that git could take.
            Ok(_) => {}
            Err(error) => self.problems.push(unreadable(path, &error)),
        }
    }
}

pub(super) fn unreadable(path: RepoPath, error: &io::Error) -> Problem {
    Problem { path: Some(path), why: format!("cannot be read: {error}") }
}

fn item(path: RepoPath, file: PathBuf) -> Item {
    Item { path, origin: Origin::Disk, content: Content::Disk(file) }
}

/// A path of this platform as git would write it.
pub(crate) fn repo_path(path: &Path) -> RepoPath {
    RepoPath::new(platform::git_bytes(path))
}

/// The bytes of a file as git would take them: of a link, its target's name.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("cannot be read: {error}");
    let open = match platform::open_plain(file) {
        Ok(open) => open,
        Err(error) => {
            let target = fs::read_link(file).map_err(|_| failed(error))?;
            return Ok(repo_path(&target).as_bytes().to_vec());
        }
    };
    let meta = open.metadata().map_err(failed)?;
    if !meta.is_file() {
        return Err("is no regular file".into());
    }
    if meta.len() > MAX_BYTES {
        return Err(too_large(meta.len()));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    // Bounded, so that it asks neither for the size nor for the end of the file
    // again; files that the system makes up have no size.
    let limit = if meta.len() == 0 { u64::MAX } else { meta.len() };
    open.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
