//! The audit's state: events in, effects out. Knows no terminal, no file and
//! no value, so every path through it is a unit test.

use std::collections::{BTreeMap, HashSet};

use super::question::{Answer, Question};
use super::rows::{self, Order, Row, Shown};
use crate::baseline::{Day, Decision};
use crate::model::{Rule, Verdict};

/// One finding as the screen knows it: masked, safe to print.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// `path:line:column`.
    pub(crate) place: String,
    /// Its id.
    pub(crate) id: String,
    /// Its rule.
    pub(crate) rule: &'static Rule,
    /// What may be shown of the value: its public prefix and, unless it is
    /// weak, the fingerprint. May be empty.
    pub(crate) shown: String,
    /// What a leak of it costs.
    pub(crate) why: &'static str,
    /// Items of the same number have the same value.
    pub(crate) value: usize,
    /// Where it stands now.
    pub(crate) standing: Standing,
}

/// What is decided of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// It wants a decision.
    pub(crate) open: bool,
    /// The status in words.
    pub(crate) words: String,
    /// Of a decision: why, by whom, until when. Else empty.
    pub(crate) terms: String,
}

/// What happens to the screen.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A key was pressed.
    Key(Key),
    /// The last effect was carried out; where every item stands now.
    Judged(Vec<Standing>),
    /// The last effect could not be carried out, and why.
    Failed(String),
    /// A value was shown long enough.
    Hide,
}

/// A key, whatever the terminal calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// A character.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Backspace,
    /// Ctrl-U.
    Clear,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// To the first row.
    Home,
    /// To the last row.
    End,
    /// Ctrl-C.
    Interrupt,
}

/// What the state wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Record these decisions, all or none.
    Decide(Vec<(usize, Decision)>),
    /// Take the last recording back.
    Undo,
    /// Show the value of this item for a moment.
    Reveal(usize),
    /// Leave. Everything is recorded already.
    Quit,
}

/// What the keys mean now.
#[derive(Debug, Clone)]
pub(crate) enum Mode {
    /// Walking the list.
    Browse,
    /// Typing a filter.
    Filter,
    /// Answering for a verdict.
    Ask(Question),
    /// Reading what to do with a real secret.
    Steps,
    /// Reading the keys.
    Help,
}

/// Everything the screen shows but values and context.
#[derive(Debug)]
pub(crate) struct State {
    items: Vec<Item>,
    rows: Vec<Row>,
    cursor: usize,
    order: Order,
    filter: String,
    shown: Shown,
    real: HashSet<usize>,
    mode: Mode,
    message: String,
    revealed: Option<usize>,
    memory: BTreeMap<Verdict, Answer>,
    me: String,
    today: Day,
}

impl State {
    /// A screen of these items; `me` is offered as the owner.
    pub(crate) fn new(items: Vec<Item>, me: String, today: Day) -> Self {
        let mut state = Self {
            items,
            rows: Vec::new(),
            cursor: 0,
            order: Order::Value,
            filter: String::new(),
            shown: Shown::Open,
            real: HashSet::new(),
            mode: Mode::Browse,
            message: String::new(),
            revealed: None,
            memory: BTreeMap::new(),
            me,
            today,
        };
        state.arrange();
        state
    }

