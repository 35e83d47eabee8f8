//! Whether a word that names an issuer and a value behind it belong together:
//! read from the words between them, the ones next to the value first.

use bstr::ByteSlice as _;

use super::says::{GOES_ON, PUBLIC, SECRET_LAST, Says, is_any, says, words};
use crate::detect::judge::randomness::{Look, look};
use crate::detect::judge::shape;
use crate::detect::pattern_reader::Wake;
use crate::detect::text::{ascii, bounds};
use crate::model::{Link, Span};

/// How long the name of a commit is, SHA-1 in hex.
const COMMIT: usize = 40;
/// How far before a value its label is read.
const LABEL: usize = 64;
/// How many words of a label are asked.
const LABEL_WORDS: usize = 3;
/// How far a value without a telling label may be from the keyword, and
/// behind how many words.
const PLAIN_GAP: usize = 40;
const PLAIN_WORDS: usize = 2;
/// Over how many line ends, behind one word at most.
const PLAIN_LINES: usize = 2;
/// What begins with the keyword and is this long can be a token.
const TOKEN: usize = 12;
/// How soon an everyday word must go on to say "key" or "token".
const SOON: usize = 24;
const SOON_WORDS: usize = 3;
/// Words of this length and longer are issuers' names wherever they stand.
const LONG_NAME: usize = 7;
/// Words of this length and shorter begin many others.
const SHORT_NAME: usize = 3;

/// Whether a value can follow at all: cheap, and asked for every keyword. An
/// everyday word must go on to say "key" or "token" at once.
pub(super) fn may_lead(wake: &Wake) -> bool {
    let &Wake { rule, text, keyword, .. } = wake;
    begins_word(wake)
        && (rule.link != Link::Word
            || is_compound(keyword.of(text))
            || !is_head(keyword, text) && goes_on(&text[keyword.end..]))
}

/// Whether the keyword begins a word, and is not the tail of another:
/// `uncanny` does not name Canny, `myCannyKey` does.
fn begins_word(wake: &Wake) -> bool {
    let &Wake { rule, text, keyword, .. } = wake;
    let Some(&before) = keyword.start.checked_sub(1).and_then(|at| text.get(at)) else {
        return true;
    };
    !before.is_ascii_alphabetic()
        || (before.is_ascii_lowercase() && text[keyword.start].is_ascii_uppercase())
        || bounds::ends_with_escape(&text[..keyword.start])
        || (keyword.len() >= LONG_NAME
            && first_word(keyword.of(text)) > SHORT_NAME
            && matches!(rule.link, Link::Name | Link::Issuer | Link::Path))
}

/// How long the first word of a keyword is: that of `dd_token` ends many others.
fn first_word(keyword: &[u8]) -> usize {
    keyword.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Whether a short keyword is the head of another word, as `exa` of `example` is, and of no
/// key: `exaapikey`.
fn is_head(keyword: Span, text: &[u8]) -> bool {
    let tail = &text[keyword.end..];
    let len = tail.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    keyword.len() <= SHORT_NAME && len > 1 && says(&tail[..len]) != Says::Secret
}

fn goes_on(tail: &[u8]) -> bool {
    let tail = &tail[..tail.len().min(SOON)];
    let is_name =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ');
    let tail = &tail[..tail.iter().position(|byte| !is_name(byte)).unwrap_or(tail.len())];
    words(tail).take(SOON_WORDS).any(|word| says(word) == Says::Secret || is_any(word, GOES_ON))
}

/// How a value hangs together with the keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// On the keyword's line, and called a key or a token; or in a URL of the
    /// issuer where its keys stand.
    Called,
    /// Called so on one of the next lines, or merely near.
    Near,
}

/// How `value` belongs to the issuer that the keyword names, if it does.
pub(super) fn tie(wake: &Wake, value: Span) -> Option<Tie> {
    let gap = wake.text[wake.keyword.end..value.start].trim_ascii_end();
    let lines = memchr::memchr_iter(b'\n', gap).count();
    if is_beside_path(wake, value)
        || is_name_of_code(wake.text, value)
        || is_of_record(wake, value)
        || is_key_to_search(wake, value)
        || lines > 0 && is_of_another(gap)
    {
        return None;
    }
    match is_called_secret(wake, value) {
        Some(true) => Some(if lines == 0 { Tie::Called } else { Tie::Near }),
        Some(false) => None,
        None if wake.rule.link == Link::Path && is_url_tail(gap) => Some(Tie::Called),
        None if is_segment(wake) => None,
        None => is_near(wake.rule.link, gap, lines).then_some(Tie::Near),
    }
}

