//! From a name and its operator to the value: literals, calls that log in, what
//! white space binds, bare words where the language has those.

use bstr::ByteSlice as _;

use super::operator::{self, Opening};
use super::value::{self, Extent, Value, Written};
use super::{delimited, sql, typed, yaml};
use crate::detect::judge::{Operator, shape};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// A name at its place, and what follows it.
#[derive(Debug)]
pub(super) struct Site<'t> {
    pub(super) text: &'t [u8],
    pub(super) language: Language,
    pub(super) name: Span,
    pub(super) opening: Opening,
    /// The line before the name.
    pub(super) before: &'t [u8],
}

impl<'t> Site<'t> {
    pub(super) fn new(text: &'t [u8], language: Language, name: Span, opening: Opening) -> Self {
        Self { text, language, name, opening, before: line::before(text, name.start) }
    }

    /// The value that is bound to the name here.
    pub(super) fn value(&self) -> Option<Value> {
        let at = self.opening.at;
        if self.is_closed(at) || self.is_choice() || self.is_asked() {
            return None;
        }
        let is_tag = self.opening.operator == Operator::Tag;
        let value = typed::without_keys(self.text, self.value_at(at)?);
        Some(if self.is_in_query(&value) {
            value.written(Written::Query)
        } else if self.language == Language::Markup && !is_tag {
            value.written(Written::Markup)
        } else {
            value
        })
    }

    /// `a=b&token=…`, `?token=…&a=b`: where escapes of a URL are written.
    fn is_in_query(&self, value: &Value) -> bool {
        self.opening.operator == Operator::Assign
            && !value.quoted
            && (self.before.ends_with(b"&")
                || self.before.ends_with(b"?")
                || self.text.get(value.end) == Some(&b'&'))
            && value.span.of(self.text).contains(&b'%')
    }

    fn value_at(&self, at: usize) -> Option<Value> {
        match self.opening.operator {
            Operator::Tag => self.element(at),
            Operator::Call => self
                .sole_argument(at)
                .or_else(|| self.in_parentheses(at))
                .or_else(|| self.wrapped(at))
                .or_else(|| self.returned(at)),
            Operator::Comma => self.second_argument(at),
            Operator::Compare => value::quoted(self.text, at),
            Operator::Space => self.behind_space(at),
            Operator::Assign | Operator::Colon => {
                let is_shell = self.language == Language::Shell;
                let at = if is_shell { behind_continuation(self.text, at) } else { at };
                let at = if self.language == Language::Yaml {
                    yaml::content(self.text, at)?
                } else {
                    at
                };
                let second = self.second_of_two(at);
                second
                    .or_else(|| self.item_of_environment(at))
                    .or_else(|| self.literal(at))
                    .or_else(|| self.bare(at))
                    .or_else(|| self.below(at))
            }
        }
    }

    /// `alias pass=…`; `set /p PASSWORD=…`, whose text asks somebody.
    fn is_asked(&self) -> bool {
        let head = self.before.trim_ascii();
        head.ends_with(b"alias") || head.eq_ignore_ascii_case(b"set /p")
    }

    /// Whether the quote at `at` closes the string that the name stands in:
    /// `"&password=" + x`.
    fn is_closed(&self, at: usize) -> bool {
        let Some(quote) = self.text.get(at).filter(|quote| b"\"'`".contains(quote)) else {
            return false;
        };
        let is_name = |at: Option<usize>| at.and_then(|at| self.text.get(at)) == Some(quote);
        // `r#"{"password":"…"}"#`
        if is_name(self.name.start.checked_sub(1)) && is_name(Some(self.name.end)) {
            return false;
        }
        let before = line::before(self.text, at);
        if before.len() < line::REACH {
            // `"""user="joe" password="…" """`
            let is_in_long =
                line::opens_long(before, *quote) && !self.text[at..].starts_with(&[*quote; 3]);
            return !is_in_long && line::open_string(before) == Some(*quote);
        }
        // Where the line began is not known: an operator is no value.
        self.text.get(at + 1).is_none_or(|next| b" +),;.]}".contains(next))
    }

    /// `ok ? 'PASS' : 'FAIL'`: what stands there is one of two values.
    fn is_choice(&self) -> bool {
        let before = self.before.trim_end_with(|c| "\"'`".contains(c)).trim_ascii_end();
        self.opening.operator == Operator::Colon && before.ends_with(b"?") || self.is_outcome()
    }

    /// `{"PASS": "green", "FAIL": "red"}`, `pass "a"` beside `fail "a"` of `DejaGnu`: what is
    /// said of either outcome of a test.
    fn is_outcome(&self) -> bool {
        const NEAR: usize = 80;
        let is_quoted = operator::quote_len(self.text, self.name.end) > 0;
        let others: &[&[u8]] = match self.name.of(self.text) {
            b"PASS" if is_quoted => &[b"\"FAIL\"", b"'FAIL'"],
            b"pass" if is_quoted => &[b"\"fail\"", b"'fail'"],
            b"pass" if self.opening.operator == Operator::Space => &[b"fail \""],
            _ => return false,
        };
        let end = self.text.len().min(self.name.end + NEAR);
        let around = &self.text[self.name.start.saturating_sub(NEAR)..end];
        others.iter().any(|other| memchr::memmem::find(around, other).is_some())
    }

