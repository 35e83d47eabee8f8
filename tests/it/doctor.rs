//! `stanch doctor`: small projects and what it must say of each.

use std::collections::BTreeMap;
use std::process::Command;

use crate::support::{Sandbox, token};

/// Verdicts by check.
fn verdicts(sandbox: &Sandbox, args: &[&str]) -> BTreeMap<String, String> {
    let run = sandbox.stanch(&[&["doctor", "--format", "json"], args].concat());
    let report: serde_json::Value =
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run:?}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let checks = report["checks"].as_array().unwrap();
    let verdicts: BTreeMap<_, _> =
        checks.iter().map(|check| (text(&check["id"]), text(&check["verdict"]))).collect();
    assert_eq!(run.code, i32::from(verdicts.values().any(|verdict| verdict == "fail")), "{run:?}");
    verdicts
}

#[track_caller]
fn expect(sandbox: &Sandbox, expected: &[(&str, &str)]) {
    let verdicts = verdicts(sandbox, &[]);
    for (id, verdict) in expected {
        let run = sandbox.stanch(&["doctor"]);
        assert_eq!(verdicts[*id], *verdict, "{id}\n{}{}", run.out, run.err);
    }
}

/// `--fix` leaves no failure, a second run changes nothing.
#[track_caller]
fn fix(sandbox: &Sandbox) {
    sandbox.stanch(&["install"]);
    let fixed = verdicts(sandbox, &["--fix"]);
    let run = sandbox.stanch(&["doctor"]);
    assert!(!fixed.values().any(|verdict| verdict == "fail"), "{}", run.out);
    let before = snapshot(sandbox);
    let again = sandbox.stanch(&["doctor", "--fix"]);
    assert_eq!(snapshot(sandbox), before, "{again:?}");
    assert!(again.err.contains("nothing that is safe to fix"), "{again:?}");
}

fn snapshot(sandbox: &Sandbox) -> String {
    let script =
        "find . -type f -not -path './.git/*' -exec ls -l {} + -exec cat {} + | grep -v '^total'";
    let output =
        Command::new("sh").args(["-c", script]).current_dir(sandbox.root()).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_python_agent() {
    let it = Sandbox::new();
    it.commit_file(
        "agent.py",
        "import os\nKEY = os.getenv(\"OPENAI_API_KEY\")\nurl = os.environ[\"BASE_ADDRESS\"]\n",
    );
    it.commit_file(
        "settings.py",
        "from pydantic_settings import BaseSettings\n\nclass Settings(BaseSettings):\n    db_password: str\n    debug_mode: bool = False\n",
    );
    it.write(".env", "OPENAI_API_KEY=abc\nDB_PASSWORD=x\n");
    it.ok("chmod", &["644", ".env"]);
    expect(
        &it,
        &[
            ("env-ignored", "fail"),
            ("env-tracked", "pass"),
            ("env-history", "pass"),
            ("env-template", "warn"),
            ("env-keys", "warn"),
            ("env-mode", "warn"),
            ("env-shared", "n/a"),
            ("docker", "n/a"),
            ("ci-secrets", "n/a"),
            ("client-side", "n/a"),
            ("notebooks", "n/a"),
            ("hooks", "fail"),
        ],
    );
    fix(&it);
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
    let it = Sandbox::new();
    it.commit_file(".gitignore", "node_modules\n.env*\n!.env.example\n");
    it.commit_file("package.json", "{}\n");
    it.commit_file("src/app.ts", "const a = process.env.NEXT_PUBLIC_OPENAI_API_KEY;\nconst b = import.meta.env.VITE_TITLE;\n");
    it.commit_file(".env.example", "VITE_TITLE=x\n");
    it.commit_file(
        ".github/workflows/ci.yml",
        "jobs:\n  a:\n    steps:\n      - run: echo ${{ secrets.NPM_TOKEN }}\n      - run: printenv\n",
    );
    expect(
        &it,
        &[
            ("env-ignored", "pass"),
            ("env-template", "pass"),
            ("env-keys", "warn"),
            ("client-side", "fail"),
            ("ci-secrets", "fail"),
            ("ci-runs", "warn"),
            ("secrets", "pass"),
        ],
    );
    it.commit_file("src/app.ts", "const b = import.meta.env.VITE_TITLE;\n");
    it.commit_file(".github/workflows/ci.yml", "jobs: {}\n");
    fix(&it);
    assert!(it.read(".github/workflows/stanch.yml").contains("stanch scan"));
}

#[test]
fn a_rust_service_that_is_in_order() {
    let it = Sandbox::new();
    it.commit_file(".gitignore", "target\n.env\n.env.local\n");
    it.commit_file("src/main.rs", "let key = std::env::var(\"SERVICE_TOKEN\");\n");
    it.commit_file(".env.example", "SERVICE_TOKEN=\n");
    it.write(".env", "SERVICE_TOKEN=abc\n");
    it.ok("chmod", &["600", ".env"]);
    it.ok("stanch", &["install"]);
    let verdicts = verdicts(&it, &[]);
    let wrong: Vec<_> = verdicts.iter().filter(|(_, v)| *v == "warn" || *v == "fail").collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{}", it.stanch(&["doctor"]).out);
}

#[test]
fn a_monorepo() {
    let it = Sandbox::new();
    it.commit_file(".gitignore", "/.env\n/.env.local\n");
    it.commit_file("api/.env.production", "PORT=1\n");
    it.git(&["rm", "-q", "--cached", "api/.env.production"]);
    it.git(&["commit", "-q", "--no-verify", "-m", "out again"]);
    let key = token(1);
    it.write("web/.env.staging", format!("API_TOKEN={key}\n"));
    it.write("api/.env.production", format!("API_TOKEN={key}\n"));
    it.commit_file("api/Dockerfile", "FROM x\nCOPY . /app\n");
    expect(
        &it,
        &[
            ("env-ignored", "fail"),
            ("env-tracked", "pass"),
            ("env-history", "warn"),
            ("env-shared", "warn"),
            ("docker", "fail"),
        ],
    );
    let run = it.stanch(&["doctor"]);
    assert!(!run.all().contains(&key), "{run:?}");
    fix(&it);
}

#[test]
fn a_compose_stack() {
    let it = Sandbox::new();
    it.commit_file(".gitignore", "*.env\n.env\n.env.*\n");
    it.commit_file("db.env", "POSTGRES_DB=x\n");
    it.commit_file("Dockerfile", "FROM x\nCOPY .env /app/\n");
    it.commit_file(
        "docker-compose.yml",
        "services:\n  db:\n    env_file: db.env\n    environment:\n      POSTGRES_PASSWORD: 4horses7staple\n",
    );
    expect(
        &it,
        &[
            ("env-ignored", "pass"),
            ("env-tracked", "fail"),
            ("docker", "fail"),
            ("compose", "fail"),
        ],
    );
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
