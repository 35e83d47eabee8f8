//! What kind of secret a name promises, by its words.

pub(in crate::detect) use super::name_words::Words;
use crate::detect::text::ascii;
use crate::detect::text::words::WordList;
use crate::rules::words;

/// What a name promises, and so what its value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::detect) enum Kind {
    /// Chosen by a person: any word may be one.
    Password,
    /// A password by a word behind that may say whose it is: `FTP_PASSWORD_SANDBOX`. The value
    /// must show that it is one.
    Labelled,
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
    pub(in crate::detect) fn is_made(self) -> bool {
        matches!(self, Self::Secret | Self::Token | Self::ApiKey | Self::Auth)
    }
}

/// What the name promises, if it promises a secret.
pub(in crate::detect) fn classify(words: &Words) -> Option<Kind> {
    promised(words, false)
}

/// The same where the value shows that it is one, drawn or [`Kind::Labelled`], which no
/// label does.
pub(in crate::detect) fn of_drawn(words: &Words) -> Option<Kind> {
    promised(words, true)
}

fn promised(words: &Words, is_drawn: bool) -> Option<Kind> {
    let named = (0..words.len()).rev().find_map(|at| Some((at, kind_of(words.get(at))?)));
    let (at, kind) = named.or_else(|| by_two_words(words)).or_else(|| of_api(words))?;
    let mut behind = (at + 1..words.len()).map(|after| words.get(after));
    let is_other = |never: WordList, unlikely: WordList, word: &[u8]| {
        never.holds(word) || !is_drawn && unlikely.holds(word)
    };
    if behind.clone().any(|word| is_other(NOT_BEHIND, UNLIKELY_BEHIND, word))
        || words.iter().take(at).any(|word| NOT_FAR_BEFORE.contains(&word))
            && !hashes_with(words, at)
    {
        return None;
    }
    let is_plain = behind.all(|word| word.len() == 1 || BEHIND.holds(word));
    let before = words.before(at);
    // `RESET_TOKEN`: who has it may reset.
    let resets = kind == Kind::Token && before == b"reset";
    // `spark.authenticate.secret`
    let is_shared = kind == Kind::Secret && before == b"authenticate";
    let says_none = |word: &[u8]| !is_shared && is_other(NOT_BEFORE, UNLIKELY_BEFORE, word);
    if !resets && says_none(before) || says_none(words.get(0)) && at > usize::from(resets) {
        return None;
    }
    // `GPG_KEY_UID`: no word behind makes a secret of what is none.
    let is_key = kind == Kind::Key;
    // `recaptcha.key.public`: of two keys the one for everybody.
    if is_key && words.get(words.len() - 1) == b"public" {
        return None;
    }
    // `active_record.encryption.primary_key` of Rails encrypts.
    let encrypts = before == b"primary" && words.before(at - 1) == b"encryption";
    if is_key && !encrypts && is_other(NOT_BEFORE_KEY, UNLIKELY_BEFORE_KEY, before) {
        return None;
    }
    // `publicEdKey`: one of an algorithm.
    if is_key && ALGORITHMS.holds(before) && words.before(at - 1) == b"public" {
        return None;
    }
    let kind = if is_key { key_kind(words, at) } else { kind };
    if !is_plain {
        return Some(if kind == Kind::Password { Kind::Labelled } else { Kind::Auth });
    }
    if words.get(at) == b"auth" && matches!(before, b"redis" | b"rediscli") {
        return Some(Kind::Password);
    }
    // What Java calls the password of a directory (javax.naming.Context), and others do.
    if words.get(at) == b"credentials" && matches!(before, b"security" | b"bind" | b"authn") {
        return Some(Kind::Password);
    }
    let is_other = words.get(at) == b"pass" && NOT_BEFORE_PASS.holds(before)
        // What a server of ACME asks for, in the open (RFC 8555, 8.1).
        || words.len() == 2 && words.get(at) == b"authorization" && before == b"key"
        || kind == Kind::Token && (NOT_BEFORE_TOKEN.holds(before) || is_of_request(words, at));
    (!is_other).then_some(kind)
}

