//! What a reviewer would say every time: layers, sizes, words that must not stay.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the bottom up. A room may name those before it; of one line,
/// rooms do not name each other.
const LAYERS: &[&[&str]] = &[
    &["platform", "model"],
    &["rules"],
    &["extract", "detect", "baseline"],
    &["engine"],
    &["git"],
    &["config", "source"],
    &["cli"],
    &["report"],
    &["scan"],
    &["install", "audit", "redact"],
    &["doctor"],
    &["commands"],
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    sources(&root.join("src"), &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn every_room_names_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for (name, text) in all_sources() {
        let room = name.trim_start_matches("src/").split(['/', '.']).next().unwrap().to_owned();
        let Some(own) = layer(&room) else { continue };
        for (at, line) in text.lines().enumerate() {
            for (start, _) in line.match_indices("crate::") {
                let other: String = line[start + 7..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let allowed = other == room || layer(&other).is_none_or(|other| other < own);
                if !allowed {
                    wrong.push(format!("{name}:{}: `{room}` names `{other}`", at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tests may: what they make (links, pipes) is not everywhere.
#[test]
fn only_the_platform_asks_for_the_system() {
    const ASKS: [&str; 5] = ["cfg(unix)", "cfg(not(unix))", "cfg!(", "target_os", "std::os::"];
    let mut wrong = Vec::new();
    for (name, text) in all_sources() {
        if name.starts_with("src/platform/") || name.contains("tests") {
            continue;
        }
        let tests = ["#[cfg(test)]", "#[cfg(all(test"].map(|mark| text.find(mark));
        let end = tests.into_iter().flatten().min().unwrap_or(text.len());
        for (at, line) in text[..end].lines().enumerate() {
            if ASKS.iter().any(|ask| line.contains(ask)) {
                wrong.push(format!("{name}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for (name, text) in all_sources() {
        if text.lines().count() > 450 {
            wrong.push(format!("{name}: {} lines; is it one concept?", text.lines().count()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{name}: no `//!` that says what it is for"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
