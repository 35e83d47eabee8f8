//! The command line: clap definitions and nothing else. What was typed becomes
//! an invocation; `commands` gives it meaning.

mod args;
mod exit;

pub(crate) use args::{
    Args, AuditArgs, BaselineCommand, Command, DoctorArgs, DoctorFormat, FailOn, Format, HookArgs,
    InstallArgs, RedactArgs, RulesCommand, ScanArgs,
};
pub(crate) use exit::Exit;

use clap::{CommandFactory, Parser};

/// Parses the arguments of the process; the exit code when there is nothing
/// to run: help and version are printed to standard output, errors to
/// standard error.
pub(crate) fn parse() -> Result<Command, Exit> {
    Args::try_parse().map(|args| args.command).map_err(|error| {
        let code = if error.use_stderr() { Exit::Failed } else { Exit::Clean };
        if error.print().is_ok() { code } else { Exit::Failed }
    })
}

/// The definition of the command line, for completions and man pages.
pub fn definition() -> clap::Command {
    Args::command()
}
