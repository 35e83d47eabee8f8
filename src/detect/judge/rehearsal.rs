//! What tests and guides make up: values that only play a secret. The folder
//! alone does not say so, for tests leak real secrets too: the value must show it
//! as well, and a token or key that a machine drew is always kept. Hashes of
//! passwords are the exception: nothing in one says what was hashed, and nearly
//! all of those in such files are of the test's own password.

use std::cell::LazyCell;

use bstr::ByteSlice as _;

use super::promise::logs_in;
use super::{encoded, is_no_password, sample, shape, vocabulary};
use crate::detect::Candidate;
use crate::detect::language::Language;
use crate::detect::stage::{Stage, Stages};
use crate::detect::text::line;
use crate::model::{Confidence, Detector, RepoPath, Span, Strength, without_percent};

/// Removes what the file at `path` only makes up.
pub(in crate::detect) fn strike(found: &mut Vec<Candidate>, text: &[u8], path: &RepoPath) {
    if found.is_empty() {
        return;
    }
    let stages = Stages::of(path, text);
    let has_members = matches!(Language::of(path, text), Language::Yaml | Language::Json);
    let is_schema = LazyCell::new(|| sample::is_schema(text));
    let is_shown = |candidate: &Candidate| {
        has_members
            && candidate.strength == Strength::Weak
            && matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
            && sample::is_shown(text, candidate.span.start)
            && *is_schema
    };
    found.retain(|candidate| match stages.at(candidate.span.start) {
        _ if is_shown(candidate) => false,
        Stage::Live | Stage::Workshop => {
            !is_template(candidate, text) && !is_result(candidate, text)
        }
        Stage::Rehearsal | Stage::Lesson if is_of_path(candidate, text, path) => false,
        stage @ (Stage::Rehearsal | Stage::Lesson) => !is_made_up(stage, candidate, text),
    });
}

/// Lowers the confidence in what a person chose for a test, a guide or the documentation
/// of code: it opens nothing, as a rule.
pub(in crate::detect) fn doubt(found: &mut [Candidate], text: &[u8], path: &RepoPath) {
    let is_chosen = |c: &&mut Candidate| {
        c.rule.detector != Detector::Exposure
            && (c.strength == Strength::Weak || is_in_disguise(c, text) || is_node(c, text))
    };
    let mut chosen = found.iter_mut().filter(is_chosen).peekable();
    if chosen.peek().is_none() {
        return;
    }
    let stages = Stages::of(path, text);
    let language = Language::of(path, text);
    let documents = |line: &[u8]| match language {
        Language::Code => line::documents(line),
        Language::Yaml | Language::Settings => line.trim_ascii_start().starts_with(b"##"),
        _ => false,
    };
    for candidate in chosen {
        let at = candidate.span.start;
        let played = match stages.at(at) {
            _ if is_node(candidate, text) => {
                "it is short and called a key, no more, so it may be an identifier"
            }
            Stage::Live | Stage::Workshop if candidate.strength == Strength::Strong => continue,
            Stage::Live if documents(line::before(text, at)) => {
                "it stands in a comment that documents, so it may be made up"
            }
            Stage::Live if is_default(candidate, text, path) => {
                "it is what everybody tries first, so it may be a default"
            }
            Stage::Live => continue,
            // A key that opens what is deployed from there.
            Stage::Workshop if vocabulary::is_random(&candidate.value(text)) => continue,
            Stage::Workshop => "it stands in what only sets up a trial, so it may be made up",
            Stage::Rehearsal => "it stands in a test, so it may be made up",
            Stage::Lesson => "it stands in a guide or an example, so it may be made up",
        };
        candidate.confidence = Confidence::Low;
        candidate.remark.get_or_insert(played);
    }
}

/// `"key":"x9Tz4kQm2LpW"`: how editors of text call the nodes of a document. Keys that open
/// something are longer, or their name says what they open.
fn is_node(candidate: &Candidate, text: &[u8]) -> bool {
    const SHORTEST_KEY: usize = 16;
    let name = line::before(text, candidate.span.start).trim_end_with(|c| "\"' :=".contains(c));
    let word = name.rsplit(|b| !b.is_ascii_alphanumeric() && !b"_-.".contains(b)).next();
    candidate.rule.detector == Detector::Assignment
        && candidate.span.len() < SHORTEST_KEY
        && word.is_some_and(|word| word.eq_ignore_ascii_case(b"key"))
}

/// Whether a value is long, but words once its digits and marks are read as letters.
fn is_in_disguise(candidate: &Candidate, text: &[u8]) -> bool {
    matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
        && vocabulary::strength(&undisguised(&candidate.value(text))) == Strength::Weak
}

/// What Java's key stores begin with (`keytool`), and what many others do.
const DEFAULTS: [&[u8]; 2] = [b"changeit", b"letmein"];

/// Whether a person tries a password first who knows what stands around it: its user's name,
/// a word that would be none without its number (`admin123`), one that says what it is.
fn is_default(candidate: &Candidate, text: &[u8], path: &RepoPath) -> bool {
    let value = candidate.value(text);
    let stem = value.trim_end_with(|c| !c.is_ascii_alphabetic());
    matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
        && (shape::is_bare_word(stem)
            || names_itself(stem)
            || DEFAULTS.contains(&&*value)
            || is_label(&value)
            || is_of_path(candidate, text, path)
            || repeats(&value, candidate.span, text)
            || repeats(&undisguised(&value), candidate.span, text))
}

