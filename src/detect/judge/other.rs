//! What is something else than a secret, by its form: a host, an algorithm, a version, an
//! image of containers, the type of a column, a selector, the digest of a resource, a class.

use bstr::ByteSlice as _;

use super::promise::{ALGORITHMS, Words};
use super::shape::{self, NAMING};
use super::vocabulary;
use crate::detect::text::words::WordList;
use crate::rules::words;

/// A part of the name of a host is no longer.
const LABEL: usize = 16;

/// The numbers in the names of algorithms.
const SIZES: [&[u8]; 26] = [
    b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"10", b"12", b"20", b"128", b"160", b"192",
    b"224", b"256", b"384", b"448", b"512", b"521", b"1024", b"1305", b"2048", b"3072", b"4096",
    b"25519",
];
/// What names of hosts end with.
const DOMAINS: WordList = WordList(&words::TOP_LEVEL_DOMAINS);

pub(super) fn is_something_else(value: &[u8]) -> bool {
    is_sealed(value)
        || shape::is_distinguished_name(value)
        || is_guid(value)
        || is_numbered_note(value)
        || is_address_of_nobody(value)
        || is_date(value)
        || is_version(value)
        || is_image(value)
        || is_digest_of_resource(value)
        || is_algorithm(value)
        || is_host(value)
        || is_route(value)
        || is_element_or_type(value)
        || is_option(value)
        || is_part_of_form(value)
        || is_class_of_php(value)
        || is_license(value)
        || is_word_of_mail(value)
        || is_class(value)
}

/// `2.AOs4…==|O6Ol…==|iD33…=`: a cipher text beside its vector and its code, in base64.
fn is_sealed(value: &[u8]) -> bool {
    let scheme = value.iter().take_while(|b| b.is_ascii_digit()).count();
    let body = value[scheme..].strip_prefix(b".").unwrap_or(value);
    let is_block = |part: &[u8]| {
        part.len() >= 16
            && part.len().is_multiple_of(4)
            && part.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
    };
    // A vector of 12 or 16 bytes and the text, without padding.
    let is_pair = |(vector, text): (&[u8], &[u8])| {
        let is_base64 =
            |part: &[u8]| part.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b));
        matches!(vector.len(), 16 | 22 | 24)
            && text.len() >= 16
            && is_base64(vector)
            && is_base64(text)
    };
    body.contains(&b'|') && body.split(|&b| b == b'|').all(is_block)
        || value.split_once_str("||").is_some_and(is_pair)
}

/// `_SA_{262E99C9-…}`: an identifier as Windows writes it, behind what it is of.
fn is_guid(value: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'{', value) else { return false };
    let of = |b: &u8| b.is_ascii_alphabetic() || *b == b'_';
    value.strip_suffix(b"}").is_some_and(|head| shape::is_uuid(&head[open + 1..]))
        && value[..open].iter().all(of)
}

/// `azure.db.txid.used`, `snmp.v3.auth`: what something is called in a tree of names, which no
/// machine draws for a key.
pub(super) fn is_place_in_tree(value: &[u8]) -> bool {
    let in_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_';
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let enough = if digits == 0 { 1 } else { 2 };
    memchr::memchr_iter(b'.', value).count() >= enough
        && digits * 4 < value.len()
        && value[0].is_ascii_lowercase()
        && value.split(|&b| b == b'.').all(|part| !part.is_empty() && part.iter().all(in_name))
}

/// `bug#43704`, `464/tcp`: a report by its number, a port by its protocol (services(5)).
fn is_numbered_note(value: &[u8]) -> bool {
    let is_number =
        |text: &[u8]| (1..=6).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    let reports: [&[u8]; 4] = [b"bug#", b"gh#", b"issue#", b"pr#"];
    reports.iter().any(|kind| value.strip_prefix(*kind).is_some_and(is_number))
        || value.split_once_str("/").is_some_and(|(port, protocol)| {
            let kinds: [&[u8]; 4] = [b"tcp", b"udp", b"sctp", b"dccp"];
            is_number(port) && protocol.split(|&b| b == b'/').all(|kind| kinds.contains(&kind))
        })
}

