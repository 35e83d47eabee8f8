//! Literals that stand between marks of their own and not in quotes: `q{…}` of
//! Perl, `%q(…)` of Ruby, `~s(…)` of Elixir, `[[…]]` of Lua, `{…}` of Tcl, `“…”` of printers.

use bstr::ByteSlice as _;

use super::operator;
use super::value::Value;
use crate::detect::text::line;
use crate::model::Span;

/// A longer one is no password, nor a key.
const LIMIT: usize = 256;

/// The literal whose marks begin at `at`; it ends on its line, and what it is given to
/// ends behind it.
pub(super) fn read(text: &[u8], at: usize) -> Option<Value> {
    let rest =
        text.get(at..).filter(|rest| matches!(rest.first(), Some(b'q' | b'%' | b'~' | b'[')))?;
    if rest[0] == b'[' {
        return between_brackets(text, at);
    }
    let heads: [&[u8]; 6] = [b"qq", b"q", b"%q", b"%Q", b"~s", b"~S"];
    let head = heads.iter().find(|head| rest.starts_with(head))?.len();
    let open = *rest.get(head)?;
    let close = match open {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        b'|' | b'!' | b'~' => open,
        _ => return None,
    };
    let start = at + head + 1;
    let end = closing(text, start, open, close)?;
    let is_given = |next: &u8| b";,)}]\r\n#".contains(next);
    let next = operator::skip_blanks(text, end + 1);
    (is_text(&text[start..end]) && text.get(next).is_none_or(is_given))
        .then(|| Value::raw(Span::new(start, end), end + 1))
}

/// `{…}` of Tcl, alone up to the end of its line; one word.
pub(super) fn in_braces(text: &[u8], at: usize) -> Option<Value> {
    (text.get(at) == Some(&b'{')).then_some(())?;
    let end = closing(text, at + 1, b'{', b'}')?;
    let inner = &text[at + 1..end];
    let next = operator::skip_blanks(text, end + 1);
    let is_last = text.get(next).is_none_or(|next| b";\r\n".contains(next));
    (is_last && !inner.is_empty() && !inner.iter().any(u8::is_ascii_whitespace))
        .then(|| Value::raw(Span::new(at + 1, end), end + 1))
}

/// `{…}` of a connection string, in which `}` stands twice (ODBC, `SQLDriverConnect`).
pub(super) fn in_odbc_braces(text: &[u8], at: usize) -> Option<Value> {
    let inner = text[at..(at + LIMIT).min(text.len())].strip_prefix(b"{")?;
    let mut braces = memchr::memchr3_iter(b'}', b'\n', b'"', inner);
    let mut len = braces.next()?;
    while inner[len] == b'}' && inner.get(len + 1) == Some(&b'}') {
        len = braces.nth(1)?;
    }
    let is_closed = inner[len] == b'}' && inner.get(len + 1).is_none_or(|b| b";\"'".contains(b));
    (is_closed && len > 0).then(|| Value::bare(Span::new(at + 1, at + 1 + len)))
}

/// The one line between `<<-EOT` and `EOT` (HCL, Ruby, PHP).
pub(super) fn of_heredoc(text: &[u8], at: usize) -> Option<Value> {
    let head = line::rest(text, at).strip_prefix(b"<<")?;
    let mark =
        head.trim_start_with(|c| "<-~'\"".contains(c)).trim_end_with(|c| "'\"\r".contains(c));
    let is_mark = !mark.is_empty() && mark.iter().all(|b| b.is_ascii_uppercase() || *b == b'_');
    let start = at + 2 + head.len() + 1;
    let inner = line::rest(text, start.min(text.len()));
    let last = line::rest(text, (start + inner.len() + 1).min(text.len())).trim_ascii();
    let is_alone = is_mark && last.strip_suffix(b";").unwrap_or(last) == mark;
    let indent = inner.len() - inner.trim_ascii_start().len();
    let span = Span::new(start + indent, start + inner.trim_ascii_end().len().max(indent));
    (is_alone && !span.of(text).is_empty()).then(|| Value::raw(span, span.end))
}

/// `''…''` of Nix, up to the sign that ends what it is given to.
pub(super) fn indented(text: &[u8], at: usize) -> Option<Value> {
    let rest = text[at..].strip_prefix(b"''").filter(|rest| !rest.starts_with(b"'"))?;
    let line = &rest[..rest.len().min(LIMIT)];
    let len = memchr::memmem::find(line, b"'';")?;
    let inner = &line[..len];
    let is_word =
        !inner.is_empty() && !inner.iter().any(|b| b.is_ascii_whitespace() || *b == b'\'');
    is_word.then(|| Value::raw(Span::new(at + 2, at + 2 + len), at + 4 + len))
}

