//! The corridor: items to blobs to findings to judged findings.

mod ground;
mod past;
mod read;

pub(crate) use ground::Ground;

use std::collections::HashSet;
use std::time::Instant;

use crate::baseline::{self, Baseline, Day};
use crate::config::Config;
use crate::engine::Engine;
use crate::git::Oid;
use crate::model::{Evidence, Finding, Judged, Outcome, Problem, Status};
use crate::source::{Item, Selected};

/// Which knowledge is used in judging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trust {
    /// The baseline counts.
    pub(crate) baseline: bool,
    /// Inline markers count, where the configuration allows them.
    pub(crate) markers: bool,
}

impl Trust {
    /// Everything counts.
    pub(crate) const ALL: Self = Self { baseline: true, markers: true };
}

/// Reads and judges what was selected. Errors are those that leave nothing to
/// judge by: a configuration or baseline that cannot be read.
pub(crate) fn run(
    selected: Selected,
    ground: &Ground<'_>,
    config: &Config,
    trust: Trust,
) -> Result<Outcome, Problem> {
    let started = Instant::now();
    let items: Vec<Item> =
        selected.items.into_iter().filter(|item| !config.excludes(&item.path)).collect();
    let engine = Engine::new(config.rules()).with_local_values(ground.local_values(&items));
    let brings_baseline = items.iter().any(|item| item.path == config.baseline);
    let mut read = read::all(items, ground.repo(), &engine);
    read.problems.splice(0..0, selected.problems);
    read.findings.retain(|finding| !is_stopped(finding, config));
    if !(config.allow_markers && trust.markers) {
        read.findings.iter_mut().for_each(|finding| finding.hidden = None);
    }
    if ground.repeats() {
        keep_first(&mut read.findings);
    }
    // A hook that found nothing reads no baseline, unless this very change
    // brings one: a corrupt baseline must not land.
    let needed = trust.baseline && (brings_baseline || !read.findings.is_empty());
    let baseline = if needed { ground.baseline(config)? } else { Baseline::empty() };
    let past = ground.past(&engine);
    let notes_for = read.findings.clone();
    let mut judged = baseline::judge(read.findings, &baseline, past.as_ref(), Day::today())?;
    if trust.baseline && judged.iter().any(|judged| judged.status.blocks()) {
        follow_replay(&mut judged, ground, (config, past.as_ref()))?;
    }
    let mut notes = selected.notes;
    if judged.iter().any(|judged| judged.status.blocks()) {
        notes.extend(tracked_env_files(&judged, ground)?);
        notes.extend(how_far(&judged, ground)?);
        if trust.baseline {
            notes.extend(baseline_left_out(notes_for, &judged, ground, (config, past.as_ref()))?);
        }
    }
    read.stats.elapsed = started.elapsed();
    Ok(Outcome { judged, problems: read.problems, stats: read.stats, notes })
}

/// While git replays commits, the baseline of their branch counts too.
fn follow_replay(
    judged: &mut [Judged],
    ground: &Ground<'_>,
    (config, past): (&Config, &dyn baseline::Past),
) -> Result<(), Problem> {
    let Some(other) = ground.replayed_baseline(config)? else { return Ok(()) };
    let findings = judged.iter().map(|judged| judged.finding.clone()).collect();
    let again = baseline::judge(findings, &other, past, Day::today())?;
    for (judged, again) in judged.iter_mut().zip(again) {
        if matches!(judged.status, Status::New { .. }) && matches!(again.status, Status::Known(_)) {
            judged.status = again.status;
        }
    }
    Ok(())
}

/// Of commits, the first that brought a value to a file is told.
fn keep_first(findings: &mut Vec<Finding>) {
    let mut seen = HashSet::new();
    findings.retain(|finding| {
        seen.insert((finding.path.clone(), finding.rule.id, finding.value().cloned()))
    });
}

/// Whether a stop word of the configuration stands in the value.
fn is_stopped(finding: &Finding, config: &Config) -> bool {
    let Some(value) = finding.value() else { return false };
    if config.stop_words().is_empty() {
        return false;
    }
    let lower = value.expose().to_ascii_lowercase();
    config.stop_words().iter().any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some())
}

/// Says of a forbidden file that HEAD already holds it: taking it out of the
/// index does not take it out of the history.
fn tracked_env_files(judged: &[Judged], ground: &Ground<'_>) -> Result<Vec<String>, Problem> {
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

/// Says how far what commits brought has gone, because what to do differs.
fn how_far(judged: &[Judged], ground: &Ground<'_>) -> Result<Vec<String>, Problem> {
    let (Ground::Range { repo, .. } | Ground::History(repo)) = ground else {
        return Ok(Vec::new());
    };
    let unpushed = repo.unpushed()?;
    let commits = judged
        .iter()
        .filter(|judged| judged.status.blocks())
        .filter_map(|judged| Oid::from_hex(judged.finding.commit.as_ref()?.as_bytes()));
    let (here, gone): (Vec<Oid>, Vec<Oid>) = commits.partition(|oid| unpushed.contains(oid));
    let mut notes = Vec::new();
    if !gone.is_empty() {
        notes.push(format!(
            "{} of these left this machine, a remote holds the commit: rotate now; rewriting history comes second",
            gone.len()
        ));
    }
    if let Some(first) = here.first() {
        notes.push(format!(
            "{} of these are committed here and on no remote: take them out with `git rebase -i {:.12}~` before you push",
            here.len(),
            first.to_string()
        ));
    }
    Ok(notes)
}

/// Says when the baseline of the work tree knows what the index's does not.
fn baseline_left_out(
    findings: Vec<Finding>,
    judged: &[Judged],
    ground: &Ground<'_>,
    (config, past): (&Config, &dyn baseline::Past),
) -> Result<Option<String>, Problem> {
    let Some(other) = ground.work_tree_baseline(config) else { return Ok(None) };
    let again = baseline::judge(findings, &other, past, Day::today())?;
    let blocks = |judged: &[Judged]| judged.iter().filter(|judged| judged.status.blocks()).count();
    let (now, then) = (blocks(judged), blocks(&again));
    Ok((then < now).then(|| {
        format!(
            "the baseline in the work tree covers {} of these but is not part of this commit: {}",
            now - then,
            ground.how_to_add(&config.baseline)
        )
    }))
}

/// Whether any finding is of this kind.
pub(crate) fn any(outcome: &Outcome, wanted: impl Fn(&Status) -> bool) -> bool {
    outcome.judged.iter().any(|judged| wanted(&judged.status))
}
