//! `stanch install --global`: every repository of this user.
//!
//! Git 2.54 and later run hooks named in its configuration, in every
//! repository and beside whatever hooks it has. Older ones ignore such a
//! configuration without a word, so for them the hooks go into the template
//! folder, which reaches new clones only. A global `core.hooksPath` is never
//! set: it would switch off the hooks of every repository.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::hooks;
use super::plan::{Plan, Step};
use super::script::{self, Author, Door, quoted};
use crate::git::{GitError, Repo, User};
use crate::model::OneLine;
use crate::platform::Access;

const TEMPLATE_KEY: &str = "init.templateDir";

/// Plans the hooks of this user.
pub(super) fn install(program: &str) -> anyhow::Result<Plan> {
    if has_config_hooks()? { in_configuration(program) } else { in_template(program) }
}

fn in_configuration(program: &str) -> anyhow::Result<Plan> {
    let mut plan = Plan::default();
    for door in Door::ALL {
        // Where a repository has a script of ours too, that one runs, once
        // and behind the hooks of others.
        let command = format!("{} hook --unless-installed {}", quoted(program), door.name());
        for (key, value) in
            [(key(door, "command"), command), (key(door, "event"), door.name().to_owned())]
        {
            if User::setting(&key)?.as_ref() != Some(&value) {
                plan.steps.push(Step::SetUser { key, value });
            }
        }
    }
    plan.notes
        .push("every repository on this machine is guarded when git 2.54 or later is used".into());
    Ok(plan)
}

fn in_template(program: &str) -> anyhow::Result<Plan> {
    if let Some(value) = User::setting("core.hooksPath")? {
        anyhow::bail!(
            "core.hooksPath is `{}` for all your repositories, so git before 2.54 runs the hooks \
             there and none of a template; end each of them with `exec stanch hook NAME \"$@\"`, \
             NAME being {}",
            OneLine::new(&value),
            Door::ALL.map(Door::name).join(", ")
        );
    }
    let mut plan = Plan::default();
    let configured = User::setting(TEMPLATE_KEY)?;
    let folder = configured.as_deref().map_or_else(own_template, expanded)?;
    for door in Door::ALL {
        let path = folder.join("hooks").join(door.name());
        let content = script::render(door, Some(program));
        match hooks::read(&path)? {
            Some(now) if now == content.as_bytes() => {}
            Some(now) if Author::of(&now) != Author::Us => plan.notes.push(format!(
                "{} is not ours and was left alone: add `stanch hook {} \"$@\"` to it",
                path.display(),
                door.name()
            )),
            Some(_) | None => {
                plan.steps.push(Step::Write { path, content, access: Access::Program });
            }
        }
    }
    if configured.is_none() {
        let value = folder.to_str().context("the template folder is not UTF-8")?.to_owned();
        plan.steps.push(Step::SetUser { key: TEMPLATE_KEY.to_owned(), value });
    }
    plan.notes.push(
        "new clones and `git init` get the hooks from now on; in a repository that exists, run `stanch install` (git 2.54 and later can guard all at once: run this again after an upgrade)".into(),
    );
    Ok(plan)
}

/// Plans to take them out.
pub(super) fn uninstall() -> anyhow::Result<Plan> {
    let mut plan = Plan::default();
    for door in Door::ALL {
        for key in [key(door, "command"), key(door, "event")] {
            if User::setting(&key)?.is_some() {
                plan.steps.push(Step::UnsetUser { key });
            }
        }
    }
    let Some(configured) = User::setting(TEMPLATE_KEY)? else { return Ok(plan) };
    let folder = expanded(&configured)?;
    for door in Door::ALL {
        let path = folder.join("hooks").join(door.name());
        if hooks::read(&path)?.is_some_and(|now| Author::of(&now) == Author::Us) {
            plan.steps.push(Step::Remove { path });
        }
    }
    if folder == own_template()? {
        plan.steps.push(Step::UnsetUser { key: TEMPLATE_KEY.to_owned() });
    }
    Ok(plan)
}

/// Git refuses a hook with the name of an event, so ours have a name of their own.
fn key(door: Door, field: &str) -> String {
    format!("hook.stanch-{}.{field}", door.name())
}

fn has_config_hooks() -> anyhow::Result<bool> {
    Ok(User::version()? >= (2, 54))
}

/// What the configuration of git has for a door.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum UserHook {
    /// Nothing of ours.
    None,
    /// It is there, and this git does not know such hooks.
    Unknown,
    /// It is there and switched off.
    Off,
    /// It runs this command.
    Runs(String),
}

/// What git runs at a door because the configuration says so.
pub(crate) fn user_hook(repo: &Repo, door: Door) -> anyhow::Result<UserHook> {
    let value = |field| Ok::<_, GitError>(repo.setting(&key(door, field))?.map(|set| set.value));
    let (Some(command), Some(event)) = (value("command")?, value("event")?) else {
        return Ok(UserHook::None);
    };
    let by_event = repo.setting(&format!("hook.{}.enabled", door.name()))?.map(|set| set.value);
    let off = |value: &Option<String>| value.as_deref().is_some_and(is_false);
    Ok(if !has_config_hooks()? {
        UserHook::Unknown
    } else if off(&value("enabled")?) || off(&by_event) || event != door.name() {
        UserHook::Off
    } else {
        UserHook::Runs(command)
    })
}

/// As git reads a boolean.
fn is_false(value: &str) -> bool {
    ["false", "no", "off", "0", ""].contains(&value.to_ascii_lowercase().as_str())
}

#[expect(clippy::disallowed_methods, reason = "the folder of the user, not of a repository")]
fn own_template() -> anyhow::Result<PathBuf> {
    let base = match std::env::var_os("XDG_CONFIG_HOME").filter(|path| !path.is_empty()) {
        Some(base) => PathBuf::from(base),
        None => home()?.join(".config"),
    };
    Ok(base.join("stanch").join("template"))
}

fn expanded(path: &str) -> anyhow::Result<PathBuf> {
    Ok(match path.strip_prefix("~/") {
        Some(rest) => home()?.join(rest),
        None => Path::new(path).to_owned(),
    })
}

fn home() -> anyhow::Result<PathBuf> {
    std::env::home_dir().context("no home folder is known; set HOME")
}
