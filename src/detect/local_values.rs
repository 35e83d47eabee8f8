//! The values of local env files, looked for exactly: raw, as a JSON string
//! holds them and as a URL does. Owns which values are worth looking for;
//! reading the files belongs to `source`.

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write as _};

use regex::bytes::{Regex, RegexBuilder};

use super::env_family::{holds_drawn, is_secret_name};
use super::judge::{placeholder, reference, vocabulary};
use super::text::bounds;
use super::{Candidate, dotenv, url};
use crate::model::{Bounds, Secret, Span};
use crate::rules;

/// The least length of a value, and of one under a secret's name.
const SHORTEST: usize = 12;
const SHORTEST_SECRET: usize = 8;
/// Longer values are files that somebody pasted; their lines count by themselves.
const LONGEST: usize = 4_096;

/// Values that must not appear anywhere else.
#[derive(Default)]
pub struct LocalValues {
    values: Vec<Secret>,
    /// Every written form of a value, and the value it stands for.
    forms: HashMap<Vec<u8>, usize>,
    pattern: Option<Regex>,
}

/// The pattern is made of values, so it is never shown.
impl fmt::Debug for LocalValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalValues({})", self.values.len())
    }
}

impl LocalValues {
    /// The values of env files that are worth looking for, less those that
    /// templates hold too.
    pub fn of(files: &[Vec<u8>], templates: &[Vec<u8>]) -> Self {
        let public: HashSet<Vec<u8>> =
            templates.iter().flat_map(|file| dotenv::pairs(file)).map(|pair| pair.value).collect();
        let mut values = Self::default();
        for pair in files.iter().flat_map(|file| dotenv::pairs(file)) {
            if public.contains(&pair.value) {
                continue;
            }
            for value in pieces(&pair.value).filter(|value| is_telling(&pair.name, value)) {
                values.add(&secret(value));
            }
        }
        values.build();
        values
    }

    /// Every place of `text` at which one of the values stands.
    pub fn candidates<'s>(&'s self, text: &'s [u8]) -> impl Iterator<Item = Candidate> + 's {
        let matches = self.pattern.iter().flat_map(|pattern| pattern.find_iter(text));
        matches.filter_map(move |found| {
            let value = &self.values[*self.forms.get(found.as_bytes())?];
            let span = Span::new(found.start(), found.end());
            let own = (value.expose() != found.as_bytes()).then(|| value.expose().to_vec());
            let rule = rules::named("local-env-value");
            Some(Candidate { value: own, ..Candidate::new(rule, span, value.strength()) })
        })
    }

    /// Those of [`Self::candidates`] that stand alone: no word goes on where
    /// the value begins or ends with one.
    pub fn whole<'s>(&'s self, text: &'s [u8]) -> impl Iterator<Item = Candidate> + 's {
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        self.candidates(text).filter(move |candidate| {
            let (span, value) = (candidate.span, candidate.span.of(text));
            (!is_word(value.first()) || bounds::starts(Bounds::Word, &text[..span.start]))
                && (!is_word(value.last()) || bounds::ends(Bounds::Word, text, span))
        })
    }

    fn add(&mut self, value: &Secret) {
        let number = self.values.len();
        let bytes = value.expose();
        if self.forms.contains_key(bytes) {
            return;
        }
        for form in [bytes.to_vec(), in_json(bytes), in_url(bytes)] {
            self.forms.entry(form).or_insert(number);
        }
        self.values.push(value.clone());
    }

    /// Longer forms first: of two that begin alike the longer one is meant.
    fn build(&mut self) {
        let mut forms: Vec<&[u8]> = self.forms.keys().map(Vec::as_slice).collect();
        forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), *form));
        self.pattern = literals(&forms);
    }
}

/// The names of an env file and the values they are given, in order.
pub fn env_pairs(file: &[u8]) -> Vec<(String, Secret)> {
    let pair = |pair: dotenv::Pair| {
        (String::from_utf8_lossy(&pair.name).into_owned(), secret(&pair.value))
    };
    dotenv::pairs(file).into_iter().map(pair).collect()
}

fn secret(value: &[u8]) -> Secret {
    Secret::new(value, vocabulary::strength(value))
}

/// A pattern of byte strings, the first of which that matches counts; none of
/// no string, or of more than a pattern can be made of.
pub fn literals(forms: &[&[u8]]) -> Option<Regex> {
    if forms.is_empty() {
        return None;
    }
    let mut pattern = String::new();
    for form in forms {
        pattern.push_str(if pattern.is_empty() { "" } else { "|" });
        for byte in *form {
            write!(pattern, "\\x{byte:02x}").expect("writing to a String");
        }
    }
    RegexBuilder::new(&pattern).unicode(false).size_limit(1 << 28).build().ok()
}

/// The value, or its lines when it has several, and the password of a URL.
fn pieces(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let several = value.len() > LONGEST || value.contains(&b'\n');
    let whole = (!several).then_some(value);
    let lines = value.split(move |&b| several && b == b'\n').filter(move |_| several);
    let lines = lines.map(<[u8]>::trim_ascii).filter(|line| line.len() <= LONGEST);
    whole
        .into_iter()
        .chain(lines.filter(|line| !line.starts_with(b"-----")))
        .chain(url::password(value))
}

