//! `stanch baseline`: make, keep, merge, import and compare baselines.

use std::path::Path;

use anyhow::Context as _;

use super::held::House;
use crate::baseline::import::{self, Foreign, Imported};
use crate::baseline::{
    self, Baseline, BaselineFile, Change, Checked, Day, Entry, FileError, Merged,
};
use crate::cli::{BaselineCommand, Exit};
use crate::git::Mode;
use crate::model::{OneLine, RepoPath};
use crate::report::{Printer, count};

/// Claims without a match that are listed; of more, the rest is counted.
const SHOWN: usize = 20;

/// Runs one of the subcommands.
pub(super) fn run(command: &BaselineCommand, printer: &mut Printer) -> anyhow::Result<Exit> {
    match command {
        BaselineCommand::Create => create(&House::open()?, printer),
        BaselineCommand::Update => update(&House::open()?, printer),
        BaselineCommand::Prune => prune(&House::open()?, printer),
        BaselineCommand::Check => check(&House::open()?, printer),
        BaselineCommand::Resolve => resolve(&House::open()?, printer),
        BaselineCommand::Import { file } => {
            let house = House::open()?;
            carry_over(&house, file.as_deref().unwrap_or(house.file.path()), printer)
        }
        BaselineCommand::Merge { base, ours, theirs } => merge_files(base, ours, theirs, printer),
        BaselineCommand::Diff { rev } => diff(&House::open()?, rev, printer),
    }
}

fn create(house: &House, printer: &mut Printer) -> anyhow::Result<Exit> {
    let path = house.baseline_path();
    anyhow::ensure!(
        house.file.read()?.is_none(),
        "{path} is there already; `stanch baseline update` takes in what HEAD holds"
    );
    let head = house.head()?.findings;
    let mut added = 0;
    house.file.edit(|old| {
        let mut baseline = old.unwrap_or_default();
        added = baseline.update(&head, &house.stamp())?.added;
        Ok::<_, FileError>(baseline)
    })?;
    printer.say(&format!("stanch: made {path} with {} of HEAD", count(added, "entry")));
    printer.say(&next(house, added));
    Ok(Exit::Clean)
}

fn update(house: &House, printer: &mut Printer) -> anyhow::Result<Exit> {
    let path = house.baseline_path();
    let head = house.head()?.findings;
    let mut updated = baseline::Updated::default();
    let wrote = house.file.edit(|old| {
        let mut baseline = old.unwrap_or_default();
        updated = baseline.update(&head, &house.stamp())?;
        Ok::<_, FileError>(baseline)
    })?;
    let moved = updated.moved.iter().map(|(from, to)| format!("  moved     {from} -> {to}"));
    for line in counted(moved) {
        printer.say(&line);
    }
    if !wrote {
        printer.say(&format!("stanch: {path} is up to date"));
        return Ok(Exit::Clean);
    }
    printer.say(&format!(
        "stanch: {path}: {} added, {} moved, {} digested anew",
        updated.added,
        updated.moved.len(),
        updated.redigested
    ));
    printer.say(&next(house, updated.added));
    Ok(Exit::Clean)
}

fn prune(house: &House, printer: &mut Printer) -> anyhow::Result<Exit> {
    let path = house.baseline_path();
    anyhow::ensure!(house.file.read()?.is_some(), "there is no {path} to prune");
    let present = house.everything()?.findings;
    let mut dropped = Vec::new();
    let wrote = house.file.edit(|old| {
        let mut baseline = old.unwrap_or_default();
        dropped = baseline.prune(&present);
        Ok::<_, FileError>(baseline)
    })?;
    for entry in &dropped {
        printer.data(&format!("dropped   {}", shown(entry)));
    }
    printer.say(&format!("stanch: dropped {} whose value is gone", count(dropped.len(), "entry")));
    if wrote {
        printer.say(&next(house, 0));
    }
    Ok(Exit::Clean)
}

