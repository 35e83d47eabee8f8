//! What a value is made of, and the shapes that no secret has.

use super::words::WordList;
use crate::detect::entropy;

/// Counts of the bytes of a value.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::detect) struct Shape {
    pub(in crate::detect) lower: usize,
    pub(in crate::detect) upper: usize,
    pub(in crate::detect) digits: usize,
    pub(in crate::detect) spaces: usize,
    /// Everything else, bytes beyond ASCII included.
    pub(in crate::detect) symbols: usize,
    /// How often the class changes from one byte to the next.
    changes: usize,
    bits_per_byte: f32,
}

impl Shape {
    pub(in crate::detect) fn of(value: &[u8]) -> Self {
        let mut shape = Self { bits_per_byte: entropy::bits_per_byte(value), ..Self::default() };
        let mut before = None;
        for &byte in value {
            let class = match byte {
                b'a'..=b'z' => &mut shape.lower,
                b'A'..=b'Z' => &mut shape.upper,
                b'0'..=b'9' => &mut shape.digits,
                b' ' => &mut shape.spaces,
                _ => &mut shape.symbols,
            };
            *class += 1;
            let class = class_of(byte);
            shape.changes += usize::from(before.is_some_and(|before| before != class));
            before = Some(class);
        }
        shape
    }

    fn len(&self) -> usize {
        self.lower + self.upper + self.digits + self.spaces + self.symbols
    }

    /// The bits of a value whose bytes are independent draws.
    pub(in crate::detect) fn bits(&self, value: &[u8]) -> f32 {
        self.bits_per_byte * value.len() as f32
    }

    /// Whether a machine drew it: long, mixed, restless.
    pub(in crate::detect) fn is_random(&self) -> bool {
        let len = self.len();
        let letters = self.lower + self.upper;
        len >= 12
            && self.spaces == 0
            && self.digits > 0
            && letters > 0
            && self.bits_per_byte >= 3.0
            && self.changes * 5 >= len
    }

    /// Whether words are joined by `/` or `\`, or an extension ends it.
    pub(in crate::detect) fn is_path(&self, value: &[u8]) -> bool {
        let heads: [&[u8]; 7] = [b"/", b"./", b"../", b"~/", b"C:\\", b"\\\\", b"file:"];
        let slashes = value.iter().filter(|&&b| b == b'/' || b == b'\\').count();
        if memchr::memmem::find(value, b"://").is_some() {
            return true;
        }
        slashes > 0 && !self.is_random() && heads.iter().any(|head| value.starts_with(head))
            || slashes > 0 && self.digits == 0 && self.symbols == slashes
    }

    /// `NAME_OF_A_CONSTANT`.
    pub(in crate::detect) fn is_constant(&self, value: &[u8]) -> bool {
        let underscores = memchr::memchr_iter(b'_', value).count();
        self.lower == 0
            && underscores > 0
            && underscores == self.symbols
            && self.digits < self.upper
    }

    /// Words joined by dots: `com.example.Password`, `user.password`.
    pub(in crate::detect) fn is_dotted(&self, value: &[u8]) -> bool {
        let dots = memchr::memchr_iter(b'.', value).count();
        let joints =
            value.iter().filter(|&&b| matches!(b, b'.' | b'_' | b'-' | b'/' | b':')).count();
        dots > 0
            && joints == self.symbols
            && self.digits * 8 < value.len()
            && self.changes < value.len() / 2
    }
}

fn class_of(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

/// Whether the value stands for another: `${VAR}`, `{{ x }}`, `$(…)`, `%s`.
pub(in crate::detect) fn is_reference(value: &[u8]) -> bool {
    let holds = |mark: &[u8]| memchr::memmem::find(value, mark).is_some();
    let first = value[0];
    let marks: [&[u8]; 11] =
        [b"${", b"{{", b"$(", b"<%", b"#{", b"%(", b"{%", b"$[", b"((", b"[[", b"%{"];
    let heads: [&[u8]; 12] = [
        b"op://",
        b"vault:",
        b"arn:",
        b"ssm:",
        b"secretsmanager:",
        b"env:",
        b"env.",
        b"ENC[",
        b"ENC(",
        b"!vault",
        b"ref+",
        b"projects/",
    ];
    let variable = first == b'$'
        && value[1..].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
        && value.get(1).is_some_and(|b| !b.is_ascii_digit());
    let percent = value.len() > 2 && first == b'%' && value.ends_with(b"%");
    let braces = first == b'{' || first == b'<' || first == b'[' || first == b'(';
    let format =
        value == b"%s" || value == b"%v" || value == b"{}" || holds(b"%s") || holds(b"{0}");
    variable
        || percent
        || braces
        || format
        || marks.iter().any(|mark| holds(mark))
        || heads.iter().any(|head| value.starts_with(head))
}

/// Whether the value is plainly to be replaced, or nothing at all.
pub(in crate::detect) fn is_placeholder(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let holds = |word: &str| memchr::memmem::find(&lower, word.as_bytes()).is_some();
    let masked =
        value.iter().filter(|&&b| b == b'*' || b == b'.' || b == b'?').count() * 2 >= value.len();
    masked || holds("***") || holds("...") || PLACEHOLDERS.stands_in(&lower)
}

/// Whether the value is a word that names a password, not one.
pub(in crate::detect) fn is_bare_word(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    BARE.holds(&lower)
}

/// Whether words of English sentences stand in it.
pub(in crate::detect) fn is_prose(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    lower.split(|&b| b == b' ').any(|word| PROSE.holds(word))
}

/// One a line: found anywhere in a value, it is a placeholder.
static PLACEHOLDERS: WordList =
    WordList::new(include_str!("../../../rules/words/placeholders.txt"));
/// One a line: a value that is this word is none.
static BARE: WordList = WordList::new(include_str!("../../../rules/words/no-values.txt"));
/// One a line: words of sentences.
static PROSE: WordList = WordList::new(include_str!("../../../rules/words/prose.txt"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_placeholders_are_told() {
        for value in ["$HOME", "${X}", "{{ x }}", "%PASS%", "<token>", "$(cat x)", "op://a/b/c"] {
            assert!(is_reference(value.as_bytes()), "{value}");
        }
        for value in ["changeme", "your-password", "********", "REPLACE_ME"] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
        assert!(!is_reference(b"super$ecret") && !is_placeholder(b"hunter2"));
    }

    #[test]
    fn randomness_is_told_from_words() {
        let random = |value: &str| Shape::of(value.as_bytes()).is_random();
        assert!(random("q8ZtR2mW5vKx") && random("4yd21jkh9ge8dkd"));
        assert!(!random("some_long_identifier"));
    }
}
