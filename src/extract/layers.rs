//! What encoded runs decode to: base64 in either alphabet and hex, also wrapped
//! over lines; percent escapes. Only runs that decode to text become layers:
//! images, certificates, hashes and identifiers are told by their first bytes.
//!
//! Of base64, the six bits of a character say whether a decoded byte could be
//! ASCII at all, so nearly every run that is none is left after a few characters.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use bstr::ByteSlice as _;

use super::percent_runs::percent_runs;
use super::readable::{begins_readable, readable};
use super::runs::{SHORTEST, next_run, places, run_len};
use crate::model::{OffsetMap, Scope, Segment, Span, Text, hex};

/// 20 bytes in hex.
const SHORTEST_HEX: usize = 40;
/// The shortest line of hex that goes on in the next: `xxd -p` writes 60 digits
/// a line. Shorter ones below each other are several values.
const SHORTEST_HEX_LINE: usize = 60;
/// How many bytes of one run are decoded.
pub(super) const LARGEST: usize = 16 << 20;
/// Digits of an id with which base64 of no text begins.
const ID: usize = 12;
/// How many layers are undone, one inside the other.
const DEPTH: usize = 3;

/// A run and what it decodes to.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The run in the text it stands in.
    pub run: Span,
    /// What it decodes to. Behind percent escapes each byte has its place in the
    /// file; what base64 and hex hide stands where the run does.
    pub text: Text<'static>,
}

/// The layers directly inside `text`. Base64 and hex runs that lie in one of
/// `taken`, sorted spans of what was found already, are left alone; by chance a longer one
/// may begin as a token does.
pub fn layers(text: &Text<'_>, taken: &[Span]) -> Vec<Layer> {
    let depth = match &text.segment {
        Segment::Decoded { layers, .. } => layers.len(),
        Segment::Body | Segment::Cell { .. } | Segment::Message => 0,
    };
    let mut found = Vec::new();
    if depth < DEPTH && text.scope != Scope::Tokens {
        let is_taken = |run: Span| {
            let at = taken.partition_point(|span| span.end <= run.start);
            taken.get(at).is_some_and(|span| span.contains(run))
        };
        let mut at = 0;
        while let Some(run) = next_run(&text.bytes, at) {
            at = decode_run(&text.bytes, run, is_taken, &mut found).max(run.end);
        }
        percent_runs(&text.bytes, &mut found);
    }
    found.into_iter().map(|decoded| layer(text, decoded)).collect()
}

/// A run, how it is encoded, and what it decodes to.
pub(super) struct Decoded {
    pub(super) run: Span,
    pub(super) encoding: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Where its bytes stand in the text of the run, if each has a place.
    pub(super) pieces: Option<Vec<(usize, usize)>>,
}

fn layer(parent: &Text<'_>, decoded: Decoded) -> Layer {
    let (layers, outermost) = match &parent.segment {
        Segment::Decoded { layers, parent } => (layers.clone(), parent.clone()),
        whole => (Vec::new(), Box::new(whole.clone())),
    };
    let segment = Segment::Decoded {
        layers: layers.into_iter().chain([decoded.encoding]).collect(),
        parent: outermost,
    };
    let map = match decoded.pieces {
        Some(pieces) => parent.map.through(pieces, decoded.bytes.len()),
        None => OffsetMap::All(parent.map.back(decoded.run)),
    };
    let text = Text { bytes: decoded.bytes.into(), segment, map, scope: Scope::Random };
    Layer { run: decoded.run, text }
}

/// Decodes a run if it is text in base64 or hex; returns where it ends.
fn decode_run(
    text: &[u8],
    run: Span,
    is_taken: impl Fn(Span) -> bool,
    found: &mut Vec<Decoded>,
) -> usize {
    let whole = unescaped(text, run);
    if let Some(bytes) = from_hex(whole.of(text)) {
        let (end, digits) = match whole.len() {
            SHORTEST_HEX_LINE.. => unwrap_lines(text, whole, is_hex),
            _ => (whole.end, Vec::new()),
        };
        let run = Span::new(whole.start, end);
        if !is_taken(run) {
            let bytes = from_hex(&digits).unwrap_or(bytes);
            found.push(Decoded { run, encoding: "hex", bytes, pieces: None });
        }
        return end;
    }
    let Some(start) = base64_start(whole.of(text)).map(|at| whole.start + at) else {
        return run.end;
    };
    let (end, characters) = match run.end - start {
        // `---` begins a document of YAML.
        len if len.is_multiple_of(4) => {
            unwrap_lines(text, Span::new(start, run.end), |line| line != b"---")
        }
        _ => (run.end, text[start..run.end].to_vec()),
    };
    let padding = text[end..].iter().take(2).take_while(|&&byte| byte == b'=').count();
    let span = Span::new(start, end + padding);
    if !is_taken(span)
        && let Some(bytes) =
            base64(&characters).and_then(|bytes| id(&bytes).or_else(|| readable(bytes)))
    {
        found.push(Decoded { run: span, encoding: "base64", bytes, pieces: None });
    }
    end
}