/// `PCI_CFG_IO_LIMIT_U16`, `{<GUID>}`: a name of C, a class of Windows.
fn is_name_of_code(text: &[u8], value: Span) -> bool {
    let bytes = value.of(text);
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    // Of drawn letters, digits and marks a quarter are digits.
    let is_joined = memchr::memchr_iter(b'_', bytes).count() > 2
        && digits * 8 < bytes.len()
        && bytes
            .split(|&b| b == b'_')
            .all(|part| part.first().is_some_and(u8::is_ascii_alphabetic))
        && (digits == 0
            || !bytes.iter().any(u8::is_ascii_lowercase)
            || !bytes.iter().any(u8::is_ascii_uppercase));
    let is_braced = || text[..value.start].ends_with(b"{") && text[value.end..].starts_with(b"}");
    is_joined || shape::is_uuid(bytes) && is_braced()
}

/// Whether the words next to the value call it a secret, or something else.
fn is_called_secret(wake: &Wake, value: Span) -> Option<bool> {
    let &Wake { text, keyword, .. } = wake;
    let gap = before_color(&text[keyword.end..value.start]);
    let label = label(text, keyword.end, keyword.end + gap.len());
    // `token-<commit>`: the folder in an archive.
    if gap.ends_with(b"-") && value.len() == COMMIT && shape::is_digest(value.of(text)) {
        return Some(false);
    }
    // `railway up --service <UUID>`
    if [&b"--service "[..], b"--project "].iter().any(|flag| gap.ends_with(flag)) {
        return Some(false);
    }
    match label_says(label) {
        Says::Secret => Some(true),
        Says::Other => Some(false),
        Says::Nothing if gap.ends_with(b"-") => Some(false),
        Says::Nothing if is_generic(label) && tail_says(gap) == Says::Secret => Some(true),
        Says::Nothing => {
            let names_itself = is_compound(keyword.of(text)) && words(gap).next().is_none();
            names_itself.then_some(true)
        }
    }
}

/// `"credential": "<UUID>"`: the record in which one is kept; `VALUES ('<UUID>'`, "project
/// `<UUID>`": which row, which project.
fn is_of_record(wake: &Wake, value: Span) -> bool {
    let before = wake.text[wake.keyword.end..value.start].trim_ascii_end();
    let name = before.trim_end_with(|c| "\": ".contains(c));
    let row = before.trim_end_with(|c| "`'\"( \n\t".contains(c));
    let is_row = || [&b"values"[..], b"project"].iter().any(|word| ascii::ends_with(row, word));
    (name.ends_with(b"\"credential") || is_row()) && shape::is_uuid(value.of(wake.text))
}

/// `algolia: {search_only_api_key: …}`: a key that a page only searches with.
fn is_key_to_search(wake: &Wake, value: Span) -> bool {
    let gap = wake.text[wake.keyword.end..value.start].to_ascii_lowercase();
    wake.rule.id == "algolia-credential"
        && memchr::memmem::find(&gap, b"search").is_some()
        && memchr::memmem::find(&gap, b"admin").is_none()
}

/// Whether the keyword is bound to a value of its own, and what is behind belongs to a name that
/// says whose it is: `ACME_TOKEN=…` and `FJORD_API_KEY=…` on the next line.
fn is_of_another(gap: &[u8]) -> bool {
    const SHORTEST: usize = 4;
    // `- name: FJORD_ID` of an environment in YAML.
    let is_name = |line: &[u8]| line.trim_ascii_start().starts_with(b"- name:");
    let mut lines = gap.split(|&b| b == b'\n');
    let first = lines.next().unwrap_or_default();
    if lines.clone().any(is_name) {
        return true;
    }
    let is_bound = memchr::memchr2(b'=', b':', first).is_some_and(|at| {
        let value = first[at + 1..].trim_ascii();
        value.iter().filter(|b| b.is_ascii_alphanumeric()).count() >= SHORTEST
    });
    let last = lines.next_back().unwrap_or_default();
    let name = &last[..memchr::memchr2(b'=', b':', last).unwrap_or(last.len())];
    let is_owner = |word: &[u8]| {
        word.len() >= SHORTEST
            && says(word) == Says::Nothing
            && !is_any(word, GOES_ON)
            && !GENERIC.iter().any(|other| word.eq_ignore_ascii_case(other))
            && !word.iter().all(u8::is_ascii_digit)
    };
    is_bound && words(name).next().is_some_and(is_owner)
}

/// What stands before the color of a value: `ESC [ 3 8 ; 5 ; 2 0 8 m`.
fn before_color(gap: &[u8]) -> &[u8] {
    let is_color = gap.ends_with(b"m") && bounds::ends_with_escape(gap);
    let start = gap.iter().rposition(|&byte| byte == 0x1b).filter(|_| is_color);
    &gap[..start.unwrap_or(gap.len())]
}

