//! Every door through which content enters history, tried with a planted
//! token: blocked where promised, and what git was doing can be taken up again.

use std::fs;

use crate::support::{Run, STANCH, Sandbox, token};

/// A commit on a branch of its own, made without hooks, with a token in it.
fn branch_with_token(it: &Sandbox, branch: &str) {
    it.git(&["checkout", "-q", "-b", branch]);
    it.commit_file("keys", &format!("first\nkey = {}\n", token(9)));
    it.git(&["checkout", "-q", "main"]);
    it.commit_file("other", "something else\n");
}

#[track_caller]
fn ensure_blocked(it: &Sandbox, run: &Run, action: &str) {
    assert_ne!(run.code, 0, "{action}: {run:?}");
    assert!(run.err.contains("blocked"), "{action}: {run:?}");
    let head = it.git(&["grep", "-c", "-e", "hello", "-e", "ghp_", "HEAD"]);
    assert!(!head.contains("keys"), "{action}: the token is in HEAD");
}

#[test]
fn commits_of_every_form_are_blocked() {
    let forms: [(&str, &[&str]); 8] = [
        ("commit", &["commit", "-m", "x"]),
        ("commit -a", &["commit", "-a", "-m", "x"]),
        ("commit path", &["commit", "-m", "x", "keys"]),
        ("commit -i path", &["commit", "-i", "keys", "-m", "x"]),
        ("amend", &["commit", "--amend", "-m", "x"]),
        ("amend -a", &["commit", "-a", "--amend", "-m", "x"]),
        ("from below", &["-C", "sub", "commit", "-m", "x"]),
        ("with a named index", &["commit", "-m", "x"]),
    ];
    for (form, args) in forms {
        let it = Sandbox::guarded(&[]);
        it.write("sub/clean", "clean\n");
        it.commit_file("keys", "nothing yet\n");
        it.write("keys", format!("key = {}\n", token(1)));
        let it = if form == "with a named index" {
            it.git(&["read-tree", "--index-output=.git/alt", "HEAD"]);
            it.with_env("GIT_INDEX_FILE", ".git/alt")
        } else {
            it
        };
        if !form.contains(" -a") && form != "commit path" {
            it.git(&["add", "keys"]);
        }
        let run = it.try_git(args);
        assert_eq!(run.code, 1, "{form}: {run:?}");
        assert!(run.err.contains("keys:1:7"), "{form}: {run:?}");
        it.write("keys", "clean again\n");
        it.git(&["add", "keys"]);
        let run = it.try_git(args);
        assert_eq!(run.code, 0, "{form}: {run:?}");
        assert!(run.err.contains("no new secrets in"), "{form}: {run:?}");
    }
}

