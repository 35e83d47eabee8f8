//! What a person decided of a value.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a person decided of a value, or that nobody has decided yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Stood in HEAD when the baseline was made; nobody has looked yet.
    Unaudited,
    /// No secret at all.
    FalsePositive,
    /// Made for tests or documentation; opens nothing.
    TestValue,
    /// Was real and is dead.
    Revoked,
    /// Real and tolerated for now: has an owner, a reason and an end.
    Accepted,
}

impl Verdict {
    /// Every verdict, in the order in which help lists them.
    pub const ALL: [Self; 5] =
        [Self::Unaudited, Self::FalsePositive, Self::TestValue, Self::Revoked, Self::Accepted];

    /// Its word in the baseline and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unaudited => "unaudited",
            Self::FalsePositive => "false-positive",
            Self::TestValue => "test-value",
            Self::Revoked => "revoked",
            Self::Accepted => "accepted",
        }
    }

    /// Whether it speaks of the value, and so holds wherever the value stands.
    /// The others are bound to their path.
    pub fn holds_everywhere(self) -> bool {
        match self {
            Self::FalsePositive | Self::TestValue | Self::Revoked => true,
            Self::Unaudited | Self::Accepted => false,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
