//! The assignment detector: a name that says secret and the value it is given.
//!
//! From a hot word the name is expanded, operator and value are read, and the
//! value is judged by what its name promises. Linear: a byte that belonged to a
//! name or a bare value is not read for another one.

mod header;
mod judge;
mod line;
mod name;
mod operator;
pub(super) mod shape;
mod value;
pub(super) mod words;

use std::borrow::Cow;

use self::judge::Question;
use self::name::{Kind, Words};
use self::operator::{Opening, Operator};
use self::value::{Extent, Value};
use super::Candidate;
use super::language::Language;
use crate::model::{Confidence, Rule, Span, Strength};
use crate::rules::RuleSet;

/// Words inside a bare value up to this long are tried as names of their own.
const REREAD: usize = 64;

/// The rules that the detector speaks for; one that is off is none.
#[derive(Debug)]
pub(super) struct Rules {
    password: Option<&'static Rule>,
    secret: Option<&'static Rule>,
    token: Option<&'static Rule>,
    api_key: Option<&'static Rule>,
    basic: Option<&'static Rule>,
    bearer: Option<&'static Rule>,
}

impl Rules {
    /// Those of `rules` that are on.
    pub(super) fn of(rules: &RuleSet) -> Self {
        Self {
            password: rules.find("generic-password"),
            secret: rules.find("generic-secret"),
            token: rules.find("generic-token"),
            api_key: rules.find("generic-api-key"),
            basic: rules.find("authorization-basic"),
            bearer: rules.find("authorization-bearer"),
        }
    }

    fn for_kind(&self, kind: Kind) -> Option<&'static Rule> {
        match kind {
            Kind::Password => self.password,
            Kind::Secret | Kind::Auth => self.secret,
            Kind::Token => self.token,
            Kind::ApiKey | Kind::Key => self.api_key,
        }
    }
}

/// Reads the assignments of one text.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    rules: &'t Rules,
    text: &'t [u8],
    language: Language,
    /// Nothing before it is read again.
    read_until: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(rules: &'t Rules, text: &'t [u8], language: Language) -> Self {
        Self { rules, text, language, read_until: 0 }
    }

    /// Adds what is assigned to the name around the hot word at `word`.
    pub(super) fn read(&mut self, word: Span, found: &mut Vec<Candidate>) {
        if word.start < self.read_until || self.language == Language::Lock {
            return;
        }
        if let Some(header) = header::read(self.text, word) {
            self.read_until = header.span.end;
            let rule = if header.is_basic { self.rules.basic } else { self.rules.bearer };
            found.extend(rule.map(|rule| {
                candidate(rule, self.text, &Value::bare(header.span), header.strength)
            }));
            return;
        }
        let name = name::around(self.text, word);
        self.read_until = name.end;
        let Some(opening) = operator::read(self.text, name, self.language) else { return };
        let words = Words::of(name.of(self.text));
        let Some(kind) = name::classify(&words) else { return };
        let Some(rule) = self.rules.for_kind(kind) else { return };
        let Some(value) = self.value(name, opening) else { return };
        if !value.quoted && value.span.len() > REREAD {
            self.read_until = value.end;
        }
        let bytes = value.bytes(self.text);
        let question = Question {
            kind,
            words: &words,
            value: &bytes,
            quoted: value.quoted,
            operator: opening.operator,
            language: self.language,
        };
        if let Some(strength) = judge::judge(&question) {
            found.push(candidate(rule, self.text, &value, strength));
        }
    }

    fn value(&self, name: Span, opening: Opening) -> Option<Value> {
        let at = opening.at;
        if matches!(opening.operator, Operator::Tag) {
            return self.element(name, at);
        }
        if opening.operator == Operator::Space && !self.takes_a_space(name) {
            return None;
        }
        if let Some(value) = value::quoted(self.text, at) {
            return Some(value);
        }
        let extent = self.bare_extent(name, opening)?;
        value::bare(self.text, at, extent)
    }

    /// Whether white space binds a value to this name: a flag, a definition.
    fn takes_a_space(&self, name: Span) -> bool {
        let line = line::before(self.text, name.start);
        let flag = name.of(self.text).starts_with(b"-");
        let heads: [&[u8]; 6] = [b"#define", b"%define", b"%global", b"ENV", b"ARG", b"setenv"];
        flag || heads.iter().any(|head| line.trim_ascii().ends_with(head))
    }

    /// The text of an element whose tag ends before `at`.
    fn element(&self, name: Span, at: usize) -> Option<Value> {
        let opened = self.text[..name.start].last() == Some(&b'<');
        let limit = (at + 512).min(self.text.len());
        let end = at + memchr::memchr(b'<', &self.text[at..limit])?;
        let value = Span::new(at, end).of(self.text);
        let start = at + (value.len() - value.trim_ascii_start().len());
        let len = value.trim_ascii().len();
        (opened && len > 0 && self.text[end..].starts_with(b"</"))
            .then(|| Value::bare(Span::new(start, start + len)))
    }

    /// How far a bare value goes here; none where a value needs quotes.
    fn bare_extent(&self, name: Span, opening: Opening) -> Option<Extent> {
        let line = line::before(self.text, name.start);
        let in_string = line::open_string(line).is_some();
        match self.language {
            _ if matches!(
                opening.operator,
                Operator::Call | Operator::Comma | Operator::Compare | Operator::Tag
            ) =>
            {
                None
            }
            _ if in_string || line::is_comment(line) => Some(Extent::Word),
            Language::Code | Language::Json | Language::Lock => None,
            Language::Shell | Language::Prose | Language::Markup => Some(Extent::Word),
            Language::Settings | Language::Yaml => {
                let inner = line.iter().any(|b| b"{[;?&".contains(b));
                Some(if inner { Extent::Word } else { Extent::Line })
            }
        }
    }
}

fn candidate(rule: &'static Rule, text: &[u8], value: &Value, strength: Strength) -> Candidate {
    let own = match value.bytes(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(bytes) => Some(bytes),
    };
    let confidence = match strength {
        Strength::Strong => Confidence::Medium,
        Strength::Weak => Confidence::Low,
    };
    Candidate { rule, span: value.span, value: own, strength, confidence, remark: None }
}

#[cfg(test)]
mod tests;
