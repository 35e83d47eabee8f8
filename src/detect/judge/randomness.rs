//! Whether a run of characters was drawn by a machine: keys are, names and
//! words are not. Lengths and alphabets are the shape's business.
//!
//! `vocabulary` asks the same of values that any name may hold: it knows far more words,
//! and takes two in a hundred keys for written. Here a provider's name stands beside the
//! value, so fewer than one in five hundred may be lost, and more names pass.

use super::{is_worded, placeholder};

/// For each letter the letters that follow it most often in the words of
/// source code: the 170 pairs (a quarter of all) that are 85 % of those there,
/// counted over 13,545 words of Rust and Go.
const FOLLOWERS: [&[u8]; 26] = [
    b"bcdgilmnprst",
    b"aeilo",
    b"acehiklortu",
    b"aeios",
    b"acdefglmnprstvx",
    b"aefio",
    b"eir",
    b"aeio",
    b"abcdefglmnoprstvz",
    b"",
    b"ei",
    b"aeiloty",
    b"aeiop",
    b"acdegiost",
    b"cdlmnoprstuvw",
    b"aeiloprt",
    b"u",
    b"acdeimorstuy",
    b"acehiopstu",
    b"aehiorstuy",
    b"bceilmnprst",
    b"aei",
    b"a",
    b"",
    b"",
    b"e",
];
/// Random letters pass a quarter of the time; a value is made of words when it
/// passes 4.5 standard deviations more often: the square of that, times 3, as
/// the variance of a pair is 3/16.
const DEVIATION: usize = 60;
/// Fewer pairs than this tell nothing.
const PAIRS: usize = 6;
/// More digits than this that follow a letter: no name has so many.
const MIXED_IN: usize = 3;
/// A value this long with fewer different characters than half of this many
/// is a pattern.
const LONG: usize = 16;
const DISTINCT: u32 = 6;
/// What counts up or down must at least use this many.
const DISTINCT_COUNTING: u32 = 10;

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::detect) enum Look {
    /// Drawn by a machine.
    Issued,
    /// Of the right form, but it counts, repeats or has letters of one case
    /// only: people make such keys up, and a few issuers too.
    Odd,
    /// A name, words, or a filler.
    MadeUp,
}

/// What `value` looks like.
pub(in crate::detect) fn look(value: &[u8]) -> Look {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let distinct = distinct(value);
    let is_counting = placeholder::is_monotonous(value);
    let is_wordlike = letters * 2 >= value.len()
        && !is_hex(value)
        && mixed_in(value) <= MIXED_IN
        && is_wordlike(value);
    if (value.len() >= LONG && distinct < DISTINCT)
        || (is_counting && distinct < DISTINCT_COUNTING)
        || is_wordlike
        || (letters * 3 >= value.len() * 2
            && !is_hex(value)
            && !is_counting
            && !is_periodic(value)
            && mixed_in(value) <= MIXED_IN
            && is_worded(value))
        || is_identifier(value)
    {
        Look::MadeUp
    } else if is_counting || is_periodic(value) || (digits == 0 && is_one_case(value)) {
        Look::Odd
    } else {
        Look::Issued
    }
}

fn distinct(value: &[u8]) -> u32 {
    let seen = value.iter().fold([0u128; 2], |mut seen, &byte| {
        seen[usize::from(byte >> 7)] |= 1 << (byte & 127);
        seen
    });
    seen[0].count_ones() + seen[1].count_ones()
}

fn is_one_case(value: &[u8]) -> bool {
    !value.iter().any(u8::is_ascii_uppercase) || !value.iter().any(u8::is_ascii_lowercase)
}

/// Letters of one case and underscores: `GITLAB_PYPI_OIDC_TOKEN`.
fn is_identifier(value: &[u8]) -> bool {
    is_one_case(value)
        && value.contains(&b'_')
        && value.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
}

/// Hex digits: letters there follow each other as in words by chance.
fn is_hex(value: &[u8]) -> bool {
    value.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-')
}

/// How often digits stand between letters: names have a version or two.
fn mixed_in(value: &[u8]) -> usize {
    let letter_then_digit =
        |pair: &&[u8]| pair[0].is_ascii_alphabetic() && pair[1].is_ascii_digit();
    value.windows(2).filter(letter_then_digit).count()
}

/// Whether it is one unit over and over.
fn is_periodic(value: &[u8]) -> bool {
    (1..=value.len() / 2).any(|unit| value[unit..] == value[..value.len() - unit])
}

/// Whether the letters follow each other as in words. Pairs across a change
/// to upper case are not counted: names are joined there.
fn is_wordlike(value: &[u8]) -> bool {
    let pairs = value.windows(2).filter(|pair| {
        pair.iter().all(u8::is_ascii_alphabetic)
            && !(pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
    });
    let (mut all, mut likely) = (0, 0);
    for pair in pairs {
        let followers = FOLLOWERS[usize::from(pair[0].to_ascii_lowercase() - b'a')];
        all += 1;
        likely += usize::from(followers.contains(&pair[1].to_ascii_lowercase()));
    }
    all >= PAIRS && likely * 4 > all && (likely * 4 - all).pow(2) >= DEVIATION * all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template::expand;

    #[test]
    fn what_machines_draw_passes_nearly_always() {
        for class in [
            "base62:13",
            "base62:20",
            "base62:32",
            "hex:32",
            "base36:32",
            "base62_-:43",
            "BASE36:32",
        ] {
            let hidden = (0..10_000)
                .filter(|&seed| {
                    Look::Issued != look(expand(&format!("{{{class}}}"), seed).unwrap().as_bytes())
                })
                .count();
            assert!(hidden <= 20, "{class}: {hidden} of 10,000");
        }
    }

    #[test]
    fn names_and_patterns_do_not() {
        for name in [
            "getDatadogApplicationKeyV2",
            "com.example.segment2",
            "AgencyIdentificationCodeContentType",
            "my-application-settings-v2-default",
            "aaaaaaaaaa1111111111bbbbbbbbbb2222222222",
            "addComponentsFromRegistry",
            "THIS_STRING_IS_ALL_UPPERCASE_1",
            "GITLAB_PYPI_OIDC_TOKEN",
            "isAzureDevOpsTokenSet",
            "WidthProvider",
            "glpat_test_token_456",
        ] {
            assert!(Look::Issued != look(name.as_bytes()), "{name}");
        }
    }
}
