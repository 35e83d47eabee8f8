//! Whether a value is a secret, whatever reader found it. Owns the question that a name
//! and its value ask, and the judgements below it: what a name promises, what a value is
//! made of, stands for, encodes. Reads no text for more values.

mod beside;
mod byte_list;
pub(super) mod checks;
mod chosen;
mod documented;
pub(super) mod doubt;
mod echo;
pub(super) mod encoded;
mod identifier;
mod name_words;
mod nats;
mod other;
mod password_hash;
pub(super) mod phrase;
pub(super) mod placeholder;
pub(super) mod promise;
pub(super) mod publishable;
pub(super) mod randomness;
pub(super) mod reference;
pub(super) mod rehearsal;
mod sample;
pub(super) mod shape;
mod spki;
mod vector;
pub(super) mod vocabulary;

use bstr::ByteSlice as _;

use self::promise::{Kind, Words};
use self::shape::Shape;
use super::language::Language;
use super::text::bounds;
use crate::model::Strength;

/// What is left of a token behind its prefix is this long at least.
const SHORTEST_BODY: usize = 8;

/// Letters alone under a bare `key` are a name unless they are as many as this.
const LETTERED: usize = 20;

/// As much of a long token is looked at.
const HEAD: usize = 1_024;

/// How a name is bound to its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Operator {
    /// `=`, `:=`, `=>`, `+=`, `?=`, `||=`, `<-`.
    Assign,
    /// `:`.
    Colon,
    /// `==`, `===`.
    Compare,
    /// `,` behind a quoted name.
    Comma,
    /// `(`: `setPassword("…")`.
    Call,
    /// White space: `--password …`, `#define PASSWORD …`.
    Space,
    /// `>` of a tag: `<password>…`.
    Tag,
}

/// Everything the decision is made from.
#[derive(Debug)]
pub(super) struct Question<'t> {
    pub(super) kind: Kind,
    pub(super) words: &'t Words,
    pub(super) value: &'t [u8],
    pub(super) quoted: bool,
    pub(super) operator: Operator,
    pub(super) language: Language,
    /// Whether it stands in a comment of code, among sentences.
    pub(super) in_prose: bool,
}

impl<'t> Question<'t> {
    /// Of a value that stands by itself: bare, behind no sign.
    pub(super) fn bare(kind: Kind, words: &'t Words, value: &'t [u8], language: Language) -> Self {
        let operator = Operator::Space;
        Self { kind, words, value, quoted: false, operator, language, in_prose: false }
    }
}

/// Whether it is a secret, and how strong.
pub(super) fn judge(question: &Question<'_>) -> Option<Strength> {
    let value = question.value;
    // A long token is judged by its head.
    if value.len() > HEAD
        && question.kind.is_made()
        && value.iter().all(|&byte| bounds::in_literal(byte))
    {
        return judge(&Question { value: &value[..HEAD], ..*question });
    }
    let (min, max) = match question.kind {
        Kind::Password => (4, 128),
        Kind::Key => (12, 256),
        Kind::Secret => (6, 1024),
        Kind::Labelled | Kind::Token | Kind::ApiKey | Kind::Auth => (8, 1024),
    };
    if byte_list::is_key(value) || is_key_in_bytes(question) {
        return Some(Strength::Strong);
    }
    if value.len() < min || value.len() > max || !is_printable(value) {
        return None;
    }
    let shape = Shape::of(value);
    if shape.digits + shape.letters() < 2 && shape.foreign * 2 < value.len() {
        return None;
    }
    let accepted = match question.kind {
        Kind::Password => is_password(question, &shape),
        Kind::Labelled => {
            shape.is_random && is_token_text(value) && is_key(value, &shape)
                || (question.quoted || question.operator != Operator::Space)
                    && (is_varied(value) || phrase::is_marked_pair(value))
                    && !is_worded(value)
                    && is_password(question, &shape)
        }
        Kind::Secret => is_key(value, &shape) || chosen::is_human_secret(question, &shape),
        Kind::ApiKey | Kind::Token if chosen::is_chosen_key(question) => true,
        Kind::Token | Kind::ApiKey => {
            is_key(value, &shape)
                && !is_cut_short(value)
                && !is_word_of_prose(question, &shape)
                && (shape.is_random || !is_setting(value))
                && (shape.is_random || !echo::is_its_owners(question))
        }
        Kind::Auth | Kind::Key => {
            let in_key = |b: &u8| b.is_ascii_alphanumeric() || b"!@#$%^&*_-+=".contains(b);
            let is_marked =
                question.kind == Kind::Key && question.quoted && value.iter().all(in_key);
            (shape.is_random || is_keyed_id(value))
                && (is_token_text(value) || is_marked && chosen::is_of_all_kinds(value, &shape))
                && !shape::is_uuid(value)
                && (question.kind == Kind::Auth || shape.digits > 0 || value.len() >= LETTERED)
                && !identifier::is_entry_of_a_map(question)
                && is_key(value, &shape)
        }
    };
    (accepted && !is_nothing(question, &shape)).then(|| strength(value))
}

