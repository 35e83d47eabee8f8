//! What `stanch install` offers and `stanch doctor` asks; whole projects are in
//! `projects`.

use crate::support::Sandbox;

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
