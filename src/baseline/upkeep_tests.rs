//! The life of a baseline: update, prune, check, decide, undo.

use super::testing::*;
use super::*;
use crate::model::{RepoPath, Verdict};

fn stamp() -> Stamp {
    let on = Some("2026-11-20".parse().unwrap());
    Stamp { by: Some("Ada <ada@example.org>".into()), on, via: None }
}

fn of(at: &str, value: &str, verdict: Verdict) -> Entry {
    entry(path(at), &strong(value), decision(verdict))
}

#[test]
fn update_takes_in_values_and_never_forbidden_paths_or_marked_ones() {
    let mut marked = found("c", strong("three"), 1);
    marked.hidden = Some(crate::model::Hidden { marker: "stanch:allow" });
    let head = [
        found("a", strong("one"), 1),
        found("a", strong("one"), 7),
        found("b", weak("hunter2"), 1),
        forbidden(".env"),
        marked,
    ];
    let mut baseline = Baseline::empty();
    let updated = baseline.update(&head, &stamp()).unwrap();
    assert_eq!(updated.added, 2);
    assert_eq!(baseline.entries().len(), 2);
    assert!(baseline.entries().iter().all(|entry| entry.verdict() == Verdict::Unaudited));
    let bytes = baseline.to_bytes();
    assert_eq!(baseline.update(&head, &stamp()).unwrap(), Updated::default());
    assert_eq!(baseline.to_bytes(), bytes);
}

#[test]
fn update_lets_every_kind_of_entry_follow_its_value() {
    for verdict in Verdict::ALL {
        let mut made = baseline(vec![of("old/a", "one", verdict)]);
        let updated = made.update(&[found("new/a", strong("one"), 1)], &stamp()).unwrap();
        assert_eq!(updated.moved.len(), 1, "{verdict}");
        assert_eq!(made.entries(), [of("new/a", "one", verdict)]);
    }
}

#[test]
fn an_entry_stays_where_its_value_stands_or_another_speaks_for_it() {
    let at = |path: &str| found(path, strong("one"), 1);
    // At home, and elsewhere too.
    let mut made = baseline(vec![of("a", "one", Verdict::TestValue)]);
    assert_eq!(made.update(&[at("a"), at("b")], &stamp()).unwrap(), Updated::default());
    // Where it would go, there is one.
    let both = vec![of("new", "one", Verdict::Accepted), of("old", "one", Verdict::TestValue)];
    let mut made = baseline(both.clone());
    assert_eq!(made.update(&[at("new")], &stamp()).unwrap(), Updated::default());
    assert_eq!(made.entries(), both);
    // A glob is no place that a value leaves.
    let glob = Extent::Glob(Glob::new("tests/**").unwrap());
    let bound = entry(glob, &strong("one"), decision(Verdict::TestValue));
    let mut made = baseline(vec![bound.clone()]);
    made.update(&[at("src/a")], &stamp()).unwrap();
    assert_eq!(made.entries(), [bound]);
}

#[test]
fn a_value_that_one_rule_holds_for_strong_keeps_its_whole_digest() {
    let whole = of("a", "one", Verdict::Accepted);
    let mut made = baseline(vec![whole.clone()]);
    let head = [found("a", weak("one"), 1), found("a", strong("one"), 2)];
    assert_eq!(made.update(&head, &stamp()).unwrap().redigested, 0);
    assert_eq!(made.entries(), [whole]);
    assert_eq!(made.update(&head[..1], &stamp()).unwrap().redigested, 1);
}

#[test]
fn prune_drops_what_is_gone_and_keeps_what_may_have_moved() {
    let gone = of("a", "gone", Verdict::Revoked);
    let here = of("b", "here", Verdict::Accepted);
    let torn = of("c", "torn", Verdict::Accepted);
    // Its value stands elsewhere, where an entry of its own covers it.
    let left = of("d", "here", Verdict::Accepted);
    let mut made = baseline(vec![gone.clone(), here.clone(), torn.clone(), left.clone()]);
    let present = [
        found("b", strong("here"), 1),
        found("x", strong("torn"), 1),
        found("y", strong("torn"), 1),
    ];
    assert_eq!(made.check(&present, "2026-11-20".parse().unwrap()).unused, [0, 3]);
    assert_eq!(made.prune(&present), [gone, left]);
    assert_eq!(made.entries(), [here, torn]);
}

