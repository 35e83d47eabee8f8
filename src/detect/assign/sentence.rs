//! Passwords and keys that people tell each other in sentences: `the password for root
//! is …`, `pw of the box: …`, `log in as joe / …`, in notes, comments, chats and what agents
//! were asked.

use bstr::ByteSlice as _;

use super::operator;
use super::site::Site;
use super::value::{self, Extent, Value};
use crate::detect::judge::shape::{self, Shape};
use crate::detect::judge::{is_varied, phrase, vocabulary};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How many words may say what the password is for, and how long they are.
const WORDS: usize = 5;
const REACH: usize = 48;
/// How many cells of a row may stand between a name and its value.
const CELLS: usize = 4;
/// What was drawn is told from words when it is this long.
const DRAWN: usize = 20;

/// What stands between a name and its value.
#[derive(Debug, Clone, Copy)]
enum Bound {
    /// Whose it is.
    Owner,
    /// That it is.
    Is,
    /// Nothing.
    Name,
    /// Nothing, but a word before the name says that it follows.
    With,
    /// That it was set to it.
    To,
}

impl Site<'_> {
    /// The value that a sentence binds, which goes on at `at`.
    pub(super) fn told(&self, at: usize) -> Option<Value> {
        let behind = match self.text.get(at)? {
            b'a' | b'd' | b'e' | b'f' | b'i' | b'l' | b'o' | b'p' | b't' | b'v' | b'w' | 0xc3 => {
                behind_owner(self.text, at)
                    .map(|at| (at, Bound::Owner))
                    .or_else(|| behind_is(self.text, at).map(|at| (at, Bound::Is)))
                    .or_else(|| self.behind_to(at).map(|at| (at, Bound::To)))
                    .or_else(|| self.is_with().then_some((at, Bound::With)))
            }
            b'-' | 0xe2 => behind_dash(self.text, at).map(|at| (at, Bound::With)),
            // `log in as joe, password **…**`, `with the password "…"`
            b'"' => Some((at, Bound::Name)),
            _ if self.text[..at].ends_with(b"**") => Some((at - 2, Bound::Name)),
            _ if self.is_with() => Some((at, Bound::With)),
            _ => None,
        };
        let Some((behind, bound)) = behind else {
            return self.drawn(at).or_else(|| self.aligned(at)).or_else(|| self.noted(at));
        };
        // `your password is <b>…</b>` of a page.
        let is_tagged = self.language == Language::Markup && self.text[behind..].starts_with(b"<");
        (is_tagged || self.is_sentence()).then_some(())?;
        let literal = emphasized(self.text, behind).or_else(|| value::quoted(self.text, behind));
        match bound {
            Bound::Is => literal
                .or_else(|| self.chosen(behind).filter(|value| self.is_told_by(value)))
                .or_else(|| self.numbered(behind).filter(|value| self.ends_there(value)))
                .or_else(|| self.drawn(behind))
                .or_else(|| self.below(behind)),
            Bound::Owner => literal
                .filter(|value| self.is_mixed(value))
                .or_else(|| self.chosen(behind))
                .or_else(|| self.below(behind)),
            Bound::To => literal
                .filter(|value| is_chosen(value.span.of(self.text)))
                .or_else(|| self.chosen(behind).filter(|value| self.ends_there(value))),
            Bound::Name => literal.filter(|value| self.is_mixed(value)),
            Bound::With => literal.filter(|value| self.is_mixed(value)).or_else(|| {
                self.chosen(behind)
                    .filter(|value| self.text.get(value.end) != Some(&b'('))
                    .or_else(|| self.is_of_user().then(|| self.numbered_word(behind))?)
            }),
        }
    }

    /// `log in with password …`, `user joe, password …`, `root@10.0.0.5 pw …`
    fn is_with(&self) -> bool {
        let heads: [&[u8]; 6] = [b"with ", b"and ", b"with the ", b"and the ", b"use ", b", "];
        let name = self.name.of(self.text);
        let is_password =
            [&b"word"[..], b"wort", b"woord"].iter().any(|end| ascii::ends_with(name, end));
        is_password && heads.iter().any(|head| ascii::ends_with(self.before, head))
            || name.eq_ignore_ascii_case(b"pw")
            || self.is_of_user()
    }

    /// `user joe, pass …`
    fn is_of_user(&self) -> bool {
        let user = || memchr::memmem::rfind(self.before, b"user ");
        self.name.of(self.text) == b"pass"
            && self.before.ends_with(b", ")
            && user().is_some_and(|at| !self.before[at + 5..].trim_ascii_end().contains(&b' '))
    }

    /// `reset the password to …`, "export `DB_PASSWORD` as `…`"
    fn behind_to(&self, at: usize) -> Option<usize> {
        const VERBS: [&[u8]; 6] = [b"set ", b"Set ", b"hange", b"pdate", b"otate", b"xport "];
        let words: [&[u8]; 2] = [b"to ", b"as "];
        // `changed the password for joe to …`
        let owner = self.text[at..].strip_prefix(b"for ");
        let owner = owner.and_then(|_| memchr::memchr(b' ', &line::rest(self.text, at)[4..]));
        let at = at + owner.map_or(0, |len| len + b"for  ".len());
        let is_bound = words.iter().any(|word| self.text[at..].starts_with(word));
        let is_set = || VERBS.iter().any(|verb| memchr::memmem::find(self.before, verb).is_some());
        (is_bound && is_set()).then_some(at + 3)
    }

    /// `API key:`, and the value alone on one of the next lines, in a fence or not.
    pub(super) fn below(&self, at: usize) -> Option<Value> {
        // `ZGpwdWJrMTk=` is base64.
        let is_end = matches!(self.text.get(at), Some(b'\n' | b'\r'));
        if self.language != Language::Prose || !is_end || self.text[..at].ends_with(b"=") {
            return None;
        }
        let mut at = next_line(self.text, at)?;
        if self.text[at..].starts_with(b"```") {
            let info = self.text[at + 3..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            at = next_line(self.text, at + 3 + info)?;
        }
        self.chosen(at).filter(|value| self.next_is(value.end, b"\r\n"))
    }

    /// `the password (…) is for root`
    pub(super) fn in_parentheses(&self, at: usize) -> Option<Value> {
        // `IAM-based auth (joe8)`: who wrote it.
        let is_apart = self.text.get(self.name.end) == Some(&b' ')
            && self.language == Language::Prose
            && !ascii::ends_with(self.name.of(self.text), b"auth");
        let value = is_apart.then(|| chosen_or_marked(self.text, at))??;
        (self.text.get(value.end) == Some(&b')')).then_some(value)
    }

    fn is_mixed(&self, value: &Value) -> bool {
        shape::is_mixed(value.span.of(self.text))
    }

    /// Whether the name stands among sentences: in a guide, a comment, a message.
    fn is_sentence(&self) -> bool {
        match self.language {
            Language::Prose => true,
            Language::Json => self.text.get(self.name.end) != Some(&b'"'),
            Language::Code => line::is_comment(self.before) || self.is_in_prompt(),
            Language::Shell | Language::Settings => line::is_comment(self.before),
            Language::Yaml | Language::Markup | Language::Lock => false,
        }
    }

    /// Whether it stands in a literal of code that tells somebody what to do: `"log in as joe and
    /// the password …"`; what follows must be of all kinds.
    fn is_in_prompt(&self) -> bool {
        let at = self.opening.at;
        let is_told = || {
            let rest = line::rest(self.text, at);
            let rest = rest.strip_prefix(b"is ").unwrap_or(rest);
            let word = rest.split(|b| b.is_ascii_whitespace() || b"\"'`,".contains(b)).next();
            let word = word.unwrap_or_default().trim_end_with(|c| c == '.');
            word.len() >= 8
                && is_varied(word)
                && word.iter().any(|b| b"!#$%&*@^".contains(b))
                && word.iter().any(u8::is_ascii_uppercase)
        };
        self.before.ends_with(b" ") && line::open_string(self.before).is_some() && is_told()
    }

    /// A bare word that nobody writes for its meaning.
    fn chosen(&self, at: usize) -> Option<Value> {
        let value = value::bare(self.text, at, Extent::Word)?;
        (value.quoted || is_chosen(value.span.of(self.text))).then_some(value)
    }

    /// `the password is raccoon16`: a word of none of code, and a number.
    fn numbered(&self, at: usize) -> Option<Value> {
        self.name_says_password().then(|| self.numbered_word(at))?
    }

    fn numbered_word(&self, at: usize) -> Option<Value> {
        let value = value::bare(self.text, at, Extent::Word)?;
        is_numbered_word(value.span.of(self.text)).then_some(value)
    }

    fn name_says_password(&self) -> bool {
        ascii::ends_with(self.name.of(self.text), b"password")
    }

    /// Whether the sentence ends behind the value, or that is of all kinds: `the password is
    /// 0ctopus_Well, but …`.
    fn is_told_by(&self, value: &Value) -> bool {
        let bytes = value.span.of(self.text);
        let holds = |is: fn(&u8) -> bool| bytes.iter().any(is);
        self.ends_there(value)
            // `Rakfisk2024`
            || is_numbered_word(&bytes.to_ascii_lowercase())
                && bytes.first().is_some_and(u8::is_ascii_uppercase)
            || bytes.len() >= 10
                && holds(u8::is_ascii_digit)
                && holds(u8::is_ascii_uppercase)
                && holds(u8::is_ascii_lowercase)
                && bytes.iter().any(|b| b"_!#$%&*@^".contains(b))
    }

    /// Whether the sentence, or the string it stands in, ends behind the value.
    fn ends_there(&self, value: &Value) -> bool {
        let rest = &self.text[value.end..];
        let rest = rest.strip_prefix(b". ").map_or(rest, |_| b"");
        let rest = rest.strip_prefix(b".").unwrap_or(rest);
        rest.first().is_none_or(|b| b"\r\n\"'\\<`,;".contains(b))
            || [&b" and "[..], b" und ", b" et ", b" y "].iter().any(|and| rest.starts_with(and))
            || rest.starts_with(b" , ")
            || rest.starts_with(b" (")
    }

    /// `use the API key q8ZtR2m… for that`: what was drawn, right behind its name.
    fn drawn(&self, at: usize) -> Option<Value> {
        let in_value = |b: &&u8| b.is_ascii_alphanumeric() || b"+/=_-.".contains(b);
        let head = self.text.get(at..at + DRAWN)?;
        if !head.iter().all(|b| in_value(&b)) || !self.is_sentence() {
            return None;
        }
        let name = self.name.of(self.text);
        let is_key = name.eq_ignore_ascii_case(b"key");
        if is_key || !name.iter().all(|b| b.is_ascii_alphabetic() || *b == b' ') {
            return None;
        }
        let value = value::bare(self.text, at, Extent::Word)?;
        let bytes = value.span.of(self.text);
        let is_drawn = vocabulary::is_random(bytes) && shape::is_mixed(bytes);
        (is_drawn && !(self.ends_path() && shape::is_digest(bytes))).then_some(value)
    }

    /// `ssh joe@10.0.0.5, pass …`, `app-specific password …` at the end of a note.
    fn noted(&self, at: usize) -> Option<Value> {
        let is_short = self.name.of(self.text).eq_ignore_ascii_case(b"pass");
        let may_stand = self.language == Language::Prose && (is_short || self.name_says_password());
        let value = may_stand.then(|| self.chosen(at))??;
        let bytes = value.span.of(self.text);
        let is_password = phrase::is_app_password(bytes)
            || is_short && is_varied(bytes) && !vocabulary::is_mostly_spelled(bytes);
        (is_password && self.ends_there(&value)).then_some(value)
    }

    /// `github.com/acme/go-auth 4f1c…`: whether the name is the last part of a path.
    fn ends_path(&self) -> bool {
        let word = self.before.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        word.strip_suffix(b"/").is_some_and(|path| path.contains(&b'/'))
    }

    /// `password        …`, `| adminPass | … |`: a line of what a program printed, or a row
    /// of a table whose first cell is the name.
    fn aligned(&self, at: usize) -> Option<Value> {
        // As they are drawn, the last three with the characters for boxes.
        const BARS: [&str; 4] = ["|", "\u{2502}", "\u{2503}", "\u{2551}"];
        (self.language == Language::Prose).then_some(())?;
        let bar = BARS.iter().find(|bar| self.text[at..].starts_with(bar.as_bytes()));
        // `| db password |`
        let begins = |bar: &str| {
            let head = self.before.trim_ascii_start().strip_prefix(bar.as_bytes());
            head.is_some_and(|head| {
                head.iter().all(|b| b.is_ascii_alphabetic() || b"*` ".contains(b))
            })
        };
        let (at, end) = match bar {
            Some(bar) if BARS.into_iter().any(begins) => {
                (operator::skip_blanks(self.text, at + bar.len()), &b"|\xe2"[..])
            }
            // What psql prints when it is told to expand.
            Some(bar) if self.before.trim_ascii().is_empty() => {
                (operator::skip_blanks(self.text, at + bar.len()), &b"\r\n"[..])
            }
            None if self.before.trim_ascii().is_empty() => (at, &b"\r\n"[..]),
            _ => return None,
        };
        // `Secret Key:…`: a longer name, and its sign.
        let is_label =
            |value: &Value| at == self.name.end + 1 && value.span.of(self.text).contains(&b':');
        chosen_or_marked(self.text, at)
            .or_else(|| self.numbered(at))
            .filter(|value| self.next_is(value.end, end) && !is_label(value))
            .or_else(|| (end[0] == b'|').then(|| self.farther_in_row(at))?)
    }

    /// `| API key | what it is for | … |`: what was drawn, in one of the next cells.
    fn farther_in_row(&self, at: usize) -> Option<Value> {
        let mut bars = memchr::memchr_iter(b'|', line::rest(self.text, at)).take(CELLS);
        bars.find_map(|bar| {
            let at = operator::skip_blanks(self.text, at + bar + 1);
            let value = value::read(self.text, at, Extent::Word)?;
            let bytes = value.span.of(self.text);
            let is_drawn = vocabulary::is_random(bytes) && shape::is_mixed(bytes);
            (is_drawn && self.next_is(value.end, b"|")).then_some(value)
        })
    }
}

