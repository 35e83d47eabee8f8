//! Linux, macOS and their kin.

#![allow(clippy::unnecessary_wraps, reason = "other systems have none")]

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
#[cfg(feature = "app")]
use std::sync::{Arc, atomic::AtomicBool};

/// Whether files say who may read them.
pub(crate) const HAS_MODES: bool = true;

/// Opens without waiting for the writer of a pipe and without following a link.
#[cfg(feature = "app")]
pub(crate) fn open_plain(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = libc::O_NONBLOCK | libc::O_NOFOLLOW;
    fs::File::options().read(true).custom_flags(flags).open(path)
}

/// Whether this is a file that everybody may run, links followed: whoever commits, git
/// runs it.
pub(crate) fn is_program(path: &Path) -> bool {
    runners(path) == 0o111
}

/// Whether this is a file that somebody may run, links followed.
pub(crate) fn is_runnable(path: &Path) -> bool {
    runners(path) != 0
}

fn runners(path: &Path) -> u32 {
    let file = path.metadata().ok().filter(fs::Metadata::is_file);
    file.map_or(0, |found| found.permissions().mode() & 0o111)
}

/// The mode of a file, when it lets others than its owner do anything.
pub(crate) fn mode_for_others(path: &Path) -> io::Result<Option<String>> {
    let mode = fs::symlink_metadata(path)?.permissions().mode() & 0o777;
    Ok((mode & 0o077 != 0).then(|| format!("{mode:o}")))
}

/// Takes a regular file away from everybody but its owner.
pub(crate) fn close_to_others(path: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(path)?;
    if found.is_file() {
        fs::set_permissions(path, Permissions::from_mode(found.permissions().mode() & !0o077))?;
    }
    Ok(())
}

/// What a mode lets people do.
pub(super) fn permissions(mode: u32) -> Option<Permissions> {
    Some(Permissions::from_mode(mode))
}

pub(super) fn with_slashes(path: Vec<u8>) -> Vec<u8> {
    path
}

/// Whether a process of this number runs; none where nothing says it.
pub(crate) fn is_running(process: u32) -> Option<bool> {
    let processes = Path::new("/proc");
    processes.join("self").exists().then(|| processes.join(process.to_string()).exists())
}

/// Set when somebody asks the program to end.
#[cfg(feature = "app")]
pub(crate) fn stop_flag() -> io::Result<Arc<AtomicBool>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&flag))?;
    }
    Ok(flag)
}

/// Ends the program as a hangup does.
#[cfg(feature = "app")]
pub(crate) fn hang_up() {
    drop(signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGHUP));
}
