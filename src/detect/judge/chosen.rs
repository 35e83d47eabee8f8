//! Secrets and keys that people choose, as they choose passwords, where a program signs or
//! encrypts by itself. Owns which values look so.

use bstr::ByteSlice as _;

use super::promise::{self, Kind, Words};
use super::shape::{self, Shape};
use super::{Operator, Question, encoded, is_varied, is_worded, other, phrase, vocabulary};
use crate::detect::language::Language;

/// `SECRET_KEY = 'bluemango76'`, `encryptionKey: 'Zentra2018#'`: keys that people choose where a
/// program signs or encrypts by itself.
pub(super) fn is_chosen_key(question: &Question<'_>) -> bool {
    const SIGNING: [&[u8]; 6] =
        [b"secret", b"jwt", b"encryption", b"signing", b"session", b"cookie"];
    let value = question.value;
    let binds = matches!(question.operator, Operator::Assign | Operator::Colon | Operator::Comma);
    let signs = question.words.iter().any(|word| SIGNING.contains(&word));
    let is_set = question.quoted || question.language == Language::Settings;
    if is_key_of_ones_own(question)
        || is_of_own_words(question)
        || signs && is_set && binds && question.kind == Kind::ApiKey && phrase::is_chain(value)
    {
        return true;
    }
    let is_written = |b: &u8| b.is_ascii_alphanumeric() || b"!#$%&*@^.-_".contains(b);
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let is_coined = || {
        let is_secret = question.words.iter().any(|word| word == b"secret");
        is_secret && value.len() >= 12 && phrase::is_coined(value)
    };
    is_set
        && binds
        && (8..=32).contains(&value.len())
        && letters >= 5
        && signs
        && (value.last().is_some_and(|b| !b.is_ascii_alphabetic()) && shape::is_mixed(value)
            || is_coined())
        && value.iter().all(is_written)
        && !is_worded(value)
        && !shape::is_label(value)
        && !Words::of(value).iter().any(|word| promise::ALGORITHMS.holds(word))
}

/// What is signed with a secret, and held by no object of Kubernetes.
const SIGNED: [&[u8]; 6] = [b"jwt", b"session", b"cookie", b"csrf", b"hmac", b"signing"];

/// `secret: 'cat-lantern-sunrise'`, `cookieParser('salty caramel popcorn')`,
/// `JWT_SECRET=walnut-lantern-marble`: an object of Kubernetes that holds one is called so as
/// well, and `secret` alone names it there.
fn is_chain_of_words(question: &Question<'_>) -> bool {
    let may_stand = match question.language {
        Language::Code => question.quoted,
        Language::Settings | Language::Shell | Language::Json => question.words.len() > 1,
        Language::Yaml => question.words.iter().any(|word| SIGNED.contains(&word)),
        Language::Markup | Language::Prose | Language::Lock => false,
    };
    may_stand
        && (question.operator == Operator::Comma || !question.value.contains(&b' '))
        && phrase::is_chain(question.value)
}

/// `SESSION_SECRET=kattenbak-zand`, `jwt.sign(claims, 'zeehond-op-zandbank')`,
/// `secret: 'keyboard giraffe 88'`: words of one's own, in a setting, or where a program signs.
fn is_of_own_words(question: &Question<'_>) -> bool {
    let signs = || question.words.iter().any(|word| SIGNED.contains(&word));
    let binds = matches!(question.operator, Operator::Assign | Operator::Colon);
    let is_specific = question.words.len() > 1;
    let is_secret = || question.kind == Kind::Secret;
    let may_stand = match question.language {
        // `--api-key hummus-fenster-kran`
        Language::Settings | Language::Shell => {
            (binds || question.operator == Operator::Space && question.kind == Kind::ApiKey)
                && is_specific
        }
        Language::Code => question.quoted && (signs() || binds && is_secret()),
        Language::Json => question.quoted && binds && (signs() || is_secret()),
        // `admin_secret = …`: a line of settings in a block.
        Language::Yaml => {
            (question.quoted || question.operator == Operator::Assign)
                && binds
                && (signs() || is_specific && is_secret())
        }
        Language::Markup | Language::Prose | Language::Lock => false,
    };
    // A sentence is none: "behind the painting".
    let may_be_apart = || {
        question.quoted && (signs() || question.value.iter().any(u8::is_ascii_digit))
            || signs() && question.language == Language::Settings && binds
    };
    may_stand
        && (!question.value.contains(&b' ') || may_be_apart())
        && (phrase::is_of_own_words(question.value)
            || question.quoted && signs() && is_key_in_words(question.value))
}

/// `WestbrookSigningKeyDoNotShare!!`: words as long as a key for HMAC with SHA-256 must be, and
/// no name, for they end with a mark or hold a number as well as both cases.
fn is_key_in_words(value: &[u8]) -> bool {
    const SHORTEST: usize = 24;
    let shape = Shape::of(value);
    value.len() >= SHORTEST
        && shape.upper > 0
        && shape.lower > 0
        && (shape.digits > 0 || value.last().is_some_and(|b| b"!#$%&*?".contains(b)))
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"_-!#$%&*?@ ".contains(b))
}

/// `secret = Quartz-hammer7`, `jwt.verify(token, 'Blue-Mango7')`
fn is_picked_setting(question: &Question<'_>) -> bool {
    let may_stand = question.language == Language::Settings
        || question.language == Language::Code && question.quoted;
    may_stand && is_picked(question.value)
}