/// How far before a password and behind it its user is looked for.
const NEAR: usize = 160;

/// Whether a password says once more what stands before it, two lines above it or one below:
/// `POSTGRES_USER: postgres`, `POSTGRES_PASSWORD: postgres`. The same password once more is
/// none of these, as in a URL.
fn repeats(value: &[u8], span: Span, text: &[u8]) -> bool {
    let own = line::before(text, span.start);
    let head = &text[..span.start - own.len()];
    let above = head[head.len().saturating_sub(NEAR)..].rsplit(|&b| b == b'\n').skip(1).take(2);
    let end = (span.end + NEAR).min(text.len());
    let below = text[span.end..end].split(|&b| b == b'\n').take(2);
    let is_others = |line: &&[u8]| {
        let line = line.to_ascii_lowercase();
        let holds = |name: &[u8]| memchr::memmem::find(&line, name).is_some();
        !holds(b"pass") && !holds(b"pw") && !holds(b"secret") && !holds(b"://")
    };
    let is_same = |line: &[u8]| {
        let inside = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        memchr::memmem::find_iter(line, value).any(|at| {
            let (before, behind) = (&line[..at], &line[at + value.len()..]);
            !before.last().is_some_and(inside) && !behind.first().is_some_and(inside)
        })
    };
    std::iter::once(own)
        .chain(above.chain(below).filter(is_others))
        .any(|line| is_echo(value, line) || is_same(line))
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
        Detector::Assignment | Detector::Pattern if is_pair(stage, &value) => true,
        Detector::Assignment if says_password(stage, candidate.strength, &value) => true,
        _ if candidate.strength == Strength::Strong => false,
        Detector::Url => {
            is_lettered(&value) || is_played(stage, &without_percent(&value).0, before)
        }
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

/// Whether the password of a test or a guide is the name of what it is about: of a
/// folder, of the file.
fn is_of_path(candidate: &Candidate, text: &[u8], path: &RepoPath) -> bool {
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
fn names_itself(password: &[u8]) -> bool {
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
        value.iter().filter(|b| **b != b' ').map(u8::to_ascii_lowercase).collect();
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
fn undisguised(value: &[u8]) -> Vec<u8> {
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
/// little: `hunter2`.
fn is_numbered(value: &[u8]) -> bool {
    let word = value.trim_with(|c| c.is_ascii_digit()).to_ascii_lowercase();
    value.len() - word.len() > 1 && vocabulary::is_word(&word)
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
fn is_label(value: &[u8]) -> bool {
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
fn is_echo(value: &[u8], before: &[u8]) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::detect::Scanner;
    use crate::model::{Confidence, RepoPath};
    use crate::rules::RuleSet;

    fn confidences(path: &str, text: &str) -> Vec<Confidence> {
        let scanner = Scanner::new(RuleSet::builtin());
        let (text, path) = (text.as_bytes(), RepoPath::new(path));
        let mut found = scanner.candidates(text, &path);
        scanner.doubt(&mut found, text, &path);
        found.iter().map(|candidate| candidate.confidence).collect()
    }

    #[test]
    fn what_repeats_its_user_or_sets_up_a_trial_is_doubted() {
        for (path, text) in [
            ("compose.yml", "  DB_USER: joe-app\n  DB_PASSWORD: joe-app\n"),
            ("compose.yml", "  - ROOT=quarry\n  - DB_PASSWORD=${DB_PASSWORD:-quarry123}\n"),
            ("a.py", "connect(user='quarryman', password='quarryman')\n"),
            (".github/workflows/ci.yml", "  DB_PASSWORD: grapefruit7\n"),
            ("db/seeds.rb", "create(password: 'Sommer#2019')\n"),
            ("values.yaml", "## dbPassword: grapefruit7\n"),
            ("a.json", r#"{"text": [], "key":"x9Tz4kQm2LpW"}"#),
            ("a.yml", "user: quarry\npassword: qu4rry\n"),
            ("a.go", "password = \"admin123\"\n"),
            ("a.yml", "password: verysecret\n"),
            ("vectors/quarry/a.java", "password = \"quarry\"\n"),
            ("tests/a.py", "password = 'l0gt0_T3st_P@ssw0rd'\n"),
        ] {
            assert_eq!(confidences(path, text), [Confidence::Low], "{path} {text}");
        }
        for (path, text) in [
            ("compose.yml", "  DB_USER: joe\n  DB_PASSWORD: grapefruit7\n"),
            ("a.rb", "password: 'grapefruit7'\npassword_confirmation: 'grapefruit7'\n"),
            (".env", "DB_PASS=grapefruit7\nDB_URL=mysql://joe:grapefruit7@db.corp.io/a\n"),
            ("config/application-dev.yml", "password: grapefruit7\n"),
            ("values.yaml", "# dbPassword: grapefruit7\n"),
            ("a.json", r#"{"key": "x9Tz4kQm2LpWv7Rq"}"#),
            ("a.json", r#"{"apiKey": "x9Tz4kQm2LpW"}"#),
            ("a.go", "password = \"sommer123\"\n"),
            (".github/workflows/deploy.yml", "  SSH_PASSWORD: q8ZtR2mW5v\n"),
            ("a.yml", "password: verylongago\n"),
        ] {
            let found = confidences(path, text);
            let is_doubted = found.contains(&Confidence::Low);
            assert!(!found.is_empty() && !is_doubted, "{path} {text}");
        }
    }
}
