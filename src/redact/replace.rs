//! What stands in place of a secret, and how it is put there: escapes stay
//! whole, and a line that is JSON stays JSON.

use serde::de::IgnoredAny;

use crate::detect::Candidate;
use crate::model::{Detector, Secret, Span, Strength};

/// A secret in a text, and what is written in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) rule: String,
    pub(super) label: String,
    /// Of overlapping marks, the one that says more names the whole.
    weight: u8,
}

impl Mark {
    /// The mark of what a detector found.
    pub(super) fn of(candidate: &Candidate, text: &[u8]) -> Self {
        let value = Secret::new(&candidate.value(text), candidate.strength);
        let weight = match candidate.rule.detector {
            Detector::Armor | Detector::Jwk => 3,
            Detector::Pattern | Detector::Near => 2,
            Detector::Assignment | Detector::Url => 1,
            Detector::LocalEnv | Detector::Path | Detector::Exposure => 0,
        };
        Self::new(candidate.span, candidate.rule.id, &value, weight)
    }

    /// The mark of a private key that no detector vouches for: cut short,
    /// locked, or with something before each of its lines.
    pub(super) fn armor(text: &[u8], span: Span) -> Self {
        let block = span.of(text);
        let payload: Vec<u8> = block.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
        Self::new(span, "private-key", &Secret::new(&payload, Strength::Strong), 0)
    }

    /// The mark of a value.
    pub(super) fn new(span: Span, rule: &str, value: &Secret, weight: u8) -> Self {
        // A user's rule may have any name; a label holds no quote and no backslash.
        let plain = |c: &char| c.is_ascii_alphanumeric() || "-_.".contains(*c);
        let rule: String = rule.chars().filter(plain).collect();
        let label = match value.fingerprint() {
            Some(fingerprint) => format!("[redacted {rule} {fingerprint}]"),
            None => format!("[redacted {rule}]"),
        };
        Self { span, rule, label, weight }
    }
}

/// Sorted marks of whole escapes, overlapping ones joined.
pub(super) fn apart(text: &[u8], mut marks: Vec<Mark>) -> Vec<Mark> {
    for mark in &mut marks {
        mark.span = whole_escapes(text, mark.span);
    }
    marks.retain(|mark| !mark.span.is_empty());
    marks.sort_by_key(|mark| (mark.span, std::cmp::Reverse(mark.weight)));
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut().filter(|last| last.span.end > mark.span.start) {
            Some(last) => {
                let end = last.span.end.max(mark.span.end);
                let span = Span::new(last.span.start, end);
                if mark.weight > last.weight {
                    *last = mark;
                }
                last.span = span;
            }
            None => joined.push(mark),
        }
    }
    joined
}

/// Adds `text[from..]` with every mark replaced. Marks that begin before
/// `from` are replaced from there on: what stood before has gone out.
pub(super) fn splice(text: &[u8], from: usize, marks: &[Mark], ready: &mut Vec<u8>) {
    let mut at = from;
    let mut rest = marks;
    while let Some(first) = rest.first() {
        let line = line_around(text, from, first.span);
        let in_line = rest.iter().take_while(|mark| mark.span.start < line.end).count();
        let (these, others) = rest.split_at(in_line);
        ready.extend_from_slice(&text[at..line.start.max(at)]);
        let line = Span::new(line.start.max(at), line.end.max(these[in_line - 1].span.end));
        ready.extend_from_slice(&redacted_line(text, line, these));
        at = line.end;
        rest = others;
    }
    ready.extend_from_slice(&text[at..]);
}

fn line_around(text: &[u8], from: usize, span: Span) -> Span {
    let start = span.start.max(from);
    let head = memchr::memrchr2(b'\n', b'\r', &text[from..start]).map_or(from, |at| from + at + 1);
    let end =
        memchr::memchr2(b'\n', b'\r', &text[span.end..]).map_or(text.len(), |at| span.end + at);
    Span::new(head, end)
}

fn redacted_line(text: &[u8], line: Span, marks: &[Mark]) -> Vec<u8> {
    let plain = written(text, line, marks, |label, _| label.to_owned());
    let before = line.of(text);
    let looks_json = matches!(before.trim_ascii_start().first(), Some(b'{' | b'['));
    if !looks_json || is_json(&plain) || !is_json(before) {
        return plain;
    }
    // A bare number or a string with its quotes became words: give it quotes.
    let quoted = written(text, line, marks, |label, span| {
        if is_in_string(before, span.start - line.start) {
            label.to_owned()
        } else {
            format!("\"{label}\"")
        }
    });
    if is_json(&quoted) { quoted } else { blank(marks) }
}

