//! `.stanch.toml`: what a repository may configure, read from what is committed.

use crate::support::{Run, Sandbox, token};

fn staged(sandbox: &Sandbox) -> Run {
    sandbox.git(&["add", "-A"]);
    sandbox.stanch(&["scan", "--staged", "--format", "jsonl"])
}

#[test]
fn exclusions_rules_off_and_stop_words_count() {
    let sandbox = Sandbox::new();
    sandbox.write("vendor/a.txt", token(1));
    sandbox.write("b.txt", token(2));
    assert_eq!(staged(&sandbox).findings().len(), 2);
    sandbox.write(".stanch.toml", "exclude = [\"vendor/**\"]\n");
    assert_eq!(staged(&sandbox).findings().len(), 1);
    let word = &token(2)[10..20];
    sandbox
        .write(".stanch.toml", format!("exclude = [\"vendor/**\"]\nstop_words = [\"{word}\"]\n"));
    assert_eq!(staged(&sandbox).code, 0);
    sandbox.write(".stanch.toml", "[rules]\noff = [\"github-personal-access-token\"]\n");
    assert_eq!(staged(&sandbox).code, 0);
}

#[test]
fn a_rule_that_is_off_in_some_files_finds_the_same_in_others() {
    let it = Sandbox::new();
    it.write("src/db.py", "password = \"hunter2\"\n");
    it.write("tests/db.py", format!("password = \"hunter2\"\ntoken = \"{}\"\n", token(1)));
    it.write(".stanch.toml", "[rules.off_in]\ngeneric-password = [\"tests/**\"]\n");
    let run = staged(&it);
    let found: Vec<_> =
        run.findings().iter().map(|f| (f["path"].clone(), f["line"].clone())).collect();
    assert_eq!(
        found,
        [("src/db.py".into(), 1.into()), ("tests/db.py".into(), 2.into())],
        "{run:?}"
    );
    assert_eq!(run.summary()["left_out"], 1, "{run:?}");
    let run = it.stanch(&["scan", "--staged"]);
    assert!(run.err.contains("rule `generic-password` is off in `tests/**`"), "{run:?}");
    it.write(".stanch.toml", "[rules.off_in]\ngeneric-password = [\"**\"]\nno-such = [\"a\"]\n");
    let run = staged(&it);
    let lines = [".stanch.toml:2: in all files", ".stanch.toml:3: no rule `no-such`"];
    assert!(run.code == 2 && lines.iter().all(|line| run.err.contains(line)), "{run:?}");
}

#[test]
fn findings_less_sure_than_asked_for_are_left_out_and_counted() {
    let it = Sandbox::new();
    it.write("src/db.py", "password = \"hunter2\"\n");
    it.write("tests/db.py", "password = \"hunter2\"\n");
    it.write("tests/key.txt", token(1));
    let confidence = |run: &Run| {
        let findings = run.findings();
        let said = findings.iter().map(|f| format!("{} {}", f["path"], f["confidence"]));
        said.map(|said| said.replace('"', "")).collect::<Vec<_>>()
    };
    let all = ["src/db.py medium", "tests/db.py low", "tests/key.txt high"];
    let run = staged(&it);
    assert_eq!(confidence(&run), all);
    assert!(run.summary()["left_out"].is_null(), "{run:?}");
    it.write(".stanch.toml", "confidence = \"medium\"\n");
    let run = staged(&it);
    assert_eq!(confidence(&run), [all[0], all[2]]);
    assert_eq!(run.summary()["left_out"], 1, "{run:?}");
    it.write(".stanch.toml", "confidence = \"high\"\n");
    assert_eq!(confidence(&staged(&it)), [all[2]]);
    let run = it.stanch(&["scan", "--staged"]);
    assert!(run.err.contains("2 left out by the configuration"), "{run:?}");
    let note = "this commit changes what is checked, from itself on: \
                findings below high confidence are left out";
    assert!(run.err.contains(note), "{run:?}");
    it.write(".stanch.toml", "confidence = \"sure\"\n");
    let run = staged(&it);
    assert!(run.code == 2 && run.err.contains(".stanch.toml:1"), "{run:?}");
}

