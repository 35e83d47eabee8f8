//! The audit screen in a pseudo-terminal, read back through an emulator: what
//! is asserted stands on the screen.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};

use crate::support::{STANCH, Sandbox, token};

const FILE: &str = ".secrets.baseline";
const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal and the program on it. Whatever becomes of the test, the program ends.
struct Screen {
    child: Box<dyn Child + Send + Sync>,
    pair: PtyPair,
    keys: Box<dyn Write + Send>,
    emulator: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
}

impl Drop for Screen {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn columns(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap()
}

/// A shell in the sandbox with its environment, about to run this.
fn shell(sandbox: &Sandbox, script: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script, STANCH]);
    command.cwd(sandbox.root());
    command.env_clear();
    for (name, value) in sandbox.command("stanch").get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("TERM", "xterm");
    command
}

impl Screen {
    fn open(sandbox: &Sandbox) -> Self {
        Self::of(sandbox, "exec \"$0\" audit")
    }

    fn of(sandbox: &Sandbox, script: &str) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let child = pair.slave.spawn_command(shell(sandbox, script)).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let emulator = Arc::new(Mutex::new(vt100::Parser::new(columns(24), columns(80), 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (shown, all) = (Arc::clone(&emulator), Arc::clone(&raw));
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                all.lock().unwrap().extend_from_slice(&chunk[..n]);
                shown.lock().unwrap().process(&chunk[..n]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { child, pair, keys, emulator, raw }
    }

    /// What stands on the screen now.
    fn text(&self) -> String {
        self.emulator.lock().unwrap().screen().contents()
    }

    /// Waits until something holds of what stands on the screen.
    fn until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = self.text();
            if holds(&text) {
                return;
            }
            assert!(Instant::now() < end, "{what}:\n{text}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn wait_for(&self, words: &str) {
        self.until(&format!("no `{words}`"), |text| text.contains(words));
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&self, cols: u16, rows: u16) {
        self.emulator.lock().unwrap().screen_mut().set_size(columns(rows), columns(cols));
        self.pair.master.resize(size(cols, rows)).unwrap();
    }

    /// Waits for the program to end by itself.
    fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn signal(&self, sandbox: &Sandbox, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        sandbox.ok("kill", &[name, &id]);
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
    screen.wait_for("2 findings of 1 value in 2 files");
    screen.press("tmade up\r");
    screen.wait_for("28 open of 30");
    screen.wait_for("test-value: 2 decided; u takes it back");
    screen.press("r\x15dead since May\r");
    screen.wait_for("27 open of 30");
    screen.press("u");
    screen.wait_for("taken back: 1 open again");
    screen.press("aold job\r");
    screen.wait_for("who answers for it");
    screen.press("\r\r");
    screen.wait_for("27 open of 30");
    // Git is asked beside the screen, and says who brought it.
    screen.wait_for("by Ada in ");
    screen.press("x");
    screen.wait_for("Rotate first");
    screen.press("x");
    screen.wait_for("! src/02.py:1");
    screen.press("/src/2");
    screen.wait_for("filter: src/2");
    screen.wait_for("row 1 of 9");
    screen.press("\ro");
    screen.wait_for("9 × github-personal-access-token");
    screen.press("\x1b[Hfno keys at all\r");
    screen.wait_for("18 open of 30");
    screen.wait_for("Nothing matches the filter");
    screen.press("\x1b");
    screen.wait_for("row 1 of ");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.wait_for("12 decided, 18 open");
    screen.wait_for("real: src/02.py:1:8  rotate it https://github.com/settings/tokens");
    screen.wait_for("next: `git add .secrets.baseline`");
    let raw = String::from_utf8_lossy(&screen.raw.lock().unwrap()).into_owned();
    (0..29).for_each(|number| assert!(!raw.contains(&token(number)[4..]), "{number}"));
    // Nothing on it is told by color.
    for color in ["\x1b[3", "\x1b[4", "\x1b[9"] {
        let is_color =
            |at: usize| raw[at + color.len()..].starts_with(|c: char| c.is_ascii_digit());
        assert!(!raw.match_indices(color).any(|(at, _)| is_color(at)), "{color}");
    }
    let text = sandbox.read(FILE);
    assert_eq!(text.matches("\"rule\"").count(), 11, "{text}");
    assert!(text.contains("\"test-value\", \"reason\": \"made up\""), "{text}");
    assert!(text.contains("\"owner\": \"Ada <ada@example.org>\", \"until\""), "{text}");
    assert!(!text.contains("\"via\""), "a person decided: {text}");
    // Nothing but quitting is needed to go on later.
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("18 open of 30");
    screen.press("d\x1b[H");
    screen.wait_for("✓ src/00.py:1");
    screen.wait_for("test-value: made up, by Ada");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn a_value_is_shown_for_a_moment_and_only_when_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", format!("key = \"{}\"\n", token(1)));
    sandbox.git(&["add", "-A"]);
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("not committed yet");
    assert!(!screen.text().contains(&token(1)));
    screen.press("v");
    screen.wait_for(&token(1));
    screen.until("the value is still there", |text| !text.contains(&token(1)));
    screen.press("v");
    screen.wait_for(&token(1));
    screen.press("?");
    screen.wait_for("any key leads back");
    screen.press("x");
    screen.wait_for("1 open of 1");
    assert!(!screen.text().contains(&token(1)), "another key hides it at once");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn every_size_is_laid_out_anew() {
    let sandbox = thirty();
    let mut screen = Screen::open(&sandbox);
    screen.wait_for("q quit");
    for (cols, rows) in [(40, 10), (200, 50), (20, 4), (80, 24)] {
        screen.resize(cols, rows);
        screen.until(&format!("{cols}x{rows}"), |text| {
            let lines: Vec<&str> = text.lines().collect();
            lines.len() == usize::from(rows)
                && lines[0].starts_with("stanch audit")
                && lines.last().is_some_and(|line| line.starts_with('f'))
        });
    }
    screen.wait_for("also in src/copy.py:1:8");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn where_nothing_can_be_drawn_the_way_without_a_screen_is_said() {
    let sandbox = thirty();
    let mut screen = Screen::of(&sandbox, "TERM=dumb exec \"$0\" audit");
    screen.wait_for("stanch audit --list");
    assert_eq!(screen.end(), 2);
}

/// The modes of a terminal and the characters that the kernel knows: what stands behind
/// those is nobody's, and musl leaves there what was.
fn modes(master: &dyn MasterPty) -> impl PartialEq + std::fmt::Debug + use<> {
    let it = master.get_termios().expect("a terminal has modes");
    let characters = it.control_chars[..19].to_vec();
    (it.input_flags, it.output_flags, it.control_flags, it.local_flags, characters)
}

#[test]
fn the_terminal_is_given_back_however_it_ends() {
    let sandbox = thirty();
    // Of one of its own: in that of the screen the program may be at work already.
    let before = modes(&*native_pty_system().openpty(size(80, 24)).unwrap().master);
    for way in ["q", "\x03", "-TERM", "-INT", "-HUP"] {
        let mut screen = Screen::of(&sandbox, "exec \"$0\" audit");
        screen.wait_for("30 open of 30");
        let state = |screen: &Screen| {
            let emulator = screen.emulator.lock().unwrap();
            (emulator.screen().alternate_screen(), emulator.screen().hide_cursor())
        };
        assert_eq!(state(&screen), (true, true));
        if way.starts_with('-') {
            screen.signal(&sandbox, way);
        } else {
            screen.press(way);
        }
        assert_eq!(screen.end(), 0, "{way}");
        screen.wait_for("30 open; `stanch audit` goes on from here");
        assert_eq!(state(&screen), (false, false), "{way}");
        assert_eq!(modes(&*screen.pair.master), before, "{way}");
    }
}

/// A terminal that is closed ends the program, also where a hangup is ignored
/// (`nohup`): one that went on would spin for ever.
#[test]
fn a_terminal_that_is_gone_ends_the_audit() {
    let sandbox = thirty();
    for script in ["exec \"$0\" audit", "trap '' HUP; exec \"$0\" audit"] {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let mut child = pair.slave.spawn_command(shell(&sandbox, script)).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
        while !String::from_utf8_lossy(&seen).contains("q quit") {
            let n = reader.read(&mut chunk).unwrap();
            seen.extend_from_slice(&chunk[..n]);
        }
        drop((reader, pair));
        let end = Instant::now() + PATIENCE;
        while child.try_wait().unwrap().is_none() {
            if Instant::now() > end {
                child.kill().unwrap();
                panic!("it goes on without a terminal: {script}");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn two_audits_at_once_lose_nothing_of_each_other() {
    let sandbox = thirty();
    let (mut one, mut other) = (Screen::open(&sandbox), Screen::open(&sandbox));
    for screen in [&one, &other] {
        screen.wait_for("30 open of 30");
    }
    // From both ends of the list, by turns.
    other.press("\x1b[F");
    for round in 1..=5 {
        one.press(&format!("t\x15one {round}\r"));
        one.wait_for("; u takes it back");
        other.press(&format!("r\x15other {round}\r"));
        other.wait_for("; u takes it back");
        for screen in [&mut one, &mut other] {
            screen.press("j");
            screen.until("the message stays", |text| !text.contains("u takes it back"));
        }
    }
    // One of them takes back its own, and nothing of the other's.
    one.press("u");
    one.wait_for("taken back");
    for screen in [&mut one, &mut other] {
        screen.press("q");
        assert_eq!(screen.end(), 0);
    }
    let text = sandbox.read(FILE);
    assert_eq!(text.matches("\"reason\": \"one ").count(), 4, "{text}");
    assert_eq!(text.matches("\"reason\": \"other ").count(), 5, "{text}");
}

#[test]
fn where_nothing_was_found_there_is_no_screen() {
    let sandbox = Sandbox::new();
    sandbox.commit_file("a.txt", "hello\n");
    let mut screen = Screen::open(&sandbox);
    assert_eq!(screen.end(), 0);
    screen.wait_for("nothing to audit");
}
