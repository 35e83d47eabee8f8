//! How sure a finding is: what a person chose for a test, a guide or a trial, or anybody
//! tries first, opens nothing, as a rule. Lowers the confidence and says why; hides nothing.

use std::cell::LazyCell;

use bstr::ByteSlice as _;

use super::beside::{is_beside_index, is_of_web_app};
use super::documented::Documentation;
use super::placeholder::{PATTERNED, counts_apart};
use super::rehearsal::{is_echo, is_label, is_of_path, names_itself, plain, undisguised};
use super::sample::Schema;
use super::{shape, vector, vocabulary};
use crate::detect::Candidate;
use crate::detect::language::Language;
use crate::detect::stage::{Stage, Stages, is_manual_page, teaches};
use crate::detect::text::{ascii, line};
use crate::model::{Confidence, Detector, RepoPath, Span, Strength};

/// Lowers the confidence in what a person chose for a test, a guide or the documentation
/// of code, and in what only shows how something looks.
pub(in crate::detect) fn doubt(found: &mut [Candidate], text: &[u8], path: &RepoPath) {
    if found.is_empty() {
        return;
    }
    let schema = Schema::of(text, path);
    let stages = Stages::of(path, text);
    let documentation = LazyCell::new(|| Documentation::of(path, text, Language::of(path, text)));
    for candidate in found {
        let why = if is_node(candidate, text) {
            Some("it is short and called a key, no more, so it may be an identifier")
        } else if is_key_of_a_test(candidate, text, stages) {
            Some("it is called a key, no more, in a test, so it may be made up")
        } else if vector::is_vector(candidate, text) {
            Some("what it gives stands beside it, so it may be a test vector")
        } else if is_beside_index(candidate, text) {
            Some("it stands beside the name of an index, so it may only search")
        } else if is_of_web_app(candidate, text) {
            Some("it stands in what a page shows to Firebase, which asks who signs in as well")
        } else if is_signature(candidate, text) {
            Some("it is called a signature, which opens nothing by itself")
        } else if schema.shows(candidate) {
            Some("a schema shows it as an example, so it may be made up")
        } else if is_encoded(candidate, text) {
            Some("it is called encoded and is as long as a hash, so it may be one")
        } else if is_digest_of_a_test(candidate, text, stages) {
            Some("it is as long as a hash in a test, so it may be that of a password")
        } else if is_remarked_hash(candidate, text) {
            Some("it is commented out, so it may be an example")
        } else if is_salted_with_words(candidate, text) {
            Some("its salt is a word, which no program draws, so it may be a test vector")
        } else if is_example(candidate, text) {
            Some("it is called an example, so it may be made up")
        } else if counts_apart(&candidate.value(text)) {
            Some(PATTERNED)
        } else if is_mashed(candidate, text) || is_of_home_row(candidate, text) {
            Some("few letters come again and again, so somebody may have typed it at random")
        } else if is_chosen(candidate, text) {
            played(candidate, text, path, stages, &documentation)
        } else {
            shown(candidate, path, &documentation)
        };
        if let Some(why) = why {
            candidate.confidence = Confidence::Low;
            candidate.remark.get_or_insert(why);
        }
    }
}

/// Whether a person chose it, and no machine.
fn is_chosen(candidate: &Candidate, text: &[u8]) -> bool {
    candidate.rule.detector != Detector::Exposure
        && (candidate.strength == Strength::Weak || is_in_disguise(candidate, text))
}

/// Why what a person chose opens nothing, as a rule.
fn played(
    candidate: &Candidate,
    text: &[u8],
    path: &RepoPath,
    stages: Stages<'_>,
    documentation: &Documentation<'_>,
) -> Option<&'static str> {
    match stages.at(candidate.span.start) {
        Stage::Rehearsal => Some("it stands in a test, so it may be made up"),
        Stage::Lesson => Some(GUIDE),
        Stage::Live | Stage::Workshop if candidate.strength == Strength::Strong => None,
        Stage::Live if documentation.holds(candidate.span.start) => Some(DOCUMENTED),
        Stage::Live | Stage::Workshop if is_default(candidate, text, path) => {
            Some("it is what everybody tries first, so it may be a default")
        }
        // A key that opens what is deployed from there.
        Stage::Workshop if vocabulary::is_random(&candidate.value(text)) => None,
        Stage::Workshop => Some("it stands in what only sets up a trial, so it may be made up"),
        Stage::Live => None,
    }
}

