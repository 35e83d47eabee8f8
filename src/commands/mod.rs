//! One thin file a subcommand: gather what it needs, run the room, report.

mod scan;

use crate::cli::{Command, Exit};
use crate::report::Printer;

/// Runs a command; whatever goes wrong is said here, once.
pub(crate) fn run(command: Command) -> Exit {
    let mut printer = Printer::new();
    let result = match command {
        Command::Scan(args) => scan::run(&args, &mut printer),
        _ => Err(anyhow::anyhow!("not built yet")),
    };
    result.unwrap_or_else(|error| {
        printer.say(&format!("stanch: {error:#}"));
        Exit::Failed
    })
}
