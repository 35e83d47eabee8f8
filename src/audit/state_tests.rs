//! Every key, from every mode, without a terminal.

use super::*;
use crate::rules;

fn item(place: &str, value: usize) -> Item {
    let rule = rules::named("github-personal-access-token");
    let standing = Standing { open: true, words: "new".into(), terms: String::new() };
    let (place, id, shown) = (place.to_owned(), place.to_owned(), "ghp_…".to_owned());
    Item { place, id, rule, shown, why: "it costs", value, standing }
}

fn state() -> State {
    let items = vec![item("a.py:1:1", 0), item("b.py:1:1", 1), item("c.py:1:1", 0)];
    State::new(items, "Ada".into(), "2026-11-20".parse().unwrap())
}

fn decided_as(words: &str) -> Standing {
    Standing { open: false, words: words.into(), terms: "made up".into() }
}

fn keys(state: &mut State, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for c in keys.chars() {
        let key = match c {
            '\n' => Key::Enter,
            '\u{1b}' => Key::Escape,
            '\u{8}' => Key::Backspace,
            c => Key::Char(c),
        };
        effects.extend(state.on(Event::Key(key)));
    }
    effects
}

fn decided(effects: &[Effect]) -> Vec<(usize, Verdict, String)> {
    effects
        .iter()
        .flat_map(|effect| match effect {
            Effect::Decide(list) => list.clone(),
            Effect::Undo | Effect::Reveal(_) | Effect::Quit => Vec::new(),
        })
        .map(|(at, decision)| {
            (at, decision.verdict(), decision.reason().unwrap_or_default().to_owned())
        })
        .collect()
}

#[test]
fn identical_values_stand_together_under_a_head() {
    let state = state();
    let rows =
        [Row::Head("2 × ghp_…".into(), vec![0, 2]), Row::Item(0), Row::Item(2), Row::Item(1)];
    assert_eq!(state.rows(), rows);
}

#[test]
fn one_key_and_a_reason_make_a_decision_and_the_reason_is_offered_again() {
    let mut state = state();
    keys(&mut state, "jjj");
    let effects = keys(&mut state, "tmade up\n");
    assert_eq!(decided(&effects), [(1, Verdict::TestValue, "made up".into())]);
    let effects = keys(&mut state, "kt\n");
    assert_eq!(decided(&effects), [(2, Verdict::TestValue, "made up".into())]);
    // Another verdict has reasons of its own.
    assert!(decided(&keys(&mut state, "r\n")).is_empty());
    assert!(matches!(state.mode(), Mode::Ask(question) if question.error().is_some()));
}

#[test]
fn a_verdict_on_a_head_is_for_the_group_and_needs_one_entry_a_value() {
    let mut state = state();
    assert_eq!(
        decided(&keys(&mut state, "fno key\n")),
        [(0, Verdict::FalsePositive, "no key".into())]
    );
    // What a verdict reaches is said before it is given, also from one row.
    keys(&mut state, "jt");
    let Mode::Ask(question) = state.mode() else { panic!("asking") };
    assert_eq!(question.prompt().0, "test-value for 2 findings: why? ");
    keys(&mut state, "\u{1b}k");
    // `accepted` is bound to its path: each place needs its own.
    let effects = keys(&mut state, "aold job\n\n\n");
    let places: Vec<usize> = decided(&effects).into_iter().map(|(at, ..)| at).collect();
    assert_eq!(places, [0, 2]);
    let Effect::Decide(list) = &effects[0] else { panic!("{effects:?}") };
    assert_eq!(list[0].1.owner(), Some("Ada"));
    assert_eq!(list[0].1.until().unwrap().to_string(), "2027-02-18");
}

#[test]
fn a_path_bound_verdict_counts_every_place_of_the_value_in_its_file() {
    let items = vec![item("a.py:1:1", 0), item("a.py:9:1", 0), item("b.py:1:1", 0)];
    let mut state = State::new(items, "Ada".into(), "2026-11-20".parse().unwrap());
    for (typed, words) in [("ja", "accepted for 2 findings: "), ("f", "false-positive for 3 ")] {
        keys(&mut state, typed);
        let Mode::Ask(question) = state.mode() else { panic!("asking") };
        assert!(question.prompt().0.starts_with(words), "{}", question.prompt().0);
        keys(&mut state, "\u{1b}");
    }
}