const DOCUMENTED: &str = "it stands in the documentation of code, so it may be made up";

/// How files of prose end.
const PAGES: [&[u8]; 7] = [b".md", b".mdx", b".markdown", b".rst", b".adoc", b".man", b".txt"];

const GUIDE: &str = "it stands in a guide or an example, so it may be made up";

/// Why a value that a machine drew and no issuer shaped is an example: it stands in the
/// documentation of code, or on a page of a guide, where a JSON Web Token is one, too. Code and
/// settings of examples are run, with keys that are in use.
fn shown(
    candidate: &Candidate,
    path: &RepoPath,
    documentation: &Documentation<'_>,
) -> Option<&'static str> {
    let is_shapeless =
        candidate.rule.detector == Detector::Assignment || !candidate.rule.shapes.is_empty();
    let is_on_page = || {
        let is_page = PAGES.iter().any(|end| ascii::ends_with(path.as_bytes(), end));
        is_page && teaches(path) || is_manual_page(path)
    };
    if is_shapeless && documentation.holds(candidate.span.start) {
        Some(DOCUMENTED)
    } else if (is_shapeless || candidate.rule.id == "json-web-token") && is_on_page() {
        Some(GUIDE)
    } else {
        None
    }
}

/// `wefJDF8sfdsfSDefwqdxj9oq`: so few different letters and digits that of a thousand drawn
/// values of its length none has fewer, but more than those of hex.
fn is_mashed(candidate: &Candidate, text: &[u8]) -> bool {
    let mut kinds = candidate.value(text).into_owned();
    kinds.retain(u8::is_ascii_alphanumeric);
    kinds.make_ascii_lowercase();
    let count = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    candidate.rule.detector == Detector::Assignment
        && candidate.strength == Strength::Strong
        && (16..=64).contains(&count)
        && kinds.len() * 10 <= count * 3 + 38
        && kinds.iter().filter(|kind| **kind > b'f').count() > 2
}

/// `2398asdfkajsdf`: eight letters and more, seven of eight of the row that fingers rest on; of
/// drawn letters a third is.
fn is_of_home_row(candidate: &Candidate, text: &[u8]) -> bool {
    let mut letters = candidate.value(text).into_owned();
    letters.retain(u8::is_ascii_alphabetic);
    let row = letters.iter().filter(|b| b"asdfghjkl".contains(&b.to_ascii_lowercase())).count();
    candidate.rule.detector == Detector::Assignment
        && letters.len() >= 8
        && row * 8 >= letters.len() * 7
}

/// How far before a value it may be called an example.
const FAR: usize = 512;

/// `@Schema(example = "…")`, `examples: ["…"]`, and behind such a name on the line before.
fn is_example(candidate: &Candidate, text: &[u8]) -> bool {
    let own = line::before(text, candidate.span.start);
    let head = &text[..candidate.span.start - own.len()];
    let own = &own[own.len().saturating_sub(FAR)..];
    let names = |line: &[u8]| {
        memchr::memmem::find_iter(line, b"example").any(|at| {
            let rest = line[at + b"example".len()..].trim_start_with(|c| "s\"' ".contains(c));
            let begins = at.checked_sub(1).is_none_or(|at| !line[at].is_ascii_alphanumeric());
            begins && rest.first().is_some_and(|sign| b":=".contains(sign))
        })
    };
    let above = || line::before(head, head.len().saturating_sub(1)).trim_ascii_end();
    let ends = |line: &[u8]| line.ends_with(b":") || line.ends_with(b"=");
    candidate.rule.detector != Detector::Armor
        && (names(own) || own.starts_with(b" ") && ends(above()) && names(above()))
}

/// `# joe:$apr1$…`: the hash of a password on a line that is commented out.
fn is_remarked_hash(candidate: &Candidate, text: &[u8]) -> bool {
    candidate.rule.id.starts_with("password-hash-")
        && line::is_comment(line::before(text, candidate.span.start))
}

