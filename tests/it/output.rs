//! What every run prints: never a secret, always what was read.

use crate::support::{Sandbox, token};

#[test]
fn no_format_shows_the_canary() {
    let sandbox = Sandbox::without_repository();
    let canary = token(77);
    sandbox.write("a.txt", format!("key = {canary}\n"));
    for format in ["human", "jsonl", "sarif", "github"] {
        let run = sandbox.stanch(&["scan", "--format", format, "--reveal-fingerprints", "."]);
        assert_eq!(run.code, 1, "{format}: {run:?}");
        assert!(!run.all().contains(&canary[4..12]), "{format}: {run:?}");
    }
}
