//! Objects that a pack stores as a change of another one (gitformat-pack(5),
//! "Deltified representation"): sizes of both, then what is copied and what is new.

/// Objects above this are left to git.
pub(super) const MOST_BYTES: usize = 1 << 26;

/// Bytes that both have, one after the other in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Same {
    /// Where they begin in the base.
    pub then: usize,
    /// Where they begin in the object.
    pub now: usize,
    /// How many.
    pub len: usize,
}

/// Makes an object from its base. What both have is added to `same`; none when
/// the change does not fit the base.
pub(super) fn apply(mut change: &[u8], base: &[u8], same: &mut Vec<Same>) -> Option<Vec<u8>> {
    same.clear();
    if take_size(&mut change)? != base.len() {
        return None;
    }
    let size = take_size(&mut change)?;
    if size > MOST_BYTES {
        return None;
    }
    let mut object = Vec::with_capacity(size);
    while let Some((&code, rest)) = change.split_first() {
        change = rest;
        if code & 0x80 != 0 {
            let (from, len) = take_copy(code, &mut change)?;
            let copied = base.get(from..from.checked_add(len)?)?;
            note(same, Same { then: from, now: object.len(), len });
            object.extend_from_slice(copied);
        } else if code != 0 {
            object.extend_from_slice(change.split_off(..usize::from(code))?);
        } else {
            return None;
        }
    }
    (object.len() == size).then_some(object)
}

/// Adds what is copied; one that goes on where the last ended is the same one.
fn note(same: &mut Vec<Same>, next: Same) {
    match same.last_mut() {
        Some(last) if last.now + last.len == next.now && last.then + last.len == next.then => {
            last.len += next.len;
        }
        _ => same.push(next),
    }
}

/// Seven bits a byte, the lowest first.
fn take_size(change: &mut &[u8]) -> Option<usize> {
    let mut size = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let byte = *change.split_off_first()?;
        size |= usize::from(byte & 0x7f).checked_mul(1 << shift)?;
        if byte & 0x80 == 0 {
            return Some(size);
        }
    }
    None
}

/// Four bits tell which bytes of the offset follow, three which of the length.
fn take_copy(code: u8, change: &mut &[u8]) -> Option<(usize, usize)> {
    let mut number = |bits: std::ops::Range<u8>| {
        let mut number = 0;
        for (place, bit) in bits.enumerate() {
            if code & 1 << bit != 0 {
                number |= usize::from(*change.split_off_first()?) << (8 * place);
            }
        }
        Some(number)
    };
    let (from, len) = (number(0..4)?, number(4..7)?);
    Some((from, if len == 0 { 0x1_0000 } else { len }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &[u8] = b"one two three";

    /// Sizes, then instructions.
    fn change(size: u8, instructions: &[u8]) -> Vec<u8> {
        [&[BASE.len() as u8, size], instructions].concat()
    }

    #[test]
    fn what_is_copied_and_what_is_new_make_the_object() {
        let mut same = Vec::new();
        let copies = [0x90, 4, 3, b'a', b'n', b'd', 0x91, 3, 4, 0x91, 7, 6];
        let made = apply(&change(17, &copies), BASE, &mut same).unwrap();
        assert_eq!(made, b"one and two three");
        // What goes on where the last copy ended is no change.
        assert_eq!(same, [Same { then: 0, now: 0, len: 4 }, Same { then: 3, now: 7, len: 10 }]);
        assert_eq!(apply(&change(0, &[]), BASE, &mut same).unwrap(), b"");
        assert_eq!(same, []);
    }

    #[test]
    fn a_copy_of_no_length_is_one_of_64_kib_and_sizes_are_many_bytes() {
        let base = vec![b'x'; 0x1_0003];
        let change = [0x83, 0x80, 0x04, 0x80, 0x80, 0x04, 0x81, 3];
        assert_eq!(apply(&change, &base, &mut Vec::new()).unwrap().len(), 0x1_0000);
    }

    #[test]
    fn a_change_that_does_not_fit_makes_nothing() {
        let mut same = Vec::new();
        let fits = change(3, &[0x91, 0, 3]);
        assert_eq!(apply(&fits, BASE, &mut same).unwrap(), b"one");
        assert_eq!(apply(&fits, b"one two thre", &mut same), None, "another base");
        for (size, instructions) in [
            (3, &[0x91, 11, 3][..]), // behind the base
            (3, &[0x91, 0]),         // cut
            (3, &[4, b'a', b'b']),
            (4, &[0x91, 0, 3]), // too little
            (2, &[0x91, 0, 3]),
            (0, &[0]), // reserved
        ] {
            assert_eq!(apply(&change(size, instructions), BASE, &mut same), None);
        }
        let huge = [&[BASE.len() as u8][..], &[0xff; 9], &[1]].concat();
        assert_eq!(apply(&huge, BASE, &mut same), None);
        assert_eq!(apply(&[0xff; 30], BASE, &mut same), None);
        assert_eq!(apply(b"", BASE, &mut same), None);
    }

    proptest::proptest! {
        #[test]
        fn any_change_makes_what_it_says_or_nothing(change: Vec<u8>, base: Vec<u8>) {
            let mut same = Vec::new();
            let change = [&[base.len() as u8 & 0x7f], &change[..]].concat();
            if let Some(object) = apply(&change, &base, &mut same) {
                for Same { then, now, len } in same {
                    proptest::prop_assert_eq!(&base[then..then + len], &object[now..now + len]);
                }
            }
        }
    }
}
