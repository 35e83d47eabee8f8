//! The second reader: git itself, by its plumbing commands. For every repository
//! that libgit2 cannot open, and for indexes that are split or sparse.
//!
//! Porcelain is never used: attributes, text conversion, `diff.*` settings and
//! colors change what it prints. Replacement objects are switched off: a
//! replaced blob would hide a staged one.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use bstr::ByteSlice as _;

use super::entry::{self, Change, Entry};
use super::location::{LOCAL_VARIABLES, Location, Start, variable};
use super::{GitError, Oid};
use crate::model::{OneLine, RepoPath};

/// A git command in the repository's environment.
pub(super) fn git(location: &Location) -> Command {
    let mut command = bare_command(&location.start);
    if location.index_is_named {
        command.env("GIT_INDEX_FILE", &location.index);
    }
    command
}

/// One that runs at the top of the work tree, for commands whose paths and
/// listings are relative to the folder they run in.
pub(super) fn at_root(location: &Location) -> Command {
    let mut command = git(location);
    if let Some(root) = &location.root {
        command.current_dir(root);
        // From there, a relative one would name another place.
        if matches!(location.start, Start::Environment) && variable("GIT_DIR").is_some() {
            command.env("GIT_DIR", &location.git_dir).env("GIT_WORK_TREE", root);
        }
    }
    command
}

/// The same for globs of ours, and for `check-ignore`, which takes paths and
/// refuses to be told how to read pathspecs.
pub(super) fn at_root_with_globs(location: &Location) -> Command {
    let mut command = at_root(location);
    command.env_remove("GIT_LITERAL_PATHSPECS");
    command
}

fn bare_command(start: &Start) -> Command {
    let mut command = Command::new("git");
    if let Start::Folder(folder) = start {
        for variable in LOCAL_VARIABLES {
            command.env_remove(variable);
        }
        command.arg("-C").arg(folder);
    }
    // Git refuses these beside literal ones.
    for variable in ["GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"] {
        command.env_remove(variable);
    }
    command
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_LITERAL_PATHSPECS", "1")
        // Nothing leaves the machine: no lazy fetch from a promisor remote, and
        // no transport for versions that do not know the first variable.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// A git command that speaks of the user's settings, not of a repository.
pub(super) fn user_git() -> Command {
    Command::new("git")
}

/// Runs a command and returns what it printed.
pub(super) fn run(command: &mut Command) -> Result<Vec<u8>, GitError> {
    let output = output(command)?;
    succeeded(command, output)
}

/// Runs a command with something on its standard input and returns what it printed.
pub(super) fn feed(command: &mut Command, input: Vec<u8>) -> Result<Vec<u8>, GitError> {
    let output = output_fed(command, input)?;
    succeeded(command, output)
}

fn succeeded(command: &Command, output: Output) -> Result<Vec<u8>, GitError> {
    if output.status.success() { Ok(output.stdout) } else { Err(failed(command, &output)) }
}

pub(super) fn output(command: &mut Command) -> Result<Output, GitError> {
    command.output().map_err(|error| no_git(&error))
}

/// The input is written by a thread of its own: both pipes are full at times.
pub(super) fn output_fed(command: &mut Command, input: Vec<u8>) -> Result<Output, GitError> {
    let mut child = spawn(command.stdin(Stdio::piped()))?;
    let mut stdin = child.stdin.take().expect("stdin was asked for above");
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = finish(child);
    let written = writer.join();
    let output = output?;
    if matches!(written, Ok(Ok(()))) { Ok(output) } else { Err(failed(command, &output)) }
}

/// Starts a command that is read by [`finish`].
fn spawn(command: &mut Command) -> Result<Child, GitError> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| no_git(&error))
}

fn finish(child: Child) -> Result<Output, GitError> {
    child.wait_with_output().map_err(|error| no_git(&error))
}

pub(super) fn no_git(error: &io::Error) -> GitError {
    GitError::NoGit { why: error.to_string() }
}

pub(super) fn failed(command: &Command, output: &Output) -> GitError {
    GitError::Command { command: shown(command), said: said(&output.stderr) }
}

/// What git said, without `fatal: ` and without anything that moves a cursor.
fn said(stderr: &[u8]) -> String {
    let lines: Vec<String> = stderr
        .lines()
        .map(|line| line.strip_prefix(b"fatal: ").unwrap_or(line).trim_ascii())
        .filter(|line| !line.is_empty())
        .map(|line| OneLine::new(line).to_string())
        .collect();
    lines.join("; ")
}

pub(super) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> =
        words.map(|word| OneLine::new(word.as_encoded_bytes()).to_string()).collect();
    words.join(" ")
}

