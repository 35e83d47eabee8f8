//! Inline markers that allow a finding: ours and those of others, so that
//! moving here costs nothing. Each covers exactly what its owner documents:
//! a line, or the line behind it. Looked for only when there is a finding.

use std::cell::{Cell, LazyCell, RefCell};
use std::collections::HashMap;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::model::{Hidden, Rule, Span};
use crate::rules::RuleSet;

/// A marker and what it covers.
struct Marker {
    /// What is reported, and how it is written first of all.
    text: &'static str,
    /// Other ways to write it, by its owner's documentation.
    also: &'static [&'static str],
    covers: Covers,
    case: Case,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Covers {
    ThisLine,
    NextLine,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Exact,
    Any,
}

impl Marker {
    const fn new(text: &'static str, covers: Covers) -> Self {
        Self { text, also: &[], covers, case: Case::Exact }
    }
}

static MARKERS: [Marker; 10] = [
    Marker::new("stanch:allow", Covers::ThisLine),
    Marker::new("stanch:allow-next-line", Covers::NextLine),
    // detect-secrets: a space or none behind the colon, a space or `-` between
    // the words, and the older word for the list.
    Marker {
        also: &[
            "pragma:allowlist secret",
            "pragma: allowlist-secret",
            "pragma:allowlist-secret",
            "pragma: whitelist secret",
            "pragma:whitelist secret",
            "pragma: whitelist-secret",
            "pragma:whitelist-secret",
        ],
        ..Marker::new("pragma: allowlist secret", Covers::ThisLine)
    },
    Marker {
        also: &[
            "pragma:allowlist nextline secret",
            "pragma: allowlist-nextline-secret",
            "pragma:allowlist-nextline-secret",
            "pragma: allowlist nextline-secret",
        ],
        ..Marker::new("pragma: allowlist nextline secret", Covers::NextLine)
    },
    Marker::new("gitleaks:allow", Covers::ThisLine),
    Marker::new("betterleaks:allow", Covers::ThisLine),
    Marker::new("trufflehog:ignore", Covers::ThisLine),
    Marker { case: Case::Any, ..Marker::new("kingfisher:ignore", Covers::ThisLine) },
    Marker::new("secretlint-disable-line", Covers::ThisLine),
    Marker::new("secretlint-disable-next-line", Covers::NextLine),
];

/// Where a line is longer than this, in bytes, a marker must name the rule: on
/// one line of a bundle it would else allow whatever comes.
const LONG_LINE: usize = 1_000;

/// The markers of one text.
#[derive(Debug)]
pub struct Markers<'t> {
    text: &'t [u8],
    /// Whose names a marker may hold, the user's among them.
    rules: &'t RuleSet,
    /// The line of the last finding: on one long line there can be many.
    line: Cell<Span>,
    /// What covers the findings of a rule on long lines, by the line's start.
    long: RefCell<HashMap<(usize, &'static str), Option<Hidden>>>,
}

impl<'t> Markers<'t> {
    /// The markers of `text`, which is searched for `rules`.
    pub fn of(text: &'t [u8], rules: &'t RuleSet) -> Self {
        Self { text, rules, line: Cell::new(Span::new(0, 0)), long: RefCell::default() }
    }

    /// The marker that covers what `rule` found at `span`: of a finding of
    /// several lines, its first line counts.
    pub fn cover(&self, rule: &Rule, span: Span) -> Option<Hidden> {
        let last = self.line.get();
        let is_same = (last.start..last.end).contains(&span.start);
        let line = if is_same { last } else { self.line_around(span.start.min(self.text.len())) };
        self.line.set(line);
        if line.len() <= LONG_LINE {
            return self.cover_line(rule, line);
        }
        let mut long = self.long.borrow_mut();
        *long.entry((line.start, rule.id)).or_insert_with(|| self.cover_line(rule, line))
    }

    fn cover_line(&self, rule: &Rule, line: Span) -> Option<Hidden> {
        let before = self.line_before(line);
        let asked = |other: Span| Asked {
            rule,
            rules: self.rules,
            is_long: line.len().max(other.len()) > LONG_LINE,
        };
        find(line.of(self.text), Covers::ThisLine, &asked(line))
            .or_else(|| find(before?.of(self.text), Covers::NextLine, &asked(before?)))
    }

    fn line_around(&self, at: usize) -> Span {
        let start = memchr::memrchr2(b'\n', b'\r', &self.text[..at]).map_or(0, |at| at + 1);
        let len = memchr::memchr2(b'\n', b'\r', &self.text[at..]);
        Span::new(start, len.map_or(self.text.len(), |len| at + len))
    }

