//! Members of an object that signs, whose own name says less: `"Jwt": {"Key": "…"}`,
//! `session({ secret: '…' })`.

use bstr::ByteSlice as _;

use super::value::Value;
use crate::detect::judge::promise::{self, Kind, Words};
use crate::model::Span;

/// How far before a member the head of its object is looked for.
const REACH: usize = 512;

/// What a member promises that is given a literal, by the object that it stands in.
pub(super) fn member(text: &[u8], name: Span, value: Option<&Value>) -> Option<(Words, Kind)> {
    const MEMBERS: [&[u8]; 4] = [b"key", b"secret", b"secretkey", b"signingkey"];
    value.filter(|value| value.quoted)?;
    let own = name.of(text);
    MEMBERS.iter().any(|member| own.eq_ignore_ascii_case(member)).then_some(())?;
    let signer = signer(&text[name.start.saturating_sub(REACH)..name.start])?;
    let words = Words::of(&[signer, b"_", own].concat());
    promise::classify(&words).map(|kind| (words, kind))
}

/// The key of the block `api:` of YAML that `name` stands in.
pub(super) fn of_api(text: &[u8], name: Span) -> Option<(Words, Kind)> {
    (name.of(text) == b"key").then_some(())?;
    let near = &text[name.start.saturating_sub(REACH)..name.start];
    let indent = near.len() - near.trim_end_with(|c| c == ' ').len();
    let indent_of = |line: &[u8]| line.len() - line.trim_ascii_start().len();
    let mut lines = near.rsplit(|&b| b == b'\n').skip(1).filter(|line| !line.is_empty());
    let parent = lines.find(|line| indent_of(line) < indent)?.trim_ascii();
    let words = Words::of(b"api_key");
    (parent == b"api:").then(|| promise::classify(&words).map(|kind| (words, kind)))?
}

/// The word for what is signed at the head of the object that is open at the end of `before`.
fn signer(before: &[u8]) -> Option<&'static [u8]> {
    const SIGNERS: [&[u8]; 3] = [b"jwt", b"session", b"cookie"];
    let mut closed = 0_usize;
    let opening = memchr::memrchr2_iter(b'{', b'}', before).find(|&at| {
        let opens = before[at] == b'{' && closed == 0;
        closed = if before[at] == b'{' { closed.saturating_sub(1) } else { closed + 1 };
        opens
    })?;
    let head = before[..opening].trim_ascii_end();
    let is_joint = |b: &u8| b"(:='\"`".contains(b) || b.is_ascii_whitespace();
    let end = head.iter().rposition(|b| !is_joint(b))? + 1;
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || b"_.".contains(b);
    let len = head[..end].iter().rev().take_while(|b| in_name(b)).count();
    let name = head[end - len..end].to_ascii_lowercase();
    SIGNERS.into_iter().find(|signer| memchr::memmem::find(&name, signer).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::value;
    use super::*;

    #[test]
    fn the_object_says_what_a_member_signs() {
        for (text, expected) in [
            ("{\"Jwt\": {\n  \"Issuer\": \"x\", \"Key", true),
            ("app.use(session({ resave: false, secret", true),
            ("JwtModule.register({ secret", true),
            ("Module.register({ secret", false),
            ("{\"Jwt\": {\"Issuer\": \"x\"}, \"Cache\": {\"Key", false),
            ("{\"Cache\": {\"Key", false),
            ("session.get(key", false),
            ("{\"Jwt\": {\"Audience", false),
        ] {
            let start = text.rfind(|c: char| !c.is_alphabetic()).unwrap() + 1;
            let name = Span::new(start, text.len());
            let literal = value::quoted(b"'x'", 0);
            assert!(member(text.as_bytes(), name, None).is_none());
            assert_eq!(
                member(text.as_bytes(), name, literal.as_ref()).is_some(),
                expected,
                "{text}"
            );
        }
    }
}
