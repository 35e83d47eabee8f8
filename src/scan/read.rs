//! Items to findings, on the threads there are, in the order of the items
//! whatever thread read them.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ScopedJoinHandle;

use super::versions::Versions;
use crate::engine::Engine;
use crate::git::{History, Repo};
use crate::model::{Blob, Finding, Problem, Stats};
use crate::report::Progress;
use crate::source::{self, Item, Step};

/// Below this many items one thread is faster than starting a second.
const ITEMS_WORTH_A_THREAD: usize = 32;

/// How far the listing of a history may be ahead of its reading.
const AHEAD: usize = 1024;

/// What came of reading.
pub(super) struct Read {
    pub(super) findings: Vec<Finding>,
    pub(super) problems: Vec<Problem>,
    pub(super) stats: Stats,
}

/// What one item came to, and its number.
type Done = (usize, Result<Vec<Finding>, Problem>);

/// Reads every item and looks for secrets in it.
pub(super) fn all(items: Vec<Item>, repo: Option<&Repo>, engine: &Engine) -> Read {
    let threads = if items.len() < ITEMS_WORTH_A_THREAD { 1 } else { threads() };
    let progress = Progress::of(items.len(), "files");
    let reader = Reader::new(repo);
    let items = Mutex::new(items.into_iter().enumerate());
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let items = std::iter::from_fn(next).map(|(at, item)| (at, Ok(item)));
        let scan = |_, blob: Blob| {
            progress.step();
            engine.scan(&blob)
        };
        reader.work(items, scan)
    };
    let done = if threads == 1 {
        work()
    } else {
        std::thread::scope(|scope| join((0..threads).map(|_| scope.spawn(work)).collect()))
    };
    reader.collect(done)
}

/// Reads a history while it is still being listed, less what `wanted` refuses.
pub(super) fn history(
    history: &History,
    repo: &Repo,
    engine: &Engine,
    wanted: impl Fn(&Item) -> bool + Sync,
) -> Read {
    let progress = Progress::of(history.len(), "commits");
    let reader = Reader::new(Some(repo));
    let excluded = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel::<Numbered>(AHEAD);
    let list = || {
        let (sender, mut at) = (sender, 0);
        source::history(repo, history, |step| {
            let content = match step {
                Step::Commit => {
                    progress.step();
                    return ControlFlow::Continue(());
                }
                Step::Content(Ok(item)) if !wanted(&item) => {
                    excluded.fetch_add(1, Ordering::Relaxed);
                    return ControlFlow::Continue(());
                }
                Step::Content(content) => content,
            };
            at += 1;
            // Nobody listens any more when every reader broke down.
            sender.send((at, content)).map_or(ControlFlow::Break(()), ControlFlow::Continue)
        });
    };
    let versions = Versions::default();
    let work = |receiver: Arc<Mutex<Receiver<Numbered>>>| {
        let next = || receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
        reader.work(std::iter::from_fn(next), |at, blob| versions.scan(engine, at, blob))
    };
    let done = std::thread::scope(|scope| {
        scope.spawn(list);
        let (work, receiver) = (&work, Arc::new(Mutex::new(receiver)));
        let start = |_| {
            let receiver = Arc::clone(&receiver);
            scope.spawn(move || work(receiver))
        };
        let workers = (0..threads()).map(start).collect();
        // With the last reader the queue goes, and the listing ends.
        drop(receiver);
        join(workers)
    });
    let mut read = reader.collect(done);
    read.stats.excluded = excluded.into_inner();
    read
}

/// Something to read, or why it cannot be, and its number.
type Numbered = (usize, Result<Item, Problem>);

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn join(workers: Vec<ScopedJoinHandle<'_, Vec<Done>>>) -> Vec<Done> {
    workers
        .into_iter()
        .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        .collect()
}

/// Reads, and counts what was read.
struct Reader<'a> {
    repo: Option<&'a Repo>,
    files: AtomicUsize,
    bytes: AtomicU64,
}

impl<'a> Reader<'a> {
    fn new(repo: Option<&'a Repo>) -> Self {
        Self { repo, files: AtomicUsize::new(0), bytes: AtomicU64::new(0) }
    }

    fn work(
        &self,
        items: impl Iterator<Item = Numbered>,
        mut scan: impl FnMut(usize, Blob) -> Vec<Finding>,
    ) -> Vec<Done> {
        let mut done = Vec::new();
        for (at, item) in items {
            match item.and_then(|item| item.read(self.repo)) {
                Ok(blob) => {
                    self.files.fetch_add(1, Ordering::Relaxed);
                    self.bytes.fetch_add(blob.bytes.len() as u64, Ordering::Relaxed);
                    let found = scan(at, blob);
                    if !found.is_empty() {
                        done.push((at, Ok(found)));
                    }
                }
                Err(problem) => done.push((at, Err(problem))),
            }
        }
        done
    }

    fn collect(self, mut done: Vec<Done>) -> Read {
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
