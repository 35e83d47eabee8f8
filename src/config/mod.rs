//! `.stanch.toml`: what was written, and what is meant. Data only: it runs
//! nothing, fetches nothing, and names no path outside the repository.

mod file;

pub(crate) use file::{Config, ConfigError, Existing, NAME};
