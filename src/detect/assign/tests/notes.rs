//! What people and programs note of a user and a password: pairs, arrows, rows, pages.

use super::check;

#[test]
fn the_password_behind_a_user_and_a_slash_is_found() {
    check(&[
        ("a.md", "Login: admin / Kite47fjord", &["Kite47fjord"]),
        ("a.md", "root / Kite47fjord", &["Kite47fjord"]),
        ("a.md", "Log in as `joe@corp.io` / `Kite47fjord`.", &["Kite47fjord"]),
        ("a.md", "joe@corp.io / Kite47fjord", &["Kite47fjord"]),
        ("a.md", "log in with joe / **Kite47fjord**", &["Kite47fjord"]),
        ("a.md", "- joe2 (<joe@corp.io> / @joe2Fjord47)", &[]),
        ("a.md", "admin / admin", &[]),
        ("a.md", "admin / user", &[]),
        ("a.md", "Llama2 / Claude3.5-Sonnet", &[]),
        ("a.md", "login: admin / (see Page2Of9)", &[]),
        ("a.py", "x = root / Kite47fjord", &[]),
        ("a.md", "user/pass: joe/kite47fjord", &["kite47fjord"]),
        ("a.md", "Login:Password = joe:kite47fjord", &["kite47fjord"]),
        ("a.md", "user/pass: joe", &[]),
        ("a.md", "Default credentials: admin/Kite47fjord", &["Kite47fjord"]),
        ("a.md", "Credentials: docs/api/v2", &[]),
        ("a.md", "The db password (Kite47fjord) will change", &["Kite47fjord"]),
        ("a.md", "an access token (OAuth2.0), and a password (see Page2Of9)", &[]),
        ("a.md", "the token was q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.txt", "password Kite47fjord\n", &["Kite47fjord"]),
        ("a.txt", "password Kite47fjord of it\n", &[]),
        ("a.txt", "Secret Key:q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.md", "ssh root@10.0.0.5 pw Kite47fjord", &["Kite47fjord"]),
        ("a.md", "the pw field of it", &[]),
        ("a.feature", "And I fill in \"Password\" with \"kite47fjord\"", &["kite47fjord"]),
        ("a.feature", "And I replace \"Password\" with \"secret\"", &[]),
    ]);
}

#[test]
fn what_a_note_points_to_is_found() {
    check(&[
        ("a.md", "- token \u{2192} q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.md", "db password -> Kite47fjord", &["Kite47fjord"]),
        ("a.md", "creds -> joe:Kite47fjord", &["Kite47fjord"]),
        ("a.md", "get_token -> String", &[]),
        ("a.rs", "fn password() -> Kite47fjord", &[]),
        ("a.md", "I set the admin password to `Kite47fjord`", &["Kite47fjord"]),
        ("a.md", "changed the password to Kite47fjord.", &["Kite47fjord"]),
        ("a.md", "Pass the password to `useAuth2`", &[]),
        ("a.md", "The password in the config: Kite47fjord", &["Kite47fjord"]),
        (
            "a.txt",
            "A temporary password is generated for root@localhost: Kite47!fjord",
            &["Kite47!fjord"],
        ),
        (
            "a.txt",
            "use the password to go on:\n\n9f86d081884c7d659a2feaa0c55ad015\n",
            &["9f86d081884c7d659a2feaa0c55ad015"],
        ),
        (
            "a.txt",
            "  ~ password = \"Kite47fjord\" -> \"Fjord47kite\"",
            &["Kite47fjord", "Fjord47kite"],
        ),
        ("a.txt", "  ~ password = \"Kite47fjord\" -> (known after apply)", &["Kite47fjord"]),
        ("a.txt", "'''Password:''' Kite47fjord", &["Kite47fjord"]),
        ("a.md", "- **API key**: `q8ZtR2mW5vKxLp93`", &["q8ZtR2mW5vKxLp93"]),
        ("justfile", "pw := 'Kite47fjord'", &["Kite47fjord"]),
    ]);
}