/// `github.com/acme/sdk 4f1c…`: the keyword is a part of a path on another's host.
fn is_segment(wake: &Wake) -> bool {
    let path = path_before(wake.text, wake.keyword.start);
    path.ends_with(b"/") && !path.ends_with(b"//") && path.contains(&b'.')
}

/// `vendor/github.com/acme/sdk/LICENSE 4f1c…`: the keyword is a part of a path, and the value
/// the digest of what is there.
fn is_beside_path(wake: &Wake, value: Span) -> bool {
    let &Wake { text, keyword, .. } = wake;
    let tail = text[keyword.end..value.start].trim_ascii_end();
    let head = path_before(text, keyword.start);
    let slashes = memchr::memchr_iter(b'/', head).chain(memchr::memchr_iter(b'/', tail)).count();
    keyword.end + tail.len() < value.start
        && (head.ends_with(b"/") || tail.starts_with(b"/"))
        && slashes > 1
        && (head.contains(&b'.') || tail.contains(&b'.'))
        && tail.iter().all(|byte| in_path(*byte))
        && shape::is_digest(value.of(text))
}

/// What stands of a path before `end`.
fn path_before(text: &[u8], end: usize) -> &[u8] {
    let head = &text[end.saturating_sub(LABEL)..end];
    &head[head.len() - head.iter().rev().take_while(|byte| in_path(**byte)).count()..]
}

fn in_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/._-".contains(&byte)
}

/// Whether nearness alone will do, for a name that is nobody else's.
fn is_near(link: Link, gap: &[u8], lines: usize) -> bool {
    match (link, lines) {
        (Link::Label | Link::Word, _) => false,
        (_, 0) => is_plain(gap),
        (_, 1..=PLAIN_LINES) => words(gap).nth(1).is_none(),
        _ => false,
    }
}

/// `X-Acme-Token`, `cc_test_reporter_id`: a keyword that names the value itself.
fn is_compound(keyword: &[u8]) -> bool {
    keyword.iter().any(u8::is_ascii_punctuation) && words(keyword).nth(1).is_some()
}

/// What labels a value that is named elsewhere, and the types that stand before one.
const GENERIC: [&[u8]; 7] =
    [b"value", b"val", b"default", b"content", b"str", b"string", b"static"];

/// `value: `, `default = `: the label of a value that is named elsewhere.
fn is_generic(label: &[u8]) -> bool {
    let mut words = words(label).peekable();
    let is = |word: &[u8], other: &&[u8]| word.eq_ignore_ascii_case(other);
    words.peek().is_some() && words.all(|word| GENERIC.iter().any(|other| is(word, other)))
}

/// What the rest of the name says that the keyword begins: `_API_KEY` of
/// `name: ACME_API_KEY`.
fn tail_says(gap: &[u8]) -> Says {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    label_says(&gap[..gap.iter().position(|byte| !is_name(byte)).unwrap_or(gap.len())])
}

/// Nothing but a few words and marks: `algolia: '`, `var algolia string = "`.
/// The rest of a token that the keyword begins is no word: `LTAI…", "`.
fn is_plain(gap: &[u8]) -> bool {
    let is_token_byte = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let tail = gap.iter().position(|byte| !is_token_byte(byte)).unwrap_or(gap.len());
    let is_token = tail >= TOKEN && look(&gap[..tail]) == Look::Issued;
    let gap = if is_token { &gap[tail..] } else { gap };
    gap.len() <= PLAIN_GAP && !gap.contains(&b'/') && words(gap).nth(PLAIN_WORDS).is_none()
}

/// `.io/v3/`: the rest of a URL whose host the keyword names.
fn is_url_tail(gap: &[u8]) -> bool {
    gap.ends_with(b"/") && gap.iter().all(|byte| in_path(*byte))
}

/// The text before a value that tells what it is: back to the statement's
/// start, or over one line end when nothing else stands before the value.
fn label(text: &[u8], floor: usize, value: usize) -> &[u8] {
    let floor = floor.max(value.saturating_sub(LABEL));
    let mut word = false;
    let mut line_ends = 0;
    let mut start = value;
    while start > floor {
        match text[start - 1] {
            b'\n' if word || line_ends == 1 => break,
            b'\n' => line_ends += 1,
            b';' | b'}' | b'?' | b'&' | b',' if word => break,
            byte => word |= byte.is_ascii_alphanumeric(),
        }
        start -= 1;
    }
    &text[start..value]
}