/// The strength of a member of a Secret in plain text. Its name promises nothing, so
/// what says that it is a setting or a reference is left out: a word, a number, a host.
pub(super) fn plain_member(value: &[u8]) -> Option<Strength> {
    let words = Words::of(b"password");
    let question = Question::bare(Kind::Password, &words, value, Language::Yaml);
    let question = Question { operator: Operator::Colon, ..question };
    let shape = Shape::of(value);
    let mixed = shape.digits > 0 && shape.letters() > 0 || shape.is_random;
    let is_host = memchr::memchr(b'.', value).is_some() && shape.symbols < 4 && !shape.is_random;
    (mixed && !is_host && !is_worded(value)).then(|| judge(&question))?
}

/// `b'_7#z2L"F4Q8y\n\xec]/'`: what `os.urandom` draws, as Python prints it and Flask documents
/// keys: all kinds of bytes, and one that no text without blanks holds.
fn is_key_in_bytes(question: &Question<'_>) -> bool {
    let value = question.value;
    let shape = Shape::of(value);
    let is_drawn = shape.symbols > 2 && shape.digits > 0 && shape.upper > 0 && shape.lower > 0;
    matches!(question.kind, Kind::Secret | Kind::ApiKey)
        && question.quoted
        && (12..=64).contains(&value.len())
        && shape.spaces == 0
        && is_drawn
        && value.iter().any(|b| *b < b' ')
        && !placeholder::is_published_example(value)
}

pub(super) fn is_printable(value: &[u8]) -> bool {
    value.iter().all(|&b| b >= b' ' && b != 0x7f)
}

/// Values that no kind of secret has; what takes longest is asked last.
fn is_nothing(question: &Question<'_>, shape: &Shape) -> bool {
    let value = question.value;
    reference::is_reference(value)
        || password_hash::is_one(value)
        || other::is_something_else(value)
        || shape.is_number(value)
        || shape.is_path(value)
        || encoded::is_encoded_nothing(value)
        || encoded::is_encoded_text(value)
        || shape.is_constant(value)
        || shape.is_dotted(value) && !is_numbered(question)
        || shape::names_a_secret(value)
        || placeholder::is_anything(value)
        || question.kind != Kind::Password
            && (shape::is_mail(value)
                || other::is_place_in_tree(value)
                // Letters of another script, escaped.
                || value.starts_with(b"\\u"))
        || question.kind == Kind::Password && promise::speaks_of_password_abroad(value)
        || echo::echoes(question.words, value)
        || echo::says_its_name(question)
        || encoded::decode_short(value).is_some_and(|word| echo::echoes(question.words, &word))
        || identifier::is_identifier(question)
        || encoded::encodes_nothing(value)
        || spki::is_public(value)
        || shape::is_placeholder(value)
        || placeholder::is_filler(value, b"")
        || publishable::is_publishable(value)
}

