//! Reads format version 1, strictly: what is not exactly understood is
//! refused with its line and column.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::error::Fault;
use super::json::{Broken, Object, Part, RawFile, RawFindings};
use super::{Baseline, BaselineError, Entry, Salt};
use crate::model::{OneLine, without_strings};

/// No baseline has more bytes: 100,000 entries have about 25 MB.
pub(super) const MAX_BYTES: usize = 256 << 20;

/// What tells one kind of file from another, whatever else is in it.
#[derive(Deserialize)]
struct Header {
    format: Option<serde_json::Value>,
    version: Option<serde_json::Value>,
    results: Option<IgnoredAny>,
    plugins_used: Option<IgnoredAny>,
    generated_at: Option<IgnoredAny>,
}

pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Baseline, BaselineError> {
    if bytes.len() > MAX_BYTES {
        return Err(BaselineError::new(name, (1, 1), Fault::TooBig(bytes.len())));
    }
    let raw = match serde_json::from_slice::<Object<RawFile>>(bytes) {
        Ok(Object(raw)) if raw.format == "stanch-baseline" && raw.version == 1 => raw,
        Ok(_) => return Err(diagnose(bytes, name, None)),
        Err(error) => return Err(diagnose(bytes, name, Some(&error))),
    };
    assemble(raw).map_err(|broken| {
        let at = match broken.at {
            Part::Salts => find_key(bytes, b"\"salts\""),
            Part::Entry(number) => find_entry(bytes, number),
        };
        BaselineError::new(name, at, Fault::Form(broken.why))
    })
}

/// Says what is wrong with a file that is no baseline of version 1, most
/// telling cause first.
fn diagnose(bytes: &[u8], name: &str, error: Option<&serde_json::Error>) -> BaselineError {
    let fail = |at, fault| BaselineError::new(name, at, fault);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail((1, 1), Fault::Empty);
    }
    let marks = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"];
    if marks.iter().any(|mark| bytes.starts_with(mark)) {
        let why = "the baseline begins with a byte order mark; save it as UTF-8 without one";
        return fail((1, 1), Fault::Form(why.to_owned()));
    }
    if let Some(line) = conflict_marker(bytes) {
        return fail((line, 1), Fault::Conflict);
    }
    if let Ok(header) = serde_json::from_slice::<Header>(bytes) {
        let is_ours = header.format.as_ref().is_some_and(|format| format == "stanch-baseline");
        let is_detect_secrets = header.results.is_some()
            && (header.plugins_used.is_some() || header.generated_at.is_some());
        match header.version {
            Some(version) if is_ours && version != 1 => {
                let fault = match version.as_f64() {
                    Some(number) if number > 1.0 => Fault::Version(version.to_string()),
                    Some(_) | None => {
                        Fault::Form("the version of a baseline is the number 1".to_owned())
                    }
                };
                return fail(find_key(bytes, b"\"version\""), fault);
            }
            Some(_) | None if is_detect_secrets => {
                return fail((1, 1), Fault::DetectSecrets);
            }
            Some(_) | None if !is_ours => return fail((1, 1), Fault::NotABaseline),
            Some(_) | None => {}
        }
    }
    let Some(error) = error else { return fail((1, 1), Fault::NotABaseline) };
    let at = (error.line().max(1), error.column().max(1));
    match error.classify() {
        Category::Eof => fail(at, Fault::Truncated),
        Category::Data => fail(at, Fault::Form(words(error))),
        Category::Syntax | Category::Io => fail(at, Fault::NotJson(words(error))),
    }
}

/// The parser's words, without its own position and the strings of the file.
fn words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(words, _)| words);
    let text = without_strings(text);
    OneLine::new(&text.chars().take(200).collect::<String>()).to_string()
}

/// The line of the first marker that git leaves in a conflict.
fn conflict_marker(bytes: &[u8]) -> Option<usize> {
    let marks = [&b"<<<<<<< "[..], b"=======", b">>>>>>> ", b"||||||| "];
    let is_marker = |line: &[u8]| marks.iter().any(|mark| line.starts_with(mark));
    bytes.split(|&b| b == b'\n').position(is_marker).map(|line| line + 1)
}

