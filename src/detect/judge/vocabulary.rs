//! How surprising a value is to somebody who knows the words code is written
//! with: the difference between a name that a person wrote and bytes that a
//! machine drew.
//!
//! The statistics are those of `rules/words/common.txt` (made by
//! `tools/train/words.py`): how often a letter follows another, counted by the
//! build script.

use crate::detect::text::words::WordList;
use crate::model::Strength;
use crate::rules::words;

/// The words that code is written with.
const COMMON: WordList = WordList(&words::COMMON);

/// Average bits a pair above which a value of [`MIN_RANDOM`] bytes was drawn
/// by a machine: of 20 random letters 99 in 100 lie above 4.9, of two or three
/// words written together nine in ten below 4.3.
const RANDOM: f32 = 4.4;
/// Shorter values show too few pairs.
const MIN_RANDOM: usize = 10;

/// Bits of a value that no list holds.
const STRONG: f32 = 60.0;
/// Which word it is, of those that code is written with, and how its first letter is.
const WORD_BITS: f32 = 13.6;
/// Nobody takes a longer password that he has to write.
const WRITTEN: usize = 64;

/// No word of code that is looked for inside a value is longer.
const LONGEST_WORD: usize = 16;

fn letter(byte: u8) -> Option<usize> {
    let lower = byte.to_ascii_lowercase();
    lower.is_ascii_lowercase().then(|| usize::from(lower - b'a'))
}

/// Whether `word`, in lower case, is a word of code.
pub(in crate::detect) fn is_word(word: &[u8]) -> bool {
    COMMON.holds(word)
}

/// Whether `text`, in lower case, is nothing but words of code written together.
pub(in crate::detect) fn is_spelled(text: &[u8]) -> bool {
    // Where a word may begin: behind the words before.
    let mut begins = vec![false; text.len() + 1];
    begins[0] = true;
    for end in 1..=text.len() {
        let floor = end.saturating_sub(LONGEST_WORD);
        begins[end] = (floor..end).any(|at| begins[at] && is_word(&text[at..end]));
    }
    begins[text.len()]
}

/// Whether three quarters of a long `text`, in lower case, are words of code of
/// four letters and more.
pub(in crate::detect) fn is_mostly_spelled(text: &[u8]) -> bool {
    // How many of the letters before are in words, at best.
    let mut covered = vec![0; text.len() + 1];
    for end in 1..=text.len() {
        let floor = end.saturating_sub(LONGEST_WORD);
        let words = (floor..end.saturating_sub(3)).filter(|&at| is_word(&text[at..end]));
        let best = words.map(|at| covered[at] + end - at).max().unwrap_or(0);
        covered[end] = best.max(covered[end - 1]);
    }
    text.len() >= LONGEST_WORD && covered[text.len()] * 4 >= text.len() * 3
}

/// The bits in `value`, pair by pair.
pub(in crate::detect) fn bits(value: &[u8]) -> f32 {
    value.windows(2).map(|pair| pair_bits(pair[0], pair[1])).sum()
}

fn pair_bits(first: u8, second: u8) -> f32 {
    let class = |b: u8| (b.is_ascii_alphabetic(), b.is_ascii_digit());
    match (letter(first), letter(second)) {
        // A hump of camel case starts a word.
        (Some(_), Some(_)) if first.is_ascii_lowercase() && second.is_ascii_uppercase() => 4.5,
        (Some(first), Some(second)) => words::PAIR_BITS[first][second],
        _ if first == second => 1.0,
        _ if first.is_ascii_digit() && second.is_ascii_digit() => 3.6,
        _ if b"_-./: ".contains(&first) || b"_-./: ".contains(&second) => 3.0,
        _ if class(first) == class(second) => 5.0,
        _ => 5.5,
    }
}

/// Whether a machine drew `value`.
pub(in crate::detect) fn is_random(value: &[u8]) -> bool {
    value.len() >= MIN_RANDOM
        && !value.contains(&b' ')
        && (bits(value) / (value.len() - 1) as f32 >= RANDOM || is_hex(value))
}

