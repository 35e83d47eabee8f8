//! What a value is made of, and the shapes that no secret has.

use bstr::ByteSlice as _;

use super::promise::{self, Words};
use super::vocabulary;
use crate::detect::text::words::WordList;
use crate::rules::words;

/// Counts of the bytes of a value, and whether a machine drew it.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::detect) struct Shape {
    pub(in crate::detect) lower: usize,
    pub(in crate::detect) upper: usize,
    pub(in crate::detect) digits: usize,
    pub(in crate::detect) spaces: usize,
    /// Everything else in ASCII.
    pub(in crate::detect) symbols: usize,
    /// Bytes beyond ASCII.
    pub(in crate::detect) foreign: usize,
    pub(in crate::detect) is_random: bool,
}

impl Shape {
    pub(in crate::detect) fn of(value: &[u8]) -> Self {
        let mut shape = Self { is_random: vocabulary::is_random(value), ..Self::default() };
        for &byte in value {
            *match byte {
                b'a'..=b'z' => &mut shape.lower,
                b'A'..=b'Z' => &mut shape.upper,
                b'0'..=b'9' => &mut shape.digits,
                b' ' => &mut shape.spaces,
                0x80.. => &mut shape.foreign,
                _ => &mut shape.symbols,
            } += 1;
        }
        shape
    }

    pub(in crate::detect) fn letters(&self) -> usize {
        self.lower + self.upper
    }

    /// Whether words are joined by `/` or `\`.
    pub(in crate::detect) fn is_path(&self, value: &[u8]) -> bool {
        let heads: [&[u8]; 7] = [b"/", b"./", b"../", b"~/", b"C:\\", b"\\\\", b"file:"];
        let slashes = memchr::memchr2_iter(b'/', b'\\', value).count();
        let file = value.rsplit(|&b| b == b'/').next().unwrap_or_default();
        let roots: [&[u8]; 9] = [
            b"/tmp/", b"/var/", b"/etc/", b"/usr/", b"/home/", b"/run/", b"/opt/", b"/dev/",
            b"/nix/",
        ];
        // `base64://KY…` is a key that begins so.
        if memchr::memmem::find(value, b"://").is_some() && !value.starts_with(b"base64:")
            || roots.iter().any(|root| value.starts_with(root))
            || file.len() < value.len() && is_file(file)
            || is_file_of_key(value)
            || slashes > 2 && is_written_path(value)
        {
            return true;
        }
        let headed = heads.iter().any(|head| value.starts_with(head));
        let is_word = |part: &[u8]| (2..=8).contains(&part.len());
        // `passdb/userdb`: short words of nobody's list.
        let is_worded = || self.upper == 0 && value.split(|&b| b == b'/').all(is_word);
        let is_joined = self.digits == 0 && self.symbols == slashes;
        slashes > 0 && (headed && !self.is_random || is_joined && (!self.is_random || is_worded()))
    }

    /// `NAME_OF_A_CONSTANT`.
    pub(in crate::detect) fn is_constant(&self, value: &[u8]) -> bool {
        let underscores = memchr::memchr_iter(b'_', value).count();
        self.lower == 0
            && underscores > 0
            && underscores == self.symbols
            && self.digits < self.upper
            && (self.digits * 6 <= self.upper || !self.is_random)
    }

    /// Words joined by dots or colons: `com.example.Password`, `lineHeights.100`,
    /// `uid:gid:home`, `ca.ed25519.pem`, `proxy.corp.lan:3128`.
    pub(in crate::detect) fn is_dotted(&self, value: &[u8]) -> bool {
        let host = value.trim_end_with(|c| c.is_ascii_digit()).strip_suffix(b":").unwrap_or(value);
        let dots = memchr::memchr_iter(b'.', value).count();
        let colons = memchr::memchr_iter(b':', value).count();
        let joints = value.iter().filter(|b| b"._-/:".contains(b)).count();
        let pure = |part: &[u8]| {
            part.iter().all(u8::is_ascii_digit)
                || part.len() > 2 && part.iter().all(u8::is_ascii_alphabetic)
        };
        let is_worded = self.digits * 8 < value.len() || host.split(|&b| b == b'.').all(pure);
        (dots > 0 || colons > 1) && joints == self.symbols && !self.is_random && is_worded
    }

