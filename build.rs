//! Turns `rules/*.toml` into static tables. A build script and not committed
//! output: a rule is then one edit in one file, the tables cannot be stale,
//! and nothing is parsed at start-up either way. It needs only serde and toml.

#![allow(
    unreachable_pub,
    missing_docs,
    reason = "the shared files are public in the crate, not here"
)]
#![allow(clippy::disallowed_methods, reason = "a build script speaks through its environment")]

use std::collections::{BTreeMap, BTreeSet};
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
    let (tables, marks) = keyword_tables(&rules);
    let (rows, text) = rule_tables(&rules);
    let code = rows + &tables;
    fs::write(Path::new(&out).join("text"), text).expect("writing the words of the rules");
    fs::write(Path::new(&out).join("rules.rs"), code).expect("writing the rule table");
    fs::write(Path::new(&out).join("marks"), marks).expect("writing the marks of grams");
    fs::write(Path::new(&out).join("words.rs"), word_tables()).expect("writing the word lists");
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
    let domains = words_of(Path::new("rules/mail-domains.txt"));
    for rule in &mut rules {
        rule.keywords =
            rule.keywords.iter().flat_map(|word| with_domains(word, &domains)).collect();
    }
    rules
}

/// The keyword, or of one with `{domain}` one for each of them.
fn with_domains(keyword: &str, domains: &BTreeSet<String>) -> Vec<String> {
    const MARK: &str = "{domain}";
    if keyword.contains(MARK) {
        domains.iter().map(|domain| keyword.replace(MARK, domain)).collect()
    } else {
        vec![keyword.to_owned()]
    }
}

/// The rows of the rules, the lists of words they point into, and the text of all words.
fn rule_tables(rules: &[parse::RawRule]) -> (String, String) {
    let mut pool = Pool::default();
    let rows: String = rules.iter().map(|rule| row(rule, &mut pool)).collect();
    let code = format!(
        "use crate::model::{{Bounds, Check, Confidence, Detector, Link, Severity}};\n\
         pub(super) static TEXT: &str = include_str!(concat!(env!(\"OUT_DIR\"), \"/text\"));\n\
         pub(super) static LISTS: [Word; {}] = [{}];\n\
         pub(super) static ROWS: [Row; {}] = [\n{rows}];\n",
        pool.lists.len(),
        pool.lists.join(", "),
        rules.len(),
    );
    (code, pool.text)
}

fn row(rule: &parse::RawRule, pool: &mut Pool) -> String {
    let option =
        |code: Option<String>| code.map_or("None".to_owned(), |code| format!("Some({code})"));
    let revoke = rule.revoke.as_ref().map(|revoke| pool.word(revoke));
    format!(
        "Row {{ id: {}, provider: {}, description: {}, detector: Detector::{:?}, keywords: {}, \
         pattern: {}, shapes: {}, link: Link::{:?}, bounds: Bounds::{:?}, check: {}, \
         min_entropy: {:?}, severity: Severity::{:?}, confidence: Confidence::{:?}, weak: {}, \
         prefix: {}, env: {}, revoke: {}, source: {} }},\n",
        pool.word(rule.id.get_ref()),
        pool.word(&rule.provider),
        pool.word(&rule.description),
        rule.detector,
        pool.list(&rule.keywords),
        pool.word(&rule.pattern),
        pool.list(&rule.shapes),
        rule.link,
        rule.bounds,
        option(rule.check.map(|check| format!("Check::{check:?}"))),
        rule.min_entropy,
        rule.severity,
        rule.confidence,
        rule.weak,
        pool.word(&rule.prefix),
        pool.list(&rule.env),
        option(revoke),
        pool.word(&rule.source),
    )
}

/// Words, one behind the other, and lists of them.
#[derive(Default)]
struct Pool {
    text: String,
    lists: Vec<String>,
}

impl Pool {
    fn word(&mut self, word: &str) -> String {
        let start = self.text.len();
        self.text.push_str(word);
        format!("Word({start}, {})", word.len())
    }

