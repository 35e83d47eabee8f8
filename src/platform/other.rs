//! Windows, and whatever has no modes; what each of these is for stands in `unix.rs`.

use std::fs::{self, Permissions};
use std::io;
use std::path::Path;
#[cfg(feature = "app")]
use std::sync::{Arc, atomic::AtomicBool};

pub(crate) const HAS_MODES: bool = false;

#[cfg(feature = "app")]
pub(crate) fn open_plain(path: &Path) -> io::Result<fs::File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("is a link"));
    }
    fs::File::open(path)
}

pub(crate) fn is_program(path: &Path) -> bool {
    path.is_file()
}

pub(crate) fn is_runnable(path: &Path) -> bool {
    path.is_file()
}

pub(crate) fn mode_for_others(_: &Path) -> io::Result<Option<String>> {
    Ok(None)
}

pub(crate) fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn permissions(_: u32) -> Option<Permissions> {
    None
}

pub(super) fn with_slashes(path: Vec<u8>) -> Vec<u8> {
    path.into_iter().map(|byte| if byte == b'\\' { b'/' } else { byte }).collect()
}

pub(crate) fn is_running(_: u32) -> Option<bool> {
    None
}

#[cfg(feature = "app")]
pub(crate) fn stop_flag() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::default())
}

#[cfg(feature = "app")]
pub(crate) fn hang_up() {
    std::process::exit(1);
}
