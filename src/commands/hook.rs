//! `stanch hook`: what the installed hooks run.

use std::ffi::OsString;

use crate::cli::{Exit, Format, HookArgs};
use crate::config::Existing;
use crate::git::Repo;
use crate::model::Status;
use crate::report::{self, Options, Printer, Scene};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Selected};

/// Runs the check of one git hook.
pub(super) fn run(args: &HookArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    let repo = Repo::from_env()?;
    let mut hook = Hook { repo: &repo, args: &args.args, printer };
    if let Some(why) = repo.skip_reason()? {
        hook.printer.say(&format!("stanch: not checked, at your word: {}", said(&why)));
        return Ok(Exit::Clean);
    }
    match args.name.as_str() {
        "pre-commit" => hook.index("commit"),
        "pre-merge-commit" => hook.index("merge"),
        "pre-applypatch" => hook.index("am"),
        "prepare-commit-msg" if repo.is_replaying()? => hook.index("commit"),
        "prepare-commit-msg" => Ok(Exit::Clean),
        other => anyhow::bail!("no check is made in a hook named `{other}`"),
    }
}

/// One run of a hook.
struct Hook<'a> {
    repo: &'a Repo,
    args: &'a [OsString],
    printer: &'a mut Printer,
}

impl Hook<'_> {
    /// Checks what is being committed.
    fn index(&mut self, verb: &'static str) -> anyhow::Result<Exit> {
        self.judge(source::staged(self.repo)?, &Ground::Index(self.repo), verb)
    }

    fn judge(
        &mut self,
        selected: Selected,
        ground: &Ground<'_>,
        verb: &'static str,
    ) -> anyhow::Result<Exit> {
        let config = ground.config()?;
        let outcome = scan::run(selected, ground, &config, Trust::ALL)?;
        let options = Options {
            format: Format::Human,
            scene: Scene::Git(verb),
            existing_blocks: config.existing == Existing::Block,
            reveal_fingerprints: false,
        };
        report::outcome(&outcome, options, self.printer);
        let blocks = |status: &Status| {
            status.blocks() || (options.existing_blocks && *status == Status::Existing)
        };
        Ok(if !outcome.problems.is_empty() {
            Exit::Failed
        } else if scan::any(&outcome, blocks) {
            Exit::Findings
        } else {
            Exit::Clean
        })
    }
}

/// A reason as one line that cannot move the cursor.
fn said(why: &str) -> String {
    crate::model::RepoPath::new(why).to_string()
}
