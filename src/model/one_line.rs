//! Text that comes from elsewhere, made safe to print.

use std::fmt;

/// One line that cannot move the cursor: control characters, bidirectional
/// overrides and bytes that are not UTF-8 are escaped. It also cannot be taken
/// for a workflow command by a CI runner that reads the log (`::` at the start
/// of a trimmed line, `##[` anywhere).
#[derive(Debug, Clone, Copy)]
pub struct OneLine<'a>(&'a [u8]);

impl<'a> OneLine<'a> {
    /// Shows these bytes, which may be UTF-8.
    pub fn new(text: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self(text.as_ref())
    }
}

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, chunk) in self.0.utf8_chunks().enumerate() {
            let valid = chunk.valid();
            for (offset, c) in valid.char_indices() {
                match c {
                    '\n' => f.write_str("\\n")?,
                    '\r' => f.write_str("\\r")?,
                    '\t' => f.write_str("\\t")?,
                    '\\' => f.write_str("\\\\")?,
                    ':' if at == 0 && valid[..offset].trim_start().is_empty() => {
                        f.write_str("\\u{3a}")?;
                    }
                    '#' if valid[offset..].starts_with("##[") => f.write_str("\\u{23}")?,
                    c if is_unsafe_to_print(c) => write!(f, "\\u{{{:x}}}", c as u32)?,
                    c => write!(f, "{c}")?,
                }
            }
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

/// C0, DEL, C1, and the bidirectional controls and separators that make a
/// terminal or a reviewer see something else than what is there (CVE-2021-42574).
pub(crate) fn is_unsafe_to_print(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The words of a parser, such as people know them, without the strings of what
/// it read: those could be anything, a secret too.
pub(crate) fn without_strings(words: &str) -> String {
    let shown = match (words.find(": string \""), words.rfind(", expected")) {
        (Some(from), Some(to)) if from < to => {
            format!("{}: string{}", &words[..from], &words[to..])
        }
        _ => words.to_owned(),
    };
    match (shown.strip_prefix("unknown variant `"), shown.find("`, expected")) {
        (Some(_), Some(to)) => format!("unknown word{}", &shown[to + 1..]),
        _ if shown.starts_with("invalid type: ") => shown
            .replace("sequence", "list")
            .replace("u64", "a whole number")
            .replace(": map", ": object"),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_parser_hold_no_string_of_what_it_read() {
        for (words, safe) in [
            (
                "invalid type: string \"canary\", expected u64",
                "invalid type: string, expected a whole number",
            ),
            ("invalid type: map, expected a string", "invalid type: object, expected a string"),
            ("unknown variant `canary`, expected `a`", "unknown word, expected `a`"),
            ("expected u64", "expected u64"),
        ] {
            assert_eq!(without_strings(words), safe);
        }
    }

    #[test]
    fn what_is_shown_holds_no_control_character() {
        let shown = |text: &[u8]| OneLine::new(text).to_string();
        let told = shown("a\x1b[2J\n\u{202e}\u{9b}\t\\é".as_bytes());
        assert_eq!(told, "a\\u{1b}[2J\\n\\u{202e}\\u{9b}\\t\\\\é");
        assert_eq!(shown(b"\xff.txt"), "\\xFF.txt");
        assert_eq!(shown(b"::error::x"), "\\u{3a}:error::x");
        assert_eq!(shown(b"a##[group]"), "a\\u{23}#[group]");
        assert_eq!(shown(b" \xc2\xa0::x"), " \u{a0}\\u{3a}:x", "a runner trims");
        assert_eq!(shown(b"\xff:a"), "\\xFF:a");
    }
}