/// `$5$saltstring$…`, `$6$short$…`: the hash of a password as SHA-crypt documents it.
fn is_salted_with_words(candidate: &Candidate, text: &[u8]) -> bool {
    let value = candidate.value(text).to_ascii_lowercase();
    let salt = value.rsplit(|&b| b == b'$').nth(1).unwrap_or_default();
    let says_so = || memchr::memmem::find(salt, b"salt").is_some();
    candidate.rule.id == "password-hash-sha-crypt" && (vocabulary::is_word(salt) || says_so())
}

/// `"key":"x9Tz4kQm2LpW"`: how editors of text call the nodes of a document. Keys that open
/// something are longer, or their name says what they open.
fn is_node(candidate: &Candidate, text: &[u8]) -> bool {
    const SHORTEST_KEY: usize = 16;
    candidate.rule.detector == Detector::Assignment
        && candidate.span.len() < SHORTEST_KEY
        && name(candidate, text).eq_ignore_ascii_case(b"key")
}

/// `key = "<hex>"` in a test: what a cipher is tried with, or what something is filed under.
fn is_key_of_a_test(candidate: &Candidate, text: &[u8], stages: Stages<'_>) -> bool {
    candidate.rule.detector == Detector::Assignment
        && stages.at(candidate.span.start) == Stage::Rehearsal
        && name(candidate, text).eq_ignore_ascii_case(b"key")
}

/// `oauth_signature="…"`, `"token_signature": "…"`: what was made with a secret.
fn is_signature(candidate: &Candidate, text: &[u8]) -> bool {
    candidate.rule.detector == Detector::Assignment
        && ascii::ends_with(name(candidate, text), b"signature")
}

/// `encodedPassword = "<PBKDF2>"`: what is kept of a password.
fn is_encoded(candidate: &Candidate, text: &[u8]) -> bool {
    const SHORTEST_HASH: usize = 40;
    candidate.rule.id == "generic-password"
        && candidate.span.len() >= SHORTEST_HASH
        && ascii::ends_with(name(candidate, text), b"encodedPassword")
}

/// `password = "<MD5>"` in a test: what is kept of a password.
fn is_digest_of_a_test(candidate: &Candidate, text: &[u8], stages: Stages<'_>) -> bool {
    let is_hex = |value: &[u8]| value.iter().all(u8::is_ascii_hexdigit);
    candidate.rule.id == "generic-password"
        && matches!(candidate.span.len(), 32 | 40 | 64 | 96 | 128)
        && is_hex(&candidate.value(text))
        && stages.at(candidate.span.start) == Stage::Rehearsal
}

/// The name that stands before the value on its line.
fn name<'t>(candidate: &Candidate, text: &'t [u8]) -> &'t [u8] {
    let before = line::before(text, candidate.span.start);
    let before = before.trim_end_with(|c| "\\\"' :=".contains(c));
    before.rsplit(|b| !b.is_ascii_alphanumeric() && !b"_-.".contains(b)).next().unwrap_or_default()
}

/// Whether a value is long, but words once its digits and marks are read as letters.
fn is_in_disguise(candidate: &Candidate, text: &[u8]) -> bool {
    matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
        && vocabulary::strength(&undisguised(&candidate.value(text))) == Strength::Weak
}

/// What Java's key stores begin with (`keytool`), and what many others do.
const DEFAULTS: [&[u8]; 3] = [b"changeit", b"letmein", b"qwerty"];

/// Whether a person tries a password first who knows what stands around it: its user's name,
/// a word of code, one that would be none without its number (`admin123`) or in disguise, one
/// that says what it is.
fn is_default(candidate: &Candidate, text: &[u8], path: &RepoPath) -> bool {
    let value = plain(candidate, text);
    let stem = value.trim_end_with(|c| !c.is_ascii_alphabetic());
    let plain = undisguised(stem);
    matches!(candidate.rule.detector, Detector::Url | Detector::Assignment)
        && (vocabulary::is_word(&value.to_ascii_lowercase())
            || [stem, &plain].into_iter().any(says_what_it_is)
            || DEFAULTS.contains(&&*value)
            || is_label(&value)
            || is_of_path(candidate, text, path)
            || repeats(&value, candidate.span, text)
            || is_of_name(&value, name(candidate, text))
            || repeats(&undisguised(&value), candidate.span, text))
}

