//! What stands in the documentation of code: in a comment that documents, in the text that
//! a module, a class or a function begins with. Finds where such texts are, once a file.

use crate::detect::language::{Language, extension};
use crate::detect::text::line;
use crate::model::{RepoPath, Span};

/// Where the documentation of one file stands.
#[derive(Debug)]
pub(super) struct Documentation<'t> {
    text: &'t [u8],
    language: Language,
    is_go: bool,
    is_perl: bool,
    /// The texts in three quotes that document, in order.
    texts: Vec<Span>,
}

impl<'t> Documentation<'t> {
    pub(super) fn of(path: &RepoPath, text: &'t [u8], language: Language) -> Self {
        let documents: Option<fn(&[u8]) -> bool> = match extension(path.as_bytes()) {
            Some(b"py" | b"pyi") => Some(documents_in_python),
            Some(b"ex" | b"exs") => Some(documents_in_elixir),
            Some(_) | None => None,
        };
        let texts = documents.map(|documents| {
            let heads = long_texts(text);
            heads.into_iter().filter(|span| documents(&text[..span.start])).collect()
        });
        let is_go = extension(path.as_bytes()) == Some(b"go");
        let is_perl = matches!(extension(path.as_bytes()), Some(b"pl" | b"pm" | b"pod"));
        Self { text, language, is_go, is_perl, texts: texts.unwrap_or_default() }
    }

    /// Whether what stands at `at` is one of its words.
    pub(super) fn holds(&self, at: usize) -> bool {
        let before = line::before(self.text, at);
        let last = self.texts.partition_point(|text| text.start < at).checked_sub(1);
        match self.language {
            Language::Code => {
                line::documents(before)
                    || last.is_some_and(|last| at < self.texts[last].end)
                    || self.is_go && before.starts_with(b"//") && documents_in_go(self.text, at)
                    || self.is_perl && documents_in_perl(&self.text[..at])
            }
            Language::Yaml | Language::Settings => before.trim_ascii_start().starts_with(b"##"),
            Language::Json
            | Language::Shell
            | Language::Markup
            | Language::Prose
            | Language::Lock => false,
        }
    }
}

/// The texts between three quotes and the next three of the kind, quotes and all.
fn long_texts(text: &[u8]) -> Vec<Span> {
    const QUOTES: [&[u8]; 2] = [b"\"\"\"", b"'''"];
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr2_iter(b'"', b'\'', &text[at..])
        .map(|quote| at + quote)
        .find(|&quote| QUOTES.iter().any(|quotes| text[quote..].starts_with(quotes)))
    {
        let body = open + QUOTES[0].len();
        let end = memchr::memmem::find(&text[body..], &text[open..body]);
        at = end.map_or(text.len(), |end| body + end + QUOTES[0].len());
        texts.push(Span::new(open, at));
    }
    texts
}

/// What modules of Ansible call the texts that they are documented by.
const OF_ANSIBLE: [&[u8]; 3] = [b"DOCUMENTATION =", b"EXAMPLES =", b"RETURN ="];

