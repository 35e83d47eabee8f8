//! A path in a command that people copy: one word of their shell, which git
//! takes for this path and for nothing else.

use std::fmt::Write as _;

use bstr::ByteSlice as _;

use super::RepoPath;
use super::one_line::is_unsafe_to_print;

impl RepoPath {
    /// For a command of git at the root, behind its options.
    pub fn argument(&self) -> String {
        let literal: &[u8] = match self.as_bytes() {
            path if is_pattern(path) => b":(literal)",
            [b'-', ..] => b"./",
            _ => b"",
        };
        shell_word(&[literal, self.as_bytes()].concat())
    }

    /// The same, wherever in the work tree it is run.
    pub fn argument_below_root(&self) -> String {
        let from_top: &[u8] = match self.as_bytes() {
            path if is_pattern(path) => b":(top,literal)",
            // Behind `:/` git takes other marks for more words about a pattern.
            [b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0x80.., ..] => b":/",
            _ => b":(top)",
        };
        shell_word(&[from_top, self.as_bytes()].concat())
    }

    /// For any command that takes files, at the root.
    pub fn file(&self) -> String {
        let here: &[u8] = if self.as_bytes().starts_with(b"-") { b"./" } else { b"" };
        shell_word(&[here, self.as_bytes()].concat())
    }

    /// The same, wherever below the root it is run.
    pub fn file_below_root(&self) -> String {
        format!("\"$(git rev-parse --show-cdup)\"{}", shell_word(self.as_bytes()))
    }

    /// What `echo` writes to be a line of `.gitignore` for this path
    /// (gitignore(5), "PATTERN FORMAT").
    pub fn gitignore_line(&self) -> String {
        let path = self.as_bytes();
        let trailing = path.len() - path.trim_end_with(|c| c == ' ').len();
        let mut line = Vec::with_capacity(path.len() + trailing);
        for (at, &byte) in path.iter().enumerate() {
            match byte {
                // Of two backslashes some shells' `echo` writes one, and no
                // line holds an end of line: any byte there is taken.
                b'\\' | b'\n' | b'\r' => line.push(b'?'),
                b'*' | b'?' | b'[' => line.extend([b'\\', byte]),
                b'!' | b'#' if at == 0 => line.extend([b'\\', byte]),
                b' ' if at >= path.len() - trailing => line.extend([b'\\', byte]),
                _ => line.push(byte),
            }
        }
        shell_word(&line)
    }
}

/// Whether git would take a path for a pattern, or for a word about one (gitglossary(7)).
fn is_pattern(path: &[u8]) -> bool {
    path.starts_with(b":") || path.iter().any(|b| b"*?[\\".contains(b))
}

/// What a POSIX shell reads as this one word. Bytes that are not safe to print
/// are told by their numbers (`$'…'`, POSIX.1-2024).
fn shell_word(bytes: &[u8]) -> String {
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || b"/._-+@%:".contains(b);
    match str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(is_plain) => text.to_owned(),
        // A CI runner that reads the log takes `##[` for a command.
        Ok(text) if !text.contains("##[") && !text.contains(is_unsafe_to_print) => {
            format!("'{}'", text.replace('\'', "'\\''"))
        }
        Ok(_) | Err(_) => {
            let mut word = "$'".to_owned();
            for byte in bytes {
                if is_plain(byte) {
                    word.push(char::from(*byte));
                } else {
                    write!(word, "\\{byte:03o}").expect("a text takes all that is written to it");
                }
            }
            word + "'"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_is_one_word_and_one_path() {
        for (path, argument, below) in [
            (&b"a/.env"[..], "a/.env", ":/a/.env"),
            (b"it's a.env", "'it'\\''s a.env'", "':/it'\\''s a.env'"),
            (b"-f.env", "./-f.env", "':(top)-f.env'"),
            (b"_f.env", "_f.env", "':(top)_f.env'"),
            (b"*.env", "':(literal)*.env'", "':(top,literal)*.env'"),
            (b":x.env", "':(literal):x.env'", "':(top,literal):x.env'"),
            (b"a\n.env", "$'a\\012.env'", "$':/a\\012.env'"),
            (b"\xff.env", "$'\\377.env'", "$':/\\377.env'"),
            (
                b"##[x.env",
                "$':\\050literal\\051\\043\\043\\133x.env'",
                "$':\\050top\\054literal\\051\\043\\043\\133x.env'",
            ),
        ] {
            let path = RepoPath::new(path);
            assert_eq!((&*path.argument(), &*path.argument_below_root()), (argument, below));
        }
    }

    #[test]
    fn a_file_is_one_word_and_no_option() {
        for (path, file) in [("-a.env", "./-a.env"), ("a b.env", "'a b.env'")] {
            assert_eq!(RepoPath::new(path).file(), file);
        }
        let below = RepoPath::new("s/a b").file_below_root();
        assert_eq!(below, "\"$(git rev-parse --show-cdup)\"'s/a b'");
    }

    #[test]
    fn a_line_of_gitignore_is_for_one_path() {
        for (path, word) in [
            (&b"-f.env"[..], "-f.env"),
            (b"!a!.env", "'\\!a!.env'"),
            (b"#a#.env", "'\\#a#.env'"),
            (b"a*?[b].env", "'a\\*\\?\\[b].env'"),
            (b".env. a  ", "'.env. a\\ \\ '"),
            (b"a\\b\n.env\r", "'a?b?.env?'"),
            (b"a\t.env", "$'a\\011.env'"),
        ] {
            assert_eq!(RepoPath::new(path).gitignore_line(), word);
        }
    }
}
