//! Command lines whose flags have no telling name: `mysql -p…`, `curl -u …`, and
//! words that a command reads from a pipe.

use super::commands::{COMMANDS, NAMED, Place};
use super::operator;
use super::value::{self, Extent, Value};
use crate::detect::judge::reference;
use crate::detect::text::line;
use crate::model::Span;

/// How far behind the command's name a flag may stand, in bytes.
const REACH: usize = 400;

/// Whether a keyword is a command.
pub(super) fn is_keyword(word: &[u8]) -> bool {
    // Most of what wakes the reader, told at once.
    if word.len() < 5 {
        return [&b"bcp "[..], b"curl"].iter().any(|name| word.eq_ignore_ascii_case(name));
    }
    if word.eq_ignore_ascii_case(b"token") || word.eq_ignore_ascii_case(b"secret") {
        return false;
    }
    place_in(&COMMANDS, word).is_some()
}

/// Whether `name` is a command whose own name holds a word for passwords.
pub(super) fn is_named(name: &[u8]) -> bool {
    NAMED.iter().any(|(command, _)| *command == name)
}

/// The credentials in the arguments of the command named at `word`.
pub(super) fn read(text: &[u8], word: Span) -> Option<Value> {
    let before = word.start.checked_sub(1).map(|at| text[at]);
    // `$mysql_datadir` is no command, `$MYSQL` is.
    let is_variable = before == Some(b'$') && text.get(word.end) == Some(&b'_');
    let name = word.of(text);
    // `10.0.0.1:6379> AUTH` is a prompt.
    let is_word = name.first().is_some_and(u8::is_ascii_alphanumeric);
    let is_inside = is_word && before.is_some_and(|b| b.is_ascii_alphanumeric());
    let is_start = !is_variable && !is_inside;
    let place = place_in(&COMMANDS, name).or_else(|| place_in(&NAMED, name))?;
    let end = word.end - usize::from(name.ends_with(b" "));
    let command = Command { text, name: word, arguments: arguments(text, end) };
    match place {
        _ if !is_start => None,
        Place::Flag(flag) => command.behind(flag),
        Place::Own(read) => read(command),
    }
}

/// The place of `name`, in any case, in a sorted table.
fn place_in(table: &[(&[u8], Place)], name: &[u8]) -> Option<Place> {
    let lower = || name.iter().map(u8::to_ascii_lowercase);
    let found = table.binary_search_by(|(command, _)| command.iter().copied().cmp(lower()));
    found.ok().map(|at| table[at].1)
}

/// The rest of a command behind `start`. It ends with its line, unless that ends with a
/// backslash.
pub(super) fn arguments(text: &[u8], start: usize) -> Span {
    let limit = (start + REACH).min(text.len());
    let mut line_ends = memchr::memchr_iter(b'\n', &text[start..limit]).map(|at| start + at);
    let end = line_ends.find(|&at| !text[..at].trim_ascii_end().ends_with(b"\\"));
    Span::new(start, end.unwrap_or(limit))
}

/// A command at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Command<'t> {
    pub(super) text: &'t [u8],
    pub(super) name: Span,
    pub(super) arguments: Span,
}

impl<'t> Command<'t> {
    /// Where `flag` ends.
    pub(super) fn behind_flag(self, flag: &[u8]) -> Option<usize> {
        let at = memchr::memmem::find(self.arguments.of(self.text), flag)?;
        Some(self.arguments.start + at + flag.len())
    }

    /// The word behind a flag: `-p secret`, and `-psecret` of sshpass.
    pub(super) fn behind(self, flag: &[u8]) -> Option<Value> {
        if let Some(value) = self.listed(flag) {
            return Some(value);
        }
        let at = operator::skip_blanks(self.text, self.behind_flag(flag)?);
        (self.text.get(at) != Some(&b'-')).then_some(())?;
        value::read(self.text, at, Extent::Word)
    }

    /// The same in a list of words: `["sshpass", "-p", "…"]`.
    pub(super) fn listed(self, flag: &[u8]) -> Option<Value> {
        let item = self.item_with(flag.trim_ascii())?;
        let len = flag.trim_ascii().len();
        if item.span.len() > len {
            return (!flag.ends_with(b" ")).then(|| item.behind(len));
        }
        let comma = operator::skip_blanks(self.text, item.end);
        (self.text.get(comma) == Some(&b',')).then_some(())?;
        let next = value::quoted(self.text, operator::skip_blanks(self.text, comma + 1))?;
        (!next.span.of(self.text).starts_with(b"-")).then_some(next)
    }

    /// The item that begins with `head` in a list of words, of which the command is one.
    pub(super) fn item_with(self, head: &[u8]) -> Option<Value> {
        let quote = *self.text[..self.name.start].last().filter(|b| b"\"'".contains(b))?;
        let at = self.behind_flag(&[&[quote], head].concat())?;
        value::quoted(self.text, at - head.len() - 1)
    }

    /// The words of a command, between blanks.
    pub(super) fn words(self) -> impl Iterator<Item = Span> + 't {
        let mut at = self.arguments.start;
        self.arguments.of(self.text).split(u8::is_ascii_whitespace).filter_map(move |word| {
            let span = Span::new(at, at + word.len());
            at += word.len() + 1;
            (!word.is_empty()).then_some(span)
        })
    }

    /// A word of the command, quoted or not.
    pub(super) fn word(self, word: Span) -> Value {
        value::quoted(self.text, word.start).unwrap_or_else(|| Value::bare(self.in_string(word)))
    }

    /// The part of a word that stands in the string of code that holds the command.
    fn in_string(self, word: Span) -> Span {
        let open = line::open_string(line::before(self.text, self.name.start));
        let end = open.and_then(|quote| memchr::memchr(quote, word.of(self.text)));
        end.map_or(word, |len| Span::new(word.start, word.start + len))
    }
}

/// The part of `user:password` that is the secret: an empty password makes a
/// token of the user. The colon of `${env:NAME}` or `arn:…` parts nothing.
pub(super) fn secret_part(pair: &[u8]) -> &[u8] {
    if reference::is_kept_elsewhere(pair) {
        return pair;
    }
    let user =
        if pair.starts_with(b"${") { memchr::memchr(b'}', pair).unwrap_or(pair.len()) } else { 0 };
    match memchr::memchr(b':', &pair[user..]).map(|colon| user + colon) {
        Some(colon) if colon + 1 < pair.len() => &pair[colon + 1..],
        Some(colon) => &pair[..colon],
        None => pair,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_sorted_for_the_search() {
        for table in [&COMMANDS[..], &NAMED] {
            assert!(table.is_sorted_by_key(|(name, _)| *name));
        }
        assert!(COMMANDS.iter().all(|(name, _)| is_keyword(name)));
        assert!(is_keyword(b"Net User ") && !is_keyword(b"password"));
    }

    #[test]
    fn a_pair_is_parted_where_its_user_ends() {
        for (pair, secret) in [
            ("joe:x1", "x1"),
            ("token:", "token"),
            ("x1", "x1"),
            ("${USER:-joe}:x1", "x1"),
            ("${env:PASS}", "${env:PASS}"),
            ("arn:aws:x1", "arn:aws:x1"),
        ] {
            assert_eq!(secret_part(pair.as_bytes()), secret.as_bytes(), "{pair}");
        }
    }
}