/// A run without what it seems to begin with of an escape: `\n`, `\u0022`, `\x22`, the
/// color of a terminal's log, `[32m`.
pub(super) fn unescaped(text: &[u8], run: Span) -> Span {
    let digits = run.of(text).iter().take_while(|b| b.is_ascii_digit()).count();
    let len = match (text[..run.start].last(), run.of(text)) {
        (Some(b'\\'), [b'n' | b'r' | b't', ..]) => 1,
        (Some(b'\\'), [b'x', ..]) => 3,
        (Some(b'\\'), [b'u', ..]) => 5,
        (Some(b'[' | b';'), inner) if digits > 0 && inner.get(digits) == Some(&b'm') => digits + 1,
        _ => 0,
    };
    Span::new((run.start + len).min(run.end), run.end)
}

/// The bytes of an even run of hex digits that are text.
fn from_hex(run: &[u8]) -> Option<Vec<u8>> {
    let digits = run.strip_prefix(b"0x").or_else(|| run.strip_prefix(b"0X")).unwrap_or(run);
    let head = digits.get(..SHORTEST_HEX)?;
    if digits.len() % 2 == 1 || !begins_readable(&hex::array::<{ SHORTEST_HEX / 2 }>(head)?) {
        return None;
    }
    readable(hex::bytes(&digits[..digits.len().min(2 * LARGEST)])?)
}

/// Where in a run base64 of text begins: at its start, or behind a character
/// that is a separator as often as it is a digit.
fn base64_start(run: &[u8]) -> Option<usize> {
    let last = run.len().checked_sub(SHORTEST)?;
    let separators = places(&run[..last], |byte| matches!(byte, b'/' | b'-' | b'_' | b'+'));
    let begins = |at: &usize| begins_with_text(&run[*at..]) || begins_with_id(&run[*at..]);
    [0].into_iter().chain(separators.map(|at| at + 1)).find(begins)
}

/// Whether `run` decodes to what [`id`] tells.
fn begins_with_id(run: &[u8]) -> bool {
    // Each third digit, in base64.
    let may_be = (0..ID).step_by(3).all(|at| b"MNO".contains(&run[at / 3 * 4]));
    may_be && base64(&run[..SHORTEST]).is_some_and(|bytes| id(&bytes).is_some())
}

/// The number and the colon that bytes begin with which are no text: an id, and
/// behind it what a machine drew.
fn id(bytes: &[u8]) -> Option<Vec<u8>> {
    let (digits, rest) = bytes.split_at_checked(ID)?;
    let is_id = digits.iter().all(u8::is_ascii_digit) && rest.first() == Some(&b':');
    (is_id && !rest.is_ascii()).then(|| bytes[..=ID].to_vec())
}

/// Whether the first 18 bytes that `run` decodes to are text.
fn begins_with_text(run: &[u8]) -> bool {
    let is_ascii = |quad: &[u8]| {
        let bits = |at: usize| sextet(quad[at]).unwrap_or(0xFF);
        bits(0) & 0x20 == 0 && bits(1) & 0x08 == 0 && bits(2) & 0x02 == 0
    };
    let head = &run[..SHORTEST];
    head.chunks_exact(4).all(is_ascii) && base64(head).is_some_and(|bytes| begins_readable(&bytes))
}

/// Whole bytes in hex.
fn is_hex(line: &[u8]) -> bool {
    line.len().is_multiple_of(2) && line.iter().all(u8::is_ascii_hexdigit)
}

/// The characters of a run and of the lines behind it that go on with it, as
/// wide as it is and of its kind, and where they end.
fn unwrap_lines(text: &[u8], run: Span, is_kin: fn(&[u8]) -> bool) -> (usize, Vec<u8>) {
    let mut characters = run.of(text).to_vec();
    let mut end = run.end;
    while let Some(gap) = line_gap(&text[end..]) {
        let start = end + gap;
        let len = run_len(&text[start..]);
        let is_alone = ends_line(&text[start + len..]);
        if len == 0 || len > run.len() || !is_alone || !is_kin(&text[start..start + len]) {
            break;
        }
        characters.extend_from_slice(&text[start..start + len]);
        end = start + len;
        if len < run.len() {
            break;
        }
    }
    (end, characters)
}

