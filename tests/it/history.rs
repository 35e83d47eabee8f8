//! Ranges and histories.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{STANCH, Sandbox, snapshot, token};

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
    assert!(
        run.err.contains("left this machine, a remote holds the commit: 1 of these"),
        "{run:?}"
    );
    assert!(run.err.contains("committed here and on no remote: 2 of these"), "{run:?}");
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
fn a_shallow_clone_says_that_it_does_not_have_all() {
    let it = with_history();
    let url = format!("file://{}", it.root().display());
    it.git(&["clone", "-q", "--depth=1", &url, "../clone"]);
    let note = "--unshallow";
    let run = it.run("sh", &["-c", "cd ../clone && stanch scan --history"]);
    assert!(run.err.contains(note), "{run:?}");
    assert!(!it.stanch(&["scan", "--history"]).err.contains(note));
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

#[test]
fn a_scan_that_is_stopped_leaves_nothing_behind() {
    let it = Sandbox::new();
    let line = "a line of some text that says nothing at all\n";
    for n in 0..20 {
        it.commit_file("big", &format!("{n}\n{}", line.repeat(2_000)));
    }
    let before = snapshot(it.folder());
    for wait in [5, 50, 200] {
        let mut scan = it.command(STANCH);
        scan.args(["scan", "--history"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut scan = scan.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        it.ok("kill", &["-INT", &scan.id().to_string()]);
        let status = scan.wait().unwrap();
        assert!(status.signal() == Some(2) || status.success(), "{status}");
        assert_eq!(snapshot(it.folder()), before);
    }
    assert_eq!(it.stanch(&["scan", "--history"]).code, 0);
}

#[test]
fn a_value_is_told_of_the_first_version_that_has_it() {
    let it = Sandbox::new();
    let lines = |n: usize| format!("line {n}\n").repeat(3_000);
    for n in 0..12 {
        let key = if n >= 5 { format!("key = {}\n", token(3)) } else { String::new() };
        it.commit_file("long", &format!("{}version {n}\n{key}{}", lines(1), lines(2)));
    }
    let first = it.git(&["rev-parse", "HEAD~6"]);
    let told = || {
        let run = it.stanch(&["scan", "--history", "--format", "jsonl"]);
        assert_eq!(run.findings().len(), 1, "{run:?}");
        assert_eq!(run.findings()[0]["commit"], first.trim(), "{run:?}");
        assert_eq!(run.findings()[0]["line"], 3_002, "{run:?}");
    };
    told();
    // In a pack the last version is stored, and the others as changes of it.
    it.git(&["repack", "-adfq", "--depth=50"]);
    told();
}

/// A file that grows at its head and changes at three places of its own.
fn with_changes() -> Sandbox {
    let it = Sandbox::new();
    let lines = |from: u64, n: u64| {
        (from..from + n).map(|n| format!("line {}\n", n * n)).collect::<Vec<_>>().concat()
    };
    for n in 0..16 {
        let key = |at| if n % 5 == at { format!("key = {}\n", token(n)) } else { "\n".into() };
        let [one, two, three] = [1, 2, 4].map(key);
        let text = format!(
            "version {n}\n{}{one}{}{two}{}{three}{}",
            lines(9_000 - 10 * n, 10 * n),
            lines(0, 1_500),
            lines(2_000, 2_000),
            lines(5_000, 1_700),
        );
        it.commit_file(if n < 12 { "long" } else { "moved/long" }, &text);
    }
    it
}

#[test]
fn a_packed_history_is_that_of_files() {
    let it = with_changes();
    let told = || {
        let run = it.stanch(&["scan", "--history", "--no-baseline", "--format", "jsonl"]);
        assert_eq!(run.code, 1, "{run:?}");
        let mut found = run.findings();
        found.sort_by_key(ToString::to_string);
        (found, run.summary()["files"].clone(), run.summary()["bytes"].clone())
    };
    let loose = told();
    assert_eq!(loose.0.len(), 9);
    for pack in [
        &["repack", "-adfq", "--depth=50"][..],
        &["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"],
        &["repack", "-adfq", "--window=0"],
    ] {
        it.git(pack);
        assert_eq!(told(), loose, "{pack:?}");
    }
}

#[test]
fn what_reads_in_another_way_is_read_whole() {
    let it = Sandbox::new();
    let lines: Vec<_> = (0..3_000_u32).map(|n| format!("# line {}\n", n * n)).collect();
    // In code a value stands in quotes; a path can forbid any content.
    let text = format!("{0}\npassword: Wintxr2031!\n{0}", lines.concat());
    it.write("first.py", format!("{text}and more\n"));
    it.write("second.yml", &text);
    it.write("third/.env", &text[1..]);
    it.git(&["add", "-f", "."]);
    it.git(&["commit", "-q", "--no-verify", "-m", "all"]);
    it.git(&["repack", "-adfq", "--depth=50"]);
    let base = it.git(&["rev-parse", "HEAD:first.py"]);
    let format = "--batch-check=%(deltabase)";
    let stored = it.git(&["cat-file", "--batch-all-objects", format]);
    assert_eq!(stored.matches(base.trim()).count(), 2, "both are changes of the first");
    let run = it.stanch(&["scan", "--history", "--format", "jsonl"]);
    let found: Vec<_> = run.findings().iter().map(|f| f["path"].to_string()).collect();
    assert!(found.contains(&"\"second.yml\"".to_owned()), "{run:?}");
    assert!(found.contains(&"\"third/.env\"".to_owned()), "{run:?}");
    assert!(!found.contains(&"\"first.py\"".to_owned()), "{run:?}");
}

#[test]
fn a_damaged_pack_is_never_clean() {
    let it = Sandbox::new();
    let lines: Vec<_> = (0..2_000_u32).map(|n| format!("line {}\n", n * n)).collect();
    let lines = lines.concat();
    for n in 0..8 {
        it.commit_file("long", &format!("{n}\n{lines}{n}\n"));
    }
    it.git(&["repack", "-adfq", "--depth=50"]);
    assert_eq!(it.stanch(&["scan", "--history"]).code, 0);
    let packs = it.root().join(".git/objects/pack");
    let is_pack = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "pack");
    let mut files = std::fs::read_dir(packs).unwrap().map(|entry| entry.unwrap().path());
    let pack = files.find(is_pack).unwrap();
    // The content that all others are changes of.
    let listing = it.git(&["verify-pack", "-v", pack.to_str().unwrap()]);
    let blobs = listing.lines().filter(|line| line.contains(" blob "));
    let largest = blobs.max_by_key(|line| {
        line.split_whitespace().nth(3).and_then(|size| size.parse::<u64>().ok())
    });
    let start: usize = largest.unwrap().split_whitespace().nth(4).unwrap().parse().unwrap();
    let mut bytes = std::fs::read(&pack).unwrap();
    bytes[start + 500] ^= 0x55;
    std::fs::remove_file(&pack).unwrap();
    std::fs::write(&pack, bytes).unwrap();
    let run = it.stanch(&["scan", "--history", "--format", "jsonl"]);
    assert_eq!((run.code, run.summary()["problems"].as_u64()), (2, Some(8)), "{run:?}");
    assert!(run.out.contains("\"path\":\"long\""), "{run:?}");
}

/// Of a binary file only tokens are looked for, so that nothing was found in it says
/// nothing of the same bytes as a text.
#[test]
fn a_version_made_from_one_that_was_no_text_is_read_whole() {
    let it = Sandbox::new();
    let lines = (0..4_000).map(|n| format!("line {}\n", n * n)).collect::<Vec<_>>().concat();
    let text = format!("{lines}password = 'hunter2'\n{lines}");
    it.commit_file("a.txt", &format!("text\n{text}"));
    it.commit_file("a.txt", &format!("no text\0\n{text}"));
    it.git(&["repack", "-adfq"]);
    let run = it.stanch(&["scan", "--history", "--format", "jsonl"]);
    let found: Vec<_> = run.findings().iter().map(|f| f["line"].clone()).collect();
    assert_eq!(found, [4_002], "{run:?}");
}

#[test]
fn a_bare_repository_has_the_configuration_of_its_head() {
    let it = with_history();
    it.commit_file(".stanch.toml", "exclude = [\"old\"]\n");
    it.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let run = it.stanch_in("../bare.git", &["scan", "--history", "--format", "jsonl"]);
    assert!(run.findings().iter().all(|finding| finding["path"] != "old"), "{run:?}");
    assert!(run.code == 1 && !run.findings().is_empty(), "{run:?}");
}
