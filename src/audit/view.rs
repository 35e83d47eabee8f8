//! The screen as lines: a pure function of the state. The list on the left,
//! the place on the right; nothing relies on colour.

use super::look::Look;
use super::state::{Mode, Order, Row, State};
use super::steps;

/// How a piece of a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// As it is.
    Plain,
    /// Bold.
    Bold,
    /// Dim.
    Dim,
    /// Light on dark turned round: the cursor.
    Reverse,
}

/// A piece of a line.
pub(crate) type Piece = (Style, String);

/// The size of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Columns.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
}

const KEYS: &str = "f false  t test  r revoked  a accept  x real  u undo  v show  ? help  q quit";

/// Every line of the screen, none wider than `size`.
/// `revealed` is the value that is shown for a moment.
pub(crate) fn draw(
    state: &State,
    look: Option<&Look>,
    revealed: Option<&str>,
    size: Size,
) -> Vec<Vec<Piece>> {
    let body = size.height.saturating_sub(3);
    let mut lines = vec![vec![(Style::Bold, title(state))]];
    match state.mode() {
        Mode::Help => lines.extend(plain(help(), size.width)),
        Mode::Steps => lines.extend(plain(real(state, look), size.width)),
        Mode::Browse | Mode::Filter | Mode::Ask(_) => {
            let left = if size.width < 60 { size.width } else { (size.width * 2 / 5).min(60) };
            let list = list(state, body, left);
            let right = size.width.saturating_sub(left + 3);
            let detail = wrap_all(detail(state, look, revealed), right);
            for at in 0..body {
                let (style, text) = list.get(at).cloned().unwrap_or((Style::Plain, String::new()));
                let mut line = vec![(style, pad(&text, left))];
                if right > 0 {
                    line.push((Style::Dim, " │ ".into()));
                    line.push(detail.get(at).cloned().unwrap_or((Style::Plain, String::new())));
                }
                lines.push(line);
            }
        }
    }
    lines.truncate(body + 1);
    lines.resize(body + 1, Vec::new());
    lines.push(vec![footer(state)]);
    lines.push(vec![(Style::Dim, KEYS.to_owned())]);
    lines.truncate(size.height);
    lines.into_iter().map(|line| clip(line, size.width)).collect()
}

fn title(state: &State) -> String {
    let order = match state.order() {
        Order::Value => "by value",
        Order::Rule => "by rule",
    };
    let filter = match state.filter() {
        "" => String::new(),
        filter => format!("  filter: {filter}"),
    };
    format!("stanch audit  {} open of {}  {order}{filter}", state.open(), state.items().len())
}

fn list(state: &State, height: usize, width: usize) -> Vec<Piece> {
    if state.rows().is_empty() {
        return vec![(Style::Plain, "nothing is open (d shows what is decided)".into())];
    }
    let first = state.cursor().saturating_sub(height.saturating_sub(1));
    let rows = state.rows().iter().enumerate().skip(first).take(height);
    rows.map(|(at, row)| {
        let (style, text) = match row {
            Row::Head(title, _) => (Style::Bold, title.clone()),
            Row::Item(item) => {
                let item = &state.items()[*item];
                let mark = if item.standing.open { "  " } else { " ✓" };
                (Style::Plain, format!("{mark}{}", tail(&item.place, width.saturating_sub(3))))
            }
        };
        (if at == state.cursor() { Style::Reverse } else { style }, text)
    })
    .collect()
}

