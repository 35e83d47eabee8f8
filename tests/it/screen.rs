//! The audit screen on a pseudo-terminal of 80 by 24.

use std::io::{Read as _, Write};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::support::{Sandbox, token};

const FILE: &str = ".secrets.baseline";
const LEAVE: &str = "\x1b[?1049l";

struct Screen {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Arc<Mutex<Vec<u8>>>,
    seen: usize,
}

impl Screen {
    fn open(sandbox: &Sandbox) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_stanch"));
        command.arg("audit");
        command.cwd(sandbox.root());
        command.env_clear();
        for (name, value) in sandbox.command("stanch").get_envs() {
            command.env(name, value.unwrap());
        }
        command.env("TERM", "xterm");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let output = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&output);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                sink.lock().unwrap().extend_from_slice(&chunk[..n]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { child, master: pair.master, keys, output, seen: 0 }
    }

    fn all(&self) -> String {
        String::from_utf8_lossy(&self.output.lock().unwrap()).into_owned()
    }

    /// Waits until `words` are written that were not there at the last call.
    fn wait_for(&mut self, words: &str) {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let all = self.output.lock().unwrap().clone();
            let fresh = String::from_utf8_lossy(&all[self.seen.min(all.len())..]).into_owned();
            if fresh.contains(words) {
                self.seen = all.len();
                return;
            }
            assert!(Instant::now() < end, "no `{words}` in:\n{fresh}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn end(&mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }
}

/// Thirty findings, one value of which stands in two files.
fn thirty() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..29 {
        sandbox.write(format!("src/{number:02}.py"), format!("key = \"{}\"\n", token(number)));
    }
    sandbox.write("src/copy.py", format!("key = \"{}\"\n", token(0)));
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "--no-verify", "-m", "code"]);
    sandbox
}

#[test]
fn a_session_of_thirty_findings_is_decided_kept_and_taken_up_again() {
    let sandbox = thirty();
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("30 open of 30");
    // The head of the two identical values comes first: one verdict for both.
    screen.press("tmade up\r");
    screen.wait_for("28 open of 30");
    screen.press("r\x15dead since May\r");
    screen.wait_for("27 open of 30");
    screen.press("u");
    screen.wait_for("28 open of 30");
    screen.press("aold job\r");
    screen.wait_for("who answers for it");
    screen.press("\r\r");
    screen.wait_for("27 open of 30");
    screen.press("x");
    screen.wait_for("Rotate first");
    screen.press("q");
    screen.wait_for("q quit");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.wait_for(LEAVE);
    let shown = screen.all();
    (0..29).for_each(|number| assert!(!shown.contains(&token(number)[4..]), "{number}"));
    let text = sandbox.read(FILE);
    assert_eq!(text.matches("\"rule\"").count(), 2, "{text}");
    assert!(text.contains("\"test-value\", \"reason\": \"made up\""), "{text}");
    assert!(text.contains("\"owner\": \"Ada <ada@example.org>\", \"until\""), "{text}");
    assert!(!text.contains("\"via\""), "a person decided: {text}");
    // Nothing but quitting is needed to go on later.
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("27 open of 30");
    screen.press("\x03");
    assert_eq!(screen.end(), 0);
}

#[test]
fn a_value_is_shown_for_a_moment_and_only_when_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", format!("key = \"{}\"\n", token(1)));
    sandbox.git(&["add", "-A"]);
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("1 open of 1");
    assert!(!screen.all().contains(&token(1)));
    screen.press("v");
    screen.wait_for(&token(1));
    thread::sleep(Duration::from_secs(5));
    screen.wait_for("q quit");
    let hidden = screen.all().len();
    screen.press("?");
    screen.wait_for("any key leads back");
    assert!(!screen.all()[hidden..].contains(&token(1)));
    screen.press("xq");
    assert_eq!(screen.end(), 0);
}

#[test]
fn the_terminal_is_given_back_after_a_resize_and_a_kill() {
    let sandbox = thirty();
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("30 open of 30");
    let size = PtySize { rows: 10, cols: 40, pixel_width: 0, pixel_height: 0 };
    screen.master.resize(size).unwrap();
    screen.wait_for("30 open of 30");
    let id = screen.child.process_id().unwrap().to_string();
    sandbox.ok("kill", &["-TERM", &id]);
    screen.wait_for(LEAVE);
    screen.end();
}
