//! Forbidden paths: files that must not be committed because of what they
//! are. The name decides first, so that nearly no file is looked into; then
//! the content may clear it. What a rule would find in the content anyway is
//! left to that rule.

use super::judge::promise::{self, Words};
use super::judge::reference;
use super::language::extension;
use super::stage::Stage;
use super::text::der;
use super::{dotenv, env_family, url};
use crate::model::{RepoPath, Rule};
use crate::rules;

/// The rule by which the file at `path` must not be committed, if there is
/// one. `bytes` are looked at only when the name asks for it.
pub fn forbidden(path: &RepoPath, bytes: &[u8]) -> Option<&'static Rule> {
    let name = path.base_name().to_ascii_lowercase();
    let id = if env_family::is_forbidden(&name, bytes) {
        return Some(rules::named("env-file"));
    } else if is_private_key(path, &name, bytes) {
        "private-key-file"
    } else if is_credential_file(path, &name, bytes) {
        "credential-file"
    } else {
        return None;
    };
    let is_open = !bytes.trim_ascii().is_empty() && !env_family::is_ciphertext_file(bytes);
    is_open.then(|| rules::named(id))
}

/// Why the file at `path` that must not be committed may hold nothing: a file of the
/// environment that names no secret, or that stands among tests and holds nothing a
/// machine drew.
pub fn doubt(path: &RepoPath, bytes: &[u8]) -> Option<&'static str> {
    if !env_family::is_env_name(path.base_name()) {
        let name = path.base_name().to_ascii_lowercase();
        let is_store = matches!(extension(&name), Some(b"p12" | b"pfx"));
        let holds_none = || der::sequence(bytes).is_some() && !holds_key_bag(bytes);
        (is_store && holds_none()).then_some("it seems to hold certificates alone")
    } else if names_no_secret(bytes) {
        Some("nothing in it is a secret, by its name or its value")
    } else if Stage::of(path) == Stage::Rehearsal && env_family::holds_placeholders_only(bytes) {
        Some("it stands among tests and holds no key, so it may be made up")
    } else {
        None
    }
}

/// Whether a key store says that it holds a key, locked or not: the object identifiers of its
/// bags, `pkcs-12PkcsBagIds` 1 and 2 (RFC 7292, 4.2).
fn holds_key_bag(bytes: &[u8]) -> bool {
    const BAGS: &[u8] = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01";
    let ends = |at: usize| matches!(bytes.get(at + BAGS.len()), Some(1 | 2));
    memchr::memmem::find_iter(bytes, BAGS).any(ends)
}

/// Whether it holds nothing but settings and remarks, and no setting has the name of a secret
/// or looks like one.
fn names_no_secret(bytes: &[u8]) -> bool {
    let promises = |name: &[u8]| {
        env_family::is_secret_name(name) || promise::classify(&Words::of(name)).is_some()
    };
    let is_setting = |dotenv::Pair { name, value }: &dotenv::Pair| {
        value.is_empty()
            || is_switch(value)
            || reference::is_reference(value)
            || !promises(name) && !env_family::looks_random(value) && url::password(value).is_none()
    };
    let is_remark = |line: &[u8]| line.is_empty() || line.starts_with(b"#");
    let mut lines = bytes.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    let pairs = dotenv::pairs(bytes);
    pairs.iter().all(is_setting) && (!pairs.is_empty() || lines.all(is_remark))
}

/// `yes`, `false`, `8`: on or off, or how many.
fn is_switch(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] = [b"false", b"no", b"off", b"on", b"true", b"yes"];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
        || value.len() < 4 && value.iter().all(u8::is_ascii_digit)
}

/// Files of private keys by their name; of those whose name says it not quite, the
/// content decides. What a rule reads in the content is told there, see `Engine::scan`.
fn is_private_key(path: &RepoPath, name: &[u8], bytes: &[u8]) -> bool {
    const SSH_NAMES: [&[u8]; 6] =
        [b"id_rsa", b"id_dsa", b"id_ecdsa", b"id_ed25519", b"id_ecdsa_sk", b"id_ed25519_sk"];
    if SSH_NAMES.contains(&name) {
        return !is_public_key(bytes) && !is_link(bytes);
    }
    match extension(name).unwrap_or_default() {
        b"p12" | b"pfx" | b"ppk" => true,
        b"jks" | b"keystore" => is_java_key_store(path, name, bytes),
        b"key" | b"der" | b"pk8" | b"p8" => is_der_key(bytes),
        _ => false,
    }
}

