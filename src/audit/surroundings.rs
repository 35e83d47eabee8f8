//! What the screen shows beside a finding at once: its surroundings, masked,
//! and where else the value stands.

use std::fs;

use crate::extract::Document;
use crate::git::Repo;
use crate::model::{Blob, Finding, Lines, OneLine, Origin, Place, RepoPath, Secret, Span};

/// Lines shown before and after a finding.
const AROUND: usize = 5;
/// Bytes shown of a line, and of what stands before the finding on its line.
const LINE: usize = 400;
const BEFORE: usize = 100;

/// A line of a file, safe to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number.
    pub(crate) number: usize,
    /// Its text, masked.
    pub(crate) text: String,
    /// Whether the finding stands on it.
    pub(crate) is_hit: bool,
}

/// What stands beside a finding on the screen; safe to print.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    /// The lines around it.
    pub(crate) context: Vec<Line>,
    /// Where else the same value stands.
    pub(crate) elsewhere: Vec<String>,
}

/// Looks at `findings[at]` among all of them.
pub(crate) fn look(repo: &Repo, findings: &[Finding], at: usize) -> Look {
    let finding = &findings[at];
    Look {
        context: context(repo, findings, finding),
        elsewhere: elsewhere(findings, finding).map(Finding::location).collect(),
    }
}

/// The other places of the same value.
fn elsewhere<'f>(
    findings: &'f [Finding],
    finding: &'f Finding,
) -> impl Iterator<Item = &'f Finding> {
    let value = finding.value().map(Secret::expose);
    findings.iter().filter(move |other| {
        value.is_some()
            && other.value().map(Secret::expose) == value
            && (&other.path, other.place()) != (&finding.path, finding.place())
    })
}

fn context(repo: &Repo, findings: &[Finding], finding: &Finding) -> Vec<Line> {
    let (Some(place), Some(bytes)) = (finding.place(), content(repo, &finding.path)) else {
        return Vec::new();
    };
    let blob = Blob { path: finding.path.clone(), origin: Origin::Disk, bytes };
    let document = Document::of(&blob);
    let beside: Vec<&Finding> =
        findings.iter().filter(|other| other.path == finding.path).collect();
    masked_lines(document.bytes(), place, &beside)
}

fn content(repo: &Repo, path: &RepoPath) -> Option<Vec<u8>> {
    let file = path.under(repo.root()?);
    let is_file = fs::symlink_metadata(&file).is_ok_and(|meta| meta.is_file());
    if is_file && let Ok(bytes) = fs::read(&file) {
        return Some(bytes);
    }
    repo.in_index(path).ok()?.and_then(|entry| repo.read(entry.oid).ok())
}

/// The lines around `place`, with the values of all findings of the file
/// masked, by where they stand and by what they are.
fn masked_lines(text: &[u8], place: Place, beside: &[&Finding]) -> Vec<Line> {
    let lines = Lines::of(text);
    let first = place.line.saturating_sub(AROUND).max(1);
    let last = (place.end_line + AROUND).min(first + 4 * AROUND);
    let shown = (first..=last).map_while(|number| Some((number, lines.span(number)?)));
    // Behind the last line end there is no line.
    let shown: Vec<(usize, Span)> = shown.filter(|(_, line)| !line.is_empty()).collect();
    let (Some((_, head)), Some((_, tail))) = (shown.first(), shown.last()) else {
        return Vec::new();
    };
    let values = values(text, &lines, Span::new(head.start, tail.end), beside);
    let line = |&(number, line): &(usize, Span)| {
        // Of a bundle on one line, the part that matters.
        let skipped = if number == place.line { place.column.saturating_sub(BEFORE) } else { 0 };
        let from = (line.start + skipped).min(line.end);
        let text = masked_line(text, Span::new(from, line.end.min(from + LINE)), &values);
        let is_hit = (place.line..=place.end_line).contains(&number);
        Line { number, text, is_hit }
    };
    shown.iter().map(line).collect()
}

/// Where values stand in a part of the text, sorted.
fn values(text: &[u8], lines: &Lines<'_>, part: Span, beside: &[&Finding]) -> Vec<Span> {
    let mut values: Vec<Span> = Vec::new();
    for finding in beside {
        values.extend(finding.place().map(|place| lines.span_of(place)));
        if let Some(value) = finding.value().map(Secret::expose).filter(|value| value.len() >= 4) {
            // A repetition may begin before what is shown, or end after it.
            let from = part.start.saturating_sub(value.len());
            let window = &text[from..(part.end + value.len()).min(text.len())];
            let finds = memchr::memmem::find_iter(window, value).map(|at| from + at);
            values.extend(finds.map(|at| Span::new(at, at + value.len())));
        }
    }
    values.retain(|value| value.overlaps(part));
    values.sort_unstable();
    values
}

