//! Questions to git that are answered while the program goes on: blame of one
//! line takes seconds in an old repository, and nobody waits for it.

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use bstr::ByteSlice as _;

use super::{Blame, GitError, Oid, Repo, people, plumbing};
use crate::model::RepoPath;

/// A question on its way. Dropping it calls it off.
#[derive(Debug)]
pub struct Asked<T> {
    command: String,
    child: Child,
    said: Option<JoinHandle<io::Result<Vec<u8>>>>,
    read: fn(&[u8]) -> T,
}

impl Repo {
    /// Asks who brought a line of a tracked file of the work tree.
    pub fn ask_blame(&self, path: &RepoPath, line: usize) -> Result<Asked<Blame>, GitError> {
        Asked::start(people::blame(self, path, line), Blame::read)
    }

    /// Asks for the commits of HEAD that no remote-tracking ref holds.
    pub fn ask_unpushed(&self) -> Result<Asked<HashSet<Oid>>, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["rev-list", "HEAD", "--not", "--remotes"]);
        Asked::start(command, |said| said.lines().filter_map(Oid::from_hex).collect())
    }
}

impl<T> Asked<T> {
    fn start(mut command: Command, read: fn(&[u8]) -> T) -> Result<Self, GitError> {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| plumbing::no_git(&error))?;
        let pipe = child.stdout.take();
        let said = thread::spawn(move || {
            let mut said = Vec::new();
            pipe.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut said))?;
            Ok(said)
        });
        Ok(Self { command: plumbing::shown(&command), child, said: Some(said), read })
    }

    /// The answer, once, when it is there.
    pub fn answer(&mut self) -> Option<Result<T, GitError>> {
        let said = self.said.take_if(|said| said.is_finished())?;
        let failed =
            || GitError::Command { command: self.command.clone(), said: "it failed".to_owned() };
        let Ok(Ok(said)) = said.join() else { return Some(Err(failed())) };
        Some(match self.child.wait() {
            Ok(status) if status.success() => Ok((self.read)(&said)),
            Ok(_) | Err(_) => Err(failed()),
        })
    }
}

impl<T> Drop for Asked<T> {
    fn drop(&mut self) {
        // Of one that has ended, both say so and do nothing.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
