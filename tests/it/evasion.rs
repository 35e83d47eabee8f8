//! Ways to hide a token from a guard that reads patches, the work tree or one
//! hook only. Every row is blocked, in every kind of repository.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Run, Sandbox, token};

fn plant(it: &Sandbox) {
    it.write("keys", format!("key = {}\n", token(1)));
    it.git(&["add", "keys"]);
}

/// How the token is hidden; the commit that follows is `git commit -m x`.
type Row = (&'static str, fn(&Sandbox));

const ROWS: [Row; 16] = [
    ("-diff", |it| {
        it.write(".gitattributes", "keys -diff\n");
        plant(it);
    }),
    ("binary", |it| {
        it.write(".gitattributes", "* binary\n");
        plant(it);
    }),
    ("info/attributes", |it| {
        it.write(".git/info/attributes", "* -diff\n");
        plant(it);
    }),
    ("textconv", |it| {
        it.write(".gitattributes", "keys diff=hide\n");
        it.git(&["config", "diff.hide.textconv", "true"]);
        plant(it);
    }),
    ("external diff", |it| {
        it.git(&["config", "diff.external", "true"]);
        plant(it);
    }),
    ("settings of diff", |it| {
        for (key, value) in [
            ("diff.noprefix", "true"),
            ("diff.mnemonicPrefix", "true"),
            ("diff.relative", "true"),
            ("color.ui", "always"),
            ("diff.ignoreSubmodules", "all"),
            ("core.quotePath", "false"),
            ("diff.renames", "copies"),
        ] {
            it.git(&["config", key, value]);
        }
        plant(it);
    }),
    ("rename and edit", |it| {
        it.commit_file("long", &"a line that stays the same\n".repeat(50));
        it.git(&["mv", "long", "keys"]);
        it.write("keys", format!("{}{}\n", it.read("keys"), token(1)));
        it.git(&["add", "keys"]);
    }),
    ("UTF-16", |it| {
        let text = format!("key = {}\n", token(1));
        let wide = [0xfeff].into_iter().chain(text.encode_utf16());
        it.write("keys", wide.flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        it.git(&["add", "keys"]);
    }),
    ("replace", |it| {
        plant(it);
        it.write("harmless", "nothing\n");
        it.git(&["add", "harmless"]);
        let [bad, good] = [":keys", ":harmless"].map(|name| it.git(&["rev-parse", name]));
        it.git(&["replace", bad.trim(), good.trim()]);
    }),
    ("staged, then cleaned", |it| {
        plant(it);
        it.write("keys", "clean\n");
    }),
    ("staged, then deleted", |it| {
        plant(it);
        fs::remove_file(it.root().join("keys")).unwrap();
    }),
    ("a link whose target is a token", |it| {
        std::os::unix::fs::symlink(token(1), it.root().join("keys")).unwrap();
        it.git(&["add", "keys"]);
    }),
    ("a name git quotes", |it| {
        it.write("a\n\"b\t", token(1));
        it.git(&["add", "."]);
    }),
    ("a name that looks like an option or a glob", |it| {
        it.write("--cached", token(1));
        it.write(":(exclude)*", "");
        it.git(&["add", "."]);
    }),
    ("skip-worktree", |it| {
        plant(it);
        it.git(&["update-index", "--skip-worktree", "keys"]);
    }),
    ("NUL bytes around it", |it| {
        it.write("keys", format!("\0\0{}\0\0", token(1)));
        it.git(&["add", "keys"]);
    }),
];

#[track_caller]
fn ensure_blocked(run: &Run, row: &str) {
    assert_eq!(run.code, 1, "{row}: {run:?}");
    assert!(run.err.contains("commit blocked"), "{row}: {run:?}");
}

#[test]
fn no_attribute_setting_or_name_hides_a_token() {
    for (row, hide) in ROWS {
        let it = Sandbox::guarded(&[]);
        hide(&it);
        ensure_blocked(&it.try_git(&["commit", "-m", "x"]), row);
    }
}

#[test]
fn where_libgit2_cannot_read_nothing_hides_either() {
    for init in [&["--object-format=sha256"][..], &["--ref-format=reftable"]] {
        let try_it = [&["init", "-q"], init, &["../probe"]].concat();
        if Sandbox::without_repository().try_git(&try_it).code != 0 {
            continue; // git before 2.45 knows no reftable
        }
        for (row, hide) in ROWS {
            let it = Sandbox::guarded(init);
            hide(&it);
            ensure_blocked(&it.try_git(&["commit", "-m", "x"]), row);
        }
    }
}

#[test]
fn env_files_in_every_case_and_place_are_blocked() {
    for path in [".env", ".ENV", "sub/.Env", ".env.local", "prod.env", "x/.env.production"] {
        let it = Sandbox::guarded(&[]);
        it.write(".gitignore", "*.env\n.env*\n");
        it.write(path, "A=b\n");
        it.git(&["add", "-f", path]);
        ensure_blocked(&it.try_git(&["commit", "-m", "x"]), path);
    }
    let it = Sandbox::guarded(&[]);
    it.commit_file("settings", "A=b\nB=c\nC=d\n");
    it.git(&["mv", "settings", ".env"]);
    ensure_blocked(&it.try_git(&["commit", "-m", "x"]), "renamed");
}

#[test]
fn a_partial_commit_is_judged_by_the_baseline_it_commits() {
    let it = Sandbox::guarded(&[]);
    it.write("keys", format!("key = {}\n", token(1)));
    it.git(&["add", "keys"]);
    let id = it.stanch(&["scan", "--staged", "--format", "jsonl"]).findings()[0]["id"].clone();
    let id = id.as_str().unwrap();
    let accept = ["audit", "--accept", id, "--verdict", "test-value", "--reason", "made up"];
    let run = it.stanch(&accept);
    assert_eq!(run.code, 0, "{run:?}");
    let run = it.try_git(&["commit", "-m", "x", "keys"]);
    ensure_blocked(&run, "the old baseline");
    assert!(run.err.contains("git commit"), "{run:?}");
    it.git(&["add", ".secrets.baseline"]);
    assert_eq!(it.try_git(&["commit", "-m", "x"]).code, 0);
}

#[test]
fn a_baseline_of_the_work_tree_that_helps_nothing_is_not_offered() {
    let it = Sandbox::guarded(&[]);
    plant(&it);
    it.write("other", token(2));
    let other = it.stanch(&["scan", "other", "--format", "jsonl"]).findings()[0]["id"].clone();
    let id = other.as_str().unwrap();
    it.stanch_ok(&["audit", "--accept", id, "--verdict", "test-value", "--reason", "made up"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    ensure_blocked(&run, "the entry is of another value");
    assert!(!run.err.contains("baseline in the work tree"), "{run:?}");
    it.git(&["add", "other"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.err.contains("the baseline in the work tree covers 1 of these"), "{run:?}");
}

#[test]
fn a_chained_hook_that_is_not_executable_blocks_nothing() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.write(".git/hooks/pre-commit", "exit 1\n");
    let mode = fs::metadata(it.root().join(".git/hooks/pre-commit")).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0);
    it.stanch_ok(&["install"]);
    it.write("clean", "clean\n");
    it.git(&["add", "clean"]);
    assert_eq!(it.try_git(&["commit", "-m", "x"]).code, 0, "git ignored it before, too");
    plant(&it);
    ensure_blocked(&it.try_git(&["commit", "-m", "x"]), "not executable");
}
