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
        // Names of code for each other, of an entry of a map.
        ("a.h", "#define hw_key_st hardwarekey_st", &[]),
        ("a.h", "#define MAPLE_FJORD_DEBT_KEY \"maple_fjord_debt\"", &[]),
        ("a.c", "if (strcmp(token, \"FORMAT=32-bit_rle_rgbe\") == 0) {", &[]),
        ("a.c", "if (strcmp(token, \"SEED=q8ZtR2mW5vKxLp93\") == 0) {", &["SEED=q8ZtR2mW5vKxLp93"]),
        // A host, a product, a test that passes, a step of an installer.
        ("a.json", r#"{"joe@corp.pw": "CertainFjord"}"#, &[]),
        ("a.json", r#"{"corp.pw": "CertainFjord"}"#, &["CertainFjord"]),
        ("a.py", "lookup('team.onepassword', 'Fjord')", &[]),
        ("a.js", r#"assert.pass("callOrder");"#, &[]),
        ("a.js", r#"account.pass("callOrder9");"#, &["callOrder9"]),
        ("a.xml.erb", r#"<settings pass="windowsPE">"#, &[]),
        // A public key, a place for an argument, a path, an id, base64 of words.
        ("a.plist", "<key>SUPublicEDKey</key>\n<string>q8ZtR2mW5vKxLp93Qw7N</string>", &[]),
        ("a.json", r#"{"key": "AAAAC3NzaC1lZDI1NTE5AAA0HRq8ZtR2mW5vKxLp93Q"}"#, &[]),
        ("a.xml", "<a name=\"b\">Passphrase: %1$s</a>", &[]),
        ("a.md", ".key = \"/nix/store/q8zt2mw5vkxlp93qw7nb4ch9stgyd61x-fjord-20.09\"", &[]),
        ("a.go", "x[\"AUTH\"] = `{\"appID\": \"q8zt-2mw5-vkxl-p93qw7nb4c\"}`", &[]),
        ("a.rs", r#"const ACCOUNT_KEY: &str = "c3VtbWVybGFudGVybg==";"#, &[]),
        ("a.java", r#"String password = "{pbkdf2@Fjord_v5}q8ZtR2mW5vKxLp93";"#, &[]),
        ("a.go", "pass: \"\\U000f01f5\",", &[]),
        ("a.go", "const SSHKey = \"c3NoLXJzYSBBQUFBQjNOemFDMXljMkVBQUFBREFRQUJBQUFC\"", &[]),
        ("a.yml", "clientSecret: c3VtbWVyLWxhbnRlcm4tY2xpZW50LXNlY3JldAo=", &[]),
        ("a.go", "\"rawKey\": \"bGFudGVybjkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMg==\",", &[]),
        ("a.conf", "password=hunter22hunter22", &["hunter22hunter22"]),
        ("a.yml", "site_key: 6Lq8ZtR2mW5vKxLp93Qw7N4cH9sTgYd61Xw7nB4c", &[]),
        (
            "a.yml",
            "secret_key: 6Lq8ZtR2mW5vKxLp93Qw7N4cH9sTgYd61Xw7nB4c",
            &["6Lq8ZtR2mW5vKxLp93Qw7N4cH9sTgYd61Xw7nB4c"],
        ),
        ("a.properties", "keyPasswd=q8ZtR2mW5vKxLp93||Qw7N4cH9sTgYd61Xw7nB", &[]),
        ("a.sh", "serve --preshared-key \"somelanternkeyhere\"", &[]),
        // The name of a preference, the hash of a password, an id of a secret.
        ("a.kt", "const val PREFERENCE_PASSCODE_1 = \"PrefFjordCode1\"", &[]),
        (
            "a.json",
            r#"{"secretData": "{\"value\":\"q8ZtR2mW5vKxLp93Qw7N4cH9\",\"salt\":\"x\"}"}"#,
            &[],
        ),
        ("a.yml", "secrets:\n  - 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\n", &[]),
        ("a.yml", "secrets:\n  - q8ZtR2mW5vKxLp93Qw7N\n", &["q8ZtR2mW5vKxLp93Qw7N"]),
    ]);
}

#[test]
fn what_stands_for_another_or_says_what_it_is_is_none() {
    check(&[
        // What a build puts there, a name of code, who wrote it, an option, a word of a manual.
        ("a.properties", "connection.password=@jdbc.pass@", &[]),
        ("a.properties", "connection.password=@jdbc7pass", &["@jdbc7pass"]),
        ("a.php", "const KIND_OAUTH2_FJORD = 'oAuth2Fjord';", &[]),
        ("a.php", "const KIND_OAUTH2_SECRET = 'q8ZtR2mW5vKx';", &["q8ZtR2mW5vKx"]),
        ("a.md", "- Sign in with IAM-based auth (Bhagyashreek8)", &[]),
        ("a.md", "- Sign in with the password (Bhagyashreek8)", &["Bhagyashreek8"]),
        ("a.html", "<h4 id=\"crypt-password2\">--crypt-password2</h4>", &[]),
        ("a.txt", "serve --rc-htpasswd=PATH", &[]),
        ("a.txt", "mount -o sftp-pass=_password_ -o x=true", &[]),
        // A request by its number, a variable, a class, a public key, what is not supported.
        ("a.py", "post(json={\"CreationToken\": \"2398asdfkajsdf\"})", &[]),
        ("a.star", "\"mc alias set cache $HOST $ID $AWS_SECRET_ACCESS_KEY\",", &[]),
        ("a.star", "\"mc alias set cache $HOST joe q8ZtR2mW5v\",", &["q8ZtR2mW5v"]),
        ("a.star", "\"occ user:add --password-from-env joe9\",", &[]),
        ("a.star", "\"occ user:add --password joe9\",", &["joe9"]),
        ("a.php", "Hook::connect('U', 'post_add', 'OC\\Share20\\Hooks', 'post_add');", &[]),
        ("a.kt", "val SIGNING_KEY_PUB = decode(\"BWp7eOx6q6IlijMPozln1bY34JoLFZhGu3PL\")", &[]),
        ("a.rs", "Err(Error::SchemeDoesNotSupportPasswords(\"socks4\"))", &[]),
        ("a.json", "\"recoveryPassword\": \"cmVjb3Zlcnk=\",", &[]),
        ("a.html", "<label class=\"x\" for=\"newPassword\">Fjordkite9</label>", &[]),
        ("a.html", "<input id=\"newPassword\" value=\"Fjordkite9\">", &["Fjordkite9"]),
        ("a.txt", "'auth': 'x_token_removed'}\n{\"sealed_value\": \"q8ZtR2mW5vKxLp93Qw7N\"}", &[]),
        ("a.java", "String AUTH = \"sha1=c678873dbca1f3c05ee4ee2cc2a2cf4e7a1c1f7e\";", &[]),
        // A client's id, a licence, a word of a mail's head, a member of a template, what is sealed.
        ("a.py", "GOOGLE_OAUTH2_KEY = '620365290194-q8zt2mw5vkxl.apps.googleusercontent.com'", &[]),
        ("LICENSE", "secret: Apache-2.0, password: BSD-3-Clause, token: LGPL-2.1", &[]),
        ("a.eml", "Subject: Password: =?UTF-8?B?UGFzc3dvcnQgw6RuZGVybg==?=", &[]),
        ("a.vue", "<x :secret=\"!visible\"/>", &[]),
        ("a.json", "{\"tokenCache\": \"djEwXdFjq8ZtR2mW5vKxLp93Qw7N\"}", &[]),
        ("a.conf", "SMTP_PASSWORD=keyring:shop/smtp", &[]),
        // A page's key to search, a hash as Compose writes it, what a command prints, a field.
        ("a.conf", "NEXT_PUBLIC_ALGOLIA_SEARCH_KEY=8fe4d820587c427d5cc207d75cb76f3c", &[]),
        ("a.yml", "- \"x.basicauth.users=joe:$$apr1$$uXjhXllN$$q8ZtR2mW5vKxLp93Qw7Nb/\"", &[]),
        ("a.conf", "BW_PASSWORD=`bw get password portal`", &[]),
        ("a.js", "var password=`velvet otter lagoon`", &["velvet otter lagoon"]),
        ("a.yml", "algolia: {search_only_api_key: 8fe4d820587c427d5cc207d75cb76f3c}", &[]),
        (
            "a.yml",
            "algolia: {admin_api_key: 8fe4d820587c427d5cc207d75cb76f3c}",
            &["8fe4d820587c427d5cc207d75cb76f3c"],
        ),
        ("a.java", "set(\"password\", \"hollow_otter_velvet\");", &["hollow_otter_velvet"]),
        ("a.ts", "{ passphrase: 'walletPassphraseField' }", &[]),
        ("a.json", "\"tokenBytecode\": \"0x608060405234801561001057600080fd5b50c361c0ac7b\"", &[]),
        ("a.cs", "string NewPassword => \"NyttPassord\";", &[]),
        ("a.h", "{ \"WIFI_PASSWORD\", \"Parola_WiFi\" },", &[]),
        ("a.h", "{ \"WIFI_PASSWORD\", \"Parola_WiFi7\" },", &["Parola_WiFi7"]),
        ("a.ts", "\"RU-PSK\": \"Pskov\",", &[]),
        ("a.py", "ret['password'] = '$encrypted$'", &[]),
        ("a.py", "ret.extend(['password', 'is_system_auditor'])", &[]),
        ("a.hs", "germanMessage ConfirmPass = \"Bestätigen\"", &[]),
        ("a.hs", "confirmPass = \"Bestätigen7\"", &["Bestätigen7"]),
        ("test/a.yml", "kind: Secret\ndata:\n  fruit: c2VydmVy\n", &[]),
        // A check that passed, a label of one language, what a test is for.
        ("a.ts", "OVERRIDE_PASS: 'manualChoiceApproved',", &[]),
        ("a.ts", "DB_PASS: 'manualchoice9',", &["manualchoice9"]),
        ("a.ts", "PASS: 'passed',", &[]),
        ("resources/login_ca.properties", "Password=Contrasenya", &[]),
        ("resources/db_de.properties", "db.password=Contrasenya9", &["Contrasenya9"]),
        ("a.yml", "MYSQL_ROOT_PASSWORD: quarry_orm_test", &[]),
        ("a.yml", "MYSQL_ROOT_PASSWORD: quarry_orm_7", &["quarry_orm_7"]),
        ("a.py", "create_secret(SecretString=\"foosecret\")", &[]),
        ("a.py", "create_secret(SecretString=\"foxsecret7\")", &["foxsecret7"]),
    ]);
}

#[test]
fn what_a_word_beside_a_name_says_to_be_public_is_no_secret() {
    check(&[
        ("a.log", "INFO cache key=9c0b43166bae869d39cc229314c2bf8f4800127a miss", &[]),
        ("a.log", "INFO partition key=9c0b43166bae869d39cc229314c2bf8f", &[]),
        (
            "a.log",
            "INFO api key=9c0b43166bae869d39cc229314c2bf8f",
            &["9c0b43166bae869d39cc229314c2bf8f"],
        ),
        (
            "a.log",
            "INFO search key=q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf",
            &["q8ZtR2mW5vKxLp93Qw7NbM4tY6sHd1Cf"],
        ),
        ("a.md", "reCAPTCHA site key: 6LkP1jMg2dUKf2Io2pMLT3Uu86TQMwrT0bC082hc", &[]),
        ("a.service", "SetCredentialEncrypted=db_password: Whxqht+dQJax1aZeCGLxmiAb9dQ2", &[]),
        (
            "a.ts",
            "const ROLE_KEY = '0x9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6';",
            &[],
        ),
        (
            "a.ts",
            "const FAUCET_KEY = '0x3f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a7';",
            &["0x3f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a7"],
        ),
        ("a.php", "'current_password' => 'current_password:web',", &[]),
        ("a.js", "current_password: 'required_with:password|current_password:api',", &[]),
        ("a.pl", "my %h = (password => 'CRYPT-SHA512');", &[]),
        ("a.js", "{ password: 'alllowercase1!', ok: false },", &[]),
        (".sops.yaml", "key_groups:\n- pgp:\n  - FBC7B9E2A4F9289AC0C1D4843D16CEE4A27381B4", &[]),
        ("a.ts", "access_token: 'eyJhbGciOiJSUzI1NiwidHlwIjoiSldUIn0.payload.sig',", &[]),
    ]);
}
