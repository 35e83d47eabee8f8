//! Whether a rule finds what its examples say: used by the tests for the
//! built-in rules and by `stanch rules test` for a user's own.

use super::{Candidate, Scanner};
use crate::model::RepoPath;
use crate::rules::parse::RawRule;
use crate::rules::template;

/// How many expansions of each template are tried.
const SEEDS: u64 = 5;

/// What the examples of `rule` say against it: one sentence a failure. The
/// text of an example that failed is shown as its template, never expanded.
pub fn failures(scanner: &Scanner, rule: &RawRule) -> Vec<String> {
    let matches = rule.matches.iter().map(|template| (template, Wanted::One));
    let rejects = rule.rejects.iter().map(|template| (template, Wanted::None));
    matches
        .chain(rejects)
        .filter_map(|(template, wanted)| failure(scanner, rule, template, wanted))
        .collect()
}

/// What a rule shall find in an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    One,
    None,
}

fn failure(scanner: &Scanner, rule: &RawRule, example: &str, wanted: Wanted) -> Option<String> {
    let id = rule.id.get_ref();
    (0..SEEDS).find_map(|seed| {
        let text = match template::expand(example, seed) {
            Ok(text) => text,
            Err(why) => return Some(format!("rule `{id}`: {why}")),
        };
        let path = RepoPath::new(&b"text.txt"[..]);
        let found = scanner.candidates(text.as_bytes(), &path);
        let own = found.iter().filter(|candidate| candidate.rule.id == id).count();
        let right = match wanted {
            Wanted::None => own == 0,
            Wanted::One => own == 1 || (own == 0 && is_shared(scanner, id, &text, &found)),
        };
        let others: Vec<&str> =
            found.iter().map(|other| other.rule.id).filter(|other| *other != id).collect();
        (!right).then(|| {
            format!(
                "rule `{id}` finds {own} values in `{example}` (seed {seed}) and should find {}{}",
                if wanted == Wanted::One { "one" } else { "none" },
                if others.is_empty() {
                    String::new()
                } else {
                    format!("; others: {}", others.join(", "))
                }
            )
        })
    })
}

/// Whether the rule found exactly what another rule that names the issuer was
/// given: two may know one token.
fn is_shared(scanner: &Scanner, id: &str, text: &str, found: &[Candidate]) -> bool {
    let all = scanner.all_candidates(text.as_bytes(), &RepoPath::new(&b"text.txt"[..]));
    let mut spans: Vec<_> =
        all.iter().filter(|own| own.rule.id == id).map(|own| own.span).collect();
    spans.dedup();
    let is_same = |other: &Candidate| other.rule.provider != "generic" && spans == [other.span];
    found.iter().filter(|other| is_same(other)).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Detector;
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
                // What the path decides has its examples beside the code that reads it.
                let by_path = [Detector::Path, Detector::LocalEnv, Detector::Exposure];
                if !by_path.contains(&rule.detector)
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

    /// How people write a token, `$$`, and in which file.
    const PLACES: [(&str, &str); 17] = [
        ("a.txt", "$$"),
        ("a.sh", "export KEY=$$\n"),
        ("a.json", "{\"key\": \"$$\"}"),
        ("a.txt", "Authorization: Bearer $$"),
        ("a.txt", "https://api.acme.io/v1/items?key=$$&page=2"),
        ("a.py", "client = Client(\"$$\", timeout=3)\n"),
        ("a.yml", "key: $$ # for tests\n"),
        ("a.txt", "Use `$$`, or else."),
        ("a.txt", "The token is $$.\n"),
        ("a.log", r#""{\"key\":\"$$\"}""#),
        ("a.xml", "<key>$$</key>"),
        ("a.txt", "https://joe:$$@acme.io/x.git"),
        ("a.txt", "a=b%26key%3D$$%26c"),
        ("a.log", "\u{1b}[32mKEY=$$\u{1b}[0m"),
        ("a.log", "\u{1b}[38;5;208m$$\u{1b}[0m"),
        ("a.log", "\u{1b}[38;2;255;100;0m$$\u{1b}[0m"),
        ("a.json", r#"{"text": "KEY\n$$\n"}"#),
    ];

    /// Whether somebody finds exactly `value` in every place.
    fn misplaced<'v>(scanner: &'v Scanner, value: &'v str) -> impl Iterator<Item = &'v str> {
        // A URL inside of another is escaped itself.
        let is_url = value.contains("://");
        let places = PLACES.into_iter().filter(move |(_, place)| !is_url || !place.contains('%'));
        places.filter_map(move |(path, place)| {
            let text = place.replace("$$", value);
            let start = place.find("$$").expect("each place has one");
            let found = scanner.candidates(text.as_bytes(), &RepoPath::new(path.as_bytes()));
            let span = crate::model::Span::new(start, start + value.len());
            found.iter().all(|candidate| candidate.span != span).then_some(place)
        })
    }

    #[test]
    fn a_token_is_found_exactly_wherever_it_stands() {
        let scanner = Scanner::new(RuleSet::builtin());
        let path = RepoPath::new(&b"a.txt"[..]);
        let mut wrong = Vec::new();
        let rules = files().into_iter().flat_map(|(_, text)| parse::parse(&text).unwrap());
        let has_place = |rule: &RawRule| rule.pattern.contains("(?P<value>");
        for rule in rules.filter(|rule| rule.detector == Detector::Pattern && !has_place(rule)) {
            for example in &rule.matches {
                let text = template::expand(example, SEEDS).unwrap();
                let found = scanner.all_candidates(text.as_bytes(), &path);
                let own = found.iter().find(|found| found.rule.id == rule.id.get_ref()).unwrap();
                let value = String::from_utf8(own.value(text.as_bytes()).into_owned()).unwrap();
                let places: Vec<_> = misplaced(&scanner, &value).collect();
                if !places.is_empty() {
                    wrong.push(format!("{}: `{example}` in {places:?}", rule.id.get_ref()));
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
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