/// `Fineword.9`, `Ruby.Slippers5`, `bonjour.chocolat.fussball`: a password that somebody chose, and no member: of a key it
/// is one.
fn is_numbered(question: &Question<'_>) -> bool {
    if question.kind == Kind::Password
        && (chosen::is_picked(question.value)
            || chosen::is_dotted_words(question.value)
            || phrase::is_dotted_chain(question.value)
            || phrase::is_dotted_setting(question)
            || is_quoted_argument(question))
    {
        return true;
    }
    // `secret: 'ClinicaGdl.Tapatio.2022'`
    if question.kind == Kind::Secret && question.quoted && chosen::is_picked(question.value) {
        return true;
    }
    question.kind == Kind::Password && phrase::is_dotted_with_number(question.value)
}

/// `sshpass -p 'n0rth.Fork.Bridge'`, `PASSWORD 'maple.syrup.etl'` of SQL: words between dots
/// where nothing but a password stands, and no member of what holds them.
fn is_quoted_argument(question: &Question<'_>) -> bool {
    const OBJECTS: [&[u8]; 6] = [b"vault", b"secrets", b"env", b"var", b"vars", b"config"];
    let first = question.value.split(|&b| b == b'.').next().unwrap_or_default();
    question.quoted
        && question.operator == Operator::Space
        && question.value.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'.')
        && !OBJECTS.contains(&first)
        && !shape::is_file(question.value)
        && !other::is_host(question.value)
}

/// `<UUID>:<hex>`: which key, and the key, as fal has it.
fn is_keyed_id(value: &[u8]) -> bool {
    value.split_once_str(":").is_some_and(|(id, key)| {
        (shape::is_uuid(id) || shape::is_digest(id)) && shape::is_digest(key)
    })
}

/// Whether it stands for a password, or says which one, in place of being one.
pub(super) fn is_no_password(value: &[u8]) -> bool {
    shape::is_bare_word(value)
        || shape::names_a_secret(value)
        || shape::is_placeholder(value)
        || placeholder::is_filler(value, b"")
}

/// Base64 of a user and a password is as strong as the password.
fn strength(value: &[u8]) -> Strength {
    let own = vocabulary::strength(value);
    let pair = (own == Strength::Strong).then(|| encoded::pair(value)).flatten();
    pair.map_or(own, |pair| vocabulary::strength(pair.split().1))
}

/// Bytes that encoded keys are made of; in `subpar2=c5` a short name is given a value.
fn is_token_text(value: &[u8]) -> bool {
    let body = value.trim_end_with(|c| c == '=');
    value.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=_-.:~%".contains(b))
        && (value.len() >= LETTERED || !body.contains(&b'='))
}

fn is_password(question: &Question<'_>, shape: &Shape) -> bool {
    let value = question.value;
    if shape.spaces > 0 {
        return phrase::is_passphrase(question, shape) || phrase::is_app_password(value);
    }
    if question.words.iter().any(|word| word == b"community") && promise::is_first_community(value)
    {
        return false;
    }
    // In code it is the account for everybody that brokers have to begin with.
    if question.language == Language::Code && value == b"guest" {
        return false;
    }
    if shape::is_bare_word(value)
        // A label is words; whoever puts a number among them chose a password.
        || shape.foreign * 2 >= value.len() && shape.digits == 0
        || question.operator == Operator::Space && is_setting(value)
    {
        return false;
    }
    if question.quoted {
        return !is_identifier(question, shape);
    }
    let joints = value.iter().filter(|b| b"_-.".contains(b)).count();
    let is_drawn = shape.is_random && value.len() >= 16;
    let bare_word = shape.digits == 0
        && shape.symbols == joints
        && !is_drawn
        && !phrase::is_chain(value)
        && !phrase::is_of_own_words(value);
    // `PASSWORD:UnsafeString` in a note: humps make it more than a word.
    let humps = shape.lower > 0 && value.iter().skip(1).any(u8::is_ascii_uppercase);
    if bare_word && humps && value.len() >= 10 && !question.in_prose {
        return true;
    }
    match question.operator {
        Operator::Space | Operator::Comma => !bare_word,
        Operator::Colon if question.in_prose || question.language == Language::Prose => !bare_word,
        Operator::Assign | Operator::Colon | Operator::Compare | Operator::Call | Operator::Tag => {
            true
        }
    }
}

