//! Literals and what hands them on: wrappers, defaults behind a look-up, what a
//! template falls back to.

use bstr::ByteSlice as _;

use super::argument::NAMED;
use super::site::Site;
use super::value::{self, Extent, Value};
use super::{delimited, joined, operator};
use crate::detect::judge::{Operator, shape};
use crate::detect::language::Language;
use crate::detect::text::words::WordList;
use crate::detect::text::{ascii, line};
use crate::model::Span;
use crate::rules::words;

/// How long the call before a literal may be, and how far a default may stand.
const REACH: usize = 120;

/// Calls that hand their one literal on as it is.
pub(super) const WRAPPERS: WordList = WordList(&words::WRAPPERS);
/// Calls whose second argument is what they give when there is nothing.
pub(super) const LOOKUPS: WordList = WordList(&words::LOOKUPS);

/// How far apart a sign and a literal on the next line may stand.
const APART: usize = 96;

impl Site<'_> {
    /// A literal, alone or inside what hands it on.
    pub(super) fn literal(&self, at: usize) -> Option<Value> {
        let told = default_of_parameter(self.text, at)
            .or_else(|| default_in_cue(self.text, at))
            .or_else(|| delimited::indented(self.text, at))
            .or_else(|| delimited::of_heredoc(self.text, at))
            .or_else(|| self.default_in_template(at))
            .or_else(|| self.only_of_list(at));
        if told.is_some() {
            return told;
        }
        // What a command prints.
        let is_run = self.language == Language::Shell && self.text.get(at) == Some(&b'`');
        if is_run && self.opening.operator == Operator::Assign {
            return None;
        }
        if let Some(value) = value::quoted(self.text, at) {
            let is_code = self.language == Language::Code;
            let joined = is_code.then(|| joined::read(self.text, &value)).flatten();
            let value = joined.unwrap_or(value);
            return (!self.is_concatenated(value.end)).then_some(value);
        }
        if self.language == Language::Code
            && let Some(value) = delimited::read(self.text, at)
                .or_else(|| self.binary(at))
                .or_else(|| self.bytes_of_rust(at))
                .or_else(|| self.between_braces(at))
        {
            return Some(value);
        }
        if let Some(value) =
            value::unclosed(self.text, at).or_else(|| value::numbers(self.text, at))
        {
            return Some(value);
        }
        if !self.is_code() {
            return None;
        }
        self.wrapped(at).or_else(|| self.of_function(at)).or_else(|| self.default_value(at))
    }

    /// `user, password = "joe", "…"`, `const [user, password] = ["joe", "…"]`,
    /// `(user, password) = ("joe", "…")`
    pub(super) fn second_of_two(&self, at: usize) -> Option<Value> {
        let head = self.before.trim_ascii().strip_suffix(b",")?;
        let (list, head) = head
            .iter()
            .position(|b| b"[(".contains(b))
            .map_or((None, head), |open| (Some(head[open]), &head[open + 1..]));
        let is_name = head.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
        (self.language == Language::Code && is_name).then_some(())?;
        let at = match list {
            Some(open) if self.text.get(at) == Some(&open) => at + 1,
            Some(_) => return None,
            None => at,
        };
        let first = value::quoted(self.text, at)?;
        let comma = operator::skip_blanks(self.text, first.end);
        (self.text.get(comma) == Some(&b',')).then_some(())?;
        let value = value::quoted(self.text, operator::skip_blanks(self.text, comma + 1))?;
        self.next_is(value.end, b"\r\n;#])").then_some(value)
    }

    /// `WS-PASSWORD PIC X(20) VALUE '…'` of COBOL, `gc_key TYPE string VALUE '…'` of ABAP.
    pub(super) fn of_clause(&self, at: usize) -> Option<Value> {
        const WORD: &[u8] = b" VALUE ";
        self.text.get(at).filter(|b| matches!(b, b'P' | b'T'))?;
        let rest = &self.text[at..];
        (rest.starts_with(b"PIC ") || rest.starts_with(b"TYPE ")).then_some(())?;
        let word = memchr::memmem::find(line::rest(self.text, at), WORD)?;
        value::quoted(self.text, operator::skip_blanks(self.text, at + word + WORD.len()))
    }

    /// `set system radius-server 10.0.0.1 secret "…"`, `set … pre-shared-key ascii-text
    /// …` of Junos.
    pub(super) fn of_router(&self, at: usize) -> Option<Value> {
        const TEXT: &[u8] = b"ascii-text ";
        let at = at + if self.text[at..].starts_with(TEXT) { TEXT.len() } else { 0 };
        let is_set = self.before.trim_ascii_start().starts_with(b"set ");
        let bare = || value::bare(self.text, at, Extent::Word);
        let is_mixed = |value: &Value| value.quoted || shape::is_mixed(value.span.of(self.text));
        let value = is_set.then(|| value::quoted(self.text, at).or_else(bare))??;
        is_mixed(&value).then_some(())?;
        self.next_is(value.end, b"\r\n").then_some(value)
    }

    /// `tacacs-server host 10.0.0.1 key …` of Cisco IOS and the like, `option key '…'` of
    /// `OpenWrt`: a key that people choose.
    pub(super) fn key_of_server(&self) -> Option<Value> {
        const HEADS: [&[u8]; 4] = [
            b"tacacs-server host ",
            b"radius-server host ",
            b"set system tacplus-server ",
            b"set system radius-server ",
        ];
        let line = self.before.trim_ascii_start();
        (self.opening.operator == Operator::Space).then_some(())?;
        if self.before == b"\toption" || self.before == b"\toption " {
            return value::quoted(self.text, self.opening.at);
        }
        HEADS.iter().any(|head| line.starts_with(head)).then_some(())?;
        let at = self.opening.at;
        let at = at + if self.text[at..].starts_with(b"0 ") { 2 } else { 0 };
        value::bare(self.text, at, Extent::Word)
    }

    /// `*b"…"` of Rust, an array of the bytes.
    fn bytes_of_rust(&self, at: usize) -> Option<Value> {
        self.text[at..].starts_with(b"*b\"").then(|| value::quoted(self.text, at + 1))?
    }

    /// `<<"…">>` of Erlang, more than letters: its tests are full of such.
    pub(super) fn binary(&self, at: usize) -> Option<Value> {
        self.text[at..].starts_with(b"<<\"").then_some(())?;
        let value = value::quoted(self.text, at + 2)?;
        let is_it =
            self.text[value.end..].starts_with(b">>") && shape::is_mixed(value.span.of(self.text));
        is_it.then(|| Value::raw(value.span, value.end + 2))
    }

    /// `apiKey={"…"}` of JSX, `char key[] = {"…"}` of C.
    fn between_braces(&self, at: usize) -> Option<Value> {
        let is_assigned = self.opening.operator == Operator::Assign;
        (is_assigned && self.text.get(at) == Some(&b'{')).then_some(())?;
        let value = value::quoted(self.text, operator::skip_blanks(self.text, at + 1))?;
        self.next_is(value.end, b"}").then_some(value)
    }

    /// `#define NID_psk 1040`, `#define new_key old_key`: a macro of C stands for a number or
    /// another name, unless it is a code of digits or a machine drew the word, which something
    /// else puts in quotes.
    pub(super) fn is_in_macro(&self, value: &Value) -> bool {
        const SHORTEST_CODE: usize = 6;
        let word = value.span.of(self.text);
        let is_code = word.len() >= SHORTEST_CODE && word.iter().all(u8::is_ascii_digit);
        let is_drawn = shape::is_drawn(word) && word.iter().all(u8::is_ascii_alphanumeric);
        self.before.trim_ascii_end().ends_with(b"#define") && !is_code && !is_drawn
    }

    fn is_code(&self) -> bool {
        matches!(self.language, Language::Code | Language::Prose | Language::Json)
    }

    pub(super) fn is_concatenated(&self, end: usize) -> bool {
        let next = operator::skip_blanks(self.text, end);
        let methods: [&[u8]; 3] = [b".repeat(", b".format(", b".join("];
        // `*/` ends a comment, `%}` and `%>` what a template runs; `+ Keys.ENTER` of Selenium.
        let ends = || {
            [&b"*/"[..], b"%}", b"%>", b"+ Keys."]
                .iter()
                .any(|end| self.text[next..].starts_with(end))
        };
        matches!(self.text.get(next), Some(b'+' | b'%' | b'*')) && !ends()
            || methods.iter().any(|method| self.text[next..].starts_with(method))
    }

    /// `Some("…")`, `[]byte("…")`, `getenv("NAME", "…")`.
    pub(super) fn wrapped(&self, at: usize) -> Option<Value> {
        let limit = (at + 48).min(self.text.len());
        let in_call = |b: u8| b.is_ascii_alphanumeric() || b"_.:&*[]<> ".contains(&b);
        // `getDecoder().`
        let is_empty =
            |at: usize| self.text[at..].starts_with(b"().") || self.text[..=at].ends_with(b"()");
        let open = (at..limit).find(|&at| !in_call(self.text[at]) && !is_empty(at))?;
        if self.text[open] == b'"' {
            return self.applied(at, open);
        }
        if self.text[open] != b'(' {
            return None;
        }
        let function = ascii::last_word(&self.text[at..open]);
        let argument = operator::skip_blanks(self.text, open + 1);
        let first = value::quoted(self.text, argument)?;
        // `("…")`
        if function.is_empty() && open == at {
            let value = joined::read(self.text, &first).unwrap_or(first);
            let limit = (value.end + REACH).min(self.text.len());
            let rest = self.text[value.end..limit].trim_ascii_start();
            return rest.starts_with(b")").then_some(value);
        }
        if WRAPPERS.holds(&function) {
            return self.next_is(first.end, b").,").then_some(first);
        }
        let comma = operator::skip_blanks(self.text, first.end);
        if !LOOKUPS.holds(&function) || self.text.get(comma) != Some(&b',') {
            return None;
        }
        let second = value::quoted(self.text, operator::skip_blanks(self.text, comma + 1))?;
        self.next_is(second.end, b")").then_some(second)
    }

    /// `T.pack "…"`, `Just "…"`, `ref "…"`, as languages without parentheses call.
    fn applied(&self, at: usize, quote: usize) -> Option<Value> {
        const FUNCTIONS: [&[u8]; 4] = [b"just", b"pack", b"ref", b"some"];
        let call = &self.text[at..quote];
        let function = ascii::last_word(call.strip_suffix(b" ")?);
        let is_one = !call.trim_ascii().contains(&b' ') && FUNCTIONS.contains(&&function[..]);
        is_one.then(|| value::quoted(self.text, quote))?
    }

    /// `process.env.X || "…"`, `os.environ.get("X") or "…"`, `x ?? "…"`, `x ? y : "…"`,
    /// `Field(default="…")`.
    fn default_value(&self, at: usize) -> Option<Value> {
        let limit = (at + REACH).min(self.text.len());
        let end = memchr::memchr2(b'\n', b';', &self.text[at..limit]).map_or(limit, |n| at + n);
        let rest = &self.text[at..end];
        memchr::memchr3(b'"', b'\'', b'`', rest)?;
        let marks: [&[u8]; 6] = [b" or ", b"||", b"??", b"?:", b" else ", b") { "];
        let quoted =
            |behind| value::quoted(self.text, operator::skip_blanks(self.text, at + behind));
        // `x ? x : "…"`
        let other = || {
            let question = memchr::memmem::find(rest, b" ? ")?;
            Some(question + memchr::memmem::find(&rest[question..], b" : ")? + 3)
        };
        let value = NAMED
            .iter()
            .chain(&marks)
            .find_map(|mark| quoted(memchr::memmem::find(rest, mark)? + mark.len()))
            .or_else(|| quoted(behind_method(rest)?))
            .or_else(|| quoted(other()?))?;
        (is_handed_on(&self.text[value.end..]) || self.next_is(value.end, b"),;}%\n\r"))
            .then_some(value)
    }

    /// `{{ lookup('env', 'X') | default('…') }}`, `{{ .Values.x | default "…" }}`,
    /// `<%= ENV['X'] || '…' %>`: what a template falls back to.
    fn default_in_template(&self, at: usize) -> Option<Value> {
        let at = at + usize::from(matches!(self.text.get(at), Some(b'"' | b'\'')));
        matches!(self.text.get(at..at + 2), Some(b"{{" | b"<%")).then_some(())?;
        let rest = line::rest(self.text, at);
        if rest.starts_with(b"<%=") {
            let inner = operator::skip_blanks(self.text, at + 3);
            return self.wrapped(inner).or_else(|| self.default_value(inner));
        }
        let end = memchr::memmem::find(rest, b"}}").filter(|_| rest.starts_with(b"{{"))?;
        let word = memchr::memmem::rfind(&rest[..end], b"default")? + b"default".len();
        let open = at + word + usize::from(matches!(rest[word], b'(' | b' '));
        let value = value::quoted(self.text, operator::skip_blanks(self.text, open))?;
        self.next_is(value.end, b")|},").then_some(value)
    }

    /// `"secret": ["…"]`: a list of one, as Keycloak exports the keys of a realm.
    fn only_of_list(&self, at: usize) -> Option<Value> {
        let is_one = !self.name.of(self.text).ends_with(b"s");
        let is_list = self.language == Language::Json && self.text.get(at) == Some(&b'[');
        (is_list && is_one).then_some(())?;
        let value = value::quoted(self.text, operator::skip_blanks(self.text, at + 1))?;
        self.next_is(value.end, b"]").then_some(value)
    }

    /// `setPassword("…")`: one literal and nothing else.
    pub(super) fn sole_argument(&self, at: usize) -> Option<Value> {
        let casts: [&[u8]; 2] = [b"(const char *)", b"(char *)"];
        let cast = casts.iter().find(|cast| self.text[at..].starts_with(cast));
        let value = value::quoted(self.text, at + cast.map_or(0, |cast| cast.len()))?;
        (is_handed_on(&self.text[value.end..]) || self.next_is(value.end, b")")).then_some(value)
    }
}

