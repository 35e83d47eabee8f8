//! What a repository holds, for the commands that keep its baseline: findings
//! judged by nothing, and the file the baseline is in.

use std::io::{self, IsTerminal as _};

use anyhow::Context as _;

use crate::baseline::{BaselineFile, Day, Stamp, Via};
use crate::config::Config;
use crate::git::Repo;
use crate::model::{Finding, RepoPath};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Selected};

/// A repository with a work tree, its configuration and its baseline's file.
pub(super) struct House {
    pub(super) repo: Repo,
    pub(super) config: Config,
    pub(super) file: BaselineFile,
}

impl House {
    /// The repository around the current folder.
    pub(super) fn open() -> anyhow::Result<Self> {
        let repo = Repo::from_env()?;
        let root =
            repo.root().context("a bare repository has no work tree to keep a baseline in")?;
        let config = Ground::WorkTree(&repo).config()?;
        let path = root.join(bstr::ByteSlice::to_path_lossy(config.baseline.as_bytes()));
        Ok(Self { file: BaselineFile::at(path), config, repo })
    }

    /// Everything that HEAD's tree holds.
    pub(super) fn head(&self) -> anyhow::Result<Vec<Finding>> {
        self.find(source::tree(&self.repo, "HEAD")?, &Ground::Tree(&self.repo, "HEAD".into()))
    }

    /// Everything that the tracked files of the work tree hold.
    pub(super) fn work_tree(&self) -> anyhow::Result<Vec<Finding>> {
        self.find(source::tracked(&self.repo)?, &Ground::WorkTree(&self.repo))
    }

    /// Everything that is staged.
    pub(super) fn staged(&self) -> anyhow::Result<Vec<Finding>> {
        self.find(source::staged(&self.repo)?, &Ground::WorkTree(&self.repo))
    }

    /// Everything that stands in HEAD, the index or the work tree.
    pub(super) fn everything(&self) -> anyhow::Result<Vec<Finding>> {
        let mut findings = self.head()?;
        findings.extend(self.staged()?);
        findings.extend(self.work_tree()?);
        Ok(findings)
    }

    /// The path of the baseline in the repository.
    pub(super) fn baseline_path(&self) -> &RepoPath {
        &self.config.baseline
    }

    /// Who signs what is decided now.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp {
            by: self.repo.author(),
            on: Some(Day::today()),
            via: (!is_attended()).then_some(Via::Script),
        }
    }

    /// What cannot be read could hold anything, so it stops whoever asks.
    fn find(&self, selected: Selected, ground: &Ground<'_>) -> anyhow::Result<Vec<Finding>> {
        let trust = Trust { baseline: false, markers: true };
        let outcome = scan::run(selected, ground, &self.config, trust)?;
        if let Some(problem) = outcome.problems.first() {
            let more = match outcome.problems.len() {
                1 => String::new(),
                n => format!(" (and {} more)", n - 1),
            };
            anyhow::bail!("{problem}{more}");
        }
        Ok(outcome.judged.into_iter().map(|judged| judged.finding).collect())
    }
}

/// Whether a person sits at a terminal.
pub(super) fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
