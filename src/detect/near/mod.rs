//! Values without a mark of their own: the keyword names the issuer, and what
//! follows it has the shape of the issuer's keys. Owns which of the runs
//! behind a keyword is the value; `link` judges whether the two belong
//! together, `random` whether anybody issued such a value.

mod link;
mod random;

use std::sync::OnceLock;

use super::patterns::Wake;
use super::{Candidate, placeholder};
use crate::model::{Link, Rule, Span, Strength};
use crate::rules::Shape;

/// How far behind the keyword a value may begin, in bytes and in lines.
const REACH: usize = 320;
const LINES: usize = 4;

/// The shapes of a rule set, each read when its keyword was first seen.
#[derive(Debug)]
pub(super) struct Near {
    shapes: Vec<OnceLock<Vec<Shape>>>,
}

impl Near {
    /// Room for this many rules.
    pub(super) fn new(rules: usize) -> Self {
        Self { shapes: std::iter::repeat_with(OnceLock::new).take(rules).collect() }
    }

    /// Adds what the rule finds behind the keyword that woke it, from
    /// `read_until` on, where its last value ended.
    pub(super) fn read(&self, wake: &Wake, read_until: &mut usize, found: &mut Vec<Candidate>) {
        let &Wake { number, rule, text, keyword } = wake;
        if !link::may_lead(wake) {
            return;
        }
        let shapes = self.shapes[number].get_or_init(|| shapes(rule));
        let mut at = keyword.end.max(*read_until);
        let end = reach(text, keyword.end);
        while at < end {
            match value_at(rule, shapes, text, at) {
                Some(value) if belongs(wake, value) => {
                    found.push(candidate(rule, value));
                    *read_until = value.end;
                    at = value.end;
                }
                Some(_) | None => at += 1,
            }
        }
    }
}

fn shapes(rule: &Rule) -> Vec<Shape> {
    let parse = |shape: &&str| Shape::parse(shape).expect("a test reads every built-in shape");
    rule.shapes.iter().map(parse).collect()
}

fn reach(text: &[u8], start: usize) -> usize {
    let end = (start + REACH).min(text.len());
    let newline = memchr::memchr_iter(b'\n', &text[start..end]).nth(LINES);
    newline.map_or(end, |at| start + at)
}

/// The value of one of the shapes that stands at `at`, by itself.
fn value_at(rule: &Rule, shapes: &[Shape], text: &[u8], at: usize) -> Option<Span> {
    if !starts_value(rule.link, text, at) {
        return None;
    }
    let ends = shapes.iter().filter_map(|shape| shape.end_at(text, at));
    ends.filter(|&end| ends_value(text, end)).max().map(|end| Span::new(at, end))
}

/// Whether what stands before `at` lets a value begin there.
fn starts_value(link: Link, text: &[u8], at: usize) -> bool {
    if text[at].is_ascii_whitespace() {
        return false;
    }
    match &text[..at] {
        [] | [.., b'\\', b'n' | b't' | b'r'] => true,
        [.., b'%', a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => true,
        [.., b'/'] => link == Link::Path,
        [.., before] => before.is_ascii_whitespace() || b"\"'`=:([{,>|;&?!@-".contains(before),
    }
}

/// Whether what stands at `end` lets a value end there.
fn ends_value(text: &[u8], end: usize) -> bool {
    match &text[end..] {
        [] => true,
        [b'.', after, ..] => after.is_ascii_whitespace(),
        [after, ..] => after.is_ascii_whitespace() || b"\"'`,;)]}<&|\\#@/.".contains(after),
    }
}

fn belongs(wake: &Wake, value: Span) -> bool {
    let bytes = value.of(wake.text);
    random::is_issued(bytes) && !is_filler(bytes) && link::joins(wake, value)
}

/// As [`placeholder::is_filler`], but for short units that are repeated: of
/// those the shape would be an accident, and people do make such keys.
fn is_filler(value: &[u8]) -> bool {
    placeholder::is_monotonous(value)
        || placeholder::has_blank_run(value)
        || placeholder::has_filler_word(value)
        || placeholder::is_published_example(value)
}

fn candidate(rule: &'static Rule, span: Span) -> Candidate {
    Candidate {
        rule,
        span,
        value: None,
        strength: if rule.weak { Strength::Weak } else { Strength::Strong },
        confidence: rule.confidence,
        remark: None,
    }
}
