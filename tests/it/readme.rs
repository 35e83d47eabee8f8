//! Follows the README: every `$` command of its console blocks is run, in
//! order, in one repository, and must print what stands there.
//! `STANCH_WRITE_DOCS=1 cargo test readme` writes what they print.

use std::fs;
use std::path::Path;

use crate::support::{STANCH, Sandbox, token};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

#[test]
fn every_command_of_the_readme_prints_what_stands_there() {
    let sandbox = project();
    let old = fs::read_to_string(README).unwrap();
    let mut new = String::new();
    for (at, part) in old.split("```console\n").enumerate() {
        if at == 0 {
            new.push_str(part);
            continue;
        }
        let (block, rest) = part.split_once("```").expect("a block ends");
        new.push_str("```console\n");
        for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            new.extend(["$ ", command, "\n", &printed(&sandbox, command)]);
        }
        new.push_str("```");
        new.push_str(rest);
    }
    if std::env::var_os("STANCH_WRITE_DOCS").is_some() {
        fs::write(README, new).unwrap();
    } else {
        assert_eq!(new, old, "run `STANCH_WRITE_DOCS=1 cargo test readme` and read the change");
    }
}

#[test]
fn its_two_commands_are_those_that_work() {
    let text = fs::read_to_string(README).unwrap();
    assert!(text.contains("cargo install --locked --path . && stanch install"));
    // The second is what `.ci/run` calls.
    let ci = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).unwrap();
    assert!(text.contains("\ncargo test --locked\n") && ci.contains("\ncargo test --locked\n"));
}

#[test]
fn every_document_it_links_to_is_there() {
    let text = fs::read_to_string(README).unwrap();
    for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        assert!(link.starts_with("http") || file.exists(), "{link}");
        let text = fs::read_to_string(file).unwrap_or_default();
        let mut headings = text.lines().filter_map(|line| line.strip_prefix("## "));
        let is_there = headings.any(|line| line.to_lowercase().replace(' ', "-") == anchor);
        assert!(anchor.is_empty() || is_there, "{link}");
    }
}

/// A project with a past, and with a file that holds a key and is not added yet.
fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.commit_file("src/old.py", "import db\n\ndb.login(password=\"old-Harbor-9\")\n");
    sandbox.write("src/client.py", format!("import os\n\nTOKEN = \"{}\"\n", token(1)));
    sandbox
}

/// What a command prints, with what differs from run to run made the same.
fn printed(sandbox: &Sandbox, command: &str) -> String {
    let staged = sandbox.stanch(&["scan", "--staged", "--format", "jsonl"]);
    let id = staged.findings().first().map_or(String::new(), |f| f["id"].as_str().unwrap().into());
    let command = command.replace(" ID ", &format!(" {id} "));
    let run = sandbox.run("sh", &["-c", &format!("({command}) 2>&1")]);
    let text = run.out.replace(STANCH, "/usr/local/bin/stanch");
    text.lines().flat_map(|line| [steady(line), "\n".to_owned()]).collect()
}

/// Times as they are on a quiet machine.
fn steady(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    for at in 1..words.len() {
        if words[at].trim_end_matches(|c: char| !c.is_alphabetic()) == "ms"
            && words[at - 1].parse::<u32>().is_ok()
        {
            words[at - 1] = "1";
        }
    }
    words.join(" ")
}
