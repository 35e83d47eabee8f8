//! Env files are their owner's alone.

use super::ctx::Ctx;
use super::{Check, Edit, Line};
use crate::platform;
use crate::report::count;

pub(super) const CHECK: Check =
    Check { id: "env-mode", title: "env files are readable by their owner only", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    if !platform::HAS_MODES {
        return Ok(Line::absent("this system has no modes"));
    }
    let mut lines = Vec::new();
    let own: Vec<_> = ctx.env_files.iter().filter(|path| !ctx.tracked.contains(path)).collect();
    for path in &own {
        if let Some(mode) = platform::mode_for_others(&ctx.at(path))? {
            let way_out = format!("chmod 600 {}", ctx.repo.file(path));
            let line = Line::warn(format!("{path} has mode {mode}"), way_out);
            lines.push(line.fixed_by(Edit::Narrow { path: (*path).clone() }));
        }
    }
    Ok(match (lines.is_empty(), own.is_empty()) {
        (false, _) => lines,
        (true, false) => Line::pass(count(own.len(), "file")),
        (true, true) => Line::absent("no env files here that git does not track"),
    })
}