fn assemble(raw: RawFile) -> Result<Baseline, Broken> {
    let salts = read_salts(&raw.salts).map_err(|why| Broken { at: Part::Salts, why })?;
    let RawFindings { mut entries, broken } = raw.findings;
    if let Some(broken) = broken {
        return Err(broken);
    }
    ensure_salted(&entries, &salts)?;
    // A file that stanch wrote is in order, and so has no key twice.
    if !entries.is_sorted_by(|a, b| a.key() < b.key()) {
        ensure_unique(&entries)?;
        entries.sort_by(|a, b| a.key().cmp(&b.key()));
    }
    Ok(Baseline { salts, entries })
}

fn ensure_salted(entries: &[Entry], salts: &[Salt]) -> Result<(), Broken> {
    match entries.iter().position(|entry| !entry.is_salted(salts)) {
        None => Ok(()),
        Some(number) => Err(Broken {
            at: Part::Entry(number),
            why: "the digest names a salt that the file does not have".to_owned(),
        }),
    }
}

fn ensure_unique(entries: &[Entry]) -> Result<(), Broken> {
    let mut seen = HashMap::with_capacity(entries.len());
    for (number, entry) in entries.iter().enumerate() {
        if let Some(first) = seen.insert(entry.key(), number) {
            let why = format!("this entry has the same key as entry {} of the file", first + 1);
            return Err(Broken { at: Part::Entry(number), why });
        }
    }
    Ok(())
}

fn read_salts(texts: &[String]) -> Result<Vec<Salt>, String> {
    let mut salts = Vec::with_capacity(texts.len());
    for text in texts {
        let salt = text.parse().map_err(|_| "a salt has 32 lower-case hex digits".to_owned())?;
        if salts.contains(&salt) {
            return Err("the same salt stands here twice".to_owned());
        }
        salts.push(salt);
    }
    Ok(salts)
}

/// Where the `number`-th entry of a file starts that has been read as JSON.
fn find_entry(bytes: &[u8], number: usize) -> (usize, usize) {
    let mut depth = 0;
    let mut seen = 0;
    let at = structure(bytes).find(|&at| {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            _ => depth -= 1,
        }
        let opens = bytes[at] == b'{' && depth == 3;
        seen += usize::from(opens);
        opens && seen == number + 1
    });
    position(bytes, at.unwrap_or(0))
}

fn find_key(bytes: &[u8], key: &[u8]) -> (usize, usize) {
    position(bytes, memchr::memmem::find(bytes, key).unwrap_or(0))
}

/// The offsets of the braces and brackets outside of strings.
fn structure(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut in_string = false;
    let mut escaped = false;
    bytes.iter().enumerate().filter_map(move |(at, &byte)| {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            return None;
        }
        in_string = byte == b'"';
        matches!(byte, b'{' | b'}' | b'[' | b']').then_some(at)
    })
}

