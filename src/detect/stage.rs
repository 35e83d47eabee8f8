//! Whether a file is a rehearsal: tests and what they read.

use crate::model::RepoPath;

/// What the code in a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It runs, is deployed or documents: whatever is no test.
    Live,
    /// It is a test or what a test reads.
    Rehearsal,
}

/// Words of the folders and files of tests.
const TESTS: &[&[u8]] = &[
    b"e2e",
    b"fixture",
    b"fixtures",
    b"mock",
    b"mocks",
    b"spec",
    b"specs",
    b"test",
    b"testdata",
    b"testing",
    b"tests",
];

impl Stage {
    /// By the words of the path.
    pub(super) fn of(path: &RepoPath) -> Self {
        let mut words = path.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
        let is_test = |word: &[u8]| {
            TESTS.binary_search(&word.to_ascii_lowercase().as_slice()).is_ok()
                // `UserTests.java`
                || [&b"Test"[..], b"Tests", b"Spec"].iter().any(|end| word.ends_with(end))
        };
        if words.any(is_test) { Self::Rehearsal } else { Self::Live }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_by_their_paths() {
        for path in ["a/test/b.py", "src/b_test.go", "a/UserTests.java", "x.spec.ts", "e2e/a.ts"] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Rehearsal, "{path}");
        }
        for path in ["src/latest.py", "contest/a.rb", "docs/a.md", "attestation.go"] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Live, "{path}");
        }
        assert!(TESTS.is_sorted());
    }
}
