//! Calls in which the place of an argument says that it is a password or a key:
//! `connect("db", "joe", "…")`, `jwt.sign(claims, "…")`.

use bstr::ByteSlice as _;

use super::literal::is_handed_on;
use super::operator;
use super::value::{self, Value};
use crate::detect::judge::promise::Kind;
use crate::detect::judge::shape::is_distinguished_name;
use crate::detect::text::ascii;
use crate::detect::text::words::WordList;
use crate::model::Span;
use crate::rules::words;

/// How far a call is read.
const REACH: usize = 512;
/// How many arguments are looked at.
const MOST: usize = 5;

/// What the names of hashes hold, and `shared_key` does not.
const HASHES: [&[u8]; 6] = [b"sha1", b"sha2", b"sha3", b"sha5", b"SHA", b"md5"];

/// Calls and the number of the argument that is a password.
const PASSWORDS: WordList = WordList(&words::CALLS_WITH_PASSWORD);
/// The same of keys.
const KEYS: WordList = WordList(&words::CALLS_WITH_KEY);

/// What is bound by its place in the call of `name`, whose `(` stands behind it.
pub(super) fn read(text: &[u8], name: Span) -> Option<(Kind, Value)> {
    let open = operator::skip_blanks(text, name.end);
    (text.get(open) == Some(&b'(') && may_take_literal(text, open + 1)).then_some(())?;
    let call = called(&text[..name.end]);
    is_listed(&call).then_some(())?;
    if call.ends_with(b"connect")
        && let Some(password) = of_service(text, open + 1)
    {
        return Some((Kind::Password, password));
    }
    let arguments = arguments(text, open + 1, MOST);
    (1..=arguments.len()).find_map(|number| {
        let (argument, before) = (arguments[number - 1], &arguments[..number - 1]);
        let mark = before.last().map_or(&b""[..], |before| before.of(text));
        let kind = kind_at(&call, number, mark)?;
        let value = literal(text, argument)?;
        // `auth("joe", "…")`: a user stands before a password, where one may.
        let second = arguments.get(1).filter(|_| number == 1 && kind == Kind::Password);
        let second = second.and_then(|second| value::quoted(text, second.start));
        let value = second.unwrap_or(value);
        (!is_distinguished_name(value.span.of(text))).then_some((kind, value))
    })
}

/// `connect('joe/…@db:1521/x')`: the password before the service, as Oracle writes it.
fn of_service(text: &[u8], at: usize) -> Option<Value> {
    let literal = value::quoted(text, at)?;
    let (account, service) = literal.span.of(text).rsplit_once_str("@")?;
    let (user, password) = account.split_once_str("/")?;
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || b"_$#.-".contains(b);
    let in_service = |b: &u8| in_name(b) || b":/".contains(b);
    let is_account = !user.is_empty() && user.iter().all(in_name) && !password.is_empty();
    let may_serve = !service.is_empty() && service.iter().all(in_service);
    let span = Span::new(literal.span.start + user.len() + 1, literal.span.start + account.len());
    (is_account && may_serve).then(|| Value::raw(span, literal.end))
}

/// Whether a literal may stand among the arguments that begin at `at`: in most there is no quote.
fn may_take_literal(text: &[u8], at: usize) -> bool {
    let near = &text[at..(at + REACH).min(text.len())];
    let end = memchr::memchr2(b')', b'(', near).unwrap_or(near.len());
    near.get(end) != Some(&b')') || memchr::memchr3(b'"', b'\'', b'`', &near[..end]).is_some()
}

/// Whether an argument of the call can be a password or a key at all.
fn is_listed(call: &[u8]) -> bool {
    [PASSWORDS, KEYS].iter().any(|list| {
        let alone = alone(call);
        list.begins_one(alone) || alone.len() < call.len() && list.begins_one(call)
    })
}

/// The last word of a call.
fn alone(call: &[u8]) -> &[u8] {
    call.rsplit(|&b| b == b'.').next().unwrap_or_default()
}

/// What argument `number` of a call is. A list may ask that `before`, the argument
/// before it, is a literal, or one that holds `@` or a name in a directory, a user by its form,
/// or that it names a hash.
fn kind_at(call: &[u8], number: usize, before: &[u8]) -> Option<Kind> {
    let number = [b' ', b"012345"[number.min(MOST)]];
    // `@"CORP\joe"` of C#
    let literal = before.strip_prefix(b"@").unwrap_or(before);
    let is_literal = literal.first().is_some_and(|b| b"\"'`".contains(b));
    let marks = [
        (&b""[..], true),
        (b" \"", is_literal),
        (b" @", is_literal && before.contains(&b'@')),
        (b" hash", HASHES.iter().any(|hash| before.contains_str(hash))),
        (b" dn", is_distinguished_name(before.trim_start_with(|c| "\"'`".contains(c)))),
    ];
    let is_in = |list: WordList| {
        marks.iter().filter(|(_, holds)| *holds).any(|(mark, _)| {
            [call, alone(call)].iter().any(|name| list.holds(&[*name, &number, *mark].concat()))
        })
    };
    let kinds = [(PASSWORDS, Kind::Password), (KEYS, Kind::Secret)];
    kinds.into_iter().find_map(|(list, kind)| is_in(list).then_some(kind))
}

