//! Every kind of repository git can make: the same finding in each, and a
//! clear refusal where something cannot be read.

use std::fs;

use crate::support::{Run, STANCH, Sandbox, token};

/// Object names and refs as this git can store them; 2.45 was the first that
/// has a choice of refs.
fn formats() -> Vec<Vec<&'static str>> {
    let can = |init: &[&str]| {
        let try_it = [&["init", "-q"], init, &["../probe"]].concat();
        Sandbox::without_repository().try_git(&try_it).code == 0
    };
    let refs: &[&[&str]] = if can(&["--ref-format=reftable"]) {
        &[&["--ref-format=files"], &["--ref-format=reftable"]]
    } else {
        &[&[]]
    };
    let objects = ["--object-format=sha1", "--object-format=sha256"];
    objects
        .iter()
        .flat_map(|&kind| refs.iter().map(move |refs| [&[kind], *refs].concat()))
        .collect()
}

fn repository(init: &[&str]) -> Sandbox {
    let it = Sandbox::of_kind(init);
    it.git(&["config", "uploadpack.allowFilter", "true"]);
    it.commit_file("readme", "hello\n");
    it.commit_file("in/a", "a\n");
    it.commit_file("out/b", "b\n");
    it.stanch_ok(&["install"]);
    it.git(&["add", "."]);
    it.git(&["commit", "-q", "-m", "guard"]);
    it
}

/// Another of the same content: git starts twenty times for the first.
fn copy(of: &Sandbox) -> Sandbox {
    let it = Sandbox::without_repository();
    it.ok("cp", &["-a", &format!("{}/.", of.root().display()), "."]);
    it
}

fn clone(it: &Sandbox, how: &[&str]) -> &'static str {
    let url = format!("file://{}", it.root().display());
    let refs = it.try_git(&["rev-parse", "--show-ref-format"]);
    let refs = (refs.code == 0).then(|| format!("--ref-format={}", refs.out.trim()));
    let same: Vec<&str> = refs.iter().map(String::as_str).collect();
    it.git(&[&["clone", "-q"], how, &same, &[&url, "../clone"]].concat());
    // Where contents of HEAD are not here it makes no baseline and says so.
    it.run("sh", &["-c", "cd ../clone && stanch install"]);
    "../clone"
}

fn set(it: &Sandbox, key: &str, value: &str) {
    it.git(&["config", key, value]);
}

fn big_index(it: &Sandbox, entries: usize) {
    let oid = it.git(&["rev-parse", "HEAD:readme"]);
    let line = |n| format!("100644 {} 0\tdir{}/file{n}\n", oid.trim(), n % 1000);
    it.write("../entries", (0..entries).map(line).collect::<String>());
    it.ok("sh", &["-c", "git update-index --index-info < ../entries"]);
    it.git(&["commit", "-q", "--no-verify", "-m", "big"]);
}

/// Makes a repository one of a kind, and says in which folder to commit.
type Kind = (&'static str, fn(&Sandbox) -> &'static str);

const KINDS: [Kind; 12] = [
    ("normal", |_| "."),
    ("worktree", |it| {
        it.git(&["worktree", "add", "-q", "../tree"]);
        "../tree"
    }),
    ("submodule", |it| {
        it.git(&["clone", "-q", ".", "../module"]);
        let add =
            ["-c", "protocol.file.allow=always", "submodule", "add", "-q", "../module", "sub"];
        it.git(&add);
        it.stanch_ok(&["install", "--recurse-submodules"]);
        "sub"
    }),
    ("shallow clone", |it| clone(it, &["--depth", "1"])),
    ("partial clone", |it| clone(it, &["--filter=blob:none"])),
    ("partial clone by an extension", |it| {
        set(it, "core.repositoryFormatVersion", "1");
        set(it, "extensions.partialClone", "origin");
        set(it, "remote.origin.url", "/nowhere");
        "."
    }),
    ("folder apart", |it| clone(it, &["--separate-git-dir", "../apart"])),
    ("sparse index", |it| {
        it.git(&["sparse-checkout", "init", "--cone", "--sparse-index"]);
        it.git(&["sparse-checkout", "set", "in"]);
        "."
    }),
    ("split index", |it| {
        it.git(&["update-index", "--split-index"]);
        "."
    }),
    ("index version 4", |it| {
        it.git(&["update-index", "--index-version", "4"]);
        "."
    }),
    ("an index without checksum", |it| {
        set(it, "index.skipHash", "true");
        it.git(&["update-index", "--force-write-index"]);
        "."
    }),
    ("15,000 entries", |it| {
        big_index(it, 15_000);
        "."
    }),
];

