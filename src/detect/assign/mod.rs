//! The assignment detector: a name that says secret and the value it is given.
//!
//! From a hot word the name is expanded, operator and value are read, and the
//! value is judged by what its name promises. Linear: a byte that belonged to a
//! name or a bare value is not read for another one.

mod abroad;
mod account;
mod argument;
mod bare;
mod call;
mod column;
mod command_line;
mod command_words;
mod commands;
mod compared;
mod delimited;
mod echoed;
mod environment;
mod escape;
pub(super) mod header;
mod homonym;
mod joined;
mod lisp;
mod list;
mod literal;
mod login;
mod manifest;
mod markup;
mod name;
mod operator;
mod pair;
mod parameter;
mod returned;
mod rules;
mod sentence;
mod signer;
mod site;
mod sql;
mod table;
mod typed;
mod unsigned;
mod value;
mod yaml;

use std::borrow::Cow;

pub(super) use self::rules::Rules;
use self::site::Site;
use self::value::Value;
use super::Candidate;
use super::judge::promise::{self, Kind, Words};
use super::judge::{Operator, Question, judge, phrase, shape};
use super::language::Language;
use super::text::line;
use crate::model::{RepoPath, Rule, Span, Strength};

/// Words inside a bare value up to this long are tried as names of their own.
const REREAD: usize = 64;

/// A bare value of more words is a text, which is not read for names again.
const MOST_WORDS: usize = 16;

