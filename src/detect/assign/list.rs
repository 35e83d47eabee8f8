//! Lists and maps of what a machine drew: `tokens: ["…", "…"]`, `api_keys = {"a": "…"}`, a
//! block of items or members in YAML; maps of users and passwords, `users = {"joe": "…"}`.

use bstr::ByteSlice as _;

use super::operator::Opening;
use super::value::{self, Extent, Value};
use super::{Reader, environment, operator, sentence};
use crate::detect::Candidate;
use crate::detect::judge::promise::{self, Kind, Words};
use crate::detect::judge::{Operator, is_varied, phrase, shape, vocabulary};
use crate::detect::language::Language;
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// How far a list is read, and how many of its items.
const REACH: usize = 2 << 10;
const MOST: usize = 32;
/// How long the type before a list may be: `new String[] {`, `List.of(`.
const HEAD: usize = 48;

impl Reader<'_> {
    /// What a machine drew among the items of a list; passwords stand in maps alone.
    pub(super) fn read_list(&self, name: Span, found: &mut Vec<Candidate>) {
        if !may_begin(self.text, name) {
            return;
        }
        let words = Words::of(name.of(self.text));
        // `APIKEY_ALLOWED_KEYS`
        let is_of_api = || words.iter().any(|word| word.starts_with(b"api"));
        let promised = match promise::classify(&words) {
            Some(Kind::Key) => (name.of(self.text) == b"keys" || is_of_api() || words.len() > 1)
                .then_some(Kind::ApiKey),
            // The items are drawn, in any case.
            promised => promised.or_else(|| promise::of_drawn(&words)),
        };
        let of_users = names_users(name.of(self.text)).then_some(Kind::Password);
        for kind in [of_users, promised].into_iter().flatten() {
            for item in drawn(self.text, name, self.language, kind) {
                self.judge_argument(name, kind, &item, found);
            }
        }
    }
}

/// Whether a list can stand behind a name, as the sign and the line tell.
fn may_begin(text: &[u8], name: Span) -> bool {
    let at = operator::skip_blanks(text, name.end + operator::quote_len(text, name.end));
    let binds = text.get(at).is_some_and(|b| b":=[]".contains(b));
    let rest = || line::rest(text, at);
    binds
        && (matches!(rest().trim_ascii(), b":" | b"]")
            || rest().iter().any(|b| b"[{(,".contains(b)))
}

/// Whether a name is that of a map from users to passwords, which does not say so.
fn names_users(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 5] = [b"users", b"creds", b"credentials", b"basicauth", b"basic_auth"];
    const ENDS: [&[u8]; 4] = [b"_users", b"admins", b"operators", b"logins"];
    NAMES.iter().any(|users| name.eq_ignore_ascii_case(users))
        || ENDS.iter().any(|end| ascii::ends_with(name, end))
}

/// `- mistral=…`: of an item that says whose it is what stands behind the sign.
fn behind_owner(text: &[u8], item: Value) -> Value {
    let bytes = item.span.of(text);
    let owner = bytes.iter().take_while(|b| b.is_ascii_lowercase()).count();
    let is_owned = owner > 0
        && bytes.get(owner) == Some(&b'=')
        && bytes[owner + 1..].iter().any(u8::is_ascii_alphanumeric);
    if is_owned { item.behind(owner + 1) } else { item }
}

/// `ALLOWED_KEYS=…,…` of an environment: what stands between the commas.
fn separated(text: &[u8], name: Span, language: Language) -> Option<Vec<Value>> {
    let is_plural = name.of(text).ends_with(b"S") || name.of(text).ends_with(b"s");
    let is_bound = text.get(name.end).is_some_and(|b| b"=:".contains(b));
    let is_setting = environment::language(language, name.of(text)) == Language::Settings;
    (is_setting && is_plural && is_bound).then_some(())?;
    let whole = value::read(text, operator::skip_blanks(text, name.end + 1), Extent::Line)?;
    let mut at = whole.span.start;
    let items = whole.span.of(text).split(|&b| b == b',').map(|item| {
        let span = Span::new(at, at + item.len());
        at += item.len() + 1;
        Value::bare(span)
    });
    Some(items.take(MOST).collect())
}

