//! Promises of this room, tried on many baselines: what is written is read as
//! it was, merging is fair and forgets nothing, an entry outlives every move.

use proptest::prelude::*;

use super::testing::*;
use super::*;
use crate::model::{Finding, Status, Verdict};

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop::sample::select(Verdict::ALL.to_vec())
}

fn decisions() -> impl Strategy<Value = Decision> {
    let text = || prop::option::of("[a-cé\"\\\\\u{202e}\n;]{1,4}x");
    let days =
        prop::option::of((2026u16..2028, 1u8..13).prop_map(|(y, m)| format!("{y}-{m:02}-01")));
    (verdicts(), text(), text(), days).prop_map(|(verdict, reason, owner, until)| {
        let until = until.map(|day| day.parse().unwrap());
        Decision::new(verdict, reason, owner, until).unwrap_or_else(|_| accepted("2027-01-01"))
    })
}

fn entries() -> impl Strategy<Value = Entry> {
    let stamp = (prop::option::of("[AB] <a@b>"), any::<bool>(), any::<bool>());
    (0u8..6, 0u8..4, decisions(), stamp).prop_map(|(at, value, decision, (by, dated, scripted))| {
        let extent = match at {
            0 => Extent::Glob(Glob::new("tests/**").unwrap()),
            1 => Extent::Path(RepoPath::new(&b"\xffa"[..])),
            _ => path(&format!("src/{at}\u{1b}\"")),
        };
        let mut entry = match value {
            0 => path_entry(extent, ENV_FILE.id),
            1 => entry(extent, &weak("hunter2"), decision.clone()),
            _ => entry(extent, &strong(&format!("value-{value}")), decision.clone()),
        };
        entry.decision = decision;
        entry.by = by;
        entry.on = dated.then(|| "2026-11-20".parse().unwrap());
        entry.via = scripted.then_some(Via::Script);
        entry
    })
}

fn baselines() -> impl Strategy<Value = Baseline> {
    prop::collection::vec(entries(), 0..8).prop_map(|entries| {
        let mut made = baseline(entries);
        made.settle();
        made
    })
}

proptest! {
    #[test]
    fn write_read_write_is_byte_identical(baseline in baselines()) {
        let once = baseline.to_bytes();
        let read = Baseline::parse(&once, "b").unwrap();
        prop_assert_eq!(&read, &baseline);
        prop_assert_eq!(read.to_bytes(), once);
    }

    #[test]
    fn any_bytes_are_a_baseline_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..900, baseline in baselines()) {
        drop(Baseline::parse(&bytes, "b"));
        let mut good = baseline.to_bytes();
        good.truncate(cut);
        drop(Baseline::parse(&good, "b"));
        let at = cut.min(good.len());
        good.splice(at..at, bytes);
        drop(Baseline::parse(&good, "b"));
    }

    #[test]
    fn merging_is_the_same_from_either_side(base in baselines(), ours in baselines(), theirs in baselines()) {
        let (one, other) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
        prop_assert_eq!(one.clean().map(|b| b.to_bytes()), other.clean().map(|b| b.to_bytes()));
        prop_assert_eq!(one.conflicts().len(), other.conflicts().len());
    }

    #[test]
    fn merging_with_itself_or_with_its_base_changes_nothing(base in baselines(), ours in baselines()) {
        for result in [merge(&base, &ours, &ours), merge(&base, &ours, &base), merge(&ours, &ours, &ours)] {
            prop_assert_eq!(result.clean().map(|b| b.entries), Some(ours.entries.clone()));
        }
        if let Some(result) = merge(&base, &ours, &base).clean() {
            let again = merge(&base, &result, &ours).clean().unwrap();
            prop_assert_eq!(again.entries, result.entries);
        }
    }

    #[test]
    fn what_one_side_pruned_stays_pruned(base in baselines(), theirs in baselines(), keep in any::<u8>()) {
        let mut ours = base.clone();
        let mut at = 0;
        ours.entries.retain(|_| { at += 1; keep >> (at % 8) & 1 == 1 });
        let result = merge(&base, &ours, &theirs);
        let kept = |entries: &[Entry], key: Key<'_>| entries.iter().any(|e| e.key() == key);
        if let Some(result) = result.clean() {
            for entry in &base.entries {
                if !kept(&ours.entries, entry.key()) {
                    prop_assert!(!kept(&result.entries, entry.key()));
                }
            }
        }
        for conflict in result.conflicts() {
            prop_assert!(kept(&ours.entries, conflict.ours.key()));
        }
    }

    #[test]
    fn a_clean_merge_is_a_baseline_and_invents_nothing(base in baselines(), ours in baselines(), theirs in baselines()) {
        let result = merge(&base, &ours, &theirs);
        if let Some(clean) = result.clean() {
            let read = Baseline::parse(&clean.to_bytes(), "b").unwrap();
            prop_assert_eq!(read.to_bytes(), result.to_bytes());
            for entry in clean.entries() {
                let known = |side: &Baseline| side.entries.iter().any(|e| e.subject == entry.subject);
                prop_assert!(known(&ours) || known(&theirs));
            }
        } else {
            let error = Baseline::parse(&result.to_bytes(), "b").unwrap_err();
            prop_assert_eq!(error.fault, error::Fault::Conflict);
        }
    }

    #[test]
    fn lines_and_rules_and_renames_never_change_the_verdict(
        verdict in verdicts(),
        line in 1usize..10_000,
        renamed in any::<bool>(),
        other_rule in any::<bool>(),
    ) {
        let entries = vec![entry(path("src/a"), &strong("one"), decision(verdict))];
        let mut finding = found(if renamed { "lib/a" } else { "src/a" }, strong("one"), line);
        if other_rule {
            finding.rule = &OTHER;
        }
        let today = "2026-11-20".parse().unwrap();
        let judged = judge(vec![finding], &baseline(entries), &NoPast, today).unwrap();
        prop_assert_eq!(&judged[0].status, &Status::Known(verdict));
    }

    #[test]
    fn a_changed_secret_is_never_known(baseline in baselines(), value in "[a-z]{8,20}", at in 2u8..6) {
        let finding: Finding = found(&format!("src/{at}\u{1b}\""), strong(&value), 1);
        let today = "2026-11-20".parse().unwrap();
        let judged = judge(vec![finding], &baseline, &NoPast, today).unwrap();
        prop_assert_eq!(&judged[0].status, &Status::New { known_elsewhere: false });
    }
}

