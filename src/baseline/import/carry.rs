//! Matches what another tool claims with what stanch finds, and records it.

use std::collections::{HashMap, HashSet};

use sha1::{Digest as _, Sha1};

use super::super::{Baseline, Decision, FileError, Stamp};
use super::{Claim, Foreign, Says, Tool, What};
use crate::model::{Detector, Finding, OneLine, RepoPath, Secret, Verdict};

/// What became of the claims of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Findings whose decision, or want of one, was carried over.
    pub carried: usize,
    /// Findings the baseline already had a decision on, or said the same of; it stays.
    pub already: usize,
    /// Claims that name only findings which claims before them named.
    pub repeated: usize,
    /// Findings marked as real secrets elsewhere: they want rotating.
    pub real: Vec<(RepoPath, usize)>,
    /// Claims whose secret no longer occurs: path, line, rule.
    pub gone: Vec<String>,
    /// Claims whose secret may still be there, but nothing of it is a finding
    /// of stanch: they need no entry.
    pub unmatched: Vec<String>,
}

/// Gives the content of a file of HEAD; none when it is not there.
pub type Contents<'a> = &'a dyn Fn(&RepoPath) -> Option<Vec<u8>>;

/// Carries claims over into `baseline`. `head` is everything found in HEAD's
/// tree, and `content` gives a file of it.
pub fn import(
    baseline: &mut Baseline,
    foreign: &Foreign,
    head: &[Finding],
    (stamp, content): (&Stamp, Contents<'_>),
) -> Result<Imported, FileError> {
    let mut by_path: HashMap<&RepoPath, Vec<&Finding>> = HashMap::new();
    for finding in head.iter().filter(|finding| finding.value().is_some()) {
        by_path.entry(&finding.path).or_default().push(finding);
    }
    let mut imported = Imported::default();
    let mut done = HashSet::new();
    let mut files: HashMap<&RepoPath, File> = HashMap::new();
    for claim in &foreign.claims {
        let file = files.entry(&claim.path).or_insert_with(|| File::find(&claim.path, content));
        let there = by_path.get(&file.path).map_or(&[][..], Vec::as_slice);
        let matching: Vec<&&Finding> =
            there.iter().filter(|finding| is_meant(claim, finding)).collect();
        let before = done.len();
        for finding in &matching {
            let value = finding.value().map(Secret::expose);
            if done.insert((&finding.path, value)) {
                record(baseline, claim, finding, (foreign.tool, stamp), &mut imported)?;
            }
        }
        if matching.is_empty() {
            let is_there = file
                .tokens()
                .is_some_and(|tokens| tokens.may_hold(&claim.what) || tokens.may_hold_near(claim));
            let list = if is_there { &mut imported.unmatched } else { &mut imported.gone };
            list.push(shown(claim));
        } else {
            imported.repeated += usize::from(done.len() == before);
        }
    }
    Ok(imported)
}

fn record(
    baseline: &mut Baseline,
    claim: &Claim,
    finding: &Finding,
    (tool, stamp): (Tool, &Stamp),
    imported: &mut Imported,
) -> Result<(), FileError> {
    let decision = meaning(claim, tool);
    let told = baseline.telling(std::slice::from_ref(finding))[0].map(|at| &baseline.entries()[at]);
    let is_decided = told.is_some_and(|entry| entry.verdict() != Verdict::Unaudited);
    if claim.says == Says::Real && !is_decided {
        imported.real.push((finding.path.clone(), finding.place().map_or(0, |p| p.line)));
    }
    if is_decided || told.is_some_and(|entry| entry.decision == decision) {
        imported.already += 1;
        return Ok(());
    }
    let stamp = match decision.verdict() {
        Verdict::Unaudited => stamp.unsigned(),
        _ => stamp.clone(),
    };
    imported.carried += 1;
    baseline.decide(finding, decision, stamp)?;
    Ok(())
}

/// What a claim comes to here.
fn meaning(claim: &Claim, tool: Tool) -> Decision {
    let (verdict, reason) = match (claim.says, tool) {
        (Says::NotASecret, _) => (Verdict::FalsePositive, Some(format!("{tool}: no secret"))),
        (Says::Real, _) => (Verdict::Unaudited, Some(format!("{tool}: marked as a real secret"))),
        (Says::Nothing, Tool::GitleaksIgnore) => {
            (Verdict::Unaudited, Some("listed in .gitleaksignore".to_owned()))
        }
        (Says::Nothing, Tool::DetectSecrets | Tool::Gitleaks) => (Verdict::Unaudited, None),
    };
    Decision::new(verdict, reason, None, None).expect("only `accepted` needs terms")
}

/// Whether a claim speaks of a finding of the same file.
fn is_meant(claim: &Claim, finding: &Finding) -> bool {
    let Some(value) = finding.value().map(Secret::expose) else { return false };
    match &claim.what {
        What::Sha1(hash) => {
            sha1(value) == *hash || (finding.rule.detector == Detector::Armor && is_armor(hash))
        }
        What::Value(text) => {
            let text = text.expose();
            let holds = |long: &[u8], short: &[u8]| memchr::memmem::find(long, short).is_some();
            text == value || (value.len() >= 8 && (holds(text, value) || holds(value, text)))
        }
        What::Position => finding
            .place()
            .zip(claim.line)
            .is_some_and(|(place, line)| (place.line..=place.end_line).contains(&line)),
    }
}

fn sha1(bytes: &[u8]) -> [u8; 20] {
    Sha1::digest(bytes).into()
}

/// Of a private key, detect-secrets hashes the words of the first line.
/// Its list stands in `detect_secrets/plugins/private_key.py` (1.5.0).
fn is_armor(hash: &[u8; 20]) -> bool {
    const KINDS: [&str; 8] = [
        "DSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "SSH2 ENCRYPTED PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
    ];
    KINDS.iter().any(|kind| sha1(format!("BEGIN {kind}").as_bytes()) == *hash)
        || sha1(b"PuTTY-User-Key-File-2") == *hash
}

/// The file of HEAD that a claim speaks of.
struct File {
    path: RepoPath,
    bytes: Option<Vec<u8>>,
    tokens: Option<Tokens>,
}

impl File {
    /// The file of this path. Where there is none, the tool ran in another
    /// folder: of the path without its first parts, the longest that is there.
    fn find(path: &RepoPath, content: Contents<'_>) -> Self {
        let whole = path.as_bytes();
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'/', whole).map(|at| at + 1));
        for path in starts.map(|start| RepoPath::new(&whole[start..])) {
            if let Some(bytes) = content(&path) {
                return Self { path, bytes: Some(bytes), tokens: None };
            }
        }
        Self { path: path.clone(), bytes: None, tokens: None }
    }

    /// Its words, hashed when they are asked for the first time.
    fn tokens(&mut self) -> Option<&Tokens> {
        if let Some(bytes) = self.bytes.take() {
            self.tokens = Some(Tokens::of(bytes));
        }
        self.tokens.as_ref()
    }
}

