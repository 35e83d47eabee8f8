//! What `stanch install` offers and `stanch doctor` asks; whole projects are in
//! `projects`.

use crate::support::{Sandbox, token};

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
