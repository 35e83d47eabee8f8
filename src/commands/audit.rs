//! `stanch audit`: decide by hand or by script what findings are.

use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::held::{House, elsewhere};
use crate::audit::{self, Desk, DeskError, is_open};
use crate::baseline::{Day, Decision};
use crate::cli::{AuditArgs, Exit, Format};
use crate::config::is_dumb_terminal;
use crate::git::Repo;
use crate::model::{Finding, OneLine, Outcome, Secret, Stats, Status, Verdict};
use crate::report::{self, Options, Printer};

/// Runs what the arguments ask for.
pub(super) fn run(args: &AuditArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    ensure_format_fits(args)?;
    let house = House::open()?;
    let held = house.here()?;
    let mut desk = Desk::new(held.findings, house.file.clone(), house.stamp())?;
    if args.list {
        return Ok(list(&desk, held.stats, args.format, printer));
    }
    if let Some(id) = &args.accept {
        return accept(&house, &mut desk, id, args, printer);
    }
    if let Some(file) = &args.from {
        return accept_all(&house, &mut desk, file, printer);
    }
    if args.stats {
        return stats(&desk, args.format, printer);
    }
    if args.report {
        for line in audit::report(&desk, &desk.baseline()?, Day::today()) {
            printer.data(&line);
        }
        return Ok(Exit::Clean);
    }
    anyhow::ensure!(
        audit::is_possible() && !is_dumb_terminal(),
        "the audit screen needs a terminal that can draw; without one: `stanch audit --list`, then \
         `stanch audit --accept ID --verdict V --reason TEXT`"
    );
    on_the_screen(&house, &mut desk, printer)
}

/// A format that would not be taken is refused before anything is read.
fn ensure_format_fits(args: &AuditArgs) -> anyhow::Result<()> {
    let fits = match args.format {
        None => true,
        Some(Format::Human) => args.list || args.stats || args.report,
        Some(Format::Jsonl) => args.list || args.stats,
        Some(Format::Sarif | Format::Github) => args.list,
    };
    anyhow::ensure!(
        fits,
        "`--format` belongs to `--list`, and with human or jsonl to `--stats`; leave it out"
    );
    Ok(())
}

fn on_the_screen(house: &House, desk: &mut Desk, printer: &mut Printer) -> anyhow::Result<Exit> {
    if desk.findings().is_empty() {
        printer.say("stanch: nothing to audit: no finding in the index or the work tree");
        return Ok(Exit::Clean);
    }
    let before = (desk.open().len(), house.file.bytes()?);
    let me = house.repo.author().unwrap_or_default();
    let real = audit::run(desk, &house.repo, &me).context("on the terminal")?;
    let open = desk.open().len();
    let decided = before.0.saturating_sub(open);
    printer.say(&match open {
        0 => format!("stanch: {decided} decided, nothing is open"),
        _ => format!("stanch: {decided} decided, {open} open; `stanch audit` goes on from here"),
    });
    for at in real {
        let finding = &desk.findings()[at];
        let place = finding.rule.revoke.unwrap_or("where it was issued");
        printer.say(&format!("  real: {}  rotate it {place}", finding.location()));
    }
    if house.file.bytes()? != before.1 {
        printer.say(&format!("next: {}", house.to_add()));
    }
    Ok(Exit::Clean)
}

fn list(desk: &Desk, read: Stats, format: Option<Format>, printer: &mut Printer) -> Exit {
    let open = desk.open();
    let count = open.len();
    if let Some(format @ (Format::Jsonl | Format::Sarif | Format::Github)) = format {
        let outcome = Outcome { judged: open, stats: read, ..Outcome::default() };
        report::outcome(&outcome, Options::of(format), printer);
        return Exit::Clean;
    }
    for judged in &open {
        let finding = &judged.finding;
        let word = match &judged.status {
            Status::Known(verdict) => verdict.as_str(),
            status => status.as_str(),
        };
        let masked = finding.masked().map_or(String::new(), |masked| format!("  {masked}"));
        let fingerprint = finding.value().and_then(Secret::fingerprint);
        let fingerprint = fingerprint.map_or(String::new(), |shown| format!("  {shown}"));
        printer.data(&format!(
            "{}  {word:<9}  {}  {}{masked}{fingerprint}",
            finding.id(),
            finding.location(),
            finding.rule.id
        ));
    }
    printer.say(&match count {
        0 => "stanch: nothing is open".to_owned(),
        1 => "stanch: 1 finding is open".to_owned(),
        n => format!("stanch: {n} findings are open"),
    });
    Exit::Clean
}

/// Finds findings by their ids: on the desk and, when one does not lie there,
/// wherever else a report can have found it.
struct Lookup<'a> {
    house: &'a House,
    desk: &'a mut Desk,
    is_wide: bool,
}

impl Lookup<'_> {
    fn find(&mut self, id: &str) -> anyhow::Result<usize> {
        let found = self.desk.find(id);
        if self.is_wide || !matches!(found, Err(DeskError::NoFinding(_))) {
            return Ok(found?);
        }
        self.is_wide = true;
        let more = elsewhere(&self.house.repo, &self.house.config)?;
        self.desk.take_in(more.into_iter().map(|judged| judged.finding).collect())?;
        Ok(self.desk.find(id)?)
    }
}

