//! Both readers against each other and against git, on real repositories.

mod absent;
mod any;
mod bounds;
mod packs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::location::LOCAL_VARIABLES;
use super::*;

/// A repository with a home of its own.
struct Fixture {
    dir: TempDir,
}

impl Fixture {
    fn new(init: &[&str]) -> Self {
        let fixture = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(fixture.root()).unwrap();
        fixture.git(&[&["init", "-q", "-b", "main"], init].concat());
        fixture
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        for variable in LOCAL_VARIABLES {
            command.env_remove(variable);
        }
        command.current_dir(self.root()).env("HOME", self.dir.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Ada");
            command.env(format!("GIT_{who}_EMAIL"), "ada@example.org");
        }
        command
    }

    /// The formats this git can make; 2.45 was the first to know reftable.
    fn formats() -> Vec<&'static [&'static str]> {
        let all: [&[&str]; 3] = [&[], &["--object-format=sha256"], &["--ref-format=reftable"]];
        let dir = tempfile::tempdir().unwrap();
        let known = |init: &&[&str]| {
            let mut command = Command::new("git");
            command.args(["init", "-q"]).args(*init).arg(dir.path().join("probe"));
            command.output().unwrap().status.success()
        };
        all.into_iter().filter(|init| init.is_empty() || known(init)).collect()
    }

    fn git(&self, args: &[&str]) -> String {
        let output = self.command().args(args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {args:?}: {said}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Every kind of change at once.
    fn with_changes(init: &[&str]) -> Self {
        let it = Self::new(init);
        for name in ["same", "changed", "gone", "dir/moved", "retyped", "mode"] {
            it.write(name, format!("{name}\n"));
        }
        it.git(&["add", "."]);
        it.git(&["commit", "-qm", "one"]);
        it.write("changed", "changed twice\n");
        it.write("added \t\n\"x", "new\n");
        it.write("-dash", "dash\n");
        it.write(":(glob)*", "magic\n");
        it.write("announced", "not yet\n");
        it.git(&["rm", "-q", "--cached", "gone"]);
        it.git(&["mv", "dir/moved", "dir/there"]);
        fs::remove_file(it.root().join("retyped")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", it.root().join("retyped")).unwrap();
        let names = ["changed", "added \t\n\"x", "-dash", ":(glob)*", "retyped"];
        it.git(&[&["--literal-pathspecs", "add", "--"], &names[..]].concat());
        it.git(&["update-index", "--chmod=+x", "mode"]);
        it.git(&["add", "-N", "announced"]);
        let commit = it.git(&["rev-parse", "HEAD"]);
        let link = format!("160000,{commit},sub");
        it.git(&["update-index", "--add", "--cacheinfo", &link]);
        it
    }

    fn readers(&self) -> [Repo; 2] {
        let start = || Start::Folder(self.root());
        let located = plumbing::locate(start()).unwrap();
        [Repo::start(start()).unwrap(), Repo::at(located, None)]
    }
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort();
    entries
}

/// What both say of everything; the second never asks libgit2.
fn ensure_equal(it: &Fixture) -> Vec<Entry> {
    let [first, second] = it.readers();
    let staged = sorted(first.staged().unwrap());
    assert_eq!(staged, sorted(second.staged().unwrap()));
    assert_eq!(sorted(first.tracked().unwrap()), sorted(second.tracked().unwrap()));
    assert_eq!(sorted(first.tree("HEAD").unwrap()), sorted(second.tree("HEAD").unwrap()));
    for entry in &staged {
        assert_eq!(first.in_index(&entry.path).unwrap().as_ref(), Some(entry));
        assert_eq!(second.in_index(&entry.path).unwrap().as_ref(), Some(entry));
        let [a, b] = [&first, &second].map(|repo| repo.in_tree("HEAD", &entry.path).unwrap());
        assert_eq!(a, b);
        if entry.mode.has_content() {
            let content = first.read(entry.oid).unwrap();
            assert_eq!(content, second.read(entry.oid).unwrap());
            assert_eq!(first.size(entry.oid).unwrap(), content.len() as u64);
            assert_eq!(second.size(entry.oid).unwrap(), content.len() as u64);
        }
    }
    assert_eq!(first.in_index(&RepoPath::new(&b"announced"[..])).unwrap(), None);
    assert_eq!(first.root().unwrap(), second.root().unwrap());
    assert_eq!(first.git_dir().canonicalize().unwrap(), second.git_dir().canonicalize().unwrap());
    staged
}

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| str::from_utf8(entry.path.as_bytes()).unwrap()).collect()
}