/// `pass "WITH_TLS=1" to make`: what is passed is a setting.
fn is_setting(value: &[u8]) -> bool {
    shape::is_assignment(value) && !value.ends_with(b"=")
}

/// Words of code joined by `-` or `_`: `integration-test`, `foo_bar`; in a list of names
/// others, too: `is_system_auditor`.
fn is_identifier(question: &Question<'_>, shape: &Shape) -> bool {
    let value = question.value;
    let joints = value.iter().filter(|b| b"_-".contains(b)).count();
    let is_name = |b: &u8| b.is_ascii_lowercase() || *b == b'_';
    let is_listed = question.operator == Operator::Comma && !phrase::is_chain(value);
    if is_listed && joints > 1 && value.iter().all(is_name) {
        return true;
    }
    let parts = || value.split(|b| b"_-".contains(b)).filter(|word| !word.is_empty());
    joints > 0
        && joints == shape.symbols
        && shape.digits == 0
        && parts().all(|word| vocabulary::is_word(&word.to_ascii_lowercase()))
}

/// What a machine made: drawn, or long with letters and digits.
fn is_key(value: &[u8], shape: &Shape) -> bool {
    if let Some(body) = value.strip_prefix(b"base64:") {
        return is_key(body, &Shape::of(body));
    }
    let mixed = shape.digits > 1 && shape.letters() > 1 && value.len() >= 12;
    shape.spaces == 0
        && shape.foreign == 0
        && !shape::is_sequence(value)
        && (shape.is_random || mixed)
        && !shape::is_bare_word(value)
        && !is_worded(value)
        && !shape::is_label(value)
        && !encoded::encodes_words(value)
}

/// Whether it is a bare word in prose, of any language: "`apiKey`: uygulamaya".
fn is_word_of_prose(question: &Question<'_>, shape: &Shape) -> bool {
    let is_prose = question.in_prose || question.language == Language::Prose;
    is_prose
        && !question.quoted
        && shape.letters() == question.value.len()
        && question.value.len() < LETTERED
}

/// Whether next to nothing is left behind the prefix of a token: `npm_0aB3`.
fn is_cut_short(value: &[u8]) -> bool {
    let prefix = value.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    value.get(prefix) == Some(&b'_') && value.len() - prefix <= SHORTEST_BODY
}

/// Whether most of its letters are words of code: `etcd-cluster-0`, `my_app_2024`.
pub(super) fn is_worded(value: &[u8]) -> bool {
    let words = Words::of(value);
    let letters = words.joined().len();
    let known: usize = words
        .iter()
        .filter(|word| {
            word.len() >= 3 && vocabulary::is_spelled(word) || vocabulary::is_mostly_spelled(word)
        })
        .map(<[u8]>::len)
        .sum();
    known * 5 >= letters * 3
}

/// Letters and digits, both cases or other marks than join words.
pub(super) fn is_varied(bytes: &[u8]) -> bool {
    let holds = |is: fn(&u8) -> bool| bytes.iter().any(is);
    let is_other = |b: &u8| b.is_ascii_punctuation() && !b"-_./:".contains(b);
    holds(u8::is_ascii_digit)
        && holds(u8::is_ascii_lowercase)
        && (holds(u8::is_ascii_uppercase) || holds(is_other))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn a_pair_in_base64_is_as_strong_as_its_password() {
        let strong = STANDARD.encode("joe:q8ZtR2mW5vKxLp93Qw7N");
        let weak = STANDARD.encode("somebody-else:ahotproject");
        assert_eq!(strength(strong.as_bytes()), Strength::Strong);
        assert_eq!(strength(weak.as_bytes()), Strength::Weak);
        assert_eq!(vocabulary::strength(weak.as_bytes()), Strength::Strong);
    }
}
