//! `--format sarif`: SARIF 2.1.0 within the limits of GitHub code scanning.
//! Holds no snippet, so no content of any file leaves through it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Options, Printer};
use crate::model::{Confidence, Finding, Judged, Outcome, RepoPath, Rule, Severity, Status};

/// GitHub takes at most this many results a run
/// (docs.github.com, "SARIF support for code scanning").
const MAX_RESULTS: usize = 25_000;

/// Writes one run as one JSON document.
pub(super) fn write(outcome: &Outcome, options: Options, printer: &mut Printer) {
    let mut rules = BTreeMap::<&str, &'static Rule>::new();
    for judged in &outcome.judged {
        rules.insert(judged.finding.rule.id, judged.finding.rule);
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let results: Vec<Value> = outcome
        .judged
        .iter()
        .take(MAX_RESULTS)
        .map(|judged| result(judged, index[judged.finding.rule.id], options))
        .collect();
    let left_out = outcome.judged.len().saturating_sub(MAX_RESULTS);
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "stanch",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|rule| describe(rule)).collect::<Vec<_>>(),
            }},
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository"}}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": outcome.problems.is_empty() && left_out == 0,
                "toolExecutionNotifications": notifications(outcome, left_out),
            }],
            "results": results,
        }],
    });
    printer.data(&document.to_string());
}

fn describe(rule: &Rule) -> Value {
    let help = format!(
        "Read it from the environment instead, rotate it if it is real{}, or record a decision with `stanch audit`.",
        rule.revoke.map_or(String::new(), |place| format!(" ({place})"))
    );
    let issuer = match rule.provider {
        "generic" => String::new(),
        provider => format!(", issued by {provider}"),
    };
    json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": rule.description},
        "fullDescription": {"text": format!("{}{issuer}", rule.description)},
        "help": {"text": help, "markdown": help},
        "defaultConfiguration": {"level": level(rule.severity, rule.confidence)},
        "properties": {
            "tags": ["security", "secret"],
            "precision": match rule.confidence {
                Confidence::High => "very-high",
                Confidence::Medium => "high",
                Confidence::Low => "medium",
            },
            "security-severity": match rule.severity {
                Severity::Critical => "9.5",
                Severity::High => "8.0",
                Severity::Medium => "5.5",
                Severity::Low => "3.0",
            },
        },
    })
}

/// By severity, and a step lower what may be made up.
fn level(severity: Severity, confidence: Confidence) -> &'static str {
    match (severity, confidence == Confidence::Low) {
        (Severity::Critical | Severity::High, false) => "error",
        (Severity::Critical | Severity::High, true) | (Severity::Medium, false) => "warning",
        (Severity::Medium, true) | (Severity::Low, _) => "note",
    }
}

/// What it is, what may be shown of it, and what its check said.
fn message(finding: &Finding, options: Options) -> String {
    let mut text = finding.rule.description.to_owned();
    if let Some(masked) = finding.masked() {
        text = format!("{text}: {masked}");
    }
    if let Some(fingerprint) = options.fingerprint(finding) {
        text = format!("{text} ({fingerprint})");
    }
    if let Some(remark) = finding.remark {
        text = format!("{text}; {remark}");
    }
    text
}

fn result(judged: &Judged, rule_index: usize, options: Options) -> Value {
    let finding = &judged.finding;
    let mut location = json!({
        "artifactLocation": {"uri": uri(&finding.path), "uriBaseId": "%SRCROOT%"},
    });
    if let Some(place) = finding.place() {
        location["region"] = json!({
            "startLine": place.line, "startColumn": place.characters.0,
            "endLine": place.end_line, "endColumn": place.characters.1,
        });
    } else {
        // GitHub shows a result only where it has a line.
        location["region"] = json!({"startLine": 1});
    }
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rule_index,
        "level": level(finding.rule.severity, finding.confidence),
        "message": {"text": message(finding, options)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"stanchId/v1": finding.id().to_string()},
    });
    match &judged.status {
        Status::Known(verdict) => {
            result["suppressions"] =
                json!([{"kind": "external", "justification": verdict.as_str()}]);
        }
        Status::Allowed => {
            let marker = finding.hidden.map_or("", |hidden| hidden.marker);
            result["suppressions"] = json!([{"kind": "inSource", "justification": marker}]);
        }
        Status::Existing => result["baselineState"] = json!("unchanged"),
        Status::New { .. } | Status::Expired { .. } => result["baselineState"] = json!("new"),
    }
    result
}

fn notifications(outcome: &Outcome, left_out: usize) -> Vec<Value> {
    let mut said: Vec<Value> = outcome
        .problems
        .iter()
        .map(|problem| json!({"level": "error", "message": {"text": problem.to_string()}}))
        .collect();
    if left_out > 0 {
        let text = format!("{left_out} findings above {MAX_RESULTS} were left out");
        said.push(json!({"level": "error", "message": {"text": text}}));
    }
    said
}

/// A path as a relative URI reference: RFC 3986 unreserved bytes and `/` stay.
fn uri(path: &RepoPath) -> String {
    path.as_bytes()
        .iter()
        .map(|&byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_holds_only_what_a_uri_may() {
        assert_eq!(uri(&RepoPath::new("a b/é:\n.txt")), "a%20b/%C3%A9%3A%0A.txt");
    }
}
