//! Items to findings, on the threads there are, in the order of the items
//! whatever thread read them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::engine::Engine;
use crate::git::Repo;
use crate::model::{Finding, Problem, Stats};
use crate::report::Progress;
use crate::source::Item;

/// Below this many items one thread is faster than starting a second.
const ITEMS_WORTH_A_THREAD: usize = 32;

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
    let queue = Queue {
        progress: Progress::of(items.len()),
        items: items.into_iter().map(|item| Mutex::new(Some(item))).collect(),
        next: AtomicUsize::new(0),
        files: AtomicUsize::new(0),
        bytes: AtomicU64::new(0),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<Done> = if queue.items.len() < ITEMS_WORTH_A_THREAD || threads == 1 {
        queue.work(repo, engine)
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> =
                (0..threads).map(|_| scope.spawn(|| queue.work(repo, engine))).collect();
            workers
                .into_iter()
                .flat_map(|worker| {
                    worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        })
    };
    done.sort_by_key(|(at, _)| *at);
    queue.collect(done)
}

struct Queue {
    items: Vec<Mutex<Option<Item>>>,
    next: AtomicUsize,
    files: AtomicUsize,
    bytes: AtomicU64,
    progress: Progress,
}

impl Queue {
    fn work(&self, repo: Option<&Repo>, engine: &Engine) -> Vec<Done> {
        let mut done = Vec::new();
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = self.items.get(at) else { return done };
            let item = slot.lock().ok().and_then(|mut slot| slot.take());
            let Some(item) = item else { continue };
            self.progress.step();
            match item.read(repo) {
                Ok(blob) => {
                    self.files.fetch_add(1, Ordering::Relaxed);
                    self.bytes.fetch_add(blob.bytes.len() as u64, Ordering::Relaxed);
                    let found = engine.scan(&blob);
                    if !found.is_empty() {
                        done.push((at, Ok(found)));
                    }
                }
                Err(problem) => done.push((at, Err(problem))),
            }
        }
    }

    fn collect(self, done: Vec<Done>) -> Read {
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