/// Reads the assignments of one text.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    rules: &'t Rules,
    text: &'t [u8],
    language: Language,
    /// Nothing before it is read again.
    read_until: usize,
    /// Nor a manifest that was read as a part of the last.
    manifest_until: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(rules: &'t Rules, text: &'t [u8], path: &RepoPath) -> Self {
        let language = Language::of(path, text);
        Self { rules, text, language, read_until: 0, manifest_until: 0 }
    }

    /// Adds what is assigned to the name around the hot word at `word`.
    pub(super) fn read(&mut self, word: Span, found: &mut Vec<Candidate>) {
        if self.was_read(word)
            || self.language == Language::Lock
            || name::is_author(self.text, word)
        {
            return;
        }
        match word.of(self.text).first() {
            _ if word.of(self.text).ends_with(b"(") => self.read_call(word, found),
            Some(b'.') if account::is_end_of_mail(word.of(self.text)) => {
                if let Some(value) = account::beside_mail(self.text, word, self.language) {
                    self.judge_argument(word, Kind::Labelled, &value, found);
                }
            }
            // `bearer = "…"` is a name.
            Some(b'b' | b'B')
                if header::is_scheme(word.of(self.text))
                    && self.text.get(word.end) != Some(&b'=') =>
            {
                self.read_header(word, found);
            }
            Some(b' ') => self.read_login(word, found),
            // `joe@corp.io : …`
            Some(b'.') if word.of(self.text).ends_with(b" ") => {
                let mark = memchr::memchr2(b' ', b':', word.of(self.text)).unwrap_or_default();
                self.read_login(Span::new(word.start + mark, word.end), found);
            }
            _ if !word.of(self.text).is_ascii() => {
                let told = abroad::told(self.text, word);
                found.extend(told.and_then(|(kind, value)| self.judge_told(kind, &value)));
            }
            Some(b'i' | b'I') if word.of(self.text).eq_ignore_ascii_case(b"identified") => {
                let value = sql::identified(self.text, word);
                found.extend(value.and_then(|value| self.judge_password(self.rules.sql?, &value)));
            }
            _ if account::heads_a_list(word.of(self.text)) => {
                let values = account::below(self.text, word);
                let rule = self.rules.cloud_init;
                found.extend(values.iter().filter_map(|value| self.judge_password(rule?, value)));
            }
            _ if command_line::is_keyword(word.of(self.text)) => {
                self.read_command(word, found);
            }
            _ => self.read_assignment(word, found),
        }
    }

    /// Whether the word lies in a name that was read: a command may only begin there.
    fn was_read(&self, word: Span) -> bool {
        let own = word.of(self.text);
        word.start < self.read_until
            && !(word.end > self.read_until
                && (command_line::is_keyword(own) || account::heads_a_list(own)))
    }

    fn read_header(&mut self, word: Span, found: &mut Vec<Candidate>) {
        let Some(header) = header::read(self.text, word) else {
            let password = header::encoded_here(self.text, word)
                .or_else(|| header::plain_pair(self.text, word));
            found.extend(password.and_then(|value| self.judge_password(self.rules.basic?, &value)));
            return;
        };
        self.read_until = header.span.end;
        let rule = if header.is_basic { self.rules.basic } else { self.rules.bearer };
        found.extend(
            rule.map(|rule| candidate(rule, self.text, &Value::bare(header.span), header.strength)),
        );
    }

    /// The password behind the mark of `admin / …`.
    fn read_login(&self, mark: Span, found: &mut Vec<Candidate>) {
        let value = login::told(self.text, mark, self.language);
        found.extend(value.and_then(|value| self.judge_told(Kind::Password, &value)));
    }

    /// A password or a token that somebody tells, without a setting's name.
    fn judge_told(&self, kind: Kind, value: &Value) -> Option<Candidate> {
        let (words, bytes) = (Words::of(b"password"), value.bytes(self.text));
        let question = Question::bare(kind, &words, &bytes, self.language);
        self.answer(&Question { in_prose: true, ..question }, value)
    }

    fn read_command(&mut self, word: Span, found: &mut Vec<Candidate>) {
        let value = command_line::read(self.text, word);
        found.extend(value.and_then(|value| self.judge_password(self.rules.command_line?, &value)));
    }

    /// The argument of a call that its place tells, or its name: `setCipherKey("…")`.
    fn read_call(&mut self, word: Span, found: &mut Vec<Candidate>) {
        let names = [&b"key("[..], b"psk(", b"pw("];
        if names.iter().any(|name| word.of(self.text).eq_ignore_ascii_case(name)) {
            // Most are given no literal.
            if literal::is_near(self.text, word.end) {
                self.read_assignment(word, found);
            }
            return;
        }
        let encoders = [&b"btoa("[..], b"buffer.from("];
        if encoders.iter().any(|name| word.of(self.text).eq_ignore_ascii_case(name)) {
            let password = header::pair_to_encode(self.text, word);
            let rule = self.rules.basic;
            found.extend(password.and_then(|value| self.judge_password(rule?, &value)));
            return;
        }
        let name = name::around(self.text, word);
        if let Some((kind, value)) = call::read(self.text, name) {
            self.read_until = name.end;
            self.judge_argument(name, kind, &value, found);
        }
    }

    fn judge_argument(&self, name: Span, kind: Kind, value: &Value, found: &mut Vec<Candidate>) {
        let bytes = value.bytes(self.text);
        let words = Words::of(name.of(self.text));
        let question = Question::bare(kind, &words, &bytes, self.language);
        let question = Question { quoted: true, operator: Operator::Comma, ..question };
        found.extend(self.answer(&question, value));
    }

    /// The candidate that a value is under the rule of its kind, if it is one.
    fn answer(&self, question: &Question<'_>, value: &Value) -> Option<Candidate> {
        let strength = judge(question)?;
        Some(candidate(self.rules.for_kind(question.kind)?, self.text, value, strength))
    }

    fn judge_password(&self, rule: &'static Rule, value: &Value) -> Option<Candidate> {
        let bytes = value.bytes(self.text);
        // Without a password the user is a token.
        let kind = if bytes.ends_with(b":") { Kind::Token } else { Kind::Password };
        let words = Words::of(b"password");
        let secret = command_line::secret_part(&bytes);
        let question = Question::bare(kind, &words, secret, self.language);
        // What a command takes for a password is one, though it be a word.
        let coined = || {
            let is_coined = kind == Kind::Password && phrase::is_coined(secret);
            (is_coined && rule.id == "command-line-password").then_some(Strength::Weak)
        };
        let strength = judge(&Question { quoted: value.quoted, ..question }).or_else(coined)?;
        let alone = || value.clone().without(self.text, b":");
        let value = if kind == Kind::Token { &alone() } else { value };
        Some(candidate(rule, self.text, value, strength))
    }

    /// The members of a manifest whose kind is the word at `word`.
    fn read_manifest(&mut self, word: Span, found: &mut Vec<Candidate>) {
        self.read_until = word.end;
        let Some(rule) = self.rules.manifest else { return };
        if word.start < self.manifest_until {
            return;
        }
        let manifest = manifest::around(self.text, word);
        self.manifest_until = manifest.end;
        let members = manifest::read(self.text, manifest);
        found.extend(
            members.iter().map(|(value, strength)| candidate(rule, self.text, value, *strength)),
        );
    }

    fn read_assignment(&mut self, word: Span, found: &mut Vec<Candidate>) {
        if word.of(self.text).eq_ignore_ascii_case(b"secret") && manifest::is_kind(self.text, word)
        {
            return self.read_manifest(word, found);
        }
        let name = name::around(self.text, word);
        self.read_until = name.end;
        if command_line::is_named(name.of(self.text)) {
            self.read_command(name, found);
        }
        if homonym::is_other(self.text, name, self.language) {
            return;
        }
        if let Some((kind, value)) = call::read(self.text, name) {
            return self.judge_argument(name, kind, &value, found);
        }
        self.read_column(name, found);
        let Some(candidate) = self.assigned(name) else { return self.read_list(name, found) };
        let changed = literal::changed_to(self.text, candidate.span.end);
        found.push(candidate);
        if let Some(value) = changed
            && let Some(kind) = promise::classify(&Words::of(name.of(self.text)))
        {
            self.judge_argument(name, kind, &value, found);
        }
    }

    /// What is assigned to the name.
    fn assigned(&mut self, name: Span) -> Option<Candidate> {
        let opening = operator::read(self.text, name, self.language);
        let pair = pair::read(self.text, name, self.language);
        if opening.is_none() && pair.is_none() {
            return None;
        }
        let site = opening.map(|opening| Site::new(self.text, self.language, name, opening));
        let operator = opening.map_or(Operator::Colon, |opening| opening.operator);
        let value = pair.or_else(|| site.as_ref()?.value());
        // Most names bind nothing, in sentences and in calls: none of those is looked up.
        let logs_in = |site: &Site<'_>| site.login_password().or_else(|| site.pair_password());
        let may_bind = || operator != Operator::Space && site.as_ref().and_then(logs_in).is_some();
        if value.is_none() && !may_bind() {
            return None;
        }
        let called = name::called(self.text, name, opening.as_ref());
        let in_yaml =
            || (self.language == Language::Yaml).then(|| signer::of_api(self.text, name))?;
        let (words, kind) = signer::member(self.text, name, value.as_ref())
            .or_else(in_yaml)
            .or_else(|| self.promised(called, operator, value.as_ref()))?;
        // `containsKey("…")` asks for an entry, `setUnsealKey("…")` gives one.
        let is_asked = operator == Operator::Call && !promise::sets(&words);
        if kind == Kind::Key && (is_asked || line::says_public(line::before(self.text, name.start)))
        {
            return None;
        }
        let (kind, value) = self.bound(kind, value, site.as_ref())?;
        // The name in `${NAME:-…}` is one of its own.
        let refers = value.span.of(self.text).starts_with(b"${");
        let parts = || value.span.of(self.text).split(|&b| b == b' ');
        let is_text = parts().nth(MOST_WORDS).is_some();
        let read = parts().next().filter(|_| !is_text).map_or(value.span.len(), <[u8]>::len);
        if !value.quoted && read > REREAD && !refers {
            self.read_until = value.span.start + read;
        }
        let question = Question {
            kind,
            words: &words,
            value: &value.bytes(self.text),
            quoted: value.quoted,
            operator,
            language: environment::printed_in(self.language, self.text, name),
            in_prose: self.is_prose(name, &value),
        };
        let strength = judge(&question)?;
        if homonym::is_other_with(self.text, name, value.span) {
            return None;
        }
        Some(candidate(self.rule(kind, name, site.as_ref())?, self.text, &value, strength))
    }

    /// What a name promises of `value`, a word for it in another language that means something
    /// else, too, or the field whose text it is: labels hold words, and calls say what they do.
    fn promised(
        &self,
        name: &[u8],
        operator: Operator,
        value: Option<&Value>,
    ) -> Option<(Words, Kind)> {
        let words = Words::of(name);
        if let Some(kind) = promise::classify(&words) {
            return Some((words, kind));
        }
        // The others want more than a label has.
        let value = value?;
        let written = value.span.of(self.text);
        let is_shown = shape::is_mixed(written) || phrase::is_marked_pair(written);
        if !is_shown || shape::is_uuid(written) {
            return None;
        }
        let shown = promise::of_drawn(&words).filter(|_| operator != Operator::Call);
        if let Some(kind) = shown
            && shape::is_drawn(&value.bytes(self.text))
        {
            return Some((words, kind));
        }
        if promise::is_password_abroad(&words) {
            return Some((words, Kind::Password));
        }
        let getter = || name::of_getter(name).filter(|_| operator != Operator::Call);
        let field = typed::field_of_form(name).or_else(getter).map(Words::of);
        if let Some(field) = field
            && let Some(kind) = promise::classify(&field)
        {
            return Some((field, kind));
        }
        let labelled = shown.filter(|kind| *kind == Kind::Labelled)?;
        Some((words, labelled))
    }

    /// What is bound to a name of this kind, `value` if nothing else, and what it is then.
    fn bound(
        &self,
        kind: Kind,
        value: Option<Value>,
        site: Option<&Site<'_>>,
    ) -> Option<(Kind, Value)> {
        if let Some(password) = site.and_then(Site::login_password) {
            return Some((Kind::Password, password));
        }
        if kind == Kind::Auth
            && let Some(password) = site.and_then(Site::pair_password)
        {
            return Some((Kind::Password, password));
        }
        if matches!(kind, Kind::Key | Kind::Secret)
            && let Some(password) = site.and_then(Site::key_of_server)
        {
            return Some((Kind::Password, password));
        }
        let value = value?;
        let password = match kind {
            Kind::Auth | Kind::Token => site.and_then(|site| site.password_of_user(&value)),
            Kind::Password => site.and_then(|site| site.behind_user(&value)),
            _ => None,
        };
        if let Some(password) = password {
            return Some((Kind::Password, password));
        }
        Some((kind, self.inner(kind, value)))
    }

    /// Whether the name stands among sentences: in a comment of code, or in a
    /// string that goes on behind the value.
    fn is_prose(&self, name: Span, value: &Value) -> bool {
        let before = line::before(self.text, name.start);
        let goes_on = !value.quoted && self.text.get(value.end) == Some(&b' ');
        matches!(self.language, Language::Code | Language::Shell)
            && (line::is_comment(before) || goes_on && line::open_string(before).is_some())
    }

    /// The secret inside a value: behind the scheme of a header, in an object
    /// that stands in a string.
    fn inner(&self, kind: Kind, value: Value) -> Value {
        // Spring says so of a password that it shall not hash.
        const PLAIN: &[u8] = b"{noop}";
        if kind == Kind::Password && value.span.of(self.text).starts_with(PLAIN) {
            return value.behind(PLAIN.len());
        }
        let value = literal::for_directory(self.text, value);
        let span = match kind {
            Kind::Auth | Kind::Token => header::behind_scheme(self.text, value.span),
            Kind::Password | Kind::Labelled | Kind::Secret | Kind::ApiKey | Kind::Key => None,
        };
        span.or_else(|| header::random_member(self.text, value.span)).map_or(value, Value::bare)
    }

    fn rule(&self, kind: Kind, name: Span, site: Option<&Site<'_>>) -> Option<&'static Rule> {
        if kind != Kind::Password {
            return self.rules.for_kind(kind);
        }
        let flag = name.of(self.text).starts_with(b"-") && !name.of(self.text).starts_with(b"-D");
        if flag {
            self.rules.command_line
        } else if site.is_some_and(Site::is_set_by_sql) {
            self.rules.sql
        } else {
            self.rules.password
        }
    }
}

fn candidate(rule: &'static Rule, text: &[u8], value: &Value, strength: Strength) -> Candidate {
    let own = match value.bytes(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(bytes) => Some(bytes),
    };
    Candidate { value: own, ..Candidate::new(rule, value.span, strength) }
}

#[cfg(test)]
mod tests;
