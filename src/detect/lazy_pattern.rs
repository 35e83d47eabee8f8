//! One pattern, compiled when it is first run, and what its text says before that:
//! how it begins, how long a match can be.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::model::Bounds;

/// No value is longer: keys of service accounts and the longest JWTs fit.
const LONGEST: usize = 16 * 1024;

/// Of longer patterns no second start is tried in a run that did not end well.
const LONG: usize = 512;

/// What may stand before a token, for patterns that do not begin with their
/// keyword: the same as [`super::text::bounds::starts`], as a pattern. Escapes come
/// first, or what is left of them would begin a token that may begin with a letter.
const GUARD: &str = r"(?:\A|\\[nrtbf]|%[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\[[0-9;]{1,16}m|[^0-9A-Za-z_])";

/// The pattern of a rule, with what its text says about its matches.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Anchored when a match begins with the keyword; else with the guard of
    /// its bounds before it and the match itself as the group `whole`.
    text: String,
    /// Compiled when it is first run: most words that wake a rule end too soon
    /// to be its token, which the fields below tell at a tenth of the cost.
    regex: OnceLock<Regex>,
    /// How matches begin, each with a keyword; none when a match may begin otherwise.
    heads: Vec<Vec<u8>>,
    /// The length of the shortest match.
    pub(super) shortest: usize,
    /// Whether no match holds white space or a quote.
    pub(super) solid: bool,
    /// The length of the longest match, at most [`LONGEST`].
    pub(super) longest: usize,
    /// Whether the value is a part of the match.
    pub(super) has_value: bool,
}

impl Pattern {
    /// Reads `pattern`, every match of which holds one of `keywords`.
    pub(super) fn of(
        pattern: &str,
        keywords: &[&str],
        bounds: Bounds,
    ) -> Result<Self, regex::Error> {
        let hir = read(pattern)?;
        let heads = heads(&hir, keywords);
        let text = match (!heads.is_empty(), bounds) {
            (true, _) => format!(r"\A(?:{pattern})"),
            (false, Bounds::None) => format!("(?P<whole>{pattern})"),
            (false, Bounds::Word | Bounds::Run) => format!("{GUARD}(?P<whole>{pattern})"),
        };
        let longest = hir.properties().maximum_len().unwrap_or(usize::MAX);
        Ok(Self {
            text,
            regex: OnceLock::new(),
            has_value: pattern.contains("(?P<value>"),
            heads,
            shortest: hir.properties().minimum_len().unwrap_or(0),
            solid: is_solid(&hir),
            longest: longest.min(LONGEST),
        })
    }

    /// Whether every match begins with one of the keywords.
    pub(super) fn leads(&self) -> bool {
        !self.heads.is_empty()
    }

    /// Whether a match that leads can begin like `text`: in this case of its letters.
    pub(super) fn may_begin(&self, text: &[u8]) -> bool {
        self.heads.iter().any(|head| text.starts_with(head))
    }

    /// Compiles it.
    pub(super) fn compile(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.text).unicode(false).size_limit(1 << 21).build()
    }

    /// The pattern, compiled once.
    pub(super) fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            self.compile()
                .expect("a test compiles every built-in pattern, and users' are validated")
        })
    }

    /// Whether matches can be so long that a run is worth one try only.
    pub(super) fn is_long(&self) -> bool {
        self.longest > LONG
    }
}

fn read(pattern: &str) -> Result<Hir, regex::Error> {
    let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
    parser.parse(pattern).map_err(|error| regex::Error::Syntax(error.to_string()))
}

/// How many bytes of every match a pattern fixes.
pub(super) fn fixed(pattern: &str) -> usize {
    fn count(part: &Hir) -> usize {
        match part.kind() {
            HirKind::Literal(literal) => literal.0.len(),
            HirKind::Repetition(repetition) => repetition.min as usize * count(&repetition.sub),
            HirKind::Capture(capture) => count(&capture.sub),
            HirKind::Concat(parts) => parts.iter().map(count).sum(),
            HirKind::Alternation(parts) => parts.iter().map(count).min().unwrap_or(0),
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => 0,
        }
    }
    read(pattern).map_or(0, |pattern| count(&pattern))
}

/// What ends a token in nearly every text.
pub(super) fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'')
}

/// Whether `pattern` matches no gap.
fn is_solid(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => !literal.0.iter().any(|&byte| is_gap(byte)),
        HirKind::Class(Class::Bytes(class)) => {
            class.iter().all(|range| !(range.start()..=range.end()).any(is_gap))
        }
        HirKind::Class(Class::Unicode(_)) => false,
        HirKind::Repetition(repetition) => is_solid(&repetition.sub),
        HirKind::Capture(capture) => is_solid(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_solid),
    }
}

