//! Values that stand where a secret would: fillers, and the example keys that
//! vendors publish. Owns the judgement "nobody issued this" and nothing else:
//! references (`${VAR}`), types and the like belong to their readers.
//!
//! A real token must never be hidden, so every test here is one that a random
//! token of 20 characters passes with a chance below one in a million: runs
//! and sequences must fill most of the value, words that can turn up in random
//! letters must be long and of one case, short ones must stand by themselves.

use bstr::ByteSlice as _;
use sha2::{Digest as _, Sha256};

use super::vocabulary;
use crate::detect::text::words::WordList;
use crate::model::hex;
use crate::rules::words;

/// Fillers of six letters and more: enough to judge by wherever they stand.
const ANYWHERE: WordList = WordList(&words::FILLERS_ANYWHERE);
/// Fillers that must be a whole word of the value.
const WORDS: WordList = WordList(&words::FILLERS);
/// First 16 hex digits of SHA-256 of example keys that their vendors publish.
const EXAMPLES: WordList = WordList(&words::PUBLISHED_EXAMPLES);

/// A run of these of this length is never a part of a value.
const BLANKS: &[u8] = b"xX*.";
const BLANK_RUN: usize = 7;
/// Nor is a run of anything else of this length in a value of this length,
/// but of `A`: that is what zeros are in base64.
const SAME_RUN: usize = 9;
const SHORT: usize = 256;
/// Nor a straight part of the alphabet or of the digits, of this length.
const COUNTED_RUN: usize = 20;
/// So many digits of hex count by more than chance.
const SHORTEST_HEX: usize = 16;
/// The longest unit that people repeat to fill a field: `abcd1234`.
const LONGEST_UNIT: usize = 10;

/// What is said of [`MadeUp::Patterned`] values.
pub(in crate::detect) const PATTERNED: &str =
    "it counts, repeats or is written in words, so it may be made up";

/// How plainly a value is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::detect) enum MadeUp {
    /// Nothing says that it is.
    No,
    /// It counts, repeats or is words, as keys do that people type: most grant nothing.
    Patterned,
    /// It is blanked out, says so itself, or is published by its vendor.
    Filler,
}

/// How plainly `value`, of which `prefix` is public, is made up.
pub(in crate::detect) fn made_up(value: &[u8], prefix: &[u8]) -> MadeUp {
    let body = value.strip_prefix(prefix).unwrap_or(value);
    if body.len() < 4 {
        MadeUp::No
    } else if is_mask(body)
        || has_blank_run(body)
        || is_one_byte(body)
        || is_one_byte(longest_word(body))
        || has_counted_run(body)
        || has_filler_word(body)
        || is_published_example(value)
    {
        MadeUp::Filler
    } else if is_monotonous(body)
        || is_monotonous(longest_word(body))
        || has_same_run(body)
        || repeats_a_unit(body)
        || is_patterned_between_marks(body)
        || counts_in_hex(body)
        || is_spelled_in_hex(body)
        || counts_in_pairs(body)
    {
        MadeUp::Patterned
    } else {
        MadeUp::No
    }
}

/// Of drawn letters and digits so many are never small letters alone.
const LETTERED: usize = 16;

/// Whether what stands behind the `prefix` of an issuer, who draws it, is written in
/// words: `sm_pat_default_settings`, `STS.AssumeRoleWithWebIdentity`; small letters and marks
/// between them are words of any language.
pub(in crate::detect) fn is_written(value: &[u8], prefix: &[u8]) -> bool {
    let Some(body) = value.strip_prefix(prefix).filter(|_| !prefix.is_empty()) else {
        return false;
    };
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
    let letters: Vec<u8> =
        body.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
    let is_joined = body.len() >= LETTERED
        && body.contains(&b'_')
        && body.iter().all(|b| b.is_ascii_lowercase() || *b == b'_');
    is_joined
        || is_camel(body)
        || body.len() <= SHORT
            && letters.len() * 3 >= body.len() * 2
            && body.iter().all(is_name)
            && vocabulary::is_mostly_spelled(&letters)
}

