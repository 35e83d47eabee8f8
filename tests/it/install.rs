//! `stanch install` and `stanch uninstall` beside whatever is there already.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::support::{Run, STANCH, Sandbox, snapshot, token};

pub(crate) const DOORS: [&str; 6] = [
    "pre-commit",
    "pre-merge-commit",
    "prepare-commit-msg",
    "commit-msg",
    "pre-applypatch",
    "pre-push",
];

pub(crate) fn hook(it: &Sandbox, name: &str) -> PathBuf {
    it.root().join(".git/hooks").join(name)
}

pub(crate) fn program(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[track_caller]
pub(crate) fn install(it: &Sandbox) -> Run {
    let run = it.stanch(&["install"]);
    assert_eq!(run.code, 0, "{run:?}");
    run
}

/// Stages a token and says how the commit of it ended.
pub(crate) fn commit_token(it: &Sandbox, seed: u64) -> Run {
    it.write("keys", token(seed));
    it.git(&["add", "keys"]);
    it.try_git(&["commit", "-m", "x"])
}

#[track_caller]
pub(crate) fn ensure_guarded(it: &Sandbox) {
    let run = commit_token(it, 1);
    assert!(run.code != 0 && run.err.contains("new secret"), "{run:?}");
    it.git(&["rm", "-q", "-f", "--cached", "keys"]);
}

#[test]
fn hooks_are_files_with_a_mode_and_a_second_install_does_nothing() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    install(&it);
    for door in DOORS {
        let meta = fs::symlink_metadata(hook(&it, door)).unwrap();
        assert!(meta.is_file() && meta.permissions().mode() & 0o777 == 0o755, "{door}");
    }
    let before = snapshot(&it.root());
    let again = install(&it);
    assert!(again.err.contains("nothing to do"), "{again:?}");
    fs::set_permissions(hook(&it, "pre-push"), fs::Permissions::from_mode(0o644)).unwrap();
    let mended = install(&it);
    assert!(mended.err.contains("write .git/hooks/pre-push"), "{mended:?}");
    assert!(!mended.err.contains("part of the work tree"), "{mended:?}");
    assert_eq!(snapshot(&it.root()), before);
    ensure_guarded(&it);
}

#[test]
fn a_dry_run_changes_nothing_and_says_everything() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    let before = snapshot(&it.root());
    let dry = it.stanch(&["install", "--dry-run"]);
    assert_eq!(dry.code, 0);
    assert_eq!(snapshot(&it.root()), before);
    let did = install(&it);
    for line in dry.err.lines().filter_map(|line| line.strip_prefix("would ")) {
        let line = line.split(':').next().unwrap();
        assert!(did.err.contains(line), "{line} is not in {}", did.err);
    }
}

#[test]
fn uninstall_restores_byte_for_byte() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    program(&hook(&it, "pre-commit"), "#!/bin/sh\nexit 0\n");
    fs::write(hook(&it, "pre-push"), "not executable").unwrap();
    std::os::unix::fs::symlink("nowhere", hook(&it, "commit-msg")).unwrap();
    it.commit_file(".gitattributes", "*.rs text"); // no final line feed
    let before = snapshot(&it.root().join(".git/hooks"));
    let config = it.read(".git/config");
    install(&it);
    ensure_guarded(&it);
    assert!(it.read(".gitattributes").starts_with("*.rs text\n"));
    assert_eq!(it.stanch(&["uninstall"]).code, 0);
    assert_eq!(snapshot(&it.root().join(".git/hooks")), before);
    assert_eq!(it.git(&["diff", "HEAD"]), "");
    assert_eq!(it.read(".git/config"), config);
    assert_eq!(commit_token(&it, 1).code, 0);
}

#[test]
fn what_is_committed_of_it_stays_for_the_others() {
    let it = Sandbox::guarded(&[]);
    assert!(it.read(".gitattributes").contains("merge=stanch"));
    it.stanch_ok(&["uninstall"]);
    assert_eq!(it.git(&["status", "--porcelain"]), "");
}

