//! Which entries cover which findings: by value, never by position. Digests
//! only the values that were found, then walks the entries once, so a big
//! baseline costs little.

use std::collections::{BTreeSet, HashMap};

use super::{Baseline, Digest, Entry, Extent, Subject};
use crate::model::{Finding, Problem, RepoPath, Secret, Strength, Verdict};

/// What the judge asks of the parent and of the change. What cannot be
/// answered is a problem, never a "no".
pub trait Past {
    /// Whether the same value stands in the same file in a parent.
    fn existed(&self, finding: &Finding) -> Result<bool, Problem>;
    /// Whether `path` holds `value` in a parent.
    fn held_in_parent(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem>;
    /// Whether `path` holds `value` in what is being judged. Asked only of
    /// paths in which the scan found no such value.
    fn holds_now(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem>;
    /// The paths that held `value` in a parent and do not in what is being
    /// judged; none where there is no parent.
    fn left_by(&self, _value: &Secret) -> Result<Vec<RepoPath>, Problem> {
        Ok(Vec::new())
    }
}

/// For scans of a whole tree or of the history, which have no parent: nothing
/// existed, and what the scan did not find in a path is not there.
#[derive(Debug, Clone, Copy)]
pub struct NoPast;

impl Past for NoPast {
    fn existed(&self, _: &Finding) -> Result<bool, Problem> {
        Ok(false)
    }

    fn held_in_parent(&self, _: &RepoPath, _: &Secret) -> Result<bool, Problem> {
        Ok(true)
    }

    fn holds_now(&self, _: &RepoPath, _: &Secret) -> Result<bool, Problem> {
        Ok(false)
    }
}

/// What the baseline has to say of one finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Coverage {
    /// The entries that cover it, by their number, in the order of the file.
    pub(super) by: Vec<(usize, How)>,
    /// The entries that know the value and do not cover this place.
    pub(super) elsewhere: Vec<usize>,
}

impl Coverage {
    /// The number of the entry that says most: a decision says more than none,
    /// and one made here more than one made elsewhere.
    pub(super) fn telling(&self, baseline: &Baseline) -> Option<usize> {
        let says_less = |&&(number, how): &&(usize, How)| {
            (baseline.entries[number].verdict() == Verdict::Unaudited, how != How::Here)
        };
        self.by.iter().min_by_key(says_less).map(|&(number, _)| number)
    }
}

/// Why an entry covers a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Its path or glob holds the finding.
    Here,
    /// Its verdict speaks of the value, wherever it stands.
    Everywhere,
    /// Its own path no longer holds the value, and this is the new place.
    Moved,
}

/// The findings of one value, and the entries that know it.
struct Group<'a> {
    value: &'a Secret,
    findings: Vec<usize>,
    entries: Vec<usize>,
}

/// What covers each of `findings`, in their order.
pub(super) fn cover(
    findings: &[Finding],
    baseline: &Baseline,
    past: &dyn Past,
) -> Result<Vec<Coverage>, Problem> {
    let mut covered = vec![Coverage::default(); findings.len()];
    let mut groups = group_by_value(findings);
    collect_entries(&mut groups, baseline);
    for group in groups.iter().filter(|group| !group.entries.is_empty()) {
        cover_group(group, findings, baseline, &mut covered);
        follow_moves(group, findings, (baseline, past), &mut covered)?;
    }
    cover_paths(findings, baseline, &mut covered);
    for coverage in &mut covered {
        coverage.by.sort_unstable_by_key(|&(entry, _)| entry);
    }
    Ok(covered)
}

fn group_by_value(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_value: HashMap<&[u8], usize> = HashMap::new();
    for (number, finding) in findings.iter().enumerate() {
        let Some(value) = finding.value() else { continue };
        let group = *by_value.entry(value.expose()).or_insert_with(|| {
            groups.push(Group { value, findings: Vec::new(), entries: Vec::new() });
            groups.len() - 1
        });
        // One rule may hold for weak what another holds for strong; the weak
        // one is known by more digests.
        if value.strength() == Strength::Weak {
            groups[group].value = value;
        }
        groups[group].findings.push(number);
    }
    groups
}