/// Hex of 16 digits and more, in which letters and digits take turns: six
/// letters make too few pairs to be surprising.
fn is_hex(value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let turns = value.windows(2).filter(|w| w[0].is_ascii_digit() != w[1].is_ascii_digit()).count();
    value.len() >= 16
        && value.iter().all(u8::is_ascii_hexdigit)
        && digits * 4 >= value.len()
        && turns * 4 >= value.len()
}

/// Strong is what a machine drew and no list could hold: 60 bits or more, also to somebody
/// who knows the words that people write.
pub(in crate::detect) fn strength(value: &[u8]) -> Strength {
    let is_strong = is_random(value)
        && bits(value) >= STRONG
        && (value.len() > WRITTEN || bits_in_words(value) >= STRONG);
    if is_strong { Strength::Strong } else { Strength::Weak }
}

/// The bits in `value` when of each word of code of four letters and more only that it is
/// one must be known.
fn bits_in_words(value: &[u8]) -> f32 {
    let lower = value.to_ascii_lowercase();
    // Of the bytes before, at least.
    let mut least = vec![0.0_f32; value.len() + 1];
    for end in 1..=value.len() {
        let behind = lower[..end].iter().rev().take(LONGEST_WORD);
        let letters = behind.take_while(|byte| byte.is_ascii_lowercase()).count();
        let words = (4..=letters).map(|len| end - len).filter(|&at| is_word(&lower[at..end]));
        let written = words.map(|at| least[at] + WORD_BITS).fold(f32::INFINITY, f32::min);
        let pair =
            value[..end].last_chunk().map_or(0.0, |&[first, second]| pair_bits(first, second));
        least[end] = written.min(least[end - 1] + pair);
    }
    least[value.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template;

    #[test]
    fn words_written_together_are_spelled_out() {
        for text in ["password", "testpassword", "foobar", "supersecrettoken"] {
            assert!(is_spelled(text.as_bytes()), "{text}");
        }
        for text in ["seashxre", "testq", "xtest", "hunter2"] {
            assert!(!is_spelled(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn long_names_are_mostly_spelled_and_drawn_letters_never() {
        assert!(is_mostly_spelled(b"psmaximumreceivedobjectsizemb"));
        assert!(!is_mostly_spelled(b"password") && !is_mostly_spelled(b"seashxreseashxreseashxre"));
        for seed in 0..5_000 {
            let drawn = template::expand("{lower:20}", seed).unwrap();
            assert!(!is_mostly_spelled(drawn.as_bytes()), "{drawn}");
        }
    }

    #[test]
    fn drawn_values_are_told_from_written_ones() {
        for class in ["lower:20", "alpha:20", "base62:16", "hex:32", "base64:40", "base32:24"] {
            let random = (0..500)
                .filter(|&seed| {
                    is_random(template::expand(&format!("{{{class}}}"), seed).unwrap().as_bytes())
                })
                .count();
            assert!(random >= 490, "{class}: {random} of 500");
        }
        for written in [
            "supersecret",
            "connecttoplotly",
            "randomStringGoesHere",
            "mysessionsecret",
            "somehardcodedencryptionpassword",
            "V1001_TODAY_MUSIC",
            "EncodingAESKey",
            "com.example.security.PasswordEncoder",
            "2019-01-01-release",
            "UserPasswordField1",
        ] {
            assert!(!is_random(written.as_bytes()), "{written}");
        }
        assert!(is_word(b"password") && !is_word(b"zxqv"));
    }

    #[test]
    fn words_with_a_number_are_weak_and_what_is_drawn_is_strong() {
        for written in ["NewPassword123!", "Exposed_password_1!", "DoesNotExist123!"] {
            assert_eq!(strength(written.as_bytes()), Strength::Weak, "{written}");
        }
        for class in ["base62:16", "hex:32", "base64:40", "base32:24", "lower:20"] {
            let strong = (0..500)
                .filter(|&seed| {
                    let drawn = template::expand(&format!("{{{class}}}"), seed).unwrap();
                    strength(drawn.as_bytes()) == Strength::Strong
                })
                .count();
            assert!(strong >= 490, "{class}: {strong} of 500");
        }
    }
}
