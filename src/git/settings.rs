//! What `stanch install` asks of git and sets: configuration, the folder of
//! the hooks, worktrees, submodules. The only part of this room that writes,
//! and only configuration.

use std::path::PathBuf;

use bstr::ByteSlice as _;

use super::{GitError, Mode, Repo, entry, plumbing};

/// Where a setting was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Level {
    /// In the repository, or in one of its worktrees.
    Local,
    /// For the user.
    Global,
    /// Elsewhere: for the machine, or on the command line.
    Other(String),
}

/// A value of git's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Where it was made.
    pub level: Level,
    /// The value.
    pub value: String,
}

impl Repo {
    /// The value of a key that is in force.
    pub fn setting(&self, key: &str) -> Result<Option<Setting>, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["config", "--show-scope", "-z", "--get", key]);
        let output = plumbing::output(&mut command)?;
        match output.status.code() {
            Some(0) => {}
            Some(1) => return Ok(None),
            _ => return Err(plumbing::failed(&command, &output)),
        }
        let mut fields = output.stdout.split(|&b| b == 0);
        let (Some(level), Some(value)) = (fields.next(), fields.next()) else {
            return Err(entry::garbled("config", &output.stdout));
        };
        let level = match level {
            b"local" | b"worktree" => Level::Local,
            b"global" => Level::Global,
            other => Level::Other(other.to_str_lossy().into_owned()),
        };
        Ok(Some(Setting { level, value: value.to_str_lossy().into_owned() }))
    }

    /// Sets a key of the repository's own configuration.
    pub fn set(&self, key: &str, value: &str) -> Result<(), GitError> {
        let mut command = plumbing::git(&self.location);
        plumbing::run(command.args(["config", "--local", key, value])).map(drop)
    }

    /// Removes a section of the repository's own configuration, if it is there.
    pub fn remove_section(&self, section: &str) -> Result<(), GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["config", "--local", "--remove-section", section]);
        plumbing::output(&mut command).map(drop)
    }

    /// The folder git looks for hooks in, whoever configured it.
    pub fn hooks_dir(&self) -> Result<PathBuf, GitError> {
        self.git_path("hooks").or_else(|error| match self.setting("core.hooksPath")? {
            // Git puts a slash and a name behind it when it runs a hook, and
            // does not say where that is.
            Some(Setting { value, .. }) if value.is_empty() => Ok(PathBuf::from("/")),
            Some(_) | None => Err(error),
        })
    }

    /// Where git keeps a file of its own, such as `info/exclude`.
    pub fn git_path(&self, name: &str) -> Result<PathBuf, GitError> {
        let mut command = plumbing::git(&self.location);
        command.args(["rev-parse", "--path-format=absolute", "--git-path", name]);
        plumbing::path_of(plumbing::chomp(&plumbing::run(&mut command)?))
    }

    /// The value of an attribute for a path, such as `merge`; none when it is
    /// unspecified.
    pub fn attribute(&self, name: &str, path: &str) -> Result<Option<String>, GitError> {
        let mut command = plumbing::at_root(&self.location);
        let answer = plumbing::run(command.args(["check-attr", "-z", name, "--", path]))?;
        let value = answer.split(|&b| b == 0).nth(2).unwrap_or_default();
        Ok((value != b"unspecified").then(|| value.to_str_lossy().into_owned()))
    }

    /// The roots of all worktrees of this repository.
    pub fn worktrees(&self) -> Result<Vec<PathBuf>, GitError> {
        let mut command = plumbing::git(&self.location);
        let listing = plumbing::run(command.args(["worktree", "list", "--porcelain", "-z"]))?;
        listing
            .split(|&b| b == 0)
            .filter_map(|line| line.strip_prefix(b"worktree "))
            .map(plumbing::path_of)
            .collect()
    }

    /// The folders of the submodules that are checked out.
    pub fn submodules(&self) -> Result<Vec<PathBuf>, GitError> {
        let Some(root) = self.root() else { return Ok(Vec::new()) };
        let folders = self
            .tracked()?
            .into_iter()
            .filter(|entry| entry.mode == Mode::Gitlink)
            .filter_map(|entry| Some(root.join(entry.path.as_bytes().to_path().ok()?)))
            .filter(|folder| folder.join(".git").exists())
            .collect();
        Ok(folders)
    }
}

/// Git as the user has it, outside any repository.
#[derive(Debug, Clone, Copy)]
pub struct User;

impl User {
    /// The value of a key of the user's configuration.
    pub fn setting(key: &str) -> Result<Option<String>, GitError> {
        let mut command = plumbing::user_git();
        let output = plumbing::output(command.args(["config", "--global", "-z", "--get", key]))?;
        let value = output.stdout.split(|&b| b == 0).next().unwrap_or_default();
        Ok(output.status.success().then(|| value.to_str_lossy().into_owned()))
    }

    /// Sets a key of the user's configuration.
    pub fn set(key: &str, value: &str) -> Result<(), GitError> {
        let mut command = plumbing::user_git();
        plumbing::run(command.args(["config", "--global", key, value])).map(drop)
    }

    /// Unsets a key of the user's configuration, if it is set.
    pub fn unset(key: &str) -> Result<(), GitError> {
        let mut command = plumbing::user_git();
        plumbing::output(command.args(["config", "--global", "--unset-all", key])).map(drop)
    }

    /// Git's version, its first two numbers.
    pub fn version() -> Result<(u32, u32), GitError> {
        let said = plumbing::run(plumbing::user_git().arg("--version"))?;
        Ok(version(&said.to_str_lossy()))
    }
}

/// The first two numbers of what `git --version` says: `git version 2.39.5`,
/// with ` (Apple Git-154)`, `.windows.1`, `.GIT` or `-rc0` behind them at times.
fn version(said: &str) -> (u32, u32) {
    let word = said.split_whitespace().nth(2).unwrap_or_default();
    let mut numbers = word.split(['.', '-']).map_while(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn every_form_of_a_version_is_read() {
        for (said, wanted) in [
            ("git version 2.39.5 (Apple Git-154)\n", (2, 39)),
            ("git version 2.47.3\n", (2, 47)),
            ("git version 2.53.0.windows.1\n", (2, 53)),
            ("git version 2.54-rc0\n", (2, 54)),
            ("git version 2.55.GIT\n", (2, 55)),
            ("git version 3.0.0-rc1.12.gabcdef\n", (3, 0)),
            ("git version unknown", (0, 0)),
            ("", (0, 0)),
        ] {
            assert_eq!(version(said), wanted, "{said}");
        }
    }
}
