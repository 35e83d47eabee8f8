//! What was decided between two baselines.

use super::{Baseline, Entry};

/// One key that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// It is new.
    Added(&'a Entry),
    /// It is gone.
    Removed(&'a Entry),
    /// It was decided anew: before, after.
    Changed(&'a Entry, &'a Entry),
}

/// The keys in which `new` differs from `old`, in the order of the file.
pub fn diff<'a>(old: &'a Baseline, new: &'a Baseline) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let (mut before, mut after) = (old.entries.iter().peekable(), new.entries.iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return changes,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.key().cmp(&new.key()),
        };
        changes.extend(match order {
            std::cmp::Ordering::Less => before.next().map(Change::Removed),
            std::cmp::Ordering::Greater => after.next().map(Change::Added),
            std::cmp::Ordering::Equal => {
                let pair = before.next().zip(after.next()).filter(|(old, new)| old != new);
                pair.map(|(old, new)| Change::Changed(old, new))
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::model::Verdict;

    #[test]
    fn each_key_that_differs_is_shown_once() {
        let of = |at, verdict| entry(path(at), &strong("one"), decision(verdict));
        let old = baseline(vec![
            of("a", Verdict::Unaudited),
            of("b", Verdict::Unaudited),
            of("c", Verdict::Revoked),
        ]);
        let new = baseline(vec![
            of("b", Verdict::TestValue),
            of("c", Verdict::Revoked),
            of("d", Verdict::Revoked),
        ]);
        let kinds: Vec<(&str, String)> = diff(&old, &new)
            .into_iter()
            .map(|change| match change {
                Change::Added(entry) => ("+", entry.extent.to_string()),
                Change::Removed(entry) => ("-", entry.extent.to_string()),
                Change::Changed(_, entry) => ("~", entry.extent.to_string()),
            })
            .collect();
        assert_eq!(kinds, [("-", "a".into()), ("~", "b".into()), ("+", "d".into())]);
        assert!(diff(&old, &old).is_empty());
    }
}