#[track_caller]
fn ensure_guarded(it: &Sandbox, folder: &str, kind: &str) {
    let sh = |script: &str| it.run("sh", &["-c", &format!("cd {folder} && {script}")]);
    let plant = format!("echo key = {} > keys && git add keys && git commit -m x", token(1));
    let run = sh(&plant);
    assert_eq!(run.code, 1, "{kind}: {run:?}");
    assert!(run.err.contains("commit blocked") && run.err.contains("keys:1:7"), "{kind}: {run:?}");
    let run = sh("echo clean > keys && git add keys && git commit -q -m x");
    assert_eq!(run.code, 0, "{kind}: {run:?}");
    assert!(run.err.contains("no new secrets in 1 file"), "{kind}: {run:?}");
}

#[test]
fn every_kind_of_repository_is_guarded() {
    for init in formats() {
        let first = repository(&init);
        for (kind, make) in KINDS {
            let it = copy(&first);
            let folder = make(&it);
            ensure_guarded(&it, folder, &format!("{kind} {init:?}"));
        }
    }
}

#[test]
fn a_hundred_thousand_entries_are_guarded() {
    let formats = formats();
    for init in [&formats[0], formats.last().expect("two at least")] {
        let it = repository(init);
        big_index(&it, 100_000);
        ensure_guarded(&it, ".", &format!("100,000 entries {init:?}"));
    }
}

#[test]
fn a_bare_repository_refuses_what_is_pushed() {
    for init in formats() {
        let it = repository(&init);
        it.git(&[&["init", "-q", "--bare"], &init[..], &["../remote.git"]].concat());
        let hook = it.folder().join("remote.git/hooks/pre-receive");
        let program = STANCH;
        fs::write(&hook, format!("#!/bin/sh\nexec '{program}' hook pre-receive\n")).unwrap();
        it.ok("chmod", &["+x", hook.to_str().unwrap()]);
        it.git(&["push", "-q", "../remote.git", "main"]);
        it.commit_file("keys", &format!("key = {}\n", token(1)));
        let run = it.try_git(&["push", "-q", "--no-verify", "../remote.git", "main"]);
        assert!(run.code != 0 && run.err.contains("keys:1:7"), "{init:?}: {run:?}");
    }
}

/// A partial clone that has the trees, and of the contents none.
fn without_contents(it: &Sandbox) {
    it.commit_file("keys", &format!("one = {}\n", token(1)));
    it.commit_file("keys", &format!("one = {}\ntwo = {}\n", token(1), token(2)));
    clone(it, &["--filter=blob:none", "--no-checkout"]);
}

fn in_clone(it: &Sandbox, script: &str) -> Run {
    it.run("sh", &["-c", &format!("cd ../clone && {script}")])
}

#[test]
fn a_content_that_is_not_here_is_refused_and_never_passed_over() {
    for init in formats() {
        let it = repository(&init);
        without_contents(&it);
        let plant = format!("git reset -q; echo one = {} > keys && git add keys", token(1));
        assert_eq!(in_clone(&it, &plant).code, 0);
        // Whether the token is old is a question to a content that is not here.
        let run = in_clone(&it, "git commit -q -m x");
        assert!(run.code != 0 && run.err.contains("is not in this clone"), "{init:?}: {run:?}");
        let object = in_clone(&it, "git rev-parse HEAD:keys").out;
        let advice = format!("git cat-file -p {}", object.trim());
        assert!(run.err.contains(&advice), "{init:?}: {run:?}");
        assert_eq!(in_clone(&it, &advice).code, 0);
        let run = in_clone(&it, "git commit -q -m x");
        assert!(run.code == 0 && run.err.contains("1 already in HEAD"), "{init:?}: {run:?}");
    }
}