const CHANGES: [&str; 8] =
    ["-dash", ":(glob)*", "added \t\n\"x", "changed", "dir/there", "mode", "retyped", "sub"];

#[test]
fn both_readers_list_the_same_changes() {
    let it = Fixture::with_changes(&[]);
    let staged = ensure_equal(&it);
    assert_eq!(names(&staged), CHANGES);
    assert!(it.readers()[0].in_process);
}

#[test]
fn what_libgit2_cannot_read_is_read_by_git() {
    for init in &Fixture::formats()[1..] {
        let it = Fixture::with_changes(init);
        assert_eq!(names(&ensure_equal(&it)), CHANGES, "{init:?}");
        assert!(!it.readers()[0].in_process, "{init:?}");
    }
}

#[test]
fn an_index_of_any_kind_is_never_empty() {
    for split in [true, false] {
        let it = Fixture::with_changes(&[]);
        if split {
            it.git(&["update-index", "--split-index"]);
        } else {
            damage_checksum(&it.root().join(".git/index"));
        }
        assert_eq!(names(&ensure_equal(&it)), CHANGES, "split {split}");
        assert_eq!(it.readers()[0].index().is_none(), split);
    }
}

/// Git does not verify the checksum when it reads, and commits.
fn damage_checksum(index: &Path) {
    let mut bytes = fs::read(index).unwrap();
    *bytes.last_mut().unwrap() ^= 0xff;
    fs::write(index, bytes).unwrap();
}

#[test]
fn a_cut_index_is_an_error() {
    let it = Fixture::with_changes(&[]);
    let index = it.root().join(".git/index");
    let bytes = fs::read(&index).unwrap();
    fs::write(&index, &bytes[..bytes.len() / 2]).unwrap();
    for repo in it.readers() {
        assert!(repo.staged().is_err());
        assert!(repo.tracked().is_err());
    }
}

#[test]
fn before_the_first_commit_everything_is_staged() {
    for init in Fixture::formats() {
        let it = Fixture::new(init);
        let [first, second] = it.readers();
        assert_eq!(first.staged().unwrap(), []);
        assert_eq!(second.staged().unwrap(), []);
        it.write("a", "a");
        it.git(&["add", "a"]);
        assert_eq!(names(&ensure_equal(&it)), ["a"], "{init:?}");
        assert_eq!(first.tree("HEAD").unwrap(), []);
        assert_eq!(first.in_tree("HEAD", &RepoPath::new(&b"a"[..])).unwrap(), None);
    }
}

