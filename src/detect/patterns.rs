//! Rules with a pattern: compiled when a keyword asks for them, run in a
//! window around it, bounded by what may stand beside a token.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use super::{Candidate, checks, entropy, placeholder};
use crate::model::{Bounds, Detector, Rule, Span, Strength};

/// How far before its keyword a match may begin.
const BEFORE: usize = 256;
/// How far behind its keyword a match may end. Longer than any token, keys of
/// service accounts and the longest JWTs included.
const BEHIND: usize = 16 * 1024;
/// How far behind the word that names its owner a value may begin and end.
const NEAR: usize = 512;

/// The compiled patterns of a rule set, each made when first needed.
#[derive(Debug)]
pub struct Patterns {
    compiled: Vec<OnceLock<Regex>>,
}

/// A pattern that does not compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError(pub String);

impl Patterns {
    /// Room for this many rules.
    pub fn new(rules: usize) -> Self {
        Self { compiled: std::iter::repeat_with(OnceLock::new).take(rules).collect() }
    }

    /// Compiles the pattern of a user's rule, so that a bad one is reported
    /// when the configuration is read.
    ///
    /// # Errors
    /// The first line of what the regex crate says.
    pub fn validate(pattern: &str) -> Result<(), PatternError> {
        compile(pattern).map(|_| ()).map_err(|error| PatternError(error.to_string()))
    }

    /// Adds what rule `number` finds around the keyword at `keyword`.
    /// `read_until` is where the last read of this rule in this text ended, so
    /// that no byte is read twice for one rule.
    pub(super) fn read(
        &self,
        number: usize,
        rule: &'static Rule,
        text: &[u8],
        keyword: Span,
        read_until: &mut usize,
        found: &mut Vec<Candidate>,
    ) {
        let window = window(rule, text, keyword, *read_until);
        if window.is_empty() {
            return;
        }
        // A window can begin inside what an earlier one matched.
        let pattern = self.compiled[number]
            .get_or_init(|| compile(rule.pattern).expect("a test compiles every built-in pattern"));
        let mut at = window.start;
        while at < window.end {
            let Some(matched) = pattern.captures_at(&text[..window.end], at) else { break };
            let whole = matched.get(0).expect("group 0 is the match");
            let value = matched.name("value").unwrap_or(whole);
            let bounded = is_bounded(rule.bounds, text, Span::new(whole.start(), whole.end()));
            at = whole.end().max(at + 1);
            if !bounded {
                // What stands inside a longer run may still hold a match that starts later.
                at = whole.start() + 1;
                if at >= window.end {
                    break;
                }
                continue;
            }
            *read_until = (*read_until).max(whole.end());
            found.extend(accept(rule, text, Span::new(value.start(), value.end())));
            if rule.detector == Detector::Near {
                break;
            }
        }
    }
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).unicode(false).size_limit(1 << 20).build()
}

fn window(rule: &Rule, text: &[u8], keyword: Span, read_until: usize) -> Span {
    let (start, end) = match rule.detector {
        Detector::Near => (keyword.end, keyword.end + NEAR),
        _ if rule.pattern.starts_with(rule.keywords[0]) => (keyword.start, keyword.end + BEHIND),
        _ => (keyword.start.saturating_sub(BEFORE), keyword.end + BEHIND),
    };
    let start = start.max(read_until);
    Span::new(start, end.min(text.len()).max(start))
}

/// Whether what stands beside `span` lets it be a token of its own.
fn is_bounded(bounds: Bounds, text: &[u8], span: Span) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let before = &text[..span.start];
    let starts = match before.last() {
        None => true,
        Some(&byte) => !is_word(byte) || ends_with_escape(before),
    };
    let after = text.get(span.end).copied();
    match bounds {
        Bounds::None => true,
        Bounds::Word => starts && !after.is_some_and(is_word),
        Bounds::Run => {
            let runs_on = |byte: u8| is_word(byte) || b"-+/=".contains(&byte);
            starts && !after.is_some_and(runs_on)
        }
    }
}

/// Whether text ends with an escape whose last character is no part of what
/// follows: `\n`, `\t`, `\r`, `%3D`, `\u0022`.
fn ends_with_escape(text: &[u8]) -> bool {
    match text {
        [.., b'\\', b'n' | b't' | b'r' | b'b' | b'f'] => true,
        [.., b'%', a, b] => a.is_ascii_hexdigit() && b.is_ascii_hexdigit(),
        [.., b'\\', b'u', b'0', b'0', a, b] => a.is_ascii_hexdigit() && b.is_ascii_hexdigit(),
        _ => false,
    }
}

fn accept(rule: &'static Rule, text: &[u8], span: Span) -> Option<Candidate> {
    let value = span.of(text);
    if rule.min_entropy > 0.0 && entropy::bits_per_byte(value) < rule.min_entropy {
        return None;
    }
    if placeholder::is_filler(value, rule.prefix.as_bytes()) {
        return None;
    }
    let (confidence, remark) = match rule.check.map(|check| checks::run(check, value)) {
        Some(checks::Verdict::Failed(why)) => (crate::model::Confidence::Low, Some(why)),
        Some(checks::Verdict::Passed) => (crate::model::Confidence::High, None),
        Some(checks::Verdict::NotApplicable) | None => (rule.confidence, None),
    };
    let strength = if rule.weak { Strength::Weak } else { Strength::Strong };
    Some(Candidate { rule, span, value: None, strength, confidence, remark })
}
