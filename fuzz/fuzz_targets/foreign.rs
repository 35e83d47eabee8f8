//! Any bytes as a file of another tool: an error, or claims of which each is
//! accounted for, and a baseline that can be read again.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use stanch::baseline::import::{Foreign, import};
use stanch::baseline::{Baseline, Stamp};
use stanch::engine::Engine;
use stanch::model::{Blob, Finding, Origin, RepoPath};
use stanch::rules::RuleSet;

const FILE: &[u8] = b"password = \"correct horse battery\"\nkey = \"hunter2-hunter2\"\n";

fn head() -> &'static [Finding] {
    static HEAD: OnceLock<Vec<Finding>> = OnceLock::new();
    HEAD.get_or_init(|| {
        let path = RepoPath::new(&b"a.py"[..]);
        let blob = Blob { path, origin: Origin::Disk, bytes: FILE.to_vec() };
        Engine::new(RuleSet::builtin()).scan(&blob)
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(foreign) = Foreign::parse(bytes, "fuzz") else { return };
    let mut baseline = Baseline::empty();
    let content = |path: &RepoPath| (path.as_bytes() == b"a.py").then(|| FILE.to_vec());
    let imported = import(&mut baseline, &foreign, head(), (&Stamp::default(), &content))
        .expect("the system gives a salt");
    assert!(imported.gone.len() + imported.unmatched.len() <= foreign.claims.len());
    assert_eq!(baseline.entries().len(), imported.carried);
    let written = baseline.to_bytes();
    let again = Baseline::parse(&written, "fuzz").expect("what we write we can read");
    assert_eq!(again.to_bytes(), written);
});
