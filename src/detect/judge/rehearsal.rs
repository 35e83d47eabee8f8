//! What tests and guides make up: values that only play a secret. The folder
//! alone does not say so, for tests leak real secrets too: the value must show it
//! as well, and a token or key that a machine drew is kept, unless what it gives stands
//! beside it. Hashes of passwords are the exception: nothing in one says what was hashed,
//! and nearly all of those in such files are of the test's own password.

use std::borrow::Cow;

use bstr::ByteSlice as _;

use super::beside::is_public;
use super::promise::logs_in;
use super::sample::Schema;
use super::{encoded, is_no_password, shape, vector, vocabulary};
use crate::detect::Candidate;
use crate::detect::stage::{Stage, Stages};
use crate::detect::text::line;
use crate::model::{Detector, RepoPath, Strength, without_percent};

/// Removes what the file at `path` only makes up.
pub(in crate::detect) fn strike(found: &mut Vec<Candidate>, text: &[u8], path: &RepoPath) {
    if found.is_empty() {
        return;
    }
    let stages = Stages::of(path, text);
    let schema = Schema::of(text, path);
    let is_shown =
        |candidate: &Candidate| candidate.strength == Strength::Weak && schema.shows(candidate);
    found.retain(|candidate| match stages.at(candidate.span.start) {
        _ if is_shown(candidate) || is_public(candidate, text) => false,
        Stage::Live | Stage::Workshop => {
            !is_template(candidate, text) && !is_result(candidate, text)
        }
        Stage::Rehearsal | Stage::Lesson if is_of_path(candidate, text, path) => false,
        stage @ (Stage::Rehearsal | Stage::Lesson) => !is_made_up(stage, candidate, text),
    });
}

