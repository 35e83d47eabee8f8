//! The password or key behind its word in another language, one that other letters than
//! those of names stand in: `密码：…`, `"пароль": "…"`, `hasło do bazy: …`, `API-Schlüssel: …`.

use super::echoed::shell_word;
use super::operator;
use super::value::{self, Value};
use crate::detect::judge::promise::Kind;
use crate::detect::judge::{is_varied, shape};
use crate::detect::text::line;
use crate::model::Span;

/// Words for a key or a token, which mean other things as well.
const KEYS: [&str; 9] =
    ["schlüssel", "Schlüssel", "clé api", "d'accès", "токен", "Токен", "密钥", "密鑰", "トークン"];
/// What binds, the colon of full width first.
const SIGNS: [&str; 7] = ["：", ":", "=", "是", "は", "는", "— "];
/// The same between words.
const VERBS: [&str; 4] = [": ", " ist ", " to ", " это "];
/// What quotes in other languages.
const QUOTES: [&str; 5] = ["「", "『", "„", "“", "«"];
/// How far a verb may stand, behind what the password is for.
const REACH: usize = 48;

/// What stands behind `word`, and what it is: letters and digits, for labels hold words.
pub(super) fn told(text: &[u8], word: Span) -> Option<(Kind, Value)> {
    let is_key = KEYS.iter().any(|key| word.of(text).eq_ignore_ascii_case(key.as_bytes()));
    let at = operator::skip_blanks(text, word.end + operator::quote_len(text, word.end));
    let sign = SIGNS.iter().find(|sign| text[at..].starts_with(sign.as_bytes()));
    let found = match sign {
        Some(sign) => value_at(text, at + sign.len()),
        None => behind_verb(text, word.end).and_then(|at| value_at(text, at)),
    }?;
    let bytes = found.span.of(text);
    let is_it = match (is_key, sign) {
        (true, _) => shape::is_drawn(bytes),
        (false, Some(_)) => shape::is_mixed(bytes),
        (false, None) => is_varied(bytes) && bytes.len() >= 8,
    };
    let kind = if is_key { Kind::Token } else { Kind::Password };
    (is_it && !shape::is_uuid(bytes)).then_some((kind, found))
}

/// Behind the verb that follows at most what the password is for: `hasło do bazy to …`.
fn behind_verb(text: &[u8], from: usize) -> Option<usize> {
    let rest = line::rest(text, from);
    let rest = &rest[..rest.len().min(REACH)];
    let ends = VERBS
        .iter()
        .filter_map(|verb| Some((memchr::memmem::find(rest, verb.as_bytes())?, verb.len())));
    let (at, len) = ends.min()?;
    let in_words = |b: &u8| b.is_ascii_alphanumeric() || *b == b' ' || !b.is_ascii();
    rest[..at].iter().all(in_words).then_some(from + at + len)
}

fn value_at(text: &[u8], at: usize) -> Option<Value> {
    let at = operator::skip_blanks(text, at);
    let at = at + text[at..].strip_prefix(b"<code>").map_or(0, |_| b"<code>".len());
    let quote = QUOTES.iter().find(|quote| text[at..].starts_with(quote.as_bytes()));
    let at = at + quote.map_or(0, |quote| quote.len());
    value::quoted(text, at).or_else(|| ascii_word(text, at))
}

/// A word that ends where the other script goes on, or its sentence ends.
fn ascii_word(text: &[u8], at: usize) -> Option<Value> {
    let word = shell_word(text, at)?.span;
    let inner = word.of(text);
    let len = inner.iter().take_while(|byte| byte.is_ascii() && **byte != b',').count();
    let len = inner[..len].trim_ascii_end().len();
    let ends = inner[..len].iter().rev().take_while(|byte| b".)".contains(byte)).count();
    (len > ends).then(|| Value::bare(Span::new(word.start, word.start + len - ends)))
}
