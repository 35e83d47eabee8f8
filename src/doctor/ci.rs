//! CI files hold no secret and print none.

use super::ctx::{Ctx, place};
use super::{Check, Line};
use crate::model::{Detector, Finding, RepoPath, Strength};
use crate::report::count;

pub(super) use crate::detect::is_ci_file;

pub(super) const CHECK: Check =
    Check { id: "ci-secrets", title: "CI jobs hold and print no secret", run: look };

fn look(ctx: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    let files: Vec<&RepoPath> = ctx.paths.iter().filter(|path| is_ci_file(path)).collect();
    if files.is_empty() {
        return Ok(Line::absent("no CI configuration"));
    }
    let way_out =
        "keep it in the secrets of the CI service and hand it to the one step that needs it";
    let mut lines: Vec<Line> = ctx
        .blocking(is_ci_file)
        .into_iter()
        .map(|judged| {
            if is_weak_literal(&judged.finding) {
                // The database of a test that lives as long as its job, more often than not.
                let way_out = format!("if it opens more than services of this job: {way_out}");
                return Line::warn(place(judged), way_out);
            }
            Line::fail(place(judged), way_out)
        })
        .collect();
    for path in &files {
        let text = ctx.text(path).unwrap_or_default();
        let has_secrets = text.contains("secrets.") || text.contains("credentials(");
        for (at, line) in text.lines().enumerate() {
            let Some(what) = prints(line).filter(|_| has_secrets) else { continue };
            lines.push(Line::warn(
                format!("{path}:{}: {what}, and this file uses secrets", at + 1),
                "logs are read by more people than secrets are: leave it out",
            ));
        }
    }
    Ok(if lines.is_empty() { Line::pass(count(files.len(), "file")) } else { lines })
}

fn is_weak_literal(finding: &Finding) -> bool {
    let is_literal = finding.rule.detector != Detector::Exposure;
    is_literal && finding.value().is_some_and(|value| value.strength() == Strength::Weak)
}

/// What a line of a job does that shows every variable.
fn prints(line: &str) -> Option<&'static str> {
    let command = line.trim().trim_start_matches("- ").trim_start_matches("run:").trim();
    let command = command.trim_matches(['"', '\'']);
    match command {
        "env" | "printenv" | "env | sort" | "printenv | sort" | "export -p" => {
            Some("prints the whole environment")
        }
        _ if [
            "set -x",
            "set -ex",
            "set -eux",
            "set -xe",
            "set -euxo pipefail",
            "set -exo pipefail",
        ]
        .contains(&command) =>
        {
            Some("`set -x` prints every command with its values")
        }
        _ => None,
    }
}
