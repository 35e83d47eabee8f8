//! Readers of commands that take a password as one of their words: the first, the second, the
//! last, the one beside the user.

use super::command_line::Command;
use super::echoed::{behind_mark, echoed};
use super::operator;
use super::value::{self, Value};
use crate::model::Span;

/// `rocommunity word`, `tacacs-server key 0 word`: what follows, but not a digit that
/// says how it is written.
pub(super) fn first_word(command: Command<'_>) -> Option<Value> {
    let mut words = command.words();
    let word = words.next()?;
    let word = if word.of(command.text) == b"0" { words.next()? } else { word };
    let is_flag = word.of(command.text).starts_with(b"-");
    (command.text[command.arguments.start] == b' ' && !is_flag).then(|| command.word(word))
}

/// `net user joe password`; behind `"net user joe"` and `"net user returned: "` there is none.
pub(super) fn second_word(command: Command<'_>) -> Option<Value> {
    let mut words = command.words();
    let user = words.next()?.of(command.text);
    let word =
        words.next().filter(|_| memchr::memchr_iter(b'"', user).count().is_multiple_of(2))?;
    (!user.ends_with(b":")).then_some(())?;
    let named =
        !word.of(command.text).starts_with(b"/") && !word.of(command.text).starts_with(b"*");
    named.then(|| command.word(word))
}

/// `steamcmd +login joe password +app_update 376030`.
pub(super) fn word_of_steam(command: Command<'_>) -> Option<Value> {
    second_word(command).filter(|word| !word.span.of(command.text).starts_with(b"+"))
}

/// `poetry config http-basic.corp joe password`.
pub(super) fn third_word(command: Command<'_>) -> Option<Value> {
    command.words().nth(2).map(Value::bare)
}

/// `mc alias set corp https://corp.io user secret` of `MinIO`.
pub(super) fn fourth_word(command: Command<'_>) -> Option<Value> {
    command.words().nth(3).map(|word| command.word(word))
}

/// The last word of `htpasswd -b file user password`.
fn last_word(command: Command<'_>) -> Option<Value> {
    let own = command.arguments.of(command.text).split(|b| b"|;&>)`\n".contains(b)).next()?;
    let start = command.arguments.start;
    let command = Command { arguments: Span::new(start, start + own.len()), ..command };
    let all: Vec<Span> = command.words().collect();
    let flags = all.iter().take_while(|word| word.of(command.text).starts_with(b"-"));
    let has_flag = |flag: u8| flags.clone().any(|word| word.of(command.text).contains(&flag));
    // With `-n` there is no file.
    let fewest = flags.clone().count() + if has_flag(b'n') { 2 } else { 3 };
    let last = *all.last()?;
    (has_flag(b'b') && all.len() >= fewest).then(|| command.word(last))
}

/// `mkpasswd -m sha-512 word`
pub(super) fn last_word_of_all(command: Command<'_>) -> Option<Value> {
    // What a guide quotes ends with its mark.
    let own = command.arguments.of(command.text).split(|b| b"`[".contains(b)).next()?;
    let start = command.arguments.start;
    let command = Command { arguments: Span::new(start, start + own.len()), ..command };
    let last = command.words().last()?;
    let is_word = |b: &u8| !b"-'".contains(b);
    last.of(command.text).first().is_some_and(is_word).then(|| command.word(last))
}

/// `htpasswd -b file joe word`, `echo word | htpasswd -i file joe`
pub(super) fn last_word_or_echoed(command: Command<'_>) -> Option<Value> {
    last_word(command).or_else(|| command.behind_flag(b" -i").and_then(|_| echoed(command)))
}

/// `bw login joe@corp.io password`.
pub(super) fn word_behind_address(command: Command<'_>) -> Option<Value> {
    let mut words = command.words().map(|word| (word, word.of(command.text)));
    words.next().filter(|(_, user)| user.contains(&b'@'))?;
    words.next().filter(|(_, word)| !word.starts_with(b"-")).map(|(word, _)| Value::bare(word))
}

/// `bundle config gems.corp.io joe:word`
pub(super) fn last_of_pair(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, command.word(command.words().last()?), b':')
}

/// `EXEC sp_addlogin 'joe', '…'` of SQL Server.
pub(super) fn second_literal(command: Command<'_>) -> Option<Value> {
    let at = operator::skip_blanks(command.text, command.arguments.start);
    let user = value::quoted(command.text, at)?;
    let comma = operator::skip_blanks(command.text, user.end);
    (command.text.get(comma) == Some(&b',')).then_some(())?;
    value::quoted(command.text, operator::skip_blanks(command.text, comma + 1))
}

/// `net use Z: \\\\host\\share password /user:joe`, or behind `/user:joe`.
pub(super) fn beside_user(command: Command<'_>) -> Option<Value> {
    let all: Vec<Span> = command.words().collect();
    let head = |word: &Span| word.of(command.text)[..word.len().min(6)].to_ascii_lowercase();
    let user = all.iter().position(|word| head(word) == b"/user:")?;
    let is_value = |word: &&Span| {
        let word = word.of(command.text);
        !word.starts_with(b"/") && !word.starts_with(b"\\") && !word.ends_with(b":")
    };
    let behind = all.get(user + 1).filter(is_value);
    let word = behind.or_else(|| all.get(user.checked_sub(1)?).filter(is_value))?;
    (!word.of(command.text).starts_with(b"*")).then(|| command.word(*word))
}