    /// Only digits and dots (a version, an address, with its port too, an object identifier),
    /// a share (`11/11`), a time (RFC 3339), in hex a number of 64 bits or a coin's address.
    pub(in crate::detect) fn is_number(&self, value: &[u8]) -> bool {
        let dots = memchr::memchr_iter(b'.', value).count();
        let slashes = memchr::memchr_iter(b'/', value).count();
        let ports = usize::from(dots == 3 && value.contains(&b':'));
        // `^7.0.3`: a range of versions.
        let range = value.trim_start_with(|c| "^~<>= ".contains(c));
        let is_range = range.len() < value.len() && dots > 0 && dots + self.digits == range.len();
        // `0x40UL` in C.
        let hex = value.strip_prefix(b"0x").unwrap_or(b"").trim_end_with(|c| "uUlL".contains(c));
        is_range
            || value.get(10) == Some(&b'T')
                && self.digits > 13
                && value.iter().all(|b| b.is_ascii_digit() || b"-:.+TZ".contains(b))
            || dots >= 2 && dots + ports + self.digits == value.len()
            || slashes > 0 && slashes + self.digits == value.len()
            || matches!(hex.len(), 1..=16 | 40) && hex.iter().all(u8::is_ascii_hexdigit)
    }
}

/// `ca-ecc384-key.pem`
fn is_file_of_key(value: &[u8]) -> bool {
    let endings: [&[u8]; 6] = [b".pem", b".crt", b".cer", b".der", b".p12", b".pfx"];
    let stem = endings.iter().find_map(|ending| value.strip_suffix(*ending));
    stem.is_some_and(|stem| !vocabulary::is_random(stem))
}

/// `src/tools/credential/cargo-credential-1password`: folders in lower case.
fn is_written_path(value: &[u8]) -> bool {
    let in_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(b);
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    digits * 8 < value.len()
        && value.split(|&b| b == b'/').all(|part| !part.is_empty() && part.iter().all(in_name))
}

/// Whether it ends as the name of a file does.
pub(super) fn is_file(name: &[u8]) -> bool {
    memchr::memrchr(b'.', name).is_some_and(|dot| FILES.holds(&name[dot + 1..]))
}

/// Whether words are joined to the name of a password: `my_password`, `some-secret`.
pub(in crate::detect) fn names_a_secret(value: &[u8]) -> bool {
    // `password1,password2`, `PASSWORD|-PASS`: each of a list.
    if let Some(at) = memchr::memchr2(b',', b'|', value) {
        let mut all = value.split(|b| *b == value[at]);
        return all.all(|one| !one.is_empty() && (names_a_secret(one) || is_bare_word(one)));
    }
    let lower = value.to_ascii_lowercase();
    let stem = lower.strip_suffix(b"1").or_else(|| lower.strip_suffix(b"2"));
    if stem.is_some_and(|stem| NAMING.holds(stem))
        || is_short_pass(&lower)
        || is_styled_name(value)
        || is_selector(value)
        || is_setting(value)
    {
        return true;
    }
    let is_joint = |b: &u8| b"-_ .".contains(b);
    let Some(at) = lower.iter().rposition(is_joint) else { return false };
    let constant = !value.iter().any(u8::is_ascii_lowercase);
    let in_word = |b: &u8| b.is_ascii_lowercase() || constant && b.is_ascii_digit();
    let words = lower.strip_prefix(b"base64").unwrap_or(&lower);
    let plain = words.iter().all(|b| in_word(b) || is_joint(b));
    let numbered = lower[at + 1..].iter().all(u8::is_ascii_digit) && NAMING.holds(&lower[..at]);
    numbered || plain && at > 0 && NAMING.holds(&lower[at + 1..]) || is_object(value)
}

