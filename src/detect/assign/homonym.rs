//! Names that are spelled like that of a secret and are of something else: a verb, a field
//! among others, the result of a test, a country. Owns which, by what stands around a name.

use bstr::ByteSlice as _;

use super::{name, pair};
use crate::detect::judge::promise::{self, Words};
use crate::detect::judge::vocabulary;
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// Whether the name is of something else: `5pw= 4916`, base64 in a table, for no name begins
/// with a digit; a setting of a tool that passes something on; `/etc/passwd: <digest>`, a file;
/// one field of several between colons; a label of `case`; a host; a verb; the end of a test; a
/// pass or a token that is counted; a country; where accounts are looked up; what holds the name
/// of a pair.
pub(super) fn is_other(text: &[u8], name: Span, language: Language) -> bool {
    let before = &text[..name.start];
    name.of(text).first().is_some_and(u8::is_ascii_digit)
        || passes_on(name.of(text))
        || is_encrypted(before)
        || before.ends_with(b"HASHED ")
        || before.ends_with(b"/etc/")
        || before.ends_with(b"/") && name.of(text) == b"passwd"
        || before.ends_with(b"checksum/")
        || is_field(text, name)
        || is_label(text, name)
        || is_host_of_mail(text, name)
        || is_verb(text, name, language)
        || is_result(text, name, language)
        || is_public_key_of_node(text, name)
        || is_counted(text, name)
        || is_country(text, name)
        || is_database(text, name)
        || pair::holds_a_name(text, name)
}

/// `"encrypted": {"token": "…"}` of Renovate: a member of what somebody encrypted;
/// `SetCredentialEncrypted=db_password: …` (systemd.exec(5)).
fn is_encrypted(before: &[u8]) -> bool {
    if before.ends_with(b"SetCredentialEncrypted=") {
        return true;
    }
    let Some(head) = before.strip_suffix(b"\"") else { return false };
    let head = head.trim_ascii_end().strip_suffix(b"{").unwrap_or_default();
    let head = head.trim_ascii_end().strip_suffix(b":").unwrap_or_default();
    head.ends_with(b"\"encrypted\"")
}

/// `nodekey:5c8f…`, `discokey:…`: the public keys of Tailscale, whose private ones are called
/// `privkey:`.
fn is_public_key_of_node(text: &[u8], name: Span) -> bool {
    let is_public = [&b"nodekey"[..], b"discokey"].contains(&name.of(text));
    let rest = text[name.end..].strip_prefix(b":").unwrap_or_default();
    is_public && rest.first().is_some_and(u8::is_ascii_hexdigit)
}

/// "cache key=…", "reCAPTCHA site key: …": a key whose word before says that it is none.
fn is_key_of_other(text: &[u8], name: Span) -> bool {
    let Some(head) = text[..name.start].strip_suffix(b" ") else { return false };
    let len = head.iter().rev().take(LONGEST_WORD).take_while(|b| b.is_ascii_alphabetic()).count();
    let called = [&head[head.len() - len..], b"_key"].concat();
    len > 0
        && !head[..head.len() - len].ends_with(b"<")
        && name.of(text).eq_ignore_ascii_case(b"key")
        && (promise::of_drawn(&Words::of(&called)).is_none()
            || called.eq_ignore_ascii_case(b"site_key"))
}

/// No word of a sentence is longer.
const LONGEST_WORD: usize = 16;

/// "in one pass: `for_each_in_batch` needs it": a way through data, and a name of code.
fn is_way(text: &[u8], name: Span, value: Span) -> bool {
    name.of(text) == b"pass"
        && text[..value.start].ends_with(b"`")
        && value.of(text).iter().all(|b| b.is_ascii_alphabetic() || b"_.:()".contains(b))
}

/// `--passL:-lm`, what Nim passes to the linker; `PassEnvironment=HOME`, the variables systemd
/// passes to a service.
fn passes_on(name: &[u8]) -> bool {
    name == b"PassEnvironment"
        || matches!(name.last(), Some(b'L' | b'C')) && name[..name.len() - 1].ends_with(b"pass")
}

/// The same where the value says so, or what stands behind it: the pass of a linker, the label
/// of an object, the outcome of a check, what a command prints, what a page asks for.
pub(super) fn is_other_with(text: &[u8], name: Span, value: Span) -> bool {
    is_phase(text, name, value)
        || is_of_label(text, name)
        || is_way(text, name, value)
        || is_outcome(name.of(text), value.of(text))
        || is_printed(text, name, value)
        || is_key_of_other(text, name)
        || is_label_to_confirm(name.of(text), value.of(text))
}