/// `"${1:-…}"`: what a script takes when it is given less (POSIX, Shell Command Language,
/// 2.6.2).
fn default_of_parameter(text: &[u8], at: usize) -> Option<Value> {
    let start = at + usize::from(text.get(at) == Some(&b'"'));
    text.get(start).filter(|b| **b == b'$')?;
    let rest = line::rest(text, start);
    let behind = rest.strip_prefix(b"${")?.trim_start_with(|c| c.is_ascii_digit());
    let word = behind.strip_prefix(b":").unwrap_or(behind);
    let word = word.strip_prefix(b"-").filter(|_| rest.get(2).is_some_and(u8::is_ascii_digit))?;
    let len = memchr::memchr(b'}', word)?;
    let start = start + rest.len() - word.len();
    let is_plain = len > 0 && !b"$\"'`".contains(&word[0]);
    is_plain.then(|| Value::bare(Span::new(start, start + len)))
}

/// `*"…" | string`, `string | *"…"`: what CUE takes when nothing else is said.
fn default_in_cue(text: &[u8], at: usize) -> Option<Value> {
    let rest = &text[at..];
    let rest = rest.strip_prefix(b"string | ").unwrap_or(rest);
    let literal = rest.strip_prefix(b"*").filter(|literal| literal.starts_with(b"\""))?;
    value::quoted(text, text.len() - literal.len())
}

