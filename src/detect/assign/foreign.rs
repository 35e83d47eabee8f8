//! What only looks like a value, for another syntax or format explains it, as a table.

use super::tests::check;

#[test]
fn names_of_other_things_and_sentences_are_no_values() {
    check(&[(
        "a.go",
        "var _pattern_key_offsets []byte = []byte{0, 2, 8, 10, 12, 14, 16, 18, 20}",
        &[],
    )]);
}
