//! Items to findings, on the threads there are, in the order of the items
//! whatever thread read them.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::engine::Engine;
use crate::git::Repo;
use crate::model::{Blob, Finding, Problem, Stats};
use crate::report::Progress;
use crate::source::Item;

/// Below this many items one thread is faster than starting a second.
const ITEMS_WORTH_A_THREAD: usize = 32;

/// Items that a thread takes at once: two threads in one folder wait for each other.
const SHARE: usize = 8;

/// What came of reading.
pub(super) struct Read {
    pub(super) findings: Vec<Finding>,
    pub(super) problems: Vec<Problem>,
    pub(super) stats: Stats,
}

/// What one item came to, and its number.
pub(super) type Done = (usize, Result<Vec<Finding>, Problem>);

/// Reads every item and looks for secrets in it.
pub(super) fn all(items: Vec<Item>, repo: Option<&Repo>, engine: &Engine) -> Read {
    let threads = if items.len() < ITEMS_WORTH_A_THREAD { 1 } else { threads() };
    let progress = Progress::of(items.len(), "files");
    let reader = Reader::new(repo);
    let items = Mutex::new(items.into_iter().enumerate());
    let share = || -> Vec<_> {
        items.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(SHARE).collect()
    };
    let work = || {
        let shares = std::iter::repeat_with(share).take_while(|share| !share.is_empty());
        let items = shares.flatten().map(|(at, item)| (at, Ok(item)));
        let scan = |blob: Blob| {
            progress.step();
            engine.scan(&blob)
        };
        reader.work(items, scan)
    };
    let done = if threads == 1 { work() } else { on_threads(threads, work) };
    reader.collect(done)
}

pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What the same work comes to on so many threads.
pub(super) fn on_threads(threads: usize, work: impl Fn() -> Vec<Done> + Copy + Send) -> Vec<Done> {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|why| std::panic::resume_unwind(why)))
            .collect()
    })
}

/// Something to read, or why it cannot be, and its number.
type Numbered = (usize, Result<Item, Problem>);

/// Reads, and counts what was read.
pub(super) struct Reader<'a> {
    repo: Option<&'a Repo>,
    files: AtomicUsize,
    bytes: AtomicU64,
}

impl<'a> Reader<'a> {
    pub(super) fn new(repo: Option<&'a Repo>) -> Self {
        Self { repo, files: AtomicUsize::new(0), bytes: AtomicU64::new(0) }
    }

    pub(super) fn work(
        &self,
        items: impl Iterator<Item = Numbered>,
        scan: impl Fn(Blob) -> Vec<Finding>,
    ) -> Vec<Done> {
        let mut done = Vec::new();
        for (at, item) in items {
            match item.and_then(|item| item.read(self.repo)) {
                Ok(blob) => {
                    self.count(&blob);
                    let found = scan(blob);
                    if !found.is_empty() {
                        done.push((at, Ok(found)));
                    }
                }
                Err(problem) => done.push((at, Err(problem))),
            }
        }
        done
    }

    /// Counts a blob that was read.
    pub(super) fn count(&self, blob: &Blob) {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(blob.bytes.len() as u64, Ordering::Relaxed);
    }

    pub(super) fn collect(self, mut done: Vec<Done>) -> Read {
        done.sort_by_key(|(at, _)| *at);
        let stats = Stats {
            files: self.files.into_inner(),
            bytes: self.bytes.into_inner(),
            ..Stats::default()
        };
        let mut read = Read { findings: Vec::new(), problems: Vec::new(), stats };
        for (_, result) in done {
            match result {
                Ok(found) => read.findings.extend(found),
                Err(problem) => read.problems.push(problem),
            }
        }
        read
    }
}
