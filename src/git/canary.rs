//! Tries a hook on a content that is staged nowhere: the index and the objects
//! lie in a folder that goes away.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output};

use super::{GitError, Repo, entry, plumbing};

impl Repo {
    /// Runs a hook script as git would for a commit that adds `content`. Both
    /// the script and what is staged for it lie in `folder`.
    pub fn try_hook(&self, hook: &Path, folder: &Path, content: &[u8]) -> Result<Output, GitError> {
        let objects = in_a_list(&self.git_path("objects")?);
        let index = folder.join("index");
        let own = folder.join("objects");
        let io = |error: std::io::Error| GitError::Command {
            command: format!("a trial in {}", folder.display()),
            said: error.to_string(),
        };
        std::fs::create_dir_all(&own).map_err(io)?;
        std::fs::write(folder.join("content"), content).map_err(io)?;
        let aside = |command: &mut Command| {
            command.env("GIT_INDEX_FILE", &index).env("GIT_OBJECT_DIRECTORY", &own);
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", &objects);
        };
        let run = |args: &[&str]| {
            let mut command = plumbing::git(&self.location);
            aside(&mut command);
            plumbing::run(command.args(args))
        };
        let head = if self.resolve("HEAD")?.is_some() { "HEAD" } else { "--empty" };
        run(&["read-tree", head])?;
        let file = folder.join("content");
        let file = file.to_str().ok_or_else(|| entry::garbled("mktemp", b"a folder"))?;
        let oid = run(&["hash-object", "-w", "--no-filters", file])?;
        let oid = String::from_utf8_lossy(plumbing::chomp(&oid)).into_owned();
        run(&["update-index", "--add", "--cacheinfo", &format!("100644,{oid},stanch-canary.txt")])?;
        let mut command = Command::new("sh");
        aside(&mut command);
        command.arg(hook).current_dir(self.root().unwrap_or(folder));
        // A way out in the environment must not make the trial pass.
        command.env_remove("GIT_CONFIG_PARAMETERS").env_remove("GIT_CONFIG_COUNT");
        command.stdin(std::process::Stdio::null());
        plumbing::output(&mut command)
    }
}

/// A folder as one of a list of folders, which git reads in quotes where it holds
/// what stands between two of them.
fn in_a_list(folder: &Path) -> OsString {
    env::join_paths([folder]).unwrap_or_else(|_| {
        let shown = folder.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{shown}\"").into()
    })
}
