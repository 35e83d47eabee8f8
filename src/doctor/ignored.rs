//! Every env file is ignored, and by which line of which file.

use super::ctx::Ctx;
use super::{Check, Edit, Line};
use crate::detect::is_template_name;
use crate::git::IgnoreRule;
use crate::model::{OneLine, RepoPath};

pub(super) const CHECK: Check =
    Check { id: "env-ignored", title: "`.env` files are ignored", run: look };

/// What a `.gitignore` should say; templates stay visible.
pub(super) const LINES: [&str; 8] = [
    ".env",
    ".env.*",
    "*.env",
    "!.env.example",
    "!.env.*.example",
    "!.env.sample",
    "!.env.template",
    "!example.env",
];

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let mut paths = vec![RepoPath::new(".env")];
    if reads_local(ctx) {
        paths.push(RepoPath::new(".env.local"));
    }
    let untracked = ctx.env_files.iter().filter(|path| !ctx.tracked.contains(path));
    paths.extend(untracked.filter(|path| !passes_by_content(ctx, path)).cloned());
    paths.extend(ctx.templates.iter().filter(|path| !ctx.tracked.contains(path)).cloned());
    paths.sort();
    paths.dedup();
    let rules = ctx.repo.ignore_rules(&paths)?;
    Ok(paths.iter().zip(rules).filter_map(|(path, rule)| line(ctx, path, rule)).collect())
}

/// Whether the project is made with a tool of the web that reads `.env.local` too.
fn reads_local(ctx: &Ctx<'_>) -> bool {
    const TOOLS: [&str; 7] = [
        "\"next\"",
        "\"vite\"",
        "\"react-scripts\"",
        "\"astro\"",
        "\"nuxt\"",
        "\"gatsby\"",
        "\"@sveltejs/kit\"",
    ];
    ctx.text(&RepoPath::new("package.json"))
        .is_some_and(|text| TOOLS.iter().any(|tool| text.contains(tool)))
}

/// An encrypted file may be committed.
fn passes_by_content(ctx: &Ctx<'_>, path: &RepoPath) -> bool {
    ctx.read(path).is_some_and(|bytes| crate::detect::forbidden(path, &bytes).is_none())
}

fn line(ctx: &Ctx<'_>, path: &RepoPath, rule: Option<IgnoreRule>) -> Option<Line> {
    let exists = ctx.at(path).exists();
    let ignoring = rule.filter(IgnoreRule::ignores);
    if is_template_name(path.base_name()) {
        return ignoring.map(|rule| {
            let seen = format!("{path} is ignored by {}", place(&rule));
            let argument = ctx.repo.pathspec(path);
            Line::warn(seen, format!("git add -f {argument}, or take it out with `!{path}`"))
        });
    }
    match ignoring {
        Some(rule) if is_private(&rule) => Some(Line::warn(
            format!("{path} is ignored on this machine only, by {}", place(&rule)),
            "add it to the repository's .gitignore, for everybody else",
        )),
        Some(rule) => {
            let seen = format!("{path} is ignored by {}", place(&rule));
            Line::pass(seen).into_iter().next()
        }
        None => {
            let seen = format!("nothing ignores {path}");
            let way_out = "add `.env`, `.env.*` and `*.env` to .gitignore";
            let line = if exists { Line::fail(seen, way_out) } else { Line::warn(seen, way_out) };
            Some(line.fixed_by(Edit::Append {
                path: RepoPath::new(".gitignore"),
                lines: LINES.map(str::to_owned).to_vec(),
            }))
        }
    }
}

/// `.gitignore:3: .env`.
fn place(rule: &IgnoreRule) -> String {
    format!("{}:{}: {}", rule.source, rule.line, OneLine::new(&rule.pattern))
}

/// Whether nobody who clones the repository has the rule.
fn is_private(rule: &IgnoreRule) -> bool {
    !rule.source.base_name().eq(b".gitignore") || rule.source.as_bytes().starts_with(b"/")
}
