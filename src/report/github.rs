//! `--format github`: annotations of GitHub Actions, and the job summary.
//! Workflow commands are lines; what comes from a file name is escaped as
//! actions/toolkit does (`%`, CR, LF; in properties also `:` and `,`).

use std::fmt::Write as _;

use super::{Options, Printer};
use crate::model::{Judged, Outcome};

/// Writes an annotation for each finding that blocks and each problem.
pub(super) fn write(outcome: &Outcome, options: Options, printer: &mut Printer) {
    for judged in outcome.judged.iter().filter(|judged| options.blocks(&judged.status)) {
        printer.data(&annotation(judged, options));
    }
    for problem in &outcome.problems {
        printer.data(&format!("::error title=stanch::{}", message(&problem.to_string())));
    }
}

/// The job summary in Markdown; empty when there is nothing to say.
pub(super) fn summary(outcome: &Outcome, options: Options) -> String {
    let mut text = String::new();
    for judged in outcome.judged.iter().filter(|judged| options.blocks(&judged.status)) {
        let finding = &judged.finding;
        let line = finding.place().map_or(String::new(), |place| place.line.to_string());
        let fingerprint = options.fingerprint(finding).map_or(String::new(), |f| format!("`{f}`"));
        let path = finding.path.to_string().replace(['|', '`', '<'], "?");
        writeln!(
            text,
            "| `{path}` | {line} | {} | {fingerprint} | `{}` |",
            finding.rule.description,
            finding.id()
        )
        .expect("writing to a String");
    }
    if text.is_empty() {
        return text;
    }
    format!(
        "### stanch: secrets found\n\n| file | line | what | fingerprint | id |\n|---|---|---|---|---|\n{text}"
    )
}

fn annotation(judged: &Judged, options: Options) -> String {
    let finding = &judged.finding;
    let mut line = format!("::error file={}", property(&finding.path.to_string()));
    if let Some(place) = finding.place() {
        write!(
            line,
            ",line={},col={},endLine={},endColumn={}",
            place.line, place.characters.0, place.end_line, place.characters.1
        )
        .expect("writing to a String");
    }
    let masked = finding.masked().map_or(String::new(), |masked| format!(" {masked}"));
    let fingerprint = options.fingerprint(finding).map_or(String::new(), |f| format!(" {f}"));
    let text = format!(
        "{}{masked}{fingerprint} (id {}): move it to the environment, rotate it if it is real, or decide with `stanch audit`",
        finding.rule.description,
        finding.id()
    );
    format!(
        "{line},title={}::{}",
        property(&format!("stanch: {}", finding.rule.id)),
        message(&text)
    )
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_end_a_command_or_begin_one() {
        assert_eq!(property("a,b::error::%0A\n"), "a%2Cb%3A%3Aerror%3A%3A%250A%0A");
        assert_eq!(message("50%\r\n"), "50%25%0D%0A");
    }
}
