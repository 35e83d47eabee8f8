//! Private members of JSON Web Keys (RFC 7517, 7518): `d` of RSA, EC and OKP
//! keys, `k` of symmetric ones.

use super::Candidate;
use super::judge::{encoded, placeholder};
use super::text::entropy;
use crate::model::{Rule, Span, Strength};

/// How far from its `kty` a member may stand: an RSA key of 4,096 bits has
/// seven numbers of some 700 characters, and perhaps a chain of certificates.
const REACH: usize = 8 * 1024;

/// The private member of the key whose `kty` stands at `keyword`.
pub(super) fn read(rule: &'static Rule, text: &[u8], keyword: Span) -> Option<Candidate> {
    let object = object_around(text, keyword)?;
    let name = if is_symmetric(text, keyword) { b'k' } else { b'd' };
    let span = member(text, object, name)?;
    let value = span.of(text);
    let made_up = entropy::bits_per_byte(value) < 3.0
        || placeholder::is_filler(value, b"")
        || encoded::encodes_nothing(value);
    (!made_up).then(|| Candidate::new(rule, span, Strength::Strong))
}

/// The object the keyword stands in, or a text that begins or ends inside of
/// one. Objects do not nest in a key, and a second `kty` begins another, so
/// that no byte is read twice.
fn object_around(text: &[u8], keyword: Span) -> Option<Span> {
    let from = keyword.start.saturating_sub(REACH);
    let to = text.len().min(keyword.end + REACH);
    let is_edge = |at: &usize| text[*at] != b'k' || text[*at..].starts_with(b"kty");
    let before = memchr::memchr3_iter(b'{', b'}', b'k', &text[from..keyword.start]);
    let start = before.rev().map(|at| from + at).find(is_edge);
    let mut behind = memchr::memchr3_iter(b'{', b'}', b'k', &text[keyword.end..to]);
    let end = behind.find_map(|at| Some(keyword.end + at).filter(is_edge));
    let start = start.map_or((from == 0).then_some(0), |at| (text[at] == b'{').then_some(at))?;
    let end = end.or((to == text.len()).then_some(to))?;
    Some(Span::new(start, end))
}

fn is_symmetric(text: &[u8], keyword: Span) -> bool {
    let behind = &text[keyword.end..text.len().min(keyword.end + 16)];
    memchr::memmem::find(behind, b"oct").is_some()
}

/// The value of a member with a name of one letter, quoted either way or, in code, not at all,
/// its quotes perhaps escaped.
fn member(text: &[u8], object: Span, name: u8) -> Option<Span> {
    let is_quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\''));
    let is_space = |byte: &u8| byte.is_ascii_whitespace() || b"\\:=>".contains(byte);
    memchr::memchr_iter(name, object.of(text)).find_map(|at| {
        let at = object.start + at;
        let behind = &text[at + 1..object.end];
        let escape = usize::from(behind.first() == Some(&b'\\'));
        let is_quoted = is_quote(text[..at].last()) && is_quote(behind.get(escape));
        let is_bare = matches!(text[..at].last(), Some(b' ' | b'{' | b',' | b'\n' | b'\t'))
            && behind.first() == Some(&b':');
        if !is_quoted && !is_bare {
            return None;
        }
        let name = if is_bare { 0 } else { escape + 1 };
        let gap = behind[name..].iter().take_while(|b| is_space(b)).count();
        let start = name + gap;
        let is_value = is_quote(behind.get(start)) && gap > 0;
        let value = behind.get(start + 1..).unwrap_or(&[]);
        let len =
            value.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b)).count();
        let closes = matches!(value.get(len), Some(b'"' | b'\'' | b'\\' | b'='));
        let start = at + 1 + start + 1;
        (is_value && closes && len >= 16).then(|| Span::new(start, start + len))
    })
}