/// `verysecret`, `thisisreallysecretandhardtoguess`, `myrootpassword`.
fn says_what_it_is(stem: &[u8]) -> bool {
    let lower = stem.to_ascii_lowercase();
    let holds = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    shape::is_bare_word(stem)
        || names_itself(stem)
        || stem.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b))
            && (holds(b"password") || holds(b"secret"))
}

/// `SPLUNK_PASSWORD: splunk_admin`: words, one of which the name says as well.
fn is_of_name(value: &[u8], name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let parts = || value.split(|b| b"_-".contains(b));
    let is_said = |part: &[u8]| {
        part.len() > 3 && memchr::memmem::find(&name, &part.to_ascii_lowercase()).is_some()
    };
    parts().count() > 1
        && parts().all(|part| part.iter().all(u8::is_ascii_alphabetic))
        && parts().any(is_said)
}

/// How far before a value and behind it is looked for whose it is.
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

#[cfg(test)]
mod tests {
    use crate::detect::Scanner;
    use crate::model::{Confidence, RepoPath};
    use crate::rules::RuleSet;
    use crate::rules::template::expand;

    fn confidences(path: &str, text: &str) -> Vec<Confidence> {
        let scanner = Scanner::new(RuleSet::builtin());
        let (text, path) = (text.as_bytes(), RepoPath::new(path));
        let mut found = scanner.candidates(text, &path);
        scanner.doubt(&mut found, text, &path);
        found.iter().map(|candidate| candidate.confidence).collect()
    }

    #[test]
    fn what_only_shows_how_it_looks_is_doubted() {
        let drawn = expand("{base62:32}", 0).unwrap();
        let hash = expand("$apr1${base62:8}${base62:22}", 0).unwrap();
        let example = format!("openapi: 3.0.0\nx:\n  example:\n    api_key: {drawn}\n");
        let setting = example.replace("example:", "server:");
        let shadow = expand("$6${base62:8}${base62:86}", 0).unwrap();
        let vector = expand("$6$saltstring${base62:86}", 0).unwrap();
        let (remark, entry) = (format!("# joe:{hash}\n"), format!("joe:{hash}\n"));
        let key = expand("algolia: {{ apiKey: '{hex:32}' }}", 0).unwrap();
        let search = key.replace(" }", ", indexName: 'docs' }");
        let page = search.replace(" }", ", appId: 'B1G2GM9NG0' }");
        assert_eq!(confidences("a.yml", &page), []);
        let admin = page.replace("algolia:", "algolia_admin:");
        assert_eq!(confidences("a.yml", &admin), [Confidence::Low]);
        let token = "auth_token: \"{}\"\n".replace("{}", &drawn);
        for (path, expected) in [
            ("docs/a.md", Confidence::Low),
            ("docs/test-fixtures.md", Confidence::Low),
            ("notes.md", Confidence::Medium),
            ("examples/a.py", Confidence::Medium),
            ("config.example", Confidence::Medium),
        ] {
            assert_eq!(confidences(path, &token), [expected], "{path}");
        }
        let examples =
            ["@Schema(example = \"{}\")", "examples: [\"\", \"{}\"]", "x: {example:\n  \"{}\"}"];
        for text in examples {
            let text = text.replace("{}", &format!("Bearer {drawn}"));
            assert_eq!(confidences("a.kt", &text), [Confidence::Low], "{text}");
            let live = text.replace("example", "sample");
            assert_eq!(confidences("a.kt", &live), [Confidence::Medium], "{live}");
        }
        for text in ["/** token = \"{}\" */", "/// e.g. [{ \"key\": \"{}\" }]\nfn a() {}"] {
            let text = text.replace("{}", &drawn);
            assert_eq!(confidences("a.rs", &text), [Confidence::Low], "{text}");
            let live = text.trim_start_matches(['/', '*', ' ']);
            assert_eq!(confidences("a.rs", live), [Confidence::Medium], "{live}");
        }
        for text in [
            "'encryptionKey' => 'fwefJ8sfdsfSDefwqdx9sfdfd'",
            "'token' => '2398asdfkajsdf'",
            "'client_secret' => 'A1bC2dE3fH4iJ5kL6mN7oP8qR9sT0u'",
        ] {
            assert_eq!(confidences("a.php", text), [Confidence::Low], "{text}");
        }
        let digest = format!("password = '{}'\n", expand("{hex:32}", 0).unwrap());
        assert_eq!(confidences("tests/a.py", &digest), [Confidence::Low]);
        assert_eq!(confidences("a.py", &digest), [Confidence::Medium]);
        assert_eq!(confidences("tool.1", &token), [Confidence::Low]);
        for (text, expected) in [
            (&key, Confidence::Medium),
            (&search, Confidence::Low),
            (&example, Confidence::Low),
            (&setting, Confidence::Medium),
            (&remark, Confidence::Low),
            (&entry, Confidence::Medium),
            (&shadow, Confidence::High),
            (&vector, Confidence::Low),
            (&format!("encodedPassword: \"{drawn}{drawn}\"\n"), Confidence::Low),
            (&format!("encodedPassword: \"{drawn}\"\n"), Confidence::Medium),
            (&format!("oauth_signature: \"{drawn}\"\n"), Confidence::Low),
            (&format!("auth_secret: \"{drawn}\"\n"), Confidence::Medium),
        ] {
            assert_eq!(confidences("a.yml", text), [expected], "{text}");
        }
    }

