//! What tokens are made of, and what may stand on either side of one.

use crate::model::{Bounds, Span};

/// What is looked at before a token that may stand in the middle of a blob.
const RUN: usize = 40;

/// Whether a token may begin behind `before`.
pub(in crate::detect) fn starts(bounds: Bounds, before: &[u8]) -> bool {
    match (bounds, before.last()) {
        (Bounds::None, _) | (_, None) => true,
        (Bounds::Word | Bounds::Run, Some(&byte)) => {
            (!is_word(byte) || ends_with_escape(before)) && !ends_with_base64(before)
        }
    }
}

/// Whether text ends with one of the marks of base64 and much of a random run
/// before it, wrapped or not: what follows is the next piece of an image or a
/// certificate.
pub(in crate::detect) fn ends_with_base64(text: &[u8]) -> bool {
    let Some((b'+' | b'/' | b'-', before)) = text.split_last() else { return false };
    // The first sign of a line is one of a patch or of a list.
    if before.ends_with(b"\n") {
        return false;
    }
    let (mut upper, mut lower, mut digits) = (0, 0, 0);
    let characters = before.iter().rev().filter(|byte| !b"\r\n".contains(byte)).take(RUN);
    let run = characters.take_while(|&&byte| is_word(byte) || b"+/-".contains(&byte));
    let len = run
        .inspect(|byte| {
            upper += usize::from(byte.is_ascii_uppercase());
            lower += usize::from(byte.is_ascii_lowercase());
            digits += usize::from(byte.is_ascii_digit());
        })
        .count();
    len == RUN && upper >= 6 && lower >= 6 && digits >= 3
}

/// Whether a token may end at the end of `span`.
pub(in crate::detect) fn ends(bounds: Bounds, text: &[u8], span: Span) -> bool {
    let Some(&after) = text.get(span.end) else { return true };
    match bounds {
        Bounds::None => true,
        Bounds::Word => !is_word(after),
        Bounds::Run => {
            !is_word(after) && (!b"-+/=".contains(&after) || is_segment(text, span, after))
        }
    }
}

/// `https://host/v1/TOKEN/items`, `s/NAME/TOKEN/`: whether slashes stand around it.
fn is_segment(text: &[u8], span: Span, after: u8) -> bool {
    after == b'/' && text[..span.start].ends_with(b"/")
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether text ends with an escape whose last character is no part of what
/// follows: `\n`, `\t`, `\r`, `%3D`, `\x22`, `\u0022`, or the color of a
/// terminal's log, `[94m`.
pub(in crate::detect) fn ends_with_escape(text: &[u8]) -> bool {
    let hex = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    match text {
        [.., b'\\', b'n' | b't' | b'r' | b'b' | b'f'] => true,
        [.., b'%', a, b] | [.., b'\\', b'x', a, b] => hex(&[*a, *b]),
        [.., b'\\', b'u', a, b, c, d] => hex(&[*a, *b, *c, *d]),
        [.., b'm'] => ends_with_color(text),
        _ => false,
    }
}

/// The longest escape, a color in its three parts: `[38;2;255;255;255m`.
pub(in crate::detect) const LONGEST_ESCAPE: usize = 18;

/// `[` and digits or `;` before a final `m` (ECMA-48, 8.3.117).
fn ends_with_color(text: &[u8]) -> bool {
    let tail = &text[text.len().saturating_sub(LONGEST_ESCAPE)..text.len() - 1];
    let is_number = |b: &u8| b.is_ascii_digit() || *b == b';';
    let open = tail.iter().rposition(|b| !is_number(b));
    open.is_some_and(|at| tail[at] == b'[' && at + 1 < tail.len())
}

/// Bytes that encoded tokens are made of, but for the padding: `a=b=c` is no token, and
/// each of its names would be read to the end.
pub(in crate::detect) fn in_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/_-.~".contains(&byte)
}

/// The same in quotes, which end it; what issuers put between the parts of a token.
pub(in crate::detect) fn in_literal(byte: u8) -> bool {
    in_token(byte) || b"=%:@?&!$".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_begins_behind_punctuation_and_escapes_only() {
        for before in [
            "",
            " ",
            "\"",
            "key=",
            "line\\n",
            "a%3D",
            "a%3d",
            "a\\u0022",
            "a\\x22",
            "//x:",
            "é",
            "\x1b[0;31m",
            "\x1b[38;5;208m",
            "\x1b[38;2;255;255;255m",
        ] {
            assert!(starts(Bounds::Word, before.as_bytes()), "{before}");
        }
        for before in
            ["a", "not_", "7", "%g3D", "un", "\\q", "m", "94m", "[m", "[1;2;3;4;5;6;7;8;9m"]
        {
            assert!(!starts(Bounds::Word, before.as_bytes()), "{before}");
        }
        assert!(starts(Bounds::None, b"a"));
    }

    #[test]
    fn no_token_begins_in_the_middle_of_base64() {
        let image = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4";
        for mark in ["+", "/", "-"] {
            assert!(!starts(Bounds::Word, format!("{image}{mark}").as_bytes()), "{mark}");
        }
        let wrapped = format!("{}\r\n{}+", &image[..40], &image[40..]);
        assert!(!starts(Bounds::Run, wrapped.as_bytes()));
        for before in [
            "https://example.org/a/rather/Long/path/of/Words/2024/",
            "a-rather-long-name-of-lower-case-words-",
            &format!("{image} "),
            &format!("{image}="),
            &format!("{image}\n+"),
            "k=v+",
        ] {
            assert!(starts(Bounds::Word, before.as_bytes()), "{before}");
        }
    }

    #[test]
    fn a_token_ends_before_punctuation_only() {
        let ends_before =
            |bounds, after: &str| ends(bounds, format!("tok{after}").as_bytes(), Span::new(0, 3));
        for after in ["", " ", "\"", "\\n", "@host", "&x=", "</a>", "%0A", "."] {
            assert!(ends_before(Bounds::Word, after), "{after}");
            assert!(ends_before(Bounds::Run, after), "{after}");
        }
        assert!(!ends_before(Bounds::Word, "a") && !ends_before(Bounds::Word, "_"));
        assert!(ends_before(Bounds::Word, "=") && !ends_before(Bounds::Run, "="));
        assert!(ends_before(Bounds::None, "a"));
        for (text, wanted) in
            [("/tok/a", true), ("s/a/tok/", true), ("tok/a", false), ("/tok-", false)]
        {
            let start = text.find("tok").unwrap();
            let span = Span::new(start, start + 3);
            assert_eq!(ends(Bounds::Run, text.as_bytes(), span), wanted, "{text}");
        }
    }
}
