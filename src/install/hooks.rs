//! The hook files of one repository: what stands there, and what has to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::block::{self, At, Left};
use super::plan::{Plan, Step};
use super::script::{self, Author, Door};
use crate::git::{Level, Repo};
use crate::model::{OneLine, RepoPath};
use crate::platform::{Access, is_program};

/// Who runs the hooks of a repository.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Keeper {
    /// Git alone, from this folder.
    Git(PathBuf),
    /// husky 9: its own folder is generated, ours are lines in the folder above.
    Husky(PathBuf),
    /// Git alone, from a place that is not this repository's to fill.
    Elsewhere(Elsewhere),
}

/// What `core.hooksPath` names when no hook can be put there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    pub(crate) place: PathBuf,
    /// What is wrong with it.
    pub(crate) seen: String,
    /// The command that guards this repository all the same.
    pub(crate) way_out: &'static str,
}

/// Absolute: a relative one would name another place in each worktree.
const OWN_HOOKS: &str = "git config --local core.hooksPath \
    \"$(git rev-parse --path-format=absolute --git-common-dir)/hooks\" && stanch install";
const DEFAULT_HOOKS: &str = "git config --unset core.hooksPath && stanch install";

/// Plans the hooks of a repository; `program` is what they run.
pub(super) fn install(repo: &Repo, program: &str) -> anyhow::Result<Plan> {
    let mut plan = Plan::default();
    match keeper(repo)? {
        Keeper::Husky(folder) => beside_husky(&folder, &mut plan)?,
        Keeper::Git(folder) => in_folder(repo, &folder, program, &mut plan)?,
        Keeper::Elsewhere(it) => anyhow::bail!("{}; to guard it: `{}`", it.seen, it.way_out),
    }
    Ok(plan)
}

fn beside_husky(folder: &Path, plan: &mut Plan) -> anyhow::Result<()> {
    for door in Door::ALL {
        let at = if door == Door::PrePush { At::Start } else { At::End };
        add_lines(&folder.join(door.name()), &husky_lines(door), at, plan)?;
    }
    plan.notes.push(
        "husky runs the hooks here: commit .husky, and have `stanch` in PATH wherever you commit"
            .to_owned(),
    );
    Ok(())
}

fn in_folder(repo: &Repo, folder: &Path, program: &str, plan: &mut Plan) -> anyhow::Result<()> {
    // A folder that people share must not name a program of one machine.
    let shared = repo
        .root()
        .is_some_and(|root| folder.starts_with(root) && !folder.starts_with(root.join(".git")));
    let program = (!shared).then_some(program);
    let mut lefthook = Vec::new();
    for door in Door::ALL {
        let path = folder.join(door.name());
        match standing(&path)?.as_deref().map(Author::of) {
            Some(Author::Lefthook) => lefthook.push(door),
            Some(Author::PreCommit) => {
                if put(folder.join(door.legacy()), door, program, plan)? {
                    plan.notes.push(format!(
                        "pre-commit or prek runs the {} hook here, and ours before its own, as its legacy hook",
                        door.name()
                    ));
                }
            }
            Some(Author::Us | Author::Others) | None => {
                put(path, door, program, plan)?;
            }
        }
    }
    if !lefthook.is_empty() {
        serve_lefthook(repo, &lefthook, plan)?;
    }
    if shared && !plan.steps.is_empty() {
        plan.notes.push(format!(
            "{} is part of the work tree: commit it, and have `stanch` in PATH",
            folder.display()
        ));
    }
    Ok(())
}

/// Plans to take every hook of ours out and to put back what stood there.
pub(super) fn uninstall(repo: &Repo) -> anyhow::Result<Plan> {
    let mut plan = Plan::default();
    let folder = match keeper(repo)? {
        Keeper::Husky(folder) => {
            for door in Door::ALL {
                take_lines(&folder.join(door.name()), &mut plan)?;
            }
            return Ok(plan);
        }
        Keeper::Elsewhere(it) => {
            plan.notes.push(format!("{}: what is there was left as it is", it.seen));
            return Ok(plan);
        }
        Keeper::Git(folder) => folder,
    };
    for door in Door::ALL {
        let mut place = None;
        for name in [door.name().to_owned(), door.legacy(), format!("{}.old", door.name())] {
            let path = folder.join(name);
            if read(&path)?.is_some_and(|content| Author::of(&content) == Author::Us) {
                plan.steps.push(Step::Remove { path: path.clone() });
                place = place.or(Some(path));
            }
        }
        let before = folder.join(before(door));
        if let Some(place) = place
            && fs::symlink_metadata(&before).is_ok()
        {
            plan.steps.push(Step::Rename { from: before, to: place });
        }
    }
    if let Some(root) = repo.root() {
        take_lines(&root.join(LEFTHOOK_LOCAL), &mut plan)?;
    }
    take_lines(&repo.git_path("info/exclude")?, &mut plan)?;
    Ok(plan)
}

/// Who runs the hooks.
pub(crate) fn keeper(repo: &Repo) -> anyhow::Result<Keeper> {
    let folder = repo.hooks_dir()?;
    let Some(setting) = repo.setting("core.hooksPath")? else { return Ok(Keeper::Git(folder)) };
    let value = OneLine::new(&setting.value);
    let ours_too = "and ours would run, or be lost, everywhere";
    let (seen, way_out) = match setting.level {
        Level::Local if Path::new(&setting.value).ends_with(".husky/_") => {
            let above = folder.parent().context("the folder of husky has none above it")?;
            return Ok(Keeper::Husky(above.to_owned()));
        }
        Level::Local if setting.value.is_empty() || (folder.exists() && !folder.is_dir()) => (
            format!("core.hooksPath is `{value}`, which is no folder, so git runs no hook here"),
            DEFAULT_HOOKS,
        ),
        Level::Local => return Ok(Keeper::Git(folder)),
        Level::Global => (
            format!(
                "core.hooksPath is `{value}` for all your repositories, so git ignores the hooks \
                 of this one {ours_too}"
            ),
            OWN_HOOKS,
        ),
        Level::Other(level) => (
            format!(
                "core.hooksPath is `{value}` at {level} scope, so git ignores the hooks of this \
                 repository {ours_too}"
            ),
            OWN_HOOKS,
        ),
    };
    Ok(Keeper::Elsewhere(Elsewhere { place: folder, seen, way_out }))
}