/// Two words that name a secret together and not apart: what the nodes of Erlang know each
/// other by (erl(1)), what a CDN shows that it is one, what opens a protected deployment, what a
/// device is asked with (RFC 1157, 4.1).
fn by_two_words(words: &Words) -> Option<(usize, Kind)> {
    (1..words.len()).find_map(|at| {
        let kind = match (words.before(at), words.get(at)) {
            (b"release" | b"erlang", b"cookie")
            | (b"origin", b"verify")
            | (b"protection", b"bypass")
            | (b"default", b"signer")
            | (b"totp" | b"otp" | b"mfa", b"seed") => Kind::Secret,
            (b"snmp", b"community") => Kind::Password,
            _ => return None,
        };
        Some((at, kind))
    })
}

/// What devices are asked with until somebody changes it.
pub(in crate::detect) fn is_first_community(value: &[u8]) -> bool {
    matches!(value, b"public" | b"private")
}

/// `JELLYFIN_API`: the key of somebody's API, if it is one.
fn of_api(words: &Words) -> Option<(usize, Kind)> {
    let last = words.len().checked_sub(1).filter(|&last| words.get(last) == b"api")?;
    (last > 0).then_some((last, Kind::Auth))
}

/// `clientRequestToken`, `LifecycleActionToken` of AWS: which request, by a number;
/// `__RequestVerificationToken` of ASP.NET: that a form is one's own.
fn is_of_request(words: &Words, at: usize) -> bool {
    let before = at.checked_sub(1).map_or(&[][..], |last| words.before(last));
    matches!(
        (before, words.before(at)),
        (b"client", b"request") | (b"lifecycle", b"action") | (b"request", b"verification")
    )
}

/// `HASH_SECRET`, `encryptedSavedObjects.encryptionKey`: what is hashed or encrypted with.
fn hashes_with(words: &Words, at: usize) -> bool {
    words.get(at) == b"secret" && words.before(at) == b"hash"
        || words.get(at) == b"key" && words.before(at) == b"encryption" && words.len() > 3
}

/// Whether a word of the name is one for a password in another language than English, most of
/// which mean something else, too: a code, a word, an entry.
pub(in crate::detect) fn is_password_abroad(words: &Words) -> bool {
    words.iter().any(|word| PASSWORDS_ABROAD.holds(word))
}

/// Whether letters alone hold a word for a password in another language, as what an interface
/// says does: `NovéHeslo`, `WiFi-adgangskode`.
pub(in crate::detect) fn speaks_of_password_abroad(value: &[u8]) -> bool {
    let in_words = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii() || b"-_".contains(b);
    let lower = value.to_ascii_lowercase();
    value.iter().all(in_words)
        && SPOKEN_ABROAD.entries().any(|word| memchr::memmem::find(&lower, word).is_some())
}

fn key_kind(words: &Words, at: usize) -> Kind {
    let before = words.before(at);
    // `pre_shared_key`: chosen by people, as a password is.
    if before == b"preshared" || before == b"shared" && words.before(at - 1) == b"pre" {
        return Kind::Password;
    }
    match kind_of(before) {
        Some(Kind::Password) => Kind::Password,
        Some(_) => Kind::ApiKey,
        None if BEFORE_KEY.holds(before) => Kind::ApiKey,
        None => Kind::Key,
    }
}

/// The kind a single word promises.
fn kind_of(word: &[u8]) -> Option<Kind> {
    match word {
        b"auth" | b"oauth" | b"authentication" | b"authorization" | b"cred" | b"creds"
        | b"credential" | b"credentials" => Some(Kind::Auth),
        // `set psksecret "…"` of FortiGate.
        b"authtok" | b"psksecret" | b"contrase" | b"passe" | b"passwords" | b"psw" | b"pw"
        | b"upw" | b"opw" => Some(Kind::Password),
        b"bearer" | b"tokens" => Some(Kind::Token),
        b"kek" | b"apikeys" | b"pepper" => Some(Kind::ApiKey),
        b"key" | b"keys" => Some(Kind::Key),
        b"secrets" => Some(Kind::Secret),
        _ => kind_by_ending(word).filter(|_| !NOT_A_PASS.holds(word)),
    }
}

