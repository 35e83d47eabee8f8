//! Where a team keeps its hooks in `.pre-commit-config.yaml`, stanch is in it:
//! who clones and runs `pre-commit install` is guarded too.

use super::ctx::Ctx;
use super::{Check, Edit, Line};
use crate::model::RepoPath;

pub(super) const CHECK: Check =
    Check { id: "pre-commit", title: "`.pre-commit-config.yaml` runs stanch too", run: look };

/// The names under which pre-commit and prek read their configuration.
pub(super) const NAMES: [&str; 2] = [".pre-commit-config.yaml", ".pre-commit-config.yml"];

/// What is added, below `repos:`.
const ENTRY: [&str; 10] = [
    "- repo: local",
    "  hooks:",
    "    - id: stanch",
    "      name: stanch",
    "      entry: stanch hook pre-commit",
    "      language: system",
    "      always_run: true",
    "      require_serial: true",
    "      verbose: true",
    "      stages: [pre-commit, pre-merge-commit, manual]",
];

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let read = |name: &'static str| Some((name, ctx.text(&RepoPath::new(name))?));
    let Some((name, text)) = NAMES.into_iter().find_map(read) else {
        return Ok(Line::absent("no .pre-commit-config.yaml"));
    };
    if names_us(&text) {
        return Ok(Line::pass(format!("{name} names stanch")));
    }
    let seen = format!("{name} does not name stanch: who runs `pre-commit install` is not guarded");
    let line = Line::warn(seen, "docs/HOOKS.md of stanch has the entry");
    Ok(vec![match indent(&text) {
        Some(indent) => {
            let lines = ENTRY.iter().map(|line| format!("{indent}{line}")).collect();
            line.fixed_by(Edit::Block { path: RepoPath::new(name), lines })
        }
        None => line,
    }])
}

/// Whether a configuration runs stanch, in whatever way.
pub(super) fn names_us(text: &str) -> bool {
    text.lines().any(|line| !line.trim_start().starts_with('#') && line.contains("stanch"))
}

/// How far items of `repos:` are indented, when an item may be added at the
/// end of the file: nothing but items follows.
fn indent(text: &str) -> Option<&str> {
    let mut below = text.lines().skip_while(|line| line.trim_end() != "repos:").skip(1);
    let first = below.find(|line| line.trim_start().starts_with("- "))?;
    let is_inside = |line: &str| line.is_empty() || line.starts_with([' ', '-', '#']);
    below.all(is_inside).then(|| &first[..first.len() - first.trim_start().len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_added_only_where_the_file_ends_in_items() {
        for (text, expected) in [
            ("repos:\n- repo: a\n  hooks: []\n", Some("")),
            ("ci: {}\nrepos:\n  -   repo: a\n      hooks: []\n\n# end\n", Some("  ")),
            ("repos:\n- repo: a\nci: {}\n", None),
            ("repos: []\n", None),
            ("", None),
        ] {
            assert_eq!(indent(text), expected, "{text}");
        }
        assert!(!names_us("# stanch\n") && names_us("  - id: stanch\n"));
    }
}
