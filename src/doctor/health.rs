//! What the look at the hooks came to.

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Check {
    /// What, a noun phrase.
    pub(crate) what: String,
    /// How it is.
    pub(crate) health: Health,
    /// What was seen.
    pub(crate) seen: String,
    /// The command, or the sentence, that makes it right.
    pub(crate) fix: Option<String>,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Health {
    /// As it should be.
    Good,
    /// Worth knowing.
    Note,
    /// Something passes unseen.
    Wrong,
}

impl Check {
    pub(crate) fn good(what: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { what: what.into(), health: Health::Good, seen: seen.into(), fix: None }
    }

    pub(crate) fn note(what: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { health: Health::Note, ..Self::good(what, seen) }
    }

    pub(crate) fn wrong(
        what: impl Into<String>,
        seen: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { health: Health::Wrong, fix: Some(fix.into()), ..Self::good(what, seen) }
    }
}
