//! The rules: the built-in table, made from `rules/*.toml` at build time, and
//! the rules of a user, in the same form. Finds nothing by itself.

mod builtin;
pub mod checksum;
mod grams;
pub mod parse;
mod set;
mod shape;
pub mod template;

pub use builtin::{builtin, find, named};
pub use grams::Grams;
pub use set::RuleSet;
pub use shape::Shape;
pub(crate) use shape::is_token;

#[expect(clippy::unreadable_literal, reason = "generated")]
mod tables {
    use super::Grams;
    use super::builtin::{List, Row, Word};
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

/// The lists of `rules/words/`, sorted, and the statistics of the longest.
#[expect(clippy::unreadable_literal, reason = "generated")]
pub(crate) mod words {
    /// The entries of a list, one behind the other: a pointer to each would be one
    /// more for the loader to set in every run.
    #[derive(Debug)]
    pub(crate) struct Entries {
        pub(crate) letters: &'static [u8],
        /// Where each ends in `letters`.
        pub(crate) ends: &'static [u32],
        /// How many begin with a smaller byte, for each byte and all.
        pub(crate) heads: &'static [u16; 257],
    }

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}
