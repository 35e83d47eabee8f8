//! What a function gives that is called like a secret: `getPassword() { return "…"; }`,
//! `def password = "…"`, `token: () => "…"`. Functions give messages and labels as well, so
//! the value mixes letters and digits, and it is all that the function does.

use super::joined;
use super::literal::{WRAPPERS, is_handed_on};
use super::operator;
use super::site::Site;
use super::value::{self, Value};
use crate::detect::judge::shape;
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;
use bstr::ByteSlice as _;

/// How far behind the name the literal may begin, and how long parameters may be.
const REACH: usize = 160;

impl Site<'_> {
    /// `getPassword() { return "…"; }`, `fn token(&self) -> String { "…".into() }`,
    /// `fun password() = "…"`, whose parameters begin at `at`.
    pub(super) fn returned(&self, at: usize) -> Option<Value> {
        let may = matches!(self.language, Language::Code | Language::Shell);
        let parameters = may.then(|| line::rest(self.text, at))?;
        let close = memchr::memchr2(b')', b'"', parameters)?;
        (parameters[close] == b')').then_some(())?;
        let mut body = at + close + 1;
        // Most calls end here.
        let next = self.text.get(operator::skip_blanks(self.text, body))?;
        (b"{:=-(,".contains(next) || next.is_ascii_alphabetic() || self.goes_on_below(body))
            .then_some(())?;
        // `(string, error)` of Go.
        if self.text[body..].starts_with(b" (") {
            body += memchr::memchr(b')', line::rest(self.text, body))? + 1;
        }
        let ends: &[Body] = match self.language {
            Language::Shell => &[Body::Printed],
            _ if self.is_ruby() => &[Body::Returned, Body::Block, Body::Equal, Body::Line],
            _ => &[Body::Returned, Body::Block, Body::Arrow, Body::Equal],
        };
        given(self.text, body, ends).filter(|_| self.is_definition(at))
    }

    /// Whether the body begins on the next line.
    fn goes_on_below(&self, body: usize) -> bool {
        let near = &self.text[body..(body + REACH).min(self.text.len())];
        let next = near.trim_ascii_start();
        self.is_ruby() || next.starts_with(b"{") || next.starts_with(b"return")
    }

    /// `() => "…"`, `lambda: "…"`, `function () { return "…"; }`, `-> { "…" }`: a function
    /// without a name at `at`, and what computes a property.
    pub(super) fn of_function(&self, at: usize) -> Option<Value> {
        const HEADS: [&[u8]; 11] = [
            b"(",
            b"async",
            b"function",
            b"func(",
            b"fn(",
            b"fn (",
            b"lambda",
            b"->",
            b"_ =>",
            b"static fn",
            b"proc {",
        ];
        let rest = &self.text[at..];
        let head = HEADS.iter().find(|head| rest.starts_with(head));
        let ends: &[Body] = match head.map(|head| head[0]) {
            Some(b'l') => &[Body::Colon, Body::Block],
            Some(b'-' | b'p') => &[Body::Block],
            Some(_) => &[Body::Arrow, Body::Returned],
            None if self.before.ends_with(b"var ") => &[Body::Getter, Body::Block, Body::Returned],
            None if self.before.ends_with(b"val ") => &[Body::Getter],
            None => return None,
        };
        given(self.text, at, ends)
    }

    /// Whether the name is defined here, and not called in a condition: with parameters
    /// both look alike.
    fn is_definition(&self, at: usize) -> bool {
        const WORDS: [&[u8]; 12] = [
            b"assert", b"case", b"elif", b"else", b"elsif", b"for", b"guard", b"if", b"return",
            b"unless", b"when", b"while",
        ];
        let line = self.before.trim_ascii();
        let line = line.strip_prefix(b"}").unwrap_or(line).trim_ascii_start();
        let is_asked = line.split(|b| !b.is_ascii_alphabetic()).any(|word| WORDS.contains(&word));
        self.text.get(at) == Some(&b')')
            || !is_asked && !line.last().is_some_and(|b| b".(!,=&|?:+".contains(b))
    }

    fn is_ruby(&self) -> bool {
        self.before.ends_with(b"def ") || self.before.ends_with(b"defp ")
    }
}

