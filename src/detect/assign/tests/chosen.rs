//! Secrets that people choose: words of their own, where a program signs, in an environment.

use super::check;

#[test]
fn what_a_program_signs_with_may_be_words() {
    check(&[
        ("a.js", "session({\n  secret: 'keyboard giraffe 88',\n})", &["keyboard giraffe 88"]),
        ("a.js", "app.use(session({ secret: 'kattenbak-zand' }))", &["kattenbak-zand"]),
        ("a.js", "jwt.sign({ sub: u }, 'zeehond-op-zandbank')", &["zeehond-op-zandbank"]),
        ("a.ts", "cookieSecret: 'marmot whistles twice',", &["marmot whistles twice"]),
        (
            "a.ts",
            "jwtSecret: process.env.JWT_SECRET ?? 'pineapple-on-pizza-4ever',",
            &["pineapple-on-pizza-4ever"],
        ),
        (
            "a.json",
            "{\"Jwt\": {\n  \"Issuer\": \"x\",\n  \"Key\": \"WestbrookSigningKeyNobodyShares!!\"}}",
            &["WestbrookSigningKeyNobodyShares!!"],
        ),
        ("a.json", "{\"Jwt\": {\"Key\": \"Jwt:SigningKeyOfThisApp\"}}", &[]),
        ("a.json", "{\"Jwt\": {\"Key\": \"your-256-bit-secret-goes-here\"}}", &[]),
        ("a.json", "{\"Cache\": {\"Key\": \"WestbrookPayrollRowsOfToday!!\"}}", &[]),
        ("a.py", "def verify(r, secret: str = \"seepferdchen-bronze\"):", &["seepferdchen-bronze"]),
        ("a.py", "secret: str = \"billing-database\"", &[]),
        ("a.yml", "secret: kattenbak-zand", &[]),
        ("a.js", "const t = { token: 'kattenbak-zand' };", &[]),
    ]);
}

#[test]
fn an_environment_may_hold_words_of_ones_own() {
    check(&[
        ("env", "CRON_SECRET=wakeup-the-otter-88", &["wakeup-the-otter-88"]),
        ("env.local.bak", "CRON_SECRET=wakeup-the-otter-88", &["wakeup-the-otter-88"]),
        (".flaskenv", "CRON_SECRET=wakeup-the-otter-88", &["wakeup-the-otter-88"]),
        (".env", "VLLM_API_KEY=onze-eigen-vllm-sleutel", &["onze-eigen-vllm-sleutel"]),
        (".env", "LITELLM_MASTER_KEY=sk-lepelaar", &["sk-lepelaar"]),
        (".env", "WEBHOOK_SECRET=whk_Wintertaling", &["whk_Wintertaling"]),
        (
            "a.yml",
            "environment:\n  WEBUI_SECRET_KEY: \"t0p-Muschel-geheim\"",
            &["t0p-Muschel-geheim"],
        ),
        ("a.yml", "environment:\n  - WEBUI_SECRET_KEY=t0p-of-the-fjord", &["t0p-of-the-fjord"]),
        (
            "a.yml",
            "environment:\n  - \"ROOT_PASSWORD=Trollstigen 11 svinger\"",
            &["Trollstigen 11 svinger"],
        ),
        (".env", "API_TOKEN=billing-service", &[]),
        (".env", "WEBHOOK_SECRET=fjordweg-webhook-secret", &[]),
        ("a.properties", "addToken=Ajouter un jeton", &[]),
        (
            "Fastfile",
            "ENV[\"MATCH_PASSWORD\"] = \"tandem bicycle for 2\"",
            &["tandem bicycle for 2"],
        ),
        (".env", "RESTIC_PASSWORD=\"the quick goose naps twice\"", &["the quick goose naps twice"]),
        (".env", "RESTIC_PASSWORD=\"the password is not set yet\"", &[]),
        ("a.http", "Authorization: Basic joe Vellum+Gilt5", &["Vellum+Gilt5"]),
        ("a.http", "Authorization: Basic authentication scheme only", &[]),
    ]);
}

#[test]
fn a_quoted_argument_may_hold_dots_and_a_name_of_two_parts_too() {
    check(&[
        ("a.sh", "sshpass -p 'n0rth.Fork.Bridge' ssh joe@10.0.9.3", &["n0rth.Fork.Bridge"]),
        ("a.sh", "sshpass -p 'vault.pass.bridge' ssh joe@10.0.9.3", &[]),
        ("a.sql", "ALTER USER etl PASSWORD 'maple.syrup.etl';", &["maple.syrup.etl"]),
        ("a.sql", "CREATE USER etl IDENTIFIED BY 'maple.tree.etl';", &["maple.tree.etl"]),
        ("a.sh", "gpg --batch --passphrase wabisabi-zakura -c a", &["wabisabi-zakura"]),
        ("a.sh", "gpg --batch --passphrase some-other-word -c a", &[]),
        ("a.ino", "#define MQTT_PASSWD \"regenton.vol\"", &["regenton.vol"]),
        ("a.yaml", "mqtt_password: mail.corp.lan", &[]),
        (
            "a.ts",
            "jwtConstants = { secret: 'ClinicaGdl.Tapatio.2022' };",
            &["ClinicaGdl.Tapatio.2022"],
        ),
        ("a.ts", "x = { secret: 'app.jwt.secret' };", &[]),
        ("a.py", "session_secret = SecretStr('wintergreen&tobacco')", &["wintergreen&tobacco"]),
        ("a.go", "var signingKey = []byte(\"denver-broncos-sb50\")", &["denver-broncos-sb50"]),
        (
            "a.rs",
            "const SESSION_KEY: &[u8; 32] = b\"MZNYF71i2JSJnuCdqIcEe2tqhMZoKGjj\";",
            &["MZNYF71i2JSJnuCdqIcEe2tqhMZoKGjj"],
        ),
        (
            "a.cs",
            "GetByLabel(\"Password\").FillAsync(\"Paddington.Bear7\");",
            &["Paddington.Bear7"],
        ),
        ("a.txt", "REDISCLI_AUTH=LeafsFan_1967 redis-cli BGSAVE", &["LeafsFan_1967"]),
        ("a.json", "{\"t\": \"비밀번호는 hanriver!Sunset7 이고\"}", &["hanriver!Sunset7"]),
        (
            "a.yml",
            "apiKeys:\n  - name: joe\n    value: E7Wvgf7B1LfXSmpZd4HDZzwdr6bo5PWb\n",
            &["E7Wvgf7B1LfXSmpZd4HDZzwdr6bo5PWb"],
        ),
        ("a.yml", "run: railway up --service dab7b020-3e88-4250-b166-8208dd8f440e", &[]),
        ("a.txt", "TWILIO_AUTH_TOKEN=$X GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305", &[]),
        (".env", "PUSHER_APP_KEY=0baadcb63c2482a91de7", &[]),
        (".env", "LIVEKIT_API_KEY=APIrLUZ8klheg7A", &[]),
        (".env", "ADMIN_PASSWORD=APIgateway2024", &["APIgateway2024"]),
        (".env", "DB_PASSWORD=db_password:hunter2", &["db_password:hunter2"]),
        (".env", "PUSHER_APP_SECRET=0baadcb63c2482a91de7", &["0baadcb63c2482a91de7"]),
        (".env", "acme_service_token=q8ZtR2mW5vKxLp93Qw7N", &["q8ZtR2mW5vKxLp93Qw7N"]),
    ]);
}
