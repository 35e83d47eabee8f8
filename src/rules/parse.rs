//! `rules/*.toml` and the rules of `.stanch.toml`: one form, one parser.
//! The build script compiles this file too, so it names nothing but `model`
//! types and serde. It does not compile patterns; a test and `stanch rules
//! test` do.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::model::{Bounds, Check, Confidence, Detector, Link, Severity};

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
    #[serde(default)]
    pub shapes: Vec<String>,
    #[serde(default = "name_link")]
    pub link: Link,
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
    /// Rules of [`Detector::Near`] in one line each, by the issuer's name.
    #[serde(default)]
    pub near: BTreeMap<Spanned<String>, NearRow>,
}

/// A keyword and the shape of what follows it. The rest of the rule, its
/// examples included, is made from the name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearRow {
    /// The keywords.
    pub words: Vec<String>,
    /// The shapes.
    pub values: Vec<String>,
    /// What it is, when "API key or token" is not right.
    #[serde(default)]
    pub what: Option<String>,
    /// How word and value hang together.
    #[serde(default = "issuer_link")]
    pub link: Link,
    /// Who knows the shape.
    pub known: String,
}

impl NearRow {
    /// The rule of this row for the issuer `name`.
    fn rule(self, name: &Spanned<String>) -> RawRule {
        let issuer = name.get_ref();
        let id = format!("{}-credential", slug(issuer));
        let what = self.what.unwrap_or_else(|| "API key or token".into());
        let (word, values) = (&self.words[0], &self.values);
        let matches = values.iter().flat_map(|value| {
            [
                format!("{word}_secret_key = \"{value}\""),
                format!("<{word}Token>{value}</{word}Token>"),
            ]
        });
        // A checksum, and a value that is too far away.
        let rejects = values.iter().flat_map(|value| {
            [format!("{word}_sha256 = \"{value}\""), format!("{word}\n\n\n\n\n\nx = \"{value}\"")]
        });
        RawRule {
            id: Spanned::new(name.span(), id),
            provider: issuer.clone(),
            description: format!("{issuer} {what}"),
            detector: Detector::Near,
            matches: matches.collect(),
            rejects: rejects.collect(),
            keywords: self.words,
            shapes: self.values,
            link: self.link,
            source: format!("shape as in the rules of {}", self.known),
            pattern: String::new(),
            bounds: word_bounds(),
            check: None,
            min_entropy: 0.0,
            severity: high_severity(),
            confidence: medium_confidence(),
            weak: false,
            prefix: String::new(),
            env: Vec::new(),
            revoke: None,
        }
    }
}

/// `Hunter.io` as a part of an id: `hunter-io`.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
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
    let rows = file.near.into_iter().map(|(name, row)| row.rule(&name));
    let rules: Vec<RawRule> = file.rule.into_iter().chain(rows).collect();
    let problems = problems(&rules);
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
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
        let has_shapes = !rule.shapes.is_empty();
        let is_near = rule.detector == Detector::Near;
        let has_pattern = rule.detector == Detector::Pattern || (is_near && !has_shapes);
        if has_pattern == rule.pattern.is_empty() {
            say("detector `pattern` needs a `pattern`, the others have none".into());
        }
        if has_shapes && !is_near {
            say("`shapes` belong to detector `near`".into());
        }
        if (has_pattern || is_near) && rule.keywords.is_empty() {
            say("needs `keywords`: without one it would have to be tried everywhere".into());
        }
        for keyword in &rule.keywords {
            // Patterns know the cases of ASCII alone.
            if has_pattern && !keyword.is_ascii() || keyword.len() < 3 {
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

fn issuer_link() -> Link {
    Link::Issuer
}

fn name_link() -> Link {
    Link::Name
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
