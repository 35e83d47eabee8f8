//! Deciding: what is open, what a person says of it, and the screen on which
//! they do. Values are shown masked; one key shows one for a moment, on a
//! real terminal and nowhere else.

mod desk;
mod detail;
mod history;
mod incident;
mod look;
mod markdown;
mod question;
mod rows;
mod screen;
mod state;
mod text;
mod view;

pub(crate) use desk::{Desk, DeskError, is_open};
pub(crate) use history::history;
pub(crate) use incident::{Reach, steps};
pub(crate) use look::place_of;
pub(crate) use markdown::report;
pub(crate) use screen::{is_possible, run};
