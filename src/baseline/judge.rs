//! Says of each finding what it is: the first that holds of expired, known,
//! allowed, existing, new.

use super::cover::{Coverage, cover};
use super::{Baseline, Day, Past};
use crate::model::{Finding, Judged, Problem, Status};

/// Judges findings by the baseline, by their markers and by the past.
/// The order of the findings stays.
pub fn judge(
    findings: Vec<Finding>,
    baseline: &Baseline,
    past: &dyn Past,
    today: Day,
) -> Result<Vec<Judged>, Problem> {
    let covered = cover(&findings, baseline, past)?;
    findings
        .into_iter()
        .zip(covered)
        .map(|(finding, coverage)| {
            let status = status(&finding, &coverage, (baseline, past), today)?;
            Ok(Judged { finding, status })
        })
        .collect()
}

fn status(
    finding: &Finding,
    coverage: &Coverage,
    (baseline, past): (&Baseline, &dyn Past),
    today: Day,
) -> Result<Status, Problem> {
    let ended = |&(number, _): &(usize, _)| baseline.entries[number].decision.ended(today);
    if let Some(until) = coverage.by.iter().filter_map(ended).min() {
        return Ok(Status::Expired { until: until.to_string() });
    }
    if let Some(number) = coverage.telling(baseline) {
        return Ok(Status::Known(baseline.entries[number].verdict()));
    }
    if finding.hidden.is_some() {
        return Ok(Status::Allowed);
    }
    if finding.value().is_some() && past.existed(finding)? {
        return Ok(Status::Existing);
    }
    Ok(Status::New { known_elsewhere: !coverage.elsewhere.is_empty() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::super::{Entry, Extent, Glob, NoPast};
    use super::*;
    use crate::model::{Hidden, RepoPath, Secret, Verdict};

    /// A change: `parent` and `now` say which path holds which value.
    #[derive(Default)]
    struct Change {
        parent: Vec<(&'static str, &'static str)>,
        now: Vec<(&'static str, &'static str)>,
    }

    fn holds(side: &[(&str, &str)], path: &RepoPath, value: &Secret) -> bool {
        side.iter().any(|(p, v)| p.as_bytes() == path.as_bytes() && v.as_bytes() == value.expose())
    }

    impl Past for Change {
        fn existed(&self, finding: &Finding) -> Result<bool, Problem> {
            Ok(holds(&self.parent, &finding.path, finding.value().unwrap()))
        }
        fn held_in_parent(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem> {
            Ok(holds(&self.parent, path, value))
        }
        fn holds_now(&self, path: &RepoPath, value: &Secret) -> Result<bool, Problem> {
            Ok(holds(&self.now, path, value))
        }
        fn left_by(&self, value: &Secret) -> Result<Vec<RepoPath>, Problem> {
            let paths = self.parent.iter().map(|(path, _)| RepoPath::new(*path));
            let left = |path: &RepoPath| {
                holds(&self.parent, path, value) && !holds(&self.now, path, value)
            };
            Ok(paths.filter(left).collect())
        }
    }

    fn judged(findings: Vec<Finding>, entries: Vec<Entry>, past: &dyn Past) -> Vec<Status> {
        let today = "2026-11-20".parse().unwrap();
        let judged = judge(findings, &baseline(entries), past, today).unwrap();
        judged.into_iter().map(|judged| judged.status).collect()
    }

    const NEW: Status = Status::New { known_elsewhere: false };
    const COPY: Status = Status::New { known_elsewhere: true };

    fn known(verdict: Verdict) -> Status {
        Status::Known(verdict)
    }

    fn of(at: &str, value: &str, verdict: Verdict) -> Entry {
        entry(path(at), &strong(value), decision(verdict))
    }

    #[test]
    fn the_first_that_holds_is_the_status() {
        let change = Change { parent: vec![("a", "one")], now: vec![("a", "one")] };
        let mut hidden = found("a", strong("one"), 1);
        hidden.hidden = Some(Hidden { marker: "stanch:allow" });
        let plain = found("a", strong("one"), 1);
        let known_entry = of("a", "one", Verdict::Unaudited);
        let ended = entry(path("a"), &strong("one"), accepted("2026-11-19"));
        let lasting = entry(path("a"), &strong("one"), accepted("2026-11-20"));
        let status = |finding: &Finding, entries| judged(vec![finding.clone()], entries, &change);
        let expired = Status::Expired { until: "2026-11-19".into() };
        assert_eq!(status(&hidden, vec![ended]), [expired]);
        assert_eq!(status(&hidden, vec![lasting]), [known(Verdict::Accepted)]);
        assert_eq!(status(&hidden, vec![known_entry]), [known(Verdict::Unaudited)]);
        assert_eq!(status(&hidden, vec![]), [Status::Allowed]);
        assert_eq!(status(&plain, vec![]), [Status::Existing]);
        assert_eq!(judged(vec![plain], vec![], &NoPast), [NEW]);
    }

    #[test]
    fn a_verdict_on_the_value_holds_everywhere_and_others_at_their_path() {
        let there = || vec![found("b", strong("one"), 9)];
        let change = Change { parent: vec![("a", "one")], now: vec![("a", "one")] };
        for verdict in Verdict::ALL {
            let entries = vec![of("a", "one", verdict)];
            let expected = if verdict.holds_everywhere() { known(verdict) } else { COPY };
            assert_eq!(judged(there(), entries, &change), [expected]);
        }
    }

    #[test]
    fn another_secret_in_the_place_of_a_known_one_is_new() {
        let entries = vec![of("a", "one", Verdict::Accepted)];
        let change = Change { parent: vec![("a", "one")], now: vec![("a", "two")] };
        assert_eq!(judged(vec![found("a", strong("two"), 1)], entries, &change), [NEW]);
    }

    #[test]
    fn an_entry_follows_its_value_to_a_new_path() {
        let moved = Change { parent: vec![("a", "one")], now: vec![("b", "one")] };
        let entries = || vec![of("a", "one", Verdict::Accepted)];
        let at_b = || found("b", strong("one"), 1);
        assert_eq!(judged(vec![at_b()], entries(), &moved), [known(Verdict::Accepted)]);
        // Nothing moved when the parent did not have it, or the old place still has it.
        let never = Change { parent: vec![], now: vec![("b", "one")] };
        assert_eq!(judged(vec![at_b()], entries(), &never), [COPY]);
        let copied = Change { parent: vec![("a", "one")], now: vec![("a", "one"), ("b", "one")] };
        assert_eq!(judged(vec![at_b()], entries(), &copied), [COPY]);
        // Two new places of one entry: nobody can tell which is the moved one.
        let both = vec![at_b(), found("c", strong("one"), 1)];
        assert_eq!(judged(both, entries(), &moved), [COPY, COPY]);
    }

    #[test]
    fn an_entry_follows_its_value_again_when_its_path_is_out_of_date() {
        let entries = || vec![of("first", "one", Verdict::Accepted)];
        let at = |path: &'static str| found(path, strong("one"), 1);
        let moved = Change { parent: vec![("a", "one")], now: vec![("b", "one")] };
        assert_eq!(judged(vec![at("b")], entries(), &moved), [known(Verdict::Accepted)]);
        let copied = Change { parent: vec![("a", "one")], now: vec![("a", "one"), ("b", "one")] };
        assert_eq!(judged(vec![at("b")], entries(), &copied), [COPY]);
        assert_eq!(judged(vec![at("b"), at("c")], entries(), &moved), [COPY, COPY]);
        // One place was left; the entry that stood there takes it along.
        let entries =
            vec![of("first", "one", Verdict::Accepted), of("a", "one", Verdict::Accepted)];
        assert_eq!(judged(vec![at("b"), at("c")], entries, &moved), [COPY, COPY]);
    }

    #[test]
    fn a_moved_folder_takes_each_of_its_entries_along() {
        let change = Change { parent: vec![("old/x", "one"), ("old/y", "one")], now: vec![] };
        let entries =
            vec![of("old/x", "one", Verdict::Unaudited), of("old/y", "one", Verdict::Accepted)];
        let findings = vec![found("new/y", strong("one"), 1), found("new/x", strong("one"), 1)];
        assert_eq!(
            judged(findings, entries, &change),
            [known(Verdict::Accepted), known(Verdict::Unaudited)]
        );
    }

    #[test]
    fn an_entry_moves_only_to_what_it_speaks_of() {
        // Four digits are enough for the weak value alone.
        let short = || entry(path("gone"), &weak("one"), decision(Verdict::Accepted));
        let findings = vec![
            found("new", weak("one"), 1),
            found("new", strong("one"), 2),
            found("other", strong("one"), 1),
        ];
        let moved = judged(findings, vec![short()], &NoPast);
        assert_eq!(moved, [known(Verdict::Accepted), NEW, NEW]);
        // A verdict that holds everywhere takes no place of one that moved.
        let everywhere = entry(path("gone"), &weak("one"), decision(Verdict::TestValue));
        let bound = of("gone-too", "one", Verdict::Accepted);
        let findings = vec![found("a", weak("one"), 1), found("b", strong("one"), 1)];
        let moved = judged(findings, vec![everywhere, bound], &NoPast);
        assert_eq!(moved, [known(Verdict::TestValue), known(Verdict::Accepted)]);
        // Of one path it is one entry, however often it is digested.
        let twice = vec![short(), of("gone", "one", Verdict::Accepted)];
        let places = vec![found("b", weak("one"), 1), found("c", weak("one"), 1)];
        assert_eq!(judged(places, twice, &NoPast), [COPY, COPY]);
    }

    #[test]
    fn a_place_that_needs_no_entry_takes_none_in_a_move() {
        // `legacy` held the value before; the move goes to `b`.
        let change = Change { parent: vec![("a", "one"), ("legacy", "one")], now: vec![] };
        let findings = vec![found("b", strong("one"), 1), found("legacy", strong("one"), 1)];
        let entries = vec![of("a", "one", Verdict::Accepted)];
        assert_eq!(
            judged(findings, entries, &change),
            [known(Verdict::Accepted), Status::Existing]
        );
        let mut marked = found("marked", strong("one"), 1);
        marked.hidden = Some(Hidden { marker: "stanch:allow" });
        let findings = vec![found("b", strong("one"), 1), marked];
        let entries = vec![of("a", "one", Verdict::Accepted)];
        assert_eq!(judged(findings, entries, &change), [known(Verdict::Accepted), Status::Allowed]);
    }

    #[test]
    fn in_a_tree_an_entry_without_its_value_covers_one_place() {
        let entries = || vec![of("gone", "one", Verdict::Accepted)];
        let a = || found("a", strong("one"), 1);
        let b = || found("b", strong("one"), 2);
        let twice = judged(vec![a(), a()], entries(), &NoPast);
        assert_eq!(twice, [known(Verdict::Accepted), known(Verdict::Accepted)]);
        assert_eq!(judged(vec![a(), b()], entries(), &NoPast), [COPY, COPY]);
        let still = found("gone", strong("one"), 3);
        assert_eq!(judged(vec![a(), still], entries(), &NoPast), [COPY, known(Verdict::Accepted)]);
    }

    #[test]
    fn a_glob_binds_to_what_it_matches() {
        let glob = || Extent::Glob(Glob::new("tests/**").unwrap());
        let entries = || vec![entry(glob(), &strong("one"), decision(Verdict::Accepted))];
        let status = |at| judged(vec![found(at, strong("one"), 1)], entries(), &NoPast);
        assert_eq!(status("tests/deep/a"), [known(Verdict::Accepted)]);
        assert_eq!(status("src/a"), [COPY]);
    }

    #[test]
    fn forbidden_paths_are_known_by_path_and_rule_and_never_exist_already() {
        let status = |entries| judged(vec![forbidden("x/.env")], entries, &Change::default());
        assert_eq!(status(vec![]), [NEW]);
        assert_eq!(status(vec![path_entry(path("x/.env"), "other")]), [NEW]);
        assert_eq!(status(vec![path_entry(path("y/.env"), ENV_FILE.id)]), [NEW]);
        let mut of_value = of("x/.env", "one", Verdict::Accepted);
        of_value.rule = ENV_FILE.id.into();
        assert_eq!(status(vec![of_value]), [NEW], "beside a digest the rule is a word");
        let covered = [known(Verdict::FalsePositive)];
        assert_eq!(status(vec![path_entry(path("x/.env"), ENV_FILE.id)]), covered);
        let glob = Extent::Glob(Glob::new("x/*").unwrap());
        assert_eq!(status(vec![path_entry(glob, ENV_FILE.id)]), covered);
    }

    #[test]
    fn a_strong_value_is_never_known_by_four_digits() {
        let short = entry(path("a"), &weak("one"), decision(Verdict::Accepted));
        let whole = of("a", "one", Verdict::Accepted);
        let status =
            |value, entry: &Entry| judged(vec![found("a", value, 1)], vec![entry.clone()], &NoPast);
        assert_eq!(status(weak("one"), &short), [known(Verdict::Accepted)]);
        assert_eq!(status(weak("one"), &whole), [known(Verdict::Accepted)]);
        assert_eq!(status(strong("one"), &short), [NEW]);
        // Two rules may hold the same value for weak and for strong.
        let both = vec![found("a", weak("one"), 1), found("a", strong("one"), 2)];
        let turned = vec![found("a", strong("one"), 2), found("a", weak("one"), 1)];
        assert_eq!(judged(turned, vec![short.clone()], &NoPast), [NEW, known(Verdict::Accepted)]);
        assert_eq!(judged(both, vec![short], &NoPast), [known(Verdict::Accepted), NEW]);
    }

    #[test]
    fn a_decision_made_here_is_told_before_one_made_elsewhere() {
        let entries = vec![of("a", "one", Verdict::Revoked), of("b", "one", Verdict::TestValue)];
        let at = |path| judged(vec![found(path, strong("one"), 1)], entries.clone(), &NoPast);
        assert_eq!(at("a"), [known(Verdict::Revoked)]);
        assert_eq!(at("b"), [known(Verdict::TestValue)]);
        let entries = vec![of("a", "one", Verdict::Unaudited), of("b", "one", Verdict::TestValue)];
        let status = judged(vec![found("a", strong("one"), 1)], entries, &NoPast);
        assert_eq!(status, [known(Verdict::TestValue)], "and a decision before none");
    }

    #[test]
    fn the_rule_that_finds_a_value_does_not_matter() {
        let mut finding = found("a", strong("one"), 1);
        finding.rule = &OTHER;
        let entries = vec![of("a", "one", Verdict::Accepted)];
        assert_eq!(judged(vec![finding], entries, &NoPast), [known(Verdict::Accepted)]);
    }

    #[test]
    fn what_git_cannot_answer_is_a_problem_and_not_a_no() {
        struct Broken;
        impl Past for Broken {
            fn existed(&self, _: &Finding) -> Result<bool, Problem> {
                Err(Problem { path: None, why: "gone".into() })
            }
            fn held_in_parent(&self, _: &RepoPath, _: &Secret) -> Result<bool, Problem> {
                Ok(false)
            }
            fn holds_now(&self, _: &RepoPath, _: &Secret) -> Result<bool, Problem> {
                Ok(false)
            }
        }
        let today = "2026-11-20".parse().unwrap();
        let findings = vec![found("a", strong("one"), 1)];
        assert!(judge(findings, &Baseline::empty(), &Broken, today).is_err());
    }
}
