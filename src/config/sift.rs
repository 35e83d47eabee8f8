//! What is well formed of a configuration, and what is not: the parser itself stops at the
//! first problem.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::model::without_strings;
use crate::rules::parse::RuleProblem as Problem;

/// The well-formed keys of `text`, and what is wrong with the others, each looked at by
/// itself, and so is each rule; a problem when the text is no table of keys at all.
pub(super) fn sift<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<Problem>), Problem> {
    let table = DeTable::parse(text).map_err(|error| problem(&error))?;
    let whole = table.span();
    let mut broken = Vec::new();
    let mut well = DeTable::new();
    for (key, value) in table.into_inner() {
        let span = value.span();
        let mut is_well = |value: &DeValue<'_>| {
            let value = Spanned::new(span.clone(), value.clone());
            let alone = DeTable::from_iter([(key.clone(), value)]);
            read::<T>(Spanned::new(whole.clone(), alone))
                .map_err(|problem| broken.push(problem))
                .is_ok()
        };
        let value = match value.into_inner() {
            DeValue::Array(rules) if key.get_ref() == "rule" => {
                let alone = |rule| DeValue::Array([rule].into_iter().collect());
                let good = rules.into_iter().filter(|rule| is_well(&alone(rule.clone())));
                DeValue::Array(good.collect())
            }
            value if is_well(&value) => value,
            _ => continue,
        };
        well.insert(key, Spanned::new(span, value));
    }
    Ok((read(Spanned::new(whole, well))?, broken))
}

fn read<T: DeserializeOwned>(table: Spanned<DeTable<'_>>) -> Result<T, Problem> {
    T::deserialize(Deserializer::from(table)).map_err(|error| problem(&error))
}

fn problem(error: &Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    Problem { offset, why: without_strings(error.message()) }
}
