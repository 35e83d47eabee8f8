//! What stands between a name and its value.

use bstr::ByteSlice as _;

use super::{argument, literal, markup, sentence, typed, value};
use crate::detect::judge::Operator;
use crate::detect::language::Language;
use crate::detect::text::line;
use crate::model::Span;

/// Where the value begins, and behind what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    pub(super) operator: Operator,
    /// The first byte that may belong to the value or its quote.
    pub(super) at: usize,
}

/// How far a value may stand behind its operator.
const GAP: usize = 48;

/// Reads what follows `name`.
pub(super) fn read(text: &[u8], name: Span, language: Language) -> Option<Opening> {
    // "set ``API_KEY`` to ``…``" of reStructuredText.
    let is_doubled = |mark: &[u8]| {
        text[name.end..].starts_with(mark) && (mark == b"``" || text[..name.start].ends_with(mark))
    };
    let is_doubled = is_doubled(b"``") || is_doubled(b"\"\"");
    let quote = if is_doubled { 2 } else { quote_len(text, name.end) };
    Reader { text, name, language, quote }.read()
}

/// What follows a name is read from here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) text: &'t [u8],
    pub(super) name: Span,
    pub(super) language: Language,
    /// The length of the quote behind the name; 0 for none.
    pub(super) quote: usize,
}

