//! What git tracks or would add, and what it ignores: git's own answer, so
//! that every ignore file counts as git counts it.

use super::{GitError, Repo, entry, plumbing};
use crate::model::RepoPath;

impl Repo {
    /// Paths below a folder (all, when it is empty) that are tracked or
    /// neither tracked nor ignored. A nested repository is one path with a
    /// `/` at its end.
    pub fn addable(&self, folder: &RepoPath) -> Result<Vec<RepoPath>, GitError> {
        let mut command = plumbing::at_root(&self.location);
        command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]);
        command.arg(argument(folder));
        let listing = plumbing::run(&mut command)?;
        let mut paths: Vec<RepoPath> = entry::records(&listing).map(RepoPath::new).collect();
        paths.sort_unstable();
        paths.dedup();
        Ok(paths)
    }

    /// Whether git ignores a path that it does not track.
    pub fn ignores(&self, path: &RepoPath) -> Result<bool, GitError> {
        if path.as_bytes().is_empty() {
            return Ok(false);
        }
        let mut command = plumbing::at_root_with_globs(&self.location);
        command.args(["check-ignore", "-q", "--"]).arg(argument(path));
        let output = plumbing::output(&mut command)?;
        match output.status.code() {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            _ => Err(plumbing::failed(&command, &output)),
        }
    }
}

fn argument(path: &RepoPath) -> std::ffi::OsString {
    let path = if path.as_bytes().is_empty() { b"." } else { path.as_bytes() };
    bstr::ByteSlice::to_os_str_lossy(path).into_owned()
}
