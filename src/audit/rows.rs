//! The rows of the list: which items are shown, how they are grouped, and
//! where the cursor goes when they change.

use std::collections::{BTreeMap, HashMap};

use super::state::Item;

/// How the list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Identical values together.
    Value,
    /// Findings of one rule together.
    Rule,
}

/// Which items are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// What wants a decision.
    Open,
    /// What is decided too.
    All,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Row {
    /// The head of a group, with its members.
    Head(String, Vec<usize>),
    /// An item.
    Item(usize),
}

/// The rows of those items that are to be shown and match `filter`.
pub(super) fn arrange(items: &[Item], order: Order, shown: Shown, filter: &str) -> Vec<Row> {
    let wanted = filter.to_lowercase();
    let matches = |item: &Item| {
        let texts = [&item.place, item.rule.id, item.rule.description, &item.standing.words];
        texts.iter().any(|text| text.to_lowercase().contains(&wanted))
    };
    let is_shown = |at: &usize| {
        let item = &items[*at];
        (item.standing.open || shown == Shown::All) && matches(item)
    };
    let mut groups: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    let mut first_of = HashMap::new();
    for at in (0..items.len()).filter(is_shown) {
        let key = match order {
            Order::Rule => (items[at].rule.id, 0),
            Order::Value => ("", *first_of.entry(items[at].value).or_insert(at)),
        };
        groups.entry(key).or_default().push(at);
    }
    let mut rows = Vec::new();
    for ((rule, _), members) in groups {
        if order == Order::Rule || members.len() > 1 {
            let item = &items[members[0]];
            let name = match order {
                Order::Rule => rule,
                Order::Value if item.shown.is_empty() => item.rule.description,
                Order::Value => &item.shown,
            };
            rows.push(Row::Head(format!("{} × {name}", members.len()), members.clone()));
        }
        rows.extend(members.into_iter().map(Row::Item));
    }
    rows
}

/// Where a cursor at `cursor` of the rows `old` stands in `new`: on the same
/// row, else on the next one that is still there, else on the last before it.
pub(super) fn follow(old: &[Row], cursor: usize, new: &[Row]) -> usize {
    let after = old.iter().skip(cursor);
    let before = old.iter().take(cursor).rev();
    after.chain(before).find_map(|row| find(row, new)).unwrap_or(0)
}

fn find(row: &Row, rows: &[Row]) -> Option<usize> {
    match row {
        Row::Item(_) => rows.iter().position(|other| other == row),
        Row::Head(_, members) => {
            let is_it = |other: &Row| matches!(other, Row::Head(_, others) if others.iter().any(|at| members.contains(at)));
            rows.iter()
                .position(is_it)
                .or_else(|| members.iter().find_map(|at| find(&Row::Item(*at), rows)))
        }
    }
}
