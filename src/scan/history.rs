//! A whole history: listed first, then read family by family, each content
//! next to the one it is stored as a change of. Of that one it is known whether
//! anything was found in it; where nothing was, only the changes are looked at.

use std::sync::{Mutex, PoisonError};

use super::changes;
use super::read::{self, Done, Read, Reader};
use crate::detect::reads_alike;
use crate::engine::Engine;
use crate::extract::is_plain;
use crate::git::{Base, Content, History, Repo};
use crate::model::{Blob, Finding, Problem};
use crate::report::Progress;
use crate::source::{self, Item, Step};

/// Reads a history, less what `wanted` refuses.
pub(super) fn read(
    history: &History,
    repo: &Repo,
    engine: &Engine,
    wanted: impl Fn(&Item) -> bool,
) -> Read {
    let progress = Progress::of(history.count(), "commits");
    let (mut items, mut excluded) = (Vec::new(), 0);
    source::history(repo, history, |step| match step {
        Step::Commit => progress.step(),
        Step::Content(Ok(item)) if !wanted(&item) => excluded += 1,
        Step::Content(content) => items.push(content),
    });
    drop(progress);
    let families =
        repo.families(items.iter().map(|item| item.as_ref().ok().and_then(Item::object)));
    let progress = Progress::of(items.len(), "files");
    let reading = Reading { engine, items, reader: Reader::new(Some(repo)), progress };
    let left = Mutex::new(families.left().to_vec());
    let left = || left.lock().unwrap_or_else(PoisonError::into_inner);
    let done = read::on_threads(read::threads(), || {
        let mut done = Vec::new();
        let unread = families.read(|content| reading.content(content, &mut done));
        left().extend(unread);
        while let Some(number) = { left().pop() } {
            done.extend(reading.alone(number));
        }
        done
    });
    let mut read = reading.reader.collect(done);
    read.stats.excluded = excluded;
    read
}

struct Reading<'a> {
    engine: &'a Engine,
    items: Vec<Result<Item, Problem>>,
    reader: Reader<'a>,
    progress: Progress,
}

impl Reading<'_> {
    /// Looks at a content under each of its names. Gives it back with the
    /// numbers of those items in which a change alone tells what is new.
    fn content(
        &self,
        Content { numbers, mut bytes, base }: Content<'_, Vec<u32>>,
        done: &mut Vec<Done>,
    ) -> (Vec<u8>, Vec<u32>) {
        let mut clean = Vec::new();
        for &number in numbers {
            self.progress.step();
            let Ok(item) = &self.items[number as usize] else { continue };
            let blob = Blob { path: item.path.clone(), origin: item.origin.clone(), bytes };
            self.reader.count(&blob);
            let found = self.found(&blob, base.as_ref());
            if !found.is_empty() {
                done.push((number as usize, Ok(found)));
            } else if is_plain(&blob) {
                clean.push(number);
            }
            bytes = blob.bytes;
        }
        (bytes, clean)
    }

    fn found(&self, blob: &Blob, base: Option<&Base<'_, Vec<u32>>>) -> Vec<Finding> {
        let is_alike = |&number: &u32| {
            let item = self.items[number as usize].as_ref();
            item.is_ok_and(|item| reads_alike(&item.path, &blob.path))
        };
        let base = base.filter(|base| base.known.iter().any(is_alike));
        let base = base.filter(|_| !self.engine.forbids(blob));
        match base.and_then(|base| changes::changed(base, blob)) {
            Some(parts) if parts.iter().all(|part| self.engine.scan(part).is_empty()) => Vec::new(),
            _ => self.engine.scan(blob),
        }
    }

    /// Reads what stands in no pack, or could not be read from it.
    fn alone(&self, number: u32) -> Vec<Done> {
        self.progress.step();
        let item = self.items[number as usize].clone();
        let item = std::iter::once((number as usize, item));
        self.reader.work(item, |blob| self.engine.scan(&blob))
    }
}
