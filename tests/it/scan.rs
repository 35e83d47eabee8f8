//! `stanch scan` of files, folders and standard input.

use std::collections::HashSet;
use std::fs;

use crate::install::program;
use crate::support::{Run, Sandbox, token};

#[test]
fn a_token_in_a_folder_is_found_at_its_place() {
    let sandbox = Sandbox::without_repository();
    let token = token(1);
    sandbox.write("src/app.py", format!("import os\nkey = \"{token}\"\n"));
    sandbox.write("src/clean.py", "import os\n");
    let run = sandbox.stanch(&["scan", "--format", "jsonl", "."]);
    assert_eq!(run.code, 1, "{run:?}");
    let findings = run.findings();
    assert_eq!(findings.len(), 1);
    let finding = &findings[0];
    assert_eq!(finding["schema"], 1);
    assert_eq!(finding["path"], "src/app.py");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(2), Some(8)));
    assert_eq!(finding["end_column"].as_u64(), Some(8 + token.len() as u64));
    assert_eq!(finding["rule"], "github-personal-access-token");
    assert_eq!(finding["status"], "new");
    assert_eq!(finding["masked"], "ghp_…");
    assert_eq!(finding["id"].as_str().unwrap().len(), 12);
    assert_eq!(run.summary()["files"], 2);
    assert_eq!(run.summary()["findings"], 1);
    assert!(!run.all().contains(&token[4..]));
}

#[test]
fn standard_input_is_scanned() {
    let sandbox = Sandbox::without_repository();
    let input = format!("x {}\n", token(2));
    let run = sandbox.stanch_fed(&["scan", "--stdin", "--format", "jsonl"], input);
    assert_eq!((run.code, run.findings().len()), (1, 1), "{run:?}");
}

#[test]
fn an_empty_selection_is_never_clean() {
    let sandbox = Sandbox::without_repository();
    let empty = sandbox.stanch(&["scan", "."]);
    assert_eq!(empty.code, 2, "{empty:?}");
    let missing = sandbox.stanch(&["scan", "no-such-file"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.err.contains("no-such-file"), "{missing:?}");
    sandbox.ok("mkfifo", &["pipe"]);
    let pipe = sandbox.stanch(&["scan", "pipe"]);
    assert!(pipe.code == 2 && pipe.err.contains("no regular file"), "{pipe:?}");
}

#[cfg(unix)]
#[test]
fn names_that_could_move_the_cursor_are_escaped() {
    let sandbox = Sandbox::without_repository();
    sandbox.write("a\x1b[2Jb\nc.txt", token(3));
    let run = sandbox.stanch(&["scan", "."]);
    assert_eq!(run.code, 1);
    assert!(!run.all().contains('\x1b'), "{run:?}");
    assert!(run.err.contains("a\\u{1b}[2Jb\\nc.txt:1:1"), "{run:?}");
}

#[test]
fn a_value_of_a_local_env_file_is_found_where_it_is_committed() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitignore", ".env\n");
    sandbox.write(
        ".env",
        "# local\nSMTP_PASSWORD=tulip-harbor-42\nPORT=8080\nHOST=smtp.example.org\n",
    );
    sandbox.write("notes.md", "We log in with tulip-harbor-42 on port 8080 of smtp.example.org.\n");
    sandbox.git(&["add", "."]);
    let run = sandbox.stanch(&["scan", "--staged", "--format", "jsonl"]);
    let rules: Vec<String> = run.findings().iter().map(|f| f["rule"].to_string()).collect();
    assert_eq!(rules, ["\"local-env-value\""], "{run:?}");
    assert_eq!(run.code, 1);
}