/// `anonymous@`, `anon@ftp.com`: what stands for an address of mail where FTP lets everybody in
/// (RFC 1635).
fn is_address_of_nobody(value: &[u8]) -> bool {
    let address = value.trim_start_with(|c| c == '-');
    address.starts_with(b"anon@") || address.starts_with(b"anonymous@")
}

/// `2026-11-27`
fn is_date(value: &[u8]) -> bool {
    value.len() == 10
        && value.iter().enumerate().all(|(at, b)| match at {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
}

/// `v2.10.0`, `1.0.0-beta.2` (Semantic Versioning, 9), `3.11-slim`, `>=3.8,<4`.
fn is_version(value: &[u8]) -> bool {
    let is_one = |range: &[u8]| {
        let marks = range.iter().take_while(|b| b" v^~<>=!".contains(b)).count();
        let version = &range[marks..];
        let len = version.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        let (numbers, rest) = version.split_at(len);
        let is_label = |rest: &[u8]| {
            matches!(rest, [b'-' | b'+', first, ..] if first.is_ascii_alphabetic())
                && rest.iter().all(|b| b.is_ascii_alphanumeric() || b"-+.".contains(b))
                && !vocabulary::is_random(rest)
        };
        let is_plain = marks > 0 || numbers.contains(&b'.');
        is_plain
            && numbers.first().is_some_and(u8::is_ascii_digit)
            && (rest.is_empty() || is_label(rest))
    };
    value.contains(&b'.') && value.split(|&b| b == b',').all(is_one)
}

/// `registry.corp.io/team/app:1.2.3`, `nginx:1.25-alpine`, `app@sha256:<digest>`: an image of
/// containers (the grammar of references of the OCI's distribution).
fn is_image(value: &[u8]) -> bool {
    const DIGEST: &[u8] = b"@sha256:";
    let in_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-/:".contains(b);
    if let Some(at) = memchr::memmem::find(value, DIGEST) {
        return shape::is_digest(&value[at + DIGEST.len()..]) && value[..at].iter().all(in_name);
    }
    let Some(colon) = memchr::memrchr(b':', value) else { return false };
    let (name, tag) = (&value[..colon], &value[colon + 1..]);
    name.iter().all(in_name) && name.iter().any(u8::is_ascii_lowercase) && is_version(tag)
}

/// `sha512-<base64>`: what a page or a lock file says of a resource (Subresource Integrity).
fn is_digest_of_resource(value: &[u8]) -> bool {
    let lengths: [(&[u8], usize); 3] = [(b"sha256-", 44), (b"sha384-", 64), (b"sha512-", 88)];
    lengths.iter().any(|(head, len)| {
        value.strip_prefix(*head).is_some_and(|digest| {
            digest.len() == *len
                && digest.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
        })
    })
}

/// `AES-256-GCM`, `scram-sha-256`, `PBKDF2WithHmacSHA256`, `RSA-OAEP-256`, `Ed25519`.
fn is_algorithm(value: &[u8]) -> bool {
    let words = Words::of(value);
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || b"-_/".contains(b);
    let mut numbers = value.split(|b| !b.is_ascii_digit()).filter(|number| !number.is_empty());
    value.len() <= 40
        && words.len() > 0
        && value.iter().all(in_name)
        && words.iter().all(|word| ALGORITHMS.holds(word))
        && numbers.all(|number| SIZES.contains(&number))
}

/// `smtp.corp.io`, `db-1.internal:5432`
pub(super) fn is_host(value: &[u8]) -> bool {
    let port = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let host = value[..value.len() - port].strip_suffix(b":").unwrap_or(value);
    let mut labels = host.rsplit(|&b| b == b'.');
    let is_label = |label: &[u8]| {
        let digits = label.iter().filter(|b| b.is_ascii_digit()).count();
        (1..=LABEL).contains(&label.len())
            && digits <= 2
            && label.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
    };
    host.contains(&b'.')
        && labels.next().is_some_and(|last| DOMAINS.holds(last))
        && labels.all(is_label)
}

/// `password/:id`: a path with a place for a parameter; `/id?a=b&c`: one with a query.
fn is_route(value: &[u8]) -> bool {
    let at = memchr::memmem::find(value, b"/:");
    let has_place = at.and_then(|at| value.get(at + 2)).is_some_and(u8::is_ascii_lowercase)
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"/:_-?".contains(b));
    let asks = |(path, query): (&[u8], &[u8])| {
        let in_path = |b: &u8| b.is_ascii_alphanumeric() || b"/._-".contains(b);
        let in_query = |b: &u8| b.is_ascii_alphanumeric() || b"=&._-".contains(b);
        path.starts_with(b"/")
            && path.iter().all(in_path)
            && query.contains(&b'=')
            && query.iter().all(in_query)
    };
    has_place || value.split_once_str("?").is_some_and(asks)
}

/// `varchar(255)`, `char[32]`, `Optional[str]`: a type; `ENV[PASSWORD]`, `getenv(PASSWORD)`:
/// `App\Share20\Hooks`: a class behind its namespaces, each with its capital.
fn is_class_of_php(value: &[u8]) -> bool {
    let is_name = |part: &[u8]| {
        part.first().is_some_and(u8::is_ascii_uppercase)
            && part.iter().all(u8::is_ascii_alphanumeric)
            && !vocabulary::is_random(part)
    };
    memchr::memchr_iter(b'\\', value).count() > 1 && value.split(|&b| b == b'\\').all(is_name)
}

/// `BSD-3-Clause`, `GPL-2.0-or-later`: a licence, by its identifier (SPDX).
fn is_license(value: &[u8]) -> bool {
    const HEADS: [&[u8]; 8] =
        [b"Apache-", b"BSD-", b"GPL-", b"LGPL-", b"AGPL-", b"MPL-", b"EPL-", b"CC-BY"];
    HEADS.iter().any(|head| value.starts_with(head))
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"-.+".contains(b))
        && !vocabulary::is_random(value)
}

