//! Private keys in armor: PEM (RFC 7468), OpenSSH, OpenPGP (RFC 9580, 6.2),
//! PuTTY; over several lines or in one string. The span is the whole block,
//! the value is the armor's type and the payload without white space, so that
//! indentation and quoting change nothing. Public keys, certificates, keys
//! locked by a passphrase and keys cut short in documentation are none.

use std::cmp::Ordering;

use super::Candidate;
use super::judge::{checks, placeholder};
use super::text::{der, entropy};
use super::unfold::{Line, Lines};
use crate::model::{Confidence, Rule, Span, Strength};

/// No key is longer, armor, indentation and escapes included.
const LONGEST: usize = 64 * 1024;
/// An Ed25519 key in PKCS #8 is 64 characters of base64.
const SHORTEST: usize = 60;
/// A shorter first line is a remark.
const SHORTEST_LINE: usize = 16;
/// One line of a key: what documentation quotes of it.
const ONE_LINE: usize = 64;
/// What a block without its end line must hold to be more than a quotation.
const SHORTEST_OPEN: usize = 256;
/// The entropy that the base64 of no key falls below.
const MIN_ENTROPY: f32 = 4.0;

/// What a payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judgement {
    /// It has the outer form of a key.
    Key,
    /// It has not, or not quite; why.
    Doubtful(&'static str),
    /// It is no key that anybody could use.
    None,
}

/// The key whose armor holds the keyword of `rule` at `keyword`.
pub(super) fn read(rule: &'static Rule, text: &[u8], keyword: Span) -> Option<Candidate> {
    let block = match rule.id {
        "putty-private-key" => putty(text, keyword.start)?,
        _ => pem(text, keyword.start).filter(|block| rule_of(text, block) == rule.id)?,
    };
    if block.payload.len() < SHORTEST || is_made_up(&block.payload) {
        return None;
    }
    let remark = match block.judge() {
        Judgement::Key => None,
        Judgement::Doubtful(remark) => Some(remark),
        Judgement::None => return None,
    };
    let mut value = block.label.to_vec();
    value.push(b'\n');
    value.extend_from_slice(&block.payload);
    Some(Candidate {
        value: Some(value),
        confidence: if remark.is_some() { Confidence::Low } else { rule.confidence },
        remark,
        ..Candidate::new(rule, block.span, Strength::Strong)
    })
}

/// An armored block that may be a private key.
struct Block<'t> {
    /// What stands between BEGIN and the dashes.
    label: &'t [u8],
    /// Base64, without white space.
    payload: Vec<u8>,
    span: Span,
    /// Whether its end line is there.
    closed: bool,
}

fn rule_of(text: &[u8], block: &Block<'_>) -> &'static str {
    match block.label {
        b"PGP PRIVATE KEY BLOCK" => "pgp-private-key",
        b"OPENSSH PRIVATE KEY" => "ssh-private-key",
        _ if is_in_service_account(text, block.span) => "google-service-account-key",
        _ => "private-key",
    }
}

/// Whether the JSON object around it says that it is a Google service account's.
fn is_in_service_account(text: &[u8], span: Span) -> bool {
    let around = &text[span.start.saturating_sub(1024)..text.len().min(span.end + 2048)];
    memchr::memmem::find(around, b"service_account").is_some()
        && memchr::memmem::find(around, b"client_email").is_some()
}

/// The PEM or OpenPGP block whose label ends with the words at `at`.
fn pem(text: &[u8], at: usize) -> Option<Block<'_>> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let from = at.saturating_sub(40);
    let start = from + memchr::memmem::rfind(&text[from..at], BEGIN)?;
    let label_start = start + BEGIN.len();
    let label_len = text[label_start..].iter().take_while(|b| is_label(**b)).count();
    let label = &text[label_start..label_start + label_len];
    let is_private = label.ends_with(b"PRIVATE KEY") || label == b"PGP PRIVATE KEY BLOCK";
    let body = label_start + label_len + 5;
    let closed = text.get(label_start + label_len..body) == Some(b"-----");
    if !is_private || !closed || label.starts_with(b"ENCRYPTED ") {
        return None;
    }
    pem_body(text, label, Span::new(start, body), margin(&text[..start]))
}