#[test]
fn overlapping_paths_are_read_once() {
    let sandbox = Sandbox::new();
    sandbox.write("src/a.py", token(1));
    let run = sandbox.stanch(&["scan", "--format", "jsonl", ".", "src", "src/a.py", "./src/a.py"]);
    let summary = run.summary();
    assert_eq!((summary["files"].as_u64(), summary["findings"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn from_outside_a_path_is_judged_by_the_repository_that_holds_it() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("src/a.py", &token(1));
    let inside = sandbox.stanch(&["scan", "src", "--format", "jsonl"]);
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    let file = sandbox.root().join("src/a.py");
    for path in [sandbox.root(), sandbox.root().join("src"), file] {
        let run = sandbox.stanch_in("/", &["scan", "--format", "jsonl", path.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{run:?}");
        let finding = &run.findings()[0];
        assert_eq!(finding["path"], "src/a.py");
        assert_eq!(finding["id"], inside.findings()[0]["id"]);
        assert_eq!(finding["status"], "known");
    }
}

#[test]
fn outside_of_a_repository_git_is_asked_once_for_each_folder() {
    let sandbox = Sandbox::without_repository();
    sandbox.write("a.py", token(1));
    sandbox.write("sub/b.py", token(2));
    let log = sandbox.folder().join("log");
    let script = format!("#!/bin/sh\necho >> '{}'\nexit 128\n", log.display());
    program(&sandbox.folder().join("bin/git"), &script);
    let path = sandbox.folder().join("bin").display().to_string();
    let sandbox = sandbox.with_env("PATH", &format!("{path}:/usr/bin:/bin"));
    // To ask is to start git twice, side by side.
    for (path, starts) in [(".", 2), ("a.py", 2), ("..", 2), ("sub", 4)] {
        let run = sandbox.stanch(&["scan", path]);
        assert_eq!(run.code, 1, "{run:?}");
        assert_eq!(fs::read_to_string(&log).unwrap().len(), starts, "{path}");
        fs::remove_file(&log).unwrap();
    }
}

#[test]
fn a_bare_repository_is_judged_by_its_own_baseline() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", &token(1));
    sandbox.stanch(&["baseline", "create"]);
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "baseline"]);
    sandbox.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let run = sandbox.stanch_in("../bare.git", &["scan", "--format", "jsonl"]);
    assert_eq!((run.code, &run.findings()[0]["status"]), (0, &"known".into()), "{run:?}");
}

#[test]
fn a_range_of_three_dots_is_refused_with_the_form_it_has() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", "nothing\n");
    for range in ["HEAD...HEAD", "...", "HEAD", ""] {
        let run = sandbox.stanch(&["scan", "--range", range]);
        assert_eq!(run.code, 2, "{range}: {run:?}");
        assert!(run.err.contains("a range is `A..B`"), "{range}: {run:?}");
    }
}

#[test]
fn data_ends_with_a_summary_also_when_nothing_could_be_judged() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", &token(1));
    sandbox.write(".secrets.baseline", "{");
    for command in [&["scan"][..], &["scan", "a.py"], &["scan", "--history"]] {
        let run = sandbox.stanch(&[command, &["--format", "jsonl"]].concat());
        assert_eq!((run.code, &run.summary()["problems"]), (2, &1.into()), "{run:?}");
        assert!(run.out.contains(".secrets.baseline:1:") && run.err.contains("ends in the middle"));
        let run = sandbox.stanch(&[command, &["--format", "sarif"]].concat());
        let sarif: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let invocation = &sarif["runs"][0]["invocations"][0];
        assert_eq!((run.code, &invocation["executionSuccessful"]), (2, &false.into()));
    }
    let run = sandbox.stanch(&["scan", "a.py", "--fail-on", "unused", "--format", "jsonl"]);
    assert!(run.code == 2 && run.out.is_empty(), "{run:?}");
}

#[test]
fn an_option_that_would_do_nothing_is_refused() {
    let it = Sandbox::new();
    it.commit_file("a.txt", "nothing\n");
    let since = ["--since", "2020-01-01"];
    for selection in [&["--staged"][..], &["--range", "HEAD..HEAD"], &["--stdin"], &["a.txt"], &[]]
    {
        let run = it.stanch(&[&["scan"], selection, &since].concat());
        assert!(run.code == 2 && run.err.contains("--since"), "{selection:?}: {run:?}");
    }
}

#[test]
fn what_fails_a_run_is_said() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", &token(1));
    sandbox.stanch(&["baseline", "create"]);
    assert_eq!(sandbox.stanch(&["scan"]).code, 0);
    let run = sandbox.stanch(&["scan", "--fail-on", "new,unaudited"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("1 unaudited") && run.err.contains("stanch audit"), "{run:?}");
}