/// What is doubted is still found: encoded, and in a binary file, where only sure findings count.
#[test]
fn the_folder_of_tests_hides_nothing_that_is_encoded_or_binary() {
    use base64::Engine as _;
    let it = Sandbox::new();
    let netrc = "machine api.corp.io login joe password Wintxr2031q9\n".repeat(2);
    let netrc = base64::engine::general_purpose::STANDARD.encode(netrc);
    let login = "\n<auth-user-pass>\njoe\nWintxr2031q9\n</auth-user-pass>\n";
    for folder in ["src", "tests", "docs"] {
        it.write(format!("{folder}/a.txt"), format!("data: {netrc}\n"));
        it.write(format!("{folder}/b.bin"), format!("\0\x01\0{login}\0"));
    }
    let run = staged(&it);
    let of = |folder: &str| {
        let findings = run.findings();
        let rules = findings.iter().filter(|f| f["path"].as_str().unwrap().starts_with(folder));
        rules.map(|f| f["rule"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(of("src").len(), 2, "{run:?}");
    assert_eq!((of("tests"), of("docs")), (of("src"), of("src")), "{run:?}");
}

#[test]
fn what_a_commit_keeps_from_itself_is_named() {
    let it = Sandbox::guarded(&[]);
    it.write("vendor/a.txt", token(1));
    it.write(".stanch.toml", "exclude = [\"vendor/**\"]\nstop_words = [\"abc\"]\n");
    it.git(&["add", "."]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("this commit changes what is checked"), "{run:?}");
    assert!(run.err.contains("vendor/a.txt was not read, `abc` is a stop word"), "{run:?}");
    assert!(run.err.contains("1 excluded and not read"), "{run:?}");
    it.write("vendor/a.txt", token(2));
    it.git(&["add", "."]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 0 && !run.err.contains("this commit changes"), "{run:?}");
    assert!(run.err.contains("nothing was read: the configuration excludes 1 file"), "{run:?}");
    let run = it.stanch(&["scan", "--format", "jsonl"]);
    assert_eq!(run.summary()["excluded"], 1, "{run:?}");
    it.write(".stanch.toml", "exclude = [\"vendor/**\", \"later/**\"]\n");
    it.git(&["add", "."]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 0 && run.err.contains("`later/**` is not read"), "{run:?}");
    it.write("clean", "clean\n");
    it.write(".stanch.toml", "[rules]\noff = [\"github-personal-access-token\"]\n");
    it.git(&["add", "."]);
    let run = it.try_git(&["commit", "-m", "x"]);
    let off = "rule `github-personal-access-token` is off";
    assert!(run.code == 0 && run.err.contains(off), "{run:?}");
}

#[test]
fn a_rule_of_ones_own_is_found_tested_and_shared_by_extends() {
    let sandbox = Sandbox::new();
    let rule = "[[rule]]\nid = \"acme-token\"\ndescription = \"Acme deploy token\"\nkeywords = [\"acme_\"]\n\
                pattern = 'acme_[0-9a-f]{20}'\nprefix = \"acme_\"\n\
                matches = [\"t = acme_{hex:20}\"]\nrejects = [\"acme_{hex:10}\"]\n";
    sandbox.write("rules/acme.toml", rule);
    sandbox.write(".stanch.toml", "extends = [\"rules/acme.toml\"]\n");
    let secret = stanch::rules::template::expand("acme_{hex:20}", 3).unwrap();
    sandbox.write("deploy.sh", format!("curl -H {secret} example.org\n"));
    let run = staged(&sandbox);
    assert_eq!(run.findings()[0]["rule"], "acme-token", "{run:?}");
    assert_eq!(run.findings()[0]["masked"], "acme_…");
    let tested = sandbox.stanch(&["rules", "test", "rules/acme.toml"]);
    assert_eq!(tested.code, 0, "{tested:?}");
    assert!(tested.err.contains("rules 1, examples 2, failures 0"), "{tested:?}");
    let off = |rules: &str| {
        let text = format!("extends = [\"rules/acme.toml\"]\nrules.off = [{rules}]\n");
        sandbox.write(".stanch.toml", text);
        staged(&sandbox)
    };
    let found = |run: &Run| run.findings().iter().any(|finding| finding["rule"] == "acme-token");
    assert!(!found(&off("\"acme-token\"")), "a shared rule can be off here");
    let run = off("\"acme-token\", \"acme-tokens\"");
    assert!(run.code == 2 && run.err.contains(".stanch.toml:2: no rule `acme-tokens`"), "{run:?}");
    // One id is one rule, and what is shared shares nothing further.
    sandbox.write(".stanch.toml", format!("extends = [\"rules/acme.toml\"]\n{rule}"));
    let run = staged(&sandbox);
    assert!(run.code == 2 && run.err.contains("stands in two files"), "{run:?}");
    sandbox.write(".stanch.toml", "extends = [\"rules/all.toml\"]\n");
    sandbox.write("rules/all.toml", "extends = [\"rules/acme.toml\"]\n");
    assert_eq!(staged(&sandbox).code, 2);
}

#[test]
fn a_file_that_is_extended_brings_all_that_keeps_findings_away() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", token(1));
    sandbox.write(".stanch.toml", "extends = [\"shared.toml\"]\n");
    for shared in [
        "exclude = [\"*.txt\"]\n".to_owned(),
        format!("stop_words = [\"{}\"]\n", &token(1)[10..16]),
        "[rules]\noff = [\"github-personal-access-token\"]\n".to_owned(),
    ] {
        sandbox.write("shared.toml", "");
        assert_eq!(staged(&sandbox).findings().len(), 1);
        sandbox.write("shared.toml", &shared);
        let run = staged(&sandbox);
        assert!(run.code != 2 && run.findings().is_empty(), "{shared}: {run:?}");
    }
}

#[test]
fn the_configuration_of_the_guide_is_valid_and_its_rule_passes_its_examples() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/CONFIGURATION.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, example) = guide.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let it = Sandbox::new();
    it.write("a.txt", "nothing\n");
    it.write(".stanch.toml", example);
    let run = staged(&it);
    assert_eq!(run.code, 0, "{run:?}");
    let tested = it.stanch(&["rules", "test"]);
    assert_eq!(tested.code, 0, "{tested:?}");
    assert!(tested.err.contains("rules 1, examples 4, failures 0"), "{tested:?}");
}