/// The items of the list behind a name that a machine drew, and the passwords of a map.
fn drawn(text: &[u8], name: Span, language: Language, kind: Kind) -> Vec<Value> {
    let is_plural = name.of(text).ends_with(b"s") || name.of(text).ends_with(b"S");
    let of_users = names_users(name.of(text));
    let members = match kind {
        Kind::Password if is_plural || of_users => Members::Only,
        // `"cookie": {"keys": ["…", "…"]}`
        Kind::ApiKey if name.of(text) == b"keys" && !signs_cookies(text, name) => Members::Only,
        Kind::Password => return Vec::new(),
        Kind::Secret | Kind::Token | Kind::ApiKey if is_plural => Members::Also,
        _ => Members::None,
    };
    let binds = |at: &Opening| matches!(at.operator, Operator::Assign | Operator::Colon);
    let opening = || operator::read(text, name, language).filter(binds);
    let bound = |members: Members| literals(text, opening()?.at, language, members);
    let items = block(text, name, language, members).or_else(|| bound(members));
    // `PASSWORDS = ["…", "…"]`: no list of those that are too simple.
    let items = items.or_else(|| {
        let chosen = |item: &Value| is_chosen_for_user(item.span.of(text));
        bound(Members::None).filter(|items| kind == Kind::Password && items.iter().all(chosen))
    });
    let items = items.or_else(|| separated(text, name, language));
    let mut items: Vec<Value> = items.unwrap_or_default();
    if members == Members::Also {
        items.extend(opening().and_then(|opening| keys(text, opening.at)).unwrap_or_default());
    }
    let of_some_key = promise::classify(&Words::of(name.of(text))) == Some(Kind::Key)
        && name.of(text) != b"keys"
        && !ascii::starts_with(name.of(text), b"api");
    items.retain(|item| {
        let bytes = item.span.of(text);
        let is_drawn = || bytes.iter().any(u8::is_ascii_digit) && vocabulary::is_random(bytes);
        // `LEGACY_KEYS`, which may be those of a map: as long as a key, and no digest.
        let is_long = || !of_some_key || bytes.len() >= 20 && !shape::is_digest(bytes);
        let counts = match kind {
            Kind::Password if of_users => is_chosen_for_user(bytes),
            Kind::Password => shape::is_mixed(bytes),
            _ => is_drawn() && is_long(),
        };
        // Which ones, as sourcehut and others number them.
        let is_number = name.of(text) == b"secrets" && shape::is_uuid(bytes);
        counts && !is_number && !is_id(text, item)
    });
    items
}

/// Whether keys are those that cookies are signed with, the new one and the old.
fn signs_cookies(text: &[u8], name: Span) -> bool {
    const NEAR: usize = 96;
    let before = &text[name.start.saturating_sub(NEAR)..name.start];
    [&b"cookie"[..], b"session"].iter().any(|word| memchr::memmem::find(before, word).is_some())
}

/// A password, and no document in base64 nor a call.
fn is_chosen_for_user(bytes: &[u8]) -> bool {
    (8..=40).contains(&bytes.len())
        && (is_varied(bytes) || phrase::is_marked_pair(bytes) || sentence::is_numbered_word(bytes))
        && !shape::is_mail(bytes)
        && !bytes.iter().any(|b| b"(,".contains(b))
}

/// `account_id: "…"`, `"ed25519:DEVICE": "…"`: a member that no secret is, Matrix names the
/// public keys of a device so; or one that is read by its own name.
fn is_id(text: &[u8], item: &Value) -> bool {
    const CURVES: [&[u8]; 3] = [b"curve25519:", b"ed25519:", b"signed_curve25519:"];
    let before = line::before(text, item.span.start).trim_end_with(|c| "\"'`:=> \\".contains(c));
    let label = before.rsplit(|b| b"\"' {,".contains(b)).next().unwrap_or_default();
    [&b"_id"[..], b"Id", b"\"id", b"_key", b"Key"].iter().any(|end| before.ends_with(end))
        || CURVES.iter().any(|curve| label.starts_with(curve))
}

/// Whether what a list holds may have names of its own, as in `tokens = {a: "…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Members {
    None,
    Also,
    Only,
}

/// `["…", "…"]`, `{"…", "…"}`, `List.of("…", "…")`; of several, `tokens = {a: "…"}`.
fn literals(text: &[u8], at: usize, language: Language, members: Members) -> Option<Vec<Value>> {
    let limit = (at + REACH).min(text.len());
    let head = &text[at..limit.min(at + HEAD)];
    // `[a, b]` of YAML.
    let is_bare = language == Language::Yaml && head.first() == Some(&b'[');
    let quote = head.iter().position(|b| b"\"'`".contains(b));
    let quote = if is_bare { Some(1) } else { quote }?;
    // Of `[os.getenv("OLD"), "…"]` the first begins the list.
    let first = (head.starts_with(b"[") && !head.starts_with(b"[]")).then_some(0);
    let open = first.or_else(|| head[..quote].iter().rposition(|b| b"[{(".contains(b)))?;
    is_head(&head[..=open]).then_some(())?;
    let mut found = Vec::new();
    let mut at = behind_space(text, at + open + 1);
    while found.len() < MOST && at < limit {
        let key = (members != Members::None).then(|| behind_key(text, at)).flatten();
        if key.is_none() && members == Members::Only {
            return None;
        }
        let start = key.unwrap_or(at);
        let bare = || is_bare.then(|| value::bare(text, start, Extent::Word))?;
        let Some(item) = value::quoted(text, start).or_else(bare) else {
            // `[os.getenv("OLD"), "…"]`
            at = behind_lookup(text, start).filter(|_| key.is_none())?;
            if text.get(at) == Some(&b']') {
                break;
            }
            at = behind_space(text, at + 1);
            continue;
        };
        at = behind_space(text, item.end);
        found.push(item);
        match text.get(at)? {
            b',' => at = behind_space(text, at + 1),
            b']' | b'}' | b')' => break,
            b'"' | b'\'' | b'a'..=b'z' | b'A'..=b'Z' if key.is_some() => {}
            _ => return None,
        }
        if b"]})".contains(text.get(at)?) {
            break;
        }
    }
    Some(found)
}