/// A word that nobody writes for its meaning: of both cases and digits, drawn, or several.
pub(super) fn is_chosen(word: &[u8]) -> bool {
    let shape = Shape::of(word);
    let is_drawn = shape.is_random && (shape::is_mixed(word) || shape.upper > 2 && shape.lower > 2);
    let is_hex = || matches!(word.len(), 32 | 64) && shape::is_digest(word);
    word.len() >= 8
        && shape.spaces == 0
        && (is_varied(word)
            || is_drawn
            || is_hex()
            || phrase::is_chain(word)
            || phrase::is_marked_pair(word)
            || phrase::is_dotted_with_number(word)
            || phrase::is_app_password(word))
}

/// `raccoon16`: a word of none of code, and a number behind it.
pub(super) fn is_numbered_word(word: &[u8]) -> bool {
    let letters = word.trim_end_with(|c| c.is_ascii_digit());
    (2..=4).contains(&(word.len() - letters.len()))
        && letters.len() > 3
        && letters.iter().all(u8::is_ascii_lowercase)
        && !vocabulary::is_word(letters)
}

/// A word at `at` that nobody writes for its meaning, bare or between marks.
pub(super) fn chosen_or_marked(text: &[u8], at: usize) -> Option<Value> {
    let value = emphasized(text, at).or_else(|| value::read(text, at, Extent::Word))?;
    // `**joe@corp.io / …**`
    let value = value.without(text, b"**");
    is_chosen(value.span.of(text)).then_some(value)
}

