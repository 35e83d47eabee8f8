//! The screen as lines: a pure function of the state. The list on the left,
//! the place on the right; nothing relies on colour.

use super::detail::{detail, real};
use super::history::History;
use super::rows::{Order, Row, Shown};
use super::state::{Item, Mode, State};
use super::surroundings::Look;
use super::text::{clip, pad, tail, wrap};

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

/// What is known of the current finding, and may be shown.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Facts<'a> {
    /// Its surroundings.
    pub(crate) look: Option<&'a Look>,
    /// Its way; none while git is asked.
    pub(crate) history: Option<&'a History>,
    /// The value, while it is shown for a moment.
    pub(crate) revealed: Option<&'a str>,
}

/// Narrower than this, the place stands below the list.
const SIDE_BY_SIDE: usize = 60;

/// Every line of the screen, none wider than `size`.
pub(crate) fn draw(state: &State, facts: Facts<'_>, size: Size) -> Vec<Vec<Piece>> {
    let body = Size { height: size.height.saturating_sub(3), ..size };
    let mut lines = vec![title(state, size.width)];
    lines.extend(match state.mode() {
        Mode::Help => page(help(), size.width),
        Mode::Steps => page(real(state, facts.history), size.width),
        Mode::Browse | Mode::Filter | Mode::Ask(_) if size.width < SIDE_BY_SIDE => {
            stacked(state, facts, body)
        }
        Mode::Browse | Mode::Filter | Mode::Ask(_) => side_by_side(state, facts, body),
    });
    lines.truncate(body.height + 1);
    lines.resize(body.height + 1, Vec::new());
    lines.push(vec![footer(state)]);
    lines.push(vec![(Style::Dim, keys(state.mode(), size.width).to_owned())]);
    lines.truncate(size.height);
    lines.into_iter().map(|line| clip(line, size.width)).collect()
}

fn side_by_side(state: &State, facts: Facts<'_>, size: Size) -> Vec<Vec<Piece>> {
    let left = (size.width * 2 / 5).min(60);
    let right = Size { width: size.width.saturating_sub(left + 3), ..size };
    let (list, detail) = (list(state, Size { width: left, ..size }), detail(state, facts, right));
    let blank = || (Style::Plain, String::new());
    (0..size.height)
        .map(|at| {
            let (style, text) = list.get(at).cloned().unwrap_or_else(blank);
            let place = detail.get(at).cloned().unwrap_or_else(blank);
            vec![(style, pad(&text, left)), (Style::Dim, " │ ".into()), place]
        })
        .collect()
}

fn stacked(state: &State, facts: Facts<'_>, size: Size) -> Vec<Vec<Piece>> {
    let above = Size { height: (size.height / 3).max(2), ..size };
    let below = Size { height: size.height.saturating_sub(above.height + 1), ..size };
    let mut lines = list(state, above);
    lines.resize(above.height, (Style::Plain, String::new()));
    lines.push((Style::Dim, "─".repeat(size.width)));
    lines.extend(detail(state, facts, below));
    lines.into_iter().map(|piece| vec![piece]).collect()
}

fn title(state: &State, width: usize) -> Vec<Piece> {
    let order = match state.order() {
        Order::Value => "by value",
        Order::Rule => "by rule",
    };
    let mut title =
        format!("stanch audit  {} open of {}  {order}", state.open(), state.items().len());
    if state.shown() == Shown::All {
        title.push_str("  decided too");
    }
    if !state.filter().is_empty() {
        title.push_str("  filter: ");
        title.push_str(state.filter());
    }
    let row = match state.rows().len() {
        0 => String::new(),
        _ if width < SIDE_BY_SIDE => String::new(),
        rows => format!("row {} of {rows}", state.cursor() + 1),
    };
    let room = width.saturating_sub(row.len() + 2);
    vec![(Style::Bold, pad(&title, room)), (Style::Dim, format!("  {row}"))]
}