    pub(super) fn next_is(&self, at: usize, any_of: &[u8]) -> bool {
        let next = operator::skip_blanks(self.text, at);
        self.text.get(next).is_none_or(|byte| any_of.contains(byte))
    }

    /// Where white space binds a value: a flag, a definition, SQL, settings.
    fn behind_space(&self, at: usize) -> Option<Value> {
        let flag = self.name.of(self.text).starts_with(b"-");
        let is_continued = self.text.get(at) == Some(&b'\\');
        let goes_on = is_continued && (flag || self.is_defined());
        let at = if goes_on { behind_continuation(self.text, at) } else { at };
        // `Set-Item Env:PASSWORD -Value "…"` of PowerShell.
        if let Some(value) = self.text[at..].strip_prefix(b"-Value ") {
            return value::quoted(self.text, self.text.len() - value.len());
        }
        // The next flag.
        if self.text.get(at) == Some(&b'-') && self.text.get(at + 1) != Some(&b' ') {
            return None;
        }
        let bracket = memchr::memrchr2(b'<', b'>', self.before).map(|at| self.before[at]);
        if self.before.ends_with(b"<") || bracket == Some(b'<') && self.begins_with_tag() {
            return self.tag_with_attributes(at);
        }
        // `-pass pass:…` of OpenSSL: the second is read as a name of its own.
        if flag && self.text[at..].starts_with(b"pass:") {
            return None;
        }
        if flag || self.is_defined() {
            let literal = value::quoted(self.text, at).or_else(|| value::numbers(self.text, at));
            let bare = || value::bare(self.text, at, Extent::Word);
            return literal.or_else(|| bare().filter(|value| !self.is_in_macro(value)));
        }
        if let Some(value) = sql::set_for_user(self.text, self.name, at) {
            return Some(value);
        }
        if self.is_keyword() || self.is_set_by_sql() {
            return value::read(self.text, at, Extent::Word);
        }
        let told = self.told(at).or_else(|| match self.language {
            Language::Code => self.in_statement(at).or_else(|| self.of_clause(at)),
            Language::Settings => self.of_router(at).or_else(|| self.key_of_server()),
            Language::Prose => {
                self.of_router(at).or_else(|| self.key_of_server()).or_else(|| self.in_guide(at))
            }
            Language::Json
            | Language::Shell
            | Language::Yaml
            | Language::Markup
            | Language::Lock => None,
        });
        told.or_else(|| self.is_own_line().then(|| value::read(self.text, at, Extent::Word))?)
    }

    fn begins_with_tag(&self) -> bool {
        self.before.trim_ascii_start().starts_with(b"<")
    }

    /// `(def password "…")`; `storePassword "…"`, a call as Groovy and Ruby write it;
    /// `set password "…"` and `dict set conf password "…"` of Tcl, `set(PASSWORD "…")` of
    /// cmake, `@password "…"` of Elixir; a call that logs in.
    fn in_statement(&self, at: usize) -> Option<Value> {
        const HEADS: [&[u8]; 5] = [b"", b"set", b"set(", b"set(ENV{", b"@"];
        if let Some(value) = self.bound_in_lisp(at) {
            return Some(value);
        }
        let value = value::quoted(self.text, at).or_else(|| delimited::in_braces(self.text, at))?;
        let line = self.before.trim_ascii();
        let sets = || line.starts_with(b"set ") && line.ends_with(b"(");
        let begins = HEADS.contains(&line)
            || line.ends_with(b"{")
            || line.starts_with(b"dict set ")
            || sets();
        let is_kept = || self.text[value.end..].starts_with(b" CACHE ");
        let is_alone = || begins && (self.next_is(value.end, b"\r\n})") || is_kept());
        if is_alone() { Some(value) } else { self.login_password() }
    }

    /// A guide says "log in as `joe` with the password `…`".
    fn in_guide(&self, at: usize) -> Option<Value> {
        self.text.get(at).filter(|b| **b == b'`')?;
        // "pass ``level=9``": an argument is meant.
        let is_told = |bytes: &[u8]| {
            let unpadded = bytes.trim_end_with(|c| c == '=');
            shape::is_mixed(bytes) && !unpadded.iter().any(|b| b"='\"".contains(b))
        };
        value::quoted(self.text, at).filter(|value| is_told(value.span.of(self.text)))
    }

    /// Whether a line of settings begins with the name, or with what may stand before it.
    fn is_own_line(&self) -> bool {
        const HEADS: [&[u8]; 5] = [b"", b"set", b"enable", b"IPSec", b"Xauth"];
        let line = self.before.trim_ascii();
        let is_peer = || line.strip_prefix(b"neighbor ").is_some_and(|peer| !peer.contains(&b' '));
        let is_ike = || line.starts_with(b"ikev1") || line.starts_with(b"ikev2");
        self.language == Language::Settings && (HEADS.contains(&line) || is_peer() || is_ike())
            // `Backlog Password1 …; MqttPassword …` of Tasmota.
            || line.starts_with(b"Backlog ") && line.ends_with(b";")
            || self.is_netrc()
    }

