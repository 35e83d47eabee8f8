//! Test vectors of ciphers and hashes: keys whose results stand beside them, which is what
//! makes them public. Owns whether a value is one; reads what stands around it, no further.

use bstr::ByteSlice as _;

use crate::detect::Candidate;
use crate::model::Detector;

/// What goes in beside the key, and what comes out.
const GIVEN: [&[u8]; 16] = [
    b"aad",
    b"ad",
    b"adata",
    b"counterkey",
    b"data",
    b"input",
    b"iv",
    b"message",
    b"msg",
    b"nonce",
    b"payload",
    b"plain",
    b"plaintext",
    b"pt",
    b"salt",
    b"seed",
];
const RESULTS: [&[u8]; 14] = [
    b"cipher",
    b"ciphertext",
    b"ct",
    b"digest",
    b"expected",
    b"k",
    b"mac",
    b"okm",
    b"output",
    b"prk",
    b"result",
    b"sig",
    b"signature",
    b"tag",
];

/// How far around a value the rest of its vector may stand.
const NEAR: usize = 1_024;
/// How far behind its sign a value begins: `= unhexlify(b"`; how far before it its name does.
const HEAD: usize = 32;
/// So many digits of hex are bytes, and no number.
const SHORTEST: usize = 6;

/// Whether a value in hex, or in bytes, has something that goes in and something that comes out
/// beside it, both in hex as well: `Key = …`, `PT = …`, `CT = …`.
pub(super) fn is_vector(candidate: &Candidate, text: &[u8]) -> bool {
    let value = candidate.span.of(text);
    let is_bytes = value.iter().all(|b| b.is_ascii_hexdigit() || b":, xX\t\r\n".contains(b));
    if candidate.rule.detector != Detector::Assignment || !is_bytes {
        return false;
    }
    let start = candidate.span.start.saturating_sub(NEAR);
    let around = &text[start..text.len().min(candidate.span.end + NEAR)];
    let (mut goes_in, mut comes_out) = (false, false);
    for at in memchr::memchr2_iter(b'=', b':', around) {
        let word = last_word(&around[..at]);
        let (is_given, is_result) = (GIVEN.contains(&&*word), RESULTS.contains(&&*word));
        if (is_given || is_result) && gives_hex(around, at) {
            goes_in |= is_given;
            comes_out |= is_result;
        }
    }
    goes_in && comes_out
}

/// Whether bytes in hex stand behind the sign at `at`.
fn gives_hex(text: &[u8], at: usize) -> bool {
    let value = &text[at + 1..text.len().min(at + 1 + HEAD)];
    let is_digits = |run: &[u8]| run.len() >= SHORTEST && run.iter().all(u8::is_ascii_hexdigit);
    let line = value.trim_ascii_start().lines().next().unwrap_or_default();
    memchr::memmem::find(value, b"0x").is_some()
        || line.split(|b| !b.is_ascii_alphanumeric()).any(is_digits)
        || line.split(|&b| b == b':').take(3).all(|byte| byte.trim_ascii().len() == 2)
}

/// The last word of the name that a line ends with, in lower case: `unsigned char aes_ct[] `.
fn last_word(head: &[u8]) -> Vec<u8> {
    let line = head[head.len().saturating_sub(HEAD)..].lines().next_back().unwrap_or_default();
    let name = line.trim_end_with(|c| "\"'[] ".contains(c) || c.is_ascii_digit());
    let start = name.iter().rposition(|b| !b.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    name[start..].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::detect::Scanner;
    use crate::model::RepoPath;
    use crate::rules::RuleSet;
    use crate::rules::template::expand;

    fn count(path: &str, text: &str) -> usize {
        let scanner = Scanner::new(RuleSet::builtin());
        let path = RepoPath::new(path);
        scanner.candidates(expand(text, 0).unwrap().as_bytes(), &path).len()
    }

    #[test]
    fn a_key_beside_what_it_gives_is_published() {
        let answers = ("Key = {hex:32}\nNonce = {hex:26}\n", "CT = {hex:48}\n");
        assert_eq!(count("a/GCM128.rsp", &[answers.0, answers.1].concat()), 0);
        assert_eq!(count("a/GCM128.rsp", answers.0), 1);
        for (text, others) in [
            ("  key: '{hex:48}',\n  iv: '{hex:24}',\n", "  ct: '{hex:48}'\n"),
            (
                "aesKey = unhexlify(b\"{hex:64}\")\nplain = unhexlify(b\"{hex:32}\")\n",
                "tag = unhexlify(b\"{hex:32}\")\n",
            ),
        ] {
            let whole = format!("{text}{others}");
            assert_eq!(count("tests/a.py", &whole), 0, "{whole}");
            assert_eq!(count("tests/a.py", text), 1, "{text}");
        }
    }
}
