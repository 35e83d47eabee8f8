//! What every run prints: never a secret, always what was read, and nothing
//! that a file name could make of it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Sandbox, token};

#[test]
fn no_format_shows_the_canary() {
    let sandbox = Sandbox::without_repository();
    let canary = token(77);
    sandbox.write("a.txt", format!("key = {canary}\n"));
    for format in ["human", "jsonl", "sarif", "github"] {
        let run = sandbox.stanch(&["scan", "--format", format, "--reveal-fingerprints", "."]);
        assert_eq!(run.code, 1, "{format}: {run:?}");
        assert!(!run.all().contains(&canary[4..12]), "{format}: {run:?}");
    }
}

#[test]
fn people_read_a_value_once_a_file_and_programs_read_every_place() {
    let it = Sandbox::without_repository();
    let (often, once) = (token(78), token(79));
    it.write("a.txt", format!("{often}\n\n{often}\n{once}\n{often}\n"));
    it.write("b.txt", format!("{often}\n"));
    let run = it.stanch(&["scan", "."]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("5 new secrets"), "{run:?}");
    let shown = |place: &str| run.err.matches(place).count();
    assert_eq!((shown("a.txt:1:1"), shown("a.txt:4:1"), shown("b.txt:1:1")), (1, 1, 1), "{run:?}");
    assert_eq!((shown("a.txt:"), shown("b.txt:")), (2, 1), "{run:?}");
    assert_eq!(shown("the same at 2 more places of this file: lines 3, 5"), 1, "{run:?}");
    // Eight more are named, of nine the last is not.
    for (times, end) in [(9, "7, 8, 9\n"), (10, "7, 8, 9, …\n")] {
        it.write("a.txt", format!("{often}\n").repeat(times));
        let run = it.stanch(&["scan", "."]);
        assert!(run.err.contains(&format!("lines 2, 3, 4, 5, 6, {end}")), "{run:?}");
    }
    it.write("a.txt", format!("{often}\n\n{often}\n{once}\n{often}\n"));
    let run = it.stanch(&["scan", "--format", "jsonl", "."]);
    assert_eq!(run.out.matches("\"path\"").count(), 5, "{run:?}");
}

#[test]
fn many_findings_of_low_confidence_have_a_line_each_behind_the_others() {
    let it = Sandbox::without_repository();
    it.write("tests/a.py", "password = \"hunter2\"\n".repeat(3));
    for name in ["tests/b.py", "tests/c.py"] {
        it.write(name, "password = \"swordfish9\"\n");
    }
    it.write("z.txt", token(1));
    let in_full = "tests/a.py:1:13\n    password";
    let run = it.stanch(&["scan", "."]);
    assert!(run.code == 1 && run.err.contains(in_full), "{run:?}");
    it.write("tests/d.py", "password = \"hunter2\"\n");
    let run = it.stanch(&["scan", "."]);
    assert!(run.code == 1 && !run.err.contains(in_full), "{run:?}");
    let place = |what: &str| run.err.find(what).unwrap_or_else(|| panic!("{what}: {run:?}"));
    let heading = "\n  4 of low confidence: it stands in a test, so it may be made up\n";
    let (first, last) = ("    tests/a.py:1:13, 2, 3  password", "    tests/d.py:1:13  password");
    assert!(place("z.txt:1:1\n") < place(heading), "{run:?}");
    assert!(place(heading) < place(first) && place(first) < place(last), "{run:?}");
    let ids = it.stanch(&["scan", "--format", "jsonl", "."]);
    let id = ids.findings()[0]["id"].as_str().unwrap().to_owned();
    assert!(run.err.contains(&format!("  id {id}\n")), "{run:?}");
}