/// `"…" -> "…"`, as Terraform plans a change: what the literal that closes at `end` becomes.
pub(super) fn changed_to(text: &[u8], end: usize) -> Option<Value> {
    const ARROW: &[u8] = b"\" -> ";
    text[end..].starts_with(ARROW).then(|| value::quoted(text, end + ARROW.len()))?
}

/// Where the literal stands in `x.unwrap_or("…")`.
fn behind_method(text: &[u8]) -> Option<usize> {
    const METHODS: [&[u8]; 5] =
        [b".unwrap_or(", b"_or_else(|_| ", b".orElse(", b".getOrElse(", b".default("];
    // `cmp.Or(os.Getenv("X"), "…")` of Go.
    let is_second = |head: &[u8]| head.ends_with(b"\"), ") && head.starts_with(b"cmp.Or(");
    memchr::memchr2_iter(b'"', b'\'', text).find(|&quote| {
        let head = &text[..quote];
        METHODS.iter().any(|method| head.ends_with(method)) || is_second(head)
    })
}

/// Where the literal begins that stands for what is not set: `env("X").unwrap_or("…")`,
/// `process.env.X || "…"`, `ENV.fetch("X") { "…" }`.
pub(super) fn fallback(text: &[u8], name: Span, quote: usize) -> Option<usize> {
    const MARKS: [&[u8]; 10] = [
        b"||",
        b"//",
        b"??",
        b"?:",
        b"or ",
        b"{ ",
        b".unwrap_or(",
        b".unwrap_or_else(|_| ",
        b".orElse(",
        b".getOrElse(",
    ];
    let from = name.end + quote;
    let closing = text[from..].iter().take(2).take_while(|b| b")]}".contains(b)).count();
    // `$ENV{PASSWORD} // "…"` of Perl: everywhere else that begins a comment.
    let is_of_perl = text[..name.start].ends_with(b"$ENV{");
    (is_of_perl || text.get(from) != Some(&b'}')).then_some(())?;
    let at = operator::skip_blanks(text, from + closing);
    text.get(at).filter(|b| b"|?o{./".contains(b))?;
    let mark = MARKS.iter().find(|mark| text[at..].starts_with(mark))?;
    (is_of_perl || mark[0] != b'/').then_some(())?;
    // `|| "x"` behind any word joins strings in SQL.
    let is_member = || name.of(text).contains(&b'.') || name.of(text).contains(&b'_');
    let found = if mark[0] == b'{' { quote > 0 } else { mark.len() == 2 && is_member() };
    (found || closing > 0 && mark[0] != b'{').then_some(())?;
    let at = operator::skip_blanks(text, at + mark.len());
    (operator::quote_len(text, at) > 0).then_some(at)
}