impl Reader<'_> {
    fn read(self) -> Option<Opening> {
        let Self { text, name, .. } = self;
        if self.language == Language::Code
            && let Some(at) = typed::read(text, name)
        {
            return Some(Opening { operator: Operator::Assign, at });
        }
        if self.quote > 0 && !stands_behind_quote(text, name.start) {
            return None;
        }
        let mut at = skip_blanks(text, self.behind_subscript());
        let member = text.get(at) == Some(&b']');
        if member && is_asked_of_attribute(text, name) || markup::is_binding(&text[at..]) {
            return None;
        }
        let steps = member || self.is_declared(at) || self.is_element_of_hash(at);
        if steps || text[at..].starts_with(b"?:") {
            at = skip_blanks(text, at + 1);
        }
        if self.language == Language::Prose
            && let Some(at) = sentence::behind_word(text, at, self.quote > 0)
        {
            return Some(Opening { operator: Operator::Colon, at });
        }
        if let Some(at) = self.behind_form(at) {
            return Some(Opening { operator: Operator::Assign, at });
        }
        let (operator, len) = self.sign(at, member)?;
        let at = self.behind_emphasis(skip_blanks(text, at + len));
        let at = if member { behind_size(text, at) } else { at };
        // `/*password=*/"…"`: C++ says so which argument it is.
        let is_remark = text[at..].starts_with(b"*/") && text[..name.start].ends_with(b"/*");
        let at = if is_remark { skip_blanks(text, at + 2) } else { at };
        Some(self.behind_declaration(Opening { operator, at }))
    }

    /// `DATA(password) = '…'` of ABAP, `env(PASSWORD): '…'` of Symfony.
    fn is_declared(self, at: usize) -> bool {
        let (head, rest) = (&self.text[..self.name.start], &self.text[at..]);
        match self.language {
            // `(user, password) = ("joe", "…")`
            Language::Code if rest.starts_with(b") = (") => head.ends_with(b", "),
            // `Application("password") = "…"` of ASP.
            Language::Code => {
                rest.starts_with(b") = ") && (head.ends_with(b"(") || head.ends_with(b"(\""))
            }
            Language::Yaml => rest.starts_with(b"): ") && head.ends_with(b"env("),
            _ => false,
        }
    }

    /// `$c{password} = …`, `$self->{'password'} = …` of Perl, whose brace closes at `at`.
    fn is_element_of_hash(self, at: usize) -> bool {
        if self.text.get(at) != Some(&b'}') || self.language != Language::Code {
            return false;
        }
        let head = &self.text[..self.name.start - usize::from(self.quote > 0)];
        let is_hash = |b: &u8| b.is_ascii_alphanumeric() || b"_>}".contains(b);
        let next = skip_blanks(self.text, at + 1);
        head.strip_suffix(b"{").and_then(<[u8]>::last).is_some_and(is_hash)
            && (self.text[next..].starts_with(b"||=")
                || self.text.get(next) == Some(&b'=')
                    && self.text.get(next + 1).is_some_and(|b| !b"=~>".contains(b)))
    }

    /// The sign at `at`, and its length; white space if there is none. `member` says that
    /// a `]` closed behind the name.
    fn sign(self, at: usize, member: bool) -> Option<(Operator, usize)> {
        let Self { text, name, language, quote } = self;
        let quoted = quote > 0;
        let binds = |(operator, len): &(Operator, usize)| match operator {
            Operator::Comma => {
                quoted && !member
                    || is_option(name.of(text))
                    || language == Language::Code && argument::is_bound(text, name)
            }
            // `name>value`: a tag, but only where one began.
            Operator::Tag => quoted || line::opens_tag(line::before(text, name.start)),
            // `Token:: …` of AsciiDoc, `token:: "…"` of Jsonnet, but `token :: Text` of Haskell.
            _ if language == Language::Prose || quote_len(text, at + len) > 0 => true,
            _ => !text[at..at + len].starts_with(b"::"),
        };
        // "the `API_KEY` is `…`", "| `API_KEY` | `…` |"
        let is_told = || {
            let words: [&[u8]; 4] = [b"is ", b"to ", b"as ", b"| "];
            language == Language::Prose && words.iter().any(|word| text[at..].starts_with(word))
        };
        let blank = at > name.end + quote && !member && (!quoted || is_told());
        symbol(&text[at..]).filter(binds).or_else(|| blank.then_some((Operator::Space, 0)))
    }

    /// `**Password:** x`, but not `**First pass:** all of them`; `*Password:* x` of Jira,
    /// `'''Password:''' x` and `Password: <code>x</code>` of wikis.
    fn behind_emphasis(self, at: usize) -> usize {
        const MARKS: [&[u8]; 4] = [b"**", b"*", b"'''", b"<code>"];
        if !matches!(self.language, Language::Prose | Language::Json) {
            return at;
        }
        let rest = &self.text[at..];
        let Some(mark) = MARKS.into_iter().find(|mark| rest.starts_with(mark)) else { return at };
        let opened = || self.text[..self.name.start].ends_with(b"*") && rest.starts_with(b"* ");
        if mark == b"*" && !opened() {
            return at;
        }
        let behind = skip_blanks(self.text, at + mark.len());
        let rest = line::rest(self.text, behind).trim_ascii();
        let marked = memchr::memmem::find(rest, mark).map_or(rest, |end| &rest[..end]);
        if mark == b"**" && marked.contains(&b' ') { at } else { behind }
    }

    /// Behind the type that stands between the sign and the value, and on the next line if
    /// the value stands there.
    fn behind_declaration(self, opening: Opening) -> Opening {
        let Self { text, name, language, .. } = self;
        let Opening { mut operator, mut at } = opening;
        if language == Language::Code
            && matches!(operator, Operator::Colon | Operator::Space)
            && let Some(value) = behind_type(text, at)
        {
            // `password string = "…"`: what binds is the sign behind the type.
            let declared = text[at..value].trim_ascii_end();
            let is_sql = || declared.ends_with(b":=") || declared.ends_with(b" DEFAULT");
            if operator == Operator::Space && (is_one_word(&text[at..value]) || is_sql()) {
                operator = Operator::Assign;
            }
            at = value;
        }
        let binds = match operator {
            Operator::Assign | Operator::Call => true,
            Operator::Colon => is_member(text, name),
            // `"--api-key",` in a list of what a command is given.
            Operator::Comma => name.of(text).starts_with(b"--") || literal::opens_call(text, name),
            _ => false,
        };
        if binds && matches!(language, Language::Code | Language::Json) {
            at = literal::on_next_line(text, at);
        }
        Opening { operator, at }
    }

    /// Behind the quote, and the size of an array (`password[] =`, `password[32] =`), the
    /// marks of emphasis around a name (`**Password**:`) or what hands it on.
    fn behind_subscript(self) -> usize {
        let at = self.name.end + self.quote;
        let rest = &self.text[at.min(self.text.len())..];
        let len = match (self.language, rest.first()) {
            (Language::Code, Some(b'[')) => {
                let is_size = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
                let len = rest[1..].iter().take(24).take_while(is_size).count() + 1;
                let is_assigned = rest.get(len) == Some(&b']')
                    && rest[len + 1..].trim_ascii_start().starts_with(b"=");
                // Where Arduino keeps what does not change.
                let kept = rest[len..].strip_prefix(b"] PROGMEM").map_or(0, |_| 8);
                if is_assigned || kept > 0 { len + 1 + kept } else { 0 }
            }
            // `insert("password".to_string(), "…")` of Rust.
            (Language::Code, Some(b'.')) if self.quote > 0 => literal::len_handed_on(rest),
            (Language::Code, Some(b')')) if self.quote > 0 => {
                let head = &self.text[..self.name.start];
                usize::from(rest.starts_with(b"),") && head.ends_with(b"String::from(\""))
            }
            // `lv_pwd(30) TYPE c VALUE '…'` of ABAP, so long.
            (Language::Code, Some(b'(')) => {
                let digits = rest[1..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
                let behind = rest[1 + digits..].strip_prefix(b")").map(<[u8]>::trim_ascii_start);
                let is_typed = digits > 0 && behind.is_some_and(|b| b.starts_with(b"TYPE "));
                if is_typed { digits + 2 } else { 0 }
            }
            // `*password*` of Lisp, `password* = "…"` of Nim, what it exports.
            (Language::Code, Some(b'*')) => {
                let is_marked = self.text[..self.name.start].ends_with(b"*");
                usize::from(is_marked && rest.starts_with(b"* \"") || rest.starts_with(b"* = \""))
            }
            // `set conf(password) "…"` of Tcl, `set(ENV{PASSWORD} "…")` of cmake.
            (Language::Code, Some(b')' | b'}')) => {
                let head = &self.text[..self.name.start];
                let is_set = || {
                    let before = line::before(self.text, self.name.start);
                    before.starts_with(b"set ") && before.ends_with(b"(")
                        || before.ends_with(b"set(ENV{")
                };
                let may = rest[1..].starts_with(b" \"") && matches!(head.last(), Some(b'(' | b'{'));
                usize::from(may && is_set())
            }
            (Language::Prose, Some(b'*')) => {
                rest.iter().take(3).take_while(|b| **b == b'*').count()
            }
            _ => 0,
        };
        at + len
    }
}

