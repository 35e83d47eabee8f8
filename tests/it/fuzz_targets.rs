//! The fuzz targets in `fuzz/` compile against today's library and take their seeds.

use std::path::Path;

/// Takes the targets in as modules, of which each is a program of its own elsewhere.
macro_rules! targets {
    ($($name:ident = $path:literal),*) => {$(
        #[path = $path]
        #[allow(unused_attributes, reason = "only a program has no main")]
        mod $name;
    )*};
}

targets! {
    baseline = "../../fuzz/fuzz_targets/baseline.rs",
    foreign = "../../fuzz/fuzz_targets/foreign.rs",
    notebook = "../../fuzz/fuzz_targets/notebook.rs",
    scan_bytes = "../../fuzz/fuzz_targets/scan_bytes.rs"
}

/// What libfuzzer's macro of this name does, as a function that a test can call. It stands below the
/// targets, which import it.
#[macro_export]
macro_rules! fuzz_target {
    (|$input:ident: $kind:ty| $body:block) => {
        pub(super) fn run($input: $kind) {
            $body
        }
    };
}

#[test]
fn fuzz_targets_take_their_seeds() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (name, run) in [
        ("baseline", baseline::run as fn(&[u8])),
        ("foreign", foreign::run),
        ("notebook", notebook::run),
    ] {
        let folder = seeds.join(name).read_dir().unwrap();
        let files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        assert!(!files.is_empty(), "{name} has no seed");
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            run(&bytes);
            (0..8).for_each(|kind| scan_bytes::run((kind, &bytes)));
        }
    }
}