/// `'"…"'.encode('utf-16-le')`: Active Directory takes a password in quotes that are no part
/// of it (MS-ADTS, 3.1.1.3.1.5.1).
pub(super) fn for_directory(text: &[u8], value: Value) -> Value {
    let raw = value.span.of(text);
    let len = operator::quote_len(text, value.span.start);
    let quote = &text[value.span.start..value.span.start + len];
    let is_quoted = len > 0 && raw.len() > 2 * len && raw.ends_with(quote);
    if is_quoted && text[value.end..].starts_with(b".encode(") {
        return value.behind(len).without(text, quote);
    }
    value
}

/// Whether a call that only says how stands behind a literal: `"…".getBytes()`.
pub(super) fn is_handed_on(rest: &[u8]) -> bool {
    const METHODS: [&[u8]; 9] = [
        b".as_bytes(",
        b".as_ref(",
        b".encode(",
        b".getBytes(",
        b".into(",
        b".parse(",
        b".toCharArray(",
        b".to_owned(",
        b".to_string(",
    ];
    METHODS.iter().any(|method| rest.starts_with(method))
}

/// The length of such a call without arguments, if a comma follows it.
pub(super) fn len_handed_on(rest: &[u8]) -> usize {
    let close = memchr::memmem::find(rest, b"(),").filter(|_| is_handed_on(rest));
    close.map_or(0, |close| close + 2)
}

