//! A stream with every secret replaced: bytes in, bytes out, bounded memory.
//!
//! What is read waits until its line is whole, an armored key until its end;
//! of a line that does not end, what is behind the longest token. So no cut of
//! the input hides a secret. A value that was found once is replaced wherever
//! it stands from then on. Everything else passes through byte for byte.

mod armor;
mod files;
mod layers;
mod replace;
mod seen;
mod wide;

pub use files::{FileError, Target, redact_file};

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use crate::detect::{LocalValues, Scanner};
use crate::engine::{counts, knows_form};
use crate::extract::utf16_order;
use crate::model::{RepoPath, Scope, Span, Text};
use layers::Looker;
use replace::Mark;
use seen::Seen;
use wide::Wide;

/// Of a line longer than this, what cannot be part of an open token goes out.
const LONG_LINE: usize = 1 << 20;
/// No token is longer, unless its run of characters does not end.
const TAIL: usize = 64 << 10;
/// Lines of an armored key are held back up to this many bytes.
const HOLD: usize = 256 << 10;
/// What has gone out is still looked at: a name may stand lines before its value.
const CONTEXT: usize = 2 << 10;
/// What the first bytes must be to tell how the rest is written, if they are
/// not plainly text.
const HEAD: usize = 64;
/// How much is read at once.
const READ: usize = 256 << 10;

/// What was replaced, and in how much.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Bytes read.
    pub bytes: u64,
    /// Replacements by rule.
    pub replaced: BTreeMap<String, u64>,
}

/// A redactor of one stream.
#[derive(Debug)]
pub struct Redactor<'a> {
    scanner: &'a Scanner,
    local: &'a LocalValues,
    path: RepoPath,
    seen: Seen,
    stats: Stats,
    /// What has gone out and serves as context, then what waits.
    buffer: Vec<u8>,
    context: usize,
    /// The rest of a secret without an end is being dropped.
    dropping: Option<Run>,
    form: Form,
}

/// How the bytes are written.
#[derive(Debug)]
enum Form {
    /// The first bytes, which do not tell yet.
    Unknown(Vec<u8>),
    Text,
    Binary,
    Wide(Wide),
}

/// What a secret without an end is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Token,
    Armor,
}

impl<'a> Redactor<'a> {
    /// A redactor for a text of this path, which tells the language.
    pub fn new(scanner: &'a Scanner, local: &'a LocalValues, path: RepoPath) -> Self {
        Self {
            scanner,
            local,
            path,
            seen: Seen::default(),
            stats: Stats::default(),
            buffer: Vec::new(),
            context: 0,
            dropping: None,
            form: Form::Unknown(Vec::new()),
        }
    }

