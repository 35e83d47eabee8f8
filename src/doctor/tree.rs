//! The files of the work tree hold no secret that nobody decided on. What
//! another check already tells is not told again.

use super::ctx::{Ctx, place};
use super::{Check, Line, ci, compose, docker};
use crate::model::{Evidence, Judged, Segment};
use crate::report::count;

pub(super) const CHECK: Check =
    Check { id: "secrets", title: "the files hold no undecided secret", run: look };

const SHOWN: usize = 5;

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let open: Vec<&Judged> =
        ctx.blocking(|_| true).into_iter().filter(|judged| !is_told(ctx, judged)).collect();
    if open.is_empty() {
        return Ok(Line::pass(format!("{} read", count(ctx.paths.len(), "file"))));
    }
    let way_out = "stanch scan shows it; stanch audit decides; rotate what is real";
    let mut lines: Vec<Line> =
        open.iter().take(SHOWN).map(|judged| Line::fail(place(judged), way_out)).collect();
    if open.len() > SHOWN {
        lines.push(Line::fail(format!("{} more", open.len() - SHOWN), way_out));
    }
    Ok(lines)
}

fn is_told(ctx: &Ctx<'_>, judged: &Judged) -> bool {
    let finding = &judged.finding;
    let path = &finding.path;
    let in_output = match &finding.evidence {
        Evidence::Secret { segment, .. } => {
            matches!(segment, Segment::Cell { output: Some(_), .. })
        }
        Evidence::Path => ctx.tracked.contains(path),
    };
    in_output
        || finding.rule.id == "client-side-secret"
        || docker::is_dockerfile(path)
        || compose::is_manifest(ctx, path)
        || ci::is_ci_file(path)
        || ctx.templates.contains(path)
        // An untracked env file is no finding here: git would have to be forced.
        || ctx.env_files.contains(path)
}