#[test]
fn a_conflict_is_an_error_when_committing_and_three_versions_when_listing() {
    let it = Fixture::new(&[]);
    it.write("f", "base\n");
    it.git(&["add", "."]);
    it.git(&["commit", "-qm", "base"]);
    it.git(&["checkout", "-qb", "side"]);
    it.write("f", "side\n");
    it.git(&["commit", "-qam", "side"]);
    it.git(&["checkout", "-q", "main"]);
    it.write("f", "main\n");
    it.git(&["commit", "-qam", "main"]);
    assert!(!it.command().args(["merge", "-q", "side"]).output().unwrap().status.success());
    let path = RepoPath::new(&b"f"[..]);
    for repo in it.readers() {
        assert!(matches!(repo.staged(), Err(GitError::Unmerged { .. })));
        assert_eq!(repo.tracked().unwrap().len(), 3);
        assert_eq!(repo.addable(&RepoPath::new("")).unwrap(), std::slice::from_ref(&path));
        let stages = repo.stages(&path).unwrap();
        assert_eq!(stages.iter().map(|(_, stage)| *stage).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(repo.in_index(&path).unwrap(), None);
        assert_eq!(repo.read(stages[2].0.oid).unwrap(), b"side\n");
    }
}

#[test]
fn a_folder_is_no_entry() {
    let it = Fixture::with_changes(&[]);
    let folder = RepoPath::new("dir");
    for repo in it.readers() {
        assert_eq!(repo.stages(&folder).unwrap(), []);
        assert_eq!(repo.in_tree("HEAD", &folder).unwrap(), None);
    }
}

#[test]
fn a_replaced_object_hides_nothing() {
    let it = Fixture::new(&[]);
    it.write("f", "real\n");
    it.write("g", "harmless\n");
    it.git(&["add", "."]);
    let real = it.git(&["rev-parse", ":f"]);
    it.git(&["replace", &real, &it.git(&["rev-parse", ":g"])]);
    assert_eq!(it.git(&["cat-file", "-p", &real]), "harmless");
    for repo in it.readers() {
        assert_eq!(repo.read(Oid::from_hex(real.as_bytes()).unwrap()).unwrap(), b"real\n");
    }
}

#[test]
fn an_object_that_is_not_here_is_named() {
    let it = Fixture::new(&[]);
    let oid = Oid::from_hex(&[b'1'; 40]).unwrap();
    for repo in it.readers() {
        assert_eq!(repo.read(oid), Err(GitError::Missing { oid }));
        assert_eq!(repo.size(oid), Err(GitError::Missing { oid }));
    }
}

#[test]
fn a_folder_outside_any_repository_is_refused_in_the_words_of_git() {
    let dir = tempfile::tempdir().unwrap();
    let error = Repo::discover(dir.path()).unwrap_err();
    let said = error.to_string();
    assert!(said.contains("not a git repository") && !said.contains("fatal"), "{said}");
}

#[test]
fn threads_read_side_by_side() {
    let it = Fixture::with_changes(&[]);
    for repo in it.readers() {
        let oid = repo.tracked().unwrap()[0].oid;
        let whole = repo.read(oid).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..20).for_each(|_| assert_eq!(repo.read(oid).unwrap(), whole)));
            }
        });
    }
}

/// A line of commits with a merge that adds something by hand.
fn with_history() -> Fixture {
    let it = Fixture::new(&[]);
    let commit = |name: &str| {
        it.write(name, name);
        it.git(&["add", "."]);
        it.git(&["commit", "-qm", name]);
    };
    commit("one");
    it.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    commit("two");
    it.git(&["checkout", "-qb", "side", "HEAD~1"]);
    commit("three");
    it.git(&["checkout", "-q", "main"]);
    it.git(&["merge", "-q", "--no-commit", "side"]);
    commit("by-hand");
    it.git(&["mv", "one", "moved"]);
    it.git(&["rm", "-q", "by-hand"]);
    it.git(&["commit", "-qm", "gone"]);
    it
}

fn brought(walk: &Walk) -> Vec<String> {
    let mut names: Vec<_> =
        walk.brought.iter().map(|brought| brought.entry.path.to_string()).collect();
    names.sort();
    names
}

