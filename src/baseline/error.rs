//! Why a baseline cannot be used. Never holds content of the file beyond the
//! name of a field.

use std::fmt;

use crate::model::RepoPath;

/// Why the bytes are no baseline, where, and what to do.
/// Shown as `name:line:column: why; what to do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineError {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) fault: Fault,
    /// The file of the repository that these bytes are the content of, as
    /// people have it before them: only there something can be done about it.
    pub(super) tracked: Option<RepoPath>,
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
        Self { name: name.to_owned(), line: at.0, column: at.1, fault, tracked: None }
    }

    /// Whether the file is a baseline of detect-secrets, which can be imported.
    pub fn is_detect_secrets(&self) -> bool {
        self.fault == Fault::DetectSecrets
    }

    /// Whether the file holds the markers of a merge.
    pub fn is_conflict(&self) -> bool {
        self.fault == Fault::Conflict
    }

    /// Line and column, from 1; the column counts bytes.
    pub fn position(&self) -> (usize, usize) {
        (self.line, self.column)
    }
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.name, self.line, self.column, self.fault)?;
        match &self.tracked {
            Some(path) => write!(f, "; {}", self.fault.way_out(path)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the baseline is empty"),
            Self::Truncated => f.write_str("the baseline ends in the middle"),
            Self::Conflict => f.write_str("the baseline holds conflict markers"),
            Self::NotJson(why) => write!(f, "the baseline is not JSON ({why})"),
            Self::NotABaseline => f.write_str(
                "this is no stanch baseline (`\"format\": \"stanch-baseline\"` is missing)",
            ),
            Self::DetectSecrets => f.write_str("this is a baseline of detect-secrets"),
            Self::Version(found) => {
                write!(f, "the baseline has version {found}, this stanch knows version 1")
            }
            Self::TooBig(bytes) => {
                let limit = super::parse::MAX_BYTES;
                write!(f, "the baseline has {bytes} bytes, the limit is {limit}")
            }
            Self::Form(why) => f.write_str(why),
        }
    }
}

impl Fault {
    /// What can be done about it, in commands that work in every folder.
    fn way_out(&self, path: &RepoPath) -> String {
        let file = path.argument_below_root();
        let restore = format!("restore it with `git checkout HEAD -- {file}`");
        let another = "set `baseline` in .stanch.toml to another file";
        match self {
            Self::Empty => format!("{restore}, or delete it"),
            Self::Truncated | Self::NotJson(_) => restore,
            Self::Conflict => format!("run `stanch baseline resolve`, then `git add {file}`"),
            Self::NotABaseline => format!("{restore}, or {another}"),
            Self::DetectSecrets => {
                format!("run `stanch baseline import` to carry its verdicts over, or {another}")
            }
            Self::Version(_) => "upgrade stanch (a newer version is never rewritten)".to_owned(),
            Self::TooBig(_) => "run `stanch baseline prune`".to_owned(),
            Self::Form(_) => format!("mend this line, or {restore}"),
        }
    }
}

impl std::error::Error for BaselineError {}
