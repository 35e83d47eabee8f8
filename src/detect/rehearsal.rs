//! What tests and guides make up: values that only play a secret. The folder
//! alone does not say so, for tests leak real secrets too: the value must show it
//! as well, and a token or key that a machine drew is always kept. Hashes of
//! passwords are the exception: nothing in one says what was hashed, and nearly
//! all of those in such files are of the test's own password.

use super::assign::site::is_login;
use super::assign::{header, line, shape};
use super::stage::{Stage, Stages};
use super::{Candidate, vocabulary};
use crate::model::{Detector, RepoPath, Strength};

/// Removes what the file at `path` only makes up.
pub(super) fn strike(found: &mut Vec<Candidate>, text: &[u8], path: &RepoPath) {
    if found.is_empty() {
        return;
    }
    let stages = Stages::of(path, text);
    found.retain(|candidate| match stages.at(candidate.span.start) {
        Stage::Live => true,
        Stage::Rehearsal if is_of_path(candidate, text, path) => false,
        stage @ (Stage::Rehearsal | Stage::Lesson) => !is_made_up(stage, candidate, text),
    });
}

fn is_made_up(stage: Stage, candidate: &Candidate, text: &[u8]) -> bool {
    // Of these the folder decides alone.
    let is_hash = |id: &str| id.starts_with("password-hash-") || id == "ntlm-authenticate-message";
    if is_hash(candidate.rule.id) {
        return true;
    }
    let value = candidate.value(text);
    let before = line::before(text, candidate.span.start);
    match candidate.rule.detector {
        Detector::Assignment | Detector::Pattern if is_pair(&value) => true,
        _ if candidate.strength == Strength::Strong => false,
        Detector::Url => is_lettered(&value) || is_played(stage, &value, before),
        Detector::Assignment => is_played(stage, &value, before),
        Detector::Pattern
        | Detector::Near
        | Detector::Armor
        | Detector::Jwk
        | Detector::Path
        | Detector::LocalEnv
        | Detector::Exposure => false,
    }
}

/// Whether a test's password is the name of what it tests: of a folder, of the file.
fn is_of_path(candidate: &Candidate, text: &[u8], path: &RepoPath) -> bool {
    let value = candidate.value(text);
    let mut words = path.as_bytes().split(|b| !b.is_ascii_alphabetic());
    matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
        && value.len() > 3
        && words.any(|word| word.eq_ignore_ascii_case(&value))
}

/// Base64 of a user and a password that say what they are: `testuser:testpass`.
fn is_pair(value: &[u8]) -> bool {
    header::pair(value).is_some_and(|pair| {
        let (user, password) = pair.split();
        let user = user.to_ascii_lowercase();
        (user.ends_with(b"user") || user.ends_with(b"username")) && names_itself(password)
    })
}

/// `testpass123`: words, one of which says that it is a password.
fn names_itself(password: &[u8]) -> bool {
    let lower = password.to_ascii_lowercase();
    let digits = lower.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let lower = &lower[..lower.len() - digits];
    [&b"password"[..], b"pass", b"secret"].iter().any(|name| {
        let others = lower.strip_suffix(*name).or_else(|| lower.strip_prefix(*name));
        others.is_some_and(vocabulary::is_spelled)
    })
}

/// Whether it is plainly no more than a word for a password: in a test's call that
/// logs in, any letters.
fn is_played(stage: Stage, value: &[u8], before: &[u8]) -> bool {
    let is_lettered = value.iter().all(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    stage == Stage::Rehearsal && (vocabulary::is_word(value) || is_lettered && is_login(before))
        || is_remark(before)
        || is_disguised(value)
        || is_joined(value)
        || is_echo(value, before)
}

/// Whether it is commented out. `*` is an item of a list in a guide.
fn is_remark(before: &[u8]) -> bool {
    line::is_comment(before) && !before.trim_ascii_start().starts_with(b"*")
}

/// Whether no digit is in it but those of `%2F`: the password of a URL that
/// shows what URLs are.
fn is_lettered(value: &[u8]) -> bool {
    let mut parts = value.split(|&b| b == b'%');
    let first = parts.next().unwrap_or_default();
    let encoded = parts.map(|part| part.get(2..).unwrap_or_default());
    std::iter::once(first).chain(encoded).flatten().all(|b| !b.is_ascii_digit())
}

/// `p@ssw0rd`, `s3cr3t`, `password123`: a word for a password in disguise.
fn is_disguised(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let plain: Vec<u8> = value[..value.len() - digits]
        .iter()
        .map(|b| match b {
            b'0' => b'o',
            b'1' | b'!' => b'i',
            b'3' => b'e',
            b'4' | b'@' => b'a',
            b'5' | b'$' => b's',
            b'7' => b't',
            letter => letter.to_ascii_lowercase(),
        })
        .collect();
    shape::NAMING.holds(&plain)
}

/// Words joined by marks: `alone-in-the-dark`, `pass:word`, `foo%bar`, `123_or_no`.
fn is_joined(value: &[u8]) -> bool {
    let mut parts = value.split(u8::is_ascii_punctuation).filter(|part| !part.is_empty());
    let words = parts.clone().filter(|part| part.len() > 2).count();
    words > 0
        && value.iter().any(u8::is_ascii_punctuation)
        && parts.all(|part| {
            part.len() < 3
                || part.iter().all(u8::is_ascii_digit)
                || vocabulary::is_spelled(&part.to_ascii_lowercase())
        })
}

/// Whether it says once more what stands before it on its line, with an ending
/// that says password or counts: `minio:minio123`, `user=joe pass=joe`.
fn is_echo(value: &[u8], before: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let digits = lower.iter().rev().take_while(|b| !b.is_ascii_alphabetic()).count();
    let stem = &lower[..lower.len() - digits];
    let endings: [&[u8]; 6] = [b"spassword", b"password", b"secret", b"pass", b"pwd", b"pw"];
    let stands_before = |owner: &[u8]| {
        let mut words = before.split(|b| !b.is_ascii_alphabetic());
        owner.len() >= 3
            && owner.iter().all(u8::is_ascii_alphabetic)
            && words.any(|word| word.eq_ignore_ascii_case(owner))
    };
    let mut owners = endings.iter().filter_map(|end| stem.strip_suffix(*end));
    stands_before(stem) || owners.any(stands_before)
}
