//! What the words of a label say of the value behind it: a secret, something else, nothing.

pub(super) fn is_any(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|other| word.eq_ignore_ascii_case(other.as_bytes()))
}

/// What a word says of the value it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// A secret.
    Secret,
    /// Something else: a checksum, an id, a version.
    Other,
    /// Neither.
    Nothing,
}

/// These only as the last word.
pub(super) const SECRET_LAST: &[&str] = &["access", "private"];
/// These are as good behind an everyday word.
pub(super) const GOES_ON: &[&str] = &["api", "access", "private"];
/// A key of one of these is none to keep.
pub(super) const PUBLIC: &[&str] = &[
    "public",
    "pub",
    "publishable",
    "primary",
    "foreign",
    "sort",
    "partition",
    "cache",
    "idempotency",
    "gpg",
    "pgp",
    // What Figma calls its documents.
    "file",
    "style",
];

/// And what ends with one of these, if it says nothing else.
const SECRET_ENDS: [&[u8]; 4] = [b"token", b"secret", b"password", b"key"];

pub(super) fn says(word: &[u8]) -> Says {
    // Longer than any of these words, and in no allocation: most keywords ask.
    let mut lower = [0; 16];
    let len = word.len().min(lower.len());
    lower[..len].copy_from_slice(&word[word.len() - len..]);
    lower.make_ascii_lowercase();
    match &lower[..len] {
        b"keys" | b"tokens" | b"secrets" | b"auth" | b"authorization" | b"bearer" | b"basic"
        | b"ssws" | b"passwd" | b"passphrase" | b"passcode" | b"pass" | b"pwd" | b"pw" | b"pat"
        | b"cred" | b"creds" | b"credential" | b"credentials" | b"license" => Says::Secret,
        b"id" | b"ids" | b"uuid" | b"guid" | b"uid" | b"hash" | b"hashes" | b"sha" | b"sha1"
        | b"sha224" | b"sha256" | b"sha384" | b"sha512" | b"md5" | b"crc" | b"digest"
        | b"checksum" | b"checksums" | b"integrity" | b"commit" | b"checkout" | b"revision"
        | b"rev" | b"ref" | b"refs" | b"etag" | b"fingerprint" | b"thumbprint" | b"version"
        | b"build" | b"tag" | b"sum" | b"url" | b"uri" | b"path" | b"file" | b"filename"
        | b"name" | b"email" | b"user" | b"username" | b"recipient" | b"recipients" | b"host"
        | b"hostname" | b"tree" | b"blob" | b"import" | b"action" | b"actions" | b"pubkey"
        | b"publickey" | b"primarykey" | b"foreignkey" | b"sortkey" | b"hotkey" | b"monkey"
        | b"turkey" => Says::Other,
        word if SECRET_ENDS.iter().any(|end| word.ends_with(end)) => Says::Secret,
        _ => Says::Nothing,
    }
}

/// The words of a text: `messagebirdAPIToken_2` is `messagebird`, `API`, `Token`, `2`.
/// The colors of a terminal's log, `ESC [ 3 2 m`, are none.
pub(super) fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = loop {
            let start = rest.iter().position(u8::is_ascii_alphanumeric)?;
            let is_color = rest[..start].ends_with(b"\x1b[");
            let end = rest[start..].iter().position(u8::is_ascii_alphabetic).filter(|_| is_color);
            let Some(end) = end else { break start };
            rest = &rest[start + end + 1..];
        };
        rest = &rest[start..];
        let (word, tail) = rest.split_at(word_len(rest));
        rest = tail;
        Some(word)
    })
}

fn word_len(text: &[u8]) -> usize {
    let ends = |at: &usize| {
        let (before, byte) = (text[at - 1], text[*at]);
        let lower_follows = text.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        !byte.is_ascii_alphanumeric()
            || (byte.is_ascii_uppercase() && (!before.is_ascii_uppercase() || lower_follows))
    };
    (1..text.len()).find(ends).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text.as_bytes()).map(|word| std::str::from_utf8(word).unwrap()).collect()
    }

    #[test]
    fn names_are_split_into_their_words() {
        assert_eq!(split("messagebirdAPIToken_2"), ["messagebird", "API", "Token", "2"]);
        assert_eq!(split("-- sha256sum: "), ["sha256sum"]);
        assert_eq!(split("X-Acme-KEY="), ["X", "Acme", "KEY"]);
        assert_eq!(split("key\x1b[0m=\x1b[1;33m"), ["key"]);
    }
}
