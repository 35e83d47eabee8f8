//! Forms that bind a value to a name without a sign: `"password" to "…"`, `password{"…"}`,
//! `(setenv "PASSWORD" "…")`, what is compared by a word, what a function gives.

use super::operator::{Reader, quote_len, skip_blanks};
use super::{argument, compared, literal, returned, value};
use crate::detect::judge::shape;
use crate::detect::language::Language;
use crate::detect::text::line;
use crate::model::Span;

impl Reader<'_> {
    /// Where the value begins in the forms that bind without a sign.
    pub(super) fn behind_form(self, at: usize) -> Option<usize> {
        let Self { text, name, language, quote } = self;
        // PHP's serialized `s:8:"password";s:7:"…"`.
        let serialized = (quote > 0).then(|| serialized_len(&text[at..])).flatten();
        if let Some(len) = serialized {
            return Some(at + len);
        }
        if quote > 0 && (self.is_set_in_quotes(at) || self.is_drawn_beside(at)) {
            return Some(at);
        }
        // `{{ .Values.db.password | default "…" }}` of Helm.
        let default = text[at..].strip_prefix(b"| default ");
        if let Some(literal) = default.filter(|literal| literal.starts_with(b"\"")) {
            return Some(text.len() - literal.len());
        }
        if language == Language::Prose {
            return self.behind_variable();
        }
        // `if ($http_x_api_token != "…")` of nginx.
        if language == Language::Settings {
            return compared::read(text, name, at);
        }
        if language != Language::Code {
            return None;
        }
        // `"password" to "…"` of Kotlin, `"password" -> "…"` of Scala, `set "jwt_secret" to '…'`.
        let is_set = || text[at..].starts_with(b"to '") && text[..name.start].ends_with(b"set \"");
        let joins =
            || text[at..].starts_with(b"to \"") || text[at..].starts_with(b"-> \"") || is_set();
        let paired = || (quote > 0 && joins()).then_some(at + 3);
        // `env:"PASSWORD" envDefault:"…"` in a tag of Go.
        let default = [&b"default:\""[..], b"envDefault:\""]
            .into_iter()
            .find(|tag| quote == 1 && text[at..].starts_with(tag));
        let tagged = default.map(|tag| at + tag.len() - 1);
        literal::fallback(text, name, quote)
            .or(tagged)
            .or_else(|| braced(text, name))
            .or_else(|| argument::of_state(text, name))
            .or_else(|| behind_accessors(text, at))
            .or_else(|| compared::read(text, name, at))
            .or_else(|| returned::of_definition(text, name, at))
            .or_else(paired)
    }

    /// `${PASSWORD}    …` of Robot Framework: what stands apart, by two blanks at least.
    fn behind_variable(self) -> Option<usize> {
        let behind = self.text[self.name.end..].strip_prefix(b"}")?;
        let is_gap = behind.starts_with(b"  ") || behind.starts_with(b"\t");
        let head = line::before(self.text, self.name.start).strip_suffix(b"${")?;
        let begins = head.is_empty() || head.ends_with(b"  ") || head.ends_with(b"\t");
        (is_gap && begins).then(|| skip_blanks(self.text, self.name.end + 1))
    }

    /// `set "Smtp:Password" "…"`, `(setenv "PASSWORD" "…")`: whether a literal stands at
    /// `at` behind a name in quotes, which a command sets.
    fn is_set_in_quotes(self, at: usize) -> bool {
        const COMMANDS: [&[u8]; 3] = [b"set", b"setenv", b"setproperty"];
        if at == self.name.end + self.quote || quote_len(self.text, at) == 0 {
            return false;
        }
        let before = line::before(self.text, self.name.start);
        let Some(open) = memchr::memrchr2(b'"', b'\'', before) else { return false };
        let command = before[..open].trim_ascii_end();
        let word = command.rsplit(|b| !b.is_ascii_alphabetic()).next().unwrap_or_default();
        COMMANDS.iter().any(|command| command.eq_ignore_ascii_case(word))
    }

    /// `{"X-Api-Key" "…"}` of Clojure, `"X-Api-Key" "…"` of HCL's older maps: whether what a
    /// machine drew stands beside a name in quotes.
    fn is_drawn_beside(self, at: usize) -> bool {
        let is_apart = at > self.name.end + self.quote && quote_len(self.text, at) == 1;
        let value = is_apart.then(|| value::quoted(self.text, at)).flatten();
        value.is_some_and(|value| shape::is_drawn(value.span.of(self.text)))
    }
}

/// The length of `;s:7:`, the head of a string behind another one.
fn serialized_len(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b";s:")?;
    let digits = rest.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    (digits > 0 && rest.get(digits) == Some(&b':')).then_some(digits + 4)
}

/// Where the literal begins in `password{"…"}` of C++.
fn braced(text: &[u8], name: Span) -> Option<usize> {
    (text.get(name.end) == Some(&b'{') && quote_len(text, name.end + 1) > 0).then_some(())?;
    let value = value::quoted(text, name.end + 1)?;
    (text.get(value.end) == Some(&b'}')).then_some(name.end + 1)
}

/// Where the value begins in `Password { get; set; } = "…"` of C#.
fn behind_accessors(text: &[u8], at: usize) -> Option<usize> {
    text[at..].starts_with(b"{ get;").then_some(())?;
    let rest = line::rest(text, at);
    let close = memchr::memchr(b'}', rest)?;
    let at = skip_blanks(text, at + close + 1);
    (text.get(at) == Some(&b'=')).then(|| skip_blanks(text, at + 1))
}
