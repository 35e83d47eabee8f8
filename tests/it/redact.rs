//! `stanch redact`: a filter in a pipe, and files.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use crate::support::{STANCH, Sandbox, token};

#[test]
fn secrets_and_values_of_the_local_env_file_are_replaced_and_counted() {
    let sandbox = Sandbox::new();
    sandbox.write(".env", "DB_PASSWORD=correct4horse\n");
    let input = format!("a {} b\npw correct4horse\n", token(1));
    let run = sandbox.stanch_fed(&["redact", "--stats"], input);
    assert_eq!(run.code, 0, "{run:?}");
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].starts_with("a [redacted github-personal-access-token sha256:"), "{run:?}");
    assert_eq!(lines[1], "pw [redacted local-env-value]");
    assert!(run.err.contains("2 secrets redacted"), "{run:?}");
    assert!(run.err.contains("1  local-env-value"), "{run:?}");
}

#[test]
fn a_whole_line_comes_out_before_the_next_goes_in() {
    let sandbox = Sandbox::without_repository();
    let mut child = sandbox
        .command(STANCH)
        .arg("redact")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    for _ in 0..3 {
        input.write_all(b"hello\n").unwrap();
        let mut line = [0; 6];
        output.read_exact(&mut line).unwrap();
        assert_eq!(&line, b"hello\n");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = Sandbox::without_repository();
    let script = "(yes 'a line of a log' | head -c 5000000 | stanch redact; echo $? >&2) | head -1";
    let run = sandbox.run("sh", &["-c", script]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("a line of a log\n", "0\n"));
}

#[test]
fn files_are_written_beside_or_replaced_with_their_mode() {
    let sandbox = Sandbox::without_repository();
    let text = format!("x {}\n", token(3));
    sandbox.write("run.log", &text);
    sandbox.ok("chmod", &["640", "run.log"]);
    let beside = sandbox.stanch(&["redact", "run.log"]);
    assert_eq!(beside.code, 0, "{beside:?}");
    assert_eq!(sandbox.read("run.log"), text);
    assert!(sandbox.read("run.log.redacted").starts_with("x [redacted "));
    assert_eq!(sandbox.stanch(&["redact", "--in-place", "run.log"]).code, 0);
    assert_eq!(sandbox.read("run.log"), sandbox.read("run.log.redacted"));
    for file in ["run.log", "run.log.redacted"] {
        assert!(sandbox.ok("ls", &["-l", file]).starts_with("-rw-r-----"));
    }
    let missing = sandbox.stanch(&["redact", "no-such-file", "run.log"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.err.contains("no-such-file"), "{missing:?}");
}

#[test]
fn a_link_stays_a_link_and_a_file_that_cannot_be_replaced_is_as_it_was() {
    let sandbox = Sandbox::without_repository();
    let text = format!("x {}\n", token(3));
    sandbox.write("logs/run.log", &text);
    sandbox.ok("ln", &["-s", "logs/run.log", "latest"]);
    assert_eq!(sandbox.stanch(&["redact", "--in-place", "latest"]).code, 0);
    assert!(sandbox.root().join("latest").is_symlink());
    assert!(sandbox.read("logs/run.log").starts_with("x [redacted "));
    // A folder is no file; nothing is left beside what could not be done.
    let run = sandbox.stanch(&["redact", "--in-place", "logs"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("no regular file") && run.err.contains("is as it was"), "{run:?}");
    assert_eq!(sandbox.ok("ls", &["-A", "logs"]), "run.log\n");
}

#[test]
fn lines_of_json_stay_json_and_utf16_stays_utf16() {
    let sandbox = Sandbox::without_repository();
    let line = format!("{{\"level\":\"info\",\"msg\":\"key {}\",\"n\":1}}\n", token(5));
    let run = sandbox.stanch_fed(&["redact"], line.repeat(3));
    for line in run.out.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["n"], 1);
        assert!(value["msg"].as_str().unwrap().starts_with("key [redacted "), "{line}");
    }
    let wide = |text: &str| -> Vec<u8> {
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    sandbox.write("wide.log", wide(&line));
    assert_eq!(sandbox.stanch(&["redact", "--in-place", "wide.log"]).code, 0);
    let expected = wide(run.out.lines().next().unwrap());
    let bytes = std::fs::read(sandbox.root().join("wide.log")).unwrap();
    assert_eq!(bytes, [&expected[..], b"\n\0"].concat());
}
