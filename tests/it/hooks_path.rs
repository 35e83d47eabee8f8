//! `core.hooksPath`, wherever it is set and whatever it names.

use std::path::Path;

use crate::install::{DOORS, ensure_guarded, install, program};
use crate::support::{Run, Sandbox, token};

/// A repository with a commit, of somebody who has a folder of hooks for all repositories.
fn with_hooks_for_all() -> Sandbox {
    let it = Sandbox::new();
    it.commit_file("sub/readme", "hello\n");
    let folder = it.folder().join("all");
    it.git(&["config", "--global", "core.hooksPath", folder.to_str().unwrap()]);
    it
}

/// The command behind these words.
fn command_behind(run: &Run, words: &str) -> String {
    let (_, behind) = run.err.split_once(words).unwrap_or_else(|| panic!("{run:?}"));
    behind.lines().next().unwrap().trim_end_matches('`').to_owned()
}

#[test]
fn hooks_for_all_repositories_are_left_alone_and_the_way_out_works_in_every_folder() {
    for (args, code, words) in
        [(&["install"][..], 2, "to guard it: `"), (&["doctor", "--hooks"], 1, "to fix it: ")]
    {
        let it = with_hooks_for_all();
        let run = it.stanch(args);
        assert_eq!(run.code, code, "{run:?}");
        let way_out = command_behind(&run, words);
        it.ok("sh", &["-c", &format!("cd sub && {way_out}")]);
        ensure_guarded(&it);
        assert_eq!(it.stanch(&["doctor", "--hooks"]).code, 0);
        it.git(&["worktree", "add", "-q", "../tree"]);
        let plant = format!("cd ../tree && echo {} > k && git add k && git commit -m x", token(1));
        let run = it.run("sh", &["-c", &plant]);
        assert!(run.code == 1 && run.err.contains("new secret"), "{run:?}");
    }
}

#[test]
fn what_keeps_the_hooks_out_keeps_nothing_else_from_being_mended() {
    let it = with_hooks_for_all();
    let run = it.stanch(&["doctor", "--fix"]);
    assert!(run.code == 1 && run.err.contains("left as they are: core.hooksPath"), "{run:?}");
    assert!(it.read(".gitignore").contains("*.env"));
    let run = it.stanch(&["uninstall"]);
    assert!(run.code == 0 && run.err.contains("left as it is"), "{run:?}");
}

#[test]
fn hooks_for_all_repositories_that_run_stanch_close_the_doors() {
    let it = with_hooks_for_all();
    for door in DOORS {
        let script = format!("#!/bin/sh\nexec stanch hook {door} \"$@\"\n");
        program(&it.folder().join("all").join(door), &script);
    }
    let run = it.stanch(&["doctor", "--hooks"]);
    assert!(run.code == 0 && run.err.contains("a hook of yours that runs stanch"), "{run:?}");
    ensure_guarded(&it);
}

#[test]
fn a_hooks_path_that_is_no_folder_is_told_before_anything_is_done() {
    for value in ["", "/dev/null", "readme"] {
        let it = Sandbox::new();
        it.commit_file("readme", "hello\n");
        it.git(&["config", "core.hooksPath", value]);
        let run = it.stanch(&["doctor", "--hooks"]);
        assert!(run.code == 1 && run.err.contains("no folder"), "{value}: {run:?}");
        let run = it.stanch(&["install"]);
        assert!(run.code == 2 && !run.err.contains("write "), "{value}: {run:?}");
        it.ok("sh", &["-c", &command_behind(&run, "to guard it: `")]);
        ensure_guarded(&it);
    }
}

#[test]
fn worktrees_are_looked_at_where_git_looks() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.git(&["worktree", "add", "-q", "-b", "tree", "../it's a tree"]);
    it.git(&["config", "core.hooksPath", "~/hooks"]);
    install(&it);
    let run = it.stanch(&["doctor", "--hooks"]);
    assert_eq!(run.code, 0, "{run:?}");
    it.git(&["config", "core.hooksPath", ".githooks"]);
    install(&it);
    let run = it.stanch(&["doctor", "--hooks"]);
    assert_eq!(run.code, 1, "{run:?}");
    it.ok("sh", &["-c", &command_behind(&run, "to fix it: ")]);
    assert_eq!(it.stanch(&["doctor", "--hooks"]).code, 0);
    assert!(Path::new(&it.folder().join("it's a tree/.githooks/pre-push")).exists());
}
