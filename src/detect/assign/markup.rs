//! Markup: the text of an element, and references to characters (XML 1.0, 4.1 and 4.6).

use std::borrow::Cow;

use super::call;
use super::sentence::is_chosen;
use super::site::Site;
use super::value::{Value, Written};
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// The entities that every document has.
const ENTITIES: [(&[u8], u8); 5] =
    [(b"amp", b'&'), (b"lt", b'<'), (b"gt", b'>'), (b"quot", b'"'), (b"apos", b'\'')];
/// How far a label and what it speaks of may stand apart.
const REACH: usize = 160;
/// The longest name or number of a character.
const LONGEST: usize = 8;

impl Site<'_> {
    /// The text of an element in whose tag attributes follow the name.
    pub(super) fn tag_with_attributes(&self, at: usize) -> Option<Value> {
        let rest = line::rest(self.text, at);
        let end = memchr::memchr(b'>', rest)?;
        let open = memchr::memrchr(b'<', self.before)?;
        let is_tag =
            self.before[open + 1..].iter().all(|b| b.is_ascii_alphanumeric() || *b == b':');
        // `Type="…#PasswordDigest"` of WS-Security, `<DTS:Password Encrypted="1">` of SSIS: no
        // clear text.
        let says = |mark: &[u8]| memchr::memmem::find(&rest[..end], mark).is_some();
        let is_sealed = says(b"#PasswordDigest\"")
            || self.before.ends_with(b"<DTS:") && says(b"Encrypted=\"1\"");
        (is_tag && !is_sealed && !rest[..end].ends_with(b"/"))
            .then(|| self.element(at + end + 1))?
    }

    /// The text of an element whose tag ends before `at`.
    pub(super) fn element(&self, at: usize) -> Option<Value> {
        const DATA: &[u8] = b"<![CDATA[";
        const INNER: &[u8] = b"<value>";
        let limit = (at + 512).min(self.text.len());
        let inner = self.text.get(at..limit)?;
        let start = at + (inner.len() - inner.trim_ascii_start().len());
        if self.text[start..].starts_with(DATA) {
            let start = start + DATA.len();
            let len = memchr::memmem::find(self.text.get(start..limit)?, b"]]>")?;
            return (len > 0).then(|| Value::bare(Span::new(start, start + len)));
        }
        // In answers to the installer of Windows, in beans, it stands one level deeper.
        let at =
            if ascii::starts_with(&self.text[start..], INNER) { start + INNER.len() } else { at };
        let limit = (at + 512).min(self.text.len());
        let end = at + memchr::memchr(b'<', self.text.get(at..limit)?)?;
        let inner = call::trimmed(self.text, Span::new(at, end));
        (memchr::memrchr(b'<', self.before).is_some()
            && !inner.is_empty()
            && self.text[end..].starts_with(b"</")
            // `<label for="newPassword">New one</label>`
            && !self.before.ends_with(b" for=\"")
            && !self.names_a_member(end))
        .then(|| Value::bare(inner).written(Written::Markup))
    }

    /// Whether the element that closes at `end` is the `<key>` of a property list
    /// (plist(5)): the name of the member that follows.
    fn names_a_member(&self, end: usize) -> bool {
        const MEMBERS: [&[u8]; 9] = [
            b"<string",
            b"<dict",
            b"<array",
            b"<integer",
            b"<real",
            b"<true",
            b"<false",
            b"<data",
            b"<date",
        ];
        let rest = self.text[end..].strip_prefix(b"</key>");
        let next = rest.map_or(&[][..], <[u8]>::trim_ascii_start);
        MEMBERS.iter().any(|member| next.starts_with(member))
    }
}

