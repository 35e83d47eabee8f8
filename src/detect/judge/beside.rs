//! What stands beside a value and says that it is no secret, not all of one, or one that
//! pages show.

use bstr::ByteSlice as _;

use crate::detect::Candidate;
use crate::detect::text::line;
use crate::model::{Detector, Span, Strength};

/// How far around a value its kind may stand.
const NEAR: usize = 160;

/// How far behind a value its signatures may begin.
const SIGNED: usize = 64;

/// Whether what stands behind it, or around it, says that it is no secret or not all of one.
pub(super) fn is_public(candidate: &Candidate, text: &[u8]) -> bool {
    is_signed(candidate, text)
        || is_elided(candidate, text)
        || is_of_search(candidate, text)
        || is_fingerprint(candidate, text)
        || is_challenge(candidate, text)
        || is_of_assembly(candidate, text)
        || is_case(candidate, text)
}

/// `{ password: 'alllowercase1!', ok: false }`: a case of what checks how strong passwords are,
/// which is nobody's.
fn is_case(candidate: &Candidate, text: &[u8]) -> bool {
    const OUTCOMES: [&[u8]; 8] =
        [b"ok", b"valid", b"isValid", b"is_valid", b"score", b"strong", b"reason", b"strength"];
    let before = line::before(text, candidate.span.start);
    let before = before.trim_end_with(|c| "\"'`: ".contains(c)).strip_suffix(b"password");
    let head = before.map(|head| head.trim_end_with(|c| "\"' ".contains(c)));
    let rest = line::rest(text, candidate.span.end).trim_start_with(|c| "\"'` ".contains(c));
    let outcome = rest.strip_prefix(b",").map(|rest| rest.trim_start_with(|c| "\"' ".contains(c)));
    let is_said = |rest: &[u8]| {
        OUTCOMES.iter().any(|name| {
            let behind = rest.strip_prefix(*name).unwrap_or_default();
            behind.trim_start_with(|c| "\"' ".contains(c)).starts_with(b":")
        })
    };
    candidate.rule.id == "generic-password"
        && candidate.strength == Strength::Weak
        && head.is_some_and(|head| head.ends_with(b"{"))
        && outcome.is_some_and(is_said)
}

/// `apiKey: "AIza…", authDomain: "…firebaseapp.com"`: what a page shows to Firebase.
pub(super) fn is_of_web_app(candidate: &Candidate, text: &[u8]) -> bool {
    const MEMBERS: [&[u8]; 3] = [b"authDomain", b"firebaseapp.com", b"messagingSenderId"];
    candidate.rule.id == "google-api-key"
        && MEMBERS.iter().any(|name| memchr::memmem::find(around(candidate, text), name).is_some())
}

/// `Bearer eyJhbGci...`: what follows is left out.
fn is_elided(candidate: &Candidate, text: &[u8]) -> bool {
    let behind = &text[candidate.span.end..];
    candidate.rule.detector == Detector::Assignment
        && (behind.starts_with(b"...") || behind.starts_with("…".as_bytes()))
}

/// `appId: "…", apiKey: "…", indexName: "…"`: what pages search with (`DocSearch`). Whoever
/// writes into an index says so.
fn is_of_search(candidate: &Candidate, text: &[u8]) -> bool {
    let before = line::before(text, candidate.span.start);
    is_beside_index(candidate, text)
        && memchr::memmem::find(around(candidate, text), b"appId").is_some()
        && ![&b"dmin"[..], b"write"].iter().any(|word| memchr::memmem::find(before, word).is_some())
}

/// `apiKey: "…", indexName: "…"`: whoever writes into an index names it elsewhere, as a rule.
pub(super) fn is_beside_index(candidate: &Candidate, text: &[u8]) -> bool {
    candidate.rule.id == "algolia-credential"
        && memchr::memmem::find(around(candidate, text), b"indexName").is_some()
}

/// What stands near a value.
fn around<'t>(candidate: &Candidate, text: &'t [u8]) -> &'t [u8] {
    let Span { start, end } = candidate.span;
    &text[start.saturating_sub(NEAR)..text.len().min(end + NEAR)]
}

/// `The PGP key F2871B…`, `default-key F2871B…` of `gpg.conf`: which key it is.
fn is_fingerprint(candidate: &Candidate, text: &[u8]) -> bool {
    let value = candidate.span.of(text);
    let before = line::before(text, candidate.span.start);
    let near = before[before.len().saturating_sub(32)..].to_ascii_lowercase();
    candidate.rule.id == "generic-api-key"
        && matches!(value.len(), 16 | 40)
        && value.iter().all(u8::is_ascii_hexdigit)
        && [&b"pgp"[..], b"gpg", b"default-key"]
            .iter()
            .any(|kind| memchr::memmem::find(&near, kind).is_some())
}

