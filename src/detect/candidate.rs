//! What a reader hands over: a span that holds a value, before it is judged
//! against its neighbours.

use std::borrow::Cow;

use crate::model::{Confidence, Rule, Span, Strength};

/// A value at a span of a text.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The value in the text: no quotes, no name.
    pub span: Span,
    /// The value when it is not the bytes of the span: escapes undone, line
    /// ends as LF.
    pub value: Option<Vec<u8>>,
    /// Whether a word list could find it.
    pub strength: Strength,
    /// How sure rule and check are.
    pub confidence: Confidence,
    /// What the check said, when worth saying.
    pub remark: Option<&'static str>,
}

impl Candidate {
    /// A value that stands as it is, found with the confidence of its rule.
    pub(super) fn new(rule: &'static Rule, span: Span, strength: Strength) -> Self {
        Self { rule, span, value: None, strength, confidence: rule.confidence, remark: None }
    }

    /// The value's bytes.
    pub fn value<'t>(&'t self, text: &'t [u8]) -> Cow<'t, [u8]> {
        match &self.value {
            Some(value) => Cow::Borrowed(value),
            None => Cow::Borrowed(self.span.of(text)),
        }
    }
}