/// The rows around the cursor, so that both what was and what comes is seen.
fn list(state: &State, size: Size) -> Vec<Piece> {
    let rows = state.rows();
    if rows.is_empty() {
        let words = nothing(state).into_iter().map(|text| (Style::Plain, text.to_owned()));
        return wrap(words.collect(), size.width);
    }
    let last = rows.len().saturating_sub(size.height);
    let first = state.cursor().saturating_sub(size.height / 2).min(last);
    let mut lines: Vec<Piece> = rows
        .iter()
        .enumerate()
        .skip(first)
        .take(size.height)
        .map(|(at, row)| {
            let (style, text) = self::row(state, row, size.width);
            (if at == state.cursor() { Style::Reverse } else { style }, text)
        })
        .collect();
    if let (Some(line), Some(head)) = (lines.first_mut(), head_of(rows, first))
        && state.cursor() != first
    {
        *line = (Style::Bold, head.to_owned());
    }
    lines
}

/// The head of the group in whose midst the row at `first` stands.
fn head_of(rows: &[Row], first: usize) -> Option<&str> {
    let Some(Row::Item(item)) = rows.get(first) else { return None };
    rows[..first].iter().rev().find_map(|row| match row {
        Row::Head(title, members) if members.contains(item) => Some(title.as_str()),
        Row::Head(..) | Row::Item(_) => None,
    })
}

fn row(state: &State, row: &Row, width: usize) -> Piece {
    match row {
        Row::Head(title, _) => (Style::Bold, title.clone()),
        Row::Item(at) => {
            let item = &state.items()[*at];
            let mark = match item.standing.open {
                true if state.real().contains(at) => "! ",
                true => "  ",
                false => "✓ ",
            };
            (Style::Plain, format!("{mark}{}", tail(short_place(item), width.saturating_sub(2))))
        }
    }
}

/// The place without its column: in a list the line is enough.
fn short_place(item: &Item) -> &str {
    let mut parts = item.place.rsplitn(2, ':');
    let column = parts.next().unwrap_or_default();
    match parts.next() {
        Some(rest) if column.bytes().all(|b| b.is_ascii_digit()) => rest,
        Some(_) | None => &item.place,
    }
}

/// Why there is no row, and what to press.
fn nothing(state: &State) -> Vec<&'static str> {
    if !state.filter().is_empty() {
        vec!["Nothing matches the filter.", "", "Esc clears it, / changes it."]
    } else if state.items().is_empty() {
        vec!["Nothing was found.", "", "q leaves."]
    } else {
        vec!["All is decided.", "", "q leaves, d shows the decisions, u takes the last one back."]
    }
}

fn footer(state: &State) -> Piece {
    match state.mode() {
        Mode::Ask(question) => {
            let (prompt, text) = question.prompt();
            let error = question.error().map_or(String::new(), |error| format!("  ({error})"));
            (Style::Bold, format!("{prompt}{text}_{error}"))
        }
        Mode::Filter => (Style::Bold, format!("filter: {}_", state.filter())),
        Mode::Browse | Mode::Steps | Mode::Help => (Style::Bold, state.message().to_owned()),
    }
}

/// What the keys do now, as much of it as fits.
fn keys(mode: &Mode, width: usize) -> &'static str {
    match mode {
        Mode::Browse if width < 76 => "f t r a x  ? help  q quit",
        Mode::Browse => {
            "f false  t test  r revoked  a accept  x real  u undo  v show  ? help  q quit"
        }
        Mode::Filter => "part of a path, a rule or a status   Enter keeps it   Esc clears it",
        Mode::Ask(_) => "Enter takes it   Ctrl-U clears it   Esc records nothing",
        Mode::Steps => "any key goes on to the next",
        Mode::Help => "any key leads back",
    }
}

