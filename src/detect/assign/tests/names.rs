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
