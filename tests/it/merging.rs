//! A team on six branches, merged with real git in every kind of order, with
//! the merge driver and, where none runs, through `stanch baseline resolve`.

use std::fs;

use crate::support::{STANCH, Sandbox, token};

const FILE: &str = ".secrets.baseline";

/// Which way a conflict in the baseline is settled.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Driver,
    Resolve,
}

fn decide(sandbox: &Sandbox, path: &str, verdict: &str, reason: &str) {
    let run = sandbox.stanch(&["audit", "--list", "--format", "jsonl"]);
    let findings = run.findings();
    let finding = findings.iter().find(|f| f["path"] == path).unwrap_or_else(|| panic!("{path}"));
    let id = finding["id"].as_str().unwrap();
    let run = sandbox.stanch(&["audit", "--accept", id, "--verdict", verdict, "--reason", reason]);
    assert_eq!(run.code, 0, "{}", run.all());
}

fn commit(sandbox: &Sandbox, message: &str) {
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", message]);
}

/// `main` with six unaudited entries, and six branches that each add, decide,
/// prune or move something.
fn team() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..6 {
        sandbox.write(format!("old/{number}.py"), format!("key = \"{}\"\n", token(number)));
    }
    sandbox.write(".gitattributes", format!("{FILE} merge=stanch\n"));
    commit(&sandbox, "code");
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    commit(&sandbox, "baseline");
    for branch in 0..6 {
        sandbox.git(&["checkout", "-q", "-b", &format!("b{branch}"), "main"]);
        let path = format!("new/{branch}.py");
        sandbox.write(&path, format!("key = \"{}\"\n", token(100 + branch)));
        commit(&sandbox, "more code");
        decide(&sandbox, &path, "test-value", &format!("branch {branch}"));
        match branch {
            0 | 1 => decide(&sandbox, "old/0.py", "revoked", &format!("said by {branch}")),
            2 => decide(&sandbox, "old/1.py", "false-positive", "no key"),
            3 => {
                sandbox.git(&["rm", "-q", "old/2.py"]);
                commit(&sandbox, "drop");
                assert_eq!(sandbox.stanch(&["baseline", "prune"]).code, 0);
            }
            4 => {
                sandbox.git(&["mv", "old/3.py", "moved.py"]);
                commit(&sandbox, "move");
                assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
            }
            _ => decide(&sandbox, "old/3.py", "revoked", "dead"),
        }
        commit(&sandbox, "decide");
    }
    sandbox
}

/// Registers the merge driver, or takes it away.
fn drive(sandbox: &Sandbox, way: Way) {
    match way {
        Way::Driver => {
            let driver = format!("{STANCH} baseline merge %O %A %B");
            sandbox.git(&["config", "merge.stanch.driver", &driver]);
        }
        Way::Resolve => drop(sandbox.try_git(&["config", "--unset", "merge.stanch.driver"])),
    }
}

/// Merges the branches in this order, and gives the baseline that comes of it.
fn merge_all(sandbox: &Sandbox, order: &[usize], way: Way) -> String {
    drive(sandbox, way);
    sandbox.git(&["checkout", "-q", "-B", "round", "main"]);
    for branch in order {
        let run = sandbox.try_git(&["merge", "-q", "--no-edit", &format!("b{branch}")]);
        if run.code != 0 {
            assert!(way == Way::Resolve, "the driver left a conflict: {order:?}\n{}", run.all());
            let conflicts = sandbox.git(&["diff", "--name-only", "--diff-filter=U"]);
            assert_eq!(conflicts.trim(), FILE, "{order:?}");
            let run = sandbox.stanch(&["baseline", "resolve"]);
            assert_eq!(run.code, 0, "{order:?}\n{}", run.all());
            sandbox.git(&["add", FILE]);
            sandbox.git(&["commit", "-q", "--no-edit", "--no-verify"]);
        }
    }
    sandbox.read(FILE)
}

/// The next of a fixed sequence of orders (a linear congruential generator).
fn shuffled(seed: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..6).collect();
    for at in (1..order.len()).rev() {
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*seed >> 33) as usize % (at + 1));
    }
    order
}