/// What stands before BEGIN on its line, where that can be the margin of a block.
fn margin(before: &[u8]) -> &[u8] {
    const WIDEST: usize = 256;
    let near = &before[before.len().saturating_sub(WIDEST)..];
    match memchr::memrchr(b'\n', near) {
        Some(line_end) => &near[line_end + 1..],
        None if near.len() == before.len() => near,
        None => &[],
    }
}

/// Reads the payload behind the BEGIN line at `head`.
fn pem_body<'t>(text: &'t [u8], label: &'t [u8], head: Span, prefix: &[u8]) -> Option<Block<'t>> {
    let mut payload = Vec::new();
    let mut end = head.end;
    let limit = text.len().min(head.start + LONGEST);
    let stop = memchr::memmem::find(&text[head.end..limit], b"-----").map(|at| head.end + at);
    for line in Lines::new(text, head.end, stop.unwrap_or(limit)) {
        match content(&line, prefix) {
            // A note behind BEGIN: `-----BEGIN …----- fake`.
            Content::Payload(run) if end == head.end && run.len() < SHORTEST_LINE => {}
            Content::Payload(run) => {
                payload.extend_from_slice(&run);
                end = line.end;
            }
            Content::Nothing => {}
            Content::Locked => return None,
            Content::Foreign => {
                let span = Span::new(head.start, end);
                return Some(Block { label, payload, span, closed: false });
            }
        }
    }
    let close = stop.filter(|&at| text[at..].starts_with(b"-----END "));
    let close = close.map(|at| at + b"-----END ".len() + label.len() + b"-----".len());
    let span = Span::new(head.start, close.map_or(end, |close| close.min(text.len())));
    Some(Block { label, payload, span, closed: close.is_some() })
}

fn is_label(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' '
}

/// What a line between BEGIN and END is.
enum Content {
    Payload(Vec<u8>),
    Nothing,
    /// A header that says the payload is encrypted.
    Locked,
    /// No line of a key: code, prose, an ellipsis.
    Foreign,
}

fn content(line: &Line, prefix: &[u8]) -> Content {
    // Nearly every line is payload and nothing else.
    let bare = line.bytes.strip_prefix(prefix).unwrap_or(&line.bytes);
    if bare.len() >= SHORTEST_LINE && bare.iter().all(|byte| is_base64(*byte)) {
        return Content::Payload(bare.to_vec());
    }
    let holds = |what: &[u8]| memchr::memmem::find(&line.bytes, what).is_some();
    if holds(b"ENCRYPTED") || holds(b"DEK-Info") {
        return Content::Locked;
    }
    if holds(b"...") {
        return Content::Foreign;
    }
    if [&b"Version: "[..], b"Comment: ", b"Hash: ", b"Charset: "].iter().any(|name| holds(name)) {
        return Content::Nothing;
    }
    let words: Vec<&[u8]> = line.words(prefix).filter(|word| !is_glue(word)).collect();
    let Some((last, others)) = words.split_last() else { return Content::Nothing };
    // A block whose line ends became spaces: all lines but the last are as long.
    let even = others.iter().all(|word| word.len() == others[0].len() && word.len() >= 32);
    if words.iter().all(|word| word.iter().all(|b| is_base64(*b))) && even {
        Content::Payload([others.concat(), last.to_vec()].concat())
    } else {
        Content::Foreign
    }
}

/// An operator or a comment sign, which code puts between pieces of a block.
fn is_glue(word: &[u8]) -> bool {
    matches!(word, b"+" | b"/" | b"//" | b"-" | b"{" | b"}" | b"[" | b"]" | b"<<" | b"<" | b"$")
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

fn is_made_up(payload: &[u8]) -> bool {
    entropy::bits_per_byte(payload) < MIN_ENTROPY
        || placeholder::is_monotonous(payload)
        || placeholder::has_blank_run(&payload[payload.len() / 4..])
        || placeholder::has_same_run(&payload[payload.len() / 4..])
        || placeholder::repeats_a_unit(payload)
}

impl Block<'_> {
    fn judge(&self) -> Judgement {
        let bytes = checks::decode(without_checksum(&self.payload)).unwrap_or_default();
        let judgement = match self.label {
            b"OPENSSH PRIVATE KEY" => judge_openssh(&bytes),
            // A secret-key packet comes first: tag 5, old or new form (RFC 9580, 4.2).
            b"PGP PRIVATE KEY BLOCK" if matches!(bytes.first(), Some(0x94..=0x97 | 0xC5)) => {
                Judgement::Key
            }
            b"PGP PRIVATE KEY BLOCK" => Judgement::Doubtful(NO_KEY),
            b"PuTTY" => Judgement::Key,
            _ => judge_der(&bytes),
        };
        let is_much = self.payload.len() >= SHORTEST_OPEN
            && [Judgement::Key, Judgement::Doubtful(CUT_SHORT)].contains(&judgement);
        let is_quote = judgement == Judgement::Doubtful(FRAGMENT) && self.payload.len() <= ONE_LINE;
        if is_much || (self.closed && !is_quote) { judgement } else { Judgement::None }
    }
}

