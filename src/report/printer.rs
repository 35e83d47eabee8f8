//! The two streams, and nothing that could turn a write error into "clean":
//! errors of writing are kept aside, and exit codes come from findings.

use std::io::{self, IsTerminal as _, Write};

use anstream::AutoStream;

/// Styles, as terminals take them; the streams drop them where they are not wanted.
pub(super) const BOLD: &str = "\x1b[1m";
pub(super) const DIM: &str = "\x1b[2m";
pub(super) const RED: &str = "\x1b[31m";
pub(super) const YELLOW: &str = "\x1b[33m";
pub(super) const RESET: &str = "\x1b[0m";

/// Standard output for data, standard error for words. Colour only on a
/// terminal that wants it (`NO_COLOR`, `CLICOLOR`, `TERM=dumb`).
pub(crate) struct Printer {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    err_is_terminal: bool,
    lost: Option<io::Error>,
}

impl Printer {
    /// The streams of this process.
    pub(crate) fn new() -> Self {
        let stdout = AutoStream::auto(io::stdout());
        let stderr = AutoStream::auto(io::stderr());
        Self {
            out: Box::new(io::BufWriter::new(stdout)),
            err: Box::new(io::BufWriter::new(stderr)),
            err_is_terminal: io::stderr().is_terminal(),
            lost: None,
        }
    }

    /// Writes a line of data. A reader that has gone away is no error.
    pub(crate) fn data(&mut self, line: &str) {
        let written = writeln!(self.out, "{line}");
        self.keep(written);
    }

    /// Writes out what waits. Data that could not be written, on a full disk
    /// for one, is an error.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        let written = self.out.flush();
        self.keep(written);
        self.lost.take().map_or(Ok(()), Err)
    }

    fn keep(&mut self, written: io::Result<()>) {
        let is_gone = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        let error = written.err().filter(|error| !is_gone(error));
        self.lost = self.lost.take().or(error);
    }

    /// Writes a line of words.
    pub(crate) fn say(&mut self, line: &str) {
        drop(writeln!(self.err, "{line}"));
    }

    /// Whether a person sees standard error as it is written.
    pub(crate) fn is_watched(&self) -> bool {
        self.err_is_terminal
    }
}

/// Standard output for bytes that pass through as they are.
pub(crate) fn raw_output() -> impl Write {
    io::stdout().lock()
}

impl Drop for Printer {
    fn drop(&mut self) {
        drop(self.out.flush());
        drop(self.err.flush());
    }
}