fn accept(
    house: &House,
    desk: &mut Desk,
    id: &str,
    args: &AuditArgs,
    printer: &mut Printer,
) -> anyhow::Result<Exit> {
    let at = Lookup { house, desk, is_wide: false }.find(id)?;
    let verdict = args.verdict.as_deref().context("give a `--verdict`")?;
    if verdict == "real" {
        real(&house.repo, &desk.findings()[at], printer);
        return Ok(Exit::Findings);
    }
    let wanted = Wanted {
        id: id.to_owned(),
        verdict: verdict.to_owned(),
        reason: args.reason.clone(),
        owner: args.owner.clone(),
        until: args.until.clone(),
    };
    let decision = wanted.decision()?;
    desk.decide(&[(at, decision)])?;
    let finding = &desk.findings()[at];
    printer.say(&format!("stanch: {} in {} is now {verdict}", finding.rule.id, finding.path));
    printer.say(&format!("next: {}", house.to_add()));
    Ok(Exit::Clean)
}

/// One line of a `--from` file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    id: String,
    verdict: String,
    reason: Option<String>,
    owner: Option<String>,
    until: Option<String>,
}

impl Wanted {
    fn decision(&self) -> anyhow::Result<Decision> {
        let verdict = Verdict::ALL
            .into_iter()
            .find(|verdict| verdict.as_str() == self.verdict && *verdict != Verdict::Unaudited)
            .context("a verdict is false-positive, test-value, revoked or accepted")?;
        anyhow::ensure!(self.reason.is_some(), "a decision needs a reason");
        let until = self.until.as_deref().map(str::parse::<Day>).transpose()?;
        if let Some(until) = until {
            anyhow::ensure!(until >= Day::today(), "`until` {until} has passed already");
        }
        Ok(Decision::new(verdict, self.reason.clone(), self.owner.clone(), until)?)
    }
}

fn accept_all(
    house: &House,
    desk: &mut Desk,
    file: &Path,
    printer: &mut Printer,
) -> anyhow::Result<Exit> {
    let name = OneLine::new(file.as_os_str().as_encoded_bytes());
    let text = std::fs::read_to_string(file).with_context(|| format!("reading `{name}`"))?;
    let mut decisions = Vec::new();
    let mut lookup = Lookup { house, desk, is_wide: false };
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at = || format!("{name}:{}", number + 1);
        let wanted: Wanted = serde_json::from_str(line)
            .map_err(|_| anyhow::anyhow!("not an object of id, verdict, reason, owner, until"))
            .with_context(at)?;
        let finding = lookup.find(&wanted.id).with_context(at)?;
        decisions.push((finding, wanted.decision().with_context(at)?));
    }
    anyhow::ensure!(!decisions.is_empty(), "`{name}` holds no verdict, so nothing was decided");
    desk.decide(&decisions)?;
    printer.say(&match decisions.len() {
        1 => "stanch: 1 finding decided".to_owned(),
        n => format!("stanch: {n} findings decided"),
    });
    printer.say(&format!("next: {}", house.to_add()));
    Ok(Exit::Clean)
}

#[derive(Serialize)]
struct Counts {
    schema: u8,
    findings: usize,
    open: usize,
    new: usize,
    expired: usize,
    unaudited: usize,
    false_positive: usize,
    test_value: usize,
    revoked: usize,
    accepted: usize,
    allowed: usize,
    entries: usize,
}

fn stats(desk: &Desk, format: Option<Format>, printer: &mut Printer) -> anyhow::Result<Exit> {
    let statuses = desk.statuses();
    let count = |wanted: &dyn Fn(&Status) -> bool| statuses.iter().filter(|s| wanted(s)).count();
    let known = |verdict| count(&|status| *status == Status::Known(verdict));
    let counts = Counts {
        schema: 1,
        findings: statuses.len(),
        open: count(&is_open),
        new: count(&|status| matches!(status, Status::New { .. })),
        expired: count(&|status| matches!(status, Status::Expired { .. })),
        unaudited: known(Verdict::Unaudited),
        false_positive: known(Verdict::FalsePositive),
        test_value: known(Verdict::TestValue),
        revoked: known(Verdict::Revoked),
        accepted: known(Verdict::Accepted),
        allowed: count(&|status| *status == Status::Allowed),
        entries: desk.baseline()?.entries().len(),
    };
    if format == Some(Format::Jsonl) {
        printer.data(&serde_json::to_string(&counts)?);
        return Ok(Exit::Clean);
    }
    for (name, n) in [
        ("findings", counts.findings),
        ("open", counts.open),
        ("  new", counts.new),
        ("  expired", counts.expired),
        ("  unaudited", counts.unaudited),
        ("false-positive", counts.false_positive),
        ("test-value", counts.test_value),
        ("revoked", counts.revoked),
        ("accepted", counts.accepted),
        ("allowed by a marker", counts.allowed),
        ("entries", counts.entries),
    ] {
        printer.data(&format!("{name:<20} {n}"));
    }
    Ok(Exit::Clean)
}

/// A real secret is not recorded: it keeps blocking. What there is to do is said.
fn real(repo: &Repo, finding: &Finding, printer: &mut Printer) {
    let reach = audit::history(repo, finding).reach;
    printer.say(&format!("stanch: nothing is recorded, it keeps blocking ({})", reach.words()));
    for (number, step) in audit::steps(finding.rule, reach).iter().enumerate() {
        printer.say(&format!("  {}. {step}", number + 1));
    }
}
