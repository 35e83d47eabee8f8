//! What a command reads from a pipe, from a string or from the line below it:
//! `echo 'joe:…' | chpasswd`, `chpasswd <<< 'joe:…'`; and what is written to `.pgpass`.

use bstr::ByteSlice as _;

use super::command_line::Command;
use super::operator;
use super::value::{self, Extent, Value};
use crate::detect::text::line;
use crate::model::Span;

/// How long a word may be.
const REACH: usize = 400;

/// `--with-token <<< word`, `echo word | gh auth login`.
pub(super) fn given_or_echoed(command: Command<'_>) -> Option<Value> {
    let here = command.behind_flag(b" <<<");
    here.and_then(|at| quoted_or_shell_word(command.text, at)).or_else(|| echoed(command))
}

/// What the command before a pipe prints: `echo 'x' | sudo -S`.
pub(super) fn echoed(command: Command<'_>) -> Option<Value> {
    echoed_before(command, b'|')
}

fn echoed_before(command: Command<'_>, mark: u8) -> Option<Value> {
    let text = command.text;
    let before = line::before(text, command.name.start);
    let start = command.name.start - before.len();
    let bar = memchr::memrchr(mark, before)?;
    let printed =
        |command: &[u8]| Some(memchr::memmem::rfind(&before[..bar], command)? + command.len());
    let end = printed(b"echo ").max(printed(b"printf "))?;
    let mut at = operator::skip_blanks(text, start + end);
    while text[at..].starts_with(b"-") {
        let flag = text[at..].iter().take(8).take_while(|b| !b.is_ascii_whitespace()).count();
        at = operator::skip_blanks(text, at + flag);
    }
    let word = quoted_or_shell_word(text, at)?;
    // `printf '%s\n' word`
    let is_format = word.span.of(text).starts_with(b"%s");
    if is_format { quoted_or_shell_word(text, word.end) } else { Some(word) }
}

/// The first line of what a command is fed from the lines below it: `chpasswd <<EOF`,
/// `cat <<EOF > ~/.pgpass`.
fn below(command: Command<'_>) -> Option<Value> {
    let before = line::before(command.text, command.name.start);
    let rest = line::rest(command.text, command.name.end);
    let is_fed = [before, rest].iter().any(|part| memchr::memmem::find(part, b"<<").is_some());
    let end = command.name.end + rest.len();
    (is_fed && command.text.get(end) == Some(&b'\n')).then_some(())?;
    value::bare(command.text, operator::skip_blanks(command.text, end + 1), Extent::Line)
}

/// `echo 'joe:password' | chpasswd`.
pub(super) fn pair(command: Command<'_>) -> Option<Value> {
    let pair = given_or_echoed(command).or_else(|| below(command))?;
    behind_mark(command.text, pair, b':')
}

/// `echo 'host:port:database:joe:password' >> ~/.pgpass`.
pub(super) fn row_of_pgpass(command: Command<'_>) -> Option<Value> {
    let row = echoed_before(command, b'>').or_else(|| below(command))?;
    let colon = memchr::memchr_iter(b':', row.span.of(command.text)).nth(3)?;
    Some(row.behind(colon + 1))
}

/// `echo password | passwd --stdin joe`, `echo -e 'password\\npassword' | passwd joe`.
pub(super) fn to_passwd(command: Command<'_>) -> Option<Value> {
    if command.arguments.of(command.text).starts_with(b" --stdin") {
        return echoed(command);
    }
    let twice = echoed(command)?;
    let (first, second) = twice.span.of(command.text).split_once_str(b"\\n")?;
    (second.strip_suffix(b"\\n").unwrap_or(second) == first)
        .then(|| twice.clone().without(command.text, b"\\n"))
}

/// `"secret" | ConvertTo-SecureString`.
pub(super) fn echoed_literal(command: Command<'_>) -> Option<Value> {
    let before = line::before(command.text, command.name.end);
    let start = command.name.end - before.len();
    let bar = memchr::memrchr(b'|', before)?;
    let head = before[..bar].trim_ascii_end();
    let quote = *head.last().filter(|b| b"\"'".contains(b))?;
    let open = memchr::memrchr(quote, &head[..head.len() - 1])?;
    value::quoted(command.text, start + open).filter(|value| value.end == start + head.len())
}

/// A literal or a word of a shell, behind the blanks at `from`.
pub(super) fn quoted_or_shell_word(text: &[u8], from: usize) -> Option<Value> {
    let at = operator::skip_blanks(text, from);
    value::quoted(text, at).or_else(|| shell_word(text, at))
}

/// A word of a shell that may change between bare and quoted.
pub(super) fn shell_word(text: &[u8], at: usize) -> Option<Value> {
    let limit = (at + REACH).min(text.len());
    let end =
        (at..limit).find(|&at| text[at].is_ascii_whitespace() || b"|;\"`<>".contains(&text[at]));
    let end = end.unwrap_or(limit);
    (end > at).then(|| Value::bare(Span::new(at, end)))
}

/// The password of `user:password`, `user,'password'`.
pub(super) fn behind_mark(text: &[u8], pair: Value, mark: u8) -> Option<Value> {
    let at = memchr::memchr(mark, pair.span.of(text))?;
    let own = value::quoted(text, pair.span.start + at + 1);
    Some(own.filter(|own| own.end <= pair.end).unwrap_or_else(|| pair.behind(at + 1)))
}
