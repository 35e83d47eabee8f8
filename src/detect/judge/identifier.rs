//! Values that say which one is meant, as their name tells: of a cache, of a key of PGP, of a
//! variable, of a right, of a page.

use super::promise::Kind;
use super::{Operator, Question, shape};

/// Whether the value is no secret by what it is called.
pub(super) fn is_identifier(question: &Question<'_>) -> bool {
    is_named_id(question)
        || is_of_cache(question)
        || is_number_of_key(question)
        || is_named_variable(question)
        || is_site_key(question)
        || is_run(question)
        || is_named_by(question)
        || is_head_of_token(question)
        || is_table(question)
        || is_of_a_test(question)
        || is_key_to_search(question)
        || is_constant_of_chain(question)
        || is_key_of_channels(question)
        || is_id_of_livekit(question)
}

/// `NEXT_PUBLIC_ALGOLIA_SEARCH_KEY`: what a page searches with, in the open.
fn is_key_to_search(question: &Question<'_>) -> bool {
    let says = |word: &[u8]| question.words.iter().any(|own| own == word);
    matches!(question.kind, Kind::ApiKey | Kind::Key)
        && says(b"search")
        && [&b"algolia"[..], b"only", b"public"].iter().any(|word| says(word))
}

/// `LIVEKIT_API_KEY=API…`: which key; what signs with it is called a secret.
fn is_id_of_livekit(question: &Question<'_>) -> bool {
    question.words.joined().ends_with(b"livekitapikey") && question.value.starts_with(b"API")
}

/// `PUSHER_APP_KEY`: what a page opens a channel with; the secret beside it is called so.
fn is_key_of_channels(question: &Question<'_>) -> bool {
    let name = question.words.joined();
    name.ends_with(b"pusherappkey") || name.ends_with(b"pusherkey")
}

/// `MINTER_ROLE_KEY = '0x9f2d…'`: the hash of a name, or a place on a chain; the key of an
/// account is called after whose it is.
fn is_constant_of_chain(question: &Question<'_>) -> bool {
    const CONSTANTS: [&[u8]; 10] = [
        b"role",
        b"slot",
        b"storage",
        b"domain",
        b"separator",
        b"pool",
        b"hash",
        b"topic",
        b"position",
        b"market",
    ];
    let hash = question.value.strip_prefix(b"0x").unwrap_or_default();
    question.kind == Kind::Key
        && hash.len() == 64
        && shape::is_digest(hash)
        && question.words.iter().any(|word| CONSTANTS.contains(&word))
}

/// `quarry_orm_test`: words of letters joined by `_` or `-`, one of which says that it is for a
/// test.
fn is_of_a_test(question: &Question<'_>) -> bool {
    let value = question.value;
    let mut words = value.split(|b| b"_-".contains(b));
    let is_test = |word: &[u8]| {
        [&b"test"[..], b"tests", b"testing"].iter().any(|test| word.eq_ignore_ascii_case(test))
    };
    question.kind == Kind::Password
        && value.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b))
        && words.clone().count() > 1
        && words.any(is_test)
}

/// `tokenData:"j~RRXY[]^[pq["`: a table of a parser.
fn is_table(question: &Question<'_>) -> bool {
    question.words.joined().ends_with(b"tokendata")
        && question.value.iter().any(|b| b"[]{}^".contains(b))
}

/// `eyJhbGciOiJSUzI1NiIsImtpZCI6Imlr`: how a token is signed, and no more of it but in words
/// (`….payload.sig`; RFC 7515, 4).
fn is_head_of_token(question: &Question<'_>) -> bool {
    const LONGEST: usize = 40;
    let heads: [&[u8]; 2] = [b"eyJhbGciOi", b"eyJ0eXAiOi"];
    heads.iter().any(|head| question.value.starts_with(head))
        && match memchr::memchr(b'.', question.value) {
            Some(dot) => super::is_worded(&question.value[dot + 1..]),
            None => question.value.len() < LONGEST,
        }
}

/// `"token": "QA-DJ1IYUTG"`, `"call_…|fc_…"`: which run, which call of a tool.
fn is_run(question: &Question<'_>) -> bool {
    let in_run = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let dash = memchr::memchr(b'-', question.value).unwrap_or(0);
    let (kind, run) = question.value.split_at(dash);
    let is_marker = (2..=3).contains(&kind.len())
        && kind.iter().all(u8::is_ascii_uppercase)
        && run.len() == 9
        && run[1..].iter().all(in_run);
    question.kind == Kind::Token && (is_marker || question.value.starts_with(b"call_"))
}

/// A UUID that is made of a name (RFC 9562, versions 3 and 5), so that nobody need draw it.
fn is_named_by(question: &Question<'_>) -> bool {
    const VERSION: usize = 14;
    const VARIANT: usize = 19;
    question.kind == Kind::Token
        && shape::is_uuid(question.value)
        && matches!(question.value[VERSION], b'3' | b'5')
        && matches!(question.value[VARIANT], b'8' | b'9' | b'a' | b'b')
}

/// `"key": "<MD5>"`, `"key": "Linux-<SHA-1>"`: the digest that something is filed under.
pub(super) fn is_entry_of_a_map(question: &Question<'_>) -> bool {
    question.words.joined() == b"key"
        && question.operator == Operator::Colon
        && question.value.rsplit(|&b| b == b'-').next().is_some_and(shape::is_digest)
}

/// `cached_token_key = "<SHA-1>"`: the digest of what is kept.
fn is_of_cache(question: &Question<'_>) -> bool {
    shape::is_digest(question.value) && question.words.iter().any(|word| word == b"cached")
}

/// `signingkey = 3B1C9F27D1A4E880`, `docker_repokey: …`, `key_groups:` of sops: which key of
/// PGP, by its number.
fn is_number_of_key(question: &Question<'_>) -> bool {
    let value = question.value;
    matches!(value.len(), 8 | 16 | 40)
        && value.iter().all(u8::is_ascii_hexdigit)
        && [&b"signingkey"[..], b"repokey", b"keygroups"]
            .iter()
            .any(|name| question.words.joined().ends_with(name))
}

/// `kPasswordEnv = "PGPASSFILE"`: the name of a variable, as the name says; `--password-from-env
/// joe`, where a variable holds it.
fn is_named_variable(question: &Question<'_>) -> bool {
    let words = question.words;
    let last = |back: usize| words.len().checked_sub(back).map(|at| words.get(at));
    matches!(last(1), Some(b"env" | b"envvar"))
        && (last(2) == Some(b"from")
            || question.value.iter().all(|b| b.is_ascii_uppercase() || *b == b'_'))
}

/// `GUID_DRS_UNEXPIRE_PASSWORD = "ccc2dc7d-…"`: which right is meant, as the name says.
fn is_named_id(question: &Question<'_>) -> bool {
    question.kind == Kind::Password
        && shape::is_uuid(question.value)
        && question.words.iter().any(|word| word == b"guid" || word == b"uuid")
}

/// `site_key: 6L…`: what a page shows to reCAPTCHA; its secret begins so, too.
fn is_site_key(question: &Question<'_>) -> bool {
    question.value.starts_with(b"6L") && question.words.joined().ends_with(b"sitekey")
}
