//! Every command that a page of `docs/`, the README or `--help` shows is one that
//! exists, and is run: in a repository that has what the pages name.

use std::fs;
use std::path::Path;

use crate::support::{Sandbox, token};

const PAGES: [&str; 13] = [
    "README.md",
    "docs/AUDIT.md",
    "docs/BASELINE.md",
    "docs/CI.md",
    "docs/CONFIGURATION.md",
    "docs/DOCTOR.md",
    "docs/HOOKS.md",
    "docs/INCIDENT.md",
    "docs/INSTALL.md",
    "docs/MIGRATING.md",
    "docs/PERFORMANCE.md",
    "docs/REDACT.md",
    "docs/SECURITY.md",
];

/// What needs a terminal, a conflict or a repository without a baseline;
/// `screen`, `merging` and `baseline` run them.
const ELSEWHERE: [&str; 6] = [
    "stanch audit",
    "stanch baseline create && git add .secrets.baseline",
    "stanch baseline merge BASE OURS THEIRS",
    "stanch baseline resolve",
    "stanch baseline resolve && git add .secrets.baseline",
    "stanch man | man -l -",
];

#[test]
fn every_command_of_the_pages_runs() {
    let mut all = 0;
    for page in PAGES {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        let it = repository();
        for command in commands(&text).iter().filter(|c| !ELSEWHERE.contains(&c.as_str())) {
            run(&it, page, command);
            all += 1;
        }
    }
    assert!(all > 50, "{all}");
}

#[test]
fn every_example_of_the_help_runs() {
    let mut all = 0;
    for mut command in subcommands() {
        let help = command.render_long_help().to_string();
        let examples = help.split("Example").nth(1);
        let Some(examples) = examples else {
            assert_eq!(command.get_name(), "keywords", "a command without an example");
            continue;
        };
        let it = repository();
        for line in examples.lines().filter(|line| line.starts_with("  ")) {
            let own = commands(&format!("```\n{}\n```", line.trim()));
            for command in own.iter().filter(|c| !ELSEWHERE.contains(&c.as_str())) {
                run(&it, "--help", command);
                all += 1;
            }
        }
    }
    assert!(all > 20, "{all}");
}

#[test]
fn the_jobs_for_github_and_gitlab_run_and_fail_on_a_secret() {
    let it = repository();
    it.git(&["commit", "-q", "--no-verify", "-m", "More"]);
    for (file, base) in
        [("action.yml", "STANCH_BASE"), ("ci/gitlab.yml", "CI_MERGE_REQUEST_DIFF_BASE_SHA")]
    {
        let scripts: Vec<String> =
            scripts(file).into_iter().filter(|script| script.contains("stanch scan")).collect();
        let runs = |base: &str| -> Vec<i32> {
            let call = |script: &String| {
                let env = [base, "STANCH_SARIF=out.sarif", "STANCH_ARGS=", "bash", "-ec", script];
                it.run("env", &env).code
            };
            scripts.iter().map(call).collect()
        };
        // The step that only writes SARIF leaves the decision to the next.
        let writes = scripts.len() - 1;
        let expected = |last| [vec![0; writes], vec![last]].concat();
        assert_eq!(runs(&format!("{base}=HEAD~1")), expected(1), "{file}");
        if writes == 1 {
            let sarif: serde_json::Value = serde_json::from_str(&it.read("out.sarif")).unwrap();
            assert_eq!(sarif["version"], "2.1.0");
        }
        assert_eq!(runs(&format!("{base}=HEAD")), expected(0), "{file}");
        assert_eq!(runs(&format!("{base}=")), expected(1), "{file}: the tree");
        assert_eq!(writes, usize::from(file == "action.yml"));
        assert_eq!(runs(&format!("{base}=no-such-revision"))[writes], 2, "{file}");
    }
}

