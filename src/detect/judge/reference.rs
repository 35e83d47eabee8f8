//! Values that stand for another: of the environment, of a template, of a vault.

use bstr::ByteSlice as _;

use super::{shape, vocabulary};
use crate::detect::text::ascii;

/// What stands somewhere in a value that stands for another.
const MARKS: [&[u8]; 23] = [
    b"${",
    b"{$",
    b"{{",
    b"$(",
    b"<%",
    b"#{",
    b"%(",
    b"{%",
    b"$[",
    b"((",
    b"[[",
    b"%{",
    b"{0}",
    b"0x%",
    b"\\(",
    // Whose it is, of Dovecot.
    b"/%u",
    // Classes of a pattern.
    b"-9]",
    b"-z]",
    b"-Z]",
    b"a-zA-Z",
    b"\\d{",
    b"(?:",
    // Code.
    b"function(",
];
/// How a value begins that is kept, encrypted or hashed elsewhere.
const HEADS: [&[u8]; 33] = [
    b"@{",
    b"encrypted:",
    b"enc:",
    b"AQAAABAAAA",
    // What Windows sealed (DPAPI).
    b"AQAAANCMnd8",
    b"op://",
    b"vault:",
    b"arn:",
    b"ssm:",
    b"secretsmanager:",
    b"env:",
    b"env.",
    b"ENC[",
    b"ENC(",
    b"!vault",
    b"file:",
    b"md5:",
    b"sha1:",
    b"sha256:",
    // Of a host's key (ssh-keygen(1)).
    b"SHA256:",
    // Signatures of webhooks.
    b"sha1=",
    b"sha256=",
    b"hmac-sha256:",
    b"ref+",
    b"projects/",
    b"urn:",
    b"keyring:",
    b"credentialsJSON:",
    // What Electron sealed with the key of the system (safeStorage, `v10` and `v11`).
    b"djEw",
    b"djEx",
    b"OPENPGP4FPR:",
    // A place in a document (RFC 6901, 6).
    b"#/",
    // A secret of a build (`docker build --secret`).
    b"id=",
];

/// `k*62!wbj1r!568n9p&k09qus$gmq1w7q5%-^fh()hvgg%s+@ld`: as long as a key, without a blank, and
/// more kinds of marks than any format or template has.
fn is_of_many_marks(value: &[u8]) -> bool {
    const LEAST: usize = 40;
    const KINDS: usize = 6;
    let marks = b"!#$%&*@^()-_=+~;?";
    let kinds = marks.iter().filter(|mark| value.contains(mark)).count();
    value.len() >= LEAST
        && kinds >= KINDS
        && value.iter().filter(|b| b.is_ascii_digit()).count() >= 3
        && value.iter().all(|b| b.is_ascii_alphanumeric() || marks.contains(b))
}

/// Tags of the settings of programs in Clojure (github.com/juxt/aero).
const AERO: [&[u8]; 7] = [b"env", b"envf", b"include", b"join", b"or", b"prop", b"ref"];

