//! Ways to hide a token from a guard that reads patches, the work tree or one
//! hook only. Every row is blocked, in every kind of repository.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Run, Sandbox, token};

fn guarded(init: &[&str]) -> Sandbox {
    let it = Sandbox::without_repository();
    it.git(&[&["init", "-q", "-b", "main"], init].concat());
    it.commit_file("readme", "hello\n");
    it.ok(env!("CARGO_BIN_EXE_stanch"), &["install"]);
    it.git(&["add", "."]);
    it.git(&["commit", "-q", "-m", "guard"]);
    it
}

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
        let it = guarded(&[]);
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
            let it = guarded(init);
            hide(&it);
            ensure_blocked(&it.try_git(&["commit", "-m", "x"]), row);
        }
    }
}

#[test]
fn env_files_in_every_case_and_place_are_blocked() {
    for path in [".env", ".ENV", "sub/.Env", ".env.local", "prod.env", "x/.env.production"] {
        let it = guarded(&[]);
        it.write(".gitignore", "*.env\n.env*\n");
        it.write(path, "A=b\n");
        it.git(&["add", "-f", path]);
        ensure_blocked(&it.try_git(&["commit", "-m", "x"]), path);
    }
    let it = guarded(&[]);
    it.commit_file("settings", "A=b\nB=c\nC=d\n");
    it.git(&["mv", "settings", ".env"]);
    ensure_blocked(&it.try_git(&["commit", "-m", "x"]), "renamed");
}

#[test]
fn a_partial_commit_is_judged_by_the_baseline_it_commits() {
    let it = guarded(&[]);
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

/// Another kind of repository: made from a guarded one.
type Kind = (&'static str, fn(Sandbox) -> Sandbox);

const KINDS: [Kind; 6] = [
    ("split index", |it| {
        it.git(&["update-index", "--split-index"]);
        it
    }),
    ("index version 4", |it| {
        it.git(&["update-index", "--index-version", "4"]);
        it
    }),
    ("sparse index", |it| {
        it.commit_file("in/a", "a\n");
        it.commit_file("out/b", "b\n");
        it.git(&["sparse-checkout", "init", "--cone", "--sparse-index"]);
        it.git(&["sparse-checkout", "set", "in"]);
        it
    }),
    ("partial clone", |it| {
        it.git(&["config", "core.repositoryFormatVersion", "1"]);
        it.git(&["config", "extensions.partialClone", "origin"]);
        it.git(&["config", "remote.origin.url", "/nowhere"]);
        it
    }),
    ("an unknown checksum", |it| {
        it.git(&["config", "index.skipHash", "true"]);
        it.git(&["update-index", "--force-write-index"]);
        it
    }),
    ("a big index", |it| {
        it.write("a", "a\n");
        let oid = it.git(&["hash-object", "-w", "a"]);
        let line = |n| format!("100644 {} 0\tdir{}/file{n}\n", oid.trim(), n % 100);
        let entries: Vec<String> = (0..15_000).map(line).collect();
        it.write("../entries", entries.concat());
        it.ok("sh", &["-c", "git update-index --index-info < ../entries"]);
        it.git(&["commit", "-q", "--no-verify", "-m", "big"]);
        it
    }),
];

#[test]
fn every_kind_of_repository_is_guarded() {
    for (kind, make) in KINDS {
        let it = make(guarded(&[]));
        plant(&it);
        ensure_blocked(&it.try_git(&["commit", "-m", "x"]), kind);
        it.write("keys", "clean\n");
        it.git(&["add", "keys"]);
        let run = it.try_git(&["commit", "-q", "-m", "x"]);
        assert_eq!(run.code, 0, "{kind}: {run:?}");
        assert!(run.err.contains("no new secrets in 1 file"), "{kind}: {run:?}");
    }
}

#[test]
fn a_shallow_clone_and_a_folder_apart_are_guarded() {
    for clone in [&["--depth", "1"][..], &["--separate-git-dir", "../apart"]] {
        let it = guarded(&[]);
        let url = format!("file://{}", it.root().display());
        it.git(&[&["clone", "-q"], clone, &[&url, "../clone"]].concat());
        let script = format!(
            "cd ../clone && stanch install && echo {} > keys && git add keys && git commit -m x",
            token(1)
        );
        ensure_blocked(&it.run("sh", &["-c", &script]), clone[0]);
    }
}

#[test]
fn a_chained_hook_that_is_not_executable_blocks_nothing() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.write(".git/hooks/pre-commit", "exit 1\n");
    let mode = fs::metadata(it.root().join(".git/hooks/pre-commit")).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0);
    it.ok(env!("CARGO_BIN_EXE_stanch"), &["install"]);
    it.write("clean", "clean\n");
    it.git(&["add", "clean"]);
    assert_eq!(it.try_git(&["commit", "-m", "x"]).code, 0, "git ignored it before, too");
    plant(&it);
    ensure_blocked(&it.try_git(&["commit", "-m", "x"]), "not executable");
}
