//! The reader of packs against `git cat-file`, and packs that are damaged.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use super::super::trees::Trees;
use super::*;
use crate::git::inflate::packed;
use crate::git::pack::PackReader;

impl Fixture {
    /// Two files of many versions, and a folder that grows with them.
    fn with_versions(init: &[&str], count: usize) -> Self {
        let it = Self::new(init);
        for n in 0..count {
            it.version(n);
        }
        it
    }

    fn version(&self, n: usize) {
        let lines = |from: usize, to: usize| {
            (from..to).map(|n| format!("line {} of a text\n", n * n)).collect::<Vec<_>>().concat()
        };
        self.write("long", format!("{}version {n}\n{}", lines(0, 40 * n), lines(0, 2_000)));
        self.write("other", format!("{}{n}\n{}", lines(0, 700), lines(700, 800 + n)));
        self.write(&format!("folder/{n}"), format!("{n}"));
        self.git(&["add", "."]);
        self.git(&["commit", "-qm", "version"]);
    }

    fn repack(&self, more: &[&str]) {
        self.git(
            &[&["-c", "core.compression=1"], more, &["repack", "-adfq", "--depth=50"]].concat(),
        );
    }

    /// Every object with its type, as git names them.
    fn objects(&self) -> Vec<(Oid, String)> {
        let format = "--batch-check=%(objectname) %(objecttype)";
        let listing = self.git(&["cat-file", "--batch-all-objects", format]);
        let read = |line: &str| {
            let (name, kind) = line.split_once(' ').unwrap();
            (Oid::from_hex(name.as_bytes()).unwrap(), kind.to_owned())
        };
        listing.lines().map(read).collect()
    }

    fn pack_files(&self, ending: &str) -> Vec<PathBuf> {
        let found = fs::read_dir(self.root().join(".git/objects/pack")).unwrap();
        let paths = found.map(|entry| entry.unwrap().path());
        paths.filter(|path| path.extension().is_some_and(|end| end == ending)).collect()
    }
}

/// What families say of every object: how many were read, how many from a base.
fn ensure_read(it: &Fixture) -> (usize, usize) {
    let [first, second] = it.readers();
    let objects = it.objects();
    let families = first.families(objects.iter().map(|(oid, _)| Some(*oid)));
    let mut seen = vec![0; objects.len()];
    let mut based = 0;
    let unread = families.read(|content: Content<'_, Rc<Vec<u8>>>| {
        for &number in content.numbers {
            seen[number as usize] += 1;
            let (oid, _) = objects[number as usize];
            assert!(second.read(oid).unwrap() == content.bytes, "{oid}");
        }
        if let Some(base) = &content.base {
            based += 1;
            // Nothing is known of what another pack holds, too, and was asked for there.
            let known = &base.known[..];
            assert!(known.is_empty() || known == base.bytes, "what was made of the base");
            for &Same { then, now, len } in base.same {
                assert!(base.bytes[then..then + len] == content.bytes[now..now + len]);
            }
        }
        (content.bytes.clone(), Rc::new(content.bytes))
    });
    assert!(unread.is_empty());
    families.left().iter().for_each(|&number| seen[number as usize] += 1);
    assert!(seen.iter().all(|&times| times == 1), "each once: {seen:?}");
    let mut trees = Trees::new(&first);
    for (oid, _) in objects.iter().filter(|(_, kind)| kind == "tree") {
        assert_eq!(*trees.read(*oid).unwrap(), second.read(*oid).unwrap());
    }
    (objects.len() - families.left().len(), based)
}

#[test]
fn every_object_of_every_kind_of_pack_is_that_of_git() {
    for init in &Fixture::formats()[..2] {
        let it = Fixture::with_versions(init, 12);
        assert_eq!(ensure_read(&it), (0, 0), "all in files of their own");
        it.repack(&[]);
        let (all, based) = ensure_read(&it);
        assert!(all == it.objects().len() && based > 30, "{based} of {all} by distance");
        it.repack(&["-c", "repack.useDeltaBaseOffset=false"]);
        assert_eq!(ensure_read(&it).0, all, "{init:?}, by name");
        for pack in it.pack_files("pack") {
            it.git(&["index-pack", "--index-version=2,0x100", pack.to_str().unwrap()]);
        }
        assert_eq!(ensure_read(&it).0, all, "{init:?}, places as in packs of 2 GiB and more");
        it.version(12);
        it.git(&["repack", "-dq"]);
        it.version(13);
        let (more, _) = ensure_read(&it);
        assert_eq!(it.pack_files("pack").len(), 2);
        assert!(all < more && more < it.objects().len(), "two packs and loose ones");
    }
}

