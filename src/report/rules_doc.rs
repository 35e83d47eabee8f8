//! `docs/RULES.md`: the rules as a page for people. A pure function of the
//! table; a test keeps the committed page fresh.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{Detector, Rule};

const HEAD: &str = "<!-- Generated from rules/*.toml. After a change of rules: \
STANCH_UPDATE_DOCS=1 cargo test --lib rules_doc -->\n\
# Rules\n\n\
What stanch looks for. Each line is one rule of `rules/*.toml`; `stanch rules show ID` says the rest,\n\
its pattern too. *Found by* says what wakes a rule: the shape of the value itself, or the name of its\n\
owner before it. A failed *check* lowers confidence and is said; it never hides a finding.\n\
*Revoke* stands only where a document names the place.\n";

/// The issuer of what anybody can issue.
const ANY: &str = "generic";

/// The page for `rules`.
pub(crate) fn markdown<'r>(rules: impl Iterator<Item = &'r Rule>) -> String {
    let mut rules: Vec<&Rule> = rules.collect();
    rules.sort_by_key(|rule| (rule.provider == ANY, rule.provider.to_lowercase(), rule.id));
    let mut page = format!("{HEAD}\n{}", counts(&rules));
    for group in rules.chunk_by(|a, b| letter(a) == letter(b)) {
        let heading = letter(group[0]);
        write!(page, "\n## {heading}\n\n{TABLE}").expect("writing to a String");
        for rule in group {
            page.push_str(&line(rule));
        }
    }
    page
}

const TABLE: &str = "| issuer | rule | what it is | found by | check | severity | confidence | variables | revoke | source |\n\
|---|---|---|---|---|---|---|---|---|---|\n";

fn counts(rules: &[&Rule]) -> String {
    let issuers: BTreeSet<_> = rules.iter().map(|rule| rule.provider).collect();
    let shapes = rules.iter().filter(|rule| rule.detector == Detector::Pattern).count();
    let near = rules.iter().filter(|rule| rule.detector == Detector::Near).count();
    let checks = rules.iter().filter(|rule| rule.check.is_some()).count();
    format!(
        "{} rules for {} issuers: {shapes} know a value by its shape, {near} by its owner's name and \
         its shape,\n{checks} test it offline.\n",
        rules.len(),
        issuers.len(),
    )
}

/// The heading a rule stands under.
fn letter(rule: &Rule) -> String {
    match rule.provider.chars().next() {
        _ if rule.provider == ANY => "Any issuer".to_owned(),
        Some(first) if first.is_ascii_alphabetic() => first.to_ascii_uppercase().to_string(),
        Some(_) | None => "0 to 9".to_owned(),
    }
}

fn line(rule: &Rule) -> String {
    let cells = [
        text(rule.provider),
        code(rule.id),
        text(rule.description),
        found_by(rule),
        rule.check.map_or(String::new(), |check| code(&check.to_string())),
        rule.severity.to_string(),
        rule.confidence.to_string(),
        codes(rule.env),
        rule.revoke.map_or(String::new(), place),
        text(rule.source),
    ];
    format!("| {} |\n", cells.join(" | "))
}

fn found_by(rule: &Rule) -> String {
    match rule.detector {
        Detector::Pattern if rule.prefix.is_empty() => "its shape".to_owned(),
        Detector::Pattern => format!("{}…", code(rule.prefix)),
        Detector::Near => format!("near {}", codes(rule.keywords)),
        Detector::Assignment => "the name it is given to".to_owned(),
        Detector::Url => "its place in a URL".to_owned(),
        Detector::Armor => "its armor".to_owned(),
        Detector::Jwk => "its members".to_owned(),
        Detector::Path => "the path".to_owned(),
        Detector::LocalEnv => "your own env file".to_owned(),
        Detector::Exposure => "what the line does".to_owned(),
    }
}

/// A page as a link, a command as code.
fn place(revoke: &str) -> String {
    if revoke.starts_with("https://") { format!("<{revoke}>") } else { text(revoke) }
}

fn codes(words: &[&str]) -> String {
    words.iter().map(|word| code(word)).collect::<Vec<_>>().join(" ")
}

fn code(word: &str) -> String {
    format!("`{}`", word.replace('|', "\\|").replace('\n', " "))
}

fn text(words: &str) -> String {
    words.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a developer asks this test to write the page")]
    fn the_committed_page_shows_the_rules_of_today() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/RULES.md");
        let page = markdown(rules::builtin());
        if std::env::var_os("STANCH_UPDATE_DOCS").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            committed == page,
            "docs/RULES.md is stale: STANCH_UPDATE_DOCS=1 cargo test --lib rules_doc"
        );
    }

    #[test]
    fn each_rule_is_one_line_of_ten_cells() {
        let page = markdown(rules::builtin());
        for rule in rules::builtin() {
            let cell = format!("| `{}` |", rule.id);
            let mut lines = page.lines().filter(|line| line.contains(&cell));
            let line = lines.next().unwrap_or_else(|| panic!("no line for {}", rule.id));
            assert!(lines.next().is_none(), "two lines for {}", rule.id);
            assert_eq!(line.replace("\\|", "").matches('|').count(), 11, "{}", rule.id);
        }
    }
}
