//! Any bytes as a notebook: every text maps back into the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stanch::extract::{Document, layers};
use stanch::model::{Blob, Origin, RepoPath, Span};

fuzz_target!(|bytes: &[u8]| {
    let path = RepoPath::new(&b"a.ipynb"[..]);
    let blob = Blob { path, origin: Origin::Disk, bytes: bytes.to_vec() };
    let document = Document::of(&blob);
    for text in document.texts() {
        for at in 0..text.bytes.len() {
            let back = text.map.back(Span::new(at, at + 1));
            assert!(back.start <= back.end && back.end <= document.bytes().len());
        }
        for layer in layers(&text, &[]) {
            assert!(layer.run.end <= text.bytes.len());
        }
    }
});
