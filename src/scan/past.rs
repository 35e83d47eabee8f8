//! What the judge asks of the parent, answered from git. Values are found by
//! the engine, not by searching text: what counts now counted then.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;

use crate::baseline::Past;
use crate::engine::Engine;
use crate::git::{Entry, Oid, Repo};
use crate::model::{Blob, Finding, Origin, Problem, RepoPath, Secret};

/// The work tree, which has no parent. A scan of some of its files has not
/// seen the others, so those are asked before an entry counts as moved.
pub(super) struct DiskPast<'a> {
    repo: &'a Repo,
    engine: &'a Engine,
}

impl<'a> DiskPast<'a> {
    /// The work tree of a repository.
    pub(super) fn new(repo: &'a Repo, engine: &'a Engine) -> Self {
        Self { repo, engine }
    }
}

impl Past for DiskPast<'_> {
    fn existed(&self, _: &Finding) -> Result<bool, Problem> {
        Ok(false)
    }

    fn held_in_parent(&self, _: &RepoPath, _: &Secret) -> Result<bool, Problem> {
        Ok(true)
    }

    fn holds_now(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem> {
        let Some(root) = self.repo.root() else { return Ok(false) };
        let file = path.under(root);
        if !fs::symlink_metadata(&file).is_ok_and(|meta| meta.is_file()) {
            return Ok(false);
        }
        let bytes = fs::read(&file).map_err(|error| Problem {
            path: Some(path.clone()),
            why: format!("cannot be read: {error}"),
        })?;
        let blob = Blob { path: path.clone(), origin: Origin::Disk, bytes };
        let found = self.engine.scan(&blob);
        Ok(found.iter().filter_map(Finding::value).any(|other| other.expose() == value.expose()))
    }
}

/// A parent tree and the state that is judged against it.
pub(super) struct TreePast<'a> {
    repo: &'a Repo,
    engine: &'a Engine,
    /// The trees that are past; looked up when the first finding asks.
    parents: OnceCell<Vec<String>>,
    /// The commit that is judged; none for the index.
    now: Option<String>,
    /// Values by side and path; a file is read once.
    seen: RefCell<HashMap<(Side, RepoPath), Vec<Secret>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Parent,
    Now,
}

impl<'a> TreePast<'a> {
    /// The index that is being committed, and HEAD; in a merge also the other
    /// parents that a remote holds already.
    pub(super) fn of_index(repo: &'a Repo, engine: &'a Engine) -> Self {
        Self { repo, engine, parents: OnceCell::new(), now: None, seen: RefCell::default() }
    }

    /// The commits up to a tip, and what they stand on.
    pub(super) fn of_range(
        repo: &'a Repo,
        engine: &'a Engine,
        (tip, parents): (&str, &[String]),
    ) -> Self {
        let (now, parents) = (Some(tip.to_owned()), OnceCell::from(parents.to_vec()));
        Self { repo, engine, parents, now, seen: RefCell::default() }
    }

    fn parents(&self) -> Result<&[String], Problem> {
        if self.parents.get().is_none() {
            let mut parents = vec!["HEAD".to_owned()];
            for parent in self.repo.merge_parents()? {
                if self.repo.remotes_hold(parent)? {
                    parents.push(parent.to_string());
                }
            }
            self.parents.set(parents).ok();
        }
        Ok(self.parents.get().map_or(&[], Vec::as_slice))
    }

    fn holds(&self, side: Side, path: &RepoPath, value: &Secret) -> Result<bool, Problem> {
        let key = (side, path.clone());
        if !self.seen.borrow().contains_key(&key) {
            let values = self.values(side, path)?;
            self.seen.borrow_mut().insert(key.clone(), values);
        }
        Ok(self.seen.borrow()[&key].iter().any(|other| other.expose() == value.expose()))
    }

    fn values(&self, side: Side, path: &RepoPath) -> Result<Vec<Secret>, Problem> {
        let mut values = Vec::new();
        for entry in self.entries(side, path)? {
            if !entry.mode.has_content() {
                continue;
            }
            let blob =
                Blob { path: entry.path, origin: Origin::Index, bytes: self.repo.read(entry.oid)? };
            let found = self.engine.scan(&blob);
            values.extend(found.iter().filter_map(|finding| finding.value().cloned()));
        }
        Ok(values)
    }

    fn entries(&self, side: Side, path: &RepoPath) -> Result<Vec<Entry>, Problem> {
        match side {
            Side::Now => Ok(match &self.now {
                None => self.repo.in_index(path)?.into_iter().collect(),
                Some(tip) => self.repo.in_tree(tip, path)?.into_iter().collect(),
            }),
            Side::Parent => {
                let mut entries = Vec::new();
                for parent in self.parents()? {
                    entries.extend(self.repo.in_tree(parent, path)?);
                }
                Ok(entries)
            }
        }
    }
}

impl Past for TreePast<'_> {
    fn existed(&self, finding: &Finding) -> Result<bool, Problem> {
        match finding.value() {
            Some(value) => self.holds(Side::Parent, &finding.path, value),
            None => Ok(false),
        }
    }

    fn held_in_parent(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem> {
        self.holds(Side::Parent, path, value)
    }

    fn holds_now(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem> {
        self.holds(Side::Now, path, value)
    }

    fn left_by(&self, value: &Secret) -> Result<Vec<RepoPath>, Problem> {
        let now = match &self.now {
            None => self.repo.tracked()?,
            Some(tip) => self.repo.tree(tip)?,
        };
        let same: HashSet<(&RepoPath, Oid)> =
            now.iter().map(|entry| (&entry.path, entry.oid)).collect();
        let mut left = BTreeSet::new();
        for parent in self.parents()? {
            for Entry { path, oid, .. } in self.repo.tree(parent)? {
                if !same.contains(&(&path, oid))
                    && self.holds(Side::Parent, &path, value)?
                    && !self.holds(Side::Now, &path, value)?
                {
                    left.insert(path);
                }
            }
        }
        Ok(left.into_iter().collect())
    }
}
