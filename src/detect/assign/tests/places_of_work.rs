//! What small products, enterprises and agents keep secrets in: settings of frameworks, calls of
//! their libraries, operations, notes in several languages.

use super::check;

const KEY: &str = "q8ZtR2mW5vKxLp93Qw7N";

#[test]
fn keys_of_frameworks_are_read_in_lists_and_under_their_names() {
    const DJANGO: &str = "_(=+brk6k8yx10=ek#$x_9n!*uxxv-t*r*!%9yp+riytruo(of";
    let fernet = "8O7teOYVrwieV6EAWo22sVQE99H7V4wgshbJDCY-AJA=";
    check(&[
        ("a.py", &format!("SECRET_KEY_FALLBACKS = [os.getenv('OLD'), '{DJANGO}']"), &[DJANGO]),
        (
            "a.py",
            "SECRET_KEY = 'dtm_yzk)hy(mniz2j0br37)m((*r+fo10&&9-=2_mmu@q-*)cm'",
            &["dtm_yzk)hy(mniz2j0br37)m((*r+fo10&&9-=2_mmu@q-*)cm"],
        ),
        ("a.py", &format!("FERNET_KEYS = ['{fernet}']"), &[fernet]),
        (
            "a.ts",
            &format!("new X({{ cookie: {{ secrets: ['{KEY}', env.OLD!], sign: ['a'] }} }})"),
            &[KEY],
        ),
        ("a.rb", &format!("config.active_record.encryption.primary_key = '{KEY}'"), &[KEY]),
        ("a.exs", &format!("config :joken, default_signer: '{KEY}'"), &[KEY]),
        (
            "a.ts",
            "setSignedCookie(c, 'a', b, 'strandjutter_op_zondag', {})",
            &["strandjutter_op_zondag"],
        ),
        (
            "a.env",
            "JWT_SECRET=oosterend hoorn formerum midsland",
            &["oosterend hoorn formerum midsland"],
        ),
        ("a.py", "index_keys = ['a1b2c3d4', 'created_at_2']", &[]),
        ("a.py", &format!("cache_keys = ['{KEY}']"), &[]),
    ]);
}

#[test]
fn maps_of_users_and_calls_that_hash_hold_passwords() {
    check(&[
        (
            "a.py",
            "USERS = dict(nadia=\"halloumi4Days\", greg=\"Bx7!rrQe\")",
            &["halloumi4Days", "Bx7!rrQe"],
        ),
        ("a.py", "BASICAUTH_USERS = {\"ahrens\": \"Hagebuttentee9\"}", &["Hagebuttentee9"]),
        ("a.ts", "const ADMINS = { niamh: \"Dulse&Dillisk\" };", &["Dulse&Dillisk"]),
        ("a.ts", "await Bun.password.hash(\"Sarma&Goran65\")", &["Sarma&Goran65"]),
        ("a.go", "subtle.ConstantTimeCompare([]byte(p), []byte(\"Tonne17rot\"))", &["Tonne17rot"]),
        (
            "a.exs",
            "config :x, username: \"joe\", password: ~s(Purzelbaum-Oma7)",
            &["Purzelbaum-Oma7"],
        ),
        ("a.asp", "Application(\"SenhaAdmin\") = \"GaloBarcelos5\"", &["GaloBarcelos5"]),
        ("A.java", "ctx.put(BindingProvider.PASSWORD_PROPERTY, \"zX9$deklar\");", &["zX9$deklar"]),
        ("a.abap", "  lv_pwd(30)  TYPE c VALUE 'Sparstrumpf_08',", &["Sparstrumpf_08"]),
        ("a.xml", "<c userName=\"x\" password=\"Kiz_Kulesi.2\"/>", &["Kiz_Kulesi.2"]),
        ("a.tf", "db_password = <<EOT\nKiesel-Stein-44x\nEOT\n", &["Kiesel-Stein-44x"]),
        ("a.tf", "db_password = <<EOT\nof the\ndatabase\nEOT\n", &[]),
        ("a.yml", "environment:\n  - \"SMTP_PASS=Fika kl 15:00!\"", &["Fika kl 15:00!"]),
    ]);
}