    #[test]
    fn what_repeats_its_user_or_sets_up_a_trial_is_doubted() {
        for (path, text) in [
            ("compose.yml", "  DB_USER: joe-app\n  DB_PASSWORD: joe-app\n"),
            ("compose.yml", "  - ROOT=quarry\n  - DB_PASSWORD=${DB_PASSWORD:-quarry123}\n"),
            ("a.py", "connect(user='quarryman', password='quarryman')\n"),
            (".github/workflows/ci.yml", "  DB_PASSWORD: grapefruit7\n"),
            (".github/workflows/ci.yml", "  JWT_SECRET: somejwtsecret\n"),
            ("db/seeds.rb", "create(password: 'Sommer#2019')\n"),
            ("values.yaml", "## dbPassword: grapefruit7\n"),
            ("a.json", r#"{"text": [], "key":"x9Tz4kQm2LpW"}"#),
            ("a.yml", "user: quarry\npassword: qu4rry\n"),
            ("a.go", "password = \"admin123\"\n"),
            ("a.yml", "password: verysecret\n"),
            ("vectors/quarry/a.java", "password = \"quarry\"\n"),
            ("tests/a.py", "password = 'l0gt0_T3st_P@ssw0rd'\n"),
            ("a.conf", "password = whatever\n"),
            ("a.yml", "SPLUNK_PASSWORD: splunk_admin\n"),
            ("a.conf", "password = qwerty\n"),
            ("a.yml", "kind: Secret\ndata:\n  joe: dGVzdHBhc3N3b3Jk\n"),
            ("a.py", "def a():\n    \"\"\"Reads.\n\n    password = 'Sommer#2019'\n    \"\"\"\n"),
            ("a.zig", "\ntest \"a\" {\n    password = \"grapefruit7\";\n}\n"),
            ("a.conf", "secret = thisisreallysecretandhardtoguess\n"),
            (".env.x", "ROOT_PASSWORD=myquarrypassword\n"),
            ("a.go", "password = \"P@ssw0rd2019!\"\n"),
            ("tests/a.py", "key = 'x9Tz4kQm2LpWv7RqB3nC'\n"),
            ("features/log_in.feature", "Given a user with the password \"grapefruit7\"\n"),
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
            ("tests/a.py", "api_key = 'x9Tz4kQm2LpWv7RqB3nC'\n"),
            (".github/workflows/deploy.yml", "  SSH_PASSWORD: q8ZtR2mW5v\n"),
            ("a.yml", "password: verylongago\n"),
            ("a.yml", "kind: Secret\ndata:\n  joe: Z3JhcGVmcnVpdDc=\n"),
            ("a.py", "def a():\n    \"\"\"Reads.\"\"\"\n    password = 'Sommer#2019'\n"),
            ("a.zig", "\ntest \"a\" {\n}\nconst password = \"grapefruit7\";\n"),
        ] {
            let found = confidences(path, text);
            let is_doubted = found.contains(&Confidence::Low);
            assert!(!found.is_empty() && !is_doubted, "{path} {text}");
        }
    }
}