/// `[[…]]`, `[==[…]==]`
fn between_brackets(text: &[u8], at: usize) -> Option<Value> {
    let level = text[at + 1..].iter().take(4).take_while(|b| **b == b'=').count();
    let start = at + level + 2;
    (text.get(start - 1) == Some(&b'[')).then_some(())?;
    let line = &text[start..(start + LIMIT).min(text.len())];
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    let close = &b"]====]"[..=level];
    let is_it =
        |at: &usize| line[*at..].starts_with(close) && line.get(at + level + 1) == Some(&b']');
    let len = memchr::memchr_iter(b']', line).find(is_it)?;
    // Of more brackets the last close it.
    let len = len + line[len + level + 2..].iter().take_while(|b| **b == b']').count();
    is_text(&line[..len])
        .then(|| Value::raw(Span::new(start, start + len), start + len + level + 2))
}

/// What stands between the quotes of printers, which writers of text put in by
/// themselves: `“…”`, `„…“`, `« … »`.
pub(super) fn printed(text: &[u8], at: usize) -> Option<Value> {
    const PAIRS: [(&str, &[&str]); 6] = [
        ("\u{201c}", &["\u{201d}"]),
        ("\u{201d}", &["\u{201d}"]),
        ("\u{201e}", &["\u{201c}", "\u{201d}"]),
        ("\u{2018}", &["\u{2019}"]),
        ("\u{2019}", &["\u{2019}"]),
        ("\u{ab}", &["\u{bb}"]),
    ];
    text.get(at).filter(|byte| matches!(byte, 0xc2 | 0xe2))?;
    let (open, closing) = PAIRS.iter().find(|(open, _)| text[at..].starts_with(open.as_bytes()))?;
    let from = at + open.len();
    let rest = &text[from..(from + LIMIT).min(text.len())];
    let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
    let end = |close: &&str| Some((memchr::memmem::find(line, close.as_bytes())?, close.len()));
    let (len, close) = closing.iter().filter_map(end).min()?;
    let inner = &line[..len];
    // French sets a space inside, which does not break.
    let space = "\u{a0}\u{202f} ";
    let word = std::str::from_utf8(inner).ok()?.trim_matches(|c| space.contains(c));
    let start = from + (inner.len() - inner.trim_start_with(|c| space.contains(c)).len());
    let span = Span::new(start, start + word.len());
    let end = from + len + close;
    (!word.is_empty()).then_some(Value::raw(span, end))
}

/// Whether it is no expression: a call `q(name)` and a list in a list look alike.
fn is_text(inner: &[u8]) -> bool {
    let is_named = |b: &u8| b.is_ascii_alphabetic() || b"_.".contains(b);
    !inner.iter().all(is_named) && !inner.iter().any(|b| b"\"'`,".contains(b))
}

/// Where the mark that opened before `start` closes, others of its kind in pairs.
fn closing(text: &[u8], start: usize, open: u8, close: u8) -> Option<usize> {
    let limit = (start + LIMIT).min(text.len());
    let mut depth = 0_usize;
    for (at, &byte) in text[..limit].iter().enumerate().skip(start) {
        match byte {
            b'\n' | b'\r' => return None,
            byte if byte == close && depth == 0 => return Some(at),
            byte if byte == close => depth -= 1,
            byte if byte == open => depth += 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn literals_between_marks_of_their_own_are_found() {
        check(&[
            ("a.pl", "my $password = q{hunter2};", &["hunter2"]),
            ("a.pl", "my $password = qq(hunt{er}2);", &["hunt{er}2"]),
            ("a.pl", "our %c = (db_pass => q|hunter2|, a => 1);", &["hunter2"]),
            ("a.pl", "my $password = q(shift);", &[]),
            ("a.pl", "my $password = q{};", &[]),
            ("a.pl", "my $password = q{hunter2} . $x;", &[]),
            ("a.rb", "PASSWORD = %q(hun(t)er2)\n", &["hun(t)er2"]),
            ("a.rb", "Acme.new(secret: %q[q8ZtR2mW5vKxLp93], a: 1)", &["q8ZtR2mW5vKxLp93"]),
            ("a.lua", "local password = [[hunter2]]\n", &["hunter2"]),
            ("a.lua", "local password = [==[hun[t]er2]==]\n", &["hun[t]er2"]),
            ("a.lua", "local password = [[hun[t2]]]\n", &["hun[t2]"]),
            ("a.js", "passwords = [['a1', 'b1'], ['c', 'd']]", &[]),
            ("a.py", "x.password = [[a1, b1]]", &[]),
            ("a.tcl", "set password {hunter2}\n", &["hunter2"]),
            ("a.exp", "set password \"hunter2\"\n", &["hunter2"]),
            ("a.tcl", "set password {\n}", &[]),
        ]);
    }
}