#[test]
fn check_reports_each_kind() {
    let mut scripted = of("d", "four", Verdict::TestValue);
    scripted.via = Some(Via::Script);
    let made = baseline(vec![
        entry(path("a"), &strong("one"), accepted("2026-11-19")),
        Entry { via: Some(Via::Script), ..of("b", "two", Verdict::Unaudited) },
        of("c", "three", Verdict::Accepted),
        scripted,
    ]);
    let present = [
        found("a", strong("one"), 1),
        found("z", strong("three"), 1),
        found("d", strong("four"), 1),
    ];
    let checked = made.check(&present, "2026-11-20".parse().unwrap());
    assert_eq!(checked.unused, [1]);
    assert_eq!(checked.moved, [(2, RepoPath::new(&b"z"[..]))]);
    assert_eq!(checked.expired, [(0, "2026-11-19".parse().unwrap())]);
    assert_eq!((checked.unaudited, checked.scripted), (vec![1], vec![3]));
}

#[test]
fn a_decision_replaces_the_old_one_and_can_be_taken_back() {
    let before = vec![
        of("a", "one", Verdict::Unaudited),
        of("b", "one", Verdict::Unaudited),
        of("c", "two", Verdict::Unaudited),
        of("d", "one", Verdict::Accepted),
    ];
    let mut made = baseline(before.clone());
    let finding = found("a", strong("one"), 1);
    let undo = made.decide(&finding, decision(Verdict::TestValue), stamp()).unwrap();
    // It speaks for the value in `b` too, which nobody decided.
    let verdicts: Vec<Verdict> = made.entries().iter().map(Entry::verdict).collect();
    assert_eq!(verdicts, [Verdict::TestValue, Verdict::Unaudited, Verdict::Accepted]);
    assert_eq!(made.entries()[0].by.as_deref(), Some("Ada <ada@example.org>"));
    made.undo(undo);
    assert_eq!(made.entries(), before);
    // What is not as it was made is another decision, and stays.
    let undo = made.decide(&finding, decision(Verdict::TestValue), stamp()).unwrap();
    made.decide(&finding, decision(Verdict::Revoked), stamp()).unwrap();
    let decided = made.entries().to_vec();
    made.undo(undo);
    assert_eq!(made.entries(), decided);
}

#[test]
fn of_a_weak_value_a_decision_speaks_for_no_other_place() {
    let weak_at = |at: &str| entry(path(at), &weak("one"), decision(Verdict::Unaudited));
    let mut made = baseline(vec![weak_at("a"), weak_at("b")]);
    made.decide(&found("a", weak("one"), 1), decision(Verdict::TestValue), stamp()).unwrap();
    assert_eq!(made.entries()[1], weak_at("b"), "another value may have its four digits");
}

#[test]
fn a_decision_under_another_salt_comes_back_as_well() {
    let finding = found("a", strong("one"), 1);
    let mut theirs = Baseline { salts: vec![Salt::from_bytes([0xcd; 16])], entries: Vec::new() };
    theirs.decide(&finding, decision(Verdict::Revoked), stamp()).unwrap();
    let before = Baseline { salts: [SALT].into_iter().chain(theirs.salts).collect(), ..theirs };
    let mut made = before.clone();
    let undo = made.decide(&finding, decision(Verdict::TestValue), stamp()).unwrap();
    assert_eq!((made.salts.len(), made.entries.len()), (1, 1));
    made.undo(undo);
    assert_eq!(made, before);
}

#[test]
fn a_path_bound_decision_leaves_other_places_alone() {
    let mut made =
        baseline(vec![of("a", "one", Verdict::Unaudited), of("b", "one", Verdict::Unaudited)]);
    made.decide(&found("a", strong("one"), 1), accepted("2027-01-01"), stamp()).unwrap();
    let verdicts: Vec<Verdict> = made.entries().iter().map(Entry::verdict).collect();
    assert_eq!(verdicts, [Verdict::Accepted, Verdict::Unaudited]);
}

#[test]
fn a_forbidden_path_is_decided_by_path_and_rule() {
    let mut made = Baseline::empty();
    made.decide(&forbidden("x/.env"), decision(Verdict::FalsePositive), stamp()).unwrap();
    assert_eq!(made.entries()[0].subject, Subject::Path);
    let line = String::from_utf8(made.to_bytes()).unwrap();
    assert!(line.contains(r#"{"path": "x/.env", "rule": "env-file", "verdict": "false-positive""#));
    assert!(made.salts().is_empty());
}