/// The same of a word written together: `dbpassword`, `authtoken`, `apikey`.
fn kind_by_ending(word: &[u8]) -> Option<Kind> {
    if word.ends_with(b"token") {
        return Some(Kind::Token);
    }
    if word.ends_with(b"secret") {
        return Some(Kind::Secret);
    }
    let ends_with_any = |word: &[u8], tails: &[&[u8]]| tails.iter().any(|t| word.ends_with(t));
    if let Some(head) = word.strip_suffix(b"key") {
        if BEFORE_KEY.holds(head) || ends_with_any(head, KEYS) {
            return Some(Kind::ApiKey);
        }
        // `openaikey`, and no `publickey` or `monkey`.
        let is_other = head.len() < 4 || NOT_BEFORE.holds(head) || NOT_BEFORE_KEY.holds(head);
        return (!is_other).then_some(Kind::Key);
    }
    let (_, endings) = PASSWORDS.iter().find(|(last, _)| word.last() == Some(last))?;
    ends_with_any(word, endings).then_some(Kind::Password)
}

/// Whether a call of this name sets which one: `setUnsealKey`.
pub(in crate::detect) fn sets(words: &Words) -> bool {
    words.len() > 2 && matches!(words.get(0), b"set" | b"with")
}

/// Whether a word before `key` says what for, and neither is a word of code nor speaks of
/// two keys, one of which is public: `access key`.
pub(in crate::detect) fn qualifies_key(word: &[u8]) -> bool {
    word == b"secret"
        || BEFORE_KEY.holds(word) && ![&b"private"[..], b"rsa", b"ssh"].contains(&word)
}

/// Whether a call of this name takes a user and the password.
pub(in crate::detect) fn logs_in(call: &[u8]) -> bool {
    LOGINS.holds(&ascii::last_word(call))
}

/// Calls that take a user and the password.
const LOGINS: WordList = WordList(&words::LOGINS);
/// Words that names of algorithms are made of.
pub(super) const ALGORITHMS: WordList = WordList(&words::ALGORITHMS);
/// Words that end like a password and are none.
const NOT_A_PASS: WordList = WordList(&words::NAME_NOT_A_PASS);
/// Words behind the hot word that make the name speak about a secret.
const NOT_BEHIND: WordList = WordList(&words::NAME_NOT_BEHIND);
/// Words anywhere before it that make the value a digest, a cipher text or a count.
const NOT_FAR_BEFORE: [&[u8]; 4] = [b"encrypted", b"hash", b"hashed", b"ratelimit"];
/// Words behind the hot word that leave its promise as it is; behind any other
/// only what a machine drew counts.
const BEHIND: WordList = WordList(&words::NAME_BEHIND);
/// Words before the hot word, or at the head of the name, that do the same.
const NOT_BEFORE: WordList = WordList(&words::NAME_NOT_BEFORE);
/// Words there that mostly say what is done with it, or make a label of it (`checkPassword`,
/// `searchToken`): only what a machine drew counts then (`SEARCH_API_KEY`).
const UNLIKELY_BEFORE: WordList = WordList(&words::NAME_UNLIKELY_BEFORE);
/// The same of words behind the hot word, and before a key.
const UNLIKELY_BEHIND: WordList = WordList(&words::NAME_UNLIKELY_BEHIND);
const UNLIKELY_BEFORE_KEY: WordList = WordList(&words::NAME_UNLIKELY_BEFORE_KEY);
/// Words that make a pass one of a compiler, a filter, a renderer.
const NOT_BEFORE_PASS: WordList = WordList(&words::NAME_NOT_BEFORE_PASS);
/// Words that make a token one of a language or of a list of pages.
const NOT_BEFORE_TOKEN: WordList = WordList(&words::NAME_NOT_BEFORE_TOKEN);
/// Words that make a key one of a map, a table or a keyboard.
const NOT_BEFORE_KEY: WordList = WordList(&words::NAME_NOT_BEFORE_KEY);
/// Words for passwords in other languages.
const PASSWORDS_ABROAD: WordList = WordList(&words::PASSWORDS_ABROAD);
/// Words for passwords in other languages, as their speakers write them.
const SPOKEN_ABROAD: WordList = WordList(&words::SPOKEN_ABROAD);
/// Qualifiers that make a key a secret.
const BEFORE_KEY: WordList = WordList(&words::NAME_BEFORE_KEY);

