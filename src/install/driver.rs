//! The merge driver of the baseline: two branches that both took in findings
//! merge without a conflict.

use crate::git::Repo;
use crate::model::RepoPath;

use super::block::At;
use super::plan::{Plan, Step};
use super::script::quoted;
use super::{block, hooks};

/// Its name in `.gitattributes` and in git's configuration.
const NAME: &str = "stanch";

/// Where the line that names the driver goes when it is nowhere yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attributes {
    /// To `.gitattributes`, which is committed together with a new baseline.
    Shared,
    /// To this clone alone: a second install changes no tracked file.
    Clone,
}

/// Plans the driver's configuration and its attribute.
pub(super) fn install(
    repo: &Repo,
    program: &str,
    baseline: &str,
    attributes: Attributes,
) -> anyhow::Result<Plan> {
    let mut plan = Plan::default();
    let command = format!("{} baseline merge %O %A %B", quoted(program));
    let settings = [("name", "baseline of stanch".to_owned()), ("driver", command)];
    for (key, value) in settings {
        let key = format!("merge.{NAME}.{key}");
        if repo.setting(&key)?.is_none_or(|now| now.value != value) {
            plan.steps.push(Step::Set { key, value });
        }
    }
    if let Some(root) = repo.root()
        && repo.attribute("merge", baseline)?.is_none()
    {
        let line = format!("{baseline} merge={NAME}\n");
        let file = match attributes {
            Attributes::Shared => root.join(".gitattributes"),
            Attributes::Clone => repo.git_path("info/attributes")?,
        };
        hooks::add_lines(&file, &line, At::End, &mut plan)?;
    }
    Ok(plan)
}

/// Plans to take both out of this clone. A shared attribute that is staged or
/// committed stays with the baseline it belongs to; without the driver it does
/// nothing.
pub(super) fn uninstall(repo: &Repo) -> anyhow::Result<Plan> {
    let mut plan = Plan::default();
    if repo.setting(&format!("merge.{NAME}.driver"))?.is_some() {
        plan.steps.push(Step::RemoveSection { section: format!("merge.{NAME}") });
    }
    hooks::take_lines(&repo.git_path("info/attributes")?, &mut plan)?;
    let entry = repo.in_index(&RepoPath::new(&b".gitattributes"[..]))?;
    let staged = entry.map(|entry| repo.read(entry.oid)).transpose()?.unwrap_or_default();
    if let Some(root) = repo.root()
        && !block::is_in(&String::from_utf8_lossy(&staged))
    {
        hooks::take_lines(&root.join(".gitattributes"), &mut plan)?;
    }
    Ok(plan)
}