/// `GetFederationTokenRequest`: letters alone in words of three and more, each with its capital.
/// Of drawn letters half are capitals.
fn is_camel(body: &[u8]) -> bool {
    let mut words = body.chunk_by(|_, next| next.is_ascii_lowercase());
    body.iter().all(u8::is_ascii_alphabetic)
        && words.clone().count() > 1
        && words.all(|word| word.len() > 2 && word[0].is_ascii_uppercase())
}

/// Whether `value`, of which `prefix` is public, is made up, plainly or likely.
pub(in crate::detect) fn is_filler(value: &[u8], prefix: &[u8]) -> bool {
    made_up(value, prefix) != MadeUp::No
}

/// Whether the bytes repeat or count for most of the value: `xxxx`, `1234…`,
/// `abcd…`, `00000000-0000-…`.
pub(in crate::detect) fn is_monotonous(body: &[u8]) -> bool {
    is_one_byte(body) || counts(body.windows(2), counts_up)
}

/// Whether it is long and repeats, counts through the digits of hex, or counts word by
/// word, whatever marks stand between: `12345678-1234-…`, `1234567890abcdef1234…`.
fn is_patterned_between_marks(body: &[u8]) -> bool {
    let letters: Vec<u8> = body.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
    let is_hex = letters.iter().all(u8::is_ascii_hexdigit);
    let in_words = body.windows(2).filter(|pair| pair.iter().all(u8::is_ascii_alphanumeric));
    letters.len() >= SHORTEST_HEX
        && (repeats_a_unit(&letters)
            || (is_hex && counts(letters.windows(2), counts_up_in_hex))
            || (in_words.clone().count() * 2 >= body.len() && counts(in_words, counts_up)))
}

/// Whether nine of ten pairs go up, or down, by one.
fn counts<'b>(pairs: impl Iterator<Item = &'b [u8]> + Clone, up: fn(u8, u8) -> bool) -> bool {
    let ups = pairs.clone().filter(|pair| up(pair[0], pair[1])).count();
    let downs = pairs.clone().filter(|pair| up(pair[1], pair[0])).count();
    let all = pairs.count();
    all > 0 && ups.max(downs) * 10 >= all * 9
}

/// Whether one byte makes up most of it: `0000`, `zzzz`, `00000000-0000-…`.
fn is_one_byte(body: &[u8]) -> bool {
    let pairs = body.len().saturating_sub(1);
    pairs > 0 && count_pairs(body, |a, b| a.eq_ignore_ascii_case(&b)) * 4 >= pairs * 3
}

fn count_pairs(body: &[u8], wanted: fn(u8, u8) -> bool) -> usize {
    body.windows(2).filter(|pair| wanted(pair[0], pair[1])).count()
}

/// The longest run of letters and digits when it is most of the value: what
/// stands before it may be a prefix that the caller does not know.
fn longest_word(body: &[u8]) -> &[u8] {
    let words = body.split(|byte| !byte.is_ascii_alphanumeric());
    words.max_by_key(|word| word.len()).filter(|word| word.len() * 2 > body.len()).unwrap_or(body)
}

/// Whether a run of `x`, `*` or `.` blanks a part of it out.
pub(in crate::detect) fn has_blank_run(body: &[u8]) -> bool {
    has_run(body, |byte, len| len >= BLANK_RUN && BLANKS.contains(&byte))
}

/// `••••••`: whether it is one mark over and over that no key holds.
fn is_mask(body: &[u8]) -> bool {
    let Some(first) = body.iter().skip(1).position(|b| !(0x80..0xC0).contains(b)) else {
        return false;
    };
    let mark = &body[..=first];
    mark.len() > 1
        && body.len().is_multiple_of(mark.len())
        && body.chunks(mark.len()).all(|m| m == mark)
}

/// `00112233…`, `6162636465…`: whether the bytes that it writes in hex go up or down
/// in even steps, as those of test vectors do.
fn counts_in_hex(body: &[u8]) -> bool {
    if body.len() < SHORTEST_HEX || body.len() > SHORT {
        return false;
    }
    let Some(bytes) = hex::bytes(body) else { return false };
    let step = |pair: &[u8]| pair[1].wrapping_sub(pair[0]);
    let even = bytes.windows(2).filter(|pair| step(pair) == step(&bytes)).count();
    even * 10 >= (bytes.len() - 1) * 9
}

