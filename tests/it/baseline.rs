//! `stanch baseline` in real repositories.

use std::fs;

use crate::support::{STANCH, Sandbox, token};

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
    assert_eq!(sandbox.stanch(&["baseline", "prune"]).code, 0);
    let check = sandbox.stanch(&["baseline", "check"]);
    assert!(check.code == 1 && !check.out.contains("unused"), "moved alone: {}", check.all());
    assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
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

#[test]
fn what_a_broken_baseline_asks_for_can_be_typed_in_every_folder() {
    let sandbox = held();
    let name = "conf/it's mine.json";
    sandbox.write(".stanch.toml", format!("baseline = \"{name}\"\n"));
    fs::create_dir(sandbox.root().join("conf")).unwrap();
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "baseline"]);
    let good = sandbox.read(name);
    for args in [&["scan"][..], &["baseline", "update"], &["baseline", "check"], &["doctor"]] {
        sandbox.write(name, &good[..good.len() / 2]);
        let run = sandbox.stanch_in("src", args);
        assert!(run.code == 2 && run.err.contains(&format!("stanch: {name}:")), "{run:?}");
        let way_out = run.err.split('`').nth(1).unwrap();
        sandbox.ok("sh", &["-c", &format!("cd src && {way_out}")]);
        assert_eq!(sandbox.read(name), good);
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_and_what_it_leads_to_is_left_alone() {
    use std::os::unix::fs::symlink;
    let sandbox = held();
    let elsewhere = sandbox.folder().join("elsewhere");
    fs::write(&elsewhere, "kept").unwrap();
    symlink(&elsewhere, sandbox.root().join(FILE)).unwrap();
    let run = sandbox.stanch(&["baseline", "update"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("regular file"), "{}", run.err);
    assert_eq!(fs::read(&elsewhere).unwrap(), b"kept");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_said_and_the_old_file_stays() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = held();
    assert_eq!(sandbox.stanch(&["baseline", "create"]).code, 0);
    sandbox.commit_file("src/c.py", &format!("key = \"{}\"\n", token(3)));
    let old = sandbox.read(FILE);
    let mode = |mode| {
        fs::set_permissions(sandbox.root(), fs::Permissions::from_mode(mode)).unwrap();
    };
    // Nothing is read-only to root, who therefore becomes somebody else.
    let is_root = sandbox.ok("id", &["-u"]).trim() == "0";
    let stanch = sandbox.folder().join("stanch");
    let stanch = stanch.to_str().unwrap();
    // Not by this process: a test beside this one may start a program while the
    // copy is open for writing, and a file that is written cannot be run.
    sandbox.ok("cp", &[STANCH, stanch]);
    let run_as_somebody = |args: &[&str]| {
        if !is_root {
            return sandbox.run(stanch, args);
        }
        let somebody = ["--reuid=65534", "--regid=65534", "--clear-groups", stanch];
        sandbox.run("setpriv", &[&somebody, args].concat())
    };
    if is_root {
        sandbox.ok("chown", &["-R", "65534:65534", sandbox.folder().to_str().unwrap()]);
    }
    mode(0o555);
    for args in [&["baseline", "update"][..], &["baseline", "prune"]] {
        let run = run_as_somebody(args);
        assert_eq!(run.code, 2, "{}", run.all());
        let says = run.err.contains("cannot write") && run.err.contains("Permission denied");
        assert!(says, "{}", run.err);
        assert_eq!(sandbox.read(FILE), old);
    }
    mode(0o755);
    assert_eq!(run_as_somebody(&["baseline", "update"]).code, 0);
    assert_eq!(sandbox.read(FILE).matches("\"rule\"").count(), 3);
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
    let run = sandbox.stanch_in("src", &["baseline", "import"]);
    assert_eq!(run.code, 0, "{}", run.all());
    let text = sandbox.read(FILE);
    assert!(
        text.contains("\"false-positive\", \"reason\": \"detect-secrets: no secret\""),
        "{text}"
    );
    assert!(!text.contains("src/b.py"));
    let again = sandbox.stanch(&["baseline", "import", FILE]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("already"), "{}", again.err);
    assert_eq!(sandbox.read(FILE), text);
    // Against a revision that has the other tool's file, everything is new.
    sandbox.commit_file(FILE, &file);
    sandbox.write(FILE, &text);
    let diff = sandbox.stanch(&["baseline", "diff", "HEAD"]);
    assert_eq!(diff.code, 0, "{}", diff.all());
    assert!(diff.out.contains("+ src/a.py"), "{}", diff.out);
}

#[test]
fn continuous_integration_can_fail_on_what_is_unaudited_or_unused() {
    let sandbox = held();
    sandbox.stanch(&["baseline", "create"]);
    keep(&sandbox);
    let fails_on = |what: &str| sandbox.stanch(&["scan", "--fail-on", what]).code;
    assert_eq!((fails_on("new,expired"), fails_on("unaudited"), fails_on("unused")), (0, 1, 0));
    sandbox.git(&["rm", "-q", "src/b.py"]);
    assert_eq!((fails_on("new,expired"), fails_on("unused")), (0, 1));
    let partial = sandbox.stanch(&["scan", "--fail-on", "unused", "src/a.py"]);
    assert_eq!(partial.code, 2, "{}", partial.all());
}

/// What is accepted stays accepted, however the code around it changes.
#[test]
fn an_accepted_finding_outlives_every_change_but_another_secret() {
    let sandbox = held();
    sandbox.stanch(&["baseline", "create"]);
    keep(&sandbox);
    let staged = |what: &str, expected: i32| {
        sandbox.git(&["add", "-A"]);
        let run = sandbox.stanch(&["scan", "--staged"]);
        assert_eq!(run.code, expected, "{what}: {}", run.all());
    };
    let key = token(1);
    sandbox.write("src/a.py", format!("\n\n# moved down\nkey = \"{key}\"\n"));
    staged("another line", 0);
    sandbox.write("src/a.py", format!("config = {{\r\n\t'key':   '{key}',\r\n}}\r\n"));
    staged("other quotes, indentation and line ends", 0);
    sandbox.git(&["mv", "src/a.py", "lib-a.js"]);
    staged("another name", 0);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "move"]);
    sandbox.git(&["mv", "lib-a.js", "again.js"]);
    staged("yet another name, and no update between", 0);
    sandbox.write("copy.py", format!("key = \"{key}\"\n"));
    staged("yet another name, and a copy", 1);
    sandbox.git(&["rm", "-qf", "copy.py"]);
    sandbox.git(&["mv", "again.js", "lib-a.js"]);
    sandbox.write("copy.py", format!("key = \"{key}\"\n"));
    staged("a copy", 1);
    sandbox.git(&["rm", "-qf", "copy.py"]);
    sandbox.write("lib-a.js", format!("key = '{}'\n", token(9)));
    staged("another secret", 1);
    sandbox.git(&["checkout", "-q", "HEAD", "--", "lib-a.js"]);
    // Squashed and rebased history has other commits and the same values.
    assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
    keep(&sandbox);
    sandbox.git(&["checkout", "-q", "-b", "squashed", "HEAD~3"]);
    sandbox.git(&["merge", "-q", "--squash", "main"]);
    staged("squashed", 0);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "squashed"]);
    sandbox.git(&["checkout", "-q", "-b", "side", "main~1"]);
    sandbox.commit_file("side.txt", "side\n");
    sandbox.git(&["rebase", "-q", "main"]);
    let run = sandbox.stanch(&["scan"]);
    assert_eq!(run.code, 0, "{}", run.all());
    assert_eq!(sandbox.stanch(&["baseline", "check"]).code, 0);
}