/// Whether the value stands for another: `${VAR}`, `{{ x }}`, `$(…)`, `%s`.
pub(in crate::detect) fn is_reference(value: &[u8]) -> bool {
    if is_spliced(value) || is_sealed(value) {
        return true;
    }
    // Of what a generator drew from all marks of a keyboard some stand beside each other by chance.
    if is_of_many_marks(value) {
        return false;
    }
    let value = value.strip_prefix(b"'").unwrap_or(value);
    let value = value.strip_suffix(b"'").unwrap_or(value);
    // `-password "pass:$PASSWORD"` of openssl.
    let value = value.strip_prefix(b"pass:").unwrap_or(value);
    let Some((first, rest)) = value.split_first() else { return false };
    let is_constant = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_@".contains(b);
    let begins_one = match first {
        b'{' | b'<' | b'[' | b'(' => goes_on(rest, &[*first]) && !is_drawn(rest),
        // `!visible` of a template negates a member.
        b'!' => {
            rest.starts_with(b"!!") && !rest.iter().any(u8::is_ascii_digit)
                || rest.len() > 3
                    && rest.iter().all(|b| b.is_ascii_alphabetic() || *b == b'.')
                    && rest.split(|&b| b == b'.').all(vocabulary::is_spelled)
        }
        // Compose files write `$$` for `$`.
        b'$' => {
            is_variable(value.trim_start_with(|c| c == '$'))
                // `$encrypted$`, which an API shows in its place.
                || rest.strip_suffix(b"$").is_some_and(vocabulary::is_word)
                || rest.strip_suffix(b"$").is_some_and(is_macro_of_nagios)
                || is_member_of_json(rest)
                || is_woven(value)
        }
        // What a command of a shell prints.
        b'`' => rest.contains(&b'`') && !is_drawn(rest),
        b'~' => rest.split(|&b| b == b'~').all(is_control),
        b'@' => {
            rest.iter().all(is_constant)
                // `WHERE password=@pass`: what is bound to a statement.
                || is_parameter(rest)
                || is_member(rest)
                || is_filtered(rest)
                || shape::is_file(rest)
        }
        b'%' => {
            let upper = rest.iter().take_while(|b| b.is_ascii_uppercase()).count();
            rest == b"v"
                || rest.len() > 1 && rest.ends_with(b"%")
                || upper > 2
                || is_numbered_place(rest)
                || is_conversion(rest)
        }
        // What is bound to a statement of SQL.
        b':' => {
            rest.iter().all(|b| b.is_ascii_lowercase() || *b == b'_') && rest.contains(&b'_')
                || is_parameter(rest)
        }
        b'^' => rest.ends_with(b"$"),
        // `#env DB_PASSWORD`, `#include "db.edn"`: tags of what Aero reads.
        b'#' => AERO.contains(&rest) || is_in_hashes(rest),
        // `&orapw.`, `&orapw`: a macro of SAS.
        b'&' => rest.strip_suffix(b".").is_some_and(is_name_of_macro) || is_parameter(rest),
        _ => false,
    };
    begins_one
        || memchr::memchr(b'{', value).is_some_and(|at| is_format(value, at))
        || MARKS.iter().any(|mark| {
            memchr::memmem::find(value, mark)
                .is_some_and(|at| goes_on(&value[at + mark.len()..], mark))
        })
        || memchr::memmem::find(value, b"%s").is_some_and(|at| !is_in_drawn(value, at))
        || is_kept_elsewhere(value)
}

/// `USER5`, `ARG1`, `HOSTADDRESS` of `$USER5$` (Nagios Core, macros).
fn is_macro_of_nagios(name: &[u8]) -> bool {
    let heads: [&[u8]; 5] = [b"USER", b"ARG", b"HOST", b"SERVICE", b"_"];
    heads.iter().any(|head| name.starts_with(head))
        && name.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

/// `pass` of `WHERE password=@pass`, `newHash` of `:newHash`: what is bound to a statement, by the
/// name of what it holds.
fn is_parameter(name: &[u8]) -> bool {
    const ENDS: [&[u8]; 8] =
        [b"pass", b"pwd", b"pw", b"passwd", b"password", b"hash", b"mdp", b"senha"];
    name.iter().all(|b| b.is_ascii_alphabetic() || *b == b'_')
        && ENDS.iter().any(|end| ascii::ends_with(name, end))
}

/// `application.ldapPw#`, behind another `#`: what `ColdFusion` puts in its place.
fn is_in_hashes(rest: &[u8]) -> bool {
    let name = rest.strip_suffix(b"#").unwrap_or_default();
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.contains(&b'.')
        && name.iter().all(|b| b.is_ascii_alphanumeric() || b"._".contains(b))
}

/// Letters alone, as most names of macros are.
fn is_name_of_macro(name: &[u8]) -> bool {
    name.len() > 1 && name.iter().all(|b| b.is_ascii_lowercase() || *b == b'_')
}

/// `AgBTsC…`: what Sealed Secrets encrypted: the length of an RSA block, and the block.
fn is_sealed(value: &[u8]) -> bool {
    const SHORTEST: usize = 96;
    value.len() >= SHORTEST
        && value.starts_with(b"Ag")
        && matches!(value[2], b'A'..=b'D')
        && value.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
}

/// `'.$pass.'`, `' + pass + '`: the literal that holds the marks around it ends there, and
/// another begins behind.
fn is_spliced(value: &[u8]) -> bool {
    let [quote @ (b'\'' | b'"'), inner @ .., last] = value else { return false };
    let inner = inner.trim_ascii();
    let joins = |joint: u8| inner.starts_with(&[joint]) && inner.ends_with(&[joint]);
    quote == last && inner.len() > 2 && (joins(b'.') || joins(b'+'))
}

/// `$user=$password=`, `$DOMAIN/joe:*:$uid:…`: several variables, each behind a mark.
fn is_woven(value: &[u8]) -> bool {
    let begins = |at: &usize| {
        let is_apart = at.checked_sub(1).is_none_or(|at| b":/=,@".contains(&value[at]));
        is_apart && value.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || b"_{".contains(b))
    };
    memchr::memchr_iter(b'$', value).filter(begins).count() > 1
}