#[test]
fn operations_hand_over_passwords() {
    check(&[
        ("a.sql", "CREATE ROLE gerente IDENTIFIED BY feijoada2sab;", &["feijoada2sab"]),
        ("a.sql", "utl_http.set_wallet('file:/w', 'Wallet$Sampa11');", &["Wallet$Sampa11"]),
        ("a.sh", "rman target sys/Ermitage1764@ORCL cmdfile=x", &["Ermitage1764"]),
        ("a.sh", "expdp system/neva_Most7 full=y", &["neva_Most7"]),
        ("a.sh", "db2 connect to STK user joe using kvass.Ledyanoi7", &["kvass.Ledyanoi7"]),
        ("a.sh", "bcp x out e.csv -S D -U joe -P Rostbrat3Wurst -c", &["Rostbrat3Wurst"]),
        ("a.cfg", "command_line $USER1$/check_esx -u root -p 'eSx!n1ghtjar'", &["eSx!n1ghtjar"]),
        ("a.cfg", "command_line $USER1$/check_http -p $USER5$", &[]),
        ("a.service", "ExecStart=x --api-key hummus-fenster-kran", &["hummus-fenster-kran"]),
        ("a.yml", "data: |\n  admin_secret = Schneeeule-im-Mai", &["Schneeeule-im-Mai"]),
        (
            "a.jsonl",
            r#"{"a":"B=1\nJWT_SIGNING_KEY=Morgenstern-haelt-Wache\nX=1"}"#,
            &["Morgenstern-haelt-Wache"],
        ),
        ("a.yml", &format!("APIKEY_ALLOWED_KEYS: '{KEY},laptop'"), &[KEY]),
    ]);
}

