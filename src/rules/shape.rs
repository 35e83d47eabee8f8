//! What a value looks like, told by the template that makes examples of it:
//! `{hex:40}`, `{digit:8-10}:{base62_-:35}`. Matched by hand: a value without
//! a prefix of its own is a run of a class and a length, and needs no regex.

use super::template;

/// The lengths, alphabets and fixed parts of a kind of value.
#[derive(Debug, Clone)]
pub struct Shape {
    parts: Vec<Part>,
}

/// A run of letters, digits, `_` and `-` in a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    /// How many bytes it has at least.
    pub least: usize,
    /// How many stand before it at most.
    pub lead: usize,
}

#[derive(Debug, Clone)]
enum Part {
    Literal(Vec<u8>),
    Run { class: Class, min: usize, max: usize },
}

/// A set of ASCII bytes.
#[derive(Debug, Clone, Copy)]
struct Class(u128);

impl Class {
    fn of(characters: &[&str]) -> Self {
        let bytes = characters.iter().flat_map(|some| some.bytes());
        Self(bytes.fold(0, |set, byte| set | 1 << (byte & 127)))
    }

    /// Letters, digits, `_` and `-`.
    const TOKEN: Self = Self::token();

    const fn token() -> Self {
        let (mut set, mut byte) = (0, 0);
        while byte < 128 {
            set |= (is_token(byte) as u128) << byte;
            byte += 1;
        }
        Self(set)
    }

    fn has(self, byte: u8) -> bool {
        byte < 128 && self.0 >> byte & 1 == 1
    }

    fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl Shape {
    /// Reads a template. `{uuid}` stands for the layout of a UUID: some
    /// issuers fill it with more letters than hex has.
    ///
    /// # Errors
    /// A sentence that names what could not be understood.
    pub fn parse(template: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(first) = rest.bytes().next() {
            if first == b'{' {
                let end = template::closing(rest)
                    .ok_or_else(|| format!("no closing brace in shape `{template}`"))?;
                parts.extend(field(&rest[1..end])?);
                rest = &rest[end + 1..];
            } else {
                let end = rest.find('{').unwrap_or(rest.len());
                parts.push(Part::Literal(rest.as_bytes()[..end].to_vec()));
                rest = &rest[end..];
            }
        }
        if parts.is_empty() { Err("an empty shape".into()) } else { Ok(Self { parts }) }
    }

    /// The longest run of letters, digits, `_` and `-` that stands in every value.
    pub fn run(&self) -> Run {
        let (mut longest, mut run) = (Run::default(), Run::default());
        let mut before = 0;
        for part in &self.parts {
            let (is_run, least, most) = match part {
                Part::Literal(bytes) => {
                    (bytes.iter().copied().all(is_token), bytes.len(), bytes.len())
                }
                Part::Run { class, min, max } => (class.is_within(Class::TOKEN), *min, *max),
            };
            before += most;
            run = if is_run {
                Run { least: run.least + least, ..run }
            } else {
                Run { least: 0, lead: before }
            };
            if run.least > longest.least {
                longest = run;
            }
        }
        longest
    }

    /// How many bytes its longest value has.
    pub fn max_len(&self) -> usize {
        let len = |part: &Part| match part {
            Part::Literal(bytes) => bytes.len(),
            Part::Run { max, .. } => *max,
        };
        self.parts.iter().map(len).sum()
    }

    /// Where the longest value that starts at `at` ends.
    pub fn end_at(&self, text: &[u8], at: usize) -> Option<usize> {
        end_of(&self.parts, text, at)
    }
}

/// Whether a byte is a letter, a digit, `_` or `-`.
pub(crate) const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn end_of(parts: &[Part], text: &[u8], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    match part {
        Part::Literal(bytes) => {
            text[at..].starts_with(bytes).then(|| end_of(rest, text, at + bytes.len()))?
        }
        Part::Run { class, min, max } => {
            let tail = &text[at..];
            let most = tail.iter().take(*max).take_while(|&&byte| class.has(byte)).count();
            // A run that ends the value is as long as it can be.
            let least = if rest.is_empty() { most.max(*min) } else { *min };
            (least..=most).rev().find_map(|len| end_of(rest, text, at + len))
        }
    }
}

fn field(field: &str) -> Result<Vec<Part>, String> {
    if field == "uuid" {
        let (letters_and_digits, _) = template::class("base62").expect("a class of templates");
        let run = |len| Part::Run { class: Class::of(&[letters_and_digits]), min: len, max: len };
        let dash = || Part::Literal(b"-".to_vec());
        return Ok(vec![run(8), dash(), run(4), dash(), run(4), dash(), run(4), dash(), run(12)]);
    }
    let unknown = || format!("`{{{field}}}` is no part of a shape");
    let (class, count) = field.rsplit_once(':').ok_or_else(unknown)?;
    let (base, marks) = template::class(class).ok_or_else(unknown)?;
    let (min, max) = template::range(count).ok_or_else(unknown)?;
    Ok(vec![Part::Run { class: Class::of(&[base, marks]), min, max }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(shape: &str, text: &str) -> Option<usize> {
        Shape::parse(shape).unwrap().end_at(text.as_bytes(), 0)
    }

    #[test]
    fn a_shape_matches_what_its_template_makes() {
        for shape in ["{hex:40}", "{uuid}", "k_{base62_-:22-24}=", "{digit:8-10}:{base62_-:35}"] {
            for seed in 0..200 {
                let text = template::expand(shape, seed).unwrap();
                assert_eq!(end(shape, &text), Some(text.len()), "{shape}: {text}");
            }
        }
    }

    #[test]
    fn other_lengths_and_alphabets_do_not_match() {
        assert_eq!(end("{hex:4}", "abg0"), None);
        assert_eq!(end("{hex:4}", "abc"), None);
        assert_eq!(end("{hex:2-4}z", "abcz"), Some(4));
        assert_eq!(end("{base62:2-9}.{hex:2}", "x.ab"), None);
    }

    #[test]
    fn a_run_gives_back_what_the_rest_needs() {
        assert_eq!(end("{base62=:4-6}=", "abcd=="), Some(6));
        assert_eq!(end("{base62:3-9}tt", "abctt"), Some(5));
    }

    #[test]
    fn every_value_holds_a_run_of_the_least_length() {
        for (shape, least, lead) in [
            ("{hex:40}", 40, 0),
            ("k_{base62_-:22-24}=", 24, 0),
            ("{digit:8-10}:{base62_-:35}", 35, 11),
            ("{base62+:20}", 0, 0),
            ("{uuid}", 36, 0),
        ] {
            let parsed = Shape::parse(shape).unwrap();
            assert_eq!(parsed.run(), Run { least, lead }, "{shape}");
            for seed in 0..50 {
                let text = template::expand(shape, seed).unwrap();
                let runs = text.as_bytes().split(|&byte| !is_token(byte));
                assert!(runs.map(<[u8]>::len).max() >= Some(least), "{text}");
                assert!(text.len() <= parsed.max_len(), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_shape_says_so() {
        for bad in ["", "{", "{hex}", "{hex:x}", "{nope:3}"] {
            assert!(Shape::parse(bad).is_err(), "{bad}");
        }
    }
}