    fn line_before(&self, line: Span) -> Option<Span> {
        let end = line.start.checked_sub(1)?;
        let is_pair = end > 0 && &self.text[end - 1..=end] == b"\r\n";
        Some(self.line_around(end - usize::from(is_pair)))
    }
}

/// For which rule a marker is looked for.
struct Asked<'a> {
    rule: &'a Rule,
    rules: &'a RuleSet,
    /// Whether the marker must name it.
    is_long: bool,
}

/// Every way to write a marker, ready to be looked for.
static WRITTEN: LazyLock<Vec<(&Marker, Finder<'static>)>> = LazyLock::new(|| {
    let ways =
        |marker: &'static Marker| [marker.text].into_iter().chain(marker.also.iter().copied());
    MARKERS
        .iter()
        .flat_map(|marker| ways(marker).map(move |text| (marker, Finder::new(text))))
        .collect()
});

fn find(line: &[u8], covers: Covers, asked: &Asked<'_>) -> Option<Hidden> {
    let lower = LazyCell::new(|| line.to_ascii_lowercase());
    let mut written = WRITTEN.iter().filter(|(marker, _)| marker.covers == covers);
    let (marker, _) = written.find(|(marker, finder)| {
        let line = match marker.case {
            Case::Exact => line,
            Case::Any => &lower,
        };
        finder.find_iter(line).any(|at| {
            !line[..at].last().copied().is_some_and(is_word)
                && applies(&line[at + finder.needle().len()..], asked)
        })
    })?;
    Some(Hidden { marker: marker.text })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Whether what follows a marker lets it cover a finding of `rule`: nothing
/// that names rules, or its name among others. Brackets hold names only.
fn applies(rest: &[u8], asked: &Asked<'_>) -> bool {
    let &Asked { rule, rules, is_long } = asked;
    if rest.first().copied().is_some_and(is_word) {
        return false;
    }
    let (names, in_brackets) = match rest.strip_prefix(b"[") {
        Some(rest) => (&rest[..memchr::memchr(b']', rest).unwrap_or(rest.len())], true),
        None => (rest, false),
    };
    let is_rule = |name: &&[u8]| {
        *name == rule.id.as_bytes()
            || std::str::from_utf8(name)
                .is_ok_and(|n| crate::rules::find(n).or_else(|| rules.find(n)).is_some())
    };
    let mut words =
        names.split(|b| b" ,\t:".contains(b)).filter(|word| !word.is_empty()).peekable();
    let first = words.peek().copied();
    let names_this = words
        .take_while(|word| in_brackets || is_rule(word))
        .any(|word| word == rule.id.as_bytes());
    let names_any =
        || in_brackets || first.is_some_and(|word| is_rule(&word) || is_rule_like(word, rules));
    names_this || (!is_long && !names_any())
}

/// Whether a word was meant to name a rule: it has parts, and a rule begins with the
/// first of them. A reason begins otherwise.
fn is_rule_like(word: &[u8], rules: &RuleSet) -> bool {
    let Some(at) = memchr::memchr(b'-', word) else { return false };
    let begins = |id: &str| id.as_bytes().starts_with(&word[..=at]);
    (0..rules.count()).any(|number| begins(rules.rule(number).id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    /// The marker that covers the first `KEY` of `text`.
    fn cover(text: &str) -> Option<&'static str> {
        let at = text.find("KEY").unwrap();
        let rule = rules::named("private-key");
        let rules = RuleSet::builtin();
        let markers = Markers::of(text.as_bytes(), &rules);
        markers.cover(rule, Span::new(at, at + 3)).map(|hidden| hidden.marker)
    }

    #[test]
    fn each_marker_covers_what_its_owner_says() {
        let this_line = [
            "stanch:allow",
            "pragma: allowlist secret",
            "gitleaks:allow",
            "betterleaks:allow",
            "trufflehog:ignore",
            "kingfisher:ignore",
            "secretlint-disable-line",
        ];
        let next_line = [
            "stanch:allow-next-line",
            "pragma: allowlist nextline secret",
            "secretlint-disable-next-line",
        ];
        for marker in this_line {
            assert_eq!(cover(&format!("k = 'KEY' # {marker}\n")), Some(marker));
            assert_eq!(cover(&format!("/* {marker} */ KEY")), Some(marker));
            assert_eq!(cover(&format!("# {marker}\nk = 'KEY'")), None, "{marker}");
            assert_eq!(cover(&format!("k = 'KEY'\n# {marker}")), None, "{marker}");
        }
        for marker in next_line {
            for end in ["\n", "\r\n", "\r"] {
                assert_eq!(cover(&format!("x{end}# {marker}{end}k = 'KEY'{end}")), Some(marker));
            }
            assert_eq!(cover(&format!("k = 'KEY' # {marker}")), None, "{marker}");
            assert_eq!(cover(&format!("# {marker}\n\nk = 'KEY'")), None, "{marker}");
        }
    }

    #[test]
    fn owners_spellings_count_and_others_do_not() {
        let long = "x".repeat(LONG_LINE);
        for (text, covered) in [
            ("KEY # pragma: whitelist secret", true),
            ("KEY # pragma:allowlist-secret", true),
            ("KEY // Kingfisher:Ignore", true),
            ("KEY # GITLEAKS:ALLOW", false),
            ("KEY # stanch: allow", false),
            ("KEY # stanch:allowed", false),
            ("KEY # stanch:allow-next-line", false),
            ("KEY # pragma: allowlist secrets", false),
            ("KEY # secretlint-disable-line @secretlint/secretlint-rule-privatekey", true),
            ("KEY # stanch:allow private-key", true),
            ("KEY # stanch:allow private-key: a test key", true),
            ("KEY # stanch:allow env-file, private-key", true),
            ("KEY # stanch:allow[private-key]", true),
            ("KEY # stanch:allow a reason in words", true),
            ("KEY # stanch:allow read-only, of the test server", true),
            ("KEY # stanch:allow private-keys", false),
            ("KEY # stanch:allow github-key: wrong", false),
            ("KEY # xstanch:allow", false),
            ("KEY # no-gitleaks:allow", false),
            ("KEY # stanch:allow env-file", false),
            ("KEY # stanch:allow[env-file]", false),
            ("KEY # stanch:allow[private]", false),
            (&format!("KEY {long} stanch:allow"), false),
            (&format!("KEY {long} stanch:allow a reason"), false),
            (&format!("KEY {long} stanch:allow private-key"), true),
            (&format!("{long} stanch:allow-next-line\nKEY"), false),
            (&format!("# stanch:allow-next-line\nKEY {long}"), false),
            (&format!("# stanch:allow-next-line private-key\nKEY {long}"), true),
        ] {
            assert_eq!(cover(text).is_some(), covered, "{}", &text[..text.len().min(60)]);
        }
    }

    #[test]
    fn of_several_lines_the_first_counts() {
        let text = b"a = 'KEY\nKEY' # stanch:allow\n";
        let rules = RuleSet::builtin();
        let markers = Markers::of(text, &rules);
        assert!(markers.cover(rules::named("private-key"), Span::new(5, 12)).is_none());
        let nothing = Markers::of(b"", &rules);
        assert!(nothing.cover(rules::named("private-key"), Span::new(0, 0)).is_none());
    }

    #[test]
    fn on_a_long_line_each_rule_is_asked_for_itself() {
        let text = format!("KEY KEY {} stanch:allow private-key", "x".repeat(LONG_LINE));
        let rules = RuleSet::builtin();
        let markers = Markers::of(text.as_bytes(), &rules);
        for at in [0, 4] {
            let span = Span::new(at, at + 3);
            assert!(markers.cover(rules::named("private-key"), span).is_some());
            assert!(markers.cover(rules::named("generic-password"), span).is_none());
        }
    }

    #[test]
    fn a_marker_may_name_a_rule_of_the_user() {
        let rule = |id: &str| {
            format!(
                "[[rule]]\nid = \"{id}\"\nprovider = \"Acme\"\ndescription = \"Acme\"\n\
                 keywords = [\"acme\"]\npattern = \"acme[0-9]{{9}}\"\nseverity = \"high\"\n\
                 confidence = \"high\"\n"
            )
        };
        let text = rule("acme-key") + &rule("acme-token");
        let rules = RuleSet::new(&rules::parse::parse(&text).unwrap(), &[]);
        let markers = Markers::of(b"KEY # stanch:allow acme-key", &rules);
        let cover = |id: &str| markers.cover(rules.find(id).unwrap(), Span::new(0, 3));
        assert!(cover("acme-key").is_some());
        assert!(cover("acme-token").is_none(), "it names another rule");
    }
}
