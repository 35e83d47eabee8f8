//! Hashes of passwords in formats of their own. Rules tell them where somebody has one; as the
//! value of a name they are none.

use super::shape::is_digest;
use crate::detect::text::words::WordList;
use crate::rules::words;

/// One a line: hashes of words that are no passwords themselves.
const HASHES: WordList = WordList(&words::HASHES_OF_WORDS);

/// Whether it is the hash of a password in a format of its own: `$2a$…`, `sha1$…`.
pub(in crate::detect) fn is_one(value: &[u8]) -> bool {
    let heads: [&[u8]; 16] = [
        b"sha1$", b"sha256$", b"sha512$", b"md5$", b"pbkdf2", b"{SSHA", b"{SHA", b"{CRYPT",
        b"{bcrypt", b"{pbkdf2", b"{scrypt", b"{argon2", b"{MD5", b"bcrypt$", b"argon2", b"$argon2",
    ];
    // `joe:$$apr1$$…`: Compose files write `$$` for `$`.
    let doubled: [&[u8]; 2] = [b"$$apr1$$", b"$$2y$$"];
    if heads.iter().any(|head| value.starts_with(head))
        || doubled.iter().any(|mark| memchr::memmem::find(value, mark).is_some())
    {
        return true;
    }
    if is_kept(value) || is_digest(value) && HASHES.holds(&value.to_ascii_lowercase()) {
        return true;
    }
    let Some(rest) = value.strip_prefix(b"$") else { return false };
    // One of bcrypt that was cut short is one.
    if rest.first() == Some(&b'2') && rest.get(2) == Some(&b'$') && rest.get(5) == Some(&b'$') {
        return true;
    }
    let scheme = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    (1..=14).contains(&scheme) && rest.get(scheme) == Some(&b'$') && rest.len() > 16
}

/// `*6BB4837E…`, `md5c3981fa8…`: the hash of a password as `MySQL` and `PostgreSQL` keep it.
fn is_kept(value: &[u8]) -> bool {
    let kept = [(&b"*"[..], 40), (b"md5", 32)];
    kept.iter().any(|(head, len)| {
        value
            .strip_prefix(*head)
            .is_some_and(|digits| digits.len() == *len && digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_told_by_their_heads() {
        for (value, expected) in [
            ("$2a$08$6.mbXqsDX82ZZ7q5d8Osb", true),
            ("*6bb4837eb74329105ee4568dda7dc67ed2ca2ad9", true),
            ("md5c3981fa8d26e95d911fe8eaeb6570f2f", true),
            ("$ecret$", false),
            ("md5c3981fa8", false),
            ("*6bb4837eb7", false),
        ] {
            assert_eq!(is_one(value.as_bytes()), expected, "{value}");
        }
    }
}
