//! The shape of the file: JSON to entries, each checked by itself.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Day, Decision, Digest, Entry, Extent, Glob, Subject, Via};
use crate::model::{RepoPath, Verdict, hex};

/// What stands in braces. Serde would take a list of the fields as well.
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

/// The file as JSON has it, its entries read already.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) format: String,
    pub(super) version: u64,
    pub(super) salts: Vec<String>,
    pub(super) findings: RawFindings,
}

/// The entries, made one by one while they are read: of a big file the raw
/// ones would take more room than the file. What no entry can be made of is
/// kept with its number, for the file may turn out to be no baseline at all.
pub(super) struct RawFindings {
    pub(super) entries: Vec<Entry>,
    pub(super) broken: Option<Broken>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    path: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    path_hex: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    glob: Option<Text<'a>>,
    #[serde(borrow)]
    rule: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present")]
    digest: Option<Text<'a>>,
    verdict: Verdict,
    #[serde(borrow, default, deserialize_with = "present")]
    reason: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    owner: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    until: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    by: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    on: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    via: Option<Text<'a>>,
}

/// A text of the file, copied only where it has escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for RawFindings {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_seq(FindingsVisitor)
    }
}

struct FindingsVisitor;

impl<'de> Visitor<'de> for FindingsVisitor {
    type Value = RawFindings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawFindings, A::Error> {
        let mut findings = RawFindings { entries: Vec::new(), broken: None };
        let mut number = 0;
        while let Some(Object(raw)) = list.next_element::<Object<RawEntry<'_>>>()? {
            match read_entry(raw) {
                Ok(entry) => findings.entries.push(entry),
                Err(why) => {
                    let broken = Broken { at: Part::Entry(number), why };
                    findings.broken.get_or_insert(broken);
                }
            }
            number += 1;
        }
        Ok(findings)
    }
}

/// What no baseline can hold, and why.
pub(super) struct Broken {
    pub(super) at: Part,
    pub(super) why: String,
}

/// A part of the file.
pub(super) enum Part {
    Salts,
    Entry(usize),
}

/// A field is there or not; `null` is neither.
fn present<'de, D, T>(input: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(input).map(Some)
}

fn read_entry(raw: RawEntry<'_>) -> Result<Entry, String> {
    let owned = |text: Option<Text<'_>>| text.map(|text| text.0.into_owned());
    let extent = read_extent(raw.path, raw.path_hex, raw.glob)?;
    let subject = match raw.digest {
        None => Subject::Path,
        Some(text) => Subject::Value(read_digest(&text.0)?),
    };
    if raw.rule.0.is_empty() {
        return Err("`rule` is empty".to_owned());
    }
    let until = read_day("until", raw.until)?;
    let decision = Decision::new(raw.verdict, owned(raw.reason), owned(raw.owner), until)
        .map_err(|error| error.to_string())?;
    let by = match owned(raw.by) {
        Some(by) if by.trim().is_empty() => return Err("`by` is empty; leave it out".to_owned()),
        by => by,
    };
    let on = read_day("on", raw.on)?;
    let via = match raw.via.as_ref().map(|via| via.0.as_ref()) {
        None => None,
        Some("script") => Some(Via::Script),
        Some(_) => return Err("`via` is `script` or is left out".to_owned()),
    };
    Ok(Entry { extent, subject, rule: raw.rule.0.into_owned(), decision, by, on, via })
}

fn read_extent(
    path: Option<Text<'_>>,
    path_hex: Option<Text<'_>>,
    glob: Option<Text<'_>>,
) -> Result<Extent, String> {
    match (path, path_hex, glob) {
        (Some(path), None, None) => literal(path.0.into_owned().into_bytes()),
        (None, Some(digits), None) => {
            let bytes = hex::lower(digits.0.as_bytes())
                .and_then(hex::bytes)
                .ok_or("`path_hex` has pairs of lower-case hex digits")?;
            if std::str::from_utf8(&bytes).is_ok() {
                return Err("`path_hex` is UTF-8; write it as `path`".to_owned());
            }
            literal(bytes)
        }
        (None, None, Some(glob)) if glob.0.is_empty() => Err("`glob` is empty".to_owned()),
        (None, None, Some(glob)) => Glob::new(glob.0)
            .map(Extent::Glob)
            .map_err(|error| format!("`glob` is none: {}", error.kind())),
        _ => Err("an entry has one of `path`, `path_hex` and `glob`".to_owned()),
    }
}

fn literal(path: Vec<u8>) -> Result<Extent, String> {
    if path.is_empty() || path.contains(&0) {
        return Err("a path has at least one byte, and none of them is NUL".to_owned());
    }
    Ok(Extent::Path(RepoPath::new(path)))
}

fn read_digest(text: &str) -> Result<Digest, String> {
    text.parse().map_err(|_| {
        "a digest is 4 hex digits, `:`, and 32 hex digits (4 for a weak value)".to_owned()
    })
}

fn read_day(field: &str, text: Option<Text<'_>>) -> Result<Option<Day>, String> {
    text.map(|text| text.0.parse().map_err(|error| format!("`{field}`: {error}"))).transpose()
}
