//! Values that were found before: replaced wherever they stand from then on,
//! also where nothing around them says what they are.

use std::collections::{HashSet, VecDeque};
use std::fmt;

use regex::bytes::Regex;

use super::replace::Mark;
use crate::detect::{Candidate, literals};
use crate::model::{Secret, Span, Strength};

/// The least length of a value that is remembered.
const SHORTEST: usize = 12;
/// Longer values are recognized by their own form.
const LONGEST: usize = 2_048;
/// How many are remembered; the oldest give way.
const MOST: usize = 256;

/// What a stream has shown so far.
#[derive(Default)]
pub(super) struct Seen {
    values: VecDeque<(Secret, &'static str)>,
    known: HashSet<Secret>,
    pattern: Option<Regex>,
    is_stale: bool,
}

/// The pattern is made of values, so it is never shown.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seen({})", self.values.len())
    }
}

impl Seen {
    /// Remembers a value, unless it is weak: a word may mean something else
    /// at another place.
    pub(super) fn add(&mut self, candidate: &Candidate, text: &[u8]) {
        let value = candidate.value(text);
        let is_apt = candidate.strength == Strength::Strong
            && (SHORTEST..=LONGEST).contains(&value.len())
            && !value.contains(&b'\n');
        let secret = Secret::new(&value, candidate.strength);
        if !is_apt || self.known.contains(&secret) {
            return;
        }
        if self.values.len() == MOST
            && let Some((oldest, _)) = self.values.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.known.insert(secret.clone());
        self.values.push_back((secret, candidate.rule.id));
        self.is_stale = true;
    }

    /// Where remembered values stand.
    pub(super) fn marks(&mut self, text: &[u8]) -> Vec<Mark> {
        if self.is_stale {
            let mut forms: Vec<&[u8]> = self.values.iter().map(|(v, _)| v.expose()).collect();
            forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
            self.pattern = literals(&forms);
            self.is_stale = false;
        }
        let Some(pattern) = &self.pattern else { return Vec::new() };
        let mark = |found: regex::bytes::Match<'_>| {
            let (value, rule) =
                self.values.iter().find(|(value, _)| value.expose() == found.as_bytes())?;
            Some(Mark::new(Span::new(found.start(), found.end()), rule, value, 0))
        };
        pattern.find_iter(text).filter_map(mark).collect()
    }
}
