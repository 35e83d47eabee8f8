//! What only looks like a value, for another syntax or format explains it, as a table.

use super::check;

#[test]
fn configuration_languages_and_lisp_bind_in_forms_of_their_own() {
    check(&[
        ("a.el", "(let ((host \"x\")\n      (password \"hunter2\")) a)", &["hunter2"]),
        ("a.el", "'((user . \"joe\") (password . \"hunter2\"))", &["hunter2"]),
        ("a.el", "(message (password \"Enter it\"))", &[]),
        ("a.lisp", "(defparameter *password* \"hunter2\")", &["hunter2"]),
        ("a.tcl", "set conf(password) \"hunter2\"\n", &["hunter2"]),
        ("a.tcl", "dict set conf password \"hunter2\"\n", &["hunter2"]),
        ("CMakeLists.txt", "set(ENV{PASSWORD} \"hunter2\")\n", &["hunter2"]),
        ("CMakeLists.txt", "set(PASSWORD \"hunter2\" CACHE STRING \"a\")\n", &["hunter2"]),
        ("a.pl", "my $x = $ENV{DB_PASSWORD} || 'hunter2';", &["hunter2"]),
        ("a.pl", "my $x = $ENV{DB_PASSWORD} // 'hunter2';", &["hunter2"]),
        ("a.hs", "password = T.pack \"hunter2\"\n", &["hunter2"]),
        ("a.nim", "const password* = \"hunter2\"\n", &["hunter2"]),
        ("a.adb", "Password : constant String := \"hunter2\";", &["hunter2"]),
        ("a.kts", "password.set(\"hunter2\")", &["hunter2"]),
        ("a.ps1", "Set-Item -Path Env:PASSWORD -Value \"hunter2\"", &["hunter2"]),
        ("a.cbl", "MOVE 'hunter2' TO WS-DB-PASSWORD.", &["hunter2"]),
        ("a.nix", "  password = ''hunter2'';\n", &["hunter2"]),
        ("a.cue", "password: *\"hunter2\" | string\n", &["hunter2"]),
        ("a.cue", "password: string | *\"hunter2\"\n", &["hunter2"]),
        ("a.tf", "output \"db_password\" {\n  value = \"hunter2\"\n}", &["hunter2"]),
        ("a.tf", "output \"db_password\" {\n  value = var.a1\n}", &[]),
    ]);
}

#[test]
fn statements_of_sql_are_read_over_lines() {
    check(&[
        ("a.sql", "UPDATE conf SET value = 'hunter2' WHERE name = 'smtp_password';", &["hunter2"]),
        ("a.sql", "UPDATE conf SET a = 1 WHERE name = 'smtp_password';", &[]),
        ("a.sql", "SELECT a FROM conf WHERE name = 'smtp_password';", &[]),
        ("a.sql", "CREATE ROLE joe WITH\n  LOGIN\n  PASSWORD 'hunter2';", &["hunter2"]),
        ("a.sql", "CREATE USER 'joe'@'%'\n  IDENTIFIED BY 'hunter2';", &["hunter2"]),
        ("a.sql", "INSERT INTO t\n  (id, password)\nVALUES\n  (1, 'hunter2');", &["hunter2"]),
        ("a.sql", "UPDATE t SET password = crypt('hunter2', gen_salt('bf'));", &["hunter2"]),
    ]);
}