/// A line of `authorized_keys` (sshd(8)): `ssh-rsa AAAA…`, `ecdsa-sha2-nistp256 AAAA…`.
fn is_public_key(bytes: &[u8]) -> bool {
    [&b"ssh-"[..], b"ecdsa-", b"sk-ssh-", b"sk-ecdsa-"].iter().any(|kind| bytes.starts_with(kind))
}

/// `../keys/deploy`: what git keeps of a link is where it leads.
fn is_link(bytes: &[u8]) -> bool {
    (bytes.starts_with(b"../") || bytes.starts_with(b"./")) && !bytes.contains(&b'\n')
}

/// A key store of Java or Android, but not one that holds certificates alone, the one
/// that Android's tools make with a published password, or one that a test or an example
/// reads: its keys are locked, and tests keep many (37 in 39 repositories).
fn is_java_key_store(path: &RepoPath, name: &[u8], bytes: &[u8]) -> bool {
    // Magic number, version, count, and the first entry's tag: 2 is a trusted
    // certificate (sun.security.provider.JavaKeyStore).
    let holds_certificates =
        bytes.starts_with(b"\xfe\xed\xfe\xed") && bytes.get(12..16) == Some(&[0, 0, 0, 2]);
    let is_shown = || matches!(Stage::of(path), Stage::Rehearsal | Stage::Lesson);
    !holds_certificates && name != b"debug.keystore" && !is_shown()
}

/// A DER private key: a sequence that begins with a version, then the modulus
/// (PKCS #1), the octets of an EC key (RFC 5915) or an algorithm (PKCS #8).
fn is_der_key(bytes: &[u8]) -> bool {
    match der_sequence(bytes) {
        Some([2, 1, 0 | 1, 0x30, ..] | [2, 1, 1, 4, ..]) => true,
        Some([2, 1, 0, 2, rest @ ..]) => rest.len() > 200,
        Some(_) | None => false,
    }
}

/// What is inside the DER sequence that `bytes` are, all of them.
fn der_sequence(bytes: &[u8]) -> Option<&[u8]> {
    der::sequence(bytes).filter(|(len, body)| body.len() == *len).map(|(_, body)| body)
}

/// Files of credentials in a form of their own, in which no rule would see
/// them: a bare key, a bare password, columns.
fn is_credential_file(path: &RepoPath, name: &[u8], bytes: &[u8]) -> bool {
    match name {
        b"master.key" => is_hex_key(bytes),
        b".vault-token"
        | b".vault_pass"
        | b".vault_password"
        | b".vault-password"
        | b".vault_pass.txt"
        | b".vault-pass"
        | b"ldap.secret"
        | b"libnss-ldap.secret"
        | b"pam_ldap.secret" => is_one_value(bytes),
        b".pgpass" | b"pgpass" | b"pgpass.conf" => {
            has_row(bytes, |row| column(row, b':', 4).is_some_and(is_value))
        }
        // What pppd and Exim send to log in: client, server, secret; host, user, password.
        b"chap-secrets" | b"pap-secrets" => {
            has_row(bytes, |row| field(row, 2).is_some_and(is_value))
        }
        b"passwd.client" => has_row(bytes, |row| column(row, b':', 2).is_some_and(is_value)),
        // A host of Postfix without its port; a rule reads the others.
        b"sasl_passwd" => has_row(bytes, |row| {
            let pair = field(row, 1).and_then(|pair| column(pair, b':', 1));
            pair.is_some_and(is_value) && column(row, b':', 2).is_none()
        }),
        b"userlist.txt" => has_row(bytes, is_quoted_pair),
        b".git-credentials" => has_row(bytes, |row| url::password(row).is_some_and(is_value)),
        // What Firefox saved; its key is kept beside it.
        b"logins.json" => memchr::memmem::find(bytes, b"\"encryptedPassword\"").is_some(),
        b".env-cmdrc" => !dotenv::pairs(bytes).is_empty(),
        _ => match extension(name).unwrap_or_default() {
            b"key" => path.folder().ends_with(b"config/credentials") && is_hex_key(bytes),
            b"keytab" | b"kdbx" => true,
            _ => false,
        },
    }
}

