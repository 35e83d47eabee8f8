//! Comparisons that languages write as words, or for what differs: `$pw eq "…"` of Perl,
//! `$pw -eq "…"` of `PowerShell`, `[pw isEqualToString:@"…"]`, `get("pw").equals("…")`,
//! `ConstantTimeCompare([]byte(pw), []byte("…"))` of Go, `pw !== "…"`, `pw <> "…"` of Basic. Owns
//! where the literal stands that a name is compared with.

use super::operator;
use super::value;
use crate::detect::judge::{phrase, shape};
use crate::model::Span;

/// Between the two sides of `bytes.Equal([]byte(password), []byte("…"))` in Go.
const CONVERTED: &[u8] = b"), []byte(";

/// What stands before the literal.
const WORDS: [&[u8]; 12] = [
    b"eq ",
    b"-eq ",
    b"isEqualToString:@",
    CONVERTED,
    b").equals(",
    b"!== ",
    b"!= ",
    b"<> ",
    b") !== ",
    b") != ",
    b") === ",
    b") == ",
];

/// Where the literal begins that the name is compared with, behind which `at` stands. What it
/// is asked for is a word as often as a password, so it mixes letters and digits or is a phrase.
pub(super) fn read(text: &[u8], name: Span, at: usize) -> Option<usize> {
    // A call with arguments asks no field.
    let may_stand = match text.get(at)? {
        b'(' => text.get(at + 1) == Some(&b')'),
        byte => matches!(byte, b'e' | b'i' | b'-' | b')' | b'}' | b'!' | b'<' | b'.'),
    };
    may_stand.then_some(())?;
    let may_ask = matches!(text[at], b'.' | b'-' | b')' | b'(');
    if may_ask && let Some(literal) = behind_accessors(text, at) {
        return value::quoted(text, literal)
            .is_some_and(|value| shape::is_mixed(value.span.of(text)))
            .then_some(literal);
    }
    // `$in{'password'} eq "…"`
    let end = if text[at] == b'}' { operator::skip_blanks(text, at + 1) } else { at };
    let word = WORDS.iter().find(|word| text[end..].starts_with(word))?;
    let is_converted = text[..name.start].ends_with(b"[]byte(");
    (*word != CONVERTED || is_converted).then_some(())?;
    let at = end + word.len();
    let is_chosen = |bytes: &[u8]| shape::is_mixed(bytes) || phrase::is_chain(bytes);
    value::quoted(text, at).filter(|value| is_chosen(value.span.of(text)))?;
    Some(at)
}

/// Behind what a field is asked for its text with, and the sign of a comparison:
/// `pwd.get() == "…"`, `ui->pass->text() == "…"`, `txtPass.getText().equals("…")`.
fn behind_accessors(text: &[u8], from: usize) -> Option<usize> {
    const ACCESSORS: [&[u8]; 9] = [
        b"getText",
        b"getPassword",
        b"get",
        b"text",
        b"toString",
        b"trim",
        b"value",
        b"val",
        b"strip",
    ];
    const SIGNS: [&[u8]; 6] = [b" == ", b" === ", b" != ", b" !== ", b".equals(", b"=="];
    let mut at = from;
    let mut is_asked = false;
    loop {
        let rest = &text[at..];
        let joint = [&b"."[..], b"->"].into_iter().find(|joint| rest.starts_with(joint));
        let name = |joint: &[u8]| {
            let rest = &rest[joint.len()..];
            let name = ACCESSORS.iter().find(|name| rest.starts_with(name))?;
            let is_whole = !rest.get(name.len()).is_some_and(u8::is_ascii_alphanumeric);
            is_whole.then(|| joint.len() + name.len())
        };
        if rest.starts_with(b"()") {
            at += 2;
            is_asked = true;
        } else if rest.starts_with(b")") && !is_asked {
            at += 1;
        } else if let Some(len) = joint.and_then(name) {
            at += len;
            is_asked = true;
        } else {
            break;
        }
    }
    let sign = SIGNS.iter().find(|sign| text[at..].starts_with(sign)).filter(|_| is_asked)?;
    Some(operator::skip_blanks(text, at + sign.len()))
}
