//! The hooks and the merge driver are in place, and CI runs stanch too.

use super::ctx::Ctx;
use super::health::HookCheck;
use super::hooks::hooks;
use super::{Check, Edit, Line, Report, ci, precommit};
use crate::model::RepoPath;
use crate::report::some_of;

pub(super) const HOOKS: Check =
    Check { id: "hooks", title: "every commit and push is checked", run: look_at_hooks };
pub(super) const CI: Check = Check { id: "ci-runs", title: "CI runs stanch too", run: look_at_ci };

/// How the look at the hooks names the door of commits.
const COMMITS: &str = "pre-commit hook";

/// The job that `--fix` offers where GitHub Actions is in use already.
const WORKFLOW: &str = "\
name: secrets
on: [push, pull_request]
permissions:
  contents: read
jobs:
  stanch:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - run: pip install stanch
      - run: stanch scan
";

fn look_at_hooks(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let framework = precommit::NAMES
        .into_iter()
        .map(RepoPath::new)
        .find(|path| ctx.text(path).is_some_and(|text| precommit::names_us(&text)));
    let checks = hooks(ctx.repo)?;
    let is_closed = |check: &HookCheck| !check.is_wrong() && check.what == COMMITS;
    let mut lines = match framework {
        Some(path) if checks.iter().any(is_closed) => Line::pass(format!("{path} runs stanch")),
        Some(path) => vec![Line::fail(
            format!("{path} names stanch, and no hook of git runs it in this clone"),
            "pre-commit install",
        )],
        None => doors(checks),
    };
    if ctx.baseline.is_some() && ctx.repo.setting("merge.stanch.driver")?.is_none() {
        let seen = "no merge driver: two branches that both change the baseline conflict";
        lines.push(Line::warn(seen, "stanch install"));
    }
    Ok(lines)
}

/// A line for each thing that is wrong; where nothing was installed, one for all.
fn doors(checks: Vec<HookCheck>) -> Vec<Line> {
    let (wrong, good): (Vec<HookCheck>, Vec<HookCheck>) =
        checks.into_iter().partition(HookCheck::is_wrong);
    match (wrong.as_slice(), good.as_slice()) {
        ([], good) => Line::pass(format!("{} looks, all good", good.len())),
        ([_, _, ..], []) => {
            let what: Vec<&str> = wrong.iter().map(|check| check.what.as_str()).collect();
            vec![Line::fail(
                format!("nothing checks commits: no {}", some_of(&what)),
                "stanch install",
            )]
        }
        (wrong, _) => wrong.iter().map(HookCheck::line).collect(),
    }
}

/// The look at the hooks alone, every line of it.
pub(super) fn report_of_hooks(checks: &[HookCheck]) -> Report {
    Report { id: HOOKS.id, title: HOOKS.title, lines: checks.iter().map(HookCheck::line).collect() }
}

fn look_at_ci(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let files: Vec<_> = ctx.paths.iter().filter(|path| ci::is_ci_file(path)).collect();
    if files.is_empty() {
        return Ok(Line::absent("no CI configuration"));
    }
    let runs = |path: &&&_| ctx.text(path).is_some_and(|text| text.contains("stanch"));
    if let Some(path) = files.iter().find(runs) {
        return Ok(Line::pass(format!("{path}")));
    }
    let mut line = Line::warn(
        "no job runs stanch",
        "docs/CI.md of stanch has jobs for GitHub, GitLab and others",
    );
    if files.iter().any(|path| path.folder() == b".github/workflows") {
        let path = RepoPath::new(".github/workflows/stanch.yml");
        line = line.fixed_by(Edit::Create { path, text: WORKFLOW.to_owned() });
    }
    Ok(vec![line])
}
