//! What the screen shows beside a finding: its surroundings, masked, and what
//! git knows of it.

use std::fs;

use super::Reach;
use crate::extract::Document;
use crate::git::Repo;
use crate::model::{Blob, Finding, Origin, Place, RepoPath};

/// Lines shown before and after a finding.
const AROUND: usize = 5;
/// Characters kept of a line.
const LINE: usize = 400;

/// What stands beside a finding on the screen; safe to print.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    /// Line number, text, and whether the finding stands on it.
    pub(crate) context: Vec<(usize, String, bool)>,
    /// How far it went.
    pub(crate) reach: Option<Reach>,
    /// Who brought it and when.
    pub(crate) added: Option<String>,
    /// Where else the same value stands.
    pub(crate) elsewhere: Vec<String>,
}

/// Looks at `findings[at]` among all of them.
pub(crate) fn look(repo: &Repo, findings: &[Finding], at: usize) -> Look {
    let finding = &findings[at];
    let same = |other: &&Finding| {
        other.value().is_some_and(|value| {
            Some(value.expose()) == finding.value().map(crate::model::Secret::expose)
        }) && (&other.path, other.place()) != (&finding.path, finding.place())
    };
    let (reach, added) = history(repo, finding);
    Look {
        context: context(repo, findings, finding),
        reach: Some(reach),
        added,
        elsewhere: findings.iter().filter(same).map(place_of).collect(),
    }
}

/// `path:line:column`.
pub(crate) fn place_of(finding: &Finding) -> String {
    match finding.place() {
        Some(place) => format!("{}:{}:{}", finding.path, place.line, place.column),
        None => finding.path.to_string(),
    }
}

/// How far a finding went, and who brought it.
pub(crate) fn history(repo: &Repo, finding: &Finding) -> (Reach, Option<String>) {
    let line = finding.place().map_or(1, |place| place.line);
    let Ok(origin) = repo.origin_of(&finding.path, line) else {
        return match repo.in_tree("HEAD", &finding.path) {
            Ok(None) => (Reach::Uncommitted, None),
            Ok(Some(_)) | Err(_) => (Reach::Unknown, None),
        };
    };
    let Some(commit) = origin.commit else { return (Reach::Uncommitted, None) };
    let day = crate::baseline::Day::of_unix(origin.time);
    let added = format!("{} on {day}, {:.12}", origin.author, commit.to_string());
    let reach = match repo.remotes_hold(commit) {
        Ok(true) => Reach::Pushed,
        Ok(false) => Reach::Committed,
        Err(_) => Reach::Unknown,
    };
    (reach, Some(added))
}

fn context(repo: &Repo, findings: &[Finding], finding: &Finding) -> Vec<(usize, String, bool)> {
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
    let file = repo.root()?.join(bstr::ByteSlice::to_path_lossy(path.as_bytes()));
    let is_file = fs::symlink_metadata(&file).is_ok_and(|meta| meta.is_file());
    if is_file && let Ok(bytes) = fs::read(&file) {
        return Some(bytes);
    }
    repo.in_index(path).ok()?.and_then(|entry| repo.read(entry.oid).ok())
}

/// The lines around `place`, with the values of all findings of the file
/// masked, by where they stand and by what they are.
fn masked_lines(text: &[u8], place: Place, beside: &[&Finding]) -> Vec<(usize, String, bool)> {
    let starts = line_starts(text);
    let offset = |line: usize, column: usize| {
        let start = starts.get(line - 1).copied().unwrap_or(text.len());
        (start + column - 1).min(text.len())
    };
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for finding in beside {
        if let Some(place) = finding.place() {
            let end = offset(place.end_line, place.end_column);
            spans.push((offset(place.line, place.column), end));
        }
        if let Some(value) = finding.value().map(crate::model::Secret::expose)
            && value.len() >= 4
        {
            let finds = memchr::memmem::find_iter(text, value);
            spans.extend(finds.map(|at| (at, at + value.len())));
        }
    }
    spans.sort_unstable();
    let first = place.line.saturating_sub(AROUND).max(1);
    let last = (place.end_line + AROUND).min(starts.len()).min(first + 4 * AROUND);
    (first..=last)
        .map(|line| {
            let end = starts.get(line).copied().unwrap_or(text.len());
            let shown = masked_line(text, (starts[line - 1], end), &spans);
            (line, shown, (place.line..=place.end_line).contains(&line))
        })
        .collect()
}

fn masked_line(text: &[u8], (start, end): (usize, usize), spans: &[(usize, usize)]) -> String {
    let mut out = Vec::new();
    let mut at = start;
    for &(from, to) in spans.iter().filter(|&&(from, to)| from < end && to > start) {
        if to <= at {
            continue;
        }
        if from > at || out.is_empty() || from >= at {
            out.extend_from_slice(&text[at..from.max(at)]);
            out.extend_from_slice("…".as_bytes());
        }
        at = to.min(end);
    }
    out.extend_from_slice(&text[at.min(end)..end]);
    while out.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        out.pop();
    }
    let text = String::from_utf8_lossy(&out).replace('\t', "    ");
    let shown = RepoPath::new(text.as_bytes()).to_string().replace("\\\\", "\\");
    shown.chars().take(LINE).collect()
}

/// Where lines start: after LF, CRLF or a lone CR, as places count them.
fn line_starts(text: &[u8]) -> Vec<usize> {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text)
        .filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'));
    // After the last line end there is no line.
    std::iter::once(0).chain(ends.map(|at| at + 1).filter(|&at| at < text.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Confidence, Evidence, Lines, Secret, Segment, Span, Strength};

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
        let shown: Vec<&str> = lines.iter().map(|(_, text, _)| text.as_str()).collect();
        assert_eq!(shown, ["one = …", "two = …; …", "\\u{1b}[2Jthree"]);
        assert!(lines[0].2 && !lines[1].2);
    }

    #[test]
    fn a_value_over_several_lines_shows_none_of_them() {
        let text = "a\nkey: BEGIN\ncanary\nEND rest\nz\n";
        let one = found(text, "BEGIN\ncanary\nEND");
        let lines = masked_lines(text.as_bytes(), one.place().unwrap(), &[&one]);
        let shown: Vec<&str> = lines.iter().map(|(_, text, _)| text.as_str()).collect();
        assert_eq!(shown, ["a", "key: …", "…", "… rest", "z"]);
    }
}
