//! Rules with a pattern: compiled when a keyword asks for them, run where the
//! keyword stands, bounded by what may stand beside a token.
//!
//! Nearly every pattern begins with its keyword. It is then tried at that one
//! place, and not even compiled when the byte before rules it out. The others
//! are looked for around the keyword. Each rule remembers up to where it has
//! read a text, so no byte is read more than a few times for one rule.

use std::sync::OnceLock;

use super::Candidate;
use super::judge::checks::{self, Verdict};
use super::judge::placeholder::{self, MadeUp, PATTERNED};
use super::judge::shape;
use super::lazy_pattern::{Opening, Pattern, is_gap, opening};
use super::text::{bounds, entropy};
use crate::model::{Bounds, Confidence, Detector, Rule, Span, Strength};
use crate::rules::checksum;

/// How far before its keyword a match may begin.
const BEFORE: usize = 1024;
/// How far behind the word that names its owner a value may begin.
const NEAR: usize = 512;
/// How many line ends may stand between that word and the value.
const NEAR_LINES: usize = 5;

/// The compiled patterns of a rule set, each made when first needed; in boxes,
/// since most runs need none.
#[derive(Debug)]
pub struct Patterns {
    patterns: Vec<OnceLock<Box<Pattern>>>,
}

/// A pattern that does not compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError(pub String);

/// A keyword of a rule that stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wake<'t> {
    /// The number of the rule.
    pub(super) number: usize,
    /// The rule.
    pub(super) rule: &'static Rule,
    /// The text.
    pub(super) text: &'t [u8],
    /// Where the keyword stands.
    pub(super) keyword: Span,
}

impl Patterns {
    /// Room for this many rules.
    pub fn new(rules: usize) -> Self {
        Self { patterns: std::iter::repeat_with(OnceLock::new).take(rules).collect() }
    }

    /// Compiles the pattern of a user's rule, so that a bad one is reported
    /// when the configuration is read.
    ///
    /// # Errors
    /// What the regex crate says.
    pub fn validate(pattern: &str) -> Result<(), PatternError> {
        Pattern::of(pattern, &[], Bounds::Word)
            .and_then(|pattern| pattern.compile())
            .map(drop)
            .map_err(|error| PatternError(error.to_string()))
    }

    /// Adds what the rule finds where its keyword stands. `read_until` is
    /// where the last read of this rule in this text ended: what begins
    /// before it is decided.
    pub(super) fn read(&self, wake: &Wake<'_>, read_until: &mut usize, found: &mut Vec<Candidate>) {
        let Wake { rule, text, keyword, .. } = *wake;
        if keyword.start < *read_until {
            return;
        }
        if rule.detector == Detector::Near {
            return near(wake, self.pattern(wake), read_until, found);
        }
        let begins = bounds::starts(rule.bounds, &text[..keyword.start]);
        if !begins && self.patterns[wake.number].get().is_some_and(|pattern| pattern.leads()) {
            return;
        }
        match opening(rule.pattern, keyword.of(text)) {
            Opening::OtherCase => return,
            Opening::Same if !begins => return,
            Opening::Same | Opening::Unknown => {}
        }
        let pattern = self.pattern(wake);
        if !pattern.leads() {
            around(wake, pattern, read_until, found);
        } else if begins {
            at_keyword(wake, pattern, read_until, found);
        }
    }

    fn pattern(&self, wake: &Wake<'_>) -> &Pattern {
        let Wake { number, rule, .. } = *wake;
        let keywords = if rule.detector == Detector::Near { &[] } else { rule.keywords };
        self.patterns[number].get_or_init(|| {
            let pattern = Pattern::of(rule.pattern, keywords, rule.bounds);
            pattern.expect("a test reads every built-in pattern, and users' are validated").into()
        })
    }
}

