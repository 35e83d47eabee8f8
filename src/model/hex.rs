//! Bytes that are written as hex digits: read in either case, written in the lower.

use std::fmt;

/// The bytes of an even number of digits; none when there is something else.
pub(crate) fn bytes(digits: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_chunks();
    rest.is_empty().then(|| pairs.iter().copied().map(byte).collect())?
}

/// The bytes of exactly as many digits as `N` of them have.
pub(crate) fn array<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let (pairs, _) = digits.as_chunks();
    let mut bytes = [0; N];
    for (at, pair) in bytes.iter_mut().zip(pairs) {
        *at = byte(*pair)?;
    }
    (digits.len() == 2 * N).then_some(bytes)
}

/// Digits that are written as [`write`] writes them; none when a letter is in the upper case.
pub(crate) fn lower(digits: &[u8]) -> Option<&[u8]> {
    (!digits.iter().any(u8::is_ascii_uppercase)).then_some(digits)
}

/// The byte of two digits.
pub(crate) fn byte(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}

/// Writes two digits a byte.
pub(crate) fn write(f: &mut impl fmt::Write, bytes: &[u8]) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        f.write_char(char::from(DIGITS[usize::from(byte >> 4)]))?;
        f.write_char(char::from(DIGITS[usize::from(byte & 15)]))?;
    }
    Ok(())
}