/// A file size limit is a disk that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file_whole() {
    let sandbox = held();
    sandbox.stanch(&["baseline", "create"]);
    for number in 10..20 {
        sandbox.commit_file(&format!("{number}.py"), &format!("key = \"{}\"\n", token(number)));
    }
    let old = sandbox.read(FILE);
    let stanch = STANCH;
    // With the signal ignored the write fails; without, the program is killed.
    for trap in ["trap '' XFSZ; ", ""] {
        let script = format!("{trap}ulimit -f 1; '{stanch}' baseline update");
        let run = sandbox.run("sh", &["-c", &script]);
        assert_ne!(run.code, 0, "{}", run.all());
        assert_eq!(sandbox.read(FILE), old);
    }
    assert_eq!(sandbox.stanch(&["baseline", "update"]).code, 0);
    assert_eq!(sandbox.read(FILE).matches("\"rule\"").count(), 12);
    let left = fs::read_dir(sandbox.root()).unwrap();
    let left =
        left.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains(".secrets"));
    assert_eq!(left.count(), 1);
}

#[test]
fn a_copy_is_new_even_when_only_the_copy_is_scanned() {
    let sandbox = held();
    sandbox.stanch(&["baseline", "create"]);
    sandbox.write("copy.py", format!("key = \"{}\"\n", token(1)));
    let run = sandbox.stanch(&["scan", "copy.py"]);
    assert_eq!(run.code, 1, "{}", run.all());
    assert!(run.err.contains("known secret, new place"), "{}", run.err);
    fs::remove_file(sandbox.root().join("src/a.py")).unwrap();
    assert_eq!(sandbox.stanch(&["scan", "copy.py"]).code, 0, "now it is the moved one");
}

