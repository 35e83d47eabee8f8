//! The detector as tables: path, text, and the values it finds. What stands in this file
//! is the judging of names and values; the others hold the places where values stand.

mod accounts;
mod alike;
mod chosen;
mod code;
mod commands;
mod devices;
mod endurance;
mod foreign;
mod forms;
mod idioms;
mod literals;
mod marks;
mod members;
mod names;
mod notes;
mod places;
mod places_of_work;
mod screens;
mod sentences;

use crate::model::RepoPath;
use crate::rules::RuleSet;

fn values(path: &str, text: &str) -> Vec<String> {
    let scanner = crate::detect::Scanner::new(RuleSet::builtin());
    scanner
        .candidates(text.as_bytes(), &RepoPath::new(path.as_bytes()))
        .iter()
        .map(|found| String::from_utf8_lossy(&found.value(text.as_bytes())).into_owned())
        .collect()
}

pub(super) fn check(cases: &[(&str, &str, &[&str])]) {
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
        ("tests/a.py", r#"password = "hunter2""#, &["hunter2"]),
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
        ("a.scala", r#"password = Some("hunter2"),"#, &["hunter2"]),
        ("a.py", r#"p = os.getenv("DB_PASSWORD", "hunter2")"#, &["hunter2"]),
        ("a.py", r#"PASSWORD = os.environ.get("PASSWORD") or "hunter2""#, &["hunter2"]),
        (
            "a.go",
            r"authKey := []byte{53, 12, 101, 7, 44, 19, 230, 8, 99}",
            &["53, 12, 101, 7, 44, 19, 230, 8, 99"],
        ),
        ("a.yml", "- name: DB_PASSWORD\n  value: hunter2", &["hunter2"]),
        ("a.xml", r#"<add key="password" value="hunter2"/>"#, &["hunter2"]),
        ("a.sql", "CREATE USER joe IDENTIFIED BY 'hunter2';", &["hunter2"]),
        ("a.sql", "ALTER ROLE joe WITH PASSWORD 'hunter2';", &["hunter2"]),
        ("a.sh", "mysql -u root -phunter2 db", &["hunter2"]),
        ("A.cs", r#"var c = new NetworkCredential("joe", "hunter2");"#, &["hunter2"]),
        ("A.cs", r#"new System.Net.NetworkCredential(user, "hunter2", "CORP")"#, &["hunter2"]),
        ("A.cs", r#"new NetworkCredential("joe", password)"#, &[]),
        ("A.cs", r#"new NetworkCredential("joe", "hunter" + n)"#, &[]),
        ("A.java", r#"new PasswordAuthentication("joe", "hunter2".toCharArray())"#, &["hunter2"]),
        ("a.py", r#"get(url, auth=HTTPBasicAuth("joe", "hunter2"))"#, &["hunter2"]),
        ("a.go", r#"req.SetBasicAuth(u.Name, "hunter2")"#, &["hunter2"]),
        ("a.md", "Send Bearer q8ZtR2mW5vKx:Lp93Qw7.", &["q8ZtR2mW5vKx:Lp93Qw7"]),
        ("a.md", "curl -u joe:hunter2 https://a.internal", &["hunter2"]),
        ("Dockerfile", "ENV DB_PASSWORD hunter2", &["hunter2"]),
        (".netrc", "machine a.internal login joe password hunter2", &["hunter2"]),
        ("a.sql", r#"a:1:{s:8:"password";s:7:"hunter2";}"#, &["hunter2"]),
        ("a.sh", "PASS=${DOMAINPASS:-hunter2}", &["hunter2"]),
        ("a.sh", "badge_user=joe badge_password=hunter2", &["hunter2"]),
        ("a.xml", "<secret>geheim123</secret>", &["geheim123"]),
        ("a.toml", r#"password = "hunter\u0032""#, &["hunter2"]),
        ("a.yml", "  - DB_USER=joe DB_PASSWORD=wintxr2031 DB_HOST=x", &["wintxr2031"]),
        ("a.yml", r#"secret: "development#product""#, &["development#product"]),
        ("a.json", r#"{"Secret": "SuperFjordKey21"}"#, &["SuperFjordKey21"]),
        ("a.json", r#"{"Secret": "fjordClientSecret"}"#, &[]),
        // A string of many lines holds text of another language.
        ("a.go", "a=ice-pwd:3dBU7cFOBl120v33cynDvN1E\r", &["3dBU7cFOBl120v33cynDvN1E"]),
        ("a.go", "// Passphrase: kljfhslfjkhsaljkhsdflgjkhsd", &["kljfhslfjkhsaljkhsdflgjkhsd"]),
    ]);
}

#[test]
fn what_is_no_value_is_left_alone() {
    check(&[
        ("a.py", "run(token_throughput_in_s=throughput, api_key=settings)", &[]),
        ("a.py", "password = getpass()", &[]),
        ("a.py", "password = os.environ['PASSWORD']", &[]),
        ("a.js", "password: req.body.password,", &[]),
        ("a.ts", "password: string;", &[]),
        ("a.py", "if password != 'other':", &[]),
        ("a.json", r#"{"password": "Passwords do not match"}"#, &[]),
        (".env", "DB_PASSWORD=${OTHER}", &[]),
        (".env", "DB_PASSWORD=", &[]),
        ("a.yml", "password: {{ .Values.password }}", &[]),
        ("a.js", r#"passwordField: "hunter2""#, &[]),
        ("a.js", r#"password: "password""#, &[]),
        ("a.py", r#"password_file = "/run/secrets/db""#, &[]),
        ("a.go", "// First pass: exact match.", &[]),
        ("a.rb", "# Returns the attribute identified by +name+ of the user", &[]),
        ("build.gradle", "compile 'io.jsonwebtoken:jjwt-api:0.11.2'", &[]),
        ("a.yml", r#"password: "$2a$08$6.mbXqsDX82ZZ7q5d8Osb..JrGSsNp4R3IK""#, &[]),
        ("a.py", r#"x = hash_password("password", "hunter2")"#, &[]),
        ("a.rb", r#"db.password = "my_password""#, &[]),
        ("a.json", r#"{"LABEL_PASSWORD": "Senha", "password": "パスワード"}"#, &[]),
        ("a.html", r#"<input name="password"/><input value="Login"/>"#, &[]),
        ("a.js", "token: 'test-not-a-real-key-1234567890'", &[]),
        ("a.md", "UPCLOUD_TOKEN = ucat_01DQE3", &[]),
        ("a.py", r#"api_key = "abc123def456ghi789jkl012""#, &[]),
        ("a.jsp", r#"data += "&password=" + value("password");"#, &[]),
        ("a.mk", "pkg_erlpass_commit = master", &[]),
        ("a.graphql", "login(email: String!, password: String!): User!", &[]),
        ("a.graphqls", "login(email: String!, password: String!): User!", &[]),
        ("a.yaml", r#"{{- $password := include "app.password" . }}"#, &[]),
        ("a.yaml", "{{ $password = randAlphaNum 10 }}", &[]),
        ("i18n.lock", "wrong_password: e3523f78b302d11b33af6cc40d8df9da", &[]),
        ("a.tsx", r#"INCORRECT_OLD_PASSWORD = "5135","#, &[]),
        ("a.js", "if (typeof this.password === 'function') {", &[]),
        ("a.go", r#"resourcePassword = "passwords""#, &[]),
        ("a.go", r#"err("password: scrypt: option 'block' is wrong")"#, &[]),
        ("a.go", "// username:password:uid:gid:gecos:home:shell", &[]),
        ("a.go", r#"s = "Header{Type: Initial, Token: 0xdeadbeef}""#, &[]),
        ("a.sh", "alias wpwd='wp widget delete'", &[]),
        ("a.sh", "key create james password --userou=OU=Users", &[]),
        ("a.sh", "curl --key client.pub -u %USER: scp://%HOSTIP", &[]),
        ("a.sh", "case \"${X_PASSWORD:+has-password}\" in", &[]),
        ("a.md", "$ MYSQL_PASSWORD= FILTER=integration npm test", &[]),
        ("a.md", "Public Key: d107beecc17325f55da976bcbab207ba4df68bd3f8fce7c3b5850311", &[]),
        ("a.tsx", "xl: token('lineHeights.200'),", &[]),
        ("a.ts", "newPassword: 'Ab1@'.repeat(20),", &[]),
        ("a.kt", r#"val usernameAndPassword = "$username:$password""#, &[]),
        ("a.tcl", "r ACL setuser psuser reset on nopass +@all", &[]),
        ("a.yml", "password: cGFzc3dvcmQ=", &[]),
        ("app/locales/eu/portal.json", r#"{"Password": "Pasahitza"}"#, &[]),
        ("tests/a_test.py", r#"login(user="joe", password="hello")"#, &[]),
        ("tests/a.rs", r#".and(basic_auth("public", "heronbird"))"#, &[]),
        ("a.py", r#"__all__ = ["ClientSecrets", "AsyncClientSecrets"]"#, &[]),
        ("a.xml", "<password>{3iRQQyaIUgQHwH8uzTvr9/52pZAjLOTWz/SlWDB7CM4=}</password>", &[]),
        ("a.html", r#"<input watch-change="form.newPassword = inputValue;">"#, &[]),
        ("a.html", r#"<div class="copy-pass" :title="name">"#, &[]),
        ("a.cs", r#"const string OAuthAuthenticationModes = "GCM_OAUTH_AUTHMODES";"#, &[]),
        ("a.go", r#"hashedTokenKey = "$2:jwvzsLqh6Rg:FyeWbQuUt6VEMhQOe5J1k""#, &[]),
        ("a.sh", "SSH_AUTH_SOCK=/tmp/ssh-P65gpcqArqvH/agent.15541", &[]),
        ("a.md", "telegraf ALL=(ALL) NOPASSWD: NSDCONTROLCTL", &[]),
        ("a.yml", r#"run: '{"security.password": false, "x": 1}'"#, &[]),
        ("a.yml", r#"test: mysqladmin ping -u root -p"$$MYSQL_ROOT_PASSWORD""#, &[]),
        ("a.go", r#"x = "file: password: option 'algorithm' must be""#, &[]),
        ("a.py", r#"userpass += f":{password}""#, &[]),
        ("a.yml", "password: abc123", &[]),
        ("a.ts", r#"clientSecret: "bar123","#, &[]),
        ("a.json", r#"{"password": "testBitbucketToken"}"#, &[]),
        ("package-lock.json", r#""token": "q8ZtR2mW5vKxq8ZtR2mW5vKx""#, &[]),
        ("a.txt", "5pw= 49162", &[]),
        ("a.mdx", "pass_=scored >= 0.5,", &[]),
        ("a.py", r#"key_token = f"sk-{secrets.token_urlsafe(32)}""#, &[]),
        ("a.json", r#"{"key": "07d99b630411d35fd9047a532d53dda7"}"#, &[]),
        ("a.go", r#"expectedKey: "07d99b630411d35fd9047a532d53dda7","#, &[]),
        ("a.php", r"config(['app.key' => 'base64:randomkeys'])", &[]),
        ("a.cs", "var token = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 };", &[]),
        ("a.http", "Authorization: Basic dXNlcjpwYXNzd29yZA==", &[]),
        ("a.http", "Authorization: Basic dXNlckBkb21haW46cGFzc3dvcmQ=", &[]),
        ("a.vue", r#"<Field v-model="form.password" :label="$t('username')" />"#, &[]),
        ("a.ts", r#"h = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9""#, &[]),
        ("a.json", r#""token_embd.weight": "07d99b630411d35fd9047a532d53dda7""#, &[]),
        ("a.json", r#""tokenizer.ggml.tokens": "07d99b630411d35fd9047a532d53dda7""#, &[]),
        ("a.ts", r#"const API_KEYS_COLLECTION = "diag_api_keys7";"#, &[]),
        ("a.md", "Forward pass: input2hidden", &[]),
        ("a.md", "the 16,000 token `gpt-3.5-turbo-16k` model", &[]),
        // The user and the password of RFC 7617, 2.
        ("a.http", "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", &[]),
        ("a.kt", r#"const val X_CREDENTIALS = "dXNlcm5hbWU6cGFzc3dvcmQ=""#, &[]),
        ("a.ts", "refresh_token: 'newrefresh123'", &[]),
        ("a.exs", r#""password" => "too short","#, &[]),
        ("a.http", "Sec-WebSocket-Key: NDMyMTUzMjE2MzIxNzMyMQ==", &[]),
        ("a.json", r#"{"agent_key": "07d99b630411d35fd9047a532d53dda7"}"#, &[]),
        ("a.go", r#"fmt.Printf("PASS: Throughput is %d", n)"#, &[]),
        ("a.py", r#"e = create_engine("oracle://scott:tiger@db/x")"#, &[]),
        ("a.sh", "# Forward pass: context-line distance from the change", &[]),
        // An empty key in a manifest: there is nothing in its armor.
        (
            "a.yml",
            "kind: Secret\ndata:\n  tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCi0tLS0tRU5EIFBSSVZBVEUgS0VZLS0tLS0=",
            &[],
        ),
    ]);
}

#[test]
fn what_names_describes_or_encodes_text_is_no_value() {
    check(&[
        // A file, a member of a property list, the name of a repository.
        ("a.json", r#"{"token": "Pic7/v4/4e/9b/4e9b1c7d-5a0f-2b68-91c3-7d2f60a8b5e4/a.png"}"#, &[]),
        ("a.xml", "<key>07D99B630411D35FD9047A532D53DDA707D99B63</key>\n<string>x</string>", &[]),
        (
            "a.xml",
            "<key>07D99B630411D35FD9047A532D53DDA707D99B63</key>\n<name>x</name>",
            &["07D99B630411D35FD9047A532D53DDA707D99B63"],
        ),
        ("a.json", r#"{"PrimaryRepositoryKey": "07D99B630411D35FD9047A532D53DDA707D99B63"}"#, &[]),
        // An encoding, a variable, a result, fields between colons.
        ("a.py", r#"password = passwd.encode("utf-8") if passwd else None"#, &[]),
        ("a.ps1", "New-It -Password $Script:ClientPfxPassword", &[]),
        ("a.md", "--- PASS: TestStringer (0.00s)", &[]),
        ("a.out", "PASS: requestWillBeSent with augmentation", &[]),
        ("a.yml", "PASS: seashxre9", &["seashxre9"]),
        ("a.md", "pass: seashxre9", &["seashxre9"]),
        ("a.json", r#"{"minipass": "^7.0.3"}"#, &[]),
        ("a.go", r#""PW": "^96940$","#, &[]),
        ("a.php", "'password' => '5f4dcc3b5aa765d61d8327deb882cf99',", &[]),
        ("a.rb", r#"if pass == "x-oauth-basic""#, &[]),
        ("a.md", "password = 'paste output from jq'", &[]),
        ("a.go", "// Name:Pass:Gid:List", &[]),
        ("a.txt", "keyID AWX2:I27X:WQFX:O7PW:VYNB:ZLKC:CVAE:YJP2", &[]),
        // A name of words, text in base64, the name of whose it is.
        ("a.cs", r#"const string SIZETOKEN = "psmaximumreceivedobjectsizemb";"#, &[]),
        ("a.py", r#"auth_data = "dGhpcyBzaG91bGQgYWN0dWFsbHkgYmUgZW5jcnlwdGVkIGpzb24K""#, &[]),
        ("a.ts", r#"authorization: "Bearer eyJhbGciOiJFZERTQSJ9.payload.signature""#, &[]),
        ("a.http", "Authorization: Bearer dGhpcyBpcyBhIGZha2UgYmVhcmVyIHRva2VuIQ==", &[]),
        ("a.yml", "access_key: QUNDRVNTX0tFWQ0K", &[]),
        ("a.yml", "client_secret: aGVsbG8td29ybGQ=", &[]),
        // Keys that count or repeat, in base64; one that somebody typed.
        ("a.py", r#"AES_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=""#, &[]),
        ("a.py", r#"AES_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=""#, &[]),
        ("a.py", r#"AES_KEY = "ZmFrZWtleWZha2VrZXlmYWtla2V5ZmFrZWtleWZha2VrZXk=""#, &[]),
        (
            "a.py",
            r#"AES_KEY = "d2lyLXdhbmRlcm4tMTkgbmFjaC1HcmltbWEhLS0xMjQ=""#,
            &["d2lyLXdhbmRlcm4tMTkgbmFjaC1HcmltbWEhLS0xMjQ="],
        ),
        ("a.ts", r#"INCORRECT_OLD_PASSWORD = "5135","#, &[]),
        ("a.py", "# pass (`_validate_semantics`); the operands rule here", &[]),
        // The id of a key, a name, a place, what is encrypted, a word of prose.
        ("a.sh", "tool --gpg-key D56C4FCA57A46444", &[]),
        ("a.yml", "tlsSecret: keycloak-tls", &[]),
        ("a.conf", "auth_ldap.lookup_base = DC=gopivotal,DC=com", &[]),
        ("a.conf", "default_pass = encrypted:kDnCy25dRvI8xs4nrJ6hp34ffL0ODKAz", &[]),
        ("a.md", "* `apiKey`: uygulamaya", &[]),
        ("a.go", r#"x = "GIT_ASKPASS=argocd""#, &[]),
        ("a.go", r#"client_secret: "deadbeef","#, &[]),
        ("a.sh", r#"curl --user "argo-cd-cli:" https://a.internal"#, &[]),
        ("a.sh", r#"curl --user "q8ZtR2mW5vKx:" https://a.internal"#, &["q8ZtR2mW5vKx"]),
        ("a.md", "`SecureString` and `PSCredential`", &[]),
        ("a.py", r#"web_password = "$argon2id$""#, &[]),
        ("a.yml", "MARIADB_ROOT_PASSWORD: mariadb", &[]),
        ("a.yml", "MINIO_ROOT_PASSWORD: miniosecret", &[]),
        ("a.yml", "MINIO_ROOT_PASSWORD: wintersecret", &["wintersecret"]),
        ("a.yml", "MARIADB_ROOT_PASSWORD: mariadb7", &["mariadb7"]),
    ]);
}

#[test]
fn the_example_of_a_schema_is_no_password_but_what_was_drawn_is_kept() {
    let schema = |value: &str| format!("$ref: a\nx:\n  example:\n    password: \"{value}\"\n");
    assert_eq!(values("a.yaml", &schema("hunter2")), [""; 0]);
    assert_eq!(values("a.txt", &schema("hunter2")), ["hunter2"]);
    let drawn = "q8ZtR2mW5vKxT9sLb4Yc";
    assert_eq!(values("a.yaml", &schema(drawn)), [drawn]);
    // A project may be called so.
    let settings = "example:\n  datasource:\n    password: hunter2\n";
    assert_eq!(values("application.yml", settings), ["hunter2"]);
}

#[test]
fn a_number_in_the_table_of_a_tokenizer_is_no_password() {
    // What is looked at begins inside a string.
    let far = "x".repeat(250);
    let text = format!(r#"{{"{far}":1,"Password":72991,"Passwords":72992}}"#);
    assert_eq!(values("a.json", &text), [""; 0]);
    assert_eq!(values("a.txt", &text), ["72991", "72992"]);
}

#[test]
fn a_neighbour_of_what_is_no_value_is_found() {
    check(&[
        ("notes.txt", "USER: joe\nPASS: Wintxr2031!\n", &["Wintxr2031!"]),
        (
            "a.py",
            r#"STEAM_KEY = "07d99b630411d35fd9047a532d53dda7""#,
            &["07d99b630411d35fd9047a532d53dda7"],
        ),
        ("a.json", r#"b = "{\"password\":\"hunter2\"}""#, &["hunter2"]),
        ("a.sh", "tool --password hunter2 > log", &["hunter2"]),
        ("a.http", "Authorization: Basic dXNlcjpodW50ZXIy", &["dXNlcjpodW50ZXIy"]),
        ("a.txt", "Authorization: Bearer q8ZtR2mW5vKx%01%01", &["q8ZtR2mW5vKx"]),
    ]);
}

#[test]
fn what_a_test_or_a_guide_makes_up_is_told_by_the_value_too() {
    // Found where it runs, not where it is tested or taught.
    for (text, value) in [
        ("password = 'p4ssw0rd'", "p4ssw0rd"),
        ("password = 'password123'", "password123"),
        ("password = 'foo:bar!'", "foo:bar!"),
        ("connect(user='dillon', password='dillon')", "dillon"),
        ("x = 'redis://minio:minio123@cache'", "minio123"),
        ("connect(user='dillon', password='dillonspassword')", "dillonspassword"),
        ("x = 'redis://app:opensesame@cache'", "opensesame"),
        ("x = 'redis://app:open%2Fsesxme@cache'", "open%2Fsesxme"),
        ("x = 'redis://app:p%40s%24w0rd@cache'", "p%40s%24w0rd"),
        ("password = 'swordfish'", "swordfish"),
        ("password = 'foobared'", "foobared"),
        ("password = 'correct horse battery staple'", "correct horse battery staple"),
        ("password = '123_or_no_pwd'", "123_or_no_pwd"),
        ("password = 'test123456'", "test123456"),
        ("client_secret = '123secret'", "123secret"),
        ("password = 'longerpassword!'", "longerpassword!"),
        ("password = 'mydevenvpassword'", "mydevenvpassword"),
        ("password = 'conta1ner14'", "conta1ner14"),
        ("password = 'CredTest'", "CredTest"),
        ("password = 'even-more-s3cret'", "even-more-s3cret"),
        ("Authorization: Basic dGVzdHVzZXI6dGVzdHBhc3MxMjM=", "dGVzdHVzZXI6dGVzdHBhc3MxMjM="),
        (
            r#"{"auths": {"a.internal": {"auth": "Y3VzdG9tVXNlcjpjdXN0b21QYXNz"}}}"#,
            "Y3VzdG9tVXNlcjpjdXN0b21QYXNz",
        ),
        ("x = 'redis://app:a%3A%01%40%2F%5C%3F%23%25b@cache'", "a%3A%01%40%2F%5C%3F%23%25b"),
    ] {
        for (path, expected) in
            [("src/a.py", &[value][..]), ("tests/a.py", &[]), ("docs/a.py", &[])]
        {
            assert_eq!(values(path, text), expected, "{path}: {text}");
        }
    }
    // A label says in a test that it is one; a guide may hold what was issued.
    for (text, value) in [
        ("api_key = 'bedrock-api-key-1234'", "bedrock-api-key-1234"),
        ("token = 'agno_pat_test123'", "agno_pat_test123"),
    ] {
        assert_eq!(values("tests/a.py", text), [""; 0], "{text}");
        assert_eq!(values("docs/a.py", text), [value], "{text}");
    }
    // Found everywhere.
    for (text, value) in [
        ("password = 'hunter2'", "hunter2"),
        ("password = 'wintxr2031!'", "wintxr2031!"),
        ("token = 'acme-test-q8ZtR2mW5vKx'", "acme-test-q8ZtR2mW5vKx"),
        ("Authorization: Basic am9lOndpbnR4cjIwMzEh", "am9lOndpbnR4cjIwMzEh"),
        ("x = 'redis://app:wintxr2031!@cache'", "wintxr2031!"),
        ("x = 'redis://minio:Gq8ZtR2mW5vKx@cache'", "Gq8ZtR2mW5vKx"),
    ] {
        for path in ["src/a.py", "tests/a.py", "docs/a.py"] {
            assert_eq!(values(path, text), [value], "{path}: {text}");
        }
    }
    // Disguised more than once it may be somebody's; digits are nobody's in a test.
    let text = "password = 'l0ngerP4ssw0rd!'";
    assert_eq!(values("tests/a.py", text), ["l0ngerP4ssw0rd!"]);
    assert_eq!(values("docs/a.py", text), [""; 0]);
    assert_eq!(values("tests/a.py", "password = '38215'"), [""; 0]);
    assert_eq!(values("src/a.py", "password = '38215'"), ["38215"]);
    // A pair for nobody, in a test; a setting that is commented out, everywhere.
    let text = "Authorization: Basic dGVzdDp0ZXN0";
    assert_eq!(values("tests/a.py", text), [""; 0]);
    assert_eq!(values("docs/a.py", text), ["dGVzdDp0ZXN0"]);
    let text = "Authorization: Basic am9objpwQHNz";
    assert_eq!(values("docs/a.py", text), [""; 0]);
    assert_eq!(values("src/a.py", text), ["am9objpwQHNz"]);
    assert_eq!(values("src/a.yml", "# api.password: \"s3cUreP4$$w0rD\""), [""; 0]);
    assert_eq!(values("src/a.rb", "# uri.password = 'V3ry_S3nsit1ve'"), [""; 0]);
    assert_eq!(values("src/a.yml", "api.password: \"s3cUreP4$$w0rD\""), ["s3cUreP4$$w0rD"]);
    // The unit tests of Rust stand in the file of what they test.
    let text = "const PASSWORD: &str = \"foo:bar!\";";
    assert_eq!(values("src/a.rs", text), ["foo:bar!"]);
    assert_eq!(values("src/a.rs", &format!("#[cfg(test)]\nmod tests {{\n{text}")), [""; 0]);
    assert_eq!(values("src/a.rs", &format!("#[cfg(test)]\nuse a;\n{text}")), ["foo:bar!"]);
    // What is tested is its own password.
    assert_eq!(values("tests/cassandra.yaml", "password: cassandra"), [""; 0]);
    assert_eq!(values("docs/cassandra.md", "password: cassandra"), [""; 0]);
    assert_eq!(values("etc/cassandra.yaml", "password: cassandra"), ["cassandra"]);
    // One word is nobody's password in a test, a remark none in a guide.
    assert_eq!(values("tests/a.yml", "password: hello"), [""; 0]);
    assert_eq!(values("docs/a.yml", "password: hello"), ["hello"]);
    assert_eq!(values("docs/a.yml", "# password: seashxre"), [""; 0]);
    assert_eq!(values("src/a.yml", "# password: seashxre"), ["seashxre"]);
    assert_eq!(values("README.md", "* password: seashxre9"), ["seashxre9"]);
}

#[test]
fn the_hash_of_a_password_is_one_where_somebody_has_it() {
    let hash = crate::rules::template::expand("root:$6${base62:16}${base62:86}", 1).unwrap();
    assert_eq!(values("etc/shadow", &hash), [&hash[5..]]);
    assert_eq!(values("tests/shadow", &hash), [""; 0]);
    // What a line of code gives, as a comment beside it shows.
    assert_eq!(values("src/a.rb", &format!("# => \"{}\"", &hash[5..])), [""; 0]);
    assert_eq!(values("src/a.rb", &format!("# joe => \"{}\"", &hash[5..])), [&hash[5..]]);
}

#[test]
fn a_row_that_ends_behind_what_is_read_of_a_statement_is_passed_over() {
    let row = format!("('{}', 's3cr3t!1'), ", "x".repeat(120));
    let text = format!("insert into t (b, password) values {}", row.repeat(40));
    let found = values("a.sql", &text);
    assert!(found.len() > 20 && found.iter().all(|value| value == "s3cr3t!1"), "{found:?}");
}

#[test]
fn values_are_found_behind_the_mark_of_a_default_and_in_what_fish_exports() {
    let key = "q8ZtR2mW5vKxLp93";
    for (path, head, tail) in [
        ("a.dart", "const apiKey = String.fromEnvironment('K', defaultValue: '", "');"),
        ("a.py", "api_key = config('K', default=\"", "\")"),
        ("a.py", "api_key = ask(default=None) or \"", "\""),
        ("a.fish", "set -gx API_TOKEN ", "\n"),
        ("a.json", r#"{"text": "the db password is "#, r#" , please rotate"}"#),
    ] {
        assert_eq!(values(path, &format!("{head}{key}{tail}")), [key], "{path}");
    }
}