/// The words of a file, hashed: whether a claimed secret still stands there.
struct Tokens {
    bytes: Vec<u8>,
    hashes: HashSet<[u8; 20]>,
}

impl Tokens {
    fn of(bytes: Vec<u8>) -> Self {
        let quotes = bytes.split(|b| b"\"'`\n".contains(b)).map(<[u8]>::trim_ascii);
        let words = bytes.split(|b| b.is_ascii_whitespace() || b"\"'`,;:=()<>[]{}@/".contains(b));
        let hashes = quotes.chain(words).filter(|word| !word.is_empty()).map(sha1).collect();
        Self { bytes, hashes }
    }

    fn may_hold(&self, what: &What) -> bool {
        match what {
            What::Sha1(hash) => self.hashes.contains(hash) || is_armor(hash),
            What::Value(text) => memchr::memmem::find(&self.bytes, text.expose()).is_some(),
            What::Position => true,
        }
    }

    /// Whether a hashed value stands within ten lines of where it stood, as
    /// any part of a line.
    fn may_hold_near(&self, claim: &Claim) -> bool {
        let (What::Sha1(hash), Some(line)) = (&claim.what, claim.line) else { return false };
        let lines = self.bytes.split(|&b| b == b'\n').skip(line.saturating_sub(11)).take(21);
        lines.flat_map(parts).any(|part| sha1(part) == *hash)
    }
}

