//! The border types: what the rooms hand to each other. Knows no other room,
//! does no IO, and holds the only type in which a secret's bytes may live.

mod argument;
mod blob;
mod finding;
pub(crate) mod hex;
mod one_line;
mod outcome;
mod percent;
mod place;
mod rule;
mod secret;
mod text;
mod verdict;

pub use blob::{Blob, Origin, RepoPath};
pub use finding::{Evidence, Finding, FindingId, Hidden};
pub use one_line::OneLine;
pub(crate) use one_line::{is_unsafe_to_print, without_strings};
pub use outcome::{Authors, Judged, Outcome, Problem, Stats, Status};
pub(crate) use percent::{escaped, percent_pieces, without_percent};
pub use place::{Lines, Place, Span};
pub use rule::{Bounds, Check, Confidence, Detector, Link, Rule, Severity};
pub use secret::{Fingerprint, Masked, Secret, Strength};
pub use text::{OffsetMap, Scope, Segment, Text};
pub use verdict::Verdict;
