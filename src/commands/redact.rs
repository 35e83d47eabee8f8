//! `stanch redact`.

use std::env;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::cli::{Exit, RedactArgs};
use crate::config::Config;
use crate::detect::Scanner;
use crate::git::Repo;
use crate::model::RepoPath;
use crate::redact::{Redactor, Stats, Target, redact_file};
use crate::report::{self, Printer};
use crate::scan::Ground;
use crate::source;

/// Copies standard input to standard output, or files, without their secrets.
pub(super) fn run(args: &RedactArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    let repo = Repo::from_env().ok();
    let config = match &repo {
        Some(repo) => Ground::WorkTree(repo).config()?,
        None => Config::default(),
    };
    let root = repo.as_ref().and_then(Repo::root).map(PathBuf::from);
    let here = env::current_dir().ok();
    let local = source::local_values(&root.into_iter().chain(here).collect::<Vec<_>>());
    let scanner = Scanner::new(config.rules());
    if args.files.is_empty() {
        let redactor = Redactor::new(&scanner, &local, RepoPath::new("-"));
        let stats = redactor
            .copy(&mut std::io::stdin().lock(), &mut report::raw_output())
            .context("copying standard input")?;
        say(&stats, args, None, printer);
        return Ok(Exit::Clean);
    }
    let target = if args.in_place { Target::InPlace } else { Target::Beside };
    let mut exit = Exit::Clean;
    for file in &args.files {
        let redactor = Redactor::new(&scanner, &local, source::repo_path(file));
        match redact_file(file, target, redactor) {
            Ok((written, stats)) => {
                let name = source::repo_path(&written).to_string();
                say(&stats, args, Some(&name), printer);
            }
            Err(error) => {
                printer.say(&format!("stanch: {error}"));
                exit = Exit::Failed;
            }
        }
    }
    Ok(exit)
}

/// One line a rule when asked, and where a file went.
fn say(stats: &Stats, args: &RedactArgs, written: Option<&str>, printer: &mut Printer) {
    let total: u64 = stats.replaced.values().sum();
    let secrets = if total == 1 { "secret" } else { "secrets" };
    if let Some(written) = written {
        printer.say(&format!("stanch: {total} {secrets} redacted in {written}"));
    }
    if args.stats {
        if written.is_none() {
            printer.say(&format!("stanch: {total} {secrets} redacted in {} bytes", stats.bytes));
        }
        for (rule, count) in &stats.replaced {
            printer.say(&format!("  {count:>6}  {rule}"));
        }
    }
}