    /// Copies `input` to `output`, and flushes before it waits for more.
    /// A reader that has gone away ends it without an error.
    pub fn copy(mut self, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Stats> {
        let mut chunk = vec![0; READ];
        let mut ready = Vec::new();
        loop {
            let len = match input.read(&mut chunk) {
                Ok(len) => len,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if len == 0 {
                self.finish(&mut ready);
            } else {
                self.push(&chunk[..len], &mut ready);
            }
            match output.write_all(&ready).and_then(|()| output.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(self.stats),
                result => result?,
            }
            if len == 0 {
                return Ok(self.stats);
            }
            ready.clear();
        }
    }

    /// Takes the next bytes and adds to `ready` what may go out.
    pub fn push(&mut self, bytes: &[u8], ready: &mut Vec<u8>) {
        self.stats.bytes += bytes.len() as u64;
        match &mut self.form {
            Form::Unknown(head) => {
                head.extend_from_slice(bytes);
                if may_be_text(head) || head.len() >= HEAD {
                    self.begin(ready);
                }
            }
            Form::Text | Form::Binary => self.take(bytes, ready),
            Form::Wide(wide) => {
                let text = wide.narrow(bytes);
                self.take_wide(&text, ready);
            }
        }
    }

    /// Adds the rest.
    pub fn finish(&mut self, ready: &mut Vec<u8>) {
        self.begin(ready);
        let Form::Wide(wide) = &mut self.form else {
            return self.flush(ready);
        };
        let (text, byte) = wide.rest();
        self.take_wide(&text, ready);
        let mut plain = Vec::new();
        self.flush(&mut plain);
        if let Form::Wide(wide) = &mut self.form {
            wide.widen(&plain, ready);
        }
        ready.extend(byte);
    }

    /// Decides how the bytes are written, and reads those that told.
    fn begin(&mut self, ready: &mut Vec<u8>) {
        let Form::Unknown(head) = &mut self.form else { return };
        let head = std::mem::take(head);
        self.form = match utf16_order(&head) {
            Some(order) => Form::Wide(Wide::new(order)),
            None if is_binary(&head) => Form::Binary,
            None => Form::Text,
        };
        self.stats.bytes -= head.len() as u64;
        self.push(&head, ready);
    }

    fn take_wide(&mut self, text: &[u8], ready: &mut Vec<u8>) {
        let mut plain = Vec::new();
        self.take(text, &mut plain);
        if let Form::Wide(wide) = &mut self.form {
            wide.widen(&plain, ready);
        }
    }

    fn take(&mut self, bytes: &[u8], ready: &mut Vec<u8>) {
        self.buffer.extend_from_slice(bytes);
        self.drop_rest();
        while let Some((cut, end)) = self.cut() {
            let before = self.buffer.len();
            self.emit(cut, end, ready);
            if self.buffer.len() == before || self.dropping.is_some() {
                self.drop_rest();
                break;
            }
        }
    }

    fn flush(&mut self, ready: &mut Vec<u8>) {
        let end = self.buffer.len();
        if end > self.context {
            self.emit(end, end, ready);
        }
    }

    /// Up to where bytes may go out, and up to where they are looked at to know.
    fn cut(&self) -> Option<(usize, usize)> {
        let len = self.buffer.len();
        let waiting = &self.buffer[self.context..];
        let Some(last) = memchr::memrchr2(b'\n', b'\r', waiting) else {
            return (waiting.len() > LONG_LINE).then(|| (len - TAIL, len));
        };
        let end = self.context + last + 1;
        let waiting = &self.buffer[self.context..end];
        let open = armor::open(waiting).map(|at| {
            let line = memchr::memrchr2(b'\n', b'\r', &waiting[..at]);
            line.map_or(0, |line| line + 1)
        });
        let open = open.or_else(|| layers::open(waiting));
        match open {
            Some(0) if waiting.len() <= HOLD => None,
            Some(at) if waiting.len() - at <= HOLD => Some((self.context + at, end)),
            Some(_) | None => Some((end, end)),
        }
    }

    /// Sends out what stands before `cut`, looking at everything before `end`.
    fn emit(&mut self, mut cut: usize, end: usize, ready: &mut Vec<u8>) {
        let mut marks = self.marks(end);
        if let Some(mark) = marks.iter().find(|mark| mark.span.start < cut && cut < mark.span.end) {
            // A whole secret goes out whole; of one without an end, the rest is dropped.
            cut = mark.span.end;
            if cut == end {
                let is_armor = self.buffer[mark.span.start..].starts_with(b"-----BEGIN");
                self.dropping = Some(if is_armor { Run::Armor } else { Run::Token });
            }
        } else if cut == end
            && armor::open(&self.buffer[self.context..end])
                .is_some_and(|_| marks.last().is_some_and(|mark| mark.span.end == end))
        {
            self.dropping = Some(Run::Armor);
        }
        marks.retain(|mark| mark.span.start < cut && mark.span.end > self.context);
        for mark in &marks {
            *self.stats.replaced.entry(mark.rule.clone()).or_default() += 1;
        }
        replace::splice(&self.buffer[..cut], self.context, &marks, ready);
        let keep = layers::aligned(&self.buffer, cut.saturating_sub(CONTEXT));
        self.buffer.drain(..keep);
        self.context = cut - keep;
    }

    /// Every secret before `end`, apart from each other, sorted.
    fn marks(&mut self, end: usize) -> Vec<Mark> {
        let text = &self.buffer[..end];
        let scope =
            if matches!(self.form, Form::Binary) { Scope::Tokens } else { Scope::Everything };
        let mut marks: Vec<Mark> = Vec::new();
        let mut taken: Vec<Span> = Vec::new();
        for candidate in self.scanner.candidates(text, &self.path) {
            if !counts(scope, &candidate) {
                continue;
            }
            self.seen.add(&candidate, text);
            taken.extend(knows_form(&candidate).then_some(candidate.span));
            marks.push(Mark::of(&candidate, text));
        }
        if scope == Scope::Everything {
            let looker = Looker { scanner: self.scanner, local: self.local, path: &self.path };
            marks.extend(looker.marks(&Text::body(text), &taken));
        }
        marks.extend(self.local.candidates(text).map(|found| Mark::of(&found, text)));
        marks.extend(self.seen.marks(text));
        marks.extend(armor::blocks(&text[self.context..]).into_iter().map(|span| {
            Mark::armor(text, Span::new(self.context + span.start, self.context + span.end))
        }));
        replace::apart(text, marks)
    }

    /// Drops what goes on a secret that has been replaced already.
    fn drop_rest(&mut self) {
        let Some(run) = self.dropping else { return };
        let waiting = &self.buffer[self.context..];
        let (rest, ended) = match run {
            Run::Token => {
                let len = waiting.iter().position(|&b| !is_token_byte(b));
                (len.unwrap_or(waiting.len()), len.is_some())
            }
            Run::Armor => armor::rest(waiting),
        };
        self.buffer.drain(self.context..self.context + rest);
        if ended {
            self.dropping = None;
        }
    }
}

/// Whether bytes are those of no text. Zeros at the head are what a truncated
/// log begins with.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[bytes.iter().take_while(|&&b| b == 0).count()..];
    memchr::memchr(0, &head[..head.len().min(8_000)]).is_some()
}

/// Whether bytes are plainly no UTF-16 and no binary.
fn may_be_text(head: &[u8]) -> bool {
    !matches!(head, [] | [0xFE | 0xFF, ..]) && memchr::memchr(0, head).is_none()
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=_.-%~".contains(&byte)
}

#[cfg(test)]
mod tests;
