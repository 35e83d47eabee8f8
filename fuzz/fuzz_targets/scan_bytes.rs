//! Any bytes under any name: never a panic, places inside the file.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use stanch::engine::Engine;
use stanch::model::{Blob, Origin, RepoPath};
use stanch::rules::RuleSet;

fuzz_target!(|input: (u8, &[u8])| {
    const NAMES: [&str; 8] =
        ["a.txt", "a.py", "a.yaml", "a.json", ".env", ".env.example", "id_rsa", "a.md"];
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::new(RuleSet::builtin()));
    let (name, bytes) = input;
    let path = RepoPath::new(NAMES[usize::from(name) % NAMES.len()].as_bytes());
    let blob = Blob { path, origin: Origin::Disk, bytes: bytes.to_vec() };
    for finding in engine.scan(&blob) {
        if let Some(place) = finding.place() {
            assert!(place.line >= 1 && place.column >= 1);
            assert!((place.line, place.column) <= (place.end_line, place.end_column));
            assert!(place.end_line <= bytes.len() + 1);
        }
    }
});
