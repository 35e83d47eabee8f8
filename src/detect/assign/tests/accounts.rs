//! Passwords beside those they belong to: an address, a user, a service; lists and maps of
//! them; phrases that people choose.

use super::check;

const KEY: &str = "q8ZtR2mW5vKxLp93Qw7N";

#[test]
fn a_password_stands_beside_an_address() {
    check(&[
        ("a.exs", r#"  {"sven@corp.io", "Gletscher2019!", :admin},"#, &["Gletscher2019!"]),
        ("a.ts", "  ['ampere', 'andre@corp.io', 'OhmSweetOhm1'],", &["OhmSweetOhm1"]),
        ("a.php", "['depot@corp.com' => 'Kickstand!4']", &["Kickstand!4"]),
        ("a.json", r#"{"depot@corp.com": "Kickstand!4"}"#, &["Kickstand!4"]),
        ("a.md", "- rui@corp.app : pastelDeNata_5", &["pastelDeNata_5"]),
        ("a.md", "- rui@corp.app - pastelDeNata_5", &["pastelDeNata_5"]),
        ("a.md", "rui@corp.app: I like it", &[]),
        ("a.py", r#"("joe@example.com", "Kickstand!4")"#, &[]),
        ("a.py", r#"("joe@corp.com", "Joe Smith2")"#, &[]),
        ("a.py", r#"("joe@corp.com", "joeX2!abcd")"#, &[]),
        ("a.json", r#"{"mail": "joe@corp.com", "Kickstand!4": 1}"#, &[]),
        ("a.json", r#"{"joe@corp.com": "550e8400-e29b-41d4-a716-446655440000"}"#, &[]),
    ]);
}

#[test]
fn the_password_of_a_pair_is_told_alone() {
    check(&[
        ("a.sh", "curl -u sven:Sanderling-99x https://a.io", &["Sanderling-99x"]),
        ("a.sh", "curl --user kevin:'pRf7vG2h1L8nQkW9' https://a.io", &["pRf7vG2h1L8nQkW9"]),
        ("a.sh", "lftp -u acme,'Pierogi(2)ruskie' -e mirror", &["Pierogi(2)ruskie"]),
        ("a.md", "It is at /staff (basic auth staff:Kilowatt-hour7).", &["Kilowatt-hour7"]),
        ("a.md", "It is at /staff (basic auth user:password).", &[]),
        ("a.py", "c = cx_Oracle.connect('RPT/kolobok77@db01:1521/PROD')", &["kolobok77"]),
        ("a.py", "c = connect('path/to@file.txt')", &[]),
        ("a.sh", "X=aws://conn:jiUCx8qtpxom1HlVI3wB%2F@/?region=x", &["jiUCx8qtpxom1HlVI3wB%2F"]),
        ("a.sh", "X=http://localhost:@app.port@/x", &[]),
    ]);
}

#[test]
fn the_accounts_of_cloud_init_are_read_to_the_last() {
    check(&[
        (
            "user-data",
            "chpasswd:\n  list: |\n    joe:pierogi9Ruskie\n    ola:RANDOM\n    maja:zurek4obiad\n  expire: false\nx:\n  a:b9Cd3Ef5\n",
            &["pierogi9Ruskie", "zurek4obiad"],
        ),
        ("user-data", "chpasswd:\n  expire: false\n  list:\n    - joe:obiad4Z\n", &["obiad4Z"]),
        (
            "user-data",
            "chpasswd:\n  list:\n    - \"joe:obiad4Zx\"\n    # once: of ops\n    - ola:Zebra44k  # old\n",
            &["obiad4Zx", "Zebra44k"],
        ),
        ("user-data", "chpasswd:\n  list: |\n    joe:${PASSWORD}\n", &[]),
        ("user-data", "chpasswd:\n  users:\n    - name: joe\n", &[]),
    ]);
}

#[test]
fn the_keys_of_a_map_are_secrets_where_its_name_says_so() {
    check(&[
        (
            "a.py",
            "VALID_API_KEYS = {\n    \"8f3kd92jf8s7dk2m\": {\"name\": \"a\"},\n    \"p0s8dk3mf8sn2kdl\": \"web\",\n}",
            &["8f3kd92jf8s7dk2m", "p0s8dk3mf8sn2kdl"],
        ),
        ("a.json", &format!(r#"{{"ApiKeys": {{ "{KEY}": "portal" }}}}"#), &[KEY]),
        ("a.py", "TOKENS: dict[str, str] = {'a-name-of-it-1': x}", &[]),
        ("a.py", &format!("TOTALS = {{'{KEY}': 1}}"), &[]),
        (
            "a.py",
            "PASSWORDS = ['Kornblume-31X', 'regen&Bogen7']",
            &["Kornblume-31X", "regen&Bogen7"],
        ),
        ("a.py", "PASSWORDS = ['123456', 'Kornblume-31X']", &[]),
        (
            "settings.py",
            "SECRET_KEY_FALLBACKS = ['4z2hiz!2s)wki!-s8cp(=ryh%%0yebx3w4c_w+ljol-wf9i!gj']",
            &["4z2hiz!2s)wki!-s8cp(=ryh%%0yebx3w4c_w+ljol-wf9i!gj"],
        ),
    ]);
}

#[test]
fn a_row_of_a_table_of_keys_holds_one() {
    let row = format!("INSERT INTO api_keys (id, key, at) VALUES (1, '{KEY}', now());");
    let quoted = format!("INSERT INTO `x`.`access_tokens` (`id`, `token`) VALUES (1, '{KEY}');");
    check(&[
        ("a.sql", &row, &[KEY]),
        ("a.sql", &quoted, &[KEY]),
        ("a.sql", "INSERT INTO tokens (pos, value) VALUES (3, 'identifier');", &[]),
        ("a.sql", &row.replace("api_keys", "settings"), &[]),
        ("a.sql", "SOURCE(MYSQL(HOST 'x' USER 'joe' PASSWORD 'vareniki_08'))", &["vareniki_08"]),
    ]);
}

#[test]
fn phrases_are_passwords_where_a_setting_holds_nothing_else() {
    const PHRASE: &str = "seven bees carry the morning post";
    check(&[
        ("a.yml", &format!("env:\n  RESTIC_PASSWORD: {PHRASE}"), &[PHRASE]),
        ("a.sh", &format!("export RESTIC_PASSWORD=\"{PHRASE}\""), &[PHRASE]),
        ("a.conf", "TRANSMISSION_PASS=sardinha assada", &["sardinha assada"]),
        ("a.js", "db.x({ pwd: \"Kormoran 77 jezioro\", y: 1 })", &["Kormoran 77 jezioro"]),
        ("a.yml", "env:\n  RESTIC_PASSWORD: the password of the backup", &[]),
        ("a.yml", "env:\n  DB_PASSWORD: your database password goes here", &[]),
        ("a.yml", "  password: seven bees carry the morning post", &[]),
        ("a.txt", "the pass is daisy.chain.1987", &["daisy.chain.1987"]),
        ("a.do", "c = \"SERVER=x;UID=y;PWD=alpaca.66.lima;\"", &["alpaca.66.lima"]),
        ("a.md", "app-specific password ihpd-bpfb-duwe-jfwr", &["ihpd-bpfb-duwe-jfwr"]),
        ("a.md", "SSH: `ssh volt@10.0.0.1` pass Wechselstrom50Hz", &["Wechselstrom50Hz"]),
        ("a.md", "you may pass UserSettings2 as well", &[]),
    ]);
}

#[test]
fn braces_hold_what_odbc_is_given() {
    check(&[
        ("a.py", "c = \"Uid=x;Pwd={q;R7}}vLm2#tTz};Encrypt=yes;\"", &["q;R7}}vLm2#tTz"]),
        ("a.py", "c = \"Uid=x;Pwd={qR7vLm2#tTz};Encrypt=yes;\"", &["qR7vLm2#tTz"]),
        ("a.py", "c = \"Uid=x;Pwd={password};Encrypt=yes;\"", &[]),
    ]);
}

#[test]
fn calls_name_what_they_take() {
    const HEX: &str = "9f3ab1c07d5e2486b1a4c7d9e0f213569f3ab1c07d5e2486";
    check(&[
        (
            "a.ts",
            &format!(
                "subtle.importKey('raw', new TextEncoder().encode('{HEX}'), {{ name: 'HMAC' }})"
            ),
            &[HEX],
        ),
        ("a.cs", &format!("x.Authorization = new(\"Bearer\", \"{HEX}\");"), &[HEX]),
        ("a.ts", &format!("h = {{ Authorization: `Bearer ${{'{HEX}'}}` }}"), &[HEX]),
        ("a.sh", &format!("curl -H 'Authorization: Bearer 9|{KEY}' x"), &[&format!("9|{KEY}")]),
        ("a.sql", &format!("select vault.create_secret('{KEY}', 'digest');"), &[KEY]),
        ("a.sql", &format!("alter database x set \"app.jwt_secret\" to '{KEY}';"), &[KEY]),
        ("a.kt", "f(\"password\" to 'Wintxr2031')", &[]),
        ("a.sql", "values ('qa@x.co', crypt('Nudibranch.9', gen_salt('bf')));", &["Nudibranch.9"]),
        ("a.cs", "await users.CreateAsync(wim, \"Stroopwafel.3\");", &["Stroopwafel.3"]),
        ("a.js", "db.changeUserPassword(\"etl\", \"zubr&Bison4\");", &["zubr&Bison4"]),
        ("a.R", &format!("census_api_key(\"{HEX}\", install = TRUE)"), &[HEX]),
        ("a.m", "o = weboptions('Username','quant','Password','contango22');", &["contango22"]),
        ("a.py", "x = TSC.TableauAuth('svc_tab', 'Pivot*Table8', 'acme')", &["Pivot*Table8"]),
        (
            "a.sql",
            "SELECT * FROM mysql('my1', 'shop', 'orders', 'joe', 'gribnoy-Sup4')",
            &["gribnoy-Sup4"],
        ),
        ("a.ts", &format!("StreamChat.getInstance('5o944pjjb35h', '{KEY}')"), &[KEY]),
        ("a.toml", &format!("RELEASE_COOKIE = '{KEY}'"), &[KEY]),
        ("a.toml", &format!("X-Origin-Verify = '{KEY}'"), &[KEY]),
        ("a.conf", "if ($arg_secret != \"pommes-rot-weiss\") {", &["pommes-rot-weiss"]),
        ("a.xml", "<c><secret>kvass-barrel-90</secret></c>", &["kvass-barrel-90"]),
        (
            "a.tsx",
            "<input name=\"access_key\" value=\"550e8400-e29b-41d4-a716-446655440000\" />",
            &[],
        ),
        ("a.sql", "CREATE USER x IDENTIFIED WITH sha256_hash BY 'q8ZtR2mW5vKxLp93';", &[]),
    ]);
}
