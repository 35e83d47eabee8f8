//! Of whole blobs: layers, places, cells, echoes.

use super::*;
use crate::model::RepoPath;
use crate::rules::template::expand;
use base64::engine::{Engine as _, general_purpose::STANDARD};
use proptest::prelude::*;

fn scan(path: &str, bytes: impl Into<Vec<u8>>) -> Vec<Finding> {
    let path = RepoPath::new(path.as_bytes());
    let blob = Blob { path, origin: Origin::Disk, bytes: bytes.into() };
    Engine::new(RuleSet::builtin()).scan(&blob)
}

fn token(seed: u64) -> String {
    expand("ghp_{base62:30}{crc:crc32-base62}", seed).unwrap()
}

/// Rule, segment, line and column of each finding.
fn short(findings: &[Finding]) -> Vec<(&str, String, usize, usize)> {
    let of = |finding: &Finding| match &finding.evidence {
        Evidence::Secret { place, segment, .. } => (segment.to_string(), place.line, place.column),
        Evidence::Path => ("path".into(), 0, 0),
    };
    findings
        .iter()
        .map(|finding| {
            let (segment, line, column) = of(finding);
            (finding.rule.id, segment, line, column)
        })
        .collect()
}

const GITHUB: &str = "github-personal-access-token";

#[test]
fn a_token_in_a_layer_stands_where_its_run_stands() {
    let run = STANDARD.encode(format!("user:{}\n", token(1)));
    let found = scan("a.yaml", format!("a: 1\nhead: {run}\n"));
    assert_eq!(short(&found), [(GITHUB, "base64".into(), 2, 7)]);
    assert_eq!(found[0].value().unwrap().expose(), token(1).as_bytes());
}

#[test]
fn a_run_that_begins_as_a_token_by_chance_is_read_all_the_same() {
    // `cio` and 32 letters and digits, as a token of a registry.
    let run = STANDARD.encode(format!("r* {}> {}\n", expand("{base62:23}", 2).unwrap(), token(1)));
    let found = scan("a.txt", format!("head {run}\n"));
    assert!(short(&found).contains(&(GITHUB, "base64".into(), 1, 6)), "{:?}", short(&found));
}

#[test]
fn a_marker_beside_a_run_counts_and_one_inside_does_not() {
    let held = |text: &str, seed| STANDARD.encode(format!("{text} {}\n", token(seed)));
    let allowed = |text: String| -> Vec<bool> {
        scan("a.yaml", text).iter().map(|finding| finding.hidden.is_some()).collect()
    };
    let run = held("user:", 1);
    assert_eq!(allowed(format!("head: {run}  # stanch:allow\n")), [true]);
    assert_eq!(allowed(format!("# stanch:allow-next-line\nhead: {run}\n")), [true]);
    let twice = STANDARD.encode(format!("and {run}"));
    assert_eq!(allowed(format!("head: {twice}  # stanch:allow\n")), [true]);
    assert_eq!(
        allowed(format!("head: {run}  # stanch:allow\nnext: {}\n", held("a", 2))),
        [true, false]
    );
    assert_eq!(allowed(format!("head: {}\n", held("# stanch:allow", 1))), [false]);
}

#[test]
fn the_file_of_a_key_is_told_once() {
    let payload = STANDARD.encode(expand("openssh-key-v1\0\0\0\0\x04none{base62:300}", 1).unwrap());
    let kind = "OPENSSH PRIVATE KEY";
    let block = |body: &str| format!("-----BEGIN {kind}-----\n{body}\n-----END {kind}-----\n");
    let rules = |text: String| -> Vec<&str> {
        scan("keys/id_ed25519", text).iter().map(|finding| finding.rule.id).collect()
    };
    assert_eq!(rules(block(&payload)), ["ssh-private-key"]);
    let locked = STANDARD.encode(expand("openssh-key-v1\0\0\0\0\nAES{base62:300}", 1).unwrap());
    assert_eq!(rules(block(&locked)), ["private-key-file"]);
    assert_eq!(rules(block("a key")), ["private-key-file"]);
}

