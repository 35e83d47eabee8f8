//! The three-way merge, key by key. What one side changed wins over what the
//! other left alone; a deletion is a change, so what was pruned stays pruned.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Baseline, Day, Decision, Entry, Extent, Key, Salt, Subject, Via, canonical};
use crate::model::Verdict;

/// What a merge came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    salts: Vec<Salt>,
    outcomes: Vec<Side>,
}

/// What became of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Side {
    Clean(Entry),
    Conflict(Box<Conflict>),
}

/// Two people decided differently of the same value in the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Our entry.
    pub ours: Entry,
    /// Theirs.
    pub theirs: Entry,
}

/// Merges what became of `base` on two sides. Two baselines made apart have
/// an empty base; both keep their salts.
pub fn merge(base: &Baseline, ours: &Baseline, theirs: &Baseline) -> Merged {
    let [mut base, mut ours, mut theirs] = [base, ours, theirs].map(Cow::Borrowed);
    follow(&mut base, &ours, &mut theirs);
    follow(&mut base, &theirs, &mut ours);
    let mut sides = [&base, &ours, &theirs].map(|side| side.entries.iter().peekable());
    let mut outcomes = Vec::with_capacity(ours.entries.len().max(theirs.entries.len()));
    // All three are sorted, so they are walked side by side.
    while let Some(key) = sides.iter_mut().filter_map(|side| Some(side.peek()?.key())).min() {
        let [base, ours, theirs] =
            sides.each_mut().map(|side| side.next_if(|entry| entry.key() == key));
        outcomes.extend(merge_one(base, ours, theirs));
    }
    let salts = merge_salts(&base.salts, &ours.salts, &theirs.salts, &outcomes);
    Merged { salts, outcomes }
}

impl Merged {
    /// The merged baseline, unless something is in conflict.
    pub fn clean(&self) -> Option<Baseline> {
        let entry = |side: &Side| match side {
            Side::Clean(entry) => Some(entry.clone()),
            Side::Conflict(_) => None,
        };
        let entries = self.outcomes.iter().map(entry).collect::<Option<Vec<Entry>>>()?;
        Some(Baseline { salts: self.salts.clone(), entries })
    }

    /// What people have to settle.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let conflict = |side| match side {
            &Side::Clean(_) => None,
            Side::Conflict(conflict) => Some(conflict.as_ref()),
        };
        self.outcomes.iter().filter_map(conflict).collect()
    }

    /// The bytes: the baseline, and where two decisions differ both of them,
    /// each a valid line, between markers as git leaves them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines = self.outcomes.iter().map(|side| match side {
            Side::Clean(entry) => canonical::Item::Entry(entry),
            Side::Conflict(conflict) => canonical::Item::Either(&conflict.ours, &conflict.theirs),
        });
        canonical::render(&self.salts, lines)
    }
}

/// Where one side let an entry follow its value to another path and the other
/// side changed it under the old one, the change follows too. An entry moved
/// if its key is gone and exactly one new key has the same digest and decision.
fn follow(base: &mut Cow<'_, Baseline>, mover: &Baseline, other: &mut Cow<'_, Baseline>) {
    let stayed_or_same = |entry: &Entry| {
        mover.find(entry.key()).is_some()
            || other.find(entry.key()).is_none_or(|theirs| theirs == entry)
    };
    let mut gone = base.entries.iter().filter(|entry| entry.digest().is_some()).peekable();
    while gone.next_if(|entry| stayed_or_same(entry)).is_some() {}
    if gone.peek().is_none() {
        return;
    }
    let mut new: HashMap<Subject, Vec<&Entry>> = HashMap::new();
    for entry in mover.entries.iter().filter(|entry| base.find(entry.key()).is_none()) {
        new.entry(entry.subject).or_default().push(entry);
    }
    let mut taken: HashSet<Key<'_>> = HashSet::new();
    let mut renamed: Vec<(Entry, Extent)> = Vec::new();
    for entry in gone.filter(|entry| !stayed_or_same(entry)) {
        let new = new.get(&entry.subject).into_iter().flatten();
        let mut candidates = new.filter(|new| new.decision == entry.decision);
        if let (Some(new), None) = (candidates.next(), candidates.next())
            && other.find(new.key()).is_none()
            && taken.insert(new.key())
        {
            renamed.push((entry.clone(), new.extent.clone()));
        }
    }
    rename(base.to_mut(), &renamed);
    rename(other.to_mut(), &renamed);
}