#[test]
fn the_value_beside_its_label_is_found_in_tables_and_pages() {
    check(&[
        ("a.md", "| API_TOKEN | `q8ZtR2mW5vKxLp93` |", &["q8ZtR2mW5vKxLp93"]),
        ("a.md", "| db password | Kite47fjord |", &["Kite47fjord"]),
        ("a.md", "| Host | password | Kite47fjord |", &[]),
        ("a.md", "| `password` | the one of it |", &[]),
        ("a.html", "<tr><th>Password</th><td>Kite47fjord</td></tr>", &["Kite47fjord"]),
        (
            "a.html",
            "<td>API key:</td>\n<td><code>q8ZtR2mW5vKxLp93</code></td>",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.html", "<p>Password: <b>Kite47fjord</b></p>", &["Kite47fjord"]),
        ("a.html", "<li><strong>Token:</strong> q8ZtR2mW5vKxLp93</li>", &["q8ZtR2mW5vKxLp93"]),
        ("a.html", "<dt>Password</dt><dd>kite&amp;Fjord47</dd>", &["kite&Fjord47"]),
        ("a.html", "<b>Password</b> Kite47fjord", &[]),
        (
            "a.html",
            "<td>Token</td><td>{&#34;sig&#34;:&#34;427d6803b78311e68afd0242ac130006&#34;}</td>",
            &[],
        ),
        ("a.html", "<b>Password:</b> <input value='Kite47fjord'>", &[]),
        ("a.html", "<td>Password:</td><td>Level2 of it</td>", &[]),
        (
            "a.html",
            "<table><tr><th>Host</th>\n<th>Password</th></tr>\n<tr><td>web1</td><td> <b>Kite47fjord</b></td></tr>\
             </table><table><tr><td>a</td><td>Fjord47kite</td></tr></table>",
            &["Kite47fjord"],
        ),
        (
            "a.txt",
            "! Host\n! Password\n! Port\n|-\n| web1\n| Kite47fjord\n| 80\n",
            &["Kite47fjord"],
        ),
        (
            "a.xml",
            r#"<string name="api_key" translatable="false">q8ZtR2mW5vKxLp93</string>"#,
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.xml", r#"<string name="password" a="b">Password</string>"#, &[]),
        (
            "a.xml",
            "<name>password</name><value><string>kite47!fjord</string></value>",
            &["kite47!fjord"],
        ),
        ("a.json", r#"{"type": "password", "value": "kite47!fjord"}"#, &["kite47!fjord"]),
        ("a.json", r#"{"type": "token", "value": "q8ZtR2mW5vKxLp93"}"#, &[]),
        ("a.sh", "docker login registry.corp.io -u joe -p kite47fjord", &["kite47fjord"]),
        ("a.sh", "docker login registry.corp.io -u joe --password-stdin", &[]),
        ("a.sh", "echo 'db:5432:*:joe:kite47fjord' >> ~/.pgpass", &["kite47fjord"]),
        ("a.sh", "cat > ~/.pgpass <<EOF\ndb:5432:*:joe:kite47fjord\nEOF", &["kite47fjord"]),
        ("a.sh", "chmod 600 ~/.pgpass\ndb:5432:*:joe:kite47fjord\n", &[]),
        ("a.sh", "chpasswd <<< 'joe:kite47fjord'", &["kite47fjord"]),
        ("a.sh", "chpasswd <<EOF\njoe:kite47fjord\nEOF", &["kite47fjord"]),
    ]);
}

#[test]
fn passwords_are_found_in_maps_of_users() {
    check(&[
        ("a.py", r#"USERS = {"admin": "Kite47fjord", "joe": "joe"}"#, &["Kite47fjord"]),
        ("a.go", r#"creds := map[string]string{"admin": "Kite47fjord"}"#, &["Kite47fjord"]),
        ("a.yml", "basicAuth:\n  admin: Kite47fjord\n", &["Kite47fjord"]),
        ("a.js", "x = { users: { admin: 'kite47!fjord' } }", &["kite47!fjord"]),
        ("a.yml", "users:\n  joe: U08HKJQCUPK\n  ann: kite47-fjord\n", &[]),
        ("a.json", r#"{"credentials": {"client_id": "Kite47fjord"}}"#, &[]),
        ("a.py", r#"users = ["Kite47fjord"]"#, &[]),
        ("a.ts", "users: { color: 'rgba(59,130,246,0.12)' },", &[]),
        (
            "a.yml",
            "basicAuth:\n  users: dXNlcjE6e1NIQX10RVNzQm1FL3lOWTNsYjZhMEw2dlZRRVpOcXc9Cg==\n",
            &[],
        ),
        ("a.sql", r#"CREATE INDEX a ON "Credentials"("name", "type", "owner");"#, &[]),
        ("a.py", r#"creds = ["q8ZtR2mW5vKxLp93"]"#, &["q8ZtR2mW5vKxLp93"]),
        (
            "a.json",
            r#"{"keys": {"mistral": "9f86d081884c7d659a2feaa0c55ad015"}}"#,
            &["9f86d081884c7d659a2feaa0c55ad015"],
        ),
        ("a.json", r#"{"keys": ["9f86d081884c7d659a2feaa0c55ad015"]}"#, &[]),
        ("a.yml", "tokens: [q8ZtR2mW5vKxLp93, other]", &["q8ZtR2mW5vKxLp93"]),
        ("a.json", r#"{"tokens": {"account_id": "5f2c1d7e-5b3a-4c6d-8e0f-1a2b3c4d5e6f"}}"#, &[]),
    ]);
}

#[test]
fn literals_in_pieces_are_one_value() {
    check(&[
        ("A.java", "String apiKey = \"q8ZtR2mW\"\n    + \"5vKxLp93\";", &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "token = (\n    'q8ZtR2mW'\n    '5vKxLp93'\n)", &["q8ZtR2mW5vKxLp93"]),
        ("a.php", "$token = 'q8ZtR2mW' . '5vKxLp93';", &["q8ZtR2mW5vKxLp93"]),
        ("a.lua", "token = \"q8ZtR2mW\" .. \"5vKxLp93\"", &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "token = 'q8ZtR2mW5vKx' + name", &[]),
        ("a.py", "token = 'q8ZtR2mW5vKx' + 'Lp93' + name", &[]),
        (
            "a.el",
            "(defvar api-token \"q8ZtR2mW5vKxLp93\"\n  \"Of the tracker.\")",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.sh", "password=\"kite47\"\"fjord\"", &["kite47"]),
    ]);
}

#[test]
fn bytes_that_a_call_decodes_and_references_are_told_apart() {
    check(&[
        (
            "a.py",
            "SECRET = bytes.fromhex('9f86d081884c7d659a2feaa0c55ad015')",
            &["9f86d081884c7d659a2feaa0c55ad015"],
        ),
        ("a.jsonnet", "{ apiKey:: \"q8ZtR2mW5vKxLp93\" }", &["q8ZtR2mW5vKxLp93"]),
        ("a.hs", "token :: Kite47fjord", &[]),
        ("a.rs", r#"let x = ApiKey::new("q8ZtR2mW5vKxLp93");"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.rb", "Token.new('q8ZtR2mW5vKxLp93')", &["q8ZtR2mW5vKxLp93"]),
        ("a.rs", r#"Credentials::new("joe".into(), "kite47!fjord".into())"#, &["kite47!fjord"]),
        ("a.rs", r#"Credentials::new("joe".into(), password.into())"#, &[]),
        ("a.rs", r#"Token::new("identifier")"#, &[]),
        ("a.rs", r#"AuthToken::parse("q8ZtR2mW5vKxLp93")"#, &[]),
        ("a.yml", "password: *dbpass47", &[]),
        ("a.sh", "x --passwd-on-stdin vpn.corp.io", &[]),
    ]);
}

#[test]
fn a_login_is_told_in_remarks_chats_and_pairs() {
    check(&[
        ("a.kt", "// staging login: joe@corp.io / pannenkoek22", &["pannenkoek22"]),
        ("a.py", "# creds while joe is away: db -> etl / Madrugada_5am", &["Madrugada_5am"]),
        ("a.py", "# scopes live on creds.scopes / flow.oauth2session.token[\"Scope\"]", &[]),
        (
            "a.jsonl",
            "{\"content\":\"i tried logging into it with admin / Fritz!7590kueche but\"}",
            &["Fritz!7590kueche"],
        ),
        ("a.md", "- Grafana: user viewer, pass okienko77", &["okienko77"]),
        ("a.md", "- the user may want to, pass okienko77", &[]),
        ("a.md", "log in with password Okienko77", &["Okienko77"]),
        ("a.md", "the password is Rakfisk2024 lol", &["Rakfisk2024"]),
        ("a.md", "the password is Base2024 encoded", &[]),
        ("a.tf", "auth = \"admin:Fjellrev-14\"", &["Fjellrev-14"]),
        ("a.py", "Milvus(uri=u, token=\"db_admin:Qualle&Koralle4\")", &["Qualle&Koralle4"]),
        ("a.ts", "const token = 'project:*.Abc123';", &[]),
        (".env", "CLIENT_AUTH=joe:q8ZtR2mW5vKxLp93Qw7N", &["q8ZtR2mW5vKxLp93Qw7N"]),
        (".env", "MILVUS_TOKEN=root:Milan0rooster", &["Milan0rooster"]),
        (".env", "APP_TOKEN=app:q8ZtR2mW5vKxLp93Qw7N", &["app:q8ZtR2mW5vKxLp93Qw7N"]),
        (
            "a.rb",
            "f.request :authorization, :basic, 'joe', 'Klippfisk#41-Ost'",
            &["Klippfisk#41-Ost"],
        ),
        (
            "a.rb",
            "f.request :authorization, 'Bearer', 'q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf'",
            &["q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf"],
        ),
        (
            "a.rb",
            "open(u, http_basic_authentication: ['joe', 'krabbeKlo_2022'])",
            &["krabbeKlo_2022"],
        ),
        (
            "a.yaml",
            "value: {{ .Values.pg.password | default \"Lofoten-Torsk2\" }}",
            &["Lofoten-Torsk2"],
        ),
        (
            "a.ts",
            "cy.get('input[name=password]').type('Goshawk.Glade9{enter}');",
            &["Goshawk.Glade9"],
        ),
    ]);
}
