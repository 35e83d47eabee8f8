//! Where there is an env file there is a template of it, with the same keys
//! and placeholders only.

use std::collections::BTreeSet;

use super::ctx::{Ctx, place};
use super::{Check, Edit, Line};
use crate::detect::env_pairs;
use crate::model::{Detector, Evidence, RepoPath, Secret, Strength};
use crate::report::some_of;

pub(super) const CHECK: Check =
    Check { id: "env-template", title: "`.env.example` lists what `.env` holds", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let mut lines = values(ctx);
    for path in ctx.env_files.iter().filter(|path| path.base_name() == b".env") {
        lines.extend(compare(ctx, path));
    }
    if lines.is_empty() {
        let templates = &ctx.templates;
        return Ok(match (ctx.env_files.is_empty(), templates.is_empty()) {
            (_, false) => Line::pass(format!("placeholders only in {}", some_of(templates))),
            (false, true) => Line::absent("no file named `.env`"),
            (true, true) => Line::absent("no env files here"),
        });
    }
    Ok(lines)
}

/// Templates that hold more than placeholders.
fn values(ctx: &Ctx<'_>) -> Vec<Line> {
    let found = ctx.blocking(|path| ctx.templates.contains(path));
    let has_place = |path: &RepoPath| {
        found.iter().any(|judged| judged.finding.path == *path && judged.finding.place().is_some())
    };
    found
        .iter()
        .filter(|judged| judged.finding.rule.detector != Detector::Exposure)
        .filter(|judged| judged.finding.place().is_some() || !has_place(&judged.finding.path))
        .map(|judged| {
            let seen = match judged.finding.evidence {
                Evidence::Path => format!("{} holds real-looking values", judged.finding.path),
                Evidence::Secret { .. } => place(judged),
            };
            let is_weak = |value: &Secret| value.strength() == Strength::Weak;
            if judged.finding.value().is_some_and(is_weak) {
                // The default of a local database, more often than not.
                return Line::warn(seen, "put a placeholder in its place: people keep defaults");
            }
            Line::fail(seen, "put a placeholder in its place; rotate the value if it is real")
        })
        .collect()
}

fn compare(ctx: &Ctx<'_>, path: &RepoPath) -> Vec<Line> {
    let own = keys(ctx, path);
    let folder = path.folder();
    let Some(template) = ctx.templates.iter().find(|template| template.folder() == folder) else {
        let template = RepoPath::within(folder, b".env.example");
        let line = Line::warn(
            format!("{path} has no template beside it"),
            format!("commit a {template} that names its keys, without values"),
        );
        let text: String = own.iter().flat_map(|key| [key, "=\n"]).collect();
        return vec![line.fixed_by(Edit::Create { path: template, text })];
    };
    let listed = keys(ctx, template);
    let missing: Vec<String> = own.difference(&listed).cloned().collect();
    let extra: Vec<String> = listed.difference(&own).cloned().collect();
    let mut lines = Vec::new();
    if !missing.is_empty() {
        let seen = format!("{template} does not name {}, which {path} has", some_of(&missing));
        let lines_to_add = missing.iter().map(|key| format!("{key}=")).collect();
        let edit = Edit::Append { path: template.clone(), lines: lines_to_add };
        lines.push(Line::warn(seen, "add them, without values").fixed_by(edit));
    }
    if !extra.is_empty() {
        // The machine's own affair: said, and no reason to worry.
        lines.extend(Line::pass(format!("{path} does without {}", some_of(&extra))));
    }
    lines
}

/// The names a file gives values.
pub(super) fn keys(ctx: &Ctx<'_>, path: &RepoPath) -> BTreeSet<String> {
    let bytes = ctx.read(path).unwrap_or_default();
    env_pairs(&bytes).into_iter().map(|(name, _)| name).collect()
}
