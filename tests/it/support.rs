//! Temporary repositories with a HOME of their own and nothing inherited.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use tempfile::TempDir;

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
        let sandbox = Self::without_repository();
        sandbox.ok("git", &["init", "-q", "-b", "main"]);
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
        self.run(env!("CARGO_BIN_EXE_stanch"), args)
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

/// The folder of the built binary, so that hooks find it in PATH.
fn bin_folder() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_stanch")).parent().unwrap()
}