#[test]
fn a_push_brings_what_no_remote_holds_also_what_the_tip_lacks() {
    let it = with_history();
    for repo in it.readers() {
        let tip = repo.commit("HEAD").unwrap();
        let zero = Oid::zero(b"sha1");
        let update =
            |old| RefUpdate { name: RepoPath::new(&b"refs/heads/main"[..]), new: tip, old };
        let push = repo.push(&[update(zero)]).unwrap();
        assert_eq!(brought(&push.walk), ["by-hand", "moved", "three", "two"]);
        assert_eq!((push.walk.commits.len(), push.other_side_is_known), (4, true));
        assert_eq!(push.walk.boundary, [repo.commit("origin/main").unwrap()]);
        let last = push.walk.brought.iter().find(|b| b.entry.path.as_bytes() == b"moved").unwrap();
        assert_eq!(last.commit, tip);
        let made = repo.commits([tip, tip].into_iter()).unwrap();
        assert_eq!((made[0].oid, &*made[0].author), (tip, "Ada <ada@example.org>"));
        let known = repo.push(&[update(repo.commit("main~1").unwrap())]).unwrap();
        assert_eq!(brought(&known.walk), ["moved"]);
        let deletion = RefUpdate { new: zero, ..update(tip) };
        assert!(repo.push(&[deletion]).unwrap().walk.commits.is_empty());
        assert_eq!(brought(&repo.range("main~1..main").unwrap()), ["moved"]);
        assert!(repo.range("main").is_err() && repo.range("nothing..main").is_err());
        assert!(repo.remotes_hold(repo.commit("main~2^1").unwrap()).is_ok());
        assert!(repo.remotes_hold(repo.commit("origin/main").unwrap()).unwrap());
        assert!(!repo.remotes_hold(tip).unwrap());
    }
}

#[test]
fn a_push_to_an_unknown_side_says_so() {
    let it = with_history();
    it.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    let [repo, _] = it.readers();
    let name = RepoPath::new(&b"refs/heads/main"[..]);
    let new = repo.commit("HEAD").unwrap();
    let unknown = Oid::from_hex(&[b'1'; 40]).unwrap();
    let push = repo.push(&[RefUpdate { name, new, old: unknown }]).unwrap();
    assert_eq!((push.other_side_is_known, push.walk.commits.len()), (false, 5));
}

/// The names of what a history holds, each with the subject of its commit.
fn found(it: &Fixture, repo: &Repo, since: Option<&str>) -> Vec<String> {
    let mut names = Vec::new();
    let history = repo.history(since).unwrap();
    repo.walk_history(&history, |found| match found {
        Found::Commit => {}
        Found::Content(Brought { entry, commit }) => {
            let subject = it.git(&["log", "-1", "--format=%s", &commit.to_string()]);
            names.push(format!("{} of {subject}", entry.path));
        }
        Found::Problem(problem) => panic!("{problem}"),
    });
    names.sort();
    names
}

#[test]
fn a_history_has_every_content_once_with_its_first_commit() {
    let it = with_history();
    it.git(&["branch", "keep", "side"]);
    it.git(&["reset", "-q", "--hard", "HEAD~1"]);
    it.git(&["mv", "two", "folder-two"]);
    it.write("other/one", "one");
    it.git(&["add", "."]);
    it.git(&["commit", "-qm", "again"]);
    for repo in it.readers() {
        // `other/one` is the content of `one` under the same base name.
        assert_eq!(
            found(&it, &repo, None),
            [
                "by-hand of by-hand",
                "folder-two of again",
                "one of one",
                "three of three",
                "two of two"
            ]
        );
        assert_eq!(repo.history(Some("2050-01-01")).unwrap().count(), 0);
        assert_eq!(repo.history(None).unwrap().count(), 5);
    }
    let empty = Fixture::new(&[]);
    assert_eq!(empty.readers()[0].history(None).unwrap().count(), 0);
}

#[test]
fn a_history_since_a_day_begins_with_what_that_day_brought() {
    let it = Fixture::new(&[]);
    for (day, name) in [("2001-01-01", "old"), ("2031-01-01", "new")] {
        it.write(name, name);
        it.git(&["add", "."]);
        let mut commit = it.command();
        commit.env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z"));
        assert!(commit.args(["commit", "-qm", name]).status().unwrap().success());
    }
    for repo in it.readers() {
        assert_eq!(found(&it, &repo, Some("2030-01-01")), ["new of new"]);
    }
}

#[test]
fn the_parents_of_a_merge_are_named() {
    let it = with_history();
    it.git(&["checkout", "-q", "side"]);
    it.git(&["merge", "-q", "--no-commit", "main~1^1"]);
    let [repo, _] = it.readers();
    assert_eq!(repo.merge_parents().unwrap(), [repo.commit("main~1^1").unwrap()]);
}
