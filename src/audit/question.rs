//! What a verdict asks for: a reason, and for `accepted` an owner and an end.
//! What was answered last is offered again.

use super::state::Key;
use crate::baseline::{Day, Decision};
use crate::model::Verdict;

/// What was typed for a verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Why.
    pub(crate) reason: String,
    /// Who answers for it.
    pub(crate) owner: String,
    /// Its last day.
    pub(crate) until: String,
}

/// A verdict on its way to a decision.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    verdict: Verdict,
    count: usize,
    targets: Vec<usize>,
    field: Field,
    answers: Answer,
    today: Day,
    error: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Reason,
    Owner,
    Until,
}

impl Question {
    /// Asks for the terms of `verdict` on `targets`, offering `answers`. It
    /// decides `count` findings.
    pub(crate) fn new(
        (verdict, count): (Verdict, usize),
        targets: Vec<usize>,
        answers: Answer,
        today: Day,
    ) -> Self {
        Self { verdict, count, targets, field: Field::Reason, answers, today, error: None }
    }

    /// Takes a key. The decision, when it was the last that was needed.
    pub(crate) fn key(&mut self, key: Key) -> Option<Decision> {
        self.error = None;
        match key {
            Key::Char(c) if !c.is_control() => self.text_mut().push(c),
            Key::Backspace => drop(self.text_mut().pop()),
            Key::Clear => self.text_mut().clear(),
            Key::Enter => return self.enter(),
            Key::Char(_)
            | Key::Escape
            | Key::Interrupt
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::Home
            | Key::End => {}
        }
        None
    }

    /// The verdict.
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// How many findings it decides.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The items it is for.
    pub(crate) fn targets(&self) -> &[usize] {
        &self.targets
    }

    /// What was typed.
    pub(crate) fn answers(&self) -> &Answer {
        &self.answers
    }

    /// What is asked, and what has been typed.
    pub(crate) fn prompt(&self) -> (String, &str) {
        let count = match self.count {
            1 => String::new(),
            n => format!(" for {n} findings"),
        };
        let (words, text) = match self.field {
            Field::Reason => ("why", &self.answers.reason),
            Field::Owner => ("who answers for it", &self.answers.owner),
            Field::Until => ("until which day (YYYY-MM-DD)", &self.answers.until),
        };
        (format!("{}{count}: {words}? ", self.verdict), text)
    }

    /// Why the last answer is none.
    pub(crate) fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    fn text_mut(&mut self) -> &mut String {
        match self.field {
            Field::Reason => &mut self.answers.reason,
            Field::Owner => &mut self.answers.owner,
            Field::Until => &mut self.answers.until,
        }
    }

    fn enter(&mut self) -> Option<Decision> {
        if self.text_mut().trim().is_empty() {
            self.error = Some("say something, or press Escape".into());
            return None;
        }
        match (self.verdict, self.field) {
            (Verdict::Accepted, Field::Reason) => self.field = Field::Owner,
            (Verdict::Accepted, Field::Owner) => self.field = Field::Until,
            (Verdict::Accepted, Field::Until) => return self.accepted(),
            (
                Verdict::Unaudited | Verdict::FalsePositive | Verdict::TestValue | Verdict::Revoked,
                _,
            ) => {
                let reason = self.answers.reason.trim().to_owned();
                return self.decide(Decision::new(self.verdict, Some(reason), None, None));
            }
        }
        None
    }

    fn accepted(&mut self) -> Option<Decision> {
        let until = match self.answers.until.trim().parse::<Day>() {
            Ok(until) if until >= self.today => until,
            Ok(_) => {
                self.error = Some("that day has passed".into());
                return None;
            }
            Err(error) => {
                self.error = Some(error.to_string());
                return None;
            }
        };
        let text = |text: &str| Some(text.trim().to_owned());
        let (reason, owner) = (text(&self.answers.reason), text(&self.answers.owner));
        self.decide(Decision::new(Verdict::Accepted, reason, owner, Some(until)))
    }

    fn decide(
        &mut self,
        decision: Result<Decision, crate::baseline::DecisionError>,
    ) -> Option<Decision> {
        decision.map_err(|error| self.error = Some(error.to_string())).ok()
    }
}