/// `aabbccddeeff`: whether each byte comes twice, and the pairs count.
fn counts_in_pairs(body: &[u8]) -> bool {
    let firsts: Vec<u8> = body.iter().step_by(2).copied().collect();
    let is_pair = |pair: &[u8]| pair.first() == pair.last();
    firsts.len() >= 4 && body.chunks(2).all(is_pair) && counts(firsts.windows(2), counts_up)
}

/// `A1bC2dE3fH4iJ5kL6m`: whether its letters count, and so do its digits, with gaps of one at
/// most. People type keys so, but published ones as well: it hides nothing.
pub(in crate::detect) fn counts_apart(body: &[u8]) -> bool {
    let goes_up = |is: fn(&u8) -> bool, next: fn(u8, u8) -> bool| {
        let all: Vec<u8> = body.iter().copied().filter(is).collect();
        all.len() >= 5 && counts(all.windows(2), next)
    };
    (SHORTEST_HEX..=SHORT).contains(&body.len())
        && goes_up(u8::is_ascii_digit, counts_up)
        && goes_up(u8::is_ascii_alphabetic, |a, b| {
            matches!(b.to_ascii_lowercase().wrapping_sub(a.to_ascii_lowercase()), 1 | 2)
        })
}

/// Words of four that the digits of hex spell.
const HEX_WORDS: [&[u8; 4]; 11] = [
    b"babe", b"bead", b"beef", b"c0de", b"cafe", b"d00d", b"dead", b"f00d", b"face", b"fade",
    b"feed",
];

/// `cafebabedeadbeef`: whether it is words that the digits of hex spell.
fn is_spelled_in_hex(body: &[u8]) -> bool {
    let is_word = |four: &[u8]| HEX_WORDS.iter().any(|word| four.eq_ignore_ascii_case(&word[..]));
    (2 * 4..=SHORT).contains(&body.len()) && body.chunks(4).all(is_word)
}

/// Whether anything else is repeated for long.
pub(in crate::detect) fn has_same_run(body: &[u8]) -> bool {
    body.len() <= SHORT && has_run(body, |byte, len| len >= SAME_RUN && byte != b'A')
}

fn has_run(body: &[u8], is_wanted: fn(u8, usize) -> bool) -> bool {
    body.chunk_by(|a, b| a == b).any(|run| is_wanted(run[0], run.len()))
}

/// Whether a part of it counts for long: `…AbCdEfGhIjKlMnOpQrStUv…`.
fn has_counted_run(body: &[u8]) -> bool {
    body.chunk_by(|&a, &b| counts_up(a, b)).any(|run| run.len() >= COUNTED_RUN)
}

fn counts_up(a: u8, b: u8) -> bool {
    b.to_ascii_lowercase() == a.to_ascii_lowercase().wrapping_add(1) || (a, b) == (b'9', b'0')
}

/// The same through the sixteen digits, from 0 or from 1.
fn counts_up_in_hex(a: u8, b: u8) -> bool {
    let pair = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    counts_up(a, b) || matches!(pair, (b'9' | b'0', b'a') | (b'f', b'0' | b'1'))
}

/// Whether nearly all of it is one short unit over and over: `FakeFakeFake`.
pub(in crate::detect) fn repeats_a_unit(body: &[u8]) -> bool {
    (2..=LONGEST_UNIT.min(body.len() / 3)).any(|unit| {
        let again = body.iter().zip(&body[unit..]).filter(|(a, b)| a == b).count();
        again * 20 >= (body.len() - unit) * 17
    })
}

/// Whether it holds a word that says so itself: `example`, `your-…-here`.
pub(in crate::detect) fn has_filler_word(body: &[u8]) -> bool {
    let lower = body.to_ascii_lowercase();
    ANYWHERE.places(&lower).any(|(at, len)| len > 7 || is_one_case(&body[at..at + len]))
        || body.split(|byte| !byte.is_ascii_alphanumeric()).any(|word| {
            let lower = word.to_ascii_lowercase();
            word.len() >= 4 && is_one_case(word) && WORDS.holds(&lower)
        })
}

