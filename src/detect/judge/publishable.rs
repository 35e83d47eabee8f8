//! Values that are made to be published: keys of pages and apps, identifiers
//! beside a secret. However their variable is called, nobody gains by one.

use super::checks::{self, Verdict};
use super::vocabulary;
use crate::detect::text::words::WordList;
use crate::model::Check;
use crate::rules::{Shape, words};

/// Their documented forms, as templates.
const FORMS: WordList = WordList(&words::PUBLISHABLE);

/// What the head of a token says: how it is signed and by which key.
const MEMBERS: [&str; 5] = ["alg", "cty", "enc", "kid", "typ"];

/// How many fixed bytes each begins with at least.
const HEAD: usize = 3;

/// Whether `value` has the form of one, or is a token of a web client that
/// grants what everybody has.
pub(in crate::detect) fn is_publishable(value: &[u8]) -> bool {
    let Some(head) = value.get(..HEAD) else { return false };
    // The id of a client of Google's OAuth.
    if is_extended_public_key(value)
        || is_of_analytics(value)
        || value.ends_with(b".apps.googleusercontent.com")
    {
        return true;
    }
    FORMS.entries().any(|form| form.starts_with(head) && fits(form, value))
        || head == b"eyJ"
            && (checks::run(Check::Jwt, value) == Verdict::Public || is_unsigned(value))
}

/// `xpub6…`, `tpubD…-[p2sh]`: from which addresses of a wallet are derived, and no keys (BIP 32,
/// SLIP 132).
fn is_extended_public_key(value: &[u8]) -> bool {
    const KEY: usize = 100;
    let is_kind = value.first().is_some_and(|b| b"tuvxyz".contains(b));
    is_kind && value[1..].starts_with(b"pub") && value.len() >= KEY
}

/// `G-4QX7B2M9ZK`: which pages Google Analytics counts (support.google.com/analytics, 12270356).
fn is_of_analytics(value: &[u8]) -> bool {
    let is_in = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    value.strip_prefix(b"G-").is_some_and(|id| id.len() == 10 && id.iter().all(is_in))
}

/// `eyJhbGciOiJIUzI1NiJ9`, `eyJhbGciOi….eyJzdWIiOi….signature`: the head of a token (RFC 7515,
/// 4), which only says how it is signed, or one whose signature is a word.
fn is_unsigned(value: &[u8]) -> bool {
    let mut parts = value.split(|&b| b == b'.');
    let head = parts.next().and_then(checks::decode).unwrap_or_default();
    let head = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&head);
    let is_head = head.is_ok_and(|members| {
        members.contains_key("alg") && members.keys().all(|name| MEMBERS.contains(&&**name))
    });
    let (body, signature) = (parts.next(), parts.next());
    is_head && (body.is_none() || signature.is_some_and(vocabulary::is_word))
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
    fn an_id_of_analytics_is_none() {
        assert_eq!(found("GOOGLE_KEY=G-4QX7B2M9ZK\n"), [""; 0]);
        assert_ne!(found("GOOGLE_KEY=G-4QX7b2M9ZK3d\n"), [""; 0]);
    }

    #[test]
    fn the_head_of_a_token_is_none() {
        let token = |template: &str| expand(template, 7).unwrap();
        let head = token("{b64url:{{\"alg\":\"HS256\",\"typ\":\"JWT\"}}}");
        let body = token("{b64url:{{\"sub\":\"{digit:10}\",\"iat\":1516239022}}}");
        for value in [head.clone(), format!("{head}.{body}.signature")] {
            assert_eq!(found(&format!("ACCESS_TOKEN={value}\n")), [""; 0], "{value}");
        }
        let key = token("{b64url:{{\"alg\":\"HS256\",\"k\":\"{base64url:43}\"}}}");
        // A token may go on in the next line.
        for value in [format!("{head}.{body}"), format!("{head}.{body}.q8ZtR2mW5vKx"), key] {
            assert_ne!(found(&format!("ACCESS_TOKEN={value}\n")), [""; 0], "{value}");
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