/// The content of a hook file; none where nothing stands. A link to nothing is
/// kept like any other hook.
fn standing(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(None);
    }
    anyhow::ensure!(!path.is_dir(), "{} is a folder; remove it", path.display());
    Ok(Some(read(path)?.unwrap_or_default()))
}

/// Plans our script at `path`, keeping what is not ours; false where it is there.
fn put(path: PathBuf, door: Door, program: Option<&str>, plan: &mut Plan) -> anyhow::Result<bool> {
    let content = script::render(door, program);
    match standing(&path)? {
        Some(now) if now == content.as_bytes() && is_program(&path) => return Ok(false),
        Some(now) if Author::of(&now) != Author::Us => keep(&path, door, plan)?,
        Some(_) | None => {}
    }
    plan.steps.push(Step::Write { path, content, access: Access::Program });
    Ok(true)
}

/// Keeps a hook of others under the name our script runs first.
fn keep(path: &Path, door: Door, plan: &mut Plan) -> anyhow::Result<()> {
    let to = path.with_file_name(before(door));
    anyhow::ensure!(
        fs::symlink_metadata(&to).is_err(),
        "{} and {} both hold hooks that are not ours; join or remove one, then run `stanch install` again",
        path.display(),
        to.display()
    );
    plan.steps.push(Step::Rename { from: path.to_owned(), to });
    plan.notes.push(format!("the {} hook that stood here runs first", door.name()));
    Ok(())
}

const LEFTHOOK_LOCAL: &str = "lefthook-local.yml";

/// Lefthook rewrites its hooks, so ours goes into its personal configuration.
fn serve_lefthook(repo: &Repo, doors: &[Door], plan: &mut Plan) -> anyhow::Result<()> {
    let root = repo.root().context("lefthook without a work tree")?;
    let path = root.join(LEFTHOOK_LOCAL);
    let lines: String = doors.iter().map(|door| lefthook_lines(*door, doors)).collect();
    if let Some(content) = text(&path)? {
        if !content.contains("stanch hook") {
            plan.notes.push(format!(
                "NOT GUARDED YET: lefthook runs the hooks here and {LEFTHOOK_LOCAL} is yours; add to it:\n{lines}"
            ));
        }
        return Ok(());
    }
    add_lines(&path, &lines, At::End, plan)?;
    if !repo.ignores(&RepoPath::new(LEFTHOOK_LOCAL))? {
        let exclude = repo.git_path("info/exclude")?;
        add_lines(&exclude, &format!("/{LEFTHOOK_LOCAL}\n"), At::End, plan)?;
    }
    plan.notes.push(format!(
        "lefthook runs the hooks here and ours through {LEFTHOOK_LOCAL}, which git ignores; for everybody, move its lines to lefthook.yml"
    ));
    Ok(())
}

/// Lefthook runs commands by name, so ours comes last, or all at once. What
/// another stages meanwhile is read by commit-msg, as `hooks/hook.sh` has it.
fn lefthook_lines(door: Door, doors: &[Door]) -> String {
    let stdin = if door == Door::PrePush { "      use_stdin: true\n" } else { "" };
    let args = match door {
        Door::CommitMsg if doors.contains(&Door::PreCommit) => "{1} staged",
        _ => "{0}",
    };
    let name = door.name();
    format!("{name}:\n  commands:\n    zz-stanch:\n      run: stanch hook {name} {args}\n{stdin}")
}

fn husky_lines(door: Door) -> String {
    let name = door.name();
    match door {
        // Both this and the lines below read the list of refs.
        Door::PrePush => format!(
            "refs=$(cat && echo .)\nrefs=${{refs%.}}\nprintf %s \"$refs\" | stanch hook {name} \"$@\"\nexec <<REFS\n$refs\nREFS\n"
        ),
        _ => format!("stanch hook {name} \"$@\"\n"),
    }
}

/// Plans to add lines to a file in a block of ours.
pub(super) fn add_lines(path: &Path, lines: &str, at: At, plan: &mut Plan) -> anyhow::Result<()> {
    let now = text(path)?;
    if let Some(content) = block::add(now.as_deref(), lines, at) {
        plan.steps.push(Step::Write { path: path.to_owned(), content, access: Access::Kept });
    }
    Ok(())
}

/// Plans to take our lines out of a file, if they are there.
pub(super) fn take_lines(path: &Path, plan: &mut Plan) -> anyhow::Result<()> {
    let Some(now) = text(path)? else { return Ok(()) };
    let path = path.to_owned();
    match block::remove(&now) {
        Left::Untouched => {}
        Left::NoFile => plan.steps.push(Step::Remove { path }),
        Left::Text(content) => plan.steps.push(Step::Write { path, content, access: Access::Kept }),
    }
    Ok(())
}

fn text(path: &Path) -> anyhow::Result<Option<String>> {
    read(path)?
        .map(|bytes| {
            String::from_utf8(bytes)
                .map_err(|_| anyhow::anyhow!("{} is not UTF-8 text", path.display()))
        })
        .transpose()
}

/// The content of a file; none when it is not there.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

fn before(door: Door) -> String {
    format!("{}.before-stanch", door.name())
}