fn position(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset];
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let column = offset - memchr::memrchr(b'\n', before).map_or(0, |at| at + 1) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RepoPath;

    const HEAD: &str = "{\n  \"format\": \"stanch-baseline\",\n  \"version\": 1,\n  \"salts\": [\"abababababababababababababababab\"],\n  \"findings\": [";
    const GOOD: &str =
        r#"{"path": "a", "rule": "r", "digest": "abab:0123", "verdict": "unaudited"}"#;

    fn with(entries: &[&str]) -> String {
        format!("{HEAD}\n    {}\n  ]\n}}\n", entries.join(",\n    "))
    }

    fn error(text: &str) -> String {
        Baseline::parse_tracked(text.as_bytes(), &RepoPath::new("b")).unwrap_err().to_string()
    }

    #[test]
    fn what_is_read_is_written_again_byte_for_byte() {
        let text = with(&[
            r#"{"path_hex": "ff2e", "rule": "r", "digest": "abab:0123", "verdict": "test-value"}"#,
            GOOD,
            r#"{"path": "a\\\"\n\u001b\u202eé", "rule": "r", "digest": "abab:00112233445566778899aabbccddeeff", "verdict": "accepted", "reason": "old", "owner": "ops", "until": "2026-11-20", "by": "Ada <ada@example.org>", "on": "2026-11-19", "via": "script"}"#,
            r#"{"glob": "**/.env", "rule": "env-file", "verdict": "false-positive", "reason": "a \"reason\""}"#,
        ]);
        let once = Baseline::parse(text.as_bytes(), "b").unwrap().to_bytes();
        let lines = String::from_utf8(once.clone()).unwrap();
        // Sorted by the bytes of path and glob; otherwise as it was.
        let mut expected: Vec<&str> = text.lines().map(|l| l.trim_end_matches(',')).collect();
        expected[5..9].sort_by_key(|line| {
            if line.contains("path_hex") { "\u{7f}" } else { line.split('"').nth(3).unwrap() }
        });
        let written: Vec<&str> = lines.lines().map(|l| l.trim_end_matches(',')).collect();
        assert_eq!(written, expected);
        assert_eq!(Baseline::parse(&once, "b").unwrap().to_bytes(), once);
    }

    #[test]
    fn order_white_space_and_line_ends_do_not_matter() {
        let text = with(&[GOOD]);
        let other = "{\"findings\":[{\"verdict\":\"unaudited\",\"digest\":\"abab:0123\",\r\n\"rule\":\"r\",\"path\":\"\\u0061\"}],\"version\":1,\
             \"salts\":[\"abababababababababababababababab\"],\"format\":\"stanch-baseline\"}";
        let other = Baseline::parse(other.as_bytes(), "b").unwrap();
        assert_eq!(other.to_bytes(), text.as_bytes());
    }

    #[test]
    fn bad_files_are_refused_with_line_column_and_way_out() {
        let good = with(&[GOOD]);
        for (text, at, words) in [
            (String::new(), "b:1:1: ", "empty"),
            (" \n".into(), "b:1:1: ", "empty"),
            (good[..good.len() - 6].into(), "b:7:1: ", "ends in the middle"),
            (format!("\u{feff}{good}"), "b:1:1: ", "byte order mark"),
            ("nonsense".into(), "b:1:2: ", "not JSON"),
            ("[]".into(), "b:1:", "expected an object"),
            (format!("[\"stanch-baseline\",1,[\"{}\"],[]]", "ab".repeat(16)), "b:1:", "an object"),
            (with(&["[\"a\", null, null, \"r\"]"]), "b:6:4: ", "expected an object"),
            ("{}".into(), "b:1:1: ", "no stanch baseline"),
            (good.replace("\"version\": 1", "\"version\": 2"), "b:3:3: ", "upgrade stanch"),
            (good.replace("\"version\": 1", "\"version\": 1e20"), "b:3:3: ", "upgrade stanch"),
            (good.replace("\"version\": 1", "\"version\": 0"), "b:3:3: ", "the number 1; mend"),
            (good.replace("\"version\": 1", "\"version\": -1"), "b:3:3: ", "the number 1; mend"),
            (good.replace("\"version\": 1", "\"version\": \"1\""), "b:3:3: ", "the number 1; mend"),
            (good.replace("\"version\": 1,", ""), "b:8:1: ", "missing field `version`"),
            (good.replace("  ]", "<<<<<<< HEAD\n  ]"), "b:7:1: ", "baseline resolve"),
            (good.replace("\"rule\"", "\"rul\""), "b:6:23: ", "unknown field `rul`"),
            (good.replace("\"salts\"", "\"x\": 1, \"salts\""), "b:4:5: ", "unknown field `x`"),
            ("[".repeat(500), "b:1:", ""),
        ] {
            let said = error(&text);
            assert!(said.starts_with(at) && said.contains(words), "{text}\n{said}");
        }
    }

    #[test]
    fn bad_entries_are_refused_with_their_line() {
        let second = r#"{"path": "b", "rule": "r", "digest": "abab:0123", "verdict": "unaudited"}"#;
        for (to, words) in [
            (r#"{"rule": "r", "verdict": "unaudited"}"#, "one of `path`"),
            (r#"{"path": "b", "glob": "b", "rule": "r", "verdict": "unaudited"}"#, "one of `path`"),
            (r#"{"path": "", "rule": "r", "verdict": "unaudited"}"#, "a path has"),
            (r#"{"path": "b\u0000", "rule": "r", "verdict": "unaudited"}"#, "NUL"),
            (r#"{"path_hex": "62", "rule": "r", "verdict": "unaudited"}"#, "is UTF-8"),
            (r#"{"path_hex": "FF", "rule": "r", "verdict": "unaudited"}"#, "hex digits"),
            (r#"{"glob": "[", "rule": "r", "verdict": "unaudited"}"#, "`glob` is none"),
            (r#"{"path": "b", "rule": "", "verdict": "unaudited"}"#, "`rule` is empty"),
            (
                r#"{"path": "b", "rule": "r", "digest": "abab:01234", "verdict": "unaudited"}"#,
                "a digest is",
            ),
            (
                r#"{"path": "b", "rule": "r", "digest": "abac:0123", "verdict": "unaudited"}"#,
                "does not have",
            ),
            (r#"{"path": "b", "rule": "r", "verdict": "accepted"}"#, "`reason` is missing"),
            (
                r#"{"path": "b", "rule": "r", "verdict": "revoked", "reason": ""}"#,
                "`reason` is empty",
            ),
            (
                r#"{"path": "b", "rule": "r", "verdict": "revoked", "until": "2026-02-30"}"#,
                "`until`: a day",
            ),
            (r#"{"path": "b", "rule": "r", "verdict": "revoked", "via": "agent"}"#, "`via`"),
            (r#"{"path": "b", "rule": "r", "verdict": "revoked", "by": " "}"#, "`by` is empty"),
            (
                r#"{"path": "a", "rule": "other", "digest": "abab:0123", "verdict": "revoked"}"#,
                "same key as entry 1",
            ),
        ] {
            let said = error(&with(&[GOOD, to]));
            assert!(said.starts_with("b:7:5: ") && said.contains(words), "{to}\n{said}");
        }
        for (to, words) in [
            (
                r#"{"path": "b", "path": "b", "rule": "r", "verdict": "revoked"}"#,
                "duplicate field `path`",
            ),
            (r#"{"path": "b", "rule": "r", "verdict": "fine"}"#, "unknown word, expected one of"),
            (r#"{"path": "b", "rule": "r", "verdict": null}"#, "expected"),
            (
                r#"{"path": "b", "rule": "r", "verdict": "revoked", "reason": null}"#,
                "expected a string",
            ),
            (r#"{"path": 1, "rule": "r", "verdict": "revoked"}"#, "expected a string"),
        ] {
            let said = error(&with(&[GOOD, to]));
            assert!(said.starts_with("b:7:") && said.contains(words), "{to}\n{said}");
        }
        let quoting = GOOD.replace("\"a\"", r#""a\"{""#);
        let said =
            error(&with(&[&quoting, r#"{"path": "", "rule": "r", "verdict": "unaudited"}"#]));
        assert!(said.starts_with("b:7:5: "), "a brace in a string opens nothing: {said}");
        assert!(Baseline::parse(with(&[GOOD, second]).as_bytes(), "b").is_ok());
    }

    #[test]
    fn only_of_a_file_of_the_repository_commands_are_named() {
        let text = HEAD.as_bytes();
        let error = Baseline::parse_tracked(text, &RepoPath::new("a b/c")).unwrap_err();
        assert!(error.to_string().ends_with("`git checkout HEAD -- ':/a b/c'`"), "{error}");
        let error = Baseline::parse(text, "theirs").unwrap_err();
        assert!(error.to_string().ends_with("the baseline ends in the middle"), "{error}");
    }

    #[test]
    fn an_error_holds_no_string_of_the_file() {
        let text = with(&[GOOD]).replace("\"version\": 1", "\"version\": \"canary-value\"");
        assert!(!error(&text).contains("canary"), "{}", error(&text));
        let text = with(&[GOOD]).replace("unaudited", "canary-value");
        assert!(!error(&text).contains("canary"), "{}", error(&text));
        let text = with(&[GOOD]).replace("\"abab:0123\"", "\"canary-value\"");
        assert!(!error(&text).contains("canary"), "{}", error(&text));
    }

    #[test]
    fn a_detect_secrets_file_is_recognised() {
        let text = r#"{"version": "1.5.0", "plugins_used": [], "filters_used": [], "results": {}, "generated_at": "2026-01-01T00:00:00Z"}"#;
        assert!(Baseline::parse(text.as_bytes(), "b").unwrap_err().is_detect_secrets());
        assert!(error(text).contains("`stanch baseline import`"));
        let slimmer =
            r#"{"version": "1.5.0", "results": {}, "generated_at": "2026-01-01T00:00:00Z"}"#;
        assert!(Baseline::parse(slimmer.as_bytes(), "b").unwrap_err().is_detect_secrets());
        let slim = r#"{"version": "1.5.0", "plugins_used": [], "filters_used": [], "results": {}}"#;
        assert!(Baseline::parse(slim.as_bytes(), "b").unwrap_err().is_detect_secrets());
    }
}
