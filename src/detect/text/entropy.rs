//! Shannon entropy of bytes.

/// Bits a byte, 0 to 8, of the distribution of bytes in `value`.
pub(in crate::detect) fn bits_per_byte(value: &[u8]) -> f32 {
    let mut counts = [0u32; 256];
    for &byte in value {
        counts[usize::from(byte)] += 1;
    }
    let len = value.len() as f32;
    counts.iter().filter(|&&n| n > 0).map(|&n| n as f32 / len).map(|p| -p * p.log2()).sum()
}

/// Whether a value has fewer bits a byte than its rule asks for; 0 asks for none.
pub(in crate::detect) fn is_plain(value: &[u8], least: f32) -> bool {
    least > 0.0 && bits_per_byte(value) < least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_that_of_the_byte_distribution() {
        assert!(bits_per_byte(b"aaaa").abs() < 1e-6);
        assert!((bits_per_byte(b"abcd") - 2.0).abs() < 1e-6);
        assert!(bits_per_byte(b"").abs() < 1e-6);
    }
}