#[test]
fn a_broken_configuration_blocks_with_every_problem_and_its_line() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", "nothing\n");
    sandbox.write(".stanch.toml", "exclude = [\"[\"]\n\n[rules]\noff = [\"no-such-rule\"]\n");
    let run = staged(&sandbox);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains(".stanch.toml:1:") && run.err.contains(".stanch.toml:4:"), "{run:?}");
    sandbox.write(".stanch.toml", "extends = [\"gone.toml\"]\n");
    assert_eq!(staged(&sandbox).code, 2);
    sandbox.write(".stanch.toml", "extends = [\"../outside.toml\"]\n");
    assert_eq!(staged(&sandbox).code, 2);
}

#[test]
fn the_work_tree_cannot_soften_what_is_committed() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", token(4));
    sandbox.git(&["add", "a.txt"]);
    sandbox.write(".stanch.toml", "exclude = [\"a.txt\"]\n");
    let run = sandbox.stanch(&["scan", "--staged", "--format", "jsonl"]);
    assert_eq!(run.findings().len(), 1, "{run:?}");
}

#[test]
fn an_error_shows_no_string_of_the_file_and_no_control_character() {
    let it = Sandbox::new();
    let secret = token(1);
    for text in [
        format!("stop_words = \"{secret}\"\n"),
        format!("confidence = \"{secret}\"\n"),
        format!("existing = \"{secret}\"\n"),
        format!("[[rule]]\nid = \"x\"\nkeywords = \"{secret}\"\n"),
        "\"\\u001b[2J\" = 1\n".to_owned(),
        "exclude = [\"\\u001b[2J[\"]\n".to_owned(),
        "[rules]\noff = [\"\\u001b[2J\"]\n".to_owned(),
        "[[rule]]\nid = \"own\"\ndescription = \"\\u001b[2J\"\nkeywords = [\"own\"]\npattern = 'own'\n"
            .to_owned(),
    ] {
        it.write(".stanch.toml", &text);
        // As on a terminal, where nothing else takes escapes out.
        let line = "stanch scan --staged 2>&1";
        it.git(&["add", "."]);
        let run = it.run("env", &["CLICOLOR_FORCE=1", "sh", "-c", line]);
        assert_eq!(run.code, 2, "{text}: {run:?}");
        assert!(run.out.contains(".stanch.toml:"), "{text}: {run:?}");
        assert!(!run.out.contains(&secret[8..]) && !run.out.contains('\u{1b}'), "{text}: {run:?}");
    }
}