#[test]
fn what_a_layer_tells_takes_the_place_of_what_its_name_told() {
    let run = STANDARD.encode(token(1));
    let found = scan("a.yaml", format!("kind: Secret\ndata:\n  api_token: {run}\n"));
    assert_eq!(short(&found), [(GITHUB, "base64".into(), 3, 14)]);
}

#[test]
fn a_token_that_begins_with_an_id_in_base64_needs_no_word_beside_it() {
    let token = |digits: usize| {
        let template =
            format!("{{b64url:1{{digit:{}}}}}.G{{base64url:5}}.{{base64url:38}}", digits - 1);
        expand(&template, 1).unwrap()
    };
    for digits in 18..=20 {
        let found = scan("a.txt", format!("x = 1\nrun {}\n", token(digits)));
        assert_eq!(short(&found), [("discord-bot-token", "file".into(), 2, 5)]);
        assert_eq!(found[0].value().unwrap().expose(), token(digits).as_bytes());
    }
    let named = scan("a.env.txt", format!("ACCESS_TOKEN={}\n", token(18)));
    assert_eq!(short(&named), [("discord-bot-token", "file".into(), 1, 14)]);
    let (id, rest) = (&token(18)[..24], &token(18)[24..]);
    for other in [id.to_owned(), format!("{id}.abc.def"), format!("x.{id}{rest}")] {
        assert_eq!(short(&scan("a.txt", format!("run {other}\n"))), []);
    }
}

#[test]
fn a_token_that_is_an_id_and_random_bytes_in_base64_needs_no_word_either() {
    const ATLASSIAN: &str = "atlassian-data-center-token";
    let token = |digits: usize, seed: u8| {
        let random = (1..=20u8).map(|n| n.wrapping_mul(seed) ^ 0x9D);
        let id = "926607655526"[12 - digits..].bytes().chain([b':']);
        STANDARD.encode(id.chain(random).collect::<Vec<u8>>())
    };
    let found = |text: &str| scan("a.txt", text.as_bytes());
    for seed in (1..99).step_by(2) {
        let token = token(12, seed);
        for text in [
            format!("run {token}\n"),
            format!("to {token}.\n"),
            format!("https://host/api/token/{token}?x=1\n"),
            format!("\"image/png\": \"iVBORx09VIskhxhCe7sh03R1/{token}/hZwUteHsmN+z\"\n"),
        ] {
            let all = found(&text);
            let column = text.find(&token).unwrap() + 1;
            assert_eq!(short(&all), [(ATLASSIAN, "file".into(), 1, column)], "{text}");
            assert_eq!(all[0].value().unwrap().expose(), token.as_bytes());
        }
        assert_eq!(short(&found(&format!("run {token}AB\n"))), [], "longer");
    }
    let words = STANDARD.encode("926607655526:these are many words");
    for none in [token(11, 7), token(12, 7)[..40].to_owned(), words] {
        assert_eq!(short(&found(&format!("run {none}\n"))), [], "{none}");
    }
}

#[test]
fn a_value_in_plain_sight_is_not_told_again_by_its_layer() {
    let plain = token(1);
    let run = STANDARD.encode(&plain);
    let found = scan("a.txt", format!("{plain}\n{run}\n"));
    assert_eq!(short(&found), [(GITHUB, "file".into(), 1, 1)]);
    let cookie = expand("xoxd-{base62:60}%2F{base62:50}%3D%3D", 1).unwrap();
    let found = scan("a.txt", cookie.clone());
    assert_eq!(short(&found), [("slack-session-cookie", "file".into(), 1, 1)]);
    assert_eq!(found[0].value().unwrap().expose(), cookie.as_bytes());
    let percent = format!("u=%22%3A%20{plain}%22&x=1");
    assert_eq!(short(&scan("a.txt", percent)), [(GITHUB, "file".into(), 1, 12)]);
}

