//! More of the forms in which values stand, as a table.

use super::tests::check;

#[test]
fn values_are_found_on_command_lines_wherever_those_stand() {
    check(&[
        ("a.yml", "- mvn -Dnexus.password=hunter2 deploy", &["hunter2"]),
        ("a.yml", "run: |\n  tool --password=hunter2 next\n  ls", &["hunter2"]),
        ("a.yml", "- PGPASSWORD=hunter2 psql -h db", &["hunter2"]),
        ("a.yml", "- export DB_PASSWORD=hunter2 STAGE=prod", &["hunter2"]),
        ("a.yml", "- DB_PASSWORD=hunter2,x;y", &["hunter2,x;y"]),
        ("a.yml", "args:\n  - --api-key\n  - q8ZtR2mW5vKxLp93\n", &["q8ZtR2mW5vKxLp93"]),
        ("a.sh", "tool \\\n  --password \\\n  hunter2 \\\n  --next", &["hunter2"]),
        ("a.sh", "tool --password \\\n  --next", &[]),
        (
            "a.yml",
            "- API_KEY=${API_KEY:-q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8Zt}",
            &["q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8ZtR2mW5vKxLp93q8Zt"],
        ),
        ("a.plist", "<string>--api-key=q8ZtR2mW5vKxLp93</string>", &["q8ZtR2mW5vKxLp93"]),
        ("a.plist", "<string>--password</string>\n<string>hunter2</string>", &["hunter2"]),
        ("a.plist", "<string>--password</string>\n<string>--next</string>", &[]),
        ("a.bat", r"cmdkey /add:host /user:joe /pass:hunter2", &["hunter2"]),
        ("a.bat", "osql -S host -U sa -P hunter2", &["hunter2"]),
        ("a.bat", "setx /M DB_PASSWORD hunter2", &["hunter2"]),
        ("a.http", "Authorization: Basic joe:hunter2", &["hunter2"]),
        ("a.md", "Authorization: Basic user:password", &[]),
    ]);
}

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
fn literals_are_read_as_their_language_writes_them() {
    check(&[
        ("a.yml", "password: 'it''s-hunter2'", &["it's-hunter2"]),
        ("a.sql", "ALTER ROLE joe PASSWORD 'O''Hunter2';", &["O'Hunter2"]),
        ("a.sql", "SET PASSWORD FOR 'joe'@'%' = 'hunter2';", &["hunter2"]),
        ("a.py", "password = '''hunter2'''", &["hunter2"]),
        ("a.swift", r##"let password = #"hunter2"#"##, &["hunter2"]),
        ("a.tsx", "<Map apiKey={'q8ZtR2mW5vKxLp93'} />", &["q8ZtR2mW5vKxLp93"]),
        ("a.scala", r#"Map("user" -> "joe", "password" -> "hunter2")"#, &["hunter2"]),
        ("a.js", "process.env.DB_PASSWORD ??= 'hunter2';", &["hunter2"]),
        ("a.clj", r#"(def ^:private api-token "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.clj", r#"(let [password "hunter2"] (f))"#, &["hunter2"]),
        ("a.yml", "password: <%= ENV.fetch(\"X\") { \"hunter2\" } %>", &["hunter2"]),
        ("a.c", r#"unsigned char aes_key[] = "q8ZtR2mW5vKxLp93";"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.properties", "spring.mail.password:hunter2", &["hunter2"]),
        ("a.properties", "app.password=\\\n  hunter2", &["hunter2"]),
        ("a.h", "#define PASSWORD \\\n  \"hunter2\"", &["hunter2"]),
        ("a.ino", "OTA.setPassword((const char *)\"hunter2\");", &["hunter2"]),
        ("a.sls", "{% set db_password = 'hunter2' %}", &["hunter2"]),
        ("a.py", "getattr(settings, 'DB_PASSWORD', 'hunter2')", &["hunter2"]),
        ("a.py", "getattr(settings, 'DB_PASSWORD', given)", &[]),
        ("a.yml", "env(DB_PASSWORD): 'hunter2'", &["hunter2"]),
        ("a.rb", "Net::FTP.open('ftp.corp.io', 'joe', 'hunter2')", &["hunter2"]),
        ("a.groovy", "Sql.newInstance(url, 'joe', 'hunter2', driver)", &["hunter2"]),
        ("a.yml", "password: blue.Garden.42", &["blue.Garden.42"]),
        ("a.conf", "proxy_set_header X-Api-Token q8ZtR2mW5vKxLp93;", &["q8ZtR2mW5vKxLp93"]),
        ("a.conf", "set $api_token \"q8ZtR2mW5vKxLp93\";", &["q8ZtR2mW5vKxLp93"]),
        ("a.conf", "proxy_set_header X-Api-Token $http_x_api_token;", &[]),
        ("a.md", "*Password:* hunter2", &["hunter2"]),
        ("a.md", "API token: <code>q8ZtR2mW5vKxLp93</code>", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "checksum/secret: 3dc50f26c96e9a8754f200f29ced674e", &[]),
    ]);
}
