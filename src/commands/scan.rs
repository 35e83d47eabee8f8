//! `stanch scan`.

use std::io::Read as _;

use anyhow::Context as _;

use crate::cli::{Exit, Format, ScanArgs};
use crate::config::Config;
use crate::model::{Origin, Outcome, RepoPath};
use crate::report::{self, Options, Printer, Scene};
use crate::scan;
use crate::source::{self, Content, Item};

/// Scans what the arguments select.
pub(crate) fn run(args: &ScanArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    let config = Config::default();
    let mut items = Vec::new();
    let mut problems = Vec::new();
    if args.stdin {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("reading standard input")?;
        items.push(Item {
            path: RepoPath::new("-"),
            origin: Origin::Stdin,
            content: Content::Bytes(bytes),
        });
    }
    for path in &args.paths {
        let (found, failed) = source::below(path);
        items.extend(found);
        problems.extend(failed);
    }
    anyhow::ensure!(!items.is_empty() || !problems.is_empty(), "nothing to scan");
    let outcome = scan::run(items, problems, &config);
    let options = Options {
        format: args.format.unwrap_or(Format::Human),
        scene: Scene::Scan,
        existing_blocks: false,
        reveal_fingerprints: args.reveal_fingerprints,
    };
    report::outcome(&outcome, options, printer);
    Ok(exit(&outcome))
}

fn exit(outcome: &Outcome) -> Exit {
    if !outcome.problems.is_empty() {
        Exit::Failed
    } else if outcome.judged.iter().any(|judged| judged.status.blocks()) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