/// Whether nothing but padding and blanks stands before the end of a line or of the literal: `key: x` on
/// the next line begins something else.
fn ends_line(rest: &[u8]) -> bool {
    let rest = rest.trim_start_with(|c| "= \t".contains(c));
    rest.first().is_none_or(|byte| b"\r\n\\\"'`<".contains(byte))
}

/// The length of a line end, real or escaped, with the indentation behind it.
fn line_gap(rest: &[u8]) -> Option<usize> {
    let end = match rest {
        [b'\r', b'\n', ..] | [b'\\', b'n', ..] => 2,
        [b'\\', b'r', b'\\', b'n', ..] => 4,
        [b'\n', ..] => 1,
        _ => return None,
    };
    Some(end + rest[end..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count())
}

/// Decodes either alphabet, without padding; what does not fill a byte is dropped.
fn base64(run: &[u8]) -> Option<Vec<u8>> {
    const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);
    let run = &run[..run.len().min(LARGEST / 3 * 4)];
    let run = &run[..run.len() - usize::from(run.len() % 4 == 1)];
    let standard: Vec<u8> = run
        .iter()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            byte => *byte,
        })
        .collect();
    STANDARD.decode(standard).ok()
}

/// The six bits of a character of base64, in either alphabet.
fn sextet(byte: u8) -> Option<u8> {
    const TABLE: [u8; 256] = table();
    Some(TABLE[usize::from(byte)]).filter(|&bits| bits < 64)
}