fn check(house: &House, printer: &mut Printer) -> anyhow::Result<Exit> {
    let path = house.baseline_path();
    let Some(baseline) = house.file.read()? else {
        anyhow::bail!("there is no {path}; `stanch baseline create` makes it");
    };
    let checked = baseline.check(&house.everything()?.findings, Day::today());
    let all = baseline.entries();
    let Checked { unused, moved, expired, unaudited, scripted } = &checked;
    let line = |word: &str, entry: usize| format!("{word:<9} {}", shown(&all[entry]));
    let moves = |(entry, to): &(usize, RepoPath)| format!("{}  now in {to}", line("moved", *entry));
    let lines = expired
        .iter()
        .map(|&(entry, _)| line("expired", entry))
        .chain(unused.iter().map(|&entry| line("unused", entry)))
        .chain(moved.iter().map(moves))
        .chain(unaudited.iter().map(|&entry| line("unaudited", entry)))
        .chain(scripted.iter().map(|&entry| line("scripted", entry)));
    for line in counted(lines) {
        printer.data(&line);
    }
    printer.say(&format!(
        "stanch: {path}: {}; {} expired, {} unused, {} moved, {} unaudited, {} scripted",
        count(all.len(), "entry"),
        expired.len(),
        unused.len(),
        moved.len(),
        unaudited.len(),
        scripted.len()
    ));
    ways_on(&checked, printer);
    let is_stale = !(expired.is_empty() && unused.is_empty() && moved.is_empty());
    Ok(if is_stale { Exit::Findings } else { Exit::Clean })
}

/// What helps with the entries that want attention.
fn ways_on(checked: &Checked, printer: &mut Printer) {
    let Checked { unused, moved, expired, unaudited, scripted: _ } = checked;
    for (wanted, way) in [
        (!expired.is_empty(), "expired: replace the secret, or decide again in `stanch audit`"),
        (!unused.is_empty(), "unused: `stanch baseline prune` drops them"),
        (!moved.is_empty(), "moved: `stanch baseline update` rewrites their path"),
        (!unaudited.is_empty(), "unaudited: `stanch audit` decides them"),
    ] {
        if wanted {
            printer.say(&format!("  {way}"));
        }
    }
}

/// What is left to do after the baseline was written.
fn next(house: &House, added: usize) -> String {
    let add = house.to_add();
    if added == 0 {
        format!("next: {add}")
    } else {
        format!("next: {add}; `stanch audit` decides what is unaudited")
    }
}

fn resolve(house: &House, printer: &mut Printer) -> anyhow::Result<Exit> {
    let path = house.baseline_path();
    let mut sides: [Option<Vec<u8>>; 3] = [None, None, None];
    for (entry, stage) in house.repo.stages(path)? {
        let is_file = matches!(entry.mode, Mode::File | Mode::Executable);
        anyhow::ensure!(is_file, "{path} must be a regular file on both sides; replace it");
        if let Some(side) = usize::from(stage).checked_sub(1).and_then(|at| sides.get_mut(at)) {
            *side = Some(house.repo.read(entry.oid)?);
        }
    }
    let (ours, theirs) = match &sides {
        [_, Some(ours), Some(theirs)] => (ours, theirs),
        [None, None, None] => {
            if let Err(error) = house.file.read() {
                return Err(without_conflict(house, error));
            }
            printer.say(&format!("stanch: {path} is not in conflict: nothing to resolve"));
            return Ok(Exit::Clean);
        }
        [_, None, Some(_)] => anyhow::bail!("{}", one_sided(house, "we", "--theirs")),
        [_, Some(_), None] => anyhow::bail!("{}", one_sided(house, "they", "--ours")),
        [Some(_), None, None] => {
            anyhow::bail!("both sides deleted {path}: `git rm {}`", house.repo.pathspec(path))
        }
    };
    let merged = merge_bytes(sides[0].as_deref(), (ours, "ours"), (theirs, "theirs"));
    let merged = merged.with_context(|| {
        let argument = house.repo.pathspec(path);
        format!(
            "a side of {path} cannot be read; take the other one by `git checkout --ours \
             {argument}` or `git checkout --theirs {argument}`, then `git add {argument}`"
        )
    })?;
    if is_resolved_by_hand(house, [ours, &merged.to_bytes()])? {
        printer.say(&format!(
            "stanch: {path} was resolved by hand and is as it was; `git checkout --merge {}` \
             brings the conflict back\n{}",
            house.repo.pathspec(path),
            next(house, 0)
        ));
        return Ok(Exit::Clean);
    }
    house.file.overwrite(&merged.to_bytes())?;
    let exit = report_merge(&merged, path, printer);
    if exit == Exit::Clean {
        printer.say(&format!("stanch: resolved {path}\n{}", next(house, 0)));
    }
    Ok(exit)
}

