//! `stanch explain`.

use anyhow::Context as _;

use super::held::elsewhere;
use crate::cli::{Exit, Format};
use crate::git::Repo;
use crate::model::{Judged, OneLine};
use crate::report::{self, Options, Printer};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Selected};

/// Finds a finding by its id, in the index first, then in the work tree, then
/// wherever else a report can have found it.
pub(super) fn run(id: &str, printer: &mut Printer) -> anyhow::Result<Exit> {
    let repo = Repo::from_env()?;
    let here = Ground::WorkTree(&repo);
    let mut judged = read(source::staged(&repo)?, &Ground::Index(&repo))?;
    judged.extend(read(source::tracked(&repo)?, &here)?);
    let is_it = |judged: &Judged| judged.finding.id().to_string() == id;
    let judged = match judged.into_iter().find(is_it) {
        Some(judged) => Some(judged),
        None => elsewhere(&repo, &here.config()?)?.into_iter().find(is_it),
    };
    let judged = judged.with_context(|| {
        format!(
            "no finding `{}` in the index, the work tree or the history; `stanch scan` lists \
             what there is",
            OneLine::new(id)
        )
    })?;
    report::explain(&judged, Options::of(Format::Human), printer);
    Ok(Exit::Clean)
}

fn read(selected: Selected, ground: &Ground<'_>) -> anyhow::Result<Vec<Judged>> {
    Ok(scan::run(selected, ground, &ground.config()?, Trust::ALL)?.judged)
}
