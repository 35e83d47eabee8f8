//! Columns: the passwords and keys in the cells of a table and in the rows that SQL inserts.

use super::value::Value;
use super::{Reader, sql, table};
use crate::detect::Candidate;
use crate::detect::judge::Question;
use crate::detect::judge::promise::{self, Kind, Words};
use crate::detect::judge::shape;
use crate::model::Span;

impl Reader<'_> {
    /// The passwords and keys in the cells below the head of a column.
    fn read_table(&mut self, name: Span, found: &mut Vec<Candidate>) {
        let cells = table::cells(self.text, name, self.language);
        if cells.is_empty() {
            return;
        }
        let words = Words::of(name.of(self.text));
        let Some(kind) = promise::classify(&words) else { return };
        for cell in cells.into_iter().filter(|cell| !cell.of(self.text).ends_with(b":")) {
            let question = Question::bare(kind, &words, cell.of(self.text), self.language);
            let question = Question { in_prose: true, ..question };
            found.extend(self.answer(&question, &Value::bare(cell)));
        }
    }

    /// The passwords and keys in the rows of a column.
    pub(super) fn read_column(&mut self, name: Span, found: &mut Vec<Candidate>) {
        self.read_table(name, found);
        let column = sql::column_of_table(self.text, name).unwrap_or(name);
        let values = sql::inserted(self.text, column);
        if values.is_empty() {
            return;
        }
        let Some(kind) = promise::classify(&Words::of(name.of(self.text))) else { return };
        for value in values {
            if kind != Kind::Password {
                self.judge_argument(name, kind, &value, found);
                continue;
            }
            let is_hash = shape::is_digest(&value.bytes(self.text));
            let rule = self.rules.sql.filter(|_| !is_hash);
            found.extend(rule.and_then(|rule| self.judge_password(rule, &value)));
        }
    }
}
