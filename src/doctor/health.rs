//! What the look at the hooks came to.

use super::{Line, Verdict};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HookCheck {
    /// What, a noun phrase.
    pub(crate) what: String,
    /// How it is.
    pub(crate) health: Health,
    /// What was seen.
    pub(crate) seen: String,
}

/// How a thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Health {
    /// As it should be.
    Good,
    /// Worth knowing.
    Note,
    /// Something passes unseen.
    Wrong {
        /// The command, or the sentence, that makes it right.
        fix: String,
    },
}

impl HookCheck {
    pub(super) fn good(what: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { what: what.into(), health: Health::Good, seen: seen.into() }
    }

    pub(super) fn note(what: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { health: Health::Note, ..Self::good(what, seen) }
    }

    pub(super) fn wrong(
        what: impl Into<String>,
        seen: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { health: Health::Wrong { fix: fix.into() }, ..Self::good(what, seen) }
    }

    /// Whether something passes unseen.
    pub(crate) fn is_wrong(&self) -> bool {
        matches!(self.health, Health::Wrong { .. })
    }

    /// The same as a line of the whole report.
    pub(super) fn line(&self) -> Line {
        let seen = format!("{}: {}", self.what, self.seen);
        match &self.health {
            Health::Good | Health::Note => Line::new(Verdict::Pass, seen),
            Health::Wrong { fix } => Line::fail(seen, fix),
        }
    }
}