#[test]
fn a_pack_that_was_completed_is_read_and_a_borrowed_one_is_left_to_git() {
    let it = Fixture::with_versions(&[], 6);
    let root = it.root();
    it.repack(&[]);
    let other = Fixture::new(&[]);
    other.git(&["config", "fetch.unpackLimit", "1"]);
    other.git(&["fetch", "-q", root.to_str().unwrap(), "main:one"]);
    it.version(6);
    it.repack(&[]);
    other.git(&["fetch", "-q", root.to_str().unwrap(), "main:two"]);
    assert_eq!(other.pack_files("pack").len(), 2);
    let (read, based) = ensure_read(&other);
    assert!(read == other.objects().len() && based > 0);

    let borrower = Fixture::new(&[]);
    let alternates = borrower.root().join(".git/objects/info/alternates");
    fs::write(alternates, root.join(".git/objects").as_os_str().as_encoded_bytes()).unwrap();
    assert_eq!(ensure_read(&borrower), (0, 0));
    let oid = Oid::from_hex(it.git(&["rev-parse", "HEAD:long"]).as_bytes()).unwrap();
    assert!(!borrower.readers()[0].read(oid).unwrap().is_empty());
}

#[test]
fn what_is_asked_for_twice_is_given_once_with_both_numbers() {
    let it = Fixture::with_versions(&[], 3);
    it.repack(&[]);
    let [repo, _] = it.readers();
    let oid = Oid::from_hex(it.git(&["rev-parse", "HEAD~1:long"]).as_bytes()).unwrap();
    let missing = Oid::from_hex(&[b'1'; 40]).unwrap();
    let families = repo.families([Some(oid), None, Some(missing), Some(oid)].into_iter());
    let mut given = Vec::new();
    families.read(|content: Content<'_, ()>| {
        given.push(content.numbers.to_vec());
        (content.bytes, ())
    });
    assert_eq!((given, families.left()), (vec![vec![0, 3]], &[1, 2][..]));
}

#[test]
fn threads_share_the_families_and_read_each_content_once() {
    let it = Fixture::with_versions(&[], 10);
    it.repack(&[]);
    let [repo, _] = it.readers();
    let objects = it.objects();
    let families = repo.families(objects.iter().map(|(oid, _)| Some(*oid)));
    let seen = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                families.read(|content: Content<'_, ()>| {
                    lock(&seen).extend_from_slice(content.numbers);
                    (content.bytes, ())
                })
            });
        }
    });
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    assert!(seen.into_iter().eq(0..objects.len() as u32));
}

/// Counts those that live.
#[derive(Default)]
struct Alive(Option<Rc<Cell<usize>>>);

impl Drop for Alive {
    fn drop(&mut self) {
        if let Some(count) = &self.0 {
            count.set(count.get() - 1);
        }
    }
}

#[test]
fn of_a_long_family_few_bases_are_kept_at_once() {
    let it = Fixture::with_versions(&[], 60);
    it.repack(&[]);
    let [repo, _] = it.readers();
    let commits = it.git(&["rev-list", "--all"]);
    let oids: Vec<_> = commits
        .lines()
        .map(|commit| Oid::from_hex(it.git(&["rev-parse", &format!("{commit}:long")]).as_bytes()))
        .collect();
    let (count, mut most) = (Rc::new(Cell::new(0)), 0);
    let families = repo.families(oids.into_iter());
    families.read(|content| {
        count.set(count.get() + 1);
        most = most.max(count.get());
        (content.bytes, Alive(Some(Rc::clone(&count))))
    });
    assert!((2..=8).contains(&most), "{most} of 60");
    assert_eq!(count.get(), 0);
}

