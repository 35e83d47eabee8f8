//! The audit on a real terminal: keys in, lines out, and the terminal as it
//! was before, however it ends.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{self, ClearType};
use crossterm::{cursor, execute, queue};

use super::desk::{Desk, is_open};
use super::look::{Look, look, place_of};
use super::state::{Effect, Event, Item, Key, Standing, State};
use super::view::{self, Size, Style};
use crate::baseline::Day;
use crate::git::Repo;
use crate::model::{Finding, RepoPath, Secret, Status};

/// How long a value is shown.
const MOMENT: Duration = Duration::from_secs(4);

/// Whether there is a terminal to audit on.
pub(crate) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Runs the screen until the person leaves it. Every decision is in the
/// baseline when the next key is read.
pub(crate) fn run(desk: &mut Desk, repo: &Repo, me: &str) -> io::Result<()> {
    let stop = stop_flag()?;
    let terminal = Terminal::take()?;
    let mut screen = Screen {
        state: State::new(items(desk), me.to_owned(), Day::today()),
        desk,
        repo,
        looks: HashMap::new(),
        hide_at: None,
        painted: None,
    };
    while !stop.load(Ordering::Relaxed) {
        screen.draw()?;
        if screen.wait()? {
            break;
        }
    }
    drop(terminal);
    Ok(())
}

struct Screen<'a> {
    state: State,
    desk: &'a mut Desk,
    repo: &'a Repo,
    looks: HashMap<usize, Look>,
    hide_at: Option<Instant>,
    /// What stands on the terminal; nothing is written that stands there already.
    painted: Option<(Size, Vec<Vec<view::Piece>>)>,
}

impl Screen<'_> {
    fn draw(&mut self) -> io::Result<()> {
        let (width, height) = terminal::size()?;
        let size = Size { width: width.into(), height: height.into() };
        let current = self.state.current();
        if let Some(at) = current {
            let (repo, findings) = (self.repo, self.desk.findings());
            self.looks.entry(at).or_insert_with(|| look(repo, findings, at));
        }
        let seen = current.and_then(|at| self.looks.get(&at));
        let value = self.state.revealed().and_then(|at| self.desk.findings()[at].value());
        let revealed = value.map(shown_for_a_moment);
        let lines = view::draw(&self.state, seen, revealed.as_deref(), size);
        let fresh = Some((size, lines));
        if self.painted != fresh {
            paint(fresh.as_ref().map_or(&[], |(_, lines)| lines))?;
            self.painted = fresh;
        }
        Ok(())
    }

    /// Waits for something to happen. Whether to leave.
    fn wait(&mut self) -> io::Result<bool> {
        if self.hide_at.is_some_and(|at| Instant::now() >= at) {
            self.hide_at = None;
            self.state.on(Event::Hide);
            return Ok(false);
        }
        if !event::poll(Duration::from_millis(200))? {
            return Ok(false);
        }
        match event::read()? {
            event::Event::Key(key) if key.kind != KeyEventKind::Release => {
                let Some(key) = translate(key) else { return Ok(false) };
                let effects = self.state.on(Event::Key(key));
                Ok(effects.into_iter().any(|effect| self.carry_out(&effect)))
            }
            _ => Ok(false),
        }
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
            Ok(()) => Event::Judged(self.desk.statuses().iter().map(standing).collect()),
            Err(error) => Event::Failed(error.to_string()),
        });
        false
    }
}

fn items(desk: &Desk) -> Vec<Item> {
    let mut values: HashMap<&[u8], usize> = HashMap::new();
    desk.judged()
        .enumerate()
        .map(|(number, (finding, status))| {
            let value = match finding.value().map(Secret::expose) {
                Some(value) => *values.entry(value).or_insert(number),
                None => number,
            };
            Item {
                place: place_of(finding),
                id: finding.id().to_string(),
                rule: finding.rule,
                shown: shown(finding),
                value,
                standing: standing(status),
            }
        })
        .collect()
}

fn shown(finding: &Finding) -> String {
    let masked = finding.masked().map(|masked| masked.to_string());
    let fingerprint = finding.value().and_then(Secret::fingerprint).map(|shown| shown.to_string());
    let parts: Vec<String> = masked.into_iter().chain(fingerprint).collect();
    parts.join(" ")
}

fn standing(status: &Status) -> Standing {
    let words = match status {
        Status::Known(verdict) => verdict.to_string(),
        Status::Expired { until } => format!("expired on {until}"),
        Status::New { known_elsewhere: true } => "known secret, new place".to_owned(),
        Status::New { .. } | Status::Existing | Status::Allowed => status.as_str().to_owned(),
    };
    Standing { open: is_open(status), words }
}

/// The one way in which a value reaches the outside: a person asked for it,
/// on a terminal, for a moment.
fn shown_for_a_moment(value: &Secret) -> String {
    RepoPath::new(value.expose()).to_string().chars().take(2000).collect()
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

fn paint(lines: &[Vec<view::Piece>]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (row, line) in lines.iter().enumerate() {
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
    queue!(out, terminal::Clear(ClearType::FromCursorDown))?;
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
        drop(std::panic::take_hook());
    }
}

fn give_back() {
    drop(execute!(io::stdout(), terminal::LeaveAlternateScreen, cursor::Show));
    drop(terminal::disable_raw_mode());
}

/// Set when somebody asks the program to end: then it leaves as by `q`. A
/// terminal that is gone (SIGHUP) ends it at once: there is nothing to give back,
/// decisions are written as they are made, and reading would never return.
fn stop_flag() -> io::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
        signal_hook::flag::register(signal, Arc::clone(&flag))?;
    }
    Ok(flag)
}
