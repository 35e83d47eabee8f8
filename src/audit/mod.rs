//! Deciding: what is open, what a person says of it, and the screen on which
//! they do. Values are shown masked; one key shows one for a moment, on a
//! real terminal and nowhere else.

mod desk;
mod detail;
mod draw;
mod history;
mod incident;
mod markdown;
mod question;
mod rows;
mod state;
mod surroundings;
mod terminal;
mod text;

pub(crate) use desk::{Desk, DeskError, is_open};
pub(crate) use history::history;
pub(crate) use incident::{Reach, steps};
pub(crate) use markdown::report;
pub(crate) use terminal::{is_possible, run};
