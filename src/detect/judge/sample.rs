//! Values that a schema shows: what stands under a member called `example` in YAML
//! or JSON, and literals in the text under a `description` (`OpenAPI` 3.1, 4.8.10,
//! 4.8.24 and "Rich Text Formatting"; JSON Schema Validation, 9.1 and 9.5).

use std::cell::OnceCell;

use crate::detect::Candidate;
use crate::detect::language::Language;
use crate::model::{Detector, RepoPath};

/// How far back the members around a value are looked for.
const REACH: usize = 4_096;
/// The members under which examples stand.
const NAMES: [&[u8]; 4] = [b"example", b"examples", b"x-example", b"x-examples"];

/// What schemas and descriptions of interfaces hold, and settings do not: a project may
/// be called `example`, too.
const SCHEMA: [&[u8]; 6] =
    [b"openapi", b"swagger", b"$schema", b"$ref", b"properties:", b"\"properties\""];

/// A text that may be a schema.
pub(super) struct Schema<'t> {
    text: &'t [u8],
    has_members: bool,
    describes: OnceCell<bool>,
}

impl<'t> Schema<'t> {
    pub(super) fn of(text: &'t [u8], path: &RepoPath) -> Self {
        let has_members = matches!(Language::of(path, text), Language::Yaml | Language::Json);
        Self { text, has_members, describes: OnceCell::new() }
    }

    /// Whether it describes an interface, or what members there may be, and shows this value.
    pub(super) fn shows(&self, candidate: &Candidate) -> bool {
        let holds = |word: &&[u8]| memchr::memmem::find(self.text, word).is_some();
        self.has_members
            && matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
            && is_shown(self.text, candidate.span.start)
            && *self.describes.get_or_init(|| SCHEMA.iter().any(holds))
    }
}

/// Whether a member called `example` holds what stands at `at`, or a description
/// of several lines the literal there, by the indentation of the lines before it.
fn is_shown(text: &[u8], at: usize) -> bool {
    let is_literal = text[..at].last().is_some_and(|b| b"\"'`".contains(b));
    let mut depth = usize::MAX;
    for line in text[at.saturating_sub(REACH)..at].rsplit(|&b| b == b'\n') {
        let Some(level) = level(line).filter(|level| *level < depth) else { continue };
        let name = member(line);
        let is_described = depth < usize::MAX && is_literal && name == b"description";
        if NAMES.contains(&name) || is_described {
            return true;
        }
        depth = level;
        if depth == 0 {
            break;
        }
    }
    false
}

/// How deep a line stands; an item of a list may stand below its list's name.
fn level(line: &[u8]) -> Option<usize> {
    let indent = line.iter().position(|b| !b.is_ascii_whitespace())?;
    Some(2 * indent + usize::from(line[indent..].starts_with(b"- ")))
}

/// The name of the member that a line begins, without its quotes.
fn member(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"- ").unwrap_or(line).trim_ascii_start();
    let name = memchr::memchr(b':', line).map_or(&[][..], |colon| &line[..colon]);
    name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_held(text: &str) -> bool {
        is_shown(text.as_bytes(), text.find("VALUE").unwrap())
    }

    #[test]
    fn an_example_is_told_by_the_members_around_it() {
        for text in [
            "a:\n  example:\n    user: joe\n    password: VALUE\n",
            "a:\n  examples:\n  - user: joe\n    password: VALUE\n",
            "a:\n  example:\n    list:\n      - password: VALUE\n",
            "{\n  \"example\": {\n    \"user\": 1,\n\n    \"password\": \"VALUE\"\n  }\n}",
            "  example: { \"password\": \"VALUE\" }\n",
            "a:\n  description: |\n    See:\n\n    ```\n    {\n      \"password\": \"VALUE\"\n",
        ] {
            assert!(is_held(text), "{text}");
        }
        for text in [
            "a:\n  example:\n    user: joe\n  password: VALUE\n",
            "example:\n  user: joe\npassword: VALUE\n",
            "an_example:\n  password: VALUE\n",
            "password: VALUE",
            "a:\n  description: \"password: 'VALUE'\"\n",
            "a:\n  description: |\n    The password: VALUE\n",
        ] {
            assert!(!is_held(text), "{text}");
        }
    }
}