fn masked_line(text: &[u8], line: Span, values: &[Span]) -> String {
    let mut out = Vec::new();
    let mut at = line.start;
    for value in values.iter().filter(|value| value.overlaps(line)) {
        if value.end <= at {
            continue;
        }
        if value.start >= at || out.is_empty() {
            out.extend_from_slice(&text[at..value.start.max(at)]);
            out.extend_from_slice("…".as_bytes());
        }
        at = value.end.min(line.end);
    }
    out.extend_from_slice(&text[at..line.end]);
    while out.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        out.pop();
    }
    let text = String::from_utf8_lossy(&out).replace('\t', "    ");
    OneLine::new(&text).to_string().replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Confidence, Evidence, Segment, Strength};

    fn found(text: &str, value: &str) -> Finding {
        let start = text.find(value).unwrap();
        let place = Lines::of(text.as_bytes()).place(Span::new(start, start + value.len()));
        let value = Secret::new(value.as_bytes(), Strength::Strong);
        Finding {
            path: RepoPath::new("a"),
            commit: None,
            rule: crate::rules::named("github-personal-access-token"),
            evidence: Evidence::Secret { value, place, segment: Segment::Body },
            confidence: Confidence::High,
            remark: None,
            hidden: None,
            ordinal: 0,
        }
    }

    #[test]
    fn neighbours_and_repetitions_are_masked_too() {
        let text = "one = canary-one\r\ntwo = canary-two; canary-one\n\x1b[2Jthree\n";
        let (one, two) = (found(text, "canary-one"), found(text, "canary-two"));
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one, &two]);
        let shown: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(shown, ["one = …", "two = …; …", "\\u{1b}[2Jthree"]);
        assert!(lines[0].is_hit && !lines[1].is_hit);
    }

    #[test]
    fn a_value_over_several_lines_shows_none_of_them() {
        let text = "a\nkey: BEGIN\ncanary\nEND rest\nz\n";
        let one = found(text, "BEGIN\ncanary\nEND");
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one]);
        let shown: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(shown, ["a", "key: …", "…", "… rest", "z"]);
    }

    #[test]
    fn the_same_value_elsewhere_is_told_and_this_place_is_not() {
        let text = "one = canary-one\ntwo = canary-two\n";
        let (here, other) = (found(text, "canary-one"), found(text, "canary-two"));
        let there = Finding { path: RepoPath::new("b"), ..here.clone() };
        let all = [here.clone(), other, there];
        let told: Vec<String> = elsewhere(&all, &here).map(Finding::location).collect();
        assert_eq!(told, ["b:1:7"]);
    }

    #[test]
    fn of_a_value_of_three_letters_or_fewer_only_its_place_is_masked() {
        let text = "pin = 'abc' # of abc\n";
        let one = found(text, "abc");
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one]);
        assert_eq!(lines[0].text, "pin = '…' # of abc");
    }

    #[test]
    fn of_a_long_value_the_first_lines_are_shown() {
        let value = vec!["line of a key"; 100].join("\n");
        let text = format!("{}{value}\nend\n", "before\n".repeat(9));
        let one = found(&text, &value);
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one]);
        let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, (5..=25).collect::<Vec<_>>());
    }

    #[test]
    fn of_a_bundle_on_one_line_the_part_with_the_finding_is_shown() {
        let text = format!("{}key=canary;{}", "a".repeat(90_000), "b".repeat(90_000));
        let one = found(&text, "canary");
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one]);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].text.contains("key=…;bbb"), "{}", lines[0].text);
        assert!(lines[0].text.len() < 500);
    }

    #[test]
    fn a_value_cut_by_the_edge_of_what_is_shown_is_masked() {
        // The copy begins before what is shown of the line, and ends in it.
        let text = format!("canary-one{}canary-one;{}x=canary-one", "a".repeat(40), "b".repeat(90));
        let mut one = found(&text, "x=canary-one");
        one.evidence = Evidence::Secret {
            value: Secret::new(b"canary-one", Strength::Strong),
            place: Lines::of(text.as_bytes()).place(Span::new(text.len() - 10, text.len())),
            segment: Segment::Body,
        };
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one]);
        assert!(lines[0].text.starts_with("…;b"), "{}", lines[0].text);
    }
}