/// A match that begins with the keyword.
fn at_keyword(
    wake: &Wake<'_>,
    pattern: &Pattern,
    read_until: &mut usize,
    found: &mut Vec<Candidate>,
) {
    let Wake { rule, text, keyword, .. } = *wake;
    let start = keyword.start;
    // Most words that begin like a token end too soon to be one.
    let Some(least) = text.get(start..start + pattern.shortest) else { return };
    if !pattern.may_begin(&text[start..]) || pattern.solid && least.iter().any(|&byte| is_gap(byte))
    {
        return;
    }
    // One byte more than the longest match, for the pattern to see an end.
    let end = text.len().min(start + pattern.longest + 1);
    let Some((whole, value)) = first_match(pattern, &text[start..end], 0) else { return };
    let whole = Span::new(start + whole.start, start + whole.end);
    if bounds::ends(rule.bounds, text, whole) {
        *read_until = whole.end;
        found.extend(accept(rule, text, Span::new(start + value.start, start + value.end)));
    } else if pattern.is_long() {
        // What begins later in this run would end where this one ends.
        *read_until = whole.end;
    }
}

/// Matches that have the keyword somewhere inside.
fn around(wake: &Wake<'_>, pattern: &Pattern, read_until: &mut usize, found: &mut Vec<Candidate>) {
    let Wake { rule, text, keyword, .. } = *wake;
    // Whatever begins before `decided` also ends before `end`.
    let decided = keyword.end + pattern.longest;
    let end = text.len().min(decided + pattern.longest + 1);
    let reach = BEFORE.min(pattern.longest) + bounds::LONGEST_ESCAPE;
    let mut at = keyword.start.saturating_sub(reach).max(*read_until);
    let mut last_end = 0;
    while let Some((whole, value)) = first_match(pattern, &text[..end], at) {
        if whole.start >= decided {
            break;
        }
        let is_whole = bounds::ends(rule.bounds, text, whole)
            && (rule.bounds == Bounds::None || !bounds::ends_with_base64(&text[..whole.start]));
        if is_whole {
            last_end = whole.end;
            found.extend(accept(rule, text, value));
            at = whole.end.max(at + 1);
        } else {
            at = if pattern.is_long() { whole.end } else { whole.start }.max(at + 1);
        }
    }
    *read_until = decided.max(last_end).min(text.len());
}

/// The first value that the pattern matches in the lines behind the keyword.
fn near(wake: &Wake<'_>, pattern: &Pattern, read_until: &mut usize, found: &mut Vec<Candidate>) {
    let Wake { rule, text, keyword, .. } = *wake;
    let last_start = text.len().min(keyword.end + NEAR);
    let last_start = memchr::memchr_iter(b'\n', &text[keyword.end..last_start])
        .nth(NEAR_LINES)
        .map_or(last_start, |line_end| keyword.end + line_end);
    let end = text.len().min(last_start + pattern.longest + 1);
    // The keyword's own last byte may be what a value stands behind.
    let mut at = keyword.end - 1;
    while let Some((whole, value)) = first_match(pattern, &text[..end], at) {
        if whole.start > last_start {
            break;
        }
        let candidate =
            bounds::ends(rule.bounds, text, whole).then(|| accept(rule, text, value)).flatten();
        if let Some(candidate) = candidate {
            *read_until = whole.end;
            found.push(candidate);
            return;
        }
        at = whole.end.max(at + 1);
    }
    // What stands behind the names that follow at once has been read with this one.
    *read_until = keyword.end + (last_start - keyword.end) / 2;
}

/// The first match at or behind `at` and the value in it.
fn first_match(pattern: &Pattern, text: &[u8], at: usize) -> Option<(Span, Span)> {
    if at > text.len() {
        return None;
    }
    let span = |m: regex::bytes::Match<'_>| Span::new(m.start(), m.end());
    if pattern.leads() && !pattern.has_value {
        return pattern.regex().find_at(text, at).map(span).map(|whole| (whole, whole));
    }
    let groups = pattern.regex().captures_at(text, at)?;
    let whole = groups.name("whole").or(groups.get(0)).map(span)?;
    Some((whole, groups.name("value").map_or(whole, span)))
}