fn rounds(count: usize) {
    let sandbox = team();
    let mut seed = 7;
    let expected = merge_all(&sandbox, &[0, 1, 2, 3, 4, 5], Way::Driver);
    // Nobody's decision is lost, nothing is invented, what was pruned stays so.
    let lines: Vec<&str> = expected.lines().filter(|line| line.contains("\"rule\"")).collect();
    assert_eq!(lines.len(), 11, "{expected}");
    let has = |path: &str, words: &str| {
        let line = lines.iter().find(|line| line.contains(&format!("\"{path}\""))).copied();
        assert!(line.is_some_and(|line| line.contains(words)), "{path} {words}\n{expected}");
    };
    (0..6).for_each(|n| has(&format!("new/{n}.py"), &format!("\"branch {n}\"")));
    has("old/0.py", "\"revoked\", \"reason\": \"said by 0; said by 1\"");
    has("old/1.py", "\"false-positive\"");
    has("old/4.py", "\"unaudited\"");
    has("old/5.py", "\"unaudited\"");
    has("moved.py", "\"revoked\", \"reason\": \"dead\"");
    assert_eq!(sandbox.stanch(&["scan"]).code, 0);
    assert_eq!(sandbox.stanch(&["baseline", "check"]).code, 0);
    for round in 0..count {
        let way = if round % 2 == 0 { Way::Resolve } else { Way::Driver };
        let order = shuffled(&mut seed);
        assert_eq!(merge_all(&sandbox, &order, way), expected, "{order:?}");
    }
}

#[test]
fn every_order_of_merging_comes_to_the_same_baseline() {
    rounds(6);
}

#[test]
#[ignore = "takes minutes; run it after changing the merge"]
fn two_hundred_orders_of_merging_come_to_the_same_baseline() {
    rounds(200);
}

#[test]
fn a_true_disagreement_is_shown_as_two_valid_lines() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", &format!("key = \"{}\"\n", token(1)));
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    commit(&sandbox, "baseline");
    for (branch, verdict) in [("one", "revoked"), ("two", "test-value")] {
        sandbox.git(&["checkout", "-q", "-b", branch, "main"]);
        decide(&sandbox, "a.py", verdict, branch);
        commit(&sandbox, branch);
    }
    assert_ne!(sandbox.try_git(&["merge", "-q", "one"]).code, 0);
    let run = sandbox.stanch(&["baseline", "resolve"]);
    assert_eq!(run.code, 1, "{}", run.all());
    let text = sandbox.read(FILE);
    assert!(text.contains("<<<<<<< ours\n    {\"path\": \"a.py\""), "{text}");
    let scan = sandbox.stanch(&["scan", "a.py"]);
    assert_eq!(scan.code, 2);
    assert!(scan.err.contains("stanch baseline resolve"), "{}", scan.err);
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("\"test-value\"") && !line.starts_with(['<', '=', '>']))
        .collect();
    sandbox.write(FILE, kept.join("\n"));
    assert_eq!(sandbox.stanch(&["scan", "a.py"]).code, 0);
    // What a person chose is not merged over.
    let again = sandbox.stanch(&["baseline", "resolve"]);
    assert_eq!(again.code, 0, "{}", again.all());
    assert!(again.err.contains("resolved by hand"), "{}", again.err);
    assert_eq!(sandbox.read(FILE), kept.join("\n"));
}

/// Two branches from one commit; each does its part and commits.
fn fork(sandbox: &Sandbox, ours: impl Fn(&Sandbox), theirs: impl Fn(&Sandbox)) {
    sandbox.git(&["checkout", "-q", "-b", "theirs", "main"]);
    theirs(sandbox);
    commit(sandbox, "theirs");
    sandbox.git(&["checkout", "-q", "main"]);
    ours(sandbox);
    commit(sandbox, "ours");
}

/// One with a finding in `a.py`, and a baseline that knows it.
fn with_baseline() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", &format!("key = \"{}\"\n", token(1)));
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    commit(&sandbox, "baseline");
    sandbox
}

