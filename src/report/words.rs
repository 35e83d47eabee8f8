//! Numbers and lists, in words.

/// `1 file`, `2 files`; `1 entry`, `2 entries`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    match (number, thing.strip_suffix('y')) {
        (1, _) => format!("1 {thing}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {thing}s"),
    }
}

/// `a, b, c and 4 more`: the first six, and how many there are besides.
pub(crate) fn some_of<T: ToString>(names: &[T]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> = names.iter().take(SHOWN).map(ToString::to_string).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_more_are_many() {
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(0, "entry"), "0 entries");
        assert_eq!(count(2, "file"), "2 files");
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        assert_eq!(some_of(&["a"]), "a");
        assert_eq!(some_of(&(1..=6).collect::<Vec<_>>()), "1, 2, 3, 4, 5, 6");
        assert_eq!(some_of(&(1..=8).collect::<Vec<_>>()), "1, 2, 3, 4, 5, 6 and 2 more");
    }
}
