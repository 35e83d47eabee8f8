//! Words with blanks between them: whether they are a password, or a sentence, the classes
//! of an element, the name of something.

use bstr::ByteSlice as _;

use super::promise::{Kind, Words};
use super::shape::{self, Shape};
use super::{Operator, Question, other, placeholder, vocabulary};
use crate::detect::language::Language;

/// `abcd efgh ijkl mnop`, `abcd-efgh-ijkl-mnop`: a password that Google or Apple draws for one
/// app.
pub(in crate::detect) fn is_app_password(value: &[u8]) -> bool {
    let Some(&joint) = value.get(4).filter(|b| b" -".contains(b)) else { return false };
    let mut groups = value.split(|&b| b == joint);
    value.len() == 19
        && groups.all(|group| group.len() == 4 && group.iter().all(u8::is_ascii_lowercase))
        && vocabulary::is_random(&value.replace(&[joint][..], ""))
}

/// `otter-velvet-cherry`, `hollow_frog_2`: words that a person picked, three and more, most of
/// which nobody writes code with. Names of settings and objects are made of those that one does.
pub(in crate::detect) fn is_chain(value: &[u8]) -> bool {
    value.iter().find(|b| b"-_ ".contains(b)).is_some_and(|&joint| is_joined_by(joint, value))
}

/// `bonjour.chocolat.fussball`: the same with dots, which join members and hosts as well.
pub(super) fn is_dotted_chain(value: &[u8]) -> bool {
    const SHORTEST: usize = 4;
    let ends = value.rsplit(|&b| b == b'.').next().is_some_and(|last| last.len() >= SHORTEST);
    let is_number = value.last().is_some_and(u8::is_ascii_digit);
    (ends || is_number) && is_joined_by(b'.', value)
}

/// `Garonne&Dordogne`, `tucano&arara`: two words that a mark joins which joins none in a sentence.
pub(in crate::detect) fn is_marked_pair(value: &[u8]) -> bool {
    let is_word = |part: &[u8]| part.len() > 3 && part.iter().all(u8::is_ascii_alphabetic);
    let mut parts = value.split(|b| b"&#!*^".contains(b));
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let known = [first, second];
    !second.is_empty()
        && parts.next().is_none()
        && known.iter().all(|part| is_word(part))
        && known.iter().any(|part| !vocabulary::is_spelled(&part.to_ascii_lowercase()))
}

/// `scrape.me.softly`, `scrape.me.softly7`: words between dots, one of which nobody writes code
/// with, and no host, file nor place where a secret is kept.
pub(super) fn is_dotted_setting(question: &Question<'_>) -> bool {
    const OBJECTS: [&[u8]; 7] =
        [b"vault", b"secrets", b"secret", b"env", b"var", b"values", b"config"];
    let binds = matches!(question.operator, Operator::Assign | Operator::Colon);
    let is_setting = matches!(question.language, Language::Settings | Language::Yaml);
    let words: Vec<&[u8]> = question
        .value
        .split(|&b| b == b'.')
        .map(|part| part.trim_end_with(|c| c.is_ascii_digit()))
        .collect();
    is_setting
        && binds
        && (3..=5).contains(&words.len())
        && words.iter().all(|word| (2..=12).contains(&word.len()))
        && words.iter().all(|word| word.iter().all(u8::is_ascii_lowercase))
        && words.iter().all(|word| !shape::NAMING.holds(word) && !OBJECTS.contains(word))
        && words.iter().any(|word| word.len() > 4 && !vocabulary::is_spelled(word))
        && !shape::is_file(question.value)
        && !other::is_host(question.value)
}

/// `daisy.chain.1987`, `alpaca.66.lima`: words between dots, and a number behind the first.
pub(in crate::detect) fn is_dotted_with_number(value: &[u8]) -> bool {
    let is_number = |part: &[u8]| part.len() < 5 && part.iter().all(u8::is_ascii_digit);
    let joins = |b: &u8| b.is_ascii_alphabetic() || b"_-".contains(b);
    let is_word = |part: &[u8]| part.len() > 2 && part.iter().all(joins);
    let mut parts = value.split(|&b| b == b'.');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&[u8]> = parts.collect();
    let numbers = rest.iter().filter(|part| !part.is_empty() && is_number(part)).count();
    let words = first.len() + rest.iter().map(|part| part.len()).sum::<usize>();
    is_word(first)
        && numbers == 1
        && (5..=24).contains(&words)
        && rest.iter().all(|part| is_word(part) || !part.is_empty() && is_number(part))
}