/// `=?UTF-8?B?…?=`: a word of the head of a mail, encoded (RFC 2047).
fn is_word_of_mail(value: &[u8]) -> bool {
    value.starts_with(b"=?") && memchr::memchr_iter(b'?', value).count() > 2
}

/// `userPasswordHint`, `jPasswordField1`: what shows or asks for a secret, in code.
fn is_part_of_form(value: &[u8]) -> bool {
    const PARTS: [&[u8]; 8] =
        [b"blur", b"box", b"field", b"hint", b"input", b"item", b"label", b"textbox"];
    let words = Words::of(value);
    words.len() > 2
        && value[0].is_ascii_lowercase()
        && value.iter().all(u8::is_ascii_alphanumeric)
        && PARTS.contains(&words.get(words.len() - 1))
        && words.iter().any(|word| NAMING.holds(word) || word == b"passphrase")
}

/// `--crypt-password2`: an option of a command.
fn is_option(value: &[u8]) -> bool {
    let Some(name) = value.strip_prefix(b"--") else { return false };
    name.first().is_some_and(u8::is_ascii_lowercase)
        && name.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
        && !vocabulary::is_random(name)
}

/// where it stands; `input[name=password]`: the field for it (Selectors, 6).
fn is_element_or_type(value: &[u8]) -> bool {
    let Some(open) = memchr::memchr2(b'(', b'[', value) else {
        // `Size/binary` in a pattern of Erlang.
        return value.ends_with(b"/binary");
    };
    let close = if value[open] == b'(' { b')' } else { b']' };
    let (head, inner) = (&value[..open], &value[open + 1..]);
    let Some(inner) = inner.strip_suffix(&[close]) else { return false };
    let is_size = !inner.is_empty() && inner.iter().all(u8::is_ascii_digit);
    let in_name = |b: &u8| b.is_ascii_alphabetic() || b"_.".contains(b);
    let ends = |types: &[&[u8]]| types.iter().any(|name| head.to_ascii_lowercase().ends_with(name));
    if is_size {
        return head.iter().all(in_name) && ends(&[b"char", b"char2", b"binary", b"text", b"byte"]);
    }
    let is_constant = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
    let is_index = inner.iter().all(in_name) || inner.iter().all(is_constant);
    if head.len() > 2 && head.iter().all(in_name) && is_index && !inner.is_empty() {
        return vocabulary::is_word(&last_word(head)) || ends(&[b"env", b"environ"]);
    }
    let in_selector = |b: &u8| b.is_ascii_lowercase() || b"-_.#:> ".contains(b);
    let in_test = |b: &u8| b.is_ascii_alphanumeric() || b"-_=^$*~|\"' ".contains(b);
    close == b']'
        && inner.contains(&b'=')
        && head.iter().all(in_selector)
        && inner.iter().all(in_test)
}