/// `AdminResources.Password:`, behind the `@` of Razor.
fn is_member(rest: &[u8]) -> bool {
    let is_name = |part: &[u8]| {
        part.first().is_some_and(u8::is_ascii_uppercase) && part.iter().all(u8::is_ascii_alphabetic)
    };
    let path = rest.strip_suffix(b":").unwrap_or(rest);
    path.contains(&b'.') && path.split(|&b| b == b'.').all(is_name)
}

/// `db.pass@`, behind another `@`: what a build puts in its place (filtering of Maven and Ant,
/// Autoconf).
fn is_filtered(rest: &[u8]) -> bool {
    let name = rest.strip_suffix(b"@").unwrap_or_default();
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|b| b.is_ascii_alphabetic() || b"._-".contains(b))
}

/// `p` of `~p`, `ts` of `~ts`: what Erlang prints there (io:fwrite/3).
fn is_control(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"t").unwrap_or(word);
    matches!(word, [b'a'..=b'g' | b'i' | b'n' | b'p' | b's' | b'w'])
}

/// `-.120s` of `%-.120s`: how an argument is printed, flags and width first (printf(3p)).
fn is_conversion(rest: &[u8]) -> bool {
    let width = rest.trim_start_with(|c| "-+ #0".contains(c));
    let point = width.trim_start_with(|c| c.is_ascii_digit() || c == '*');
    let precision = point.strip_prefix(b".").unwrap_or(point);
    let kind = precision.trim_start_with(|c| c.is_ascii_digit() || c == '*');
    let kind = kind.trim_start_with(|c| "hlqjzt".contains(c));
    matches!(kind, [b'd' | b'i' | b'o' | b'u' | b'x' | b'X' | b's' | b'c'])
}

/// `%1$s`, `%2$@`: the place of an argument by its number (printf(3p), `NSString`).
fn is_numbered_place(rest: &[u8]) -> bool {
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && matches!(rest[digits..], [b'$', b's' | b'd' | b'@', ..])
}

/// `$.auth.token`, `$['auth']`: a place in a document (RFC 9535).
fn is_member_of_json(rest: &[u8]) -> bool {
    matches!(rest, [b'.' | b'[', ..])
        && rest.iter().all(|b| b.is_ascii_alphanumeric() || b"._-[]*'\"".contains(b))
        && rest.iter().filter(|b| b.is_ascii_digit()).count() < 3
}

/// Whether the `%s` at `at` stands in the midst of a drawn value: letters of both cases and
/// digits, none of them apart.
fn is_in_drawn(value: &[u8], at: usize) -> bool {
    let holds = |is: fn(&u8) -> bool| value.iter().any(is);
    let is_inside =
        |at: Option<usize>| at.and_then(|at| value.get(at)).is_some_and(|b| !b" :/=".contains(b));
    is_inside(at.checked_sub(1))
        && is_inside(at.checked_add(2))
        && !value.contains(&b' ')
        && holds(u8::is_ascii_uppercase)
        && holds(u8::is_ascii_digit)
        && vocabulary::is_random(value)
}

/// Whether a value begins as those do that are kept elsewhere.
pub(in crate::detect) fn is_kept_elsewhere(value: &[u8]) -> bool {
    HEADS.iter().any(|head| value.starts_with(head))
}

