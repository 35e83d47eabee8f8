//! Bare words: what is bound to a name without quotes, where the language has that. Owns
//! how far such a word goes, and which are code.

use bstr::ByteSlice as _;

use super::markup;
use super::site::{Site, behind_continuation};
use super::value::{self, Extent, Value};
use crate::detect::judge::{Operator, shape, vocabulary};
use crate::detect::language::Language;
use crate::detect::text::line;

impl Site<'_> {
    /// A bare word that is no call, no member and no expression.
    pub(super) fn bare(&self, at: usize) -> Option<Value> {
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
            _ if self.is_in_options() => self.option(value),
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
        let is_value = match extent {
            None if is_close => is_drawn(),
            None => self.is_line_of_text(&value),
            Some(_) => is_close || !is_next(),
        };
        let is_expression = match extent {
            Some(Extent::Field) => false,
            // All of an index stands on the line.
            Some(Extent::Line) if bytes.contains(&b'[') && !bytes.contains(&b']') => false,
            Some(Extent::Line | Extent::Word) | None => self.is_expression(&value),
        };
        (is_value && !is_expression).then_some(value)
    }

    /// `client_secret = …` alone on its line, as a string of many lines holds settings: no code
    /// is written as a machine draws, but the private keys of a chain (`uint256 key = 0x…`).
    fn is_line_of_text(&self, value: &Value) -> bool {
        const KEY: usize = 64;
        let bytes = value.span.of(self.text);
        if let Some(digits) = bytes.strip_prefix(b"0x") {
            let name = self.name.of(self.text).to_ascii_lowercase();
            return digits.len() == KEY
                && digits.iter().all(u8::is_ascii_hexdigit)
                && [&b"private"[..], b"secret"].iter().any(|word| name.contains_str(word));
        }
        self.language == Language::Code
            && self.before.trim_ascii().is_empty()
            && matches!(self.text.get(value.end), None | Some(b'\n' | b'\r'))
            && shape::is_drawn(bytes)
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

    /// `?a=b&password=…#video=copy`, `Map?ServerPassword=…?Port=1`: among the options of a URL or
    /// of what a server is started with.
    fn is_in_options(&self) -> bool {
        self.opening.operator == Operator::Assign
            && self.before.last().is_some_and(|mark| b"?&".contains(mark))
    }

    /// The value up to the next option, or to the fragment of a URL.
    fn option(&self, value: Value) -> Value {
        let bytes = value.span.of(self.text);
        let begins_next = |at: &usize| {
            let rest = &bytes[at + 1..];
            let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            len > 1 && rest.get(len) == Some(&b'=')
        };
        let next = memchr::memchr2_iter(b'?', b'#', bytes).find(begins_next);
        match next {
            Some(at) => value.clone().without(self.text, &bytes[at..]),
            None => value,
        }
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
            || behind.starts_with(b";") && self.is_in_statement(bytes)
    }

    /// `url.password += codePoints;`, `pwd = box.SecurePassword;`: code in a string or a guide,
    /// which gives the name what another holds.
    fn is_in_statement(&self, bytes: &[u8]) -> bool {
        self.text[self.name.end] == b' '
            && !matches!(self.language, Language::Settings | Language::Shell | Language::Yaml)
            && bytes.first().is_some_and(u8::is_ascii_lowercase)
            && bytes.iter().any(u8::is_ascii_uppercase)
            && bytes.iter().all(|b| b.is_ascii_alphabetic() || *b == b'.')
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
            Language::Code | Language::Lock => line::is_comment(line).then_some(Extent::Word),
            // A name without quotes of its own stands in a string, however far back that began.
            Language::Json | Language::Shell | Language::Prose | Language::Markup => {
                Some(Extent::Word)
            }
            Language::Settings | Language::Yaml => {
                // Behind another assignment it is a word as well.
                let inner = self.before.iter().any(|b| b"{[;?&=".contains(b));
                Some(if inner { Extent::Word } else { Extent::Line })
            }
        }
    }
}
