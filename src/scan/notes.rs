//! What is worth saying beside the findings.

use std::collections::HashSet;

use super::Ground;
use super::past::TreePast;
use crate::baseline::Past as _;
use crate::config::Config;
use crate::engine::Engine;
use crate::git::Oid;
use crate::model::{Authors, Evidence, Judged, Problem, Status};
use crate::report::some_of;
use crate::source::Item;

/// Says of a forbidden file that HEAD already holds it: taking it out of the
/// index does not take it out of the history.
pub(super) fn tracked_env_files(
    judged: &[Judged],
    ground: &Ground<'_>,
) -> Result<Vec<String>, Problem> {
    let Ground::Index(repo) = ground else { return Ok(Vec::new()) };
    let mut notes = Vec::new();
    for judged in judged.iter().filter(|judged| judged.status.blocks()) {
        if matches!(judged.finding.evidence, Evidence::Path)
            && repo.in_tree("HEAD", &judged.finding.path)?.is_some()
        {
            notes.push(format!(
                "{} was tracked before this commit: the history keeps it, so rotate what it holds",
                judged.finding.path
            ));
        }
    }
    Ok(notes)
}

/// Names what HEAD already holds and no remote-tracking ref does: it can still be
/// taken out, and the push would be blocked.
pub(super) fn not_yet_pushed(
    judged: &[Judged],
    ground: &Ground<'_>,
    engine: &Engine,
) -> Result<Option<String>, Problem> {
    let Ground::Index(repo) = ground else { return Ok(None) };
    let mut existing = judged.iter().filter(|judged| judged.status == Status::Existing).peekable();
    if existing.peek().is_none() {
        return Ok(None);
    }
    let Some(held) = repo.held_below_head()? else { return Ok(None) };
    let mut held: Vec<String> = held.iter().map(Oid::to_string).collect();
    let base = held.first().map_or("--root".to_owned(), |oid| format!("{oid:.12}"));
    for parent in repo.merge_parents()? {
        if repo.remotes_hold(parent)? {
            held.push(parent.to_string());
        }
    }
    let past = TreePast::of_range(repo, engine, ("HEAD", &held));
    let mut here = Vec::new();
    for Judged { finding, .. } in existing {
        if let Some(place) = finding.place()
            && !past.existed(finding)?
        {
            here.push(format!("{}:{}", finding.path, place.line));
        }
    }
    Ok((!here.is_empty()).then(|| {
        format!(
            "NOTE: HEAD holds what no remote has yet, and the push will be blocked: {}; take it \
             out before: `git rebase -i {base}`",
            some_of(&here)
        )
    }))
}

/// Says how far what commits brought has gone, because what to do differs.
pub(super) fn how_far(judged: &[Judged], ground: &Ground<'_>) -> Result<Vec<String>, Problem> {
    let (Ground::Range { repo, .. } | Ground::History(repo)) = ground else {
        return Ok(Vec::new());
    };
    let unpushed = repo.unpushed(&blocking_commits(judged).collect())?;
    let (here, gone): (Vec<Oid>, Vec<Oid>) =
        blocking_commits(judged).partition(|oid| unpushed.contains(oid));
    let mut notes = Vec::new();
    if !gone.is_empty() {
        notes.push(format!(
            "left this machine, a remote holds the commit: {} of these; rotate now, rewriting history comes second",
            gone.len()
        ));
    }
    if let Some(first) = here.first() {
        notes.push(format!(
            "committed here and on no remote: {} of these; take them out with `git rebase -i {:.12}~` before you push",
            here.len(),
            first.to_string()
        ));
    }
    Ok(notes)
}

/// Who brought what blocks.
pub(super) fn authors(judged: &[Judged], ground: &Ground<'_>) -> Result<Authors, Problem> {
    let Some(repo) = ground.repo() else { return Ok(Authors::new()) };
    let commits: HashSet<Oid> = blocking_commits(judged).collect();
    if commits.is_empty() {
        return Ok(Authors::new());
    }
    let known = repo.commits(commits.into_iter())?;
    Ok(known
        .into_iter()
        .map(|commit| (commit.oid.to_string(), format!("{}, {}", commit.author, commit.day)))
        .collect())
}

fn blocking_commits(judged: &[Judged]) -> impl Iterator<Item = Oid> {
    judged
        .iter()
        .filter(|judged| judged.status.blocks())
        .filter_map(|judged| Oid::from_hex(judged.finding.commit.as_ref()?.as_bytes()))
}

/// Names what a commit that brings a configuration keeps from being found: it
/// counts from that very commit on, but never in silence.
pub(super) fn newly_let_pass(
    excluded: &[Item],
    config: &Config,
    ground: &Ground<'_>,
) -> Option<String> {
    let Ground::Index(repo) = ground else { return None };
    // One of HEAD that cannot be read let nothing pass.
    let before = Ground::Tree(repo, "HEAD".to_owned()).config().unwrap_or_default();
    let paths = excluded.iter().map(|item| &item.path).filter(|path| !before.excludes(path));
    let mut passed: Vec<String> = paths.map(|path| format!("{path} was not read")).collect();
    passed.extend(config.looser_than(&before));
    if passed.is_empty() {
        return None;
    }
    let passed = some_of(&passed);
    Some(format!("NOTE: this commit changes what is checked, from itself on: {passed}"))
}

/// Says how a rebase goes on, for git's own advice differs from version to
/// version, and `git reset --hard` makes git 2.55 drop the commit.
pub(super) fn rebasing(ground: &Ground<'_>) -> Option<String> {
    let Ground::Index(repo) = ground else { return None };
    repo.is_rebasing().then(|| {
        "git stopped in the middle of a rebase. Take the secret out, `git add` the file, \
         `git commit --no-edit`, then `git rebase --continue`; `git reset --hard` can lose the commit"
            .to_owned()
    })
}