fn help() -> Vec<String> {
    [
        "",
        "f  false positive: no secret at all          holds for the value, everywhere",
        "t  test value: made for tests or docs        holds for the value, everywhere",
        "r  revoked: was real and is dead             holds for the value, everywhere",
        "a  accepted: real, tolerated until a day     holds in this file",
        "x  real, must go: what to do                 records nothing, keeps blocking",
        "",
        "A verdict asks why; what you said last is offered again.",
        "On the head of a group it is for the whole group.",
        "",
        "j k arrows   move            o  group by value or by rule",
        "s b          skip, back      /  filter by path, rule or status",
        "PgUp PgDn    ten rows        d  show what is decided, too",
        "Home End     first, last     v  show the value for four seconds",
        "",
        "u  takes the last verdict back      q  leaves; all is kept, go on any time",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn page(lines: Vec<String>, width: usize) -> Vec<Vec<Piece>> {
    let lines = lines.into_iter().map(|line| (Style::Plain, line)).collect();
    wrap(lines, width).into_iter().map(|piece| vec![piece]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::state::{Event, Key, Standing};
    use super::super::surroundings::Line;
    use super::*;
    use crate::audit::Reach;

    const SMALL: Size = Size { width: 80, height: 24 };

    fn state(count: usize) -> State {
        let rule = crate::rules::named("github-personal-access-token");
        let items = (0..count).map(|number| Item {
            place: format!("a/rather/long/path/to/the/file-{number}.py:{number}:7"),
            id: "0123456789ab".into(),
            rule,
            shown: "ghp_… sha256:01234567".into(),
            why: "whoever reads it acts as its owner",
            value: number / 2,
            standing: Standing { open: true, words: "new".into(), terms: String::new() },
        });
        State::new(items.collect(), "Ada".into(), "2026-11-20".parse().unwrap())
    }

    fn look() -> Look {
        let line = |number: usize| Line {
            number,
            text: format!("{number} {}", "x".repeat(300)),
            is_hit: number == 7,
        };
        Look { context: (2..13).map(line).collect(), elsewhere: vec!["other.py:1:1".into()] }
    }

    fn history() -> History {
        let added = Some("2026-11-20 by Ada in 0123456789ab".into());
        History { reach: Reach::Pushed, added }
    }

    fn text(state: &State, size: Size) -> Vec<String> {
        let (look, history) = (look(), history());
        let facts = Facts { look: Some(&look), history: Some(&history), revealed: None };
        shown(&draw(state, facts, size))
    }

    fn shown(lines: &[Vec<Piece>]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|(_, text)| text.as_str()).collect()).collect()
    }

    #[test]
    fn no_size_is_too_small_and_no_line_is_too_wide() {
        for (width, height) in [(80, 24), (200, 60), (60, 10), (30, 5), (10, 3), (1, 1), (0, 0)] {
            for keys in ["", "?", "x", "t", "/", "o", "jj"] {
                let mut state = state(40);
                keys.chars().for_each(|c| drop(state.on(Event::Key(Key::Char(c)))));
                let lines = text(&state, Size { width, height });
                assert!(lines.len() <= height, "{width}x{height}");
                for line in lines {
                    assert!(line.chars().count() <= width, "{width}x{height}: {line}");
                }
            }
        }
    }

    #[test]
    fn at_80_by_24_list_place_facts_and_keys_are_there() {
        let mut state = state(3);
        state.on(Event::Key(Key::Down));
        let lines = text(&state, SMALL);
        assert_eq!(lines.len(), 24);
        assert!(lines[0].starts_with("stanch audit  3 open of 3  by value"), "{}", lines[0]);
        assert!(lines[0].ends_with("row 2 of 4"), "{}", lines[0]);
        assert!(lines[1].starts_with("2 × ghp_… sha256:01234567"), "{}", lines[1]);
        assert!(lines[2].starts_with("  …/long/path/to/the/file-0.py:0 │ "), "{}", lines[2]);
        let all = lines.join("\n");
        for words in [
            "a/rather/long/path/to/the/file-0.py:0:7",
            "GitHub personal access token",
            "acts as its owner",
            ">   7 7 xxx",
            "     6 6 xxx",
            "committed and on a remote",
            "added 2026-11-20 by Ada",
            "also in other.py",
            "revoke: https://github.com",
            "rule github-personal-access-token",
        ] {
            assert!(all.contains(words), "{words}\n{all}");
        }
        assert!(lines[23].ends_with("? help  q quit"), "{}", lines[23]);
    }

    #[test]
    fn a_narrow_terminal_shows_the_place_below_the_list() {
        let all = text(&state(3), Size { width: 40, height: 24 }).join("\n");
        assert!(all.contains(">   7 7 xxx"), "{all}");
    }

    #[test]
    fn what_there_is_no_room_for_gives_way() {
        let keys = |width| text(&state(1), Size { width, height: 24 })[23].trim_end().to_owned();
        assert!(keys(75).starts_with("f t r") && keys(76).starts_with("f false"));
        let costs =
            |height| text(&state(1), Size { width: 80, height }).join("").contains("acts as");
        assert!(costs(15) && !costs(14));
    }

    #[test]
    fn a_path_is_shown_whole_and_a_place_without_its_column() {
        for (place, shown) in [("a.py:1:7", "  a.py:1 "), ("a:b/.env", "  a:b/.env ")] {
            let item = Item { place: place.into(), ..state(1).items()[0].clone() };
            let state = State::new(vec![item], "Ada".into(), "2026-11-20".parse().unwrap());
            assert!(text(&state, SMALL)[1].starts_with(shown), "{place}");
        }
    }

    #[test]
    fn on_a_head_it_says_how_much_a_verdict_is_for() {
        let all = text(&state(3), SMALL).join("\n");
        assert!(all.contains("2 findings of 1 value in 2 files"), "{all}");
        let mut state = state(7);
        state.on(Event::Key(Key::Char('o')));
        state.on(Event::Key(Key::Home));
        let all = text(&state, SMALL).join("\n");
        assert!(all.contains("7 findings of 4 values in 7 files"), "{all}");
    }

    #[test]
    fn the_cursor_has_rows_around_it_and_its_group_above_it() {
        let mut state = state(100);
        state.on(Event::Key(Key::Char('o')));
        (0..50).for_each(|_| drop(state.on(Event::Key(Key::Down))));
        let (look, history) = (look(), history());
        let facts = Facts { look: Some(&look), history: Some(&history), revealed: None };
        let lines = draw(&state, facts, SMALL);
        let at = lines.iter().position(|line| line.iter().any(|(s, _)| *s == Style::Reverse));
        assert!((8..16).contains(&at.unwrap()), "{at:?}");
        assert!(shown(&lines)[1].starts_with("100 × github-personal-access-to"));
        state.on(Event::Key(Key::End));
        assert!(text(&state, SMALL)[21].contains("file-99.py"));
    }

    #[test]
    fn an_empty_list_says_why_and_what_to_press() {
        let mut filtered = state(3);
        "/nowhere".chars().for_each(|c| drop(filtered.on(Event::Key(Key::Char(c)))));
        assert!(text(&filtered, SMALL).join("\n").contains("Nothing matches the filter"));
        let mut decided = state(1);
        let standing = Standing { open: false, words: "revoked".into(), terms: "dead".into() };
        decided.on(Event::Judged(vec![standing]));
        assert!(text(&decided, SMALL).join("\n").contains("All is decided"));
        decided.on(Event::Key(Key::Char('d')));
        let all = text(&decided, SMALL).join("\n");
        assert!(all.contains("✓ ") && all.contains("revoked: dead"), "{all}");
    }

    #[test]
    fn until_git_has_answered_the_screen_says_that_it_is_asked() {
        let look = look();
        let facts = Facts { look: Some(&look), ..Facts::default() };
        let all = shown(&draw(&state(1), facts, SMALL)).join("\n");
        assert!(all.contains("asking git") && all.contains(">   7 7 xxx"), "{all}");
    }

    #[test]
    fn a_value_is_drawn_only_while_it_is_revealed() {
        let facts = Facts { revealed: Some("the value"), ..Facts::default() };
        assert!(shown(&draw(&state(1), facts, SMALL)).join("\n").contains("the value"));
        let hidden = shown(&draw(&state(1), Facts::default(), SMALL)).join("\n");
        assert!(!hidden.contains("the value"));
    }
}
