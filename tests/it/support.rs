//! Temporary repositories with a HOME of their own and nothing inherited.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use tempfile::TempDir;

/// The built program.
pub(crate) const STANCH: &str = env!("CARGO_BIN_EXE_stanch");

/// A temporary folder with a repository in `repo` and a home in `home`.
pub(crate) struct Sandbox {
    folder: TempDir,
    env: Vec<(String, String)>,
}

/// What a program said and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    /// A sandbox whose `repo` is a new repository without a commit.
    pub(crate) fn new() -> Self {
        Self::of_kind(&[])
    }

    /// The same, made with these arguments for `git init`.
    pub(crate) fn of_kind(init: &[&str]) -> Self {
        let sandbox = Self::without_repository();
        sandbox.git(&[&["init", "-q", "-b", "main"], init].concat());
        sandbox
    }

    /// The same with a commit and guarded, its baseline committed.
    pub(crate) fn guarded(init: &[&str]) -> Self {
        let sandbox = Self::of_kind(init);
        sandbox.commit_file("readme", "hello\n");
        sandbox.stanch_ok(&["install"]);
        sandbox.git(&["add", "."]);
        sandbox.git(&["commit", "-q", "-m", "guard"]);
        sandbox
    }

    /// A sandbox whose `repo` is an ordinary folder.
    pub(crate) fn without_repository() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("repo")).unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        let sandbox = Self { folder, env: Vec::new() };
        sandbox.write_home(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n[advice]\n\tdefaultBranchName = false\n");
        sandbox
    }

    /// The same, with one more environment variable for every program run.
    pub(crate) fn with_env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// The same without a variable that was given before.
    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.env.retain(|(given, _)| given != name);
        self
    }

    /// The repository.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    /// The folder that holds everything.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the repository, its folders too.
    pub(crate) fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    /// Writes a file of the home.
    pub(crate) fn write_home(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let file = self.folder.path().join("home").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    /// The text of a file of the repository.
    pub(crate) fn read(&self, path: impl AsRef<Path>) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// A command in the repository with a clean environment: own HOME, no `GIT_*`.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.root()).env_clear().stdin(Stdio::null());
        command.env("PATH", format!("{}:{}", bin_folder().display(), env::var("PATH").unwrap()));
        command.env("HOME", self.folder.path().join("home"));
        command.env("TMPDIR", self.folder.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C").env("TZ", "UTC");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a program in the repository.
    pub(crate) fn run(&self, program: &str, args: &[&str]) -> Run {
        Run::of(&self.command(program).args(args).output().unwrap())
    }

    /// Runs a program that must succeed, and gives its standard output.
    pub(crate) fn ok(&self, program: &str, args: &[&str]) -> String {
        let run = self.run(program, args);
        assert_eq!(run.code, 0, "{program} {args:?}\n{}{}", run.out, run.err);
        run.out
    }

    /// Runs git, which must succeed.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        self.ok("git", args)
    }

    /// Runs git, whatever comes of it.
    pub(crate) fn try_git(&self, args: &[&str]) -> Run {
        self.run("git", args)
    }

    /// Runs stanch.
    pub(crate) fn stanch(&self, args: &[&str]) -> Run {
        self.run(STANCH, args)
    }

    /// Runs stanch, which must succeed.
    pub(crate) fn stanch_ok(&self, args: &[&str]) -> String {
        self.ok(STANCH, args)
    }

    /// Runs stanch in a folder, from that of the repository.
    pub(crate) fn stanch_in(&self, folder: impl AsRef<Path>, args: &[&str]) -> Run {
        let mut command = self.command(STANCH);
        Run::of(&command.current_dir(self.root().join(folder)).args(args).output().unwrap())
    }

    /// Runs stanch with something on its standard input.
    pub(crate) fn stanch_fed(&self, args: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(STANCH);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_ref()).unwrap();
        Run::of(&child.wait_with_output().unwrap())
    }

    /// Writes a file, stages and commits it without any hook.
    pub(crate) fn commit_file(&self, path: &str, content: &str) {
        self.write(path, content);
        self.git(&["add", "-f", path]);
        self.git(&["commit", "-q", "--no-verify", "-m", path]);
    }
}

impl Run {
    /// What a finished program said.
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Both streams.
    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// The findings of a `--format jsonl` run.
    pub(crate) fn findings(&self) -> Vec<serde_json::Value> {
        self.lines().into_iter().filter(|line| line.get("rule").is_some()).collect()
    }

    /// The summary of a `--format jsonl` run, which must be its last line.
    pub(crate) fn summary(&self) -> serde_json::Value {
        self.lines().pop().expect("a last line")["summary"].clone()
    }

    fn lines(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON on every line"))
            .collect()
    }
}

/// A GitHub token with a right checksum, made at run time: none stands in the
/// repository. Another seed gives another token.
pub(crate) fn token(seed: u64) -> String {
    stanch::rules::template::expand("ghp_{base62:30}{crc:crc32-base62}", seed).unwrap()
}

/// Every file below a folder with its mode and bytes.
pub(crate) fn snapshot(folder: &Path) -> Vec<(PathBuf, u32, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let meta = fs::symlink_metadata(entry.path()).unwrap();
        if meta.is_dir() {
            all.extend(snapshot(&entry.path()));
        } else if meta.is_file() {
            let bytes = fs::read(entry.path()).unwrap();
            all.push((entry.path(), meta.permissions().mode(), bytes));
        } else {
            let target = fs::read_link(entry.path()).unwrap();
            all.push((entry.path(), 0, target.into_os_string().into_encoded_bytes()));
        }
    }
    all.sort();
    all
}

/// The folder of the built binary, so that hooks find it in PATH.
fn bin_folder() -> &'static Path {
    Path::new(STANCH).parent().unwrap()
}