/// A reader that has gone away has seen enough; a full disk has lost data.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", "nothing\n");
    for command in
        ["scan --format jsonl", "scan --format sarif", "audit --report", "rules list", "man"]
    {
        let full = sandbox.run("sh", &["-c", &format!("stanch {command} >/dev/full")]);
        assert_eq!(full.code, 2, "{command}: {full:?}");
        assert!(full.err.contains("standard output"), "{command}: {full:?}");
        let gone = format!("(sleep 0.3; stanch {command}; echo $? >&2) | true");
        let gone = sandbox.run("sh", &["-c", &gone]);
        assert_eq!(gone.err.lines().last(), Some("0"), "{command}: {gone:?}");
    }
}

/// Paths are those of the repository, wherever the scan starts and whichever
/// reader knows the index: libgit2 or, for a split one or SHA-256, git.
#[test]
fn from_a_subfolder_everything_is_read() {
    for init in [&[][..], &["--object-format=sha256"]] {
        let sandbox = Sandbox::of_kind(init);
        sandbox.commit_file("a.py", &token(1));
        sandbox.commit_file("sub/b.py", &token(2));
        for split in [&["--no-split-index"], &["--split-index"]] {
            sandbox.git(&[&["update-index"][..], split].concat());
            // Of a split index, the file itself then holds this entry alone.
            sandbox.write("c.py", format!("{split:?}\n"));
            sandbox.git(&["-c", "splitIndex.maxPercentChange=100", "add", "c.py"]);
            let run = sandbox.stanch_in("sub", &["scan", "--format", "jsonl"]);
            assert_eq!(paths(&run), ["a.py", "sub/b.py"], "{init:?} {split:?}");
        }
        sandbox.stanch_ok(&["baseline", "create"]);
        assert_eq!(sandbox.stanch_in("sub", &["baseline", "check"]).code, 0, "{init:?}");
    }
}

#[test]
fn a_repository_that_variables_name_from_a_subfolder_is_read_whole() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", token(1));
    sandbox.write("sub/b.py", token(2));
    // Git alone knows that it is tracked all the same.
    sandbox.write(".gitignore", "c.py\n");
    sandbox.write("c.py", token(3));
    sandbox.git(&["add", "-f", "c.py"]);
    let sandbox = sandbox.with_env("GIT_DIR", "../.git").with_env("GIT_WORK_TREE", "..");
    let run = sandbox.stanch_in("sub", &["scan", "..", "--format", "jsonl"]);
    assert_eq!(paths(&run), ["a.py", "c.py", "sub/b.py"]);
}

#[test]
fn an_index_that_a_variable_names_is_looked_for_from_the_root() {
    let sandbox = Sandbox::new();
    sandbox.write("sub/b.py", token(1));
    sandbox.git(&["add", "."]);
    sandbox.ok("mv", &[".git/index", ".git/other"]);
    let sandbox = sandbox.with_env("GIT_INDEX_FILE", ".git/other");
    let run = sandbox.stanch_in("sub", &["scan", "--staged", "--format", "jsonl"]);
    assert_eq!(paths(&run), ["sub/b.py"]);
    // Before the first commit there may be none yet.
    let sandbox = sandbox.without_env("GIT_INDEX_FILE").with_env("GIT_INDEX_FILE", ".git/none");
    assert_eq!(sandbox.stanch(&["hook", "pre-commit"]).code, 0);
}

#[test]
fn what_lies_in_a_nested_repository_has_the_path_it_has_there() {
    let sandbox = Sandbox::new();
    sandbox.write("module/in.py", token(1));
    sandbox.ok("sh", &["-c", "cd module && git init -q && git add . && git commit -q -m in"]);
    sandbox.write("nested/in.py", token(2));
    sandbox.git(&["init", "-q", "nested"]);
    sandbox.git(&["-c", "advice.addEmbeddedRepo=false", "add", "module"]);
    sandbox.commit_file("changed", "a file\n");
    fs::remove_file(sandbox.root().join("changed")).unwrap();
    sandbox.write("changed/in.py", token(3));
    let run = sandbox.stanch(&["scan", ".", "--format", "jsonl"]);
    assert_eq!(paths(&run), ["changed/in.py", "module/in.py", "nested/in.py"]);
    let tracked = sandbox.stanch(&["scan", "--format", "jsonl"]);
    assert_eq!(tracked.findings().len(), 0, "none of it is tracked: {tracked:?}");
}

