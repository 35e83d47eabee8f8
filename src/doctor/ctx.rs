//! What the checks look at, gathered once.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use bstr::ByteSlice as _;

use crate::baseline::{Baseline, BaselineFile};
use crate::config::Config;
use crate::detect::{is_env_name, is_template_name};
use crate::git::Repo;
use crate::model::{Judged, RepoPath};
use crate::scan::{self, Ground, Trust};
use crate::source;

/// Globs of the `.env` family, for git.
pub(super) const ENV_GLOBS: [&str; 4] = [".env", ".env.*", "*.env", ".env-*"];
/// A file that a check reads is no larger.
const MAX_BYTES: u64 = 4 << 20;

/// A repository and what was gathered of it.
pub(crate) struct Ctx<'a> {
    pub(super) repo: &'a Repo,
    pub(super) root: &'a Path,
    pub(super) config: &'a Config,
    /// Tracked files, and untracked ones that are not ignored; sorted.
    pub(super) paths: Vec<RepoPath>,
    pub(super) tracked: HashSet<RepoPath>,
    /// Env files on disk, tracked or not, without templates; sorted.
    pub(super) env_files: Vec<RepoPath>,
    /// Templates of env files on disk; sorted.
    pub(super) templates: Vec<RepoPath>,
    /// What the engine finds in `paths`, and what the judge says.
    pub(super) findings: Vec<Judged>,
    pub(super) baseline: Option<Baseline>,
}

impl<'a> Ctx<'a> {
    /// Looks around.
    pub(crate) fn gather(repo: &'a Repo, config: &'a Config) -> anyhow::Result<Self> {
        let root = repo.root().context("a bare repository has no files to check")?;
        let paths = repo.addable(&RepoPath::new(""))?;
        let tracked = repo.tracked()?.into_iter().map(|entry| entry.path).collect();
        let ground = Ground::WorkTree(repo);
        let outcome = scan::run(source::under(repo, root, root)?, &ground, config, Trust::ALL)?;
        let file = BaselineFile::of(root, &config.baseline);
        let mut env: Vec<RepoPath> = paths.iter().filter(|path| is_env(path)).cloned().collect();
        env.extend(repo.ignored(&ENV_GLOBS)?.into_iter().filter(is_env));
        env.retain(|path| is_regular(&path.under(root)));
        env.sort();
        env.dedup();
        let (templates, env_files) =
            env.into_iter().partition(|path| is_template_name(path.base_name()));
        Ok(Self {
            repo,
            root,
            config,
            paths,
            tracked,
            env_files,
            templates,
            findings: outcome.judged,
            baseline: file.read()?,
        })
    }

    /// Where a path is on disk.
    pub(super) fn at(&self, path: &RepoPath) -> PathBuf {
        path.under(self.root)
    }

    /// The bytes of a regular file of moderate size; none of anything else.
    pub(super) fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        let file = self.at(path);
        let meta = fs::symlink_metadata(&file).ok()?;
        (meta.is_file() && meta.len() <= MAX_BYTES).then(|| fs::read(&file).ok()).flatten()
    }

    /// The text of a file, whatever its encoding.
    pub(super) fn text(&self, path: &RepoPath) -> Option<String> {
        self.read(path).map(|bytes| bytes.to_str_lossy().into_owned())
    }

    /// What blocks in files that `is_one` is true of.
    pub(super) fn blocking(&self, is_one: impl Fn(&RepoPath) -> bool) -> Vec<&Judged> {
        let blocks = |judged: &&Judged| judged.status.blocks() && is_one(&judged.finding.path);
        self.findings.iter().filter(blocks).collect()
    }
}

fn is_env(path: &RepoPath) -> bool {
    is_env_name(path.base_name())
}

fn is_regular(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok_and(|meta| meta.is_file())
}

/// `path:line: what`, of a finding.
pub(super) fn place(judged: &Judged) -> String {
    let finding = &judged.finding;
    let line = finding.place().map_or(String::new(), |place| format!(":{}", place.line));
    format!("{}{line}: {}", finding.path, finding.rule.description)
}
