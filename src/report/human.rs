//! The report for people: what blocks and where, the ways out, what was read.

use std::collections::HashMap;

use super::printer::{BOLD, DIM, RED, RESET, YELLOW};
use super::{Options, Printer, Scene, count};
use crate::model::{
    Authors, Confidence, Evidence, Finding, Judged, Outcome, Problem, RepoPath, Segment, Severity,
    Stats, Status,
};

/// Findings shown in full; of more, the rest is counted.
const SHOWN: usize = 50;
/// Findings of low confidence shown in full; of more, each has a line.
const UNSURE_IN_FULL: usize = 3;
/// Lines that are named of a value that stands in a file again and again.
const REPEATS: usize = 8;

/// Writes what blocks, a line for what does not, and what was read.
pub(super) fn write(outcome: &Outcome, options: Options, printer: &mut Printer) {
    let blocking: Vec<&Judged> =
        outcome.judged.iter().filter(|judged| options.blocks(&judged.status)).collect();
    if !blocking.is_empty() || !outcome.problems.is_empty() {
        printer.say(&headline(&blocking, &outcome.problems, options.scene));
    }
    findings(&blocking, &outcome.authors, (options, printer));
    for problem in outcome.problems.iter().take(SHOWN) {
        printer.say(&format!("\n  {YELLOW}{problem}{RESET}"));
    }
    if outcome.problems.len() > SHOWN {
        let more = outcome.problems.len() - SHOWN;
        printer.say(&format!("\n  … and {more} more problems: `--format jsonl` names them all"));
    }
    let gap = if blocking.is_empty() && outcome.problems.is_empty() { "" } else { "\n" };
    for note in &outcome.notes {
        printer.say(&format!("{gap}  {note}"));
    }
    if !blocking.is_empty() {
        ways_out(&blocking, options, printer);
    }
    printer.say(&closing(outcome, blocking.len()));
}

/// Each finding in full; but many of low confidence a line each, behind the others.
fn findings(blocking: &[&Judged], authors: &Authors, (options, printer): (Options, &mut Printer)) {
    let mut sure = fold(blocking);
    let is_unsure = |places: &Vec<&Judged>| places[0].finding.confidence == Confidence::Low;
    let mut unsure = Vec::new();
    if sure.iter().filter(|&places| is_unsure(places)).count() > UNSURE_IN_FULL {
        unsure = sure.extract_if(.., |places| is_unsure(places)).collect();
    }
    let mut rest = sure.split_off(sure.len().min(SHOWN));
    rest.extend(unsure.split_off(unsure.len().min(SHOWN)));
    for places in &sure {
        finding(places[0], authors, (options, printer));
        if places.len() > 1 {
            printer.say(&repeats(&places[1..]));
        }
    }
    unsure.sort_by_cached_key(|places| remarks(places[0]));
    for alike in unsure.chunk_by(|one, next| remarks(one[0]) == remarks(next[0])) {
        let why = remarks(alike[0][0]).join("; ");
        printer.say(&format!("\n  {} of low confidence: {why}", alike.len()));
        for places in alike {
            printer.say(&in_a_line(places, authors, options));
        }
    }
    if !rest.is_empty() {
        let more = rest.iter().map(Vec::len).sum::<usize>();
        printer.say(&format!("\n  … and {more} more: `stanch audit` walks through all"));
    }
}

/// The findings of one value in one file together, each group in the order of
/// its first place.
fn fold<'a>(blocking: &[&'a Judged]) -> Vec<Vec<&'a Judged>> {
    let mut groups = Vec::<Vec<&Judged>>::new();
    let mut known = HashMap::new();
    for &judged in blocking {
        let Finding { path, commit, rule, .. } = &judged.finding;
        let key = (path.as_bytes(), commit, rule.id, judged.finding.value());
        let number = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(number) {
            Some(group) => group.push(judged),
            None => groups.push(vec![judged]),
        }
    }
    groups
}

/// `the same at 12 more places of this file: lines 7, 9, 31, …`
fn repeats(more: &[&Judged]) -> String {
    let (places, lines) = (count(more.len(), "more place"), lines(more));
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("    the same at {places} of this file: {word} {}", lines.join(", "))
}

/// The first lines of these, and whether there are more.
fn lines(places: &[&Judged]) -> Vec<String> {
    let lines = places.iter().filter_map(|judged| judged.finding.place());
    let mut shown: Vec<String> = lines.map(|place| place.line.to_string()).collect();
    shown.dedup();
    if shown.len() > REPEATS {
        shown.truncate(REPEATS);
        shown.push("…".to_owned());
    }
    shown
}