#[test]
fn no_damage_to_a_pack_loses_a_content_or_changes_one() {
    let it = Fixture::with_versions(&[], 8);
    it.repack(&[]);
    let [_, git] = it.readers();
    let objects = it.objects();
    let contents: Vec<_> = objects.iter().map(|(oid, _)| git.read(*oid).unwrap()).collect();
    let pack = it.pack_files("pack").remove(0);
    let whole = fs::read(&pack).unwrap();
    let mut permissions = fs::metadata(&pack).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a temporary file")]
    permissions.set_readonly(false);
    fs::set_permissions(&pack, permissions).unwrap();
    let mut unread = 0;
    for at in (12..whole.len() - 20).step_by(101) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        fs::write(&pack, &damaged).unwrap();
        let [repo, _] = it.readers();
        let families = repo.families(objects.iter().map(|(oid, _)| Some(*oid)));
        let mut seen = vec![0; objects.len()];
        let failed = families.read(|content: Content<'_, ()>| {
            for &number in content.numbers {
                seen[number as usize] += 1;
                // Of another base something else is made, as git's own reader makes it.
                let is_right = contents[number as usize] == content.bytes;
                assert!(is_right || content.base.is_some(), "byte {at}");
            }
            (content.bytes, ())
        });
        unread += failed.len();
        families.left().iter().chain(&failed).for_each(|&number| seen[number as usize] += 1);
        assert!(seen.iter().all(|&times| times == 1), "byte {at}");
    }
    assert!(unread > 100, "{unread}");
}

/// A pack with an index of these entries, each what stands before its content,
/// and the content.
fn made_up(entries: &[(Oid, Vec<u8>, &[u8])]) -> (TempDir, Vec<Pack>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack");
    fs::create_dir(&path).unwrap();
    let mut pack = b"PACK\0\0\0\x02\0\0\0\0".to_vec();
    let mut starts = HashMap::new();
    for (oid, head, content) in entries {
        starts.insert(*oid, pack.len() as u32);
        pack.extend(head);
        pack.extend(packed(content, 1));
    }
    pack.extend([0; 20]);
    let mut oids: Vec<Oid> = entries.iter().map(|(oid, ..)| *oid).collect();
    oids.sort();
    let mut index = b"\xfftOc\0\0\0\x02".to_vec();
    for first in 0..=255 {
        let upto = oids.iter().filter(|oid| oid.as_raw()[0] <= first).count();
        index.extend((upto as u32).to_be_bytes());
    }
    index.extend(oids.iter().flat_map(|oid| oid.as_raw().to_vec()));
    index.extend(vec![0; 4 * oids.len()]);
    index.extend(oids.iter().flat_map(|oid| starts[oid].to_be_bytes()));
    index.extend([0; 40]);
    fs::write(path.join("pack-1.pack"), pack).unwrap();
    fs::write(path.join("pack-1.idx"), index).unwrap();
    let packs = Pack::all(folder.path(), 20);
    assert_eq!(packs.len(), 1);
    (folder, packs)
}

/// What stands before a change of `base`, whose size is below 16.
fn change_of(base: Oid, size: usize) -> Vec<u8> {
    [&[0x70 | size as u8], base.as_raw()].concat()
}

#[test]
fn contents_that_are_each_others_base_are_left_and_nothing_waits_for_them() {
    let oid = |digit: u8| Oid::from_hex(&[digit; 40]).unwrap();
    let (a, b, c, d) = (oid(b'a'), oid(b'b'), oid(b'c'), oid(b'd'));
    let change = [3, 3, 0x80 | 0x10, 3];
    let (_folder, packs) = made_up(&[
        (a, change_of(b, 4), &change),
        (b, change_of(a, 4), &change),
        (c, vec![0x33], b"abc"),
        (d, change_of(c, 4), &change),
    ]);
    let families = Families::of(&packs, [a, b, c, d].into_iter().map(Some));
    let mut read = Vec::new();
    let unread = families.read(|content: Content<'_, ()>| {
        read.push((content.numbers.to_vec(), content.bytes.clone()));
        (content.bytes, ())
    });
    assert_eq!(read, [(vec![2], b"abc".to_vec()), (vec![3], b"abc".to_vec())]);
    assert!(unread.is_empty());
    assert_eq!(families.left(), [0, 1]);
}

#[test]
fn a_size_that_is_not_that_of_the_content_is_never_believed() {
    let oid = Oid::from_hex(&[b'a'; 40]).unwrap();
    for head in
        [&[0x32][..], &[0x34], &[0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], &[0x03], &[0x53]]
    {
        let (_folder, packs) = made_up(&[(oid, head.to_vec(), b"abc")]);
        let start = packs[0].find(oid).unwrap();
        assert_eq!(PackReader::open(&packs[0]).unwrap().read(start), None, "{head:?}");
    }
}
