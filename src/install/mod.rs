//! `stanch install` and `stanch uninstall`: hooks in, hooks out.
//!
//! Everything is planned before anything is done, so a refusal leaves nothing
//! half done, and `--dry-run` shows exactly what would happen. What others put
//! there is kept and comes back byte for byte.

mod block;
mod driver;
mod global;
mod hooks;
mod plan;
mod script;

pub(crate) use driver::Attributes;
pub(crate) use global::{UserHook, user_hook};
pub(crate) use hooks::{Elsewhere, Keeper, keeper};
pub(crate) use plan::Plan;
pub(crate) use script::{Author, Door, installed_program, quoted, render};

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::git::Repo;
use crate::platform;

/// Plans the hooks and the merge driver of a repository.
pub(crate) fn install(repo: &Repo, baseline: &str, attributes: Attributes) -> anyhow::Result<Plan> {
    let program = program()?;
    let mut plan = hooks::install(repo, &program)?;
    plan.extend(driver::install(repo, &program, baseline, attributes)?);
    Ok(plan)
}

/// Plans to take all of it out of a repository.
pub(crate) fn uninstall(repo: &Repo) -> anyhow::Result<Plan> {
    let mut plan = hooks::uninstall(repo)?;
    plan.extend(driver::uninstall(repo)?);
    Ok(plan)
}

/// Plans the hooks of every repository of this user.
pub(crate) fn install_for_user() -> anyhow::Result<Plan> {
    global::install(&program()?)
}

/// Plans to take them out.
pub(crate) fn uninstall_for_user() -> anyhow::Result<Plan> {
    global::uninstall()
}

/// Whether git runs a script of ours from the repository's own folder of hooks.
pub(crate) fn has_own_script(repo: &Repo, door: &str) -> anyhow::Result<bool> {
    let path = repo.hooks_dir()?.join(door);
    Ok(platform::is_program(&path)
        && hooks::read(&path)?.is_some_and(|now| Author::of(&now) == Author::Us))
}

/// This program by a name that lasts: the one in PATH when it is the same file
/// (a package manager's link outlives the version behind it), else its own.
fn program() -> anyhow::Result<String> {
    let own = std::env::current_exe().context("finding this program")?;
    let path = in_path("stanch").filter(|found| same_file(found, &own)).unwrap_or(own);
    // The shell of Git for Windows reads both kinds of slashes, and quotes only one.
    String::from_utf8(platform::git_bytes(&path)).context("the path of this program is not UTF-8")
}

#[expect(clippy::disallowed_methods, reason = "to know this program by its lasting name")]
fn in_path(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    platform::find_program(name, std::env::split_paths(&paths).filter(|p| p.is_absolute()))
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