/// What Rails writes into `config/master.key`: 32 hex digits, or 64; Jenkins into
/// `secrets/master.key`: 256.
fn is_hex_key(bytes: &[u8]) -> bool {
    let key = bytes.trim_ascii();
    matches!(key.len(), 32 | 64 | 256) && key.iter().all(u8::is_ascii_hexdigit)
}

fn is_one_value(bytes: &[u8]) -> bool {
    let value = bytes.trim_ascii();
    is_value(value) && !value.iter().any(u8::is_ascii_whitespace)
}

fn is_value(value: &[u8]) -> bool {
    !value.is_empty() && value != b"*" && !value.starts_with(b"$") && !value.starts_with(b"<")
}

/// `"user" "password"`, as `PgBouncer` lists its users.
fn is_quoted_pair(row: &[u8]) -> bool {
    let inner = row.strip_prefix(b"\"").and_then(|row| row.strip_suffix(b"\""));
    let gap = inner.and_then(|inner| Some((inner, memchr::memmem::find(inner, b"\" \"")?)));
    gap.is_some_and(|(inner, at)| at > 0 && is_value(&inner[at + 3..]))
}

fn has_row(bytes: &[u8], is_it: impl Fn(&[u8]) -> bool) -> bool {
    bytes
        .split(|&b| b == b'\n')
        .map(<[u8]>::trim_ascii)
        // Comments, and rows that a template fills.
        .filter(|row| !row.starts_with(b"#") && memchr::memmem::find(row, b"{{").is_none())
        .any(is_it)
}

fn column(row: &[u8], separator: u8, number: usize) -> Option<&[u8]> {
    row.split(|&b| b == separator).nth(number)
}