/// What stands right before the literal that a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// `return`
    Returned,
    /// `{`, `do`, `, do:`
    Block,
    /// `=>`, `->`
    Arrow,
    /// `=`, behind nothing but a type.
    Equal,
    /// `lambda x:`
    Colon,
    /// `get() =` of Kotlin.
    Getter,
    /// The end of the line.
    Line,
    /// `echo`
    Printed,
}

impl Body {
    /// Whether `head`, without the blanks at its end, ends so.
    fn ends(self, head: &[u8]) -> bool {
        let in_type = |b: &u8| b.is_ascii_alphanumeric() || b": <>_.?[]&*".contains(b);
        let is_word = |word: &[u8]| {
            let before = head.strip_suffix(word);
            before.is_some_and(|head| !head.last().is_some_and(u8::is_ascii_alphanumeric))
        };
        match self {
            Self::Returned => is_word(b"return") || is_word(b"Return"),
            Self::Block => head.ends_with(b"{") || is_word(b"do") || head.ends_with(b" do:"),
            Self::Arrow => head.ends_with(b"=>") || head.ends_with(b"->"),
            Self::Equal => head.strip_suffix(b"=").is_some_and(|head| head.iter().all(in_type)),
            Self::Colon => head.ends_with(b":"),
            Self::Getter => head.ends_with(b"get() ="),
            Self::Line => head.is_empty(),
            Self::Printed => is_word(b"echo"),
        }
    }
}

/// Where the literal begins in a definition that binds without a sign and without
/// parentheses, behind whose name `at` stands: `def password; "…"; end`, `sub token { "…" }`,
/// `Password { get { return "…"; } }`.
pub(super) fn of_definition(text: &[u8], name: Span, at: usize) -> Option<usize> {
    text.get(at).filter(|b| b"\n\r;{,b[)".contains(b))?;
    let (before, rest) = (&text[..name.start], &text[at..]);
    let is_behind = |words: &[&[u8]]| words.iter().any(|word| before.ends_with(word));
    let begins = |marks: &[u8]| {
        let line = line::before(text, name.start).trim_ascii_start();
        line.first().is_some_and(|first| marks.contains(first))
    };
    let ends: &[Body] = match rest[0] {
        b'\n' | b'\r' | b';' if is_behind(&[b"def "]) => {
            let skipped = rest.iter().take(REACH).take_while(|b| b"; \t\r\n".contains(b)).count();
            return given(text, at + skipped, &[Body::Line, Body::Returned])
                .map(|v| opening(text, &v));
        }
        b',' if rest.starts_with(b", do: ") && is_behind(&[b"def ", b"defp "]) => {
            return given(text, at + 6, &[Body::Line]).map(|v| opening(text, &v));
        }
        // `val password by lazy { "…" }`
        b'b' if rest.starts_with(b"by lazy {") => &[Body::Block],
        // `(defn password [] "…")`
        b'[' if rest.starts_with(b"[] ") && is_behind(&[b"(defn ", b"(defn- "]) => {
            return (operator::quote_len(text, at + 3) > 0).then_some(at + 3);
        }
        // `define_method(:password) { '…' }`; `let(:password) { '…' }` is one of a test.
        b')' if is_behind(&[b"define_method(:"]) => {
            return given(text, at + 1, &[Body::Block]).map(|value| opening(text, &value));
        }
        // `(define (password) "…")`
        b')' if is_behind(&[b"(define ("]) => {
            let next = operator::skip_blanks(text, at + 1);
            return (operator::quote_len(text, next) > 0).then_some(next);
        }
        b'{' if is_behind(&[b"sub ", b"function ", b"func "]) => &[Body::Block, Body::Returned],
        // `- (NSString *)password {`
        b'{' if is_behind(&[b")"]) && begins(b"-+") => &[Body::Returned],
        b'{' | b'\n' | b'\r' if is_behind(&[b" "]) => {
            let inner = rest[..rest.len().min(REACH)].trim_ascii_start().strip_prefix(b"{")?;
            inner.trim_ascii_start().starts_with(b"get").then_some(())?;
            &[Body::Arrow, Body::Returned]
        }
        _ => return None,
    };
    given(text, at, ends).map(|value| opening(text, &value))
}

