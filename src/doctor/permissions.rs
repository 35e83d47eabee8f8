//! Env files are their owner's alone.

use super::ctx::Ctx;
use super::{Check, Line, count};

pub(super) const CHECK: Check =
    Check { id: "env-mode", title: "env files are readable by their owner only", run: look };

#[cfg(unix)]
fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut lines = Vec::new();
    let own: Vec<_> = ctx.env_files.iter().filter(|path| !ctx.tracked.contains(path)).collect();
    for path in &own {
        let mode = std::fs::symlink_metadata(ctx.at(path))?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let line = Line::warn(format!("{path} has mode {mode:o}"), format!("chmod 600 {path}"));
            lines.push(line.fixed_by(super::Edit::Narrow { path: (*path).clone() }));
        }
    }
    Ok(match (lines.is_empty(), own.is_empty()) {
        (false, _) => lines,
        (true, false) => Line::pass(count(own.len(), "file")),
        (true, true) => Line::absent("no env files here that git does not track"),
    })
}

#[cfg(not(unix))]
fn look(_: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    Ok(Line::absent("this system has no modes"))
}