fn three(base: Vec<Entry>, ours: Vec<Entry>, theirs: Vec<Entry>) -> Merged {
    merge(&baseline(base), &baseline(ours), &baseline(theirs))
}

fn of(at: &str, verdict: Verdict) -> Entry {
    entry(path(at), &strong("one"), decision(verdict))
}

#[test]
fn a_decision_wins_over_none_and_two_that_differ_conflict() {
    let (unaudited, test) = (of("a", Verdict::Unaudited), of("a", Verdict::TestValue));
    let revoked = of("a", Verdict::Revoked);
    let clean = three(vec![], vec![unaudited.clone()], vec![test.clone()]).clean().unwrap();
    assert_eq!(clean.entries(), std::slice::from_ref(&test));

    let result = three(vec![unaudited], vec![test], vec![revoked]);
    assert!(result.clean().is_none());
    let written = String::from_utf8(result.to_bytes()).unwrap();
    let lines: Vec<&str> = written.lines().skip(5).collect();
    assert_eq!((lines[0], lines[2], lines[4]), ("<<<<<<< ours", "=======", ">>>>>>> theirs"));
    // Each side alone is a baseline again.
    for keep in [1, 3] {
        let settled: Vec<&str> = written
            .lines()
            .enumerate()
            .filter(|(at, _)| *at < 5 || *at == 5 + keep || *at > 9)
            .map(|(_, l)| l)
            .collect();
        assert!(Baseline::parse(settled.join("\n").as_bytes(), "b").is_ok());
    }
}

#[test]
fn two_who_decide_alike_are_joined_to_the_stricter_terms() {
    let accept = |reason: &str, until: &str, on: &str, by: &str| {
        let text = |t: &str| Some(t.to_owned());
        let decision = Decision::new(
            Verdict::Accepted,
            text(reason),
            text("ops"),
            Some(until.parse().unwrap()),
        );
        let mut entry = entry(path("a"), &strong("one"), decision.unwrap());
        entry.on = Some(on.parse().unwrap());
        entry.by = text(by);
        entry
    };
    let ours = accept("legacy", "2027-03-01", "2026-11-02", "Ada");
    let theirs = accept("batch job", "2027-01-01", "2026-11-05", "Bob");
    let clean = three(vec![of("a", Verdict::Unaudited)], vec![ours], vec![theirs]).clean().unwrap();
    assert_eq!(clean.entries(), [accept("batch job; legacy", "2027-01-01", "2026-11-02", "Ada")]);
}

#[test]
fn a_decision_follows_an_entry_that_the_other_side_moved() {
    let base = vec![of("old", Verdict::Unaudited)];
    let moved = vec![of("new", Verdict::Unaudited)];
    let decided = vec![of("old", Verdict::Accepted)];
    for result in [three(base.clone(), moved.clone(), decided.clone()), three(base, decided, moved)]
    {
        assert_eq!(result.clean().unwrap().entries(), [of("new", Verdict::Accepted)]);
    }
}

#[test]
fn of_two_that_may_have_moved_to_one_place_one_did() {
    let base = vec![of("old", Verdict::Unaudited), of("older", Verdict::Unaudited)];
    let moved = vec![of("new", Verdict::Unaudited)];
    let decided = vec![of("old", Verdict::Accepted), of("older", Verdict::TestValue)];
    let result = three(base, moved, decided).clean().unwrap();
    assert_eq!(result.entries(), [of("new", Verdict::Accepted)]);
}

