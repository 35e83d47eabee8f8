//! What `stanch install` offers and `stanch doctor` asks; whole projects are in
//! `projects`.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::install::{DOORS, hook, program};
use crate::support::{Run, Sandbox, token};

/// The verdict of a check, and its lines.
fn check(it: &Sandbox, id: &str) -> (String, String) {
    of_report(&it.stanch(&["doctor", "--format", "json"]), id)
}

fn of_report(run: &Run, id: &str) -> (String, String) {
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["id"] == id).unwrap();
    (check["verdict"].as_str().unwrap().to_owned(), check["lines"].to_string())
}

#[test]
fn what_can_leak_in_this_commit_blocks_it_and_is_silenced_like_any_other() {
    let it = Sandbox::new();
    it.commit_file("a.txt", "a\n");
    it.stanch(&["install"]);
    let key = token(1);
    let files = [
        ("Dockerfile", "COPY .env /app/", ""),
        ("svc/dev.Dockerfile", &*format!("ARG NPM_TOKEN={key}"), ""),
        (".github/workflows/ci.yml", "      - run: echo $NPM_TOKEN", "jobs:\n"),
        ("Jenkinsfile", "  sh 'echo $NPM_TOKEN'", ""),
        ("docker-compose.yml", "      POSTGRES_PASSWORD: 4horses7staple", "services:\n"),
        ("src/app.ts", "const key = process.env.VITE_OPENAI_API_KEY;", ""),
    ];
    for (path, line, above) in files {
        it.write(path, format!("{above}{line}\n"));
        it.git(&["add", path]);
        let run = it.try_git(&["commit", "-q", "-m", "x"]);
        assert!(run.code != 0 && run.err.contains("1 new secret"), "{path}: {run:?}");
        let comment = if path.contains('.') && !path.ends_with("yml") { "// " } else { "# " };
        it.write(path, format!("{above}{comment}stanch:allow-next-line\n{line}\n"));
        it.git(&["add", path]);
        let run = it.try_git(&["commit", "-q", "-m", "x"]);
        assert!(run.code == 0 && run.err.contains("1 allowed"), "{path}: {run:?}");
        assert!(!run.all().contains(&key) && !run.all().contains("horses7"), "{run:?}");
    }
}

#[test]
fn install_in_a_new_project_offers_what_the_doctor_would_fix_and_writes_none_of_it() {
    let it = Sandbox::new();
    it.commit_file("a.py", "import os\n");
    it.write(".env", "API_TOKEN=abc\n");
    let run = it.stanch(&["install"]);
    assert!(run.err.contains("add to .gitignore:\n    + .env\n"), "{run:?}");
    assert!(run.err.contains("make .env.example:\n    + API_TOKEN=\n"), "{run:?}");
    assert!(!it.root().join(".gitignore").exists() && !it.root().join(".env.example").exists());
}

#[test]
fn an_env_file_of_another_branch_is_remembered_before_the_first_commit() {
    let it = Sandbox::new();
    for _ in 0..2 {
        it.commit_file(".env", "DB_PASSWORD=correct4horse7staple\n");
        it.git(&["rm", "-q", "--cached", ".env"]);
        it.git(&["commit", "-q", "--no-verify", "-m", "out"]);
    }
    it.git(&["checkout", "-q", "--orphan", "fresh"]);
    let run = it.stanch(&["doctor"]);
    assert_eq!(run.out.matches(".env was committed in ").count(), 1, "{run:?}");
    // Nor is an empty repository an error.
    let run = Sandbox::new().stanch(&["doctor"]);
    assert!(run.out.contains("none in the history of any ref"), "{run:?}");
}

#[test]
fn what_looks_like_a_fault_and_is_none_passes() {
    const KEY: &str = "API_TOKEN=q8ZtR2mWxL4vN7kP1sD9fG3h";
    let env = format!("{KEY}\n");
    let once = "once ";
    for (id, verdict, files) in [
        ("ci-secrets", "pass", &[(".github/workflows/ci.yml", "steps:\n  - run: env\n")][..]),
        (
            "compose",
            "pass",
            &[("compose.yml", "env_file: .env.example\n"), (".env.example", "A=\n")],
        ),
        ("compose", "n/a", &[("k8s/notes.md", "apiVersion: v1\nkind: Secret\n")]),
        ("env-shared", "pass", &[(".env", &env), (".env.production", &env)]),
        (
            "docker",
            "pass",
            &[("Dockerfile", "COPY . /\n"), ("Dockerfile.dockerignore", "**/.env*\n")],
        ),
        ("env-history", "pass", &[("once .env.d.ts", "declare const A: string;\n")]),
        ("env-history", "pass", &[("once .env.example", "A=\n")]),
        ("env-keys", "n/a", &[("a.py", "class S(BaseSettings):\n    model_config: Config = {}\n")]),
        ("env-template", "pass", &[(".env.example", "VITE_OPENAI_API_KEY=\n")]),
        ("env-tracked", "pass", &[(".env.example", &env)]),
        ("secrets", "pass", &[("src/app.ts", "process.env.VITE_OPENAI_API_KEY\n")]),
    ] {
        let it = Sandbox::new();
        it.commit_file("readme", "hello\n");
        for (path, text) in files {
            match path.strip_prefix(once) {
                Some(path) => {
                    it.commit_file(path, text);
                    it.git(&["rm", "-q", path]);
                    it.git(&["commit", "-q", "--no-verify", "-m", "out"]);
                }
                None if path.starts_with(".env") && !path.ends_with("example") => {
                    it.write(path, text);
                }
                None => it.commit_file(path, text),
            }
        }
        let (seen, lines) = check(&it, id);
        assert_eq!(seen, verdict, "{id} {files:?}: {lines}");
    }
}

