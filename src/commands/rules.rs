//! `stanch rules`.

use std::path::Path;

use anyhow::Context as _;

use crate::cli::{Exit, RulesCommand};
use crate::config;
use crate::detect::{Scanner, failures};
use crate::git::Repo;
use crate::report::{Printer, list_rules, show_rule};
use crate::rules::parse::RawRule;
use crate::rules::{self, RuleSet};
use crate::scan::Ground;

/// Lists, shows or tests rules.
pub(super) fn run(command: &RulesCommand, printer: &mut Printer) -> anyhow::Result<Exit> {
    match command {
        RulesCommand::List => list_rules(here().enabled(), printer),
        RulesCommand::Keywords => {
            let mut words: Vec<&str> =
                rules::builtin().flat_map(|rule| rule.keywords).copied().collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                printer.data(word);
            }
        }
        RulesCommand::Show { id } => {
            let rule = here()
                .find(id)
                .with_context(|| format!("no rule `{id}`; `stanch rules list` shows them"))?;
            show_rule(rule, printer);
        }
        RulesCommand::Test { file } => {
            let file = file.as_deref().unwrap_or(Path::new(config::NAME));
            return test(file, printer);
        }
    }
    Ok(Exit::Clean)
}

/// The built-in rules and those of the repository. A configuration that is
/// broken has none; what is wrong with it, every scan says.
fn here() -> RuleSet {
    let config = Repo::from_env().ok().and_then(|repo| Ground::WorkTree(&repo).config().ok());
    RuleSet::new(config.unwrap_or_default().user_rules(), &[])
}

fn test(file: &Path, printer: &mut Printer) -> anyhow::Result<Exit> {
    let text = std::fs::read_to_string(file).with_context(|| {
        format!(
            "`{}` cannot be read; name a file of rules: `stanch rules test FILE`",
            file.display()
        )
    })?;
    let rules: Vec<RawRule> =
        config::Config::parse(&text, &file.display().to_string())?.user_rules().to_vec();
    anyhow::ensure!(!rules.is_empty(), "`{}` holds no `[[rule]]`", file.display());
    let scanner = Scanner::new(RuleSet::new(&rules, &[]));
    let failed: Vec<String> = rules.iter().flat_map(|rule| failures(&scanner, rule)).collect();
    for failure in &failed {
        printer.say(failure);
    }
    let examples: usize = rules.iter().map(|rule| rule.matches.len() + rule.rejects.len()).sum();
    printer.say(&format!(
        "stanch: rules {}, examples {examples}, failures {}",
        rules.len(),
        failed.len()
    ));
    Ok(if failed.is_empty() { Exit::Clean } else { Exit::Findings })
}
