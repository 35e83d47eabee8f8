//! The report for people: what, where, why it matters, and the ways out.

use super::Printer;
use crate::model::{Judged, Outcome};

/// Writes the findings that block, a line for those that do not, and what was read.
pub(super) fn write(outcome: &Outcome, printer: &mut Printer) {
    for judged in &outcome.judged {
        if judged.status.blocks() {
            finding(judged, printer);
        }
    }
    for problem in &outcome.problems {
        printer.say(&format!("problem: {problem}"));
    }
    let stats = &outcome.stats;
    printer.say(&format!(
        "read {} files, {} bytes in {} ms",
        stats.files,
        stats.bytes,
        stats.elapsed.as_millis()
    ));
}

fn finding(judged: &Judged, printer: &mut Printer) {
    let finding = &judged.finding;
    let place =
        finding.place().map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
    printer.say(&format!(
        "{}{place}  {} [{}]",
        finding.path, finding.rule.description, finding.rule.id
    ));
}