/// Whether a text documents that begins behind `head`: the first of a module, of a class or
/// a function (PEP 257), one of a module of Ansible.
fn documents_in_python(head: &[u8]) -> bool {
    let near = &head[head.len().saturating_sub(REACH)..];
    let raw = near.strip_suffix(b"r").or_else(|| near.strip_suffix(b"R")).unwrap_or(near);
    let start = memchr::memrchr(b'\n', raw).map_or(0, |end| end + 1);
    let own = raw[start..].trim_ascii();
    let lines = || raw[..start].rsplit(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    let is_code = |line: &&[u8]| !line.is_empty() && !line.starts_with(b"#");
    let opens_body = |line: &[u8]| {
        let heads: [&[u8]; 4] = [b"def ", b"async def ", b"class ", b")"];
        line.ends_with(b":") && heads.iter().any(|head| line.starts_with(head))
    };
    let is_first = || lines().find(is_code).map_or(near.len() == head.len(), opens_body);
    OF_ANSIBLE.contains(&own) || own.is_empty() && is_first()
}

/// How far before a text of Perl is looked for what begins it.
const FAR: usize = 32 * 1_024;

/// How far a comment of Go is read to its ends, and how far before a text of Python is looked
/// for what it documents.
const REACH: usize = 8 * 1_024;

/// Whether the first words of the comment around `at` name what is declared below it (Effective
/// Go, Commentary), as no code does that somebody took out.
fn documents_in_go(text: &[u8], at: usize) -> bool {
    let is_comment = |line: &&[u8]| line.starts_with(b"//");
    let (head, tail) = (&text[at.saturating_sub(REACH)..at], &text[at..]);
    let tail = &tail[..tail.len().min(REACH)];
    let first = head.rsplit(|&b| b == b'\n').take_while(is_comment).last();
    let below = tail.split(|&b| b == b'\n').skip(1).find(|line| !is_comment(line));
    let (Some(first), Some(below)) = (first, below) else { return false };
    let kinds: [&[u8]; 4] = [b"const ", b"func ", b"type ", b"var "];
    let declared = kinds.iter().find_map(|kind| below.strip_prefix(*kind));
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
    let word = |text: &[u8]| text.iter().take_while(in_name).count();
    let mut spoken = first.split(|&b| b"/ ".contains(&b)).filter(|word| !word.is_empty()).take(2);
    // `func (c *Client) Get(…)`
    let declared = declared.map(|rest| match memchr::memmem::find(rest, b") ") {
        Some(end) if rest.starts_with(b"(") => &rest[end + 2..],
        Some(_) | None => rest,
    });
    let declared = declared.map(|rest| &rest[..word(rest)]);
    spoken.any(|word| declared == Some(word))
}

/// Whether the last paragraph of a command before the end of `head` begins documentation, as
/// all do but `=cut` (perlpod).
fn documents_in_perl(head: &[u8]) -> bool {
    let near = &head[head.len().saturating_sub(FAR)..];
    let mut lines = near.rsplit(|&b| b == b'\n');
    let command = lines.find(|line| matches!(line, [b'=', b'a'..=b'z', ..]));
    command.is_some_and(|command| !command.starts_with(b"=cut"))
}

/// The same where attributes say so: `@doc """`, `@moduledoc ~S"""`.
fn documents_in_elixir(head: &[u8]) -> bool {
    let head = head.strip_suffix(b"~S").or_else(|| head.strip_suffix(b"~s")).unwrap_or(head);
    let words: [&[u8]; 3] = [b"@doc ", b"@moduledoc ", b"@typedoc "];
    words.iter().any(|word| head.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_documentation(path: &str, text: &str) -> bool {
        let path = RepoPath::new(path);
        let language = Language::of(&path, text.as_bytes());
        Documentation::of(&path, text.as_bytes(), language).holds(text.find("VALUE").unwrap())
    }

    #[test]
    fn no_text_is_looked_at_from_its_very_beginning() {
        let text = |before: usize| {
            let remarks = "# a\n".repeat(before);
            format!("def a():\n{remarks}    \"\"\"Reads VALUE.\"\"\"\n")
        };
        assert!(is_documentation("a.py", &text(100)));
        assert!(!is_documentation("a.py", &text(REACH)));
    }

    #[test]
    fn what_documents_code_is_told_from_its_data() {
        for (path, text) in [
            ("a.py", "#!/usr/bin/python\n\n\"\"\"Reads.\n\n>>> get('VALUE')\n\"\"\"\n"),
            ("a.py", "def a(\n    b: str,\n) -> str:\n    r'''Reads.\n\n    VALUE\n    '''\n"),
            ("a.py", "x = '''a'''\nclass A:\n    \"\"\"VALUE\"\"\"\n"),
            ("a.py", "import a\n\nEXAMPLES = r\"\"\"\n- b:\n    password: VALUE\n\"\"\"\n"),
            ("a.ex", "  @doc \"\"\"\n  VALUE\n  \"\"\"\n"),
            ("a.ex", "  @moduledoc ~S\"\"\"\n  VALUE\n  \"\"\"\n"),
            ("a.go", "// Event is one.\n//\n//\t{\"a\": \"VALUE\"}\ntype Event struct {\n"),
            ("a.go", "// A Get reads VALUE.\nfunc (c *Client) Get() {\n"),
            ("a.rs", "/// VALUE\n"),
            ("a.pm", "my $a;\n\n=head1 NAME\n\n  connect('VALUE');\n"),
            ("a.yml", "## a: VALUE\n"),
        ] {
            assert!(is_documentation(path, text), "{text}");
        }
        for (path, text) in [
            ("a.py", "def a():\n    \"\"\"Reads.\"\"\"\n    b = 'VALUE'\n"),
            ("a.py", "import a\nb = \"\"\"\nVALUE\n\"\"\"\n"),
            ("a.py", "x = {\n    'a':\n    \"\"\"\n    VALUE\n    \"\"\"}\n"),
            ("a.py", "EXAMPLES_OF = \"\"\"\nVALUE\n\"\"\"\n"),
            ("a.ex", "  a(\"\"\"\n  VALUE\n  \"\"\")\n"),
            ("a.go", "x := `\"\"\"VALUE\"\"\"`\n"),
            ("a.go", "// a := \"VALUE\"\nfunc Get() {\n"),
            ("a.go", "// Get reads VALUE.\n\nfunc Get() {\n"),
            ("a.rs", "// VALUE\n"),
            ("a.pm", "=head1 NAME\n\n=cut\n\nconnect('VALUE');\n"),
            ("a.yml", "# a: VALUE\n"),
        ] {
            assert!(!is_documentation(path, text), "{text}");
        }
    }
}
