//! Generated index states: whatever happens to an index, both readers agree.

use std::sync::OnceLock;

use proptest::prelude::any;

use super::{Fixture, Index, compare, sorted};

/// One thing that can happen to an index entry.
#[derive(Debug, Clone)]
enum Change {
    Add(u8, u8),
    Remove(u8),
    Link(u8, u8),
    Executable(u8),
    Announce(u8),
    Version(u8),
    Commit,
}

fn change() -> impl proptest::strategy::Strategy<Value = Change> {
    use proptest::prelude::*;
    let name = 0..12u8;
    prop_oneof![
        4 => (name.clone(), any::<u8>()).prop_map(|(name, content)| Change::Add(name, content)),
        2 => name.clone().prop_map(Change::Remove),
        1 => (name.clone(), any::<u8>()).prop_map(|(name, content)| Change::Link(name, content)),
        1 => name.clone().prop_map(Change::Executable),
        1 => name.prop_map(Change::Announce),
        1 => (2..5u8).prop_map(Change::Version),
        2 => Just(Change::Commit),
    ]
}

impl Fixture {
    /// Names that differ in case, in folders, and in what sorts before `/`.
    fn name(number: u8) -> &'static str {
        ["a", "A", "a.b", "a-b", "d/a", "d/b", "D/a", "d-", "d.c", "e/f/g", "e/f/h", "é"]
            [usize::from(number % 12)]
    }

    fn happen(&self, change: &Change) {
        let id = |content: &u8| {
            self.write("../content", [*content]);
            self.git(&["hash-object", "-w", "../content"])
        };
        // A name that is a folder, or below a file, is refused: then nothing happens.
        let stage = |mode: &str, content: &u8, name: &u8| {
            let info = format!("{mode},{},{}", id(content), Self::name(*name));
            self.command().args(["update-index", "--add", "--cacheinfo", &info]).output().unwrap();
        };
        match change {
            Change::Add(name, content) => stage("100644", content, name),
            Change::Link(name, content) => stage("120000", content, name),
            Change::Executable(name) => {
                let args = ["update-index", "--chmod=+x", Self::name(*name)];
                self.command().args(args).output().unwrap();
            }
            Change::Remove(name) => {
                self.git(&["update-index", "--force-remove", Self::name(*name)]);
            }
            Change::Announce(name) => {
                self.write(Self::name(*name), "later\n");
                self.command().args(["add", "-N", Self::name(*name)]).output().unwrap();
            }
            Change::Version(version) => {
                self.git(&["update-index", "--index-version", &version.to_string()]);
            }
            Change::Commit => {
                self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 24,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn both_readers_agree_on_any_index(changes in proptest::collection::vec(change(), 1..14)) {
        let it = Fixture::new(&[]);
        for change in &changes {
            it.happen(change);
        }
        let [first, second] = it.readers();
        proptest::prop_assert_eq!(first.index().is_some(), it.root().join(".git/index").exists());
        proptest::prop_assert_eq!(
            sorted(first.staged().unwrap()),
            sorted(second.staged().unwrap())
        );
        proptest::prop_assert_eq!(
            sorted(first.tracked().unwrap()),
            sorted(second.tracked().unwrap())
        );
        proptest::prop_assert_eq!(
            sorted(first.tree("HEAD").unwrap()),
            sorted(second.tree("HEAD").unwrap())
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 2048,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn any_bytes_of_an_index_are_read_or_refused(
        (folded, places) in (any::<bool>(), proptest::collection::vec((any::<u16>(), any::<u8>()), 0..4)),
        len in any::<u16>(),
    ) {
        let mut bytes = written(folded).clone();
        for (at, byte) in places {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        bytes.truncate(bytes.len().min(usize::from(len) % (2 * bytes.len())));
        if let Some(index) = Index::parse(bytes, 20) {
            let head = index.root().and_then(|root| index.tree(root).known).map(|(tree, _)| tree);
            for at in 0..index.len() {
                let stages = index.stages(&index.entry(at).path);
                let is_there = stages.contains(&(index.entry(at), index.stage(at)));
                proptest::prop_assert_eq!(is_there, !index.is_announced(at));
            }
            compare::changed(&index, head, |_| Some(Vec::new()));
            compare::changed(&index, None, |_| None);
        }
    }
}

#[test]
fn an_entry_whose_path_is_not_as_long_as_it_says_is_refused() {
    for folded in [false, true] {
        let mut bytes = written(folded).clone();
        assert!(Index::parse(bytes.clone(), 20).is_some());
        // The length is the low end of the flags, which end 62 bytes into an entry.
        bytes[12 + 61] ^= 1;
        assert!(Index::parse(bytes, 20).is_none());
    }
}

/// An index with folders, an announced path and cached trees, as git wrote it.
fn written(folded: bool) -> &'static Vec<u8> {
    static WRITTEN: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    let both = WRITTEN.get_or_init(|| {
        ["2", "4"].map(|version| {
            let it = Fixture::with_changes(&[]);
            it.write("d/e/f", "f");
            it.git(&["add", "d"]);
            it.git(&["update-index", "--index-version", version]);
            it.git(&["write-tree"]);
            std::fs::read(it.root().join(".git/index")).unwrap()
        })
    });
    &both[usize::from(folded)]
}
