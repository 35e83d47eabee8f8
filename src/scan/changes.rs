//! What of a content is looked at when nothing was found in the content it was
//! made from: what is new, and what stands around it.

use std::ops::Range;

use crate::extract::is_plain;
use crate::git::Base;
use crate::model::Blob;

/// How much around a change is looked at, on each side, before the line ends: a
/// private key of RSA with 4,096 bits has 3.3 KB in PEM, and one that is new is
/// new from its first line to its last.
const AROUND: usize = 4 << 10;

/// The parts of a blob that hold what its base does not, each with what stands
/// around it; none where that would be nearly all, or the base is read in
/// another way. Both are plain.
pub(super) fn changed<T>(base: &Base<'_, T>, blob: &Blob) -> Option<Vec<Blob>> {
    let now = &blob.bytes[..];
    let interpreter = interpreter(now);
    if !is_plain(blob) || interpreter != self::interpreter(base.bytes) {
        return None;
    }
    let parts = parts(base, now);
    let looked_at: usize = parts.iter().map(ExactSizeIterator::len).sum();
    let part = |part: Range<usize>| Blob {
        path: blob.path.clone(),
        origin: blob.origin.clone(),
        // The first line can tell the language.
        bytes: match part.start {
            0 => now[part].to_vec(),
            _ => [interpreter, &now[part]].concat(),
        },
    };
    (looked_at < now.len() - now.len() / 8).then(|| parts.into_iter().map(part).collect())
}

/// The line that names the interpreter of a script.
fn interpreter(text: &[u8]) -> &[u8] {
    match text {
        [b'#', b'!', ..] => &text[..memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1)],
        _ => &[],
    }
}

/// Whole lines, in their order.
fn parts<T>(base: &Base<'_, T>, now: &[u8]) -> Vec<Range<usize>> {
    let mut parts = Vec::<Range<usize>>::new();
    let (mut then, mut at) = (0, 0);
    let end = (base.bytes.len(), now.len(), 0);
    let same = base.same.iter().map(|same| (same.then, same.now, same.len));
    for (next_then, next, len) in same.chain([end]) {
        if (then, at) != (next_then, next) {
            // A line may be as long as the text and hold every change: none is read twice.
            let done = parts.last().map_or(0, |part| part.end);
            let from = done + line_start(&now[done..], at.saturating_sub(AROUND + done));
            let to = (next + AROUND).min(now.len());
            let to = if to <= done { done } else { line_end(now, to) };
            match parts.last_mut() {
                Some(part) if part.end >= from => part.end = to,
                _ => parts.push(from..to),
            }
        }
        (then, at) = (next_then + len, next + len);
    }
    parts
}

fn line_start(text: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &text[..at]).map_or(0, |at| at + 1)
}

