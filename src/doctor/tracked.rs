//! No env file is tracked.

use super::ctx::Ctx;
use super::{Check, Line};
use crate::model::{Evidence, Status};
use crate::report::count;

pub(super) const CHECK: Check =
    Check { id: "env-tracked", title: "no `.env` file is tracked", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for judged in &ctx.findings {
        let finding = &judged.finding;
        let is_path = matches!(finding.evidence, Evidence::Path);
        // A template may be tracked; what it holds is the affair of env-template.
        let is_template = ctx.templates.contains(&finding.path);
        if !is_path || is_template || !ctx.tracked.contains(&finding.path) {
            continue;
        }
        let seen = format!("{} is tracked ({})", finding.path, finding.rule.description);
        let way_out = format!(
            "git rm --cached {}; rotate what it holds: the history keeps it",
            ctx.repo.pathspec(&finding.path)
        );
        lines.push(match judged.status {
            Status::Known(verdict) => Line::warn(format!("{seen}; baseline: {verdict}"), way_out),
            _ => Line::fail(seen, way_out),
        });
    }
    let none = || Line::pass(format!("none of {}", count(ctx.tracked.len(), "tracked file")));
    Ok(if lines.is_empty() { none() } else { lines })
}
