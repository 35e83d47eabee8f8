//! `Authorization` headers: `Bearer …` and `Basic …`, wherever they stand.

use bstr::ByteSlice as _;

use super::value::{self, Extent, Value};
use crate::detect::judge;
use crate::detect::judge::shape::{self, Shape};
use crate::detect::judge::{encoded, placeholder, vocabulary};
use crate::detect::text::{ascii, line};
use crate::model::{Span, Strength};

/// The credentials of a header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) span: Span,
    pub(super) is_basic: bool,
    pub(super) strength: Strength,
}

/// Whether a keyword is a scheme with the blank behind it.
pub(super) fn is_scheme(word: &[u8]) -> bool {
    [&b"bearer "[..], b"basic "].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// Reads the credentials behind a scheme at `word`, which is a keyword that
/// ends with its space: `bearer `, `basic `.
pub(super) fn read(text: &[u8], word: Span) -> Option<Header> {
    let scheme = word.of(text);
    let is_basic = scheme.eq_ignore_ascii_case(b"basic ");
    is_scheme(scheme).then_some(())?;
    let in_token = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=%:".contains(&b);
    let limit = (word.end + 2_048).min(text.len());
    let start = word.end + usize::from(matches!(text.get(word.end), Some(b'"' | b'\'')));
    if start >= limit {
        return None;
    }
    let start = behind_joint(text, start).unwrap_or(start);
    // `9|…`: the number of a token of Laravel Sanctum stands before it.
    let number = text[start..limit].iter().take_while(|b| b.is_ascii_digit()).count();
    let is_numbered = number > 0 && text[start + number..limit].starts_with(b"|");
    let body = if is_numbered { start + number + 1 } else { start };
    // `%01` ends a message of SASL (RFC 7628) as percent encoding writes it.
    let ends = |at: usize| !in_token(text[at]) || text[at..limit].starts_with(b"%01");
    let end = (body..limit).find(|&at| ends(at)).unwrap_or(limit);
    // The marks of a sentence are no part of it.
    let value = text[start..end].trim_end_with(|c| ".:".contains(c));
    let strength = if is_basic { basic(value)? } else { bearer(value)? };
    Some(Header { span: Span::new(start, start + value.len()), is_basic, strength })
}

/// Where the token begins in `"Bearer " + "…"` and `"Bearer {}".format("…")`, whose scheme ends
/// before `at`.
fn behind_joint(text: &[u8], at: usize) -> Option<usize> {
    const JOINTS: [&[u8]; 7] =
        [b"${", b" + ", b" . ", b" & ", b"{}\".format(", b"{}\", ", b"%s\" % "];
    let joint = JOINTS.iter().find(|joint| text[at..].starts_with(joint))?;
    let at = at + joint.len();
    text.get(at).filter(|quote| b"\"'`".contains(quote))?;
    Some(at + 1)
}

/// `Authorization: Basic joe:…`, `Authorization: Basic joe …`, as tools write it that encode it
/// themselves.
pub(super) fn plain_pair(text: &[u8], word: Span) -> Option<Value> {
    let before = line::before(text, word.start).trim_ascii_end();
    word.of(text).eq_ignore_ascii_case(b"basic ").then_some(())?;
    // "basic auth joe:…" in a note.
    if let Some(pair) = value_of_note(text, word.end) {
        return Some(pair);
    }
    ascii::ends_with(before, b"authorization:").then_some(())?;
    let value = value::bare(text, word.end, Extent::Word)?;
    let rest = line::rest(text, value.end).trim_ascii_end();
    if rest.starts_with(b" ") && memchr::memrchr(b' ', rest) == Some(0) {
        return value::bare(text, value.end + 1, Extent::Word);
    }
    let colon = memchr::memchr(b':', value.span.of(text)).filter(|&colon| colon > 0)?;
    Some(value.behind(colon + 1))
}

/// The password of `basic auth joe:…`, whose `auth` stands at `at`.
fn value_of_note(text: &[u8], at: usize) -> Option<Value> {
    let at = at + text[at..].strip_prefix(b"auth ").map(|_| b"auth ".len())?;
    let pair = value::bare(text, at, Extent::Word)?;
    let (user, password) = pair.span.of(text).split_once_str(":")?;
    let is_user = |b: &u8| b.is_ascii_alphanumeric() || b"._@-".contains(b);
    (!user.is_empty() && user.iter().all(is_user) && judge::is_varied(password))
        .then(|| pair.clone().behind(user.len() + 1))
}

/// Calls that encode the pair of a `Basic` header, lower case.
const ENCODERS: [&[u8]; 4] = [b"btoa(", b"encode", b"from(", b"tobase64string("];

/// `"Basic " + btoa("joe:…")`: the password of a pair that is encoded where it stands.
pub(super) fn encoded_here(text: &[u8], word: Span) -> Option<Value> {
    word.of(text).eq_ignore_ascii_case(b"basic ").then_some(())?;
    text.get(word.end).filter(|b| b"\"'`{$".contains(b))?;
    let rest = line::rest(text, word.end);
    let lower = rest.to_ascii_lowercase();
    let call = ENCODERS.iter().find_map(|name| memchr::memmem::find(&lower, name))?;
    let quote = memchr::memchr2(b'"', b'\'', &rest[call..])?;
    let value = value::quoted(text, word.end + call + quote)?;
    let colon = memchr::memchr(b':', value.span.of(text))?;
    (colon > 0).then(|| value.behind(colon + 1))
}

/// `btoa("joe:…")`, `Buffer.from("joe:…").toString("base64")`: the password of the pair that a
/// call encodes, whose `(` ends `word`.
pub(super) fn pair_to_encode(text: &[u8], word: Span) -> Option<Value> {
    let value = value::quoted(text, word.end)?;
    let inner = value.span.of(text);
    let colon = memchr::memchr(b':', inner)?;
    let (user, password) = (&inner[..colon], &inner[colon + 1..]);
    let is_user = |b: &u8| b.is_ascii_alphanumeric() || b"._@-".contains(b);
    let rest = line::rest(text, value.end);
    let is_encoded = word.of(text).eq_ignore_ascii_case(b"btoa(")
        || rest.starts_with(b").toString('base64')")
        || rest.starts_with(b").toString(\"base64\")");
    (is_encoded && colon > 1 && user.iter().all(is_user) && shape::is_mixed(password))
        .then(|| value.behind(colon + 1))
}

fn bearer(value: &[u8]) -> Option<Strength> {
    let shape = Shape::of(value);
    // `eyJhbGciOiJFZERTQSJ9.payload.signature`
    let dot = memchr::memchr(b'.', value).filter(|_| value.starts_with(b"eyJ"));
    let body = dot.map_or(value, |dot| &value[dot + 1..]);
    // `Bearer key=value2`: a parameter of a challenge (RFC 9110, 11.2).
    let is_parameter = value.trim_end_with(|c| c == '=').contains(&b'=');
    if value.len() < 10
        || shape.digits == 0
        || is_parameter
        || is_head(value)
        || judge::is_worded(body) && !Shape::of(body).is_random
        || placeholder::is_filler(value, b"")
        || shape::is_placeholder(value)
        || encoded::encodes_text(value)
        || encoded::encodes_words(value)
    {
        return None;
    }
    Some(vocabulary::strength(value))
}

/// Whether it is the head of a JSON Web Token alone, which says how one is signed (RFC 7515, 4).
fn is_head(value: &[u8]) -> bool {
    // `{"alg":` and `{"typ":` in base64.
    let heads: [&[u8]; 2] = [b"eyJhbGciOi", b"eyJ0eXAiOi"];
    heads.iter().any(|head| value.starts_with(head)) && !value.contains(&b'.')
}

fn basic(value: &[u8]) -> Option<Strength> {
    let pair = encoded::pair(value).filter(|_| !placeholder::is_published_example(value))?;
    let (user, password) = pair.split();
    let plain = password.len() >= 3 || user.len() >= 16;
    // `api:ACCESS_KEY`, but people write `SUMMER_2024`.
    let is_constant =
        Shape::of(password).is_constant(password) && !password.iter().any(u8::is_ascii_digit);
    (plain && !is_constant && !pair.says_so()).then(|| vocabulary::strength(password))
}

/// Schemes of `Authorization` that no keyword wakes.
const SCHEMES: [&[u8]; 13] = [
    b"token ",
    b"api-token ",
    b"apitoken ",
    b"apikey ",
    b"api-key ",
    b"key ",
    b"ntlm ",
    b"negotiate ",
    b"jwt ",
    b"bot ",
    b"oauth ",
    b"sso-key ",
    b"bearer%20",
];

/// The credentials behind a scheme at the head of `value`.
pub(super) fn behind_scheme(text: &[u8], value: Span) -> Option<Span> {
    let rest = &text[value.start..(value.start + 1_024).min(text.len())];
    let scheme = SCHEMES.iter().find(|scheme| ascii::starts_with(rest, scheme))?;
    let start = value.start + scheme.len();
    let ends = |b: u8| b.is_ascii_whitespace() || b"\"'`,;<>\\".contains(&b);
    let len = text[start..].iter().take(1_024).take_while(|b| !ends(**b)).count();
    let span = Span::new(start, start + len);
    // "Token expired" is a message.
    let is_word = span.of(text).iter().all(u8::is_ascii_lowercase);
    (!is_word).then_some(span)
}

/// The random member of an object that stands in a string: `{\"sig\":\"…\"}`. Of a JSON
/// Web Key most are public, and the others have a reader of their own; a cipher text opens
/// nothing, nor does a hash beside its salt.
pub(super) fn random_member(text: &[u8], value: Span) -> Option<Span> {
    let inner = value.of(text);
    if inner.first() != Some(&b'{')
        || inner.last() != Some(&b'}')
        || !inner.contains(&b':')
        || memchr::memmem::find(inner, b"\"kty").is_some()
        || memchr::memmem::find(inner, b"ciphertext").is_some()
        || memchr::memmem::find(inner, b"\"salt").is_some()
        || memchr::memmem::find(inner, b"ENC(").is_some()
        // AppVeyor and Travis hold the key.
        || memchr::memmem::find(inner, b"secure:").is_some()
    {
        return None;
    }
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || b"-_+/=".contains(b);
    let mut at = 0;
    for run in inner.chunk_by(|a, b| is_word(a) == is_word(b)) {
        let is_id =
            || ascii::ends_with(inner[..at].trim_end_with(|c| "\\\"' :".contains(c)), b"id");
        // `{"SignedEntryTimestamp":"MEUC…"}`: what anybody may verify.
        let is_signature = || memchr::memmem::find(&inner[..at], b"\"Signed").is_some();
        if run.len() >= 16 && Shape::of(run).is_random && !is_id() && !is_signature() {
            return Some(Span::new(value.start + at, value.start + at + run.len()));
        }
        at += run.len();
    }
    None
}
