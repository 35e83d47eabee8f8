//! Idioms of languages and programs in which a value is bound, compared or handed over, and
//! what only looks like one, as tables.

use super::check;

const KEY: &str = "q8ZtR2mW5vKxLp93Qw7N";
const HEX: &str = "9f3ab1c07d5e2486b1a4c7d9e0f21356";

#[test]
fn calls_take_passwords_and_keys_by_their_place() {
    check(&[
        ("a.cs", r#"var c = new SshClient("10.2.2.2", 22, "root", "hunter2");"#, &["hunter2"]),
        ("a.cs", r#"var c = new SftpClient("10.2.2.2", "root", "hunter2");"#, &["hunter2"]),
        ("a.cs", r#"new X509Certificate2("a.pfx", "hunter2")"#, &["hunter2"]),
        ("a.cs", r#"await s.AuthenticateAsync("joe@corp.io", "hunter2");"#, &["hunter2"]),
        ("a.go", r#"u := url.UserPassword("svc", "hunter2")"#, &["hunter2"]),
        ("a.c", r#"sess.userauth_password("root", "hunter2")"#, &["hunter2"]),
        ("a.php", "imap_open('{imap.corp.io:993/ssl}', 'joe@corp.io', 'hunter2');", &["hunter2"]),
        ("A.java", r#"jsch.addIdentity("/home/joe/.ssh/id", "hunter2");"#, &["hunter2"]),
        ("a.py", r#"kr.set_password("finch", "svc", "hunter2")"#, &["hunter2"]),
        ("a.js", r#"db.auth("root","hunter2")"#, &["hunter2"]),
        ("a.groovy", r#"realm.createAccount("deployer", "hunter2")"#, &["hunter2"]),
        ("a.sql", "select pgp_sym_decrypt(data, 'hunter2') from t", &["hunter2"]),
        ("a.go", &format!(r#"mac := hmac.New(sha256.New, []byte("{HEX}"))"#), &[HEX]),
        ("a.c", &format!(r#"HMAC(EVP_sha256(), "{KEY}", 20, d, n, out, &len);"#), &[KEY]),
        ("a.ex", &format!(r#":crypto.mac(:hmac, :sha256, "{KEY}", d)"#), &[KEY]),
        ("a.cs", &format!(r#"new HMACSHA256(Encoding.UTF8.GetBytes("{KEY}"))"#), &[KEY]),
        ("a.rs", &format!(r#"HmacSha256::new_from_slice(b"{KEY}")"#), &[KEY]),
        ("a.dart", &format!("final k = encrypt.Key.fromUtf8('{KEY}');"), &[KEY]),
        ("a.sql", &format!("select AES_DECRYPT(card, '{KEY}') from t"), &[KEY]),
        ("a.py", r#"hmac.new(key, "message1", "sha256")"#, &[]),
        ("a.py", r#"hmac.new(shared_key, "message1", "sha256")"#, &[]),
        ("a.cs", &format!(r#"byte[] key = Encoding.UTF8.GetBytes("{KEY}");"#), &[KEY]),
        ("a.py", r#"pw = quote_plus("hunter2")"#, &["hunter2"]),
        ("a.go", &format!(r#"credentials.NewStaticV4("app", "{KEY}", "")"#), &[KEY]),
        ("a.py", "x = generate_password_hash(\"hunter2\")", &["hunter2"]),
        ("a.py", "conf.get(\"db\", \"password\", fallback=\"hunter2\")", &["hunter2"]),
        ("a.js", "Buffer.from('joe:hunter2').toString('base64')", &["hunter2"]),
        ("a.js", "const a = btoa('joe:hunter2');", &["hunter2"]),
        ("a.js", "const a = Buffer.from('utf8:abc1');", &[]),
        ("A.java", &format!(r#"c.setRequestProperty("X-Api-Key", "{KEY}");"#), &[KEY]),
        ("a.js", "jwt.verify(token, 'Blue-Mango7');", &["Blue-Mango7"]),
        ("a.js", "jwt.sign({ a }, 'mySuperBlogKey_77', b);", &["mySuperBlogKey_77"]),
        ("a.js", "jwt.sign({ a }, 'secret', b);", &[]),
        ("a.gs", "Jdbc.getConnection('jdbc:mysql://h/db', 'root', 'hunter2');", &["hunter2"]),
        ("a.lua", "m = mqtt.Client(\"a\", 120, \"joe\", \"hunter2\")", &["hunter2"]),
        ("a.rs", &format!("headers.insert(\"x-api-key\", \"{KEY}\".parse().unwrap());"), &[KEY]),
        ("A.java", &format!(r#"new BasicNameValuePair("client_secret", "{KEY}")"#), &[KEY]),
    ]);
}

#[test]
fn comparisons_by_words_are_read() {
    check(&[
        ("a.pl", "if ($in{'password'} eq \"hunter2\") {", &["hunter2"]),
        ("a.ps1", "if ($pw -eq 'hunter2') {", &["hunter2"]),
        ("a.pl", "if ($pass eq \"first\") {", &[]),
        ("a.js", "if (req.body.password !== 'hunter2') return fail();", &["hunter2"]),
        ("a.py", "if password != 'hunter2':", &["hunter2"]),
        ("a.js", "if (password !== confirmation1) return;", &[]),
        ("a.ts", &format!("if (req.headers.get(\"x-token\") !== \"{KEY}\") {{"), &[KEY]),
        ("A.java", "if (req.getParameter(\"pass\").equals(\"hunter2\")) grant();", &["hunter2"]),
        ("a.m", "if ([pwd isEqualToString:@\"hunter2\"]) {", &["hunter2"]),
        (
            "a.go",
            r#"subtle.ConstantTimeCompare([]byte(password), []byte("hunter2"))"#,
            &["hunter2"],
        ),
    ]);
}

#[test]
fn a_scheme_may_be_joined_to_its_token() {
    check(&[
        ("a.py", &format!(r#"{{"Authorization": "Bearer " + "{KEY}"}}"#), &[KEY]),
        ("a.cls", &format!("req.setHeader('Authorization', 'Bearer ' + '{KEY}');"), &[KEY]),
        ("a.py", &format!(r#"h = "Bearer {{}}".format("{KEY}")"#), &[KEY]),
        ("a.rs", &format!(r#"format!("Bearer {{}}", "{KEY}")"#), &[KEY]),
        ("a.py", r#"{"Authorization": "Bearer " + token}"#, &[]),
    ]);
}

#[test]
fn declarations_defaults_and_several_names_bind() {
    check(&[
        ("a.sql", &format!("  c_secret CONSTANT VARCHAR2(64) := '{HEX}';"), &[HEX]),
        ("a.sql", "  v_password text := 'hunter2';", &["hunter2"]),
        ("a.pls", "  g_password VARCHAR2(30) DEFAULT 'hunter2';", &["hunter2"]),
        ("a.ts", &format!("  apiKey: z.string().default('{HEX}'),"), &[HEX]),
        ("a.pl", &format!("$ENV{{API_TOKEN}} ||= \"{HEX}\";"), &[HEX]),
        ("a.js", "const [user, pass] = ['svc', 'hunter2'];", &["hunter2"]),
        ("a.cs", r#"var (user, pass) = ("svc", "hunter2");"#, &["hunter2"]),
        (
            "a.go",
            "var users = map[string]string{\n\t\"joe\": \"Norwich1994\",\n}",
            &["Norwich1994"],
        ),
        ("a.php", "$credentials = [\n  'id' => 'a',\n  'site_key' => 'Norwich1994x',\n];", &[]),
        ("a.clj", &format!("{{\"X-Api-Key\" \"{HEX}\"}}"), &[HEX]),
        ("a.jsp", &format!(r#"<input name="apiToken" value="{KEY}"/>"#), &[KEY]),
        ("a.sql", "UPDATE conf SET value='hunter2' WHERE name='ftp_password'", &["hunter2"]),
        (
            "a.py",
            "exec(\"CREATE USER joe ACCOUNT UNLOCK IDENTIFIED BY Fjord5w0rD\");",
            &["Fjord5w0rD"],
        ),
        (
            "a.xml",
            "<add key=\"ClearTextPassword\" value=\"CleartextPassword1\" />",
            &["CleartextPassword1"],
        ),
        (
            "a.py",
            "token = '4nXYKv]mHDeom5esert30Ea7]4QEfMg6'",
            &["4nXYKv]mHDeom5esert30Ea7]4QEfMg6"],
        ),
        ("a.rs", "const KEY: [u8; 16] = *b\"q8ZtR2mW5vKxLp93\";", &["q8ZtR2mW5vKxLp93"]),
        (
            "a.sol",
            &format!("uint256 private deployerPrivateKey = 0x{HEX}{HEX};"),
            &[&format!("0x{HEX}{HEX}")],
        ),
        ("a.sol", &format!("bytes32 internal constant KEY = 0x{HEX}{HEX};"), &[]),
        ("a.go", &format!("token := cmp.Or(os.Getenv(\"TOKEN\"), \"{HEX}\")"), &[HEX]),
        ("a.r", "pw <- Sys.getenv(\"DB_PW\", unset = \"hunter2\")", &["hunter2"]),
        ("a.js", "$('#password').val('hunter2');", &["hunter2"]),
        ("a.py", "find(By.ID, \"password\").send_keys(\"hunter2\" + Keys.RETURN)", &["hunter2"]),
        ("a.tf", "x = {\n  \"DB_PASSWORD\" = \"hunter2\"\n  \"OTHER\" = \"a\"\n}", &["hunter2"]),
        ("a.rb", &format!("config.pepper = '{HEX}'"), &[HEX]),
        (
            "A.java",
            "Map.of(\"user\", \"joe\", \"password\", \"hunter2\", \"realm\", \"a\")",
            &["hunter2"],
        ),
        ("a.js", "new Set([\"injectPassword\",\"inject2FaToken\",\"a\"])", &[]),
        ("a.py", &format!("API_TOKEN = (\"{KEY}\"\n   \"{HEX}\")"), &[&format!("{KEY}{HEX}")]),
        ("a.tfvars", &format!("vpn_shared_keys  = [\"{KEY}\"]"), &[KEY]),
    ]);
}

#[test]
fn text_in_literals_is_read_as_it_would_be_elsewhere() {
    check(&[
        ("a.swift", &format!("let r = #\"{{\"client_secret\":\"{KEY}\"}}\"#"), &[KEY]),
        ("a.cs", &format!(r#"var raw = """{{"secret":"{HEX}"}}""";"#), &[HEX]),
        ("a.cs", r#"var j = @"{""user"":""joe"",""password"":""hunter2""}";"#, &["hunter2"]),
        ("a.py", &format!("C = \"\"\"\n[api]\nclient_secret = {KEY}\n\"\"\""), &[KEY]),
        ("a.py", "C = 1\nclient_secret = other_name_2\n", &[]),
        (
            "a.jsonl",
            &format!("{{\"a\":\"{}\",\"b\":\"PGPASSWORD=Fjord14x psql\"}}", "x\",\"y".repeat(80)),
            &["Fjord14x"],
        ),
        (
            "a.jsonl",
            &format!("{{\"a\":\"{}\",\"b\":\"PGPASSWORD=Fjord14x psql\"}}", "x".repeat(300)),
            &["Fjord14x"],
        ),
        ("a.scala", "val j = s\"\"\"Plain user=\"dw\" password=\"hunter2\";\"\"\"", &["hunter2"]),
        ("a.js.map", r#"{"a":["url.password += codePoints;\n x"]}"#, &[]),
        ("a.xml", "    SecureString pwd = txtPwd.SecurePassword;", &[]),
    ]);
}

#[test]
fn devices_and_programs_have_forms_of_their_own() {
    check(&[
        ("network", &format!("config interface\n\toption private_key '{KEY}'"), &[KEY]),
        ("wireless", "config wifi-iface\n\toption key 'hunter2x'", &["hunter2x"]),
        ("a.cfg", &format!("tunnel-group x\n ikev1 pre-shared-key {KEY}"), &[KEY]),
        ("a.cfg", " ikev2 local-authentication pre-shared-key hunter2x", &["hunter2x"]),
        ("a.set", &format!("set security ike policy a pre-shared-key ascii-text {KEY}"), &[KEY]),
        ("a.conf", "set system tacplus-server 10.9.0.11 secret hunter2x", &["hunter2x"]),
        ("a.conf", &format!("if ($http_x_token != \"{HEX}\") {{ return 403; }}"), &[HEX]),
        ("a.json", &format!(r#""cookie": {{"keys": ["{KEY}", "{HEX}"]}}"#), &[KEY, HEX]),
        ("a.json", &format!(r#""map": {{"keys": ["{KEY}", "{HEX}"]}}"#), &[]),
        (
            "a.sql",
            "INSERT INTO u (a, password) VALUES\n('b', 'hunter2');\nINSERT INTO s VALUES ('c', 'd1'),\n('e', 'f2');",
            &["hunter2"],
        ),
        (
            "a.sql",
            "INSERT INTO s (name, value, a) VALUES ('x','y','z'),('smtp_password','hunter2','z');",
            &["hunter2"],
        ),
        ("a.conf", &format!("spark.authenticate.secret        {KEY}"), &[KEY]),
        ("a.yml", &format!("xpack.encryptedSavedObjects.encryptionKey: {HEX}"), &[HEX]),
        ("a.psk", "[Security]\nPassphrase=copper puffin drizzle\n", &["copper puffin drizzle"]),
        (
            "a.xml",
            "<String><Key>Password</Key><Value ProtectInMemory=\"True\">hunter2</Value></String>",
            &["hunter2"],
        ),
    ]);
}

#[test]
fn words_that_a_person_picked_are_told_from_those_of_code() {
    check(&[
        ("a.py", r#"password = "hello""#, &["hello"]),
        ("a.rb", "password: 'Ruby.Slippers5'", &["Ruby.Slippers5"]),
        ("a.rb", "password: 'Config.Password5'", &[]),
        (".env", "DB_PASSWORD=bluebird.lavender.tulip", &["bluebird.lavender.tulip"]),
        ("a.yml", "password: config.database.password", &[]),
        ("a.yml", "password: vault.internal.corp", &[]),
        ("a.md", "The admin password is raccoon16.", &["raccoon16"]),
        ("a.md", "The admin password is version2.", &[]),
        ("a.md", "The old account (root / raccoon16) still works.", &["raccoon16"]),
        ("a.md", "admin / users2024", &[]),
        ("a.txt", "password    raccoon16", &["raccoon16"]),
        ("a.sh", "tool --password otter-velvet-cherry -q", &["otter-velvet-cherry"]),
        ("a.sh", "tool --password config-map-name -q", &[]),
        ("a.js", "session({ secret: 'otter-velvet-sunrise' })", &["otter-velvet-sunrise"]),
        ("a.js", "cookieParser('salty caramel popcorn')", &["salty caramel popcorn"]),
        (".env", "JWT_SECRET=walnut-lantern-marble", &["walnut-lantern-marble"]),
        ("a.yml", "    secret: walnut-lantern-tls", &[]),
        ("a.conf", "secret = Quartz-hammer7", &["Quartz-hammer7"]),
        ("a.py", "SECRET_KEY = 'bluemango76'", &["bluemango76"]),
        ("a.py", "app.secret_key = 'bibliotheksmaus'", &["bibliotheksmaus"]),
        ("a.cs", "string saveKey = \"kQ8!vN2$wTz5@xR7\";", &["kQ8!vN2$wTz5@xR7"]),
        ("a.js", "  password: 'Wachtwoord',", &[]),
        ("a.py", "AES_SECRET_KEY: str = \"fillmein\"", &[]),
        ("a.pl", "$_key=\"16*$SZ+3*8(%rsp)\";", &[]),
        ("a.sql", "insert into items (name,key) values ('a','f5.cpu.1m[{#HOST.ID},{#CPU}]');", &[]),
        ("a.js", "{ encryptionKey: 'Zentra2018#' }", &["Zentra2018#"]),
        ("a.js", "{ encryptionKey: 'aes-256-gcm' }", &[]),
        ("a.js", "{ sessionKey: 'user_session_1' }", &[]),
        ("a.tf", "signing_key = \"key-v2-2024\"", &[]),
        ("a.yml", "      JWT_SECRET: anchor-mango-walnut", &["anchor-mango-walnut"]),
        ("a.sh", "mysqldump -u joe -pquartzmango db", &["quartzmango"]),
        ("a.sh", "mysqldump -u joe -pyourpassword db", &[]),
        ("a.md", "password: Spring2018", &["Spring2018"]),
        ("a.xml", "--set-credential=firstboot.locale:de_DE.UTF-8", &[]),
    ]);
}

#[test]
fn names_and_values_of_something_else_are_told() {
    check(&[
        ("a.nim", "{.passL: \"-liconv\".}", &[]),
        ("a.md", "nim c --passC=\"-I$HOME/include\" x.nim", &[]),
        ("a.json", r#""DkimTokens": [ "vvjuipp74whm76gqoni7qmwwn4w4qusjiainivf6sf","#, &[]),
        ("a.json", r#""clientRequestToken": "1d2129a1-3d38-460a-9756-e5b91fddb951","#, &[]),
        ("a.py", "if user.password == \"LDAP\":", &[]),
        ("a.php", "'site_key' => '6LeIxAcTAAAAAJcZVRqyHh71_NEW',", &[]),
        ("a.yml", "docker_repokey: '9DC858229FC7DD38854AE2D88D81803C0EBFCD88'", &[]),
        ("a.py", "cached_token_key = '048db75bbe50955c16af7aba6ff9c41a3131bb7e'", &[]),
        ("a.ts", "key: 'DDMMYYYY_TIME_12H',", &[]),
        ("a.js", "x={tokenData:\"j~RRXY[]^[pq[~aR]~XY[]^[pq[\",a:1}", &[]),
        ("a.html", "gtm.js?id=1&gtm_auth=GcQr-req3ei_47Fp3cGapg&gtm_preview=env-2", &[]),
        ("a.json", "\"a\":\"<p>a user's thing identified by relationalDatabaseName.</p>\"", &[]),
        (".gitconfig", "[user]\n\tsigningkey = 3B1C9F27D1A4E880", &[]),
        ("a.ts", "errors: { token: 'Token abgelaufen' }", &[]),
        ("a.py", "\"UPDATE users SET password = ':password_hash'\"", &[]),
        ("a.c", "const char *kPasswordEnv = \"PGPASSFILE\";", &[]),
        ("a.sh", "vault kv put secret/db password=@pw.txt", &[]),
        ("a.vcf", "KEY:OPENPGP4FPR:8CA67B560A1B2C3D4E5F60718293A4B5C6D7E8F9", &[]),
        ("a.yml", "nuget_key: { secure: 7Xo1pA/kkf0rI4nL5QmTbvYx2Wd0a3hC }", &[]),
        ("a.json", &format!(r#"{{"encrypted":{{"token":"{KEY}{KEY}"}}}}"#), &[]),
        ("a.json", r#""token": "QA-DJ1IYUTG","#, &[]),
        ("a.json", r#""token": "X7K2-9QPL-M4TW","#, &["X7K2-9QPL-M4TW"]),
        ("a.py", &format!("CACHE_API_KEY = '{HEX}'"), &[HEX]),
        ("a.yml", &format!("repo_key: {KEY}"), &[KEY]),
        ("a.yml", "kind: Secret\ndata:\n  batman: anVzdGljZXJ1bg==", &["anVzdGljZXJ1bg=="]),
        ("a.json", &format!(r#""token": "call_{KEY}|fc_{HEX}","#), &[]),
        ("a.json", r#""zonetoken": "6a3bfa26-67cd-3ff2-867e-20e86b211bb1","#, &[]),
        ("a.go", &format!("BundleKey: `{{\"SignedEntryTimestamp\":\"MEUC{KEY}{KEY}\"}}`"), &[]),
        ("a.cpp", "\"Basic key=value1, Bearer key=value22, Digest key=value3\"", &[]),
        ("a.py", "# a false pass: `refusals1` is empty", &[]),
        ("a.lua", "password = 'expected a string',", &[]),
        ("a.html", &format!("<input name=\"__RequestVerificationToken\" value=\"{KEY}\">"), &[]),
        ("a.cc", "\"CREATE ROLE joe WITH HASHED PASSWORD = 'myhash1'\"", &[]),
        ("a.yml", "kind: Secret\ndata:\n  log-level: aW5mb3JtYXRpb25hbA==", &[]),
        ("a.yml", &format!("api-token: AgBT{}", "q8ZtR2mW5v".repeat(40)), &[]),
        ("a.properties", r"Demo.pepper=\u3068\u3046\u304C\u3089\u3057", &[]),
        ("a.yml", "waterway=fish_pass: DE:Tag:waterway=fish pass", &[]),
        ("a.go", &format!("ClientToken: \"hmac-sha256:{HEX}{HEX}\","), &[]),
        ("a.json", &format!("\"signingKey\": \"xpub6{}\"", "DAbghfuRCW6Qqr3KfSDj".repeat(5)), &[]),
        ("a.rs", "// Split into arrays in one pass: `for_each_in_batch` needs it", &[]),
        ("a.txt", "- a fix for use of 'mkpasswd' [Joe Doe]", &[]),
        (
            "a.swift",
            "// the resource tags with user access to the resource identified by itsName1. For",
            &[],
        ),
        ("a.swift", "case saslScram512Auth = \"SaslScram512Auth\"", &[]),
        ("a.js", "service_account_token: 'eyJhbGciOiJSUzI1NiIsImtpZCI6Imlr',", &[]),
        ("a.cpp", "const OID key_bag_oid = OID::from_string(\"PKCS12.PKCS8ShroudedKeyBag\");", &[]),
        ("a.conf", "PassEnvironment=https_proxy2 http_proxy", &[]),
        ("a.py", "PASS = \"PASSWORD|-PASS\"", &[]),
        (
            "a.cpp",
            "uint8_t KEY_GEN[] = {0x6B, 0x65, 0x79, 0x20, 0x65, 0x78, 0x70, 0x61, 0x6E};",
            &[],
        ),
        ("a.txt", "token_accessor       oQOSpQyyOapDhwQxRlRBCRYt", &[]),
    ]);
}

#[test]
fn other_languages_say_what_follows() {
    check(&[
        ("a.txt", "hasło: Fjord14$", &["Fjord14$"]),
        ("a.txt", "Hasło do bazy danych: Fjord14$", &["Fjord14$"]),
        ("a.txt", "hasło do bazy danych: wymagane", &[]),
        ("a.txt", &format!("API-Schlüssel: {HEX}"), &[HEX]),
        ("a.txt", "Schlüssel: eindeutig12", &[]),
        ("a.txt", &format!("clé API : {KEY}"), &[KEY]),
        ("a.txt", &format!("токен: {HEX}"), &[HEX]),
        ("a.txt", &format!("密钥：{KEY}"), &[KEY]),
        ("a.txt", "密码是 Fjord14x", &["Fjord14x"]),
        ("a.txt", "パスワードは「Fjord14x」です。", &["Fjord14x"]),
        ("a.txt", "Пароль от базы: Fjord14!", &["Fjord14!"]),
        ("a.txt", "Das Passwort lautet Fjord-6952 und gilt.", &["Fjord-6952"]),
        ("a.txt", "Passwort für das Archiv ist Fjord-6952!", &["Fjord-6952!"]),
        ("a.txt", "La password è Margherita91!", &["Margherita91!"]),
        ("a.md", "log in as `joe` with the password Fjord2018 and go on", &["Fjord2018"]),
        ("a.json", r#"{"text":"*Password:* Fjord14#","ts":"1"}"#, &["Fjord14#"]),
        ("a.html", "<p>your password is <b>Fjord2020</b></p>", &["Fjord2020"]),
        ("a.html", "<p>your password is <b>too short</b></p>", &[]),
    ]);
}

#[test]
fn what_people_choose_is_found_between_dots_and_in_calls() {
    check(&[
        ("a.yml", "password: Tawny.Feather", &["Tawny.Feather"]),
        ("a.yml", "password: Values.dbPassword", &[]),
        ("a.xml", "<password>galo.de.Barcelos</password>", &["galo.de.Barcelos"]),
        ("a.properties", "db.password=com.acme.Login", &[]),
        ("a.yml", "become_pass: 'Torenvalk 12'", &["Torenvalk 12"]),
        ("a.yml", "become_pass: 'Section 12'", &[]),
        ("a.conf", "QDRANT_API_KEY=moerbei-taart-42", &["moerbei-taart-42"]),
        ("a.conf", "ADMIN_TOKEN=Bergeend-Slik-7", &["Bergeend-Slik-7"]),
        ("a.conf", "API_KEY=cluster-prod-42", &[]),
        ("a.conf", "LDAP_BIND_CREDENTIALS=Paling-Rivier2", &["Paling-Rivier2"]),
        ("a.conf", "NEO4J_AUTH=neo4j/Zand/loper_3", &["Zand/loper_3"]),
        (
            "a.conf",
            "AUTHENTICATION_APIKEY_ALLOWED_KEYS=fjord-lake,q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf",
            &["q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf"],
        ),
        (
            "a.jmx",
            "<elementProp name=\"password\" elementType=\"HTTPArgument\">\n<stringProp \
             name=\"Argument.value\">Quire-Ream500</stringProp>\n</elementProp>",
            &["Quire-Ream500"],
        ),
        ("a.yml", "REDIS_AUTH: rosmarin2redis", &["rosmarin2redis"]),
        (
            "a.yml",
            "api-key:\n  - mistral=q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf\n",
            &["q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf"],
        ),
        ("a.yml", "auth: neo4j/Zandloper_3xy", &["Zandloper_3xy"]),
        ("a.json", "{\"text\":\"login for it is buero@hof.de / Steuer!2024b\"}", &["Steuer!2024b"]),
        (
            "a.conf",
            "APP_KEY=base64://KYVrgcAtO4ilnfERNTAi36v6hEZtuu52kqp8Siwog=",
            &["base64://KYVrgcAtO4ilnfERNTAi36v6hEZtuu52kqp8Siwog="],
        ),
        ("a.conf", "ALLOWED_KEYS=name,created_at,updated_at", &[]),
        ("sip.conf", "register => 00331:tR8xk2Wq@sip.corp.io/100", &["tR8xk2Wq"]),
        ("a.sql", "EXEC sp_addlogin 'clerk', 'Kippers4Tea', 'fish';", &["Kippers4Tea"]),
        ("a.bas", "If sPassword <> \"kompot1989\" Then", &["kompot1989"]),
        ("a.md", "the db password is 0ctopus_Well don't share", &["0ctopus_Well"]),
        ("a.md", "the db password is Base64 encoded there", &[]),
        (
            "a.py",
            "h = {\"Authorization\": \"Key 18149e7f-8870-4903-b597-305b118932b3:a74f517c6168e5da423f15105573bce0\"}",
            &["18149e7f-8870-4903-b597-305b118932b3:a74f517c6168e5da423f15105573bce0"],
        ),
        ("a.conf", "CHROMA_CLIENT_AUTH=admin:Baardman!2", &["Baardman!2"]),
        ("a.conf", "CHROMA_CLIENT_AUTH=admin:readonly", &[]),
        ("a.py", "launch(auth=[(\"joe\", \"Buizerd.77\"), (\"ann\", \"x\")])", &["Buizerd.77"]),
        (
            "a.py",
            "c[\"JWT_SECRET_KEY\"] = \"the-otter-swims-at-noon\"",
            &["the-otter-swims-at-noon"],
        ),
        ("a.py", "c[\"JWT_SECRET_KEY\"] = \"the-name-of-the-key\"", &[]),
        (
            "a.cs",
            "new DirectoryEntry(\"LDAP://a\", @\"CORP\\joe\", \"Helvellyn_950\")",
            &["Helvellyn_950"],
        ),
        (
            "a.ts",
            "{ credential: \"q8ZtR2mW5vKxLp93/Qw7NbM4tY6s=\" }",
            &["q8ZtR2mW5vKxLp93/Qw7NbM4tY6s="],
        ),
        ("a.txt", "Passwort:   Sch1ldkroete&Salat", &["Sch1ldkroete&Salat"]),
        ("a.txt", "password=Sch1ldkroete&user=joe", &["Sch1ldkroete"]),
        ("a.sql", "ALTER ROLE joe WITH PASSWORD E'b1lby77x';", &["b1lby77x"]),
        ("a.py", "app.secret_key = b'_7#z2L\"F4Q8y\\n\\xec]/'", &["_7#z2L\"F4Q8y\n\\xec]/"]),
        ("a.py", "app.secret_key = b'_5#y2L\"F4Q8z\\n\\xec]/'", &[]),
        ("a.sh", "mysqladmin -u root password 'Schwarzwald/8'", &["Schwarzwald/8"]),
        (
            "a.sh",
            "curl -u :q8zt2mw5vkxlp93qw7nb4ch9stgyd61 https://a.io",
            &["q8zt2mw5vkxlp93qw7nb4ch9stgyd61"],
        ),
        ("a.py", "Neo4jGraph(\"bolt://db:7687\", \"neo4j\", \"Zandloper_3\")", &["Zandloper_3"]),
        ("a.py", "create_user(\"joe\", \"joe@corp.io\", \"lofoten1962\")", &["lofoten1962"]),
        ("a.py", "hmac.compare_digest(token, \"q8ZtR2mW5vKxLp93Qw7N\")", &["q8ZtR2mW5vKxLp93Qw7N"]),
        (
            "a.go",
            "DefaultAzureConfig(\"8fe4d820587c427d5cc207d75cb76f3c\", \"https://a.io\")",
            &["8fe4d820587c427d5cc207d75cb76f3c"],
        ),
    ]);
}
