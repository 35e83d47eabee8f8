//! What happens to a baseline after it was made: it takes in what HEAD holds,
//! follows moves, drops what is gone, and records decisions.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::cover::{Coverage, How, cover};
use super::merge::join;
use super::{
    Baseline, Day, Decision, Digest, Entry, Extent, FileError, NoPast, Salt, Subject, Via,
};
use crate::model::{Finding, RepoPath, Secret, Strength, Verdict};

/// Who decides, when, and how.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    /// A name and an address.
    pub by: Option<String>,
    /// The day.
    pub on: Option<Day>,
    /// `script` when no person sits at a terminal.
    pub via: Option<Via>,
}

impl Stamp {
    /// Of what nobody decided, so nobody signs.
    pub(super) fn unsigned(&self) -> Self {
        Self { via: self.via, ..Self::default() }
    }
}

/// What `update` did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Updated {
    /// How many entries were added, all `unaudited`.
    pub added: usize,
    /// Entries that followed their value: from, to.
    pub moved: Vec<(RepoPath, RepoPath)>,
    /// How many entries were digested anew: with the first salt, or shorter
    /// because their value turned out to be weak.
    pub redigested: usize,
}

/// What `check` found, as numbers of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Cover nothing: their value is gone.
    pub unused: Vec<usize>,
    /// Stand under a path that no longer holds their value; the new one.
    pub moved: Vec<(usize, RepoPath)>,
    /// Have ended, and when.
    pub expired: Vec<(usize, Day)>,
    /// Nobody has decided yet.
    pub unaudited: Vec<usize>,
    /// Were decided without a terminal.
    pub scripted: Vec<usize>,
}

/// What takes a decision back.
#[derive(Debug, Clone)]
pub struct Undo {
    made: Entry,
    replaced: Vec<Entry>,
    /// Those of before: of the replaced, one may have been the last of its salt.
    salts: Vec<Salt>,
}

impl Baseline {
    /// Takes in the values that HEAD holds and nothing covers, as `unaudited`;
    /// lets entries follow their values; moves entries to the first salt.
    /// Forbidden paths are never taken in: a tracked `.env` stays in the way
    /// until a person decides. `head` is all that was found in HEAD's tree.
    pub fn update(&mut self, head: &[Finding], stamp: &Stamp) -> Result<Updated, FileError> {
        let salt = self.own_salt()?;
        let covered = self.covered(head);
        let mut updated = Updated::default();
        for (number, path) in self.moves(head, &covered) {
            let extent = Extent::Path(path.clone());
            let old = std::mem::replace(&mut self.entries[number].extent, extent);
            updated.moved.extend(old.path().cloned().map(|old| (old, path)));
        }
        updated.redigested = self.redigest(head, &covered, salt);
        self.settle();
        let covered = self.covered(head);
        let before = self.entries.len();
        for (finding, coverage) in head.iter().zip(&covered) {
            let is_open = coverage.by.is_empty() && finding.hidden.is_none();
            let Some(value) = finding.value().filter(|_| is_open) else { continue };
            let digest = Some(Digest::of(&salt, value));
            let entry = new_entry(finding, digest, Decision::unaudited(), stamp.unsigned());
            self.entries.push(entry);
        }
        self.settle();
        updated.added = self.entries.len() - before;
        Ok(updated)
    }

    /// Drops the entries that cover none of `present`, which is everything
    /// found in HEAD, the index and the work tree. Gives back what was dropped.
    /// An entry whose value stands somewhere uncovered stays: it may have moved.
    pub fn prune(&mut self, present: &[Finding]) -> Vec<Entry> {
        let covered = self.covered(present);
        let used = used(&covered);
        let unused = self.take(|number, _| !used.contains(&number));
        self.settle();
        unused
    }

