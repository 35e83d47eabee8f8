//! Lines that carry a secret out of where it is kept: an env file copied into
//! an image, a secret printed by a CI job, a secret under a name that is
//! compiled into the client. Each is read in its own kind of file only.

use super::Candidate;
use super::env_family::{is_env_name, is_template_name};
use super::judge::promise::{Kind, Words, classify};
use super::language::Language;
use super::stage::is_ci_file;
use super::text::line;
use crate::model::{RepoPath, Rule, Span, Strength};
use crate::rules;

/// How far behind its keyword a line is read, in bytes.
const REACH: usize = 1_024;

/// What the keyword of `rule` at `keyword` exposes.
pub(super) fn read(
    rule: &'static Rule,
    text: &[u8],
    keyword: Span,
    path: &RepoPath,
) -> Option<Candidate> {
    let span = match rule.id {
        "docker-copies-env-file" if is_dockerfile(path) => copied(text, keyword),
        "ci-prints-secret" if is_ci_file(path) => printed(text, keyword),
        "client-side-secret" if is_client_code(path, text) => client_name(text, keyword),
        _ => None,
    }?;
    Some(Candidate::new(rule, span, Strength::Weak))
}

/// Whether a path is a Dockerfile's, by its name: `Dockerfile`, `Dockerfile.dev`,
/// `Dockerfile-gpu`, `DockerfileProd`, `dev.Dockerfile`.
pub fn is_dockerfile(path: &RepoPath) -> bool {
    const OTHERS: [&[u8]; 5] = [b".dockerignore", b".md", b".txt", b".rst", b".py"];
    let name = path.base_name().to_ascii_lowercase();
    let is_one = |stem: &[u8]| {
        name.starts_with(stem) || name.strip_suffix(stem).is_some_and(|rest| rest.ends_with(b"."))
    };
    (is_one(b"dockerfile") || is_one(b"containerfile"))
        && !OTHERS.iter().any(|end| name.ends_with(end))
}

/// Code and settings of a client; what is written about such names is none.
fn is_client_code(path: &RepoPath, text: &[u8]) -> bool {
    !matches!(Language::of(path, text), Language::Prose | Language::Lock)
}

/// The env file that the `COPY` or `ADD` around the keyword takes.
fn copied(text: &[u8], keyword: Span) -> Option<Span> {
    let before = line::before(text, keyword.start);
    let start = keyword.start - before.len();
    let end = line_end(text, keyword.end);
    let words: Vec<Span> = words(text, Span::new(start, end)).collect();
    let (verb, rest) = words.split_first()?;
    let verb = verb.of(text);
    if !verb.eq_ignore_ascii_case(b"COPY") && !verb.eq_ignore_ascii_case(b"ADD") {
        return None;
    }
    if rest.iter().any(|word| word.of(text).starts_with(b"--from=")) {
        return None;
    }
    let (_, sources) = rest.split_last()?;
    sources.iter().copied().find(|word| {
        let source = RepoPath::new(word.of(text));
        let name = source.base_name();
        let name = name.strip_suffix(b"*").unwrap_or(name);
        word.start <= keyword.start
            && keyword.end <= word.end
            && is_env_name(name)
            && !is_template_name(name)
    })
}

/// Where the line ends, as far as it is read.
fn line_end(text: &[u8], from: usize) -> usize {
    let limit = text.len().min(from + REACH);
    memchr::memchr(b'\n', &text[from..limit]).map_or(limit, |len| from + len)
}

/// The words of a line, without the brackets, quotes and commas of the JSON form.
fn words(text: &[u8], line: Span) -> impl Iterator<Item = Span> {
    let is_gap = |b: u8| b.is_ascii_whitespace() || b"[]\",'".contains(&b);
    let mut at = line.start;
    std::iter::from_fn(move || {
        let start = (at..line.end).find(|&at| !is_gap(text[at]))?;
        let end = (start..line.end).find(|&at| is_gap(text[at])).unwrap_or(line.end);
        at = end;
        Some(Span::new(start, end))
    })
}

/// The secret that the `echo` at the keyword prints, unless it goes to a
/// command, to a file or to the masker.
fn printed(text: &[u8], keyword: Span) -> Option<Span> {
    if keyword.start > 0 && text[keyword.start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let before = line::before(text, keyword.start);
    let end = line_end(text, keyword.end);
    let rest = &text[keyword.end..end];
    let holds = |what: &[u8]| memchr::memmem::find(rest, what).is_some();
    let goes_on = rest.trim_ascii_end().ends_with(b"\\");
    let in_command =
        [&b"$("[..], b"<("].iter().any(|mark| memchr::memmem::rfind(before, mark).is_some());
    if line::is_comment(before) || in_command || goes_on || is_taken(rest) || holds(b"add-mask::") {
        return None;
    }
    let found =
        memchr::memchr_iter(b'$', rest).find_map(|at| reference(&rest[at..]).map(|len| (at, len)));
    let found = found.filter(|(at, _)| !is_in_command(&rest[..*at]) && !is_grouped(text, end));
    found.map(|(at, len)| Span::new(keyword.end + at, keyword.end + at + len))
}

/// Whether a command is open at the end of `head` whose output is printed in its place.
fn is_in_command(head: &[u8]) -> bool {
    let open = memchr::memmem::rfind(head, b"$(");
    open.is_some_and(|open| !head[open..].contains(&b')'))
}

/// Whether the line that ends at `end` stands among others whose output goes elsewhere:
/// `{`, `echo …`, `} >> "$GITHUB_ENV"`.
fn is_grouped(text: &[u8], end: usize) -> bool {
    let behind = &text[end..text.len().min(end + REACH)];
    let mut lines = behind.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_start);
    let last = lines.find(|line| !line.is_empty() && !line.starts_with(b"echo "));
    last.and_then(|line| line.strip_prefix(b"}")).is_some_and(is_taken)
}

