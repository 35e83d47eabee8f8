//! `stanch install` and `stanch uninstall`.

use std::path::Path;

use anyhow::Context as _;

use crate::baseline::{Baseline, BaselineFile, FileError, Stamp};
use crate::cli::{Exit, InstallArgs};
use crate::config::Config;
use crate::doctor;
use crate::git::Repo;
use crate::install::{self, Attributes, Plan};
use crate::model::{Finding, RepoPath};
use crate::report::Printer;
use crate::scan::{self, Ground, Trust};
use crate::source;

/// Guards a repository, or every one.
pub(super) fn run(args: &InstallArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    if args.global {
        let plan = install::install_for_user()?;
        return carry_out(&plan, None, args, printer).map(|()| Exit::Clean);
    }
    let repo = Repo::from_env()?;
    guard(&repo, args, printer)?;
    if args.recurse_submodules {
        for folder in submodules(&repo)? {
            printer.say(&format!("\nsubmodule {}", folder.display()));
            guard(&Repo::discover(&folder)?, args, printer)?;
        }
    }
    Ok(Exit::Clean)
}

/// Takes the hooks out again.
pub(super) fn undo(args: &InstallArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    if args.global {
        let plan = install::uninstall_for_user()?;
        return carry_out(&plan, None, args, printer).map(|()| Exit::Clean);
    }
    let repo = Repo::from_env()?;
    carry_out(&install::uninstall(&repo)?, Some(&repo), args, printer)?;
    if args.recurse_submodules {
        for folder in submodules(&repo)? {
            printer.say(&format!("\nsubmodule {}", folder.display()));
            let repo = Repo::discover(&folder)?;
            carry_out(&install::uninstall(&repo)?, Some(&repo), args, printer)?;
        }
    }
    printer.say("The baseline, if any, was left: delete it by hand if you no longer want it.");
    Ok(Exit::Clean)
}

/// Every submodule, those of submodules too.
fn submodules(repo: &Repo) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let mut all = Vec::new();
    for folder in repo.submodules()? {
        let inner = submodules(&Repo::discover(&folder)?)?;
        all.push(folder);
        all.extend(inner);
    }
    Ok(all)
}

fn guard(repo: &Repo, args: &InstallArgs, printer: &mut Printer) -> anyhow::Result<()> {
    let ground = Ground::WorkTree(repo);
    let config = ground.config()?;
    let name = config.baseline.to_string();
    let file = repo.root().map(|root| BaselineFile::of(root, &config.baseline));
    let present = match &file {
        Some(file) => file.bytes()?.is_some(),
        None => true,
    };
    let attributes = if present { Attributes::Clone } else { Attributes::Shared };
    let plan = install::install(repo, &name, attributes)?;
    carry_out(&plan, Some(repo), args, printer)?;
    let Some(file) = file else { return Ok(()) };
    if present {
        return judge_present(&file, &name, printer);
    }
    if args.dry_run {
        printer.say(&format!("would write {name}: what HEAD already holds, as unaudited"));
        return Ok(());
    }
    let (known, paths) = make_baseline(repo, &config, &file)?;
    let has_attributes = repo.root().is_some_and(|root| root.join(".gitattributes").exists());
    let mut files = repo.pathspec(&config.baseline);
    if has_attributes {
        files = format!("{files} {}", repo.pathspec(&RepoPath::new(".gitattributes")));
    }
    say_made(repo, (known, &paths), (&name, &files), printer);
    offer(repo, &config, printer);
    Ok(())
}

/// Shows what a new project lacks besides. Nothing of it is written here; the
/// doctor says it when it cannot look.
fn offer(repo: &Repo, config: &Config, printer: &mut Printer) {
    let edits = super::doctor::offers(repo, config).unwrap_or_default();
    if edits.is_empty() {
        return;
    }
    printer.say("\nOffered, and done by `stanch doctor --fix`:");
    for edit in &edits {
        printer.say(&format!("  {}", doctor::shown(edit)));
    }
}

/// Says what stands under the baseline's name already.
fn judge_present(file: &BaselineFile, name: &str, printer: &mut Printer) -> anyhow::Result<()> {
    match file.read() {
        Ok(_) => printer.say(&format!("{name} is there and was left as it is.")),
        Err(FileError::Broken(error)) if error.is_detect_secrets() => printer.say(&format!(
            "{name} is a detect-secrets baseline. To carry its decisions over:\n  stanch baseline import"
        )),
        Err(error) => return Err(error).context("the hooks are in place, but the baseline cannot be read"),
    }
    Ok(())
}

/// Takes in what HEAD holds. What is only staged, or only on disk, is new when
/// it is committed.
fn make_baseline(
    repo: &Repo,
    config: &Config,
    file: &BaselineFile,
) -> anyhow::Result<(usize, Vec<Finding>)> {
    let ground = Ground::Tree(repo, "HEAD".to_owned());
    let trust = Trust { baseline: false, ..Trust::ALL };
    let outcome = scan::run(source::tree(repo, "HEAD")?, &ground, config, trust)?;
    if let Some(problem) = outcome.problems.first() {
        anyhow::bail!("the hooks are in place; no baseline was made: {problem}");
    }
    let findings: Vec<Finding> = outcome.judged.into_iter().map(|judged| judged.finding).collect();
    let mut known = 0;
    file.edit(|old| -> Result<Baseline, FileError> {
        let mut baseline = old.unwrap_or_else(Baseline::empty);
        known = baseline.update(&findings, &Stamp::default())?.added;
        Ok(baseline)
    })?;
    let paths = findings.into_iter().filter(|finding| finding.value().is_none()).collect();
    Ok((known, paths))
}

fn say_made(
    repo: &Repo,
    (known, paths): (usize, &[Finding]),
    (name, files): (&str, &str),
    printer: &mut Printer,
) {
    printer.say(&format!("write {name}: {known} unaudited from HEAD"));
    for finding in paths {
        let path = &finding.path;
        printer.say(&format!(
            "  {path} is tracked: it blocks when it changes; `git rm --cached {}` and rotate what it holds",
            repo.pathspec(path)
        ));
    }
    printer.say("\nNext:");
    if known > 0 {
        printer.say("  stanch audit                     decide what they are");
    }
    printer.say(&format!("  git add {files} && git commit -m \"Guard against secrets\""));
}

fn carry_out(
    plan: &Plan,
    repo: Option<&Repo>,
    args: &InstallArgs,
    printer: &mut Printer,
) -> anyhow::Result<()> {
    let root = repo.and_then(Repo::root).unwrap_or(Path::new(""));
    if plan.steps.is_empty() {
        printer.say("stanch: nothing to do for the hooks");
    }
    for step in &plan.steps {
        let (word, step) = (if args.dry_run { "would " } else { "" }, step.shown(root));
        printer.say(&format!("{word}{step}"));
    }
    if !args.dry_run {
        plan.apply(repo)?;
    }
    for note in &plan.notes {
        printer.say(&format!("note: {note}"));
    }
    Ok(())
}
