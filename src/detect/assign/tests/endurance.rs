//! The detector on any text: it never panics, its spans lie inside, and it ends.

use proptest::prelude::*;

use crate::detect::Scanner;
use crate::model::RepoPath;
use crate::rules::RuleSet;

/// What took time with the square of the length would take minutes here.
#[test]
fn the_reading_of_what_repeats_ends_and_spans_lie_inside() {
    let scanner = Scanner::new(RuleSet::builtin());
    let paths = [&b"a.txt"[..], b"a.yml"].map(RepoPath::new);
    for unit in [
        "pass=",
        "token: ",
        "password: \"",
        "token='\\\"",
        "://a:b@",
        "<password>",
        "curl -u ",
        "key=[1,2,3,4,5,6,7,8,",
        "insert into t (password, password) values ('a', 'b'), ",
        "jwt.sign((((a, ",
        "password:\n    x:\n",
        "\"password\": {\"a\": ",
        "<name>password</name>",
        "echo 'a:b' | chpasswd ",
        "name = \"password\"\n",
        "\"Basic \" + btoa(",
        "token{\"",
        "(1, 'password', 'x1'), ",
        "lftp -u a,",
        "admin / ",
        "<tr><th>password</th><td>",
        "! password\n",
        "users: {a: ",
        "password = \"x1\" + \"x2\" + ",
    ] {
        let text = unit.repeat(20_000);
        for found in paths.iter().flat_map(|path| scanner.candidates(text.as_bytes(), path)) {
            assert!(found.span.end <= text.len());
        }
    }
}

/// Pieces of everything that a reader begins or ends with.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "password", "db_password", "secret", "token", "api_key", "auth", "cred", "pwd", "psk",
    "PASSWORD", "Password", "stringData", "kind: Secret\n", "data:\n", "default", "value",
    "example:\n", "description: |\n", "variable \"", "\" {", "{ default = ", "name=\"", "<name>",
    "</name><value>", "</value>", "<key>", "</key><string>", "</string>", "<password>",
    "<![CDATA[", "]]>", "<setting ", "insert into t (", ") values (", "'), ('",
    "mysqli_connect(", "jwt.sign(", "connect(", "login(", "bind('cn=a,dc=b', ", "hmac.new(",
    "getConnection(", "SecretKeySpec(", ".getBytes()", "[]byte(", "auth=(", "curl -u ",
    "mysql -p", "sshpass -p ", "htpasswd -b ", "chpasswd", "echo ", " | ", "net user ",
    "net use ", "/user:", "sudo -S ", "redis-cli -a ", "sqlplus ", "sqlcmd -P ",
    "ConvertTo-SecureString ", "-AsPlainText ", "@tcp(", "://", "identified by ", "create user ",
    "Authorization: Basic ", "Bearer ", "${", "}", "{{ ", " }}", "<%= ", "%>", "|| ",
    "default('", "--password", "- ", "  ", "\n", "\r\n", "\t", "\"", "'", "`", "\\", "\\n", "(",
    ")", "[", "]", "{", "<", ">", ",", ":", ": |\n  ", "&a ", "!!str ", "=", ":=", "=>", "==",
    ";", "#", "//", "**", "%", "x1", "s3cr3t!", "Wintxr2031!", "é", "buildConfigField ",
    "flag.String(", "Map.of(", "add_argument(", "default=", "'Basic ' + btoa(", "{ get; set; } = ",
    "forHTTPHeaderField: \"", "setValue(\"", "name = \"", "value = ", ".unwrap_or(", "strcpy(",
    "(setq ", "set :", "config :a, :", "basic_auth ", "VALUES (", "lftp -u ", "http -a ", "zip -P ",
    "rocommunity ", "tacacs-server key ", "7z x ", "xfreerdp /p:", "NEO4J_AUTH=neo4j/",
    "BASIC_AUTH=a:", "{Name: \"", "\", Value: \"", "user, password = ", "nmcli ", "enable ",
    "q{", "qq(", "%q[", "[[", "]]", "[=[", "<<\"", "\">>", "set ", "set \"", "$c{", "} = ",
    "{password, ", "bw login a@b ", "codecov -t ", "a,password\n", "    ", " user-secrets set ",
    "(name = \"", "\", defaultValue = ", "\" to \"", "oc login ", ").basic(", "admin / ",
    "<tr>", "<th>", "</th>", "<td>", "</table>", "! ", "users: {", "users = {", "\" + \"", "\"\n\"",
    "\" -> \"", "-> ", " in the vault: ", "is generated for ", "to ",
];

/// Such pieces, and fillers that carry a text past what a reader reaches.
fn any_pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    let filler = (prop::sample::select(vec!["a", " ", "x, ", "b\n", "'c' "]), 1usize..1500);
    let filler = filler.prop_map(|(unit, count)| unit.repeat(count));
    let word = prop_oneof![12 => piece.prop_map(str::to_owned), 1 => filler, 1 => "[ -~]{0,12}"];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_pieces_are_read_without_a_panic_and_spans_lie_inside(
        text in any_pieces(),
        path in prop::sample::select(vec![
            "a.py", "a.sql", "a.yaml", "a.json", "a.xml", "a.sh", ".env", "a.md", "a.tf", "a.erb",
            "tests/a.py", "docs/a.yml", "a.html", "a.csv", "a.pl", "a.erl", "a.robot",
        ]),
    ) {
        let scanner = Scanner::new(RuleSet::builtin());
        for found in scanner.candidates(text.as_bytes(), &RepoPath::new(path.as_bytes())) {
            prop_assert!(found.span.start < found.span.end && found.span.end <= text.len());
        }
    }
}