/// The blocks of shell in a file of jobs: behind `run: |` or `- |`.
fn scripts(file: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let mut scripts = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.trim_end().ends_with("run: |") && line.trim() != "- |" {
            continue;
        }
        let indent = |line: &str| line.len() - line.trim_start().len();
        let depth = lines.peek().map_or(0, |next| indent(next));
        let mut script = String::new();
        while let Some(next) = lines.next_if(|next| next.is_empty() || indent(next) >= depth) {
            script.extend([next.get(depth..).unwrap_or(""), "\n"]);
        }
        scripts.push(script);
    }
    scripts
}

#[test]
fn completions_and_pages_know_every_command() {
    let it = Sandbox::without_repository();
    let names: Vec<String> = subcommands()
        .iter()
        .filter(|command| !command.is_hide_set())
        .map(|command| command.get_name().to_owned())
        .collect();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = it.ok("stanch", &["completions", shell]);
        for name in &names {
            assert!(script.contains(name.as_str()), "{shell}: {name}");
        }
    }
    it.ok("sh", &["-c", "stanch completions bash > c.bash && bash -n c.bash"]);
    assert_eq!(it.stanch(&["completions", "tcsh"]).code, 2);
    it.ok("mkdir", &["pages"]);
    it.ok("stanch", &["man", "--out", "pages"]);
    let page = it.read("pages/stanch-scan.1");
    assert!(page.contains("\\-\\-fail\\-on") && page.contains("new,expired"), "{page}");
    assert!(page.contains("stanch scan \\-\\-history"), "the examples: {page}");
    for command in stanch::cli::definition().get_subcommands() {
        let page = format!("pages/stanch-{}.1", command.get_name());
        assert!(it.root().join(&page).exists(), "{page}");
    }
    assert!(it.root().join("pages/stanch-baseline-import.1").exists());
    assert!(it.ok("stanch", &["man"]).contains("stanch\\-scan(1)"));
    assert_eq!(it.stanch(&["man", "--out", "no-such-folder"]).code, 2);
}

/// All commands and theirs.
fn subcommands() -> Vec<clap::Command> {
    let mut all = vec![stanch::cli::definition()];
    let mut at = 0;
    while at < all.len() {
        let below: Vec<clap::Command> = all[at].get_subcommands().cloned().collect();
        all.extend(below);
        at += 1;
    }
    all.split_off(1)
}

/// The commands of a page: code that begins with `stanch`, in blocks also
/// behind `$ ` or a pipe; without the words that explain it.
fn commands(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            let line = line.trim_start().trim_start_matches("- run: ").trim_start_matches("$ ");
            if line.starts_with("stanch ") && !line.starts_with("stanch:")
                || line.contains("| stanch ")
            {
                found.push(line.split("  ").next().unwrap().to_owned());
            }
        } else {
            let spans = line.split('`').skip(1).step_by(2);
            found.extend(spans.filter(|span| span.starts_with("stanch ")).map(str::to_owned));
        }
    }
    // A line of a report (`stanch 0.1.0`) is none.
    found.retain(|command| !command.starts_with("stanch 0"));
    found
}

fn run(it: &Sandbox, page: &str, command: &str) {
    let needs_id = [" ID", " 0123456789ab"].iter().any(|word| command.contains(word));
    let id = needs_id.then(|| {
        let scan = it.stanch(&["scan", "--no-baseline", "--format", "jsonl"]);
        scan.findings()[0]["id"].as_str().unwrap().to_owned()
    });
    let id = id.unwrap_or_default();
    let mut line =
        command.replace("agent 2>&1", "cat run.log").replace("agent … 2>&1", "cat run.log");
    for (word, meant) in [
        (" ID", format!(" {id}")),
        (" 0123456789ab", format!(" {id}")),
        ("\"$BASE", "\"HEAD~1".to_owned()),
        ("${{ github.event.pull_request.base.sha }}", "HEAD~1".to_owned()),
        (" PATH", " src".to_owned()),
        (" RULE", " openai-api-key".to_owned()),
        ("import .secrets.baseline", "import theirs.json".to_owned()),
        (" SHELL", " bash".to_owned()),
        ("main..HEAD", "main~1..HEAD".to_owned()),
    ] {
        line = line.replace(word, &meant);
    }
    let run = it.run("sh", &["-c", &line]);
    assert!((0..=1).contains(&run.code), "{page}: `{command}` as `{line}`: {run:?}");
}

