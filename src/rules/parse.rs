//! `rules/*.toml` and the rules of `.stanch.toml`: one form, one parser.
//! The build script compiles this file too, so it names nothing but `model`
//! types and serde. It does not compile patterns; a test and `stanch rules
//! test` do.

use serde::Deserialize;
use toml::Spanned;

use crate::model::{Bounds, Check, Confidence, Detector, Severity};

#[allow(missing_docs, reason = "each field is documented on Rule, under the same name")]
/// A rule as it is written. The fields are those of [`crate::model::Rule`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    pub id: Spanned<String>,
    #[serde(default = "generic")]
    pub provider: String,
    pub description: String,
    #[serde(default = "pattern_detector")]
    pub detector: Detector,
    #[serde(default)]
    pub keywords: Vec<String>,
    #[serde(default)]
    pub pattern: String,
    #[serde(default = "word_bounds")]
    pub bounds: Bounds,
    #[serde(default)]
    pub check: Option<Check>,
    #[serde(default)]
    pub min_entropy: f32,
    #[serde(default = "high_severity")]
    pub severity: Severity,
    #[serde(default = "medium_confidence")]
    pub confidence: Confidence,
    #[serde(default)]
    pub weak: bool,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub env: Vec<String>,
    #[serde(default)]
    pub revoke: Option<String>,
    #[serde(default)]
    pub source: String,
    /// Templates of texts in which the rule finds exactly one value.
    #[serde(default)]
    pub matches: Vec<String>,
    /// Templates of texts in which it finds none.
    #[serde(default)]
    pub rejects: Vec<String>,
}

/// A file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// The rules.
    #[serde(default)]
    pub rule: Vec<RawRule>,
}

/// What is wrong with a rule, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleProblem {
    /// Byte offset in the file.
    pub offset: usize,
    /// What is wrong.
    pub why: String,
}

/// Reads a file of rules and reports every problem at once.
pub fn parse(text: &str) -> Result<Vec<RawRule>, Vec<RuleProblem>> {
    let file: RuleFile = toml::from_str(text).map_err(|error| {
        vec![RuleProblem {
            offset: error.span().map_or(0, |span| span.start),
            why: error.message().to_owned(),
        }]
    })?;
    let problems = problems(&file.rule);
    if problems.is_empty() { Ok(file.rule) } else { Err(problems) }
}

/// Everything that is wrong with `rules` and can be seen without compiling a pattern.
pub fn problems(rules: &[RawRule]) -> Vec<RuleProblem> {
    let mut found = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let id = rule.id.get_ref();
        let mut say = |why: String| {
            found.push(RuleProblem {
                offset: rule.id.span().start,
                why: format!("rule `{id}`: {why}"),
            });
        };
        if !is_id(id) {
            say("an id is lower-case words of letters and digits joined by `-`".into());
        }
        if rules[..at].iter().any(|other| other.id.get_ref() == id) {
            say("this id is taken by a rule above".into());
        }
        let has_pattern = matches!(rule.detector, Detector::Pattern | Detector::Near);
        if has_pattern == rule.pattern.is_empty() {
            say("detectors `pattern` and `near` need a `pattern`, the others have none".into());
        }
        if has_pattern && rule.keywords.is_empty() {
            say("needs `keywords`: without one it would have to be tried everywhere".into());
        }
        for keyword in &rule.keywords {
            if !keyword.is_ascii() || keyword.len() < 3 {
                say(format!("keyword `{keyword}` must be at least three ASCII characters"));
            }
        }
    }
    found
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

fn generic() -> String {
    "generic".into()
}

fn pattern_detector() -> Detector {
    Detector::Pattern
}

fn word_bounds() -> Bounds {
    Bounds::Word
}

fn high_severity() -> Severity {
    Severity::High
}

fn medium_confidence() -> Confidence {
    Confidence::Medium
}
