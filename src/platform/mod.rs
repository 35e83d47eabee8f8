//! What differs from system to system, and nothing else: modes and links, pipes,
//! signals, how a path is written. No other room asks which system it runs on.
//! Here is also how a file is replaced, since that is a matter of modes.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

#[cfg_attr(not(unix), path = "other.rs")]
#[cfg_attr(unix, path = "unix.rs")]
mod system;

pub(crate) use system::*;

/// Who may do what with a file that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Access {
    /// Who could before; with a new file, whom the system lets by default.
    Kept,
    /// Everybody may run it, its owner change it.
    Program,
    /// As with another file.
    As(Permissions),
}

/// Replaces a file, or makes it: it holds all of `bytes` or what it held before.
pub(crate) fn replace(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    replace_by(path, access, |file| file.write_all(bytes))
}

/// Replaces a file, or makes it, by what `write` writes; when that fails it is as it was.
pub(crate) fn replace_by<T>(
    path: &Path,
    access: Access,
    write: impl FnOnce(&mut File) -> io::Result<T>,
) -> io::Result<T> {
    let mut temporary = temporary_beside(path)?;
    // Before it is written: what is in it may be its owner's alone.
    let permissions = match access {
        Access::Kept => fs::metadata(path).ok().map(|found| found.permissions()),
        Access::Program => permissions(0o755),
        Access::As(permissions) => Some(permissions),
    };
    if let Some(permissions) = permissions {
        temporary.as_file().set_permissions(permissions)?;
    }
    let written = write(temporary.as_file_mut())?;
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    // The rename itself must outlive a power cut; a system that cannot sync a
    // folder (Windows) has no way to ask for more.
    if let Ok(folder) = File::open(folder_of(path)) {
        drop(folder.sync_all());
    }
    Ok(written)
}

/// A new file `NAME.….tmp` in the folder of `path`, removed unless it is moved.
pub(crate) fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut prefix = path.file_name().unwrap_or_default().to_owned();
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    // Of which the umask takes.
    if let Some(permissions) = permissions(0o666) {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder_of(path))
}

/// Whether a file is one that [`temporary_beside`] made for `path`.
pub(crate) fn is_temporary_of(path: &Path, file: &Path) -> bool {
    let name = |path: &Path| path.file_name().unwrap_or_default().as_encoded_bytes().to_vec();
    let rest = name(file);
    let rest = rest.strip_prefix(name(path).as_slice());
    let drawn = rest.and_then(|rest| rest.strip_prefix(b".")?.strip_suffix(b".tmp"));
    drawn.is_some_and(|drawn| !drawn.is_empty())
}

/// The folder that a file lies in; of a bare name, the current one.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// The bytes of a path as git writes it: `/` between folders.
pub(crate) fn git_bytes(path: &Path) -> Vec<u8> {
    let bytes = <Vec<u8> as bstr::ByteVec>::from_path_lossy(path).into_owned();
    with_slashes(bytes)
}

/// The file of a program of this name in one of these folders.
pub(crate) fn find_program(name: &str, folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders.map(|folder| folder.join(&name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        replace(&file, b"one", Access::Kept).unwrap();
        let failed = replace_by(&file, Access::Kept, |file| {
            file.write_all(b"half")?;
            Err::<(), _>(io::Error::other("full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&file).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_temporary_file_is_known_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        let temporary = temporary_beside(&file).unwrap();
        assert!(is_temporary_of(&file, temporary.path()));
        for other in ["a.txt", "a.txt.lock", "a.txt.tmp", "a.txt..tmp", "b.txt.x.tmp", "a.txtx.tmp"]
        {
            assert!(!is_temporary_of(&file, Path::new(other)), "{other}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn modes_are_kept_and_programs_run() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        replace(&file, b"1", Access::Program).unwrap();
        assert!(mode() == 0o755 && is_program(&file));
        fs::set_permissions(&file, Permissions::from_mode(0o744)).unwrap();
        assert!(is_runnable(&file) && !is_program(&file), "git of others does not run it");
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        replace(&file, b"2", Access::Kept).unwrap();
        assert!(mode() == 0o640 && !is_runnable(&file));
        assert_eq!(mode_for_others(&file).unwrap().as_deref(), Some("640"));
        close_to_others(&file).unwrap();
        assert_eq!((mode(), mode_for_others(&file).unwrap()), (0o600, None));
    }
}
