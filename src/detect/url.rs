//! URLs that carry a user and a password: `scheme://user:password@host`.

use super::Candidate;
use super::judge::placeholder::{self, MadeUp, PATTERNED};
use super::judge::promise::Words;
use super::judge::{encoded, reference, shape, vocabulary};
use super::text::ascii;
use crate::model::{Confidence, Rule, Span, Strength, without_percent};

/// The longest user and password that are read.
const LIMIT: usize = 512;

/// The password of a URL, whatever it is.
pub(super) fn password(url: &[u8]) -> Option<&[u8]> {
    let rest = &url[memchr::memmem::find(url, b"://")? + 3..];
    let authority = rest.split(|b| b"/?#".contains(b)).next()?;
    let user = &authority[..memchr::memrchr(b'@', authority)?];
    Some(&user[memchr::memchr(b':', user)? + 1..])
}

/// The password of the URL whose `://` stands at `mark`.
pub(super) fn read(rule: &'static Rule, text: &[u8], mark: Span) -> Option<Candidate> {
    if text[mark.start] == b'@' {
        return of_address(rule, text, mark);
    }
    let scheme = text[..mark.start].last()?;
    if !scheme.is_ascii_alphanumeric() {
        return None;
    }
    let limit = (mark.end + LIMIT).min(text.len());
    let rest = &text[mark.end..limit];
    let end = rest.iter().position(|&byte| ends_authority(byte)).unwrap_or(rest.len());
    let at_sign = mark.end + memchr::memrchr(b'@', &rest[..end])?;
    let colon = mark.end + memchr::memchr(b':', &text[mark.end..at_sign])?;
    let host = text.get(at_sign + 1).copied()?;
    // `postgres://joe:…@/db`: the host is the one that the driver takes by itself.
    let is_local = host == b'/' && !text[colon..at_sign].contains(&b'@');
    if !(host.is_ascii_alphanumeric() || b"[({$<%".contains(&host) || is_local) {
        return None;
    }
    let shows = is_web(&text[..mark.start]) && is_documentation(&text[at_sign + 1..limit]);
    found(rule, text, Span::new(mark.end, colon), at_sign)
        .filter(|candidate| !shows || candidate.strength == Strength::Strong)
}

/// Whether the scheme is that of pages: guides show what URLs are by these, and by the
/// others what to connect to.
fn is_web(before: &[u8]) -> bool {
    [&b"http"[..], b"https"].iter().any(|scheme| ascii::ends_with(before, scheme))
}

/// `joe:…@tcp(db:3306)/x`, `joe:…@(db:3306)/`: an address as the driver of Go for `MySQL` writes
/// it.
fn of_address(rule: &'static Rule, text: &[u8], at_sign: Span) -> Option<Candidate> {
    let floor = at_sign.start.saturating_sub(LIMIT);
    let ends = |&at: &usize| ends_authority(text[at]) || text[at] == b'=';
    let start = (floor..at_sign.start).rev().find(ends)? + 1;
    let colon = start + memchr::memchr(b':', &text[start..at_sign.start])?;
    found(rule, text, Span::new(start, colon), at_sign.start)
}

/// The password between the user and the `@`.
fn found(rule: &'static Rule, text: &[u8], user: Span, at_sign: usize) -> Option<Candidate> {
    let span = Span::new(user.end + 1, at_sign);
    let user = user.of(text);
    let behind = &text[at_sign + 1..(at_sign + 1 + LIMIT).min(text.len())];
    if is_scoped(user) || is_port(user, span.of(text)) || are_two_hosts(user, span.of(text), behind)
    {
        return None;
    }
    let (strength, made_up) = judge(user, span.of(text))?;
    let (confidence, remark) = match made_up {
        MadeUp::No => (Confidence::Medium, None),
        MadeUp::Patterned => (Confidence::Low, Some(PATTERNED)),
        MadeUp::Filler => return None,
    };
    Some(Candidate { confidence, remark, ..Candidate::new(rule, span, strength) })
}

/// `${Env:TOKEN}@host`, `{user:uri}@host`: the colon stands in a reference.
fn is_scoped(user: &[u8]) -> bool {
    memchr::memrchr(b'{', user).is_some_and(|at| !user[at..].contains(&b'}'))
}

/// `a.internal:80?mail=joe@corp.io`: a port, and behind it a query that holds the `@`.
fn is_port(user: &[u8], password: &[u8]) -> bool {
    let digits = password.iter().take_while(|b| b.is_ascii_digit()).count();
    // `jdbc:sqlserver://db:1433;user=sa;password=P@ss`: what follows belongs to others.
    let is_of_jdbc = password.get(digits) == Some(&b';');
    (user.contains(&b'.') || user == b"localhost" || is_of_jdbc)
        && (1..=5).contains(&digits)
        && matches!(password.get(digits), Some(b'?' | b'#' | b';'))
}

/// `a.example:8085@localhost:8082`: a host and its port on either side, as
/// proxies write from where to where; `a.example:8085,node=x@b`: a list begins with one.
fn are_two_hosts(user: &[u8], password: &[u8], host: &[u8]) -> bool {
    let end = host.iter().position(|&b| ends_authority(b)).unwrap_or(host.len());
    let port = memchr::memchr(b':', &host[..end]).and_then(|colon| host.get(colon + 1));
    let digits = password.iter().take_while(|b| b.is_ascii_digit()).count();
    user.contains(&b'.')
        && (1..=5).contains(&digits)
        && match password.get(digits) {
            None => port.is_some_and(u8::is_ascii_digit),
            Some(next) => *next == b',',
        }
}

