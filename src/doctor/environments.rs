//! Development, test and production hold keys of their own. Compared by
//! fingerprint; weak values, which have none, are not compared.

use std::collections::BTreeMap;

use super::ctx::Ctx;
use super::{Check, Line};
use crate::detect::env_pairs;
use crate::model::{Fingerprint, RepoPath};
use crate::report::some_of;

pub(super) const CHECK: Check =
    Check { id: "env-shared", title: "no two environments share a key", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let mut places = BTreeMap::<(String, Fingerprint), Vec<&RepoPath>>::new();
    for path in &ctx.env_files {
        for (name, value) in env_pairs(&ctx.read(path).unwrap_or_default()) {
            if let Some(fingerprint) = value.fingerprint() {
                places.entry((name, fingerprint)).or_default().push(path);
            }
        }
    }
    let mut lines = Vec::new();
    for ((name, fingerprint), mut paths) in places {
        paths.dedup();
        // `.env` often is a copy of the one that is in use.
        let names: Vec<_> = paths.iter().filter(|path| path.base_name() != b".env").collect();
        if names.len() >= 2 {
            lines.push(Line::warn(
                format!("{name} is the same ({fingerprint}) in {}", some_of(&names)),
                "give each environment a key of its own: one leak then stays one",
            ));
        }
    }
    Ok(match (lines.is_empty(), ctx.env_files.len()) {
        (false, _) => lines,
        (true, 0 | 1) => Line::absent("fewer than two env files here"),
        (true, files) => Line::pass(format!("compared {files} files by fingerprint")),
    })
}
