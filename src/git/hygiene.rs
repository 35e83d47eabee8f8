//! What git says of files that should not be in it: which rule ignores them,
//! which ignored ones lie about, which were committed once.

use std::ffi::OsString;

use bstr::ByteSlice as _;

use super::{GitError, Repo, entry, plumbing};
use crate::model::RepoPath;

/// The line of an ignore file that decides about a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreRule {
    /// The file, relative to the root or absolute.
    pub source: RepoPath,
    /// The line, counted from 1.
    pub line: usize,
    /// The pattern; one that begins with `!` takes a path out again.
    pub pattern: String,
}

impl IgnoreRule {
    /// Whether the path is ignored by it.
    pub fn ignores(&self) -> bool {
        !self.pattern.starts_with('!')
    }
}

impl Repo {
    /// The rule that decides about each of these paths, tracked or not, as
    /// `git check-ignore -v` tells it.
    pub fn ignore_rules(&self, paths: &[RepoPath]) -> Result<Vec<Option<IgnoreRule>>, GitError> {
        let mut command = plumbing::at_root_with_globs(&self.location);
        command.args(["check-ignore", "-v", "-n", "-z", "--no-index", "--stdin"]);
        let names = paths.iter().flat_map(|path| [path.as_bytes(), b"\0"].concat()).collect();
        let output = plumbing::output_fed(&mut command, names)?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(plumbing::failed(&command, &output));
        }
        let fields: Vec<&[u8]> = output.stdout.split(|&b| b == 0).collect();
        let rules: Vec<_> = fields.chunks_exact(4).map(rule).collect();
        if rules.len() == paths.len() {
            Ok(rules)
        } else {
            Err(entry::garbled("check-ignore", &output.stdout))
        }
    }

    /// Files that are ignored and whose base name fits one of these globs;
    /// folders of dependencies are not looked into.
    pub fn ignored(&self, globs: &[&str]) -> Result<Vec<RepoPath>, GitError> {
        const FOREIGN: [&str; 6] =
            ["node_modules", ".venv", "venv", "target", "vendor", "site-packages"];
        let mut command = plumbing::at_root_with_globs(&self.location);
        command.args(["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--"]);
        command.args(globs.iter().map(|glob| format!(":(glob,icase)**/{glob}")));
        command.args(FOREIGN.iter().map(|name| format!(":(exclude,glob)**/{name}/**")));
        let listing = plumbing::run(&mut command)?;
        Ok(entry::records(&listing).map(RepoPath::new).collect())
    }

    /// Files whose base name fits one of these globs and that a commit of any
    /// ref added, each with one such commit.
    pub fn ever_added(&self, globs: &[&str]) -> Result<Vec<(RepoPath, String)>, GitError> {
        let mut command = plumbing::at_root_with_globs(&self.location);
        command.args(["log", "--all", "--no-renames", "--diff-filter=A", "--name-only", "-z"]);
        command.args(["--format=%x01%H", "--"]);
        command.args(globs.iter().map(|glob| OsString::from(format!(":(glob,icase)**/{glob}"))));
        let listing = plumbing::run(&mut command)?;
        let mut added = Vec::new();
        let mut commit = String::new();
        for field in listing.split(|&b| b == 0) {
            let field = field.trim_start_with(|c| c == '\n');
            match field.strip_prefix(b"\x01") {
                Some(id) => id.to_str_lossy().trim().clone_into(&mut commit),
                None if field.is_empty() => {}
                None => added.push((RepoPath::new(field), commit.clone())),
            }
        }
        added.sort();
        added.dedup_by(|a, b| a.0 == b.0);
        Ok(added)
    }
}

fn rule(fields: &[&[u8]]) -> Option<IgnoreRule> {
    let [source, line, pattern, _] = fields else { return None };
    let line = line.to_str().ok()?.parse().ok()?;
    let pattern = pattern.to_str_lossy().into_owned();
    Some(IgnoreRule { source: RepoPath::new(*source), line, pattern })
}