#[cfg(unix)]
#[test]
fn of_a_folder_links_are_read_and_what_git_keeps_is_not() {
    let sandbox = Sandbox::without_repository();
    sandbox.write("sub/.git/hidden", token(1));
    std::os::unix::fs::symlink(token(2), sandbox.root().join("sub/link")).unwrap();
    let run = sandbox.stanch(&["scan", ".", "--format", "jsonl"]);
    assert_eq!(paths(&run), ["sub/link"]);
}

#[test]
fn files_of_one_name_in_two_folders_are_told_apart() {
    let outside = Sandbox::without_repository();
    outside.write("a/x.py", token(1));
    outside.write("b/c/x.py", token(1));
    let of = |args: &[&str]| {
        let run = outside.stanch(&[&["scan", "--format", "jsonl"], args].concat());
        let ids: HashSet<_> = run.findings().iter().map(|it| it["id"].to_string()).collect();
        assert_eq!(ids.len(), 2, "{run:?}");
        paths(&run)
    };
    assert_eq!(of(&["."]), ["a/x.py", "b/c/x.py"]);
    assert_eq!(of(&["a", "b"]), ["a/x.py", "b/c/x.py"]);
    assert_eq!(of(&["./a/x.py", "b/c"]), ["a/x.py", "b/c/x.py"]);
    assert_eq!(of(&[".", "a", "./b/c/x.py"]), ["a/x.py", "b/c/x.py"]);
}

#[cfg(unix)]
#[test]
fn what_is_named_is_read_though_it_is_ignored_and_a_link_is_its_target() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitignore", "out/\n");
    sandbox.write("out/a.py", token(1));
    std::os::unix::fs::symlink("out/a.py", sandbox.root().join("link")).unwrap();
    let scan = |path| sandbox.stanch(&["scan", path, "--format", "jsonl"]);
    assert_eq!(paths(&scan("out")), ["out/a.py"]);
    let link = scan("link");
    assert_eq!((link.code, link.findings().len()), (0, 0), "{link:?}");
}

#[test]
fn only_of_an_env_file_that_head_holds_the_history_is_said_to_keep_it() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("old/.env", "DB_PASSWORD=correct4horse7staple\n");
    sandbox.commit_file("a.txt", "hello\n");
    sandbox.write("a.txt", token(1));
    sandbox.git(&["add", "a.txt"]);
    for path in ["old/.env", "new/.env"] {
        sandbox.write(path, "DB_PASSWORD=another4horse7staple\n");
        sandbox.git(&["add", "-f", path]);
    }
    let run = sandbox.stanch(&["scan", "--staged"]);
    assert!(run.err.contains("old/.env was tracked before"), "{run:?}");
    for other in ["new/.env was tracked before", "a.txt was tracked before"] {
        assert!(!run.err.contains(other), "{run:?}");
    }
}

#[test]
fn a_content_that_comes_back_in_a_range_is_read_once() {
    let sandbox = Sandbox::new();
    for content in ["first\n", &token(1), "gone\n", &token(1)] {
        sandbox.commit_file("a.py", content);
    }
    let run = sandbox.stanch(&["scan", "--range", "HEAD~3..HEAD", "--format", "jsonl"]);
    assert_eq!(paths(&run), ["a.py"]);
    assert_eq!(run.summary()["files"], 2);
}

/// The paths of the findings, sorted.
#[track_caller]
fn paths(run: &Run) -> Vec<String> {
    assert_eq!(run.code, 1, "{run:?}");
    let path = |finding: &serde_json::Value| finding["path"].as_str().unwrap().to_owned();
    let mut paths: Vec<String> = run.findings().iter().map(path).collect();
    paths.sort();
    paths
}
