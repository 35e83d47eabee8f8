//! `stanch audit` without a screen, as scripts and agents use it.

use crate::support::{Sandbox, token};

const FILE: &str = ".secrets.baseline";

fn ids(sandbox: &Sandbox) -> Vec<String> {
    let run = sandbox.stanch(&["audit", "--list", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{}", run.all());
    run.findings().iter().map(|finding| finding["id"].as_str().unwrap().to_owned()).collect()
}

fn staged() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.commit_file("README.md", "hello\n");
    for number in 1..4 {
        sandbox.write(format!("src/{number}.py"), format!("key = \"{}\"\n", token(number)));
    }
    sandbox.git(&["add", "src"]);
    sandbox
}

#[test]
fn an_accepted_finding_lets_the_commit_pass_and_says_who_and_how() {
    let sandbox = staged();
    let open = ids(&sandbox);
    assert_eq!(open.len(), 3);
    assert_eq!(sandbox.stanch(&["scan", "--staged"]).code, 1);
    for id in &open {
        let args = ["audit", "--accept", id, "--verdict", "test-value", "--reason", "made up"];
        let run = sandbox.stanch(&args);
        assert_eq!(run.code, 0, "{}", run.all());
        assert!(run.err.contains("git add .secrets.baseline"), "{}", run.err);
    }
    assert!(ids(&sandbox).is_empty());
    sandbox.git(&["add", FILE]);
    assert_eq!(sandbox.stanch(&["scan", "--staged"]).code, 0);
    let text = sandbox.read(FILE);
    assert_eq!(text.matches("\"by\": \"Ada <ada@example.org>\"").count(), 3, "{text}");
    assert_eq!(text.matches("\"via\": \"script\"}").count(), 3, "{text}");
}

#[test]
fn what_cannot_be_decided_is_said_and_nothing_is_written() {
    let sandbox = staged();
    let id = ids(&sandbox).remove(0);
    let accept = |more: &[&str]| sandbox.stanch(&[&["audit", "--accept"], more].concat());
    for (args, words) in [
        (&["ffffffffffff", "--verdict", "revoked", "--reason", "x"][..], "no finding"),
        (&[&id, "--verdict", "fine", "--reason", "x"], "a verdict is"),
        (&[&id, "--verdict", "unaudited", "--reason", "x"], "a verdict is"),
        (&[&id, "--verdict", "accepted", "--reason", "x"], "`owner` is missing"),
        (&[&id, "--verdict", "revoked", "--reason", " "], "`reason` is empty"),
        (&[&id, "--verdict", "revoked", "--reason", "x", "--until", "tomorrow"], "YYYY-MM-DD"),
        (&[&id, "--verdict", "revoked", "--reason", "x", "--until", "2020-01-01"], "has passed"),
        (&[&id, "--verdict", "revoked"], "--reason"),
    ] {
        let run = accept(args);
        assert_eq!(run.code, 2, "{args:?} {}", run.all());
        assert!(run.err.contains(words), "{args:?} {}", run.err);
    }
    assert!(!sandbox.root().join(FILE).exists());
}

#[test]
fn a_real_secret_is_not_recorded_and_leads_to_the_steps() {
    let sandbox = staged();
    let id = ids(&sandbox).remove(0);
    let real = ["audit", "--accept", &id, "--verdict", "real", "--reason", "x"];
    let run = sandbox.stanch(&real);
    assert_eq!(run.code, 1, "{}", run.all());
    assert!(run.err.contains("not committed yet"), "{}", run.err);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "leak"]);
    let run = sandbox.stanch(&real);
    assert!(run.err.contains("1. Rotate first") && run.err.contains("on no remote"), "{}", run.err);
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let run = sandbox.stanch(&real);
    assert!(run.err.contains("is not recovery"), "{}", run.err);
    assert!(!sandbox.root().join(FILE).exists());
}

#[test]
fn a_file_of_decisions_is_taken_whole_or_not_at_all() {
    let sandbox = staged();
    let line = |id: &str, verdict: &str| {
        format!("{{\"id\": \"{id}\", \"verdict\": \"{verdict}\", \"reason\": \"why\"}}\n")
    };
    let open = ids(&sandbox);
    let good: String = open.iter().map(|id| line(id, "false-positive")).collect();
    sandbox.write("verdicts.jsonl", format!("{good}\n{}", line("ffffffffffff", "revoked")));
    let run = sandbox.stanch(&["audit", "--from", "verdicts.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("verdicts.jsonl:5: no finding"), "{}", run.err);
    assert!(!sandbox.root().join(FILE).exists());
    sandbox.write("verdicts.jsonl", good);
    assert_eq!(sandbox.stanch(&["audit", "--from", "verdicts.jsonl"]).code, 0);
    assert!(ids(&sandbox).is_empty());
}

#[test]
fn list_stats_and_report_show_no_value() {
    let sandbox = staged();
    let id = ids(&sandbox).remove(0);
    let accept = ["audit", "--accept", &id, "--verdict", "accepted", "--reason", "old | job"];
    let more = ["--owner", "ops", "--until", "9999-01-01"];
    assert_eq!(sandbox.stanch(&[&accept[..], &more].concat()).code, 0);
    let list = sandbox.stanch(&["audit", "--list"]);
    let stats = sandbox.stanch(&["audit", "--stats"]);
    let json = sandbox.stanch(&["audit", "--stats", "--format", "jsonl"]);
    let report = sandbox.stanch(&["audit", "--report"]);
    assert_eq!(list.out.lines().count(), 2);
    let counts: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&counts["open"], &counts["accepted"]), (&2.into(), &1.into()));
    assert!(report.out.contains("| ops | old \\| job |"), "{}", report.out);
    assert!(report.out.contains("- open findings: 2"), "{}", report.out);
    for run in [list, stats, json, report] {
        assert_eq!(run.code, 0);
        (1..4).for_each(|number| assert!(!run.all().contains(&token(number)[4..])));
    }
}

#[test]
fn without_a_terminal_the_screen_says_what_to_do_instead() {
    let run = staged().stanch(&["audit"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--accept ID"), "{}", run.err);
}