#[test]
fn the_ways_out_are_those_that_are_open() {
    let it = Sandbox::new();
    it.write("tests/login.py", "password = \"hunter2\"\n");
    it.git(&["add", "-A"]);
    let run = it.stanch(&["hook", "pre-commit"]);
    let setting = "`confidence = \"medium\"` in .stanch.toml";
    assert!(run.code == 1 && run.err.contains(setting), "{run:?}");
    assert!(!run.err.contains("walks through"), "{run:?}");
    it.write("a.txt", token(1));
    it.git(&["add", "-A"]);
    let run = it.stanch(&["hook", "pre-commit"]);
    assert!(!run.err.contains(setting), "{run:?}");
    assert!(run.err.contains("`stanch audit` walks through all 2"), "{run:?}");
    let audit = "stanch audit --accept";
    assert!(run.err.contains(audit) && run.err.contains("git -c stanch.skip"), "{run:?}");
    let outside = Sandbox::without_repository();
    outside.write("a.txt", token(1));
    let run = outside.stanch(&["scan", "."]);
    assert!(run.code == 1 && !run.err.contains(audit), "{run:?}");
    assert!(run.err.contains("the comment `stanch:allow` on its line"), "{run:?}");
    outside.write("a.txt", format!("{} # stanch:allow\n", token(1)));
    assert_eq!(outside.stanch(&["scan", "."]).code, 0);
    outside.write(".env", "DB_PASSWORD=Wintxr2031q9\n");
    let run = outside.stanch(&["scan", ".env"]);
    assert!(run.code == 1 && !run.err.contains("git rm"), "{run:?}");
}

/// Names that would speak to a runner, move a cursor, or break a table.
const NAMES: [&str; 8] = [
    "a::error::x.txt",
    "::error file=b,line=1::x.txt",
    "c%0A::set-output name=x::y.txt",
    "d\u{1b}[2Jx.txt",
    "e\n::error::f.txt",
    "g|`<b>h.txt",
    "##[error]i,j:k.txt",
    "l\u{9b}2J\u{202e}txt.m",
];

fn hostile() -> Sandbox {
    let it = Sandbox::new();
    for (seed, name) in (1..).zip(NAMES) {
        it.write(name, format!("é {}\n", token(seed)));
    }
    it.git(&["add", "-A"]);
    it.git(&["commit", "-q", "-m", "names"]);
    it
}

#[test]
fn annotations_are_for_the_runner_alone() {
    let it = hostile().with_env("GITHUB_ACTIONS", "false");
    assert_eq!(it.stanch(&["scan"]).out, "");
}

#[test]
fn a_name_of_a_file_cannot_speak_to_the_runner() {
    let it = hostile().with_env("GITHUB_ACTIONS", "true").with_env("GITHUB_STEP_SUMMARY", "../sum");
    let run = it.stanch(&["scan"]);
    assert_eq!(run.code, 1, "{run:?}");
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), NAMES.len(), "{run:?}");
    for line in &lines {
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let properties: Vec<&str> = head.strip_prefix("error ").unwrap().split(',').collect();
        let names: Vec<&str> =
            properties.iter().map(|pair| pair.split_once('=').unwrap().0).collect();
        assert_eq!(names, ["file", "line", "col", "endLine", "endColumn", "title"], "{line}");
        assert_eq!(properties[2], "col=3", "{line}");
        assert!(!properties[0].contains("::") && !properties[5].contains(':'), "{line}");
        assert!(message.starts_with("GitHub personal access token"), "{line}");
    }
    let is_plain = |c: char| c == '\n' || !c.is_control();
    assert!(run.all().chars().all(is_plain), "{run:?}");
    assert!(!run.err.lines().any(|line| line.trim_start().starts_with("::")), "{run:?}");
    let summary = it.read("../sum");
    let rows: Vec<&str> = summary.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), NAMES.len(), "{summary}");
    for row in rows {
        assert_eq!((row.matches('|').count(), row.matches('`').count()), (6, 6), "{row}");
        assert!(row.chars().all(is_plain) && !row.contains("<b>"), "{row}");
    }
    it.write("clean/a.txt", "nothing\n");
    assert_eq!(it.stanch(&["scan", "clean"]).code, 0);
    assert_eq!(it.read("../sum"), summary, "a clean run has no table");
    for seed in 1..=7 {
        assert!(!(run.all() + &summary).contains(&token(seed)[4..12]));
    }
}

#[test]
fn no_format_lets_a_name_move_the_cursor() {
    let it = hostile();
    for format in ["human", "jsonl", "sarif"] {
        let run = it.stanch(&["scan", "--format", format]);
        assert_eq!(run.code, 1, "{run:?}");
        let moves = |c: char| (c != '\n' && c.is_control()) || c == '\u{202e}';
        assert!(!run.all().chars().any(moves), "{run:?}");
        assert!(!run.all().lines().any(|line| line.trim_start().starts_with("::")), "{run:?}");
    }
}