/// `jwt.sign(claims, 'mySuperBlogKey_77')`: what a call signs with is a secret, though it be words.
fn is_signed_with(question: &Question<'_>) -> bool {
    question.language == Language::Code
        && question.operator == Operator::Comma
        && question.value.len() >= 10
        && is_varied(question.value)
        && question.value.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.!@#$".contains(b))
}

/// Whether one of its words names a secret: `gitHubDevClientSecret`. Who ends it with a number
/// as passwords have, `SuperSecretKey21`, names nothing.
fn speaks_of_secrets(value: &[u8]) -> bool {
    let numbers = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    numbers < 2 && Words::of(value).iter().any(|word| shape::NAMING.holds(word))
}

/// A shared secret that a person made up: `supersecret`, `keyboard1`.
pub(super) fn is_human_secret(question: &Question<'_>, shape: &Shape) -> bool {
    let value = question.value;
    let marks = value.iter().filter(|b| b"#!$^~".contains(b)).count();
    let foreign = if shape.digits > 0 { shape.foreign } else { 0 };
    let word = shape.digits + shape.letters() + marks + foreign == value.len();
    (word
        || is_of_all_kinds(value, shape)
        || is_signed_with(question)
        || is_chain_of_words(question)
        || is_of_own_words(question)
        || question.operator == Operator::Tag && phrase::is_of_own_words(value)
        || is_picked_setting(question))
        && (shape.upper == 0 || shape.digits > 0 || value.len() >= 10)
        && (question.quoted
            || question.language == Language::Settings
            || question.language == Language::Yaml
            || matches!(question.operator, Operator::Assign | Operator::Tag))
        && !shape::is_bare_word(value)
        && !vocabulary::is_word(value)
        && !encoded::encodes_words(value)
        && !(shape.upper > 0 && speaks_of_secrets(value))
        && matches!(
            question.operator,
            Operator::Assign | Operator::Colon | Operator::Comma | Operator::Tag
        )
}

/// `Un5mP%*i`: letters of both cases, digits and marks that join nothing.
pub(super) fn is_of_all_kinds(value: &[u8], shape: &Shape) -> bool {
    let marks = value.iter().any(|b| b"!#$%^&*~?|".contains(b));
    value.len() >= 8
        && shape.spaces == 0
        && marks
        && shape.lower > 0
        && shape.upper > 0
        && shape.digits > 0
}

/// `Tawny.Feather`, `galo.de.Barcelos`: a few words between dots, one with a capital, most of
/// which nobody writes code with, as members and hosts are.
pub(super) fn is_dotted_words(value: &[u8]) -> bool {
    let parts = || value.split(|&b| b == b'.');
    let joins = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    if is_two_words(value) {
        return true;
    }
    (2..=4).contains(&parts().count())
        && parts().all(|part| (1..=14).contains(&part.len()) && part.iter().all(joins))
        && parts().any(|part| part[0].is_ascii_uppercase())
        && parts().any(|part| part.len() > 3)
        && !is_worded(value)
        && !speaks_of_secrets(value)
}

/// `regenton.vol`: two words that nobody writes code with, and no host nor file.
fn is_two_words(value: &[u8]) -> bool {
    let is_own = |part: &[u8]| {
        (3..=14).contains(&part.len())
            && part.iter().all(u8::is_ascii_lowercase)
            && !vocabulary::is_spelled(part)
    };
    value.split_once_str(".").is_some_and(|(first, last)| is_own(first) && is_own(last))
        && !shape::is_file(value)
        && !other::is_host(value)
}

/// `Bergeend-Slik-7`, `moerbei-taart-42`: words that nobody writes code with, and a number as
/// people put it behind them, as the key of what they run themselves.
fn is_key_of_ones_own(question: &Question<'_>) -> bool {
    let value = question.value;
    let is_setting = matches!(question.language, Language::Settings | Language::Yaml);
    let is_number = |part: &[u8]| part.len() < 5 && part.iter().all(u8::is_ascii_digit);
    let is_word = |part: &[u8]| part.iter().all(u8::is_ascii_alphabetic);
    let mut parts: Vec<&[u8]> = value.split(|b| b"-_".contains(b)).collect();
    let number = parts.pop().unwrap_or_default();
    is_setting
        && matches!(question.operator, Operator::Assign | Operator::Colon)
        && (10..=32).contains(&value.len())
        && (2..=4).contains(&parts.len())
        && !number.is_empty()
        && is_number(number)
        && parts.iter().all(|part| part.len() > 2 && is_word(part))
        && parts
            .iter()
            .any(|part| part.len() > 4 && !vocabulary::is_spelled(&part.to_ascii_lowercase()))
        && !is_worded(value)
}

/// Capitalised words that are none of code, between dots, and a digit in or behind them.
pub(super) fn is_picked(value: &[u8]) -> bool {
    let holds = |is: fn(&u8) -> bool| value.iter().any(is);
    let dots = memchr::memchr_iter(b'.', value).count();
    // `de_DE.UTF-8` is a locale.
    let words = Words::of(value);
    let is_phrase = words.iter().filter(|word| word.len() > 3).count() > 1;
    dots < 3
        && is_phrase
        && holds(u8::is_ascii_uppercase)
        && holds(u8::is_ascii_digit)
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(b))
        && !is_worded(value)
}