/// `<b>…</b>`, `<code>…</code>`: one word that nobody writes for its meaning.
fn tagged(text: &[u8], at: usize) -> Option<Value> {
    const TAGS: [&[u8]; 6] = [b"<b>", b"<strong>", b"<code>", b"<tt>", b"<kbd>", b"<em>"];
    let tag = TAGS.iter().find(|tag| text[at..].starts_with(tag))?;
    let start = at + tag.len();
    let len = memchr::memchr(b'<', line::rest(text, start))?;
    let span = Span::new(start, start + len);
    let is_closed = text[span.end..].starts_with(b"</");
    (is_closed && is_chosen(span.of(text))).then(|| Value::bare(span))
}

/// Where the next line that is not empty begins to speak, the one behind it at most.
fn next_line(text: &[u8], end: usize) -> Option<usize> {
    let blank = text[end..].iter().take(REACH).take_while(|b| b.is_ascii_whitespace());
    let (mut len, mut lines) = (0, 0);
    for byte in blank {
        len += 1;
        lines += usize::from(*byte == b'\n');
    }
    (1..=2).contains(&lines).then_some(end + len)
}

/// `**…**`, `<b>…</b>`
fn emphasized(text: &[u8], at: usize) -> Option<Value> {
    if text[at..].starts_with(b"<") {
        return tagged(text, at);
    }
    let inner = line::rest(text, at).strip_prefix(b"**")?;
    let len = memchr::memmem::find(inner, b"**")?;
    let span = Span::new(at + 2, at + 2 + len);
    let word = span.of(text);
    let marked = word.first() == Some(&b'`') && word.last() == Some(&b'`') && len > 2;
    let span = if marked { Span::new(span.start + 1, span.end - 1) } else { span };
    (len > 0 && !word.contains(&b' ')).then(|| Value::bare(span))
}

