//! Deciding: what is open, what a person says of it, and the screen on which
//! they do. Values are shown masked; one key shows one for a moment, on a
//! real terminal and nowhere else.

mod desk;
mod incident;
mod look;
mod markdown;
mod question;
mod screen;
mod state;
mod view;

pub(crate) use desk::{Desk, is_open};
pub(crate) use incident::{Reach, steps};
pub(crate) use look::history;
pub(crate) use markdown::report;
pub(crate) use screen::{is_possible, run};