#[test]
fn a_file_one_side_deleted_and_the_other_changed_is_for_a_person() {
    let delete = |sandbox: &Sandbox| drop(sandbox.git(&["rm", "-q", FILE]));
    let change = |sandbox: &Sandbox| decide(sandbox, "a.py", "revoked", "dead");
    for (we_deleted, keep) in [(true, true), (true, false), (false, true), (false, false)] {
        let sandbox = with_baseline();
        if we_deleted {
            fork(&sandbox, delete, change);
        } else {
            fork(&sandbox, change, delete);
        }
        assert_ne!(sandbox.try_git(&["merge", "-q", "theirs"]).code, 0);
        let run = sandbox.stanch(&["baseline", "resolve"]);
        assert_eq!(run.code, 2, "{}", run.all());
        // What the message says can be done as it stands.
        let ways: Vec<&str> = run.err.split('`').skip(1).step_by(2).collect();
        assert_eq!(ways.len(), 2, "{}", run.err);
        sandbox.ok("sh", &["-c", ways[usize::from(!keep)]]);
        sandbox.git(&["commit", "-q", "--no-edit", "--no-verify"]);
        assert_eq!(sandbox.root().join(FILE).exists(), keep);
        assert_eq!(sandbox.stanch(&["scan"]).code, i32::from(!keep));
        let again = sandbox.stanch(&["baseline", "resolve"]);
        assert!(again.err.contains("nothing to resolve"), "{}", again.err);
    }
}

#[test]
fn markers_that_were_added_can_still_be_resolved() {
    let sandbox = with_baseline();
    let write = |path: &str, seed| sandbox.write(path, format!("key = \"{}\"\n", token(seed)));
    let ours = |sandbox: &Sandbox| {
        write("b.py", 2);
        sandbox.git(&["add", "b.py"]);
        decide(sandbox, "b.py", "revoked", "dead");
    };
    let theirs = |sandbox: &Sandbox| {
        write("c.py", 3);
        sandbox.git(&["add", "c.py"]);
        decide(sandbox, "c.py", "revoked", "dead");
    };
    fork(&sandbox, ours, theirs);
    assert_ne!(sandbox.try_git(&["merge", "-q", "theirs"]).code, 0);
    sandbox.git(&["add", FILE]);
    let run = sandbox.stanch(&["baseline", "resolve"]);
    assert_eq!(run.code, 2, "{run:?}");
    for way_out in run.err.split('`').skip(1).step_by(2) {
        sandbox.ok("sh", &["-c", way_out]);
    }
    sandbox.git(&["add", FILE]);
    assert_eq!(sandbox.read(FILE).matches("revoked").count(), 2);
}

#[test]
fn a_side_that_is_no_baseline_is_named_and_the_other_can_be_taken() {
    for (broken, side, words) in
        [("{", "--ours", "theirs:1:1: "), ("{\"results\": {}}", "--ours", "theirs:1:1: this is no")]
    {
        let sandbox = with_baseline();
        let change = |sandbox: &Sandbox| decide(sandbox, "a.py", "revoked", "dead");
        fork(&sandbox, change, |sandbox| sandbox.write(FILE, broken));
        assert_ne!(sandbox.try_git(&["merge", "-q", "theirs"]).code, 0);
        let run = sandbox.stanch(&["baseline", "resolve"]);
        assert!(run.code == 2 && run.err.contains(words), "{run:?}");
        assert!(!run.err.contains("HEAD"), "{run:?}");
        let ways: Vec<&str> = run.err.split('`').skip(1).step_by(2).collect();
        let [way, add] = [side, "git add"].map(|wanted| {
            *ways.iter().find(|way| way.contains(wanted)).unwrap_or_else(|| panic!("{run:?}"))
        });
        sandbox.ok("sh", &["-c", &format!("{way} && {add}")]);
        assert!(sandbox.read(FILE).contains("revoked"));
    }
}

