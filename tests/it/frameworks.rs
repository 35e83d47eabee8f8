//! pre-commit and prek as they call the hooks; `ci/frameworks.sh` tries the real ones.

use crate::support::{Run, STANCH, Sandbox, token};

fn by_hand(it: &Sandbox, args: &[&str]) -> Run {
    it.run("env", &[&["PRE_COMMIT=1", STANCH, "hook"], args].concat())
}

#[test]
fn nothing_staged_and_nothing_named_never_passes() {
    let it = Sandbox::new();
    it.commit_file("a.txt", "nothing\n");
    let run = by_hand(&it, &["pre-commit"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("nothing is staged and no file is named"), "{run:?}");
    let run = by_hand(&it, &["pre-push"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("no ref is pushed"), "{run:?}");
    // On behalf of git: a change without content, as of `--allow-empty`, passes.
    let by_git =
        it.run("env", &["PRE_COMMIT=1", "GIT_INDEX_FILE=.git/index", STANCH, "hook", "pre-commit"]);
    assert_eq!(by_git.code, 0, "{by_git:?}");
    assert!(by_git.err.contains("nothing to read"), "{by_git:?}");
}

#[test]
fn named_files_are_read_beside_what_is_staged() {
    let it = Sandbox::new();
    it.commit_file("clean.txt", "nothing\n");
    it.commit_file("old.txt", &format!("{}\n", token(1)));
    let run = by_hand(&it, &["pre-commit", "clean.txt"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("no new secrets in 1 file, 8 bytes"), "{run:?}");
    let run = by_hand(&it, &["pre-commit", "clean.txt", "old.txt"]);
    assert_eq!(run.code, 1, "{run:?}");
    // What is staged is judged as a change, whoever names it besides.
    it.write("old.txt", format!("{}\nand more\n", token(1)));
    it.git(&["add", "old.txt"]);
    let run = by_hand(&it, &["pre-commit", "clean.txt", "old.txt"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.err.contains("1 already in HEAD") && run.err.contains("1 file, 8 bytes"),
        "{run:?}"
    );
    assert_eq!(by_hand(&it, &["pre-commit", "no-such-file"]).code, 2);
}

#[test]
fn a_push_is_judged_by_what_the_framework_says_of_it() {
    let it = Sandbox::new();
    it.commit_file("a.txt", "nothing\n");
    it.git(&["init", "-q", "--bare", "../remote.git"]);
    it.git(&["remote", "add", "origin", "../remote.git"]);
    let push = |more: &[&str]| {
        let own = [
            "PRE_COMMIT=1",
            "PRE_COMMIT_LOCAL_BRANCH=refs/heads/main",
            "PRE_COMMIT_REMOTE_BRANCH=refs/heads/main",
        ];
        let call = [STANCH, "hook", "pre-push", "origin", "../remote.git"];
        it.run("env", &[&own, more, &call].concat())
    };
    // A history the other side has nothing of: only the branch is named.
    let run = push(&[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("no new secrets in 1 file"), "{run:?}");
    it.git(&["push", "-q", "origin", "main"]);
    let from = it.git(&["rev-parse", "HEAD"]);
    it.commit_file("key.txt", &format!("{}\n", token(1)));
    let to = it.git(&["rev-parse", "HEAD"]);
    let run = push(&[
        &format!("PRE_COMMIT_FROM_REF={}", from.trim()),
        &format!("PRE_COMMIT_TO_REF={}", to.trim()),
    ]);
    assert_eq!(run.code, 1, "{run:?}");
    let run = push(&[&format!("PRE_COMMIT_TO_REF={}", from.trim())]);
    assert_eq!(run.code, 0, "less than the branch is pushed: {run:?}");
}
