//! Whether a rule finds what its examples say: used by the tests for the
//! built-in rules and by `stanch rules test` for a user's own.

use super::Scanner;
use crate::model::RepoPath;
use crate::rules::parse::RawRule;
use crate::rules::template;

/// How many expansions of each template are tried.
const SEEDS: u64 = 5;

/// What the examples of `rule` say against it: one sentence a failure. The
/// text of an example that failed is shown as its template, never expanded.
pub fn failures(scanner: &Scanner, rule: &RawRule) -> Vec<String> {
    let id = rule.id.get_ref();
    let mut failures = Vec::new();
    let examples = rule.matches.iter().map(|t| (t, 1)).chain(rule.rejects.iter().map(|t| (t, 0)));
    for (example, wanted) in examples {
        for seed in 0..SEEDS {
            let text = match template::expand(example, seed) {
                Ok(text) => text,
                Err(why) => {
                    failures.push(format!("rule `{id}`: {why}"));
                    break;
                }
            };
            let found = scanner.candidates(text.as_bytes(), &RepoPath::new(&b"example.txt"[..]));
            let own = found.iter().filter(|candidate| candidate.rule.id == id).count();
            if own != wanted {
                let others: Vec<&str> = found
                    .iter()
                    .map(|candidate| candidate.rule.id)
                    .filter(|other| other != id)
                    .collect();
                failures.push(format!(
                    "rule `{id}` found {own} in `{example}` (seed {seed}), not {wanted}; other rules: [{}]",
                    others.join(", ")
                ));
                break;
            }
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{RuleSet, parse};

    fn files() -> Vec<(String, String)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
            .collect();
        files.sort();
        files
    }

    #[test]
    fn every_rule_finds_its_examples_and_nothing_in_its_counterexamples() {
        let scanner = Scanner::new(RuleSet::builtin());
        let mut problems = Vec::new();
        for (file, text) in files() {
            for rule in parse::parse(&text).unwrap_or_else(|why| panic!("{file}: {why:?}")) {
                if rule.detector != crate::model::Detector::Path
                    && (rule.matches.len() < 2 || rule.rejects.len() < 2)
                {
                    problems.push(format!(
                        "{file}: rule `{}` needs two of each example",
                        rule.id.get_ref()
                    ));
                }
                problems.extend(failures(&scanner, &rule));
            }
        }
        assert!(problems.is_empty(), "{} failures:\n{}", problems.len(), problems.join("\n"));
    }

    #[test]
    fn every_builtin_shape_can_be_read() {
        for rule in crate::rules::builtin() {
            for shape in rule.shapes {
                crate::rules::Shape::parse(shape)
                    .unwrap_or_else(|why| panic!("{}: {why}", rule.id));
            }
        }
    }

    #[test]
    fn every_builtin_pattern_compiles() {
        for rule in crate::rules::builtin() {
            if !rule.pattern.is_empty() {
                super::super::Patterns::validate(rule.pattern)
                    .unwrap_or_else(|why| panic!("{}: {}", rule.id, why.0));
            }
        }
    }
}
