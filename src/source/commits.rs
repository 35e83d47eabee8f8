//! What commits brought: ranges, pushes, histories.

use super::{Content, Item, Selected};
use crate::git::{Brought, Found, History, Mode, Repo, Walk};
use crate::model::{Origin, Problem, RepoPath};

/// Every content the commits of a walk brought, with the commit.
pub(crate) fn walked(walk: &Walk) -> Selected {
    Selected { items: walk.brought.iter().cloned().map(item).collect(), ..Selected::default() }
}

/// A step of reading a history.
pub(crate) enum Step {
    /// The next commit.
    Commit,
    /// A content to read, or why it cannot be.
    Content(Result<Item, Problem>),
}

/// Hands over what a history holds, oldest commit first.
pub(crate) fn history(repo: &Repo, history: &History, mut take: impl FnMut(Step)) {
    repo.walk_history(history, |found| {
        take(match found {
            Found::Commit => Step::Commit,
            Found::Content(brought) => Step::Content(Ok(item(brought))),
            Found::Problem(problem) => Step::Content(Err(problem)),
        });
    });
}

fn item(Brought { entry, commit }: Brought) -> Item {
    let content = match entry.mode {
        // A submodule has no content here; its path still counts.
        Mode::Gitlink => Content::Bytes(Vec::new()),
        Mode::File | Mode::Executable | Mode::Link => Content::Object(entry.oid),
    };
    Item { path: entry.path, origin: Origin::Commit(commit.to_string()), content }
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
