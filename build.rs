//! Turns `rules/*.toml` into static tables. A build script and not committed
//! output: a rule is then one edit in one file, the tables cannot be stale,
//! and nothing is parsed at start-up either way. It needs only serde and toml.

#![allow(
    unreachable_pub,
    missing_docs,
    reason = "the shared files are public in the crate, not here"
)]
#![allow(clippy::disallowed_methods, reason = "a build script speaks through its environment")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

// The same sources as in the crate: one parser, one table builder.
#[allow(dead_code, reason = "the build script uses a part of each shared file")]
#[path = "src/model/rule.rs"]
mod rule;
mod model {
    pub use crate::rule::*;
}
#[allow(dead_code, reason = "the build script uses a part of each shared file")]
#[path = "src/rules/grams.rs"]
mod grams;
#[allow(dead_code, reason = "the build script uses a part of each shared file")]
#[path = "src/rules/parse.rs"]
mod parse;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rules");
    println!("cargo::rerun-if-changed=src/model/rule.rs");
    let rules = read_rules();
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let code = format!("{}{}", rule_table(&rules), keyword_tables(&rules));
    fs::write(Path::new(&out).join("rules.rs"), code).expect("writing the rule table");
}

/// All rules, sorted by id. Stops the build with `file:line: reason`.
fn read_rules() -> Vec<parse::RawRule> {
    let mut files: Vec<_> = fs::read_dir("rules")
        .expect("reading the folder rules/")
        .map(|entry| entry.expect("reading the folder rules/").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let mut rules = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("reading a file of rules");
        match parse::parse(&text) {
            Ok(parsed) => rules.extend(parsed),
            #[expect(clippy::exit, reason = "cargo shows what was said above, and no backtrace")]
            Err(problems) => {
                for problem in &problems {
                    let line = text[..problem.offset].matches('\n').count() + 1;
                    println!("cargo::error={}:{line}: {}", file.display(), problem.why);
                }
                std::process::exit(1);
            }
        }
    }
    for problem in parse::problems(&rules) {
        println!("cargo::error={}", problem.why);
    }
    rules.sort_by(|a, b| a.id.get_ref().cmp(b.id.get_ref()));
    rules
}

fn rule_table(rules: &[parse::RawRule]) -> String {
    let mut code =
        String::from("use crate::model::{Bounds, Check, Confidence, Detector, Link, Severity};\n");
    writeln!(code, "pub(super) static BUILTIN: &[Rule] = &[").expect("writing to a String");
    for rule in rules {
        writeln!(
            code,
            "Rule {{ id: {:?}, provider: {:?}, description: {:?}, detector: Detector::{:?}, keywords: &{:?}, \
             pattern: {:?}, shapes: &{:?}, link: Link::{:?}, bounds: Bounds::{:?}, check: {}, min_entropy: {:?}, severity: Severity::{:?}, \
             confidence: Confidence::{:?}, weak: {}, prefix: {:?}, env: &{:?}, revoke: {:?}, source: {:?} }},",
            rule.id.get_ref(),
            rule.provider,
            rule.description,
            rule.detector,
            rule.keywords,
            rule.pattern,
            rule.shapes,
            rule.link,
            rule.bounds,
            rule.check.map_or("None".to_owned(), |check| format!("Some(Check::{check:?})")),
            rule.min_entropy,
            rule.severity,
            rule.confidence,
            rule.weak,
            rule.prefix,
            rule.env,
            rule.revoke,
            rule.source,
        )
        .expect("writing to a String");
    }
    code + "];\n"
}

/// How often folded grams stand in a megabyte of source text; `tools/gram_counts.py` counts.
fn gram_counts() -> BTreeMap<u32, u32> {
    let table = fs::read_to_string("src/rules/grams.tsv").expect("reading the counts of grams");
    let row = |line: &str| {
        let (gram, count) = line.split_once('\t')?;
        Some((u32::from_str_radix(gram, 16).ok()?.swap_bytes(), count.parse().ok()?))
    };
    table.lines().map(|line| row(line).expect("hex, tab, count")).collect()
}

fn keyword_tables(rules: &[parse::RawRule]) -> String {
    let mut index = BTreeMap::<String, Vec<usize>>::new();
    for (number, rule) in rules.iter().enumerate() {
        for keyword in &rule.keywords {
            index.entry(keyword.to_ascii_lowercase()).or_default().push(number);
        }
    }
    let counts = gram_counts();
    let frequency = |gram: u32| counts.get(&gram).copied().unwrap_or(0);
    let grams = grams::Grams::build(index.keys().cloned().collect(), frequency);
    let keywords: Vec<String> =
        grams.keywords.iter().map(|k| format!("std::borrow::Cow::Borrowed({k:?})")).collect();
    format!(
        "pub(super) static BUILTIN_GRAMS: Grams = Grams {{\n\
         bitmap: std::borrow::Cow::Borrowed(&{:?}),\n\
         starts: std::borrow::Cow::Borrowed(&{:?}),\n\
         entries: std::borrow::Cow::Borrowed(&{:?}),\n\
         keywords: std::borrow::Cow::Borrowed(&[{}]),\n}};\n\
         pub(super) static BUILTIN_KEYWORD_RULES: &[&[u16]] = &[{}];\n",
        grams.bitmap,
        grams.starts,
        grams.entries,
        keywords.join(", "),
        index.values().map(|rules| format!("&{rules:?}")).collect::<Vec<_>>().join(", "),
    )
}
