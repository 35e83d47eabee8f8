//! Private keys in armor as streams show them: whole, cut short, with a time
//! stamp before each line, or in one string with `\n` between the lines. Here
//! a block counts by its frame and the look of its lines; whether it is a key
//! that somebody could use belongs to `detect`.

use crate::model::Span;

/// How many lines in a row may look like something else (a message of
/// another thread in between) before a block without an end is over.
const FOREIGN: usize = 3;
/// The least that stands on a line of a key.
const RUN: usize = 16;
/// The least payload of a block that does not end.
const PAYLOAD: usize = 40;
/// The longest label, `PGP PRIVATE KEY BLOCK`, and room for the next.
const LABEL: usize = 40;

/// Where a block begins that has no end yet and may still get one.
pub(super) fn open(text: &[u8]) -> Option<usize> {
    let last = heads(text).last()?;
    let (end, state) = read(text, last.end);
    (state == State::Open && end <= text.len()).then_some(last.start)
}

/// The blocks of `text`, those without an end that hold a payload included.
pub(super) fn blocks(text: &[u8]) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    for head in heads(text) {
        if blocks.last().is_some_and(|block| block.end > head.start) {
            continue;
        }
        let (end, state) = read(text, head.end);
        let has_payload =
            text[head.end..end].split(|&b| !is_base64(b)).any(|run| run.len() >= PAYLOAD);
        if has_payload || (state == State::Closed && end > head.end + PAYLOAD) {
            blocks.push(Span::new(head.start, end));
        }
    }
    blocks
}

/// How much of `text` goes on a block that has been replaced already, and
/// whether it ends there.
pub(super) fn rest(text: &[u8]) -> (usize, bool) {
    let (end, state) = read(text, 0);
    match state {
        // The last line may be half of one.
        State::Open => (memchr::memrchr(b'\n', &text[..end]).map_or(0, |at| at + 1), false),
        State::Closed | State::Over => (end, true),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The text ends inside the block.
    Open,
    /// Its end line was read.
    Closed,
    /// What follows is something else.
    Over,
}

/// The `-----BEGIN … PRIVATE KEY…-----` lines and the heads of `PuTTY` files.
fn heads(text: &[u8]) -> impl Iterator<Item = Span> {
    const PUTTY: &[u8] = b"PuTTY-User-Key-File-";
    memchr::memmem::find_iter(text, b"PRIVATE KEY")
        .filter_map(move |at| {
            let from = at.saturating_sub(LABEL);
            let start = from + memchr::memmem::rfind(&text[from..at], b"-----BEGIN ")?;
            let label = &text[start + 11..at];
            let end = at + memchr::memmem::find(&text[at..text.len().min(at + LABEL)], b"-----")?;
            let is_label =
                label.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b' ');
            is_label.then_some(Span::new(start, end + 5))
        })
        .chain(memchr::memmem::find_iter(text, PUTTY).map(|at| Span::new(at, at + PUTTY.len())))
}

/// Reads lines from `at` on: where the block ends as far as is known, and how.
fn read(text: &[u8], at: usize) -> (usize, State) {
    let mut end = at;
    let mut next = at;
    let mut foreign = 0;
    while next < text.len() {
        let (line, after) = line_at(text, next);
        let bytes = line.of(text);
        if let Some(close) = closing(bytes) {
            return ((line.start + close).min(text.len()), State::Closed);
        }
        if is_of_a_key(bytes) {
            foreign = 0;
            end = line.end;
        } else {
            foreign += 1;
            if foreign == FOREIGN {
                return (end, State::Over);
            }
        }
        next = after;
    }
    (if foreign == 0 { text.len() } else { end }, State::Open)
}

/// The line at `at` and where the next begins; `\n` in a string ends one too.
fn line_at(text: &[u8], at: usize) -> (Span, usize) {
    let mut from = at;
    while let Some(found) = memchr::memchr3(b'\n', b'\r', b'\\', &text[from..]) {
        let found = from + found;
        match (text[found], text.get(found + 1)) {
            (b'\\', Some(b'n' | b'r')) => return (Span::new(at, found), found + 2),
            (b'\\', _) => from = found + 1,
            _ => return (Span::new(at, found), found + 1),
        }
    }
    (Span::new(at, text.len()), text.len())
}

/// Where the end line in `line` ends.
fn closing(line: &[u8]) -> Option<usize> {
    if let Some(at) = memchr::memmem::find(line, b"-----END ") {
        let label = at + 9;
        let dashes = memchr::memmem::find(&line[label..line.len().min(label + LABEL)], b"-----");
        return Some(dashes.map_or(line.len(), |dashes| label + dashes + 5));
    }
    memchr::memmem::find(line, b"Private-MAC: ").map(|_| line.len())
}

/// Headers of PEM, OpenPGP and PuTTY blocks.
const HEADERS: [&[u8]; 8] = [
    b"Proc-Type:",
    b"DEK-Info:",
    b"Version:",
    b"Comment:",
    b"Encryption:",
    b"Public-Lines:",
    b"Private-Lines:",
    b"Key-Derivation:",
];

/// Whether a line may stand inside a block: base64 behind whatever the log
/// puts before it, a header, nothing.
fn is_of_a_key(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let last =
        line.rsplit(|b| b" \t\"'|>".contains(b)).find(|word| !word.is_empty()).unwrap_or(&[]);
    let is_run = last.len() >= RUN && last.iter().all(|&b| is_base64(b));
    let is_header = HEADERS.iter().any(|name| memchr::memmem::find(line, name).is_some());
    line.is_empty() || is_run || is_header || line.len() < RUN && line.iter().all(|&b| is_base64(b))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}
