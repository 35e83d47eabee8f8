//! Names: where one begins and ends around a hot word, and what kind of secret
//! it promises.

use bstr::ByteSlice as _;

use crate::detect::ascii;
use crate::detect::words::WordList;
use crate::model::Span;
use crate::rules::words;

/// How far a name may reach before and behind its hot word.
const REACH: usize = 80;

/// What a name promises, and so what its value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::detect) enum Kind {
    /// Chosen by a person: any word may be one.
    Password,
    /// A shared secret: made by a machine, sometimes by a person.
    Secret,
    /// A bearer token.
    Token,
    /// A key of an API or of a cipher, by its qualifier.
    ApiKey,
    /// `auth`, `credentials`: often an object, a user, a mode.
    Auth,
    /// `key` and nothing else that says secret.
    Key,
}

impl Kind {
    /// Whether machines make them, so that they may be long.
    pub(super) fn is_made(self) -> bool {
        matches!(self, Self::Secret | Self::Token | Self::ApiKey | Self::Auth)
    }
}

/// The whole name around a hot word at `word`.
pub(super) fn around(text: &[u8], word: Span) -> Span {
    let floor = word.start.saturating_sub(REACH);
    let mut start = word.start;
    while start > floor && is_name_byte(text[start - 1]) {
        start -= 1;
    }
    let limit = (word.end + REACH).min(text.len());
    // A keyword such as `key=` holds the operator.
    let mut end = word.start + 1;
    while end < limit && goes_on(text, end) {
        end += 1;
    }
    end += spanish_tail(text, end);
    start += escaped_head(&text[..end], start);
    Span::new(start.min(end), end)
}

/// The length of the rest of `contraseña`, whose first letters end at `end`.
fn spanish_tail(text: &[u8], end: usize) -> usize {
    const HEAD: &[u8] = b"contrase";
    let is_tail = matches!(text.get(end..end + 3), Some([0xc3, 0xb1 | 0x91, b'a' | b'A']));
    let is_head = |at: usize| text[at..end].eq_ignore_ascii_case(HEAD);
    if is_tail && end.checked_sub(HEAD.len()).is_some_and(is_head) { 3 } else { 0 }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// A `-` or `.` belongs to a name only between its words.
fn goes_on(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'-' | b'.' => {
            text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) && text[at - 1] != b'"'
        }
        byte => byte.is_ascii_alphanumeric() || byte == b'_',
    }
}

/// How much of the name is the end of an escape: the letter of `\n`, or `32m`, a color
/// (ECMA-48, 8.3.117).
fn escaped_head(text: &[u8], start: usize) -> usize {
    match text.get(start) {
        Some(b'n' | b't' | b'r') => usize::from(start > 0 && text[start - 1] == b'\\'),
        Some(b'0'..=b'9') => color_head(text, start),
        _ => 0,
    }
}