#[test]
fn the_first_commit_is_blocked() {
    let it = Sandbox::new();
    it.stanch_ok(&["install"]);
    it.write("keys", token(1));
    it.git(&["add", "keys"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(it.try_git(&["rev-parse", "--verify", "-q", "HEAD"]).code != 0);
}

#[test]
fn what_is_staged_counts_and_not_the_work_tree() {
    let it = Sandbox::guarded(&[]);
    it.write("keys", token(1));
    it.git(&["add", "keys"]);
    it.write("keys", "cleaned\n");
    ensure_blocked(&it, &it.try_git(&["commit", "-m", "x"]), "staged, then cleaned");
    it.git(&["add", "keys"]);
    it.write("keys", token(1));
    assert_eq!(it.try_git(&["commit", "-m", "x"]).code, 0, "clean in the index");
}

#[test]
fn a_merge_that_brings_a_token_is_blocked_and_can_be_finished() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    let run = it.try_git(&["merge", "--no-edit", "side"]);
    ensure_blocked(&it, &run, "merge");
    it.write("keys", "first\n");
    it.git(&["add", "keys"]);
    it.git(&["commit", "-q", "--no-edit"]);
    assert_eq!(it.git(&["log", "-1", "--format=%P"]).split_whitespace().count(), 2);
}

#[test]
fn a_merge_of_what_a_remote_holds_passes() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    it.git(&["update-ref", "refs/remotes/origin/side", "side"]);
    let run = it.try_git(&["merge", "--no-edit", "side"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("already in HEAD") || run.err.contains("no new"), "{run:?}");
}

#[test]
fn a_merge_with_a_conflict_is_blocked_at_its_commit() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    it.commit_file("keys", "conflict\n");
    assert_ne!(it.try_git(&["merge", "side"]).code, 0);
    it.write("keys", format!("key = {}\n", token(2)));
    it.git(&["add", "keys"]);
    let run = it.try_git(&["commit", "--no-edit"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(it.root().join(".git/MERGE_HEAD").exists());
}

#[test]
fn a_squashed_merge_is_blocked() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    it.git(&["merge", "-q", "--squash", "side"]);
    ensure_blocked(&it, &it.try_git(&["commit", "-m", "x"]), "merge --squash");
}

#[test]
fn a_cherry_pick_is_blocked_and_can_be_given_up() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    let run = it.try_git(&["cherry-pick", "side"]);
    ensure_blocked(&it, &run, "cherry-pick");
    it.git(&["reset", "-q", "--hard"]);
    assert_eq!(it.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_cherry_pick_with_a_conflict_is_blocked_when_it_goes_on() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    it.commit_file("keys", "conflict\n");
    assert_ne!(it.try_git(&["cherry-pick", "side"]).code, 0);
    it.write("keys", format!("key = {}\n", token(2)));
    it.git(&["add", "keys"]);
    let run = it.try_git(&["-c", "core.editor=true", "cherry-pick", "--continue"]);
    assert!(run.code != 0 && run.err.contains("blocked"), "{run:?}");
    it.write("keys", "clean\n");
    it.git(&["add", "keys"]);
    it.git(&["-c", "core.editor=true", "cherry-pick", "--continue"]);
}

#[test]
fn every_trace_of_a_replay_opens_the_door_of_its_message() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.write("keys", token(1));
    it.git(&["add", "keys"]);
    let hook = ["hook", "prepare-commit-msg", ".git/COMMIT_EDITMSG"];
    let code = || it.stanch(&hook).code;
    assert_eq!(code(), 0);
    for folder in ["rebase-merge", "rebase-apply", "sequencer"].map(|it| format!(".git/{it}")) {
        fs::create_dir(it.root().join(&folder)).unwrap();
        assert_eq!(code(), 1, "{folder}");
        fs::remove_dir(it.root().join(&folder)).unwrap();
    }
    let head = it.git(&["rev-parse", "HEAD"]);
    for name in ["CHERRY_PICK_HEAD", "REVERT_HEAD", "AUTO_MERGE", "MERGE_MSG"] {
        it.write(format!(".git/{name}"), &head);
        assert_eq!(code(), 1, "{name}");
        fs::remove_file(it.root().join(".git").join(name)).unwrap();
    }
    let acting = |action: &str| {
        let action = format!("GIT_REFLOG_ACTION={action}");
        it.run("env", &[&action, "stanch", hook[0], hook[1], hook[2]])
    };
    for (action, expected) in [("revert", 1), ("revert --no-edit HEAD", 1), ("commit", 0)] {
        let run = acting(action);
        assert_eq!(run.code, expected, "{action}: {run:?}");
    }
    // A merge leaves its message too, and another door is open to it.
    for name in ["AUTO_MERGE", "MERGE_MSG"] {
        it.write(format!(".git/{name}"), &head);
        for (action, expected) in [("merge side", 0), ("pull", 1)] {
            assert_eq!(acting(action).code, expected, "{name}, {action}");
        }
        it.write(".git/MERGE_HEAD", &head);
        assert_eq!((code(), acting("pull").code), (0, 0), "{name}");
        fs::remove_file(it.root().join(".git/MERGE_HEAD")).unwrap();
        fs::remove_file(it.root().join(".git").join(name)).unwrap();
    }
}

