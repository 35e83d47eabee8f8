//! The right side of the screen: one finding with its surroundings. The lines
//! of the file get the room that the facts leave.

use std::collections::HashSet;

use super::draw::{Facts, Piece, Size, Style};
use super::history::History;
use super::rows::Row;
use super::state::{Item, State};
use super::surroundings::{Line, Look};
use super::text::{clip_text, tail, wrap};
use super::{Reach, steps};
use crate::report::count;

/// Rows that the line with the finding may take, and that the file always has.
const HIT_ROWS: usize = 4;
/// With fewer rows, what a leak costs gives way to the file.
const ROOMY: usize = 12;
/// Other places of the value that are named.
const NAMED: usize = 2;

/// What there is to say of the row under the cursor.
pub(super) fn detail(state: &State, facts: Facts<'_>, size: Size) -> Vec<Piece> {
    let Some(item) = state.current().map(|at| &state.items()[at]) else { return Vec::new() };
    let mut above = what(state, item, facts.revealed);
    if size.height < ROOMY {
        above.retain(|(_, text)| text != item.why);
    }
    let above = wrap(above, size.width);
    let below = wrap(about(item, facts, size.width), size.width);
    let room = size.height.saturating_sub(above.len() + below.len() + 2).max(HIT_ROWS);
    let lines = facts.look.map_or(&[][..], |look| &look.context);
    let context = around(lines, Size { height: room, ..size });
    let blank = || (Style::Plain, String::new());
    let mut all = above;
    all.push(blank());
    if !context.is_empty() {
        all.extend(context);
        all.push(blank());
    }
    all.extend(below);
    all
}

/// What it is: of a group first how large it is.
fn what(state: &State, item: &Item, revealed: Option<&str>) -> Vec<Piece> {
    let mut lines = Vec::new();
    if let Some(Row::Head(_, members)) = state.rows().get(state.cursor()) {
        lines.push((Style::Bold, size_of(state.items(), members)));
        lines.push((Style::Plain, "A verdict here is for all of them. The first:".into()));
    }
    lines.push((Style::Bold, item.place.clone()));
    let shown = if item.shown.is_empty() { "" } else { "  " };
    lines.push((Style::Plain, format!("{}{shown}{}", item.rule.description, item.shown)));
    lines.push((Style::Dim, item.why.to_owned()));
    let standing = match item.standing.terms.as_str() {
        "" => item.standing.words.clone(),
        terms => format!("{}: {terms}", item.standing.words),
    };
    lines.push((Style::Plain, format!("{standing}, {} severity", item.rule.severity)));
    if let Some(value) = revealed {
        lines.push((Style::Reverse, value.to_owned()));
    }
    lines
}

fn size_of(items: &[Item], members: &[usize]) -> String {
    let file = |at: &usize| items[*at].place.split(':').next().unwrap_or_default();
    let files: HashSet<&str> = members.iter().map(file).collect();
    let values: HashSet<usize> = members.iter().map(|at| items[*at].value).collect();
    format!(
        "{} of {} in {}",
        count(members.len(), "finding"),
        count(values.len(), "value"),
        count(files.len(), "file")
    )
}

/// How far it went, who brought it, where else it stands, where to revoke it.
fn about(item: &Item, facts: Facts<'_>, width: usize) -> Vec<Piece> {
    let line = |text: String| (Style::Plain, text);
    let mut lines = Vec::new();
    match facts.history {
        None => lines.push((Style::Dim, "asking git who brought it …".to_owned())),
        Some(history) => {
            lines.push(line(history.reach.words().to_owned()));
            lines.extend(history.added.as_ref().map(|added| line(format!("added {added}"))));
        }
    }
    lines.extend(facts.look.into_iter().flat_map(|look| elsewhere(look, width)).map(line));
    lines.extend(item.rule.revoke.map(|place| line(format!("revoke: {place}"))));
    lines.push((Style::Dim, format!("rule {}, id {}", item.rule.id, item.id)));
    lines
}

fn elsewhere(look: &Look, width: usize) -> Vec<String> {
    let named = look.elsewhere.iter().take(NAMED);
    let mut lines: Vec<String> =
        named.map(|place| format!("also in {}", tail(place, width.saturating_sub(8)))).collect();
    match look.elsewhere.len().saturating_sub(NAMED) {
        0 => {}
        more => lines.push(format!("also in {more} more places")),
    }
    lines
}

/// As many lines around the finding as fit. Its own lines are wrapped, the
/// others cut.
fn around(lines: &[Line], size: Size) -> Vec<Piece> {
    let numbered = |line: &Line| {
        let mark = if line.is_hit { '>' } else { ' ' };
        format!("{mark}{:>4} {}", line.number, line.text)
    };
    // Of a value over many lines, the masked ones say nothing more.
    let mut hits: Vec<&Line> = lines.iter().filter(|line| line.is_hit).collect();
    hits.dedup_by(|next, line| next.text == "…" && line.text.ends_with('…'));
    let hits = hits.into_iter().map(|line| (Style::Bold, numbered(line)));
    let mut shown = wrap(hits.collect(), size.width);
    shown.truncate(size.height.min(HIT_ROWS.max(size.height / 2)));
    let beside = |line: &Line| (Style::Dim, clip_text(&numbered(line), size.width));
    let first = lines.iter().position(|line| line.is_hit).unwrap_or(0);
    let last = lines.iter().rposition(|line| line.is_hit).unwrap_or(0);
    let (mut above, mut below) = (lines[..first].iter().rev(), lines.iter().skip(last + 1));
    while shown.len() < size.height {
        let before = shown.len();
        if let Some(line) = above.next() {
            shown.insert(0, beside(line));
        }
        if shown.len() < size.height
            && let Some(line) = below.next()
        {
            shown.push(beside(line));
        }
        if shown.len() == before {
            break;
        }
    }
    shown
}

/// The page that a real secret leads to.
pub(super) fn real(state: &State, history: Option<&History>) -> Vec<String> {
    let Some(item) = state.current().map(|at| &state.items()[at]) else { return Vec::new() };
    let reach = history.map_or(Reach::Unknown, |history| history.reach);
    let others = match state.under_cursor().len() {
        0 | 1 => String::new(),
        n => format!(" (and {} more)", n - 1),
    };
    let mut lines = vec![
        String::new(),
        format!("{}{others}: a real {}", item.place, item.rule.description),
        format!("Nothing is recorded: it keeps blocking. It is {}.", reach.words()),
        String::new(),
    ];
    let steps = steps(item.rule, reach);
    lines.extend(steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_value_over_many_lines_those_that_say_something_are_shown() {
        let line = |(at, text): (usize, &&str)| {
            let is_hit = (1..5).contains(&at);
            Line { number: at + 1, text: (*text).to_owned(), is_hit }
        };
        let lines = ["before", "key: …", "…", "…", "… rest", "behind"];
        let lines: Vec<Line> = lines.iter().enumerate().map(line).collect();
        let shown = around(&lines, Size { width: 40, height: 10 });
        let texts: Vec<&str> = shown.iter().map(|(_, text)| text.trim()).collect();
        assert_eq!(texts, ["1 before", ">   2 key: …", ">   5 … rest", "6 behind"]);
    }
}