fn color_head(text: &[u8], start: usize) -> usize {
    let digits = text[start..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let head = &text[start.saturating_sub(8)..start];
    let is_color = text.get(start + digits) == Some(&b'm')
        && head.trim_end_with(|c| c.is_ascii_digit() || c == ';').ends_with(b"[");
    if is_color { digits + 1 } else { 0 }
}

/// Whether the hot word at `word` is the head of `author` or `authority`: most are, in
/// the comments of some languages, and none promises anything.
pub(super) fn is_author(text: &[u8], word: Span) -> bool {
    let (head, tail) = text[word.start..].split_at(word.len());
    head.eq_ignore_ascii_case(b"auth")
        && ascii::starts_with(tail, b"or")
        && !ascii::starts_with(tail, b"orization")
        && tail[0].is_ascii_uppercase() == head[3].is_ascii_uppercase()
}

/// The words of a name, lower case, without digits, at most the last twelve.
#[derive(Debug, Default)]
pub(in crate::detect) struct Words {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Words {
    /// Splits at separators, at humps of camel case and at digits; `APIkey` is
    /// `api`, `key`.
    pub(in crate::detect) fn of(name: &[u8]) -> Self {
        let mut words = Self { bytes: Vec::with_capacity(name.len()), ends: Vec::new() };
        let mut previous = b'_';
        for (at, &byte) in name.iter().enumerate() {
            let is_key = |at: usize| name[at..].starts_with(b"key");
            let hump = match previous {
                b'a'..=b'z' => byte.is_ascii_uppercase(),
                b'A'..=b'Z' if byte.is_ascii_uppercase() => {
                    name.get(at + 1).is_some_and(u8::is_ascii_lowercase) && !is_key(at + 1)
                }
                b'A'..=b'Z' => at > 1 && name[at - 2].is_ascii_uppercase() && is_key(at),
                _ => false,
            };
            if hump || !byte.is_ascii_alphabetic() {
                words.close();
            }
            if byte.is_ascii_alphabetic() {
                words.bytes.push(byte.to_ascii_lowercase());
            }
            previous = byte;
        }
        words.close();
        words
    }

    fn close(&mut self) {
        if self.bytes.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.bytes.len());
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of this number.
    pub(super) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        std::str::from_utf8(&self.bytes[start..self.ends[at]]).expect("words are ASCII letters")
    }

    /// All of them, written together.
    pub(super) fn joined(&self) -> &[u8] {
        &self.bytes
    }
}

/// What the name promises, if it promises a secret.
pub(in crate::detect) fn classify(words: &Words) -> Option<Kind> {
    let (at, kind) = (0..words.len()).rev().find_map(|at| Some((at, kind_of(words.get(at))?)))?;
    if (at + 1..words.len()).any(|after| NOT_BEHIND.holds(words.get(after).as_bytes())) {
        return None;
    }
    if (0..at).any(|before| DIGESTS.contains(&words.get(before))) {
        return None;
    }
    let plain =
        |after: usize| words.get(after).len() == 1 || BEHIND.holds(words.get(after).as_bytes());
    let is_plain = (at + 1..words.len()).all(plain);
    let before = at.checked_sub(1).map(|before| words.get(before));
    // `RESET_TOKEN`: who has it may reset.
    let resets = kind == Kind::Token && before == Some("reset");
    if !resets && before.is_some_and(|word| NOT_BEFORE.holds(word.as_bytes()))
        || NOT_BEFORE.holds(words.get(0).as_bytes()) && at > usize::from(resets)
    {
        return None;
    }
    // `GPG_KEY_UID`: no word behind makes a secret of what is none.
    let kind = if kind == Kind::Key { key_kind(words, at)? } else { kind };
    if !is_plain {
        return Some(Kind::Auth);
    }
    // What Java calls the password of a directory (javax.naming.Context).
    if words.get(at) == "credentials" && before == Some("security") {
        return Some(Kind::Password);
    }
    if words.get(at) == "pass" && before.is_some_and(|word| NOT_BEFORE_PASS.holds(word.as_bytes()))
    {
        return None;
    }
    if kind == Kind::Token && before.is_some_and(|word| NOT_BEFORE_TOKEN.holds(word.as_bytes())) {
        return None;
    }
    Some(kind)
}

fn key_kind(words: &Words, at: usize) -> Option<Kind> {
    let before = at.checked_sub(1).map(|before| words.get(before));
    // `pre_shared_key`: chosen by people, as a password is.
    let is_shared = before == Some("preshared")
        || before == Some("shared") && at > 1 && words.get(at - 2) == "pre";
    match before {
        Some(_) if is_shared => Some(Kind::Password),
        Some(word) if NOT_BEFORE_KEY.holds(word.as_bytes()) => None,
        Some(word) if BEFORE_KEY.holds(word.as_bytes()) || kind_of(word).is_some() => {
            Some(if kind_of(word) == Some(Kind::Password) { Kind::Password } else { Kind::ApiKey })
        }
        None | Some(_) => Some(Kind::Key),
    }
}

/// The kind a single word promises.
fn kind_of(word: &str) -> Option<Kind> {
    if let Some(&(_, kind)) = EXACT.iter().find(|(exact, _)| word == *exact) {
        return Some(kind);
    }
    let last = word.as_bytes().last();
    ENDINGS
        .iter()
        // The last letter alone leaves a few of them.
        .find(|(ending, _)| ending.as_bytes().last() == last && word.ends_with(ending))
        .filter(|_| !NOT_A_PASS.holds(word.as_bytes()))
        .map(|&(_, kind)| kind)
}

/// Words that end like a password and are none.
const NOT_A_PASS: WordList = WordList(&words::NAME_NOT_A_PASS);
/// Words behind the hot word that make the name speak about a secret.
const NOT_BEHIND: WordList = WordList(&words::NAME_NOT_BEHIND);
/// Words anywhere before it that make the value a digest or a cipher text.
const DIGESTS: [&str; 3] = ["encrypted", "hash", "hashed"];
/// Words behind the hot word that leave its promise as it is; behind any other
/// only what a machine drew counts.
const BEHIND: WordList = WordList(&words::NAME_BEHIND);
/// Words before the hot word, or at the head of the name, that do the same.
const NOT_BEFORE: WordList = WordList(&words::NAME_NOT_BEFORE);
/// Words that make a pass one of a compiler, a filter, a renderer.
const NOT_BEFORE_PASS: WordList = WordList(&words::NAME_NOT_BEFORE_PASS);
/// Words that make a token one of a language or of a list of pages.
const NOT_BEFORE_TOKEN: WordList = WordList(&words::NAME_NOT_BEFORE_TOKEN);
/// Words that make a key one of a map, a table or a keyboard.
const NOT_BEFORE_KEY: WordList = WordList(&words::NAME_NOT_BEFORE_KEY);
/// Qualifiers that make a key a secret.
const BEFORE_KEY: WordList = WordList(&words::NAME_BEFORE_KEY);

/// Words that promise a secret alone.
const EXACT: &[(&str, Kind)] = &[
    ("auth", Kind::Auth),
    ("authtok", Kind::Password),
    ("oauth", Kind::Auth),
    ("authentication", Kind::Auth),
    ("authorization", Kind::Auth),
    ("bearer", Kind::Token),
    ("cred", Kind::Auth),
    ("credential", Kind::Auth),
    ("credentials", Kind::Auth),
    ("creds", Kind::Auth),
    ("key", Kind::Key),
    ("keys", Kind::Key),
    ("contrase", Kind::Password),
    ("pass", Kind::Password),
    ("passe", Kind::Password),
    ("passwords", Kind::Password),
    ("psw", Kind::Password),
    ("pw", Kind::Password),
    ("pwd", Kind::Password),
    ("secrets", Kind::Secret),
    ("token", Kind::Token),
    ("tokens", Kind::Token),
];

/// Endings of words written together: `dbpassword`, `authtoken`, `apikey`.
const ENDINGS: &[(&str, Kind)] = &[
    ("password", Kind::Password),
    ("passwd", Kind::Password),
    ("passphrase", Kind::Password),
    ("passcode", Kind::Password),
    ("passwort", Kind::Password),
    ("kennwort", Kind::Password),
    ("motdepasse", Kind::Password),
    ("wachtwoord", Kind::Password),
    ("contrasena", Kind::Password),
    ("senha", Kind::Password),
    ("psk", Kind::Password),
    ("masterauth", Kind::Password),
    ("passwrd", Kind::Password),
    ("passw", Kind::Password),
    ("pasword", Kind::Password),
    ("paswrd", Kind::Password),
    ("passworsd", Kind::Password),
    ("pswd", Kind::Password),
    ("pswrd", Kind::Password),
    ("psword", Kind::Password),
    ("pword", Kind::Password),
    ("pass", Kind::Password),
    ("pwd", Kind::Password),
    ("userpw", Kind::Password),
    ("bindpw", Kind::Password),
    ("rootpw", Kind::Password),
    ("adminpw", Kind::Password),
    ("secret", Kind::Secret),
    ("token", Kind::Token),
    ("apikey", Kind::ApiKey),
    ("authkey", Kind::ApiKey),
    ("accesskey", Kind::ApiKey),
    ("secretkey", Kind::ApiKey),
    ("privatekey", Kind::ApiKey),
    ("aeskey", Kind::ApiKey),
    ("appkey", Kind::ApiKey),
    ("masterkey", Kind::ApiKey),
    ("userpwd", Kind::Password),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Option<Kind> {
        classify(&Words::of(name.as_bytes()))
    }

    #[test]
    fn a_name_promises_by_its_last_hot_word_and_what_stands_around_it() {
        for (name, expected) in [
            ("password", Some(Kind::Password)),
            ("DB_PASSWORD", Some(Kind::Password)),
            ("spring.datasource.password", Some(Kind::Password)),
            ("ORGDB_PASS2", Some(Kind::Password)),
            ("userPassword", Some(Kind::Password)),
            ("dbpasswd", Some(Kind::Password)),
            ("genericToken", Some(Kind::Token)),
            ("AWSSecretKey", Some(Kind::ApiKey)),
            ("apikey", Some(Kind::ApiKey)),
            ("myAPIkey", Some(Kind::ApiKey)),
            ("client-secret", Some(Kind::Secret)),
            ("my_password_super_secure", Some(Kind::Password)),
            ("key", Some(Kind::Key)),
            ("primary_key", None),
            ("public_key", None),
            ("passwordField", None),
            ("token_type", None),
            ("compass", None),
            ("author", None),
            ("secretName", None),
            ("forgotPassword", None),
            ("PASSWORD_HASHERS", Some(Kind::Auth)),
            ("jinit_1pass_quantizer", Some(Kind::Auth)),
            ("PASSWORD_PROD", Some(Kind::Password)),
            ("next_page_token", None),
            ("resetToken", Some(Kind::Token)),
            ("SHOP_RESET_TOKEN", Some(Kind::Token)),
            ("reset_password", None),
            ("Context.SECURITY_CREDENTIALS", Some(Kind::Password)),
            ("user_credentials", Some(Kind::Auth)),
            ("wpa2-pre-shared-key", Some(Kind::Password)),
            ("tunnel1_preshared_key", Some(Kind::Password)),
            ("shared_key", Some(Kind::ApiKey)),
            ("mi_senha", Some(Kind::Password)),
            ("remoteRepositoryKey", None),
            ("sourceIdentifierKey", None),
            ("confKey", None),
            ("RELEASE_GPG_KEY_HOLDER", None),
            ("api_key_holder", Some(Kind::Auth)),
            ("secret_uid", None),
            ("_pattern_key_offsets", None),
            ("--recv-key", None),
            ("sec-websocket-key", None),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }

    #[test]
    fn an_author_is_told_before_the_name_is_read() {
        for (text, expected) in [
            ("author: x", true),
            ("AUTHORITY = x", true),
            ("authorize(", true),
            ("authorization: x", false),
            ("AUTHORIZATION: x", false),
            ("authOr = x", false),
            ("auth = x", false),
            ("auth", false),
        ] {
            assert_eq!(is_author(text.as_bytes(), Span::new(0, 4)), expected, "{text}");
        }
    }

    #[test]
    fn the_whole_name_is_taken() {
        let text = b"x = {my.db-password: 1}\\npassword->b";
        let word = |from: usize| {
            let at = from + text[from..].windows(4).position(|w| w == b"pass").unwrap();
            Span::new(at, at + 4)
        };
        assert_eq!(around(text, word(0)).of(text), b"my.db-password");
        assert_eq!(around(text, word(20)).of(text), b"password");
    }
}