#[test]
fn a_clean_revert_that_brings_a_token_back_is_blocked() {
    // Strategies leave different traces of what git is doing.
    for strategy in [&[][..], &["--strategy=resolve"]] {
        let it = Sandbox::guarded(&[]);
        it.commit_file("keys", &format!("key = {}\n", token(1)));
        it.commit_file("keys", "gone\n");
        let run = it.try_git(&[&["revert", "--no-edit"], strategy, &["HEAD"]].concat());
        assert!(run.code != 0 && run.err.contains("blocked"), "{strategy:?}: {run:?}");
        assert!(!it.git(&["show", "HEAD:keys"]).contains("ghp_"));
        it.git(&["-c", "stanch.skip=it is dead", "commit", "-q", "-m", "x", "--no-verify"]);
    }
}

#[test]
fn an_interactive_rebase_is_blocked_at_every_stop() {
    let it = Sandbox::guarded(&[]);
    it.commit_file("a", "a\n");
    it.commit_file("b", "b\n");
    let stop = "sed -i '1s/^pick/edit/'";
    let it = it.with_env("GIT_SEQUENCE_EDITOR", stop).with_env("GIT_EDITOR", "true");
    it.git(&["rebase", "-q", "-i", "HEAD~2"]);
    it.write("keys", format!("key = {}\n", token(1)));
    it.git(&["add", "keys"]);
    let run = it.try_git(&["rebase", "--continue"]);
    ensure_blocked(&it, &run, "rebase --continue");
    assert!(it.root().join(".git/rebase-merge").exists());
    it.git(&["rm", "-q", "-f", "keys"]);
    it.git(&["rebase", "--continue"]);
    assert!(!it.root().join(".git/rebase-merge").exists());
}

#[test]
fn a_rebase_that_replays_a_token_is_blocked_and_can_go_on() {
    let it = Sandbox::guarded(&[]);
    branch_with_token(&it, "side");
    it.git(&["checkout", "-q", "side"]);
    let run = it.try_git(&["rebase", "main"]);
    assert!(run.code != 0 && run.err.contains("blocked"), "{run:?}");
    let it = it.with_env("GIT_EDITOR", "true");
    assert!(run.err.contains("`git rebase --continue`"), "{run:?}");
    // Some versions of git pick the commit again, some do not: a commit by hand
    // is right in all. The way out is a word with a reason.
    let run = it.try_git(&["-c", "stanch.skip=dead", "commit", "-q", "--no-edit"]);
    assert_eq!(run.code, 0, "{run:?}");
    it.git(&["rebase", "--continue"]);
    assert!(it.git(&["show", "HEAD:keys"]).contains("ghp_"));
    assert!(!it.root().join(".git/rebase-merge").exists());
}