fn collect_entries(groups: &mut [Group<'_>], baseline: &Baseline) {
    let mut wanted: HashMap<Digest, Vec<usize>> = HashMap::new();
    for (number, group) in groups.iter().enumerate() {
        for salt in &baseline.salts {
            for digest in Digest::candidates(salt, group.value) {
                wanted.entry(digest).or_default().push(number);
            }
        }
    }
    if wanted.is_empty() {
        return;
    }
    for (number, entry) in baseline.entries.iter().enumerate() {
        let groups_of_it = entry.digest().and_then(|digest| wanted.get(digest));
        for &group in groups_of_it.into_iter().flatten() {
            groups[group].entries.push(number);
        }
    }
}

/// Whether the digest of `entry` is enough to know the value of `finding`.
fn speaks_of(entry: &Entry, finding: &Finding) -> bool {
    let whole = entry.digest().is_some_and(|digest| digest.strength() == Strength::Strong);
    whole || finding.value().is_some_and(|value| value.strength() == Strength::Weak)
}

fn cover_group(
    group: &Group<'_>,
    findings: &[Finding],
    baseline: &Baseline,
    covered: &mut [Coverage],
) {
    for &at in &group.findings {
        for &number in &group.entries {
            let entry = &baseline.entries[number];
            if !speaks_of(entry, &findings[at]) {
                continue;
            }
            if entry.extent.holds(&findings[at].path) {
                covered[at].by.push((number, How::Here));
            } else if entry.verdict().holds_everywhere() {
                covered[at].by.push((number, How::Everywhere));
            } else {
                covered[at].elsewhere.push(number);
            }
        }
    }
}

/// Lets entries whose path no longer holds the value cover its new places, if
/// there are no more new places than such entries: otherwise nobody can tell
/// the moved one from the copy.
fn follow_moves(
    group: &Group<'_>,
    findings: &[Finding],
    (baseline, past): (&Baseline, &dyn Past),
    covered: &mut [Coverage],
) -> Result<(), Problem> {
    let mut newcomers = BTreeSet::new();
    for &at in &group.findings {
        if covered[at].by.is_empty() && !covered[at].elsewhere.is_empty() {
            newcomers.insert(&findings[at].path);
        }
    }
    if newcomers.is_empty() {
        return Ok(());
    }
    let orphans = orphans_of(group, findings, baseline, past)?;
    if orphans.is_empty() {
        return Ok(());
    }
    for &at in &group.findings {
        let finding = &findings[at];
        if newcomers.contains(&finding.path)
            && (finding.hidden.is_some() || past.existed(finding)?)
        {
            newcomers.remove(&finding.path);
        }
    }
    if newcomers.len() > orphans.len() {
        return Ok(());
    }
    for (path, entry) in pair(&newcomers, &orphans) {
        for &at in group.findings.iter().filter(|&&at| findings[at].path == *path) {
            if covered[at].by.is_empty() && speaks_of(&baseline.entries[entry], &findings[at]) {
                covered[at].by.push((entry, How::Moved));
            }
        }
    }
    Ok(())
}

/// The entries bound to a path that held the value and no longer does. An entry
/// whose value has moved before, and whose path was not brought up to date since,
/// stands for a place that the value leaves now.
fn orphans_of<'b>(
    group: &Group<'_>,
    findings: &[Finding],
    baseline: &'b Baseline,
    past: &dyn Past,
) -> Result<Vec<(usize, &'b RepoPath)>, Problem> {
    let held: BTreeSet<&RepoPath> = group.findings.iter().map(|&at| &findings[at].path).collect();
    let mut orphans: Vec<(usize, &RepoPath)> = Vec::new();
    let mut homeless: Vec<(usize, &RepoPath)> = Vec::new();
    for &number in &group.entries {
        let entry = &baseline.entries[number];
        let Extent::Path(path) = &entry.extent else { continue };
        let is_free = !entry.verdict().holds_everywhere()
            && !held.contains(path)
            && !orphans.iter().chain(&homeless).any(|&(_, other)| other == path)
            && !past.holds_now(path, group.value)?;
        if is_free && past.held_in_parent(path, group.value)? {
            orphans.push((number, path));
        } else if is_free {
            homeless.push((number, path));
        }
    }
    if !homeless.is_empty() {
        let left = past.left_by(group.value)?;
        let is_own = |path: &&RepoPath| orphans.iter().any(|(_, own)| own == path);
        let places = left.iter().filter(|path| !is_own(path)).count();
        orphans.extend(homeless.into_iter().take(places));
    }
    Ok(orphans)
}

/// Gives each new place an entry: one of the same base name first.
fn pair<'a>(
    newcomers: &BTreeSet<&'a RepoPath>,
    orphans: &[(usize, &RepoPath)],
) -> Vec<(&'a RepoPath, usize)> {
    let mut left = orphans.to_vec();
    let mut pairs = Vec::new();
    let mut nameless = Vec::new();
    for &path in newcomers {
        match left.iter().position(|(_, old)| old.base_name() == path.base_name()) {
            Some(at) => pairs.push((path, left.remove(at).0)),
            None => nameless.push(path),
        }
    }
    pairs.extend(nameless.into_iter().zip(left.into_iter().map(|(entry, _)| entry)));
    pairs
}

/// Forbidden paths are covered by path and rule alone.
fn cover_paths(findings: &[Finding], baseline: &Baseline, covered: &mut [Coverage]) {
    let paths: Vec<usize> =
        (0..findings.len()).filter(|&at| findings[at].value().is_none()).collect();
    if paths.is_empty() {
        return;
    }
    for (number, entry) in baseline.entries.iter().enumerate() {
        if entry.subject != Subject::Path {
            continue;
        }
        for &at in &paths {
            if findings[at].rule.id == entry.rule && entry.extent.holds(&findings[at].path) {
                covered[at].by.push((number, How::Here));
            }
        }
    }
}