/// `db-password-7d9f`, `my-app-secret-v2`: what Kubernetes calls an object (RFC 1123) that
/// holds one, and its number.
fn is_object(value: &[u8]) -> bool {
    let Some(at) = memchr::memrchr(b'-', value) else { return false };
    let (name, number) = (&value[..at], &value[at + 1..]);
    // A password ends with digits alone: `super-secret-1`.
    let is_mixed = |is: fn(&u8) -> bool| number.iter().any(is);
    let is_numbered =
        number.len() <= 5 && is_mixed(u8::is_ascii_digit) && is_mixed(u8::is_ascii_lowercase);
    let in_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    let mut words = name.rsplit(|&b| b == b'-');
    is_numbered
        && value.iter().all(in_name)
        && words.next().is_some_and(|last| NAMING.holds(last))
        && words.next().is_some_and(|word| !word.is_empty())
}

/// `mypass`, `dbpass`, `testsecret`: whose it is, not which.
fn is_short_pass(lower: &[u8]) -> bool {
    let short = lower.strip_suffix(b"pass").is_some_and(|owner| {
        (1..=5).contains(&owner.len()) && owner.iter().all(u8::is_ascii_lowercase)
    });
    short || lower.strip_suffix(b"secret").is_some_and(|owner| OWNERS.holds(owner))
}

/// `Database:Password`, `secretref:db-password`, `team-a/password`: where it is kept.
fn is_setting(value: &[u8]) -> bool {
    let Some(joint) = memchr::memrchr2(b':', b'/', value) else { return false };
    let (place, name) = (&value[..joint], &value[joint + 1..]);
    let words = Words::of(name);
    // `admin:password` is a user and his.
    let is_pair = value[joint] == b':' && !name.first().is_some_and(u8::is_ascii_uppercase);
    let in_place = |b: &u8| b.is_ascii_alphanumeric() || b"_-.:/".contains(b);
    words.len() > usize::from(is_pair)
        && NAMING.holds(words.get(words.len() - 1))
        && name.iter().all(|b| b.is_ascii_alphabetic() || b"_-".contains(b))
        && place.first().is_some_and(u8::is_ascii_alphabetic)
        && place.iter().all(in_place)
        && !vocabulary::is_random(place)
}

/// `#user_plainPassword`: what a page calls the field of one.
fn is_selector(value: &[u8]) -> bool {
    let Some(id) = value.strip_prefix(b"#") else { return false };
    let in_name = |b: &u8| b.is_ascii_alphabetic() || b"_-".contains(b);
    let words = Words::of(id);
    id.iter().all(in_name) && words.len() > 1 && NAMING.holds(words.get(words.len() - 1))
}

/// `randomPassword`, `APITOKEN`: a name in another style.
fn is_styled_name(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let naming = [&b"password"[..], b"secret", b"token", b"passwd", b"apikey"];
    let Some(owner) = naming.iter().find_map(|name| lower.strip_suffix(*name)) else {
        return false;
    };
    let constant = value.iter().all(u8::is_ascii_uppercase) && !owner.is_empty();
    let camel = value.get(owner.len()).is_some_and(u8::is_ascii_uppercase);
    let first = value.iter().take_while(|b| b.is_ascii_lowercase()).count();
    let possessive = || OWNERS.holds(owner) || OWNERS.holds(&value[..first]);
    // `validatePassword`: what is done with one.
    let method = || {
        value.iter().all(u8::is_ascii_alphabetic) && promise::classify(&Words::of(value)).is_none()
    };
    constant || camel && (possessive() || method())
}

/// `keycloak-tls`, `pkcs11-yamls`: a name of short words in lower case, as
/// Kubernetes and package registries take them (RFC 1123); `--space-1-5` of a style sheet;
/// `s3_us_east_1_endpoint`; `default/ceph-pvc`, behind that of its space.
pub(in crate::detect) fn is_label(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"--").unwrap_or(value);
    let (space, value) = value.split_once_str("/").unwrap_or((b"", value));
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let joint = if value.contains(&b'-') { b'-' } else { b'_' };
    let mut words = value.split(|&b| b == joint);
    let fewest = if joint == b'-' { 1 } else { 3 };
    memchr::memchr_iter(joint, value).count() >= fewest
        && digits <= 2
        && space.iter().all(u8::is_ascii_lowercase)
        && value.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == joint)
        && words.all(|word| (1..=12).contains(&word.len()))
}