#[test]
fn a_rebase_goes_through_when_a_later_commit_of_it_knows_the_token() {
    let it = Sandbox::guarded(&[]);
    it.git(&["checkout", "-q", "-b", "side"]);
    it.commit_file("keys", &format!("key = {}\n", token(9)));
    it.stanch(&["baseline", "update"]);
    it.git(&["add", "."]);
    it.git(&["commit", "-q", "--no-verify", "-m", "known"]);
    it.git(&["checkout", "-q", "main"]);
    it.commit_file("other", "x\n");
    it.git(&["checkout", "-q", "side"]);
    let run = it.try_git(&["rebase", "main"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_mailed_patch_is_blocked() {
    for apply in [&["am", "-q"][..], &["am", "-q", "-3"]] {
        let it = Sandbox::guarded(&[]);
        branch_with_token(&it, "side");
        let patch = it.git(&["format-patch", "-1", "--stdout", "side"]);
        it.write("../patch", patch);
        let run = it.try_git(&[apply, &["../patch"]].concat());
        ensure_blocked(&it, &run, "am");
        assert!(it.root().join(".git/rebase-apply").exists());
        it.git(&["am", "--abort"]);
    }
}

#[test]
fn a_message_with_a_token_is_blocked() {
    let it = Sandbox::guarded(&[]);
    it.write("clean", "clean\n");
    it.git(&["add", "clean"]);
    let run = it.try_git(&["commit", "-m", &format!("rotate {}", token(4))]);
    assert!(run.code == 1 && run.err.contains("commit message"), "{run:?}");
    assert!(run.err.contains("reword it") && !run.err.contains("move it"), "{run:?}");
    let weak = it.try_git(&["commit", "-m", "postgres://bob:hunter2pw9@db.internal/x"]);
    assert!(weak.code == 1 && weak.err.contains("commit message"), "{weak:?}");
    assert_eq!(it.try_git(&["commit", "-m", "rotate the key"]).code, 0);
}

#[test]
fn no_verify_is_left_to_people_who_say_it() {
    let it = Sandbox::guarded(&[]);
    it.write("keys", token(1));
    it.git(&["add", "keys"]);
    assert_eq!(it.try_git(&["commit", "--no-verify", "-m", "x"]).code, 0);
}

#[test]
fn a_skip_is_printed_and_only_taken_from_the_command_line() {
    let it = Sandbox::guarded(&[]);
    it.write("keys", token(1));
    it.git(&["add", "keys"]);
    it.git(&["config", "stanch.skip", "sneaky"]);
    ensure_blocked(&it, &it.try_git(&["commit", "-m", "x"]), "skip in the repository");
    let run = it.try_git(&["-c", "stanch.skip=", "commit", "-m", "x"]);
    assert_eq!(run.code, 1, "{run:?}");
    let secret = format!("stanch.skip=it is only {}", token(1));
    let run = it.try_git(&["-c", &secret, "commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("holds a secret"), "{run:?}");
    assert!(!run.err.contains(&token(1)), "{run:?}");
    let run = it.try_git(&["-c", "stanch.skip=it's a\u{1b}[2J fake", "commit", "-q", "-m", "x"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("it's a\\u{1b}[2J fake"), "{run:?}");
}

/// A guarded repository with a bare one to push to.
fn with_remote() -> Sandbox {
    let it = Sandbox::guarded(&[]);
    it.git(&["init", "-q", "--bare", "../remote.git"]);
    it.git(&["remote", "add", "origin", "../remote.git"]);
    it.git(&["push", "-q", "-u", "origin", "main"]);
    it
}

#[test]
fn a_push_of_a_token_is_blocked_also_when_the_tip_lacks_it() {
    let it = with_remote();
    it.commit_file("keys", &format!("key = {}\n", token(1)));
    it.commit_file("keys", "gone\n");
    let run = it.try_git(&["push", "-q", "origin", "main"]);
    assert!(run.code != 0 && run.err.contains("push blocked"), "{run:?}");
    assert!(run.err.contains("keys:1:7"), "{run:?}");
    let run = it.try_git(&["-c", "stanch.skip=dead", "push", "-q", "origin", "main"]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = it.try_git(&["push", "-q", "origin", "main:again"]);
    assert_eq!(run.code, 0, "the remote holds it already: {run:?}");
}

#[test]
fn what_head_holds_and_no_remote_has_is_told_before_the_push_is_blocked() {
    let it = with_remote();
    it.commit_file("keys", &format!("key = {}\n", token(1)));
    let touch = |lines: &str| {
        it.write("keys", format!("{lines}key = {}\n", token(1)));
        it.try_git(&["commit", "-q", "-a", "-m", "touch"])
    };
    let run = touch("one\n");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("no remote has yet") && run.err.contains("keys:2;"), "{run:?}");
    it.git(&["-c", "stanch.skip=dead", "push", "-q", "origin", "main"]);
    let run = touch("one\ntwo\n");
    assert!(run.code == 0 && run.err.contains("1 already in HEAD"), "{run:?}");
    assert!(!run.err.contains("NOTE"), "{run:?}");
    // A merge of what a remote holds is no news either.
    it.git(&["reset", "-q", "--hard", "HEAD~3"]);
    it.commit_file("other", "x\n");
    let run = it.try_git(&["merge", "-q", "--no-edit", "origin/main"]);
    assert!(run.code == 0 && !run.err.contains("NOTE"), "{run:?}");
    // One of what no remote holds is.
    it.commit_file("more", &format!("key = {}\n", token(2)));
    it.git(&["checkout", "-q", "-b", "side"]);
    it.commit_file("more", &format!("one\nkey = {}\n", token(2)));
    it.git(&["checkout", "-q", "main"]);
    it.commit_file("other", "y\n");
    let run = it.try_git(&["merge", "-q", "--no-edit", "side"]);
    assert!(run.code == 0 && run.err.contains("NOTE") && run.err.contains("more:2"), "{run:?}");
}

#[test]
fn a_push_to_a_new_remote_is_judged_by_its_tip() {
    let it = Sandbox::guarded(&[]);
    it.commit_file("keys", &format!("key = {}\n", token(1)));
    it.commit_file("keys", "gone\n");
    it.git(&["init", "-q", "--bare", "../remote.git"]);
    let run = it.try_git(&["push", "-q", "../remote.git", "main"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains(") were not; `stanch scan --history` reads them"), "{run:?}");
    it.commit_file("keys", &token(2));
    it.git(&["init", "-q", "--bare", "../second.git"]);
    assert_ne!(it.try_git(&["push", "-q", "../second.git", "main"]).code, 0);
}

#[test]
fn pushes_of_nothing_tags_and_several_refs() {
    let it = with_remote();
    assert_eq!(it.try_git(&["push", "-q", "origin", "main"]).code, 0, "up to date");
    it.git(&["tag", "-m", "t", "t"]);
    it.git(&["branch", "b"]);
    assert_eq!(it.try_git(&["push", "-q", "origin", "t", "b"]).code, 0);
    assert_eq!(it.try_git(&["push", "-q", "origin", ":b"]).code, 0, "a deletion");
    it.git(&["checkout", "-q", "-b", "bad"]);
    it.commit_file("keys", &token(1));
    it.git(&["checkout", "-q", "main"]);
    it.commit_file("more", "more\n");
    assert_ne!(it.try_git(&["push", "-q", "origin", "main", "bad"]).code, 0);
    it.write("../blob", token(3));
    let blob = it.git(&["hash-object", "-w", "../blob"]);
    it.git(&["tag", "blob", blob.trim()]);
    assert_ne!(it.try_git(&["push", "-q", "origin", "blob"]).code, 0, "a tag of a content");
}

#[test]
fn a_server_refuses_a_token_in_quarantine() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.git(&["init", "-q", "--bare", "../remote.git"]);
    let hook = format!("#!/bin/sh\nexec '{STANCH}' hook pre-receive\n");
    let path = it.folder().join("remote.git/hooks/pre-receive");
    fs::write(&path, hook).unwrap();
    it.ok("chmod", &["+x", path.to_str().unwrap()]);
    it.git(&["push", "-q", "../remote.git", "main"]);
    it.commit_file("keys", &token(1));
    it.commit_file("keys", "gone\n");
    let run = it.try_git(&["push", "-q", "../remote.git", "main"]);
    assert!(run.code != 0 && run.err.contains("push blocked"), "{run:?}");
    assert!(!run.err.contains("stanch.skip"), "nobody who pushes can skip it: {run:?}");
    it.git(&["reset", "-q", "--hard", "HEAD~2"]);
    it.commit_file("clean", "clean\n");
    assert_eq!(it.try_git(&["push", "-q", "../remote.git", "main"]).code, 0);
}

#[test]
fn what_cannot_be_read_blocks_at_the_message_too() {
    let it = Sandbox::guarded(&[]);
    it.write("a.txt", "hello again\n");
    it.git(&["add", "a.txt"]);
    it.write(".git/WORDS", "nothing to hide\n");
    let look = || it.stanch(&["hook", "commit-msg", ".git/WORDS", "staged"]).code;
    assert_eq!(look(), 0);
    let oid = it.git(&["rev-parse", ":a.txt"]);
    let (folder, file) = oid.trim().split_at(2);
    fs::remove_file(it.root().join(".git/objects").join(folder).join(file)).unwrap();
    assert_eq!(look(), 2);
}
