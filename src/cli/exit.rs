//! The exit codes, the same for every command.

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing to say.
    Clean = 0,
    /// Findings that `--fail-on` lists.
    Findings = 1,
    /// It could not be done: usage, configuration, reading, a corrupt
    /// baseline, a problem. Wins over findings.
    Failed = 2,
}
