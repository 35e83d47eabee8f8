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

/// Whether the terminal shows lines and nothing else, as that of an editor's shell.
pub(crate) fn is_dumb_terminal() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether pre-commit or prek runs this.
pub(crate) fn is_run_by_framework() -> bool {
    env::var_os("PRE_COMMIT").is_some()
}

/// Whether they do so not on behalf of git, which names the index it is committing.
pub(crate) fn is_run_by_hand() -> bool {
    is_run_by_framework() && env::var_os("GIT_INDEX_FILE").is_none()
}

/// The tip that they say is pushed, and the ref it goes to (pre-commit.com,
/// "pre-push"). For a history that the other side has nothing of they name
/// only the branch.
pub(crate) fn pushed_by_framework() -> Option<(String, String)> {
    let branch = env::var("PRE_COMMIT_LOCAL_BRANCH").ok();
    let tip = env::var("PRE_COMMIT_TO_REF").ok().or(branch)?;
    Some((tip, env::var("PRE_COMMIT_REMOTE_BRANCH").ok()?))
}
