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
