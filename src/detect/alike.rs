//! Everything that a path says of the text behind it, to tell whether a text
//! reads the same under another one.

use super::exposure::is_dockerfile;
use super::language::Language;
use super::stage::{Stage, is_ci_file};
use crate::model::RepoPath;

/// Whether the same is found in a text under both paths, but for what its first
/// line says of the language, and for paths that must not be committed at all. In
/// tests a word of the path is no password, so every path reads by itself.
pub fn reads_alike(one: &RepoPath, other: &RepoPath) -> bool {
    one == other || said(one) == said(other) && Stage::of(one) != Stage::Rehearsal
}

fn said(path: &RepoPath) -> (Language, Stage, bool, bool) {
    (Language::of(path, b""), Stage::of(path), is_ci_file(path), is_dockerfile(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_say_the_same_read_alike_and_others_do_not() {
        let alike =
            |one: &str, other: &str| reads_alike(&RepoPath::new(one), &RepoPath::new(other));
        for (one, other) in [("a.py", "b/c.py"), ("a.py", "a.rs"), ("README", "docs/a.md")] {
            assert!(alike(one, other) && alike(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("a.py", "a.yml"),
            ("a.py", "tests/a.py"),
            ("tests/a.py", "tests/b.py"),
            ("CHANGES", "docs/CHANGES"),
            ("ci/a.yml", ".github/workflows/a.yml"),
            ("Makefile", "Dockerfile"),
            ("src/a.json", "src/locales/a.json"),
            ("a.json", "package-lock.json"),
        ] {
            assert!(!alike(one, other) && !alike(other, one), "{one} {other}");
        }
    }
}
