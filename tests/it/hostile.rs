//! An environment that means harm, or merely gets in the way: what git defines
//! is honoured, nothing else changes the answer, and the hook writes nothing.

#![allow(clippy::print_stderr, reason = "a test that cannot run says so")]

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::support::{STANCH, Sandbox, token};

/// A guarded repository with a token that is staged.
fn planted(init: &[&str]) -> Sandbox {
    let it = Sandbox::guarded(init);
    it.write("keys", format!("key = {}\n", token(1)));
    it.git(&["add", "keys"]);
    it
}

const VARIABLES: [(&str, &str); 27] = [
    ("GIT_EXTERNAL_DIFF", "true"),
    ("GIT_DIFF_OPTS", "-u0"),
    ("GIT_LITERAL_PATHSPECS", "0"),
    ("GIT_GLOB_PATHSPECS", "1"),
    ("GIT_NOGLOB_PATHSPECS", "1"),
    ("GIT_ICASE_PATHSPECS", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "0"),
    ("GIT_REPLACE_REF_BASE", "refs/heads/"),
    ("GIT_GRAFT_FILE", "/nowhere"),
    ("GIT_ATTR_SOURCE", "HEAD"),
    ("GIT_ATTR_NOSYSTEM", "0"),
    ("GIT_NAMESPACE", "elsewhere"),
    ("GIT_CEILING_DIRECTORIES", "/"),
    ("GIT_DISCOVERY_ACROSS_FILESYSTEM", "1"),
    ("GIT_DEFAULT_HASH", "sha256"),
    ("GIT_OPTIONAL_LOCKS", "1"),
    ("GIT_TRACE", "1"),
    ("GIT_TRACE2", "1"),
    ("GIT_FLUSH", "0"),
    ("GIT_PAGER", "true"),
    ("GIT_PREFIX", "sub/"),
    ("GIT_QUARANTINE_PATH", "/nowhere"),
    ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "/nowhere"),
    ("RUST_LOG", "trace"),
    ("RUST_BACKTRACE", "full"),
    ("LC_ALL", "tr_TR.UTF-8"),
    ("STANCH_SKIP", "1"),
];

#[test]
fn no_variable_opens_a_door() {
    for init in [&[][..], &["--object-format=sha256"]] {
        let mut it = planted(init);
        for (name, value) in VARIABLES {
            it = it.with_env(name, value);
            let run = it.stanch(&["hook", "pre-commit"]);
            assert_eq!(run.code, 1, "{name} {init:?}: {run:?}");
            assert!(run.err.contains("keys:1:7"), "{name} {init:?}: {run:?}");
            assert!(!run.all().contains(&token(1)[10..]), "{name}: {run:?}");
            it = it.without_env(name);
        }
    }
}

#[test]
fn a_variable_that_points_elsewhere_is_refused_by_name() {
    for init in [&[][..], &["--object-format=sha256"]] {
        for (name, value) in [
            ("GIT_DIR", "/nowhere"),
            ("GIT_INDEX_FILE", "/nowhere/index"),
            ("GIT_OBJECT_DIRECTORY", "/nowhere/objects"),
            ("GIT_COMMON_DIR", "/nowhere"),
            ("GIT_CONFIG_COUNT", "many"),
            ("GIT_CONFIG_PARAMETERS", "stanch.skip=yes"),
        ] {
            let it = planted(init).with_env(name, value);
            let run = it.stanch(&["hook", "pre-commit"]);
            assert_eq!(run.code, 2, "{name} {init:?}: {run:?}");
            assert!(!run.err.trim().is_empty(), "{name} {init:?}: {run:?}");
        }
    }
}

#[test]
fn nothing_of_a_session_is_needed() {
    for init in [&[][..], &["--object-format=sha256"]] {
        let it = planted(init);
        let mut command = it.command(STANCH);
        let path = std::env::var_os("PATH").unwrap();
        command.env_clear().env("PATH", path).args(["hook", "pre-commit"]);
        assert_eq!(command.output().unwrap().status.code(), Some(1), "{init:?}");
    }
    // Without git in PATH what libgit2 reads is read, and the rest is refused.
    let it = planted(&[]).with_env("PATH", "/nowhere");
    assert_eq!(it.stanch(&["hook", "pre-commit"]).code, 1);
    let it = planted(&["--object-format=sha256"]).with_env("PATH", "/nowhere");
    let run = it.stanch(&["hook", "pre-commit"]);
    assert!(run.code == 2 && run.err.contains("put it in PATH"), "{run:?}");
}

/// Everything below a folder with its times: also a temporary file that is gone
/// again leaves its mark on the folder.
fn times(folder: &Path) -> Vec<(PathBuf, i64, i64)> {
    let meta = fs::symlink_metadata(folder).unwrap();
    let mut all = vec![(folder.to_owned(), meta.mtime(), meta.mtime_nsec())];
    if meta.is_dir() {
        for entry in fs::read_dir(folder).unwrap() {
            all.extend(times(&entry.unwrap().path()));
        }
    }
    all.sort();
    all
}

#[test]
fn a_hook_writes_nothing() {
    for init in [&[][..], &["--object-format=sha256"]] {
        let it = planted(init);
        // Git would like to refresh the index of this.
        it.write("readme", "hello\n");
        let before = times(it.folder());
        for hook in ["pre-commit", "pre-merge-commit", "prepare-commit-msg", "pre-applypatch"] {
            it.stanch(&["hook", hook]);
            it.stanch(&["scan", "--staged"]);
            it.stanch(&["scan", "--history"]);
            assert_eq!(times(it.folder()), before, "{hook} {init:?}");
        }
    }
}

#[test]
fn a_repository_that_cannot_be_written_is_guarded() {
    let it = planted(&[]);
    let script = "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" && stanch hook pre-commit; \
                  code=$?; touch x 2>/dev/null && exit 9; exit $code";
    let run = it.run("unshare", &["-rm", "sh", "-c", script]);
    if run.code != 1 && !run.err.contains("stanch") {
        eprintln!("skipped: nothing can be mounted here: {}", run.err.trim());
        return;
    }
    assert!(run.code == 1 && run.err.contains("keys:1:7"), "{run:?}");
}

#[test]
fn what_is_said_to_ignore_a_file_ignores_it_whatever_its_name() {
    let names = ["!a.env", "#a.env", "a*b.env", "a?b.env", "[a].env", ".env.a  ", "a\\b.env"];
    for name in names.into_iter().chain([" a.env", "-a.env", "it's.env", "sub/!a#.env"]) {
        let it = Sandbox::guarded(&[]);
        it.write(name, "A=1\n");
        it.write("axxb.env", "B=1\n");
        it.git(&["--literal-pathspecs", "add", "-f", "--", name]);
        let run = it.try_git(&["commit", "-q", "-m", "x"]);
        assert_eq!(run.code, 1, "{run:?}");
        let way_out = run.err.lines().find(|line| line.contains("git rm --cached")).unwrap();
        it.ok("sh", &["-c", way_out]);
        let others = it.git(&["ls-files", "-z", "--others", "--exclude-standard"]);
        assert_eq!(others, ".gitignore\0axxb.env\0", "{name}: {way_out}");
    }
}