/// What is wrong with a baseline that is not in conflict. Markers that were added
/// as they stand are a resolution to git.
fn without_conflict(house: &House, error: FileError) -> anyhow::Error {
    match error {
        FileError::Broken(error) if error.is_conflict() => anyhow::anyhow!(
            "{} holds conflict markers, and for git the conflict is resolved; `git checkout --merge {}` \
             brings it back for `stanch baseline resolve`; or keep one line of each pair and delete the \
             markers",
            house.baseline_path(),
            house.repo.pathspec(house.baseline_path())
        ),
        other => other.into(),
    }
}

/// Whether the work tree holds a baseline that is none of these: a person
/// chose. Ours is what a driver that fails leaves there.
fn is_resolved_by_hand(house: &House, made: [&[u8]; 2]) -> anyhow::Result<bool> {
    let canonical = |bytes: &[u8]| Some(Baseline::parse(bytes, "").ok()?.to_bytes());
    let now = house.file.bytes()?.as_deref().and_then(canonical);
    Ok(now.is_some() && made.iter().all(|bytes| canonical(bytes) != now))
}

/// A file that one side deleted and the other changed: nobody but a person
/// knows whether the project still wants it.
fn one_sided(house: &House, who: &str, side: &str) -> String {
    let path = house.baseline_path();
    let argument = house.repo.pathspec(path);
    format!(
        "{who} deleted {path}, the other side changed it; to keep it: \
         `git checkout {side} {argument} && git add {argument}`, to delete it: `git rm {argument}`"
    )
}

/// What git calls as a merge driver. Whatever fails leaves our version and a
/// conflict, which `stanch baseline resolve` can take up.
fn merge_files(
    base: &Path,
    ours: &Path,
    theirs: &Path,
    printer: &mut Printer,
) -> anyhow::Result<Exit> {
    let read = |path: &Path| {
        BaselineFile::at(path).bytes()?.with_context(|| format!("{} is not there", path.display()))
    };
    let (ancestor, mine, other) = (read(base)?, read(ours)?, read(theirs)?);
    let merged = merge_bytes(Some(&ancestor), (&mine, "ours"), (&other, "theirs"))?;
    BaselineFile::at(ours).overwrite(&merged.to_bytes())?;
    Ok(report_merge(&merged, &RepoPath::new(baseline::FILE_NAME), printer))
}

/// Merges three contents. A base that is none of ours (absent, empty, another
/// tool's) is as if both were made apart.
fn merge_bytes(
    base: Option<&[u8]>,
    (ours, our_name): (&[u8], &str),
    (theirs, their_name): (&[u8], &str),
) -> anyhow::Result<Merged> {
    let base = base.and_then(|bytes| Baseline::parse(bytes, "base").ok()).unwrap_or_default();
    let ours = Baseline::parse(ours, our_name)?;
    let theirs = Baseline::parse(theirs, their_name)?;
    Ok(baseline::merge(&base, &ours, &theirs))
}

fn report_merge(merged: &Merged, path: &RepoPath, printer: &mut Printer) -> Exit {
    let conflicts = merged.conflicts();
    for conflict in &conflicts {
        printer.say(&format!("  ours      {}", shown(&conflict.ours)));
        printer.say(&format!("  theirs    {}", shown(&conflict.theirs)));
    }
    if conflicts.is_empty() {
        return Exit::Clean;
    }
    printer.say(&format!(
        "stanch: {path}: {} decided differently on both sides; keep one line of each pair and \
         delete the markers, then `git add {}`",
        count(conflicts.len(), "entry"),
        path.argument_below_root()
    ));
    Exit::Findings
}

