//! The real binary, through real `git`, in hermetic temporary repositories.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

// The fuzz targets take their macro from the crate of this name: here from this one.
extern crate self as libfuzzer_sys;

mod audit;
mod baseline;
mod canary;
mod config;
mod docs;
mod doctor;
mod doors;
mod evasion;
mod frameworks;
mod fuzz_targets;
mod history;
mod hook_health;
mod hooks_path;
mod hostile;
mod install;
mod kinds;
mod merging;
mod neighbours;
mod output;
mod packages;
mod papers;
mod projects;
mod readme;
mod redact;
mod scan;
#[cfg(unix)]
mod screen;
mod support;
mod tidy;
mod user_hooks;
