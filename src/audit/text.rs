//! Text in columns of a terminal: cut, padded, wrapped.

use super::draw::Piece;

/// Breaks pieces into rows, at spaces where there are some.
pub(super) fn wrap(pieces: Vec<Piece>, width: usize) -> Vec<Piece> {
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

/// Cuts a line of pieces.
pub(super) fn clip(line: Vec<Piece>, width: usize) -> Vec<Piece> {
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

/// Cuts a text or fills it up with spaces.
pub(super) fn pad(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let fits = fitting(&chars, width);
    let blank = width - columns(&chars[..fits]);
    chars[..fits].iter().copied().chain(std::iter::repeat_n(' ', blank)).collect()
}

/// Cuts a path at its beginning, if it can between two folders: its end says
/// more.
pub(super) fn tail(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if columns(&chars) <= width {
        return text.to_owned();
    }
    let mut from = chars.len();
    while from > 0 && columns(&chars[from - 1..]) < width {
        from -= 1;
    }
    let folder = chars[from..].iter().position(|c| *c == '/');
    let from = folder.filter(|at| *at < width / 2).map_or(from, |at| from + at);
    std::iter::once('…').chain(chars[from..].iter().copied()).collect()
}

/// Cuts a text.
pub(super) fn clip_text(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars[..fitting(&chars, width)].iter().collect()
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
    use super::*;

    #[test]
    fn a_long_path_is_cut_between_two_folders() {
        assert_eq!(tail("short/path.py:3", 20), "short/path.py:3");
        assert_eq!(tail("a/rather/long/path/to/file.py:3", 20), "…/path/to/file.py:3");
        // A name longer than half the room is cut itself.
        assert_eq!(tail("folder/a_name_without_any_end.py", 20), "…_without_any_end.py");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(pad("日本語", 5), "日本 ");
        assert_eq!(clip_text("日本語", 3), "日");
    }
}
