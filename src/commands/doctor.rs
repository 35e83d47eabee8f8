//! `stanch doctor`.

use crate::cli::{DoctorArgs, DoctorFormat, Exit};
use crate::config::Config;
use crate::doctor::{self, Ctx, Edit, HookCheck, Report, Verdict};
use crate::git::Repo;
use crate::install::{self, Attributes, Plan};
use crate::report::Printer;
use crate::scan::Ground;

/// Checks a repository; with `--fix`, does what is safe and checks again.
pub(super) fn run(args: &DoctorArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    let repo = Repo::from_env()?;
    let config = Ground::WorkTree(&repo).config()?;
    if args.hooks {
        return look_at_hooks(&repo, args.format, printer);
    }
    let mut reports = look(&repo, &config)?;
    if args.fix {
        fix(&repo, &config, &reports, printer)?;
        reports = look(&repo, &config)?;
    }
    match args.format {
        DoctorFormat::Human => doctor::human(&reports, printer),
        DoctorFormat::Json => doctor::json(&reports, printer),
    }
    let fails = reports.iter().any(|report| report.verdict() == Verdict::Fail);
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

/// The edits that a new project is offered, for `install` to show and make.
pub(super) fn offers(repo: &Repo, config: &Config) -> anyhow::Result<Vec<Edit>> {
    Ok(edits(&doctor::run_fixing(&Ctx::gather(repo, config)?)?))
}

fn look(repo: &Repo, config: &Config) -> anyhow::Result<Vec<Report>> {
    doctor::run(&Ctx::gather(repo, config)?)
}

/// Each hook by itself, in full.
fn look_at_hooks(repo: &Repo, format: DoctorFormat, printer: &mut Printer) -> anyhow::Result<Exit> {
    let checks = doctor::hooks(repo)?;
    match format {
        DoctorFormat::Human => doctor::human_hooks(&checks, printer),
        DoctorFormat::Json => doctor::json_hooks(&checks, printer),
    }
    Ok(if checks.iter().any(HookCheck::is_wrong) { Exit::Findings } else { Exit::Clean })
}

/// Shows every change, then makes it; the hooks too. A file that was made may
/// ask for more: a new template is then compared with the code.
fn fix(
    repo: &Repo,
    config: &Config,
    reports: &[Report],
    printer: &mut Printer,
) -> anyhow::Result<()> {
    const ROUNDS: usize = 3;
    let Some(root) = repo.root() else { return Ok(()) };
    let mut todo = edits(reports);
    // What keeps the hooks from being installed keeps nothing else from being mended.
    let plan = install::install(repo, &config.baseline.to_string(), Attributes::Clone);
    let plan = plan.unwrap_or_else(|why| {
        printer.say(&format!("stanch: the hooks were left as they are: {why:#}"));
        Plan::default()
    });
    if todo.is_empty() && plan.steps.is_empty() {
        printer.say("stanch: nothing that is safe to fix");
    }
    for step in &plan.steps {
        printer.say(&format!("fix: {}", step.shown(root)));
    }
    plan.apply(Some(repo))?;
    for _ in 0..ROUNDS {
        for edit in &todo {
            printer.say(&format!("fix: {}", doctor::shown(edit)));
            doctor::apply(root, edit)?;
        }
        if todo.is_empty() {
            break;
        }
        todo = edits(&look(repo, config)?);
    }
    Ok(())
}

/// Each edit once, in the order of the report.
fn edits(reports: &[Report]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for edit in reports.iter().flat_map(|report| &report.lines).flat_map(|line| &line.fix) {
        if !edits.contains(edit) {
            edits.push(edit.clone());
        }
    }
    edits
}
