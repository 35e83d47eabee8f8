//! `--format jsonl`: one object a line, a stable contract (schema 1).

use std::fmt::Write as _;

use serde::Serialize;

use super::{Options, Printer};
use crate::model::{Evidence, Judged, Outcome, Problem, RepoPath, Segment, is_unsafe_to_print};

#[derive(Serialize)]
struct FindingLine<'a> {
    schema: u8,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a str>,
    rule: &'a str,
    provider: &'a str,
    severity: String,
    confidence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    id: String,
    status: &'a str,
}

#[derive(Serialize)]
struct ProblemLine<'a> {
    problem: ProblemBody<'a>,
}

#[derive(Serialize)]
struct ProblemBody<'a> {
    path: Option<String>,
    why: &'a str,
}

#[derive(Serialize)]
struct SummaryLine {
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    bytes: u64,
    #[serde(skip_serializing_if = "is_zero")]
    excluded: usize,
    #[serde(skip_serializing_if = "is_zero")]
    left_out: usize,
    findings: usize,
    problems: usize,
    elapsed_ms: u128,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Writes every finding, every problem, and the summary as the last line.
pub(super) fn write(outcome: &Outcome, options: Options, printer: &mut Printer) {
    for judged in &outcome.judged {
        line(&finding(judged, options), printer);
    }
    for problem in &outcome.problems {
        line(&ProblemLine { problem: body(problem) }, printer);
    }
    let summary = Summary {
        files: outcome.stats.files,
        bytes: outcome.stats.bytes,
        excluded: outcome.stats.excluded,
        left_out: outcome.stats.left_out,
        findings: outcome.judged.len(),
        problems: outcome.problems.len(),
        elapsed_ms: outcome.stats.elapsed.as_millis(),
    };
    line(&SummaryLine { summary }, printer);
}

/// Of what moves a cursor JSON escapes only some by itself; all of it stands in
/// strings, where an escape is the same text.
fn line(object: &impl Serialize, printer: &mut Printer) {
    let text = serde_json::to_string(object).expect("these types always serialize");
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe_to_print(c) {
            write!(shown, "\\u{:04x}", c as u32).expect("writing to a String");
        } else {
            shown.push(c);
        }
    }
    printer.data(&shown);
}

fn finding(judged: &Judged, options: Options) -> FindingLine<'_> {
    let finding = &judged.finding;
    let place = finding.place();
    let segment = match &finding.evidence {
        Evidence::Secret { segment: Segment::Body, .. } | Evidence::Path => None,
        Evidence::Secret { segment, .. } => Some(segment.to_string()),
    };
    FindingLine {
        schema: 1,
        path: path(&finding.path),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_line: place.map(|place| place.end_line),
        end_column: place.map(|place| place.end_column),
        segment,
        commit: finding.commit.as_deref(),
        rule: finding.rule.id,
        provider: finding.rule.provider,
        severity: finding.rule.severity.to_string(),
        confidence: finding.confidence.to_string(),
        masked: finding.masked().map(|masked| masked.to_string()),
        fingerprint: options.fingerprint(finding).map(|fingerprint| fingerprint.to_string()),
        id: finding.id().to_string(),
        status: judged.status.as_str(),
    }
}

fn body(problem: &Problem) -> ProblemBody<'_> {
    ProblemBody { path: problem.path.as_ref().map(path), why: &problem.why }
}

/// The path as it is when it is UTF-8 (JSON escapes what needs it); otherwise
/// with `\xFF` for the other bytes.
fn path(path: &RepoPath) -> String {
    std::str::from_utf8(path.as_bytes()).map_or_else(|_| path.to_string(), str::to_owned)
}
