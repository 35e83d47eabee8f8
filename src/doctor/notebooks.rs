//! Outputs of notebooks hold no secret, and no cell prints the environment.

use super::ctx::{Ctx, place};
use super::{Check, Line};
use crate::extract::is_notebook;
use crate::model::{Evidence, RepoPath, Segment};
use crate::report::count;

pub(super) const CHECK: Check =
    Check { id: "notebooks", title: "notebooks hold no secret in their outputs", run: look };

/// Cells that show every variable, as the notebook's JSON holds their lines.
const PRINTS: [&str; 8] = [
    "\"%env\"",
    "\"%env\\n\"",
    "\"!env\"",
    "\"!env\\n\"",
    "\"!printenv",
    "print(os.environ)",
    "print(dict(os.environ))",
    "\"os.environ\"",
];

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let files: Vec<&RepoPath> = ctx.paths.iter().filter(|path| is_notebook(path)).collect();
    if files.is_empty() {
        return Ok(Line::absent("no notebook"));
    }
    let mut lines: Vec<Line> = Vec::new();
    for judged in ctx.blocking(is_notebook) {
        if let Evidence::Secret {
            segment: segment @ Segment::Cell { output: Some(_), .. }, ..
        } = &judged.finding.evidence
        {
            let seen = format!("{} ({segment})", place(judged));
            lines.push(Line::fail(
                seen,
                "clear the outputs (nbstripout does it on commit); rotate it",
            ));
        }
    }
    for path in &files {
        let text = ctx.text(path).unwrap_or_default();
        if PRINTS.iter().any(|print| text.contains(print)) {
            let seen = format!("{path}: a cell prints the environment");
            lines.push(Line::warn(seen, "print the one name you need, or its fingerprint"));
        }
    }
    Ok(if lines.is_empty() { Line::pass(count(files.len(), "notebook")) } else { lines })
}