#[test]
fn a_forbidden_path_does_not_move() {
    let forbidden = |at: &str| path_entry(path(at), ENV_FILE.id);
    let decided = Entry { decision: decision(Verdict::Revoked), ..forbidden("old") };
    let result = three(vec![forbidden("old")], vec![forbidden("new")], vec![decided]);
    assert_eq!(result.clean().unwrap().entries(), [forbidden("new")]);
}

#[test]
fn what_only_scripts_decided_is_a_scripts_decision() {
    let by = |via| Entry { via, ..of("a", Verdict::TestValue) };
    for (ours, theirs) in [(Some(Via::Script), Some(Via::Script)), (Some(Via::Script), None)] {
        let mut theirs_entry = by(theirs);
        theirs_entry.by = Some("Ada".into());
        let result = three(vec![], vec![by(ours)], vec![theirs_entry]).clean().unwrap();
        assert_eq!(result.entries()[0].via, ours.and(theirs));
    }
}

#[test]
fn salts_that_nothing_needs_stay_where_both_sides_have_them_and_one_always_does() {
    let with = |salts: &[u8]| Baseline {
        salts: salts.iter().map(|byte| Salt::from_bytes([*byte; 16])).collect(),
        entries: Vec::new(),
    };
    let merged =
        |base, ours, theirs| merge(&with(base), &with(ours), &with(theirs)).clean().unwrap();
    assert_eq!(merged(&[2, 1], &[2, 1], &[2, 1]), with(&[2, 1]));
    assert_eq!(merged(&[2, 1], &[2], &[2, 1]), with(&[2]));
    assert_eq!(merged(&[], &[2], &[1]), with(&[1]));
}

#[test]
fn where_both_sides_have_the_new_place_nothing_follows_there() {
    let base = vec![of("old", Verdict::Unaudited)];
    let moved = vec![of("new", Verdict::Unaudited)];
    let both = vec![of("old", Verdict::Accepted), of("new", Verdict::TestValue)];
    let result = three(base, moved, both).clean().unwrap();
    assert_eq!(result.entries(), [of("new", Verdict::TestValue)]);
}

#[test]
fn baselines_made_apart_keep_both_salts_and_update_moves_to_the_first() {
    let other = Salt::from_bytes([0xcd; 16]);
    let mut theirs = baseline(vec![]);
    theirs.salts = vec![other];
    let mine = found("a", strong("one"), 1);
    let also = found("b", strong("two"), 1);
    theirs.update(&[mine.clone(), also.clone()], &Stamp::default()).unwrap();
    let ours = baseline(vec![of("a", Verdict::TestValue)]);
    let mut both = merge(&Baseline::empty(), &ours, &theirs).clean().unwrap();
    assert_eq!(both.salts(), [SALT, other]);
    assert_eq!(both.entries().len(), 3);
    let again = found("a", strong("one"), 9);
    let updated = both.update(&[mine, again, also], &Stamp::default()).unwrap();
    assert_eq!((updated.added, updated.redigested), (0, 2));
    assert_eq!(both.salts(), [SALT]);
    let verdicts: Vec<Verdict> = both.entries().iter().map(Entry::verdict).collect();
    assert_eq!(verdicts, [Verdict::TestValue, Verdict::Unaudited]);
}

/// Run it by hand, optimized: `cargo test --profile profiling --lib
/// --no-default-features baseline::tests::a_hundred -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn a_hundred_thousand_entries() {
    use std::time::Instant;
    const COUNT: usize = 100_000;
    let findings: Vec<Finding> = (0..COUNT)
        .map(|n| {
            found(
                &format!("src/module-{}/file-{n}.py", n % 977),
                strong(&format!("secret-value-number-{n}")),
                n,
            )
        })
        .collect();
    let clock = |what: &str, start: Instant| {
        let line = format!("{what:<28} {:>8.1} ms\n", start.elapsed().as_secs_f64() * 1e3);
        std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
    };
    let mut made = baseline(Vec::new());
    let start = Instant::now();
    made.update(&findings, &Stamp::default()).unwrap();
    clock("create from 100,000 findings", start);
    let start = Instant::now();
    let bytes = made.to_bytes();
    clock(&format!("write {} bytes", bytes.len()), start);
    let start = Instant::now();
    let read = Baseline::parse(&bytes, "b").unwrap();
    clock("load", start);
    let today = "2026-11-20".parse().unwrap();
    for count in [1, 10, COUNT] {
        let some = findings[..count].to_vec();
        let start = Instant::now();
        let judged = judge(some, &read, &NoPast, today).unwrap();
        clock(&format!("judge {count} findings"), start);
        assert!(judged.iter().all(|judged| matches!(judged.status, Status::Known(_))));
    }
    let mut again = read.clone();
    let start = Instant::now();
    assert_eq!(again.update(&findings, &Stamp::default()).unwrap(), Updated::default());
    clock("update, nothing new", start);
    let start = Instant::now();
    assert_eq!(merge(&made, &read, &again).clean().unwrap().entries().len(), COUNT);
    clock("merge three", start);
}
