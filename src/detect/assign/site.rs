//! From a name and its operator to the value: literals, calls that log in, what
//! white space binds, bare words where the language has those.

use bstr::ByteSlice as _;

use super::operator::{self, Opening};
use super::value::{self, Extent, Value, Written};
use super::{delimited, markup, sql, yaml};
use crate::detect::judge::{Operator, shape, vocabulary};
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
        let value = self.value_at(at)?;
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
        let before = line::before(self.text, at);
        if before.len() < line::REACH {
            return line::open_string(before) == Some(*quote);
        }
        // Where the line began is not known: an operator is no value.
        let is_name = |at: Option<usize>| at.and_then(|at| self.text.get(at)) == Some(quote);
        let in_quotes = is_name(self.name.start.checked_sub(1)) && is_name(Some(self.name.end));
        !in_quotes && self.text.get(at + 1).is_none_or(|next| b" +),;.]}".contains(next))
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
        if self.before.ends_with(b"<") || self.before.trim_ascii_start().starts_with(b"<") {
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
        const HEADS: [&[u8]; 3] = [b"", b"set", b"enable"];
        let line = self.before.trim_ascii();
        let is_peer = || line.strip_prefix(b"neighbor ").is_some_and(|peer| !peer.contains(&b' '));
        self.language == Language::Settings && (HEADS.contains(&line) || is_peer())
            || self.is_netrc()
    }

    /// `ALTER ROLE joe PASSWORD '…'`.
    pub(super) fn is_set_by_sql(&self) -> bool {
        let is_literal = self.opening.operator == Operator::Space
            && self.text.get(self.opening.at) == Some(&b'\'');
        let statement = || sql::statement_before(self.text, self.name.start);
        ascii::ends_with(self.name.of(self.text), b"password")
            && (sql::sets_a_password(self.before)
                || is_literal && statement().is_some_and(sql::sets_a_password))
    }

    /// `:password` of Lisp and Ruby.
    fn is_keyword(&self) -> bool {
        self.before.strip_suffix(b":").is_some_and(|head| {
            head.last().is_none_or(|b| b.is_ascii_whitespace() || b"({[".contains(b))
        })
    }

    fn is_defined(&self) -> bool {
        let heads: [&[u8]; 25] = [
            b"#define",
            b"%define",
            b"%global",
            b"ENV",
            b"ARG",
            b"setenv",
            b"\\set",
            b"set -x",
            b"set -gx",
            b"set -Ux",
            b"set -xg",
            b"setx",
            b"setx /M",
            b"SetEnv",
            b"fastcgi_param",
            b"uwsgi_param",
            // Headers that Apache, Caddy, HAProxy and nginx send, variables of nginx.
            b"Header set",
            b"header_up",
            b"set-header",
            b"add-header",
            b"_set_header",
            b"add_header",
            b"set $",
            // `mysql-server/root_password password …` of debconf.
            b"/root_password",
            b"_password_again",
        ];
        let line = self.before.trim_ascii();
        // `npm config set //host/:_authToken …`
        let commands: [&[u8]; 5] =
            [b"nmcli ", b" config set ", b" configure set ", b"git config ", b"mysqladmin "];
        let is_set =
            || commands.iter().any(|command| memchr::memmem::find(self.before, command).is_some());
        // Most lines end with a byte that no head ends with.
        heads.iter().any(|head| head.last() == line.last() && line.ends_with(head))
            || line.ends_with(b"\\t")
            || self.language == Language::Shell && is_set() && !self.names_a_signer()
            // `dotnet user-secrets set Smtp:Password …`
            || memchr::memmem::find(self.before, b" user-secrets set ").is_some()
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

    /// A bare word that is no call, no member and no expression.
    fn bare(&self, at: usize) -> Option<Value> {
        let at = match self.text.get(at) {
            // `${NAME:+x}`, `${NAME:?x}` ask for it; `${NAME:-x}`: the default.
            Some(b'+' | b'?') if self.before.ends_with(b"${") => return None,
            Some(b'-' | b'=') if self.before.ends_with(b"${") => at + 1,
            _ => at,
        };
        let at = behind_continuation(self.text, at);
        // The token in the URL of a badge is made to be shown.
        let url = self.before.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        let is_badge = || memchr::memmem::find(url, b"badge").is_some();
        let is_code = || {
            self.is_in_attribute()
                || line::opens_template(self.before)
                || self.before.ends_with(b"/*") && self.text[..at].trim_ascii_end().ends_with(b"*/")
        };
        if self.colon_joins(at) || is_code() || is_badge() {
            return None;
        }
        let extent = self.bare_extent();
        let value = value::bare(self.text, at, extent.unwrap_or(Extent::Word))?;
        let value = self.word_of_command(&value).unwrap_or_else(|| self.replaced(value));
        let is_emphasized = self.language == Language::Prose && self.text[..at].ends_with(b"**");
        let value = match extent {
            _ if is_emphasized => value.without(self.text, b"**"),
            // The next tag.
            _ if self.language == Language::Markup => value.without(self.text, b"<"),
            _ => value,
        };
        let bytes = value.span.of(self.text);
        // Code has no bare values, but strings of many lines have. Letters alone
        // are the name of a variable: `token_rate=throughput`.
        let is_drawn = || vocabulary::is_random(bytes) && bytes.iter().any(u8::is_ascii_digit);
        let is_close = at <= self.name.end + 1;
        // `NAME= OTHER=x`, `--password= --port 80` give the first nothing.
        let is_next = || {
            self.opening.operator == Operator::Assign
                && self.text[self.name.end] == b'='
                && (self.language == Language::Shell
                    || shape::is_assignment(bytes)
                    || bytes.starts_with(b"--"))
        };
        let is_value =
            if is_close { extent.is_some() || is_drawn() } else { extent.is_some() && !is_next() };
        let is_expression = match extent {
            Some(Extent::Field) => false,
            // All of an index stands on the line.
            Some(Extent::Line) if bytes.contains(&b'[') && !bytes.contains(&b']') => false,
            Some(Extent::Line | Extent::Word) | None => self.is_expression(&value),
        };
        (is_value && !is_expression).then_some(value)
    }

    /// Whether the colon behind the name is none that binds: `"copy-pass" :title` binds
    /// another name, `pass :type` is no assignment, `io.jsonwebtoken:jjwt-api:0.11.2` a
    /// package.
    fn colon_joins(&self, at: usize) -> bool {
        let is_symbol = self.text[..at].ends_with(b":");
        let is_apart = self.text[self.name.end].is_ascii_whitespace()
            && (self.language == Language::Code || is_symbol)
            && !self.before.trim_ascii().is_empty();
        let is_package = at == self.name.end + 1
            && self.name.of(self.text).contains(&b'.')
            && self.language != Language::Settings
            && !self.before.ends_with(b"${");
        self.text[..at].ends_with(b" :")
            || self.opening.operator == Operator::Colon && (is_apart || is_package)
    }

    /// `ng-change="a.password = value"`: an attribute that holds code.
    fn is_in_attribute(&self) -> bool {
        self.language == Language::Markup
            && self.text[self.name.end] == b' '
            && line::open_string(self.before).is_some()
    }

    /// Whether a bare word is a call, a member, or goes on with an operator, as
    /// `pass_=score >= 0.5` does in a guide.
    fn is_expression(&self, value: &Value) -> bool {
        const OPERATORS: [&[u8]; 6] = [b" >= ", b" <= ", b" == ", b" != ", b" + ", b" ? "];
        let (bytes, behind) = (value.span.of(self.text), &self.text[value.end..]);
        matches!(behind.first(), Some(b'(' | b'{'))
            || bytes.ends_with(b"-") && behind.starts_with(b">")
            || bytes.contains(&b'[')
            || bytes.starts_with(b"#")
            || OPERATORS.iter().any(|mark| behind.starts_with(mark))
    }

    /// `Server=db;User Id=joe;Password=…`: one of several between semicolons.
    fn is_field(&self) -> bool {
        let before = self.before.trim_ascii_end();
        let others = before.strip_suffix(b";").filter(|_| !markup::ends_reference(before));
        self.language != Language::Shell
            && self.opening.operator == Operator::Assign
            && self.text[self.name.end] == b'='
            && others.is_some_and(|others| others.contains(&b'='))
    }

    /// `export NAME=…`, as no language but the shell writes it.
    fn is_exported(&self) -> bool {
        self.before.trim_ascii() == b"export"
            && self.opening.operator == Operator::Assign
            && self.opening.at == self.name.end + 1
    }

    /// How far a bare value goes here; none where a value needs quotes.
    fn bare_extent(&self) -> Option<Extent> {
        let line = line::before(self.text, self.opening.at);
        let in_string = line::open_string(line).is_some();
        if self.is_field() && (in_string || self.language != Language::Code) {
            return Some(Extent::Field);
        }
        match self.language {
            // `"Password":7299` of a vocabulary, however far back its string began.
            Language::Json if self.text.get(self.name.end) == Some(&b'"') => None,
            _ if in_string => Some(Extent::Word),
            // A script in a string of many lines.
            Language::Code if self.is_exported() => Some(Extent::Word),
            Language::Code | Language::Json | Language::Lock => {
                line::is_comment(line).then_some(Extent::Word)
            }
            Language::Shell | Language::Prose | Language::Markup => Some(Extent::Word),
            Language::Settings | Language::Yaml => {
                // Behind another assignment it is a word as well.
                let inner = self.before.iter().any(|b| b"{[;?&=".contains(b));
                Some(if inner { Extent::Word } else { Extent::Line })
            }
        }
    }
}

/// Where a line of a shell goes on behind a backslash at its end.
fn behind_continuation(text: &[u8], at: usize) -> usize {
    let ends: [&[u8]; 2] = [b"\\\n", b"\\\r\n"];
    let end = ends.iter().find(|end| text[at..].starts_with(end));
    end.map_or(at, |end| operator::skip_blanks(text, at + end.len()))
}
