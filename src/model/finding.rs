//! One secret, or one forbidden path, at one place.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::{Confidence, Masked, Place, RepoPath, Rule, Secret, Segment, Strength, hex};

/// One secret or one forbidden path at one place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The file.
    pub path: RepoPath,
    /// The commit that brought it, in hex, when a history was read.
    pub commit: Option<String>,
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What was found.
    pub evidence: Evidence,
    /// How sure the rule and its offline check are of this one.
    pub confidence: Confidence,
    /// What its offline check said, when that is worth a person's attention.
    pub remark: Option<&'static str>,
    /// An inline marker that covers it.
    pub hidden: Option<Hidden>,
    /// How many findings of the same rule stand before it in the file.
    pub ordinal: usize,
}

/// What was found.
#[derive(Debug, Clone)]
pub enum Evidence {
    /// A value.
    Secret {
        /// The value.
        value: Secret,
        /// Where it stands in the file.
        place: Place,
        /// The part of the file it stands in.
        segment: Segment,
    },
    /// The path itself must not be committed.
    Path,
}

/// The inline marker that covers a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// The marker's text, such as `stanch:allow`.
    pub marker: &'static str,
}

impl Finding {
    /// The value, unless the finding is a path.
    pub fn value(&self) -> Option<&Secret> {
        match &self.evidence {
            Evidence::Secret { value, .. } => Some(value),
            Evidence::Path => None,
        }
    }

    /// Where it stands, unless the finding is a path.
    pub fn place(&self) -> Option<Place> {
        match &self.evidence {
            Evidence::Secret { place, .. } => Some(*place),
            Evidence::Path => None,
        }
    }

    /// `path:line:column`, safe to print; the path alone where it is the finding.
    pub fn location(&self) -> String {
        match self.place() {
            Some(place) => format!("{}:{}:{}", self.path, place.line, place.column),
            None => self.path.to_string(),
        }
    }

    /// What is shown of the value, unless the finding is a path.
    pub fn masked(&self) -> Option<Masked> {
        self.value().map(|value| Masked::new(value, self.rule.prefix))
    }

    /// Its name on the command line.
    pub fn id(&self) -> FindingId {
        FindingId::of(self)
    }
}

/// First 12 hex digits of SHA-256(path NUL value); of SHA-256(path NUL rule
/// NUL ordinal) for weak values and forbidden paths, of which no hash may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId([u8; 6]);

impl FindingId {
    fn of(finding: &Finding) -> Self {
        let mut hash = Sha256::new();
        hash.update(finding.path.as_bytes());
        hash.update([0]);
        match finding.value() {
            Some(value) if value.strength() == Strength::Strong => hash.update(value.expose()),
            Some(_) | None => {
                hash.update(finding.rule.id);
                hash.update([0]);
                hash.update(finding.ordinal.to_string());
            }
        }
        let digest = hash.finalize();
        let mut head = [0; 6];
        head.copy_from_slice(&digest[..6]);
        Self(head)
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, &self.0)
    }
}
