//! The corridor: items to blobs to findings to judged findings, on the threads
//! there are, in one order whatever they do.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use crate::config::Config;
use crate::engine::Engine;
use crate::model::{Finding, Judged, Outcome, Problem, Stats, Status};
use crate::source::Item;

/// Below this many items one thread is faster than starting a second.
const ITEMS_WORTH_A_THREAD: usize = 32;

/// Reads and judges `items`.
pub(crate) fn run(items: Vec<Item>, mut problems: Vec<Problem>, config: &Config) -> Outcome {
    let started = Instant::now();
    let engine = Engine::new(config.rules());
    let items: Vec<Item> = items.into_iter().filter(|item| !config.excludes(&item.path)).collect();
    let (mut findings, mut stats, failed) = read_all(items, &engine);
    problems.extend(failed);
    findings.retain(|finding| !is_stopped(finding, config));
    let judged = findings
        .into_iter()
        .map(|finding| Judged {
            status: if finding.hidden.is_some() {
                Status::Allowed
            } else {
                Status::New { known_elsewhere: false }
            },
            finding,
        })
        .collect();
    stats.elapsed = started.elapsed();
    Outcome { judged, problems, stats, notes: Vec::new() }
}

/// Findings in the order of the items, whatever thread read them.
fn read_all(items: Vec<Item>, engine: &Engine) -> (Vec<Finding>, Stats, Vec<Problem>) {
    let (next, bytes, files) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicUsize::new(0));
    let items: Vec<Mutex<Option<Item>>> =
        items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = items.get(at) else { return done };
            let item = slot.lock().ok().and_then(|mut slot| slot.take());
            let Some(item) = item else { continue };
            match item.read() {
                Ok(blob) => {
                    files.fetch_add(1, Ordering::Relaxed);
                    bytes.fetch_add(blob.bytes.len() as u64, Ordering::Relaxed);
                    let found = engine.scan(&blob);
                    if !found.is_empty() {
                        done.push((at, Ok(found)));
                    }
                }
                Err(problem) => done.push((at, Err(problem))),
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done = if items.len() < ITEMS_WORTH_A_THREAD || threads == 1 {
        work()
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers
                .into_iter()
                .flat_map(|worker| {
                    worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        })
    };
    done.sort_by_key(|(at, _)| *at);
    let mut findings = Vec::new();
    let mut problems = Vec::new();
    for (_, result) in done {
        match result {
            Ok(found) => findings.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    let stats = Stats { files: files.into_inner(), bytes: bytes.into_inner(), ..Stats::default() };
    (findings, stats, problems)
}

/// Whether a stop word of the configuration stands in the value.
fn is_stopped(finding: &Finding, config: &Config) -> bool {
    let Some(value) = finding.value() else { return false };
    if config.stop_words().is_empty() {
        return false;
    }
    let lower = value.expose().to_ascii_lowercase();
    config.stop_words().iter().any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some())
}