/// Whether the host is one of those reserved for documentation (RFC 2606) or `host`.
fn is_documentation(host: &[u8]) -> bool {
    let end =
        host.iter().position(|&b| ends_authority(b) || b":?,;)".contains(&b)).unwrap_or(host.len());
    let host = host[..end].to_ascii_lowercase();
    let reserved: [&[u8]; 5] =
        [b"example.com", b"example.org", b"example.net", b".example", b"hostname"];
    host == b"host" || reserved.iter().any(|name| host.ends_with(name))
}

/// Bytes that no user information holds unencoded (RFC 3986, 3.2.1): where they
/// stand, syntax is described (`://[user:password]@host`).
fn ends_authority(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'/' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' | b'|' | b'[' | b']')
}

fn judge(user: &[u8], password: &[u8]) -> Option<(Strength, MadeUp)> {
    let plain = without_percent(password);
    if plain.len() < 3
        || reference::is_reference(password)
        || shape::is_placeholder(&plain)
        || shape::is_bare_word(&plain)
        || shape::names_a_secret(&plain)
        || is_named(&plain)
        || user.eq_ignore_ascii_case(password)
        || is_letter_again(user) && is_letter_again(password)
    {
        return None;
    }
    let strength = vocabulary::strength(&encoded::unescaped(password));
    Some((strength, placeholder::made_up(password, b"")))
}

/// `AuthToken` of `twilio://AccountSid:AuthToken@from`: a secret in humps, named.
fn is_named(plain: &[u8]) -> bool {
    let words = Words::of(plain);
    let last = words.len().checked_sub(1).map_or(&[][..], |last| words.get(last));
    words.len() == 2 && plain.iter().all(u8::is_ascii_alphabetic) && shape::NAMING.holds(last)
}

/// `xxx` of `https://xxx:yyy@db.corp.io`.
fn is_letter_again(word: &[u8]) -> bool {
    word.len() > 2 && word.iter().all(|b| *b == word[0])
}

#[cfg(test)]
mod tests {
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::RuleSet;

    #[test]
    fn the_password_of_a_url_is_found_and_nothing_that_only_looks_like_one() {
        let scanner = Scanner::new(RuleSet::builtin());
        for (text, expected) in [
            ("postgres://joe:s3cr3t!@db.local:5432/x", Some("s3cr3t!")),
            ("redis://:s3cr3t!@[::1]:6379", Some("s3cr3t!")),
            ("postgres://joe:s3cr3t!@db.example.com:5432/x", Some("s3cr3t!")),
            ("https://joe:s3cr3t!@www.example.com/", None),
            ("https://joe:Kq7xT2vLw9RzB4@www.example.com/", Some("Kq7xT2vLw9RzB4")),
            ("mysql://joe:abcd1234abcd1234@db.local", Some("abcd1234abcd1234")),
            ("mysql://joe:xxxxxxxxxxxx@db.local", None),
            ("open(\"joe:s3cr3t!@tcp(db:3306)/x\")", Some("s3cr3t!")),
            ("DSN=joe:s3cr3t!@unix(/run/mysqld.sock)/x", Some("s3cr3t!")),
            ("DATA_SOURCE_NAME=exporter:Tuile_romaine@(localhost:3306)/", Some("Tuile_romaine")),
            ("open(\"joe:password@tcp(db)/x\")", None),
            ("open(\"%s:%s@tcp(%s)/x\")", None),
            ("[protocol://][:password]@address[:port]", None),
            ("postgres://[pqgotest[:password]]@localhost[/dbname]", None),
            ("amqp://guest:guest@localhost", None),
            ("https://a.internal:8085@localhost:8082", None),
            ("http://a.internal:8085,queue=x,node=rabbit@a.internal", None),
            ("udp://127.0.0.1:1234@127.0.0.1:0", None),
            ("https://joe:1234@localhost:8082", Some("1234")),
            ("https://joe.doe:1234@localhost/x", Some("1234")),
            ("https://a.internal:80?@b.internal/", None),
            ("http://localhost:8080?mail=joe@corp.io", None),
            ("https://joe:80?x@b.internal/", Some("80?x")),
            ("https://%41:%42@b.internal/", None),
            ("https://%41:%42x7@b.internal/", Some("%42x7")),
            ("https://joe:a%20secret@b.internal/", None),
            ("https://joe:s3cr%20t!@b.internal/", Some("s3cr%20t!")),
            ("https://${Env:SYSTEM_TOKEN}@${env:REPOSITORY}", None),
            ("https://${USER}:s3cr3t!@db.local", Some("s3cr3t!")),
            ("postgresql://{User:uri}:{Password:uri}@{Host}", None),
            ("https://user:password@host", None),
            ("amqps://fred:passw@proxy:9876", None),
            ("https://xxx:yyy@db.corp.io:443", None),
            ("https://xxx:yyz@db.corp.io:443", Some("yyz")),
            ("https://x-access-token:${GITHUB_TOKEN}@github.com", None),
            ("https://example.com:8080/a@b", None),
            ("see https://a.b/c for joe@example.org", None),
        ] {
            let found = scanner.candidates(text.as_bytes(), &RepoPath::new(&b"a.txt"[..]));
            let value = found
                .first()
                .map(|c| String::from_utf8(c.span.of(text.as_bytes()).to_vec()).unwrap());
            assert_eq!(value.as_deref(), expected, "{text}");
        }
    }
}
