//! Whether the doors are really closed. Git says nothing when a hook is not
//! executable, empty, a link to nothing, or in a folder it does not look into:
//! it commits. So every file is looked at, and one canary is tried.

use std::fs;
use std::path::Path;

use super::health::HookCheck;
use super::precommit;
use crate::git::Repo;
use crate::install::{
    Author, Door, Elsewhere, Keeper, UserHook, installed_program, keeper, quoted, render, user_hook,
};
use crate::model::OneLine;
use crate::platform::is_runnable;

const FIX: &str = "stanch install";

/// Looks at the hooks of a repository, its worktrees and submodules.
pub(crate) fn hooks(repo: &Repo) -> anyhow::Result<Vec<HookCheck>> {
    let users = UserHooks::of(repo)?;
    let mut checks = match keeper(repo)? {
        Keeper::Elsewhere(_) if users.close_all() => Vec::new(),
        Keeper::Elsewhere(it) => kept_elsewhere(repo, it),
        Keeper::Git(folder) => kept_by_git(repo, &folder, &users)?,
        Keeper::Husky(folder) => kept_by_husky(&folder),
    };
    checks.extend(users.checks());
    for folder in repo.submodules()? {
        checks.push(submodule(&folder)?);
    }
    if repo.root().is_some() && !checks.iter().any(HookCheck::is_wrong) {
        checks.push(canary(repo, users.command())?);
    }
    Ok(checks)
}

fn kept_by_git(repo: &Repo, folder: &Path, users: &UserHooks) -> anyhow::Result<Vec<HookCheck>> {
    let mut checks = Vec::new();
    if !folder.is_dir() && !users.close_all() {
        let seen = format!("git looks into {}, which does not exist", folder.display());
        checks.push(HookCheck::wrong("hooks folder", seen, FIX));
    }
    let doors = Door::ALL.iter().filter(|door| !users.close(**door));
    checks.extend(doors.map(|&door| at_door(folder, door, repo)));
    if !users.close_all() {
        checks.extend(worktrees(repo)?);
    }
    Ok(checks)
}

/// Hooks of all repositories may run stanch as well.
fn kept_elsewhere(repo: &Repo, Elsewhere { place, seen, way_out }: Elsewhere) -> Vec<HookCheck> {
    let doors = Door::ALL.map(|door| at_door(&place, door, repo));
    if doors.iter().any(HookCheck::is_wrong) {
        return vec![HookCheck::wrong("hooks folder", seen, way_out)];
    }
    doors.into()
}

fn kept_by_husky(folder: &Path) -> Vec<HookCheck> {
    let mut checks = Vec::new();
    if !folder.join("_").is_dir() {
        let seen = "husky has not made its folder, so git runs nothing";
        checks.push(HookCheck::wrong("hooks folder", seen, "npm install"));
    }
    checks.extend(Door::ALL.map(|door| in_text(&folder.join(door.name()), door)));
    checks
}

fn submodule(folder: &Path) -> anyhow::Result<HookCheck> {
    let what = format!("submodule {}", folder.display());
    let is_open = hooks(&Repo::discover(folder)?)?.iter().any(HookCheck::is_wrong);
    Ok(if is_open {
        let seen = "not guarded: its hooks are its own";
        HookCheck::wrong(what, seen, "stanch install --recurse-submodules")
    } else {
        HookCheck::good(what, "guarded")
    })
}

/// What git finds at a door.
fn at_door(folder: &Path, door: Door, repo: &Repo) -> HookCheck {
    let path = folder.join(door.name());
    let what = format!("{} hook", door.name());
    let wrong = |seen: &str| HookCheck::wrong(what.clone(), seen, FIX);
    if fs::symlink_metadata(&path).is_err() {
        return wrong("there is none: what comes in here is not checked");
    }
    if !path.exists() {
        return wrong("a link to nothing, which git passes over without a word");
    }
    if path.is_dir() {
        return wrong("a folder");
    }
    let Ok(content) = fs::read(&path) else { return wrong("cannot be read") };
    if content.trim_ascii().is_empty() {
        return wrong("empty, so it lets everything pass");
    }
    if !is_runnable(&path) {
        return wrong("not executable, so git does not run it");
    }
    match Author::of(&content) {
        Author::Us => our_script(what, &content, door),
        Author::PreCommit => pre_commit_shim(what, folder, door, repo),
        Author::Lefthook => lefthook_shim(what, door, repo),
        Author::Others if String::from_utf8_lossy(&content).contains(&call_of(door)) => {
            let seen = "a hook of yours that runs stanch; the canary tells whether it blocks";
            HookCheck::note(what, seen)
        }
        Author::Others => wrong("another hook, which does not run stanch"),
    }
}