fn is_joined_by(joint: u8, value: &[u8]) -> bool {
    let is_number = |part: &[u8]| part.len() < 5 && part.iter().all(u8::is_ascii_digit);
    let mut parts: Vec<&[u8]> = value.split(|&b| b == joint).collect();
    let count = parts.len();
    // `the-otter-sleeps-at-noon`
    let shortest = if count > 4 && joint == b'-' { 2 } else { 3 };
    let is_word = |part: &[u8]| {
        (shortest..=12).contains(&part.len()) && part.iter().all(u8::is_ascii_lowercase)
    };
    let _ = parts.pop_if(|last| !last.is_empty() && is_number(last));
    let unknown = parts.iter().filter(|part| !vocabulary::is_word(part)).count();
    (3..=7).contains(&count)
        && parts.iter().all(|part| is_word(part) && !shape::NAMING.holds(part))
        && unknown > 1
        && unknown * 2 >= parts.len()
}

/// `kattenbak-zand`, `t0p-Muschel-geheim`, `keyboard giraffe 88`: two words and more, most of
/// whose letters are in none that code is written with, and a long one among them.
pub(in crate::detect) fn is_of_own_words(value: &[u8]) -> bool {
    let joints = |b: &u8| b"-_ &+!".contains(b);
    let in_part = |b: &u8| b.is_ascii_alphanumeric() || !b.is_ascii();
    let is_written = |part: &[u8]| (1..=14).contains(&part.len()) && part.iter().all(in_part);
    // `whsec_xxx`, `Clave-de-API`
    let is_none = |part: &[u8]| {
        let lower = part.to_ascii_lowercase();
        lower == b"api"
            || shape::NAMING.holds(&lower)
            || lower.len() > 2 && lower.iter().all(|b| *b == lower[0])
    };
    let is_own = |part: &[u8]| {
        part.len() > 4
            && part.iter().all(u8::is_ascii_alphabetic)
            && !vocabulary::is_spelled(&part.to_ascii_lowercase())
    };
    let parts = || value.split(joints);
    (8..=64).contains(&value.len())
        && (2..=7).contains(&parts().count())
        && parts().all(|part| is_written(part) && !is_none(part))
        && parts().any(is_own)
        && !super::is_worded(value)
}

/// `quartzmango`: letters alone that spell no words of code and name nothing.
pub(in crate::detect) fn is_coined(value: &[u8]) -> bool {
    let names = [&b"pass"[..], b"password", b"passwd", b"pwd", b"secret", b"token", b"key"];
    (8..=24).contains(&value.len())
        && value.iter().all(u8::is_ascii_lowercase)
        && !names.iter().any(|name| value.ends_with(name) || value.starts_with(name))
        && !vocabulary::is_spelled(value)
        && !vocabulary::is_mostly_spelled(value)
        && !shape::is_bare_word(value)
        && !shape::is_placeholder(value)
        && !placeholder::is_filler(value, b"")
}

/// A sentence is none; a few lower-case words may be, and others behind a sign when a number
/// stands at the end, or in a word.
pub(super) fn is_passphrase(question: &Question<'_>, shape: &Shape) -> bool {
    let binds = matches!(question.operator, Operator::Assign | Operator::Colon);
    let is_line = question.language == Language::Settings && binds;
    // `backup_passphrase: seven herons by the old canal`
    let is_named = question.words.iter().any(|word| word == b"passphrase");
    let is_line = is_line || is_named && binds && question.language == Language::Yaml;
    let is_plain = (question.quoted || is_line) && shape.upper == 0 && shape.symbols == 0;
    // `tandem bicycle for 2`
    let is_own = is_plain && is_of_own_words(question.value);
    let is_setting =
        matches!(question.language, Language::Settings | Language::Yaml | Language::Shell);
    // `Trollstigen 11 svinger`
    let is_numbered = || {
        is_numbered_phrase(question.value)
            || (is_setting || question.quoted)
                && shape.spaces < 4
                && is_of_own_words(question.value)
    };
    shape.spaces <= 7
        && shape.foreign == 0
        && (is_plain
            || is_bound(question) && is_chain(question.value)
            || shape.digits > 0 && is_bound(question) && is_numbered())
        // Between two literals: `SecureString` and `PSCredential`.
        && !question.value.starts_with(b" ")
        && !is_list_of_names(question.value)
        && (is_own
            || (is_setting || is_named)
                && is_plain
                && is_sentence(question.value)
            || !shape::is_prose(question.value))
}