/// Whether a byte may stand between the parameters and the literal. Compilers make a test of
/// bits of this, and a loop of a search in a list.
fn in_head(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b' ' | b'\t'
                | b'\r'
                | b'\n'
                | b'{'
                | b':'
                | b'-'
                | b'>'
                | b'&'
                | b'\''
                | b'['
                | b']'
                | b'<'
                | b'*'
                | b'.'
                | b'_'
                | b'='
                | b'('
                | b')'
                | b','
                | b'?'
        )
}

/// Where the quote of a literal stands.
fn opening(text: &[u8], value: &Value) -> usize {
    let head = &text[..value.span.start];
    head.len() - if head.ends_with(b"\"\"\"") { 3 } else { 1 }
}

/// The literal that a function gives whose body, or what says of what type it is, begins at
/// `from`.
fn given(text: &[u8], from: usize, ends: &[Body]) -> Option<Value> {
    let from = behind_documentation(text, from);
    let rest = &text[from..(from + REACH).min(text.len())];
    // A lifetime of Rust is no quote.
    let is_quote = |&quote: &usize| !rest[quote..].starts_with(b"'static");
    let quote = memchr::memchr3_iter(b'"', b'\'', b'`', rest).find(is_quote)?;
    let head = &rest[..quote];
    let head = without_wrapper(head.strip_suffix(b"@").unwrap_or(head));
    let end = head.trim_ascii_end();
    (ends.iter().any(|body| body.ends(end)) && head.iter().copied().all(in_head)).then_some(())?;
    let value = value::quoted(text, from + quote)?;
    let value = joined::read(text, &value).unwrap_or(value);
    let behind = &text[value.end..];
    let next = behind[operator::skip_blanks(behind, 0)..].first();
    let goes_on = behind.trim_ascii_start().starts_with(b"+");
    let is_alone = next.is_none_or(|next| b";},)\r\n".contains(next)) || is_handed_on(behind);
    // `"…": x`, the first of several, is followed by more.
    let is_first = behind.starts_with(b", ") && !behind.starts_with(b", nil");
    (is_alone && !goes_on && !is_first && shape::is_mixed(value.span.of(text))).then_some(value)
}

/// `head` without the call that hands a literal on: `Ok(`, `Task.FromResult(`.
fn without_wrapper(head: &[u8]) -> &[u8] {
    const PROMISES: [&[u8]; 3] = [b"completedfuture", b"fromresult", b"resolve"];
    let Some(call) = head.strip_suffix(b"(") else { return head };
    let function = ascii::last_word(call);
    if PROMISES.contains(&&function[..]) || WRAPPERS.holds(&function) {
        return call.trim_end_with(|c| c.is_ascii_alphanumeric() || "_.:".contains(c));
    }
    head
}

