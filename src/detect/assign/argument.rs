//! Pairs of arguments: a name in quotes and the value behind its comma.

use bstr::ByteSlice as _;

use super::literal::{LOOKUPS, is_handed_on};
use super::operator;
use super::site::Site;
use super::value::{self, Value};
use crate::detect::judge::{shape, vocabulary};
use crate::detect::text::words::WordList;
use crate::detect::text::{ascii, line};
use crate::model::Span;
use crate::rules::words;

/// How far an option of a command line is read for what it is without one, and a path back.
const OPTION: usize = 160;

/// Calls that bind their second argument to their first.
const SETTERS: WordList = WordList(&words::SETTERS);

impl Site<'_> {
    /// `put("password", "…")`, `("password", "…")`.
    pub(super) fn second_argument(&self, at: usize) -> Option<Value> {
        if self.is_flag() {
            return self.default_of_option(at).or_else(|| self.next_of_command(at));
        }
        let at = self.behind_shorthand(at);
        let named = NAMED.iter().find(|named| self.text[at..].starts_with(named));
        let at = at + named.map_or(0, |named| named.len());
        let at = self.behind_bearer(at);
        let value = value::quoted(self.text, at)
            .or_else(|| self.binary(at))
            .or_else(|| self.wrapped(at))?;
        if self.is_field_of_build() {
            // `'"…"'`: the text of a literal.
            return value::quoted(self.text, value.span.start).or(Some(value));
        }
        let before = self.before.trim_ascii_end();
        // `"App:Password", "…"` of .NET.
        let before = match before.strip_suffix(b":") {
            Some(head) if self.in_quotes() => {
                head.trim_end_with(|c| c.is_ascii_alphanumeric() || c == ':')
            }
            Some(_) | None => before,
        };
        let before = before.trim_end_with(|c| "\"'`\\".contains(c)).trim_ascii_end();
        let before = before.strip_suffix(b"String::from(").unwrap_or(before);
        let in_row = is_in_row(before, value.span.of(self.text));
        let function = ascii::last_word(before.strip_suffix(b"(").unwrap_or_default());
        let taken = taken_by(self.text, self.name);
        let binds = match before.last() {
            _ if taken == Some(Taken::Copied) => true,
            _ if taken == Some(Taken::Compared) => shape::is_mixed(value.span.of(self.text)),
            None => true,
            // `[]string{"password", "…"}` of Go is a list.
            Some(b'{') if before.ends_with(b"]string{") => false,
            // `{password, "…"}` of Erlang: more than letters.
            Some(b'{') => self.in_quotes() || shape::is_mixed(value.span.of(self.text)),
            Some(b'[') => self.is_pair_in_list(before, &value),
            Some(b'(') if in_row || LOOKUPS.holds(&function) => true,
            // `Authorization = new("Bearer", "…")` of C#.
            Some(b'(') if function == b"new" => self.name.of(self.text) == b"Bearer",
            Some(b'(') => named.is_none() && (function.is_empty() || SETTERS.holds(&function)),
            Some(b',') => {
                in_row
                    || self.is_option()
                    || is_among_pairs(before)
                    || is_explained(before)
                    || is_looked_up(before) && shape::is_mixed(value.span.of(self.text))
            }
            Some(b':') => is_set(before),
            Some(_) => false,
        };
        // `"X-API-KEY", "…",` on a line of its own, in a list of pairs.
        let is_line = before.is_empty() && vocabulary::is_random(value.span.of(self.text));
        let takes_more = is_line
            || in_row
            || named.is_some()
            || is_explained(before)
            || is_in_map(before)
            || sets_environment(&function)
            || taken.is_some();
        // The arguments of a call, one a line.
        let is_below = value.end > self.name.end + line::rest(self.text, self.name.end).len();
        let ends: &[u8] = match before.last() {
            None if is_below => b"),\r\n",
            _ if takes_more => b"),",
            Some(b':') => b")\r\n",
            _ => b")]}",
        };
        let ends_here = || self.next_is(value.end, ends) || is_handed_on(&self.text[value.end..]);
        (binds && ends_here()).then_some(value)
    }

    /// Behind the letter that may stand for a flag: `StringP("password", "p", "…", "…")` of
    /// Cobra.
    fn behind_shorthand(&self, at: usize) -> usize {
        let call = memchr::memrchr(b'(', self.before).map_or(&[][..], |open| &self.before[..open]);
        let letter = value::quoted(self.text, at).filter(|letter| letter.span.len() < 2);
        match letter {
            Some(letter) if call.ends_with(b".StringP") || call.ends_with(b".StringVarP") => {
                let comma = operator::skip_blanks(self.text, letter.end);
                operator::skip_blanks(self.text, (comma + 1).min(self.text.len()))
            }
            Some(_) | None => at,
        }
    }

    fn in_quotes(&self) -> bool {
        operator::quote_len(self.text, self.name.end) > 0
    }

    /// A pair in a list of pairs; `all = ["a", "b"]` are two of a kind, as is a list that is
    /// asked or a member (`resources: ["secrets", "x"]`), unless a machine drew the second.
    fn is_pair_in_list(&self, before: &[u8], value: &Value) -> bool {
        let head = before[..before.len() - 1].trim_ascii_end();
        let bytes = value.span.of(self.text);
        let is_choice =
            head.ends_with(b" in") || head.ends_with(b":") || is_asked(&self.text[value.end..]);
        !head.ends_with(b"=")
            && (!is_choice || vocabulary::is_random(bytes))
            && !vocabulary::is_word(bytes)
    }

    /// `["redis-server", "--requirepass", "…"]`: the word behind a flag, unless it is the
    /// next flag.
    fn next_of_command(&self, at: usize) -> Option<Value> {
        let value = value::quoted(self.text, at)?;
        let is_flag = value.span.of(self.text).starts_with(b"-");
        (!is_flag && self.next_is(value.end, b")]},\r\n")).then_some(value)
    }

    /// `:authorization, "Bearer", "…"` of Faraday: the token.
    fn behind_bearer(&self, at: usize) -> usize {
        const SCHEMES: [&[u8]; 3] = [b"'Bearer', ", b"\"Bearer\", ", b":Bearer, "];
        let scheme = SCHEMES.iter().find(|scheme| self.text[at..].starts_with(scheme));
        at + scheme.map_or(0, |scheme| scheme.len())
    }

    /// `add_argument("--password", default="…")`, on one line or more.
    fn default_of_option(&self, at: usize) -> Option<Value> {
        let rest = &self.text[at..(at + OPTION).min(self.text.len())];
        let end = memchr::memchr(b')', rest).unwrap_or(rest.len());
        let word = memchr::memmem::find(&rest[..end], b"default=")?;
        value::quoted(self.text, at + word + b"default=".len())
    }

    /// `"--requirepass"`, `"-token"`: a word of a command in a list.
    fn is_flag(&self) -> bool {
        self.name.of(self.text).starts_with(b"-")
    }

    /// `buildConfigField "String", "API_KEY", '"…"'` of Android's builds.
    fn is_field_of_build(&self) -> bool {
        [&b"buildConfigField"[..], b"resValue"]
            .iter()
            .any(|call| memchr::memmem::find(self.before, call).is_some())
    }

    /// `setopt(handle, OPTION, "…")`.
    fn is_option(&self) -> bool {
        self.name.of(self.text).starts_with(b"CURLOPT_")
    }
}