/// The last word of a dotted name, in lower case: `getenv` of `System.getenv`.
fn last_word(name: &[u8]) -> Vec<u8> {
    name.rsplit(|&b| b == b'.').next().unwrap_or_default().to_ascii_lowercase()
}

/// `Argon2PasswordHasher`, `RSA256KeyPairGenerator`: words in the style of a type, one of
/// which but not the last says what it is about; a password ends with its number.
fn is_class(value: &[u8]) -> bool {
    let words = Words::of(value);
    let last = words.len().saturating_sub(1);
    value.first().is_some_and(u8::is_ascii_uppercase)
        && value.last().is_some_and(u8::is_ascii_lowercase)
        && value.iter().all(u8::is_ascii_alphanumeric)
        && words.len() > 2
        && words.iter().take(last).any(|word| NAMING.holds(word))
        && !vocabulary::is_random(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_something_else_is_told_by_its_form() {
        for value in [
            "2026-11-27",
            "v2.10.0",
            "1.0.0-beta.2",
            "3.11-slim",
            ">=3.8,<4",
            "nginx:1.25-alpine",
            "AES-256-GCM",
            "scram-sha-256",
            "PBKDF2WithHmacSHA256",
            "RSA-OAEP-256",
            "AES/CBC/PKCS5Padding",
            "TLS_AES_128_GCM_SHA256",
            "secp256k1",
            "Ed25519",
            "smtp.corp.io",
            "password/:id",
            "/id?ad=qwe&dw",
            "db-1.internal:5432",
            "varchar(255)",
            "char[32]",
            "Optional[str]",
            "os.environ[DB_PASSWORD]",
            "getenv(PASSWORD1)",
            "input[name=password]",
            "form input[type=\"password\"]",
            "Argon2PasswordHasher",
            "OAuth2TokenIntrospector",
        ] {
            assert!(is_something_else(value.as_bytes()), "{value}");
        }
        let hex = "0b9e4a".repeat(10) + "77c1";
        assert!(is_something_else(format!("ghcr.io/corp/app@sha256:{hex}").as_bytes()));
        assert!(is_something_else(
            format!("sha256-{}4=", "q8ZtR2mW5v/K".repeat(4)[..42].to_owned()).as_bytes()
        ));
        for value in [
            "hunter2",
            "1.5-q8ztr2mw5vkx",
            "v2secret.9",
            "Falcon(77)",
            "falcon[x!]",
            "joe:1234",
            "aes-fjord-256",
            "rsa4711",
            "Summer2031Rain",
            "SuperSecretKey21",
            "q8ztr2mw.5vkxlp93.io",
            "sunny.day",
            "/id?x9Tz4kQm",
        ] {
            assert!(!is_something_else(value.as_bytes()), "{value}");
        }
    }
}
