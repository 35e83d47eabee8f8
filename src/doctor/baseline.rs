//! The baseline is there, decided and alive.

use super::ctx::Ctx;
use super::{Check, Line};
use crate::baseline::Day;
use crate::model::Finding;
use crate::report::count;

pub(super) const CHECK: Check =
    Check { id: "baseline", title: "the baseline is decided and alive", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let Some(baseline) = &ctx.baseline else {
        return Ok(vec![Line::warn(
            format!("there is no {}", ctx.config.baseline),
            "stanch install",
        )]);
    };
    let present: Vec<Finding> = ctx.findings.iter().map(|judged| judged.finding.clone()).collect();
    let checked = baseline.check(&present, Day::today());
    let mut lines = Vec::new();
    if !checked.expired.is_empty() {
        lines.push(Line::fail(
            format!("{} accepted past their date", checked.expired.len()),
            "replace the keys, or decide again: stanch audit",
        ));
    }
    for (count, what, way_out) in [
        (checked.unaudited.len(), "unaudited", "stanch audit"),
        (checked.unused.len(), "unused", "stanch baseline prune"),
        (checked.moved.len(), "under a path that no longer holds them", "stanch baseline update"),
    ] {
        if count > 0 {
            lines.push(Line::warn(format!("{count} {what}"), way_out));
        }
    }
    let all = count(baseline.entries().len(), "entry");
    Ok(if lines.is_empty() { Line::pass(format!("{all}, all decided")) } else { lines })
}
