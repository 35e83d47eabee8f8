//! Items to findings, on the threads there are, in the order of the items
//! whatever thread read them.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use crate::engine::Engine;
use crate::git::{History, Repo};
use crate::model::{Finding, Problem, Stats};
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
    let items = items.into_iter().map(|item| {
        progress.step();
        Ok(item)
    });
    let queue = Queue::of(items, repo, engine);
    let done = if threads == 1 {
        queue.work()
    } else {
        std::thread::scope(|scope| {
            join((0..threads).map(|_| scope.spawn(|| queue.work())).collect())
        })
    };
    queue.collect(done)
}

/// Reads a history while it is still being listed, less what `wanted` refuses.
pub(super) fn history(
    history: &History,
    repo: &Repo,
    engine: &Engine,
    wanted: impl Fn(&Item) -> bool + Sync,
) -> Read {
    let progress = Progress::of(history.len(), "commits");
    let (sender, receiver) = sync_channel(AHEAD);
    let queue = Queue::of(receiver.into_iter(), Some(repo), engine);
    let excluded = AtomicUsize::new(0);
    let list = |sender: SyncSender<Result<Item, Problem>>| {
        source::history(repo, history, |step| {
            let content = match step {
                Step::Commit => {
                    progress.step();
                    return ControlFlow::Continue(());
                }
                Step::Content(content) => content,
            };
            if content.as_ref().is_ok_and(|item| !wanted(item)) {
                excluded.fetch_add(1, Ordering::Relaxed);
                return ControlFlow::Continue(());
            }
            // Nobody listens any more when the readers are gone.
            sender.send(content).map_or(ControlFlow::Break(()), ControlFlow::Continue)
        });
    };
    let done = std::thread::scope(|scope| {
        scope.spawn(|| list(sender));
        join((0..threads()).map(|_| scope.spawn(|| queue.work())).collect())
    });
    let mut read = queue.collect(done);
    read.stats.excluded = excluded.into_inner();
    read
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn join(workers: Vec<std::thread::ScopedJoinHandle<'_, Vec<Done>>>) -> Vec<Done> {
    workers
        .into_iter()
        .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        .collect()
}

/// What is still to be read, and what was.
struct Queue<'a, I> {
    /// None once a reader broke down: whoever fills the queue then stops.
    items: Mutex<Option<std::iter::Enumerate<I>>>,
    repo: Option<&'a Repo>,
    engine: &'a Engine,
    files: AtomicUsize,
    bytes: AtomicU64,
}

impl<'a, I: Iterator<Item = Result<Item, Problem>>> Queue<'a, I> {
    fn of(items: I, repo: Option<&'a Repo>, engine: &'a Engine) -> Self {
        Self {
            items: Mutex::new(Some(items.enumerate())),
            repo,
            engine,
            files: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    fn next(&self) -> Option<(usize, Result<Item, Problem>)> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner).as_mut()?.next()
    }

    fn work(&self) -> Vec<Done> {
        let _broken = OnPanic(|| {
            self.items.lock().unwrap_or_else(PoisonError::into_inner).take();
        });
        let mut done = Vec::new();
        while let Some((at, item)) = self.next() {
            match item.and_then(|item| item.read(self.repo)) {
                Ok(blob) => {
                    self.files.fetch_add(1, Ordering::Relaxed);
                    self.bytes.fetch_add(blob.bytes.len() as u64, Ordering::Relaxed);
                    let found = self.engine.scan(&blob);
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

/// Does something when its thread panics.
struct OnPanic<F: Fn()>(F);

impl<F: Fn()> Drop for OnPanic<F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.0)();
        }
    }
}