/// Whether a literal may begin at `at` or a call behind it.
pub(super) fn is_near(text: &[u8], at: usize) -> bool {
    let near = &text[at..text.len().min(at + REACH)];
    memchr::memchr3(b'"', b'\'', b'`', near).is_some()
}

/// Whether a name in quotes stands alone on its line, the first argument of a call that was
/// opened on the line before: `setProperty(⏎ "API_TOKEN",⏎ "…"`.
pub(super) fn opens_call(text: &[u8], name: Span) -> bool {
    let is_quote = |b: &u8| b"\"'`".contains(b);
    let before = line::before(text, name.start);
    let above = text[..name.start - before.len()].trim_ascii_end();
    matches!(before.trim_ascii(), [quote] if is_quote(quote)) && above.ends_with(b"(")
}

/// Where a literal stands on the next line, alone or before `)`, `;` or a comma, as
/// formatters break what is too long; `at` if none does.
pub(super) fn on_next_line(text: &[u8], at: usize) -> usize {
    if !matches!(text.get(at), Some(b'\n' | b'\r' | b'\\' | b'(')) {
        return at;
    }
    let open = usize::from(text.get(at) == Some(&b'('));
    let inner = operator::skip_blanks(text, at + open);
    let inner = inner + usize::from(text.get(inner) == Some(&b'\\'));
    if !matches!(text.get(inner), Some(b'\n' | b'\r')) {
        return at;
    }
    let space = text[inner..].iter().take(APART).take_while(|b| b.is_ascii_whitespace()).count();
    let start = inner + space;
    let Some(value) = text.get(start).and_then(|_| value::quoted(text, start)) else { return at };
    let rest = &text[value.end..(value.end + APART).min(text.len())];
    let next = rest.trim_ascii_start().first().copied().unwrap_or(b';');
    let is_it = if open > 0 {
        // `("…" "…")`: it goes on.
        next == b')' || b"\"'".contains(&next)
    } else {
        // `+ "…"`: the literal goes on there.
        rest.first().is_none_or(|b| b";,)}\r\n".contains(b)) && !b"+.%\"'".contains(&next)
    };
    if is_it { start } else { at }
}