/// Whether its vendor publishes this very value as an example.
pub(in crate::detect) fn is_published_example(value: &[u8]) -> bool {
    let digest: [u8; 32] = Sha256::digest(value).into();
    let head = digest.first_chunk().map(|head| u64::from_be_bytes(*head));
    head.is_some_and(|head| EXAMPLES.holds(format!("{head:016x}").as_bytes()))
}

/// What people write where any value will do: `abc123`, `abcd1234`, `foo1`, `barfoo`.
pub(super) fn is_anything(value: &[u8]) -> bool {
    let mut runs = value.chunk_by(|a, b| *b == a.wrapping_add(1));
    let counted = value.first().is_some_and(|first| first.eq_ignore_ascii_case(&b'a'))
        && runs.clone().count() <= 2
        && runs.all(|run| run.len() >= 3);
    let stem = value.trim_end_with(|c| c.is_ascii_digit()).to_ascii_lowercase();
    // `foosecret`, `bar-token`
    let naming = [&b"secret"[..], b"password", b"pass", b"token", b"key"];
    let owner = naming.iter().find_map(|name| stem.strip_suffix(*name)).unwrap_or(&stem);
    let stem = owner.trim_end_with(|c| "_-".contains(c));
    let is_filler = |word: &[u8]| matches!(word, b"foo" | b"bar" | b"baz" | b"qux");
    counted
        || stem == b"deadbeef"
        || !stem.is_empty() && stem.chunks(3).all(is_filler) && value.len() > 3
}

