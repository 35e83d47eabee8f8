//! What may stand on either side of a token.

use crate::model::{Bounds, Span};

/// Whether a token may begin behind `before`.
pub(super) fn starts(bounds: Bounds, before: &[u8]) -> bool {
    match (bounds, before.last()) {
        (Bounds::None, _) | (_, None) => true,
        (Bounds::Word | Bounds::Run, Some(&byte)) => !is_word(byte) || ends_with_escape(before),
    }
}

/// Whether a token may end at the end of `span`.
pub(super) fn ends(bounds: Bounds, text: &[u8], span: Span) -> bool {
    let Some(&after) = text.get(span.end) else { return true };
    match bounds {
        Bounds::None => true,
        Bounds::Word => !is_word(after),
        Bounds::Run => !is_word(after) && !b"-+/=".contains(&after),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether text ends with an escape whose last character is no part of what
/// follows: `\n`, `\t`, `\r`, `%3D`, `\x22`, `\u0022`, or the color of a
/// terminal's log, `[94m`.
fn ends_with_escape(text: &[u8]) -> bool {
    let hex = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    match text {
        [.., b'\\', b'n' | b't' | b'r' | b'b' | b'f'] => true,
        [.., b'%', a, b] | [.., b'\\', b'x', a, b] => hex(&[*a, *b]),
        [.., b'\\', b'u', a, b, c, d] => hex(&[*a, *b, *c, *d]),
        [.., b'm'] => ends_with_color(text),
        _ => false,
    }
}

/// `[` and at most four digits or `;` before a final `m`.
fn ends_with_color(text: &[u8]) -> bool {
    let tail = &text[text.len().saturating_sub(6)..text.len() - 1];
    let is_number = |b: &u8| b.is_ascii_digit() || *b == b';';
    let open = tail.iter().rposition(|b| !is_number(b));
    open.is_some_and(|at| tail[at] == b'[' && at + 1 < tail.len())
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
        ] {
            assert!(starts(Bounds::Word, before.as_bytes()), "{before}");
        }
        for before in ["a", "not_", "7", "%g3D", "un", "\\q", "m", "94m", "[m"] {
            assert!(!starts(Bounds::Word, before.as_bytes()), "{before}");
        }
        assert!(starts(Bounds::None, b"a"));
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
    }
}
