//! The promise: no secret of the input is in the output, however it was cut.

use proptest::prelude::*;

use super::*;
use crate::model::Detector;
use crate::rules::RuleSet;
use crate::rules::template::expand;
use std::sync::OnceLock;

fn scanner() -> &'static Scanner {
    static SCANNER: OnceLock<Scanner> = OnceLock::new();
    SCANNER.get_or_init(|| Scanner::new(RuleSet::builtin()))
}

fn redactor(local: &LocalValues) -> Redactor<'_> {
    Redactor::new(scanner(), local, RepoPath::new("-"))
}

/// The output for an input that arrives in pieces of these lengths, in turn.
fn redacted(input: &[u8], pieces: &[usize], local: &LocalValues) -> Vec<u8> {
    let mut redactor = redactor(local);
    let mut ready = Vec::new();
    let mut rest = input;
    for piece in pieces.iter().cycle() {
        let (now, later) = rest.split_at((*piece).clamp(1, rest.len().max(1)).min(rest.len()));
        redactor.push(now, &mut ready);
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    redactor.finish(&mut ready);
    ready
}

fn token(seed: u64) -> String {
    expand("ghp_{base62:30}{crc:crc32-base62}", seed).unwrap()
}

fn key(lines: usize, end: &str) -> Vec<String> {
    let mut key = vec![["-----BEGIN RSA PRIVATE ", "KEY-----"].concat()];
    key.extend((0..lines).map(|n| expand("{base64:64}", n as u64).unwrap()));
    key.push(end.to_owned());
    key
}

const END: &str = concat!("-----END RSA PRIVATE ", "KEY-----");

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_token_is_replaced_by_its_rule_and_fingerprint() {
    let input = format!("using {} now\nnext\n", token(1));
    let out = text(&redacted(input.as_bytes(), &[4096], &LocalValues::default()));
    let start = "using [redacted github-personal-access-token sha256:";
    assert!(out.starts_with(start) && out.ends_with("] now\nnext\n"), "{out}");
    assert_eq!(out.len(), start.len() + 8 + "] now\nnext\n".len());
}

#[test]
fn whole_lines_go_out_at_once_and_an_open_one_waits() {
    let local = LocalValues::default();
    let mut redactor = redactor(&local);
    let mut ready = Vec::new();
    redactor.push(b"one\ntw", &mut ready);
    assert_eq!(text(&ready), "one\n");
    redactor.push(b"o\n", &mut ready);
    assert_eq!(text(&ready), "one\ntwo\n");
}

#[test]
fn a_key_of_many_lines_is_one_replacement() {
    for end in [END, "-----END"] {
        for (before, after) in
            [("", "\n"), ("12:00:01 INFO  ", "\n"), ("", "\\n"), ("    ", "\r\n")]
        {
            let key = key(20, end);
            let body: String = key.iter().flat_map(|l| [before, l, after]).collect();
            let input = format!("start\n{body}\nthe end of it all\nand more\nand more\n");
            for piece in [1, 63, 100_000] {
                let out = text(&redacted(input.as_bytes(), &[piece], &LocalValues::default()));
                for line in &key[1..21] {
                    assert!(
                        !out.contains(&line[..20]),
                        "{before:?} {after:?} {end} {piece}\n{out}"
                    );
                }
                assert_eq!(out.matches("[redacted").count(), 1, "{out}");
                assert!(
                    out.starts_with("start\n") && out.contains("the end of it all\nand more\n"),
                    "{out}"
                );
            }
        }
    }
}

#[test]
fn a_line_that_only_names_a_key_is_not_held_for_long() {
    let local = LocalValues::default();
    let mut redactor = redactor(&local);
    let mut ready = Vec::new();
    let head = &key(0, END)[0];
    redactor.push(format!("no {head} in file\nsecond line\nthird line\n").as_bytes(), &mut ready);
    assert!(text(&ready).ends_with("third line\n"), "{}", text(&ready));
}

#[test]
fn what_stands_behind_a_key_that_was_cut_stays() {
    let cut = key(3, "").join("\n");
    let input = format!("{cut}error: the stream broke\nno more, bye\n");
    let out = text(&redacted(input.as_bytes(), &[4096], &LocalValues::default()));
    assert!(
        out.ends_with("\nerror: the stream broke\nno more, bye\n") && !out.contains(&cut[40..80]),
        "{out}"
    );
    // A block that holds nothing is one of a guide.
    let empty = format!("{}\n…\n{END}\n", key(0, "")[0]);
    assert_eq!(text(&redacted(empty.as_bytes(), &[4096], &LocalValues::default())), empty);
}

#[test]
fn lines_of_json_stay_json() {
    let key = key(20, END).join("\\n");
    let lines = [
        format!(r#"{{"msg":"key {}","n":1}}"#, token(1)),
        format!(r#"{{"private_key":"{key}\n","type":"service_account"}}"#),
        format!(r#"{{"a":"{{\"token\":\"{}\"}}"}}"#, token(2)),
        r#"{"password":"hunter2!x","user":"me"}"#.to_owned(),
        r#"{"password": 73519482, "b": [1]}"#.to_owned(),
        r#"{"cmd":"export DB_PASSWORD=Tr0ub4dor\\n\necho"}"#.to_owned(),
    ];
    for line in &lines {
        let out = text(&redacted(format!("{line}\n").as_bytes(), &[7], &LocalValues::default()));
        serde_json::from_str::<serde_json::Value>(&out).unwrap_or_else(|e| panic!("{e}: {out}"));
        assert!(out.contains("[redacted ") || line.contains("73519482"), "{out}");
    }
}

#[test]
fn binary_and_clean_input_pass_through() {
    let binary: Vec<u8> =
        (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for input in [&binary[..], b"no secret\r\nhere\r", b"", b"\n\n", b"\xff\xfe\x80 text"] {
        assert_eq!(redacted(input, &[1000], &LocalValues::default()), input);
    }
}

#[test]
fn a_line_without_end_is_read_in_bounded_memory() {
    let local = LocalValues::default();
    let mut redactor = redactor(&local);
    let mut ready = Vec::new();
    let filler = "word ".repeat(20_000);
    let tokens: Vec<String> = (0..40).map(token).collect();
    for token in &tokens {
        redactor.push(filler.as_bytes(), &mut ready);
        redactor.push(format!("{token} ").as_bytes(), &mut ready);
        assert!(redactor.buffer.len() < LONG_LINE + TAIL + 2 * READ);
    }
    redactor.finish(&mut ready);
    let out = text(&ready);
    assert!(tokens.iter().all(|token| !out.contains(token.as_str())));
    assert_eq!(out.matches("[redacted").count(), 40);
}

#[test]
fn a_value_seen_once_is_replaced_wherever_it_stands() {
    let value = expand("{base62:32}", 5).unwrap();
    let input = format!("client_secret = \"{value}\"\nlater {value} alone\n");
    let out = text(&redacted(input.as_bytes(), &[10], &LocalValues::default()));
    assert!(!out.contains(&value), "{out}");
    assert_eq!(out.matches("[redacted").count(), 2, "{out}");
}

#[test]
fn values_of_env_files_are_replaced_and_weak_ones_without_fingerprint() {
    let local = LocalValues::of(&[b"DB_PASSWORD=correct4horse\n".to_vec()], &[]);
    let out = text(&redacted(b"x correct4horse y\n", &[3], &local));
    assert_eq!(out, "x [redacted local-env-value] y\n");
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn utf16_is_redacted_in_its_own_form() {
    let local = LocalValues::default();
    let input = format!("clé 𝄞\r\nkey {} now\r\n", token(1));
    let expected = text(&redacted(input.as_bytes(), &[4096], &local));
    assert!(expected.contains("[redacted github-"), "{expected}");
    for piece in [1, 7, 4096] {
        assert_eq!(redacted(&utf16(&input), &[piece], &local), utf16(&expected), "{piece}");
    }
    // Without a mark, and with half a character at the end.
    let bare = [&utf16(&input)[2..], b"x"].concat();
    let out = redacted(&bare, &[3], &local);
    assert_eq!(out, [&utf16(&expected)[2..], b"x"].concat());
}

/// Base64 as `base64 -w WIDTH` writes it.
fn base64(bytes: &[u8], width: usize) -> String {
    use base64::engine::{Engine as _, general_purpose::STANDARD};
    let run = STANDARD.encode(bytes);
    let lines: Vec<&str> =
        (0..run.len()).step_by(width).map(|at| &run[at..run.len().min(at + width)]).collect();
    lines.join("\n")
}

/// What a name finds in a run is one line of it; what the run encodes is all of it.
#[test]
fn an_encoded_token_below_a_name_goes_whole() {
    let token = expand("ghp_{base62:30}{crc:crc32-base62}", 3).unwrap();
    let run = base64(format!("{} {token}", expand("{base62:56}", 1).unwrap()).as_bytes(), 76);
    let out = text(&redacted(
        format!("client_secret =\n{run}\n").as_bytes(),
        &[9],
        &LocalValues::default(),
    ));
    let last = run.lines().last().unwrap();
    assert!(out.contains("github-personal-access-token") && !out.contains(last), "{out}");
}

#[test]
fn a_token_told_by_the_id_at_its_head_goes_whole() {
    let token = expand("{b64url:1{digit:17}}.G{base64url:5}.{base64url:38}", 1).unwrap();
    let out =
        text(&redacted(format!("sent {token} away\n").as_bytes(), &[5], &LocalValues::default()));
    let label = "sent [redacted discord-bot-token sha256:";
    assert!(out.starts_with(label) && out.ends_with("] away\n"), "{token}\n{out}");
}

#[test]
fn an_encoded_run_that_holds_a_secret_goes_whole() {
    let (plain, local) = (token(1), LocalValues::default());
    let each = |form: fn(u8) -> String| plain.bytes().map(form).collect::<Vec<_>>().concat();
    let hex = each(|byte| format!("{byte:02x}"));
    let once = base64(format!("user:{plain}\n").as_bytes(), 1000);
    let percent = each(|byte| format!("%{byte:02X}"));
    let twice = base64(once.as_bytes(), 1000);
    for run in [hex, once, percent, twice] {
        let out = text(&redacted(format!("sent {run} away\n").as_bytes(), &[5], &local));
        let label = "sent [redacted github-personal-access-token sha256:";
        assert!(out.starts_with(label) && out.ends_with("] away\n"), "{run}\n{out}");
    }
}

#[test]
fn every_secret_among_escapes_goes_and_nothing_else() {
    let tokens = [token(1), token(2), token(3)];
    let [a, b, c] = &tokens;
    let url = "https://bob:p%40ssw0rdQz81x@db.acme.io/x?mode=a%20b";
    let input = format!("GET {url}&k={a}&n=%22{b}%22&k%3D{a}&m%3D%22{c}%22&page=2\n");
    let out = text(&redacted(input.as_bytes(), &[9], &LocalValues::default()));
    assert!(tokens.iter().all(|token| !out.contains(token)) && !out.contains("Qz81x"), "{out}");
    let rest: Vec<&str> = out.split("[redacted ").collect();
    assert_eq!((rest.len(), rest[0]), (6, "GET https://bob:"), "{out}");
    assert!(rest[1].ends_with("]@db.acme.io/x?mode=a%20b&k="), "{out}");
    assert!(rest[5].ends_with("]%22&page=2\n"), "{out}");
}

#[test]
fn a_secret_in_wrapped_base64_is_found_across_its_lines() {
    let local = LocalValues::default();
    for before in 0..120 {
        let inner = format!("{}\ntoken: {}\nthe end of it\n", "x".repeat(before), token(1));
        let run = base64(inner.as_bytes(), 76);
        let input = format!("here it is:\n{run}\n(and more)\n");
        let out = text(&redacted(input.as_bytes(), &[13], &local));
        assert!(out.starts_with("here it is:\n[redacted github-"), "{before}\n{out}");
        assert!(out.ends_with("]\n(and more)\n"), "{before}\n{out}");
    }
}

#[test]
fn a_secret_far_inside_a_long_encoded_line_is_found() {
    let local = LocalValues::default();
    let filler = "plain words of a long text, ".repeat(60_000);
    for shift in 0..4 {
        let inner = format!("{}{filler} {} {filler}", "y".repeat(shift), token(1));
        let run = base64(inner.as_bytes(), usize::MAX);
        let out = redacted(format!("{run}\n").as_bytes(), &[100_000], &local);
        let label = b"[redacted github-personal-access-token";
        assert!(memchr::memmem::find(&out, label).is_some(), "{shift}");
        assert!(out.len() > 1_000_000, "{shift}: {}", out.len());
    }
}

#[test]
fn lines_of_digests_go_out_at_once() {
    let local = LocalValues::default();
    let mut redactor = redactor(&local);
    let mut ready = Vec::new();
    let line = format!("{}\n", expand("{hex:64}", 1).unwrap());
    redactor.push(line.as_bytes(), &mut ready);
    assert_eq!(text(&ready), line);
    // Nor is a short line one of a wrapped run.
    let short = base64(b"words of a short text, alone", 76) + "\n";
    ready.clear();
    redactor.push(short.as_bytes(), &mut ready);
    assert_eq!(text(&ready), short);
}

#[test]
fn what_is_no_text_waits_no_longer_than_it_takes_to_tell() {
    let local = LocalValues::default();
    let mut redactor = redactor(&local);
    let mut ready = Vec::new();
    redactor.push(&[0; HEAD - 1], &mut ready);
    assert!(ready.is_empty());
    redactor.push(b"\0\0a\n", &mut ready);
    assert_eq!(ready.len(), HEAD + 3);
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let local = LocalValues::default();
    assert!(redactor(&local).copy(&mut &b"a\nb\n"[..], &mut Closed).is_ok());
}

fn secret() -> impl Strategy<Value = String> {
    let template = prop_oneof![
        Just("ghp_{base62:30}{crc:crc32-base62}"),
        Just("sk-ant-api03-{base64url:93}AA"),
        Just("sk_live_{base62:99}"),
        Just("AIza{base64url:35}"),
        Just("github_pat_{base62:22}_{base62:59}"),
    ];
    (template, 0..200u64).prop_map(|(template, seed)| expand(template, seed).unwrap())
}

fn piece() -> impl Strategy<Value = (String, Option<String>)> {
    prop_oneof![
        3 => "[ -~\n\r\t]{0,40}".prop_map(|text| (text, None)),
        2 => (secret(), prop_oneof![Just(" "), Just("\""), Just("\n"), Just("\\n"), Just(",")])
            .prop_map(|(secret, mark)| (format!("{mark}{secret}{mark}"), Some(secret))),
        1 => secret().prop_map(|secret| {
            let line = serde_json::json!({ "message": format!("got \"{secret}\"\n") });
            (format!("\n{line}\n"), Some(secret))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_secret_of_the_input_is_in_the_output(
        parts in proptest::collection::vec(piece(), 1..12),
        cuts in proptest::collection::vec(1..60usize, 1..6),
    ) {
        let input: String = parts.iter().map(|(text, _)| text.as_str()).collect();
        // What the engine sees in the whole is what must not come out of the pieces.
        let found = scanner().candidates(input.as_bytes(), &RepoPath::new("-"));
        let out = redacted(input.as_bytes(), &cuts, &LocalValues::default());
        for candidate in found {
            let value = candidate.value(input.as_bytes()).into_owned();
            let certain = matches!(candidate.rule.detector, Detector::Pattern);
            prop_assert!(!certain || memchr::memmem::find(&out, &value).is_none(), "{}", text(&out));
        }
        let whole = redacted(input.as_bytes(), &[usize::MAX], &LocalValues::default());
        for (_, secret) in &parts {
            let Some(secret) = secret else { continue };
            if memchr::memmem::find(&whole, secret.as_bytes()).is_none() {
                prop_assert!(memchr::memmem::find(&out, secret.as_bytes()).is_none());
            }
        }
    }

    #[test]
    fn no_encoded_secret_of_the_input_is_in_the_output(
        parts in proptest::collection::vec(("[ -~\n]{0,60}", secret(), 0..3usize), 1..6),
        cuts in proptest::collection::vec(1..60usize, 1..6),
    ) {
        let mut input = String::new();
        for (filler, secret, kind) in &parts {
            let inner = format!("{filler} {secret}");
            let width = if *kind == 0 { 76 } else { usize::MAX };
            let run = base64(inner.as_bytes(), width);
            let (before, after) = [("\n", "\n"), (" ", " "), ("\n{\"a\":\"", "\"}\n")][*kind];
            input.extend([before, &run, after]);
        }
        let out = redacted(input.as_bytes(), &cuts, &LocalValues::default());
        let blob = crate::model::Blob {
            path: RepoPath::new("-"),
            origin: crate::model::Origin::Stdin,
            bytes: out.clone(),
        };
        let left = crate::engine::Engine::new(RuleSet::builtin()).scan(&blob);
        let is_one = |finding: &crate::model::Finding| {
            let value = finding.value().map(|value| value.expose().to_vec());
            parts.iter().any(|(_, secret, _)| value.as_deref() == Some(secret.as_bytes()))
        };
        prop_assert!(!left.iter().any(is_one), "{input}\n{}", text(&out));
    }

    #[test]
    fn lines_of_json_stay_json_wherever_secrets_stand(
        texts in proptest::collection::vec(piece(), 1..5),
        cut in 1..60usize,
    ) {
        let values: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
        let line = serde_json::json!({ "n": 1, "all": values, "password": values[0], "in": { "k": values } });
        let nested = serde_json::json!({ "message": line.to_string() });
        let input = format!("{line}\n{nested}\n");
        let out = text(&redacted(input.as_bytes(), &[cut], &LocalValues::default()));
        prop_assert_eq!(out.lines().count(), 2, "{}", out);
        for line in out.lines() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", out);
        }
    }

    #[test]
    fn any_bytes_in_any_pieces_never_panic(
        input in proptest::collection::vec(any::<u8>(), 0..2000),
        cut in 1..300usize,
    ) {
        redacted(&input, &[cut], &LocalValues::default());
    }
}

#[test]
fn hex_over_several_lines_goes_whole() {
    let hidden = format!("a line before it, token={} and some words behind it", token(3));
    let mut input = "one\n".to_owned();
    for line in hidden.as_bytes().chunks(30) {
        crate::model::hex::write(&mut input, line).unwrap();
        input.push('\n');
    }
    input.push_str("two\n");
    for piece in [1, 61, 100_000] {
        let out = text(&redacted(input.as_bytes(), &[piece], &LocalValues::default()));
        assert!(out.starts_with("one\n[redacted github-") && out.ends_with("]\ntwo\n"), "{out}");
        assert_eq!(out.lines().count(), 3, "{out}");
    }
}