#[test]
fn of_many_secrets_five_are_told_and_the_others_counted() {
    let it = Sandbox::new();
    let tokens = |many| (0..many).map(|seed| token(seed) + "\n").collect::<String>();
    it.commit_file("a.txt", &tokens(5));
    assert!(!check(&it, "secrets").1.contains(" more"));
    it.write("a.txt", tokens(7));
    assert!(check(&it, "secrets").1.contains("\"2 more\""));
}

#[test]
fn an_image_takes_no_env_file_that_is_not_kept_out() {
    for (ignored, env, verdict) in [
        (".env\n", "sub/.env", "fail"),
        ("sub/.env\n", "sub/.env", "fail"),
        (".env\nsub/.env\n", "sub/.env", "pass"),
        ("sub/.env\n", "readme", "warn"),
    ] {
        let it = Sandbox::new();
        it.commit_file("Dockerfile", "COPY . /\n");
        it.commit_file(".dockerignore", ignored);
        it.write(env, "A=b\n");
        let (seen, lines) = check(&it, "docker");
        assert_eq!(seen, verdict, "{ignored:?} {env}: {lines}");
    }
}

#[test]
fn a_template_is_told_once_by_its_value_and_nothing_is_said_of_nothing() {
    let it = Sandbox::new();
    it.commit_file(".env.example", &format!("API_TOKEN={}\n", token(1)));
    it.write(".env", "API_TOKEN=abc\n");
    let (verdict, lines) = check(&it, "env-template");
    assert_eq!(verdict, "fail", "{lines}");
    assert!(!lines.contains("real-looking") && !lines.contains("does without"), "{lines}");
}

#[test]
fn a_fix_follows_no_link_and_chooses_between_no_templates() {
    let it = Sandbox::new();
    it.commit_file("a.py", "import os\nos.environ['API_TOKEN']\n");
    it.write(".env", "API_TOKEN=abc\n");
    symlink("../elsewhere", it.root().join(".env.example")).unwrap();
    it.stanch(&["doctor", "--fix"]);
    assert!(fs::symlink_metadata(it.root().join(".env.example")).unwrap().is_symlink());
    assert!(!it.folder().join("elsewhere").exists());
    fs::remove_file(it.root().join(".env.example")).unwrap();
    for name in [".env.example", ".env.sample"] {
        it.write(name, "A=\n");
    }
    let (_, lines) = check(&it, "env-keys");
    assert!(lines.contains("API_TOKEN") && lines.contains("\"fix\":[]"), "{lines}");
}

#[test]
fn an_env_file_that_only_this_machine_ignores_is_told() {
    let it = Sandbox::new();
    it.commit_file("readme", "hello\n");
    it.write(".git/info/exclude", ".env\n");
    assert!(check(&it, "env-ignored").1.contains("on this machine only"));
    it.write(".git/info/exclude", "");
    it.write_home(".gitignore", ".env\n");
    it.git(&["config", "core.excludesFile", "~/.gitignore"]);
    assert!(check(&it, "env-ignored").1.contains("on this machine only"));
    it.write(".gitignore", ".env\n");
    assert_eq!(check(&it, "env-ignored").0, "pass");
}

#[test]
fn a_framework_that_names_us_closes_the_door_of_commits_alone() {
    let it = Sandbox::new();
    it.commit_file(".pre-commit-config.yaml", "repos:\n- id: stanch\n");
    let shim = "#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n";
    let hooks = || check(&it, "hooks");
    assert!(hooks().0 == "fail" && hooks().1.contains("pre-commit install"), "nothing runs it");
    program(&hook(&it, "pre-push"), "#!/bin/sh\nstanch hook pre-push\n");
    assert_eq!(hooks().0, "fail", "no hook runs at commits");
    for door in DOORS {
        program(&hook(&it, door), shim);
    }
    assert_eq!(hooks().0, "pass");
    let (_, lines) = of_report(&it.stanch(&["doctor", "--hooks", "--format", "json"]), "hooks");
    assert_eq!(lines.matches("its configuration does not name stanch").count(), 5, "{lines}");
}

#[test]
fn a_canary_that_is_not_blocked_by_its_name_is_told() {
    for script in ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho stanch-canary >&2\n"] {
        let it = Sandbox::new();
        let other = it.folder().join("bin/stanch");
        program(&other, script);
        let path = format!("{}:/usr/bin:/bin", other.parent().unwrap().display());
        let it = it.with_env("PATH", &path);
        for door in DOORS {
            program(&hook(&it, door), &format!("#!/bin/sh\nstanch hook {door}\n"));
        }
        let run = it.stanch(&["doctor", "--hooks"]);
        assert!(run.code == 1 && run.err.contains("NOT blocked"), "{script}: {run:?}");
    }
}

#[test]
fn what_narrows_an_env_file_can_be_typed_where_one_stands() {
    let it = Sandbox::new();
    it.commit_file("sub/readme", "hello\n");
    let file = it.root().join("sub/.env");
    for folder in ["sub", "."] {
        it.write("sub/.env", "DB_PASSWORD=abc\n");
        it.ok("chmod", &["644", "sub/.env"]);
        let report = it.stanch_in(folder, &["doctor"]).out;
        let (_, way_out) = report.split_once("→ chmod").unwrap_or_else(|| panic!("{report}"));
        let way_out = way_out.lines().next().unwrap();
        it.ok("sh", &["-c", &format!("cd {folder} && chmod{way_out}")]);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
