//! Names that a bundler hands to every browser carry no secret.

use super::ctx::{Ctx, place};
use super::{Check, Line};

pub(super) const CHECK: Check =
    Check { id: "client-side", title: "no secret is handed to the browser", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let lines: Vec<Line> = ctx
        .blocking(|_| true)
        .into_iter()
        .filter(|judged| judged.finding.rule.id == "client-side-secret")
        .map(|judged| {
            Line::fail(place(judged), "read it on the server; drop the public prefix; rotate it")
        })
        .collect();
    let is_web = ctx.paths.iter().any(|path| path.base_name() == b"package.json");
    Ok(match (lines.is_empty(), is_web) {
        (false, _) => lines,
        (true, true) => Line::pass("no NEXT_PUBLIC_, VITE_, REACT_APP_ or EXPO_PUBLIC_ secret"),
        (true, false) => Line::absent("no package.json"),
    })
}
