//! Names and values as members of objects, and lists of values, as tables.

use super::check;

#[test]
fn a_name_and_its_value_are_members_in_either_order() {
    check(&[
        ("a.tf", r#"[{ "name": "DB_PASSWORD", "value": "hunter2" }]"#, &["hunter2"]),
        ("a.tf", r#"[{ name = "DB_PASSWORD", value = "hunter2" }]"#, &["hunter2"]),
        ("a.bicep", "  name: 'ApiKey'\n  value: 'q8ZtR2mW5vKxLp93'", &["q8ZtR2mW5vKxLp93"]),
        ("a.tf", r#"[{"value": "hunter2", "name": "DB_PASSWORD"}]"#, &["hunter2"]),
        ("a.js", "[{ key: 'password', value: 'Password of the user' }]", &[]),
        ("a.go", r#"{Name: "PASSWORD", Value: "letmein"}"#, &["letmein"]),
        ("A.java", r#"@P(name = "password", defaultValue = "letmein")"#, &["letmein"]),
        ("a.js", "[{ key: 'X-Api-Key', value: 'q8ZtR2mW5vKxLp93' }]", &["q8ZtR2mW5vKxLp93"]),
        ("a.json", r#"{"x": "<input name=\"csrftoken\" value=\"q8ZtR2mW5vKxLp93\">"}"#, &[]),
        ("a.json", r#"{"x": "{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}"}"#, &["hunter2"]),
        ("a.js", "[{ key: 'password' }, { value: 'hunter2' }]", &[]),
        ("a.groovy", "password(name: 'DB_PASSWORD', defaultValue: 'hunter2')", &["hunter2"]),
        ("a.rs", r#"#[clap(long, env = "PASSWORD", default_value = "hunter2")]"#, &["hunter2"]),
        ("a.json", r#"{"value": "hunter2", "name": "DB_PASSWORD"}"#, &["hunter2"]),
        ("a.json", r#"{"value": "hunter2"}, {"name": "DB_PASSWORD"}"#, &[]),
        ("a.config", r#"<add value="hunter2" key="Password"/>"#, &["hunter2"]),
        ("a.config", r#"<add key="Smtp:Password" value="hunter2"/>"#, &["hunter2"]),
        ("a.yml", "- name: X-Api-Key\n  value: q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.go", r#"flag.StringVar(&x, "password", "hunter2", "of it")"#, &["hunter2"]),
        ("A.java", "  \"X-API-KEY\", \"q8ZtR2mW5vKxLp93\",", &["q8ZtR2mW5vKxLp93"]),
        ("A.java", "  \"password\", \"hunter2\",", &[]),
    ]);
}

#[test]
fn what_a_machine_drew_is_found_in_lists() {
    check(&[
        (
            "a.json",
            r#"{"tokens": ["q8ZtR2mW5vKxLp93", "Xw7nB4cH9sTgYd61"]}"#,
            &["q8ZtR2mW5vKxLp93", "Xw7nB4cH9sTgYd61"],
        ),
        ("a.py", "API_KEYS = (\n    'q8ZtR2mW5vKxLp93',\n)", &["q8ZtR2mW5vKxLp93"]),
        ("a.go", r#"secrets := []string{"q8ZtR2mW5vKxLp93", "x"}"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "tokens:\n  - q8ZtR2mW5vKxLp93\n  - other\n", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "const tokens = ['abc', 'hello', 'world'];", &[]),
        ("a.js", "const tokens = ['q8ZtR2mW5vKxLp93' + x, 'y'];", &[]),
    ]);
}

#[test]
fn public_keys_of_devices_are_none() {
    check(&[
        (
            "a.json",
            r#"{"keys": {"curve25519:DEVICE": "q8ZtR2mW5vKxLp93", "ed25519:DEVICE": "Xw7nB4cH9sTgYd61"}}"#,
            &[],
        ),
        ("a.rs", r#"json!({"keys": {"ed25519:DEVICE": "q8ZtR2mW5vKxLp93"}})"#, &[]),
        ("a.json", r#"{"keys": {"primary:DEVICE": "q8ZtR2mW5vKxLp93"}}"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.json", r#"{"sender_key": "q8ZtR2mW5vKxLp93Xw7nB4cH9sTgYd61"}"#, &[]),
        (
            "a.json",
            r#"{"session_key": "q8ZtR2mW5vKxLp93Xw7nB4cH9sTgYd61"}"#,
            &["q8ZtR2mW5vKxLp93Xw7nB4cH9sTgYd61"],
        ),
    ]);
}
