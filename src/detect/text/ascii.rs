//! Beginnings and ends of texts, in any case of their letters.

/// Whether `text` begins with `head`.
pub(in crate::detect) fn starts_with(text: &[u8], head: &[u8]) -> bool {
    text.get(..head.len()).is_some_and(|text| text.eq_ignore_ascii_case(head))
}

/// Whether `text` ends with `tail`.
pub(in crate::detect) fn ends_with(text: &[u8], tail: &[u8]) -> bool {
    let at = text.len().checked_sub(tail.len());
    at.is_some_and(|at| text[at..].eq_ignore_ascii_case(tail))
}

/// The last word of `text`, in lower case: `b` of `a.b`, `new` of `X::new`.
pub(in crate::detect) fn last_word(text: &[u8]) -> Vec<u8> {
    let text = text.trim_ascii_end();
    let len = text.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let mut word = text[text.len() - len..].to_ascii_lowercase();
    word.retain(|&b| b != b'_');
    word
}
