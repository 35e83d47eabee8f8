//! The report: for people a line a check, for programs one object.

use serde_json::json;

use super::guard::report_of_hooks;
use super::health::{Health, HookCheck};
use super::{Report, Verdict, shown};
use crate::report::Printer;

/// Writes the report for people: what asks for something in full, the rest
/// in a line each.
pub(crate) fn human(reports: &[Report], printer: &mut Printer) {
    for report in reports {
        let verdict = report.verdict();
        let first = report.lines.iter().find(|line| line.verdict == verdict);
        let seen = first.map_or("", |line| line.seen.as_str());
        printer.data(&format!("{:<4}  {:<12} {}", verdict.as_str(), report.id, report.title));
        if verdict <= Verdict::Pass {
            printer.data(&format!("      {:<12} {seen}", ""));
            continue;
        }
        for line in report.lines.iter().filter(|line| line.verdict >= Verdict::Warn) {
            printer.data(&format!("      {:<12} {}: {}", "", line.verdict.as_str(), line.seen));
            if let Some(way_out) = &line.way_out {
                printer.data(&format!("      {:<12}   → {way_out}", ""));
            }
        }
    }
    let count = |verdict| reports.iter().filter(|report| report.verdict() == verdict).count();
    let (fail, warn, pass) = (count(Verdict::Fail), count(Verdict::Warn), count(Verdict::Pass));
    printer.data(&format!("\n{fail} fail, {warn} warn, {pass} pass"));
    let fixes = reports.iter().flat_map(|report| &report.lines).any(|line| !line.fix.is_empty());
    if fixes {
        printer.data("`stanch doctor --fix` does what is safe, and shows it first");
    }
}

/// Writes the report for programs.
pub(crate) fn json(reports: &[Report], printer: &mut Printer) {
    let checks: Vec<_> = reports
        .iter()
        .map(|report| {
            let lines: Vec<_> = report
                .lines
                .iter()
                .map(|line| {
                    json!({
                        "verdict": line.verdict.as_str(),
                        "seen": line.seen,
                        "way_out": line.way_out,
                        "fix": line.fix.iter().map(shown).collect::<Vec<_>>(),
                    })
                })
                .collect();
            json!({
                "id": report.id,
                "title": report.title,
                "verdict": report.verdict().as_str(),
                "lines": lines,
            })
        })
        .collect();
    printer.data(&json!({ "schema": 1, "checks": checks }).to_string());
}

/// Writes the look at the hooks for people, each by itself.
pub(crate) fn human_hooks(checks: &[HookCheck], printer: &mut Printer) {
    for check in checks {
        let (word, fix) = match &check.health {
            Health::Good => ("good", None),
            Health::Note => ("note", None),
            Health::Wrong { fix } => ("WRONG", Some(fix)),
        };
        printer.say(&format!("{word:5} {}: {}", check.what, check.seen));
        if let Some(fix) = fix {
            printer.say(&format!("      to fix it: {fix}"));
        }
    }
    printer.say(&match checks.iter().filter(|check| check.is_wrong()).count() {
        0 => format!("stanch: {} checks of the hooks, all good", checks.len()),
        wrong => format!("stanch: {wrong} of {} checks of the hooks failed", checks.len()),
    });
}

/// Writes it for programs: one check of the report.
pub(crate) fn json_hooks(checks: &[HookCheck], printer: &mut Printer) {
    json(&[report_of_hooks(checks)], printer);
}
