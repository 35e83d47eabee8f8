//! Tokens that begin with an id in base64 and hold no word to wake a rule. Every
//! long run of base64 is decoded anyway; one that comes to a number is looked at here.

use super::text::bounds;
use super::{Candidate, pattern_reader};
use crate::model::{Rule, Span};
use crate::rules::{RuleSet, is_token};

/// The rules of such tokens, as far as they are on.
#[derive(Debug)]
pub(super) struct Rules {
    /// `<user id>.<time>.<signature>`.
    discord: Option<&'static Rule>,
    /// `<id>:<20 bytes>`, all of it in base64.
    atlassian: Option<&'static Rule>,
}

impl Rules {
    pub(super) fn of(rules: &RuleSet) -> Self {
        Self {
            discord: rules.find("discord-bot-token"),
            atlassian: rules.find("atlassian-data-center-token"),
        }
    }

    /// The token that begins with `run`, which decodes to `id`.
    pub(super) fn token(&self, text: &[u8], run: Span, id: &[u8]) -> Option<Candidate> {
        let (digits, colon) = id.strip_suffix(b":").map_or((id, false), |digits| (digits, true));
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let (rule, end) = if colon {
            (self.atlassian?, data_center(text, run, digits.len())?)
        } else {
            (self.discord?, discord(text, run, digits.len())?)
        };
        pattern_reader::accept(rule, text, Span::new(run.start, end))
    }
}

/// Where Discord's token ends.
fn discord(text: &[u8], run: Span, digits: usize) -> Option<usize> {
    let before = &text[..run.start];
    let joined = before.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.')
        && !bounds::ends_with_escape(before);
    let mut end = run.end;
    for lens in [6..=7, 27..=40] {
        let rest = text[end..].strip_prefix(b".")?;
        let len = rest.iter().take(41).take_while(|b| is_token(**b)).count();
        lens.contains(&len).then_some(())?;
        end += 1 + len;
    }
    ((17..=20).contains(&digits) && !joined).then_some(end)
}

/// Where Atlassian's token ends: 12 digits, a colon and 20 bytes are 44 characters. It may
/// stand between slashes.
fn data_center(text: &[u8], run: Span, digits: usize) -> Option<usize> {
    let end = run.start + 44;
    let goes_on = text.get(end).is_some_and(|b| is_token(*b) || matches!(b, b'+' | b'='));
    (digits == 12 && end <= run.end && !goes_on).then_some(end)
}