/// `germanMessage ConfirmPass = "Bestätigen"`: what a page asks for once more, in a word.
fn is_label_to_confirm(name: &[u8], value: &[u8]) -> bool {
    const LONGEST: usize = 16;
    let in_word = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    ascii::starts_with(name, b"confirm")
        && value.len() <= LONGEST
        && value.first().is_some_and(u8::is_ascii_uppercase)
        && value.iter().all(in_word)
}

/// ``PASSWORD=`bw get password x` ``: what a command of a shell prints, whose variables are
/// written in capitals.
fn is_printed(text: &[u8], name: Span, value: Span) -> bool {
    text[..value.start].ends_with(b"=`")
        && value.of(text).contains(&b' ')
        && !name.of(text).iter().any(u8::is_ascii_lowercase)
}

/// `OVERRIDE_PASS: 'manualChoiceApproved'`: what is said of a check that passed, a name of
/// code of three words and more.
fn is_outcome(name: &[u8], value: &[u8]) -> bool {
    let words = Words::of(value);
    (name == b"PASS" || name.ends_with(b"_PASS"))
        && value.first().is_some_and(u8::is_ascii_lowercase)
        && value.iter().all(u8::is_ascii_alphabetic)
        && words.len() > 2
        && words.iter().filter(|word| vocabulary::is_spelled(word)).count() * 2 > words.len()
}

/// `see that the tests pass (…)`, "you have to pass `…`", `assert.pass("…")`; `<settings
/// pass="specialize">`, a step of the installer of Windows.
fn is_verb(text: &[u8], name: Span, language: Language) -> bool {
    let before = &text[..name.start];
    let is_of_test = [&b"assert.pass"[..], b"t.pass", b"test.pass"].contains(&name.of(text));
    // `pass("opens the door");` of Perl's tests, alone on its line.
    let is_step = || {
        name.of(text) == b"pass"
            && line::before(text, name.start).trim_ascii().is_empty()
            && line::rest(text, name.end).trim_ascii_end().ends_with(b");")
    };
    text[name.end..].starts_with(b"(") && (is_of_test || is_step())
        || name.of(text) == b"pass" && before.ends_with(b"<settings ")
        || language == Language::Prose
            && name.of(text) == b"pass"
            && (text[name.end..].starts_with(b" (")
                && before.ends_with(b"s ")
                && !before.ends_with(b"'s ")
                || text[name.end..].starts_with(b" ") && before.ends_with(b" to "))
}

/// `PASS: TestX`, `--- PASS: TestX/1`: what a test's run ended with. A password that somebody
/// noted is more than letters.
fn is_result(text: &[u8], name: Span, language: Language) -> bool {
    let is_test = |rest: &[u8]| {
        let len = rest.iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'"').count();
        // `PASS: String = "…"` has a type.
        let is_typed = rest[len..].starts_with(b" =");
        let in_word = |b: &u8| b.is_ascii_alphabetic() || b"_-./".contains(b);
        !is_typed && rest[..len].iter().all(in_word)
    };
    let behind = text[name.end..].strip_prefix(b": ").filter(|_| name.of(text) == b"PASS");
    let is_in_string = || line::open_string(line::before(text, name.start)).is_some();
    behind.is_some_and(|rest| text[..name.start].ends_with(b"--- ") || is_test(rest))
        && (matches!(language, Language::Code | Language::Prose) || is_in_string())
}

/// `<territory type="PW">`, `PW=…`: Palau, by its code (ISO 3166-1) beside one that stands
/// before or behind it in a list of them.
fn is_country(text: &[u8], name: Span) -> bool {
    const NEIGHBORS: [&[u8]; 4] = [b"PS", b"PT", b"PY", b"QA"];
    const NEAR: usize = 240;
    // `"RU-PSK": "Pskov"`: a part of one (ISO 3166-2).
    if let [a, b, b'-', b'P', ..] = name.of(text)
        && name.len() == 6
        && a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
    {
        return true;
    }
    if name.of(text) != b"PW" {
        return false;
    }
    let around = &text[name.start.saturating_sub(NEAR)..(name.end + NEAR).min(text.len())];
    // Written as it is, between the same two bytes.
    let before = name.start.checked_sub(1).map_or(b'\n', |at| text[at]);
    let behind = text.get(name.end);
    NEIGHBORS.iter().any(|code| {
        memchr::memmem::find_iter(around, *code).any(|at| {
            at.checked_sub(1).is_some_and(|at| around[at] == before)
                && around.get(at + code.len()) == behind
        })
    })
}

