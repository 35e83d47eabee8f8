//! Values that only say their name again, or a part of it: `password = "password"`, a column
//! of another table, the class of what is named. Owns no other reason to be none.

use super::promise::{Kind, Words};
use super::{Question, shape};

/// Whether the value only says its name again: `password = "password"`.
pub(super) fn echoes(words: &Words, value: &[u8]) -> bool {
    let letters: Vec<u8> =
        value.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
    let others = value.iter().filter(|b| b.is_ascii_digit() || !b.is_ascii()).count();
    let joined = words.joined();
    // `MARIADB_ROOT_PASSWORD=mariadb`, `MINIO_PASSWORD=miniosecret`: only whose it is.
    let is_owner = |word: &[u8]| {
        let rest = letters.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || shape::NAMING.holds(rest))
    };
    // `PM7_ResetPassword = "pm-7-reset-password"`, `SHOP_CART_KEY = "shop_cart"`
    let is_restyled = || {
        let rest = joined.strip_prefix(&letters[..]);
        let is_said = |rest: &[u8]| rest.is_empty() || rest == words.get(words.len() - 1);
        words.len() > 2 && rest.is_some_and(is_said) && memchr::memchr2(b'-', b'_', value).is_some()
    };
    // `current_password: 'current_password:web'`: a rule that Laravel checks it by.
    let is_rule = || {
        let colon = memchr::memchr(b':', value);
        colon.is_some_and(|colon| {
            let (rule, of) = (&value[..colon], &value[colon + 1..]);
            rule.contains(&b'_')
                && Words::of(rule).joined() == joined
                && of.iter().all(u8::is_ascii_lowercase)
        })
    };
    if letters.len() == value.len() && words.iter().any(is_owner) || is_restyled() || is_rule() {
        return true;
    }
    // `lo_custkey = c1.c_custkey`: a column of another table; `NMTOKEN.datatype = xsd:NMTOKEN`
    let member = memchr::memrchr3(b'.', b':', b'=', value).map_or(&[][..], |dot| &value[dot + 1..]);
    let column = member.rsplit(|&b| b == b'_').next().unwrap_or_default();
    if words.iter().any(|word| word.len() > 2 && column.eq_ignore_ascii_case(word)) {
        return true;
    }
    // `fish_pass: DE:Tag:waterway=fish pass`, `saslScram512Auth = "SaslScram512Auth"`,
    // `KIND_OAUTH2_FJORD = "oAuth2Fjord"`
    let behind = memchr::memrchr2(b'=', b':', value).map_or(&[][..], |at| &value[at + 1..]);
    let is_repeated = behind.contains(&b' ') && Words::of(behind).joined() == joined
        || words.len() > 2
            && (letters == joined || letters.len() > 7 && joined.ends_with(&letters))
            && !value.last().is_some_and(u8::is_ascii_digit);
    if is_repeated {
        return true;
    }
    // `password: passwordGenerator`: a word of code.
    let rest = value.strip_prefix(joined).unwrap_or_default();
    if rest.first().is_some_and(u8::is_ascii_uppercase) && letters.len() == value.len() {
        return true;
    }
    others == 0
        && !letters.is_empty()
        && (joined.ends_with(&letters)
            || letters.ends_with(joined) && letters.len() < joined.len() + 4
            || letters.starts_with(joined) && letters.len() < joined.len() + 2 && words.len() > 1)
}

/// `TRUST_PASSWORD = "sambaTrustPassword"`, `safeToken = 'InSvcToken'`: a name of letters alone
/// that says two words of its own name again, or ends as no token and no key does.
pub(super) fn says_its_name(question: &Question<'_>) -> bool {
    let (own, said) = (question.words, Words::of(question.value));
    let in_name = |b: &u8| b.is_ascii_alphabetic() || b"_-./$".contains(b);
    if said.len() < 2 || !question.value.iter().all(in_name) {
        return false;
    }
    let last = said.get(said.len() - 1);
    // `user_newpassword`, `user_newpass_time`
    let is_one = |own: &[u8], word: &[u8]| own == word || word.len() > 4 && own.starts_with(word);
    let is_again = |word: &&[u8]| word.len() > 2 && own.iter().any(|own| is_one(own, word));
    let is_made = matches!(question.kind, Kind::Token | Kind::ApiKey);
    is_made && [&b"token"[..], b"secret", b"key"].contains(&last)
        || own.len() > 1 && said.len() > 2 && said.iter().filter(is_again).count() > 1
}

/// `GEMINI_API_KEY`, `gemini/gemini-2.5-pro`: a model, by the name of whose key it is.
pub(super) fn is_its_owners(question: &Question<'_>) -> bool {
    let owner = question.value.split(|&b| b == b'/').next().unwrap_or_default();
    let named = question.words.iter().next();
    owner.len() < question.value.len() && named.is_some_and(|word| owner.eq_ignore_ascii_case(word))
}
