//! A user and the password together: calls that log in, pairs, `joe:…`.

use bstr::ByteSlice as _;

use super::literal::is_handed_on;
use super::operator;
use super::sentence::{self, chosen_or_marked, is_numbered_word};
use super::site::Site;
use super::value::{self, Extent, Value};
use crate::detect::judge::promise::logs_in;
use crate::detect::judge::{Operator, is_varied, shape, vocabulary};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How far a call is read for its user.
const REACH: usize = 120;

/// A key behind its id is at least this long.
const SHORTEST_KEY: usize = 16;

/// What users are called that stand alone before their password.
const USERS: [&[u8]; 6] = [b"admin", b"administrator", b"root", b"user", b"test", b"demo"];

/// `admin / …`, `joe@corp.io / …`, `log in as joe / …` in notes: what stands behind the mark
/// at `mark`, if nobody writes it for its meaning.
pub(super) fn told(text: &[u8], mark: Span, language: Language) -> Option<Value> {
    const LOGINS: [&[u8]; 8] =
        [b"login", b"log in", b"logged in", b"logging in", b"sign in", b"cred", b"wifi", b"wlan"];
    let before = line::before(text, mark.start);
    let user = before.rsplit(u8::is_ascii_whitespace).next()?;
    let user = user.trim_with(|c| "`*\"'|(".contains(c));
    let is_user = || {
        let is_mail = user.contains(&b'@') && user.contains(&b'.');
        is_mail || USERS.iter().any(|name| user.eq_ignore_ascii_case(name))
    };
    let logs_in = || {
        let line = before.to_ascii_lowercase();
        LOGINS.iter().any(|login| memchr::memmem::find(&line, login).is_some())
    };
    let is_after_user = || before[..before.len() - user.len()].ends_with(b"user ");
    let may_stand = match language {
        Language::Prose => is_user() || logs_in(),
        // In what a chat was exported to, an address of mail alone says that one logs in.
        Language::Json => user.contains(&b'@') && is_user() || logs_in(),
        Language::Code => line::is_comment(before) && logs_in(),
        // `# user joe / …`
        Language::Settings | Language::Yaml | Language::Shell => {
            line::is_comment(before) && (logs_in() || is_after_user())
        }
        _ => false,
    };
    (!user.is_empty() && may_stand).then_some(())?;
    let numbered = || {
        let word = value::bare(text, mark.end, Extent::Word)?;
        is_numbered_word(word.span.of(text)).then_some(word)
    };
    let value = chosen_or_marked(text, mark.end).or_else(numbered);
    // `<joe@corp.io> / @joe2`: what joe is called elsewhere; a remark may speak of code.
    let is_code =
        |bytes: &[u8]| language == Language::Code && bytes.iter().any(|b| b"[]()".contains(b));
    value.filter(|value| {
        let bytes = value.span.of(text);
        !bytes.starts_with(b"@") && !is_code(bytes)
    })
}