fn carry_over(house: &House, file: &Path, printer: &mut Printer) -> anyhow::Result<Exit> {
    let bytes = std::fs::read(file).with_context(|| format!("reading `{}`", file.display()))?;
    anyhow::ensure!(
        Baseline::parse(&bytes, "").is_err(),
        "`{}` is a baseline of stanch already: nothing to import",
        file.display()
    );
    let foreign =
        Foreign::parse(&bytes, &OneLine::new(file.as_os_str().as_encoded_bytes()).to_string())?;
    let head = house.head()?.findings;
    let content = |path: &RepoPath| {
        let entry = house.repo.in_tree("HEAD", path).ok()??;
        entry.mode.has_content().then(|| house.repo.read(entry.oid).ok())?
    };
    let carry = |mut baseline: Baseline| {
        let stamp = house.stamp();
        import::import(&mut baseline, &foreign, &head, (&stamp, &content))
            .map(|imported| (baseline, imported))
    };
    let mut imported = Imported::default();
    let wrote = if house.file.bytes()?.as_ref() == Some(&bytes) {
        // The file stands under our own name: what it says is carried over,
        // and it makes room. Git keeps the old one.
        let (baseline, report) = carry(Baseline::empty())?;
        imported = report;
        house.file.overwrite(&baseline.to_bytes())?;
        true
    } else {
        house.file.edit(|old| {
            let (baseline, report) = carry(old.unwrap_or_default())?;
            imported = report;
            Ok::<_, FileError>(baseline)
        })?
    };
    report_import(&foreign, &imported, printer);
    if wrote {
        printer.say(&next(house, imported.carried));
    }
    Ok(Exit::Clean)
}

fn report_import(foreign: &Foreign, imported: &Imported, printer: &mut Printer) {
    let Imported { carried, already, repeated, real, gone, unmatched } = imported;
    for (file, line) in real {
        printer.data(&format!("real      {file}:{line}  marked as a real secret: rotate it"));
    }
    for claim in gone {
        printer.data(&format!("gone      {claim}"));
    }
    for claim in unmatched.iter().take(SHOWN) {
        printer.data(&format!("no match  {claim}  nothing stanch reports: it needs no entry"));
    }
    if unmatched.len() > SHOWN {
        printer.data(&format!("no match  … and {} more", unmatched.len() - SHOWN));
    }
    printer.say(&format!(
        "stanch: claims in the file of {}: {}; {carried} carried over, {already} here already, \
         {repeated} named twice, {} gone from HEAD, {} that stanch does not report",
        foreign.tool,
        foreign.claims.len(),
        gone.len(),
        unmatched.len()
    ));
}

fn diff(house: &House, rev: &str, printer: &mut Printer) -> anyhow::Result<Exit> {
    let path = house.baseline_path();
    let old = match house.repo.in_tree(rev, path)? {
        Some(entry) => {
            match Baseline::parse(&house.repo.read(entry.oid)?, &format!("{rev}:{path}")) {
                // Whoever moves here sees everything that was carried over.
                Err(error) if error.is_detect_secrets() => Baseline::empty(),
                old => old?,
            }
        }
        None => Baseline::empty(),
    };
    let new = house.file.read()?.unwrap_or_default();
    let changes = baseline::diff(&old, &new);
    for change in &changes {
        match change {
            Change::Added(entry) => printer.data(&format!("+ {}", shown(entry))),
            Change::Removed(entry) => printer.data(&format!("- {}", shown(entry))),
            Change::Changed(old, new) => {
                printer.data(&format!("~ {}  was {}", shown(new), decided(old)));
            }
        }
    }
    printer.say(&format!("stanch: {path}: {} changed since {rev}", count(changes.len(), "entry")));
    Ok(Exit::Clean)
}

/// Lines, those that are the same and stand together once with their number:
/// entries of several values in one file look alike.
fn counted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for line in lines {
        match counts.last_mut() {
            Some((last, n)) if *last == line => *n += 1,
            Some(_) | None => counts.push((line, 1)),
        }
    }
    let shown = |(line, n)| if n == 1 { line } else { format!("{line}  × {n}") };
    counts.into_iter().map(shown).collect()
}

/// An entry in one line that cannot move the cursor.
fn shown(entry: &Entry) -> String {
    let rule = OneLine::new(&entry.rule);
    format!("{}  {rule}  {}", entry.extent, decided(entry))
}

/// The decision of an entry and its terms.
fn decided(entry: &Entry) -> String {
    let clean = |text: &str| OneLine::new(text).to_string();
    let decision = &entry.decision;
    let until = decision.until().map(|day| day.to_string());
    let mut parts = vec![entry.verdict().as_str().to_owned()];
    for (name, text) in [
        ("owner", decision.owner()),
        ("until", until.as_deref()),
        ("by", entry.by.as_deref()),
        ("via", entry.via.map(baseline::Via::as_str)),
    ] {
        parts.extend(text.map(|text| format!("{name} {}", clean(text))));
    }
    parts.extend(decision.reason().map(|reason| format!("\"{}\"", clean(reason))));
    parts.join("  ")
}