/// What the members are called of the map that is bound at `at`: `API_KEYS = {"…": "client"}`.
fn keys(text: &[u8], at: usize) -> Option<Vec<Value>> {
    let limit = (at + REACH).min(text.len());
    let head = &text[at..limit.min(at + HEAD)];
    let open = memchr::memchr(b'{', head).filter(|&open| is_head(&head[..=open]))?;
    let (mut at, mut depth) = (at + open, 0_usize);
    let mut found = Vec::new();
    while at < limit && found.len() < MOST {
        let is_quote = b"\"'`".contains(&text[at]);
        let literal = is_quote.then(|| value::quoted(text, at)).flatten();
        match text[at] {
            b'{' => depth += 1,
            b'}' if depth == 1 => break,
            b'}' => depth -= 1,
            _ => {}
        }
        let key = literal.as_ref().filter(|key| {
            let sign = operator::skip_blanks(text, key.end);
            depth == 1 && (text.get(sign) == Some(&b':') || text[sign..].starts_with(b"=>"))
        });
        at = literal.as_ref().map_or(at + 1, |literal| literal.end);
        found.extend(key.cloned());
    }
    Some(found)
}

/// Behind a look-up at `at`, `os.getenv("OLD")`, `env.OLD!`, that another item follows or none.
fn behind_lookup(text: &[u8], at: usize) -> Option<usize> {
    let rest = line::rest(text, at);
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || b"._".contains(b);
    let name = rest.iter().take_while(in_name).count();
    let call = rest[name..].starts_with(b"(");
    let close = if call { memchr::memchr(b')', &rest[name..])? + 1 } else { 0 };
    let end = name + close + usize::from(rest[name + close..].starts_with(b"!"));
    let ends = rest.get(end).is_some_and(|b| b",]".contains(b));
    (name > 0 && ends).then_some(at + end)
}

/// Behind the name of a member, `"a": `, `a = `, `'a' => `, at `at`.
fn behind_key(text: &[u8], at: usize) -> Option<usize> {
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
    let name = text[at..].iter().take(HEAD).take_while(in_name).count();
    let end = value::quoted(text, at).map_or(at + name, |key| key.end);
    let sign = operator::skip_blanks(text, end);
    let len =
        [&b"=>"[..], b"=", b":"].iter().find(|sign_is| text[sign..].starts_with(sign_is))?.len();
    (end > at).then(|| operator::skip_blanks(text, sign + len))
}

/// The items or members of the block of YAML below the name at `name`, or of the section that
/// it heads: one word each.
fn block(text: &[u8], name: Span, language: Language, members: Members) -> Option<Vec<Value>> {
    let end = name.end + operator::quote_len(text, name.end);
    let rest = line::rest(text, end);
    let before = line::before(text, name.start);
    let is_head = language == Language::Yaml
        && rest.trim_ascii() == b":"
        && before.iter().all(|b| b" -\"'".contains(b));
    // `[passwords]`
    let is_section = before == b"[" && rest.trim_ascii() == b"]";
    (is_head || is_section && members != Members::None).then_some(())?;
    let mut at = end + rest.len();
    let limit = (at + REACH).min(text.len());
    let lines = text[at..limit].split_inclusive(|&b| b == b'\n');
    let mut inner_indent = None;
    let mut found = Vec::new();
    for raw in lines.take(MOST + 1) {
        let inner = raw.trim_ascii_start();
        let indent = raw.len() - inner.len();
        let start = at + indent;
        at += raw.len();
        if inner.is_empty() {
            continue;
        }
        let is_member =
            *inner_indent.get_or_insert(indent) == indent && (is_section || indent > before.len());
        match inner.strip_prefix(b"- ") {
            Some(_) if members != Members::Only && is_head => {
                inner_indent = Some(usize::MAX);
                let item = value::read(text, start + 2, Extent::Line);
                found.extend(item.map(|item| behind_owner(text, item)));
            }
            // `- name: partner`, `value: …` below it
            None if is_head && inner_indent == Some(usize::MAX) && inner.starts_with(b"value:") => {
                let value = operator::skip_blanks(text, start + b"value:".len());
                found.extend(value::read(text, value, Extent::Line));
            }
            None if members != Members::None && is_member && !inner.starts_with(b"[") => {
                let value = behind_key(text, start).filter(|&value| value < at);
                found.extend(value.and_then(|value| value::read(text, value, Extent::Line)));
            }
            _ => break,
        }
    }
    Some(found)
}