/// How a hook of others calls us.
fn call_of(door: Door) -> String {
    format!("stanch hook {}", door.name())
}

fn pre_commit_shim(what: String, folder: &Path, door: Door, repo: &Repo) -> HookCheck {
    let legacy = folder.join(door.legacy());
    let is_named = || {
        let root = repo.root().unwrap_or(Path::new(""));
        let text = precommit::NAMES.map(|name| fs::read_to_string(root.join(name)));
        text.into_iter().flatten().any(|text| precommit::names_us(&text))
    };
    let is_ours = fs::read(&legacy).is_ok_and(|content| Author::of(&content) == Author::Us);
    match is_ours {
        true if is_runnable(&legacy) => {
            HookCheck::good(what, "runs through pre-commit as its legacy hook")
        }
        true => {
            HookCheck::wrong(what, "our half is not executable, so pre-commit does not run it", FIX)
        }
        false if door == Door::PreCommit && is_named() => {
            HookCheck::good(what, "pre-commit runs stanch, as its configuration says")
        }
        false => {
            let seen = "pre-commit runs here, and its configuration does not name stanch";
            HookCheck::wrong(what, seen, FIX)
        }
    }
}

fn lefthook_shim(what: String, door: Door, repo: &Repo) -> HookCheck {
    let names = ["lefthook-local.yml", "lefthook.yml", "lefthook.yaml", ".lefthook.yml"];
    let is_told = names.iter().any(|name| {
        let text = repo.root().and_then(|root| fs::read_to_string(root.join(name)).ok());
        text.is_some_and(|text| text.contains(&call_of(door)))
    });
    if is_told {
        HookCheck::good(what, "runs through lefthook")
    } else {
        HookCheck::wrong(what, "lefthook runs here and was not told of stanch", FIX)
    }
}

fn our_script(what: String, content: &[u8], door: Door) -> HookCheck {
    let text = String::from_utf8_lossy(content);
    let Some(program) = installed_program(&text) else {
        return HookCheck::wrong(what, "written by another version of stanch", FIX);
    };
    let program = Some(program).filter(|program| !program.is_empty());
    if text != render(door, program.as_deref()) {
        return HookCheck::wrong(what, "written by another version of stanch, or edited", FIX);
    }
    match program {
        Some(program) if is_runnable(Path::new(&program)) => {
            HookCheck::good(what, format!("runs {program}"))
        }
        Some(program) => {
            let seen = format!("{program} is gone: it runs `stanch` of PATH, or blocks");
            HookCheck::wrong(what, seen, FIX)
        }
        None => HookCheck::good(what, "runs `stanch` of PATH"),
    }
}

/// Whether a script that others run names us.
fn in_text(path: &Path, door: Door) -> HookCheck {
    let what = format!("{} hook", door.name());
    match fs::read_to_string(path) {
        Ok(text) if text.contains(&call_of(door)) => HookCheck::good(what, "runs through husky"),
        Ok(_) => HookCheck::wrong(what, format!("{} does not run stanch", path.display()), FIX),
        Err(_) => HookCheck::wrong(what, format!("{} is not there", path.display()), FIX),
    }
}