#[test]
fn pages_and_boxes_show_what_is_typed_and_listed() {
    check(&[
        ("a.html", "<meta name=\"api-key\" content=\"q8ZtR2mW5vKxLp93\">", &["q8ZtR2mW5vKxLp93"]),
        ("a.html", "<input type=\"password\" value=\"hunter2\">", &["hunter2"]),
        ("a.html", "<input type=\"password\" placeholder=\"hunter2\">", &[]),
        (
            "a.txt",
            "│ id │ api_key │\n├────┼─────────┤\n│ 1  │ q8ZtR2mW5vKxLp93 │\n",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.md", "| API key | of it | `q8ZtR2mW5vKxLp93` |\n", &["q8ZtR2mW5vKxLp93"]),
        ("a.md", "| API key | of it | `some-name1` |\n", &[]),
        ("a.txt", "-[ RECORD 1 ]\nid | 1\napi_key | q8ZtR2mW5vKxLp93\n", &["q8ZtR2mW5vKxLp93"]),
        ("a.jsonl", "{\"a\": \"password: hunter2\\nport: 1\\n\"}", &["hunter2"]),
    ]);
}

#[test]
fn what_a_place_or_another_format_explains_is_no_value() {
    check(&[
        // A selector of CSS, what a shell says when there is nothing, a type of PHP.
        ("a.css", "'x',input[type=password]:focus.valid+label,a[b='x']", &[]),
        ("a.js", r#"x = "a[type=\"password\"]:disabled+label""#, &[]),
        ("a.py", r#"x["password"] = "hunter2""#, &["hunter2"]),
        ("a.sh", r#": "${APP_PW:?not set}""#, &[]),
        ("a.php", " * pass:?string,", &[]),
        // What a form of Laravel must hold, how its column is stored; where FastCGI listens.
        ("a.php", "'password' => 'required|string|min:8',", &[]),
        ("a.php", "'smtp_password' => 'encrypted',", &[]),
        ("a.php", "'smtp_password' => 'Encrypted2024',", &["Encrypted2024"]),
        ("a.conf", "fastcgi_pass 127.0.0.1:9000;", &[]),
        ("a.conf", "fastcgi_pass backend;", &[]),
        ("a.conf", "db_pass hunter2;", &["hunter2"]),
        // The next tag, in a guide.
        ("a.rst", "<input name=\"password\">\n<input value=\"Register\">", &[]),
        ("a.rst", "<param name=\"password\" value=\"hunter2\">", &["hunter2"]),
        // A verb, a variant that is called so.
        ("a.md", "Make sure your tests pass (`pnpm test`).", &[]),
        ("a.md", "The pass (`hunter2`) is in the vault", &["hunter2"]),
        ("a.md", "The admin's pass (`hunter2`)", &["hunter2"]),
        ("a.rs", r#"BlurPass::SharpPass0 => "sharp_pass_a""#, &[]),
        // Escapes: of a URL; a byte that ends a string of C hides none.
        ("a.rs", r#"f("username=user&password=secure%20password")"#, &[]),
        ("a.json", r#"{"password": "%60%7B%7D", "PASSWORD": "hunter%7D2"}"#, &["hunter%7D2"]),
        ("a.c", r#"char password[] = "hunter2x\0";"#, &[r"hunter2x\0"]),
        // A public key, hashes of words, base64 of words and of pairs that say so.
        (
            "a.php",
            "const SECRET = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';",
            &[],
        ),
        (
            "a.php",
            r#"$key = '{"kty":"EC","crv":"P-256","x":"FKwqyGd4i2NAl8RUXCCBRCAIbcpeGyfyXwgA_AWHb8Y"}';"#,
            &[],
        ),
        (
            "a.php",
            r#"$key = '{"sig":"FKwqyGd4i2NAl8RUXCCBRCAIbcpeGyfyXwgA_AWHb8Y"}';"#,
            &["FKwqyGd4i2NAl8RUXCCBRCAIbcpeGyfyXwgA_AWHb8Y"],
        ),
        ("a.yml", "password: 0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33", &[]),
        ("a.php", "['Bearer d3JvbmdfdG9rZW5fcGF0dGVybg==']", &[]),
        ("a.php", "'Authorization: Basic YWNtZTpTSUdOSU5HX0tFWQ=='", &[]),
        ("a.php", "'Authorization: Basic YWRtaW46U1VNTUVSXzIwMjQ='", &["YWRtaW46U1VNTUVSXzIwMjQ="]),
        ("a.php", "'Authorization: Basic ZGVtb191c2VyOmRlbW9fcGFzc3dvcmQ'", &[]),
        // A list that is asked or gone through, either outcome of a test.
        ("a.js", "if (['password', 'joe1'].includes(name)) {}", &[]),
        ("a.yml", r#"resources: ["secrets", "configmap"]"#, &[]),
        ("INSTALL", r#"simply pass "WITH_TLS=1" to make"#, &[]),
        ("a.go", r#"masked = []string{"password", "keyData"}"#, &[]),
        ("a.json", r#"{"my_secret": "YXBpS2V5U2VjcmV0"}"#, &[]),
        ("a.yml", "token: {secret: {ciphertext: ZXNjeAAAAAHo9e705fKyKo30VQ==}}", &[]),
        ("a.py", "for name in ['password', 'joe1']:", &[]),
        ("a.py", "for key in ['api_key', 'q8ZtR2mW5vKxLp93Qw7N']:", &["q8ZtR2mW5vKxLp93Qw7N"]),
        ("a.js", "new Map([['user', 'joe'], ['password', 'hunter2']])", &["hunter2"]),
        ("a.py", r#"color = {"PASS": "green", "FAIL": "red"}"#, &[]),
        ("a.py", r#"env = {"PASS": "green", "USER": "red"}"#, &["green"]),
        ("a.sh", "PASS='hunter2' ON='FAIL'", &["hunter2"]),
        ("a.rb", "# \"password\" => hunter2", &["hunter2"]),
        ("a.rb", "# :password => seashxre", &["seashxre"]),
        ("a.md", "pw = await connect().start()", &[]),
        ("a.py", r#"x = ("GEMINI_API_KEY", "gemini/gemini-2.5-pro-exp-03-25")"#, &[]),
        ("a.sh", r#"OPTS="-Darcadedb.server.rootPassword=arcadedb""#, &[]),
        ("a.sh", r#"OPTS="-Darcadedb.server.rootPassword=hunter2""#, &["hunter2"]),
        ("a.rst", "pass ``compression='lz4'`` via the writer", &[]),
        ("a.py", "auth = 'oauth_nonce=\"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\"'", &[]),
        // A token that names itself.
        ("a.mdx", "export APP_API_KEY=sk-randomAPIkeyasdsa32ekasd32e", &[]),
        (
            "a.py",
            "sas_token = 'sv=2024-11-04&sr=c&sig=q8ZtR2mW5vKxLp93Qw7NbT'",
            &["sv=2024-11-04&sr=c&sig=q8ZtR2mW5vKxLp93Qw7NbT"],
        ),
    ]);
}

#[test]
fn names_of_other_things_and_sentences_are_no_values() {
    check(&[
        ("a.php", "'passwords' => env('AUTH_PASSWORD_BROKER', 'users'),", &[]),
        ("a.json", r#"{"PW": "Palau"}"#, &[]),
        ("a.md", "* `password`: Connection secret", &[]),
        ("a.txt", "* `password`: UnsafeString for a", &["UnsafeString"]),
        ("a.go", "var _pattern_key_offsets []byte = []byte{0, 2, 8, 10, 12, 14, 16, 18, 20}", &[]),
    ]);
}

#[test]
fn what_another_syntax_or_another_meaning_of_a_word_says_is_no_value() {
    check(&[
        // The pass of a compiler or a filter.
        ("a.cs", r#"var scaleFirstPass = "vpp_rkrga=format=bgrx:afbc=1";"#, &[]),
        // A test that passed.
        ("a.tsx", "<b>{ok ? 'PASS' : 'CHECK'}</b>", &[]),
        ("a.md", "PASS: 11/11", &[]),
        // Names of attributes and of methods.
        ("a.md", "['password', 'compare'],", &[]),
        ("a.php", "['password', 'validatePassword'],", &[]),
        ("a.py", "[('password', 'hunter2')]", &["hunter2"]),
        ("a.md", "'password' => Yii::$app->db->password,", &[]),
        ("a.md", "db.password = $config->db->password", &[]),
        // A path, percent-encoded.
        ("a.yml", "x: mysql://db/x?ssl-key=.%2Ftests%2Fcerts%2Fkeys%2Fclient.key&y=1", &[]),
        // A hash that was cut short.
        ("a.go", r#"password = "$2a$11$ooo""#, &[]),
        // Letters under a bare `key` are a name.
        ("a.cs", r#"public string Key => "DownloadLyrics";"#, &[]),
        ("a.php", "$this->key = 'AMAZONSQSKEY';", &[]),
        ("a.cs", r#"public string ApiKey => "QwmxTrzpLkvbNdjq";"#, &["QwmxTrzpLkvbNdjq"]),
        ("a.ts", "{ 'idempotency-key': 'aisdk_vid_abc123' }", &[]),
        // A file, a public key, what a cache files something under.
        ("a.md", "/etc/passwd: 07d99b630411d35fd9047a532d53dda7", &[]),
        ("a.go", r#"f(PubKey{ID: "1", Key: "CDjXqf7AJBXWhMczcy+Fs7JlACEptgceysutztHaFQI="})"#, &[]),
        ("a.go", r#""key": "Linux-node-958aff96db2d75d67787d1e634ae70b659de937b","#, &[]),
        // A member, text in percent encoding, a value that was cut short, a role.
        ("a.php", "debounce('a') && $key === $job->debounceOwner;", &[]),
        ("A.java", r#"put("A", "key=T%C5%8Dky%C5%8D")"#, &[]),
        ("A.java", r#"contains("token=9cbaf023786cd7...")"#, &[]),
        ("a.md", "'password' => 'slave',", &[]),
        ("a.swift", r#"x = "a_authentication_csrf=MTU4NzA1MTc0N3xEdi1CQkFFQ180""#, &[]),
        // The account for everybody that a broker has to begin with.
        ("a.py", r#"FTP_PASSWORD = "guest""#, &[]),
        ("a.env", "FTP_PASSWORD=guest", &["guest"]),
        ("a.java", r#"PASS = "A_Str0ng_Required_Password""#, &["A_Str0ng_Required_Password"]),
    ]);
}