/// The field of this number, between blanks.
fn field(row: &[u8], number: usize) -> Option<&[u8]> {
    row.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty()).nth(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template::expand;

    fn rule(path: &str, bytes: &[u8]) -> Option<&'static str> {
        forbidden(&RepoPath::new(path.as_bytes()), bytes).map(|rule| rule.id)
    }

    #[test]
    fn the_env_family_is_forbidden_in_any_folder() {
        for path in [".env", "a/b/.ENV", "deploy/prod.env", ".env/.env.local"] {
            assert_eq!(rule(path, b"A=b"), Some("env-file"), "{path}");
        }
        for path in [".env/bin/activate", "a/.env.d.ts", ".envrc", "src/env.rs", "env/a.py"] {
            assert_eq!(rule(path, b"A=b"), None, "{path}");
        }
    }

    #[test]
    fn an_env_file_of_a_test_that_holds_no_key_is_doubted() {
        let doubts = |path: &str, text: &str| {
            doubt(&RepoPath::new(path.as_bytes()), text.as_bytes()).is_some()
        };
        let key = expand("API_KEY={base62:32}\n", 0).unwrap();
        assert!(doubts("a/fixtures/quoted.env", "API_KEY=abc\nPORT=80\n"));
        assert!(!doubts("a/fixtures/quoted.env", &key) && !doubts(".env", "API_KEY=abc\n"));
        assert!(!doubts("tests/keys/server.p12", ""));
    }

    #[test]
    fn an_env_file_that_names_no_secret_is_doubted() {
        let doubts = |text: &str| doubt(&RepoPath::new(&b"web/.env"[..]), text.as_bytes());
        for text in [
            "PORT=9222\n# a comment\nBASE_URL='/'\n",
            "API_KEY=\nDB_PASSWORD=\"\"\n",
            "ALLOW_NONE_AUTHENTICATION=yes\nMIN_PASSWORD=8\nGIT_AUTHOR=Joe\n",
            "# filled when it is installed\n\n",
            "",
        ] {
            assert!(doubts(text).is_some(), "{text}");
        }
        for text in
            ["PORT=80\nAPI_KEY=abc\n", "DATABASE_URL=postgres://joe:abc@db/x\n", "DB_PW=abc\n"]
        {
            assert!(doubts(text).is_none(), "{text}");
        }
        let drawn = expand("STRIPE={base62:32}\n", 0).unwrap();
        assert!(doubts(&drawn).is_none() && doubts("just a line\n").is_none());
    }

    #[test]
    fn private_keys_are_told_by_their_name() {
        let key = Some("private-key-file");
        for path in ["id_rsa", "home/.ssh/ID_ED25519", "a.p12", "b/c.pfx", "a.ppk", "app/up.jks"] {
            assert_eq!(rule(path, b"any"), key, "{path}");
            assert_eq!(rule(path, b" \n"), None, "{path}");
            assert_eq!(rule(path, b"$ANSIBLE_VAULT;1.1;AES256\n"), None, "{path}");
        }
        assert_eq!(rule("keys/id_rsa.pub", b"ssh-rsa AAAA"), None);
        assert_eq!(rule("keys/id_rsa", b"ssh-rsa AAAA"), None);
        assert_eq!(rule("keys/id_rsa", b"../../team/id_rsa"), None);
        let der = |body: &[u8]| [&[0x30, body.len() as u8], body].concat();
        assert_eq!(rule("a.der", &der(b"\x02\x01\x00\x30\x03abc")), key);
        assert_eq!(rule("cert.der", &der(b"\x30\x02ab")), None);
    }

    #[test]
    fn a_java_key_store_is_none_in_tests_or_without_keys() {
        let store = |tag: u8| [&b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x01\0\0\0"[..], &[tag]].concat();
        assert_eq!(rule("android/release.keystore", &store(1)), Some("private-key-file"));
        assert_eq!(rule("android/release.keystore", &store(2)), None);
        assert_eq!(rule("android/debug.keystore", &store(1)), None);
        assert_eq!(rule("src/test/resources/server.jks", &store(1)), None);
        assert_eq!(rule("examples/server.jks", &store(1)), None);
    }

    #[test]
    fn credential_files_are_judged_by_their_content() {
        let key = expand("{hex:32}\n", 0).unwrap();
        assert_eq!(rule("config/master.key", key.as_bytes()), Some("credential-file"));
        assert_eq!(
            rule("config/credentials/production.key", key.as_bytes()),
            Some("credential-file")
        );
        assert_eq!(rule("assets/c.key", key.as_bytes()), None);
        assert_eq!(rule("config/master.key", b"see the wiki"), None);
        assert_eq!(
            rule(".pgpass", b"# h:p:d:u:p\nlocalhost:5432:db:me:abc\n"),
            Some("credential-file")
        );
        assert_eq!(rule(".pgpass", b"# h:p:d:u:p\n"), None);
        assert_eq!(
            rule(".git-credentials", b"https://me:abc@example.org\n"),
            Some("credential-file")
        );
        assert_eq!(rule(".git-credentials", b"https://example.org\n"), None);
        let saved = b"{\"logins\": [{\"hostname\": \"a\", \"encryptedPassword\": \"MDo=\"}]}";
        assert_eq!(rule("firefox/logins.json", saved), Some("credential-file"));
        assert_eq!(rule("tests/logins.json", b"{\"logins\": [\"joe\"]}"), None);
        assert_eq!(rule(".vault_pass", b"abc\n"), Some("credential-file"));
        assert_eq!(rule(".vault_pass", b"#!/bin/sh\npass show vault\n"), None);
        let credential = Some("credential-file");
        assert_eq!(rule("files/pgpass", b"*:*:db:joe:abc\n"), credential);
        assert_eq!(rule("files/pgpass", b"*:*:db:joe:*\n*:*:db:joe:{{ password }}\n"), None);
        assert_eq!(rule("ppp/chap-secrets", b"# client server secret\njoe * abc *\n"), credential);
        assert_eq!(rule("ppp/chap-secrets", b"# client server secret\n{{ a }} * {{ b }} *"), None);
        assert_eq!(rule("exim4/passwd.client", b"mail.acme.io:joe:abc\n"), credential);
        assert_eq!(rule("exim4/passwd.client", b"# host:login:password\n"), None);
        assert_eq!(rule("postfix/sasl_passwd", b"mail.acme.io joe:abc\n"), credential);
        assert_eq!(rule("postfix/sasl_passwd", b"mail.acme.io joe:<password>\n"), None);
        assert_eq!(rule("pgbouncer/userlist.txt", b"\"joe\" \"abc\"\n"), credential);
        assert_eq!(rule("names/userlist.txt", b"joe\n\"ann\"\n\"bob\" \"\"\n"), None);
        assert_eq!(rule("etc/ldap.secret", b"abc\n"), credential);
        assert_eq!(rule("etc/http.keytab", b"\x05\x02"), credential);
        assert_eq!(rule("a.kdbx", b"\x03\xd9\xa2\x9a"), credential);
        assert_eq!(rule("a.kdbx", b""), None);
    }
}