/// `seven bees carry the morning post`: a sentence that says nothing of passwords, nor of what
/// somebody should do.
fn is_sentence(value: &[u8]) -> bool {
    const LINKING: [&[u8]; 6] = [b"the", b"to", b"for", b"that", b"than", b"not"];
    let words = || value.split(|&b| b == b' ');
    words().count() > 4
        && words().all(|word| {
            (1..=12).contains(&word.len())
                && word.iter().all(u8::is_ascii_lowercase)
                && !shape::NAMING.holds(word)
                && !shape::is_placeholder(word)
                && (LINKING.contains(&word) || !shape::is_prose(word))
        })
}

/// `VAR1 VAR2`, `htpasswd.lo common.lo`: variables, files.
fn is_list_of_names(value: &[u8]) -> bool {
    let is_variable = |word: &[u8]| {
        let is_marked = word.iter().any(|b| b.is_ascii_digit() || *b == b'_');
        let in_name = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
        is_marked && word[0].is_ascii_uppercase() && word.iter().all(in_name)
    };
    let is_file = |word: &[u8]| {
        let ending = word.rsplit_once_str(".").map_or(&[][..], |(_, ending)| ending);
        (1..=3).contains(&ending.len()) && ending.iter().all(u8::is_ascii_lowercase)
    };
    let mut words = value.split(|&b| b == b' ');
    words.clone().all(|word| !word.is_empty() && is_variable(word)) || words.all(is_file)
}

/// Whether words with blanks between them may be a password in a setting.
pub(in crate::detect) fn is_phrase(value: &[u8]) -> bool {
    let words = Words::of(b"password");
    let question = Question::bare(Kind::Password, &words, value, Language::Settings);
    is_passphrase(&Question { quoted: true, ..question }, &Shape::of(value))
}

/// Whether quotes hold it together, or a sign binds the rest of a line.
fn is_bound(question: &Question<'_>) -> bool {
    let has_sign = matches!(question.operator, Operator::Assign | Operator::Colon | Operator::Tag);
    (question.quoted || has_sign) && !question.in_prose && question.language != Language::Prose
}

/// `Blue Fjord! 47`, `sunny day9 Lake`: words, the marks behind them, and numbers that count
/// nothing, as in `at 8 signs` and `Level 2` they do.
fn is_numbered_phrase(value: &[u8]) -> bool {
    let in_word = |b: &u8| b.is_ascii_alphanumeric() || b"!?#$%&@*+-_:".contains(b);
    let is_number = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let words: Vec<&[u8]> = value.split(|&b| b == b' ').collect();
    let (last, others) =
        words.split_last().map_or((&[][..], &[][..]), |(last, head)| (*last, head));
    let is_spelled =
        |word: &[u8]| word.iter().all(in_word) && word.iter().any(u8::is_ascii_alphanumeric);
    // `text-sm mt-3`: the classes of an element.
    let is_class = |word: &&[u8]| word.contains(&b'-') && !word.iter().any(u8::is_ascii_uppercase);
    let is_uncommon =
        |word: &[u8]| word.len() > 5 && !vocabulary::is_spelled(&word.to_ascii_lowercase());
    words.iter().all(|word| is_spelled(word))
        && !words.iter().any(is_class)
        && !others.iter().any(|word| is_number(word))
        && (others.len() > 1
            || !is_number(last)
            || value.iter().any(u8::is_ascii_punctuation)
            // `Torenvalk 12`, and no `Section 12`.
            || others.iter().all(|word| is_uncommon(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_told_from_the_classes_of_an_element() {
        for (value, expected) in [
            ("amber fjord lantern", true),
            ("Blue Fjord! 47", true),
            ("text-sm text-gray-500", false),
            ("col-md-6 mt-3", false),
        ] {
            assert_eq!(is_phrase(value.as_bytes()), expected, "{value}");
        }
    }
}
