//! Where people, agents and programs put values: pages, tables, environments, dumps.

use super::check;

#[test]
fn what_is_typed_into_a_page_is_found() {
    check(&[
        ("a.ts", "await page.fill('#password', 'Fjord!Kite47');", &["Fjord!Kite47"]),
        ("a.ts", "await page.type('input[name=password]', 'kite4732x');", &["kite4732x"]),
        ("a.ts", "await page.getByLabel('Password').fill('Fjord!Kite47');", &["Fjord!Kite47"]),
        (
            "a.ts",
            "getByRole('textbox', { name: 'Password' }).fill('kite47fjord')",
            &["kite47fjord"],
        ),
        ("a.js", "cy.get('[data-cy=password]').type('kite47fjord')", &["kite47fjord"]),
        (
            "A.java",
            r#"d.findElement(By.id("password")).sendKeys("kite47fjord");"#,
            &["kite47fjord"],
        ),
        (
            "a.py",
            r#"d.find_element(By.NAME, "password").send_keys("kite47fjord")"#,
            &["kite47fjord"],
        ),
        ("a.rb", "fill_in 'Password', with: 'kite47fjord'", &["kite47fjord"]),
        ("Form1.cs", r#"txtPassword.Text = "kite47fjord";"#, &["kite47fjord"]),
        ("a.ts", "await page.fill('#password', 'password');", &[]),
        ("test/a.ts", "page.getByLabel('Password').fill('Fjord!Kite47');", &["Fjord!Kite47"]),
        ("a.js", "index.property('password').type('keyword')", &[]),
        ("Form1.cs", r#"lblPassword.Text = "Level 2 of it";"#, &[]),
    ]);
}

#[test]
fn what_a_password_is_compared_with_is_found() {
    check(&[
        ("a.js", "if ('kite47fjord' === password) go();", &["kite47fjord"]),
        ("a.php", "if ('kite47fjord' == $password) {}", &["kite47fjord"]),
        ("A.java", r#"if ("kite47fjord".equals(password)) {}"#, &["kite47fjord"]),
        ("A.java", r#"if (password.equals("kite47fjord")) {}"#, &["kite47fjord"]),
        ("A.java", "if (password.equals(other)) {}", &[]),
        ("a.js", "if ('undefined' == typeof password) {}", &[]),
    ]);
}

#[test]
fn the_blanks_of_a_password_belong_to_it() {
    check(&[
        ("a.yml", "environment:\n  - A=b\n  - DB_PASSWORD=two words47", &["two words47"]),
        ("a.yml", "environment:\n  - \"DB_PASSWORD=Blue fjord! 47\"\n", &["Blue fjord! 47"]),
        ("a.json", "\"Env\": [\n  \"DB_PASSWORD=Blue fjord! 47\",\n]", &["Blue fjord! 47"]),
        ("a.yml", "env:\n  - DB_PASSWORD=kite47fjord (old)", &["kite47fjord"]),
        ("a.yml", "env:\n  - \"A_TOKEN=q8ZtR2mW5vKxLp93 x\"", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "script:\n  - DB_PASSWORD=kite47fjord psql", &["kite47fjord"]),
        ("a.yml", "password: Blue fjord! 47", &["Blue fjord! 47"]),
        ("a.ini", "password = My Kites fly47", &["My Kites fly47"]),
        ("a.c", r#"const char *password = "Blue fjord! 47";"#, &["Blue fjord! 47"]),
        ("a.xml", "<password>Blue fjord! 47</password>", &["Blue fjord! 47"]),
        ("a.yml", "password: Mind. 8 Zeichen, 1 Ziffer", &[]),
        ("a.yml", "password: At least 8 signs", &[]),
        ("a.yml", "password: Level 2", &[]),
        ("a.md", "Password: see Page2 of it", &[]),
    ]);
}

#[test]
fn the_cells_of_more_tables_are_found() {
    check(&[
        ("a.txt", "|| Host || Password ||\n| web1 | Kite47fjord |\n", &["Kite47fjord"]),
        ("a.txt", "! Host !! Password\n|-\n| web1 || kite!Fjord47\n", &["kite!Fjord47"]),
        ("a.adoc", "|===\n|Host |Password\n\n|web1 |Kite47fjord\n|===", &["Kite47fjord"]),
        ("a.adoc", "|===\n|Host |Password\n\n|web1\n|Kite47fjord\n|===", &["Kite47fjord"]),
        ("a.rst", "x\n\nHost  Password\n====  ===========\nweb1  Kite47fjord\n", &["Kite47fjord"]),
        (
            "a.txt",
            "=>\n login | password\n-------+--------\n joe   | Kite47fjord\n(1 row)",
            &["Kite47fjord"],
        ),
        ("a.txt", "+-+-+\n| a | password |\n+-+-+\n| b | Kite47fjord |\n", &["Kite47fjord"]),
        ("a.adoc", "|password |the `Name2` of it\n|user |Kite47fjord\n", &[]),
        ("a.md", "Password\n--------\nKite47fjord\n", &[]),
    ]);
}

#[test]
fn values_are_found_in_maps_dumps_and_tags() {
    let hex = "9f86d081884c7d659a2feaa0c55ad015";
    let map = format!("api_keys = {{ mistral: '{hex}', \"groq\": \"no\" }}");
    let block = format!("tokens:\n  partner: {hex}\n  kind: no\n");
    let one = format!("token = {{ id: '{hex}' }}");
    check(&[
        ("a.ts", &map, &[hex]),
        ("a.yml", &block, &[hex]),
        ("a.ts", &one, &[]),
        ("a.yml", "secrets:\n  - name: a\n    id: 9f86d081884c7d659a2feaa0c55ad015\n", &[]),
        ("a.toml", "[passwords]\njoe = \"kite47fjord\"\n[x]\ny = \"kite47\"", &["kite47fjord"]),
        ("a.sh", "7z a -pkite47fjord x.7z", &["kite47fjord"]),
        (
            "a.json",
            r#"{"ParameterKey": "DBPassword", "ParameterValue": "kite47fjord"}"#,
            &["kite47fjord"],
        ),
        ("a.service", "Environment=\"DB_PASS=Kite fjord47\" \"A=b\"", &["Kite fjord47"]),
        ("a.ino", "const char WIFI_PWD[] PROGMEM = \"kite47fjord\";", &["kite47fjord"]),
        ("a.h", "#define WIFI_PASS \"Kite fjord47\"", &["Kite fjord47"]),
        ("a.txt", "\u{2551} DB_PASSWORD \u{2502} Kite47fjord \u{2551}", &["Kite47fjord"]),
        ("a.py", "password = 'kite47 %s'", &[]),
        ("a.tfvars", "db_passwords = {\n  a = \"kite47fjord\"\n}", &["kite47fjord"]),
        ("a.py", "PASSWORDS = ['kite47fjord', 'fjord47kite']", &[]),
        ("a.txt", "[\"password\"]=>\n  string(11) \"kite47fjord\"", &["kite47fjord"]),
        ("a.go", "P string `env:\"DB_PASSWORD\" envDefault:\"kite47fjord\"`", &["kite47fjord"]),
        ("a.swift", r#"keychain.set("kite47fjord", forKey: "password")"#, &["kite47fjord"]),
        ("a.yml", "- name: DB_PASSWORD\n  value: |-\n    kite47fjord\n", &["kite47fjord"]),
        ("a.yml", "a: { Password: !Ref DbPassword2, b: !GetAtt C.D }", &[]),
        ("a.xml", "<Name>Db.Password</Name><Value>kite47fjord</Value>", &["kite47fjord"]),
        ("a.json", &format!("{{\"token\": \"0x{hex}9a2feaa0\"}}"), &[]),
        ("a.py", "run(['sshpass', '-p', 'kite47fjord', 'ssh'])", &["kite47fjord"]),
        ("a.py", "run([\"mysqldump\", \"-pkite47fjord\", \"app\"])", &["kite47fjord"]),
        ("a.py", "run([\"mysqldump\", \"-p\", \"app47\"])", &[]),
        ("a.json", r#"["-redis-password", "kite47fjord"]"#, &["kite47fjord"]),
        ("a.yml", "- helm up x --set a.password=kite47fjord,b.c=$X", &["kite47fjord"]),
        (
            "a.txt",
            "API key: 9f86d081884c7d659a2feaa0c55ad0159a2feaa0",
            &["9f86d081884c7d659a2feaa0c55ad0159a2feaa0"],
        ),
        ("a.txt", "log in with user joe and password Kite47fjord but", &["Kite47fjord"]),
        ("a.txt", "The password is Kite47fjord. The rest follows.", &["Kite47fjord"]),
        ("a.txt", "curl -d 'password=Kite47.&a=b' x", &["Kite47."]),
    ]);
}