fn headline(blocking: &[&Judged], problems: &[Problem], scene: Scene) -> String {
    let mut parts = Vec::new();
    let count = |wanted: fn(&Status) -> bool| blocking.iter().filter(|j| wanted(&j.status)).count();
    let mut add = |n: usize, one: &str, many: &str| {
        if n > 0 {
            parts.push(format!("{n} {}", if n == 1 { one } else { many }));
        }
    };
    let new_paths =
        blocking.iter().filter(|j| matches!(j.finding.evidence, Evidence::Path)).count();
    let expired = count(|status| matches!(status, Status::Expired { .. }));
    let existing = count(|status| matches!(status, Status::Existing));
    add(blocking.len() - new_paths - expired - existing, "new secret", "new secrets");
    add(new_paths, "file that must not be committed", "files that must not be committed");
    add(expired, "accepted secret past its date", "accepted secrets past their date");
    add(existing, "secret that HEAD already holds", "secrets that HEAD already holds");
    add(problems.len(), "problem", "problems");
    format!("{BOLD}{RED}stanch: {}{RESET}{}", parts.join(", "), scene.blocked())
}

fn finding(judged: &Judged, authors: &Authors, (options, printer): (Options, &mut Printer)) {
    let finding = &judged.finding;
    let rule = finding.rule;
    printer.say(&format!("\n  {}", place(finding, authors)));
    printer.say(&format!("    {}", what(finding, options)));
    printer.say(&format!("    {}", why_it_matters(finding)));
    let mut about = vec![format!("{} severity", rule.severity)];
    if finding.confidence != rule.confidence {
        about.push(format!("{} confidence", finding.confidence));
    }
    about.push(format!("rule {}", rule.id));
    about.push(format!("id {}", finding.id()));
    printer.say(&format!("    {DIM}{}{RESET}", about.join(", ")));
    for remark in remarks(judged) {
        printer.say(&format!("    {remark}"));
    }
}

/// The places of one value, `tests/a.py:7:12, 31, 40  password  …  id 0123456789ab`.
fn in_a_line(places: &[&Judged], authors: &Authors, options: Options) -> String {
    let finding = &places[0].finding;
    let also = match places.len() {
        1 => String::new(),
        _ => format!(", {}", lines(&places[1..]).join(", ")),
    };
    let (place, what, id) = (place(finding, authors), what(finding, options), finding.id());
    format!("    {place}{also}  {what}  {DIM}id {id}{RESET}")
}

fn place(finding: &Finding, authors: &Authors) -> String {
    let segment = match &finding.evidence {
        Evidence::Secret { segment, .. } if *segment != Segment::Body => {
            format!("  {DIM}({segment}){RESET}")
        }
        Evidence::Secret { .. } | Evidence::Path => String::new(),
    };
    let commit = finding.commit.as_deref().map_or(String::new(), |id| {
        let by = authors.get(id).map_or(String::new(), |by| format!(" by {by}"));
        format!("  {DIM}in {id:.12}{by}{RESET}")
    });
    format!("{BOLD}{}{RESET}{segment}{commit}", finding.location())
}

fn what(finding: &Finding, options: Options) -> String {
    let masked = finding.masked().map_or(String::new(), |masked| format!("  {masked}"));
    let fingerprint =
        options.fingerprint(finding).map_or(String::new(), |shown| format!("  {shown}"));
    format!("{}{masked}{fingerprint}", finding.rule.description)
}

/// What a leak of it costs, in one sentence.
pub(crate) fn why_it_matters(finding: &Finding) -> &'static str {
    match (&finding.evidence, finding.rule.severity) {
        (Evidence::Path, _) => "once committed, everybody who has the repository has what is in it",
        (Evidence::Secret { .. }, Severity::Critical) => {
            "whoever reads it acts as its owner, at the owner's cost"
        }
        (Evidence::Secret { .. }, Severity::High) => "it opens data or money to whoever reads it",
        (Evidence::Secret { .. }, Severity::Medium) => "it opens a service to whoever reads it",
        (Evidence::Secret { .. }, Severity::Low) => {
            "little by itself, but a step for whoever reads it"
        }
    }
}

/// What there is to know of this finding and not of its rule.
fn remarks(judged: &Judged) -> Vec<String> {
    let status = match &judged.status {
        Status::Expired { until } => {
            Some(format!("accepted until {until}: replace it, or decide again"))
        }
        Status::New { known_elsewhere: true } => Some("known secret, new place".into()),
        Status::Existing => Some("HEAD already holds it".into()),
        Status::New { known_elsewhere: false } | Status::Known(_) | Status::Allowed => None,
    };
    judged.finding.remark.map(str::to_owned).into_iter().chain(status).collect()
}

