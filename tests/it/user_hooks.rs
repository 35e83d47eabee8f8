//! `stanch install --global`: hooks in git's configuration where git knows
//! them (2.54 and later), in the template folder else.

#![allow(clippy::print_stderr, reason = "a test that cannot run says so")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::{env, fs};

use crate::install::{ensure_guarded, program};
use crate::support::{Run, Sandbox, token};

/// A user with the hooks, and a repository that was there before.
fn with_user_hooks() -> Sandbox {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    assert_eq!(it.stanch(&["install", "--global"]).code, 0);
    it
}

/// Whether this git knows hooks in its configuration; says so when it does not.
fn knows_config_hooks(it: &Sandbox) -> bool {
    let knows = it.try_git(&["hook", "list", "--allow-unknown-hook-name", "x"]).code != 129;
    if !knows {
        eprintln!("skipped: {} knows no hooks in its configuration", it.git(&["--version"]).trim());
    }
    knows
}

/// A `git` in front of the real one that gives itself another version.
fn claiming(it: Sandbox, version: &str) -> Sandbox {
    let real = env::split_paths(&env::var_os("PATH").unwrap())
        .map(|folder| folder.join("git"))
        .find(|file| file.is_file())
        .unwrap();
    let folder: PathBuf = it.folder().join("bin");
    let script = format!(
        "#!/bin/sh\n[ \"$1\" != --version ] || {{ echo 'git version {version}'; exit; }}\nexec {} \"$@\"\n",
        real.display()
    );
    program(&folder.join("git"), &script);
    let path = format!("{}:{}", folder.display(), env::var("PATH").unwrap());
    it.with_env("PATH", &path)
}

#[test]
fn the_mechanism_is_the_one_this_git_knows() {
    for (version, by_config) in
        [("2.39.5 (Apple Git-154)", false), ("2.53.0", false), ("2.54.0", true)]
    {
        let it = claiming(Sandbox::without_repository(), version);
        let run = it.stanch(&["install", "--global"]);
        assert_eq!(run.code, 0, "{run:?}");
        let again = it.stanch(&["install", "--global"]);
        assert!(again.err.contains("nothing to do"), "{version}: {again:?}");
        let config = fs::read_to_string(it.folder().join("home/.gitconfig")).unwrap();
        assert_eq!(config.contains("event = pre-commit"), by_config, "{version}: {config}");
        assert_eq!(config.contains("templateDir"), !by_config, "{version}: {config}");
        it.git(&["init", "-q", "-b", "main"]);
        let hook = it.root().join(".git/hooks/pre-commit");
        assert_eq!(hook.is_file(), !by_config, "{version}");
        if !by_config {
            ensure_guarded(&it);
        }
        assert_eq!(it.stanch(&["uninstall", "--global"]).code, 0);
        let config = fs::read_to_string(it.folder().join("home/.gitconfig")).unwrap();
        assert!(!config.contains("templateDir") && !config.contains("command"), "{config}");
    }
}

#[test]
fn a_template_that_git_would_not_look_into_is_not_made() {
    for (version, code) in [("2.53.0", 2), ("2.54.0", 0)] {
        let it = claiming(Sandbox::without_repository(), version);
        it.git(&["config", "--global", "core.hooksPath", "/elsewhere"]);
        let run = it.stanch(&["install", "--global"]);
        assert_eq!((run.code, run.err.contains("stanch hook NAME")), (code, code == 2), "{run:?}");
        assert!(!it.folder().join("home/.config").exists());
    }
}

#[test]
fn a_template_folder_of_ones_own_is_used_and_kept() {
    let it = claiming(Sandbox::without_repository(), "2.47.3");
    it.git(&["config", "--global", "init.templateDir", "~/mine"]);
    it.write_home("mine/hooks/pre-push", "#!/bin/sh\n# mine\n");
    let run = it.stanch(&["install", "--global"]);
    assert!(run.code == 0 && run.err.contains("is not ours"), "{run:?}");
    let mode = fs::metadata(it.folder().join("home/mine/hooks/pre-commit")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o755);
    assert_eq!(it.stanch(&["uninstall", "--global"]).code, 0);
    assert!(!it.folder().join("home/mine/hooks/pre-commit").exists());
    assert!(it.folder().join("home/mine/hooks/pre-push").exists());
    assert_eq!(it.git(&["config", "--global", "init.templateDir"]).trim(), "~/mine");
}

/// Of every door a git action that must be refused.
const ACTIONS: [(&str, &[&str]); 5] = [
    ("commit", &["commit", "-qam", "x"]),
    ("merge", &["merge", "--no-edit", "side"]),
    ("cherry-pick", &["cherry-pick", "side"]),
    ("am", &["am", "-q", "../patch"]),
    ("push", &["push", "-q", "origin", "side"]),
];

fn tried(it: &Sandbox, action: &(&str, &[&str])) -> Run {
    it.git(&["checkout", "-q", "-b", "side"]);
    it.commit_file("keys", &format!("key = {}\n", token(9)));
    it.write("../patch", it.git(&["format-patch", "-1", "--stdout", "side"]));
    it.git(&["checkout", "-q", "main"]);
    it.commit_file("other", "something else\n");
    if action.0 == "commit" {
        it.write("other", token(8));
    }
    if action.0 == "push" {
        it.git(&["init", "-q", "--bare", "../remote.git"]);
        it.git(&["remote", "add", "origin", "../remote.git"]);
    }
    it.try_git(action.1)
}

#[test]
fn hooks_in_the_configuration_close_every_door_of_every_repository() {
    for action in &ACTIONS {
        let it = with_user_hooks();
        if !knows_config_hooks(&it) {
            return;
        }
        let run = tried(&it, action);
        assert!(run.code != 0 && run.err.contains("blocked"), "{}: {run:?}", action.0);
        assert_eq!(run.err.matches("blocked").count(), 1, "{}: {run:?}", action.0);
    }
    let it = with_user_hooks();
    let run = it.stanch(&["doctor", "--hooks"]);
    assert!(run.code == 0 && run.err.contains("git's configuration runs"), "{run:?}");
    assert!(run.err.contains("staged aside and blocked"), "{run:?}");
    it.git(&["config", "hook.stanch-pre-commit.enabled", "false"]);
    let run = it.stanch(&["doctor", "--hooks"]);
    assert!(run.code == 1 && run.err.contains("switched off here"), "{run:?}");
}

#[test]
fn beside_a_script_of_ours_a_commit_is_checked_once_and_behind_others() {
    let it = with_user_hooks();
    if !knows_config_hooks(&it) {
        return;
    }
    let staging = format!("#!/bin/sh\necho {} > made\ngit add made\n", token(5));
    program(&it.root().join(".git/hooks/pre-commit"), &staging);
    assert_eq!(it.stanch(&["install"]).code, 0);
    it.write("clean", "clean\n");
    it.git(&["add", "clean"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("made:1:1"), "{run:?}");
    assert_eq!(run.err.matches("stanch: ").count(), 1, "{run:?}");
    // A script that git does not run is nothing to rely on.
    let hook = it.root().join(".git/hooks/pre-commit");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o644)).unwrap();
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("made:1:1"), "{run:?}");
    it.git(&["config", "core.hooksPath", "nowhere"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("made:1:1"), "{run:?}");
}