    /// `ALTER ROLE joe PASSWORD '…'`.
    pub(super) fn is_set_by_sql(&self) -> bool {
        let is_literal = self.opening.operator == Operator::Space
            && self.text.get(self.opening.at) == Some(&b'\'');
        let statement = || sql::statement_before(self.text, self.name.start);
        // `SOURCE(MYSQL(USER 'joe' PASSWORD '…'))` of ClickHouse.
        let is_of_user = || sql::names_user_in_quotes(self.before);
        ascii::ends_with(self.name.of(self.text), b"password")
            && (is_literal && is_of_user()
                || sql::sets_a_password(self.before)
                || is_literal && statement().is_some_and(sql::sets_a_password))
    }

    /// `:password` of Lisp and Ruby.
    fn is_keyword(&self) -> bool {
        self.before.strip_suffix(b":").is_some_and(|head| {
            head.last().is_none_or(|b| b.is_ascii_whitespace() || b"({[".contains(b))
        })
    }

    fn is_defined(&self) -> bool {
        let line = self.before.trim_ascii_end();
        let is_head = definitions(line).iter().any(|head| line.ends_with(head));
        is_head || line.ends_with(b"\\t") || self.is_set_by_command()
    }

    /// `npm config set //host/:_authToken …`, `dotnet user-secrets set Smtp:Password …`
    fn is_set_by_command(&self) -> bool {
        const COMMANDS: [&[u8]; 6] = [
            b"nmcli ",
            b" config set ",
            b" configure set ",
            b"git config ",
            b"mysqladmin ",
            b"pdftk ",
        ];
        let holds = |command: &[u8]| memchr::memmem::find(self.before, command).is_some();
        let is_set = || COMMANDS.iter().any(|command| holds(command)) && !self.names_a_signer();
        match self.language {
            Language::Code | Language::Json | Language::Markup | Language::Lock => false,
            Language::Shell => is_set() || holds(b" user-secrets set "),
            Language::Settings | Language::Yaml | Language::Prose => holds(b" user-secrets set "),
        }
    }

    /// `user.signingKey` of git (git-config): which key, by its number.
    fn names_a_signer(&self) -> bool {
        ascii::ends_with(self.name.of(self.text), b"signingkey")
    }

    fn is_netrc(&self) -> bool {
        if ![&b"password"[..], b"pass"].contains(&self.name.of(self.text)) {
            return false;
        }
        let line = self.before.trim_ascii();
        if memchr::memmem::find(line, b"poll ").is_some() {
            return memchr::memmem::find(line, b" user").is_some();
        }
        // `user joe password …` of HAProxy, Junos, routers.
        let named = |head: &[u8]| {
            line.strip_prefix(head).is_some_and(|user| !user.contains(&b' ') && !user.is_empty())
        };
        if self.language == Language::Settings && (named(b"user ") || named(b"username ")) {
            return true;
        }
        if self.name.len() == 4 {
            return false;
        }
        let floor = self.name.start.saturating_sub(160);
        let before = &self.text[floor..self.name.start];
        memchr::memmem::find(before, b"machine ").is_some()
            && memchr::memmem::find(before, b"login ").is_some()
    }
}

/// What stands before a name that white space binds to its value, of what ends as `line` does:
/// macros, variables of shells and images, headers that Apache, Caddy, `HAProxy` and nginx send,
/// settings of Redis and `OpenWrt`, answers for debconf (`mysql-server/root_password password …`).
fn definitions(line: &[u8]) -> &'static [&'static [u8]] {
    match line.last() {
        Some(b'e') => &[b"#define", b"%define", b"quote"],
        Some(b'l') => &[b"%global"],
        Some(b'V') => &[b"ENV"],
        Some(b'G') => &[b"ARG"],
        Some(b'v') => &[b"setenv", b"SetEnv"],
        Some(b't') => &[b"\\set", b"Header set", b"config set"],
        Some(b'T') => &[b"CONFIG SET"],
        Some(b'x') => &[b"set -x", b"set -gx", b"set -Ux", b"setx"],
        Some(b'g') => &[b"set -xg"],
        Some(b'M') => &[b"setx /M"],
        Some(b'm') => &[b"fastcgi_param", b"uwsgi_param"],
        Some(b'p') => &[b"header_up"],
        Some(b'r') => &[b"set-header", b"add-header", b"_set_header", b"add_header"],
        Some(b'$') => &[b"set $"],
        Some(b'n') => &[b"\toption", b"_password_again"],
        Some(b'd') => &[b"/root_password", b"network-console/password"],
        _ => &[],
    }
}

/// Where a line of a shell goes on behind a backslash at its end.
pub(super) fn behind_continuation(text: &[u8], at: usize) -> usize {
    let ends: [&[u8]; 2] = [b"\\\n", b"\\\r\n"];
    let end = ends.iter().find(|end| text[at..].starts_with(end));
    end.map_or(at, |end| operator::skip_blanks(text, at + end.len()))
}
