//! A block of our lines in a file that belongs to others. It goes out again
//! without a trace: the first line says what taking it out must restore.

const END: &str = "# <<< stanch";

/// What stood there before, by the block's first line.
const STARTS: [(&str, Before); 3] = [
    ("# >>> stanch", Before::Lines),
    ("# >>> stanch (after an open line)", Before::OpenLine),
    ("# >>> stanch (new file)", Before::Nothing),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Text that ends in a line feed, or an empty file.
    Lines,
    /// Text whose last line is open.
    OpenLine,
    /// No file.
    Nothing,
}

/// Where the block goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Behind everything.
    End,
    /// Before everything but the `#!` line: where the file's own commands
    /// would eat the standard input.
    Start,
}

/// Whether a text holds the block.
pub(super) fn is_in(text: &str) -> bool {
    STARTS.iter().any(|(start, _)| text.lines().any(|line| line == *start))
}

/// The file with the block in it; none when it is there already.
pub(super) fn add(file: Option<&str>, lines: &str, at: At) -> Option<String> {
    let text = file.unwrap_or_default();
    if is_in(text) {
        return None;
    }
    let before = match file {
        None => Before::Nothing,
        Some(text) if at == At::End && !text.ends_with('\n') => Before::OpenLine,
        Some(_) => Before::Lines,
    };
    let start = STARTS.iter().find(|(_, it)| *it == before).map_or(END, |(start, _)| start);
    let block = format!("{start}\n{lines}{END}\n");
    Some(match at {
        At::Start => {
            let head =
                if text.starts_with("#!") { text.find('\n').map_or(0, |at| at + 1) } else { 0 };
            format!("{}{block}{}", &text[..head], &text[head..])
        }
        At::End if before == Before::OpenLine => format!("{text}\n{block}"),
        At::End => format!("{text}{block}"),
    })
}

/// What taking the block out leaves.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// There is no block.
    Untouched,
    /// The text as it stood before.
    Text(String),
    /// Nothing: the file was ours.
    NoFile,
}

/// Takes the block out.
pub(super) fn remove(text: &str) -> Left {
    let found = STARTS.iter().find_map(|(start, before)| {
        let line = format!("{start}\n");
        let at = text.match_indices(&line).map(|(at, _)| at);
        let at = at.into_iter().find(|&at| at == 0 || text[..at].ends_with('\n'))?;
        Some((at, *before))
    });
    let Some((start, before)) = found else { return Left::Untouched };
    let Some(end) = text[start..].find(&format!("{END}\n")) else { return Left::Untouched };
    let (head, tail) = (&text[..start], &text[start + end + END.len() + 1..]);
    match before {
        Before::Nothing if head.is_empty() && tail.is_empty() => Left::NoFile,
        Before::OpenLine if tail.is_empty() => {
            Left::Text(head.strip_suffix('\n').unwrap_or(head).to_owned())
        }
        Before::Nothing | Before::OpenLine | Before::Lines => Left::Text(format!("{head}{tail}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_goes_in_once_and_comes_out_without_a_trace() {
        for text in ["", "a\n", "a", "#!/bin/sh\na\n", "#!/bin/sh", "# >>> other\n"] {
            for at in [At::End, At::Start] {
                let with = add(Some(text), "ours\n", at).unwrap();
                assert!(with.contains("\nours\n"), "{with}");
                assert_eq!(add(Some(&with), "ours\n", at), None);
                if !(at == At::Start && text == "#!/bin/sh") {
                    assert_eq!(remove(&with), Left::Text(text.to_owned()), "{with}");
                }
            }
        }
        assert_eq!(remove(&add(None, "ours\n", At::End).unwrap()), Left::NoFile);
        assert_eq!(remove("nothing of ours\n"), Left::Untouched);
        assert_eq!(remove("see # >>> stanch\n# <<< stanch\n"), Left::Untouched);
    }

    #[test]
    fn what_others_wrote_behind_the_block_stays() {
        let with = add(None, "ours\n", At::End).unwrap() + "theirs\n";
        assert_eq!(remove(&with), Left::Text("theirs\n".to_owned()));
        let before = format!("theirs\n{}", add(None, "ours\n", At::End).unwrap());
        assert_eq!(remove(&before), Left::Text("theirs\n".to_owned()));
        let open = add(Some("a"), "ours\n", At::End).unwrap() + "theirs\n";
        assert_eq!(remove(&open), Left::Text("a\ntheirs\n".to_owned()));
    }
}
