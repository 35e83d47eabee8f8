//! Indexes made by hand, at and beyond what a file of an index can say.

use crate::git::index::{DEEPEST, Index};

/// Bytes of an object name of SHA-1.
const WIDTH: usize = 20;

/// An entry of version 2 or 3; one of version 4 has `fold` before its path.
struct Made<'a> {
    path: &'a [u8],
    fold: Option<&'a [u8]>,
    stage: u16,
}

fn plain(path: &[u8]) -> Made<'_> {
    Made { path, fold: None, stage: 0 }
}

fn folded<'a>(fold: &'a [u8], path: &'a [u8]) -> Made<'a> {
    Made { path, fold: Some(fold), stage: 0 }
}

/// `len` is what the flags say of the path: that of the whole one.
fn entry(made: &Made<'_>, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; 24];
    bytes.extend(0o100_644_u32.to_be_bytes());
    bytes.extend([0; 12]);
    bytes.extend([7; WIDTH]);
    let len = u16::try_from(len.min(0xFFF)).unwrap();
    bytes.extend((made.stage << 12 | len).to_be_bytes());
    bytes.extend(made.fold.unwrap_or_default());
    bytes.extend(made.path);
    match made.fold {
        Some(_) => bytes.push(0),
        None => bytes.resize(bytes.len() / 8 * 8 + 8, 0),
    }
    bytes
}

fn index(version: u32, count: usize, rest: &[u8]) -> Option<Index> {
    let mut bytes = b"DIRC".to_vec();
    bytes.extend(version.to_be_bytes());
    bytes.extend(u32::try_from(count).unwrap().to_be_bytes());
    bytes.extend(rest);
    bytes.extend([0; WIDTH]);
    Index::parse(bytes, WIDTH)
}

fn of(version: u32, all: &[Made<'_>]) -> Option<Index> {
    let bytes: Vec<u8> = all.iter().flat_map(|made| entry(made, made.path.len())).collect();
    index(version, all.len(), &bytes)
}

fn paths(index: &Index) -> Vec<&[u8]> {
    (0..index.len()).map(|at| index.path(at)).collect()
}

#[test]
fn paths_of_every_length_are_read() {
    for len in (1..20).chain([0xFFD, 0xFFE, 0xFFF, 0x1000, 0x2001]) {
        let path = vec![b'a'; len];
        let index = of(2, &[plain(&path), plain(b"b")]).unwrap();
        assert_eq!(paths(&index), [&path[..], b"b"], "{len}");
        assert!(index.entry(0).oid.to_string().starts_with("0707"));
    }
    assert!(index(2, 0, b"").is_some_and(|index| index.len() == 0));
}

#[test]
fn a_number_of_entries_that_is_not_theirs_is_refused() {
    let two = [entry(&plain(b"a"), 1), entry(&plain(b"b"), 1)].concat();
    assert!(index(2, 2, &two).is_some());
    for wrong in [0, 1, 3, 1 << 20, u32::MAX as usize] {
        assert!(index(2, wrong, &two).is_none(), "{wrong}");
    }
    let filled = entry(&plain(b"ab"), 2);
    for len in 0..filled.len() {
        assert!(index(2, 1, &filled[..len]).is_none(), "cut to {len}");
    }
    for len in 0..12 {
        assert!(Index::parse(vec![0; len + WIDTH], WIDTH).is_none());
        assert!(Index::parse(vec![0; len], WIDTH).is_none());
    }
}

#[test]
fn only_the_versions_that_are_known_are_read() {
    let one = entry(&plain(b"a"), 1);
    for (version, known) in [(0, false), (1, false), (2, true), (3, true), (5, false)] {
        assert_eq!(index(version, 1, &one).is_some(), known, "{version}");
    }
    assert!(of(4, &[folded(b"\0", b"a")]).is_some());
}

#[test]
fn entries_ascend_and_of_one_path_the_stages() {
    assert!(of(2, &[plain(b"b"), plain(b"a")]).is_none());
    assert!(of(2, &[plain(b"a"), plain(b"a")]).is_none());
    let staged = |stage| Made { stage, ..plain(b"a") };
    assert!(of(2, &[staged(2), staged(1)]).is_none());
    let index = of(2, &[staged(1), staged(2), staged(3)]).unwrap();
    assert_eq!([0, 1, 2].map(|at| index.stage(at)), [1, 2, 3]);
}

#[test]
fn what_falls_away_of_a_path_is_no_more_than_it_has() {
    let first = entry(&folded(b"\0", b"dir/one"), 7);
    let with = |fold: &[u8], tail: &[u8], len: usize| {
        index(4, 2, &[first.clone(), entry(&folded(fold, tail), len)].concat())
    };
    assert_eq!(paths(&with(b"\x03", b"two", 7).unwrap()), [&b"dir/one"[..], b"dir/two"]);
    assert_eq!(paths(&with(b"\x07", b"e", 1).unwrap()), [&b"dir/one"[..], b"e"]);
    assert!(with(b"\x08", b"e", 1).is_none());
    assert!(with(b"\x80", b"e", 1).is_none(), "a number goes on and does not");
    let endless = [0xFF; 20];
    assert!(with(&endless, b"e", 1).is_none(), "a number beyond all numbers");
}

#[test]
fn paths_that_fold_out_to_far_more_than_the_file_are_refused() {
    let many = |len: usize| {
        let first = vec![b'a'; len];
        let mut bytes = entry(&folded(b"\0", &first), len);
        for more in 1..200 {
            bytes.extend(entry(&folded(b"\0", b"a"), len + more));
        }
        index(4, 200, &bytes)
    };
    assert!(many(500).is_some());
    assert!(many(4_000).is_none());
}

#[test]
fn extensions_of_small_letters_and_cut_ones_are_refused() {
    let with = |name: &[u8], said: u32, content: &[u8]| {
        let rest = [&entry(&plain(b"a"), 1)[..], name, &said.to_be_bytes(), content].concat();
        index(2, 1, &rest)
    };
    assert!(with(b"NEWS", 3, b"abc").is_some());
    for (name, said) in
        [(b"link", 3), (b"sdir", 3), (b"NEWS", 2), (b"NEWS", 4), (b"NEWS", u32::MAX)]
    {
        assert!(with(name, said, b"abc").is_none(), "{name:?} {said}");
    }
}

#[test]
fn folders_are_read_as_deep_as_they_may_be() {
    let with = |depth: usize| {
        let mut tree = b"\0-1 1\n".to_vec();
        for at in 1..=depth {
            let folders = usize::from(at < depth);
            tree.extend(format!("d\0-1 {folders}\n").bytes());
        }
        let size = u32::try_from(tree.len()).unwrap().to_be_bytes();
        index(2, 1, &[&entry(&plain(b"a"), 1)[..], b"TREE", &size, &tree].concat())
    };
    let index = with(DEEPEST).unwrap();
    let root = index.root().unwrap();
    assert!(index.tree(root).known.is_none());
    let inside = index.tree_in(root, b"d").unwrap();
    assert_eq!((index.tree_in(inside, b"d"), index.tree_in(root, b"e")), (Some(2), None));
    assert!(with(DEEPEST + 1).is_none());
}
