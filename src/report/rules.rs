//! `stanch rules list` and `stanch rules show`.

use super::Printer;
use crate::model::Rule;

/// One line a rule: id, provider, description.
pub(crate) fn list(rules: impl Iterator<Item = &'static Rule>, printer: &mut Printer) {
    for rule in rules {
        printer.data(&format!("{}\t{}\t{}", rule.id, rule.provider, rule.description));
    }
}

/// Everything a rule says.
pub(crate) fn show(rule: &Rule, printer: &mut Printer) {
    let mut line = |name: &str, text: &str| {
        if !text.is_empty() {
            printer.data(&format!("{name:<12}{text}"));
        }
    };
    line("rule", rule.id);
    line("provider", rule.provider);
    line("what", rule.description);
    line("severity", &rule.severity.to_string());
    line("confidence", &rule.confidence.to_string());
    line("keywords", &rule.keywords.join(", "));
    line("pattern", rule.pattern);
    line("check", &rule.check.map_or(String::new(), |check| check.to_string()));
    line("environment", &rule.env.join(", "));
    line("revoke", rule.revoke.unwrap_or_default());
    line("source", rule.source);
}