/// Whether a list begins behind `head`: a bracket alone, a type and a brace, or `List.of(`,
/// but no element of another and no call.
fn is_head(head: &[u8]) -> bool {
    let in_type = |b: &u8| b.is_ascii_alphanumeric() || b"_.&*<>[]!".contains(b);
    // `api_keys: dict[str, str] = {`
    let in_annotation = |b: &u8| in_type(b) || b", ".contains(b);
    let head = match head.rsplit_once_str("= ") {
        Some((annotation, head)) if annotation.iter().all(in_annotation) => head,
        _ => head,
    };
    let Some((open, before)) = head.trim_ascii_end().split_last() else { return false };
    let begins = match open {
        b'[' => !before.last().is_some_and(u8::is_ascii_alphanumeric),
        b'{' => before.contains(&b']') || !before.contains(&b'['),
        b'(' => before.is_empty() || before.ends_with(b".of") || before.ends_with(b"dict"),
        _ => false,
    };
    begins && before.iter().all(|b| in_type(b) || b.is_ascii_whitespace())
}

fn behind_space(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..(at + REACH).min(text.len())).unwrap_or_default();
    at + (rest.len() - rest.trim_ascii_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        let values =
            literals(text.as_bytes(), 0, Language::Code, Members::Also).unwrap_or_default();
        values.iter().map(|value| &text[value.span.start..value.span.end]).collect()
    }

    #[test]
    fn the_literals_of_a_list_are_read_up_to_its_end() {
        for (text, expected) in [
            (r#"["a", "b"]"#, &["a", "b"][..]),
            (r#"[]string{"a", "b"},"#, &["a", "b"]),
            ("[\n  'a',\n  'b',\n]", &["a", "b"]),
            (r#"[\"a\",\"b\"]"#, &["a", "b"]),
            (r#"{"a": "b", c: 'd'}"#, &["b", "d"]),
            ("{\n  a = \"b\"\n  c = \"d\"\n}", &["b", "d"]),
            ("['a' => 'b', 'c' => 'd']", &["b", "d"]),
            ("{a: f(\"b\")}", &[]),
            (r#"["a" + x]"#, &[]),
            ("[\n  {\n    id: \"a\"}]", &[]),
            (r#"List.of("a", "b")"#, &["a", "b"]),
            (r#"Map<string, string> = {a: "b"}"#, &["b"]),
            (r#"f("a", "b")"#, &[]),
            (r#"x["a"]"#, &[]),
            (r#"["a", "b"#, &[]),
            (r#"x "a""#, &[]),
            ("", &[]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_names_of_the_members_of_a_map_are_read() {
        for (text, expected) in [
            (r#"{"a": "b", 'c': {"d": 1}, "e" => f("g"),}"#, &["a", "c", "e"][..]),
            ("map[string]string{\n\t\"a\": \"b\",\n}; x{\"c\": 1}", &["a"]),
            (r#"["a"]"#, &[]),
            (r#"{a: "b", "c"}"#, &[]),
        ] {
            let values = keys(text.as_bytes(), 0).unwrap_or_default();
            let names: Vec<&str> =
                values.iter().map(|value| &text[value.span.start..value.span.end]).collect();
            assert_eq!(names, expected, "{text}");
        }
    }

    #[test]
    fn the_items_of_a_block_are_read_up_to_what_is_none() {
        let text = "tokens:\n  - a\n  - 'b'\n\n  - c # d\nx: 1\n  - e\n";
        let values =
            block(text.as_bytes(), Span::new(0, 6), Language::Yaml, Members::Also).unwrap();
        let values: Vec<&str> =
            values.iter().map(|value| &text[value.span.start..value.span.end]).collect();
        assert_eq!(values, ["a", "b", "c"]);
        assert_eq!(
            block(b"tokens: x\n  - a\n", Span::new(0, 6), Language::Yaml, Members::Also),
            None
        );
        let text = b"tokens:\n  a: b\n  'c': \"d\"\ne: f\n";
        let values = block(text, Span::new(0, 6), Language::Yaml, Members::Also).unwrap();
        assert_eq!(
            values.iter().map(|value| value.span.of(text)).collect::<Vec<_>>(),
            [b"b", b"d"]
        );
    }
}
