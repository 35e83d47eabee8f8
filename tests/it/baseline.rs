//! `stanch baseline` in real repositories.

use std::fs;

use crate::support::{Sandbox, token};

const FILE: &str = ".secrets.baseline";

fn held() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.commit_file("src/a.py", &format!("key = \"{}\"\n", token(1)));
    sandbox.commit_file("src/b.py", &format!("key = \"{}\"\n", token(2)));
    sandbox
}

fn keep(sandbox: &Sandbox) {
    sandbox.git(&["add", FILE]);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "baseline"]);
}

#[test]
fn create_takes_in_head_and_not_what_is_only_staged() {
    let sandbox = held();
    sandbox.write("src/c.py", format!("key = \"{}\"\n", token(3)));
    sandbox.git(&["add", "src/c.py"]);
    let run = sandbox.stanch(&["baseline", "create"]);
    assert_eq!(run.code, 0, "{}", run.all());
    let text = sandbox.read(FILE);
    assert_eq!(text.matches("\"unaudited\"").count(), 2, "{text}");
    assert!(!text.contains("src/c.py") && !text.contains(&token(1)), "{text}");
    assert_eq!(text.matches("\"via\": \"script\"").count(), 2);
    let again = sandbox.stanch(&["baseline", "create"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("stanch baseline update"), "{}", again.err);
    assert_eq!(sandbox.read(FILE), text);
    assert_eq!(sandbox.stanch(&["scan", "src/a.py", "src/b.py"]).code, 0);
    assert_eq!(sandbox.stanch(&["scan"]).code, 1);
}

#[test]
fn update_follows_moves_and_prune_drops_what_is_gone() {
    let sandbox = held();
    sandbox.stanch(&["baseline", "create"]);
    keep(&sandbox);
    sandbox.git(&["mv", "src/a.py", "moved.py"]);
    sandbox.git(&["rm", "-q", "src/b.py"]);
    // What is still in HEAD is not gone, though nothing else has it.
    assert_eq!(sandbox.stanch(&["baseline", "prune"]).out, "");
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "move"]);
    let check = sandbox.stanch(&["baseline", "check"]);
    assert_eq!(check.code, 1, "{}", check.all());
    assert!(check.out.contains("moved     src/a.py"), "{}", check.out);
    assert!(check.out.contains("unused    src/b.py"), "{}", check.out);
    assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
    assert_eq!(sandbox.stanch(&["baseline", "prune"]).code, 0);
    let text = sandbox.read(FILE);
    assert!(text.contains("\"moved.py\"") && !text.contains("src/"), "{text}");
    assert_eq!(sandbox.stanch(&["baseline", "check"]).code, 0);
    assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
    assert_eq!(sandbox.read(FILE), text);
    let diff = sandbox.stanch(&["baseline", "diff", "HEAD"]);
    let kinds: Vec<&str> = diff.out.lines().map(|line| &line[..2]).collect();
    assert_eq!(kinds, ["+ ", "- ", "- "], "{}", diff.out);
}

#[test]
fn a_broken_baseline_is_refused_with_its_place_and_left_alone() {
    let sandbox = held();
    sandbox.stanch(&["baseline", "create"]);
    let good = sandbox.read(FILE);
    let line = good.lines().nth(5).unwrap().trim_end_matches(',').to_owned();
    let spliced = |extra: &str| good.replacen("\n  ]", &format!(",\n{extra}\n  ]"), 1);
    for (broken, place) in [
        (String::new(), ":1:1: "),
        (good[..good.len() / 2].to_owned(), ":"),
        (format!("<<<<<<< HEAD\n{good}"), ":1:1: "),
        (good.replace("\"version\": 1", "\"version\": 2"), ":3:3: "),
        (good.replace("\"version\": 1,", "\"version\": 1, \"version\": 1,"), ":3:"),
        (spliced(&line), ":8:5: "),
        (good.replacen("\"verdict\"", "\"verdikt\"", 1), ":6:"),
    ] {
        sandbox.write(FILE, &broken);
        for args in [&["baseline", "update"][..], &["baseline", "prune"], &["baseline", "check"]] {
            let run = sandbox.stanch(args);
            assert_eq!(run.code, 2, "{args:?}\n{broken}\n{}", run.all());
            assert!(run.err.contains(&format!("{FILE}{place}")), "{place}: {}", run.err);
        }
        assert_eq!(sandbox.read(FILE), broken);
    }
}

#[cfg(unix)]
#[test]
fn a_link_a_read_only_folder_and_a_full_disk_lose_nothing() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = held();
    let elsewhere = sandbox.folder().join("elsewhere");
    fs::write(&elsewhere, "kept").unwrap();
    symlink(&elsewhere, sandbox.root().join(FILE)).unwrap();
    let run = sandbox.stanch(&["baseline", "update"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("regular file"), "{}", run.err);
    assert_eq!(fs::read(&elsewhere).unwrap(), b"kept");
    fs::remove_file(sandbox.root().join(FILE)).unwrap();
    // Root may write anywhere; then there is nothing to see here.
    fs::set_permissions(sandbox.root(), fs::Permissions::from_mode(0o555)).unwrap();
    let run = sandbox.stanch(&["baseline", "create"]);
    fs::set_permissions(sandbox.root(), fs::Permissions::from_mode(0o755)).unwrap();
    if run.code != 0 {
        assert_eq!(run.code, 2, "{}", run.all());
        assert!(run.err.contains("cannot write"), "{}", run.err);
    }
}

#[test]
fn a_detect_secrets_file_under_our_name_becomes_ours() {
    let sandbox = held();
    let hash = |value: &str| {
        let sum = sandbox.ok("sh", &["-c", &format!("printf %s '{value}' | sha1sum | cut -c1-40")]);
        sum.trim().to_owned()
    };
    let file = format!(
        r#"{{"version": "1.5.0", "plugins_used": [], "results": {{"src/a.py": [{{"type": "GitHub Token", "filename": "src/a.py", "hashed_secret": "{}", "is_verified": false, "line_number": 1, "is_secret": false}}]}}, "generated_at": "2026-01-01T00:00:00Z"}}"#,
        hash(&token(1))
    );
    sandbox.write(FILE, &file);
    let refused = sandbox.stanch(&["baseline", "update"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("stanch baseline import"), "{}", refused.err);
    assert_eq!(sandbox.read(FILE), file);
    let run = sandbox.stanch(&["baseline", "import", FILE]);
    assert_eq!(run.code, 0, "{}", run.all());
    let text = sandbox.read(FILE);
    assert!(
        text.contains("\"false-positive\", \"reason\": \"detect-secrets: no secret\""),
        "{text}"
    );
    assert!(!text.contains("src/b.py"));
}