/// What is said of a payload that does not begin like a key.
const NO_KEY: &str = "its payload is no key, so it may be made up";
/// What is said of a payload that ends too soon, and of one of which less than
/// half is there.
const CUT_SHORT: &str = "its payload is cut short";
const FRAGMENT: &str = "most of its payload is missing";

/// The OpenSSH form (PROTOCOL.key). One locked by a passphrase is no key.
fn judge_openssh(bytes: &[u8]) -> Judgement {
    match bytes.strip_prefix(b"openssh-key-v1\0") {
        Some(rest) if rest.starts_with(b"\0\0\0\x04none") => Judgement::Key,
        Some(_) => Judgement::None,
        None => Judgement::Doubtful(NO_KEY),
    }
}

/// A DER sequence as long as it says.
fn judge_der(bytes: &[u8]) -> Judgement {
    let Some((len, body)) = der::sequence(bytes) else { return Judgement::Doubtful(NO_KEY) };
    let len = bytes.len() - body.len() + len;
    match len.cmp(&bytes.len()) {
        Ordering::Equal => Judgement::Key,
        Ordering::Greater if len > 2 * bytes.len() => Judgement::Doubtful(FRAGMENT),
        Ordering::Greater => Judgement::Doubtful(CUT_SHORT),
        Ordering::Less => Judgement::Doubtful(NO_KEY),
    }
}

/// The payload without the CRC-24 of OpenPGP armor, `=` and four characters.
fn without_checksum(payload: &[u8]) -> &[u8] {
    match payload.len().checked_sub(5) {
        Some(at) if payload[at] == b'=' && payload[at + 1] != b'=' => &payload[..at],
        _ => payload,
    }
}

