//! The hook managers themselves, as their registries have them. Run by
//! `ci/packages.sh`, which puts them in PATH; a test that downloads is no test
//! of every build.

#![allow(clippy::print_stdout, reason = "the times are for who runs the script")]

use std::time::Instant;

use crate::support::{Run, Sandbox, token};

/// A hook manager that runs `sh format.sh` before a commit.
struct Manager {
    name: &'static str,
    /// Its configuration: a file and its text.
    config: (&'static str, &'static str),
    /// Puts its hooks into place.
    install: &'static str,
}

const PRE_COMMIT_CONFIG: &str = "\
repos:
- repo: local
  hooks:
  - id: format
    name: format
    entry: sh format.sh
    language: system
    pass_filenames: false
    always_run: true
";

/// Stages a token when there is one: a formatter let loose on the wrong file.
const FORMAT: &str = "[ ! -e ../key ] || { sleep 0.2; cat ../key > made; git add made; }\n";

const MANAGERS: [Manager; 4] = [
    Manager {
        name: "pre-commit",
        config: (".pre-commit-config.yaml", PRE_COMMIT_CONFIG),
        install: "pre-commit install",
    },
    Manager {
        name: "prek",
        config: (".pre-commit-config.yaml", PRE_COMMIT_CONFIG),
        install: "prek install",
    },
    Manager {
        name: "lefthook",
        config: (
            "lefthook.yml",
            "pre-commit:\n  parallel: true\n  jobs:\n    - name: format\n      run: sh format.sh\n",
        ),
        install: "lefthook install",
    },
    Manager {
        name: "husky",
        config: (".husky/pre-commit", "sh format.sh\n"),
        install: "cp -r \"$STANCH_NODE_MODULES\" . && node node_modules/husky/bin.js",
    },
];

fn sandbox(manager: &Manager) -> Sandbox {
    let it = Sandbox::new();
    let modules = std::env::var("STANCH_NODE_MODULES").unwrap_or_default();
    let it = it.with_env("STANCH_NODE_MODULES", &modules);
    it.write(".gitignore", "node_modules\n");
    it.write("package.json", "{}\n");
    it.write(manager.config.0, manager.config.1);
    it.write("format.sh", FORMAT);
    it.git(&["add", "."]);
    it.git(&["commit", "-q", "-m", "start"]);
    it
}

fn commit(it: &Sandbox, path: &str, content: &str) -> Run {
    it.write(path, content);
    it.git(&["add", path]);
    it.try_git(&["commit", "-m", path])
}

#[track_caller]
fn ensure_guarded(it: &Sandbox, name: &str) {
    let run = commit(it, "keys", &token(1));
    assert!(run.code != 0 && run.all().contains("keys:1:1"), "{name}: {run:?}");
    it.git(&["rm", "-q", "-f", "keys"]);
    let run = commit(it, "clean", "clean\n");
    assert_eq!(run.code, 0, "{name}: {run:?}");
    it.write("../key", token(2));
    let run = commit(it, "again", "clean\n");
    assert!(run.code != 0 && run.all().contains("made:1:1"), "{name}: {run:?}");
    std::fs::remove_file(it.folder().join("key")).unwrap();
    it.git(&["rm", "-q", "-f", "made"]);
}

#[test]
#[ignore = "downloads hook managers: ci/packages.sh"]
fn a_repository_with_a_manager_is_guarded() {
    for manager in MANAGERS {
        let it = sandbox(&manager);
        it.ok("sh", &["-c", manager.install]);
        let alone = milliseconds(&it, "1");
        it.ok("stanch", &["install"]);
        it.git(&["add", "-A"]);
        it.git(&["commit", "-q", "-m", "guard"]);
        ensure_guarded(&it, manager.name);
        let run = it.stanch(&["doctor", "--hooks"]);
        assert_eq!(run.code, 0, "{}: {run:?}", manager.name);
        let guarded = milliseconds(&it, "2");
        println!("{:12} commit {alone:6.0} ms alone, {guarded:6.0} ms with stanch", manager.name);
        it.ok("stanch", &["uninstall"]);
        assert_eq!(commit(&it, "keys", &token(1)).code, 0, "{}", manager.name);
    }
}

#[test]
#[ignore = "downloads hook managers: ci/packages.sh"]
fn a_manager_that_comes_later_is_told_of() {
    for manager in MANAGERS {
        let it = sandbox(&manager);
        it.ok("stanch", &["install"]);
        it.git(&["add", "-A"]);
        it.git(&["commit", "-q", "-m", "guard"]);
        it.ok("sh", &["-c", manager.install]);
        // pre-commit and prek run what was there; of lefthook's commits our
        // commit-msg reads what is staged; husky takes all doors away, which the
        // doctor says and a second install mends.
        let run = it.stanch(&["doctor", "--hooks"]);
        let kept = commit(&it, "keys", &token(1)).code != 0;
        assert!(kept || run.code == 1, "{}: {run:?}", manager.name);
        assert_eq!(kept, manager.name != "husky");
        it.git(&["rm", "-q", "-f", "keys"]);
        if !kept {
            it.git(&["commit", "-q", "--no-verify", "-m", "gone"]);
        }
        it.ok("stanch", &["install"]);
        it.git(&["add", "-A"]);
        it.git(&["commit", "-q", "--allow-empty", "-m", "guard again"]);
        ensure_guarded(&it, manager.name);
    }
}

/// The fastest of five commits.
fn milliseconds(it: &Sandbox, round: &str) -> f64 {
    let one = |n: i32| {
        let start = Instant::now();
        assert_eq!(commit(it, &format!("timed-{round}-{n}"), "clean\n").code, 0);
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..5).map(one).fold(f64::INFINITY, f64::min)
}
