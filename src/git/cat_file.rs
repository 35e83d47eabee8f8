//! One `git cat-file` child that answers for as long as its reader lives:
//! starting git costs a millisecond, a question costs microseconds.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::location::Location;
use super::{GitError, Oid, entry, plumbing};

/// A running `git cat-file --batch-command`.
#[derive(Debug)]
pub(super) struct CatFile {
    child: Child,
    /// Taken when the reader is dropped, so that git sees the end.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl CatFile {
    pub(super) fn start(location: &Location) -> Result<Self, GitError> {
        let mut command = plumbing::git(location);
        command.args(["cat-file", "--batch-command"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| plumbing::no_git(&error))?;
        let questions = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("stdout was asked for above"));
        Ok(Self { child, questions, answers })
    }

    /// The size of an object.
    pub(super) fn size(&mut self, oid: Oid) -> Result<u64, GitError> {
        self.ask("info", oid)
    }

    /// The content of an object.
    pub(super) fn read(&mut self, oid: Oid) -> Result<Vec<u8>, GitError> {
        let size = self.ask("contents", oid)?;
        let mut content = vec![0; usize::try_from(size).map_err(|_| GitError::Missing { oid })?];
        self.answers.read_exact(&mut content).map_err(|error| match error.kind() {
            // git ends in the middle of what it cannot read whole.
            ErrorKind::UnexpectedEof => GitError::Damaged { oid },
            _ => broken(&error),
        })?;
        let mut end = [0];
        self.answers.read_exact(&mut end).map_err(|error| broken(&error))?;
        Ok(content)
    }

    /// Sends one question and reads the head of its answer, so at most one
    /// answer is ever under way and the two pipes cannot block each other.
    fn ask(&mut self, what: &str, oid: Oid) -> Result<u64, GitError> {
        let questions = self.questions.as_mut().expect("only drop takes it");
        questions
            .write_all(format!("{what} {oid}\n").as_bytes())
            .and_then(|()| questions.flush())
            .map_err(|error| broken(&error))?;
        let mut head = Vec::new();
        self.answers.read_until(b'\n', &mut head).map_err(|error| broken(&error))?;
        size_of(oid, &head)
    }
}

/// `<oid> SP <type> SP <size>`, or `<oid> SP missing`.
fn size_of(oid: Oid, head: &[u8]) -> Result<u64, GitError> {
    let fields: Vec<&[u8]> = head.trim_ascii_end().split(|&b| b == b' ').collect();
    match fields[..] {
        // git ends when a promised object cannot be had.
        [b""] | [_, b"missing"] => Err(GitError::Missing { oid }),
        [_, _, size] => str::from_utf8(size)
            .ok()
            .and_then(|size| size.parse().ok())
            .ok_or_else(|| entry::garbled("cat-file", head)),
        _ => Err(entry::garbled("cat-file", head)),
    }
}

fn broken(error: &std::io::Error) -> GitError {
    GitError::Command {
        command: "git cat-file --batch-command".to_owned(),
        said: error.to_string(),
    }
}

impl Drop for CatFile {
    fn drop(&mut self) {
        drop(self.questions.take());
        // It ends by itself at the end of its input; its code says nothing.
        let _ended = self.child.wait();
    }
}
