//! What a repository holds, for the commands that keep its baseline: findings
//! judged by nothing, and the file the baseline is in.

use std::io::{self, IsTerminal as _};

use anyhow::Context as _;

use crate::baseline::{BaselineFile, Day, Stamp, Via};
use crate::config::Config;
use crate::git::Repo;
use crate::model::{Finding, Judged, RepoPath, Stats};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Selected};

/// A repository with a work tree, its configuration and its baseline's file.
pub(super) struct House {
    pub(super) repo: Repo,
    pub(super) config: Config,
    pub(super) file: BaselineFile,
}

/// What was found, and in how much.
#[derive(Default)]
pub(super) struct Held {
    pub(super) findings: Vec<Finding>,
    pub(super) stats: Stats,
}

impl Held {
    fn and(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.stats.files += other.stats.files;
        self.stats.bytes += other.stats.bytes;
        self.stats.excluded += other.stats.excluded;
        self.stats.left_out += other.stats.left_out;
        self.stats.elapsed += other.stats.elapsed;
        self
    }
}

impl House {
    /// The repository around the current folder.
    pub(super) fn open() -> anyhow::Result<Self> {
        let repo = Repo::from_env()?;
        let root =
            repo.root().context("a bare repository has no work tree to keep a baseline in")?;
        let config = Ground::WorkTree(&repo).config()?;
        Ok(Self { file: BaselineFile::of(root, &config.baseline), config, repo })
    }

    /// Everything that HEAD's tree holds.
    pub(super) fn head(&self) -> anyhow::Result<Held> {
        self.find(source::tree(&self.repo, "HEAD")?, &Ground::Tree(&self.repo, "HEAD".into()))
    }

    /// Everything that stands in the index or the tracked files of the work tree.
    pub(super) fn here(&self) -> anyhow::Result<Held> {
        let ground = Ground::WorkTree(&self.repo);
        let staged = self.find(source::staged(&self.repo)?, &ground)?;
        Ok(self.find(source::tracked(&self.repo)?, &ground)?.and(staged))
    }

    /// Everything that stands in HEAD, the index or the work tree.
    pub(super) fn everything(&self) -> anyhow::Result<Held> {
        Ok(self.head()?.and(self.here()?))
    }

    /// The path of the baseline in the repository.
    pub(super) fn baseline_path(&self) -> &RepoPath {
        &self.config.baseline
    }

    /// How to stage the baseline.
    pub(super) fn to_add(&self) -> String {
        format!("`git add {}`", self.repo.pathspec(self.baseline_path()))
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
    fn find(&self, selected: Selected, ground: &Ground<'_>) -> anyhow::Result<Held> {
        let trust = Trust { baseline: false, markers: true };
        let outcome = scan::run(selected, ground, &self.config, trust)?;
        if let Some(problem) = outcome.problems.first() {
            let more = match outcome.problems.len() {
                1 => String::new(),
                n => format!(" (and {} more)", n - 1),
            };
            anyhow::bail!("{problem}{more}");
        }
        let findings = outcome.judged.into_iter().map(|judged| judged.finding).collect();
        Ok(Held { findings, stats: outcome.stats })
    }
}

/// What stands outside of the index and the tracked files, where a report may
/// have found it: untracked files, the message of the last commit, the history.
pub(super) fn elsewhere(repo: &Repo, config: &Config) -> anyhow::Result<Vec<Judged>> {
    let mut judged = Vec::new();
    if let Some(root) = repo.root() {
        let mut selected = source::under(repo, root, root)?;
        selected.items.extend(source::last_message(repo)?);
        judged = scan::run(selected, &Ground::WorkTree(repo), config, Trust::ALL)?.judged;
    }
    judged.extend(scan::history(&repo.history(None)?, repo, config, Trust::ALL)?.judged);
    Ok(judged)
}

/// Whether a person sits at a terminal.
pub(super) fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