/// A relative `core.hooksPath` is looked up in each worktree by itself.
fn worktrees(repo: &Repo) -> anyhow::Result<Vec<HookCheck>> {
    let Some(setting) = repo.setting("core.hooksPath")? else { return Ok(Vec::new()) };
    let mut checks = Vec::new();
    for root in repo.worktrees()?.iter().filter(|root| root.is_dir()) {
        if !Repo::discover(root)?.hooks_dir()?.join("pre-commit").exists() {
            let (shown, value) = (root.display().to_string(), OneLine::new(&setting.value));
            let seen =
                format!("core.hooksPath is `{value}`, and there is none: nothing is checked");
            let way_out = format!("cd {} && stanch install", quoted(&shown));
            checks.push(HookCheck::wrong(format!("worktree {shown}"), seen, way_out));
        }
    }
    Ok(checks)
}

/// What git's configuration runs at each door, beside the hooks of a repository.
struct UserHooks([(Door, UserHook); Door::ALL.len()]);

impl UserHooks {
    fn of(repo: &Repo) -> anyhow::Result<Self> {
        let mut hooks = Door::ALL.map(|door| (door, UserHook::None));
        for (door, hook) in &mut hooks {
            *hook = user_hook(repo, *door)?;
        }
        Ok(Self(hooks))
    }

    /// Whether they close a door.
    fn close(&self, door: Door) -> bool {
        self.0.iter().any(|(own, hook)| *own == door && matches!(hook, UserHook::Runs(_)))
    }

    fn close_all(&self) -> bool {
        Door::ALL.iter().all(|door| self.close(*door))
    }

    fn command(&self) -> Option<&str> {
        self.0.iter().find_map(|(door, hook)| match hook {
            UserHook::Runs(command) if *door == Door::PreCommit => Some(command.as_str()),
            _ => None,
        })
    }

    fn checks(&self) -> Vec<HookCheck> {
        let checks = self.0.iter().filter_map(|(door, hook)| {
            let what = format!("{} hook", door.name());
            match hook {
                UserHook::None => None,
                UserHook::Runs(command) => {
                    Some(HookCheck::good(what, format!("git's configuration runs {command}")))
                }
                UserHook::Off => {
                    let seen = "one in git's configuration is switched off here";
                    Some(HookCheck::note(what, seen))
                }
                UserHook::Unknown => {
                    let seen = "one in git's configuration is ignored by git before 2.54";
                    Some(HookCheck::note(what, seen))
                }
            }
        });
        checks.collect()
    }
}

/// Tries the installed check on a token that exists nowhere else, in an index
/// and an object folder of its own: nothing is left behind.
fn canary(repo: &Repo, by_user: Option<&str>) -> anyhow::Result<HookCheck> {
    let what = "canary";
    let number = std::process::id().into();
    let token = crate::rules::template::expand("ghp_{base62:30}{crc:crc32-base62}", number)
        .expect("the template of a GitHub token is right");
    let folder = tempfile::tempdir()?;
    let script = match keeper(repo)? {
        Keeper::Git(folder) | Keeper::Elsewhere(Elsewhere { place: folder, .. }) => {
            [Door::PreCommit.name().to_owned(), Door::PreCommit.legacy()]
                .iter()
                .filter_map(|name| fs::read(folder.join(name)).ok())
                .find(|content| Author::of(content) == Author::Us)
        }
        Keeper::Husky(_) => None,
    };
    let by_user = by_user.map(|command| format!("#!/bin/sh\n{command}\n").into_bytes());
    let content = by_user.or(script).unwrap_or_else(|| render(Door::PreCommit, None).into_bytes());
    // Alone in its folder the script finds no other hook: only our half runs.
    let hook = folder.path().join("pre-commit");
    fs::write(&hook, content)?;
    let tried = repo.try_hook(&hook, folder.path(), token.as_bytes())?;
    let said = String::from_utf8_lossy(&tried.stderr);
    Ok(if tried.status.code() == Some(1) && said.contains("stanch-canary") {
        HookCheck::good(what, "a made-up token was staged aside and blocked")
    } else {
        let seen = format!("a made-up token was staged aside and NOT blocked ({})", tried.status);
        HookCheck::wrong(what, seen, "git commit --allow-empty -m try, and read what the hook says")
    })
}