/// What a call does with what it takes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Copied,
    Compared,
}

/// What the call that takes `name` first, as it is, does with it: `strcpy(c->password, …)`,
/// `strcmp(password, …)`.
fn taken_by(text: &[u8], name: Span) -> Option<Taken> {
    const COPIES: [&[u8]; 4] = [b"strcpy", b"strncpy", b"strlcpy", b"strcpys"];
    const COMPARES: [&[u8]; 8] = [
        b"strcmp",
        b"strncmp",
        b"strcasecmp",
        b"stricmp",
        b"hashequals",
        b"comparedigest",
        b"securecompare",
        b"equals",
    ];
    let in_path = |b: &&u8| b.is_ascii_alphanumeric() || b"_.->[]*&$".contains(b);
    let head = &text[name.start.saturating_sub(OPTION)..name.start];
    let head = &head[..head.len() - head.iter().rev().take_while(in_path).count()];
    let casts: [&[u8]; 2] = [b"(char*)", b"(char *)"];
    let head = casts.iter().find_map(|cast| head.strip_suffix(*cast)).unwrap_or(head);
    let function = ascii::last_word(head.strip_suffix(b"(")?);
    let is_in = |list: &[&[u8]]| list.contains(&&function[..]);
    if is_in(&COPIES) {
        return Some(Taken::Copied);
    }
    is_in(&COMPARES).then_some(Taken::Compared)
}

/// Whether a name stands before a comma as it is: `set :session_secret, …` of Ruby or
/// Elixir, `strcpy(password, …)`, `-define(PASSWORD, …)` and `{password, …}` of Erlang.
pub(super) fn is_bound(text: &[u8], name: Span) -> bool {
    let head = &text[..name.start];
    let symbol = head.strip_suffix(b":");
    symbol.is_some_and(|head| matches!(head.last(), Some(b' ' | b'(')))
        || taken_by(text, name).is_some()
        || head.ends_with(b"-define(")
        || head.ends_with(b"{")
            && name.of(text).iter().all(|b| b.is_ascii_lowercase() || *b == b'_')
}