/// Whether `rest` behind a `mark` closes its bracket, or is words: a password may hold one.
fn goes_on(rest: &[u8], mark: &[u8]) -> bool {
    let close = match mark.last() {
        Some(b'{' | b'$') => b'}',
        Some(b'<') => b'>',
        Some(b'[') => b']',
        Some(b'(') => b')',
        _ => return true,
    };
    let in_words = |b: &u8| b.is_ascii_alphabetic() || b" _-.:,[(\"'|".contains(b);
    rest.contains(&close) || rest.iter().all(in_words)
}

/// Whether marks stand in it that neither texts nor patterns hold beside digits.
fn is_drawn(rest: &[u8]) -> bool {
    let holds = |marks: &[u8]| rest.iter().any(|b| marks.contains(b));
    holds(b"!#%&*;@~") && holds(b"0123456789") && !holds(b" \"'`\\")
}

/// `:{password}`: nothing but a name in braces, the first at `open`, and marks.
/// `sk-{secrets.token_urlsafe(32)}`: a call in braces at the end.
fn is_format(value: &[u8], open: usize) -> bool {
    let name = &value[open + 1..];
    let is_call = name.ends_with(b")}") && name[0].is_ascii_lowercase();
    if is_call || name.ends_with(b"()}") {
        return true;
    }
    let len = name.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.".contains(b)).count();
    let (before, behind) = (&value[..open], &name[len..]);
    let marks = |text: &[u8]| text.iter().all(u8::is_ascii_punctuation);
    len > 0 && behind.first() == Some(&b'}') && marks(before) && marks(behind)
}

/// What may stand before the name of a variable in PowerShell (`about_Scopes`): `$Script:Pass`.
const SCOPES: [&[u8]; 6] = [b"env", b"global", b"local", b"private", b"script", b"using"];

/// A name, alone or with what is taken from it or joined to it: `request->get`,
/// `user.password`, `user:$password`.
fn is_variable(text: &[u8]) -> bool {
    let len = text.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let joints: [&[u8]; 5] = [b"->", b".", b"[", b"::", b":$"];
    let is_scope = SCOPES.iter().any(|scope| text[..len].eq_ignore_ascii_case(scope));
    let rest = text[len..].strip_prefix(b":").filter(|_| is_scope);
    text.first().is_some_and(|b| !b.is_ascii_digit())
        && len > 0
        && (len == text.len()
            || joints.iter().any(|joint| text[len..].starts_with(joint))
            || text[len..].starts_with(b"{") && text.ends_with(b"}")
            || text[len..].iter().all(|b| b"-:/".contains(b))
            || is_below(&text[len..])
            || rest.is_some_and(is_variable))
}

/// `/naspasswd`, `/samba4kpasswd`: the rest of a path whose folder a variable holds.
fn is_below(rest: &[u8]) -> bool {
    let in_path = |b: &u8| b.is_ascii_lowercase() || b"/._-".contains(b);
    // A password ends with its number.
    let in_word = |at: usize| {
        let is_letter = |at: usize| rest.get(at).is_some_and(u8::is_ascii_lowercase);
        rest[at].is_ascii_digit() && is_letter(at - 1) && is_letter(at + 1)
    };
    rest.starts_with(b"/") && (1..rest.len()).all(|at| in_path(&rest[at]) || in_word(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told() {
        for value in [
            "$HOME",
            "$Script:Pass",
            "$env:PASS",
            "${X}",
            "{{ x }}",
            "%PASS%",
            "<token>",
            "$(cat x)",
            "@{store:key}",
            "$confdir/naspasswd",
            "$.auth.token",
            "Bearer %s",
            "%s:%s",
            "%1$s",
            "%2$@.",
            "Ab12!@{Guid.NewGuid()}",
            "%[a-f0-9]{2}",
            "function(a,b){var",
            "urn:uuid:q8zt",
            "id=npmrc,src=/app/.npmrc",
            "passdb/%u",
            "'.$password.'",
            "@db.pass@",
            "!visible",
            "$encrypted$",
            "keyring:shop/smtp",
        ] {
            assert!(is_reference(value.as_bytes()), "{value}");
        }
        for value in ["super$ecret", "$ecret/9xQ", "@dm1n@", "%9$x2mW", "a[b-9x", "q8Z!tR%sm2W5vKx"]
        {
            assert!(!is_reference(value.as_bytes()), "{value}");
        }
    }
}
