//! `stanch redact`: a filter in a pipe, and files.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use crate::support::{Run, Sandbox, token};

fn piped(sandbox: &Sandbox, args: &[&str], input: &[u8]) -> Run {
    let mut child = sandbox
        .command(env!("CARGO_BIN_EXE_stanch"))
        .arg("redact")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    Run::of(&child.wait_with_output().unwrap())
}

#[test]
fn secrets_and_values_of_the_local_env_file_are_replaced_and_counted() {
    let sandbox = Sandbox::new();
    sandbox.write(".env", "DB_PASSWORD=correct4horse\n");
    let input = format!("a {} b\npw correct4horse\n", token(1));
    let run = piped(&sandbox, &["--stats"], input.as_bytes());
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
        .command(env!("CARGO_BIN_EXE_stanch"))
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
