//! Lists of what a machine drew: `tokens: ["…", "…"]`, a block of items in YAML.

use super::operator;
use super::value::{self, Extent, Value};
use crate::detect::judge::{Operator, vocabulary};
use crate::detect::language::Language;
use crate::detect::text::line;
use crate::model::Span;

/// How far a list is read, and how many of its items.
const REACH: usize = 2 << 10;
const MOST: usize = 32;
/// How long the type before a list may be: `new String[] {`, `List.of(`.
const HEAD: usize = 48;

/// Whether a list can stand behind a name, as the sign and the line tell.
pub(super) fn may_begin(text: &[u8], name: Span) -> bool {
    let at = operator::skip_blanks(text, name.end + operator::quote_len(text, name.end));
    let binds = text.get(at).is_some_and(|b| b":=[]".contains(b));
    let rest = || line::rest(text, at);
    binds && (rest().trim_ascii() == b":" || rest().iter().any(|b| b"[{(".contains(b)))
}

/// The items of the list behind a name that a machine drew.
pub(super) fn drawn(text: &[u8], name: Span, language: Language) -> Vec<Value> {
    let items = block(text, name, language).or_else(|| {
        let opening = operator::read(text, name, language)?;
        let binds = matches!(opening.operator, Operator::Assign | Operator::Colon);
        binds.then(|| literals(text, opening.at))?
    });
    let mut items = items.unwrap_or_default();
    items.retain(|item| {
        let bytes = item.span.of(text);
        bytes.iter().any(u8::is_ascii_digit) && vocabulary::is_random(bytes)
    });
    items
}

/// `["…", "…"]`, `{"…", "…"}`, `List.of("…", "…")`
fn literals(text: &[u8], at: usize) -> Option<Vec<Value>> {
    let limit = (at + REACH).min(text.len());
    let head = &text[at..limit.min(at + HEAD)];
    let open = head.iter().position(|b| b"\"'`".contains(b))?;
    let head = &head[..open];
    let slashes = head.iter().rev().take_while(|&&b| b == b'\\').count();
    is_head(&head[..open - slashes]).then_some(())?;
    let mut found = Vec::new();
    let mut at = at + open - slashes;
    while found.len() < MOST && at < limit {
        let item = value::quoted(text, at)?;
        at = behind_space(text, item.end);
        found.push(item);
        match text.get(at)? {
            b',' => at = behind_space(text, at + 1),
            b']' | b'}' | b')' => break,
            _ => return None,
        }
        if b"]})".contains(text.get(at)?) {
            break;
        }
    }
    Some(found)
}

/// The items of the block of YAML below the name at `name`: one word each.
fn block(text: &[u8], name: Span, language: Language) -> Option<Vec<Value>> {
    let end = name.end + operator::quote_len(text, name.end);
    let rest = line::rest(text, end);
    let before = line::before(text, name.start);
    let is_head = rest.trim_ascii() == b":" && before.iter().all(|b| b" -\"'".contains(b));
    (is_head && language == Language::Yaml).then_some(())?;
    let mut at = end + rest.len();
    let limit = (at + REACH).min(text.len());
    let lines = text[at..limit].split_inclusive(|&b| b == b'\n');
    let mut found = Vec::new();
    for raw in lines.take(MOST + 1) {
        let inner = raw.trim_ascii_start();
        let start = at + (raw.len() - inner.len());
        at += raw.len();
        match inner.strip_prefix(b"- ") {
            Some(_) => found.extend(value::read(text, start + 2, Extent::Line)),
            None if inner.is_empty() => {}
            None => break,
        }
    }
    Some(found)
}

/// Whether a list begins behind `head`: a bracket alone, a type and a brace, or `List.of(`,
/// but no element of another and no call.
fn is_head(head: &[u8]) -> bool {
    let in_type = |b: &u8| b.is_ascii_alphanumeric() || b"_.&*<>[]!".contains(b);
    let Some((open, before)) = head.trim_ascii_end().split_last() else { return false };
    let begins = match open {
        b'[' => !before.last().is_some_and(u8::is_ascii_alphanumeric),
        b'{' => true,
        b'(' => before.is_empty() || before.ends_with(b".of"),
        _ => false,
    };
    begins && before.iter().all(|b| in_type(b) || b.is_ascii_whitespace())
}

fn behind_space(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..(at + REACH).min(text.len())).unwrap_or_default();
    at + (rest.len() - rest.trim_ascii_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        let values = literals(text.as_bytes(), 0).unwrap_or_default();
        values.iter().map(|value| &text[value.span.start..value.span.end]).collect()
    }

    #[test]
    fn the_literals_of_a_list_are_read_up_to_its_end() {
        for (text, expected) in [
            (r#"["a", "b"]"#, &["a", "b"][..]),
            (r#"[]string{"a", "b"},"#, &["a", "b"]),
            ("[\n  'a',\n  'b',\n]", &["a", "b"]),
            (r#"[\"a\",\"b\"]"#, &["a", "b"]),
            (r#"{"a": "b"}"#, &[]),
            (r#"["a" + x]"#, &[]),
            (r#"List.of("a", "b")"#, &["a", "b"]),
            (r#"f("a", "b")"#, &[]),
            (r#"x["a"]"#, &[]),
            (r#"["a", "b"#, &[]),
            (r#"x "a""#, &[]),
            ("", &[]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_items_of_a_block_are_read_up_to_what_is_none() {
        let text = "tokens:\n  - a\n  - 'b'\n\n  - c # d\nx: 1\n  - e\n";
        let values = block(text.as_bytes(), Span::new(0, 6), Language::Yaml).unwrap();
        let values: Vec<&str> =
            values.iter().map(|value| &text[value.span.start..value.span.end]).collect();
        assert_eq!(values, ["a", "b", "c"]);
        assert_eq!(block(b"tokens: x\n  - a\n", Span::new(0, 6), Language::Yaml), None);
    }
}
