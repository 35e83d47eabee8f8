//! Values without a mark of their own: the keyword names the issuer, and what
//! follows it has the shape of the issuer's keys. Owns which of the runs
//! behind a keyword is the value; `link` judges whether the two belong
//! together, `judge::randomness` whether anybody issued such a value.

mod link;
mod says;

use std::ops::Range;
use std::sync::OnceLock;

use super::Candidate;
use super::judge::randomness::{Look, look};
use super::judge::{encoded, placeholder, publishable, vocabulary};
use super::pattern_reader::Wake;
use super::text::{ascii, bounds, entropy};
use crate::model::{Confidence, Link, Rule, Span, Strength};
use crate::rules::{Shape, is_token};
use link::Tie;

/// How far behind the keyword a value may begin, in bytes and in lines.
const REACH: usize = 320;
const LINES: usize = 4;

/// What is said of [`Look::Odd`] values.
const ODD: &str = "it counts, repeats or has letters only, so it may be made up";

/// What is said of [`Fit::Loose`] values.
const UNUSUAL: &str = "its form is not the one known for this issuer";
/// How long a value of a form nobody told us of can be.
const LOOSE: Range<usize> = 20..81;
/// And how many digits it has.
const DIGITS: usize = 3;

/// The forms of a rule set, each read when its keyword was first seen.
#[derive(Debug)]
pub(super) struct Near {
    forms: Vec<OnceLock<Box<Forms>>>,
}

/// What the values of a rule look like.
#[derive(Debug)]
struct Forms {
    shapes: Vec<Shape>,
    /// A run of this many token characters stands in every value …
    min_run: usize,
    /// … this far behind its start at most.
    max_lead: usize,
    /// How long a value is at most.
    max_len: usize,
}

impl Forms {
    fn of(rule: &Rule) -> Self {
        let parse = |shape: &&str| Shape::parse(shape).expect("a test reads every built-in shape");
        let shapes: Vec<Shape> = rule.shapes.iter().map(parse).collect();
        let loose = (rule.link == Link::Issuer).then_some(LOOSE);
        let runs = shapes.iter().map(|shape| shape.run().least);
        let runs = runs.chain(loose.clone().map(|loose| loose.start));
        let lens = shapes.iter().map(Shape::max_len).chain(loose.map(|loose| loose.end));
        Self {
            min_run: runs.min().unwrap_or(0),
            max_lead: shapes.iter().map(|shape| shape.run().lead).max().unwrap_or(0),
            max_len: lens.max().unwrap_or(0),
            shapes,
        }
    }

    /// Where values that begin in `window` can begin, as far as their next run tells: most
    /// words that name an issuer are followed by nothing that is long enough.
    fn next_starts(&self, text: &[u8], window: Range<usize>) -> Option<Range<usize>> {
        let text = &text[..text.len().min(window.end + self.max_len)];
        let mut run = window.start;
        while let Some(least) = text.get(run..run + self.min_run) {
            if let Some(gap) = least.iter().rposition(|&byte| !is_token(byte)) {
                run += gap + 1;
                continue;
            }
            let more = text[run + self.min_run..].iter().take_while(|&&byte| is_token(byte));
            let first = run.saturating_sub(self.max_lead).max(window.start);
            let starts = first..(run + more.count() + 1).min(window.end);
            return Some(starts).filter(|starts| !starts.is_empty());
        }
        None
    }
}

impl Near {
    /// Room for this many rules.
    pub(super) fn new(rules: usize) -> Self {
        Self { forms: std::iter::repeat_with(OnceLock::new).take(rules).collect() }
    }

    /// Adds what the rule finds behind the keyword that woke it, from
    /// `read_until` on, where its last value ended.
    pub(super) fn read(&self, wake: &Wake, read_until: &mut usize, found: &mut Vec<Candidate>) {
        let &Wake { number, rule, text, keyword } = wake;
        if !link::may_lead(wake) {
            return;
        }
        let forms = self.forms[number].get_or_init(|| Forms::of(rule).into());
        let mut at = keyword.end.max(*read_until);
        let end = reach(text, keyword.end);
        while let Some(starts) = forms.next_starts(text, at..end) {
            at = starts.start;
            let begins = |at: &usize| starts_value(rule.link, text, *at);
            while let Some(start) = (at..starts.end).find(begins) {
                let value = value_at(rule, &forms.shapes, text, start);
                let candidate = value.and_then(|(value, fit)| judge(wake, value, fit));
                at = candidate.as_ref().map_or(start + 1, |candidate| candidate.span.end);
                if candidate.is_some() {
                    *read_until = at;
                }
                found.extend(candidate);
            }
            at = at.max(starts.end);
        }
    }
}

