//! `stanch audit --report`: what is open, accepted and expiring, in Markdown.
//! Masked throughout, and no text of a file can become markup.

use std::collections::BTreeMap;

use super::Desk;
use super::desk::is_open;
use crate::baseline::{Baseline, Day, Entry};
use crate::model::{OneLine, Status, Verdict};

/// Entries that end within this many days are called expiring.
const SOON: u32 = 30;

/// The report, a line each.
pub(crate) fn report(desk: &Desk, baseline: &Baseline, today: Day) -> Vec<String> {
    let mut lines = vec![format!("# Secrets on {today}"), String::new()];
    lines.extend(summary(desk, baseline, today));
    open(desk, &mut lines);
    by_rule(desk, &mut lines);
    accepted(baseline, today, &mut lines);
    by_owner(baseline, &mut lines);
    lines
}

fn summary(desk: &Desk, baseline: &Baseline, today: Day) -> Vec<String> {
    let open = desk.statuses().iter().filter(|status| is_open(status)).count();
    let count =
        |verdict| baseline.entries().iter().filter(|entry| entry.verdict() == verdict).count();
    let expiring = baseline.entries().iter().filter(|entry| is_expiring(entry, today)).count();
    vec![
        format!("- open findings: {open}"),
        format!(
            "- accepted: {}, of which {expiring} end within {SOON} days",
            count(Verdict::Accepted)
        ),
        format!(
            "- false positives: {}, test values: {}, revoked: {}, unaudited: {}",
            count(Verdict::FalsePositive),
            count(Verdict::TestValue),
            count(Verdict::Revoked),
            count(Verdict::Unaudited)
        ),
        String::new(),
    ]
}

fn is_expiring(entry: &Entry, today: Day) -> bool {
    let ends = |until| until >= today && until <= today.plus(SOON);
    entry.verdict() == Verdict::Accepted && entry.decision.until().is_some_and(ends)
}

fn open(desk: &Desk, lines: &mut Vec<String>) {
    let open: Vec<_> = desk.judged().filter(|(_, status)| is_open(status)).collect();
    if open.is_empty() {
        return;
    }
    lines.extend(["## Open".into(), String::new()]);
    lines.push("| id | where | what | value | status |".into());
    lines.push("|---|---|---|---|---|".into());
    for (finding, status) in open {
        let place = finding.place().map_or(String::new(), |place| format!(":{}", place.line));
        let masked = finding.masked().map_or(String::new(), |masked| masked.to_string());
        let fingerprint = finding.value().and_then(crate::model::Secret::fingerprint);
        let fingerprint = fingerprint.map_or(String::new(), |shown| format!(" {shown}"));
        let status = match status {
            Status::Expired { until } => format!("expired {until}"),
            Status::Known(verdict) => verdict.to_string(),
            Status::New { known_elsewhere: true } => "new place".to_owned(),
            Status::New { .. } | Status::Existing | Status::Allowed => status.as_str().to_owned(),
        };
        lines.push(format!(
            "| {} | {}{place} | {} | {}{fingerprint} | {status} |",
            finding.id(),
            cell(&finding.path.to_string()),
            cell(finding.rule.description),
            cell(&masked),
        ));
    }
    lines.push(String::new());
}

fn by_rule(desk: &Desk, lines: &mut Vec<String>) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (finding, status) in desk.judged() {
        let (open, decided) = counts.entry(finding.rule.id).or_default();
        *(if is_open(status) { open } else { decided }) += 1;
    }
    if counts.is_empty() {
        return;
    }
    lines.extend(["## By rule".into(), String::new()]);
    lines.extend(["| rule | open | decided |".into(), "|---|---|---|".into()]);
    for (rule, (open, decided)) in counts {
        lines.push(format!("| {} | {open} | {decided} |", cell(rule)));
    }
    lines.push(String::new());
}

fn accepted(baseline: &Baseline, today: Day, lines: &mut Vec<String>) {
    let mut accepted: Vec<&Entry> =
        baseline.entries().iter().filter(|entry| entry.verdict() == Verdict::Accepted).collect();
    if accepted.is_empty() {
        return;
    }
    accepted.sort_by_key(|entry| entry.decision.until());
    lines.extend(["## Accepted, the next to end first".into(), String::new()]);
    lines.push("| until | where | rule | owner | reason | by |".into());
    lines.push("|---|---|---|---|---|---|".into());
    for entry in accepted {
        let decision = &entry.decision;
        let until = decision.until().map_or(String::new(), |day| day.to_string());
        let word = match decision.ended(today) {
            Some(_) => " **ended**",
            None if is_expiring(entry, today) => " soon",
            None => "",
        };
        let script = if entry.via.is_some() { " (script)" } else { "" };
        lines.push(format!(
            "| {until}{word} | {} | {} | {} | {} | {}{script} |",
            cell(&entry.extent.to_string()),
            cell(&entry.rule),
            cell(decision.owner().unwrap_or_default()),
            cell(decision.reason().unwrap_or_default()),
            cell(entry.by.as_deref().unwrap_or_default()),
        ));
    }
    lines.push(String::new());
}

fn by_owner(baseline: &Baseline, lines: &mut Vec<String>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for owner in baseline.entries().iter().filter_map(|entry| entry.decision.owner()) {
        *counts.entry(owner).or_default() += 1;
    }
    if counts.is_empty() {
        return;
    }
    lines.extend(["## By owner".into(), String::new()]);
    lines.extend(["| owner | entries |".into(), "|---|---|".into()]);
    lines.extend(counts.into_iter().map(|(owner, n)| format!("| {} | {n} |", cell(owner))));
    lines.push(String::new());
}

/// Text that stays in its cell: one line, no markup, no HTML.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in OneLine::new(text).to_string().chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '!' | '#' | '~' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::{Decision, Extent, Subject};
    use crate::model::RepoPath;

    #[test]
    fn text_of_a_file_cannot_become_markup() {
        assert_eq!(cell("a|b<img>\n[x](y)"), "a\\|b&lt;img>\\n\\[x\\](y)");
    }

    #[test]
    fn what_is_accepted_is_expiring_in_its_last_days_and_not_after() {
        let today: Day = "2026-11-20".parse().unwrap();
        let expires = |verdict, until| {
            let text = |text: &str| Some(text.to_owned());
            let decision = Decision::new(verdict, text("why"), text("ops"), Some(until)).unwrap();
            let (extent, subject) = (Extent::Path(RepoPath::new("a")), Subject::Path);
            let rule = "env-file".to_owned();
            let entry = Entry { extent, subject, rule, decision, by: None, on: None, via: None };
            is_expiring(&entry, today)
        };
        let yesterday: Day = "2026-11-19".parse().unwrap();
        assert!(expires(Verdict::Accepted, today));
        assert!(expires(Verdict::Accepted, today.plus(SOON)));
        assert!(!expires(Verdict::Accepted, today.plus(SOON + 1)));
        assert!(!expires(Verdict::Accepted, yesterday));
        assert!(!expires(Verdict::Revoked, today), "it is not of those that are accepted");
    }
}