/// The fields SARIF 2.1.0 knows of the objects we write (docs.oasis-open.org,
/// sarif-schema-2.1.0.json), and those of them it or GitHub asks for.
const FIELDS: [(&str, &[&str], &[&str]); 8] = [
    ("", &["$schema", "version", "runs"], &["version", "runs"]),
    (
        "runs",
        &["tool", "originalUriBaseIds", "columnKind", "invocations", "results"],
        &["tool", "results"],
    ),
    ("driver", &["name", "semanticVersion", "rules"], &["name", "rules"]),
    (
        "rules",
        &[
            "id",
            "name",
            "shortDescription",
            "fullDescription",
            "help",
            "defaultConfiguration",
            "properties",
        ],
        &["id", "shortDescription", "fullDescription", "help"],
    ),
    (
        "results",
        &[
            "ruleId",
            "ruleIndex",
            "level",
            "message",
            "locations",
            "partialFingerprints",
            "suppressions",
            "baselineState",
        ],
        &["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    ),
    ("region", &["startLine", "startColumn", "endLine", "endColumn"], &["startLine"]),
    ("suppressions", &["kind", "justification"], &["kind"]),
    (
        "invocations",
        &["executionSuccessful", "toolExecutionNotifications"],
        &["executionSuccessful"],
    ),
];

/// Every object below `value` that stands under a name we know has its fields.
fn hold_fields(name: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| hold_fields(name, item)),
        Value::Object(object) => {
            if let Some((_, known, asked)) = FIELDS.iter().find(|(own, ..)| *own == name) {
                let has: BTreeSet<&str> = object.keys().map(String::as_str).collect();
                assert!(has.iter().all(|field| known.contains(field)), "{name}: {has:?}");
                assert!(asked.iter().all(|field| has.contains(field)), "{name}: {has:?}");
            }
            assert!(!object.contains_key("snippet"), "{name}");
            object.iter().for_each(|(name, value)| hold_fields(name, value));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn sarif(run: &Run) -> Value {
    let document: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run:?}"));
    hold_fields("", &document);
    assert_eq!(document["version"], "2.1.0");
    let rules = document["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        let severity = rule["properties"]["security-severity"].as_str().unwrap();
        assert!((0.1..=10.0).contains(&severity.parse::<f64>().unwrap()), "{rule}");
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 20);
        for text in ["shortDescription", "fullDescription", "help"] {
            let text = rule[text]["text"].as_str().unwrap();
            assert!((1..1024).contains(&text.len()), "{rule}");
        }
    }
    for result in document["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"], "{result}");
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b);
        assert!(uri.bytes().all(is_plain) && !uri.starts_with('/'), "{uri}");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(result["partialFingerprints"]["stanchId/v1"].as_str().unwrap().len() == 12);
    }
    document
}

