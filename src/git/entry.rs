//! Files as git lists them, and the readers of its three `-z` listings. Names
//! are bytes up to NUL: nothing is split, unquoted or decoded.

use bstr::ByteSlice as _;

use super::{GitError, Oid};
use crate::model::{OneLine, RepoPath};

/// One file of an index or a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path from the repository's root.
    pub path: RepoPath,
    /// What it is.
    pub mode: Mode,
    /// Its content; of a [`Mode::Gitlink`] the commit of the submodule.
    pub oid: Oid,
}

/// A path at which the index differs from HEAD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The path.
    pub(super) path: RepoPath,
    /// What the index has there; none when it was taken out.
    pub(super) now: Option<Entry>,
}

/// What a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// A file.
    File,
    /// A file that may be run.
    Executable,
    /// A symbolic link; its content is the target, which nobody follows.
    Link,
    /// A submodule; it has no content here.
    Gitlink,
}

impl Mode {
    /// Whether there is content to read.
    pub fn has_content(self) -> bool {
        match self {
            Self::File | Self::Executable | Self::Link => true,
            Self::Gitlink => false,
        }
    }

    /// Reads git's octal mode; none for a folder or for nothing.
    pub(super) fn from_bits(bits: u32) -> Option<Self> {
        match bits & 0o170_000 {
            0o100_000 if bits & 0o100 != 0 => Some(Self::Executable),
            0o100_000 => Some(Self::File),
            0o120_000 => Some(Self::Link),
            0o160_000 => Some(Self::Gitlink),
            _ => None,
        }
    }

    pub(super) fn from_octal(digits: &[u8]) -> Option<Self> {
        let digits = str::from_utf8(digits).ok()?;
        Self::from_bits(u32::from_str_radix(digits, 8).ok()?)
    }
}

/// Reads `diff-index --raw -z --no-renames --no-abbrev`: the new side of each change.
pub(super) fn from_raw_diff(listing: &[u8]) -> Result<Vec<Change>, GitError> {
    let mut changes = Vec::new();
    let mut records = records(listing);
    while let Some(head) = records.next() {
        let path = records.next().ok_or_else(|| garbled("diff-index", head))?;
        let path = RepoPath::new(path);
        let (mode, oid, status) = new_side(head).ok_or_else(|| garbled("diff-index", head))?;
        match status {
            b'D' => changes.push(Change { path, now: None }),
            b'U' => return Err(GitError::Unmerged { path }),
            _ => {
                let mode = mode.ok_or_else(|| garbled("diff-index", head))?;
                let now = Some(Entry { path: path.clone(), mode, oid });
                changes.push(Change { path, now });
            }
        }
    }
    changes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(changes)
}

/// `:100644 100755 <old> <new> M`: the new mode, the new name, the status.
fn new_side(head: &[u8]) -> Option<(Option<Mode>, Oid, u8)> {
    let mut fields = head.strip_prefix(b":")?.split(|&b| b == b' ');
    let _old_mode = fields.next()?;
    let mode = Mode::from_octal(fields.next()?);
    let _old = fields.next()?;
    let oid = Oid::from_hex(fields.next()?)?;
    let status = *fields.next()?.first()?;
    Some((mode, oid, status))
}

/// Reads `ls-files --stage -z`: `mode oid stage TAB path`. Git lists what a cut
/// index file holds by chance, so a mode that is none is an error.
pub(super) fn from_stages(listing: &[u8]) -> Result<Vec<(Entry, u8)>, GitError> {
    records(listing)
        .map(|record| {
            let read = || {
                let (head, path) = record.split_once_str("\t")?;
                let mut fields = head.split(|&b| b == b' ');
                let mode = Mode::from_octal(fields.next()?)?;
                let oid = Oid::from_hex(fields.next()?)?;
                let stage = fields.next()?.first()?.checked_sub(b'0')?;
                Some((Entry { path: RepoPath::new(path), mode, oid }, stage))
            };
            read().ok_or_else(|| garbled("ls-files", record))
        })
        .collect()
}

/// Reads `ls-tree -r -z`: `mode type oid TAB path`.
pub(super) fn from_tree(listing: &[u8]) -> Result<Vec<Entry>, GitError> {
    records(listing)
        .map(|record| {
            let read = || {
                let (head, path) = record.split_once_str("\t")?;
                let mut fields = head.split(|&b| b == b' ');
                let mode = Mode::from_octal(fields.next()?);
                let oid = Oid::from_hex(fields.nth(1)?)?;
                Some(mode.map(|mode| Entry { path: RepoPath::new(path), mode, oid }))
            };
            read().ok_or_else(|| garbled("ls-tree", record))
        })
        .filter_map(Result::transpose)
        .collect()
}

/// What an entry of a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    /// Another tree.
    Folder,
    /// Something with a mode of its own.
    File(Mode),
}

/// An entry of a stored tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stored<'t> {
    /// What it is.
    pub(super) node: Node,
    /// Its name in the folder.
    pub(super) name: &'t [u8],
    /// Its object.
    pub(super) oid: Oid,
    /// All of it, as it is stored.
    pub(super) bytes: &'t [u8],
}