fn line_end(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::git::Same;
    use crate::model::{Origin, RepoPath};
    use crate::rules::{RuleSet, template};

    fn lines(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("line {n} of a text without any value\n")).collect()
    }

    fn blob(bytes: impl Into<Vec<u8>>) -> Blob {
        let bytes = bytes.into();
        Blob { path: RepoPath::new("a"), origin: Origin::Commit("c".into()), bytes }
    }

    /// The parts of `now`, made from `then` by copies of these places.
    fn changed(then: &str, now: &str, same: &[(usize, usize, usize)]) -> Option<Vec<String>> {
        let same: Vec<Same> =
            same.iter().map(|&(then, now, len)| Same { then, now, len }).collect();
        for same in &same {
            assert_eq!(then[same.then..][..same.len], now[same.now..][..same.len]);
        }
        let base = Base { known: &(), bytes: then.as_bytes(), same: &same };
        let parts = super::changed(&base, &blob(now))?;
        Some(parts.into_iter().map(|part| String::from_utf8(part.bytes).unwrap()).collect())
    }

    #[test]
    fn a_part_is_what_is_new_and_whole_lines_around_it() {
        let then = lines(3_000).concat();
        for at in [0, 1, 2_000, 50_000, then.len() - 1, then.len()] {
            let now = format!("{}<new>{}", &then[..at], &then[at..]);
            let same = [(0, 0, at), (at, at + 5, then.len() - at)];
            let same: Vec<_> = same.into_iter().filter(|same| same.2 > 0).collect();
            let parts = changed(&then, &now, &same).unwrap();
            assert_eq!(parts.len(), 1, "at {at}");
            let place = now.find(&parts[0]).unwrap();
            assert!(
                place <= at.saturating_sub(AROUND)
                    && (place == 0 || now.as_bytes()[place - 1] == b'\n')
            );
            let end = place + parts[0].len();
            assert!(end >= now.len().min(at + 5 + AROUND));
            assert!(end == now.len() || now.as_bytes()[end] == b'\n');
        }
    }

    #[test]
    fn what_was_taken_out_or_moved_is_a_change_too() {
        let then = lines(3_000).concat();
        let (third, end) = (then.len() / 3, then.len());
        let cut = format!("{}{}", &then[..third], &then[third + 9..]);
        let same = [(0, 0, third), (third + 9, third, end - third - 9)];
        assert_eq!(changed(&then, &cut, &same).unwrap().len(), 1, "out of the middle");
        assert_eq!(changed(&then, &then[9..], &[(9, 0, end - 9)]).unwrap().len(), 1, "the start");
        assert_eq!(
            changed(&then, &then[..end - 9], &[(0, 0, end - 9)]).unwrap().len(),
            1,
            "the end"
        );
        assert_eq!(changed(&then, &then, &[(0, 0, end)]).unwrap().len(), 0, "nothing");
        let turned = format!("{}{}", &then[third..], &then[..third]);
        let same = [(third, 0, end - third), (0, end - third, third)];
        assert_eq!(changed(&then, &turned, &same).unwrap().len(), 3, "start, seam, end");
        assert_eq!(changed(&then, "all new", &[]), None);
    }

    #[test]
    fn changes_far_apart_are_parts_of_their_own_and_near_ones_are_one() {
        let then = lines(3_000).concat();
        for (gap, count) in [(2 * AROUND - 100, 1), (2 * AROUND + 200, 2), (60_000, 2)] {
            let (one, two) = (20_000, 20_000 + gap);
            let now = format!("{}#{}#{}", &then[..one], &then[one..two], &then[two..]);
            let same = [(0, 0, one), (one, one + 1, gap), (two, two + 2, then.len() - two)];
            assert_eq!(changed(&then, &now, &same).unwrap().len(), count, "{gap} bytes apart");
        }
    }

    #[test]
    fn many_changes_of_one_long_line_are_one_part() {
        let line = (0..100_000).map(|n| format!("{n:06x};")).collect::<Vec<_>>().concat();
        let then = format!("{}{line}\n{}", lines(20_000).concat(), lines(20_000).concat());
        let start = then.find("000000;").unwrap();
        // Every tenth number was another one.
        let places: Vec<usize> = (0..line.len()).step_by(70).map(|at| start + at).collect();
        let ends = places[1..].iter().copied().chain([then.len()]);
        let behind = places.iter().zip(ends).map(|(&at, end)| (at + 6, at + 6, end - at - 6));
        let same: Vec<_> = [(0, 0, start)].into_iter().chain(behind).collect();
        let parts = changed(&then, &then, &same).unwrap();
        assert_eq!(parts.len(), 1);
        assert!(parts[0].contains(&line) && parts[0].len() < line.len() + 3 * AROUND);
    }

    #[test]
    fn a_secret_of_new_and_old_bytes_is_found() {
        let token = template::expand("ghp_{base62:30}{crc:crc32-base62}", 7).unwrap();
        let engine = Engine::new(RuleSet::new(&[], &[]));
        let text = lines(3_000).concat();
        let at = line_start(text.as_bytes(), text.len() / 2);
        let token = format!("{token}\n");
        // All but its middle stood there.
        let then = format!("{}{}{}{}", &text[..at], &token[..9], &token[20..], &text[at..]);
        let now = format!("{}{token}{}", &text[..at], &text[at..]);
        let same = [(0, 0, at + 9), (at + 9, at + 20, then.len() - at - 9)];
        let parts = changed(&then, &now, &same).unwrap();
        let finds = |text: &str| !engine.scan(&blob(text)).is_empty();
        assert!(!finds(&then) && finds(&now));
        assert!(parts.len() == 1 && parts[0].len() < now.len() / 8 && finds(&parts[0]));
    }

    #[test]
    fn a_part_of_a_script_is_read_in_its_language() {
        let script = |name: &str| format!("#!/bin/{name}\n{}", lines(3_000).concat());
        let (then, end) = (script("sh"), script("sh").len());
        let now = format!("{then}new\n");
        let parts = changed(&then, &now, &[(0, 0, end)]).unwrap();
        assert!(parts[0].starts_with("#!/bin/sh\nline") && parts[0].ends_with("new\n"));
        let other = script("ruby");
        assert_eq!(changed(&then, &other, &[(9, 11, end - 9)]), None, "another interpreter");
    }

    #[test]
    fn what_is_no_plain_text_has_no_parts() {
        let long = lines(3_000).concat();
        assert!(is_plain(&blob(&*long)));
        let name = |name: &str| Blob { path: RepoPath::new(name), ..blob(&*long) };
        assert!(!is_plain(&name("a.ipynb")) && !is_plain(&name("b/A.IPYNB")));
        for bytes in [&b"a\0b"[..], b"\xff\xfea\x20", b"\xfe\xff\x20a"] {
            assert!(!is_plain(&blob(bytes)));
        }
    }
}
