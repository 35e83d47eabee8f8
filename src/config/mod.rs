//! `.stanch.toml`: what was written, and what is meant. Data only: it runs
//! nothing, fetches nothing, and names no path outside the repository.

mod environment;
mod file;
mod sift;

pub(crate) use environment::{
    is_dumb_terminal, is_run_by_framework, is_run_by_hand, job_summary_file, pushed_by_framework,
    runs_in_github_actions,
};
pub(crate) use file::{Config, Existing, NAME};
