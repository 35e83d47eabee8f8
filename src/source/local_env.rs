//! The env files of this machine: at the root of a work tree, in the current
//! folder, beside what is being committed; never a walk. Regular files only:
//! secret managers mount named pipes under such names, and reading one would
//! wait for ever; a link leads who knows where.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use bstr::{ByteSlice as _, ByteVec as _};

use crate::detect::{LocalValues, is_env_name, is_template_name};
use crate::extract;
use crate::model::RepoPath;
use crate::platform;

/// An env file is no larger.
const MAX_BYTES: u64 = 1 << 20;

/// The names tools read, and the templates beside them. A fixed list: folders
/// are not listed, for some hold a hundred thousand files.
const NAMES: [&str; 12] = [
    ".env",
    ".env.local",
    ".env.dev",
    ".env.development",
    ".env.development.local",
    ".env.staging",
    ".env.test",
    ".env.test.local",
    ".env.prod",
    ".env.production",
    ".env.production.local",
    ".envrc.local",
];
const TEMPLATES: [&str; 6] =
    [".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", "env.example"];
/// How many folders are looked into for one commit.
const MOST_FOLDERS: usize = 64;

/// The values of the env files in these folders, less what their templates hold.
pub(crate) fn local_values(folders: &[PathBuf]) -> LocalValues {
    let folders: BTreeSet<PathBuf> =
        folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    let (mut files, mut templates) = (Vec::new(), Vec::new());
    for file in folders.iter().flat_map(|folder| env_files(folder)) {
        let name = <Vec<u8>>::from_path_lossy(file.file_name().map_or(&file, Path::new));
        let is_template = is_template_name(&name);
        // A file that cannot be read cannot be the agent's either.
        let Some(bytes) = read(&file) else { continue };
        if is_template { templates.push(bytes) } else { files.push(bytes) }
    }
    LocalValues::of(&files, &templates)
}

/// The values of untracked env files at `root` and in the folders of `paths`,
/// less what their templates hold. What cannot be read is passed over: it is
/// no part of what is being committed.
pub(crate) fn values_beside<'p>(
    root: &Path,
    paths: impl Iterator<Item = &'p RepoPath>,
    is_tracked: impl Fn(&RepoPath) -> bool,
) -> LocalValues {
    let folders: BTreeSet<&[u8]> =
        [&b""[..]].into_iter().chain(paths.map(RepoPath::folder)).take(MOST_FOLDERS).collect();
    let (mut files, mut templates) = (Vec::new(), Vec::new());
    for folder in folders {
        let path_of = |name: &str| RepoPath::within(folder, name.as_bytes());
        let read = |path: &RepoPath| read(&root.join(path.as_bytes().to_path().ok()?));
        let own = NAMES.map(path_of).into_iter().filter_map(|path| Some((read(&path)?, path)));
        let before = files.len();
        files.extend(own.filter(|(_, path)| !is_tracked(path)).map(|(bytes, _)| bytes));
        if files.len() > before {
            templates.extend(TEMPLATES.iter().filter_map(|name| read(&path_of(name))));
        }
    }
    LocalValues::of(&files, &templates)
}

/// The text of a regular file, if it is one and not too large, in UTF-8: PowerShell writes
/// UTF-16.
fn read(path: &Path) -> Option<Vec<u8>> {
    let file = platform::open_plain(path).ok()?;
    let meta = file.metadata().ok()?;
    if !meta.is_file() || meta.len() > MAX_BYTES {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    Some(extract::utf8(bytes))
}

/// The regular files of the family in a folder, sorted.
fn env_files(folder: &Path) -> BTreeSet<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    entries
        .filter_map(Result::ok)
        .filter(|entry| is_env_name(&Vec::from_os_str_lossy(&entry.file_name())))
        .filter(|entry| {
            // Of a link this is the link, which is no file.
            entry.metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_BYTES)
        })
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_of_the_family_are_read_and_templates_count_against_them() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at(".env"), "DB_PASSWORD=correct4horse\nAPI_SECRET=same-as-template-1\n")
            .unwrap();
        fs::write(at(".env.example"), "DB_PASSWORD=\nAPI_SECRET=same-as-template-1\n").unwrap();
        fs::write(at("notes.txt"), "OTHER_SECRET=not4an5env6file\n").unwrap();
        fs::create_dir(at("sub")).unwrap();
        fs::write(at("sub/.env"), "SUB_SECRET=not4at5the6root\n").unwrap();
        let values = local_values(&[folder.path().to_owned(), folder.path().to_owned()]);
        let text = b"correct4horse same-as-template-1 not4an5env6file not4at5the6root";
        let found: Vec<_> = values.candidates(text).map(|found| found.span.of(text)).collect();
        assert_eq!(found, [b"correct4horse"]);
    }

    fn count(root: &Path, beside: &str, text: &str) -> usize {
        let beside = RepoPath::new(beside.as_bytes());
        let is_tracked = |path: &RepoPath| path.as_bytes().ends_with(b".env.production");
        values_beside(root, [&beside].into_iter(), is_tracked).candidates(text.as_bytes()).count()
    }

    #[test]
    fn files_at_the_root_and_beside_are_read_and_tracked_ones_are_not() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join(".env"), "PASSWORD=Winter2031!").unwrap();
        fs::write(root.join("a/b/.env.local"), "PASSWORD=Spring2032!").unwrap();
        fs::write(root.join("a/.env"), "PASSWORD=Summer2033!").unwrap();
        fs::write(root.join(".env.production"), "PASSWORD=Autumn2034!").unwrap();
        let text = "Winter2031! Spring2032! Summer2033! Autumn2034!";
        assert_eq!(count(root, "a/b/c.txt", text), 2);
        fs::write(root.join("a/b/.env.example"), "PASSWORD=Spring2032!").unwrap();
        assert_eq!(count(root, "a/b/c.txt", text), 1);
        let wide: Vec<u8> =
            "\u{feff}PASSWORD=Winter2031!\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(root.join(".env"), wide).unwrap();
        assert_eq!(count(root, "a/b/c.txt", text), 1);
        // A template counts beside a file of its kind.
        fs::create_dir(root.join("c")).unwrap();
        fs::write(root.join("c/.env.example"), "PASSWORD=Winter2031!").unwrap();
        assert_eq!(count(root, "c/d.txt", text), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_folders_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("real"), "PASSWORD=Winter2031!").unwrap();
        std::os::unix::fs::symlink(root.join("real"), root.join(".env")).unwrap();
        fs::create_dir(root.join(".env.local")).unwrap();
        #[expect(clippy::disallowed_methods, reason = "std makes no named pipes")]
        let made = std::process::Command::new("mkfifo").arg(root.join(".env.test")).status();
        assert!(made.unwrap().success());
        assert_eq!(count(root, "x", "Winter2031!"), 0);
    }
}