/// Where the value begins in `token -> …`, as people note it, and in `"Password" with "…"`,
/// as steps of tests say it of a name in quotes.
pub(super) fn behind_word(text: &[u8], at: usize, is_quoted: bool) -> Option<usize> {
    const ARROWS: [&str; 2] = ["-> ", "\u{2192} "];
    let rest = &text[at..];
    let arrow = ARROWS.iter().find(|arrow| rest.starts_with(arrow.as_bytes()));
    let with = (is_quoted && rest.starts_with(b"with \"")).then_some("with ".len());
    let len = arrow.map(|arrow| arrow.len()).or(with)?;
    Some(operator::skip_blanks(text, at + len))
}

/// Behind the dash of `password - …`, as long as it may be, if no literal follows: a sentence
/// quotes what it speaks of.
fn behind_dash(text: &[u8], at: usize) -> Option<usize> {
    const DASHES: [&str; 3] = ["- ", "\u{2013} ", "\u{2014} "];
    let rest = &text[at..];
    let dash = DASHES.iter().find(|dash| rest.starts_with(dash.as_bytes()))?;
    let behind = operator::skip_blanks(text, at + dash.len());
    (operator::quote_len(text, behind) == 0).then_some(behind)
}

/// What stands before whose it is.
const OWNERS: [&str; 20] = [
    "for ",
    "of ",
    "to ",
    "on ",
    "in ",
    "is generated for ",
    "für ",
    "von ",
    "van ",
    "till ",
    "dla ",
    "til ",
    "vom ",
    "pour ",
    "para ",
    "per ",
    "de ",
    "del ",
    "do ",
    "du ",
];
/// What says that it is, behind that.
const VERBS: [&str; 8] = [" is ", " ist ", " est ", " es ", " é ", " è ", " är ", " er "];