/// Gives entries another extent.
fn rename(side: &mut Baseline, renamed: &[(Entry, Extent)]) {
    let places: Vec<(usize, &Extent)> =
        renamed.iter().filter_map(|(old, extent)| Some((side.place(old.key())?, extent))).collect();
    for (at, extent) in places {
        side.entries[at].extent = extent.clone();
    }
    side.entries.sort_by(|a, b| a.key().cmp(&b.key()));
}

impl Baseline {
    fn place(&self, key: Key<'_>) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.key().cmp(&key)).ok()
    }

    fn find(&self, key: Key<'_>) -> Option<&Entry> {
        self.place(key).map(|at| &self.entries[at])
    }
}

fn merge_one(base: Option<&Entry>, ours: Option<&Entry>, theirs: Option<&Entry>) -> Option<Side> {
    if ours == theirs || theirs == base {
        return ours.cloned().map(Side::Clean);
    }
    if ours == base {
        return theirs.cloned().map(Side::Clean);
    }
    // Both changed it, in different ways; who deleted it did so because the
    // value is gone.
    let (ours, theirs) = (ours?, theirs?);
    let conflict = |Differ| {
        let (ours, theirs) = (ours.clone(), theirs.clone());
        Side::Conflict(Box::new(Conflict { ours, theirs }))
    };
    Some(join(ours, theirs).map_or_else(conflict, Side::Clean))
}

/// The two entries hold different decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Differ;

/// One entry for two of the same key: the stricter end, both reasons, the
/// earlier day; a decision wins over none. The same whichever comes first.
pub(super) fn join(a: &Entry, b: &Entry) -> Result<Entry, Differ> {
    if a.verdict() != b.verdict() {
        return match (a.verdict(), b.verdict()) {
            (Verdict::Unaudited, _) => Ok(b.clone()),
            (_, Verdict::Unaudited) => Ok(a.clone()),
            _ => Err(Differ),
        };
    }
    let decision = Decision::new(
        a.verdict(),
        union(a.decision.reason(), b.decision.reason(), "; "),
        union(a.decision.owner(), b.decision.owner(), ", "),
        earlier(a.decision.until(), b.decision.until()),
    )
    .expect("what both have, their union has");
    // Who decided first, and on which day, go together.
    let first = [a, b].into_iter().min_by_key(|entry| {
        (entry.on.is_none(), entry.on, entry.by.is_none(), entry.by.as_deref())
    });
    let first = first.unwrap_or(a);
    Ok(Entry {
        extent: a.extent.clone(),
        subject: a.subject,
        rule: a.rule.as_str().min(b.rule.as_str()).to_owned(),
        decision,
        by: first.by.clone(),
        on: first.on,
        // What a person decided too is a person's decision.
        via: match (a.via, b.via) {
            (Some(Via::Script), Some(Via::Script)) => Some(Via::Script),
            (None, _) | (_, None) => None,
        },
    })
}

fn earlier(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (day, None) | (None, day) => day,
    }
}

/// Both texts, or the parts of both, each once.
fn union(a: Option<&str>, b: Option<&str>, between: &str) -> Option<String> {
    let (Some(a), Some(b)) = (a, b) else { return a.or(b).map(str::to_owned) };
    if a == b {
        return Some(a.to_owned());
    }
    let parts: BTreeSet<&str> = a.split(between).chain(b.split(between)).collect();
    Some(parts.into_iter().collect::<Vec<_>>().join(between))
}

/// Every salt something was digested with, and of the others what no side
/// dropped; the base's in their order, then new ones by their bytes.
fn merge_salts(base: &[Salt], ours: &[Salt], theirs: &[Salt], outcomes: &[Side]) -> Vec<Salt> {
    let is_used = |salt: &Salt| {
        outcomes.iter().any(|side| match side {
            Side::Clean(entry) => entry.names(salt),
            Side::Conflict(both) => both.ours.names(salt) || both.theirs.names(salt),
        })
    };
    let added: BTreeSet<Salt> =
        ours.iter().chain(theirs).filter(|salt| !base.contains(salt)).copied().collect();
    let mut salts: Vec<Salt> = base.iter().copied().chain(added).collect();
    let in_both = |salt: &Salt| ours.contains(salt) && theirs.contains(salt);
    salts.retain(|salt| is_used(salt) || in_both(salt));
    if salts.is_empty() {
        salts.extend(ours.iter().chain(theirs).min());
    }
    salts
}