#[test]
fn a_token_that_a_url_escapes_is_told_once_and_whole() {
    let token = expand("sk_live_a2V5{base62:40}/{base62:30}=", 1).unwrap();
    let escaped = token.replace('/', "%2F").replace('=', "%3D");
    for text in [
        format!("https://api.acme.io/x?key={escaped}&page=1\n"),
        format!("https://api.acme.io/x?page=1&key={escaped}\n"),
        format!("next=/x?key={}\n", escaped.replace('%', "%25")),
    ] {
        let found = scan("a.txt", text.clone());
        let values: Vec<_> = found.iter().map(|one| one.value().unwrap().expose()).collect();
        assert_eq!(
            (found[0].rule.id, values),
            ("workos-api-key", vec![token.as_bytes()]),
            "{text}"
        );
    }
}

#[test]
fn a_password_that_a_url_escapes_is_told_once() {
    for text in ["https://bob:p%40ssw0rdQz81x@db.acme.io/app", "a=%20b&password=Wint%40r2031xq"] {
        assert_eq!(scan("a.txt", format!("x = {text}?mode=a%20b\n")).len(), 1, "{text}");
    }
}

#[test]
fn what_escapes_hide_is_told_where_it_stands() {
    let token = token(1);
    let hidden = token.replacen('_', "%5F", 1);
    let found = scan("a.txt", format!("x = 1\nopen /x?u=%22%3A&k%3D{hidden}%22&x=%20\n"));
    assert_eq!(short(&found), [(GITHUB, "percent".into(), 2, 22)]);
    let found =
        scan("a.txt", format!("go?u=%2522%253A&k%253D{hidden}%2522\n").replace("%5F", "%255F"));
    assert_eq!(short(&found), [(GITHUB, "percent in percent".into(), 1, 23)]);
    let header = format!("Authorization: Bearer%20{}\n", expand("{base62:40}", 1).unwrap());
    assert_eq!(short(&scan("a.txt", header)), [("generic-secret", "file".into(), 1, 25)]);
}

#[test]
fn a_token_in_a_url_takes_nothing_from_what_stands_beside_it() {
    let other = expand("{base62:40}", 1).unwrap();
    let text = format!("response access_token={other}&id={}&state=a%20b\n", token(1));
    let found = scan("a.txt", text);
    let rules: Vec<_> = found.iter().map(|one| one.rule.id).collect();
    assert_eq!(rules, ["generic-token", GITHUB]);
}

#[test]
fn a_binary_file_is_searched_for_tokens_and_not_for_names() {
    let token = token(1);
    let bytes =
        [b"\0\x01\x02ELF\0".as_slice(), token.as_bytes(), b"\0password = \"hunter2hunter2\"\0"];
    assert_eq!(short(&scan("a.bin", bytes.concat())), [(GITHUB, "file".into(), 1, 8)]);
}

#[test]
fn a_wide_string_in_a_binary_file_is_searched_for_tokens() {
    let wide: Vec<u8> = token(1).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = [&b"\0\x01\x02MZ\xFF\xFE\x90"[..], &wide, &[0x90; 900]].concat();
    let found = scan("a.exe", bytes);
    assert_eq!(short(&found), [(GITHUB, "file".into(), 1, 9)]);
    assert_eq!(found[0].value().unwrap().expose(), token(1).as_bytes());
}

#[test]
fn findings_of_a_notebook_name_their_cell_and_their_line() {
    let (a, b, c) = (token(1), token(2), token(3));
    let file = format!(
        "{{\n \"cells\": [\n  {{\"source\": [\"x = 1\\n\",\n    \"k = \\\"{a}\\\"\"],\n   \"outputs\": [\n    \
         {{\"text\": [\"got {b}\"]}}]}}],\n \"metadata\": {{\"note\": \"{c}\"}}}}"
    );
    let found = scan("a.ipynb", file);
    let expected = [("cell 1", 4, 12), ("cell 1, output 1", 6, 20), ("file", 7, 24)];
    let expected = expected.map(|(segment, line, column)| (GITHUB, segment.into(), line, column));
    assert_eq!(short(&found), expected);
    assert!(found.iter().all(|finding| finding.confidence == Confidence::High));
}