#[test]
fn notes_of_many_languages_tell_passwords() {
    check(&[
        ("a.sh", "export PGPASSWORD='Слава-2022-Ура'", &["Слава-2022-Ура"]),
        ("a.json", r#"{"password": "пароль"}"#, &[]),
        ("a.sls", "secret: köttbullar1", &["köttbullar1"]),
        ("a.txt", "password: Garonne&Dordogne", &["Garonne&Dordogne"]),
        ("a.txt", "Пароль от 1С: Berezka_77", &["Berezka_77"]),
        ("a.txt", "Wachtwoord van de kassa-pc is Haring.Uitje5", &["Haring.Uitje5"]),
        ("a.txt", "La contraseña del certificado es Giralda_104m y caduca.", &["Giralda_104m"]),
        ("a.html", "<p>Hasło do VPN: <code>Morskie.Oko1395</code></p>", &["Morskie.Oko1395"]),
        ("a.md", "I changed the password for niamh to \"Samphire!2026\".", &["Samphire!2026"]),
        ("a.md", "- **marit@shelfie.no / Rognan-bib-71X**", &["Rognan-bib-71X"]),
        (
            "a.py",
            "goal = \"log in and the password Stroopwafel!2019 and go on\"",
            &["Stroopwafel!2019"],
        ),
        ("a.py", "raise X(\"the password Verifier2 and more\")", &[]),
    ]);
}

#[test]
fn what_other_programs_put_in_or_seal_is_none() {
    check(&[
        ("a.cfm", "<x username=\"a\" password=\"#application.ldapPw#\">", &[]),
        (
            "a.xml",
            "<wsse:Password Type=\"x#PasswordDigest\">Ai0Zmdbd1LwIIOLkaXTTS/RiKv4=</wsse:Password>",
            &[],
        ),
        ("a.xml", "<DTS:Password Encrypted=\"1\">q8ZtR2mW5vKxLp93Qw7N</Password>", &[]),
        ("a.xml", "<Password>AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAA</Password>", &[]),
        ("a.properties", &format!("captcha.recaptcha.key.public={KEY}"), &[]),
    ]);
}

#[test]
fn what_a_field_is_asked_for_is_compared_with_a_password() {
    check(&[
        ("a.py", "elif uname.get() == \"x\" and pwd.get() == \"kasirToko12\":", &["kasirToko12"]),
        ("a.cpp", "if (ui->mdp->text() == \"parcAuto#9\") accept();", &["parcAuto#9"]),
        ("A.java", "if (txtPass.getText().equals(\"parcAuto9\")) {", &["parcAuto9"]),
        ("a.js", "if (byId(\"password\").value === \"parcAuto9\") go();", &["parcAuto9"]),
        ("a.js", "if (byId(\"password\").value === \"hidden\") go();", &[]),
        ("a.js", "if (byId(\"password\").type === \"parcAuto9\") go();", &[]),
    ]);
}

#[test]
fn what_is_bound_to_a_statement_or_an_address_is_none() {
    check(&[
        ("a.vb", "x = \"SELECT * FROM u WHERE password=@pass\"", &[]),
        ("a.php", "$q = \"SELECT 1 FROM u WHERE a=:login AND password=:pass\";", &[]),
        ("a.php", "$q = \"UPDATE u SET password=:hash WHERE id=:id\";", &[]),
        ("a.ts", "const credentials = { email: 'e2e+x1@brightGoods.co.uk' }", &[]),
        (
            "A.java",
            "URL = \"jdbc:sqlserver://localhost:1433;user=sa;password=Sa@dm1n2023\";",
            &["Sa@dm1n2023"],
        ),
    ]);
}

#[test]
fn dotted_words_are_a_password_in_a_setting_and_a_place_is_none() {
    check(&[
        ("a.yml", "password: scrape.me.softly", &["scrape.me.softly"]),
        ("a.yml", "password: scrape.me.softly7", &["scrape.me.softly7"]),
        ("a.yml", "password: spring.datasource.password", &[]),
        ("a.yml", "password: vault.prod.dbname", &[]),
        ("a.yml", "password: app.config.value", &[]),
        ("a.yml", "password: myapp.example.com", &[]),
        (
            "a.yml",
            "backup_passphrase: seven grey herons by the old canal",
            &["seven grey herons by the old canal"],
        ),
        (
            "a.json",
            "{\"totpSeed\": \"HAMFFBBYN4AY3URUZNZQWHHZUKQUYXR7\"}",
            &["HAMFFBBYN4AY3URUZNZQWHHZUKQUYXR7"],
        ),
        ("a.ts", "{ users: { 'bull-admin': 'koyeseng17' } }", &["koyeseng17"]),
    ]);
}

#[test]
fn what_only_looks_like_a_parameter_is_a_password() {
    check(&[
        ("a.py", "password = \"@dministrator\"", &["@dministrator"]),
        ("a.py", "password = \"$ECRET$\"", &["$ECRET$"]),
        ("a.py", "password = \"&lephant\"", &["&lephant"]),
        ("a.xml", "<Password Encrypted=\"1\">hunter2</Password>", &["hunter2"]),
        ("a.env", &format!("JWT_SECRET_PUBLIC_API={KEY}"), &[KEY]),
        ("a.cfg", "password = $ARG1$", &[]),
        (
            "a.go",
            "k := parse(\"nodekey:9f3ab1c07d5e2486b1a4c7d9e0f213569f3ab1c07d5e2486b1a4c7d9e0f21356\")",
            &[],
        ),
        (
            "a.env",
            "NODE_KEY=9f3ab1c07d5e2486b1a4c7d9e0f213569f3ab1c07d5e2486b1a4c7d9e0f21356",
            &["9f3ab1c07d5e2486b1a4c7d9e0f213569f3ab1c07d5e2486b1a4c7d9e0f21356"],
        ),
    ]);
}