/// Whether a value of this name tells anything: long enough, and neither a
/// number, a word, a reference, a path nor an address.
fn is_telling(name: &[u8], value: &[u8]) -> bool {
    let is_secret = is_secret_name(name) || name.to_ascii_lowercase().ends_with(b"url");
    let least = if is_secret { SHORTEST_SECRET } else { SHORTEST };
    let is_number = value.iter().all(|b| b.is_ascii_digit() || b".,-+eE:_".contains(b));
    let is_words = value.iter().all(|b| b.is_ascii_alphabetic() || b" -_./,:@".contains(b));
    if value.len() < least
        || is_number
        || is_words
        || is_plain(value)
        || reference::is_reference(value)
        || placeholder::is_filler(value, b"")
    {
        return false;
    }
    if memchr::memmem::find(value, b"://").is_some() {
        return url::password(value).is_some();
    }
    let is_path = value.starts_with(b"/") || value.starts_with(b"./") || value.starts_with(b"~/");
    holds_drawn(value, SHORTEST) || (is_secret && !is_path && !is_address(value))
}

/// Words and numbers as people write them into settings: `eu-central-1`.
fn is_plain(value: &[u8]) -> bool {
    value.split(|byte| !byte.is_ascii_alphanumeric()).all(|word| {
        let is_number = word.iter().all(u8::is_ascii_digit);
        word.len() <= 2 || is_number || vocabulary::is_word(&word.to_ascii_lowercase())
    })
}

/// `host.example.org:8080`, `10.0.0.1`.
fn is_address(value: &[u8]) -> bool {
    let dots = memchr::memchr_iter(b'.', value).count();
    dots >= 2
        && value.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:".contains(b))
}

fn in_json(value: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(value);
    let quoted = serde_json::to_vec(text.as_ref()).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or(value).to_vec()
}

/// As a URL holds it: all but the unreserved characters (RFC 3986, 2.3) as `%XX`.
fn in_url(value: &[u8]) -> Vec<u8> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escaped = |&byte: &u8| {
        if plain(byte) { vec![byte] } else { format!("%{byte:02X}").into_bytes() }
    };
    value.iter().flat_map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Strength;
    use crate::rules::template::expand;

    fn found(env: &str, template: &str, text: &str) -> Vec<String> {
        let values = LocalValues::of(&[env.into()], &[template.into()]);
        values
            .candidates(text.as_bytes())
            .map(|c| String::from_utf8_lossy(&c.value(text.as_bytes())).into_owned())
            .collect()
    }

    #[test]
    fn values_are_found_in_every_form_they_are_written_in() {
        let env = "DB_PASSWORD='hunter2/\"x y'\n";
        for text in ["a hunter2/\"x y b", r#"{"p":"hunter2/\"x y"}"#, "?p=hunter2%2F%22x%20y&a"] {
            assert_eq!(found(env, "", text), ["hunter2/\"x y"], "{text}");
        }
    }

    #[test]
    fn what_is_drawn_needs_no_name_of_a_secret() {
        for class in ["base36:12", "base62:12"] {
            let found = (0..100)
                .filter(|&seed| {
                    let value = expand(&format!("{{{class}}}"), seed).unwrap();
                    found(&format!("X={value}"), "", &format!("'{value}'")) == [value]
                })
                .count();
            assert!(found >= 85, "{class}: {found}");
        }
        for value in ["my-bucket-prod-8371", "node:20-alpine3", "gke_acme_europe1", "v1.2.3-alpha4"]
        {
            assert_eq!(found(&format!("X={value}"), "", value), [""; 0], "{value}");
        }
    }

    #[test]
    fn a_password_may_begin_as_a_reference_does() {
        assert_eq!(found("DB_PASSWORD=$w1nter-t4le", "", "'$w1nter-t4le'"), ["$w1nter-t4le"]);
    }

    #[test]
    fn what_is_everywhere_anyway_is_not_looked_for() {
        for env in [
            "NODE_ENV=development-mode",
            "PORT=808080808080",
            "API_URL=https://api.example.org/v1/things",
            "DB_PASSWORD=short1",
            "KEY_FILE=/etc/ssl/private/key1.pem",
            "API_TOKEN=${OTHER_TOKEN_123}",
            "LOG_LEVEL_PATTERN=info4,warn4",
            "SECRET_KEY=changeme-please-1",
        ] {
            let value = env.split_once('=').unwrap().1;
            assert_eq!(found(env, "", value), [""; 0], "{env}");
        }
        assert_eq!(
            found("DB_PASSWORD=from-template-1", "DB_PASSWORD=from-template-1", "from-template-1"),
            [""; 0]
        );
    }

    #[test]
    fn a_password_of_a_url_and_the_lines_of_a_long_value_count_by_themselves() {
        for url in ["postgres://me:tr0ub4dor@db/x", "redis://:tr0ub4dor@db:6379"] {
            assert_eq!(found(&format!("CACHE_URL={url}"), "", "pw tr0ub4dor"), ["tr0ub4dor"]);
        }
        let line = expand("{base62:64}", 3).unwrap();
        let env = format!("KEY=\"-----BEGIN X-----\n{line}\n-----END X-----\"");
        assert_eq!(found(&env, "", &format!("| {line}")), [line]);
    }

    #[test]
    fn weak_values_are_weak() {
        let values = LocalValues::of(&[b"DB_PASSWORD=hunter2hunter2".to_vec()], &[]);
        let strengths: Vec<_> = values.candidates(b"hunter2hunter2").map(|c| c.strength).collect();
        assert_eq!(strengths, [Strength::Weak]);
        assert_eq!(format!("{values:?}"), "LocalValues(1)");
    }
}