#[test]
fn a_broken_notebook_is_read_as_it_stands() {
    let file = format!("{{\"cells\": [{{\"source\": [\"k = '{}'\"", token(1));
    assert_eq!(short(&scan("a.ipynb", file)), [(GITHUB, "file".into(), 1, 30)]);
}

#[test]
fn a_value_of_the_local_env_is_found_whole_and_told_once() {
    let plain = token(1);
    let env = format!("DB_PASSWORD=Wintxr2031!\nGITHUB={plain}\n");
    let local = LocalValues::of(&[env.into()], &[]);
    let engine = Engine::new(RuleSet::builtin()).with_local_values(local);
    let bytes = format!("open(Wintxr2031!)\n{plain}\nmyWintxr2031!\n").into_bytes();
    let blob = Blob { path: RepoPath::new(&b"a.txt"[..]), origin: Origin::Index, bytes };
    let found = engine.scan(&blob);
    let expected = [("local-env-value", "file".into(), 1, 6), (GITHUB, "file".into(), 2, 1)];
    assert_eq!(short(&found), expected);
}

/// Bytes in which the readers find something to start with.
fn any_content() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        any::<Vec<u8>>(),
        "[ -~]{0,40}".prop_map(String::into_bytes),
        "[A-Za-z0-9+/=_%-]{0,80}".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "-----BEGIN RSA PRIVATE ",
            "KEY-----",
            "-----END ",
            "\\n",
            "\r\n",
            "\"",
            "password = '",
            "PuTTY-User-Key-File-2: x\n",
            "Private-Lines: 2\n",
            "\"kty\":\"EC\",\"d\":\"",
            "{",
            "}",
            "{\"cells\": [{\"source\": [\"",
            "\"]}]}",
            "\u{feff}",
            "stanch:allow",
            "://a:b@c",
            "%2",
            "%41%42%43%44",
            "ghp_",
            "\0",
        ])
        .prop_map(|word| word.as_bytes().to_vec()),
    ];
    prop::collection::vec(word, 0..20).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_never_panic_and_places_lie_inside(
        bytes in any_content(),
        name in prop::sample::select(vec!["a.txt", "a.ipynb", ".env", "id_rsa", "a.py", "a.yaml"]),
    ) {
        let blob = Blob { path: RepoPath::new(name.as_bytes()), origin: Origin::Disk, bytes };
        let document = Document::of(&blob);
        let newlines = |b: &&u8| matches!(b, b'\n' | b'\r');
        let lines = document.bytes().iter().filter(newlines).count() + 1;
        for text in document.texts() {
            let end = text.map.back(Span::new(0, text.bytes.len())).end;
            prop_assert!(end <= document.bytes().len());
        }
        for finding in Engine::new(RuleSet::builtin()).scan(&blob) {
            if let Some(place) = finding.place() {
                prop_assert!(1 <= place.line && place.line <= place.end_line);
                prop_assert!(place.end_line <= lines);
                prop_assert!(place.column >= 1 && place.end_column >= 1);
            }
        }
    }

    #[test]
    fn utf16_changes_no_place_and_no_value(lead in "[ -~]{0,30}\r?\n[ -~é]{0,10} ", seed in 0u64..1000) {
        let text = format!("{lead}\n key '{}'\n", token(seed));
        let utf16: Vec<u8> =
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let (plain, wide) = (scan("a.txt", text), scan("a.txt", utf16));
        prop_assert_eq!(short(&plain), short(&wide));
        prop_assert!(plain.iter().zip(&wide).all(|(a, b)| a.value() == b.value()));
    }
}
