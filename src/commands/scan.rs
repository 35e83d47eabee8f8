//! `stanch scan`.

use std::collections::HashSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::baseline::{Baseline, Day};
use crate::cli::{Exit, FailOn, Format, ScanArgs};
use crate::config::{self, Config, Existing};
use crate::git::{GitError, Repo};
use crate::model::{Finding, Judged, OneLine, Origin, Outcome, Problem, RepoPath, Status, Verdict};
use crate::platform;
use crate::report::{self, Options, Printer, Scene};
use crate::scan::{self, Ground, Trust};
use crate::source::{self, Content, Item, Selected};

/// Scans what the arguments select.
pub(super) fn run(args: &ScanArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    let selection = Selection::of(args);
    ensure_unused_can_be_told(&selection, args)?;
    let repo = around(args);
    let (outcome, ground, config) = match scanned(&selection, args, repo.as_ref(), printer) {
        Ok(scanned) => scanned,
        Err(error) => {
            report_failure(args, &error, printer);
            return Err(error);
        }
    };
    let scene = ground.repo().map_or(Scene::Outside, |_| Scene::Scan);
    let is_below_root = ground.repo().is_some_and(Repo::is_below_root);
    let options = Options { scene, is_below_root, ..options(args, config.existing) };
    report::outcome(&outcome, options, printer);
    if options.format == Format::Github
        && let Some(file) = config::job_summary_file()
    {
        append(&file, &report::job_summary(&outcome, options))
            .with_context(|| format!("writing the job summary to `{}`", file.display()))?;
    }
    say_unaudited(args, &outcome, printer);
    let unused = if args.fail_on.contains(&FailOn::Unused) && !args.no_baseline {
        unused(&outcome, &ground.baseline(&config)?, printer)
    } else {
        0
    };
    Ok(exit(&outcome, &args.fail_on, options).max(match unused {
        0 => Exit::Clean,
        _ => Exit::Findings,
    }))
}

/// What is read.
enum Selection<'a> {
    /// The tracked files.
    Tracked,
    /// These files and folders.
    Paths(&'a [PathBuf]),
    /// The index.
    Staged,
    /// What the commits of `A..B` brought.
    Range(&'a str),
    /// What every commit brought, since a day or ever.
    History(Option<&'a str>),
    /// Standard input.
    Stdin,
}

impl<'a> Selection<'a> {
    /// The one that the arguments name: no two go together.
    fn of(args: &'a ScanArgs) -> Self {
        match &args.range {
            Some(range) => Self::Range(range),
            None if args.staged => Self::Staged,
            None if args.history => Self::History(args.since.as_deref()),
            None if args.stdin => Self::Stdin,
            None if args.paths.is_empty() => Self::Tracked,
            None => Self::Paths(&args.paths),
        }
    }
}

fn options(args: &ScanArgs, existing: Existing) -> Options {
    Options {
        existing_blocks: existing == Existing::Block,
        reveal_fingerprints: args.reveal_fingerprints,
        ..Options::of(args.format.unwrap_or_else(default_format))
    }
}

/// Who reads data is told there, too, that nothing could be judged.
fn report_failure(args: &ScanArgs, error: &anyhow::Error, printer: &mut Printer) {
    let options = options(args, Existing::default());
    if matches!(options.format, Format::Jsonl | Format::Sarif) {
        let problems = vec![Problem { path: None, why: format!("{error:#}") }];
        report::outcome(&Outcome { problems, ..Outcome::default() }, options, printer);
    }
}

/// The repository around the current folder; from outside of any, the one
/// that holds the first path.
fn around(args: &ScanArgs) -> Result<Repo, GitError> {
    Repo::from_env().or_else(|why| {
        let path = args.paths.first().and_then(|path| path.canonicalize().ok());
        let folder = path.as_deref().filter(|path| path.is_dir());
        let folder = folder.or_else(|| path.as_deref()?.parent());
        // In the folders above this one git has just looked.
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
        let elsewhere = folder.filter(|folder| !here.is_some_and(|here| here.starts_with(folder)));
        elsewhere.and_then(|folder| Repo::discover(folder).ok()).ok_or(why)
    })
}

/// What a scan came to, and by what it was judged.
type Scanned<'a> = (Outcome, Ground<'a>, Config);

fn trust(args: &ScanArgs) -> Trust {
    Trust { baseline: !args.no_baseline, markers: !args.no_allow }
}

fn scanned<'a>(
    selection: &Selection<'_>,
    args: &ScanArgs,
    repo: Result<&'a Repo, &GitError>,
    printer: &mut Printer,
) -> anyhow::Result<Scanned<'a>> {
    let needed = || repo.map_err(|why| anyhow::anyhow!("{why}"));
    let (selected, ground) = match selection {
        Selection::Tracked => {
            tracked(needed().context("without PATH, `stanch scan` reads a repository")?)?
        }
        Selection::Paths(paths) => below(paths, repo.ok())?,
        Selection::Staged => {
            let repo = needed()?;
            (source::staged(repo)?, Ground::Index(repo))
        }
        Selection::Range(range) => in_range(needed()?, range)?,
        Selection::History(since) => return history(*since, args, needed()?, printer),
        Selection::Stdin => (standard_input()?, Ground::Nowhere),
    };
    let may_be_empty = matches!(selection, Selection::Staged | Selection::Range(_));
    anyhow::ensure!(
        may_be_empty || !selected.items.is_empty() || !selected.problems.is_empty(),
        "nothing to scan: no file was selected"
    );
    let config = ground.config()?;
    let outcome = scan::run(selected, &ground, &config, trust(args))?;
    Ok((outcome, ground, config))
}