fn reach(text: &[u8], start: usize) -> usize {
    let end = (start + REACH).min(text.len());
    let newline = memchr::memchr_iter(b'\n', &text[start..end]).nth(LINES);
    newline.map_or(end, |at| start + at)
}

/// How a value fits the shapes of its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// One of them.
    Exact,
    /// None: it is some token.
    Loose,
}

/// What begins at `at` and stands by itself: a value of one of the shapes, or a token.
fn value_at(rule: &Rule, shapes: &[Shape], text: &[u8], at: usize) -> Option<(Span, Fit)> {
    let ends = shapes.iter().filter_map(|shape| shape.end_at(text, at));
    let ends = ends.map(|end| end - usize::from(is_full_stop(text, end)));
    if let Some(end) = ends.filter(|&end| ends_value(rule.link, text, end)).max() {
        return Some((Span::new(at, end), Fit::Exact));
    }
    if rule.link != Link::Issuer {
        return None;
    }
    let is_token = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let len = text[at..].iter().take(LOOSE.end).take_while(is_token).count();
    let digits = text[at..at + len].iter().filter(|byte| byte.is_ascii_digit()).count();
    let fits = LOOSE.contains(&len) && digits >= DIGITS && ends_value(rule.link, text, at + len);
    fits.then(|| (Span::new(at, at + len), Fit::Loose))
}

/// Whether a sentence ends before `end`: no value ends with a mark.
fn is_full_stop(text: &[u8], end: usize) -> bool {
    text[..end].ends_with(b".") && text.get(end).is_none_or(u8::is_ascii_whitespace)
}

/// Whether what stands before `at` lets a value begin there.
fn starts_value(link: Link, text: &[u8], at: usize) -> bool {
    if text[at].is_ascii_whitespace() {
        return false;
    }
    match &text[..at] {
        [] => true,
        // Inside a word, unless that is the end of an escape.
        [.., letter] if letter.is_ascii_alphanumeric() => bounds::ends_with_escape(&text[..at]),
        [.., b'/'] => link == Link::Path,
        // A member: `job->owner`.
        [.., b'-', b'>'] => false,
        // The number of a color: `ESC [ 1 ; 3 3 m`.
        [head @ .., b'[' | b';'] if is_in_color(head) => false,
        // The quotes and stops of other scripts.
        [.., before] if !before.is_ascii() => true,
        [.., before] => matches!(
            before,
            b' ' | b'\t'
                | b'\n'
                | b'\r'
                | b'\x0c'
                | b'"'
                | b'\''
                | b'`'
                | b'='
                | b':'
                | b'('
                | b'['
                | b'{'
                | b','
                | b'>'
                | b'|'
                | b';'
                | b'&'
                | b'?'
                | b'!'
                | b'-'
        ),
    }
}

/// Whether `head` and a `[` or `;` behind it are the beginning of a color.
fn is_in_color(head: &[u8]) -> bool {
    let numbers = head.iter().rev().take_while(|b| b.is_ascii_digit() || **b == b';').count();
    let head = &head[..head.len() - numbers];
    head.ends_with(b"\x1b[") || (numbers == 0 && head.ends_with(b"\x1b"))
}

/// Whether what stands at `end` lets a value end there.
fn ends_value(link: Link, text: &[u8], end: usize) -> bool {
    match &text[end..] {
        [] | [b'.'] => true,
        [b'.', after, ..] => after.is_ascii_whitespace(),
        [b'/', ..] => link == Link::Path,
        [after, ..] => {
            after.is_ascii_whitespace()
                || !after.is_ascii()
                || b"\"'`,;)]}<>&|\\#@\x1b".contains(after)
        }
    }
}

