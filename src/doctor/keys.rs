//! Keys that the code reads from the environment are listed in a template.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::ctx::Ctx;
use super::{Check, Edit, Line, template};
use crate::detect::names_a_secret;
use crate::model::RepoPath;
use crate::report::some_of;

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
const GIVEN: [&str; 26] = [
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
    "IS_PULL_REQUEST",
];
const GIVEN_HEADS: [&str; 15] = [
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
    "CODESPACE",
    "RENDER",
];

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let read = read_by_code(ctx)?;
    if read.is_empty() {
        return Ok(Line::absent("the code reads no variable of the environment"));
    }
    let listed: BTreeSet<String> = ctx
        .templates
        .iter()
        .flat_map(|path| template::keys(ctx, path).into_iter().chain(commented(ctx, path)))
        .collect();
    let mut missing = BTreeMap::<Option<&RepoPath>, BTreeSet<&String>>::new();
    for (name, folders) in read.iter().filter(|(name, _)| !listed.contains(*name)) {
        for folder in folders {
            missing.entry(home(&ctx.templates, folder)).or_default().insert(name);
        }
    }
    let lines: Vec<Line> = missing
        .into_iter()
        .filter_map(|(home, names)| {
            let names: Vec<&String> = names.into_iter().collect();
            match home {
                Some(template) => Some(incomplete(ctx, template, &names, read.len())),
                None => no_template(&names),
            }
        })
        .collect();
    Ok(match (lines.is_empty(), ctx.templates.is_empty()) {
        (false, _) => lines,
        (true, true) => Line::absent("no template, and the code reads no secret"),
        (true, false) => Line::pass(format!("all {} are", read.len())),
    })
}

/// The template a key belongs to: of the nearest folder above the code.
fn home<'t>(templates: &'t [RepoPath], folder: &[u8]) -> Option<&'t RepoPath> {
    let above = |template: &&RepoPath| match template.folder() {
        [] => true,
        own => folder.strip_prefix(own).is_some_and(|rest| matches!(rest, [] | [b'/', ..])),
    };
    templates.iter().filter(above).max_by_key(|template| {
        // Of several in one folder, the first.
        (template.folder().len(), std::cmp::Reverse(*template))
    })
}

fn incomplete(ctx: &Ctx<'_>, template: &RepoPath, names: &[&String], all: usize) -> Line {
    let line = Line::warn(
        format!("{} of {all} are in no template: {}", names.len(), some_of(names)),
        format!("add them to {template}, without values"),
    );
    let is_beside = |other: &&RepoPath| other.folder() == template.folder();
    if ctx.templates.iter().filter(is_beside).count() > 1 {
        // Only a person knows which of them a key belongs to.
        return line;
    }
    let lines = names.iter().map(|key| format!("{key}=")).collect();
    line.fixed_by(Edit::Append { path: template.clone(), lines })
}

/// Where no template is, only secrets ask for one.
fn no_template(names: &[&String]) -> Option<Line> {
    let secret: Vec<&&String> = names.iter().filter(|n| names_a_secret(n.as_bytes())).collect();
    let what = match secret.len() {
        0 => return None,
        1 => "variable",
        _ => "variables",
    };
    Some(Line::warn(
        format!(
            "the code reads {} secret {what} and no template names any: {}",
            secret.len(),
            some_of(&secret)
        ),
        "commit a .env.example that names them, without values",
    ))
}

/// `# API_KEY=` in a template names the key too.
fn commented(ctx: &Ctx<'_>, path: &RepoPath) -> Vec<String> {
    let text = ctx.text(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.trim_start().strip_prefix('#')?.split_once('='))
        .map(|(name, _)| name.trim().to_owned())
        .collect()
}

/// The variables, and the folders of the code that reads each.
fn read_by_code(ctx: &Ctx<'_>) -> anyhow::Result<BTreeMap<String, BTreeSet<Vec<u8>>>> {
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
    let mut read = BTreeMap::<String, BTreeSet<Vec<u8>>>::new();
    for path in ctx.paths.iter().filter(|path| is_application(path)) {
        let Some(text) = ctx.text(path) else { continue };
        let mut names = Vec::new();
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
        for name in names.into_iter().filter(|name| !is_given(name)) {
            read.entry(name).or_default().insert(path.folder().to_vec());
        }
    }
    Ok(read)
}

fn is_given(name: &str) -> bool {
    GIVEN.contains(&name) || GIVEN_HEADS.iter().any(|head| name.starts_with(head))
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
