//! The rules of one run: the built-in ones, less what is switched off, plus a
//! user's own.

use std::ops::Range;

use super::tables::BUILTIN_GRAMS;
use super::{Grams, builtin, parse::RawRule};
use crate::model::Rule;

/// The rules of one run and the way from a keyword to the rules it wakes.
#[derive(Debug)]
pub struct RuleSet {
    user: Option<UserRules>,
    off: Vec<&'static str>,
}

#[derive(Debug)]
struct UserRules {
    rules: Vec<&'static Rule>,
    grams: Grams,
    keyword_rules: Vec<Vec<u16>>,
}

impl RuleSet {
    /// The built-in rules, all on.
    pub fn builtin() -> Self {
        Self { user: None, off: Vec::new() }
    }

    /// The built-in rules without those named in `off`, and `user` rules.
    /// User rules live as long as the process: they are few and read once.
    pub fn new(user: &[RawRule], off: &[String]) -> Self {
        let is_on = |rule: &&RawRule| !off.contains(rule.id.get_ref());
        let rules: Vec<&'static Rule> = user.iter().filter(is_on).map(leak).collect();
        let off = off.iter().filter_map(|id| builtin::find(id)).map(|rule| rule.id).collect();
        if rules.is_empty() {
            return Self { user: None, off };
        }
        let (keywords, keyword_rules) = index_keywords(&rules);
        Self {
            user: Some(UserRules { rules, grams: Grams::build(&keywords, |_| 0), keyword_rules }),
            off,
        }
    }

    /// How many rules there are, built-in and off ones included: rule numbers
    /// lie below it.
    pub fn count(&self) -> usize {
        builtin::COUNT + self.user.as_ref().map_or(0, |user| user.rules.len())
    }

    /// The rule of this number.
    ///
    /// # Panics
    /// When no rule has it.
    pub fn rule(&self, number: usize) -> &'static Rule {
        match number.checked_sub(builtin::COUNT) {
            None => builtin::rule(number),
            Some(number) => {
                let user = self.user.as_ref();
                user.expect("numbers past the built-in rules are the user's").rules[number]
            }
        }
    }

    /// The rule of this id, if it is on.
    pub fn find(&self, id: &str) -> Option<&'static Rule> {
        let of_user = || self.user.as_ref()?.rules.iter().copied().find(|rule| rule.id == id);
        builtin::find(id).or_else(of_user).filter(|rule| self.is_on(rule))
    }

    /// Whether a rule is on.
    pub fn is_on(&self, rule: &Rule) -> bool {
        !self.off.contains(&rule.id)
    }

    /// Every rule that is on.
    pub fn enabled(&self) -> impl Iterator<Item = &'static Rule> {
        (0..self.count()).map(|number| self.rule(number)).filter(|rule| self.is_on(rule))
    }

    /// Calls `found(rule number, offset, length of the keyword)` for each rule
    /// a keyword of which stands in this part of `text`.
    pub fn for_each_keyword(
        &self,
        text: &[u8],
        part: Range<usize>,
        mut found: impl FnMut(usize, usize, usize),
    ) {
        BUILTIN_GRAMS.for_each(text, part.clone(), |keyword, at, len| {
            for &rule in builtin::of_keyword(keyword) {
                if self.off.is_empty() || self.is_on(builtin::rule(rule.into())) {
                    found(rule as usize, at, len);
                }
            }
        });
        if let Some(user) = &self.user {
            user.grams.for_each(text, part, |keyword, at, len| {
                for &rule in &user.keyword_rules[keyword] {
                    found(builtin::COUNT + rule as usize, at, len);
                }
            });
        }
    }
}

/// All keywords, lower case and once each, and the rules each belongs to.
fn index_keywords(rules: &[&'static Rule]) -> (Vec<String>, Vec<Vec<u16>>) {
    let mut index = std::collections::BTreeMap::<String, Vec<u16>>::new();
    for (number, rule) in rules.iter().enumerate() {
        for keyword in rule.keywords {
            let number = u16::try_from(number).expect("fewer than 65,536 rules");
            index.entry(keyword.to_ascii_lowercase()).or_default().push(number);
        }
    }
    index.into_iter().unzip()
}

fn leak(raw: &RawRule) -> &'static Rule {
    let text = |s: &String| -> &'static str { s.clone().leak() };
    let list = |l: &Vec<String>| -> &'static [&'static str] {
        l.iter().map(text).collect::<Vec<_>>().leak()
    };
    Box::leak(Box::new(Rule {
        id: text(raw.id.get_ref()),
        provider: text(&raw.provider),
        description: text(&raw.description),
        detector: raw.detector,
        keywords: list(&raw.keywords),
        pattern: text(&raw.pattern),
        shapes: list(&raw.shapes),
        link: raw.link,
        bounds: raw.bounds,
        check: raw.check,
        min_entropy: raw.min_entropy,
        severity: raw.severity,
        confidence: raw.confidence,
        weak: raw.weak,
        prefix: text(&raw.prefix),
        env: list(&raw.env),
        revoke: raw.revoke.as_ref().map(text),
        source: text(&raw.source),
    }))
}
