//! Keys that the code reads from the environment are listed in a template.

use std::collections::BTreeSet;

use regex::Regex;

use super::ctx::Ctx;
use super::{Check, Edit, Line, some_of, template};
use crate::detect::names_a_secret;
use crate::model::RepoPath;

pub(super) const CHECK: Check =
    Check { id: "env-keys", title: "keys that the code reads are in `.env.example`", run: look };

/// How the languages read a variable of the environment.
const READS: &str = r#"(?x)
    (?: \b(?: getenv | environ\.get | env::var(?:_os)? | env!\s* | Getenv | LookupEnv | ENV\.fetch | getEnv
          | Deno\.env\.get ) \s* \( \s*
      | \benviron \s* \[ \s* | \bENV \s* \[ \s* | \bprocess\.env \s* \[ \s* ) ["'] (?P<quoted>[A-Z][A-Z0-9_]+) ["']
    | \b(?: process\.env | import\.meta\.env ) \. (?P<dotted>[A-Z][A-Z0-9_]+)
    | \b(?: validation_alias | alias | env ) \s* = \s* ["'] (?P<alias>[A-Z][A-Z0-9_]+) ["']"#;
/// A class of pydantic settings, whose fields are variables.
const SETTINGS: &str = r"(?m)^class\s+\w+\s*\(\s*(?:\w+\.)?BaseSettings\s*\)\s*:(?P<body>(?:\n(?:[ \t]+[^\n]*|[ \t]*))*)";
const FIELD: &str = r"(?m)^(?:    |\t)(?P<name>[a-z][a-z0-9_]*)\s*:\s*\w";
const PREFIX: &str = r#"env_prefix\s*=\s*["'](?P<prefix>\w+)["']"#;

const CODE: [&[u8]; 15] = [
    b"py", b"js", b"mjs", b"cjs", b"ts", b"tsx", b"jsx", b"vue", b"svelte", b"astro", b"rs", b"go",
    b"java", b"kt", b"rb",
];
/// Code that is not the application: its variables are nobody's to set.
const ASIDE: [&[u8]; 16] = [
    b"test",
    b"tests",
    b"__tests__",
    b"spec",
    b"e2e",
    b"examples",
    b"example",
    b"docs",
    b"scripts",
    b"benches",
    b"benchmarks",
    b"node_modules",
    b"vendor",
    b"fixtures",
    b"build.rs",
    b"conftest.py",
];
/// Set by systems, runners and tools.
const GIVEN: [&str; 25] = [
    "PORT",
    "ANALYZE",
    "PATH",
    "HOME",
    "USER",
    "PWD",
    "SHELL",
    "TMPDIR",
    "TEMP",
    "TERM",
    "LANG",
    "CI",
    "DEBUG",
    "NODE_ENV",
    "EDITOR",
    "HOSTNAME",
    "OUT_DIR",
    "MODE",
    "DEV",
    "PROD",
    "SSR",
    "BASE_URL",
    "NO_COLOR",
    "LOCALAPPDATA",
    "APPDATA",
];
const GIVEN_HEADS: [&str; 13] = [
    "PLAYWRIGHT",
    "GITHUB_",
    "CARGO_",
    "XDG_",
    "LC_",
    "PYTEST_",
    "VERCEL_",
    "npm_",
    "RUST_",
    "PYTHON",
    "CI_",
    "RUNNER_",
    "SSH_",
];

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let read = read_by_code(ctx)?;
    if read.is_empty() {
        return Ok(Line::absent("the code reads no variable of the environment"));
    }
    let Some(nearest) = ctx.templates.first() else {
        let secret: Vec<&String> =
            read.iter().filter(|name| names_a_secret(name.as_bytes())).collect();
        return Ok(match secret.len() {
            0 => Line::absent("no template, and the code reads no secret"),
            1 => vec![no_template(&secret, "variable")],
            _ => vec![no_template(&secret, "variables")],
        });
    };
    let mut listed = BTreeSet::new();
    for path in &ctx.templates {
        listed.extend(template::keys(ctx, path));
        listed.extend(commented(ctx, path));
    }
    let missing: Vec<String> = read.difference(&listed).cloned().collect();
    if missing.is_empty() {
        return Ok(Line::pass(format!("all {} are", read.len())));
    }
    // Of several templates only a person knows which one a key belongs to.
    let line = Line::warn(
        format!("{} of {} are in no template: {}", missing.len(), read.len(), some_of(&missing)),
        format!("add them to {nearest}, without values"),
    );
    Ok(vec![match ctx.templates.as_slice() {
        [only] => line.fixed_by(Edit::Append {
            path: only.clone(),
            lines: missing.iter().map(|key| format!("{key}=")).collect(),
        }),
        _ => line,
    }])
}

fn no_template(secret: &[&String], what: &str) -> Line {
    Line::warn(
        format!(
            "the code reads {} secret {what} and no template names any: {}",
            secret.len(),
            some_of(secret)
        ),
        "commit a .env.example that names them, without values",
    )
}

/// `# API_KEY=` in a template names the key too.
fn commented(ctx: &Ctx<'_>, path: &RepoPath) -> Vec<String> {
    let text = ctx.text(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.trim_start().strip_prefix('#')?.split_once('='))
        .map(|(name, _)| name.trim().to_owned())
        .collect()
}

fn read_by_code(ctx: &Ctx<'_>) -> anyhow::Result<BTreeSet<String>> {
    let reads = Regex::new(&READS.replace("(?x)", "(?x-u)"))?;
    let settings = [SETTINGS, FIELD, PREFIX].map(|p| {
        Regex::new(
            &p.replace("\\w", "[A-Za-z0-9_]")
                .replace("\\s", "[ \\t\\r\\n]")
                .replace("\\b", "(?-u:\\b)"),
        )
    });
    let [class, field, prefix] = settings;
    let (class, field, prefix) = (class?, field?, prefix?);
    let mut names = BTreeSet::new();
    for path in ctx.paths.iter().filter(|path| is_application(path)) {
        let Some(text) = ctx.text(path) else { continue };
        for found in reads.captures_iter(&text) {
            let name = ["quoted", "dotted", "alias"].iter().find_map(|group| found.name(group));
            names.extend(name.map(|name| name.as_str().to_owned()));
        }
        for found in class.captures_iter(&text) {
            let body = &found["body"];
            let head =
                prefix.captures(body).map_or(String::new(), |found| found["prefix"].to_owned());
            let fields = field.captures_iter(body).map(|found| found["name"].to_ascii_uppercase());
            names.extend(
                fields.filter(|name| name != "MODEL_CONFIG").map(|name| head.clone() + &name),
            );
        }
    }
    names.retain(|name| {
        !GIVEN.contains(&name.as_str()) && !GIVEN_HEADS.iter().any(|head| name.starts_with(head))
    });
    Ok(names)
}

fn is_application(path: &RepoPath) -> bool {
    let name = path.base_name();
    let extension = name.rsplit(|&b| b == b'.').next().unwrap_or(name);
    let is_test = [&b"test_"[..], b"_test.", b".test.", b".spec."]
        .iter()
        .any(|mark| memchr::memmem::find(name, mark).is_some());
    let mut parts = path.as_bytes().split(|&b| b == b'/');
    CODE.contains(&extension) && !is_test && !parts.any(|part| ASIDE.contains(&part))
}
