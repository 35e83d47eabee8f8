//! The rules: the built-in table, made from `rules/*.toml` at build time, and
//! the rules of a user, in the same form. Finds nothing by itself.

pub mod checksum;
mod grams;
pub mod parse;
mod set;
mod shape;
pub mod template;

pub use grams::Grams;
pub use set::RuleSet;
pub use shape::Shape;
pub(crate) use shape::is_token;

use crate::model::Rule;

#[expect(clippy::unreadable_literal, reason = "generated")]
mod tables {
    use super::{Grams, Rule};
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
    }

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

use tables::{BUILTIN, BUILTIN_GRAMS, BUILTIN_KEYWORD_RULES};

/// The built-in rules, sorted by id.
pub fn builtin() -> &'static [Rule] {
    BUILTIN
}

/// The built-in rule of this id.
///
/// # Panics
/// When no rule has it: for ids that stand in the source, which a test covers.
pub fn named(id: &str) -> &'static Rule {
    find(id).unwrap_or_else(|| panic!("no built-in rule `{id}`"))
}

/// The built-in rule of this id, if there is one.
pub fn find(id: &str) -> Option<&'static Rule> {
    BUILTIN.binary_search_by(|rule| rule.id.cmp(id)).ok().map(|at| &BUILTIN[at])
}