/// Whether the output goes somewhere else than to the log: `|`, `>`, but not
/// inside quotes (`->`, `=>`) and not `>&2`.
fn is_taken(rest: &[u8]) -> bool {
    let mut quote = None;
    rest.iter().enumerate().any(|(at, &byte)| {
        match quote {
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        let to_stderr = rest[at..].starts_with(b">&2");
        quote.is_none() && matches!(byte, b'|' | b'>') && !to_stderr
    })
}

/// The length of the reference to a secret that `text` begins with:
/// `$API_KEY`, `${API_KEY}`, `$(API_KEY)` and `${{ secrets.X }}`.
fn reference(text: &[u8]) -> Option<usize> {
    if text.starts_with(b"${{") {
        let end = memchr::memmem::find(text, b"}}")?;
        let inner = &text[3..end];
        // `needs.find-secrets.outputs` is another job.
        let is_word = |at: usize| {
            at.checked_sub(1)
                .is_none_or(|at| !inner[at].is_ascii_alphanumeric() && !b"-_.".contains(&inner[at]))
        };
        let is_secret = memchr::memmem::find_iter(inner, b"secrets.").any(is_word)
            && !inner.iter().any(|b| b"!=&|".contains(b));
        return is_secret.then_some(end + 2);
    }
    let head = 1 + usize::from(matches!(text.get(1), Some(b'{' | b'(')));
    let name = &text[head..];
    let len = name.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let name = &name[..len];
    // A default or a test (`${X:+set}`) prints something else.
    let closed = head == 1 || matches!(text.get(head + len), Some(b'}' | b')'));
    // `Passed: $PASS`: how many tests passed.
    let is_secret = names_a_secret(name) && name != b"PASS";
    let is_variable = name.iter().all(|b| !b.is_ascii_lowercase());
    (closed && is_secret && is_variable).then_some(head + len + usize::from(head == 2))
}

/// Whether a variable of this name is given a secret, by its words: an
/// `API_TOKEN` is, a `TOKENIZERS_PARALLELISM` is not, nor is the folder in which a shell works.
pub fn names_a_secret(name: &[u8]) -> bool {
    let kind = classify(&Words::of(name));
    matches!(kind, Some(Kind::Password | Kind::Secret | Kind::Token | Kind::ApiKey))
        && !matches!(name, b"PWD" | b"OLDPWD")
}

/// The name around the keyword, which a bundler compiles into the client,
/// when what follows the prefix is a secret's.
fn client_name(text: &[u8], keyword: Span) -> Option<Span> {
    let is_name = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    if keyword.start > 0 && is_name(text[keyword.start - 1]) {
        return None;
    }
    let len = text[keyword.end..].iter().take_while(|b| is_name(**b)).count();
    let span = Span::new(keyword.start, keyword.end + len);
    let name = std::str::from_utf8(&text[keyword.end..span.end]).ok()?;
    let is_comment = line::is_comment(line::before(text, keyword.start));
    (!is_comment && text[keyword.start].is_ascii_uppercase() && is_servers(name)).then_some(span)
}

/// Whether a name is that of a server's secret. Names of keys that are made
/// for browsers (Firebase, maps, analytics, Supabase's anonymous key) are not.
fn is_servers(name: &str) -> bool {
    const WORDS: [&str; 7] = [
        "SERVICE_ROLE",
        "PRIVATE_KEY",
        "SECRET_KEY",
        "CLIENT_SECRET",
        "PASSWORD",
        "API_SECRET",
        "SECRET_ACCESS_KEY",
    ];
    const PUBLIC: [&str; 5] = ["PUBLISHABLE", "PUBLIC", "ANON", "MAPS", "FIREBASE"];
    let is_public = PUBLIC.iter().any(|word| name.contains(word));
    let is_models = rules::builtin()
        .filter(|rule| MAKERS.contains(&rule.provider))
        .any(|rule| rule.env.contains(&name));
    !is_public
        && (name.contains("SERVICE_ROLE") || names_a_secret(name.as_bytes()))
        && (WORDS.iter().any(|word| name.ends_with(word))
            || is_models
            || MODEL_KEYS.contains(&name))
}

/// Whose keys cost money a call and are never meant for a browser.
const MAKERS: [&str; 6] = ["OpenAI", "Anthropic", "Groq", "Mistral", "Cohere", "Hugging Face"];
/// The names under which applications read such keys.
const MODEL_KEYS: [&str; 10] = [
    "OPENAI_API_KEY",
    "OPENAI_KEY",
    "ANTHROPIC_API_KEY",
    "GROQ_API_KEY",
    "MISTRAL_API_KEY",
    "COHERE_API_KEY",
    "HUGGINGFACE_API_KEY",
    "OPENROUTER_API_KEY",
    "DEEPSEEK_API_KEY",
    "GEMINI_API_KEY",
];

#[cfg(test)]
mod tests {
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::RuleSet;

    fn found(path: &str, text: &str) -> Vec<(&'static str, String)> {
        let scanner = Scanner::new(RuleSet::builtin());
        scanner
            .candidates(text.as_bytes(), &RepoPath::new(path))
            .into_iter()
            .map(|found| {
                (
                    found.rule.id,
                    String::from_utf8_lossy(found.span.of(text.as_bytes())).into_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn an_env_file_copied_into_an_image_is_found() {
        let rule = "docker-copies-env-file";
        for (text, span) in [
            ("FROM x\nCOPY .env /app/\n", ".env"),
            ("COPY --chown=a:b package.json .env.production ./", ".env.production"),
            ("add [\"config/prod.env\", \"/etc/\"]", "config/prod.env"),
            ("COPY .env* ./", ".env*"),
        ] {
            assert_eq!(found("svc/Dockerfile", text), [(rule, span.to_owned())], "{text}");
            assert_eq!(found("docs/notes.md", text), [], "{text}");
        }
        for text in [
            "COPY .env.example /app/.env",
            "COPY --from=build /app/.env /app/",
            "# COPY .env /app/",
            "RUN --mount=type=secret,id=env,target=/app/.env make",
            "COPY src /app/.env",
        ] {
            assert_eq!(found("Dockerfile.dev", text), [], "{text}");
        }
    }

    #[test]
    fn a_secret_that_a_job_prints_is_found() {
        let rule = "ci-prints-secret";
        for (text, span) in [
            ("      - run: echo $OPENAI_API_KEY\n", "$OPENAI_API_KEY"),
            ("        echo \"key=${DB_PASSWORD}\" >&2\n", "${DB_PASSWORD}"),
            ("  run: echo ${{ secrets.NPM_TOKEN }}\n", "${{ secrets.NPM_TOKEN }}"),
        ] {
            assert_eq!(
                found(".github/workflows/ci.yml", text),
                [(rule, span.to_owned())],
                "{text}"
            );
            assert_eq!(found("run.yml", text), [], "{text}");
        }
        for text in [
            "echo $NPM_TOKEN | docker login --password-stdin",
            "echo \"token=$NPM_TOKEN\" >> .npmrc",
            "echo \"::add-mask::$NPM_TOKEN\"",
            "echo \"$GITHUB_REF -> $CACHE_KEY\"",
            "X=$(echo $NPM_TOKEN)",
            "echo \"tag=$(curl -H 'authorization: ${{ secrets.X }}' $URL)\"",
            "initdb --pwfile=<(echo \"$DB_PASSWORD\")",
            "{\n  echo \"token=$NPM_TOKEN\"\n  echo x\n} >> \"$GITHUB_ENV\"",
            "# echo $NPM_TOKEN",
            "echo ${NPM_TOKEN:+set}",
            "echo \"$PWD/bin\"",
            "echo \"passed: $PASS\"",
            "echo ${{ secrets.X != '' }}",
            "echo ${{ needs.find-secrets.outputs.count }}",
        ] {
            assert_eq!(found(".github/workflows/ci.yml", text), [], "{text}");
        }
    }

    /// Where the time grew with the square of the line this took minutes.
    #[test]
    fn the_reading_of_a_long_line_ends() {
        for (path, unit) in [("Dockerfile", "a.env "), (".github/workflows/a.yml", "echo a ")] {
            assert_eq!(found(path, &unit.repeat(100_000)), []);
        }
    }

    #[test]
    fn a_secret_under_a_name_of_the_client_is_found() {
        let rule = "client-side-secret";
        for name in [
            "NEXT_PUBLIC_OPENAI_API_KEY",
            "VITE_SUPABASE_SERVICE_ROLE",
            "REACT_APP_STRIPE_SECRET_KEY",
        ] {
            let text = format!("const k = process.env.{name};");
            assert_eq!(found("src/a.ts", &text), [(rule, name.to_owned())], "{text}");
            assert_eq!(found("README.md", &text), [], "{text}");
            assert_eq!(found("src/a.ts", &format!("// never {name}")), []);
        }
        for name in [
            "NEXT_PUBLIC_SUPABASE_ANON_KEY",
            "VITE_FIREBASE_API_KEY",
            "EXPO_PUBLIC_API_URL",
            "VITE_GOOGLE_MAPS_KEY",
            "REACT_APP_RESET_PASSWORD",
        ] {
            assert_eq!(found("src/a.ts", &format!("process.env.{name}")), [], "{name}");
        }
    }
}
