//! The forms of files and calls in which values stand, as a table.

use super::tests::check;

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
        ("a.py", "self.client.login('joe', 'hunter2')", &[]),
        ("a.go", r#"smtp.PlainAuth("", "joe", "hunter2", host)"#, &["hunter2"]),
        ("a.js", "new Sequelize('db', 'joe', 'hunter2', {dialect: 'mysql'})", &["hunter2"]),
        ("a.js", "jwt.sign({id: 1}, 'q8ZtR2mW5vKxLp93')", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "jwt.sign({id: 1}, 'secret')", &[]),
        ("a.go", r#"token.SignedString([]byte("q8ZtR2mW5vKxLp93"))"#, &["q8ZtR2mW5vKxLp93"]),
        ("A.java", r#"signer.signWith(HS256, "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "requests.get(url, auth=('joe', 'hunter2'))", &["hunter2"]),
        ("a.py", "requests.get(url, auth=('joe', password))", &[]),
        ("A.java", r#"store.setPassword("hunter2".toCharArray());"#, &["hunter2"]),
        ("A.java", r#"@Value("${db.password:hunter2}")"#, &["hunter2"]),
        ("A.java", r#"user.password("{noop}hunter2")"#, &["hunter2"]),
        ("a.c", r#"char password[32] = "hunter2";"#, &["hunter2"]),
        ("a.c", "char password[32] = {0};", &[]),
        ("build.gradle", "    storePassword 'hunter2'", &["hunter2"]),
        ("build.gradle", "    storePassword project.password", &[]),
        (
            "build.gradle",
            r#"buildConfigField "String", "API_KEY", '"q8ZtR2mW5vKxLp93"'"#,
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.py", r#"run(["redis-server", "--requirepass", "hunter2", "-v"])"#, &["hunter2"]),
        ("a.py", r#"flags = ["--password", "--token"]"#, &[]),
        ("a.rb", "senha = 'hunter2'", &["hunter2"]),
        ("A.java", r#"env.put(Context.SECURITY_CREDENTIALS, "hunter2");"#, &["hunter2"]),
        ("A.java", r#"Algorithm.HMAC256("q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.ino", r#"#define STAPSK "hunter2""#, &["hunter2"]),
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
        ("a.plist", "<key>password</key>\n<string>hunter2</string>", &["hunter2"]),
        ("a.xml", "<password><![CDATA[hunter2]]></password>", &["hunter2"]),
        ("a.xml", "<Password>\n  <Value>hunter2</Value>\n</Password>", &["hunter2"]),
        (".fetchmailrc", "poll mail.corp.io user joe password hunter2", &["hunter2"]),
        ("msmtprc", "password hunter2", &["hunter2"]),
        ("a.md", "**Password:** hunter2", &["hunter2"]),
        ("a.md", "**Password**: required", &[]),
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
fn passwords_of_command_lines_are_found_by_what_the_command_takes() {
    check(&[
        ("a.sh", "sshpass -p hunter2 ssh joe@a.internal", &["hunter2"]),
        ("a.sh", "sshpass -p \"$PASSWORD\" ssh joe@a.internal", &[]),
        ("a.sh", "sshpass -e ssh joe@a.internal -p 2222", &[]),
        ("a.sh", "echo 'joe:hunter2' | chpasswd", &["hunter2"]),
        ("a.sh", "echo \"joe:$PASSWORD\" | chpasswd", &[]),
        ("a.sh", "echo hunter2 | passwd --stdin joe", &["hunter2"]),
        ("a.sh", "echo hunter2 | sudo -S ls", &["hunter2"]),
        ("a.sh", "htpasswd -bc /etc/users joe hunter2", &["hunter2"]),
        ("a.sh", "htpasswd -nb joe hunter2 > users", &["hunter2"]),
        ("a.sh", "htpasswd -c /etc/users joe1", &[]),
        ("a.sh", "docker login -u joe -p hunter2 registry.internal", &["hunter2"]),
        ("a.sh", "redis-cli -h cache -a hunter2 ping", &["hunter2"]),
        ("a.sh", "ldapsearch -x -D cn=admin -w hunter2 -b dc=corp", &["hunter2"]),
        ("a.sh", "smbclient //host/share -U joe%hunter2", &["hunter2"]),
        ("a.sh", "sqlplus -s joe/hunter2@orcl @a.sql", &["hunter2"]),
        ("a.sh", "sqlplus -s / as sysdba @a.sql", &[]),
        ("a.bat", "sqlcmd -S host -U sa -P hunter2", &["hunter2"]),
        ("a.bat", "net user joe hunter2 /add", &["hunter2"]),
        ("a.bat", "net user joe /delete", &[]),
        ("a.bat", r"net use Z: \\host\share hunter2 /user:joe", &["hunter2"]),
        ("a.bat", r"net use Z: \\host\share /user:joe hunter2", &["hunter2"]),
        ("a.bat", r"net use Z: \\host\share /user:joe *", &[]),
        ("a.ps1", r#"$p = "hunter2" | ConvertTo-SecureString -AsPlainText -Force"#, &["hunter2"]),
    ]);
}
