//! Megabytes a second of each stage of the engine, on one thread: on the files
//! of a folder and on text made to be hard.
//!
//! ```sh
//! cargo bench --bench stages -- FOLDER
//! ```
//!
//! Without a folder the source of stanch itself is read. Every figure is the
//! fastest of seven runs over all files, since what
//! else the machine does only ever makes one slower.

#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stanch::detect::Scanner;
use stanch::engine::Engine;
use stanch::extract::{Document, layers};
use stanch::model::{Blob, Origin, RepoPath};
use stanch::rules::{Grams, RuleSet};

const RUNS: usize = 7;
/// How much of a folder is read.
const ENOUGH: usize = 16 << 20;
/// How much text of each hard kind is made.
const HARD: usize = 2 << 20;

fn main() -> Result<(), String> {
    // Cargo itself adds `--bench`.
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let folder = folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let real = files(&folder);
    if real.is_empty() {
        let folder = folder.display();
        return Err(format!("no file can be read in {folder}; give a folder that holds source"));
    }
    println!(
        "{:<34}{:>8}  {:>9}{:>9}{:>9}{:>9}",
        "MB/s", "MB", "prefilter", "rules", "layers", "engine"
    );
    row("real source", &real);
    for (name, text) in hard() {
        row(name, &[blob("a.py", text)]);
    }
    println!();
    for count in [100, 1_000, 10_000] {
        keywords(count, &real);
    }
    Ok(())
}

fn row(name: &str, blobs: &[Blob]) {
    let size: usize = blobs.iter().map(|blob| blob.bytes.len()).sum();
    let speed = |run: &dyn Fn(&Blob)| {
        megabytes(size) / fastest(|| blobs.iter().for_each(run)).as_secs_f64()
    };
    let (rules, scanner) = (RuleSet::builtin(), Scanner::new(RuleSet::builtin()));
    let engine = Engine::new(RuleSet::builtin());
    let prefilter = speed(&|blob| {
        rules.for_each_keyword(&blob.bytes, 0..blob.bytes.len(), |rule, at, _| {
            black_box((rule, at));
        });
    });
    let detect = speed(&|blob| drop(black_box(scanner.candidates(&blob.bytes, &blob.path))));
    let layers = speed(&|blob| {
        for text in Document::of(blob).texts() {
            drop(black_box(layers(&text, &[])));
        }
    });
    let whole = speed(&|blob| drop(black_box(engine.scan(blob))));
    println!(
        "{name:<34}{:>8.1}  {prefilter:>9.0}{detect:>9.0}{layers:>9.0}{whole:>9.0}",
        megabytes(size)
    );
}

/// The prefilter with this many made-up keywords: the time must not grow with them.
fn keywords(count: usize, blobs: &[Blob]) {
    let made_up = |n: usize| format!("{:07x}_", n.wrapping_mul(0x9E37_79B9) & 0xFFF_FFFF);
    let keywords: Vec<String> = (0..count).map(made_up).collect();
    let grams = Grams::build(&keywords, |_| 0);
    let size: usize = blobs.iter().map(|blob| blob.bytes.len()).sum();
    let time = fastest(|| {
        for blob in blobs {
            grams.for_each(&blob.bytes, 0..blob.bytes.len(), |keyword, at, _| {
                black_box((keyword, at));
            });
        }
    });
    println!(
        "{:<34}{:>19.0}",
        format!("{count} made-up keywords"),
        megabytes(size) / time.as_secs_f64()
    );
}

/// Text that wakes as much as it can, a megabyte and more of each.
fn hard() -> Vec<(&'static str, Vec<u8>)> {
    let rules = RuleSet::builtin();
    let words: Vec<&str> = rules.enabled().flat_map(|rule| rule.keywords).copied().collect();
    let repeated = |unit: &str| unit.repeat(HARD / unit.len()).into_bytes();
    let mut state = 1u64;
    let mut base64 = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[(state >> 58) as usize]
    };
    vec![
        ("every keyword, one a line", repeated(&(words.join("\n") + "\n"))),
        ("every keyword, on one line", repeated(&(words.join(" ") + " "))),
        ("assignments of one value", repeated("password = secret_token_key(\"\"); ")),
        ("random base64 on one line", (0..HARD).map(&mut base64).collect()),
        ("base64 of text on one line", repeated("dGV4dCBpbiBiYXNlNjQg")),
        ("one letter", repeated("aaaaaaaa")),
        ("spaces", repeated("        ")),
    ]
}

fn files(folder: &Path) -> Vec<Blob> {
    let (mut blobs, mut size, mut folders) = (Vec::new(), 0, vec![folder.to_owned()]);
    while let Some(entries) = folders.pop().map(std::fs::read_dir) {
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && name != ".git" && name != "target" => {
                    folders.push(entry.path());
                }
                Ok(kind) if kind.is_file() && size < ENOUGH => {
                    let bytes = std::fs::read(entry.path()).unwrap_or_default();
                    size += bytes.len();
                    blobs.push(blob(&name, bytes));
                }
                _ => {}
            }
        }
    }
    blobs
}

fn blob(name: &str, bytes: Vec<u8>) -> Blob {
    Blob { path: RepoPath::new(name.as_bytes()), origin: Origin::Disk, bytes }
}

fn fastest(mut run: impl FnMut()) -> Duration {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
