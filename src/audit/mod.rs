//! Deciding: what is open, what a person says of it, and the screen on which
//! they do. Values are shown masked; one key shows one for a moment, on a
//! real terminal and nowhere else.

mod desk;
mod incident;
mod markdown;

pub(crate) use desk::{Desk, is_open};
pub(crate) use incident::{Reach, steps};
pub(crate) use markdown::report;
