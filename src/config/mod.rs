//! `.stanch.toml`: what was written, and what is meant. Data only: it runs
//! nothing, fetches nothing, and names no path outside the repository.

mod environment;
mod file;

pub(crate) use environment::{job_summary_file, runs_in_github_actions};
pub(crate) use file::{Config, Existing, NAME};
