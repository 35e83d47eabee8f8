//! Places where values stand that a grid of forms and names had shown to be missed, and
//! what stands in the same places and is none, as tables.

use super::check;

#[test]
fn values_are_found_in_calls_that_copy_compare_and_insert() {
    check(&[
        ("a.c", "strcpy(c->password, \"hunter2\");", &["hunter2"]),
        ("a.c", "strncpy((char *)wifi.sta.password, \"hunter2\", 64);", &["hunter2"]),
        ("a.c", "if (strcmp(c->password, \"Wintxr2031\") == 0) {", &["Wintxr2031"]),
        ("a.c", "if (strcmp(password, \"quit\") == 0) {", &[]),
        ("a.c", "strcpy(password, other);", &[]),
        ("a.php", "if (hash_equals($token, 'q8ZtR2mW5vKxLp93')) {", &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "setattr(conf, \"password\", \"hunter2\")", &["hunter2"]),
        ("a.rs", "m.insert(\"password\".to_string(), \"hunter2\".to_string());", &["hunter2"]),
        ("a.rs", "m.insert(\"password\".to_string(), value);", &[]),
        ("a.rs", "m.insert(String::from(\"password\"), String::from(\"hunter2\"));", &["hunter2"]),
        ("a.cs", "new KeyValuePair<string, string>(\"App:Password\", \"hunter2\")", &["hunter2"]),
        ("a.php", "update_option('smtp_password', 'hunter2');", &["hunter2"]),
        ("A.java", "c.setUnsealKey(\"q8ZtR2mW5vKxLp93\");", &["q8ZtR2mW5vKxLp93"]),
        ("A.java", "c.containsKey(\"q8ZtR2mW5vKxLp93\");", &[]),
        ("A.java", "return accountKey.equals(\"q8ZtR2mW5vKxLp93\");", &["q8ZtR2mW5vKxLp93"]),
    ]);
}

#[test]
fn values_are_found_in_scripts_that_default_and_replace() {
    check(&[
        ("a.sh", "PASSWORD=${1:-hunter2}", &["hunter2"]),
        ("a.sh", "PASSWORD=\"${2-hunter2}\"", &["hunter2"]),
        ("a.sh", "PASSWORD=${1:-$OTHER}", &[]),
        ("a.sh", "PASSWORD=${1:?give one}", &[]),
        ("a.sh", "sed -i \"s/password=.*/password=q8ZtR2mW5v/\" a.conf", &["q8ZtR2mW5v"]),
        ("a.sh", "sed -i 's|^token=.*|token=q8ZtR2mW/5vKxLp93|' a", &["q8ZtR2mW/5vKxLp93"]),
        ("a.sh", "tool --password= --port 80", &[]),
        ("a.service", "ExecStart=/bin/x --password= --port 80", &[]),
        ("a.conf", "fastcgi_param DB_PASSWORD hunter2;", &["hunter2"]),
        ("a.ps1", "ConvertTo-SecureString \"${env:PASSWORD}\" -AsPlainText -Force", &[]),
    ]);
}

