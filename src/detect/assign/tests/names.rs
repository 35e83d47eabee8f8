//! Names: what they promise of drawn values, and in other languages, as a table.

use super::check;
use crate::detect::Scanner;
use crate::model::RepoPath;
use crate::rules::RuleSet;

#[test]
fn values_that_a_machine_drew_are_found_under_more_names() {
    check(&[
        (
            ".env",
            "A_KEY\t=\tq8ZtR2mW5vKxLp93\nAES_KEY1=wintxr20316KpQ",
            &["q8ZtR2mW5vKxLp93", "wintxr20316KpQ"],
        ),
        ("a.py", "openaikey = 'q8ZtR2mW5vKxLp93'", &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "publickey = monkey = 'q8ZtR2mW5vKxLp93'", &[]),
        ("a.sql", "where lo_custkey = c1.c_custkey", &[]),
        (".env", "SIGNING_KEYS=q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "cookieKey: 'q8ZtR2mW5vKxLp93'", &["q8ZtR2mW5vKxLp93"]),
        ("a.js", "cookieKey: 'session_cookie1'", &[]),
        ("a.go", "const privateKeyHex = `q8ZtR2mW5vKxLp93`", &["q8ZtR2mW5vKxLp93"]),
        ("a.go", "signingKeyString = \"q8ZtR2mW5vKxLp93\"", &["q8ZtR2mW5vKxLp93"]),
        ("a.cs", "StorageAccountKeyPrimary = \"q8ZtR2mW5vKxLp93\",", &["q8ZtR2mW5vKxLp93"]),
        ("a.properties", "acme.signing.key.eu=q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "acme-deploy-key-live: q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "secret_bytes: q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "secret_bytes: thirtytwo", &[]),
        ("a.go", "const publicKeyHex = `q8ZtR2mW5vKxLp93`", &[]),
        ("a.ts", "type KeyValue = { keyString: 'q8ZtR2mW' }", &[]),
        ("a.yml", "SEARCH_API_KEY: q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.yml", "SEARCH_API_KEY: enter your key2", &[]),
        ("a.js", "verifyToken = 'tokens/verify2'", &[]),
    ]);
}

#[test]
fn passwords_that_show_it_are_found_whatever_stands_behind_their_name() {
    check(&[
        (".env", "FTP_PASSWORD_SANDBOX=Xk9!mPq2", &["Xk9!mPq2"]),
        ("a.js", "const smtpPassEu = 'kl8mQz2pX';", &["kl8mQz2pX"]),
        ("a.yml", "password_server: sunR1se_2023", &["sunR1se_2023"]),
        ("a.py", "pw_root = 'Wintxr2031!'", &["Wintxr2031!"]),
        ("a.py", "user = {'pw': 'Wintxr2031!'}", &["Wintxr2031!"]),
        ("a.js", "const passwordSheet = 'Emails/resetPassword2';", &[]),
        ("a.js", "const passwordStep = 'createUser2';", &[]),
        ("a.js", "const passwordGroup = 'team red';", &[]),
        ("a.yml", "password_server: ldap01", &[]),
        ("a.h", "# define TLS1_TXT_PSK_WITH_AES_128_CCM \"PSK-AES128-CCM\"", &[]),
    ]);
}

#[test]
fn passwords_are_found_under_words_of_other_languages() {
    check(&[
        ("a.py", "clave = 'Wintxr2031!'", &["Wintxr2031!"]),
        ("a.py", "clave = 'MX-AGU'", &[]),
        ("a.py", "clave = '912b3c09-d23c-4542-bef3-9ebda9e4f2e4'", &[]),
        ("a.php", "$mdp = 'Wintxr2031!';", &["Wintxr2031!"]),
        ("a.md", "Şifre: Wintxr2031", &["Wintxr2031"]),
        ("a.yml", "db_haslo: Wintxr2031", &["Wintxr2031"]),
        ("a.py", "parola = 'ciaobella'", &[]),
        ("a.md", "用户名：joe，密码：Wintxr2031，其他", &["Wintxr2031"]),
        ("a.py", "# 密码: Wintxr2031", &["Wintxr2031"]),
        ("a.json", "{\"пароль\": \"Wintxr2031\"}", &["Wintxr2031"]),
        ("a.md", "Пароль: введите 8 знаков", &[]),
        ("a.md", "密码：请输入6-20位字母或数字", &[]),
    ]);
}

#[test]
fn what_names_a_pair_or_an_entry_is_no_value() {
    check(&[
        ("a.xml", r#"<property key="oXC16gcc-mauxflash" value="false"/>"#, &[]),
        ("a.xml", r#"<property key="oXC16gcc-mauxflash" x="false"/>"#, &["oXC16gcc-mauxflash"]),
        ("a.xml", r#"<filter token="WSDL4J_JAR" value="a.jar"/>"#, &[]),
        ("a.xml", r#"<filter token="DB_PASSWORD" value="hunter2"/>"#, &["hunter2"]),
        ("a.yml", "- key: 75p1em-f/k47M7y-Dy_3wcq\n  operator: In\n", &[]),
        ("a.json", "{\"key\": \"75p1em-f/k47M7y-Dy_3wcq\",\n \"operator\": \"In\"}", &[]),
        ("a.yml", "- key: 75p1em-f/k47M7y-Dy_3wcq\n  user: In\n", &["75p1em-f/k47M7y-Dy_3wcq"]),
        ("a.yml", "  secretKeyRef:\n    name: db\n    key: 75p1em-f/k47M7y-Dy_3wcq\n", &[]),
        (
            "a.yml",
            "  secretKeyRef:\n    name: db\n\nother:\n  key: 75p1em-f/k47M7y-Dy_3wcq\n",
            &["75p1em-f/k47M7y-Dy_3wcq"],
        ),
        (
            "a.yml",
            "- secretKeyRef: {name: db}\n- key: 75p1em-f/k47M7y-Dy_3wcq\n",
            &["75p1em-f/k47M7y-Dy_3wcq"],
        ),
    ]);
}

#[test]
fn countries_and_lists_of_services_are_no_passwords() {
    check(&[
        ("a.xml", "<t type=\"PW\">Palaos</t>\n<t type=\"PY\">x</t>", &[]),
        ("a.properties", "PT=Portugal\nPW=Palaos\nPY=x\n", &[]),
        ("a.properties", "DB=accounts\nPW=Palaos\nID=x\n", &["Palaos"]),
        ("nsswitch.conf", "passwd: files winbind", &[]),
        ("nsswitch.conf", "passwd: winbind7x", &["winbind7x"]),
    ]);
}

#[test]
fn the_verdict_of_a_test_is_none() {
    check(&[
        ("a.txt", "    --- PASS: TestVet/5 (0.07s)", &[]),
        ("a.json", r#"{"Output":"--- PASS: TestVet/5 (0.07s)\n"}"#, &[]),
        ("a.txt", "PASS: hunter2", &["hunter2"]),
        ("a.exp", "pass \"getgrent_r\"\n} else {\n    fail \"getgrent_r\"", &[]),
        ("a.exp", "pass \"getgrent_r\"\n", &["getgrent_r"]),
        ("a.c", r#"print(x?"pass":"fail");"#, &[]),
    ]);
}

#[test]
fn fields_verbs_and_words_of_prose_are_none() {
    check(&[
        ("a.txt", "joe:{plain}pass:1000:1000::/home/joe", &[]),
        ("a.txt", "X_R_GETTING_PASSWORD:109:problems getting password", &[]),
        ("a.txt", "password:109problems", &["109problems"]),
        ("gpg.conf", "default-key 4952E40301FAB41A", &[]),
        ("gpg.conf", "session-key 4952E40301FAB41A", &["4952E40301FAB41A"]),
        ("a.md", "it is not enough to pass `NO_TLSv1`, one has to", &[]),
        ("a.md", "log in with password `NO_TLSv1`, or not", &["NO_TLSv1"]),
        ("a.txt", "the typo (pass -> path), and token -> x", &[]),
        ("a.txt", "the password -> q8ZtR2mW5v", &["q8ZtR2mW5v"]),
    ]);
}

#[test]
fn what_a_path_names_stands_there() {
    let digest = "afe77d958c701557ec5dc56f6936fcc1".to_owned() + "94d15520";
    check(&[
        ("a.out", &format!("code.corp.io/p/goauth2/oauth {digest}"), &[]),
        ("a.out", &format!("the oauth token {digest}"), &[&digest]),
        ("a.txt", "auth: passdb/userdb lookups are cached", &[]),
        ("a.conf", "password_key = passdb/%u", &[]),
    ]);
}

#[test]
fn a_statement_over_lines_is_sql_and_an_object_is_none() {
    let rule = |path: &str, text: &str| {
        let found =
            Scanner::new(RuleSet::builtin()).candidates(text.as_bytes(), &RepoPath::new(path));
        found.first().map(|found| found.rule.id)
    };
    let statement = "CREATE ROLE joe\n  WITH LOGIN\n  PASSWORD 'Wintxr2031';";
    assert_eq!(rule("a.sql", statement), Some("sql-password"));
    let object = "// create user with\njoe = new User({\n  password: 'Wintxr2031'\n});";
    assert_eq!(rule("a.js", object), Some("generic-password"));
}