fn history<'a>(
    since: Option<&str>,
    args: &ScanArgs,
    repo: &'a Repo,
    printer: &mut Printer,
) -> anyhow::Result<Scanned<'a>> {
    let history = repo.history(since)?;
    if printer.is_watched() {
        printer.say(&format!(
            "stanch: reading {} commits; Ctrl-C stops it, nothing is written",
            history.count()
        ));
    }
    let ground = Ground::History(repo);
    let config = ground.config()?;
    let mut outcome = scan::history(&history, repo, &config, trust(args))?;
    let stats = outcome.stats;
    anyhow::ensure!(
        stats.files + stats.excluded + outcome.problems.len() > 0,
        "nothing to scan: no commit was selected that brings a file"
    );
    outcome.notes.push(format!(
        "commits read: {}; every content once, under the first commit that brought it",
        history.count()
    ));
    if repo.git_path("shallow")?.exists() {
        let note =
            "this clone is shallow: `git fetch --unshallow` brings the commits that are not here";
        outcome.notes.push(note.to_owned());
    }
    Ok((outcome, ground, config))
}

/// Says why a run without a new secret fails all the same.
fn say_unaudited(args: &ScanArgs, outcome: &Outcome, printer: &mut Printer) {
    let is_unaudited = |judged: &&Judged| is_unaudited(&judged.status);
    let n = outcome.judged.iter().filter(is_unaudited).count();
    if n > 0 && args.fail_on.contains(&FailOn::Unaudited) {
        printer.say(&format!(
            "stanch: {n} unaudited, which `--fail-on unaudited` lets not pass: `stanch audit` decides"
        ));
    }
}

fn is_unaudited(status: &Status) -> bool {
    *status == Status::Known(Verdict::Unaudited)
}

/// Only a scan of the whole tree can tell which entries cover nothing.
fn ensure_unused_can_be_told(selection: &Selection<'_>, args: &ScanArgs) -> anyhow::Result<()> {
    anyhow::ensure!(
        matches!(selection, Selection::Tracked) || !args.fail_on.contains(&FailOn::Unused),
        "`--fail-on unused` needs the whole tree: run `stanch scan` without a selection"
    );
    Ok(())
}

/// How many entries cover nothing.
fn unused(outcome: &Outcome, baseline: &Baseline, printer: &mut Printer) -> usize {
    let findings: Vec<Finding> =
        outcome.judged.iter().map(|judged| judged.finding.clone()).collect();
    let unused = baseline.check(&findings, Day::today()).unused;
    for entry in unused.iter().map(|&number| &baseline.entries()[number]) {
        printer.say(&format!("  unused entry: {}  {}", entry.extent, OneLine::new(&entry.rule)));
    }
    if !unused.is_empty() {
        printer.say("  `stanch baseline prune` drops entries whose value is gone");
    }
    unused.len()
}

