//! The command line: clap definitions and nothing else. What was typed becomes
//! an invocation; `commands` gives it meaning.

mod args;
mod exit;

pub(crate) use args::{
    Args, AuditArgs, BaselineCommand, Command, DoctorArgs, FailOn, Format, HookArgs, InstallArgs,
    RedactArgs, RulesCommand, ScanArgs,
};
pub(crate) use exit::Exit;

use clap::{CommandFactory, Parser};

/// Parses the arguments of the process, runs the command and gives the exit code.
pub fn main() -> u8 {
    match Args::try_parse() {
        Ok(args) => crate::commands::run(args.command) as u8,
        Err(error) => {
            // Help and version are no errors: clap prints them to stdout.
            let code = if error.use_stderr() { Exit::Failed } else { Exit::Clean };
            if error.print().is_ok() { code as u8 } else { Exit::Failed as u8 }
        }
    }
}

/// The definition of the command line, for completions and man pages.
pub fn definition() -> clap::Command {
    Args::command()
}
