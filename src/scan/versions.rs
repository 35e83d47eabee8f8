//! The versions of a file in a history, which are mostly the same text again:
//! of each only what the one before did not have is looked at, with what
//! stands around it. Where anything is found there the version is scanned
//! whole, so places and ids are those of any other scan.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::engine::Engine;
use crate::model::{Blob, Finding, RepoPath};

/// How much around a change is looked at, on each side, before the line ends: a
/// private key of RSA with 4,096 bits has 3.3 KB in PEM, and one that is new is
/// new from its first line to its last.
const AROUND: usize = 4 << 10;

/// The first bytes can change how all the rest is read (a byte order mark, a
/// `#!` line).
const HEAD: usize = 512;

/// What is kept of other versions; above it all are forgotten.
const MOST_BYTES: usize = 128 << 20;

/// The version of each file that was scanned last. Threads share it.
#[derive(Debug, Default)]
pub(super) struct Versions(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// Each with its number in the history.
    last: HashMap<RepoPath, (usize, Vec<u8>)>,
    bytes: usize,
}

impl Versions {
    /// What is found in a version of a file that was not found in one before.
    /// Where another thread has that, or is ahead, the whole is scanned: what is
    /// new is found in the first version that has it, whatever thread is faster.
    pub(super) fn scan(&self, engine: &Engine, at: usize, blob: Blob) -> Vec<Finding> {
        let before = self.kept().take(&blob.path, at);
        let changed = before.and_then(|before| changed(&before, &blob.bytes));
        let found = match changed.filter(|_| is_plain(&blob)) {
            Some(part) if !finds(engine, &blob, part.clone()) => Vec::new(),
            _ => engine.scan(&blob),
        };
        self.kept().put(at, blob);
        found
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// A version with a lower number.
    fn take(&mut self, path: &RepoPath, at: usize) -> Option<Vec<u8>> {
        if self.last.get(path)?.0 > at {
            return None;
        }
        let (_, bytes) = self.last.remove(path)?;
        self.bytes -= bytes.len();
        Some(bytes)
    }

    fn put(&mut self, at: usize, blob: Blob) {
        if self.last.get(&blob.path).is_some_and(|(later, _)| *later > at) {
            return;
        }
        if self.bytes + blob.bytes.len() > MOST_BYTES {
            self.last.clear();
            self.bytes = 0;
        }
        if blob.bytes.len() > MOST_BYTES {
            return;
        }
        self.bytes += blob.bytes.len();
        if let Some((_, old)) = self.last.insert(blob.path, (at, blob.bytes)) {
            self.bytes -= old.len();
        }
    }
}

/// Whether anything is found in a part of a file.
fn finds(engine: &Engine, blob: &Blob, part: Range<usize>) -> bool {
    let bytes = blob.bytes[part].to_vec();
    let part = Blob { path: blob.path.clone(), origin: blob.origin.clone(), bytes };
    !engine.scan(&part).is_empty()
}

/// Whether a part of the file is read as it would be within the whole: not of
/// notebooks, which are parsed, nor of what is no text.
fn is_plain(blob: &Blob) -> bool {
    let head = &blob.bytes[..blob.bytes.len().min(HEAD)];
    !blob.path.as_bytes().ends_with(b".ipynb") && memchr::memchr(0, head).is_none()
}

/// The whole lines that differ, and what stands around them; none where that
/// would be most of the file.
fn changed(before: &[u8], now: &[u8]) -> Option<Range<usize>> {
    let head = same(before.chunks_exact(STEP), now.chunks_exact(STEP));
    if head < HEAD {
        return None;
    }
    let tail = same(before[head..].rchunks_exact(STEP), now[head..].rchunks_exact(STEP));
    let start = memchr::memrchr(b'\n', &now[..head - AROUND.min(head)]).map_or(0, |at| at + 1);
    let end = (now.len() - tail + AROUND).min(now.len());
    let end = memchr::memchr(b'\n', &now[end..]).map_or(now.len(), |at| end + at);
    (end - start < now.len() / 2).then_some(start..end)
}

/// Compared at once.
const STEP: usize = 256;

/// How many bytes are equal, in whole steps.
fn same<'a>(one: impl Iterator<Item = &'a [u8]>, other: impl Iterator<Item = &'a [u8]>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count() * STEP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::rules::{RuleSet, template};

    fn blob(bytes: Vec<u8>) -> Blob {
        Blob { path: RepoPath::new("a.py"), origin: Origin::Commit("c".into()), bytes }
    }

    fn engine() -> Engine {
        Engine::new(RuleSet::new(&[], &[]))
    }

    fn lines(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("line {n} of a text without any value\n")).collect()
    }

    #[test]
    fn what_a_version_adds_is_found_wherever_it_stands_and_once() {
        let token = template::expand("ghp_{base62:30}{crc:crc32-base62}", 7).unwrap();
        for at in [0, 1, 20, 1_000, 1_999] {
            let versions = Versions::default();
            let mut text = lines(2_000);
            let engine = engine();
            assert!(versions.scan(&engine, 1, blob(text.concat().into())).is_empty());
            text[at] = format!("key = {token}\n");
            let found = versions.scan(&engine, 3, blob(text.concat().into()));
            assert_eq!(found.len(), 1, "line {at}");
            assert_eq!(found[0].place().unwrap().line, at + 1, "places are those of the whole");
            let earlier = versions.scan(&engine, 2, blob(text.concat().into()));
            assert_eq!(earlier.len(), 1, "a thread that is behind");
            text.insert(at / 2, "one more\n".to_owned());
            versions.scan(&engine, 4, blob(text.concat().into()));
            text[at + 1] = "gone\n".to_owned();
            assert!(versions.scan(&engine, 5, blob(text.concat().into())).is_empty());
        }
    }

    #[test]
    fn the_part_that_is_looked_at_holds_every_change() {
        let before = lines(5_000).concat().into_bytes();
        for at in (600..before.len()).step_by(7_919) {
            let mut now = before.clone();
            now[at] = b'#';
            if let Some(part) = changed(&before, &now) {
                assert!(part.contains(&at), "{at} is not in {part:?}");
                assert!(part.start == 0 || now[part.start - 1] == b'\n');
                assert!(part.end == now.len() || now[part.end] == b'\n');
            }
            now.splice(at..at, *b"put in");
            let part = changed(&before, &now).unwrap();
            assert!(part.start <= at && at + 7 <= part.end);
            let part = changed(&now, &before).unwrap();
            assert!(part.contains(&at));
        }
    }
}
