//! What a reviewer would say every time: layers, sizes, words that must not stay.

use std::collections::BTreeSet;
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

/// The same inside `detect`, whose readers find values and whose judges know no reader.
const LAYERS_OF_DETECT: &[&[&str]] = &[
    &["candidate", "dotenv", "language", "stage", "text", "unfold"],
    &["judge"],
    &["armor", "assign", "env_family", "jwk", "lazy_pattern", "url"],
    &["exposure", "local_values", "paths", "pattern_reader"],
    &["alike", "bare_id", "near"],
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

/// The first name of each path behind `prefix`, and its line.
fn named(text: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(prefix) {
        let line = text[..start].lines().count();
        let path = &text[start + prefix.len()..];
        let group = path.strip_prefix('{').and_then(|group| group.split('}').next());
        for path in group.map_or(vec![path], |group| group.split(',').collect()) {
            let is_name = |c: &char| c.is_alphanumeric() || *c == '_';
            found.push((line, path.trim_start().chars().take_while(is_name).collect()));
        }
    }
    found
}

/// The names behind `prefix` that a file of `room` must not know.
fn misnamed(layers: &[&[&str]], room: &str, file: &(String, String), prefix: &str) -> Vec<String> {
    let layer = |room: &str| layers.iter().position(|rooms| rooms.contains(&room));
    let Some(own) = layer(room) else { return Vec::new() };
    let (name, text) = file;
    named(text, prefix)
        .into_iter()
        .filter(|(_, other)| other != room && layer(other).is_some_and(|other| other >= own))
        .map(|(line, other)| format!("{name}:{line}: `{room}` names `{other}`"))
        .collect()
}

fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

/// A name that is not there would check nothing.
#[test]
fn the_layers_name_what_is_there() {
    let files = all_sources();
    let rooms = |folder: &str| -> BTreeSet<String> {
        let paths = files.iter().filter_map(|(path, _)| path.strip_prefix(folder));
        paths.map(|path| room(path).to_owned()).collect()
    };
    let mut listed: BTreeSet<String> = LAYERS.concat().into_iter().map(str::to_owned).collect();
    listed.extend(["lib".to_owned(), "main".to_owned()]);
    assert_eq!(listed, rooms("src/"));
    let of_detect = rooms("src/detect/");
    for name in LAYERS_OF_DETECT.concat() {
        assert!(of_detect.contains(name), "detect has no {name}");
    }
}

#[test]
fn every_room_names_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for file in all_sources() {
        let path = file.0.strip_prefix("src/").unwrap().to_owned();
        wrong.extend(misnamed(LAYERS, room(&path), &file, "crate::"));
        if let Some(path) = path.strip_prefix("detect/") {
            let is_at_the_door = !path.contains('/') || path.ends_with("/mod.rs");
            let above = if is_at_the_door { "super::" } else { "super::super::" };
            for prefix in ["crate::detect::", above] {
                wrong.extend(misnamed(LAYERS_OF_DETECT, room(path), &file, prefix));
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
