//! What stands before a name on its line: is it inside a string, a comment, a tag?

use bstr::ByteSlice as _;

use super::ascii;

/// How far back a line is looked at.
pub(in crate::detect) const REACH: usize = 256;

/// The part of the line before `at`, at most [`REACH`] bytes of it.
pub(in crate::detect) fn before(text: &[u8], at: usize) -> &[u8] {
    let floor = at.saturating_sub(REACH);
    let start = memchr::memrchr2(b'\n', b'\r', &text[floor..at]).map_or(floor, |n| floor + n + 1);
    &text[start..at]
}

/// The rest of the line from `at` on, at most [`REACH`] bytes of it.
pub(in crate::detect) fn rest(text: &[u8], at: usize) -> &[u8] {
    let limit = (at + REACH).min(text.len());
    let end = memchr::memchr2(b'\n', b'\r', &text[at..limit]).map_or(limit, |n| at + n);
    &text[at..end]
}

/// The quote of the string that is still open at the end of `prefix`.
pub(in crate::detect) fn open_string(prefix: &[u8]) -> Option<u8> {
    let mut open = None;
    let mut at = 0;
    while at < prefix.len() {
        match (open, prefix[at]) {
            (_, b'\\') => at += 1,
            (None, quote @ (b'"' | b'`')) => open = Some(quote),
            // An apostrophe between letters is one.
            (None, b'\'') if at == 0 || !prefix[at - 1].is_ascii_alphanumeric() => {
                open = Some(b'\'');
            }
            (Some(quote), byte) if quote == byte => open = None,
            _ => {}
        }
        at += 1;
    }
    open
}

/// Whether a tag opens and only its name stands before the end: `<`, `<admin `.
pub(in crate::detect) fn opens_tag(prefix: &[u8]) -> bool {
    let Some(at) = memchr::memrchr(b'<', prefix) else { return false };
    prefix[at + 1..].iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b':' | b'-'))
}

/// Whether a literal between three quotes begins on a line and goes on behind `prefix`.
pub(in crate::detect) fn opens_long(prefix: &[u8], quote: u8) -> bool {
    memchr::memmem::find_iter(prefix, &[quote; 3]).count() % 2 == 1
}

/// Whether a variable of a Go template follows, which is given an expression:
/// `{{- $password := include "name" . }}`.
pub(in crate::detect) fn opens_template(prefix: &[u8]) -> bool {
    let head = prefix.strip_suffix(b"$").unwrap_or_default();
    let open = memchr::memmem::rfind(head, b"{{");
    open.is_some_and(|open| memchr::memmem::find(&head[open..], b"}}").is_none())
}

/// Whether what follows is public in so many words: `Public Key: …`, `PubKey{Key: …`.
pub(in crate::detect) fn says_public(prefix: &[u8]) -> bool {
    let object = memchr::memrchr(b'{', prefix).map_or(&[][..], |open| &prefix[..open]);
    if [&b"PubKey"[..], b"PublicKey"].iter().any(|name| object.ends_with(name)) {
        return true;
    }
    let head = prefix.trim_ascii_end();
    head.len() < prefix.len() && ascii::ends_with(head, b"public")
}

/// Whether the line is a comment, in any common language.
pub(in crate::detect) fn is_comment(prefix: &[u8]) -> bool {
    let line = prefix.trim_ascii_start();
    let heads: [&[u8]; 8] = [b"#", b"//", b"/*", b"* ", b"-- ", b"<!--", b";", b"%"];
    let directive = line.starts_with(b"#define") || line.starts_with(b"%define");
    // `#user{`, `#{`: a record and a map of Erlang.
    let opens = || {
        let behind = line[1..].trim_start_with(|c| c.is_ascii_alphanumeric() || c == '_');
        line[0] == b'#' && behind.starts_with(b"{")
    };
    !directive && heads.iter().any(|head| line.starts_with(head)) && !opens()
}

/// Whether the line is one of a comment that documents the code behind it.
pub(in crate::detect) fn documents(prefix: &[u8]) -> bool {
    let line = prefix.trim_ascii_start();
    // The last two are Haddock's.
    let heads: [&[u8]; 6] = [b"* ", b"/**", b"///", b"//!", b"-- |", b"-- >"];
    heads.iter().any(|head| line.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_documents_is_told_from_a_remark() {
        for prefix in [" * password: ", "/// url = ", "//! x", "    /** token ", "-- > >>> make "] {
            assert!(documents(prefix.as_bytes()), "{prefix}");
        }
        for prefix in ["// password = ", "*password = ", "x = 1 /// ", "# password: "] {
            assert!(!documents(prefix.as_bytes()), "{prefix}");
        }
    }

    #[test]
    fn an_open_string_is_seen() {
        for (prefix, open) in [
            ("x = ", None),
            ("x = \"a;", Some(b'"')),
            ("x = \"a\" + 'b", Some(b'\'')),
            ("don't ", None),
            ("'a\\'b ", Some(b'\'')),
        ] {
            assert_eq!(open_string(prefix.as_bytes()), open, "{prefix}");
        }
    }
}
