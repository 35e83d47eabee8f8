//! stanch stops secrets from flowing into git.
//!
//! Data flows one way; border types live in [`model`]; rooms do not know each
//! other:
//!
//! ```text
//! argv -cli-> Invocation -commands-> Selection
//! Selection -source/git-> Blob -extract-> Text -detect(rules)-> Finding
//!   -baseline-> Judged -> Outcome -report-> bytes, exit code
//! ```
//!
//! The engine (`model`, `rules`, `extract`, `detect`, `baseline`, `engine`)
//! builds without the feature `app`, so it cannot reach git or a terminal.
//! The library has no stable interface; the command line is the interface.

pub mod detect;
pub mod extract;
pub mod model;
pub mod rules;
