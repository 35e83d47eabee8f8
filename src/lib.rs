//! stanch stops secrets from flowing into git.
//!
//! Data flows one way; border types live in [`model`]; rooms do not know each
//! other:
//!
//! ```text
//! argv -cli-> command -commands-> items
//! items -source/git-> Blob -extract-> Text -detect(rules)-> Finding
//!   -baseline-> Judged -> Outcome -report-> bytes, exit code
//! ```
//!
//! The engine (`model`, `rules`, `extract`, `detect`, `baseline`, `engine`,
//! `redact`) builds without the feature `app`, so it cannot reach git or a terminal.
//! The library has no stable interface; the command line is the interface.

pub mod baseline;
pub mod detect;
pub mod engine;
pub mod extract;
#[cfg(feature = "app")]
#[allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the room that names git"
)]
pub mod git;
pub mod model;
#[cfg_attr(not(feature = "app"), allow(dead_code, reason = "the engine needs a part of it"))]
mod platform;
pub mod redact;
pub mod rules;

#[cfg(feature = "app")]
mod audit;
#[cfg(feature = "app")]
pub mod cli;
#[cfg(feature = "app")]
mod commands;
#[cfg(feature = "app")]
mod config;
#[cfg(feature = "app")]
mod doctor;
#[cfg(feature = "app")]
mod install;
#[cfg(feature = "app")]
mod report;
#[cfg(feature = "app")]
mod scan;
#[cfg(feature = "app")]
mod source;

/// Runs the command that the process was given and says how it ended. A panic
/// ends it as a failure, so a hook blocks; its own message is not shown, since
/// it may quote what was being read.
#[cfg(feature = "app")]
pub fn main() -> u8 {
    std::panic::set_hook(Box::new(|panic| report::broken(panic.location())));
    let run =
        || cli::parse().map_or_else(|exit| exit as u8, |command| commands::run(command) as u8);
    std::panic::catch_unwind(run).unwrap_or(cli::Exit::Failed as u8)
}
