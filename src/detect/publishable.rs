//! Values that are made to be published: keys of pages and apps, identifiers
//! beside a secret. However their variable is called, nobody gains by one.

use super::checks::{self, Verdict};
use super::words::WordList;
use crate::model::Check;
use crate::rules::{Shape, words};

/// Their documented forms, as templates.
const FORMS: WordList = WordList(&words::PUBLISHABLE);

/// How many fixed bytes each begins with at least.
const HEAD: usize = 3;

/// Whether `value` has the form of one, or is a token of a web client that
/// grants what everybody has.
pub(super) fn is_publishable(value: &[u8]) -> bool {
    let Some(head) = value.get(..HEAD) else { return false };
    FORMS.entries().any(|form| form.starts_with(head) && fits(form, value))
        || head == b"eyJ" && checks::run(Check::Jwt, value) == Verdict::Public
}

fn fits(form: &[u8], value: &[u8]) -> bool {
    let shape = std::str::from_utf8(form).ok().and_then(|form| Shape::parse(form).ok());
    shape.is_some_and(|shape| shape.end_at(value, 0) == Some(value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::RuleSet;
    use crate::rules::template::expand;

    fn found(text: &str) -> Vec<&'static str> {
        let scanner = Scanner::new(RuleSet::builtin());
        let found = scanner.candidates(text.as_bytes(), &RepoPath::new(&b"a.env"[..]));
        found.iter().map(|candidate| candidate.rule.id).collect()
    }

    #[test]
    fn what_is_made_to_be_published_is_left_alone_under_any_name() {
        for form in FORMS.entries() {
            let form = std::str::from_utf8(form).unwrap();
            let value = expand(form, 7).unwrap();
            assert!(!form[..HEAD].contains('{') && is_publishable(value.as_bytes()), "{form}");
            for name in ["API_KEY", "ACME_SECRET_KEY", "ACCESS_TOKEN"] {
                assert_eq!(found(&format!("{name}={value}\n")), [""; 0], "{form}");
            }
            assert!(!is_publishable(format!("{value}:{value}").as_bytes()), "{form}");
        }
    }

    #[test]
    fn a_token_of_everybody_is_none_and_one_of_the_service_is() {
        let key = |role: &str| {
            let payload =
                format!("{{\"iss\":\"supabase\",\"ref\":\"{{lower:20}}\",\"role\":\"{role}\"}}");
            let payload = payload.replace("{\"", "{{\"").replace("\"}", "\"}}");
            let head = "{b64url:{{\"alg\":\"HS256\",\"typ\":\"JWT\"}}}";
            expand(&format!("{head}.{{b64url:{payload}}}.{{base64url:43}}"), 7).unwrap()
        };
        assert_eq!(found(&format!("SUPABASE_ANON_KEY={}\n", key("anon"))), [""; 0]);
        assert_ne!(found(&format!("SUPABASE_KEY={}\n", key("service_role"))), [""; 0]);
    }
}