#[test]
fn sarif_is_what_the_schema_and_github_take() {
    let it = hostile();
    it.commit_file(".env", "A=1\n");
    it.commit_file("known.py", &format!("a = '{}'\n", token(20)));
    it.stanch(&["baseline", "create"]);
    it.write("new.py", format!("é = 'é {}'\n", token(21)));
    it.write("allowed.py", format!("c = '{}'  # stanch:allow\n", token(22)));
    fs::create_dir(it.root().join("n")).unwrap();
    let cell = format!("{{\"cells\":[{{\"source\":[\"k = '{}'\"],\"outputs\":[]}}]}}", token(23));
    it.write("n/a.ipynb", cell);
    it.write("tests/db.py", "password = 'hunter2'\n");
    it.git(&["add", "new.py", "allowed.py", "n", "tests"]);
    let run = it.stanch(&["scan", "--format", "sarif"]);
    let document = sarif(&run);
    let results = document["runs"][0]["results"].as_array().unwrap();
    let of = |uri: &str| -> &Value {
        let is_it = |result: &&Value| {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
        };
        results.iter().find(is_it).unwrap_or_else(|| panic!("{uri}: {document}"))
    };
    assert_eq!(of("known.py")["suppressions"][0]["kind"], "external");
    assert_eq!(of("allowed.py")["suppressions"][0]["kind"], "inSource");
    assert_eq!(of("new.py")["baselineState"], "new");
    // What may be made up is told a step lower, and why.
    assert_eq!(
        (&of("new.py")["level"], &of("tests/db.py")["level"]),
        (&"error".into(), &"note".into())
    );
    assert!(!run.out.contains("issued by generic"), "{run:?}");
    let told = of("tests/db.py")["message"]["text"].as_str().unwrap();
    assert_eq!(told, "password: …; it stands in a test, so it may be made up");
    // Columns are characters, as `columnKind` says.
    let region = &of("new.py")["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&8.into(), &48.into()));
    assert_eq!(document["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(of(".env")["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    assert_eq!(results.len(), NAMES.len() + 6, "{document}");
    for seed in (1..=7).chain(20..=23) {
        assert!(!run.all().contains(&token(seed)[4..12]));
    }
    // What could not be read is said, and the run is no success.
    fs::write(it.root().join("huge"), "").unwrap();
    fs::File::options().write(true).open(it.root().join("huge")).unwrap().set_len(2 << 30).unwrap();
    let run = it.stanch(&["scan", "--format", "sarif", "huge", "new.py"]);
    assert_eq!(run.code, 2, "{run:?}");
    let invocation = &sarif(&run)["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let said = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(said.contains("huge"), "{said}");
}

#[test]
fn below_the_root_the_ways_out_lead_to_the_root() {
    let it = Sandbox::guarded(&[]);
    it.write("sub/.env", "A_TOKEN=1\n");
    it.write("sub/a.py", format!("a = '{}'\n", token(1)));
    it.git(&["add", "-f", "sub"]);
    let commit = || it.run("sh", &["-c", "cd sub && git commit -q -m x"]);
    let run = commit();
    let cup =
        "git rm --cached :/sub/.env && echo sub/.env >> \"$(git rev-parse --show-cdup).gitignore\"";
    assert!(run.code == 1 && run.err.contains(cup), "{run:?}");
    it.ok("sh", &["-c", &format!("cd sub && {cup}")]);
    assert_eq!(it.read(".gitignore"), "sub/.env\n");
    let id = it.stanch(&["scan", "--staged", "--format", "jsonl"]).findings()[0]["id"].clone();
    let accept =
        ["audit", "--accept", id.as_str().unwrap(), "--verdict", "test-value", "--reason", "x"];
    let run = it.stanch_in("sub", &accept);
    let add = "git add :/.secrets.baseline";
    assert!(run.err.contains(add), "{run:?}");
    assert!(commit().err.contains(&format!("`{add}`")), "the hook says so, too");
    it.ok("sh", &["-c", &format!("cd sub && {add}")]);
    assert_eq!(commit().code, 0);
    assert!(it.stanch(&["baseline", "update"]).err.contains("up to date"));
}

#[test]
fn the_way_out_of_any_name_is_one_command_about_that_file() {
    let names: [&[u8]; 10] = [
        b"-f.env",
        b"_f.env",
        b"*.env",
        b":(glob)x.env",
        b"a b.env",
        b"it's.env",
        b"$HOME.env",
        b"a\n.env",
        b"\xffx.env",
        b"##[x.env",
    ];
    for name in names.map(OsStr::from_bytes) {
        for folder in [".", "sub"] {
            let it = Sandbox::guarded(&[]);
            it.write("sub/kept.env", "A_TOKEN=1\n");
            it.write("other.env", "A_TOKEN=1\n");
            it.commit_file("readme", "more\n");
            it.git(&["add", "-f", "sub", "other.env"]);
            it.git(&["commit", "-q", "--no-verify", "-m", "x"]);
            it.write(Path::new(name), "A_TOKEN=2\n");
            let mut add = it.command("git");
            add.env("GIT_LITERAL_PATHSPECS", "1").args(["add", "-f", "--"]).arg(name);
            assert!(add.status().unwrap().success());
            let commit = format!("cd {folder} && git commit -q -m x");
            let run = it.run("sh", &["-c", &commit]);
            let way = run.err.lines().find(|line| line.contains("git rm")).unwrap().trim();
            it.ok("bash", &["-c", &format!("cd {folder} && {way}")]);
            let left = it.git(&["ls-files", "*.env"]);
            assert_eq!(left, "other.env\nsub/kept.env\n", "{name:?}: {way}");
        }
    }
}