#[test]
fn the_hook_that_was_there_runs_first_and_decides_too() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    program(&hook(&it, "pre-commit"), "#!/bin/sh\necho \"theirs $#\" >&2\ntest ! -e stop\n");
    install(&it);
    let run = commit_token(&it, 1);
    let (theirs, ours) = (run.err.find("theirs 0"), run.err.find("new secret"));
    assert!(theirs.is_some() && theirs < ours, "{run:?}");
    it.git(&["rm", "-q", "-f", "--cached", "keys"]);
    it.write("stop", "");
    it.git(&["add", "stop"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && !run.err.contains("stanch"), "{run:?}");
}

#[test]
fn what_a_chained_hook_stages_is_seen() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    let staging = format!("#!/bin/sh\necho {} > made\ngit add made\n", token(5));
    program(&hook(&it, "pre-commit"), &staging);
    install(&it);
    it.write("clean", "clean\n");
    it.git(&["add", "clean"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("made:1:1"), "{run:?}");
}

#[test]
fn both_pre_push_hooks_read_the_refs() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    program(&hook(&it, "pre-push"), "#!/bin/sh\ncat > ../seen\necho \"$@\" >> ../seen\n");
    install(&it);
    it.git(&["init", "-q", "--bare", "../remote.git"]);
    it.git(&["remote", "add", "origin", "../remote.git"]);
    it.git(&["push", "-q", "origin", "main"]);
    let seen = it.read("../seen");
    let lines: Vec<&str> = seen.lines().collect();
    assert_eq!(lines.len(), 2, "{seen:?}");
    assert!(lines[0].starts_with("refs/heads/main ") && lines[1].starts_with("origin "));
    it.git(&["fetch", "-q", "origin"]);
    it.commit_file("keys", &token(1));
    let run = it.try_git(&["push", "-q", "origin", "main"]);
    assert!(run.code != 0 && run.err.contains("push blocked"), "{run:?}");
    // One that does not read its input harms nobody.
    program(&hook(&it, "pre-push.before-stanch"), "#!/bin/sh\nexit 0\n");
    let run = it.try_git(&["push", "-q", "origin", "main"]);
    assert!(run.code != 0 && run.err.contains("push blocked"), "{run:?}");
}

#[test]
fn two_foreign_hooks_are_not_overwritten() {
    let it = Sandbox::new();
    program(&hook(&it, "pre-commit"), "#!/bin/sh\n");
    program(&hook(&it, "pre-commit.before-stanch"), "#!/bin/sh\n# other\n");
    let before = snapshot(&it.root());
    let run = it.stanch(&["install"]);
    assert!(run.code == 2 && run.err.contains("before-stanch"), "{run:?}");
    assert_eq!(snapshot(&it.root()), before);
}

#[test]
fn a_program_that_is_gone_blocks_and_says_how_to_fix_it() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    install(&it);
    let script = fs::read_to_string(hook(&it, "pre-commit")).unwrap();
    let moved = script.replace(STANCH, "/gone/it's/stanch");
    program(&hook(&it, "pre-commit"), &moved.replace("it's", ""));
    ensure_guarded(&it); // found in PATH
    let it = it.with_env("PATH", "/usr/local/bin:/usr/bin:/bin");
    it.write("clean", "clean\n");
    it.git(&["add", "clean"]);
    let run = it.try_git(&["commit", "-m", "x"]);
    assert!(run.code == 1 && run.err.contains("/gone/"), "{run:?}");
    assert!(run.err.contains("stanch install") && run.err.contains("rm '"), "{run:?}");
}