/// `input[type=password]:focus`: what a selector of CSS asks of an attribute.
fn is_asked_of_attribute(text: &[u8], name: Span) -> bool {
    let head = &text[name.start.saturating_sub(4)..name.start];
    head.trim_end_with(|c| "\"'\\".contains(c)).ends_with(b"=")
}

/// Behind `string(12) `, which PHP says of what it dumps, on the next line as a rule.
fn behind_size(text: &[u8], from: usize) -> usize {
    let rest = &text[from..(from + GAP).min(text.len())];
    let size = rest.trim_ascii_start();
    let digits = size.strip_prefix(b"string(").map_or(&[][..], |rest| rest);
    let len = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let is_size = len > 0 && digits[len..].starts_with(b") \"");
    if is_size { from + (rest.len() - digits.len()) + len + 2 } else { from }
}

/// The sign that `text` begins with, and its length.
fn symbol(text: &[u8]) -> Option<(Operator, usize)> {
    let sign = match text {
        [b'=', b'=', b'=', ..] => (Operator::Compare, 3),
        [b'=', b'=', ..] => (Operator::Compare, 2),
        [b':', b':', b' ', ..] => (Operator::Colon, 3),
        [b':', b':', b'=', ..] | [b'|', b'|', b'=', ..] | [b'?', b'?', b'=', ..] => {
            (Operator::Assign, 3)
        }
        [b'=', b'>', ..] | [b':' | b'+' | b'.' | b'?', b'=', ..] | [b'<', b'-', ..] => {
            (Operator::Assign, 2)
        }
        // `ApiKey::new("…")` of Rust.
        _ if text.starts_with(b"::new(") => (Operator::Call, 6),
        [b'=', b'~', ..] | [b':', b':', ..] => return None,
        [b'=', ..] => (Operator::Assign, 1),
        [b':', ..] => (Operator::Colon, 1),
        [b',', ..] => (Operator::Comma, 1),
        [b'(', ..] => (Operator::Call, 1),
        [b'>', ..] => (Operator::Tag, 1),
        _ => return None,
    };
    Some(sign)
}

/// Whether a name is one of the constants that options are set by.
fn is_option(name: &[u8]) -> bool {
    name.starts_with(b"CURLOPT_")
        || name.starts_with(b"PDO::")
        || name.ends_with(b"Context.SECURITY_CREDENTIALS")
        || name.ends_with(b"BindingProvider.PASSWORD_PROPERTY")
}

/// The length of a quote with its backslashes, or as an entity, at `at`.
pub(super) fn quote_len(text: &[u8], at: usize) -> usize {
    let rest = &text[at.min(text.len())..];
    let slashes = rest.iter().take(8).take_while(|&&b| b == b'\\').count();
    match rest.get(slashes) {
        Some(b'"' | b'\'' | b'`') => slashes + 1,
        Some(b'&') if rest.starts_with(b"&quot;") => 6,
        Some(b'%') if rest.starts_with(b"%22") => 3,
        _ => 0,
    }
}

