//! What is wrong with a configuration that is well formed.

use super::RawConfig;
use crate::detect::Patterns;
use crate::model::{Detector, is_unsafe_to_print};
use crate::rules::parse::{RawRule, RuleProblem};
use crate::rules::{self, Shape};

/// What is wrong with values that are of the right type.
pub(super) fn of_values(raw: &RawConfig) -> Vec<RuleProblem> {
    let mut bad = Vec::new();
    for rule in &raw.rule {
        let (id, offset) = (rule.id.get_ref(), rule.id.span().start);
        let why = of_rule(rule).into_iter().map(|why| format!("rule `{id}`: {why}"));
        bad.extend(why.map(|why| RuleProblem { offset, why }));
    }
    let mut say = |offset, why| bad.push(RuleProblem { offset, why });
    for word in raw.stop_words.iter().filter(|word| word.get_ref().len() < 3) {
        let why =
            "a stop word has three letters or more; a shorter one would hide nearly everything";
        say(word.span().start, why.to_owned());
    }
    for path in raw.baseline.iter().chain(&raw.extends) {
        let is_outside = |part: &str| part == ".." || part.eq_ignore_ascii_case(".git");
        let outside = path.get_ref().split(['/', '\\']).any(is_outside);
        if outside || path.get_ref().starts_with('/') || ["", "."].contains(&&**path.get_ref()) {
            let why = format!("`{}` must be a path inside the repository", path.get_ref());
            say(path.span().start, why);
        }
    }
    bad
}

/// What is wrong with a rule of a user, besides its form.
fn of_rule(rule: &RawRule) -> Vec<String> {
    let mut faults = Vec::new();
    if rules::find(rule.id.get_ref()).is_some() {
        faults.push("this id is taken by a built-in rule".to_owned());
    }
    if !matches!(rule.detector, Detector::Pattern | Detector::Near) {
        let why = "its detector reads for built-in rules only; take `pattern` or `near`";
        faults.push(why.to_owned());
    }
    let texts = [&rule.provider, &rule.description, &rule.prefix, &rule.source];
    let texts = texts.into_iter().chain(&rule.env).chain(&rule.revoke);
    if texts.flat_map(|text| text.chars()).any(is_unsafe_to_print) {
        faults.push("its texts hold characters that move the cursor; take them out".to_owned());
    }
    faults.extend(Patterns::validate(&rule.pattern).err().map(|why| why.0));
    faults.extend(rule.shapes.iter().filter_map(|shape| Shape::parse(shape).err()));
    faults
}

/// Rules that are to be off and that neither we nor this file have.
pub(super) fn unknown_rules(raw: &RawConfig) -> impl Iterator<Item = (String, RuleProblem)> {
    let own: Vec<&String> = raw.rule.iter().map(|rule| rule.id.get_ref()).collect();
    let off_in = raw.rules.off_in.keys();
    let ids = raw.rules.off.iter().chain(off_in).filter(move |id| !own.contains(&id.get_ref()));
    ids.filter(|id| rules::find(id.get_ref()).is_none()).map(|id| {
        let why = format!("no rule `{}`; `stanch rules list` shows them", id.get_ref());
        (id.get_ref().clone(), RuleProblem { offset: id.span().start, why })
    })
}
