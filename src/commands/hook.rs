//! `stanch hook`: what the installed hooks run.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::Read as _;

use anyhow::Context as _;

use crate::cli::{Exit, Format, HookArgs};
use crate::config::{self, Config, Existing};
use crate::engine;
use crate::git::{Push, RefUpdate, Repo};
use crate::install;
use crate::model::{Judged, OneLine, Outcome, RepoPath};
use crate::report::{self, Options, Printer, Scene};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Selected};

const COMMIT: Scene = Scene::Git("commit");

/// Runs the check of one git hook.
pub(super) fn run(args: &HookArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    let repo = Repo::from_env()?;
    if args.unless_installed && install::has_own_script(&repo, &args.name)? {
        return Ok(Exit::Clean);
    }
    let mut hook = Hook { repo: &repo, args: &args.args, printer };
    if let Some(why) = repo.skip_reason()? {
        anyhow::ensure!(
            !engine::tells(&why),
            "the reason of `stanch.skip` holds a secret, and it is printed; say it without the value"
        );
        hook.printer.say(&format!("stanch: not checked, at your word: {}", OneLine::new(&why)));
        return Ok(Exit::Clean);
    }
    match args.name.as_str() {
        "pre-commit" => hook.commit(),
        "pre-merge-commit" => hook.index(Scene::Git("merge")),
        "pre-applypatch" => hook.index(Scene::Git("am")),
        "prepare-commit-msg" if repo.is_replaying()? => hook.index(COMMIT),
        "prepare-commit-msg" => Ok(Exit::Clean),
        "commit-msg" => hook.message(),
        "pre-push" => {
            let updates = hook.ref_updates()?;
            let whole = repo.push(&updates)?;
            hook.pushed(&updates, &whole, Scene::Git("push"))
        }
        "pre-receive" => {
            let updates = RefUpdate::of_receive(&standard_input()?)?;
            let whole = repo.receive(&updates)?;
            hook.pushed(&updates, &whole, Scene::Receive)
        }
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
    /// Checks a commit, and what pre-commit and prek name besides: with
    /// `--all-files` that is every file.
    fn commit(&mut self) -> anyhow::Result<Exit> {
        let staged = source::staged(self.repo)?;
        let named = self.named(&staged)?;
        if named.items.is_empty() && named.problems.is_empty() {
            let is_read = !staged.items.is_empty() || !staged.problems.is_empty();
            anyhow::ensure!(
                is_read || !config::is_run_by_hand(),
                "nothing is staged and no file is named, so nothing was read; name files, or give `--all-files`"
            );
            return self.judge(staged, &Ground::Index(self.repo), COMMIT);
        }
        let mut exit = Exit::Clean;
        if !staged.items.is_empty() || !staged.problems.is_empty() {
            exit = self.judge(staged, &Ground::Index(self.repo), COMMIT)?;
        }
        Ok(exit.max(self.judge(named, &Ground::WorkTree(self.repo), COMMIT)?))
    }

    /// The files given as arguments, from the root, that are not staged.
    fn named(&self, staged: &Selected) -> anyhow::Result<Selected> {
        let mut named = Selected::default();
        let Some(root) = self.repo.root() else { return Ok(named) };
        let known: HashSet<&RepoPath> = staged.items.iter().map(|item| &item.path).collect();
        for name in self.args {
            let found = source::under(self.repo, root, &root.join(name))?;
            named.items.extend(found.items.into_iter().filter(|item| !known.contains(&item.path)));
            named.problems.extend(found.problems);
        }
        Ok(named)
    }

    /// Checks what is being committed.
    fn index(&mut self, scene: Scene) -> anyhow::Result<Exit> {
        self.judge(source::staged(self.repo)?, &Ground::Index(self.repo), scene)
    }

    /// What is pushed: as git says it, or as pre-commit and prek do, which
    /// keep git's words for themselves.
    fn ref_updates(&self) -> anyhow::Result<Vec<RefUpdate>> {
        let input = standard_input()?;
        if !input.is_empty() || !config::is_run_by_framework() {
            return Ok(RefUpdate::of_push(&input)?);
        }
        let (tip, name) = config::pushed_by_framework()
            .context("no ref is pushed, so nothing was read: this hook runs at `git push`")?;
        let new = self.repo.commit(&tip)?.to_string();
        let old = "0".repeat(new.len());
        Ok(RefUpdate::of_push(format!("{name} {new} {name} {old}").as_bytes())?)
    }

    /// Checks the words of a commit, and what is staged where our script asks
    /// for it. Says nothing when there is nothing to say: pre-commit has said
    /// what was read.
    fn message(&mut self) -> anyhow::Result<Exit> {
        let file = self.args.first().context(
            "the file of the message is missing: `stanch hook commit-msg FILE`, as git calls it",
        )?;
        let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        let mut selected = match self.args.get(1) {
            Some(word) if word == "staged" => source::staged(self.repo)?,
            _ => Selected::default(),
        };
        selected.items.push(source::message(&bytes));
        let outcome = outcome(selected, &Ground::Index(self.repo))?;
        let blocks = |judged: &Judged| judged.status.blocks();
        if outcome.0.problems.is_empty() && !outcome.0.judged.iter().any(blocks) {
            return Ok(Exit::Clean);
        }
        Ok(self.report(&outcome, COMMIT))
    }

    /// Checks what a push brings: each tip's commits by that tip's baseline.
    fn pushed(
        &mut self,
        updates: &[RefUpdate],
        whole: &Push,
        scene: Scene,
    ) -> anyhow::Result<Exit> {
        let mut exit = Exit::Clean;
        let mut tips = HashSet::new();
        for update in updates.iter().filter(|update| !update.new.is_zero()) {
            if tips.insert(update.new) {
                exit = exit.max(self.tip(update, whole, scene)?);
            }
        }
        if tips.is_empty() {
            self.printer.say("stanch: nothing to read, the push brings no content");
        }
        Ok(exit)
    }

    fn tip(&mut self, update: &RefUpdate, whole: &Push, scene: Scene) -> anyhow::Result<Exit> {
        let repo = self.repo;
        let rev = update.new.to_string();
        let Ok(commit) = repo.commit(&rev) else {
            let selected = source::pushed_object(repo, &update.name, &rev)?;
            return self.judge(selected, &Ground::WorkTree(repo), scene);
        };
        let tip = commit.to_string();
        if !whole.other_side_is_known {
            let mut selected = source::tree(repo, &tip)?;
            let older = whole.walk.commits.len().saturating_sub(1);
            if older > 0 {
                selected.notes.push(format!(
                    "nothing is known of the other side, so the files of {tip:.12} were read and its older commits ({older}) were not; `stanch scan --history` reads them"
                ));
            }
            return self.judge(selected, &Ground::Tree(repo, tip), scene);
        }
        // With one tip, the walk of the whole push is its walk.
        let own = match whole.tips.len() {
            1 => None,
            _ => Some(repo.commits_up_to(whole, commit)?),
        };
        let walk = own.as_ref().unwrap_or(&whole.walk);
        let parents = walk.boundary.iter().map(ToString::to_string).collect();
        self.judge(source::walked(walk), &Ground::Range { repo, tip, parents }, scene)
    }

    fn judge(
        &mut self,
        selected: Selected,
        ground: &Ground<'_>,
        scene: Scene,
    ) -> anyhow::Result<Exit> {
        let outcome = outcome(selected, ground)?;
        Ok(self.report(&outcome, scene))
    }

    fn report(&mut self, (outcome, config): &(Outcome, Config), scene: Scene) -> Exit {
        let options = Options {
            scene,
            existing_blocks: config.existing == Existing::Block,
            // Most commits bring nothing that a path must be named for.
            is_below_root: !outcome.judged.is_empty() && self.repo.is_below_root(),
            ..Options::of(Format::Human)
        };
        report::outcome(outcome, options, self.printer);
        if !outcome.problems.is_empty() {
            Exit::Failed
        } else if scan::any(outcome, |status| options.blocks(status)) {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }
}

/// Reads and judges by the configuration of the same ground.
fn outcome(selected: Selected, ground: &Ground<'_>) -> anyhow::Result<(Outcome, Config)> {
    let config = ground.config()?;
    Ok((scan::run(selected, ground, &config, Trust::ALL)?, config))
}

fn standard_input() -> anyhow::Result<Vec<u8>> {
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input).context("reading the refs git names")?;
    Ok(input)
}
