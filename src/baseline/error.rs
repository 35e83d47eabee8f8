//! Why a baseline cannot be used. Never holds content of the file beyond the
//! name of a field.

use std::fmt;

/// Why the bytes are no baseline, where, and what to do.
/// Shown as `name:line:column: why; what to do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineError {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) fault: Fault,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has no byte.
    Empty,
    /// It ends in the middle.
    Truncated,
    /// It holds the markers of a merge that nobody has resolved.
    Conflict,
    /// It is not JSON; the parser's words.
    NotJson(String),
    /// It is JSON of another program or kind.
    NotABaseline,
    /// It is a baseline of detect-secrets.
    DetectSecrets,
    /// It has a version this program does not know.
    Version(String),
    /// It has more bytes than a baseline may have.
    TooBig(usize),
    /// It breaks a rule of the format; which one.
    Form(String),
}

impl BaselineError {
    pub(super) fn new(name: &str, at: (usize, usize), fault: Fault) -> Self {
        Self { name: name.to_owned(), line: at.0, column: at.1, fault }
    }

    /// Whether the file is a baseline of detect-secrets, which can be imported.
    pub fn is_detect_secrets(&self) -> bool {
        self.fault == Fault::DetectSecrets
    }

    /// Line and column, from 1; the column counts bytes.
    pub fn position(&self) -> (usize, usize) {
        (self.line, self.column)
    }
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of a revision, the name is `REV:FILE`.
        let file = self.name.rsplit(':').next().unwrap_or_default();
        let restore = format!("restore it with `git checkout HEAD -- {file}`");
        write!(f, "{}:{}:{}: ", self.name, self.line, self.column)?;
        match &self.fault {
            Fault::Empty => write!(f, "the baseline is empty; {restore}, or delete it"),
            Fault::Truncated => write!(f, "the baseline ends in the middle; {restore}"),
            Fault::Conflict => f.write_str(
                "the baseline holds conflict markers; run `stanch baseline resolve`, then `git add` it",
            ),
            Fault::NotJson(why) => write!(f, "the baseline is not JSON ({why}); {restore}"),
            Fault::NotABaseline => write!(
                f,
                "this is no stanch baseline (`\"format\": \"stanch-baseline\"` is missing); {restore}, \
                 or set `baseline` in .stanch.toml to another file"
            ),
            Fault::DetectSecrets => write!(
                f,
                "this is a baseline of detect-secrets; run `stanch baseline import {}` to carry its \
                 verdicts over, or set `baseline` in .stanch.toml to another file",
                self.name
            ),
            Fault::Version(found) => write!(
                f,
                "the baseline has version {found}, this stanch knows version 1; upgrade stanch \
                 (a newer version is never rewritten)"
            ),
            Fault::TooBig(bytes) => write!(
                f,
                "the baseline has {bytes} bytes, the limit is {}; run `stanch baseline prune`",
                super::parse::MAX_BYTES
            ),
            Fault::Form(why) => write!(f, "{why}; mend this line, or {restore}"),
        }
    }
}

impl std::error::Error for BaselineError {}