    fn list(&mut self, words: &[String]) -> String {
        let start = self.lists.len();
        for word in words {
            let word = self.word(word);
            self.lists.push(word);
        }
        format!("List({start}, {})", words.len())
    }
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

/// The tables of the prefilter, and its marks: bytes, since a quarter of a million
/// numbers would take the compiler seconds.
fn keyword_tables(rules: &[parse::RawRule]) -> (String, Vec<u8>) {
    let mut index = BTreeMap::<String, Vec<usize>>::new();
    for (number, rule) in rules.iter().enumerate() {
        for keyword in &rule.keywords {
            index.entry(keyword.to_ascii_lowercase()).or_default().push(number);
        }
    }
    let counts = gram_counts();
    let frequency = |gram: u32| counts.get(&gram).copied().unwrap_or(0);
    let keywords: Vec<String> = index.keys().cloned().collect();
    let grams = grams::Grams::build(&keywords, frequency);
    let numbers: Vec<&usize> = index.values().flatten().collect();
    let ends = ends(index.values().map(Vec::len));
    let code = format!(
        "use super::grams::{{Eight, Entry}};\n\
         pub(super) static BUILTIN_GRAMS: Grams = Grams {{\n\
         marks: std::borrow::Cow::Borrowed(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/marks\"))),\n\
         common: std::borrow::Cow::Borrowed(&{:?}),\n\
         starts: std::borrow::Cow::Borrowed(&{:?}),\n\
         entries: std::borrow::Cow::Borrowed(&{:?}),\n\
         letters: std::borrow::Cow::Borrowed(&{:?}),\n}};\n\
         pub(super) static KEYWORD_RULES: &[u16] = &{numbers:?};\n\
         pub(super) static KEYWORD_ENDS: &[u16] = &{ends:?};\n",
        grams.common, grams.starts, grams.entries, grams.letters,
    );
    (code, grams.marks.into_owned())
}

/// Where each of several ends when they stand one behind the other.
fn ends(lens: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut end = 0;
    lens.map(|len| {
        end += len;
        end
    })
    .collect()
}

/// A list of `rules/words/`, sorted: one entry a line, `#` begins a comment.
fn words_of(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).expect("reading a list of words");
    let entries = text.lines().map(|line| line.split('#').next().unwrap_or(line).trim_end());
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// All of them.
fn word_tables() -> String {
    let mut code = String::new();
    for file in fs::read_dir("rules/words").expect("reading the folder rules/words/") {
        let path = file.expect("reading the folder rules/words/").path();
        let words = words_of(&path);
        let entries: BTreeSet<&str> = words.iter().map(String::as_str).collect();
        let stem = path.file_stem().expect("the name of a file").to_string_lossy();
        let name = stem.to_uppercase().replace('-', "_");
        let ends = ends(entries.iter().map(|entry| entry.len()));
        let letters: String = entries.iter().copied().collect();
        let before = |byte| entries.iter().filter(|e| usize::from(e.as_bytes()[0]) < byte).count();
        let heads: Vec<usize> = (0..=256).map(before).collect();
        writeln!(
            code,
            "/// `rules/words/{stem}.txt`.\npub(crate) static {name}: Entries = \
             Entries {{ letters: {letters:?}.as_bytes(), ends: &{ends:?}, heads: &{heads:?} }};"
        )
        .expect("writing to a String");
        if stem == "common" {
            writeln!(
                code,
                "/// Bits of one letter behind another in those, both counted from `a`.\n\
                 pub(crate) static PAIR_BITS: [[f32; 26]; 26] = {:?};",
                pair_bits(&entries)
            )
            .expect("writing to a String");
        }
    }
    code
}

/// How surprising a letter is behind another: every pair of the words counted
/// once, and half a pair more, so that none is impossible.
fn pair_bits(words: &BTreeSet<&str>) -> [[f32; 26]; 26] {
    let mut bits = [[0.5_f32; 26]; 26];
    for pair in words.iter().flat_map(|word| word.as_bytes().windows(2)) {
        if pair.iter().all(u8::is_ascii_lowercase) {
            bits[usize::from(pair[0] - b'a')][usize::from(pair[1] - b'a')] += 1.0;
        }
    }
    for row in &mut bits {
        let all: f32 = row.iter().sum();
        for count in row {
            *count = -(*count / all).log2();
        }
    }
    bits
}