    /// Takes an event and says what is to be done.
    pub(crate) fn on(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Judged(standings) => {
                self.judged(standings);
                Vec::new()
            }
            Event::Failed(why) => {
                self.message = why;
                Vec::new()
            }
            Event::Hide => {
                self.revealed = None;
                Vec::new()
            }
            Event::Key(Key::Interrupt) => vec![Effect::Quit],
            Event::Key(key) => self.key(key),
        }
    }

    /// The item under the cursor; of a head, its first member.
    pub(crate) fn current(&self) -> Option<usize> {
        match self.rows.get(self.cursor)? {
            Row::Item(at) => Some(*at),
            Row::Head(_, members) => members.first().copied(),
        }
    }

    /// Every item.
    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    /// The rows of the list.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row the keys speak of.
    pub(crate) fn cursor(&self) -> usize {
        self.cursor
    }

    /// What the keys mean.
    pub(crate) fn mode(&self) -> &Mode {
        &self.mode
    }

    /// The last message, if it still holds.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The filter.
    pub(crate) fn filter(&self) -> &str {
        &self.filter
    }

    /// How the list is grouped.
    pub(crate) fn order(&self) -> Order {
        self.order
    }

    /// The item whose value is shown for a moment.
    pub(crate) fn revealed(&self) -> Option<usize> {
        self.revealed
    }

    /// Whether decided items are shown too.
    pub(crate) fn shown(&self) -> Shown {
        self.shown
    }

    /// What a person called real in this session.
    pub(crate) fn real(&self) -> &HashSet<usize> {
        &self.real
    }

    /// The items a verdict would be for: the one under the cursor, or of a
    /// head all members.
    pub(crate) fn under_cursor(&self) -> &[usize] {
        match self.rows.get(self.cursor) {
            None => &[],
            Some(Row::Item(at)) => std::slice::from_ref(at),
            Some(Row::Head(_, members)) => members,
        }
    }

    /// The items a person is likely to look at: the current one and the next.
    pub(crate) fn likely(&self) -> Vec<usize> {
        let next = self.rows.iter().skip(self.cursor + 1).filter_map(|row| match row {
            Row::Item(at) => Some(*at),
            Row::Head(..) => None,
        });
        self.current().into_iter().chain(next.take(2)).collect()
    }

    /// How many items want a decision.
    pub(crate) fn open(&self) -> usize {
        self.items.iter().filter(|item| item.standing.open).count()
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.revealed = None;
        match std::mem::replace(&mut self.mode, Mode::Browse) {
            Mode::Browse => self.browse(key),
            Mode::Help => Vec::new(),
            Mode::Steps => {
                self.step(1);
                Vec::new()
            }
            Mode::Filter => {
                self.type_filter(key);
                Vec::new()
            }
            Mode::Ask(question) => self.answer(question, key),
        }
    }

    /// Another audit may have decided at the same time, so what is said is
    /// what was asked for, and never a difference of counts.
    fn judged(&mut self, standings: Vec<Standing>) {
        let mut reopened = Vec::new();
        for (at, (item, standing)) in self.items.iter_mut().zip(standings).enumerate() {
            if standing.open && !item.standing.open {
                reopened.push(at);
            }
            item.standing = standing;
        }
        let items = &self.items;
        self.real.retain(|at| items[*at].standing.open);
        self.arrange();
        if !reopened.is_empty() {
            self.message = format!("taken back: {} open again", reopened.len());
            // Who takes a verdict back wants to give another one.
            let row = |at: usize| self.rows.iter().position(|row| *row == Row::Item(at));
            self.cursor = reopened.into_iter().find_map(row).unwrap_or(self.cursor);
        }
    }

    fn browse(&mut self, key: Key) -> Vec<Effect> {
        self.message.clear();
        match key {
            Key::Down | Key::Char('j' | 's' | ' ') => self.step(1),
            Key::Up | Key::Char('k' | 'b') => self.step(-1),
            Key::PageDown => self.step(10),
            Key::PageUp => self.step(-10),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.rows.len().saturating_sub(1),
            Key::Char('f') => self.ask(Verdict::FalsePositive),
            Key::Char('t') => self.ask(Verdict::TestValue),
            Key::Char('r') => self.ask(Verdict::Revoked),
            Key::Char('a') => self.ask(Verdict::Accepted),
            Key::Char('x') => self.call_real(),
            Key::Char('?') => self.mode = Mode::Help,
            Key::Char('/') => self.mode = Mode::Filter,
            Key::Char('o') => self.regroup(),
            Key::Char('d') => self.show_other(),
            Key::Char('u') => {
                "taken back".clone_into(&mut self.message);
                return vec![Effect::Undo];
            }
            Key::Char('v') => {
                self.revealed = self.current();
                return self.revealed.map(Effect::Reveal).into_iter().collect();
            }
            Key::Char('q') => return vec![Effect::Quit],
            Key::Escape | Key::Clear if !self.filter.is_empty() => {
                self.filter.clear();
                self.arrange();
            }
            Key::Char(_)
            | Key::Enter
            | Key::Escape
            | Key::Backspace
            | Key::Clear
            | Key::Interrupt => "? shows the keys, q quits".clone_into(&mut self.message),
        }
        Vec::new()
    }

    fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    fn call_real(&mut self) {
        let targets = self.under_cursor().to_vec();
        if !targets.is_empty() {
            self.real.extend(targets);
            self.mode = Mode::Steps;
        }
    }

    fn show_other(&mut self) {
        self.shown = match self.shown {
            Shown::Open => Shown::All,
            Shown::All => Shown::Open,
        };
        self.arrange();
    }

    fn regroup(&mut self) {
        self.order = match self.order {
            Order::Value => Order::Rule,
            Order::Rule => Order::Value,
        };
        self.arrange();
    }

    fn type_filter(&mut self, key: Key) {
        match key {
            Key::Enter => return,
            Key::Escape | Key::Clear => self.filter.clear(),
            Key::Backspace => drop(self.filter.pop()),
            Key::Char(c) => self.filter.push(c),
            Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::Home
            | Key::End
            | Key::Interrupt => {}
        }
        if key != Key::Escape {
            self.mode = Mode::Filter;
        }
        self.arrange();
    }

    /// Asks for the terms of a verdict on what is under the cursor.
    fn ask(&mut self, verdict: Verdict) {
        let targets = self.targets(verdict);
        if targets.is_empty() {
            return;
        }
        let mut offered = self.memory.get(&verdict).cloned().unwrap_or_default();
        if offered.owner.is_empty() {
            offered.owner.clone_from(&self.me);
        }
        if offered.until.is_empty() {
            offered.until = self.today.plus(90).to_string();
        }
        let count = self.decided_by(verdict, &targets);
        let question = Question::new((verdict, count), targets, offered, self.today);
        self.mode = Mode::Ask(question);
    }

    /// How many findings a verdict on these items decides, also in rows that
    /// are not shown: one on the value all of them, another those of its file.
    fn decided_by(&self, verdict: Verdict, targets: &[usize]) -> usize {
        let key = |at: usize| {
            let item = &self.items[at];
            let file = item.place.rsplitn(3, ':').last();
            (item.value, file.filter(|_| !verdict.holds_everywhere()))
        };
        let keys: HashSet<_> = targets.iter().map(|at| key(*at)).collect();
        (0..self.items.len()).filter(|at| keys.contains(&key(*at))).count()
    }

    /// The items a verdict is recorded on. One entry speaks for a value
    /// everywhere, so of each value one item is enough for such a verdict.
    fn targets(&self, verdict: Verdict) -> Vec<usize> {
        let mut seen = HashSet::new();
        let is_needed =
            |at: &usize| !verdict.holds_everywhere() || seen.insert(self.items[*at].value);
        self.under_cursor().iter().copied().filter(is_needed).collect()
    }

    fn answer(&mut self, mut question: Question, key: Key) -> Vec<Effect> {
        if key == Key::Escape {
            "nothing recorded".clone_into(&mut self.message);
            return Vec::new();
        }
        let Some(decision) = question.key(key) else {
            self.mode = Mode::Ask(question);
            return Vec::new();
        };
        self.memory.insert(question.verdict(), question.answers().clone());
        let verdict = question.verdict();
        let count = question.count();
        self.message = format!("{verdict}: {count} decided; u takes it back");
        let decide = |at: &usize| (*at, decision.clone());
        vec![Effect::Decide(question.targets().iter().map(decide).collect())]
    }

    /// Lays out the rows anew; the cursor stays with what it was on.
    fn arrange(&mut self) {
        let rows = rows::arrange(&self.items, self.order, self.shown, &self.filter);
        self.cursor = rows::follow(&self.rows, self.cursor, &rows);
        self.rows = rows;
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
