//! The baseline on disk: read whole, changed under a lock, replaced by rename.
//! Whatever happens, the file is the old one or the new one.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fmt, process, thread};

use super::{Baseline, BaselineError};
use crate::model::{OneLine, RepoPath};
use crate::platform::{self, Access};

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(5);
/// A lock older than this belongs to nobody: writing takes milliseconds.
const STALE: Duration = Duration::from_secs(60);

/// The file that holds a baseline.
#[derive(Debug, Clone)]
pub struct BaselineFile {
    path: PathBuf,
    /// What it is in the repository.
    tracked: Option<RepoPath>,
}

/// Why the file cannot be read or written. Shown with what to do.
#[derive(Debug)]
pub enum FileError {
    /// The system refused; what was being done.
    Io(&'static str, PathBuf, io::Error),
    /// It is a link, a folder, a pipe or a device.
    NotAFile(PathBuf, &'static str),
    /// Its bytes are no baseline.
    Broken(BaselineError),
    /// Another program is writing it.
    Busy(PathBuf),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(doing, path, error) => write!(f, "{doing} {}: {error}", path.display()),
            Self::NotAFile(path, what) => write!(
                f,
                "{} is {what}; the baseline must be a regular file, put one there",
                path.display()
            ),
            Self::Broken(error) => error.fmt(f),
            Self::Busy(path) => write!(
                f,
                "another stanch is changing the baseline; try again, or delete {} if none runs",
                path.display()
            ),
        }
    }
}

impl std::error::Error for FileError {}

impl From<BaselineError> for FileError {
    fn from(error: BaselineError) -> Self {
        Self::Broken(error)
    }
}