fn written(
    text: &[u8],
    line: Span,
    marks: &[Mark],
    label: impl Fn(&str, Span) -> String,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len());
    let mut at = line.start;
    for mark in marks {
        let start = mark.span.start.max(at);
        out.extend_from_slice(&text[at..start]);
        out.extend_from_slice(label(&mark.label, Span::new(start, mark.span.end)).as_bytes());
        at = mark.span.end;
    }
    out.extend_from_slice(&text[at..line.end.max(at)]);
    out
}

/// The last resort for a line of JSON: its secrets, and nothing else of it.
fn blank(marks: &[Mark]) -> Vec<u8> {
    let labels: Vec<String> = marks.iter().map(|mark| format!("\"{}\"", mark.label)).collect();
    format!("{{\"redacted\":[{}]}}", labels.join(",")).into_bytes()
}

fn is_json(line: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

/// Whether a string is open at `at`.
fn is_in_string(line: &[u8], at: usize) -> bool {
    let mut open = false;
    let mut bytes = line[..at].iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if open => drop(bytes.next()),
            b'"' => open = !open,
            _ => {}
        }
    }
    open
}

/// The span without half an escape at its start or its end.
fn whole_escapes(text: &[u8], span: Span) -> Span {
    let mut start = span.start;
    if is_escaped(text, start) {
        start -= 1;
    } else if let Some(at) = unicode_escape(text, start) {
        start = at;
    }
    let mut end = span.end;
    if end > start && is_escaped(text, end) {
        end -= 1;
    } else if let Some(at) = unicode_escape(text, end) {
        end = text.len().min(at + 6);
    }
    Span::new(start, end.max(start))
}

/// Whether an odd number of backslashes stands before `at`.
fn is_escaped(text: &[u8], at: usize) -> bool {
    text[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// Where the `\uXXXX` begins whose digits `at` stands among.
fn unicode_escape(text: &[u8], at: usize) -> Option<usize> {
    (2..6).filter_map(|back| at.checked_sub(back)).find(|&start| {
        text[start..at].starts_with(b"\\u")
            && is_escaped(text, start + 1)
            && text[start + 2..at].iter().all(u8::is_ascii_hexdigit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(span: Span, rule: &str) -> Mark {
        Mark::new(span, rule, &Secret::new(b"x", Strength::Weak), 0)
    }

    fn spliced(text: &str, spans: &[(usize, usize)]) -> String {
        let marks = spans.iter().map(|&(a, b)| mark(Span::new(a, b), "r")).collect();
        let marks = apart(text.as_bytes(), marks);
        let mut ready = Vec::new();
        splice(text.as_bytes(), 0, &marks, &mut ready);
        String::from_utf8(ready).unwrap()
    }

    #[test]
    fn marks_are_replaced_and_the_rest_is_kept() {
        assert_eq!(
            spliced("a SECRET b\nc KEY KEY\n", &[(2, 8), (13, 16), (17, 20)]),
            "a [redacted r] b\nc [redacted r] [redacted r]\n"
        );
        assert_eq!(spliced("ab\ncd\nef", &[(1, 4)]), "a[redacted r]d\nef");
        assert_eq!(spliced("abcdef", &[(0, 3), (2, 5)]), "[redacted r]f");
    }

    #[test]
    fn no_escape_is_torn() {
        // The span begins with the letter of `\n`, or ends with the backslash of `\"`.
        assert_eq!(spliced(r#"{"a":"x\nKEY\"y"}"#, &[(8, 13)]), r#"{"a":"x[redacted r]\"y"}"#);
        assert_eq!(spliced(r#"{"a":"\u0026KEY\u0026"}"#, &[(10, 17)]), r#"{"a":"[redacted r]"}"#);
    }

    #[test]
    fn json_stays_json() {
        for (text, span) in [
            (r#"{"pin":12345678,"b":1}"#, (7, 15)),
            (r#"{"pin":"12345678","b":1}"#, (7, 17)),
            (r#"{"pin":"12345678","b":1}"#, (10, 23)),
            (r#"["a",true]"#, (2, 7)),
        ] {
            let out = spliced(text, &[span]);
            assert!(is_json(out.as_bytes()), "{out}");
            assert!(out.contains("[redacted r]"), "{out}");
        }
    }

    #[test]
    fn a_label_holds_nothing_that_json_minds() {
        let label = mark(Span::new(0, 1), "my\"rule\\n").label;
        assert_eq!(label, "[redacted myrulen]");
    }
}