/// The finding, if `value` looks issued and belongs to the keyword's owner.
/// What has another length than the issuer's keys, or counts or repeats, is
/// one only where it is called a key: issuers change their forms, and people
/// make such keys up. The finding says what is odd about it.
fn judge(wake: &Wake, value: Span, fit: Fit) -> Option<Candidate> {
    let (value, fit) = whole(wake, value, fit);
    let bytes = value.of(wake.text);
    let look = look(bytes);
    if look == Look::MadeUp
        || is_filler(bytes)
        || encoded::encodes_text(bytes)
        || publishable::is_publishable(bytes)
        || is_line_of_armor(wake, value)
        || names_its_owner(wake, bytes)
        || is_name_of_code(bytes)
        || entropy::is_plain(bytes, wake.rule.min_entropy)
    {
        return None;
    }
    let tie = link::tie(wake, value)?;
    let (confidence, remark) = match (look, fit, tie) {
        (Look::Issued, Fit::Exact, _) => (wake.rule.confidence, None),
        (Look::Issued, Fit::Loose, Tie::Called) => (Confidence::Low, Some(UNUSUAL)),
        (_, Fit::Exact, Tie::Called) => (Confidence::Low, Some(ODD)),
        (_, Fit::Loose, _) | (_, _, Tie::Near) => return None,
    };
    let candidate = Candidate::new(wake.rule, value, Strength::of(wake.rule));
    Some(Candidate { confidence, remark, ..candidate })
}

/// The value with what is joined to it: `a1B2_-` before it is its beginning.
fn whole(wake: &Wake, value: Span, fit: Fit) -> (Span, Fit) {
    let before = &wake.text[wake.keyword.end..value.start];
    let head = before.strip_suffix(b"-").unwrap_or_default();
    let is_token = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let len = head.iter().rev().take_while(is_token).count();
    if head[head.len() - len..].iter().any(u8::is_ascii_digit) {
        (Span::new(value.start - len - 1, value.end), Fit::Loose)
    } else {
        (value, fit)
    }
}

/// Whether a value is a line among others of base64, in the one before which the keyword
/// stands by chance.
fn is_line_of_armor(wake: &Wake, value: Span) -> bool {
    let text = wake.text;
    let Some(start) = value.start.checked_sub(value.len() + 1) else { return false };
    let (before, end) = (&text[start..value.start], text.get(value.end));
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    let line = before.strip_suffix(b"\n").filter(|line| line.iter().all(is_base64));
    line.is_some() && wake.keyword.start > start && end == Some(&b'\n')
}

/// `debounce(…)`, `debouncedNext`: a name of code that begins with the keyword once more.
fn names_its_owner(wake: &Wake, value: &[u8]) -> bool {
    let keyword = wake.keyword.of(wake.text);
    ascii::starts_with(value, keyword) && value.iter().all(u8::is_ascii_alphabetic)
}

/// `KeycloakOAuth2Provider`: letters of both cases, most of them words, and a digit at most;
/// `MCP4728_PD_GND_1KOHM`: a constant.
fn is_name_of_code(value: &[u8]) -> bool {
    let in_constant = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
    if value.iter().all(in_constant) && memchr::memchr_iter(b'_', value).count() > 1 {
        return true;
    }
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let letters: Vec<u8> = value.iter().filter(|b| !b.is_ascii_digit()).copied().collect();
    digits < 2
        && letters.iter().all(u8::is_ascii_alphabetic)
        && letters.iter().any(u8::is_ascii_uppercase)
        && letters.iter().any(u8::is_ascii_lowercase)
        && vocabulary::is_mostly_spelled(&letters.to_ascii_lowercase())
}