#[test]
fn a_second_developer_changes_no_tracked_file() {
    let it = Sandbox::new();
    it.commit_file("keys", &token(1));
    install(&it);
    it.git(&["add", "."]);
    it.git(&["commit", "-q", "-m", "guard"]);
    it.git(&["clone", "-q", ".", "../clone"]);
    let run = it.run("sh", &["-c", "cd ../clone && stanch install && git status --porcelain"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let run = it.run("sh", &["-c", "cd ../clone && git rm -q .gitattributes && git commit -qm x && stanch uninstall && stanch install && git status --porcelain"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let attribute = "cd ../clone && git check-attr merge .secrets.baseline";
    assert!(it.run("sh", &["-c", attribute]).out.contains("merge: stanch"));
}

#[test]
fn a_local_hooks_path_is_honoured_and_names_no_machine() {
    let it = Sandbox::new();
    it.git(&["config", "core.hooksPath", ".githooks"]);
    let run = install(&it);
    assert!(run.err.contains("part of the work tree"), "{run:?}");
    assert!(!it.read(".githooks/pre-commit").contains(STANCH));
    ensure_guarded(&it);
}

#[test]
fn worktrees_are_covered_and_submodules_on_request() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.git(&["init", "-q", "-b", "main", "../module"]);
    it.ok("sh", &["-c", "cd ../module && git commit -q --allow-empty -m one"]);
    it.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", "../module", "sub"]);
    it.git(&["commit", "-q", "-m", "sub"]);
    let run = it.stanch(&["install", "--recurse-submodules"]);
    assert!(run.code == 0 && run.err.contains("submodule"), "{run:?}");
    it.git(&["worktree", "add", "-q", "../tree"]);
    for place in ["../tree", "sub"] {
        let plant =
            format!("cd {place} && echo {} > keys && git add keys && git commit -m x", token(1));
        let run = it.run("sh", &["-c", &plant]);
        assert!(run.code == 1 && run.err.contains("new secret"), "{place}: {run:?}");
        let partial = format!("cd {place} && echo ok > ok && git add ok && git commit -qm x ok");
        assert_eq!(it.run("sh", &["-c", &partial]).code, 0, "{place}");
    }
}

#[test]
fn the_scripts_pass_shellcheck() {
    let it = Sandbox::without_repository();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("hooks/hook.sh");
    let Ok(output) = it.command("shellcheck").arg(&script).output() else {
        assert!(std::env::var_os("CI").is_none(), "shellcheck belongs to the CI");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn two_branches_that_took_in_findings_merge_without_a_conflict() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    install(&it);
    it.git(&["add", "."]);
    it.git(&["commit", "-q", "-m", "guard"]);
    for (branch, seed) in [("one", 1), ("two", 2)] {
        it.git(&["checkout", "-q", "-b", branch, "main"]);
        it.commit_file(branch, &format!("key = {}\n", token(seed)));
        assert_eq!(it.stanch(&["baseline", "update"]).code, 0);
        it.git(&["commit", "-q", "-a", "-m", "known"]);
    }
    let run = it.try_git(&["merge", "--no-edit", "one"]);
    assert_eq!(run.code, 0, "{run:?}");
    let merged = it.read(".secrets.baseline");
    assert_eq!(merged.matches("\"unaudited\"").count(), 2, "{merged}");
    assert!(!merged.contains("<<<<<<<"), "{merged}");
}

#[test]
fn the_next_command_names_only_files_that_are_there() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.txt", "hello\n");
    sandbox.write(".git/info/attributes", ".secrets.baseline merge=stanch\n");
    let run = sandbox.stanch(&["install"]);
    let next = run.err.lines().find(|line| line.contains("git add")).unwrap();
    assert_eq!(sandbox.run("sh", &["-ec", next]).code, 0, "{next}");
}

#[test]
fn a_hook_names_the_program_that_installed_it_and_no_other_of_its_name() {
    let it = Sandbox::new();
    let other = it.folder().join("bin/stanch");
    program(&other, "#!/bin/sh\nexit 0\n");
    let path = format!("{}:/usr/bin:/bin", other.parent().unwrap().display());
    let it = it.with_env("PATH", &path);
    install(&it);
    let script = fs::read_to_string(hook(&it, "pre-commit")).unwrap();
    assert!(script.contains(&format!("installed='{STANCH}'")), "{script}");
}

#[test]
fn a_hook_of_the_configuration_leaves_a_commit_only_to_a_script_that_runs() {
    let it = Sandbox::guarded(&[]);
    it.write("keys", token(1));
    it.git(&["add", "keys"]);
    let look = || it.stanch(&["hook", "--unless-installed", "pre-commit"]).code;
    assert_eq!(look(), 0, "the script will");
    fs::set_permissions(hook(&it, "pre-commit"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(look(), 1, "git does not run it");
    program(&hook(&it, "pre-commit"), "#!/bin/sh\n");
    assert_eq!(look(), 1, "it is another's");
}
