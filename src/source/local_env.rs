//! The env files of this machine: at the root of a work tree and in the
//! current folder, never a walk. Regular files only: secret managers mount
//! named pipes under such names, and reading one would wait for ever.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bstr::ByteVec as _;

use crate::detect::{LocalValues, is_env_name, is_template_name};

/// An env file is no larger.
const MAX_BYTES: u64 = 1 << 20;

/// The values of the env files in these folders, less what their templates hold.
pub(crate) fn local_values(folders: &[PathBuf]) -> LocalValues {
    let folders: BTreeSet<PathBuf> =
        folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    let (mut files, mut templates) = (Vec::new(), Vec::new());
    for file in folders.iter().flat_map(|folder| env_files(folder)) {
        let name = <Vec<u8>>::from_path_lossy(file.file_name().map_or(&file, Path::new));
        let is_template = is_template_name(&name);
        // A file that cannot be read cannot be the agent's either.
        let Ok(bytes) = fs::read(&file) else { continue };
        if is_template { templates.push(bytes) } else { files.push(bytes) }
    }
    LocalValues::of(&files, &templates)
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
        assert_eq!(values.len(), 1);
    }
}
