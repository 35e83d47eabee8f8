//! The audit on a real terminal: keys in, lines out, and the terminal as it
//! was before, however it ends.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{self, ClearType};
use crossterm::{cursor, execute, queue};

use super::desk::{Desk, is_open};
use super::draw::{self, Facts, Size, Style};
use super::history::Inquiry;
use super::state::{Effect, Event, Item, Key, Standing, State};
use super::surroundings::{Look, look};
use crate::baseline::Day;
use crate::git::Repo;
use crate::model::{Finding, OneLine, Secret, Status};
use crate::platform;
use crate::report::why_it_matters;

/// How long a value is shown.
const MOMENT: Duration = Duration::from_secs(4);
/// How often it is seen whether git has answered, and whether the program was
/// asked to end.
const WHILE_ASKING: Duration = Duration::from_millis(20);
const AT_REST: Duration = Duration::from_millis(200);

/// Whether there is a terminal to audit on.
pub(crate) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Runs the screen until the person leaves it, and gives back which findings
/// they called real. Every decision is in the baseline when the next key is read.
pub(crate) fn run(desk: &mut Desk, repo: &Repo, me: &str) -> io::Result<Vec<usize>> {
    let stop = platform::stop_flag()?;
    let terminal = Terminal::take()?;
    let mut screen = Screen {
        state: State::new(items(desk), me.to_owned(), Day::today()),
        desk,
        repo,
        looks: HashMap::new(),
        inquiry: Inquiry::new(repo),
        hide_at: None,
        painted: None,
    };
    std::thread::spawn(end_with_the_terminal);
    while !stop.load(Ordering::Relaxed) {
        screen.draw()?;
        if screen.wait()? {
            break;
        }
    }
    drop(terminal);
    let mut real: Vec<usize> = screen.state.real().iter().copied().collect();
    real.sort_unstable();
    Ok(real)
}

struct Screen<'a> {
    state: State,
    desk: &'a mut Desk,
    repo: &'a Repo,
    looks: HashMap<usize, Look>,
    inquiry: Inquiry<'a>,
    hide_at: Option<Instant>,
    /// What stands on the terminal; nothing is written that stands there already.
    painted: Option<(Size, Vec<Vec<draw::Piece>>)>,
}

impl Screen<'_> {
    fn draw(&mut self) -> io::Result<()> {
        let (width, height) = terminal::size()?;
        let size = Size { width: width.into(), height: height.into() };
        let current = self.state.current();
        let (repo, findings) = (self.repo, self.desk.findings());
        if let Some(at) = current {
            self.looks.entry(at).or_insert_with(|| look(repo, findings, at));
        }
        self.inquiry.go_on(findings, &self.state.likely());
        let value = self.state.revealed().and_then(|at| findings[at].value());
        let revealed = value.map(shown_for_a_moment);
        let facts = Facts {
            look: current.and_then(|at| self.looks.get(&at)),
            history: current.and_then(|at| self.inquiry.of(at)),
            revealed: revealed.as_deref(),
        };
        let lines = draw::draw(&self.state, facts, size);
        let painted = self.painted.take().filter(|(painted, _)| *painted == size);
        paint(&lines, painted.as_ref().map(|(_, lines)| lines.as_slice()))?;
        self.painted = Some((size, lines));
        Ok(())
    }

    /// Waits for something to happen, and takes in every key that was pressed
    /// by then. Whether to leave.
    fn wait(&mut self) -> io::Result<bool> {
        if self.hide_at.is_some_and(|at| Instant::now() >= at) {
            self.hide_at = None;
            self.state.on(Event::Hide);
            return Ok(false);
        }
        let mut patience = if self.inquiry.is_running() { WHILE_ASKING } else { AT_REST };
        while event::poll(patience)? {
            if self.take(event::read()?) {
                return Ok(true);
            }
            patience = Duration::ZERO;
        }
        Ok(false)
    }

    /// Takes in one event. Whether to leave.
    fn take(&mut self, event: event::Event) -> bool {
        let event::Event::Key(key) = event else { return false };
        if key.kind == KeyEventKind::Release {
            return false;
        }
        let Some(key) = translate(key) else { return false };
        let effects = self.state.on(Event::Key(key));
        effects.into_iter().any(|effect| self.carry_out(&effect))
    }

    /// Does what the state wants. Whether to leave.
    fn carry_out(&mut self, effect: &Effect) -> bool {
        let done = match effect {
            Effect::Quit => return true,
            Effect::Reveal(_) => {
                self.hide_at = Some(Instant::now() + MOMENT);
                return false;
            }
            Effect::Decide(decisions) => self.desk.decide(decisions),
            Effect::Undo => match self.desk.undo() {
                Ok(true) => Ok(()),
                Ok(false) => {
                    self.state.on(Event::Failed("nothing to take back".into()));
                    return false;
                }
                Err(error) => Err(error),
            },
        };
        self.state.on(match done {
            Ok(()) => Event::Judged(standings(self.desk)),
            Err(error) => Event::Failed(error.to_string()),
        });
        false
    }
}

fn items(desk: &Desk) -> Vec<Item> {
    let mut values: HashMap<&[u8], usize> = HashMap::new();
    desk.findings()
        .iter()
        .zip(standings(desk))
        .enumerate()
        .map(|(number, (finding, standing))| {
            let value = match finding.value().map(Secret::expose) {
                Some(value) => *values.entry(value).or_insert(number),
                None => number,
            };
            Item {
                place: finding.location(),
                id: finding.id().to_string(),
                rule: finding.rule,
                shown: shown(finding),
                why: why_it_matters(finding),
                value,
                standing,
            }
        })
        .collect()
}

