//! What only looks like a setting, beside what is one, as a table.

use super::check;

#[test]
fn what_only_looks_like_a_setting_is_none() {
    check(&[
        ("a.js", r#"createHmac("sha256", "base64urlnopad")"#, &[]),
        ("a.js", r#"createHmac("sha256", "q8ZtR2mW5vKxLp93")"#, &["q8ZtR2mW5vKxLp93"]),
        ("a.js", r#"{allPass:"overEvery",everyPass:"overSome"}"#, &[]),
        ("a.js", r#"{ldapPass:"overEvery"}"#, &["overEvery"]),
        ("a.rb", r#"cmd << "$secure_password = Convertto-SecureString -String '#{x}'""#, &[]),
        ("a.ps1", "$password = ConvertTo-SecureString 'hunter2' -AsPlainText", &["hunter2"]),
        ("a.rb", r#"it { "net user #{name}").status).to eq(0) }"#, &[]),
        ("a.bat", "net user joe hunter2 /add", &["hunter2"]),
        ("a.sh", r#"openssl pkcs12 -export -password "pass:$PASSWORD""#, &[]),
        ("a.sh", r#"openssl pkcs12 -export -password "pass:hunter2""#, &["pass:hunter2"]),
        ("a.yml", "tokens:\n  - '\\d{1,2}(?:/)\\d{4}'\n", &[]),
        ("a.js", "{ password: passwordGenerator }", &[]),
        ("a.js", "{ password: 'passwordWinter9' }", &["passwordWinter9"]),
        ("a.rb", r#"new_resource.key_secret("proxy.corp.lan:3128")"#, &[]),
        ("a.go", r#"c.PrivateKey = "48656c6c6f20776f726c6421""#, &[]),
        ("a.sh", "psk=73776f726466697368 debug=1", &[]),
        ("a.sh", "psk=q8ZtR2mW5v debug=1", &["q8ZtR2mW5v"]),
        ("a.java", r#""X-Amz-Credential=AKIAQ8ZTR2MW%2F20260101%2Fs3%2Faws4_request""#, &[]),
        ("a.go", r#"DockerCredentialHelper: "osxkeychain2","#, &[]),
        ("a.cs", r#"var passwordKey = self ? "x" : "Database:Password";"#, &[]),
        ("a.cs", r#"const string PM7_ResetPassword = "pm-7-reset-password";"#, &[]),
        (
            "a.cs",
            r#"var privateKey = "2.q8ZtR2mW5vKxLp9=|Xw7nB4cH9sTgYd6=|q8ZtR2mW5vKxLp9=";"#,
            &[],
        ),
        ("a.php", r#"$privateKey = "1|q8ZtR2mW5vKxLp93";"#, &["1|q8ZtR2mW5vKxLp93"]),
        ("a.js", "x: 'y', pubKey: 'Xw7nB4cH9sTgYd61'", &[]),
        ("a.swift", r#"let password = "K7@\(UUID().uuidString)""#, &[]),
        ("a.swift", r#"let password = "K712@\(q8Z!""#, &[r"K712@\(q8Z!"]),
        ("a.8", "$ store restore /tmp/passwd 7c2d5b0e9a4f1836d0c7e5a29b1f6384", &[]),
        ("CHANGELOG.md", "- Keep the order of an array-key (fjordkite747)", &[]),
    ]);
}