fn detail(state: &State, look: Option<&Look>, revealed: Option<&str>) -> Vec<Piece> {
    let Some(item) = state.current().map(|at| &state.items()[at]) else { return Vec::new() };
    let rule = item.rule;
    let line = |text: String| (Style::Plain, text);
    let mut lines = vec![
        (Style::Bold, item.place.clone()),
        line(format!("{}  {}", rule.description, item.shown)),
        (
            Style::Dim,
            format!("{}, {} severity, id {}", item.standing.words, rule.severity, item.id),
        ),
    ];
    if let Some(value) = revealed {
        lines.push((Style::Reverse, value.to_owned()));
    }
    let Some(look) = look else { return lines };
    lines.push(line(String::new()));
    for (number, text, is_here) in &look.context {
        let mark = if *is_here { '>' } else { ' ' };
        let style = if *is_here { Style::Bold } else { Style::Dim };
        lines.push((style, format!("{mark}{number:>4} {text}")));
    }
    lines.push(line(String::new()));
    lines.extend(look.reach.map(|reach| line(reach.words().to_owned())));
    lines.extend(look.added.as_ref().map(|added| line(format!("added by {added}"))));
    if !look.elsewhere.is_empty() {
        lines.push(line(format!("also in {}", look.elsewhere.join(", "))));
    }
    lines.extend(rule.revoke.map(|place| line(format!("revoke: {place}"))));
    lines.push((Style::Dim, format!("rule {} of {}", rule.id, rule.provider)));
    lines
}

fn footer(state: &State) -> Piece {
    match state.mode() {
        Mode::Ask(question) => {
            let (prompt, text) = question.prompt();
            let error = question.error().map_or(String::new(), |error| format!("  ({error})"));
            (Style::Bold, format!("{prompt}{text}_{error}"))
        }
        Mode::Filter => (Style::Bold, format!("filter: {}_", state.filter())),
        Mode::Steps | Mode::Help => (Style::Bold, "any key leads back".into()),
        Mode::Browse => (Style::Plain, state.message().to_owned()),
    }
}

fn real(state: &State, look: Option<&Look>) -> Vec<String> {
    let Some(item) = state.current().map(|at| &state.items()[at]) else { return Vec::new() };
    let reach = look.and_then(|look| look.reach).unwrap_or(super::Reach::Unknown);
    let mut lines = vec![
        String::new(),
        format!("{}: a real {}", item.place, item.rule.description),
        format!("Nothing is recorded: it keeps blocking. It is {}.", reach.words()),
        String::new(),
    ];
    let steps = steps(item.rule, reach);
    lines.extend(steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)));
    lines
}

