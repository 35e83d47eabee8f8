//! The corridor: items to blobs to findings to judged findings.

mod changes;
mod ground;
mod history;
mod notes;
mod past;
mod read;

pub(crate) use ground::Ground;

use std::collections::HashSet;
use std::time::Instant;

use crate::baseline::{self, Baseline, Day};
use crate::config::Config;
use crate::engine::Engine;
use crate::git::{History, Repo};
use crate::model::{Authors, Finding, Judged, Outcome, Problem, Status};
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
    let mut items = selected.items;
    let brings_config = items.iter().any(|item| config.is_read_from(&item.path));
    let excluded: Vec<Item> = items.extract_if(.., |item| config.excludes(&item.path)).collect();
    let engine = Engine::new(config.rules()).with_local_values(ground.local_values(&items));
    let brings_baseline = items.iter().any(|item| item.path == config.baseline);
    let mut read = read::all(items, ground.repo(), &engine);
    read.stats.excluded = excluded.len();
    read.problems.splice(0..0, selected.problems);
    read.findings.sort_by(|a, b| a.path.cmp(&b.path));
    read.problems.sort_by(|a, b| a.path.cmp(&b.path));
    let brings_baseline = brings_baseline || (brings_config && config.baseline_is_explicit);
    let needed = Needed { baseline: trust.baseline && brings_baseline, started };
    let mut outcome = judge(read, (ground, &engine), (config, trust), needed)?;
    outcome.notes.splice(0..0, selected.notes);
    if brings_config {
        outcome.notes.extend(notes::newly_let_pass(&excluded, config, ground));
    }
    Ok(outcome)
}

/// Reads and judges a history.
pub(crate) fn history(
    history: &History,
    repo: &Repo,
    config: &Config,
    trust: Trust,
) -> Result<Outcome, Problem> {
    let started = Instant::now();
    let engine = Engine::new(config.rules());
    let read = history::read(history, repo, &engine, |item| !config.excludes(&item.path));
    let needed = Needed { baseline: false, started };
    judge(read, (&Ground::History(repo), &engine), (config, trust), needed)
}

/// What is known before the findings are.
#[derive(Clone, Copy)]
struct Needed {
    /// The baseline is read even when nothing was found.
    baseline: bool,
    started: Instant,
}

fn judge(
    mut read: read::Read,
    (ground, engine): (&Ground<'_>, &Engine),
    (config, trust): (&Config, Trust),
    needed: Needed,
) -> Result<Outcome, Problem> {
    sift(&mut read, config, trust);
    if ground.repeats() {
        keep_first(&mut read.findings);
    }
    // A hook that found nothing reads no baseline, unless this very change
    // brings one, or its name: a corrupt or absent one must not land.
    let needs_baseline = needed.baseline || (trust.baseline && !read.findings.is_empty());
    let baseline = if needs_baseline { ground.baseline(config)? } else { Baseline::empty() };
    let past = ground.past(engine);
    let notes_for = read.findings.clone();
    let mut judged = baseline::judge(read.findings, &baseline, past.as_ref(), Day::today())?;
    if trust.baseline && judged.iter().any(|judged| judged.status.blocks()) {
        follow_replay(&mut judged, ground, (config, past.as_ref()))?;
    }
    // What this note cannot be had from (a partial clone) is no reason to block.
    let unpushed = notes::not_yet_pushed(&judged, ground, engine).unwrap_or_default();
    let mut notes = Vec::from_iter(unpushed);
    let mut authors = Authors::new();
    if judged.iter().any(|judged| judged.status.blocks()) {
        authors = notes::authors(&judged, ground)?;
        notes.extend(notes::tracked_env_files(&judged, ground)?);
        notes.extend(notes::how_far(&judged, ground)?);
        notes.extend(notes::rebasing(ground));
        if trust.baseline {
            notes.extend(baseline_left_out(notes_for, &judged, ground, (config, past.as_ref()))?);
        }
    }
    read.stats.elapsed = needed.started.elapsed();
    Ok(Outcome { judged, problems: read.problems, stats: read.stats, authors, notes })
}

/// Leaves what the configuration asks for, and markers where they count.
fn sift(read: &mut read::Read, config: &Config, trust: Trust) {
    let found = read.findings.len();
    read.findings.retain(|finding| is_wanted(finding, config));
    read.stats.left_out = found - read.findings.len();
    if !(config.allow_markers && trust.markers) {
        read.findings.iter_mut().for_each(|finding| finding.hidden = None);
    }
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

/// Whether it is as sure as the configuration asks for, its rule is on in its file, and
/// no stop word stands in the value.
fn is_wanted(finding: &Finding, config: &Config) -> bool {
    let is_stopped = finding.value().is_some_and(|value| {
        let words = config.stop_words();
        let lower = || value.expose().to_ascii_lowercase();
        !words.is_empty() && is_any_in(words, &lower())
    });
    finding.confidence >= config.confidence
        && !config.is_off_in(finding.rule.id, &finding.path)
        && !is_stopped
}

fn is_any_in(words: &[String], text: &[u8]) -> bool {
    words.iter().any(|word| memchr::memmem::find(text, word.as_bytes()).is_some())
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