#[test]
fn a_hook_that_finds_nothing_does_not_read_the_baseline() {
    let sandbox = held();
    // It came past the hooks and is no baseline: who reads it fails.
    sandbox.commit_file(FILE, "{");
    sandbox.write("notes.txt", "nothing to see\n");
    sandbox.git(&["add", "notes.txt"]);
    let run = sandbox.stanch(&["hook", "pre-commit"]);
    assert_eq!(run.code, 0, "{}", run.all());
    sandbox.write("new.py", format!("key = \"{}\"\n", token(5)));
    sandbox.git(&["add", "new.py"]);
    let run = sandbox.stanch(&["hook", "pre-commit"]);
    assert_eq!(run.code, 2, "{}", run.all());
    assert!(run.err.contains(".secrets.baseline:1:1: "), "{}", run.err);
}

#[test]
fn entries_that_look_alike_are_counted_and_what_changed_is_told() {
    let sandbox = Sandbox::new();
    let lines: Vec<String> = (0..5).map(|n| format!("key{n} = \"{}\"\n", token(n))).collect();
    sandbox.commit_file("a.py", &lines.concat());
    sandbox.stanch(&["baseline", "create"]);
    keep(&sandbox);
    let check = sandbox.stanch(&["baseline", "check"]);
    assert_eq!(check.out.lines().count(), 1, "{}", check.out);
    assert!(check.out.ends_with("unaudited  via script  × 5\n"), "{}", check.out);
    sandbox.git(&["mv", "a.py", "b.py"]);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "move"]);
    let update = sandbox.stanch(&["baseline", "update"]);
    assert!(update.err.contains("  moved     a.py -> b.py  × 5\n"), "{}", update.err);
    let id = sandbox.stanch(&["audit", "--list"]).out[..12].to_owned();
    for until in ["9998-01-01", "9999-01-01"] {
        keep(&sandbox);
        let accept = ["audit", "--accept", &id, "--verdict", "accepted", "--reason", "old"];
        let terms = ["--owner", "ops", "--until", until];
        assert_eq!(sandbox.stanch(&[&accept[..], &terms].concat()).code, 0);
    }
    let diff = sandbox.stanch(&["baseline", "diff", "HEAD"]).out;
    assert!(
        diff.contains("until 9999-01-01")
            && diff.contains("was accepted  owner ops  until 9998-01-01"),
        "{diff}"
    );
}

#[test]
fn an_entry_may_hold_for_a_glob_and_ends_after_its_last_day() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("tests/a.py", &format!("key = \"{}\"\n", token(1)));
    sandbox.stanch(&["baseline", "create"]);
    let terms = |until: &str| {
        let made = sandbox.read(FILE).replace("\"path\": \"tests/a.py\"", "\"glob\": \"tests/**\"");
        let accepted = format!(
            "\"accepted\", \"reason\": \"fixture\", \"owner\": \"ops\", \"until\": \"{until}\"}}"
        );
        let from = made.find("\"unaudited\"").or_else(|| made.find("\"accepted\"")).unwrap();
        let to = from + made[from..].find('}').unwrap() + 1;
        let env = "{\"glob\": \"tests/**/.env\", \"rule\": \"env-file\", \"verdict\": \"false-positive\"},\n    ";
        let text = format!("{}{accepted}{}", &made[..from], &made[to..]);
        let has_env = text.contains("env-file");
        sandbox.write(
            FILE,
            if has_env { text } else { text.replacen("{\"glob\"", &format!("{env}{{\"glob\""), 1) },
        );
    };
    terms("9999-01-01");
    sandbox.write("tests/deep/b.py", format!("key = \"{}\"\n", token(1)));
    sandbox.write("tests/deep/.env", "PORT=80\n");
    sandbox.git(&["add", "-A", "-f"]);
    let run = sandbox.stanch(&["scan", "--staged"]);
    assert_eq!(run.code, 0, "{}\n{}", run.all(), sandbox.read(FILE));
    sandbox.write("src/b.py", format!("key = \"{}\"\n", token(1)));
    sandbox.git(&["add", "-A", "-f"]);
    let run = sandbox.stanch(&["scan", "--staged"]);
    assert_eq!(run.code, 1, "outside of the glob: {}", run.all());
    sandbox.git(&["rm", "-qf", "src/b.py"]);
    terms("2020-01-01");
    sandbox.git(&["add", "-A", "-f"]);
    let run = sandbox.stanch(&["hook", "pre-commit"]);
    assert_eq!(run.code, 1, "it has ended: {}", run.all());
    assert!(run.err.contains("accepted until 2020-01-01"), "{}", run.err);
    let check = sandbox.stanch(&["baseline", "check"]);
    assert!(check.out.contains("expired   tests/**"), "{}", check.all());
}