/// Behind a line of comment, or the lines that say what a function of Python is for, in triple
/// quotes.
fn behind_documentation(text: &[u8], from: usize) -> usize {
    const FENCE: &[u8] = b"\"\"\"";
    let near = &text[from..(from + REACH).min(text.len())];
    let break_at = memchr::memchr(b'\n', near).unwrap_or(near.len());
    let opens = near[..break_at].trim_ascii_end().last().is_some_and(|b| b":{".contains(b));
    let inner = near[break_at..].trim_ascii_start();
    let start = from + near.len() - inner.len();
    if !opens {
        from
    } else if inner.starts_with(b"#") || inner.starts_with(b"//") {
        start + line::rest(text, start).len()
    } else if let Some(words) = inner.strip_prefix(FENCE) {
        memchr::memmem::find(words, FENCE).map_or(from, |end| start + end + 2 * FENCE.len())
    } else {
        from
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_a_function_gives_is_found_in_every_language() {
        check(&[
            ("a.js", "const getPassword = () => \"hunter2\";", &["hunter2"]),
            ("a.js", "const getPassword = async () => {\n  return 'hunter2';\n};", &["hunter2"]),
            ("a.ts", "const password = (): string => 'hunter2';", &["hunter2"]),
            ("a.js", "x = { password: function () { return 'hunter2'; } };", &["hunter2"]),
            ("a.js", "const getPassword = () => Promise.resolve('hunter2');", &["hunter2"]),
            ("a.rb", "def password; 'hunter2'; end\n", &["hunter2"]),
            ("a.rb", "def self.password\n  'hunter2'\nend\n", &["hunter2"]),
            ("a.rb", "password = -> { 'hunter2' }\n", &["hunter2"]),
            ("a.kt", "override fun password(): String = \"hunter2\"", &["hunter2"]),
            ("a.kt", "val password: String\n    get() = \"hunter2\"", &["hunter2"]),
            ("a.kt", "val password by lazy { \"hunter2\" }", &["hunter2"]),
            ("a.cs", "private string GetPassword() => \"hunter2\";", &["hunter2"]),
            ("a.cs", "public string Password\n{\n  get { return \"hunter2\"; }\n}", &["hunter2"]),
            (
                "a.cs",
                "Task<string> GetPasswordAsync() => Task.FromResult(\"hunter2\");",
                &["hunter2"],
            ),
            ("A.java", "String getPassword(Env e) {\n  return \"hunter2\";\n}", &["hunter2"]),
            (
                "a.go",
                "func Password(c C) (string, error) {\n\treturn \"hunter2\", nil\n}",
                &["hunter2"],
            ),
            ("a.py", "def password(self) -> str:\n    return 'hunter2'\n", &["hunter2"]),
            (
                "a.py",
                "def password(self):\n    \"\"\"Of it.\"\"\"\n    return 'hunter2'\n",
                &["hunter2"],
            ),
            ("a.py", "def password():\n    # of it\n    return 'hunter2'\n", &["hunter2"]),
            ("a.py", "password = lambda: 'hunter2'\n", &["hunter2"]),
            ("a.rs", "fn password(&self) -> &'static str {\n    \"hunter2\"\n}", &["hunter2"]),
            (
                "a.rs",
                "fn password() -> Result<String> {\n    Ok(\"hunter2\".into())\n}",
                &["hunter2"],
            ),
            ("a.swift", "var password: String { \"hunter2\" }", &["hunter2"]),
            ("a.ex", "  def password, do: \"hunter2\"\n", &["hunter2"]),
            ("a.ex", "  defp password() do\n    \"hunter2\"\n  end\n", &["hunter2"]),
            ("a.m", "- (NSString *)password {\n  return @\"hunter2\";\n}", &["hunter2"]),
            ("a.pl", "sub password { return 'hunter2'; }", &["hunter2"]),
            ("a.ps1", "function Get-Password { return 'hunter2' }", &["hunter2"]),
            ("a.sh", "password() {\n  echo 'hunter2'\n}\n", &["hunter2"]),
            ("a.clj", "(defn password [] \"hunter2\")", &["hunter2"]),
            ("a.jl", "password() = \"hunter2\"", &["hunter2"]),
        ]);
    }

    #[test]
    fn messages_and_what_is_computed_are_no_values() {
        check(&[
            ("a.go", "if checkPassword(p) {\n\treturn \"error 42\"\n}", &[]),
            ("a.js", "if (!validPassword(p)) return 'error42';", &[]),
            ("a.js", "const password = () => t('label1');", &[]),
            ("a.js", "const password = () => 'a1' + b;", &[]),
            ("a.js", "const getPassword = () => 'Password';", &[]),
            ("a.js", "const x = { password: (a) => ({ 'a1': b }) };", &[]),
            ("a.rb", "def password\n  'hunter' + x\nend\n", &[]),
            ("a.rb", "def password\n  ENV['PASSWORD1']\nend\n", &[]),
            ("a.py", "def password(self):\n    \"\"\"Of form 1.\"\"\"\n    return self.x\n", &[]),
            ("a.py", "getPassword('user1')", &[]),
            ("a.cs", "public string Password { get { return _a1; } set { x = \"a1\"; } }", &[]),
        ]);
    }
}
