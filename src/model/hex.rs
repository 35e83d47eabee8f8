//! Bytes that are written as hex digits, in either case.

/// The bytes of an even number of digits; none when there is something else.
pub(crate) fn bytes(digits: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_chunks();
    rest.is_empty().then(|| pairs.iter().copied().map(byte).collect())?
}

/// The byte of two digits.
pub(crate) fn byte(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}