/// The candidate at `span`, unless it is made up or public, or nothing at all, which a
/// pattern may also match.
pub(super) fn accept(rule: &'static Rule, text: &[u8], span: Span) -> Option<Candidate> {
    let value = span.of(text);
    let is_plain = entropy::is_plain(value, rule.min_entropy);
    // `password string`: the type of a field.
    let says_nothing = || shape::names_a_secret(value) || value == b"string";
    let is_nothing = || rule.weak && rule.detector == Detector::Pattern && says_nothing();
    if value.is_empty() || is_plain || is_nothing() {
        return None;
    }
    let verdict = rule.check.map(|check| checks::run(check, value));
    let has_checksum =
        rule.check.and_then(checksum::tail_len).is_some() && verdict == Some(Verdict::Passed);
    let made_up = match placeholder::made_up(value, rule.prefix.as_bytes()) {
        // A checksum that fits is no accident.
        _ if has_checksum && !placeholder::is_published_example(value) => MadeUp::No,
        MadeUp::No if placeholder::is_written(value, rule.prefix.as_bytes()) => MadeUp::Patterned,
        made_up => made_up,
    };
    let (confidence, remark) = match (made_up, verdict) {
        (MadeUp::Filler, _) | (_, Some(Verdict::Public)) => return None,
        (MadeUp::Patterned, _) => (Confidence::Low, Some(PATTERNED)),
        (MadeUp::No, Some(Verdict::Failed(why))) => (Confidence::Low, Some(why)),
        (MadeUp::No, Some(Verdict::Passed)) => (Confidence::High, None),
        (MadeUp::No, Some(Verdict::NotApplicable) | None) => (rule.confidence, None),
    };
    let value = in_one_line(value);
    Some(Candidate { value, confidence, remark, ..Candidate::new(rule, span, Strength::of(rule)) })
}

