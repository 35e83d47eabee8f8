//! `stanch doctor` on whole projects: each file of `tests/projects` is one, with
//! the verdict a person would give on every check, before and after `--fix`.
//!
//! Below the table, `seen:` lines must stand in the report. Then the files:
//! `--- PATH` is committed, `--- once PATH` committed and removed again,
//! `--- untracked MODE PATH` only written. `{{token}}` is made at run time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Run, Sandbox, token};

#[test]
fn a_python_agent() {
    let it = check("python-agent");
    let template = it.read(".env.example");
    for key in ["OPENAI_API_KEY=\n", "DB_PASSWORD=\n", "BASE_ADDRESS=\n", "DEBUG_MODE=\n"] {
        assert!(template.contains(key), "{template}");
    }
    assert!(it.read(".gitignore").contains("!.env.example\n"));
    assert!(it.ok("ls", &["-l", ".env"]).starts_with("-rw-------"));
    assert_eq!(it.git(&["status", "--short", "--", ".env"]), "");
}

#[test]
fn a_node_app() {
    let it = check("node-app");
    assert!(it.read(".github/workflows/stanch.yml").contains("stanch scan"));
    let config = it.read(".pre-commit-config.yaml");
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/HOOKS.md");
    let paper = fs::read_to_string(paper).unwrap();
    let entry = paper.split("```yaml\nrepos:\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(config.ends_with(entry), "{config}");
}

#[test]
fn a_rust_service_in_order() {
    check("rust-service");
}

#[test]
fn a_monorepo() {
    let it = check("monorepo");
    assert!(it.read("api/.env.example").contains("API_TIMEOUT=\n"));
    assert_eq!(it.read("web/.env.example"), "VITE_TITLE=\n");
    assert!(it.read("api/.dockerignore").contains("**/.env\n"));
}

#[test]
fn a_compose_stack() {
    let it = check("compose-stack");
    assert_eq!(it.read(".env.example"), "POSTGRES_PASSWORD=\n");
}

#[test]
fn what_only_a_person_can_mend_is_said_and_left() {
    let it = check("leaks");
    assert_eq!(it.git(&["status", "--short"]), "", "`--fix` changed a file");
}

/// Holds a project to its table, `--fix` to what it promises, and shows no value.
#[track_caller]
fn check(name: &str) -> Sandbox {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/projects/{name}.txt"));
    let project = fs::read_to_string(file).unwrap();
    let (head, files) = project.split_once("\n--- ").unwrap();
    let it = Sandbox::new();
    for file in files.split("\n--- ") {
        let (place, text) = file.split_once('\n').unwrap();
        let text = format!("{}\n", text.trim_end()).replace("{{token}}", &token(1));
        put(&it, place, &text);
    }
    let report = it.stanch(&["doctor"]);
    for seen in head.lines().filter_map(|line| line.strip_prefix("seen: ")) {
        assert!(report.out.contains(seen), "no `{seen}` in\n{}", report.out);
    }
    compare(head, 1, &it.stanch(&["doctor", "--format", "json"]));
    let fixed = it.stanch(&["doctor", "--fix", "--format", "json"]);
    compare(head, 2, &fixed);
    let before = snapshot(&it);
    let again = it.stanch(&["doctor", "--fix"]);
    assert_eq!(snapshot(&it), before, "{again:?}");
    assert!(again.err.contains("nothing that is safe to fix"), "{again:?}");
    for run in [report, fixed, again] {
        assert!(!run.all().contains(&token(1)) && !run.all().contains("horses7"), "{run:?}");
    }
    it
}

fn put(it: &Sandbox, place: &str, text: &str) {
    let words: Vec<&str> = place.split(' ').collect();
    match words.as_slice() {
        ["untracked", mode, path] => {
            it.write(path, text);
            it.ok("chmod", &[mode, path]);
        }
        ["once", path] => {
            it.commit_file(path, text);
            it.git(&["rm", "-q", path]);
            it.git(&["commit", "-q", "--no-verify", "-m", "out again"]);
        }
        _ => it.commit_file(place, text),
    }
}

/// Every check has the verdict of this column, and the exit code tells the worst.
#[track_caller]
fn compare(head: &str, column: usize, run: &Run) {
    let rows = head.lines().skip_while(|line| !line.starts_with("check ")).skip(1);
    let expected: BTreeMap<String, String> = rows
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .map(|words| (words[0].to_owned(), words[column].to_owned()))
        .collect();
    let report: serde_json::Value =
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run:?}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let verdicts: BTreeMap<String, String> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| (text(&check["id"]), text(&check["verdict"])))
        .collect();
    assert_eq!(verdicts, expected, "column {column}: {}", run.out);
    assert_eq!(run.code, i32::from(expected.values().any(|verdict| verdict == "fail")), "{run:?}");
}

/// Every file of the work tree, its mode and its bytes.
fn snapshot(it: &Sandbox) -> String {
    let script =
        "find . -type f -not -path './.git/*' -exec ls -l {} + -exec cat {} + | grep -v '^total'";
    it.ok("sh", &["-c", script])
}