/// `example`, `EXAMPLE`, `Example`: as a person writes a word. Random letters
/// of both cases seldom are.
fn is_one_case(word: &[u8]) -> bool {
    let rest = word.get(1..).unwrap_or(&[]);
    rest.iter().all(u8::is_ascii_lowercase) || word.iter().all(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template::expand;

    #[test]
    fn fillers_are_told_from_values() {
        for filler in [
            "ghp_xxxxxxxxxxxxxxxx",
            "ghp_0000000000000000",
            "ghp_abcdefghijklmnop",
            "ghp_9876543210987654",
            "ghp_AbCdEfGhIjKlMnOpQrSt",
            "ghp_FakeFakeFakeFakeFa",
            "ghp_your_token_here_1",
            "ghp_insert-token",
            "ghp_Q8ZTFAKEACCESSKEY",
            "ghp_1234567890123-FakeSecretFakeSecret",
            "ghp_SampleTokenQ8ZtR2mW5v",
            "ghp_00000000-0000-0000-0000-000000000000",
            "ghp_q8ZtR2mW5vKxEXAMPLE",
            "ghp_q8ZtR2mW5vKxxxxxxxxxx",
            "ghp_q8ZtR2mW5vKABCDEFGHIJKLMNOPQRSTUV7pQ",
            "ghp_q8ZtR2mffffffffff5vK27pQ",
            "api_live_us.00000000000000000000000000000000",
            "ghp_MGE6eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4",
        ] {
            assert!(is_filler(filler.as_bytes(), b"ghp_"), "{filler}");
        }
        for value in ["ghp_q8ZtR2mW5vKx", "ghp_q8Zxxx2mW5vabcKx", "ghp_myourt2heredummy9Z"] {
            assert!(!is_filler(value.as_bytes(), b"ghp_"), "{value}");
        }
    }

    #[test]
    fn what_counts_or_repeats_is_no_plain_filler() {
        for value in [
            "abcd1234abcd1234abcd1234",
            "98765432109876543210987654",
            "000102030405060708090A0B0C0D0E0F",
            "6162636465666768696a6b6c6d6e6f71",
            "00112233445566778899aabbccddeeff",
            "cafebabedeadbeefbeefcafecafebabe",
            "aabbccddeeffgghh",
            "123456788ABCDEFGHIJKLMNOPQR",
            "1234567890abcdef1234567890abcdef",
            "fedcba9876543210fedcba9876543210",
            "12345678-1234-1234-1234-123456789012",
            "123456_78901-2345678901-23456",
            "q8Ztq8_Ztq8Zt-q8Ztq8Ztq8",
            "q8ZtR2mffffffffff5vK27pQ",
        ] {
            assert_eq!(made_up(value.as_bytes(), b""), MadeUp::Patterned, "{value}");
        }
        for value in
            ["••••••", "ZZZZZZZZZZZZ", "xxxxxxxxab12", "abcdefghijklmnopqrstuvwx", "your-token"]
        {
            assert_eq!(made_up(value.as_bytes(), b""), MadeUp::Filler, "{value}");
        }
    }

    #[test]
    fn words_behind_a_prefix_are_told_from_what_is_drawn() {
        for value in [
            "sm_pat_applicationTokenName",
            "sm_pat_default_template_settings",
            "sm_pat_configurationManager12",
        ] {
            assert!(is_written(value.as_bytes(), b"sm_pat_"), "{value}");
            assert!(!is_written(value.as_bytes(), b"") && !is_written(value.as_bytes(), b"x"));
        }
        for class in ["base62:16", "alpha:34", "hex:40", "base32:26", "base64url:43", "lower:20"] {
            for seed in 0..5_000 {
                let value = expand(&format!("sm_pat_{{{class}}}"), seed).unwrap();
                assert!(!is_written(value.as_bytes(), b"sm_pat_"), "{class}, seed {seed}");
            }
        }
    }

    #[test]
    fn random_tokens_are_never_hidden() {
        for class in
            ["base62:20", "alpha:34", "hex:16", "hex:32", "base32:26", "base64url:43", "digit:20"]
        {
            for seed in 0..20_000 {
                let value = expand(&format!("{{{class}}}"), seed).unwrap();
                assert!(!is_filler(value.as_bytes(), b""), "{class}, seed {seed}: {value}");
            }
        }
    }

    #[test]
    fn what_vendors_publish_is_known_by_its_hash_alone() {
        // The example secret key of the AWS documentation, in two parts.
        let key = ["wJalrXUtnFEMI/K7MDENG", "/bPxRfiCYEXAMPLEKEY"].concat();
        assert!(is_published_example(key.as_bytes()));
        // The client of RFC 5849, 1.2, and an unlock key of Docker's documentation.
        assert!(is_published_example(["dpf43f3p", "2l4k3l03"].concat().as_bytes()));
        let key = ["SWMKEY-1-7c37Cc8654o6p38Hnr", "oywCi19pllOnGtbdZEgtKxZu8"].concat();
        assert!(is_published_example(key.as_bytes()));
        // The client of Twitter's documentation.
        assert!(is_published_example(["xvz1evFS4wE", "EPTGEFPHBog"].concat().as_bytes()));
        // The key that every copy of OpenSSL checks its module with.
        let key = ["f4556650ac31d35461610bac4ed81b1a", "181b2d8a43ea2854cbae22ca74560813"].concat();
        assert!(is_published_example(key.as_bytes()));
        // The hash in Laravel's factory of users, a token of jwt.io.
        let hash = ["$2y$10$92IXUNpkjO0rOQ5byMi.Ye4o", "KoEa3Ro9llC/.og/at2.uheWG/igi"].concat();
        assert!(is_published_example(hash.as_bytes()));
        let head =
            ["eyJhbGciOiJIUzI1NiIsInR5cCI6", "IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0"].concat();
        let token = [&head, ".dozjgNryP4J3jVmNHl0w5N_", "XgL0n3I9PlFUP0THsR8U"].concat();
        assert!(is_published_example(token.as_bytes()));
        assert!(!is_published_example(b"wJalr"));
    }

    #[test]
    fn what_stands_for_any_value_is_told() {
        for value in ["foobarbaz", "bar12", "foosecret", "bar_token1", "abc123"] {
            assert!(is_anything(value.as_bytes()), "{value}");
        }
        for value in ["foobarx", "foxsecret"] {
            assert!(!is_anything(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn the_list_of_examples_holds_hashes_only() {
        for line in EXAMPLES.entries() {
            assert!(line.len() == 16 && line.iter().all(u8::is_ascii_hexdigit));
        }
    }
}
