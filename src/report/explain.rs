//! `stanch explain`: why one finding counts.

use super::{Options, Printer};
use crate::model::{Detector, Judged, Rule, Status};

/// Everything known of one finding, masked.
pub(crate) fn explain(judged: &Judged, options: Options, printer: &mut Printer) {
    let finding = &judged.finding;
    let rule = finding.rule;
    printer.data(&finding.location());
    let mut line = |name: &str, text: String| {
        if !text.is_empty() {
            printer.data(&format!("  {name:<12}{text}"));
        }
    };
    line("what", rule.description.to_owned());
    let fingerprint = options.fingerprint(finding).map_or_else(
        || "no fingerprint: a word list could find this value by its hash".to_owned(),
        |fingerprint| fingerprint.to_string(),
    );
    if let Some(masked) = finding.masked() {
        line("value", format!("{masked}  {fingerprint}"));
    }
    line("status", status(&judged.status));
    line("rule", format!("{} ({})", rule.id, rule.provider));
    line("found by", found_by(rule));
    line("check", check(judged));
    line("confidence", finding.confidence.to_string());
    line("severity", rule.severity.to_string());
    line("environment", rule.env.join(", "));
    line("revoke", rule.revoke.unwrap_or_default().to_owned());
    line("source", rule.source.to_owned());
    line("id", finding.id().to_string());
}

fn status(status: &Status) -> String {
    match status {
        Status::Expired { until } => format!("expired: accepted until {until}; blocks"),
        Status::Known(verdict) => format!("known: the baseline says {verdict}"),
        Status::Allowed => "allowed: an inline marker covers it".to_owned(),
        Status::Existing => "existing: HEAD holds the same value in the same file".to_owned(),
        Status::New { known_elsewhere: true } => {
            "new: a known secret at a new place; blocks".to_owned()
        }
        Status::New { known_elsewhere: false } => "new: nothing covers it; blocks".to_owned(),
    }
}

fn found_by(rule: &Rule) -> String {
    let keywords = rule.keywords.join(", ");
    match rule.detector {
        Detector::Pattern => format!("its shape, {}", rule.pattern),
        Detector::Near => format!("a value of its issuer's shape behind one of: {keywords}"),
        Detector::Assignment => {
            "a name that says it is secret, and the value given to it".to_owned()
        }
        Detector::Url => "a password inside a URL".to_owned(),
        Detector::Armor => "its armor, the BEGIN and END lines".to_owned(),
        Detector::Jwk => "a JSON Web Key with private members".to_owned(),
        Detector::Path => "its file name".to_owned(),
        Detector::Exposure => "the line carries a secret out of where it is kept".to_owned(),
        Detector::LocalEnv => "the same value stands in a local env file".to_owned(),
    }
}

fn check(judged: &Judged) -> String {
    match (judged.finding.rule.check, judged.finding.remark) {
        (_, Some(remark)) => remark.to_owned(),
        (Some(_), None) => "passed: it is built the way its issuer builds it".to_owned(),
        (None, None) => String::new(),
    }
}
