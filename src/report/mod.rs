//! What people and programs see: the only room that writes to the terminal.
//! Data goes to standard output, words to standard error.

mod human;
mod jsonl;
mod printer;

pub(crate) use printer::Printer;

use crate::cli::Format;
use crate::model::Outcome;

/// How an outcome is rendered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// The form.
    pub(crate) format: Format,
    /// Print fingerprints of weak values too.
    pub(crate) reveal_fingerprints: bool,
}

/// Writes an outcome.
pub(crate) fn outcome(outcome: &Outcome, options: Options, printer: &mut Printer) {
    match options.format {
        Format::Jsonl => jsonl::write(outcome, options, printer),
        Format::Human | Format::Sarif | Format::Github => human::write(outcome, printer),
    }
}
