//! The detector as a table: path, text, and the value it finds or none.

use super::*;
use crate::model::RepoPath;

fn values(path: &str, text: &str) -> Vec<String> {
    let scanner = crate::detect::Scanner::new(RuleSet::builtin());
    scanner
        .candidates(text.as_bytes(), &RepoPath::new(path.as_bytes()))
        .iter()
        .map(|found| String::from_utf8_lossy(&found.value(text.as_bytes())).into_owned())
        .collect()
}

fn check(cases: &[(&str, &str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|&(path, text, expected)| {
            let found = values(path, text);
            (found != expected)
                .then(|| format!("{path}: {text}\n  found {found:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn values_are_found_in_every_language() {
    check(&[
        ("a.py", r#"password = "hunter2""#, &["hunter2"]),
        ("a.js", "const cfg = { dbPassword: 'tr0ub4dor' };", &["tr0ub4dor"]),
        ("a.json", r#"{"password": "hunter2"}"#, &["hunter2"]),
        ("a.ts", r#"password: string = "hunter2""#, &["hunter2"]),
        ("A.java", r#"setPassword("hunter2");"#, &["hunter2"]),
        (".env", "DB_PASSWORD=hunter2", &["hunter2"]),
        ("a.yml", "    POSTGRES_PASSWORD: grafanatest", &["grafanatest"]),
        ("a.yml", "  - MYSQL_PASSWORD=verys3cret", &["verys3cret"]),
        ("a.properties", "spring.datasource.password = hunter2", &["hunter2"]),
        ("a.xml", "<password>hunter2</password>", &["hunter2"]),
        ("a.sh", "export PGPASSWORD=hunter2", &["hunter2"]),
        ("a.sh", "tool --password hunter2 -v", &["hunter2"]),
        ("a.c", "#define PASSWORD \"hunter2\"", &["hunter2"]),
        ("a.py", r#"x = "Server=db;Password=hunter2;""#, &["hunter2"]),
        ("a.js", r#"b = "{\"password\":\"hunter2\"}""#, &["hunter2"]),
    ]);
}

#[test]
fn what_is_no_value_is_left_alone() {
    check(&[
        ("a.py", "password = getpass()", &[]),
        ("a.py", "password = os.environ['PASSWORD']", &[]),
        ("a.js", "password: req.body.password,", &[]),
        ("a.ts", "password: string;", &[]),
        ("a.py", "if password != 'hunter2':", &[]),
        ("a.json", r#"{"password": "Passwords do not match"}"#, &[]),
        (".env", "DB_PASSWORD=${OTHER}", &[]),
        (".env", "DB_PASSWORD=", &[]),
        ("a.yml", "password: {{ .Values.password }}", &[]),
        ("a.js", r#"passwordField: "hunter2""#, &[]),
        ("a.js", r#"password: "password""#, &[]),
        ("a.py", r#"password_file = "/run/secrets/db""#, &[]),
        ("package-lock.json", r#""token": "q8ZtR2mW5vKxq8ZtR2mW5vKx""#, &[]),
    ]);
}
