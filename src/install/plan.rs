//! What install and uninstall are about to do, said before it is done.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::git::{Repo, User};
use crate::model::OneLine;
use crate::platform::{self, Access};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Writes a file, whole.
    Write {
        /// The file.
        path: PathBuf,
        /// Its content.
        content: String,
        /// Who may run it.
        access: Access,
    },
    /// Gives a file another name.
    Rename {
        /// Its name.
        from: PathBuf,
        /// Its new name, which is free.
        to: PathBuf,
    },
    /// Removes a file of ours.
    Remove {
        /// The file.
        path: PathBuf,
    },
    /// Sets a key of the repository's own configuration.
    Set {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Removes a section of the repository's own configuration.
    RemoveSection {
        /// The section.
        section: String,
    },
    /// Sets a key of the user's configuration.
    SetUser {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Unsets a key of the user's configuration.
    UnsetUser {
        /// The key.
        key: String,
    },
}

/// Changes in order, and what a person should know.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    /// Sentences about what is not done, or is to be done by hand.
    pub(crate) notes: Vec<String>,
}

impl Plan {
    pub(crate) fn extend(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.notes.extend(other.notes);
    }

    /// Does it all, in order.
    pub(crate) fn apply(&self, repo: Option<&Repo>) -> anyhow::Result<()> {
        self.steps.iter().try_for_each(|step| {
            step.apply(repo).with_context(|| {
                let step = step.shown(Path::new(""));
                format!("could not {step}; what is said above it is done")
            })
        })
    }
}

impl Step {
    fn apply(&self, repo: Option<&Repo>) -> anyhow::Result<()> {
        let repo = || repo.context("this needs a repository");
        match self {
            Self::Write { path, content, access } => write(path, content, access.clone())?,
            Self::Rename { from, to } => {
                anyhow::ensure!(fs::symlink_metadata(to).is_err(), "{} exists", to.display());
                fs::rename(from, to)?;
            }
            Self::Remove { path } => fs::remove_file(path)?,
            Self::Set { key, value } => repo()?.set(key, value)?,
            Self::RemoveSection { section } => repo()?.remove_section(section)?,
            Self::SetUser { key, value } => User::set(key, value)?,
            Self::UnsetUser { key } => User::unset(key)?,
        }
        Ok(())
    }

    /// In the words that follow "would" and "could not"; paths from `root`.
    pub(crate) fn shown(&self, root: &Path) -> String {
        let path = |path: &Path| {
            let path = path.strip_prefix(root).unwrap_or(path);
            OneLine::new(path.as_os_str().as_encoded_bytes()).to_string()
        };
        match self {
            Self::Write { path: file, .. } => format!("write {}", path(file)),
            Self::Rename { from, to } => format!("rename {} to {}", path(from), path(to)),
            Self::Remove { path: file } => format!("remove {}", path(file)),
            Self::Set { key, value } => format!("set {key} = {value}"),
            Self::RemoveSection { section } => format!("unset {section}.*"),
            Self::SetUser { key, value } => format!("set {key} = {value} for this user"),
            Self::UnsetUser { key } => format!("unset {key} for this user"),
        }
    }
}

/// Writes a file whole, and its folder: a hook is never half a hook. A link keeps
/// its target.
fn write(path: &Path, content: &str, access: Access) -> io::Result<()> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = real.parent() {
        fs::create_dir_all(folder)?;
    }
    platform::replace(&real, content.as_bytes(), access)
}