/// A PuTTY key file (the PuTTY manual, appendix C): headers, the public and
/// the private lines, a MAC.
fn putty(text: &[u8], start: usize) -> Option<Block<'_>> {
    const HEAD: &[u8] = b"PuTTY-User-Key-File-";
    let limit = text.len().min(start + LONGEST);
    // Another file ends this one, so that no byte is read twice.
    let next = memchr::memmem::find(&text[start + HEAD.len()..limit], HEAD);
    let end = next.map_or(limit, |len| start + HEAD.len() + len);
    let mut payload = Vec::new();
    let mut left = None;
    for line in Lines::new(text, start, end) {
        let bytes = line.bytes.trim_ascii();
        if let Some(cipher) = bytes.strip_prefix(b"Encryption: ")
            && !cipher.starts_with(b"none")
        {
            return None;
        }
        match left {
            None => {
                let count = bytes.strip_prefix(b"Private-Lines: ");
                left = count.and_then(|n| std::str::from_utf8(n).ok()?.trim().parse().ok());
            }
            Some(0) => {
                let span = Span::new(start, line.end);
                return Some(Block { label: b"PuTTY", payload, span, closed: true });
            }
            Some(count) => {
                if !bytes.iter().all(|b| is_base64(*b)) {
                    return None;
                }
                payload.extend_from_slice(bytes);
                left = Some(count - 1_usize);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::{RuleSet, template::expand};
    use base64::engine::{Engine as _, general_purpose::STANDARD};

    /// The base64 of something with the outer form of a PKCS #1 key.
    fn payload() -> String {
        let random = expand("{base62:600}", 1).unwrap();
        STANDARD.encode([&[0x30, 0x82, 2, 0x58], random.as_bytes()].concat())
    }

    fn lines(width: usize, before: &str, after: &str) -> String {
        let payload = payload();
        let body: Vec<&str> =
            payload.as_bytes().chunks(width).map(|c| std::str::from_utf8(c).unwrap()).collect();
        let begin = ["-----BEGIN RSA PRIVATE ", "KEY-----"].concat();
        let end = ["-----END RSA PRIVATE ", "KEY-----"].concat();
        let all = [vec![begin.as_str()], body, vec![end.as_str()]].concat();
        all.iter().flat_map(|line| [before, line, after]).collect()
    }

    fn found(text: &str) -> Vec<Candidate> {
        Scanner::new(RuleSet::builtin()).candidates(text.as_bytes(), &RepoPath::new(&b"a"[..]))
    }

    #[test]
    fn a_margin_is_short_and_looked_for_nearby() {
        assert_eq!(margin(b"a\n  // "), b"  // ");
        assert_eq!(margin(b"# "), b"# ");
        for line in ["x".repeat(1_000), format!("\n{}", "x".repeat(1_000))] {
            assert_eq!(margin(line.as_bytes()), b"");
        }
    }

    #[test]
    fn the_value_is_the_same_however_the_key_is_written() {
        let plain = found(&lines(64, "", "\n"));
        let value = plain[0].value(b"").to_vec();
        assert_eq!(value, format!("RSA PRIVATE KEY\n{}", payload()).into_bytes());
        for (before, after) in [
            ("", "\r\n"),
            ("    ", "\n"),
            ("", "\\n"),
            ("", "\\\\n"),
            ("  \"", "\\n\" +\n"),
            ("  '", "\\n',\n"),
            ("# ", "\n"),
            ("// ", "\n"),
            (" * ", "\n"),
            ("+", "\n"),
            ("> ", "\n"),
            ("", " "),
            ("", "%0A"),
            ("", "<br>\n"),
            ("", "\\n\\\n"),
        ] {
            let text = format!("k = {}\nnext", lines(64, before, after));
            // What stands before each line stands before the first, too.
            let text = if before == "+" { text.replacen("k = ", "", 1) } else { text };
            let text = text.replacen("KEY-----\\n\" +", "KEY----- fake\\n\" +", 1);
            let candidates = found(&text);
            assert_eq!(candidates.len(), 1, "{before:?} {after:?}");
            assert_eq!(candidates[0].value(b""), value, "{before:?} {after:?}");
            assert_eq!(candidates[0].confidence, Confidence::High, "{before:?} {after:?}");
            let block = candidates[0].span.of(text.as_bytes());
            assert!(block.starts_with(b"-----BEGIN RSA") && block.ends_with(b"KEY-----"));
        }
        assert_eq!(found(&lines(10_000, "", "\n"))[0].value(b""), value);
        let slashes = lines(64, "", "\\n").replace('/', "\\/");
        assert_eq!(found(&slashes)[0].value(b""), value);
    }

    #[test]
    fn a_key_without_its_end_counts_when_it_is_whole() {
        let text = lines(64, "", "\n");
        let open = &text[..text.find("-----END").unwrap()];
        let candidates = found(open);
        assert_eq!(candidates.len(), 1);
        assert_eq!(candidates[0].confidence, Confidence::High);
        assert!(found(&open[..open.len() / 3]).is_empty());
        // One broken line near the end makes it no whole key, and still one.
        let broken = format!("{}\n?\n{}", &open[..open.len() - 70], &text[open.len()..]);
        assert_eq!(found(&broken)[0].remark, Some(CUT_SHORT));
    }

    #[test]
    fn a_few_lines_of_a_key_between_its_marks_are_told_and_one_is_a_quotation() {
        let text = lines(64, "", "\n");
        let marked = |len: usize| format!("{}\n{}", &text[..32 + len], &text[text.len() - 30..]);
        assert_eq!(found(&marked(129))[0].remark, Some(FRAGMENT));
        assert!(found(&marked(64)).is_empty());
    }

    #[test]
    fn a_payload_that_is_no_key_is_said_and_not_hidden() {
        let head = "-----BEGIN PRIVATE KEY-----";
        let text = expand(
            &format!("{head}\n{{base64:64}}\n{{base64:64}}\n{}", head.replace("BEGIN", "END")),
            0,
        );
        let candidates = found(&text.unwrap());
        assert_eq!(candidates[0].confidence, Confidence::Low);
        assert!(candidates[0].remark.is_some());
    }
}