/// Everything in a line that begins and ends where something other than letters
/// and digits stands: a tool may take any of it for the value.
fn parts(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let line = &line[..line.len().min(300)];
    let is_edge = |at: usize| {
        let is_other = |at: usize| line.get(at).is_none_or(|b| !b.is_ascii_alphanumeric());
        at == 0 || is_other(at) || is_other(at - 1)
    };
    let edges: Vec<usize> = (0..=line.len()).filter(|&at| is_edge(at)).take(64).collect();
    let pairs = (0..edges.len()).flat_map(move |from| {
        let (start, ends) = (edges[from], edges[from + 1..].to_vec());
        ends.into_iter().map(move |end| (start, end))
    });
    pairs.map(|(start, end)| &line[start..end])
}

fn shown(claim: &Claim) -> String {
    let line = claim.line.map_or(String::new(), |line| format!(":{line}"));
    format!("{}{line}  {}", claim.path, OneLine::new(&claim.rule))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;

    fn imported(file: &str, head: &[Finding], files: &[(&str, &str)]) -> (Baseline, Imported) {
        let foreign = Foreign::parse(file.as_bytes(), "f").unwrap();
        let mut baseline = baseline(Vec::new());
        let content = |path: &RepoPath| {
            let file = files.iter().find(|(name, _)| name.as_bytes() == path.as_bytes());
            file.map(|(_, text)| text.as_bytes().to_vec())
        };
        let stamp = Stamp { by: Some("Ada".into()), ..Stamp::default() };
        let report = import(&mut baseline, &foreign, head, (&stamp, &content)).unwrap();
        (baseline, report)
    }

    fn hex(value: &str) -> String {
        let mut hex = String::new();
        crate::model::hex::write(&mut hex, &sha1(value.as_bytes())).unwrap();
        hex
    }

    #[test]
    fn every_claim_of_detect_secrets_is_accounted_for() {
        let claim = |value: &str, more: &str| {
            format!(r#"{{"type": "Secret Keyword", "hashed_secret": "{}"{more}}}"#, hex(value))
        };
        let file = format!(
            r#"{{"version": "1.5.0", "results": {{"a": [{}, {}, {}, {}, {}], "gone": [{}]}}}}"#,
            claim("not-secret", r#", "is_secret": false"#),
            claim("is-secret", r#", "is_secret": true, "line_number": 2"#),
            claim("undecided", ""),
            claim("removed", ""),
            claim("nothing-to-us", ""),
            claim("undecided", ""),
        );
        let head = [
            found("a", strong("not-secret"), 1),
            found("a", weak("is-secret"), 2),
            found("a", strong("undecided"), 3),
            found("b", strong("undecided"), 3),
        ];
        let (baseline, report) = imported(&file, &head, &[("a", "x = \"nothing-to-us\"\n")]);
        assert_eq!((report.carried, report.already), (3, 0));
        assert_eq!(report.real, [(RepoPath::new(&b"a"[..]), 2)]);
        assert_eq!(report.unmatched, ["a  Secret Keyword"]);
        assert_eq!(report.gone, ["a  Secret Keyword", "gone  Secret Keyword"]);
        let mut verdicts: Vec<Verdict> =
            baseline.entries().iter().map(super::super::super::Entry::verdict).collect();
        verdicts.sort();
        assert_eq!(verdicts, [Verdict::Unaudited, Verdict::Unaudited, Verdict::FalsePositive]);
    }

    #[test]
    fn a_value_with_any_edges_is_not_called_gone() {
        let claim = |line: usize, value: &str| {
            format!(r#"{{"type": "t", "hashed_secret": "{}", "line_number": {line}}}"#, hex(value))
        };
        let (here, far) = ("{{ .Values.key }}", "other");
        let file = format!(r#"{{"results": {{"a": [{}, {}]}}}}"#, claim(3, here), claim(30, far));
        let text = "one\n  password: {{ .Values.key }}-x\nan-other-one\n";
        let (_, report) = imported(&file, &[], &[("a", text)]);
        assert_eq!(report.unmatched, ["a:3  t"]);
        assert_eq!(report.gone, ["a:30  t"]);
    }

    #[test]
    fn a_decision_that_is_there_stays_and_what_nobody_decided_is_told_why() {
        let foreign = Foreign::parse(b"a:rule:1\n", "f").unwrap();
        let finding = found("a", strong("one"), 1);
        let mut made = baseline(vec![entry(path("a"), &strong("one"), accepted("2027-01-01"))]);
        let before = made.clone();
        let stamp = Stamp::default();
        let head = [finding];
        let report = import(&mut made, &foreign, &head, (&stamp, &|_| None)).unwrap();
        assert_eq!((report.carried, report.already), (0, 1));
        assert_eq!(made, before);
        let unaudited = entry(path("a"), &strong("one"), decision(Verdict::Unaudited));
        let mut made = baseline(vec![unaudited]);
        let report = import(&mut made, &foreign, &head, (&stamp, &|_| None)).unwrap();
        assert_eq!((report.carried, report.already), (1, 0));
        assert_eq!(made.entries()[0].decision.reason(), Some("listed in .gitleaksignore"));
    }

    #[test]
    fn a_second_import_carries_nothing_over() {
        let claim = |value: &str, more: &str| {
            format!(r#"{{"type": "t", "hashed_secret": "{}"{more}}}"#, hex(value))
        };
        let file = format!(
            r#"{{"version": "1.5.0", "results": {{"a": [{}, {}, {}]}}}}"#,
            claim("not-secret", r#", "is_secret": false"#),
            claim("is-secret", r#", "is_secret": true"#),
            claim("undecided", ""),
        );
        let values = ["not-secret", "is-secret", "undecided"];
        let head: Vec<Finding> =
            (1..).zip(values).map(|(at, v)| found("a", strong(v), at)).collect();
        let (mut made, first) = imported(&file, &head, &[]);
        assert_eq!((first.carried, first.already, first.real.len()), (3, 0, 1));
        let (before, foreign) = (made.clone(), Foreign::parse(file.as_bytes(), "f").unwrap());
        let again = import(&mut made, &foreign, &head, (&Stamp::default(), &|_| None)).unwrap();
        assert_eq!((again.carried, again.already, again.real.len()), (0, 3, 1));
        assert_eq!(made, before);
    }

    #[test]
    fn gitleaks_is_matched_by_value_or_by_line() {
        let file = r#"[{"RuleID": "r", "StartLine": 1, "File": "a", "Secret": "key=the-value-itself"},
            {"RuleID": "other", "StartLine": 9, "File": "a", "Secret": "the-value-itself"},
            {"RuleID": "r", "StartLine": 5, "File": "a", "Secret": "REDACTED"},
            {"RuleID": "r", "StartLine": 6, "File": "a", "Secret": "REDACTED"},
            {"RuleID": "r", "StartLine": 7, "File": "a", "Secret": "another-one"}]"#;
        let head = [found("a", strong("the-value-itself"), 9), found("a", strong("other"), 5)];
        let (baseline, report) = imported(file, &head, &[("a", "…")]);
        assert_eq!((report.carried, report.repeated, baseline.entries().len()), (2, 1, 2));
        assert_eq!(report.unmatched, ["a:6  r"]);
        assert_eq!(report.gone, ["a:7  r"], "too short to be known as a part");
    }

    #[test]
    fn a_part_of_a_value_that_a_report_names_means_the_value() {
        let file = r#"[{"RuleID": "r", "StartLine": 1, "File": "a", "Secret": "the-value-it"}]"#;
        let (_, report) = imported(file, &[found("a", strong("the-value-itself"), 9)], &[]);
        assert_eq!((report.carried, report.gone.len()), (1, 0));
    }

    #[test]
    fn a_report_made_in_another_folder_is_understood() {
        let file = r#"[{"RuleID": "r", "StartLine": 9, "File": "/builds/team/app/src/a", "Secret": "the-value-itself"}]"#;
        let head = [found("src/a", strong("the-value-itself"), 1)];
        let files = [("a", "another"), ("src/a", "…")];
        let (baseline, report) = imported(file, &head, &files);
        let marked = imported(&format!("\u{feff}{file}"), &head, &files);
        assert_eq!(marked, (baseline.clone(), report.clone()));
        assert_eq!((report.carried, report.gone.len()), (1, 0));
        assert_eq!(baseline.entries()[0].extent, path("src/a"));
    }
}