#[test]
fn accepted_takes_no_day_that_has_passed_or_is_none() {
    for (typed, words) in [("2020-01-01", "passed"), ("soon", "YYYY-MM-DD")] {
        let mut state = state();
        keys(&mut state, "awhy\n\n");
        state.on(Event::Key(Key::Clear));
        assert!(keys(&mut state, &format!("{typed}\n")).is_empty());
        let Mode::Ask(question) = state.mode() else { panic!("still asking") };
        assert!(question.error().unwrap().contains(words));
    }
}

#[test]
fn escape_records_nothing_and_backspace_edits() {
    let mut state = state();
    assert!(keys(&mut state, "tmade\u{1b}").is_empty());
    assert!(matches!(state.mode(), Mode::Browse));
    let effects = keys(&mut state, "rdeax\u{8}d\n");
    assert_eq!(decided(&effects)[0].2, "dead");
}

#[test]
fn what_is_decided_leaves_the_list_and_d_shows_it_again() {
    let mut state = state();
    keys(&mut state, "jjj");
    let mut standings: Vec<Standing> = state.items().iter().map(|i| i.standing.clone()).collect();
    standings[1] = decided_as("test-value");
    state.on(Event::Judged(standings));
    assert_eq!((state.rows().len(), state.open(), state.cursor()), (3, 2, 2));
    keys(&mut state, "d");
    assert_eq!(state.rows().len(), 4);
    // What is taken back is where the cursor goes.
    keys(&mut state, "d");
    state.on(Event::Key(Key::Home));
    let open = Standing { open: true, words: "new".into(), terms: String::new() };
    state.on(Event::Judged(vec![open.clone(), open.clone(), open]));
    assert_eq!((state.current(), state.message()), (Some(1), "taken back: 1 open again"));
}

#[test]
fn filter_order_and_skip_move_through_the_list() {
    let mut state = state();
    keys(&mut state, "/B.PY\n");
    assert_eq!(state.rows(), [Row::Item(1)]);
    keys(&mut state, "/\u{1b}");
    assert_eq!(state.rows().len(), 4);
    keys(&mut state, "o");
    assert!(
        matches!(&state.rows()[0], Row::Head(title, _) if title == "3 × github-personal-access-token")
    );
    assert_eq!(state.current(), Some(1), "the cursor stays with its item");
    keys(&mut state, "ssb");
    assert_eq!(state.current(), Some(1), "there is no row after the last");
    keys(&mut state, "b");
    assert_eq!(state.current(), Some(0));
}

#[test]
fn real_undo_reveal_and_quit_ask_for_what_they_say() {
    let mut state = state();
    assert!(keys(&mut state, "x").is_empty());
    assert!(matches!(state.mode(), Mode::Steps));
    assert_eq!(state.real().len(), 2, "both places of the value");
    assert!(keys(&mut state, "x").is_empty(), "any key goes on to the next");
    assert_eq!((state.cursor(), state.current()), (1, Some(0)));
    assert_eq!(keys(&mut state, "u"), [Effect::Undo]);
    assert_eq!(keys(&mut state, "v"), [Effect::Reveal(0)]);
    assert_eq!(state.revealed(), Some(0));
    keys(&mut state, "j");
    assert_eq!(state.revealed(), None, "the next key hides it");
    keys(&mut state, "v");
    state.on(Event::Hide);
    assert_eq!(state.revealed(), None);
    assert_eq!(keys(&mut state, "q"), [Effect::Quit]);
    assert_eq!(state.on(Event::Key(Key::Interrupt)), [Effect::Quit]);
}

#[test]
fn an_empty_list_takes_every_key() {
    let mut state = State::new(Vec::new(), String::new(), "2026-11-20".parse().unwrap());
    assert_eq!(keys(&mut state, "ftraxvojkbs d/x\n?.u"), [Effect::Undo]);
    assert_eq!(state.current(), None);
}