fn is_made_up(stage: Stage, candidate: &Candidate, text: &[u8]) -> bool {
    // Of these the folder decides alone.
    let is_hash = |id: &str| id.starts_with("password-hash-") || id == "ntlm-authenticate-message";
    if is_hash(candidate.rule.id) {
        return true;
    }
    let value = plain(candidate, text);
    if is_verifier(&value) {
        return true;
    }
    let before = line::before(text, candidate.span.start);
    match candidate.rule.detector {
        Detector::Assignment if vector::is_vector(candidate, text) => true,
        Detector::Assignment | Detector::Pattern if is_pair(stage, &value) => true,
        Detector::Assignment if says_password(stage, candidate.strength, &value) => true,
        _ if candidate.strength == Strength::Strong => false,
        Detector::Url => is_lettered(&value) || is_played(stage, &without_percent(&value), before),
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

/// `md5<MD5>`, `SCRAM-SHA-256$4096:…`, `*<SHA-1>`: the hash of a password, as `PostgreSQL` and
/// `MySQL` keep it.
fn is_verifier(value: &[u8]) -> bool {
    let is_hash = |kind: &[u8], len| {
        value.strip_prefix(kind).is_some_and(|hash| hash.len() == len && shape::is_digest(hash))
    };
    is_hash(b"md5", 32) || is_hash(b"*", 40) || value.starts_with(b"SCRAM-SHA-256$")
}

/// What a person wrote: of a member of a Kubernetes Secret what its base64 holds.
pub(super) fn plain<'t>(candidate: &'t Candidate, text: &'t [u8]) -> Cow<'t, [u8]> {
    let value = candidate.value(text);
    let is_member = candidate.rule.id == "kubernetes-secret";
    let decoded = is_member.then(|| encoded::decode(&value)).flatten();
    decoded.map_or(value, |decoded| Cow::Owned(decoded.trim_ascii().to_vec()))
}

/// Whether the password of a test or a guide is the name of what it is about: of a
/// folder, of the file.
pub(super) fn is_of_path(candidate: &Candidate, text: &[u8], path: &RepoPath) -> bool {
    let value = candidate.value(text);
    let mut words = path.as_bytes().split(|b| !b.is_ascii_alphabetic());
    matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
        && value.len() > 3
        && words.any(|word| word.eq_ignore_ascii_case(&value))
}

/// Passwords that everybody has read of: "Horse Feathers" (1932), xkcd 936, redis.conf.
const FAMOUS: [&[u8]; 3] = [b"swordfish", b"correcthorsebatterystaple", b"foobared"];

/// Whether a setting is commented out whose password says that it is one, or is words
/// in disguise: `# api.password: "s3cUreP4$$w0rD"`.
fn is_template(candidate: &Candidate, text: &[u8]) -> bool {
    let value = candidate.value(text);
    candidate.strength == Strength::Weak
        && candidate.rule.detector == Detector::Assignment
        && line::is_comment(line::before(text, candidate.span.start))
        && (says_password(Stage::Lesson, Strength::Weak, &value)
            || undisguised(&value) != value.to_ascii_lowercase() && is_joined(&value))
}

/// `# => "$2a$…"`: the hash that a line of code gives, as a comment beside it shows.
fn is_result(candidate: &Candidate, text: &[u8]) -> bool {
    let before = line::before(text, candidate.span.start).trim_end_with(|c| "\"' ".contains(c));
    let marks: [&[u8]; 4] = [b"# =>", b"#=>", b"// =>", b"//=>"];
    candidate.rule.id.starts_with("password-hash-")
        && marks.iter().any(|mark| before.ends_with(mark))
}

/// Base64 of a user and a password that say what they are: `testuser:testpass`, in a
/// test also `test:test`.
fn is_pair(stage: Stage, value: &[u8]) -> bool {
    encoded::pair(value).is_some_and(|pair| {
        let (user, password) = pair.split();
        let user = user.to_ascii_lowercase();
        (user.ends_with(b"user") || user.ends_with(b"username")) && names_itself(password)
            || stage == Stage::Rehearsal
                && (user.is_empty() || shape::is_bare_word(&user))
                && (password.len() < 4 || is_no_password(password) || names_itself(password))
            || is_disguised(password) && !shape::is_bare_word(password)
    })
}

/// `testpass123`: words, one of which says that it is a password.
pub(super) fn names_itself(password: &[u8]) -> bool {
    let stem = without_number(password).to_ascii_lowercase();
    [&b"password"[..], b"pass", b"secret"].iter().any(|name| {
        let others = stem.strip_suffix(*name).or_else(|| stem.strip_prefix(*name));
        others.is_some_and(vocabulary::is_spelled)
    })
}

/// `longerpassword`, `L0ngerPassword!`: whatever else it says, it says what it is.
/// What a machine may have drawn must be letters alone, and what holds a digit may be
/// somebody's. In guides the word may be in disguise; in tests people take such words
/// for passwords.
fn says_password(stage: Stage, strength: Strength, value: &[u8]) -> bool {
    let lower = match stage {
        Stage::Lesson => undisguised(value),
        Stage::Live | Stage::Workshop | Stage::Rehearsal => value.to_ascii_lowercase(),
    };
    let is_allowed = match strength {
        Strength::Weak => |b: &u8| !b.is_ascii_digit(),
        Strength::Strong => u8::is_ascii_alphabetic,
    };
    lower.iter().all(is_allowed) && memchr::memmem::find(&lower, b"password").is_some()
}

/// Whether it is plainly no more than a word for a password: in a test's call that
/// logs in, any letters.
fn is_played(stage: Stage, value: &[u8], before: &[u8]) -> bool {
    let is_lettered = value.iter().all(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    stage == Stage::Rehearsal && (vocabulary::is_word(value) || is_lettered && is_login(before))
        || stage == Stage::Rehearsal && value.iter().all(u8::is_ascii_digit)
        || is_famous(value)
        || is_remark(before)
        || is_disguised(value)
        || is_numbered(value)
        || is_styled(value)
        || is_joined(value)
        || stage == Stage::Rehearsal && is_label(value)
        || is_echo(value, before)
}

/// Whether a line ends behind the user in a call that logs in: `basic_auth("joe", "`.
fn is_login(before: &[u8]) -> bool {
    let open = memchr::memrchr(b'(', before);
    open.is_some_and(|open| logs_in(&before[..open]))
}

fn is_famous(value: &[u8]) -> bool {
    let joined: Vec<u8> =
        value.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    FAMOUS.contains(&joined.as_slice())
}

/// Whether it is commented out. `*` is an item of a list in a guide.
fn is_remark(before: &[u8]) -> bool {
    line::is_comment(before) && !before.trim_ascii_start().starts_with(b"*")
}

/// Whether no digit is in it but those of `%2F`: the password of a URL that
/// shows what URLs are.
fn is_lettered(value: &[u8]) -> bool {
    !encoded::unescaped(value).iter().any(u8::is_ascii_digit)
}

/// `p@ssw0rd`, `s3cr3t`, `password123`: a word for a password in disguise.
fn is_disguised(value: &[u8]) -> bool {
    let stem = without_number(value);
    let plain = undisguised(stem);
    shape::NAMING.holds(&plain)
        || plain.iter().all(u8::is_ascii_alphabetic)
            && value.iter().all(u8::is_ascii_alphanumeric)
            && !stem.eq_ignore_ascii_case(&plain)
            && vocabulary::is_spelled(&plain)
}

fn without_number(value: &[u8]) -> &[u8] {
    value.trim_end_with(|c| c.is_ascii_digit())
}

/// In lower case, with letters for the digits and marks that look like them.
pub(super) fn undisguised(value: &[u8]) -> Vec<u8> {
    let letter = |b: &u8| match b {
        b'0' => b'o',
        b'1' | b'!' => b'i',
        b'3' => b'e',
        b'4' | b'@' => b'a',
        b'5' | b'$' => b's',
        b'7' => b't',
        letter => letter.to_ascii_lowercase(),
    };
    value.iter().map(letter).collect()
}

/// `test123456`, `123secret`: a word and two digits or more. One alone proves
/// little: `hunter2`; and a year behind a capitalised word is what people choose:
/// `Spring2018`.
fn is_numbered(value: &[u8]) -> bool {
    let word = value.trim_with(|c| c.is_ascii_digit()).to_ascii_lowercase();
    value.len() - word.len() > 1 && vocabulary::is_word(&word) && !ends_with_year(value)
}

fn ends_with_year(value: &[u8]) -> bool {
    let year = &value[without_number(value).len()..];
    year.len() == 4
        && [&b"19"[..], b"20"].iter().any(|century| year.starts_with(century))
        && value.first().is_some_and(u8::is_ascii_uppercase)
}

/// `CredTest`, `INTERNAL`: words of code in the style of a name.
fn is_styled(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_alphabetic)
        && value.iter().skip(1).any(u8::is_ascii_uppercase)
        && vocabulary::is_spelled(&value.to_ascii_lowercase())
}

/// Words joined by marks: `alone-in-the-dark`, `pass:word`, `foo%bar`, `123_or_no`;
/// by plain ones also in disguise: `v3ry-s3cur3!`.
fn is_joined(value: &[u8]) -> bool {
    let mut parts = value.split(u8::is_ascii_punctuation).filter(|part| !part.is_empty());
    let words = parts.clone().filter(|part| part.len() > 2).count();
    let is_plain = value.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.!".contains(b));
    words > 0
        && value.iter().any(u8::is_ascii_punctuation)
        && parts.all(|part| {
            part.len() < 3
                || part.iter().all(u8::is_ascii_digit)
                || vocabulary::is_spelled(&part.to_ascii_lowercase())
                || is_plain && vocabulary::is_spelled(&undisguised(part))
        })
}

/// `acme-api-key-1234`, `acme_pat_abc123`: words and numbers joined by marks, one of which
/// says what it is or that it is none.
pub(super) fn is_label(value: &[u8]) -> bool {
    const NONE: [&[u8]; 4] = [b"test", b"fake", b"mock", b"dummy"];
    let parts = || value.split(|b| b"-_.".contains(b));
    let says = |part: &[u8]| {
        let word = without_number(part).to_ascii_lowercase();
        shape::NAMING.holds(&word) || NONE.contains(&&word[..])
    };
    let is_of_one_kind = |part: &[u8]| {
        [u8::is_ascii_alphabetic, u8::is_ascii_digit].iter().any(|is| part.iter().all(is))
    };
    parts().count() > 1
        && parts().all(|part| is_of_one_kind(part) || says(part))
        && parts().any(says)
}

/// Whether it says once more what stands before it on its line, with an ending
/// that says password or counts: `minio:minio123`, `user=joe pass=joe`.
pub(super) fn is_echo(value: &[u8], before: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let stem = lower.trim_end_with(|c| !c.is_ascii_alphabetic());
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