/// `DC=example,DC=org`: where something stands in a directory (RFC 4514).
pub(in crate::detect) fn is_distinguished_name(value: &[u8]) -> bool {
    let heads: [&[u8]; 5] = [b"cn=", b"ou=", b"dc=", b"o=", b"uid="];
    let lower = value.to_ascii_lowercase();
    heads.iter().any(|head| lower.starts_with(head))
}

/// `NAME=…` as shells write it.
pub(in crate::detect) fn is_assignment(bytes: &[u8]) -> bool {
    let is_name = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
    let len = bytes.iter().take_while(|b| is_name(b)).count();
    len > 0 && bytes.get(len) == Some(&b'=')
}

/// A UUID in its usual form.
pub(in crate::detect) fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// Letters and digits, and no white space.
pub(in crate::detect) fn is_mixed(bytes: &[u8]) -> bool {
    let holds = |is: fn(&u8) -> bool| bytes.iter().any(is);
    holds(u8::is_ascii_digit) && holds(u8::is_ascii_alphabetic) && !holds(u8::is_ascii_whitespace)
}

/// `joe@corp.io`
pub(in crate::detect) fn is_mail(value: &[u8]) -> bool {
    let Some((user, host)) = value.split_once_str("@") else { return false };
    let is_word = |word: &[u8]| {
        !word.is_empty() && word.iter().all(|b| b.is_ascii_alphanumeric() || b"-_+".contains(b))
    };
    let words = |part: &[u8]| part.split(|&b| b == b'.').all(is_word);
    words(user) && words(host) && host.contains(&b'.')
}

/// What a machine drew, letters and digits, and is no id: nobody writes that as a label.
pub(in crate::detect) fn is_drawn(bytes: &[u8]) -> bool {
    bytes.len() >= 16 && is_mixed(bytes) && !is_uuid(bytes) && vocabulary::is_random(bytes)
}

/// As many digits of hex as MD5, SHA-1 and SHA-256 have.
pub(in crate::detect) fn is_digest(value: &[u8]) -> bool {
    matches!(value.len(), 32 | 40 | 64) && value.iter().all(u8::is_ascii_hexdigit)
}

/// The longest run of bytes that count up or stay.
fn longest_run(value: &[u8]) -> usize {
    value.chunk_by(|a, b| *b == a.wrapping_add(1) || a == b).map(<[u8]>::len).max().unwrap_or(0)
}

/// Whether the bytes count up for most of the value, singly or every other
/// one: `abc123def456`, `a1b2c3d4`.
pub(in crate::detect) fn is_sequence(value: &[u8]) -> bool {
    let value: Vec<u8> =
        value.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    let follows = |at: usize, stride: usize| {
        let before = at.checked_sub(stride).map(|before| value[before]);
        before.is_some_and(|before| value[at] == before || value[at] == before.wrapping_add(1))
    };
    let singly = (1..value.len()).filter(|&at| follows(at, 1)).count();
    let either = (1..value.len()).filter(|&at| follows(at, 1) || follows(at, 2)).count();
    let pairs = value.len().saturating_sub(1).max(1);
    singly * 9 >= pairs * 5 || either * 9 >= pairs * 6 || longest_run(&value) >= 10
}

/// Whether the value is plainly to be replaced, or nothing at all.
pub(in crate::detect) fn is_placeholder(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let holds = |word: &str| memchr::memmem::find(&lower, word.as_bytes()).is_some();
    let masked =
        value.iter().filter(|&&b| b == b'*' || b == b'.' || b == b'?').count() * 2 >= value.len();
    masked || holds("***") || holds("...") || PLACEHOLDERS.stands_in(&lower)
}

/// Whether the value is a word that names a password, not one.
pub(in crate::detect) fn is_bare_word(value: &[u8]) -> bool {
    // `?string`: a type that null belongs to; `_password_`.
    let word = value.strip_prefix(b"?").unwrap_or(value);
    let word = word.strip_prefix(b"_").and_then(|word| word.strip_suffix(b"_")).unwrap_or(word);
    BARE.holds(&word.to_ascii_lowercase()) || is_rule(word)
}