/// Where the literal stands in `[apiKey, setApiKey] = useState("…")` of React.
pub(super) fn of_state(text: &[u8], name: Span) -> Option<usize> {
    text[..name.start].ends_with(b"[").then_some(())?;
    let rest = line::rest(text, name.end).strip_prefix(b", ")?;
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let call = rest[len..].strip_prefix(b"] = ")?;
    let call = call.strip_prefix(b"React.").unwrap_or(call).strip_prefix(b"useState")?;
    let call = call.strip_prefix(b"<string>").unwrap_or(call).strip_prefix(b"(")?;
    let at = name.end + line::rest(text, name.end).len() - call.len();
    (operator::quote_len(text, at) > 0).then_some(at)
}

/// `["a", "b"].includes(x)`: whether a list is asked what it holds.
fn is_asked(rest: &[u8]) -> bool {
    const METHODS: [&[u8]; 5] =
        [b".includes(", b".include?", b".contains(", b".indexOf(", b".has("];
    let behind = rest.strip_prefix(b"]");
    behind.is_some_and(|rest| METHODS.iter().any(|method| rest.starts_with(method)))
}

/// How a call names what it gives when there is nothing.
pub(super) const NAMED: [&[u8]; 6] =
    [b"default=", b"default: ", b"defaultValue: ", b"default_value=", b"fallback=", b"unset = "];

/// Calls that take a word more: for whom, or whether what is set is overwritten.
fn sets_environment(function: &[u8]) -> bool {
    [&b"setenvironmentvariable"[..], b"setenv"].contains(&function)
}

/// `Map.of("password", "…", "realm", "a")`: one of several pairs.
fn is_in_map(before: &[u8]) -> bool {
    memchr::memrchr(b'(', before).is_some_and(|open| before[..open].ends_with(b"Map.of"))
}

/// `Map.of("user", "joe", "password", "…")`, `set("db", "password", "…")`.
fn is_among_pairs(before: &[u8]) -> bool {
    memchr::memrchr(b'(', before).is_some_and(|open| {
        const CALLS: [&[u8]; 7] =
            [b"of", b"set", b"put", b"setattr", b"weboptions", b"webread", b"webwrite"];
        CALLS.contains(&&ascii::last_word(&before[..open])[..])
    })
}

/// `VALUES (12, 'smtp_password', '…', 1)`: a setting in a row of a table. Labels
/// stand there as well, so a password mixes letters and digits.
fn is_in_row(before: &[u8], bytes: &[u8]) -> bool {
    if !matches!(before.last(), Some(b',' | b'(')) || !shape::is_mixed(bytes) {
        return false;
    }
    let Some(open) = memchr::memrchr(b'(', before) else { return false };
    let head = before[..open].trim_ascii_end();
    let is_first = ascii::ends_with(head, b"values");
    let is_row = head.is_empty() || head.ends_with(b"),") || is_first;
    // `VALUES ('smtp_password', '…')`
    if before.ends_with(b"(") {
        return is_row && !head.is_empty();
    }
    let first = before[open + 1..].trim_ascii_start().first();
    is_row && first.is_some_and(|b| b.is_ascii_digit() || *b == b'\'')
}

/// `set :session_secret, "…"`, `put_env(:app, :api_key, "…")`, `request :authorization, "…"`.
fn is_set(before: &[u8]) -> bool {
    let head = before.strip_suffix(b":").unwrap_or_default();
    let head = head.trim_ascii_end();
    let head = head.strip_suffix(b"(").unwrap_or(head);
    let function = ascii::last_word(head);
    // Of two symbols the first is the module's.
    let owned = || {
        let open = memchr::memrchr(b'(', head).map_or(&[][..], |open| &head[..open]);
        ascii::last_word(open) == b"putenv"
    };
    function == b"set"
        || head.ends_with(b".request")
        || owned()
        || head.trim_ascii_start().starts_with(b"config :")
}

/// `getattr(settings, "SECRET_KEY", "…")`, `get(ENV, "SECRET", "…")`: of what is looked up
/// the second names it.
fn is_looked_up(before: &[u8]) -> bool {
    memchr::memrchr(b'(', before).is_some_and(|open| {
        let (call, arguments) = before.split_at(open);
        memchr::memchr_iter(b',', arguments).count() == 1
            && [&b"getattr"[..], b"get"].contains(&&ascii::last_word(call)[..])
    })
}

/// `flag.String("password", "…", "what it is for")`, `flag.StringVar(&x, "password", "…", "…")`.
fn is_explained(before: &[u8]) -> bool {
    let open = memchr::memrchr(b'(', before).unwrap_or(0);
    let (call, arguments) = before.split_at(open);
    // The second takes first where the value goes.
    let ends = |calls: [&[u8]; 2]| calls.iter().any(|name| call.ends_with(name));
    ends([b".String", b".StringP"]) && arguments.len() == 1
        || ends([b".StringVar", b".StringVarP"]) && arguments.ends_with(b",")
}
