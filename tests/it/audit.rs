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
        (&[&id[..3], "--verdict", "revoked", "--reason", "x"], "no finding"),
        (&[&id, "--verdict", "fine", "--reason", "x"], "possible values"),
        (&[&id, "--verdict", "unaudited", "--reason", "x"], "possible values"),
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
    let today = stanch::baseline::Day::today().to_string();
    let last = ["--owner", "ops", "--until", &today];
    let run = accept(&[&[&id, "--verdict", "accepted", "--reason", "x"][..], &last].concat());
    assert_eq!(run.code, 0, "it holds on its last day: {}", run.all());
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
    for (text, words) in
        [(line(&open[0], "fine"), "jsonl:1: a verdict is"), ("\n".into(), "no verdict")]
    {
        sandbox.write("verdicts.jsonl", text);
        let run = sandbox.stanch(&["audit", "--from", "verdicts.jsonl"]);
        assert!(run.code == 2 && run.err.contains(words), "{run:?}");
    }
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
    assert!(report.out.contains("| 9999-01-01 |"), "it does not end soon: {}", report.out);
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

/// What accepts the id that a report names first.
fn accept(sandbox: &Sandbox, said: &str) -> crate::support::Run {
    let id = said.split(", id ").nth(1).expect("an id").lines().next().unwrap();
    assert_eq!(sandbox.stanch(&["explain", id]).code, 0, "{id}");
    sandbox.stanch(&["audit", "--accept", id, "--verdict", "test-value", "--reason", "made up"])
}

#[test]
fn the_command_that_a_report_prints_works_wherever_it_was_found() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "--bare", "../remote.git"]);
    sandbox.git(&["remote", "add", "origin", "../remote.git"]);
    sandbox.commit_file("README.md", "hello\n");
    sandbox.stanch(&["install"]);
    sandbox.git(&["push", "-q", "origin", "main"]);
    // In a commit that is pushed, and gone from its tip.
    sandbox.commit_file("gone.py", &format!("key = \"{}\"\n", token(1)));
    sandbox.git(&["rm", "-q", "gone.py"]);
    sandbox.git(&["commit", "-q", "-m", "tidy"]);
    let push = sandbox.try_git(&["push", "-q", "origin", "main"]);
    assert_eq!(push.code, 1, "{}", push.err);
    let run = accept(&sandbox, &push.err);
    assert_eq!(run.code, 0, "{}", run.err);
    sandbox.git(&["add", "."]);
    // In the message of a commit that was blocked.
    let message = format!("use {}", token(2));
    let commit = sandbox.try_git(&["commit", "-q", "-m", &message]);
    assert_eq!(commit.code, 1, "{}", commit.err);
    assert_eq!(accept(&sandbox, &commit.err).code, 0);
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", &message]);
    sandbox.git(&["push", "-q", "origin", "main"]);
    assert_eq!(sandbox.stanch(&["scan", "--history"]).code, 0);
    // In a file that git does not know yet.
    sandbox.write("new.py", format!("key = \"{}\"\n", token(3)));
    let scan = sandbox.stanch(&["scan", "new.py"]);
    assert_eq!(accept(&sandbox, &scan.err).code, 0);
    assert_eq!(sandbox.stanch(&["scan", "new.py"]).code, 0);
}

#[test]
fn what_is_staged_is_decided_also_where_the_work_tree_holds_another_value() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("README.md", "hello\n");
    sandbox.write("a.py", format!("key = \"{}\"\n", token(1)));
    sandbox.git(&["add", "a.py"]);
    sandbox.write("a.py", format!("key = \"{}\"\n", token(2)));
    assert_eq!(ids(&sandbox).len(), 2);
    let scan = sandbox.stanch(&["scan", "--staged"]);
    assert_eq!(accept(&sandbox, &scan.err).code, 0);
    sandbox.git(&["add", FILE]);
    assert_eq!(sandbox.stanch(&["scan", "--staged"]).code, 0);
    assert_eq!(sandbox.stanch(&["scan"]).code, 1, "the other value is not accepted");
    // The id of a weak value tells its place, so it may mean either.
    sandbox.write("b.py", "password = 'harbor-Tulip-1'\n");
    sandbox.git(&["add", "b.py"]);
    sandbox.write("b.py", "password = 'harbor-Tulip-2'\n");
    let before = sandbox.read(FILE);
    let run = accept(&sandbox, &sandbox.stanch(&["scan", "b.py"]).err);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("different values") && run.err.contains("git add"), "{}", run.err);
    assert_eq!(sandbox.read(FILE), before);
}

#[test]
fn a_reason_that_holds_the_value_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", &format!("key = \"{}\"\npassword = 'harbor-Tulip-1'\n", token(1)));
    for id in ids(&sandbox) {
        for value in [&*token(1), "harbor-Tulip-1", &*token(2), "https://joe:Tulip-2x@git.corp"] {
            let reason = format!("{value} is made up");
            let accept = ["audit", "--accept", &id, "--verdict", "revoked", "--reason", &reason];
            let run = sandbox.stanch(&accept);
            assert_eq!(run.code, 2, "{}", run.err);
            assert!(run.err.contains("holds a secret") && !run.all().contains(value));
            let line = format!(r#"{{"id":"{id}","verdict":"revoked","reason":"{reason}"}}"#);
            sandbox.write("verdicts.jsonl", line);
            assert_eq!(sandbox.stanch(&["audit", "--from", "verdicts.jsonl"]).code, 2);
        }
    }
    assert!(!sandbox.root().join(FILE).exists());
    // A short one is a word of a sentence.
    let short = Sandbox::new();
    short.commit_file("a.py", "password = 'hunter2'\n");
    let id = ids(&short).remove(0);
    let reason = ["--verdict", "revoked", "--reason", "hunter2 is made up"];
    assert_eq!(short.stanch(&[&["audit", "--accept", &id], &reason[..]].concat()).code, 0);
}

#[test]
fn a_list_says_how_much_was_read_and_options_belong_to_their_mode() {
    let sandbox = staged();
    let run = sandbox.stanch(&["audit", "--list", "--format", "jsonl"]);
    let summary = run.summary();
    assert_eq!((summary["files"].as_u64(), summary["findings"].as_u64()), (Some(7), Some(3)));
    assert!(summary["bytes"].as_u64() > Some(100), "{summary}");
    for wrong in [
        &["--list", "--verdict", "revoked"][..],
        &["--reason", "why"],
        &["--stats", "--format", "sarif"],
        &["--report", "--format", "jsonl"],
        &["--from", "x.jsonl", "--format", "jsonl"],
    ] {
        let run = sandbox.stanch(&[&["audit"], wrong].concat());
        assert!(run.code == 2 && run.out.is_empty(), "{wrong:?}: {run:?}");
    }
}

#[test]
fn the_list_is_in_the_order_of_paths_whatever_is_staged() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.py", "nothing\n");
    sandbox.commit_file("b.py", &token(1));
    sandbox.write("a.py", token(2));
    let run = sandbox.stanch(&["audit", "--list"]);
    let place = |path| run.out.find(path).expect(path);
    assert!(place("a.py") < place("b.py"), "{run:?}");
}
