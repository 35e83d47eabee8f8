//! `stanch explain`.

use crate::cli::{Exit, Format};
use crate::git::Repo;
use crate::model::Judged;
use crate::report::{self, Options, Printer, Scene};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Selected};

/// Finds a finding by its id, in the index first, then in the work tree.
pub(super) fn run(id: &str, printer: &mut Printer) -> anyhow::Result<Exit> {
    let repo = Repo::from_env()?;
    let judged = match find(id, source::staged(&repo)?, &Ground::Index(&repo))? {
        Some(judged) => Some(judged),
        None => find(id, source::tracked(&repo)?, &Ground::WorkTree(&repo))?,
    };
    let Some(judged) = judged else {
        anyhow::bail!(
            "no finding `{id}` in the index or in the tracked files; `stanch scan` lists what there is"
        );
    };
    let options = Options {
        format: Format::Human,
        scene: Scene::Scan,
        existing_blocks: false,
        reveal_fingerprints: false,
    };
    report::explain(&judged, options, printer);
    Ok(Exit::Clean)
}

fn find(id: &str, selected: Selected, ground: &Ground<'_>) -> anyhow::Result<Option<Judged>> {
    let config = ground.config()?;
    let outcome = scan::run(selected, ground, &config, Trust::ALL)?;
    Ok(outcome.judged.into_iter().find(|judged| judged.finding.id().to_string() == id))
}