/// `<th>Password</th><td>…</td>`, `<b>Password:</b> …`, `Password: <code>…</code>`: what
/// stands behind the label that ends with the name, if nobody writes it for its meaning.
pub(super) fn beside_label(text: &[u8], name: Span) -> Option<Value> {
    const TAGS: [&[u8]; 14] = [
        b"b", b"br", b"code", b"dd", b"dt", b"em", b"i", b"li", b"p", b"pre", b"span", b"strong",
        b"td", b"th",
    ];
    text.get(name.end).filter(|b| b"<:".contains(b))?;
    let mut rest = &text[name.end..(name.end + REACH).min(text.len())];
    let (mut is_bound, mut tags) = (false, 0);
    loop {
        rest = rest.trim_ascii_start();
        if let Some(behind) = rest.strip_prefix(b":") {
            is_bound = true;
            rest = behind;
            continue;
        }
        let Some(tag) = rest.strip_prefix(b"<") else { break };
        let end = memchr::memchr(b'>', tag)?;
        let word = tag[..end].split(u8::is_ascii_whitespace).next()?;
        let word = word.strip_prefix(b"/").unwrap_or(word);
        TAGS.iter().any(|tag| word.eq_ignore_ascii_case(tag)).then_some(())?;
        is_bound |= tag.starts_with(b"td") || tag.starts_with(b"dd");
        tags += 1;
        rest = &tag[end + 1..];
    }
    (is_bound && tags > 0).then_some(())?;
    let at = name.end + REACH.min(text.len() - name.end) - rest.len();
    let line = line::rest(text, at);
    let len = memchr::memchr(b'<', line).unwrap_or(line.len());
    let span = call::trimmed(text, Span::new(at, at + len));
    let said = text_of(span.of(text));
    // An object in an example of a header.
    let is_object = said.starts_with(b"{");
    (!is_object && is_chosen(&said)).then(|| Value::bare(span).written(Written::Markup))
}

/// Whether `rest` begins with an attribute that is bound to an expression, `:title="…"` of Vue.
pub(super) fn is_binding(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b":") else { return false };
    let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-.".contains(b)).count();
    len > 0 && rest[len..].starts_with(b"=\"")
}

/// What `raw` says, its references followed.
pub(super) fn text_of(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest) {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let (character, len) = reference(rest).unwrap_or(('&', 1));
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[len..];
    }
    text.extend_from_slice(rest);
    Cow::Owned(text)
}

/// Whether `text` ends with a reference, whose `;` ends nothing else.
pub(super) fn ends_reference(text: &[u8]) -> bool {
    let tail = &text[text.len().saturating_sub(LONGEST + 2)..];
    let start = tail.ends_with(b";").then(|| memchr::memrchr(b'&', tail)).flatten();
    start.is_some_and(|at| reference(&tail[at..]).is_some_and(|(_, len)| at + len == tail.len()))
}

/// The character that the reference at the head of `text` stands for, and its length.
fn reference(text: &[u8]) -> Option<(char, usize)> {
    let name = text.strip_prefix(b"&")?;
    let len = name.iter().take(LONGEST + 1).position(|&b| b == b';')?;
    let name = &name[..len];
    let number = |digits: &[u8], radix| {
        char::from_u32(u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?)
    };
    let character = match name.strip_prefix(b"#") {
        Some([b'x' | b'X', digits @ ..]) => number(digits, 16)?,
        Some(digits) => number(digits, 10)?,
        None => char::from(ENTITIES.iter().find(|(entity, _)| *entity == name)?.1),
    };
    Some((character, len + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_followed_and_other_ampersands_kept() {
        for (raw, text) in [
            ("a&amp;b&lt;&gt;&quot;&apos;", "a&b<>\"'"),
            ("&#65;&#x42;&#233;", "AB\u{e9}"),
            ("a&b;c&&amp", "a&b;c&&amp"),
            ("&#xD800;&#;&toolongtobe;", "&#xD800;&#;&toolongtobe;"),
        ] {
            assert_eq!(text_of(raw.as_bytes()), text.as_bytes(), "{raw}");
        }
        assert!(ends_reference(b"a&amp;") && ends_reference(b"&#x26;"));
        assert!(!ends_reference(b"a;") && !ends_reference(b"&amp;a;") && !ends_reference(b""));
    }
}
