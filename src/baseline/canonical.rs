//! The canonical bytes of a baseline. One baseline has one form, so a diff
//! shows decisions and nothing else.

use std::fmt::Write as _;

use super::{Baseline, Entry, Extent, Salt, Subject};
use crate::model::{hex, is_unsafe_to_print};

/// What stands in the list of findings: an entry, or in a conflict two.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Entry(&'a Entry),
    Either(&'a Entry, &'a Entry),
}

pub(super) fn to_bytes(baseline: &Baseline) -> Vec<u8> {
    render(&baseline.salts, baseline.entries.iter().map(Item::Entry))
}

pub(super) fn render<'a>(
    salts: &[Salt],
    items: impl ExactSizeIterator<Item = Item<'a>>,
) -> Vec<u8> {
    let count = items.len();
    let mut out = String::with_capacity(256 * (count + 1));
    out.push_str("{\n  \"format\": \"stanch-baseline\",\n  \"version\": 1,\n  \"salts\": [");
    for (number, salt) in salts.iter().enumerate() {
        let comma = if number == 0 { "" } else { ", " };
        push(&mut out, format_args!("{comma}\"{salt}\""));
    }
    out.push_str("],\n  \"findings\": [");
    for (number, item) in items.enumerate() {
        let comma = if number + 1 == count { "" } else { "," };
        match item {
            Item::Entry(entry) => push(&mut out, format_args!("\n    {}{comma}", line(entry))),
            Item::Either(ours, theirs) => push(
                &mut out,
                format_args!(
                    "\n<<<<<<< ours\n    {}{comma}\n=======\n    {}{comma}\n>>>>>>> theirs",
                    line(ours),
                    line(theirs)
                ),
            ),
        }
    }
    out.push_str(if count == 0 { "]\n}\n" } else { "\n  ]\n}\n" });
    out.into_bytes()
}

/// One entry in canonical form without the comma.
fn line(entry: &Entry) -> String {
    let mut out = String::with_capacity(256);
    match &entry.extent {
        Extent::Path(path) => {
            if let Ok(path) = std::str::from_utf8(path.as_bytes()) {
                field(&mut out, "path", path);
            } else {
                out.push_str("{\"path_hex\": \"");
                hex::write(&mut out, path.as_bytes()).expect("a string takes everything");
                out.push('"');
            }
        }
        Extent::Glob(glob) => field(&mut out, "glob", glob.as_str()),
    }
    field(&mut out, "rule", &entry.rule);
    match &entry.subject {
        Subject::Path => {}
        Subject::Value(digest) => field(&mut out, "digest", &digest.to_string()),
    }
    let decision = &entry.decision;
    field(&mut out, "verdict", decision.verdict().as_str());
    let until = decision.until().map(|day| day.to_string());
    let on = entry.on.map(|day| day.to_string());
    for (name, value) in [
        ("reason", decision.reason()),
        ("owner", decision.owner()),
        ("until", until.as_deref()),
        ("by", entry.by.as_deref()),
        ("on", on.as_deref()),
        ("via", entry.via.map(super::Via::as_str)),
    ] {
        if let Some(value) = value {
            field(&mut out, name, value);
        }
    }
    out.push('}');
    out
}

fn field(out: &mut String, name: &str, value: &str) {
    out.push_str(if out.is_empty() { "{\"" } else { ", \"" });
    out.push_str(name);
    out.push_str("\": \"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // A reviewer must see what is there: no control or bidirectional
            // character stands in the file as itself. All lie below U+10000.
            c if is_unsafe_to_print(c) => push(out, format_args!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes everything");
}
