//! A token that begins with an id in base64 and holds no word to wake a rule:
//! Discord's `<user id>.<time>.<signature>`. Every long run of base64 is decoded
//! anyway; one that comes to a number is looked at here.

use super::{Candidate, patterns};
use crate::model::{Rule, Span};
use crate::rules::is_token;

/// How many digits such an id has.
const DIGITS: std::ops::RangeInclusive<usize> = 17..=20;

/// The token that begins with `run`, which decodes to `id`.
pub(super) fn token(rule: &'static Rule, text: &[u8], run: Span, id: &[u8]) -> Option<Candidate> {
    let is_id = DIGITS.contains(&id.len()) && id.iter().all(u8::is_ascii_digit);
    let joined = text[..run.start].last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
    let mut end = run.end;
    for lens in [6..=7, 27..=40] {
        let rest = text[end..].strip_prefix(b".").filter(|_| is_id && !joined)?;
        let len = rest.iter().take(41).take_while(|b| is_token(**b)).count();
        lens.contains(&len).then_some(())?;
        end += 1 + len;
    }
    patterns::accept(rule, text, Span::new(run.start, end))
}
