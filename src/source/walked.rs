//! What commits brought: ranges, pushes, histories.

use super::{Content, Item, Selected};
use crate::git::{Mode, Repo, Walk};
use crate::model::{Origin, Problem, RepoPath};

/// Every content the commits of a walk brought, with the commit.
pub(crate) fn walked(walk: &Walk) -> Selected {
    let items = walk
        .brought
        .iter()
        .map(|brought| {
            let content = match brought.entry.mode {
                // A submodule has no content here; its path still counts.
                Mode::Gitlink => Content::Bytes(Vec::new()),
                Mode::File | Mode::Executable | Mode::Link => Content::Object(brought.entry.oid),
            };
            let origin = Origin::Commit(walk.commits[brought.commit].oid.to_string());
            Item { path: brought.entry.path.clone(), origin, content }
        })
        .collect();
    Selected { items, ..Selected::default() }
}

/// What a ref names that is no commit: a tree, or one content under the name
/// of the ref.
pub(crate) fn pushed_object(repo: &Repo, name: &RepoPath, rev: &str) -> Result<Selected, Problem> {
    if let Ok(tree) = super::tree(repo, rev) {
        return Ok(tree);
    }
    let oid = repo.resolve(&format!("{rev}^{{blob}}"))?.ok_or_else(|| Problem {
        path: Some(name.clone()),
        why: format!("names {rev}, which is no commit, tree or content here"),
    })?;
    let origin = Origin::Commit(rev.to_owned());
    let item = Item { path: name.clone(), origin, content: Content::Object(oid) };
    Ok(Selected { items: vec![item], ..Selected::default() })
}
