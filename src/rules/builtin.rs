//! The built-in rules, as the build script packs them: one text that holds all their
//! words, and rows that say where. A table of rules would hold a pointer to every
//! word, which the loader sets in every run, whatever a commit needs; so a rule is
//! made of its row when it is first asked for.

use std::sync::OnceLock;

use super::tables::{KEYWORD_ENDS, KEYWORD_RULES, LISTS, ROWS, TEXT};
use crate::model::{Bounds, Check, Confidence, Detector, Link, Rule, Severity};

/// Where a word stands in the text: its first byte, and how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word(pub(super) u32, pub(super) u32);

impl Word {
    fn text(self) -> &'static str {
        &TEXT[self.0 as usize..][..self.1 as usize]
    }
}

/// Where several stand in the list of words: the first, and how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct List(pub(super) u32, pub(super) u32);

impl List {
    fn texts(self) -> &'static [&'static str] {
        let words = &LISTS[self.0 as usize..][..self.1 as usize];
        words.iter().map(|word| word.text()).collect::<Vec<_>>().leak()
    }
}

/// A packed rule; for what each field says see [`Rule`].
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: Word,
    pub(super) provider: Word,
    pub(super) description: Word,
    pub(super) detector: Detector,
    pub(super) keywords: List,
    pub(super) pattern: Word,
    pub(super) shapes: List,
    pub(super) link: Link,
    pub(super) bounds: Bounds,
    pub(super) check: Option<Check>,
    pub(super) min_entropy: f32,
    pub(super) severity: Severity,
    pub(super) confidence: Confidence,
    pub(super) weak: bool,
    pub(super) prefix: Word,
    pub(super) env: List,
    pub(super) revoke: Option<Word>,
    pub(super) source: Word,
}

impl Row {
    fn unpack(&self) -> Rule {
        Rule {
            id: self.id.text(),
            provider: self.provider.text(),
            description: self.description.text(),
            detector: self.detector,
            keywords: self.keywords.texts(),
            pattern: self.pattern.text(),
            shapes: self.shapes.texts(),
            link: self.link,
            bounds: self.bounds,
            check: self.check,
            min_entropy: self.min_entropy,
            severity: self.severity,
            confidence: self.confidence,
            weak: self.weak,
            prefix: self.prefix.text(),
            env: self.env.texts(),
            revoke: self.revoke.map(Word::text),
            source: self.source.text(),
        }
    }
}

/// How many there are.
pub(super) const COUNT: usize = ROWS.len();

/// The rule of this number, below [`COUNT`].
pub(super) fn rule(number: usize) -> &'static Rule {
    static MADE: [OnceLock<&Rule>; COUNT] = [const { OnceLock::new() }; COUNT];
    MADE[number].get_or_init(|| Box::leak(Box::new(ROWS[number].unpack())))
}

/// The numbers of the rules a keyword belongs to.
pub(super) fn of_keyword(keyword: usize) -> &'static [u16] {
    let start = keyword.checked_sub(1).map_or(0, |before| KEYWORD_ENDS[before]);
    &KEYWORD_RULES[start as usize..KEYWORD_ENDS[keyword] as usize]
}

/// All built-in rules, sorted by id.
pub fn builtin() -> impl Iterator<Item = &'static Rule> + Clone {
    (0..COUNT).map(rule)
}

/// The built-in rule of this id, if there is one.
pub fn find(id: &str) -> Option<&'static Rule> {
    ROWS.binary_search_by(|row| row.id.text().cmp(id)).ok().map(rule)
}

/// The built-in rule of this id.
///
/// # Panics
/// When no rule has it: for ids that stand in the source, which a test covers.
pub fn named(id: &str) -> &'static Rule {
    find(id).unwrap_or_else(|| panic!("no built-in rule `{id}`"))
}
