//! No env file was ever committed.

use super::ctx::{Ctx, ENV_GLOBS};
use super::{Check, Line};
use crate::detect::{forbidden, is_env_name};

pub(super) const CHECK: Check =
    Check { id: "env-history", title: "no `.env` file was ever committed", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (path, commit) in ctx.repo.ever_added(&ENV_GLOBS)? {
        if ctx.tracked.contains(&path) || !is_env_name(path.base_name()) {
            continue;
        }
        let Some(entry) = ctx.repo.in_tree(&commit, &path)? else { continue };
        if !entry.mode.has_content() || forbidden(&path, &ctx.repo.read(entry.oid)?).is_none() {
            continue;
        }
        lines.push(Line::warn(
            format!("{path} was committed in {commit:.12} and is still in the history"),
            format!("rotate what it held: git show {commit:.12}:{path}"),
        ));
    }
    Ok(if lines.is_empty() { Line::pass("none in the history of any ref") } else { lines })
}