#[test]
fn a_baseline_that_is_named_has_to_be_there() {
    let it = Sandbox::new();
    it.commit_file("a.py", "nothing\n");
    it.write(".stanch.toml", "baseline = \"known.json\"\n");
    let run = staged(&it);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("stanch baseline create"), "{run:?}");
    assert_eq!(it.stanch(&["scan"]).code, 2);
    it.stanch(&["baseline", "create"]);
    let run = it.stanch(&["scan", "--staged"]);
    assert!(run.code == 2 && run.err.contains("`git add known.json`"), "{run:?}");
    assert_eq!(staged(&it).code, 0);
    for path in [".git/known.json", "a/.GIT/b", ".", "../b"] {
        it.write(".stanch.toml", format!("baseline = \"{path}\"\n"));
        let run = staged(&it);
        assert!(run.code == 2 && run.err.contains("inside the repository"), "{path}: {run:?}");
    }
}

#[test]
fn what_a_configuration_no_longer_asks_for_is_named() {
    let it = Sandbox::new();
    let rule = "[[rule]]\nid = \"own\"\ndescription = \"own\"\nkeywords = [\"own_\"]\npattern = 'own_[0-9]{9}'\n";
    it.commit_file(".stanch.toml", &format!("existing = \"block\"\n{rule}"));
    it.write(".stanch.toml", "");
    it.git(&["add", "."]);
    let run = it.stanch(&["hook", "pre-commit"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("rule `own` is gone, what HEAD already holds passes"), "{run:?}");
}

#[test]
fn rules_of_ones_own_are_listed_and_shown() {
    let it = Sandbox::new();
    let rule = "[[rule]]\nid = \"own-token\"\ndescription = \"token of ours\"\nkeywords = [\"own_\"]\npattern = 'own_[0-9]{9}'\n";
    it.write(".stanch.toml", rule);
    assert!(it.ok("stanch", &["rules", "list"]).contains("own-token\t"));
    assert!(it.ok("stanch", &["rules", "show", "own-token"]).contains("token of ours"));
    it.write(".stanch.toml", "broken");
    assert!(it.ok("stanch", &["rules", "list"]).contains("github-personal-access-token"));
}

#[test]
fn what_head_holds_blocks_a_commit_where_it_is_asked_to() {
    let it = Sandbox::guarded(&[]);
    it.commit_file("keys", &format!("{}\n", token(1)));
    it.write("keys", format!("{}\nmore\n", token(1)));
    it.git(&["add", "keys"]);
    it.git(&["commit", "-q", "-m", "it passes"]);
    it.commit_file(".stanch.toml", "existing = \"block\"\n");
    it.write("keys", format!("{}\nand more\n", token(1)));
    it.git(&["add", "keys"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("HEAD already holds"), "{run:?}");
}

#[test]
fn a_commit_that_lets_markers_count_again_says_so() {
    let it = Sandbox::guarded(&[]);
    it.commit_file(".stanch.toml", "allow_markers = false\n");
    it.write(".stanch.toml", "allow_markers = true\n");
    it.git(&["add", "."]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 0 && run.err.contains("markers count"), "{run:?}");
}

#[test]
fn a_baseline_with_a_name_of_its_own_is_read_when_it_is_needed() {
    let it = Sandbox::guarded(&[]);
    it.commit_file("b.json", "no baseline\n");
    it.commit_file(".stanch.toml", "baseline = \"b.json\"\n");
    it.write("clean.txt", "hello\n");
    it.git(&["add", "-A"]);
    assert_eq!(it.try_git(&["commit", "-m", "clean"]).code, 0, "nothing asks for it");
    it.write("b.json", "still none\n");
    it.git(&["add", "-A"]);
    assert_eq!(it.stanch(&["scan", "--staged"]).code, 2, "it would land");
    assert_eq!(it.stanch(&["scan", "--staged", "--no-baseline"]).code, 0);
}

#[test]
fn a_commit_that_loosens_what_the_configuration_extends_says_so() {
    let it = Sandbox::guarded(&[]);
    it.commit_file("base.toml", "");
    it.commit_file(".stanch.toml", "extends = [\"base.toml\"]\n");
    it.write("base.toml", "stop_words = [\"sandbox\"]\n");
    it.git(&["add", "."]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 0 && run.err.contains("`sandbox` is a stop word"), "{run:?}");
}
