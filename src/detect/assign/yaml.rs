//! What may stand between `:` and a scalar of YAML: an anchor, a tag, a block.

use super::operator;

/// How far a block is read.
const REACH: usize = 4 << 10;

/// Where the content begins of the scalar at `at`: behind `&anchor` and `!!str`,
/// and of a block (`|`, `>-`) of one line on that line. None for a longer block.
pub(super) fn content(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    while let Some(len) = property_len(&text[at..]) {
        at = operator::skip_blanks(text, at + len);
    }
    if is_resolved(&text[at..]) {
        return None;
    }
    match block(text, at) {
        Block::None => Some(at),
        Block::Line(start) => Some(start),
        Block::Lines => None,
    }
}

/// The length of an anchor or a tag of YAML itself (YAML 1.2.2, 6.9), if a blank
/// follows it. Other tags say what becomes of the value: `!vault`.
fn property_len(rest: &[u8]) -> Option<usize> {
    let len = rest.iter().take(64).take_while(|b| !b.is_ascii_whitespace()).count();
    let word = &rest[..len];
    let is_anchor = word.len() > 1
        && word[0] == b'&'
        && word[1..].iter().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(b));
    let is_tag = word.len() > 2 && word.starts_with(b"!!");
    ((is_anchor || is_tag) && rest.get(len) == Some(&b' ')).then_some(len)
}

/// `!Ref Name`, `!GetAtt`, `!secret x`: behind a tag of its own stands what a program makes
/// the value from. `*db` stands for what an anchor marks (YAML 1.2.2, 7.1).
fn is_resolved(rest: &[u8]) -> bool {
    if rest.starts_with(b"*") {
        return true;
    }
    let Some(tag) = rest.strip_prefix(b"!") else { return false };
    let len = tag.iter().take(64).take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count();
    len > 1 && tag.get(len) == Some(&b' ')
}

/// What a scalar is, if it is a block.
enum Block {
    None,
    /// Of one line, which begins there.
    Line(usize),
    Lines,
}

fn block(text: &[u8], at: usize) -> Block {
    let rest = &text[at..text.len().min(at + REACH)];
    let head = match rest.first() {
        Some(b'|' | b'>') => {
            1 + rest[1..].iter().take(2).take_while(|b| b"+-123456789".contains(b)).count()
        }
        // A plain scalar that was too long for the line of its name.
        Some(b'\n' | b'\r') if is_word(rest.trim_ascii_start()) => 0,
        _ => return Block::None,
    };
    let mut lines = rest.splitn(4, |&b| b == b'\n');
    let first = lines.next().unwrap_or_default();
    let only = lines.next().unwrap_or_default();
    if !first[head..].trim_ascii().is_empty() || only.trim_ascii().is_empty() {
        return Block::None;
    }
    let next = lines.next().unwrap_or_default();
    let indent = |line: &[u8]| line.len() - line.trim_ascii_start().len();
    let ends = next.trim_ascii().is_empty() || indent(next) < indent(only);
    if ends && indent(only) > 0 {
        Block::Line(at + first.len() + 1 + indent(only))
    } else {
        Block::Lines
    }
}

/// Whether a line holds one word and no key, item or comment.
fn is_word(line: &[u8]) -> bool {
    let len = line.iter().take(REACH).take_while(|b| !b.is_ascii_whitespace()).count();
    let ends = matches!(line.get(len), None | Some(b'\n' | b'\r'));
    ends && len > 0 && line[0] != b'#' && line[0] != b'-' && line[len - 1] != b':'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_of_a_scalar_begins_behind_its_marks() {
        for (text, expected) in [
            ("abc", Some("abc")),
            ("&db abc", Some("abc")),
            ("!!str abc", Some("abc")),
            ("&db !!str abc", Some("abc")),
            ("|\n  abc\nx: 1", Some("abc\nx: 1")),
            (">-\n  abc\n", Some("abc\n")),
            ("|\n  abc\n  def\n", None),
            ("!vault |\n  abc", None),
            ("\n  abc\nx: 1", Some("abc\nx: 1")),
            ("\n  abc\n  def\n", None),
            ("\n  abc: 1\n", Some("\n  abc: 1\n")),
            ("\n  abc:\n", Some("\n  abc:\n")),
            ("!Ref Name, x: 1", None),
            ("!ab", Some("!ab")),
            ("*db", None),
            ("&amp", Some("&amp")),
            ("|a", Some("|a")),
        ] {
            let rest = content(text.as_bytes(), 0).map(|at| &text[at..]);
            assert_eq!(rest, expected, "{text}");
        }
    }

    #[test]
    fn a_block_is_looked_for_within_reach_only() {
        let text = |blanks: usize| format!("|{}\n  abc\n", " ".repeat(blanks));
        assert_eq!(content(text(9).as_bytes(), 0), Some(13));
        assert_eq!(content(text(REACH).as_bytes(), 0), Some(0), "as if it were none");
    }
}