/// Behind `for root is `, `of the box: `, `is generated for root: ` of `MySQL`.
fn behind_owner(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..(at + REACH).min(text.len())];
    let head = OWNERS.iter().find(|head| rest.starts_with(head.as_bytes()))?;
    let in_words = |b: &u8| b.is_ascii_alphanumeric() || b" _.@-/`'*".contains(b) || !b.is_ascii();
    let len = rest[head.len()..].iter().take_while(|b| in_words(b)).count();
    let words = &rest[head.len()..head.len() + len];
    let verb = VERBS
        .iter()
        .find_map(|verb| Some((memchr::memmem::find(words, verb.as_bytes())?, verb.len())));
    let owner = verb.map_or(words, |(at, _)| &words[..at]);
    (!owner.is_empty() && owner.split(|&b| b == b' ').count() <= WORDS).then_some(())?;
    match (verb, rest.get(head.len() + len)) {
        (Some((is, len)), _) => Some(operator::skip_blanks(text, at + head.len() + is + len)),
        (None, Some(b':' | b'=')) => Some(operator::skip_blanks(text, at + head.len() + len + 1)),
        _ => None,
    }
}

/// Behind `is `, `is: `, and the same in German, French and Spanish.
fn behind_is(text: &[u8], at: usize) -> Option<usize> {
    const VERBS: [&str; 8] = ["is", "was", "ist", "lautet", "est", "es", "é", "è"];
    let rest = &text[at..];
    VERBS.iter().find_map(|verb| {
        let tail = rest.strip_prefix(verb.as_bytes())?;
        let colon = usize::from(tail.first() == Some(&b':'));
        matches!(tail.get(colon), Some(b' ' | b'\n' | b'\r'))
            .then(|| operator::skip_blanks(text, at + verb.len() + colon))
    })
}