impl Site<'_> {
    /// `auth=("joe", "…")`, `auth=[("joe", "…"), …]`: a user and the password as a pair.
    pub(super) fn pair_password(&self) -> Option<Value> {
        let is_list = self.text[self.opening.at..].starts_with(b"[(");
        let at = self.opening.at + usize::from(is_list);
        let binds = self.opening.operator == Operator::Assign && self.text.get(at) == Some(&b'(');
        // `http_basic_authentication: ["joe", "…"]` of Ruby
        let is_basic = || self.text.get(at) == Some(&b'[') && self.says(b"basic");
        (binds || is_basic()).then_some(())?;
        let user = value::quoted(self.text, operator::skip_blanks(self.text, at + 1))?;
        let comma = operator::skip_blanks(self.text, user.end);
        (self.text.get(comma) == Some(&b',')).then_some(())?;
        let value = value::quoted(self.text, operator::skip_blanks(self.text, comma + 1))?;
        self.next_is(value.end, b")]").then_some(value)
    }

    /// `:authorization, :basic, "joe", …` of Faraday: the password of the pair.
    fn pair_of_scheme(&self) -> Option<Value> {
        let user = self.text[self.opening.at..].strip_prefix(b":basic, ")?;
        let user = value::quoted(self.text, self.text.len() - user.len())?;
        let rest = line::rest(self.text, user.end).strip_prefix(b", ")?;
        value::quoted(self.text, user.end + line::rest(self.text, user.end).len() - rest.len())
    }

    fn says(&self, word: &[u8]) -> bool {
        memchr::memmem::find(&self.name.of(self.text).to_ascii_lowercase(), word).is_some()
    }

    /// `basic_auth "user", …` of Ruby, outside a comment.
    fn is_called_bare(&self) -> bool {
        self.language == Language::Code && !line::is_comment(self.before)
    }

    /// `BASIC_AUTH=joe:…`, `NEO4J_AUTH=neo4j/…`: the part that is the password.
    pub(super) fn password_of_user(&self, value: &Value) -> Option<Value> {
        // `Credentials: joe:…`
        let is_noted = self.says(b"cred");
        let is_neo4j = ascii::starts_with(self.name.of(self.text), b"neo4j")
            || value.span.of(self.text).starts_with(b"neo4j/");
        let bytes = value.span.of(self.text);
        // `Credentials: joe/…`
        let user = bytes.split(|&b| b == b'/').next().unwrap_or_default();
        let is_slashed =
            || is_noted && !bytes.contains(&b':') && !is_varied(user) && sentence::is_chosen(bytes);
        let mark = if is_neo4j || is_slashed() {
            b'/'
        } else if self.says(b"basic") || is_noted || self.is_pair_of_settings(bytes, value.quoted) {
            b':'
        } else {
            return None;
        };
        let len = memchr::memchr(mark, bytes)?;
        let is_user = |b: &u8| b.is_ascii_alphanumeric() || b"._@-".contains(b);
        let alone = len + 1 < bytes.len() && (is_neo4j || !bytes[len + 1..].contains(&mark));
        let is_pair = len > 0 && alone && bytes[..len].iter().all(is_user);
        (is_pair && (!is_noted || shape::is_mixed(&bytes[len + 1..])))
            .then(|| value.clone().behind(len + 1))
    }

    /// `CLIENT_AUTH=joe:…` of an environment, whose password shows that it is one; of
    /// `token="db_admin:…"` it is no key behind its id, either.
    fn is_pair_of_settings(&self, bytes: &[u8], is_quoted: bool) -> bool {
        let is_setting =
            self.language == Language::Settings && self.opening.operator == Operator::Assign;
        let in_user = |b: &u8| b.is_ascii_lowercase() || *b == b'_';
        bytes.split_once_str(":").is_some_and(|(user, password)| {
            let is_key = || password.len() >= SHORTEST_KEY && vocabulary::is_random(password);
            let is_named =
                || user.iter().all(in_user) && password[0].is_ascii_alphanumeric() && !is_key();
            is_varied(password)
                && (is_setting && !self.says(b"token") || (is_setting || is_quoted) && is_named())
        })
    }

    /// `user/password: joe/…`, `login:pass = joe:…`: the part of the value that is the password.
    pub(super) fn behind_user(&self, value: &Value) -> Option<Value> {
        const USERS: [&[u8]; 4] = [b"user", b"username", b"login", b"uid"];
        let (mark, head) = self.before.split_last().filter(|(mark, _)| b"/:".contains(mark))?;
        USERS.iter().any(|user| ascii::ends_with(head, user)).then_some(())?;
        let len = memchr::memchr(*mark, value.span.of(self.text))?;
        Some(value.clone().behind(len + 1))
    }

    /// `NetworkCredential("user", "…")`, `basic_auth "user", "…"` of Ruby; the user may
    /// be a variable.
    pub(super) fn login_password(&self) -> Option<Value> {
        if self.opening.operator == Operator::Comma {
            return self.pair_of_scheme();
        }
        let ends = match self.opening.operator {
            // `"Credentials"(…)` of SQL is a table.
            Operator::Call if self.text.get(self.name.end) != Some(&b'"') => &b"),."[..],
            Operator::Space if self.is_called_bare() => &b"\r\n"[..],
            _ => return None,
        };
        let at = self.opening.at;
        let in_name = |b: &&u8| b.is_ascii_alphanumeric() || b"_.$@->".contains(b);
        let name = self.text[at..].iter().take(REACH).take_while(in_name).count();
        let user = value::quoted(self.text, at).map_or(at + name, |user| user.end);
        // `"joe".into()`
        let is_handed_on = is_handed_on(&self.text[user..]);
        let call = memchr::memchr(b')', line::rest(self.text, user)).filter(|_| is_handed_on);
        let user = user + call.map_or(0, |end| end + 1);
        let comma = operator::skip_blanks(self.text, user);
        (user > at && self.text.get(comma) == Some(&b',')).then_some(())?;
        let at = operator::skip_blanks(self.text, comma + 1);
        let wrapper = if self.text[at..].starts_with(b"Some(") { 5 } else { 0 };
        let value = value::quoted(self.text, at + wrapper)?;
        let is_last = self.next_is(value.end, ends) && !self.is_concatenated(value.end);
        (is_last && logs_in(self.name.of(self.text))).then_some(value)
    }
}