#[test]
fn a_history_with_contents_that_are_not_here_is_a_problem() {
    for init in formats() {
        let it = repository(&init);
        without_contents(&it);
        let run = in_clone(&it, "stanch scan --history --format jsonl");
        assert_eq!(run.code, 2, "{init:?}: {run:?}");
        let summary = run.summary();
        assert_eq!((&summary["files"], &summary["findings"]), (&0.into(), &0.into()), "{run:?}");
        // readme, in/a, out/b, two of keys, and what install brought.
        assert!(summary["problems"].as_u64().unwrap() >= 7, "{init:?}: {run:?}");
        let run = in_clone(&it, "stanch scan --history");
        let advice = "git fetch --refetch --no-filter";
        assert!(run.code == 2 && run.err.contains(advice), "{init:?}: {run:?}");
        assert_eq!(in_clone(&it, advice).code, 0);
        let run = in_clone(&it, "stanch scan --history --format jsonl");
        assert_eq!((run.code, run.findings().len()), (1, 2), "{init:?}: {run:?}");
        assert_eq!(run.summary()["problems"], 0);
    }
}

#[test]
fn a_clone_without_trees_is_a_problem_of_its_history() {
    let it = repository(&[]);
    clone(&it, &["--filter=tree:0", "--no-checkout"]);
    let run = in_clone(&it, "stanch scan --history");
    assert!(run.code == 2 && run.err.contains("a folder of commit"), "{run:?}");
}

#[test]
fn an_object_that_is_not_whole_is_refused_and_nothing_waits_for_the_rest() {
    let it = repository(&["--object-format=sha1"]);
    it.write("in/c", token(1));
    it.git(&["add", "in/c"]);
    refuses_damaged(&it, &["HEAD", "HEAD^{tree}", "HEAD:in", ":in/c"], ":");
    assert_eq!(it.stanch(&["hook", "pre-commit"]).code, 1);
}

#[test]
fn nor_is_one_that_is_borrowed_from_another_repository() {
    let it = repository(&["--object-format=sha1"]);
    it.git(&["clone", "-q", "-s", ".", "../near"]);
    it.git(&["clone", "-q", "-s", "../near", "../far"]);
    it.git(&["clone", "-q", ".", "../bare"]);
    let stage = format!("echo '{}' > in/c && git add in/c", token(1));
    for into in ["cd ../near", "cd ../far"] {
        assert_eq!(it.run("sh", &["-c", &format!("{into} && {stage}")]).code, 0);
        refuses_damaged(&it, &["HEAD", "HEAD^{tree}", "HEAD:in"], into);
    }
    let named = "export GIT_ALTERNATE_OBJECT_DIRECTORIES=$PWD/.git/objects && cd ../bare && \
                 rm -rf .git/objects/?? .git/objects/pack/*";
    assert_eq!(it.run("sh", &["-c", &format!("{named}; {stage}")]).code, 0);
    refuses_damaged(&it, &["HEAD", "HEAD^{tree}", "HEAD:in"], named);
}

/// Damages objects of the repository one by one and runs the hook where `into` leads.
fn refuses_damaged(it: &Sandbox, objects: &[&str], into: &str) {
    let hook = format!("{into} && timeout 60 stanch hook pre-commit");
    for object in objects {
        let name = it.git(&["rev-parse", object]);
        let file = it.root().join(".git/objects").join(&name[..2]).join(name[2..].trim());
        let whole = fs::read(&file).unwrap();
        for damaged in [&whole[..0], &whole[..whole.len() / 2], &whole[..whole.len() - 1]] {
            fs::remove_file(&file).unwrap();
            fs::write(&file, damaged).unwrap();
            let run = it.run("sh", &["-c", &hook]);
            let said = run.code == 2 && run.err.contains("git");
            assert!(said, "{object} {} {into}: {run:?}", damaged.len());
        }
        fs::remove_file(&file).unwrap();
        fs::write(&file, whole).unwrap();
    }
}