#[test]
fn values_are_found_under_names_in_notes_and_pages() {
    check(&[
        (
            "a.md",
            "| Name | What |\n|---|---|\n| `API_KEY` | `q8ZtR2mW5vKxLp93` |\n",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.md", "| `API_KEY` | The key of the service |\n", &[]),
        ("a.rst", "Set ``API_KEY`` to ``q8ZtR2mW5vKxLp93``.", &["q8ZtR2mW5vKxLp93"]),
        ("a.txt", "API key - q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.md", "password \u{2013} q8ZtR2mW5v", &["q8ZtR2mW5v"]),
        ("a.md", "- `password` - the password of the user", &[]),
        ("a.md", "Use the token `q8ZtR2mW5vKxLp93Xw7nB4c=` for it.", &["q8ZtR2mW5vKxLp93Xw7nB4c="]),
        ("a.md", "Use the token `level=9` for it.", &[]),
        (
            "a.txt",
            "Access key: 8f14e45fceea167a5a36dedd4bea2543",
            &["8f14e45fceea167a5a36dedd4bea2543"],
        ),
        ("a.csv", "name,value\nhost,db\npassword,Wintxr2031\n", &["Wintxr2031"]),
        ("a.csv", "name,label\nhost,db\npassword,Wintxr2031\n", &[]),
    ]);
}

#[test]
fn values_are_found_under_names_that_were_not_read() {
    check(&[
        ("a.rs", "const PASS: &str = \"Wintxr2031\";", &["Wintxr2031"]),
        ("a.kt", "const val PASS: String = \"Wintxr2031\"", &["Wintxr2031"]),
        ("a.py", "bearer = \"q8ZtR2mW5vKxLp93\"", &["q8ZtR2mW5vKxLp93"]),
        ("a.json", "{\"bearer\": \"q8ZtR2mW5vKxLp93\"}", &["q8ZtR2mW5vKxLp93"]),
        ("a.json", "{\"token_type\": \"bearer\", \"x\": \"y\"}", &[]),
        ("a.php", "$vnp_HashSecret = \"Q8ZTR2MW5VKXLP93\";", &["Q8ZTR2MW5VKXLP93"]),
        ("a.json", "{\"hashed_secret\": \"8f14e45fceea167a5a36dedd4bea2543\"}", &[]),
        ("a.php", "['psk' => 'Wintxr2031']", &["Wintxr2031"]),
        ("a.java", "c.setPsk(\"Wintxr2031\");", &["Wintxr2031"]),
        ("a.toml", "api-key-prod = \"q8ZtR2mW5vKxLp93\"", &["q8ZtR2mW5vKxLp93"]),
        ("a.cpp", "std::string access_key{\"q8ZtR2mW5vKxLp93\"};", &["q8ZtR2mW5vKxLp93"]),
        ("a.pl", "$c{access_key} = 'q8ZtR2mW5vKxLp93';", &["q8ZtR2mW5vKxLp93"]),
        ("a.py", "password = \"q8Z!tR%sm2W5vKx\"", &["q8Z!tR%sm2W5vKx"]),
        ("a.py", "password = \"Bearer %s\"", &[]),
    ]);
}

#[test]
fn what_has_the_form_of_something_else_is_none() {
    check(&[
        ("a.yml", "password: varchar(255)", &[]),
        ("a.js", "password: 'input[name=password]'", &[]),
        ("a.js", "{ password: 'text-sm text-gray-500' }", &[]),
        ("a.yml", "encryption_key: AES-256-GCM", &[]),
        ("a.yml", "password: smtp.corp.io", &[]),
        ("a.yml", "token: secretref:db-token", &[]),
        ("a.env", "POSTGRES_PASSWORD=changethis", &[]),
        ("a.yml", "auth: nginx:1.25-alpine", &[]),
        ("a.js", "password: '$.auth.password'", &[]),
        ("a.yml", "password: db-password-7d9f", &[]),
        ("a.yml", "    run: echo \"✅ PASS: Cold startup within threshold\"", &[]),
        ("a.md", "1. Ensure tests pass: `make test`", &[]),
        ("a.json", "{\"onepassword\": \"#/components/schemas/OnePasswordCredential2\"}", &[]),
        ("a.html", "<script>\nx = { password: typeof value.pass1 === 's' };", &[]),
        ("a.ts", "secretValue: 'enc:v1:abc123',", &[]),
        ("a.json", "\"sas_token\": \"?sv=2019-07-07&sig=**data_scrubbed**&sr=c\"", &[]),
    ]);
}

#[test]
fn values_are_found_that_stand_for_what_is_not_given() {
    check(&[
        ("a.js", "const password = isProd ? process.env.X : 'hunter2';", &["hunter2"]),
        ("A.java", "String password = x != null ? x : \"hunter2\";", &["hunter2"]),
        ("a.js", "const password = show ? 'text' : 'password';", &[]),
        (
            "a.tsx",
            "const [apiKey, setApiKey] = useState('q8ZtR2mW5vKxLp93');",
            &["q8ZtR2mW5vKxLp93"],
        ),
        (
            "a.tsx",
            "const [token, setToken] = React.useState<string>('q8ZtR2mW5vKxLp93');",
            &["q8ZtR2mW5vKxLp93"],
        ),
        ("a.tsx", "const [token, setToken] = useState('');", &[]),
        ("a.go", "c.Flags().StringP(\"password\", \"p\", \"hunter2\", \"what\")", &["hunter2"]),
        (
            "a.go",
            "c.Flags().StringVarP(&x, \"password\", \"p\", \"hunter2\", \"what\")",
            &["hunter2"],
        ),
        ("a.go", "c.Flags().StringP(\"password\", \"p\", \"\", \"the password\")", &[]),
        ("a.py", "@click.option(\n    \"--password\",\n    default=\"hunter2\",\n)", &["hunter2"]),
        (
            "a.py",
            "@click.option(\n    \"--password\",\n    prompt=True)\nx(default=\"hunter2\")",
            &[],
        ),
        ("a.sh", "aws configure set secret_access_key q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
    ]);
}

#[test]
fn values_are_found_that_a_function_returns() {
    check(&[
        ("A.java", "public String getPassword() {\n    return \"hunter2\";\n}", &["hunter2"]),
        ("a.go", "func (c *C) Password() string { return \"hunter2\" }", &["hunter2"]),
        ("a.rs", "fn password() -> &'static str {\n    \"hunter2\"\n}", &["hunter2"]),
        ("a.rs", "fn password() -> String {\n    \"hunter2\".to_string()\n}", &["hunter2"]),
        ("a.py", "def password():\n    return \"hunter2\"\n", &["hunter2"]),
        ("a.js", "password() { return 'hunter2'; }", &["hunter2"]),
        ("A.java", "String getPassword() {\n    return \"hunter2\"\n        + load();\n}", &[]),
        ("A.java", "String getPassword() {\n    return load(\"hunter2\");\n}", &[]),
        ("A.java", "if (getPassword() == other) { x(\"hunter2\"); }", &[]),
        ("A.java", "String getPassword() {\n    return \"secret\";\n}", &[]),
        ("a.sh", "git config --global sendemail.smtpPass hunter2", &["hunter2"]),
        ("a.sh", "git config --global user.signingKey 8F14E45FCEEA167A", &[]),
    ]);
}
