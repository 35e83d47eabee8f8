//! What a careful engineer would look at on the first day, one file a check.
//! Gathers once, looks, says what was seen and the way out; changes nothing by
//! itself. Checks of a file's content are rules of `detect`: here their
//! findings are only put in their place.

#![allow(clippy::unnecessary_wraps, reason = "every check has one form, and some can fail")]

mod baseline;
mod ci;
mod client;
mod compose;
mod ctx;
mod docker;
mod environments;
mod fix;
mod guard;
mod health;
mod history;
mod hooks;
mod ignored;
mod keys;
mod notebooks;
mod permissions;
mod precommit;
mod render;
mod template;
mod tracked;
mod tree;
mod version;

pub(crate) use ctx::Ctx;
pub(crate) use fix::{Edit, apply, shown};
pub(crate) use health::HookCheck;
pub(crate) use hooks::hooks;
pub(crate) use render::{human, human_hooks, json, json_hooks};

/// What came of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// There is nothing to look at.
    NotApplicable,
    /// As it should be.
    Pass,
    /// Somebody should know.
    Warn,
    /// A secret leaks or can.
    Fail,
}

impl Verdict {
    /// Its word, in both formats.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "n/a",
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One thing that was seen.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) verdict: Verdict,
    /// What was seen; never a value.
    pub(crate) seen: String,
    /// What to do.
    pub(crate) way_out: Option<String>,
    /// What `--fix` would do.
    pub(crate) fix: Vec<Edit>,
}

impl Line {
    fn new(verdict: Verdict, seen: impl Into<String>) -> Self {
        Self { verdict, seen: seen.into(), way_out: None, fix: Vec::new() }
    }

    fn pass(seen: impl Into<String>) -> Vec<Self> {
        vec![Self::new(Verdict::Pass, seen)]
    }

    fn absent(seen: impl Into<String>) -> Vec<Self> {
        vec![Self::new(Verdict::NotApplicable, seen)]
    }

    fn warn(seen: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { way_out: Some(way_out.into()), ..Self::new(Verdict::Warn, seen) }
    }

    fn fail(seen: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { way_out: Some(way_out.into()), ..Self::new(Verdict::Fail, seen) }
    }

    fn fixed_by(mut self, edit: Edit) -> Self {
        self.fix.push(edit);
        self
    }
}

/// A check: what it is called, what it asks, how it looks.
pub(crate) struct Check {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    run: fn(&Ctx<'_>) -> anyhow::Result<Vec<Line>>,
}

/// A check and what it saw.
pub(crate) struct Report {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<Line>,
}

impl Report {
    /// The gravest of what was seen.
    pub(crate) fn verdict(&self) -> Verdict {
        self.lines.iter().map(|line| line.verdict).max().unwrap_or(Verdict::NotApplicable)
    }
}

/// Every check, in the order of the report.
const CHECKS: [Check; 18] = [
    ignored::CHECK,
    tracked::CHECK,
    history::CHECK,
    template::CHECK,
    keys::CHECK,
    permissions::CHECK,
    environments::CHECK,
    docker::CHECK,
    compose::CHECK,
    ci::CHECK,
    client::CHECK,
    notebooks::CHECK,
    tree::CHECK,
    guard::HOOKS,
    precommit::CHECK,
    guard::CI,
    baseline::CHECK,
    version::CHECK,
];

/// The checks that know a safe fix and read no history.
const FIXING: [Check; 7] = [
    ignored::CHECK,
    template::CHECK,
    keys::CHECK,
    permissions::CHECK,
    docker::CHECK,
    precommit::CHECK,
    guard::CI,
];

/// Runs every check.
pub(crate) fn run(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Report>> {
    reports(&CHECKS, ctx)
}

/// Runs the checks that a new project is offered fixes of.
pub(crate) fn run_fixing(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Report>> {
    reports(&FIXING, ctx)
}

fn reports(checks: &[Check], ctx: &Ctx<'_>) -> anyhow::Result<Vec<Report>> {
    checks
        .iter()
        .map(|check| {
            let lines = (check.run)(ctx)?;
            Ok(Report { id: check.id, title: check.title, lines })
        })
        .collect()
}
