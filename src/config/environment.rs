//! What the environment may decide: where a report is read, and nothing about
//! what counts as a finding.

#![allow(clippy::disallowed_methods, reason = "the one place that reads these variables")]

use std::env;
use std::path::PathBuf;

/// Whether GitHub Actions runs this and reads the log
/// (docs.github.com, "Default environment variables").
pub(crate) fn runs_in_github_actions() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The file to which a step of GitHub Actions appends its summary.
pub(crate) fn job_summary_file() -> Option<PathBuf> {
    env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()).map(PathBuf::from)
}