    /// Reports the entries that want attention. Changes nothing.
    pub fn check(&self, present: &[Finding], today: Day) -> Checked {
        let covered = self.covered(present);
        let used = used(&covered);
        let numbers = |holds: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
            (0..self.entries.len()).filter(|&number| holds(&self.entries[number])).collect()
        };
        let ended = |number: usize| Some((number, self.entries[number].decision.ended(today)?));
        Checked {
            unused: (0..self.entries.len()).filter(|number| !used.contains(number)).collect(),
            moved: self.moves(present, &covered).into_iter().collect(),
            expired: (0..self.entries.len()).filter_map(ended).collect(),
            unaudited: numbers(&|entry| entry.verdict() == Verdict::Unaudited),
            scripted: numbers(&|entry| {
                entry.via.is_some() && entry.verdict() != Verdict::Unaudited
            }),
        }
    }

    /// Records a decision on a finding, in place of whatever was decided of it
    /// at its path. A verdict on the value also clears away `unaudited`
    /// entries of the same value: it speaks for them.
    pub fn decide(
        &mut self,
        finding: &Finding,
        decision: Decision,
        stamp: Stamp,
    ) -> Result<Undo, FileError> {
        let digest = match finding.value() {
            Some(value) => Some(Digest::of(&self.own_salt()?, value)),
            None => None,
        };
        let everywhere = decision.verdict().holds_everywhere();
        let made = new_entry(finding, digest, decision, stamp);
        let digests: HashSet<Digest> = finding
            .value()
            .into_iter()
            .flat_map(|value| self.salts.iter().flat_map(|salt| Digest::candidates(salt, value)))
            .collect();
        let is_replaced = |entry: &Entry| match entry.digest() {
            None => entry.key() == made.key(),
            Some(digest) if !digests.contains(digest) => false,
            Some(digest) => {
                let is_superfluous = everywhere
                    && entry.verdict() == Verdict::Unaudited
                    && digest.strength() == Strength::Strong;
                entry.extent == made.extent || is_superfluous
            }
        };
        let replaced = self.take(|_, entry| is_replaced(entry));
        let salts = self.salts.clone();
        self.entries.push(made.clone());
        self.settle();
        Ok(Undo { made, replaced, salts })
    }

    /// Takes a decision back, if nobody has changed it since.
    pub fn undo(&mut self, undo: Undo) {
        let before = self.entries.len();
        self.entries.retain(|entry| *entry != undo.made);
        if self.entries.len() < before {
            let gone = undo.salts.into_iter().filter(|salt| !self.salts.contains(salt));
            self.salts.extend(gone.collect::<Vec<_>>());
            self.entries.extend(undo.replaced);
            self.settle();
        }
    }

    /// The number of the entry that says most of each finding, in a scan that
    /// has no parent; none where nothing covers it.
    pub fn telling(&self, findings: &[Finding]) -> Vec<Option<usize>> {
        self.covered(findings).iter().map(|coverage| coverage.telling(self)).collect()
    }

    /// Takes out the entries, told with their number, that `leaves` holds for.
    fn take(&mut self, leaves: impl Fn(usize, &Entry) -> bool) -> Vec<Entry> {
        let mut numbers = 0..;
        let is_next =
            |entry: &mut Entry| numbers.next().is_some_and(|number| leaves(number, entry));
        self.entries.extract_if(.., is_next).collect()
    }

    /// The salt to digest with: the first of the file, or a new one.
    fn own_salt(&mut self) -> Result<Salt, FileError> {
        if let Some(salt) = self.salts.first() {
            return Ok(*salt);
        }
        let salt = Salt::random().map_err(|error| {
            FileError::Io("cannot make a salt for", "the baseline".into(), error)
        })?;
        self.salts.push(salt);
        Ok(salt)
    }

    fn covered(&self, findings: &[Finding]) -> Vec<Coverage> {
        cover(findings, self, &NoPast).expect("NoPast answers everything")
    }

    /// Which entries have to follow their value, and where to.
    fn moves(&self, findings: &[Finding], covered: &[Coverage]) -> BTreeMap<usize, RepoPath> {
        let mut moves = BTreeMap::new();
        let mut at_home = HashSet::new();
        let mut abroad: BTreeMap<usize, BTreeSet<&RepoPath>> = BTreeMap::new();
        for (finding, coverage) in findings.iter().zip(covered) {
            let has_own = coverage.by.iter().any(|&(_, how)| how == How::Here);
            for &(number, how) in &coverage.by {
                match how {
                    How::Here => drop(at_home.insert(number)),
                    How::Moved => drop(moves.insert(number, finding.path.clone())),
                    How::Everywhere if has_own => drop(at_home.insert(number)),
                    How::Everywhere => {
                        abroad.entry(number).or_default().insert(&finding.path);
                    }
                }
            }
        }
        for (number, paths) in abroad {
            let is_bound = self.entries[number].extent.path().is_some();
            if let (true, false, 1) = (is_bound, at_home.contains(&number), paths.len()) {
                moves.extend(paths.into_iter().map(|path| (number, path.clone())));
            }
        }
        moves
    }

    /// Digests entries anew whose value was found: under the first salt, and
    /// shorter if every rule that finds the value holds it for weak.
    fn redigest(&mut self, findings: &[Finding], covered: &[Coverage], salt: Salt) -> usize {
        let is_strong = |value: &&Secret| value.strength() == Strength::Strong;
        let strong: HashSet<&[u8]> = findings
            .iter()
            .filter_map(Finding::value)
            .filter(is_strong)
            .map(Secret::expose)
            .collect();
        let mut changed = 0;
        let mut gone = BTreeSet::new();
        for (finding, coverage) in findings.iter().zip(covered) {
            let Some(value) = finding.value() else { continue };
            if value.strength() == Strength::Weak && strong.contains(value.expose()) {
                continue;
            }
            let subject = Subject::Value(Digest::of(&salt, value));
            for &(number, _) in &coverage.by {
                if self.entries[number].subject == subject || gone.contains(&number) {
                    continue;
                }
                let twin = self.twin(number, subject);
                match twin.map(|twin| (twin, join(&self.entries[twin], &self.entries[number]))) {
                    None => self.entries[number].subject = subject,
                    Some((twin, Ok(joined))) => {
                        self.entries[twin] = Entry { subject, ..joined };
                        gone.insert(number);
                    }
                    // Two decisions that contradict each other: both stay, for a person.
                    Some((_, Err(_))) => continue,
                }
                changed += 1;
            }
        }
        self.take(|number, _| gone.contains(&number));
        changed
    }

    /// The entry of the same extent that already has `subject`, which this one has not.
    fn twin(&self, number: usize, subject: Subject) -> Option<usize> {
        let extent = &self.entries[number].extent;
        self.entries.iter().position(|other| other.subject == subject && other.extent == *extent)
    }

    /// Restores what every baseline is: sorted, one entry a key, no salt that
    /// nothing was digested with but the first.
    pub(super) fn settle(&mut self) {
        self.entries.sort_by(|a, b| a.key().cmp(&b.key()));
        self.entries.dedup_by(|later, first| later.key() == first.key());
        let Some(first) = self.salts.first().copied() else { return };
        let is_used = |salt: &Salt| self.entries.iter().any(|entry| entry.names(salt));
        self.salts.retain(|salt| *salt == first || is_used(salt));
    }
}

/// The entries that cover something, and those that may have moved somewhere.
fn used(covered: &[Coverage]) -> HashSet<usize> {
    let mut used = HashSet::new();
    for coverage in covered {
        used.extend(coverage.by.iter().map(|&(number, _)| number));
        if coverage.by.is_empty() {
            used.extend(&coverage.elsewhere);
        }
    }
    used
}

fn new_entry(finding: &Finding, digest: Option<Digest>, decision: Decision, stamp: Stamp) -> Entry {
    Entry {
        extent: Extent::Path(finding.path.clone()),
        subject: digest.map_or(Subject::Path, Subject::Value),
        rule: finding.rule.id.to_owned(),
        decision,
        by: stamp.by,
        on: stamp.on,
        via: stamp.via,
    }
}