/// A value that goes over several lines, without what wraps and indents it.
fn in_one_line(value: &[u8]) -> Option<Vec<u8>> {
    let is_wrapped = value.contains(&b'\n');
    is_wrapped.then(|| value.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect())
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Confidence, PATTERNED};
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::{RuleSet, parse};

    /// The values a scanner with this one rule finds, and the built-in rules switched off.
    fn values(rule: &str, text: &str) -> Vec<String> {
        let value = |candidate: &Candidate| candidate.value(text.as_bytes()).into_owned();
        found(rule, text).iter().map(|c| String::from_utf8(value(c)).unwrap()).collect()
    }

    fn found(rule: &str, text: &str) -> Vec<Candidate> {
        let rule = format!("[[rule]]\nid = 'x'\ndescription = 'x'\n{rule}");
        let off: Vec<String> = crate::rules::builtin().map(|r| r.id.to_owned()).collect();
        let scanner = Scanner::new(RuleSet::new(&parse::parse(&rule).unwrap(), &off));
        let mut found = scanner.candidates(text.as_bytes(), &RepoPath::new(&b"a.txt"[..]));
        found.retain(|candidate| candidate.rule.id == "x");
        found
    }

    const LEADING: &str = "keywords = ['abc_', 'abd_']\npattern = 'ab[cd]_[0-9a-z]{8}'";
    const INSIDE: &str = "keywords = ['.mid.']\npattern = '[0-9a-z]{4}\\.mid\\.[0-9a-z]{8}'";
    const NEAR: &str = "detector = 'near'\nkeywords = ['acme']\npattern = '[0-9a-f]{8}'";

    #[test]
    fn a_leading_keyword_is_tried_where_it_stands() {
        assert_eq!(values(LEADING, "abc_q7w8e9r0 abd_q7w8e9r1"), ["abc_q7w8e9r0", "abd_q7w8e9r1"]);
        assert_eq!(values(LEADING, "abc_abd_ abc_ abd_q7w8e9r1"), ["abd_q7w8e9r1"]);
        assert_eq!(values(LEADING, "ABC_q7w8e9r0"), [""; 0]);
        assert_eq!(values(LEADING, "xabc_q7w8e9r0 abc_q7w8e9r0z"), [""; 0]);
    }

    #[test]
    fn an_empty_value_is_none() {
        let rule = "keywords = ['own=']\npattern = 'own=(?P<value>[a-z]*)'";
        assert_eq!(values(rule, "own= own=qvxk own="), ["qvxk"]);
    }

    #[test]
    fn how_a_value_is_wrapped_is_no_part_of_it() {
        let rule = "keywords = ['own=']\npattern = 'own=(?P<value>[a-z\\s]*);'";
        for text in ["own=qv\nxk;", "own=qv\r\n    xk;", "own=qvxk\n;"] {
            assert_eq!(values(rule, text), ["qvxk"]);
        }
        assert_eq!(values(rule, "own=qv xk;"), ["qv xk"]);
    }

    #[test]
    fn a_token_that_repeats_is_told_as_such() {
        let candidates = found(LEADING, "abc_76543210 abd_q7w8e9r1 abc_xxxxxxxx abc_zzzzzzzz");
        let said: Vec<_> = candidates.iter().map(|c| (c.confidence, c.remark)).collect();
        assert_eq!(said, [(Confidence::Low, Some(PATTERNED)), (Confidence::Medium, None)]);
    }

    #[test]
    fn a_token_is_found_behind_escapes_in_urls_and_beside_another() {
        let token = ["abc_q7w8e9r0"];
        assert_eq!(values(LEADING, "KEY=1\\nabc_q7w8e9r0\\n"), token);
        assert_eq!(values(LEADING, "?k%3Dabc_q7w8e9r0%26"), token);
        assert_eq!(values(LEADING, "https://u:abc_q7w8e9r0@h/abc"), token);
        assert_eq!(values(LEADING, "abc_q7w8e9r0,abc_q7w8e9r1").len(), 2);
    }

    #[test]
    fn a_keyword_inside_a_pattern_is_looked_around() {
        assert_eq!(values(INSIDE, "k=a1b2.mid.q7w8e9r0"), ["a1b2.mid.q7w8e9r0"]);
        assert_eq!(values(INSIDE, "a1b2.mid.q7w8e9r0 c1b2.mid.q7w8e9r1").len(), 2);
        assert_eq!(values(INSIDE, "x\\na1b2.mid.q7w8e9r0"), ["a1b2.mid.q7w8e9r0"]);
        assert_eq!(values(INSIDE, "xa1b2.mid.q7w8e9r0"), [""; 0]);
        assert_eq!(values(INSIDE, ".mid..mid. a1b2.mid.q7w8e9r0"), ["a1b2.mid.q7w8e9r0"]);
    }

    #[test]
    fn matches_far_apart_and_behind_each_other_are_all_found() {
        let far = "a1b2.mid.q7w8e9r0 ".to_owned() + &"z ".repeat(3_000);
        assert_eq!(values(INSIDE, &far.repeat(4)).len(), 4);
        let endless = "keywords = ['.mid.']\npattern = '[0-9a-z]{4}\\.mid\\.[0-9a-z]{8,}'";
        assert_eq!(values(endless, &far.repeat(9)).len(), 9);
        let long = crate::rules::template::expand("a1b2.mid.{base36:7200}", 1).unwrap();
        assert_eq!(values(endless, &format!("{long} {long}")), [long.clone(), long]);
    }

    #[test]
    fn a_near_value_follows_its_owner_within_a_few_lines() {
        assert_eq!(values(NEAR, "acme_key: q7w8e9r0\nacme = a7b8e9f0"), ["a7b8e9f0"]);
        assert_eq!(values(NEAR, "acme:\n  id: 1\n  key: a7b8e9f0 c7b8e9f1"), ["a7b8e9f0"]);
        assert_eq!(values(NEAR, "acme=a7b8e9f0 acme=c7b8e9f1").len(), 2);
        assert_eq!(values(NEAR, &format!("acme{}a7b8e9f0", "\n".repeat(9))), [""; 0]);
        assert_eq!(values(NEAR, "a7b8e9f0 acme"), [""; 0]);
    }

    #[test]
    fn the_value_may_be_a_part_of_the_match() {
        let rule = "keywords = ['key=']\npattern = 'key=(?P<value>[0-9a-z]{8});'";
        assert_eq!(values(rule, "key=q7w8e9r0; key=q7w8e9r1"), ["q7w8e9r0"]);
    }
}