impl BaselineFile {
    /// The file at `path`, which need not exist.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), tracked: None }
    }

    /// The file of a repository, given the root of its work tree.
    pub fn of(root: &Path, path: &RepoPath) -> Self {
        Self { path: path.under(root), tracked: Some(path.clone()) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes; none when there is no file.
    pub fn bytes(&self) -> Result<Option<Vec<u8>>, FileError> {
        if !self.is_there()? {
            return Ok(None);
        }
        let failed = |error| FileError::Io("cannot read", self.path.clone(), error);
        let mut bytes = Vec::new();
        let file = fs::File::open(&self.path).map_err(failed)?;
        // One byte more than a baseline may have is enough to refuse it.
        let limit = super::parse::MAX_BYTES as u64 + 1;
        file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Some(bytes))
    }

    /// The baseline in it; none when there is no file.
    pub fn read(&self) -> Result<Option<Baseline>, FileError> {
        Ok(self.bytes()?.map(|bytes| self.parse(&bytes)).transpose()?)
    }

    /// Replaces the baseline by what `change` makes of the one that is there
    /// when the lock is held, so two writers lose nothing of each other.
    /// Writes nothing when the bytes stay the same. Says whether it wrote.
    pub fn edit<E: From<FileError>>(
        &self,
        change: impl FnOnce(Option<Baseline>) -> Result<Baseline, E>,
    ) -> Result<bool, E> {
        let lock = Lock::take(&self.path)?;
        let old = self.bytes()?;
        let parsed = old.as_ref().map(|bytes| self.parse(bytes)).transpose();
        let new = change(parsed.map_err(FileError::from)?)?.to_bytes();
        let differs = old.as_ref() != Some(&new);
        if differs {
            self.replace(&new, &lock)?;
        }
        Ok(differs)
    }

    /// Replaces whatever bytes are there. For the merge commands, which read
    /// what they merge from elsewhere, and may leave conflict markers.
    pub fn overwrite(&self, bytes: &[u8]) -> Result<(), FileError> {
        let lock = Lock::take(&self.path)?;
        self.is_there()?;
        self.replace(bytes, &lock)
    }

    /// Whether there is a file; anything else under its name is refused.
    fn is_there(&self) -> Result<bool, FileError> {
        let kind = match fs::symlink_metadata(&self.path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(FileError::Io("cannot read", self.path.clone(), error)),
        };
        let what = if kind.is_file() {
            return Ok(true);
        } else if kind.is_symlink() {
            "a symbolic link"
        } else if kind.is_dir() {
            "a folder"
        } else {
            "a pipe or a device"
        };
        Err(FileError::NotAFile(self.path.clone(), what))
    }

    fn parse(&self, bytes: &[u8]) -> Result<Baseline, BaselineError> {
        let name = || self.path.file_name().unwrap_or(self.path.as_os_str()).as_encoded_bytes();
        match &self.tracked {
            Some(path) => Baseline::parse_tracked(bytes, path),
            None => Baseline::parse(bytes, &OneLine::new(name()).to_string()),
        }
    }

    /// Needs the lock: every other temporary file is then a dead writer's.
    fn replace(&self, bytes: &[u8], _: &Lock) -> Result<(), FileError> {
        self.sweep();
        platform::replace(&self.path, bytes, Access::Kept)
            .map_err(|error| FileError::Io("cannot write", self.path.clone(), error))
    }

    /// Removes what writers that were killed left behind. They hold digests only.
    fn sweep(&self) {
        let Ok(list) = fs::read_dir(platform::folder_of(&self.path)) else { return };
        for entry in list.flatten() {
            if platform::is_temporary_of(&self.path, &entry.path()) {
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}

/// `<baseline>.lock`, made by whoever writes and removed when done.
struct Lock {
    path: PathBuf,
}

impl Lock {
    fn take(baseline: &Path) -> Result<Self, FileError> {
        let mut path = baseline.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let failed = |error| FileError::Io("cannot write beside", baseline.to_owned(), error);
        let mut own = Self::signed(baseline).map_err(failed)?;
        let start = Instant::now();
        loop {
            match own.persist_noclobber(&path) {
                Ok(_) => return Ok(Self { path }),
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => {
                    own = taken.file;
                }
                // The writer that is waited for swept it away.
                Err(swept) if swept.error.kind() == io::ErrorKind::NotFound => {
                    own = Self::signed(baseline).map_err(failed)?;
                }
                Err(other) => return Err(failed(other.error)),
            }
            if is_stale(&path) {
                drop(fs::remove_file(&path));
            } else if start.elapsed() > PATIENCE {
                return Err(FileError::Busy(path));
            } else {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// The lock before it has its name: from the first moment it says whose it
    /// is, so that one whose owner was killed is known.
    fn signed(baseline: &Path) -> io::Result<tempfile::NamedTempFile> {
        let mut file = platform::temporary_beside(baseline)?;
        write!(file, "{}", process::id())?;
        Ok(file)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Whether the writer of a lock is gone: the system knows no process of its
/// number, or nobody could take so long.
fn is_stale(lock: &Path) -> bool {
    let is_old = fs::metadata(lock)
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|made| made.elapsed().is_ok_and(|age| age > STALE));
    is_old || owner(lock).and_then(platform::is_running) == Some(false)
}

/// The process that made a lock.
fn owner(lock: &Path) -> Option<u32> {
    fs::read_to_string(lock).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::model::Verdict;

    fn one(name: &str) -> Baseline {
        baseline(vec![entry(path(name), &strong("one"), decision(Verdict::Revoked))])
    }

    fn put(file: &BaselineFile, baseline: &Baseline) -> Result<bool, FileError> {
        file.edit(|_| Ok::<_, FileError>(baseline.clone()))
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = BaselineFile::at(folder.path().join(".secrets.baseline"));
        assert!(file.read().unwrap().is_none());
        assert!(put(&file, &one("a")).unwrap());
        assert!(!put(&file, &one("a")).unwrap());
        assert_eq!(file.read().unwrap(), Some(one("a")));
        assert_eq!(names(folder.path()), [".secrets.baseline"]);
    }

    #[test]
    fn leftovers_of_a_killed_writer_are_swept_and_its_lock_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = BaselineFile::at(folder.path().join(".secrets.baseline"));
        fs::write(folder.path().join(".secrets.baseline.x1.tmp"), "half").unwrap();
        fs::write(folder.path().join(".secrets.baseline.lock"), "4194305").unwrap();
        put(&file, &one("a")).unwrap();
        assert_eq!(names(folder.path()), [".secrets.baseline"]);
    }

    #[test]
    fn a_lock_is_nobodys_when_its_owner_is_gone_or_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let lock = folder.path().join(".secrets.baseline.lock");
        fs::write(&lock, process::id().to_string()).unwrap();
        assert!(!is_stale(&lock));
        let file = fs::File::options().write(true).open(&lock).unwrap();
        file.set_modified(std::time::SystemTime::now() - 2 * STALE).unwrap();
        assert!(is_stale(&lock), "its number may be another process's by now");
    }

    #[test]
    fn many_writers_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = BaselineFile::at(folder.path().join(".secrets.baseline"));
        thread::scope(|scope| {
            for number in 0..8 {
                let file = &file;
                scope.spawn(move || {
                    let name = format!("file-{number}");
                    let mine = entry(path(&name), &strong("one"), decision(Verdict::Revoked));
                    file.edit(|old| {
                        let mut entries = old.map_or_else(Vec::new, |old| old.entries);
                        entries.push(mine);
                        Ok::<_, FileError>(baseline(entries))
                    })
                    .unwrap();
                });
            }
        });
        assert_eq!(file.read().unwrap().unwrap().entries().len(), 8);
    }

    #[test]
    fn a_broken_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join(".secrets.baseline");
        fs::write(&at, "{").unwrap();
        let error = put(&BaselineFile::at(&at), &one("a")).unwrap_err();
        assert!(error.to_string().starts_with(".secrets.baseline:1:1: "), "{error}");
        assert_eq!(fs::read(&at).unwrap(), b"{");
    }

    #[cfg(unix)]
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a pipe takes a program to make")]
    fn links_folders_and_pipes_are_refused_and_modes_are_kept() {
        use std::fs::Permissions;
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let real = BaselineFile::at(at("real"));
        put(&real, &one("a")).unwrap();
        fs::set_permissions(at("real"), Permissions::from_mode(0o640)).unwrap();
        put(&real, &one("b")).unwrap();
        assert_eq!(fs::metadata(at("real")).unwrap().permissions().mode() & 0o777, 0o640);

        symlink(at("real"), at("link")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        assert!(process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        for (name, what) in
            [("link", "a symbolic link"), ("folder", "a folder"), ("pipe", "a pipe")]
        {
            let file = BaselineFile::at(at(name));
            for error in [file.read().unwrap_err(), put(&file, &one("c")).unwrap_err()] {
                assert!(error.to_string().contains(what), "{error}");
            }
        }
        assert_eq!(real.read().unwrap(), Some(one("b")));
    }
}
