//! Values that stand for another: of the environment, of a template, of a vault.

use bstr::ByteSlice as _;

use super::vocabulary;

/// What stands somewhere in a value that stands for another.
const MARKS: [&[u8]; 20] = [
    b"${",
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
    b"\\(",
    // Whose it is, of Dovecot.
    b"/%u",
    // Classes of a pattern.
    b"-9]",
    b"-z]",
    b"-Z]",
    b"\\d{",
    b"(?:",
    // Code.
    b"function(",
];
/// How a value begins that is kept, encrypted or hashed elsewhere.
const HEADS: [&[u8]; 23] = [
    b"@{",
    b"encrypted:",
    b"enc:",
    b"AQAAABAAAA",
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
    b"ref+",
    b"projects/",
    b"urn:",
    // A place in a document (RFC 6901, 6).
    b"#/",
    // A secret of a build (`docker build --secret`).
    b"id=",
];

/// Whether the value stands for another: `${VAR}`, `{{ x }}`, `$(…)`, `%s`.
pub(in crate::detect) fn is_reference(value: &[u8]) -> bool {
    // `'<a password="'.$password.'">'` of PHP.
    if value.starts_with(b"'.$") && value.ends_with(b".'") {
        return true;
    }
    let value = value.strip_prefix(b"'").unwrap_or(value);
    let value = value.strip_suffix(b"'").unwrap_or(value);
    // `-password "pass:$PASSWORD"` of openssl.
    let value = value.strip_prefix(b"pass:").unwrap_or(value);
    let Some((first, rest)) = value.split_first() else { return false };
    let is_constant = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_@".contains(b);
    let begins_one = match first {
        b'{' | b'<' | b'[' | b'(' => goes_on(rest, &[*first]) && !is_drawn(rest),
        b'!' => rest.starts_with(b"!!") && !rest.iter().any(u8::is_ascii_digit),
        // Compose files write `$$` for `$`.
        b'$' => is_variable(value.trim_start_with(|c| c == '$')) || is_member_of_json(rest),
        b'@' => rest.iter().all(is_constant),
        b'%' => {
            let upper = rest.iter().take_while(|b| b.is_ascii_uppercase()).count();
            rest == b"v"
                || rest.len() > 1 && rest.ends_with(b"%")
                || upper > 2
                || is_numbered_place(rest)
        }
        b'^' => rest.ends_with(b"$"),
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
        Some(b'{') => b'}',
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
            || is_below(&text[len..])
            || rest.is_some_and(is_variable))
}

/// `/naspasswd`: the rest of a path whose folder a variable holds.
fn is_below(rest: &[u8]) -> bool {
    rest.starts_with(b"/") && rest.iter().all(|b| b.is_ascii_lowercase() || b"/._-".contains(b))
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
        ] {
            assert!(is_reference(value.as_bytes()), "{value}");
        }
        for value in ["super$ecret", "$ecret/9xQ", "%9$x2mW", "a[b-9x", "q8Z!tR%sm2W5vKx"] {
            assert!(!is_reference(value.as_bytes()), "{value}");
        }
    }
}
