//! Literals and settings as one language or server alone writes them, as a table.

use super::check;

#[test]
fn literals_are_read_as_their_language_writes_them() {
    check(&[
        ("a.yml", "password: 'it''s-hunter2'", &["it's-hunter2"]),
        ("a.py", "x = \"password='hunter2'' is wrong\"", &["hunter2"]),
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
        ("a.cmake", "set(DB_PASSWORD \"hunter2\")", &["hunter2"]),
        ("a.yml", "token:\n    q8ZtR2mW5vKxLp93\nx: 1", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "password:\n  type: string\n", &[]),
        ("a.yml", "password:\n  - hunter2\n", &[]),
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
