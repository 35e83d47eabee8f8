//! What cannot be told because something is not there, and what is there twice.

use super::*;

#[test]
fn a_question_that_git_cannot_answer_has_no_empty_answer() {
    let it = Fixture::new(&[]);
    let mut asked = it.readers()[0].ask_unpushed().unwrap();
    let answer = loop {
        if let Some(answer) = asked.answer() {
            break answer;
        }
        std::thread::yield_now();
    };
    assert!(answer.is_err(), "{answer:?}");
}

#[test]
fn a_folder_that_a_history_lacks_is_named_and_the_uppermost_has_no_name() {
    let it = with_history();
    it.write("folder/a", "a");
    it.git(&["add", "."]);
    it.git(&["commit", "-qm", "a"]);
    for (lacks, named) in [("HEAD:folder", Some("folder")), ("HEAD^{tree}", None)] {
        let tree = it.git(&["rev-parse", lacks]);
        let file = it.root().join(".git/objects").join(&tree[..2]).join(&tree[2..]);
        fs::remove_file(file).unwrap();
        for repo in it.readers() {
            let mut problems = Vec::new();
            let history = repo.history(None).unwrap();
            repo.walk_history(&history, |found| {
                if let Found::Problem(problem) = found {
                    problems.push(problem.path.map(|path| path.to_string()));
                }
            });
            assert_eq!(problems, [named.map(str::to_owned)]);
        }
    }
}

#[test]
fn repositories_that_borrow_objects_from_each_other_are_read() {
    let it = with_history();
    it.git(&["clone", "-q", "--shared", ".", "../other"]);
    let other = it.dir.path().join("other/.git/objects");
    let borrows = it.root().join(".git/objects/info/alternates");
    fs::write(borrows, format!("{}\n", other.to_str().unwrap())).unwrap();
    for repo in it.readers() {
        assert_eq!(repo.history(None).unwrap().count(), 5);
        assert_eq!(names(&repo.tracked().unwrap()), ["moved", "three", "two"]);
    }
}

#[test]
fn what_the_other_side_holds_is_no_part_of_a_push() {
    let it = with_history();
    it.git(&["checkout", "-q", "--orphan", "apart"]);
    it.git(&["commit", "-qm", "apart"]);
    it.git(&["update-ref", "refs/remotes/origin/apart", "apart"]);
    for repo in it.readers() {
        let old = Oid::zero(b"sha1");
        let [new, held] = ["main", "apart"].map(|name| {
            let new = repo.commit(name).unwrap();
            RefUpdate { name: RepoPath::new(name.as_bytes()), new, old }
        });
        let (main, apart) = (new.new, held.new);
        let push = repo.push(&[new, held]).unwrap();
        assert_eq!(repo.commits_up_to(&push, apart).unwrap().commits.len(), 0);
        assert_eq!(repo.commits_up_to(&push, main).unwrap().commits.len(), 4);
    }
}