/// A repository with a past, an upstream, a baseline and the files that pages name.
fn repository() -> Sandbox {
    let it = Sandbox::new();
    for folder in [".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"]
    {
        it.write_home(format!("{folder}/others"), "");
    }
    it.git(&["init", "-q", "--bare", "../remote.git"]);
    it.git(&["remote", "add", "origin", "../remote.git"]);
    it.commit_file("notes.txt", "a project\n");
    it.git(&["push", "-q", "-u", "origin", "main"]);
    it.commit_file("src/client.py", &format!("a = '{}'\n", token(1)));
    let rule = "[[rule]]\nid = \"acme-token\"\ndescription = \"Acme deploy token\"\nkeywords = [\"acme_\"]\n\
                pattern = 'acme_[0-9a-f]{20}'\nprefix = \"acme_\"\n\
                matches = [\"t = acme_{hex:20}\"]\nrejects = [\"acme_{hex:10}\"]\n";
    it.commit_file(".stanch.toml", rule);
    for file in ["run.log", "trace.jsonl", "FILE"] {
        it.write(file, format!("using {}\n", token(2)));
    }
    it.write("report.json", "[]\n");
    it.write("theirs.json", "{\"version\": \"1.5.0\", \"plugins_used\": [], \"results\": {}}\n");
    it.write(".gitleaksignore", "src/client.py:github-pat:1\n");
    it.write("rules.toml", rule);
    it.stanch(&["baseline", "create"]);
    it.git(&["add", ".secrets.baseline"]);
    it.git(&["commit", "-q", "--no-verify", "-m", "Guard"]);
    it.write("src/more.py", format!("b = '{}'\n", token(3)));
    it.git(&["add", "src/more.py"]);
    let scan = it.stanch(&["scan", "--staged", "--format", "jsonl"]);
    let id = scan.findings()[0]["id"].to_string();
    it.write(
        "verdicts.jsonl",
        format!("{{\"id\": {id}, \"verdict\": \"revoked\", \"reason\": \"dead\"}}\n"),
    );
    it
}

#[test]
fn the_report_of_the_doctor_is_a_real_one() {
    let it = Sandbox::new();
    it.commit_file("agent.py", "import os\nKEY = os.environ[\"OPENAI_API_KEY\"]\n");
    it.commit_file("Dockerfile", "FROM python:3-slim\nCOPY . /app\n");
    it.write(".env", "OPENAI_API_KEY=abc\n");
    it.ok("chmod", &["644", ".env"]);
    let report = it.stanch(&["doctor"]).out;
    let mut is_left_out = false;
    let kept = report.lines().filter(|line| {
        if !line.starts_with(' ') {
            is_left_out = line.starts_with("n/a");
        }
        !is_left_out
    });
    holds("docs/DOCTOR.md", "$ stanch doctor ", &kept.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_words_of_redact_are_real_ones() {
    let it = Sandbox::without_repository();
    it.write(".env", "DB_PASSWORD=correct4horse\n");
    let run = it.run("sh", &["-c", "printf 'pw correct4horse\\n' | stanch redact --stats 2>&1"]);
    holds("docs/REDACT.md", "$ printf ", run.out.trim_end());
}

/// The block of a page below the line that begins so says this.
#[track_caller]
fn holds(page: &str, start: &str, said: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(&file).unwrap();
    let at = text.find(&format!("\n{start}")).unwrap() + 1;
    let from = at + text[at..].find('\n').unwrap() + 1;
    let to = from + text[from..].find("\n```").unwrap();
    if std::env::var_os("STANCH_WRITE_DOCS").is_some() {
        fs::write(&file, [&text[..from], said, &text[to..]].concat()).unwrap();
    } else {
        assert_eq!(&text[from..to], said, "run `STANCH_WRITE_DOCS=1 cargo test docs`");
    }
}
