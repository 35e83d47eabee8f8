//! The forms of files and calls in which values stand, as a table.

use super::check;

#[test]
fn the_place_of_an_argument_tells_a_password_and_a_key() {
    check(&[
        ("a.php", "$c = mysqli_connect('localhost', 'joe', 'hunter2', 'db');", &["hunter2"]),
        ("a.php", "$c = new PDO('mysql:host=db', 'joe', 'hunter2');", &["hunter2"]),
        ("a.php", "$c = new PDO('mysql:host=db', 'joe', $password);", &[]),
        ("A.java", r#"DriverManager.getConnection(url, "joe", "hunter2");"#, &["hunter2"]),
        ("A.java", r#"DriverManager.getConnection(url, "joe", "password");"#, &[]),
        ("a.py", "server.login(user, 'hunter2')", &["hunter2"]),
        ("a.py", "s.login('joe@corp.io', 'hunter2')", &["hunter2"]),
        ("a.py", "client.login('joe', 'hunter2')", &["hunter2"]),
        ("a.py", "client.login(locale, 'hunter2')", &[]),
        ("a.cs", r#"await userManager.CreateAsync(user, "Hunter2!");"#, &["Hunter2!"]),
        ("a.cs", r#"client.Authenticate("joe", "hunter2");"#, &["hunter2"]),
        ("a.go", r#"smtp.PlainAuth("", "joe", "hunter2", host)"#, &["hunter2"]),
        ("a.js", "new Sequelize('db', 'joe', 'hunter2', {dialect: 'mysql'})", &["hunter2"]),
        ("a.js", "jwt.sign({id: 1}, 'q8ZtR2mW5vKxLp93')", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "jwt.sign({id: 1}, 'secret')", &[]),
        ("a.js", "algoliasearch('B1G2GM9NG0', 'q8ZtR2mW5vKxLp93')", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "algoliasearch('B1G2GM9NG0', searchKey)", &[]),
        ("a.go", r#"token.SignedString([]byte("q8ZtR2mW5vKxLp93"))"#, &["q8ZtR2mW5vKxLp93"]),
        ("A.java", r#"signer.signWith(HS256, "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "requests.get(url, auth=('joe', 'hunter2'))", &["hunter2"]),
        ("a.py", "requests.get(url, auth=('joe', password))", &[]),
        ("A.java", r#"store.setPassword("hunter2".toCharArray());"#, &["hunter2"]),
        ("A.java", r#"@Value("${db.password:hunter2}")"#, &["hunter2"]),
        ("A.java", r#"user.password("{noop}hunter2")"#, &["hunter2"]),
        ("a.c", r#"char password[32] = "hunter2";"#, &["hunter2"]),
        ("a.c", "char password[32] = {0};", &[]),
        ("a.go", r#"const password string = "hunter2""#, &["hunter2"]),
        ("a.sql", "DECLARE @password varchar(50) = N'hunter2';", &["hunter2"]),
        ("a.bicep", "param adminPassword string = 'hunter2'", &["hunter2"]),
        ("a.jsx", r#"<Input.Password placeholder="Code1" />"#, &[]),
        ("a.py", r#"run("SELECT password FROM t WHERE name = 'joe1'")"#, &[]),
        ("a.go", r#"flag.String("password", "hunter2", "of the database")"#, &["hunter2"]),
        ("a.py", "parser.add_argument('--password', default='hunter2')", &["hunter2"]),
        ("a.py", "parser.add_argument('--password', help='of joe1')", &[]),
        ("A.java", r#"Map.of("user", "joe", "password", "hunter2")"#, &["hunter2"]),
        ("a.py", "password: str = Field(default='hunter2')", &["hunter2"]),
        ("a.tf", r#"tunnel1_preshared_key = "hunter2""#, &["hunter2"]),
        ("build.gradle", "    storePassword 'hunter2'", &["hunter2"]),
        ("build.gradle", "    storePassword project.password", &[]),
        (
            "build.gradle",
            "a { storePassword 'hunter2'\n keyPassword 'hunter3' }",
            &["hunter2", "hunter3"],
        ),
        (
            "build.gradle",
            r#"buildConfigField "String", "API_KEY", '"q8ZtR2mW5vKxLp93"'"#,
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.py", r#"run(["redis-server", "--requirepass", "hunter2", "-v"])"#, &["hunter2"]),
        ("a.py", r#"flags = ["--password", "--token"]"#, &[]),
        ("a.rb", "senha = 'hunter2'", &["hunter2"]),
        ("a.rb", "contrasena = 'hunter2'", &["hunter2"]),
        ("a.conf", "bindpw hunter2", &["hunter2"]),
        ("A.java", r#"env.put(Context.SECURITY_CREDENTIALS, "hunter2");"#, &["hunter2"]),
        ("A.java", r#"Algorithm.HMAC256("q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("A.java", r#"Keys.hmacShaKeyFor("q8ZtR2mW5vKxLp93".getBytes())"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.py", r#"s = URLSafeTimedSerializer("q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.rb", "ActiveSupport::MessageVerifier.new('q8ZtR2mW5vKxLp93')", &["q8ZtR2mW5vKxLp93"]),
        ("a.ino", r#"#define STAPSK "hunter2""#, &["hunter2"]),
    ]);
}

#[test]
fn values_are_found_where_each_language_binds_them() {
    check(&[
        ("a.vb", r#"Const DB_PASSWORD As String = "hunter2""#, &["hunter2"]),
        ("a.py", "password = ('hunter2')", &["hunter2"]),
        ("a.py", "password = ('joe1', 'joe2')", &[]),
        ("a.py", "user, password = 'joe', 'hunter2'", &["hunter2"]),
        ("a.py", "user, password = load('joe1', 'joe2')", &[]),
        ("a.cc", r#"const std::string password{"hunter2"};"#, &["hunter2"]),
        ("a.cs", r#"public string Password { get; set; } = "hunter2";"#, &["hunter2"]),
        ("a.cs", "public string Password { get; set; }", &[]),
        ("a.c", r#"strcpy(password, "hunter2");"#, &["hunter2"]),
        ("a.c", r#"strcmp(password, "hunter2");"#, &["hunter2"]),
        ("a.erl", r#"-define(PASSWORD, "hunter2")."#, &["hunter2"]),
        ("a.clj", r#"(def api-key "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.el", r#"(setq smtp-password "hunter2")"#, &["hunter2"]),
        ("a.el", r#"(defun password "hunter2")"#, &[]),
        ("a.ex", r#"@password "hunter2""#, &["hunter2"]),
        ("a.exs", r#"config :app, :api_token, "q8ZtR2mW5vKxLp93""#, &["q8ZtR2mW5vKxLp93"]),
        ("a.rb", "set :session_secret, 'q8ZtR2mW5vKxLp93'", &["q8ZtR2mW5vKxLp93"]),
        ("a.rb", "validates :password, 'hunter2'", &[]),
        ("a.rb", "http.basic_auth 'joe', 'hunter2'", &["hunter2"]),
        ("a.rb", "# http.basic_auth 'joe', 'hunter2'", &[]),
        ("a.rb", "ENV.fetch('DB_PASSWORD') { 'hunter2' }", &["hunter2"]),
        ("a.rb", "let(:password) { 'hunter2' }", &[]),
        ("a.tcl", r#"set password "hunter2""#, &["hunter2"]),
        ("a.rs", r#"env::var("DB_PASS").unwrap_or("hunter2".to_string())"#, &["hunter2"]),
        (
            "a.rs",
            r#"let password = env::var("X").unwrap_or_else(|_| "hunter2".into());"#,
            &["hunter2"],
        ),
        ("a.js", "connect(process.env.DB_PASSWORD || 'hunter2')", &["hunter2"]),
        ("a.sql", "SELECT name || password || 'hunter2'", &[]),
        ("a.py", "os.environ.get('DB_PASSWORD') or 'hunter2'", &["hunter2"]),
        ("a.js", "/* password: 'hunter2' */", &["hunter2"]),
        (
            "a.swift",
            r#"r.setValue("q8ZtR2mW5vKxLp93", forHTTPHeaderField: "X-API-Key")"#,
            &["q8ZtR2mW5vKxLp93"],
        ),
        (
            "a.m",
            r#"[r setValue:@"q8ZtR2mW5vKxLp93" forHTTPHeaderField:@"X-API-Key"];"#,
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.swift", r#"r.setValue(key, forHTTPHeaderField: "X-API-Key")"#, &[]),
        ("a.kt", r#"mapOf("password" to "hunter2")"#, &["hunter2"]),
        ("a.kt", r#"mapOf("password" to given2)"#, &[]),
        (
            "A.java",
            r#"@ConfigProperty(name = "db.password", defaultValue = "hunter2") String p;"#,
            &["hunter2"],
        ),
        ("A.java", r#"given().auth().basic("joe", "hunter2").get("/");"#, &["hunter2"]),
        ("a.py", "Connection(server, 'cn=admin,dc=x', 'hunter2')", &["hunter2"]),
        ("a.exs", r#"put_env(:app, :api_key, "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.go", r#"{Name: "API_KEY", Value: "q8ZtR2mW5vKxLp93"},"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "h.Authorization = 'Basic ' + btoa('joe:hunter2');", &["hunter2"]),
        (
            "A.java",
            r#"a = "Basic " + encoder.encodeToString("joe:hunter2".getBytes());"#,
            &["hunter2"],
        ),
        ("A.java", r#"a = "Basic " + encoder.encodeToString((u + ":" + p).getBytes());"#, &[]),
        ("a.rs", r#"client.basic_auth("joe", Some("hunter2"))"#, &["hunter2"]),
        ("A.java", r#"AuthTokens.basic("neo4j", "hunter2")"#, &["hunter2"]),
        ("A.java", r#"ks.load(in, "hunter2".toCharArray());"#, &["hunter2"]),
        ("a.rs", r#"EncodingKey::from_secret("q8ZtR2mW5vKxLp93".as_ref())"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "ftp = ftplib.FTP('ftp.corp.io', 'joe', 'hunter2')", &["hunter2"]),
        ("a.py", "client.username_pw_set('joe', 'hunter2')", &["hunter2"]),
        ("a.kt", r#"auth.signInWithEmailAndPassword("joe@corp.io", "hunter2")"#, &["hunter2"]),
        ("A.java", r#"jedis.auth("hunter2");"#, &["hunter2"]),
        ("A.java", r#"jedis.auth("joe1", "hunter2");"#, &["hunter2"]),
        ("A.java", r#"jedis.auth("joe1", "wrongpass");"#, &[]),
        ("A.java", r#"new SecretKeySpec(key, "HmacSHA256")"#, &[]),
        // On the next line.
        ("a.js", "x = {\r\n  password:\r\n    'hunter2',\r\n}", &["hunter2"]),
        ("a.md", " + password: 'hunter2'\n + user: joe", &["hunter2"]),
        ("a.py", "class Password:\n    'hunter2'", &[]),
        ("a.py", "password =\n    load('hunter2')", &[]),
    ]);
}

#[test]
fn values_are_found_in_the_forms_of_configuration() {
    check(&[
        ("a.yml", "password: &db hunter2", &["hunter2"]),
        ("a.yml", "password: !!str hunter2", &["hunter2"]),
        ("a.yml", "password: |-\n  hunter2\nuser: joe", &["hunter2"]),
        ("a.yml", "password: >\n  hunter2\n  and more\n", &[]),
        ("a.yml", "password: !vault |\n  hunter2\n", &[]),
        ("a.yml", r#"password: "{{ given | default('hunter2') }}""#, &["hunter2"]),
        ("a.yml", "password: {{ .Values.given | default \"hunter2\" }}", &["hunter2"]),
        ("a.yml", "password: {{ given | default(other) }}", &[]),
        ("a.yml", "password: <%= ENV['PASSWORD'] || 'hunter2' %>", &["hunter2"]),
        (
            "a.yml",
            "kind: Secret\nstringData:\n  extra: wintxr2031\n  host: db1.internal\n",
            &["wintxr2031"],
        ),
        ("a.yml", "kind: ConfigMap\nstringData:\n  extra: hunter2\n", &[]),
        (
            "a.tf",
            "variable \"db_password\" {\n  type = string\n  default = \"hunter2\"\n}",
            &["hunter2"],
        ),
        (
            "a.tf",
            "variable \"db_password\" {\n  type = string\n}\nx = {\n  default = \"hunter2\"\n}",
            &[],
        ),
        ("a.json", r#"{"secret" : [ "q8ZtR2mW5vKxLp93" ]}"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.json", r#"{"password": ["minLength8", "digits1"]}"#, &[]),
        ("a.xml", "<name>db.password</name>\n<value>hunter2</value>", &["hunter2"]),
        (
            "a.xml",
            "<param-name>password</param-name> <param-value>hunter2</param-value>",
            &["hunter2"],
        ),
        ("a.xml", "<name>password</name>\n<description>hunter2</description>", &[]),
        (
            "a.json",
            r#"{"adminPassword": {"type": "string", "defaultValue": "hunter2"}}"#,
            &["hunter2"],
        ),
        ("a.json", r#"{"password": {"type": "string"}, "value": "hunter2"}"#, &[]),
        ("a.yml", "  DBPassword:\n    Type: String\n    Default: hunter2\n", &["hunter2"]),
        ("a.yml", "password: # of the database\n  value: hunter2\n", &["hunter2"]),
        ("a.yml", "password: ask\n  value: hunter2\n", &[]),
        ("a.yml", "  DBPassword:\n    Type: String\n  Other:\n    Default: hunter2\n", &[]),
        ("a.conf", "set password hunter2", &["hunter2"]),
        ("a.cfg", "  user joe password hunter2", &["hunter2"]),
        ("a.cfg", "  the user must know the password hunter2", &[]),
        (
            "a.xml",
            r#"<setting name="Password" serializeAs="String"><value>hunter2</value></setting>"#,
            &["hunter2"],
        ),
        ("a.yml", "args:\n  - --requirepass\n  - hunter2\n", &["hunter2"]),
        ("a.yml", "args:\n  - --requirepass\n  - --port\n", &[]),
        ("a.yml", "args:\n  - \"--requirepass\"\n  - \"hunter2\"\n", &["hunter2"]),
        ("a.plist", "<key>password</key>\n<string>hunter2</string>", &["hunter2"]),
        ("a.xml", "<password><![CDATA[hunter2]]></password>", &["hunter2"]),
        ("a.xml", "<Password>\n  <Value>hunter2</Value>\n</Password>", &["hunter2"]),
        (".fetchmailrc", "poll mail.corp.io user joe password hunter2", &["hunter2"]),
        ("msmtprc", "password hunter2", &["hunter2"]),
        ("a.md", "**Password:** hunter2", &["hunter2"]),
        ("a.md", "**Password**: required", &[]),
        ("a.md", "- **FR2 PASS:** `Config2` accepts it", &[]),
        ("a.sql", "INSERT INTO users (name, password) VALUES ('joe', 'hunter2');", &["hunter2"]),
        (
            "a.sql",
            "INSERT INTO `users` (`id`, `password`, `mail`) VALUES\n(1, 'hunter2', 'a,b'),\n(2, 'wintxr2031', 'c');",
            &["hunter2", "wintxr2031"],
        ),
        ("a.sql", "INSERT INTO users (password) VALUES ('07d99b630411d35fd9047a532d53dda7');", &[]),
        ("a.sql", "INSERT INTO users (name, password) VALUES (?, ?);", &[]),
        ("A.java", r#"run("INSERT INTO t (password) VALUES ('" + given1 + "')");"#, &[]),
        ("user-data", "#cloud-config\npassword: hunter2\n", &["hunter2"]),
        ("a.sql", "CREATE DATABASE LINK x CONNECT TO joe IDENTIFIED BY hunter2;", &["hunter2"]),
    ]);
}

#[test]
fn values_are_found_in_rows_and_in_the_settings_of_more_programs() {
    check(&[
        ("a.sql", "INSERT INTO t VALUES (12, 'smtp_password', 'hunter2', 1);", &["hunter2"]),
        ("a.sql", "INSERT INTO t VALUES (12, 'smtp_password', 'Your password2 is', 1);", &[]),
        ("a.js", "f(12, 'smtp_password', 'hunter2', 1);", &[]),
        (
            "a.sql",
            "INSERT INTO t (id, api_key) VALUES (1, 'q8ZtR2mW5vKxLp93');",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.yml", "NEO4J_AUTH: neo4j/hunter2", &["hunter2"]),
        (".env", "BASIC_AUTH=joe:hunter2", &["hunter2"]),
        (".env", "AUTH=joe:hunter2", &[]),
        ("a.yml", "password: ${PASSWORD:?required1}", &[]),
        ("a.properties", "spring.mail.password=qzxw vbjt rkyq plxk", &["qzxw vbjt rkyq plxk"]),
        ("a.properties", "spring.mail.password=some text here that", &[]),
        (
            "a.tf",
            "  name  = \"/prod/db/password\"\n  type  = \"String\"\n  value = \"hunter2\"\n}",
            &["hunter2"],
        ),
        ("a.tf", "  name  = \"db_password\"\n}\n  value = \"hunter2\"\n", &[]),
        ("a.tfstate", r#"{"db_password": {"value": "hunter2", "type": "string"}}"#, &["hunter2"]),
        ("a.conf", "ldap_default_authtok = hunter2", &["hunter2"]),
        ("a.cfg", "enable password hunter2", &["hunter2"]),
        ("a.cfg", "enable password 7 0822455D0A16", &["0822455D0A16"]),
        ("a.cfg", " neighbor 10.0.0.2 password hunter2", &["hunter2"]),
        ("a.md", "as `joe` with the password `hunter2`.", &["hunter2"]),
        ("a.md", "with the password `field`.", &[]),
    ]);
}

#[test]
fn values_are_found_where_formatters_and_terminals_put_them() {
    check(&[
        ("a.py", "PASSWORD = (\n    \"hunter2\"\n)", &["hunter2"]),
        ("a.py", "PASSWORD = (\"hunter2\"\n            )", &["hunter2"]),
        ("a.py", "password = \\\n    'hunter2'\n", &["hunter2"]),
        ("a.js", "const password =\n  'hunter2';", &["hunter2"]),
        ("a.js", "const password =\n  'hunter2' + given;", &[]),
        ("A.java", "String password =\n    \"hunter2\"\n    + rest;", &[]),
        ("A.java", "x.setPassword(\n    \"hunter2\");", &["hunter2"]),
        ("a.js", "x.setProperty(\n  'API_PASSWORD',\n  'hunter2'\n)", &["hunter2"]),
        ("a.js", "x = {'API_PASSWORD',\n  'hunter2'\n}", &[]),
        ("a.json", "{\"password\":\n  \"hunter2\"\n}", &["hunter2"]),
        ("a.json", "{\"passwords\":\n  {\"a\": \"hunter2\"}}", &["hunter2"]),
        ("a.py", "password = \"\"\"\nhunter2\n\"\"\"", &["hunter2"]),
        ("a.py", "password = \"\"\"\nhunter2\nand more\n\"\"\"", &[]),
        ("a.rs", "let password = r#\"hunter2\"#;", &["hunter2"]),
        ("a.rs", "let password = r##\"hun\"#ter2\"##;", &["hun\"#ter2"]),
        ("a.cc", "auto password = R\"(hunter2)\";", &["hunter2"]),
        ("a.log", "\x1b[32mDB_PASSWORD=hunter2\x1b[0m", &["hunter2"]),
        ("a.log", "\x1b[1;32mDB_PASSWORD\x1b[0m=\x1b[33mhunter2\x1b[0m", &["hunter2"]),
        ("a.log", "{ password: \x1b[32m'hunter2'\x1b[39m }", &["hunter2"]),
        ("a.json", r#"{"o": "\u001b[32mDB_PASSWORD=hunter2\u001b[0m"}"#, &["hunter2"]),
        ("a.log", "\x1b[32m5pw= 49a16\x1b[0m", &[]),
        ("a.tf", "  x = <<EOT\n    export DB_PASSWORD=hunter2\n  EOT\n", &["hunter2"]),
        ("a.js", "export password = hunter2", &[]),
        ("a.yml", "- {name: DB_PASSWORD, value: hunter2}", &["hunter2"]),
        ("a.yml", "- name: X_KEY\n  value: q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
    ]);
}

#[test]
fn values_are_found_below_the_head_of_their_column() {
    check(&[
        ("a.md", "| User | Password |\n|---|---|\n| joe | `hunter2` |\n", &["hunter2"]),
        ("a.md", "| User | Password |\n| joe | hunter2 |\n", &[]),
        ("a.md", "| Option | Password |\n|---|---|\n| -p | what to send |\n", &[]),
        ("a.csv", "user,password\njoe,hunter2\njim\n", &["hunter2"]),
        ("a.csv", "\"user\";\"password\"\r\n\"joe\";\"hunter2\"\r\n", &["hunter2"]),
        ("a.tsv", "user\tpassword\tage\njoe\thunter2\t4\n", &["hunter2"]),
        ("a.csv", "user,password\njoe,secret\n", &[]),
        ("a.txt", "user, and password\nSee page 2, and hunter2\n", &[]),
        (
            "a.sql",
            "COPY public.users (id, password, age) FROM stdin;\n1\thunter2\t4\n\\.\n2\tjoe22\t3\n",
            &["hunter2"],
        ),
        ("a.sql", "INSERT INTO t (name, value) VALUES ('smtp_password', 'hunter2');", &["hunter2"]),
    ]);
}

#[test]
fn values_are_found_in_more_calls_and_declarations() {
    check(&[
        ("a.py", "X = env('DB_PASSWORD', default='hunter2', cast=str)", &["hunter2"]),
        ("a.dart", "String.fromEnvironment('DB_PASSWORD', defaultValue: 'hunter2')", &["hunter2"]),
        ("a.py", "f('password', default='hunter2')", &[]),
        ("a.rs", r#"std::env::set_var("DB_PASSWORD", "hunter2");"#, &["hunter2"]),
        ("a.c", r#"setenv("DB_PASSWORD", "hunter2", 1);"#, &["hunter2"]),
        ("a.bat", "setx DB_PASSWORD hunter2 /M", &["hunter2"]),
        ("a.sh", "az login -u joe -p hunter2 --tenant x", &["hunter2"]),
        ("a.sh", "gh secret set X --body \"hunter2\"", &["hunter2"]),
        ("a.sh", "openssl enc -pass pass:hunter2 -in a", &["hunter2"]),
        ("a.cs", r#"new ClientSecretCredential(t, c, "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("build.sbt", r#"Credentials("Nexus", "n.corp.io", "joe", "hunter2")"#, &["hunter2"]),
        ("a.cbl", "       01 WS-PASSWORD PIC X(20) VALUE 'hunter2'.", &["hunter2"]),
        ("a.abap", "DATA(lv_password) = 'hunter2'.", &["hunter2"]),
        (
            "a.conf",
            "set system radius-server 10.0.0.2 secret \"q8ZtR2mW5vKxLp93\"",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.conf", "set x pre-shared-key ascii-text \"hunter2\"", &["hunter2"]),
        ("a.cfg", "radius-server host 10.1.1.1 key hunter2", &["hunter2"]),
        ("a.yml", "GITHUB_OAUTH: q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "{ password: bcrypt.hashSync('hunter2', 10) }", &["hunter2"]),
        ("a.php", "'password' => Hash::make('hunter2'),", &["hunter2"]),
        ("A.java", "m.setCipherKey(Base64.decode(\"q8ZtR2mW5vKxLp93\"));", &["q8ZtR2mW5vKxLp93"]),
        (
            "A.java",
            "byte[] key = Base64.getDecoder().decode(\"q8ZtR2mW5vKxLp93\");",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("A.java", "m.setPassword(config.read(\"hunter2\"));", &[]),
        ("A.java", "map.containsKey(\"q8ZtR2mW5vKxLp93\")", &[]),
        ("a.py", "load_private_key('ec_secp384r1_key.pem')", &[]),
        ("a.go", "NewSecret([]byte(\"joe2@corp.io\"))", &[]),
        ("A.java", "deleteToken(\"q8ZtR2mW5vKxLp93\")", &[]),
        ("a.ts", "secret: SecretValue.unsafePlainText('q8ZtR2mW5v')", &["q8ZtR2mW5v"]),
        ("a.sh", "npm config set //n.corp.io/:_authToken q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.sh", "git config --get token hunter2", &[]),
        (
            "a.sh",
            "aws ssm put-parameter --name x --type SecureString --value hunter2",
            &["hunter2"],
        ),
        ("a.sh", "echo hunter2 | kinit joe@CORP.IO", &["hunter2"]),
        ("a.conf", "SetEnv DB_PASS \"hunter2\"", &["hunter2"]),
        ("a.xml", "<wsse:Password Type=\"x#PasswordText\">hunter2</wsse:Password>", &["hunter2"]),
    ]);
}

#[test]
fn long_tokens_are_found_whole() {
    let token = "q8ZtR2mW5vKxLp93";
    let mut long = String::new();
    for at in 0..400_u32 {
        use std::fmt::Write as _;
        write!(long, "{token}{:x}", at.wrapping_mul(2_654_435_761)).unwrap();
    }
    for long in [&long, &long.replace('K', "@")] {
        check(&[("a.json", &format!("{{\"token\": \"{long}\"}}"), &[long])]);
    }
    let text = format!("X_TOKEN={long}\nY=1\n");
    check(&[(".env", &text, &[&long])]);
    let text = format!("{{\"token\": \"{long}");
    check(&[("a.py", &text.replace("{\"token\": ", "x = "), &[])]);
}

#[test]
fn what_stands_far_into_a_line_is_found() {
    use std::fmt::Write as _;
    for len in 1..40 {
        let mut head = String::new();
        for at in 0..30 {
            write!(head, "\"m{at}\": \"a {}\", ", "b".repeat(len)).unwrap();
        }
        let json = format!("{{{head}\"password\": \"hunter2\"}}");
        let script = format!("x = {{{head}password: 'hunter2'}}");
        let url = format!("x = {{{head}u: \"&password=\" + y + \"&z=1\"}}");
        check(&[
            ("a.json", &json, &["hunter2"]),
            ("a.js", &script, &["hunter2"]),
            ("a.js", &url, &[]),
        ]);
    }
}

#[test]
fn values_are_found_in_forms_of_single_languages() {
    check(&[
        ("a.pl", "$c{password} = 'hunter2';", &["hunter2"]),
        ("a.pl", "$self->{'password'} = \"hunter2\";", &["hunter2"]),
        ("a.pl", "$self->{password} = $_[0];", &[]),
        ("a.js", "const {password} = 'hunter2';", &[]),
        ("a.erl", "{password, <<\"hunter2\">>}.", &["hunter2"]),
        ("a.erl", "#{password => <<\"hunter2\">>}", &["hunter2"]),
        ("a.erl", "{password, undefined}. {password, \"topshelf\"}.", &[]),
        ("rabbitmq.config", "[{rabbit, [{default_pass, <<\"hunter2\">>}]}].", &["hunter2"]),
        ("a.robot", "${PASSWORD}    hunter2", &["hunter2"]),
        ("a.robot", "    Set Suite Variable    ${PASSWORD}    hunter2", &["hunter2"]),
        ("a.robot", "${PASSWORD}    %{PASSWORD}", &[]),
        ("a.txt", "${PASSWORD} hunter2", &[]),
        ("a.sh", "dotnet user-secrets set \"Smtp:Password\" \"hunter2\"", &["hunter2"]),
        ("a.sh", "dotnet user-secrets set Smtp:Password hunter2", &["hunter2"]),
        ("a.el", "(setenv \"DB_PASSWORD\" \"hunter2\")", &["hunter2"]),
        ("a.clj", "(System/setProperty \"db.password\" \"hunter2\")", &["hunter2"]),
        ("a.c", "puts(\"password\" \"hunter2\");", &[]),
        ("a.cmd", "set /p PASSWORD=Enter password1:", &[]),
        ("a.cmd", "set PASSWORD=hunter2", &["hunter2"]),
        ("a.yml", "vpn_psk: hunter2", &["hunter2"]),
        ("a.yml", "ciphers: 'HIGH:!PSK:!SRP1:!DSS'", &[]),
        ("a.yml", "password: Feathers.9", &["Feathers.9"]),
        ("a.yml", "token: Feathers.9", &[]),
        ("a.csv", "name,note,password\nann,\"a, b\",hunter2\n", &["hunter2"]),
        ("a.csv", "name,password\nann,\"hunt,er2\"\n", &["hunt,er2"]),
    ]);
}
