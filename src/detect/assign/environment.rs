//! Lists that are an environment: of an item `NAME=…` all behind the sign is the value,
//! blanks as well. Of a command it is the word alone.

use bstr::ByteSlice as _;

use super::site::Site;
use super::value::{self, Extent, Value};
use crate::detect::judge::Operator;
use crate::detect::judge::phrase::{is_of_own_words, is_phrase};
use crate::detect::judge::promise::{self, Kind, Words};
use crate::detect::language::Language;
use crate::detect::text::ascii;
use crate::model::Span;

/// How far before an item the head of its list is looked for.
const REACH: usize = 2 << 10;

/// The language of what is bound to a name: a variable of an environment is a setting in YAML
/// as well.
pub(super) fn language(language: Language, name: &[u8]) -> Language {
    let is_variable = language == Language::Yaml && is_variable(name);
    if is_variable { Language::Settings } else { language }
}

/// The same in a text of JSON that holds what a program printed: `"…\nSIGNING_KEY=…\n"`.
pub(super) fn printed_in(language: Language, text: &[u8], name: Span) -> Language {
    let is_printed = language == Language::Json
        && text.get(name.end) == Some(&b'=')
        && is_variable(name.of(text));
    if is_printed { Language::Settings } else { self::language(language, name.of(text)) }
}

fn is_variable(name: &[u8]) -> bool {
    name.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

impl Site<'_> {
    /// `- NAME=two words`, `"NAME=two words"` below `environment:` or `"Env": [`, and
    /// `Environment="NAME=two words"` of systemd.
    pub(super) fn item_of_environment(&self, at: usize) -> Option<Value> {
        let is_unit = self.before.starts_with(b"Environment=");
        let is_list = is_unit || matches!(self.language, Language::Yaml | Language::Json);
        let is_joined = self.opening.operator == Operator::Assign && at == self.name.end + 1;
        let head = if is_unit { self.before.len() - 1 } else { 0 };
        let indent = self.before[head..].trim_ascii_start();
        let mark = indent.strip_prefix(b"-").unwrap_or(indent).trim_ascii_start();
        (is_list && is_joined && mark.len() < 2).then_some(())?;
        let value = match mark.first() {
            None if indent.is_empty() => return None,
            None => value::bare(self.text, at, Extent::Line)?,
            Some(b'"' | b'\'') => {
                value::quoted(self.text, at - self.name.len() - 2)?.behind(self.name.len() + 1)
            }
            Some(_) => return None,
        };
        let bytes = value.span.of(self.text);
        let is_it = bytes.contains(&b' ')
            && promise::classify(&Words::of(self.name.of(self.text))) == Some(Kind::Password)
            && (value.quoted || is_phrase(bytes) || is_of_own_words(bytes))
            && (is_unit
                || heads_an_environment(
                    &self.text[..at - self.before.len() - self.name.len() - 1],
                ));
        is_it.then_some(value)
    }

    /// `- PGPASSWORD=… psql`, `run: tool --password=… x`: the word alone of a line that is a
    /// command.
    pub(super) fn word_of_command(&self, line: &Value) -> Option<Value> {
        let is_flag = self.name.of(self.text).starts_with(b"-");
        let is_joined = self.text[self.name.end] == b'=' && self.opening.at == self.name.end + 1;
        let is_command = is_joined && (is_flag || self.language == Language::Yaml);
        is_command.then_some(())?;
        let word = value::bare(self.text, line.span.start, Extent::Word)?;
        let rest = &self.text[word.end..];
        // `helm --set password=…,tag=…`
        let is_set = || memchr::memmem::find(self.before, b" --set ").is_some();
        let ends = rest.strip_prefix(b";").unwrap_or(rest).starts_with(b" ")
            && line.span.of(self.text).contains(&b' ');
        (ends || rest.starts_with(b",") && is_set()).then_some(word)
    }

    /// `sed 's/PASSWORD=.*/PASSWORD=…/'`: what stands up to the mark that also stands before
    /// the name.
    pub(super) fn replaced(&self, value: Value) -> Value {
        let mark = self.before.last().filter(|mark| b"/|#,@~%!".contains(mark));
        let is_sed = || memchr::memmem::find(self.before, b"sed ").is_some();
        match mark {
            // `s/^PASSWORD=.*/`: what is replaced, whatever it is.
            _ if value.span.of(self.text).starts_with(b".*") && is_sed() => {
                value.without(self.text, b".*")
            }
            Some(mark) if is_sed() => value.without(self.text, &[*mark]),
            Some(_) | None => value,
        }
    }
}

/// Whether the list whose items end `text` stands below an environment.
fn heads_an_environment(text: &[u8]) -> bool {
    let near = &text[text.len().saturating_sub(REACH)..];
    let is_item =
        |line: &&[u8]| line.is_empty() || b"-#\"'".contains(&line[0]) && !line.ends_with(b"[");
    let mut lines = near.rsplit(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    let head = lines.find(|line| !is_item(line)).unwrap_or_default();
    let name = head.trim_end_with(|c| "[: \"'".contains(c));
    name.len() < head.len()
        && [&b"environment"[..], b"env"].iter().any(|end| ascii::ends_with(name, end))
}