fn help() -> Vec<String> {
    [
        "",
        "f  false positive: no secret at all          (holds for the value, everywhere)",
        "t  test value: made for tests or docs        (holds for the value, everywhere)",
        "r  revoked: was real and is dead             (holds for the value, everywhere)",
        "a  accepted: real, tolerated until a day     (holds in this place)",
        "x  real, must go: what to do; nothing is recorded",
        "",
        "On the head of a group a verdict is for all of it.",
        "",
        "j k, arrows, page up and down, home, end   move       s  skip   b  back",
        "o  group by value or by rule               /  filter  d  show decided ones",
        "v  show the value for a moment             u  undo    q  quit; all is kept",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn plain(lines: Vec<String>, width: usize) -> Vec<Vec<Piece>> {
    let lines = lines.into_iter().map(|line| (Style::Plain, line)).collect();
    wrap_all(lines, width).into_iter().map(|piece| vec![piece]).collect()
}

fn wrap_all(pieces: Vec<Piece>, width: usize) -> Vec<Piece> {
    if width == 0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for (style, text) in pieces {
        let mut rest: Vec<char> = text.chars().collect();
        while columns(&rest) > width {
            let fits = fitting(&rest, width);
            let space = rest[..fits].iter().rposition(|c| *c == ' ').filter(|at| *at > fits / 2);
            let cut = space.unwrap_or(fits).max(1);
            lines.push((style, rest[..cut].iter().collect()));
            rest.drain(..cut);
            if rest.first() == Some(&' ') {
                rest.remove(0);
            }
        }
        lines.push((style, rest.into_iter().collect()));
    }
    lines
}

fn clip(line: Vec<Piece>, width: usize) -> Vec<Piece> {
    let mut left = width;
    let mut clipped = Vec::new();
    for (style, text) in line {
        let chars: Vec<char> = text.chars().collect();
        let fits = fitting(&chars, left);
        left -= columns(&chars[..fits]);
        clipped.push((style, chars[..fits].iter().collect()));
    }
    clipped
}

fn pad(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let fits = fitting(&chars, width);
    let blank = width - columns(&chars[..fits]);
    chars[..fits].iter().copied().chain(std::iter::repeat_n(' ', blank)).collect()
}

/// The end of a path says more than its beginning.
fn tail(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if columns(&chars) <= width {
        return text.to_owned();
    }
    let mut from = chars.len();
    while from > 0 && columns(&chars[from - 1..]) < width {
        from -= 1;
    }
    std::iter::once('…').chain(chars[from..].iter().copied()).collect()
}

fn fitting(chars: &[char], width: usize) -> usize {
    let mut used = 0;
    chars
        .iter()
        .position(|c| {
            used += wide(*c);
            used > width
        })
        .unwrap_or(chars.len())
}

fn columns(chars: &[char]) -> usize {
    chars.iter().map(|c| wide(*c)).sum()
}

/// East Asian and emoji characters take two columns; to count one too many
/// only leaves a gap.
fn wide(c: char) -> usize {
    match c as u32 {
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::{Event, Item, Key, Standing};
    use super::*;
    use crate::audit::Reach;

    fn state(count: usize) -> State {
        let rule = crate::rules::named("github-personal-access-token");
        let items = (0..count).map(|number| Item {
            place: format!("a/rather/long/path/to/the/file-{number}.py:{number}:7"),
            id: "0123456789ab".into(),
            rule,
            shown: "ghp_… sha256:01234567".into(),
            value: number,
            standing: Standing { open: true, words: "new".into() },
        });
        State::new(items.collect(), "Ada".into(), "2026-11-20".parse().unwrap())
    }

    fn look() -> Look {
        Look {
            context: vec![(6, "x".repeat(300), false), (7, "key = …".into(), true)],
            reach: Some(Reach::Pushed),
            added: Some("Ada on 2026-11-20, 0123456789ab".into()),
            elsewhere: vec!["other.py:1:1".into()],
        }
    }

    fn text(lines: &[Vec<Piece>]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|(_, text)| text.as_str()).collect()).collect()
    }

    #[test]
    fn no_size_is_too_small_and_no_line_is_too_wide() {
        for (width, height) in [(80, 24), (200, 60), (60, 10), (30, 5), (10, 3), (1, 1), (0, 0)] {
            for keys in ["", "?", "x", "t", "/"] {
                let mut state = state(40);
                keys.chars().for_each(|c| drop(state.on(Event::Key(Key::Char(c)))));
                let lines = draw(&state, Some(&look()), None, Size { width, height });
                assert!(lines.len() <= height, "{width}x{height}");
                for line in text(&lines) {
                    assert!(line.chars().count() <= width, "{width}x{height}: {line}");
                }
            }
        }
    }

    #[test]
    fn at_80_by_24_list_place_and_keys_are_there() {
        let lines = draw(&state(3), Some(&look()), None, Size { width: 80, height: 24 });
        let lines = text(&lines);
        assert_eq!(lines.len(), 24);
        assert_eq!(lines[0], "stanch audit  3 open of 3  by value");
        assert!(lines[1].contains("file-0.py:0:7  │ a/rather"), "{}", lines[1]);
        let all = lines.join("\n");
        for words in
            [">   7 key = …", "committed and on a remote", "added by Ada", "also in other.py"]
        {
            assert!(all.contains(words), "{words}\n{all}");
        }
        assert!(
            lines[23].ends_with("? help  q q") || lines[23].contains("? help"),
            "{}",
            lines[23]
        );
    }

    #[test]
    fn the_cursor_is_always_on_the_screen() {
        let mut state = state(100);
        state.on(Event::Key(Key::End));
        let lines = draw(&state, None, None, Size { width: 80, height: 24 });
        let has_cursor = lines
            .iter()
            .flatten()
            .any(|(style, text)| *style == Style::Reverse && text.contains("file-99.py"));
        assert!(has_cursor);
    }

    #[test]
    fn a_value_is_drawn_only_while_it_is_revealed() {
        let size = Size { width: 80, height: 24 };
        let shown = text(&draw(&state(1), Some(&look()), Some("the value"), size)).join("\n");
        assert!(shown.contains("the value"));
        let hidden = text(&draw(&state(1), Some(&look()), None, size)).join("\n");
        assert!(!hidden.contains("the value"));
    }
}
