//! Whether git is replaying commits: cherry-pick, revert, rebase, am. Then it
//! skips pre-commit, and prepare-commit-msg is the only door.

use super::location::variable;
use super::{GitError, Oid, Repo, plumbing};

impl Repo {
    /// Whether git is replaying commits. In an ordinary commit or merge it is
    /// not: there pre-commit or pre-merge-commit ran, or a person said
    /// `--no-verify`.
    pub fn is_replaying(&self) -> Result<bool, GitError> {
        let dir = self.git_dir();
        if ["rebase-merge", "rebase-apply", "sequencer"].iter().any(|name| dir.join(name).exists())
        {
            return Ok(true);
        }
        for name in ["CHERRY_PICK_HEAD", "REVERT_HEAD"] {
            if self.has_pseudo_ref(name)? {
                return Ok(true);
            }
        }
        let action = variable("GIT_REFLOG_ACTION").unwrap_or_default();
        let action = action.to_string_lossy();
        // A single revert without conflict leaves nothing but these, and which of them its
        // strategy decides; so does a merge.
        let merges = action.starts_with("merge") || dir.join("MERGE_HEAD").exists();
        let leaves = dir.join("MERGE_MSG").exists() || self.has_pseudo_ref("AUTO_MERGE")?;
        Ok(action.starts_with("revert") || !merges && leaves)
    }

    /// Whether the commit being made is one of a rebase.
    pub fn is_rebasing(&self) -> bool {
        self.git_dir().join("rebase-merge").exists()
    }

    /// The commit whose tree is the branch that is being replayed: what a rebase
    /// started from, or what is picked. None when nothing is, or nobody knows.
    pub fn replayed(&self) -> Result<Option<Oid>, GitError> {
        for state in ["rebase-merge", "rebase-apply"] {
            let file = self.git_dir().join(state).join("orig-head");
            if let Ok(oid) = std::fs::read(file) {
                return Ok(Oid::from_hex(oid.trim_ascii()));
            }
        }
        if self.has_pseudo_ref("CHERRY_PICK_HEAD")? {
            return plumbing::resolve(&self.location, "CHERRY_PICK_HEAD");
        }
        Ok(None)
    }

    /// Git keeps these beside the refs: as files, or in a reftable.
    fn has_pseudo_ref(&self, name: &str) -> Result<bool, GitError> {
        if !self.git_dir().join("reftable").exists() {
            return Ok(self.git_dir().join(name).exists());
        }
        Ok(plumbing::resolve(&self.location, name)?.is_some())
    }
}
