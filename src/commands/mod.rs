//! One thin file a subcommand: gather what it needs, run the room, report.

mod audit;
mod baseline;
mod doctor;
mod explain;
mod held;
mod hook;
mod install;
mod redact;
mod rules;
mod scan;

use std::path::Path;

use anyhow::Context as _;

use crate::cli::{self, Command, Exit};
use crate::report::Printer;

/// Runs a command; whatever goes wrong is said here, once.
pub(crate) fn run(command: Command) -> Exit {
    let mut printer = Printer::new();
    let result = match command {
        Command::Scan(args) => scan::run(&args, &mut printer),
        Command::Install(args) => install::run(&args, &mut printer),
        Command::Uninstall(args) => install::undo(&args, &mut printer),
        Command::Hook(args) => hook::run(&args, &mut printer),
        Command::Audit(args) => audit::run(&args, &mut printer),
        Command::Baseline(command) => baseline::run(&command, &mut printer),
        Command::Explain { id } => explain::run(&id, &mut printer),
        Command::Redact(args) => redact::run(&args, &mut printer),
        Command::Rules(command) => rules::run(&command, &mut printer),
        Command::Completions { shell } => Ok(completions(shell, &mut printer)),
        Command::Man { out } => man(out.as_deref(), &mut printer),
        Command::Doctor(args) => doctor::run(&args, &mut printer),
    };
    let written = printer.finish().context("writing to standard output");
    result.and_then(|exit| written.map(|()| exit)).unwrap_or_else(|error| {
        printer.say(&format!("stanch: {error:#}"));
        Exit::Failed
    })
}

fn completions(shell: clap_complete::Shell, printer: &mut Printer) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::definition(), "stanch", &mut script);
    printer.data(String::from_utf8_lossy(&script).trim_end());
    Exit::Clean
}

fn man(out: Option<&Path>, printer: &mut Printer) -> anyhow::Result<Exit> {
    if let Some(folder) = out {
        clap_mangen::generate_to(cli::definition(), folder)
            .with_context(|| format!("writing the manual pages into `{}`", folder.display()))?;
        return Ok(Exit::Clean);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(cli::definition())
        .render(&mut page)
        .context("rendering the manual page")?;
    printer.data(String::from_utf8_lossy(&page).trim_end());
    Ok(Exit::Clean)
}