/// Asks git where the repository is, when libgit2 will not open it. Git's
/// refusal, such as `safe.directory`, is the error. A folder may hold line
/// feeds, so two commands, side by side, tell the two folders.
pub(super) fn locate(start: Start) -> Result<Location, GitError> {
    let ask = |words: &[&str]| {
        let mut command = bare_command(&start);
        spawn(command.arg("rev-parse").args(words))
    };
    let git_dir = ask(&["--show-object-format", "--absolute-git-dir"])?;
    let top = finish(ask(&["--show-toplevel"])?);
    let output = finish(git_dir)?;
    if !output.status.success() {
        return Err(GitError::Refused { said: said(&output.stderr) });
    }
    let (format, folder) = output
        .stdout
        .split_once_str("\n")
        .ok_or_else(|| entry::garbled("rev-parse", &output.stdout))?;
    let git_dir = path_of(chomp(folder))?;
    let top = top?;
    // A bare repository has none.
    let root = top.status.success().then(|| path_of(chomp(&top.stdout))).transpose()?;
    Ok(Location::new(start, git_dir, root, Oid::zero(format)))
}

pub(super) fn chomp(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").unwrap_or(line)
}

pub(super) fn path_of(bytes: &[u8]) -> Result<PathBuf, GitError> {
    bytes.to_path().map(PathBuf::from).map_err(|_| entry::garbled("rev-parse", bytes))
}

/// What the index changes against HEAD, or against the empty tree before the
/// first commit, sorted by path.
pub(super) fn changes(location: &Location) -> Result<Vec<Change>, GitError> {
    let mut command = diff_index(location, "HEAD");
    let output = output(&mut command)?;
    if output.status.success() {
        return entry::from_raw_diff(&output.stdout);
    }
    if resolve(location, "HEAD")?.is_some() {
        return Err(failed(&command, &output));
    }
    let listing = run(&mut diff_index(location, location.zero.empty_tree()))?;
    entry::from_raw_diff(&listing)
}

fn diff_index(location: &Location, tree: &str) -> Command {
    let mut command = git(location);
    command.args(["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames"]);
    command.args(["--ignore-submodules=none", "--ita-invisible-in-index"]);
    command.args(["--diff-filter=ACDMRTU", tree, "--"]);
    command
}

/// Every entry of the index, one a stage.
pub(super) fn tracked(location: &Location) -> Result<Vec<Entry>, GitError> {
    let mut command = at_root(location);
    let listing = run(command.args(["ls-files", "--stage", "-z"]))?;
    Ok(entry::from_stages(&listing)?.into_iter().map(|(entry, _)| entry).collect())
}

/// The entries of the index at one path, with their stages.
pub(super) fn at_path(location: &Location, path: &RepoPath) -> Result<Vec<(Entry, u8)>, GitError> {
    let mut command = at_root(location);
    command.args(["ls-files", "--stage", "-z", "--"]).arg(word(path)?);
    let mut entries = entry::from_stages(&run(&mut command)?)?;
    // A path also names what is below it.
    entries.retain(|(entry, _)| entry.path == *path);
    if let [(entry, 0)] = &entries[..]
        && entry.oid == location.zero.empty_blob()
        && is_announced(location, path)?
    {
        entries.clear();
    }
    Ok(entries)
}

/// Whether `git add --intent-to-add` only announced a path. Its flag
/// (`CE_INTENT_TO_ADD`) stands in the debug listing alone.
fn is_announced(location: &Location, path: &RepoPath) -> Result<bool, GitError> {
    let mut command = at_root(location);
    command.args(["ls-files", "--debug", "-z", "--"]).arg(word(path)?);
    let listing = run(&mut command)?;
    let flags = listing.rsplit_once_str("flags: ").map(|(_, flags)| flags.trim_ascii());
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.to_str().ok()?, 16).ok());
    Ok(flags.is_some_and(|flags| flags & 1 << 29 != 0))
}

/// Every file of a tree.
pub(super) fn tree(location: &Location, tree: Oid) -> Result<Vec<Entry>, GitError> {
    let mut command = git(location);
    command.args(["ls-tree", "-r", "-z", "--full-tree", &tree.to_string()]);
    entry::from_tree(&run(&mut command)?)
}

/// The file of a tree at one path.
pub(super) fn in_tree(
    location: &Location,
    tree: Oid,
    path: &RepoPath,
) -> Result<Option<Entry>, GitError> {
    let mut command = git(location);
    command.args(["ls-tree", "-z", "--full-tree", &tree.to_string(), "--"]).arg(word(path)?);
    let entries = entry::from_tree(&run(&mut command)?)?;
    Ok(entries.into_iter().find(|entry| entry.path == *path))
}

/// The object a revision names; none when it names nothing.
pub(super) fn resolve(location: &Location, revision: &str) -> Result<Option<Oid>, GitError> {
    let mut command = git(location);
    command.args(["rev-parse", "--verify", "--quiet", "--end-of-options", revision]);
    let output = output(&mut command)?;
    if !output.status.success() {
        return match output.status.code() {
            Some(1) => Ok(None),
            _ => Err(failed(&command, &output)),
        };
    }
    let hex = chomp(&output.stdout);
    Oid::from_hex(hex).map(Some).ok_or_else(|| entry::garbled("rev-parse", hex))
}

fn word(path: &RepoPath) -> Result<&OsStr, GitError> {
    path.as_bytes().to_os_str().map_err(|_| entry::garbled("ls-files", path.as_bytes()))
}