fn ways_out(blocking: &[&Judged], options: Options, printer: &mut Printer) {
    let scene = options.scene;
    printer.say(&format!("\n{BOLD}What now{RESET}"));
    let secrets: Vec<&&Judged> = blocking.iter().filter(|j| j.finding.value().is_some()).collect();
    let is_path = |judged: &&&Judged| matches!(judged.finding.evidence, Evidence::Path);
    if let Some(path) = blocking.iter().find(is_path).filter(|_| scene != Scene::Outside) {
        untrack(&path.finding.path, options, printer);
    }
    let is_said = |judged: &Judged| {
        matches!(judged.finding.evidence, Evidence::Secret { segment: Segment::Message, .. })
    };
    if secrets.iter().any(|judged| is_said(judged)) {
        printer.say("  reword it   say it in the message without the value");
    }
    if let Some(first) = secrets.iter().find(|judged| !is_said(judged)) {
        let name =
            first.finding.rule.env.first().map_or(String::new(), |name| format!(" ({name})"));
        printer.say(&format!(
            "  move it     read it from the environment{name}; keep the value in an ignored .env"
        ));
    }
    let mut places: Vec<&str> = secrets.iter().filter_map(|j| j.finding.rule.revoke).collect();
    places.sort_unstable();
    places.dedup();
    let place = if places.is_empty() { "at its provider".to_owned() } else { places.join(", ") };
    printer.say(&format!("  rotate it   if it is real and ever left this machine: {place}"));
    if scene == Scene::Outside {
        let marker = "the comment `stanch:allow` on its line";
        if !secrets.is_empty() {
            printer.say(&format!("  allow it    if it is a test value or a false alarm: {marker}"));
        }
        return;
    }
    accept(blocking, printer);
    if let Some(verb) = scene.verb() {
        printer.say(&format!("  this once   git -c stanch.skip=\"why\" {verb} …"));
    }
}

fn untrack(path: &RepoPath, options: Options, printer: &mut Printer) {
    let (tracked, ignored) = if options.is_below_root {
        (path.argument_below_root(), "\"$(git rev-parse --show-cdup).gitignore\"")
    } else {
        (path.argument(), ".gitignore")
    };
    let name = path.gitignore_line();
    printer.say("  untrack     keep the file on your disk and out of git:");
    printer.say(&format!("                git rm --cached {tracked} && echo {name} >> {ignored}"));
}

fn accept(blocking: &[&Judged], printer: &mut Printer) {
    let all = |wanted: fn(&Finding) -> bool| blocking.iter().all(|judged| wanted(&judged.finding));
    let walk = match blocking.len() {
        n if n > 1 && all(|finding| finding.commit.is_none()) => {
            format!(" (`stanch audit` walks through all {n})")
        }
        _ => String::new(),
    };
    let id = blocking[0].finding.id();
    printer.say(&format!("  accept it   if it is a test value or a false alarm{walk}:"));
    printer.say(&format!(
        "                stanch audit --accept {id} --verdict test-value --reason \"why\""
    ));
    if all(|finding| finding.confidence == Confidence::Low) {
        let setting = "`confidence = \"medium\"` in .stanch.toml";
        printer
            .say(&format!("  as a rule   {setting} leaves out, and counts, what is this unsure"));
    }
}

fn closing(outcome: &Outcome, blocking: usize) -> String {
    let count =
        |wanted: fn(&Status) -> bool| outcome.judged.iter().filter(|j| wanted(&j.status)).count();
    let mut asides = Vec::new();
    for (n, word) in [
        (count(|status| matches!(status, Status::Existing)), "already in HEAD"),
        (count(|status| matches!(status, Status::Known(_))), "known"),
        (count(|status| matches!(status, Status::Allowed)), "allowed by a marker"),
    ] {
        if n > 0 {
            asides.push(format!("{n} {word}"));
        }
    }
    if outcome.stats.excluded > 0 {
        asides.push(format!("{} excluded and not read", outcome.stats.excluded));
    }
    if outcome.stats.left_out > 0 {
        asides.push(format!("{} left out by the configuration", outcome.stats.left_out));
    }
    let asides =
        if asides.is_empty() { String::new() } else { format!(" ({})", asides.join(", ")) };
    if outcome.stats.files == 0 && outcome.problems.is_empty() {
        return match outcome.stats.excluded {
            0 => "stanch: nothing to read: this change holds no content".to_owned(),
            1 => "stanch: nothing was read: the configuration excludes 1 file".to_owned(),
            n => format!("stanch: nothing was read: the configuration excludes {n} files"),
        };
    }
    let read = read(&outcome.stats);
    if blocking == 0 && outcome.problems.is_empty() {
        format!("stanch: no new secrets in {read}{asides}")
    } else {
        format!("\n{DIM}read {read}{asides}{RESET}")
    }
}

/// `3 files, 30.1 KB, 2 ms`.
fn read(stats: &Stats) -> String {
    let files = count(stats.files, "file");
    let size = match stats.bytes {
        bytes @ 0..1_000 => format!("{bytes} bytes"),
        bytes @ 1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        bytes @ 1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        bytes => format!("{:.2} GB", bytes as f64 / 1e9),
    };
    let time = match stats.elapsed.as_millis() {
        ms @ 0..10_000 => format!("{ms} ms"),
        _ => format!("{:.1} s", stats.elapsed.as_secs_f64()),
    };
    format!("{files}, {size}, {time}")
}