/// What `pattern` can begin with, when all of it begins with a keyword.
fn heads(pattern: &Hir, keywords: &[&str]) -> Vec<Vec<u8>> {
    let begins_with_keyword = |literal: &[u8]| {
        keywords.iter().any(|keyword| {
            literal
                .get(..keyword.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(keyword.as_bytes()))
        })
    };
    let literals = Extractor::new().extract(pattern);
    let all = literals.literals().unwrap_or_default();
    if all.iter().all(|one| begins_with_keyword(one.as_bytes())) {
        all.iter().map(|one| one.as_bytes().to_vec()).collect()
    } else {
        Vec::new()
    }
}

/// What the text of a pattern says about a match that begins with `keyword`
/// as it stands in a text, before anything is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// Matches begin with it.
    Same,
    /// Matches begin with it in another case.
    OtherCase,
    /// Not to be told without reading the whole pattern.
    Unknown,
}

/// Compares the literal head of `pattern` with `keyword` as it stands in a text.
pub(super) fn opening(pattern: &str, keyword: &[u8]) -> Opening {
    let mut head = pattern.bytes();
    let mut same = true;
    for &wanted in keyword {
        let literal = match head.next() {
            Some(b'\\') => head.next().filter(u8::is_ascii_punctuation),
            Some(b'(' | b')' | b'[' | b'{' | b'.' | b'?' | b'*' | b'+' | b'|' | b'^' | b'$')
            | None => None,
            byte => byte,
        };
        match literal {
            Some(byte) if byte == wanted => {}
            Some(byte) if byte.eq_ignore_ascii_case(&wanted) => same = false,
            Some(_) | None => return Opening::Unknown,
        }
    }
    match head.next() {
        // The last byte may be repeated or left out; another branch may follow.
        Some(b'?' | b'*' | b'{' | b'|') => Opening::Unknown,
        _ if same => Opening::Same,
        _ if pattern.contains('|') => Opening::Unknown,
        _ => Opening::OtherCase,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(pattern: &str, keywords: &[&str]) -> Pattern {
        Pattern::of(pattern, keywords, Bounds::Word).unwrap()
    }

    #[test]
    fn a_pattern_leads_when_every_branch_begins_with_a_keyword() {
        assert!(pattern("ghp_[a-z]{36}", &["ghp_"]).leads());
        assert!(pattern(r"dp\.(?:pt|ct)\.[a-z]{40}", &["dp.pt.", "dp.ct."]).leads());
        assert!(pattern("[sr]k_live_[a-z]{9}", &["sk_live_", "rk_live_"]).leads());
        assert!(pattern("(?i)lin_[a-z]{9}", &["lin_"]).leads());
        assert!(!pattern(r"[a-z]{14}\.atlasv1\.[a-z]{60}", &[".atlasv1."]).leads());
        assert!(!pattern("(?:foo_|bar_)[a-z]{9}", &["foo_"]).leads());
    }

    #[test]
    fn the_longest_match_is_read_off_the_pattern() {
        assert_eq!(pattern("ghp_[a-z]{36}", &["ghp_"]).longest, 40);
        assert!(!pattern("ghp_[a-z]{36}", &["ghp_"]).is_long());
        assert!(pattern("ghp_[a-z]+", &["ghp_"]).is_long());
    }

    #[test]
    fn a_pattern_is_solid_when_no_match_holds_a_gap() {
        assert!(pattern("ghp_[a-z]{36}", &["ghp_"]).solid);
        assert!(!pattern("FlyV1 [a-z]{36}", &["FlyV1 "]).solid);
        assert!(!pattern(r"key\s?=[a-z]{6}", &["key"]).solid);
        assert!(!pattern(r"key[^,]{6}", &["key"]).solid);
        assert_eq!(pattern("gh(?:p|oo)_[a-z]{36,40}", &["ghp_", "ghoo_"]).shortest, 40);
    }

    #[test]
    fn what_a_pattern_fixes_is_counted() {
        assert_eq!(fixed("ghp_[a-z]{36}"), 4);
        assert_eq!(fixed("sk_(?:live|prod)_(?:a|bc)x{2}[0-9]"), 3 + 4 + 1 + 1 + 2);
        assert_eq!(fixed("(?:-[0-9]{4}){3}x?"), 3);
        assert_eq!(fixed("(") + fixed(""), 0);
    }

    #[test]
    fn the_literal_head_of_a_pattern_is_compared_exactly() {
        assert_eq!(opening("ghp_[a-z]{36}", b"ghp_"), Opening::Same);
        assert_eq!(opening(r"dp\.pt\.[a-z]", b"dp.pt."), Opening::Same);
        assert_eq!(opening("AKIA[A-Z]", b"akia"), Opening::OtherCase);
        assert_eq!(opening("(?i)akia", b"akia"), Opening::Unknown);
        assert_eq!(opening("sk-?[a-z]", b"sk-"), Opening::Unknown);
        assert_eq!(opening("a{3}", b"aaa"), Opening::Unknown);
    }
}
