//! Long texts, read in parts on all processors. Where the parts meet depends on
//! the text alone, so every machine finds the same.

use std::ops::Range;
use std::sync::Mutex;
use std::thread;

/// A part, in bytes: thousands of times what starting a thread costs.
pub(super) const PART: usize = 4 << 20;

/// What `read` finds in the parts of a text of this length, in their order.
pub(super) fn read_in_parts<T: Send>(
    len: usize,
    read: impl Fn(Range<usize>) -> Vec<T> + Sync,
) -> Vec<T> {
    if len <= PART {
        return read(0..len);
    }
    let waiting = Mutex::new(parts(len).enumerate());
    let next = || waiting.lock().expect("taking a part cannot panic").next();
    let work =
        || std::iter::from_fn(next).map(|(number, part)| (number, read(part))).collect::<Vec<_>>();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(len.div_ceil(PART));
    let mut found: Vec<(usize, Vec<T>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|why| std::panic::resume_unwind(why)))
            .collect()
    });
    found.sort_unstable_by_key(|(number, _)| *number);
    found.into_iter().flat_map(|(_, found)| found).collect()
}

fn parts(len: usize) -> impl Iterator<Item = Range<usize>> {
    (0..len).step_by(PART).map(move |start| start..len.min(start + PART))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_in_one_part_and_the_parts_keep_their_order() {
        for len in [0, 1, PART - 1, PART, PART + 1, 5 * PART + 7] {
            let ends = read_in_parts(len, |part| vec![part]);
            assert_eq!((ends[0].start, ends[ends.len() - 1].end), (0, len));
            assert!(ends.windows(2).all(|pair| pair[0].end == pair[1].start), "{len}");
        }
    }
}
