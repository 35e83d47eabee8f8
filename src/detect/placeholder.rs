//! Values that stand where a secret would: fillers and examples.

/// Whether the part of `value` behind the public `prefix` is plainly made up:
/// one character repeated, a straight sequence, or the word for a filler.
pub(super) fn is_filler(value: &[u8], prefix: &[u8]) -> bool {
    let body = value.strip_prefix(prefix).unwrap_or(value);
    if body.len() < 4 {
        return false;
    }
    let same = body.windows(2).filter(|w| w[0] == w[1]).count();
    let steps = body.windows(2).filter(|w| w[1] == w[0].wrapping_add(1)).count();
    let pairs = body.len() - 1;
    // Three quarters of the pairs repeat or count up: `xxxx…`, `1234…`, `abcd…`.
    (same.max(steps)) * 4 >= pairs * 3 || has_filler_word(body)
}

fn has_filler_word(body: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] =
        [b"example", b"xxxxxx", b"your_", b"your-", b"placeholder", b"redacted"];
    let lower = body.to_ascii_lowercase();
    WORDS.iter().any(|word| memchr::memmem::find(&lower, word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_are_told_from_values() {
        for filler in [
            "ghp_xxxxxxxxxxxxxxxx",
            "ghp_0000000000000000",
            "ghp_abcdefghijklmnop",
            "ghp_your_token_here_1",
        ] {
            assert!(is_filler(filler.as_bytes(), b"ghp_"), "{filler}");
        }
        assert!(!is_filler(b"ghp_q8ZtR2mW5vKx", b"ghp_"));
    }
}
