//! `stanch doctor --hooks`: what git passes over without a word.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::install::{hook, install, program};
use crate::support::{STANCH, Sandbox, snapshot};

#[test]
fn the_doctor_finds_every_silent_failure_and_tries_a_canary() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    assert_eq!(it.stanch(&["doctor", "--hooks"]).code, 1);
    program(&hook(&it, "pre-commit"), "#!/bin/sh\necho theirs >> ../ran\n");
    install(&it);
    let before = snapshot(&it.root());
    let run = it.stanch(&["doctor", "--hooks"]);
    assert!(run.code == 0 && run.err.contains("staged aside and blocked"), "{run:?}");
    assert_eq!(snapshot(&it.root()), before, "it leaves no trace");
    assert!(!it.folder().join("ran").exists(), "only our half ran");
    let path = hook(&it, "pre-commit");
    let good = fs::read_to_string(&path).unwrap();
    let break_it: [(&str, &dyn Fn()); 7] = [
        ("not executable", &|| {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        }),
        ("empty", &|| fs::write(&path, "\n").unwrap()),
        ("link to nothing", &|| {
            fs::remove_file(&path).unwrap();
            std::os::unix::fs::symlink("/nowhere", &path).unwrap();
        }),
        ("there is none", &|| fs::remove_file(&path).unwrap()),
        ("does not run stanch", &|| fs::write(&path, "#!/bin/sh\n").unwrap()),
        ("another version", &|| fs::write(&path, good.clone() + "#\n").unwrap()),
        ("is gone", &|| {
            let gone = good.replace(STANCH, "/gone");
            fs::write(&path, gone).unwrap();
        }),
    ];
    for (words, break_it) in break_it {
        break_it();
        let run = it.stanch(&["doctor", "--hooks"]);
        assert!(run.code == 1 && run.err.contains(words), "{words}: {run:?}");
        fs::remove_file(&path).ok();
        program(&path, &good);
    }
    it.git(&["config", "core.hooksPath", "nowhere"]);
    let run = it.stanch(&["doctor", "--hooks"]);
    assert!(run.code == 1 && run.err.contains("which does not exist"), "{run:?}");
}

#[test]
fn the_look_at_the_hooks_is_written_for_programs_too() {
    let it = Sandbox::new();
    install(&it);
    let look = || {
        let run = it.stanch(&["doctor", "--hooks", "--format", "json"]);
        let object: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!((object["schema"].as_u64(), run.err.as_str()), (Some(1), ""), "{run:?}");
        let [check] = &object["checks"].as_array().unwrap()[..] else { panic!("{object}") };
        let lines = check["lines"].as_array().unwrap().clone();
        (run.code, check["verdict"].as_str().unwrap().to_owned(), lines)
    };
    let (code, verdict, lines) = look();
    assert_eq!((code, verdict.as_str(), lines.len()), (0, "pass", 7), "six doors and the canary");
    fs::remove_file(hook(&it, "pre-push")).unwrap();
    let (code, verdict, lines) = look();
    let wrong: Vec<_> = lines.iter().filter(|line| line["verdict"] == "fail").collect();
    assert_eq!((code, verdict.as_str(), wrong.len()), (1, "fail", 1));
    let seen = wrong[0]["seen"].as_str().unwrap();
    assert!(seen.starts_with("pre-push hook: ") && wrong[0]["way_out"] == "stanch install");
    assert_eq!(it.stanch(&["doctor", "--hooks", "--fix"]).code, 2, "it would fix nothing");
}

#[test]
fn the_canary_needs_no_commit_and_no_way_out_lets_it_pass() {
    let it = Sandbox::new();
    install(&it);
    let doctor = "alias.look=!stanch doctor --hooks";
    let run = it.try_git(&["-c", "stanch.skip=why", "-c", doctor, "look"]);
    assert!(run.code == 0 && run.err.contains("staged aside and blocked"), "{run:?}");
}

#[test]
fn the_doctor_sees_submodules_and_worktrees_without_a_guard() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.git(&["init", "-q", "-b", "main", "../module"]);
    it.ok("sh", &["-c", "cd ../module && git commit -q --allow-empty -m one"]);
    it.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", "../module", "sub"]);
    it.git(&["commit", "-q", "-m", "sub"]);
    it.git(&["config", "core.hooksPath", ".githooks"]);
    it.git(&["worktree", "add", "-q", "../tree"]);
    install(&it);
    let run = it.stanch(&["doctor", "--hooks"]);
    assert!(run.err.contains("--recurse-submodules"), "{run:?}");
    assert!(run.err.contains("tree' && stanch install"), "{run:?}");
}

#[test]
fn the_canary_is_tried_in_folders_of_any_name() {
    for name in ["a:b", "\"a", "a\\:\"b"] {
        let it = Sandbox::new();
        it.write(Path::new(name).join("readme"), "hello\n");
        let steps = "git init -q && git add readme && git commit -q -m x && stanch install && \
                     stanch doctor --hooks";
        let run = it.run("sh", &["-c", &format!("cd '{name}' && {steps}")]);
        assert!(run.code == 0 && run.err.contains("staged aside and blocked"), "{run:?}");
    }
}