fn shown(finding: &Finding) -> String {
    // Of a value without a public prefix there is nothing to show but its place.
    let masked = finding.masked().map(|masked| masked.to_string()).filter(|shown| shown != "…");
    let fingerprint = finding.value().and_then(Secret::fingerprint).map(|shown| shown.to_string());
    let parts: Vec<String> = masked.into_iter().chain(fingerprint).collect();
    parts.join(" ")
}

fn standings(desk: &Desk) -> Vec<Standing> {
    desk.statuses().iter().zip(desk.terms()).map(standing).collect()
}

fn standing((status, terms): (&Status, &String)) -> Standing {
    let words = match status {
        Status::Known(verdict) => verdict.to_string(),
        Status::Expired { until } => format!("expired on {until}"),
        Status::New { known_elsewhere: true } => "known secret, new place".to_owned(),
        Status::New { .. } | Status::Existing | Status::Allowed => status.as_str().to_owned(),
    };
    Standing { open: is_open(status), words, terms: terms.clone() }
}

/// The one way in which a value reaches the outside: a person asked for it,
/// on a terminal, for a moment.
fn shown_for_a_moment(value: &Secret) -> String {
    OneLine::new(value.expose()).to_string().chars().take(2000).collect()
}

fn translate(key: KeyEvent) -> Option<Key> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c' | 'd') => Some(Key::Interrupt),
            KeyCode::Char('u') => Some(Key::Clear),
            _ => None,
        };
    }
    match key.code {
        KeyCode::Char(c) => Some(Key::Char(c)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Escape),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        _ => None,
    }
}

/// Writes the lines that do not stand on the terminal already.
fn paint(lines: &[Vec<draw::Piece>], painted: Option<&[Vec<draw::Piece>]>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if painted.is_none() {
        queue!(out, terminal::Clear(ClearType::All))?;
    }
    for (row, line) in lines.iter().enumerate() {
        if painted.and_then(|painted| painted.get(row)) == Some(line) {
            continue;
        }
        queue!(out, cursor::MoveTo(0, row as u16), terminal::Clear(ClearType::CurrentLine))?;
        for (style, text) in line {
            match style {
                Style::Plain => {}
                Style::Bold => queue!(out, SetAttribute(Attribute::Bold))?,
                Style::Dim => queue!(out, SetAttribute(Attribute::Dim))?,
                Style::Reverse => queue!(out, SetAttribute(Attribute::Reverse))?,
            }
            queue!(out, Print(text), SetAttribute(Attribute::Reset))?;
        }
    }
    out.flush()
}

/// The terminal in raw mode on its second screen; dropping it gives it back.
struct Terminal;

impl Terminal {
    fn take() -> io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
        terminal::enable_raw_mode()?;
        let taken = Self;
        execute!(io::stdout(), terminal::EnterAlternateScreen, cursor::Hide)?;
        Ok(taken)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
        // While a panic unwinds, the hook cannot be changed: to try aborts.
        if !std::thread::panicking() {
            drop(std::panic::take_hook());
        }
    }
}

fn give_back() {
    drop(execute!(io::stdout(), terminal::LeaveAlternateScreen, cursor::Show));
    drop(terminal::disable_raw_mode());
}

/// Ends the program as a hangup does when the terminal is gone: there is nothing
/// to give back, and decisions are written as they are made. The screen may not
/// see it: crossterm 0.29 reads the end of a terminal for ever.
fn end_with_the_terminal() {
    while is_possible() {
        std::thread::sleep(Duration::from_millis(500));
    }
    platform::hang_up();
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;

    use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

    use super::*;

    /// Runs in the terminal that the test below makes.
    #[test]
    #[ignore = "takes over the terminal it runs on"]
    fn panics_on_the_screen() {
        let _terminal = Terminal::take().unwrap();
        assert!(terminal::is_raw_mode_enabled().unwrap());
        panic!("as if it were broken");
    }

    /// The modes of a terminal and the characters that the kernel knows: what stands behind
    /// those is nobody's, and musl leaves there what was.
    fn modes(master: &dyn MasterPty) -> impl PartialEq + std::fmt::Debug + use<> {
        let it = master.get_termios().expect("a terminal has modes");
        let characters = it.control_chars[..19].to_vec();
        (it.input_flags, it.output_flags, it.control_flags, it.local_flags, characters)
    }

    #[test]
    fn a_panic_gives_the_terminal_back_before_it_is_told() {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = modes(&*pair.master);
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["panics_on_the_screen", "--ignored", "--nocapture", "--test-threads=1"]);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        drop(pair.slave);
        let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
        while let Ok(n @ 1..) = reader.read(&mut chunk) {
            seen.extend_from_slice(&chunk[..n]);
        }
        // The test runner's word for a test that failed, and not for an abort.
        assert_eq!(child.wait().unwrap().exit_code(), 101);
        let seen = String::from_utf8_lossy(&seen);
        let place =
            |words: &str| seen.find(words).unwrap_or_else(|| panic!("no {words:?}: {seen}"));
        assert!(place("\x1b[?1049h") < place("\x1b[?1049l"));
        assert!(place("\x1b[?1049l") < place("as if it were broken"));
        assert!(place("\x1b[?25h") < place("as if it were broken"));
        assert_eq!(modes(&*pair.master), before);
    }
}
