//! The words of a commit.

use bstr::ByteSlice as _;

use super::{Content, Item};
use crate::git::Repo;
use crate::model::{Origin, Problem, RepoPath};

/// The file git keeps the words of a commit in, in its own folder.
const NAME: &str = "COMMIT_EDITMSG";

/// A message, without what `commit --verbose` shows below it.
pub(crate) fn message(bytes: &[u8]) -> Item {
    Item {
        path: RepoPath::new(NAME),
        origin: Origin::Message,
        content: Content::Bytes(above_scissors(bytes).to_vec()),
    }
}

/// The message of the last commit, also of one that was blocked.
pub(crate) fn last_message(repo: &Repo) -> Result<Option<Item>, Problem> {
    let bytes = std::fs::read(repo.git_path(NAME)?);
    Ok(bytes.ok().map(|bytes| message(&bytes)))
}

fn above_scissors(message: &[u8]) -> &[u8] {
    let Some(at) = message.find("------------------------ >8 ------------------------") else {
        return message;
    };
    let line = message[..at].rfind_byte(b'\n').map_or(0, |end| end + 1);
    &message[..line]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_verbose_commit_shows_is_no_part_of_its_message() {
        let cut = "------------------------ >8 ------------------------";
        for (written, words) in [
            (format!("subject\n# {cut}\n# Do not modify\ndiff --git\n"), "subject\n"),
            (format!("# {cut}\ndiff"), ""),
            ("subject\n# >8\n".to_owned(), "subject\n# >8\n"),
        ] {
            assert_eq!(above_scissors(written.as_bytes()), words.as_bytes());
        }
    }
}
