//! Where the configuration, the baseline and the past are read: always from
//! where the content is read.

use std::fs;

use super::past::{DiskPast, TreePast};
use crate::baseline::{Baseline, NoPast, Past};
use crate::config::{self, Config};
use crate::detect::LocalValues;
use crate::engine::Engine;
use crate::git::{Mode, Repo};
use crate::model::{Problem, RepoPath};
use crate::source::{self, Item};

/// Where a scan stands.
#[derive(Debug)]
pub(crate) enum Ground<'a> {
    /// Outside of any repository: nothing is known.
    Nowhere,
    /// In a work tree; nothing is past.
    WorkTree(&'a Repo),
    /// In the index that is being committed; HEAD is past.
    Index(&'a Repo),
    /// In a revision; nothing is past.
    Tree(&'a Repo, String),
    /// In the commits up to a tip; what its parents hold is past.
    Range {
        /// The repository.
        repo: &'a Repo,
        /// The last commit, whose baseline and configuration count.
        tip: String,
        /// The commits that the first ones stand on.
        parents: Vec<String>,
    },
    /// In all commits; nothing is past.
    History(&'a Repo),
}

impl<'a> Ground<'a> {
    /// The repository, if there is one.
    pub(crate) fn repo(&self) -> Option<&'a Repo> {
        match self {
            Self::Nowhere => None,
            Self::WorkTree(repo)
            | Self::Index(repo)
            | Self::Tree(repo, _)
            | Self::Range { repo, .. }
            | Self::History(repo) => Some(repo),
        }
    }

    /// The values of env files around what is being committed.
    pub(super) fn local_values(&self, items: &[Item]) -> LocalValues {
        let Self::Index(repo) = self else { return LocalValues::default() };
        let Some(root) = repo.root() else { return LocalValues::default() };
        let is_tracked = |path: &RepoPath| !matches!(repo.in_index(path), Ok(None));
        source::values_beside(root, items.iter().map(|item| &item.path), is_tracked)
    }

    /// The configuration, with the files it extends; the default where there
    /// is none.
    pub(crate) fn config(&self) -> Result<Config, Problem> {
        let Some(mut config) = self.parsed(&RepoPath::new(config::NAME))? else {
            return Ok(Config::default());
        };
        for path in &config.extends.clone() {
            let base = self
                .parsed(path)?
                .ok_or_else(|| wrong(path, "`extends` names it, and it is not there"))?;
            if !base.extends.is_empty() {
                return Err(wrong(path, "is extended itself, so it may not extend another"));
            }
            config.absorb(base).map_err(|error| wrong(path, &error.to_string()))?;
        }
        config.complete().map_err(|error| Problem { path: None, why: error.to_string() })
    }

    fn parsed(&self, path: &RepoPath) -> Result<Option<Config>, Problem> {
        let Some(bytes) = self.file(path)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| wrong(path, "is not UTF-8"))?;
        Config::parse(&text, &path.to_string())
            .map(Some)
            .map_err(|error| Problem { path: None, why: error.to_string() })
    }

    /// The baseline; empty where there is none and none was named.
    pub(crate) fn baseline(&self, config: &Config) -> Result<Baseline, Problem> {
        match self.file(&config.baseline)? {
            Some(bytes) => Baseline::parse_tracked(&bytes, &config.baseline)
                .map_err(|error| Problem { path: None, why: error.to_string() }),
            None if config.baseline_is_explicit => Err(self.absent(&config.baseline)),
            None => Ok(Baseline::empty()),
        }
    }

    /// A baseline that the configuration names, and how to have it.
    fn absent(&self, path: &RepoPath) -> Problem {
        let way = match self {
            Self::Index(repo) if matches!(Self::on_disk(repo, path), Ok(Some(_))) => {
                self.how_to_add(path)
            }
            _ => "`stanch baseline create` makes it".to_owned(),
        };
        wrong(path, &format!("named in {} and not there; {way}", config::NAME))
    }

    /// What the judge may ask of the past.
    pub(super) fn past<'e>(&'e self, engine: &'e Engine) -> Box<dyn Past + 'e> {
        match self {
            Self::Nowhere | Self::Tree(..) | Self::History(_) => Box::new(NoPast),
            Self::WorkTree(repo) => Box::new(DiskPast::new(repo, engine)),
            Self::Range { repo, tip, parents } => {
                Box::new(TreePast::of_range(repo, engine, (tip, parents)))
            }
            Self::Index(repo) => Box::new(TreePast::of_index(repo, engine)),
        }
    }

    /// Whether the same content is read more than once, in several commits.
    pub(super) fn repeats(&self) -> bool {
        match self {
            Self::Nowhere | Self::WorkTree(_) | Self::Index(_) | Self::Tree(..) => false,
            Self::Range { .. } | Self::History(_) => true,
        }
    }

    /// The baseline of the work tree, when this is the index of a commit and
    /// the two differ. One that cannot be read helps nobody here.
    pub(super) fn work_tree_baseline(&self, config: &Config) -> Option<Baseline> {
        let Self::Index(repo) = self else { return None };
        let bytes = Ground::WorkTree(repo).file(&config.baseline).ok()??;
        if self.file(&config.baseline).ok()?.as_ref() == Some(&bytes) {
            return None;
        }
        Baseline::parse(&bytes, "").ok()
    }

    /// The baseline of the branch that git is replaying: an entry may come in a
    /// later commit than its value. One that cannot be read helps nobody.
    pub(super) fn replayed_baseline(&self, config: &Config) -> Result<Option<Baseline>, Problem> {
        let Self::Index(repo) = self else { return Ok(None) };
        let Some(branch) = repo.replayed()? else { return Ok(None) };
        let bytes = Ground::Tree(repo, branch.to_string()).file(&config.baseline)?;
        Ok(bytes.and_then(|bytes| Baseline::parse(&bytes, "").ok()))
    }

    /// How to make `path` part of this commit.
    pub(super) fn how_to_add(&self, path: &RepoPath) -> String {
        match self {
            Self::Index(repo) if repo.is_partial_commit() => {
                format!("add it to the command: `git commit FILE… {}`", repo.pathspec(path))
            }
            Self::Index(repo) => format!("`git add {}`", repo.pathspec(path)),
            _ => format!("`git add {}`", path.argument()),
        }
    }

    fn file(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, Problem> {
        let entry = match self {
            Self::Nowhere => None,
            Self::History(repo) if repo.root().is_none() => repo.in_tree("HEAD", path)?,
            Self::WorkTree(repo) | Self::History(repo) => return Self::on_disk(repo, path),
            Self::Range { repo, tip, .. } => repo.in_tree(tip, path)?,
            Self::Index(repo) => repo.in_index(path)?,
            Self::Tree(repo, rev) => repo.in_tree(rev, path)?,
        };
        match (entry, self.repo()) {
            (Some(entry), Some(repo)) => match entry.mode {
                Mode::File | Mode::Executable => Ok(Some(repo.read(entry.oid)?)),
                Mode::Link | Mode::Gitlink => Err(wrong(path, NOT_REGULAR)),
            },
            _ => Ok(None),
        }
    }

    fn on_disk(repo: &Repo, path: &RepoPath) -> Result<Option<Vec<u8>>, Problem> {
        let Some(root) = repo.root() else { return Ok(None) };
        let file = path.under(root);
        match fs::symlink_metadata(&file) {
            Ok(meta) if meta.is_file() => fs::read(&file)
                .map(Some)
                .map_err(|error| wrong(path, &format!("cannot be read: {error}"))),
            Ok(_) => Err(wrong(path, NOT_REGULAR)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(wrong(path, &format!("cannot be read: {error}"))),
        }
    }
}

fn wrong(path: &RepoPath, why: &str) -> Problem {
    Problem { path: Some(path.clone()), why: why.to_owned() }
}

const NOT_REGULAR: &str = "must be a regular file, not a link or a folder; replace it";
