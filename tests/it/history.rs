//! Ranges and histories.

use crate::support::{Sandbox, token};

/// Two tokens come and go; a remote holds the first.
fn with_history() -> Sandbox {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.commit_file("old", &token(1));
    it.commit_file("old", "gone\n");
    it.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    it.commit_file("new", &format!("x\n{}\n", token(2)));
    it.commit_file("new", &format!("x\ny\n{}\n", token(2)));
    it.git(&["mv", "new", "moved"]);
    it.git(&["commit", "-q", "-m", "moved"]);
    it
}

#[test]
fn a_history_finds_what_is_gone_and_says_how_far_it_went() {
    let it = with_history();
    let run = it.stanch(&["scan", "--history", "--format", "jsonl"]);
    assert_eq!(run.code, 1, "{run:?}");
    let found: Vec<_> = run
        .findings()
        .iter()
        .map(|f| (f["path"].as_str().unwrap().to_owned(), f["commit"].as_str().unwrap().len()))
        .collect();
    assert_eq!(found, [("old".into(), 40), ("new".into(), 40), ("moved".into(), 40)]);
    let run = it.stanch(&["scan", "--history"]);
    assert!(run.err.contains("1 of these left this machine"), "{run:?}");
    assert!(run.err.contains("2 of these are committed here"), "{run:?}");
    let first = it.git(&["rev-parse", "--short=12", "HEAD~2"]);
    let brought = format!("in {} by Ada <ada@example.org>, 2", first.trim());
    assert!(run.err.contains(&brought), "the first commit: {run:?}");
}

#[test]
fn a_history_without_commits_is_never_clean() {
    let it = Sandbox::new();
    assert_eq!(it.stanch(&["scan", "--history"]).code, 2);
    let it = with_history();
    assert_eq!(it.stanch(&["scan", "--history", "--since", "2050-01-01"]).code, 2);
}

#[test]
fn a_bare_repository_has_a_history_too() {
    let it = with_history();
    it.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let run = it.run("sh", &["-c", "cd ../bare.git && stanch scan --history && echo no"]);
    assert!(run.code == 1 && run.err.contains("old"), "{run:?}");
}

#[test]
fn a_range_has_what_it_adds_and_its_parent_is_the_past() {
    let it = with_history();
    let run = it.stanch(&["scan", "--range", "origin/main..HEAD", "--format", "jsonl"]);
    assert_eq!((run.code, run.findings().len()), (1, 2), "{run:?}");
    it.write("moved", format!("x\ny\nz\n{}\n", token(2)));
    it.git(&["commit", "-q", "-a", "-m", "edit"]);
    let run = it.stanch(&["scan", "--range", "HEAD~1..HEAD", "--format", "jsonl"]);
    assert_eq!(run.findings()[0]["status"], "existing", "{run:?}");
    assert_eq!(run.code, 0);
    assert_eq!(it.stanch(&["scan", "--range", "HEAD..HEAD"]).code, 0, "nothing to read");
    for wrong in ["HEAD", "nowhere..HEAD", "--all..HEAD"] {
        assert_eq!(it.stanch(&["scan", &format!("--range={wrong}")]).code, 2, "{wrong}");
    }
}