/// `passwd: files winbind`: where accounts are looked up (nsswitch.conf).
fn is_database(text: &[u8], name: Span) -> bool {
    const SERVICES: [&[u8]; 9] =
        [b"cache", b"compat", b"db", b"files", b"ldap", b"nis", b"sss", b"systemd", b"winbind"];
    let is_service = |word: &[u8]| SERVICES.contains(&word);
    name.of(text) == b"passwd"
        && text[name.end..].starts_with(b":")
        && line::rest(text, name.end + 1).trim_ascii().split(|&b| b == b' ').all(is_service)
}

/// `- key: topology/zone` and `operator: In` behind it, a label of Kubernetes or a taint;
/// `secretKeyRef: {name: db, key: …}`: which entry of what is named.
fn is_of_label(text: &[u8], name: Span) -> bool {
    const REACH: usize = 160;
    if !name.of(text).eq_ignore_ascii_case(b"key") {
        return false;
    }
    let before = &text[name.start.saturating_sub(REACH)..name.start];
    // The name of the object, whether it must be there, and the entry.
    let is_of_object = memchr::memmem::rfind(before, b"KeyRef").is_some_and(|at| {
        let rest = &before[at..];
        let lines = memchr::memchr_iter(b'\n', rest).count();
        lines < 4 && !rest.contains(&b'}') && !rest.contains_str("- ") && !rest.contains_str("\n\n")
    });
    let rest = &text[name.end..(name.end + REACH).min(text.len())];
    let value = memchr::memchr2(b',', b'\n', rest).map_or(rest.len(), |end| end + 1);
    let next = rest[value..].trim_start_with(|c| c.is_ascii_whitespace() || c == '"');
    let behind = ascii::starts_with(next, b"operator").then(|| &next[8..]);
    is_of_object || behind.is_some_and(|next| next.starts_with(b"\":") || next.starts_with(b":"))
}

/// `Forward pass: …`, `a 16,000 token window`: whether the word before makes something else
/// of the name.
fn is_counted(text: &[u8], name: Span) -> bool {
    let Some(before) = text[..name.start].strip_suffix(b" ") else { return false };
    match name.of(text) {
        b"pass" => {
            let len = before
                .iter()
                .rev()
                .take(name::REACH)
                .take_while(|b| name::is_name_byte(**b))
                .count();
            let spoken = &text[before.len() - len..name.end];
            promise::classify(&Words::of(spoken)).is_none()
        }
        b"token" => before.last().is_some_and(u8::is_ascii_digit),
        _ => false,
    }
}

/// `user:password:uid`, `CNAK:O7PW:VYNB`, `joe:{plain}pass:1000:1000::/home/joe`: one field of
/// several between colons.
fn is_field(text: &[u8], name: Span) -> bool {
    let Some(behind) = text[name.end..].strip_prefix(b":") else { return false };
    let begins = text[..name.start].ends_with(b":");
    let number = behind.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    let is_numbered = number > 0 && behind.get(number) == Some(&b':');
    // A key may stand behind its number.
    let is_told = || vocabulary::is_random(word(&behind[number + 1..]));
    is_numbered && !is_told() || begins && behind.first().is_some_and(u8::is_ascii_alphanumeric)
}

/// The letters and digits that a text begins with.
fn word(text: &[u8]) -> &[u8] {
    let len = text.iter().take(name::REACH).take_while(|b| b.is_ascii_alphanumeric()).count();
    &text[..len]
}

/// `case PASSWORD: state = "…"`: one of several cases.
fn is_label(text: &[u8], name: Span) -> bool {
    text[name.end..].starts_with(b":") && line::before(text, name.start).trim_ascii() == b"case"
}

/// `test "$pass" = conv`, `fi # $pass = conv`, `--pass=early`: which pass of a linker or a
/// compiler is meant, by a word.
fn is_phase(text: &[u8], name: Span, value: Span) -> bool {
    let word = value.of(text);
    match name.of(text) {
        b"pass" => {
            let (before, behind) = (line::before(text, name.start), &text[name.end..]);
            // `#$pass = 'fjord'` of Perl is a setting, commented out.
            let is_remark = || before.contains(&b'#') && value.start == name.end + 3;
            let is_asked =
                || behind.starts_with(b"\" = ") || behind.starts_with(b" = ") && is_remark();
            let in_words = |b: &u8| b.is_ascii_lowercase() || b",.".contains(b);
            before.ends_with(b"$") && is_asked() && word.iter().all(in_words)
        }
        b"--pass" | b"-debug-pass" => vocabulary::is_word(&word.to_ascii_lowercase()),
        _ => false,
    }
}

/// `joe@corp.pw`: the host of an address of mail.
fn is_host_of_mail(text: &[u8], name: Span) -> bool {
    let user = text[..name.start].strip_suffix(b"@");
    user.and_then(|user| user.last()).is_some_and(u8::is_ascii_alphanumeric)
        && name.of(text).contains(&b'.')
}