/// What a label says of the value behind it: the telling word next to it counts.
fn label_says(label: &[u8]) -> Says {
    let mut words: Vec<&[u8]> = words(label).collect();
    words.reverse();
    if words.first().is_some_and(|word| is_any(word, SECRET_LAST)) {
        return Says::Secret;
    }
    let telling = words.iter().take(LABEL_WORDS).position(|word| says(word) != Says::Nothing);
    match telling.map(|at| (words[at], words.get(at + 1))) {
        Some((_, Some(before))) if is_any(before, PUBLIC) => Says::Other,
        Some((word, _)) => says(word),
        None => Says::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wake(text: &str, keyword: Span) -> Wake<'_> {
        let rule = crate::rules::named("vatlayer-credential");
        Wake { number: 0, rule, text: text.as_bytes(), keyword }
    }

    /// Whether `VALUE` belongs to `acme` in `text`.
    fn joined(text: &str) -> bool {
        let find = |what: &str| {
            let at = text.to_lowercase().find(what).unwrap();
            Span::new(at, at + what.len())
        };
        tie(&wake(text, find("acme")), find("value")).is_some()
    }

    #[test]
    fn a_label_next_to_the_value_decides() {
        for text in [
            "acmeToken := \"VALUE\"",
            "# acme\n\ntoken: VALUE",
            "https://api.acme.com/v1?x=1&apikey=VALUE",
            "<acmeSecret>\n  VALUE\n</acmeSecret>",
            "setProperty(\"ACME_KEY\", \"VALUE\")",
            "acme: Authorization: Bearer VALUE",
            "acme 'VALUE'",
            "var acme string = 'VALUE'",
            "https://acme.com\nVALUE",
            "kv put keys/acme VALUE",
        ] {
            assert!(joined(text), "{text}");
        }
        for text in [
            "acme_sha256 = 'VALUE'",
            "acme_key_id = 'VALUE'",
            "ACME_PUBLIC_KEY = 'VALUE'",
            "acme\n\nlet x = 'VALUE'",
            "acme is used by all of these VALUE",
            "https://acme.com/a/VALUE",
            "github.com/joe/acme VALUE",
            "https://example.com/joe/acme: VALUE",
            "https://example.com/acme.git\n# VALUE",
            "acme && git checkout VALUE",
            "{\"title\": \"acme\", \"uid\": \"VALUE\"}",
        ] {
            assert!(!joined(text), "{text}");
        }
    }

    #[test]
    fn a_digest_beside_a_path_is_that_of_what_is_there() {
        let ties = |text: &str, value: &str| {
            let text = text.replace("VALUE", value);
            let at = |what: &str| Span::new(text.find(what).unwrap(), text.find(what).unwrap() + 4);
            let start = at(value).start;
            tie(&wake(&text, at("acme")), Span::new(start, start + value.len())).is_some()
        };
        let (digest, key) = ("e30b94cb".repeat(4), "q8ZtR2mW".repeat(4));
        for (text, expected) in [
            ("= vendor/git.corp.io/acme/sdk/LICENSE.md VALUE", false),
            ("vendor/git.corp.io/acme/sdk/key.md: token=VALUE", true),
            ("https://api.acme.com/v1?token=VALUE", true),
            ("https://api.acme.com/v1/auth VALUE", true),
        ] {
            assert_eq!(ties(text, &digest), expected, "{text}");
            assert!(ties(text, &key), "{text}");
        }
    }

    #[test]
    fn a_name_of_code_is_no_key() {
        let uuid = "a3b0af9e-2ab0-11d4-b6d2-0060089002fe";
        for (text, value, expected) in [
            ("write(acme->dev, VALUE, 0)", "PCI_CFG_IO_LIMIT_U16", false),
            ("write(acme->dev, VALUE, 0)", "q8_ZtR_2mW_5vKxLp93q", true),
            ("write(acme->dev, VALUE, 0)", "q8_z5r_2mw_5vkx4p93q", true),
            ("RegCreateacmeA(\"{VALUE}\")", uuid, false),
            ("acme = \"VALUE\"", uuid, true),
        ] {
            let text = text.replace("VALUE", value);
            let at = |what: &str| text.find(what).unwrap();
            let (key, start) = (at("acme"), at(value));
            let span = Span::new(start, start + value.len());
            let tie = tie(&wake(&text, Span::new(key, key + 4)), span);
            assert_eq!(tie.is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_keyword_is_a_word_of_its_own() {
        let begins = |text: &str, at: usize| begins_word(&wake(text, Span::new(at, at + 5)));
        assert!(!begins("uncanny", 2));
        assert!(begins("myCanny", 2));
        assert!(begins("my_canny", 3));
        let is_head = |text: &str| is_head(Span::new(0, 3), text.as_bytes());
        assert!(is_head("example credentials"));
        assert!(!is_head("exaapikey=") && !is_head("exa_key") && !is_head("EXAKEY"));
    }
}