#[test]
fn two_files_that_were_made_apart_become_one_with_both_salts() {
    for way in [Way::Driver, Way::Resolve] {
        let sandbox = Sandbox::new();
        sandbox.write(".gitattributes", format!("{FILE} merge=stanch\n"));
        sandbox.commit_file("a.py", &format!("key = \"{}\"\n", token(1)));
        sandbox.commit_file(".gitattributes", &format!("{FILE} merge=stanch\n"));
        let create = |sandbox: &Sandbox| {
            assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
        };
        let create_and_decide = |sandbox: &Sandbox| {
            create(sandbox);
            decide(sandbox, "a.py", "revoked", "dead");
        };
        fork(&sandbox, create, create_and_decide);
        drive(&sandbox, way);
        let merged = sandbox.try_git(&["merge", "-q", "--no-edit", "theirs"]);
        assert_eq!(merged.code == 0, way == Way::Driver, "{}", merged.all());
        if way == Way::Resolve {
            let run = sandbox.stanch(&["baseline", "resolve"]);
            assert_eq!(run.code, 0, "{}", run.all());
            commit(&sandbox, "merged");
        }
        let text = sandbox.read(FILE);
        assert_eq!(text.matches("\"rule\"").count(), 2, "both digests: {text}");
        assert_eq!(sandbox.stanch(&["scan"]).code, 0);
        assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
        let text = sandbox.read(FILE);
        assert_eq!(text.matches("\"rule\"").count(), 1, "one salt again: {text}");
        assert!(text.contains("\"revoked\", \"reason\": \"dead\""), "{text}");
    }
}

#[test]
fn a_baseline_that_one_side_moved_is_merged_under_its_new_name() {
    const NEW: &str = "security/baseline.json";
    for way in [Way::Driver, Way::Resolve] {
        let sandbox = with_baseline();
        sandbox.commit_file(".gitattributes", "*baseline* merge=stanch\n");
        let change = |sandbox: &Sandbox| decide(sandbox, "a.py", "revoked", "dead");
        let rename = |sandbox: &Sandbox| {
            sandbox.write(".stanch.toml", format!("baseline = \"{NEW}\"\n"));
            sandbox.write("security/README.md", "see docs\n");
            sandbox.git(&["mv", FILE, NEW]);
            decide(sandbox, "a.py", "revoked", "gone");
        };
        fork(&sandbox, change, rename);
        drive(&sandbox, way);
        let merged = sandbox.try_git(&["merge", "-q", "--no-edit", "theirs"]);
        assert_eq!(merged.code == 0, way == Way::Driver, "{}", merged.all());
        if way == Way::Resolve {
            let run = sandbox.stanch(&["baseline", "resolve"]);
            assert_eq!(run.code, 0, "{}", run.all());
            commit(&sandbox, "merged");
        }
        assert!(!sandbox.root().join(FILE).exists());
        assert!(sandbox.read(NEW).contains("\"reason\": \"dead; gone\""), "{}", sandbox.read(NEW));
        assert_eq!(sandbox.stanch(&["scan"]).code, 0);
    }
}

#[test]
fn killing_a_writer_leaves_the_old_file_or_the_new_one() {
    let sandbox = Sandbox::new();
    for number in 0..40 {
        sandbox.write(format!("{number}.py"), format!("key = \"{}\"\n", token(number)));
    }
    commit(&sandbox, "code");
    let file = sandbox.root().join(FILE);
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    let new = fs::read(&file).unwrap();
    let old = String::from_utf8(new.clone()).unwrap();
    let old = old.replacen(
        "    {",
        "    {\"path\": \"gone\", \"rule\": \"env-file\", \"verdict\": \"revoked\"},\n    {",
        1,
    );
    for delay in 0..30 {
        fs::write(&file, &old).unwrap();
        let mut child = sandbox
            .command(STANCH)
            .args(["baseline", "prune"])
            .stderr(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay * 2));
        child.kill().unwrap();
        child.wait().unwrap();
        let bytes = fs::read_to_string(&file).unwrap();
        assert!(bytes == old || !bytes.contains("\"gone\""), "{bytes}");
        let run = sandbox.stanch(&["baseline", "check"]);
        assert_ne!(run.code, 2, "{}", run.all());
    }
    assert_eq!(sandbox.stanch(&["baseline", "prune"]).code, 0);
    assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
    let left: Vec<_> = fs::read_dir(sandbox.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".secrets"))
        .collect();
    assert_eq!(left, [FILE]);
}
