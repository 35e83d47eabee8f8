//! Any bytes as a baseline: an error or a baseline that writes itself again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stanch::baseline::Baseline;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(baseline) = Baseline::parse(bytes, "fuzz") {
        let written = baseline.to_bytes();
        let again = Baseline::parse(&written, "fuzz").expect("what we write we can read");
        assert_eq!(again.to_bytes(), written);
    }
});