/// What may stand before the key in one word.
const KEYS: &[&[u8]] =
    &[b"api", b"auth", b"access", b"secret", b"private", b"aes", b"app", b"master"];

/// Endings of passwords, by their last letter.
const PASSWORDS: &[(u8, &[&[u8]])] = &[
    (b'a', &[b"contrasena", b"senha"]),
    (
        b'd',
        &[
            b"password",
            b"passwd",
            b"passwrd",
            b"pasword",
            b"paswrd",
            b"passworsd",
            b"pswd",
            b"pswrd",
            b"psword",
            b"pword",
            b"pwd",
            b"wachtwoord",
        ],
    ),
    (b'e', &[b"passphrase", b"passcode", b"motdepasse"]),
    (b'h', &[b"masterauth"]),
    (b'k', &[b"psk"]),
    (b's', &[b"pass"]),
    (b't', &[b"passwort", b"kennwort"]),
    (b'w', &[b"passw", b"userpw", b"bindpw", b"rootpw", b"adminpw", b"dbpw", b"modpw", b"rconpw"]),
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
            ("LICENSEKEY", Some(Kind::ApiKey)),
            ("myAPIkey", Some(Kind::ApiKey)),
            ("SECRET_VAULT_KEK", Some(Kind::ApiKey)),
            ("INCORRECT_PASSWORD", None),
            ("client-secret", Some(Kind::Secret)),
            ("my_password_super_secure", Some(Kind::Password)),
            ("key", Some(Kind::Key)),
            ("primary_key", None),
            ("public_key", None),
            ("SUPublicEDKey", None),
            ("NEXT_PUBLIC_API_KEY", Some(Kind::ApiKey)),
            ("onepassword", None),
            ("passwordField", None),
            ("token_type", None),
            ("compass", None),
            ("author", None),
            ("secretName", None),
            ("forgotPassword", None),
            ("PASSWORD_HASHERS", Some(Kind::Labelled)),
            ("jinit_1pass_quantizer", Some(Kind::Labelled)),
            ("PASSWORD_PROD", Some(Kind::Password)),
            ("PasswordSMS", Some(Kind::Password)),
            ("next_page_token", None),
            ("x-ratelimit-reset-tokens", None),
            ("structural_key", None),
            ("credential_delete", None),
            ("resetToken", Some(Kind::Token)),
            ("SHOP_RESET_TOKEN", Some(Kind::Token)),
            ("reset_password", None),
            ("Context.SECURITY_CREDENTIALS", Some(Kind::Password)),
            ("LDAP_BIND_CREDENTIALS", Some(Kind::Password)),
            ("REDIS_AUTH", Some(Kind::Password)),
            ("csrftoken", None),
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
            ("spreadsheet_key", None),
            ("image_token", None),
            ("key_authorization", None),
            ("api_key_authorization", Some(Kind::Auth)),
            ("NON_PROD_PASSWORD", Some(Kind::Password)),
            ("REST_AUTH_SITE_KEY", Some(Kind::Key)),
            ("api_authorization", Some(Kind::Auth)),
            ("looksLikeAToken", None),
            ("dynamic_key", None),
            ("Control.Password.PBKDF2", None),
            ("password_md5", None),
            ("Authentication-Vector", None),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }

    #[test]
    fn of_what_a_machine_drew_more_names_promise() {
        for (name, expected) in [
            ("SEARCH_API_KEY", Some(Kind::ApiKey)),
            ("verifyToken", Some(Kind::Token)),
            ("API_KEY_SERVER", Some(Kind::Auth)),
            ("USER_KEY", Some(Kind::Key)),
            ("cache_key", None),
            ("sonar.projectKey", None),
            ("credentialServiceThumbprint", None),
            ("public_key", None),
            ("encrypted_password", None),
        ] {
            assert_eq!(kind(name), None, "{name}");
            assert_eq!(of_drawn(&Words::of(name.as_bytes())), expected, "{name}");
        }
    }
}