/// The last two words of a call, lower case: `jwt.sign` of `a.jwt.sign`, `dbi.connect`
/// of `DBI->connect`.
fn called(head: &[u8]) -> Vec<u8> {
    let last = ascii::last_word(head);
    let len = head.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let rest = &head[..head.len() - len];
    let joint: Option<&[u8]> =
        [&b"->"[..], b"::", b".", b":"].into_iter().find(|joint| rest.ends_with(joint));
    match joint {
        Some(joint) => {
            [&ascii::last_word(&rest[..rest.len() - joint.len()])[..], b".", &last[..]].concat()
        }
        None => last,
    }
}

/// The first `most` arguments of a call whose `(` ends before `start`, without white space
/// around them; the last only if it ends within reach.
pub(super) fn arguments(text: &[u8], start: usize, most: usize) -> Vec<Span> {
    let limit = (start + REACH).min(text.len());
    let mut found = Vec::new();
    let (mut at, mut begin, mut depth) = (start, start, 0_usize);
    while at < limit && found.len() < most {
        match text[at] {
            b'"' | b'\'' | b'`' => match value::quoted(text, at) {
                Some(literal) => {
                    at = literal.end;
                    continue;
                }
                None => return found,
            },
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth > 0 => depth -= 1,
            b')' | b']' | b'}' => {
                found.push(trimmed(text, Span::new(begin, at)));
                return found;
            }
            b',' if depth == 0 => {
                found.push(trimmed(text, Span::new(begin, at)));
                begin = at + 1;
            }
            b';' => return found,
            _ => {}
        }
        at += 1;
    }
    found
}

/// The span without the white space around what it holds.
pub(super) fn trimmed(text: &[u8], span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_ascii_start().len());
    Span::new(start, start + inner.trim_ascii().len())
}

/// The one literal of an argument: alone, as bytes (`[]byte("…")`), or with a call
/// behind it that only says how (`"…".getBytes()`).
fn literal(text: &[u8], argument: Span) -> Option<Value> {
    let inner = argument.of(text);
    let opening = inner.iter().rposition(|&b| b == b'(').filter(|_| inner.ends_with(b")"));
    // `new TextEncoder().encode("…")`
    let is_head = |head: &[u8]| {
        let head = head.strip_prefix(b"new ").unwrap_or(head).replace("()", "");
        head.iter().all(|b| b.is_ascii_alphanumeric() || b"[]_.".contains(b))
    };
    let at = match opening {
        Some(open) if is_head(&inner[..open]) => {
            operator::skip_blanks(text, argument.start + open + 1)
        }
        Some(_) | None => argument.start,
    };
    let value = value::quoted(text, at)?;
    let rest = text.get(value.end..argument.end)?;
    (rest.is_empty() || rest == b")" || is_handed_on(rest)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument(text: &str) -> Option<(Kind, String)> {
        let end = text.find('(').unwrap();
        let (kind, value) = read(text.as_bytes(), Span::new(0, end))?;
        Some((kind, String::from_utf8(value.bytes(text.as_bytes()).into_owned()).unwrap()))
    }

    #[test]
    fn the_place_of_an_argument_says_what_it_is() {
        for (text, expected) in [
            ("mysqli_connect('h', 'joe', 'x1', 'db')", Some((Kind::Password, "x1"))),
            ("new PDO(\"mysql:host=h\",\n  $user, 'x1')", Some((Kind::Password, "x1"))),
            ("DBI->connect('DBI:mysql:x', 'joe', 'x1')", Some((Kind::Password, "x1"))),
            (
                "java.sql.DriverManager.getConnection(f(a, b), u, \"x1\")",
                Some((Kind::Password, "x1")),
            ),
            ("token.SignedString([]byte(\"x1\"))", Some((Kind::Secret, "x1"))),
            ("SecretKeySpec(\"x1\".getBytes(), \"AES\")", Some((Kind::Secret, "x1"))),
            ("jwt.sign({a: [1, 2]}, 'x1', f)", Some((Kind::Secret, "x1"))),
            ("x.connect('h', 22, 'joe', 'x1')", Some((Kind::Password, "x1"))),
            ("x.connect(a, on, 'x1')", None),
            ("s.login('joe@corp.io', 'x1')", Some((Kind::Password, "x1"))),
            ("s.login('joe', 'x1')", Some((Kind::Password, "x1"))),
            ("s.login(where, 'x1')", None),
            ("l.Bind('cn=admin,dc=x', 'x1')", Some((Kind::Password, "x1"))),
            ("x.bind('a=b', 'x1')", None),
            ("l.simple_bind(h, 'cn=admin,dc=x', 'x1')", Some((Kind::Password, "x1"))),
            ("l.simple_bind_s(user, 'x1')", Some((Kind::Password, "x1"))),
            ("x.sign(a, 'x1')", None),
            ("jwt.sign(a, key)", None),
            ("jwt.sign(a, 'x' + y)", None),
            ("mysqli_connect('h', 'joe', $password)", None),
            ("mysqli_connect('h', 'joe', 'unclosed", None),
        ] {
            let call = argument(text.strip_prefix("new ").unwrap_or(text));
            assert_eq!(call, expected.map(|(kind, value)| (kind, value.to_owned())), "{text}");
        }
    }
}
