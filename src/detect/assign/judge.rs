//! Whether a value that stands behind a secret's name is one.

use super::name::{Kind, Words};
use super::operator::Operator;
use super::shape::{self, Shape};
use crate::detect::language::Language;
use crate::detect::placeholder;
use crate::model::Strength;

/// Everything the decision is made from.
#[derive(Debug)]
pub(super) struct Question<'t> {
    pub(super) kind: Kind,
    pub(super) words: &'t Words,
    pub(super) value: &'t [u8],
    pub(super) quoted: bool,
    pub(super) operator: Operator,
    pub(super) language: Language,
}

/// Whether it is a secret, and how strong.
pub(super) fn judge(question: &Question<'_>) -> Option<Strength> {
    let value = question.value;
    let (min, max) = match question.kind {
        Kind::Password => (4, 128),
        Kind::Key => (12, 256),
        Kind::Secret | Kind::Token | Kind::ApiKey | Kind::Auth => (8, 512),
    };
    if value.len() < min || value.len() > max || !is_printable(value) {
        return None;
    }
    let shape = Shape::of(value);
    if placeholder::is_filler(value, b"")
        || shape::is_reference(value)
        || shape::is_placeholder(value)
        || echoes(question.words, value)
    {
        return None;
    }
    let accepted = match question.kind {
        Kind::Password => is_password(question, &shape),
        Kind::Secret | Kind::Token | Kind::ApiKey => is_secret(question, &shape),
        Kind::Auth | Kind::Key => shape.is_random() && !shape.is_path(value),
    };
    accepted.then(|| strength(&shape, value))
}

fn is_printable(value: &[u8]) -> bool {
    value.iter().all(|&b| b >= b' ' && b != 0x7f)
}

/// Values of fewer than about 60 bits are weak.
fn strength(shape: &Shape, value: &[u8]) -> Strength {
    if shape.is_random() && shape.bits(value) >= 60.0 { Strength::Strong } else { Strength::Weak }
}

/// Whether the value only says its name again: `password = "password"`.
fn echoes(words: &Words, value: &[u8]) -> bool {
    let letters: Vec<u8> =
        value.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let joined = words.joined();
    digits == 0 && !letters.is_empty() && (joined.ends_with(&letters) || letters.ends_with(joined))
}

fn is_password(question: &Question<'_>, shape: &Shape) -> bool {
    let value = question.value;
    if shape.is_path(value) || shape.is_constant(value) || shape.is_dotted(value) {
        return false;
    }
    if shape.spaces > 0 {
        return is_passphrase(question, shape);
    }
    if shape::is_bare_word(value) {
        return false;
    }
    let bare_word = shape.digits == 0 && shape.symbols == 0;
    match question.operator {
        Operator::Space | Operator::Comma => !bare_word || question.quoted,
        Operator::Colon if question.language == Language::Prose && !question.quoted => !bare_word,
        Operator::Assign | Operator::Colon | Operator::Compare | Operator::Call | Operator::Tag => {
            true
        }
    }
}

/// A sentence is none; a few lower-case words may be.
fn is_passphrase(question: &Question<'_>, shape: &Shape) -> bool {
    question.quoted && shape.spaces <= 5 && shape.upper == 0 && shape.symbols == 0 && {
        !shape::is_prose(question.value)
    }
}

fn is_secret(question: &Question<'_>, shape: &Shape) -> bool {
    let value = question.value;
    shape.spaces == 0
        && !shape.is_path(value)
        && !shape.is_constant(value)
        && !shape.is_dotted(value)
        && (shape.is_random()
            || shape.digits > 0 && shape.lower + shape.upper > 0 && value.len() >= 10)
}