fn is_filler(value: &[u8]) -> bool {
    placeholder::has_blank_run(value)
        || placeholder::has_same_run(value)
        || placeholder::has_filler_word(value)
        || placeholder::is_published_example(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::RuleSet;
    use crate::rules::template::expand;

    /// What the rows of `rules/near-*.toml` find: the values, with what is
    /// said of them. `$$` stands for 32 random letters and digits.
    fn found(text: &str) -> Vec<(bool, Option<&'static str>)> {
        let key = expand("{base62:32}", 7).unwrap();
        let text = text.replace("$$", &key);
        let scanner = Scanner::new(RuleSet::builtin());
        let found = scanner.candidates(text.as_bytes(), &RepoPath::new(&b"a.txt"[..]));
        let near = found.iter().filter(|candidate| candidate.rule.id == "vatlayer-credential");
        near.map(|c| (c.span.of(text.as_bytes()) == key.as_bytes(), c.remark)).collect()
    }

    #[test]
    fn the_value_is_found_alone_in_all_the_forms_people_write() {
        for text in [
            "vatlayer_token = '$$'",
            "vatlayerToken := `$$`",
            "var vatlayerToken string = \"$$\"",
            "-Dvatlayer.key=$$ -Dother=1",
            "VATLAYER_API_KEY: $$ # comment",
            "- name: VATLAYER_KEY\n  value: $$",
            "VATLAYER_URL=https-api\nAPI_KEY=$$",
            "VATLAYER_SEARCH_KEY=$$",
            "vatlayer: {read_only_api_key: $$}",
            "vatlayer:\n  name: prod\n  token: $$",
            "{\"vatlayer\":{\"token\":\"$$\"}}",
            "{\"config\": \"VATLAYER_KEY=$$\\nOTHER=1\"}",
            "curl https://api.vatlayer.com/rates?access_key=$$&x=1",
            "// vatlayer\nclient.setToken(\"$$\");",
            "vatlayer $$.",
            "vatlayer key\u{ff1a}\u{201c}$$\u{201d}\u{3002}",
            "<div data-vatlayer-key=$$>",
            "\u{1b}[32mvatlayer_key\u{1b}[0m=\u{1b}[38;5;208m$$\u{1b}[0m",
            "\u{1b}[32mvatlayer_key\u{1b}[0m=\u{1b}[1;33m$$\u{1b}[0m",
        ] {
            assert_eq!(found(text), [(true, None)], "{text}");
        }
    }

    #[test]
    fn what_is_called_something_else_or_stands_apart_is_none() {
        for text in [
            "vatlayer_commit = '$$'",
            "vatlayer-$$-icon.png",
            "uses: vatlayer/action@$$",
            "github.com/vatlayer/go v1.2.3/go.mod h1:$$",
            "vatlayer_key = 'a$$bb.c'",
            "vatlayer\n\n\n\n\n\ntoken = '$$'",
            "vatlayer_key = 'replace_with_your_own_vatlayer_k'",
            "VATLAYER_URL=https-api\nFJORD_API_KEY=$$",
            "- name: VATLAYER_URL\n  value: x\n- name: FJORD\n  value: $$",
            "from x import VatlayerProvider, KeycloakOAuthProviderConfigurator",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_a_list_of_projects_or_digests_or_a_translation_names_is_none() {
        let text = expand("\"vatlayer\", \"{base62:32}\"", 7).unwrap();
        let scanner = Scanner::new(RuleSet::builtin());
        for (path, count) in [("a.txt", 1), ("A.sln", 0), ("go.sum", 0), ("res/values-de/a.xml", 0)]
        {
            let found = scanner.candidates(text.as_bytes(), &RepoPath::new(path.as_bytes()));
            assert_eq!(found.len(), count, "{path}");
        }
    }

    #[test]
    fn a_word_in_base64_names_nobody() {
        let line = expand("{base62:20}", 5).unwrap();
        let (head, tail) = (format!("{line}4vatlayer{}", &line[..3]), "\nx");
        assert_eq!(found(&format!("{head}\n$${tail}")), []);
        assert_eq!(found(&format!("x = {head}\n$${tail}")), []);
        assert_eq!(found(&format!("vatlayer key:\n$${tail}")), [(true, None)]);
    }

    #[test]
    fn the_full_stop_of_a_sentence_is_no_part_of_a_value() {
        let token = expand("u-{base62_.:24}", 3).unwrap();
        let text = format!("The lark token is {token}. It ends.");
        let scanner = Scanner::new(RuleSet::builtin());
        let found = scanner.candidates(text.as_bytes(), &RepoPath::new(&b"a.txt"[..]));
        let values: Vec<_> = found.iter().map(|c| c.span.of(text.as_bytes())).collect();
        assert_eq!(values, [token.as_bytes()]);
    }

    #[test]
    fn odd_values_are_told_as_such() {
        assert_eq!(found("vatlayer_key = ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"), [(false, Some(ODD))]);
        assert_eq!(found("vatlayer ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"), []);
        assert_eq!(found("vatlayer_key = '$$a1b2'"), [(false, Some(UNUSUAL))]);
        assert_eq!(found("vatlayer x = '$$a1b2'"), []);
        // What is joined to it belongs to it.
        assert_eq!(found("vatlayer_key = 'a1b2_-$$'"), [(false, Some(UNUSUAL))]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_spans_inside_the_text(
            head in ".{0,20}",
            tail in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let text = [head.as_bytes(), b"vatlayer_key=", &tail].concat();
            let scanner = Scanner::new(RuleSet::builtin());
            for candidate in scanner.candidates(&text, &RepoPath::new(&b"a"[..])) {
                prop_assert!(candidate.span.start < candidate.span.end);
                prop_assert!(candidate.span.end <= text.len());
            }
        }
    }
}