fn stands_behind_quote(text: &[u8], start: usize) -> bool {
    let head = &text[..start];
    matches!(head.last(), Some(b'"' | b'\'' | b'`' | b':' | b'$' | b'@' | b'['))
        || head.ends_with(b"&quot;")
        || head.ends_with(b"%22")
}

/// Behind the blanks at `from`, and the colors of a terminal's log.
#[inline]
pub(super) fn skip_blanks(text: &[u8], from: usize) -> usize {
    match text.get(from) {
        Some(b' ' | b'\t' | &value::ESCAPE) => skip_all(text, from),
        _ => from,
    }
}

fn skip_all(text: &[u8], from: usize) -> usize {
    let limit = (from + GAP).min(text.len());
    let at = (from..limit).find(|&at| !matches!(text[at], b' ' | b'\t')).unwrap_or(limit);
    if text.get(at) == Some(&value::ESCAPE) { skip_colors(&text[..limit], at) } else { at }
}

/// `ESC [ 1 ; 3 2 m` (ECMA-48, 8.3.117), and blanks between such.
fn skip_colors(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(rest) = text[at..].strip_prefix(&[value::ESCAPE, b'[']) {
        let numbers = rest.iter().take_while(|b| b.is_ascii_digit() || **b == b';').count();
        if rest.get(numbers) != Some(&b'm') {
            break;
        }
        at += 3 + numbers;
        at += text[at..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    }
    at
}

/// Whether a colon behind the name binds a member, not the block of `class Password:`.
fn is_member(text: &[u8], name: Span) -> bool {
    let before = line::before(text, name.start).trim_ascii();
    before.last().is_none_or(|b| b"{,\"'".contains(b))
}

/// Behind `String =`, `&'static str =`, `Option<String> =`.
fn behind_type(text: &[u8], from: usize) -> Option<usize> {
    if !text.get(from)?.is_ascii_alphabetic() && !b"&*[".contains(text.get(from)?) {
        return None;
    }
    let limit = (from + GAP).min(text.len());
    let Some(end) = memchr::memchr(b'=', &text[from..limit]).map(|at| from + at) else {
        return behind_default(&text[..limit], from);
    };
    // `[u8; 16]`, `&[u8; 16]` of Rust.
    let is_array = text[from..limit].trim_start_with(|c| c == '&').starts_with(b"[");
    let in_type = |b: &u8| {
        b.is_ascii_alphanumeric() || b"_<>&'.?[]|() *".contains(b) || is_array && *b == b';'
    };
    // `constant String :=` of Ada.
    let declared = text[from..end].strip_suffix(b":").unwrap_or(&text[from..end]);
    let is_assignment = text.get(end + 1) != Some(&b'=') && declared.iter().all(in_type);
    is_assignment.then(|| skip_blanks(text, end + 1))
}

/// Where the literal stands in `VARCHAR2(30) DEFAULT '…'` of PL/SQL.
fn behind_default(text: &[u8], from: usize) -> Option<usize> {
    const WORD: &[u8] = b"DEFAULT '";
    let mut places = memchr::memchr_iter(b'D', &text[from..]).map(|at| from + at);
    places.find(|&at| text[at..].starts_with(WORD)).map(|at| at + WORD.len() - 1)
}

/// Whether what ends with `=` is one word and stands apart from it.
fn is_one_word(declared: &[u8]) -> bool {
    let head = declared.trim_ascii_end().strip_suffix(b"=").unwrap_or_default();
    let word = head.trim_ascii_end();
    // `password As String =` of Visual Basic.
    let word = word.strip_prefix(b"As ").unwrap_or(word);
    word.len() < head.len() && !word.contains(&b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_with_the_quotes_and_types_around_them() {
        for (text, expected) in [
            ("password = x", Some((Operator::Assign, 11))),
            ("password: x", Some((Operator::Colon, 10))),
            ("password: String = x", Some((Operator::Colon, 19))),
            ("password string = x", Some((Operator::Assign, 18))),
            ("password FROM t WHERE a = x", Some((Operator::Space, 26))),
            ("password(x", Some((Operator::Call, 9))),
            ("password == x", Some((Operator::Compare, 12))),
            ("password != x", Some((Operator::Space, 9))),
            ("password, x", None),
            ("password x", Some((Operator::Space, 9))),
        ] {
            let opening = read(text.as_bytes(), Span::new(0, 8), Language::Code);
            assert_eq!(opening.map(|o| (o.operator, o.at)), expected, "{text}");
        }
    }
}
