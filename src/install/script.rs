//! The hook script, embedded from `hooks/`, and how to know it again.

/// The script's text with places for the hook's name and the program.
const TEMPLATE: &str = include_str!("../../hooks/hook.sh");

/// What the second line of each of our scripts starts with. The number is the
/// script's version.
const MARKER: &str = "# stanch-hook: 1 ";

/// A door through which content enters history: a hook git runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Before a commit.
    PreCommit,
    /// Before the commit of a merge without conflicts.
    PreMergeCommit,
    /// While git replays commits, which skips the first two.
    PrepareCommitMsg,
    /// The words of a commit: keys are pasted there too.
    CommitMsg,
    /// Before the commit of a mailed patch.
    PreApplypatch,
    /// Before a push: what came in by other ways.
    PrePush,
}

impl Door {
    /// Every door that install closes.
    pub(crate) const ALL: [Self; 6] = [
        Self::PreCommit,
        Self::PreMergeCommit,
        Self::PrepareCommitMsg,
        Self::CommitMsg,
        Self::PreApplypatch,
        Self::PrePush,
    ];

    /// Git's name of the hook.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrepareCommitMsg => "prepare-commit-msg",
            Self::CommitMsg => "commit-msg",
            Self::PreApplypatch => "pre-applypatch",
            Self::PrePush => "pre-push",
        }
    }
}

/// The script of a door that runs `program`; without one, `stanch` of PATH: for
/// folders that people share.
pub(crate) fn render(door: Door, program: Option<&str>) -> String {
    TEMPLATE
        .replace("@HOOK@", door.name())
        .replace("@PROGRAM@", &quoted(program.unwrap_or_default()))
}

/// A word for the shell.
pub(crate) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The program a script of ours was installed with; empty for the one of PATH.
pub(crate) fn installed_program(script: &str) -> Option<String> {
    let line = script.lines().find_map(|line| line.strip_prefix("installed='"))?;
    Some(line.strip_suffix('\'')?.replace(r"'\''", "'"))
}

/// Whether a file is one of our scripts, of any version.
pub(crate) fn is_ours(content: &[u8]) -> bool {
    let name = MARKER.split(':').next().unwrap_or(MARKER);
    content.split(|&b| b == b'\n').nth(1).is_some_and(|line| line.starts_with(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_is_known_again_and_ends_in_exec() {
        for door in Door::ALL {
            let script = render(door, Some("/it's/stanch"));
            assert!(is_ours(script.as_bytes()));
            assert!(script.contains(&format!("\n{MARKER}{}\n", door.name())));
            assert_eq!(installed_program(&script).unwrap(), "/it's/stanch");
            assert!(script.contains(r"installed='/it'\''s/stanch'"));
            assert!(script.lines().last().unwrap().starts_with("exec "));
            assert!(!script.contains("@HOOK@") && !script.contains("@PROGRAM@"));
        }
        assert!(!is_ours(b"#!/bin/sh\nstanch hook pre-commit\n"));
    }
}