/// `string|null`, `nullable|string|max:255`: the types that a value may have, the rules it
/// must meet, one of which is such a word.
fn is_rule(value: &[u8]) -> bool {
    let names = || value.split(|&b| b == b'|').map(|part| part.split(|&b| b == b':').next());
    let is_name =
        |name: &[u8]| !name.is_empty() && name.iter().all(|b| b.is_ascii_lowercase() || *b == b'_');
    value.contains(&b'|')
        && names().flatten().all(is_name)
        // `required_with`
        && names().flatten().any(|name| BARE.holds(name.split(|&b| b == b'_').next().unwrap_or(name)))
}

/// Whether words of English sentences stand in it.
pub(in crate::detect) fn is_prose(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    lower.split(|&b| b == b' ').any(|word| PROSE.holds(word))
}

/// One a line: found anywhere in a value, it is a placeholder.
const PLACEHOLDERS: WordList = WordList(&words::PLACEHOLDERS);
/// One a line: a value that is this word is none.
const BARE: WordList = WordList(&words::NO_VALUES);
/// One a line: what is said of a password instead of one.
const OWNERS: WordList = WordList(&words::OWNERS);
/// One a line: words that name a secret.
pub(in crate::detect) const NAMING: WordList = WordList(&words::NAMING);
/// One a line: what names of files end with.
const FILES: WordList = WordList(&words::FILE_ENDINGS);
/// One a line: words of sentences.
const PROSE: WordList = WordList(&words::PROSE);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told() {
        for value in ["changeme", "your-password", "********", "REPLACE_ME"] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
        assert!(!is_placeholder(b"hunter2"));
        for value in ["?string", "string|null", "sometimes|nullable|string|max:255", "hashed"] {
            assert!(is_bare_word(value.as_bytes()), "{value}");
        }
        for value in ["mallard|quack", "tiger|Lily", "string|hunter2", "nullable|", "max:255"] {
            assert!(!is_bare_word(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn shapes_of_no_secret_are_told() {
        assert!(is_sequence(b"abc123def456ghi789jkl012") && is_sequence(b"a1b2c3d4e5f6g7"));
        assert!(!is_sequence(b"q8ZtR2mW5vKx"));
        let is_path = |value: &str| Shape::of(value.as_bytes()).is_path(value.as_bytes());
        assert!(is_path("Purple3/v4/02/88/4d/02884d3d-92ea-5e6a-2a7b-b19da39f73a6/pr_source.png"));
        assert!(Shape::of(b"0x00000040UL").is_number(b"0x00000040UL"));
        let is_number = |value: &str| Shape::of(value.as_bytes()).is_number(value.as_bytes());
        assert!(is_number("^7.0.3") && is_number(">=2.0") && !is_number("^7x.0.3"));
        assert!(is_number("127.0.0.1:9000") && !is_number("12.7:90"));
        assert!(is_number("2022-08-25T09:26:05.123Z") && !is_number("2022-08-25T0926"));
        assert!(
            is_label(b"--space-1-5")
                && is_label(b"s3_us_east_1_fjord")
                && is_label(b"keycloak-tls")
                && !is_label(b"q8zt2mw5vkx-tls")
        );
        assert!(is_distinguished_name(b"DC=example,DC=org") && !is_distinguished_name(b"dcx"));
        assert!(!is_path("q8ZtR2mW5vKx/q8ZtR2mW5v.Kx") && !is_path("q8ZtR2mW5vKx.png"));
        assert!(names_a_secret(b"my_password") && !names_a_secret(b"mypassword"));
        assert!(names_a_secret(b"#user_plainPassword") && !names_a_secret(b"#sonnePassword1"));
        for value in ["Database:Password", "secretref:db-password", "v1beta1/token"] {
            assert!(names_a_secret(value.as_bytes()), "{value}");
        }
        assert!(names_a_secret(b"db-password-7d9f") && !names_a_secret(b"fjord-lake-7d9f"));
        assert!(names_a_secret(b"password1,password2") && !names_a_secret(b"password1,fjord2"));
        assert!(
            names_a_secret(b"base64_encoded_ldap_password") && !names_a_secret(b"q8_my_password")
        );
        assert!(!names_a_secret(b"autumn-secret-1"));
        assert!(!names_a_secret(b"q8ZtR2mW5vKx/key") && !names_a_secret(b"joe:fjord"));
        assert!(!names_a_secret(b"admin:password"));
    }
}
