//! UTF-16 streams, as Windows programs write them: read as UTF-8, and written
//! in their own form again, unit for unit.

use crate::extract::Order;

/// A stream of UTF-16 on its way through.
#[derive(Debug)]
pub(super) struct Wide {
    order: Order,
    /// Bytes of the input whose character is not whole.
    input: Vec<u8>,
    /// Bytes of the output whose character is not whole.
    output: Vec<u8>,
}

impl Wide {
    pub(super) fn new(order: Order) -> Self {
        Self { order, input: Vec::new(), output: Vec::new() }
    }

    /// The next bytes as text. A surrogate without its other half is written
    /// as UTF-8 writes other characters, so that it comes back as it was.
    pub(super) fn narrow(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.input.extend_from_slice(bytes);
        let units: Vec<u16> = self.input.chunks_exact(2).map(|pair| self.unit(pair)).collect();
        let waits = usize::from(units.last().is_some_and(|unit| is_high(*unit)));
        let whole = units.len() - waits;
        self.input.drain(..whole * 2);
        narrowed(&units[..whole])
    }

    /// What is left at the end: a lone half as text, a lone byte as it is.
    pub(super) fn rest(&mut self) -> (Vec<u8>, Vec<u8>) {
        let input = std::mem::take(&mut self.input);
        let pairs = input.chunks_exact(2);
        let byte = pairs.remainder().to_vec();
        (narrowed(&pairs.map(|pair| self.unit(pair)).collect::<Vec<u16>>()), byte)
    }

    /// Adds text to `ready` in the form of the stream.
    pub(super) fn widen(&mut self, text: &[u8], ready: &mut Vec<u8>) {
        let mut text = [std::mem::take(&mut self.output).as_slice(), text].concat();
        let mut at = 0;
        while at < text.len() {
            let len = length(text[at]);
            if at + len > text.len() {
                break;
            }
            let point = point(&text[at..at + len]);
            at += len;
            if let Ok(unit) = u16::try_from(point) {
                self.put(unit, ready);
            } else {
                let above = point - 0x1_0000;
                self.put(0xD800 | (above >> 10) as u16, ready);
                self.put(0xDC00 | (above & 0x3FF) as u16, ready);
            }
        }
        self.output = text.split_off(at);
    }

    fn unit(&self, pair: &[u8]) -> u16 {
        let pair = [pair[0], pair[1]];
        match self.order {
            Order::Little => u16::from_le_bytes(pair),
            Order::Big => u16::from_be_bytes(pair),
        }
    }

    fn put(&self, unit: u16, ready: &mut Vec<u8>) {
        ready.extend_from_slice(&match self.order {
            Order::Little => unit.to_le_bytes(),
            Order::Big => unit.to_be_bytes(),
        });
    }
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn narrowed(units: &[u16]) -> Vec<u8> {
    let mut text = Vec::with_capacity(units.len());
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok(c) => text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(half) => {
                let half = half.unpaired_surrogate();
                let tail = |bits: u16| 0x80 | (bits & 0x3F) as u8;
                text.extend([0xE0 | (half >> 12) as u8, tail(half >> 6), tail(half)]);
            }
        }
    }
    text
}

/// The length of the character that begins with this byte.
fn length(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// The code point of one character.
fn point(bytes: &[u8]) -> u32 {
    let first = match bytes.len() {
        1 => u32::from(bytes[0]),
        len => u32::from(bytes[0]) & (0x7F >> len),
    };
    bytes[1..].iter().fold(first, |point, byte| point << 6 | u32::from(byte & 0x3F))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_units_in_any_pieces_come_back(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            cut in 1..40usize,
            is_little in any::<bool>(),
        ) {
            let mut wide = Wide::new(if is_little { Order::Little } else { Order::Big });
            let mut out = Vec::new();
            for piece in bytes.chunks(cut) {
                let text = wide.narrow(piece);
                for part in text.chunks(cut) {
                    wide.widen(part, &mut out);
                }
            }
            let (text, byte) = wide.rest();
            wide.widen(&text, &mut out);
            out.extend(byte);
            prop_assert_eq!(out, bytes);
        }
    }
}
