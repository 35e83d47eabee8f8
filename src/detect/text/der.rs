//! The head of a sequence in DER (X.690, 8.1 and 8.9): as much as telling keys needs.

/// The type of a sequence.
const SEQUENCE: u8 = 0x30;

/// How many bytes the sequence has behind its head, as it says, and what stands there.
pub(in crate::detect) fn sequence(der: &[u8]) -> Option<(usize, &[u8])> {
    match der {
        [SEQUENCE, 0x82, high, low, body @ ..] => {
            Some((usize::from(*high) << 8 | usize::from(*low), body))
        }
        [SEQUENCE, 0x81, len, body @ ..] | [SEQUENCE, len @ 0..=0x7F, body @ ..] => {
            Some((usize::from(*len), body))
        }
        _ => None,
    }
}