const fn table() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [0xFF; 256];
    let mut at = 0;
    while at < 64 {
        table[alphabet[at] as usize] = at as u8;
        at += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use std::fmt::Write as _;

    const PLAIN: &str = "the quick brown fox = 'jumps'; over?\nthe lazy dog > 12345 ~~~";

    fn hex_of(text: &[u8]) -> String {
        text.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
    }

    fn percent_of(text: &str) -> String {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
                _ => write!(out, "%{byte:02X}").unwrap(),
            }
            out
        })
    }

    fn decoded(text: &str) -> Vec<(String, String, String)> {
        let found = layers(&Text::body(text.as_bytes()), &[]);
        let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let describe = |layer: &Layer| {
            let run = string(layer.run.of(text.as_bytes()));
            (layer.text.segment.to_string(), run, string(&layer.text.bytes))
        };
        found.iter().map(describe).collect()
    }

    #[test]
    fn every_encoding_is_decoded_wherever_it_stands() {
        let utf16: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (encoding, run) in [
            ("base64", STANDARD.encode(PLAIN)),
            ("base64", URL_SAFE_NO_PAD.encode(PLAIN)),
            ("base64", STANDARD.encode(&utf16)),
            ("hex", hex_of(PLAIN.as_bytes())),
            ("hex", hex_of(PLAIN.as_bytes()).to_uppercase()),
            ("percent", percent_of(PLAIN)),
        ] {
            for (before, behind) in
                [("", ""), ("a = \"", "\";"), ("x\n  key: ", "\nnext: 1\n"), ("q\\n", "\\nq")]
            {
                let text = format!("{before}{run}{behind}");
                let found = decoded(&text);
                assert_eq!(found.len(), 1, "{text}");
                let (segment, at, plain) = &found[0];
                assert_eq!((segment.as_str(), plain.as_str()), (encoding, PLAIN), "{text}");
                assert!(
                    run.starts_with(at.as_str()) && at.len() + 2 >= run.len(),
                    "{at} in {text}"
                );
            }
        }
    }

    #[test]
    fn hex_over_several_lines_is_one_run_and_a_list_of_values_is_none() {
        let plain = "a first line, and what is behind it is wrapped: 0123456789 0123456789 ok";
        let lines =
            |width: usize| -> Vec<String> { plain.as_bytes().chunks(width).map(hex_of).collect() };
        let texts = |text: &str| -> Vec<String> {
            decoded(text).into_iter().map(|(_, _, plain)| plain).collect()
        };
        for joint in ["\n", "\r\n    ", "\\n"] {
            assert_eq!(texts(&format!("{}\nnext: x", lines(30).join(joint))), [plain], "{joint:?}");
        }
        let other = format!("{}\n{}\n", lines(30)[0], "zz".repeat(30));
        assert_eq!(texts(&other), [&plain[..30]]);
        let list: Vec<&str> =
            plain.as_bytes().chunks(24).map(|c| str::from_utf8(c).unwrap()).collect();
        assert_eq!(texts(&lines(24).join("\n")), list);
    }

    #[test]
    fn base64_over_several_lines_and_behind_a_slash_is_one_run() {
        let encoded = STANDARD.encode(PLAIN.repeat(3));
        let lines: Vec<&str> =
            encoded.as_bytes().chunks(64).map(|c| std::str::from_utf8(c).unwrap()).collect();
        for joint in ["\n", "\r\n", "\n    ", "\\n"] {
            let text = format!("data: |\n    {}\nnext: x", lines.join(joint));
            let found = decoded(&text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].2, PLAIN.repeat(3));
        }
        let plain = &PLAIN[..60];
        let whole = STANDARD.encode(plain);
        for next in ["\n- name: b\n", "\n  DB_PASSWORD: x\n", "\nb: c\n"] {
            let found = decoded(&format!("data: {whole}{next}"));
            assert_eq!((&*found[0].1, &*found[0].2), (&*whole, plain), "{next}");
        }
        let found = decoded(&format!("https://host/a/path-to/{encoded}"));
        assert_eq!(found[0].2, PLAIN.repeat(3));
    }

    #[test]
    fn layers_nest_three_deep_and_lead_back_to_the_run() {
        let mut run = PLAIN.to_owned();
        for _ in 0..4 {
            run = STANDARD.encode(run);
        }
        let text = format!("a = {run}\n");
        let body = Text::body(text.as_bytes());
        let mut layer = layers(&body, &[]).pop().unwrap();
        for depth in 2..=3 {
            layer = layers(&layer.text, &[]).pop().unwrap_or_else(|| panic!("depth {depth}"));
        }
        assert!(layers(&layer.text, &[]).is_empty());
        assert_eq!(layer.text.segment.to_string(), "base64 in base64 in base64");
        let back = layer.text.map.back(Span::new(1, 2));
        assert_eq!(back.of(text.as_bytes()), run.as_bytes());
    }

    #[test]
    fn what_is_no_text_is_no_layer() {
        let random: Vec<u8> =
            (0u32..3000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let image = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &random].concat();
        for text in [
            STANDARD.encode(&random),
            STANDARD.encode(&image),
            hex_of(&random[..20]),
            hex_of(&random[..32]),
            "some-long-css-class-name-like-this-one__with--parts".into(),
            "/usr/local/share/some/long/path/to/a/file/called/readme".into(),
            "AbstractSingletonProxyFactoryBeanWithManyWordsInItsName".into(),
            "0123456789012345678901234567890123456789012345678".into(),
            "width: 100%; height: 50%25; color".into(),
        ] {
            assert_eq!(decoded(&text), [], "{text}");
        }
    }

    #[test]
    fn a_run_that_was_found_already_is_left_alone() {
        let text = STANDARD.encode(PLAIN);
        let found = |taken| layers(&Text::body(text.as_bytes()), &[taken]).len();
        assert_eq!(found(Span::new(0, text.len())), 0);
        assert_eq!(found(Span::new(0, 35)), 1);
    }
    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

        /// What keeps the work linear: runs of one encoding never overlap, and
        /// what they decode to is no longer than twice the text.
        #[test]
        fn runs_are_read_once_and_shrink(
            words in proptest::collection::vec("[A-Za-z0-9+/=_-]{0,90}|(%[0-9a-f]{2}){0,20}|[ \\n\"]{1,3}", 0..12),
        ) {
            let text = words.concat() + &STANDARD.encode(words.concat()) + " " + &hex_of(PLAIN.as_bytes());
            let found = layers(&Text::body(text.as_bytes()), &[]);
            for percent in [false, true] {
                let of_kind = |layer: &&Layer| (layer.text.segment.to_string() == "percent") == percent;
                let runs: Vec<Span> = found.iter().filter(of_kind).map(|layer| layer.run).collect();
                proptest::prop_assert!(runs.windows(2).all(|pair| pair[0].end <= pair[1].start));
                let decoded: usize = found.iter().filter(of_kind).map(|layer| layer.text.bytes.len()).sum();
                proptest::prop_assert!(decoded <= 2 * text.len());
            }
        }
    }
}
