//! Progress of a long scan, on a terminal and nowhere else.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer than this are done before a bar could be looked at.
const WORTH_A_BAR: usize = 2_000;

/// A bar that counts; invisible where nobody watches.
#[derive(Debug)]
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for so many of something.
    pub(crate) fn of(many: usize, what: &'static str) -> Self {
        if many < WORTH_A_BAR || !io::stderr().is_terminal() {
            return Self(None);
        }
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}, {eta} left")
            .expect("the template is valid");
        Self(Some(ProgressBar::new(many as u64).with_style(style).with_message(what)))
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

/// Clears the line, also when a scan ends early.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
