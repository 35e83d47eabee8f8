//! One known secret through every command and format: no output, no file that
//! stanch writes and no temporary file holds any of it.

use std::fs;
use std::path::Path;

use crate::support::{Sandbox, token};

/// Every command that could show something, in an order that gives each work to do.
const COMMANDS: &[&[&str]] = &[
    &["install"],
    &["scan"],
    &["scan", "--format", "jsonl", "--reveal-fingerprints"],
    &["scan", "--format", "sarif"],
    &["scan", "--format", "github"],
    &["scan", "--staged"],
    &["scan", "--staged", "--no-baseline", "--no-allow"],
    &["scan", "--history"],
    &["scan", "--range", "HEAD~1..HEAD"],
    &["scan", "no-such-file"],
    &["hook", "pre-commit"],
    &["hook", "pre-merge-commit"],
    &["audit", "--list"],
    &["audit", "--list", "--format", "jsonl"],
    &["audit", "--stats"],
    &["audit", "--report"],
    &["audit", "--accept", "ID", "--verdict", "test-value", "--reason", "a test"],
    &["explain", "ID"],
    &["baseline", "create"],
    &["baseline", "update"],
    &["baseline", "check"],
    &["baseline", "prune"],
    &["baseline", "diff", "HEAD"],
    &["baseline", "resolve"],
    &["doctor"],
    &["doctor", "--format", "json"],
    &["doctor", "--hooks"],
    &["audit", "--list", "--format", "sarif"],
    &["audit", "--list", "--format", "github"],
    &["redact", "--stats", "committed.py"],
    &["rules", "test", "committed.py"],
    &["uninstall"],
];

#[test]
fn the_canary_comes_out_nowhere() {
    let sandbox = Sandbox::new().with_env("RUST_BACKTRACE", "full");
    let canaries = [token(77), token(78), "harbor-Tulip-77".to_owned()];
    sandbox.commit_file("first.txt", "nothing\n");
    sandbox.commit_file(
        "committed.py",
        &format!("a = '{}'\npassword = '{}'\n", canaries[0], canaries[2]),
    );
    sandbox.write("staged.py", format!("b = '{}'\n", canaries[1]));
    sandbox.git(&["add", "staged.py"]);
    let planted = ["committed.py", "staged.py"];
    for command in COMMANDS {
        let found = sandbox.stanch(&["scan", "--staged", "--no-baseline", "--format", "jsonl"]);
        let id = found.findings()[0]["id"].as_str().unwrap().to_owned();
        let args: Vec<&str> =
            command.iter().map(|&arg| if arg == "ID" { &id } else { arg }).collect();
        let run = sandbox.stanch(&args);
        assert!((0..=2).contains(&run.code), "{args:?}: {run:?}");
        for canary in &canaries {
            let part = &canary.as_bytes()[canary.len() - 8..];
            assert!(!holds(run.all().as_bytes(), part), "{args:?}: {run:?}");
            ensure_absent(sandbox.folder(), part, &planted);
        }
    }
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

fn ensure_absent(folder: &Path, part: &[u8], planted: &[&str]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            ensure_absent(&path, part, planted);
        } else if path.is_file() && !planted.contains(&name.as_str()) {
            assert!(!holds(&fs::read(&path).unwrap(), part), "{}", path.display());
        }
    }
}
