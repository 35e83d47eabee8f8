//! `stanch redact FILE`: beside it, or in its place; whole or not at all.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::{Redactor, Stats};
use crate::platform::{self, Access};

/// Where a redacted file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// `FILE.redacted`, in the same folder.
    Beside,
    /// The file itself; of a link, what it points to.
    InPlace,
}

/// Why a file could not be redacted; it is as it was.
#[derive(Debug)]
pub struct FileError {
    file: PathBuf,
    why: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was not redacted and is as it was: {}", self.file.display(), self.why)
    }
}

impl std::error::Error for FileError {}

/// Writes the redacted form of `file`, with its mode, by way of a temporary
/// file in the same folder. Gives where it went and what was replaced.
pub fn redact_file(
    file: &Path,
    target: Target,
    redactor: Redactor<'_>,
) -> Result<(PathBuf, Stats), FileError> {
    redact(file, target, redactor)
        .map_err(|error| FileError { file: file.to_owned(), why: error.to_string() })
}

fn redact(file: &Path, target: Target, redactor: Redactor<'_>) -> io::Result<(PathBuf, Stats)> {
    let source = file.canonicalize()?;
    let meta = fs::metadata(&source)?;
    if !meta.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let goal = match target {
        Target::InPlace => source.clone(),
        Target::Beside => {
            let mut name = file.as_os_str().to_owned();
            name.push(".redacted");
            PathBuf::from(name)
        }
    };
    let mut input = BufReader::new(File::open(&source)?);
    let stats = platform::replace_by(&goal, Access::As(meta.permissions()), |file| {
        let mut output = BufWriter::new(file);
        let stats = redactor.copy(&mut input, &mut output)?;
        output.flush()?;
        Ok(stats)
    })?;
    Ok((goal, stats))
}