/// `challenges.HTTP01(token=b"…")`, `"type": "http-01", "token": "…"`: what whoever wants a
/// certificate publishes (RFC 8555, 8).
fn is_challenge(candidate: &Candidate, text: &[u8]) -> bool {
    const KINDS: [&[u8]; 5] = [b"HTTP01(", b"DNS01(", b"TLSALPN01(", b"\"http-01\"", b"\"dns-01\""];
    let before = line::before(text, candidate.span.start);
    let name = before.trim_end_with(|c| "\"'=: b".contains(c)).strip_suffix(b"token");
    let is_alone =
        |head: &[u8]| !head.last().is_some_and(|b| b.is_ascii_alphanumeric() || b"_-.".contains(b));
    let around = || around(candidate, text);
    candidate.rule.id == "generic-token"
        && name.is_some_and(is_alone)
        && KINDS.iter().any(|kind| memchr::memmem::find(around(), kind).is_some())
}

/// `PublicKeyToken=b77a…`: the end of the hash of a public key, by which .NET names assemblies.
fn is_of_assembly(candidate: &Candidate, text: &[u8]) -> bool {
    const WORDS: [&[u8]; 4] = [b"publickey", b"pubkey", b"lickeytoken", b"pktoken"];
    let value = candidate.span.of(text);
    let is_token = value.len() == 16 && value.iter().all(u8::is_ascii_hexdigit)
        || memchr::memchr_iter(b',', value).count() == 7;
    let said = || {
        let mut said = around(candidate, text).to_ascii_lowercase();
        said.retain(u8::is_ascii_alphabetic);
        said
    };
    candidate.rule.id == "generic-token"
        && is_token
        && WORDS.iter().any(|word| memchr::memmem::find(&said(), word).is_some())
}

/// `"key": "…", "signatures": {`: what is signed and handed around, as in Matrix.
fn is_signed(candidate: &Candidate, text: &[u8]) -> bool {
    let behind = &text[candidate.span.end..(candidate.span.end + SIGNED).min(text.len())];
    let next = behind.trim_start_with(|c| "\\\", \r\n".contains(c));
    candidate.rule.detector == Detector::Assignment && next.starts_with(b"signatures")
}

#[cfg(test)]
mod tests {
    use super::super::rehearsal;
    use crate::detect::Scanner;
    use crate::model::{Confidence, RepoPath};
    use crate::rules::RuleSet;
    use crate::rules::template::expand;

    #[test]
    fn what_is_signed_or_left_out_is_none() {
        let scanner = Scanner::new(RuleSet::builtin());
        for (text, count) in [
            (r#"{{"apiKey": "{base62:43}", "signatures": {{}}}}"#, 0),
            (r#"{{"apiKey": "{base62:43}", "comment": {{}}}}"#, 1),
            ("chall = HTTP01(token=\"{base62:32}\")", 0),
            ("dns: \"dns-01\", api_token: \"{base62:32}\"", 1),
            ("GPG_PASSPHRASE: \"{hex:40}\"", 1),
            ("chall = Thing01(token=\"{base62:32}\")", 1),
            ("The PGP key `{HEX:40}` signs it", 0),
            ("The API key `{HEX:40}` signs it", 1),
            ("X, PublicKeyToken=1c{hex:14}", 0),
            ("Version=4.0, KeyToken=1c{hex:14}", 1),
            ("Authorization: Bearer {base62:32}...", 0),
            ("Authorization: Bearer {base62:32}", 1),
            ("{{ password: 'alllowercase1!', ok: false }},", 0),
            ("{{password: 'Tr0ub4dour&3', score: 2}}", 0),
            ("{{ password: 'alllowercase1!', user: ok }},", 1),
            (r#"{{"user": "joe", "password": "Winter2024!", "valid": true}}"#, 1),
        ] {
            let text = expand(text, 3).unwrap();
            let path = RepoPath::new("a.md");
            let mut found = scanner.candidates(text.as_bytes(), &path);
            rehearsal::strike(&mut found, text.as_bytes(), &path);
            assert_eq!(found.len(), count, "{text}");
        }
    }

    #[test]
    fn the_key_of_a_page_for_firebase_is_doubted() {
        let scanner = Scanner::new(RuleSet::builtin());
        for (text, expected) in [
            ("{{ apiKey: 'AIzaSy{base62:33}', authDomain: 'a.firebaseapp.com' }}", Confidence::Low),
            ("{{ apiKey: 'AIzaSy{base62:33}', model: 'gemini-3' }}", Confidence::High),
        ] {
            let text = expand(text, 3).unwrap();
            let path = RepoPath::new("a.ts");
            let mut found = scanner.candidates(text.as_bytes(), &path);
            scanner.doubt(&mut found, text.as_bytes(), &path);
            assert_eq!(found[0].confidence, expected, "{text}");
        }
    }
}