/// Reads a tree object as it is stored: `mode SP name NUL id`, again and again.
/// The ids are as long as that of the tree itself.
pub(super) fn from_raw_tree(
    mut tree: &[u8],
    name: Oid,
) -> impl Iterator<Item = Result<Stored<'_>, GitError>> {
    let length = name.as_raw().len();
    std::iter::from_fn(move || {
        if tree.is_empty() {
            return None;
        }
        let read = || {
            let space = memchr::memchr(b' ', tree)?;
            let end = space + 1 + memchr::memchr(0, &tree[space + 1..])?;
            let oid = Oid::from_raw(tree.get(end + 1..end + 1 + length)?)?;
            let node = match &tree[..space] {
                b"40000" | b"040000" => Node::Folder,
                // As nearly all of millions are.
                b"100644" => Node::File(Mode::File),
                mode => Node::File(Mode::from_octal(mode)?),
            };
            let (bytes, name) = (&tree[..=end + length], &tree[space + 1..end]);
            Some(Stored { node, name, oid, bytes })
        };
        let Some(entry) = read() else {
            let what = format!("{name}, a tree");
            tree = &[];
            return Some(Err(garbled("cat-file", what.as_bytes())));
        };
        tree = &tree[entry.bytes.len()..];
        Some(Ok(entry))
    })
}

/// How long the first entry of a stored tree is; nothing where it has no end.
pub(super) fn raw_len(tree: &[u8], name: Oid) -> usize {
    memchr::memchr(0, tree).map_or(0, |end| end + 1 + name.as_raw().len())
}

/// The records of a listing, each ended by NUL.
pub(super) fn records(listing: &[u8]) -> impl Iterator<Item = &[u8]> {
    listing.split(|&b| b == 0).filter(|record| !record.is_empty())
}

pub(super) fn garbled(command: &str, record: &[u8]) -> GitError {
    GitError::Output { command: command.to_owned(), got: OneLine::new(record).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";

    #[test]
    fn a_raw_diff_gives_the_new_side_and_names_keep_every_byte() {
        let listing = format!(
            ":100644 100755 {A} {B} M\0a\tb\n\"c\0:100644 000000 {A} {A} D\0gone\0:000000 160000 {A} {B} A\0sub\0"
        );
        let changes = from_raw_diff(listing.as_bytes()).unwrap();
        let shown = |now: &Entry| (now.mode, now.oid.to_string());
        let listed: Vec<_> = changes
            .iter()
            .map(|change| (change.path.as_bytes(), change.now.as_ref().map(shown)))
            .collect();
        assert_eq!(
            listed,
            [
                (&b"a\tb\n\"c"[..], Some((Mode::Executable, B.to_owned()))),
                (b"gone", None),
                (b"sub", Some((Mode::Gitlink, B.to_owned()))),
            ]
        );
    }

    #[test]
    fn an_unmerged_path_is_an_error_and_not_a_clean_file() {
        let listing = format!(":000000 100644 {A} {A} U\0both\0");
        assert!(matches!(from_raw_diff(listing.as_bytes()), Err(GitError::Unmerged { .. })));
    }

    #[test]
    fn a_listing_that_is_cut_or_strange_is_an_error() {
        assert!(from_raw_diff(format!(":100644 100644 {A} {B} M\0").as_bytes()).is_err());
        assert!(from_raw_diff(b"warning: what\0x\0").is_err());
        assert!(from_stages(b"100644 zz 0\tx\0").is_err());
        assert!(from_tree(b"100644 blob\tx\0").is_err());
    }

    #[test]
    fn a_stored_tree_is_read_and_a_cut_one_is_an_error() {
        let name = Oid::from_hex(A.as_bytes()).unwrap();
        let mut tree = b"100644 a b\0".to_vec();
        tree.extend([0x22; 20]);
        tree.extend(b"40000 d\0");
        tree.extend([0x11; 20]);
        let read = |tree| from_raw_tree(tree, name).collect::<Result<Vec<_>, _>>();
        let entries = read(&tree).unwrap();
        let shown = |at: usize| (entries[at].node, entries[at].name, entries[at].oid);
        let file = Oid::from_hex(B.as_bytes()).unwrap();
        assert_eq!(shown(0), (Node::File(Mode::File), &b"a b"[..], file));
        assert_eq!(shown(1), (Node::Folder, &b"d"[..], name));
        assert_eq!(entries[0].bytes, &tree[..31]);
        assert!(read(&tree[..tree.len() - 1]).is_err());
        assert!(read(b"what is this").is_err());
        assert_eq!(read(b"").unwrap(), []);
    }

    #[test]
    fn stages_and_trees_are_read() {
        let staged = from_stages(format!("100644 {A} 0\ta\tb\0120000 {B} 2\tl\0").as_bytes());
        let staged = staged.unwrap();
        assert_eq!(staged[0].0.path.as_bytes(), b"a\tb");
        assert_eq!((staged[1].0.mode, staged[1].1), (Mode::Link, 2));
        let tree = from_tree(format!("100755 blob {A}\tx y\0").as_bytes()).unwrap();
        assert_eq!(tree[0].path.as_bytes(), b"x y");
    }
}