fn tracked(repo: &Repo) -> anyhow::Result<(Selected, Ground<'_>)> {
    let ground = match repo.root() {
        Some(_) => Ground::WorkTree(repo),
        None => Ground::Tree(repo, "HEAD".to_owned()),
    };
    Ok((source::tracked(repo)?, ground))
}

fn in_range<'a>(repo: &'a Repo, range: &str) -> anyhow::Result<(Selected, Ground<'a>)> {
    let walk = repo.range(range)?;
    let (from, to) = range.split_once("..").unwrap_or((range, "HEAD"));
    let [tip, parent] = [to, from].map(|rev| if rev.is_empty() { "HEAD" } else { rev });
    let (tip, parents) = (tip.to_owned(), vec![parent.to_owned()]);
    Ok((source::walked(&walk), Ground::Range { repo, tip, parents }))
}

/// What stands below paths, each by what the repository knows of it if it has it.
fn below<'a>(paths: &[PathBuf], repo: Option<&'a Repo>) -> anyhow::Result<(Selected, Ground<'a>)> {
    let mut all = Selected::default();
    let mut ground = Ground::Nowhere;
    for path in paths {
        let found = match repo.and_then(|repo| Some((repo, inside(repo, path)?))) {
            Some((repo, (root, path))) => {
                ground = Ground::WorkTree(repo);
                source::under(repo, &root, &path)?
            }
            None if paths.len() > 1 => source::below(path, &from_here(path)),
            None => source::below(path, b""),
        };
        all.items.extend(found.items);
        all.problems.extend(found.problems);
        all.notes.extend(found.notes);
    }
    if paths.len() > 1 {
        // They may overlap; each file is read once.
        let mut known = HashSet::new();
        let file = |item: &Item| item.on_disk().map(|file| plain(file).to_owned());
        let key = |item: &Item| (item.path.clone(), file(item));
        all.items.retain(|item| known.insert(key(item)));
    }
    Ok((all, ground))
}

/// The folder of a path as it is named from here, so that files of one name in two
/// given folders are told apart.
fn from_here(path: &Path) -> Vec<u8> {
    let folder = if path.is_dir() { path } else { platform::folder_of(path) };
    platform::git_bytes(&plain(folder).components().collect::<PathBuf>())
}

/// A path without the `./` it may begin with.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// The root of the work tree and the path in it, both without links, when the
/// path lies inside.
fn inside(repo: &Repo, path: &Path) -> Option<(PathBuf, PathBuf)> {
    let root = repo.root()?.canonicalize().ok()?;
    // Of a link, the link itself is what git has, not what it points to.
    let path = if path.symlink_metadata().ok()?.is_symlink() {
        platform::folder_of(path).canonicalize().ok()?.join(path.file_name()?)
    } else {
        path.canonicalize().ok()?
    };
    path.starts_with(&root).then_some((root, path))
}

/// Annotations where GitHub Actions reads the log, words elsewhere.
fn default_format() -> Format {
    if config::runs_in_github_actions() { Format::Github } else { Format::Human }
}

fn append(file: &Path, text: &str) -> std::io::Result<()> {
    std::fs::OpenOptions::new().append(true).create(true).open(file)?.write_all(text.as_bytes())
}

fn standard_input() -> anyhow::Result<Selected> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("reading standard input")?;
    let item =
        Item { path: RepoPath::new("-"), origin: Origin::Stdin, content: Content::Bytes(bytes) };
    Ok(Selected { items: vec![item], ..Selected::default() })
}

fn exit(outcome: &Outcome, fail_on: &[FailOn], options: Options) -> Exit {
    if !outcome.problems.is_empty() {
        return Exit::Failed;
    }
    let fails = |status: &Status| match status {
        Status::New { .. } => fail_on.contains(&FailOn::New),
        Status::Expired { .. } => fail_on.contains(&FailOn::Expired),
        Status::Known(_) => is_unaudited(status) && fail_on.contains(&FailOn::Unaudited),
        Status::Existing => options.existing_blocks,
        Status::Allowed => false,
    };
    if scan::any(outcome, fails) { Exit::Findings } else { Exit::Clean }
}
