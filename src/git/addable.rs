//! What git tracks or would add, and what it ignores: git's own answer, so
//! that every ignore file counts as git counts it.

use super::location::Location;
use super::{GitError, Repo, plumbing};
use crate::model::RepoPath;

impl Repo {
    /// Paths below a folder (all, when it is empty) that are tracked or
    /// neither tracked nor ignored. A nested repository is one path with a
    /// `/` at its end.
    pub fn addable(&self, folder: &RepoPath) -> Result<Vec<RepoPath>, GitError> {
        let mut command = at_root(&self.location);
        command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]);
        command.arg(argument(folder));
        let mut paths = names(&plumbing::run(&mut command)?);
        paths.sort_unstable();
        paths.dedup();
        Ok(paths)
    }

    /// Whether git ignores a path that it does not track.
    pub fn ignores(&self, path: &RepoPath) -> Result<bool, GitError> {
        if path.as_bytes().is_empty() {
            return Ok(false);
        }
        let mut command = at_root(&self.location);
        command.args(["check-ignore", "-q", "--"]).arg(argument(path));
        // It takes paths, no pathspecs, and refuses to be told how to read those.
        command.env_remove("GIT_LITERAL_PATHSPECS");
        let output = plumbing::output(&mut command)?;
        match output.status.code() {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            _ => Err(plumbing::failed(&command, &output)),
        }
    }

    /// Whether git is committing named paths only: its index is then a
    /// temporary one beside the real one.
    pub fn is_partial_commit(&self) -> bool {
        let name = self.location.index.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("next-index-")
    }
}

fn at_root(location: &Location) -> std::process::Command {
    let mut command = plumbing::git(location);
    if let Some(root) = &location.root {
        command.current_dir(root);
    }
    command
}

fn argument(path: &RepoPath) -> std::ffi::OsString {
    let path = if path.as_bytes().is_empty() { b"." } else { path.as_bytes() };
    bstr::ByteSlice::to_os_str_lossy(path).into_owned()
}

fn names(listing: &[u8]) -> Vec<RepoPath> {
    listing.split(|&b| b == 0).filter(|name| !name.is_empty()).map(RepoPath::new).collect()
}
