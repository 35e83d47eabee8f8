//! A rule: what a kind of secret looks like, and what to tell people about it.
//! Rules are data; `rules/*.toml` becomes a static table of these at build time.

use std::fmt;

use serde::Deserialize;

/// One kind of secret.
#[derive(Debug)]
pub struct Rule {
    /// Its name: lower case, words joined by `-`, never reused.
    pub id: &'static str,
    /// Who issues it; `generic` when nobody in particular does.
    pub provider: &'static str,
    /// What it is, a noun phrase for the report.
    pub description: &'static str,
    /// How it is found.
    pub detector: Detector,
    /// Words (ASCII, any case) one of which stands in every match or, for
    /// [`Detector::Near`], before it. At least three bytes each.
    pub keywords: &'static [&'static str],
    /// A pattern in the syntax of the regex crate, on bytes, without Unicode.
    /// The value is the group named `value`, or the whole match. Empty for
    /// built-in detectors.
    pub pattern: &'static str,
    /// Of [`Detector::Near`]: what its values look like, as templates.
    pub shapes: &'static [&'static str],
    /// Of [`Detector::Near`]: how its keyword and a value must hang together.
    pub link: Link,
    /// What may stand beside a match.
    pub bounds: Bounds,
    /// What can be tested of a value without a network.
    pub check: Option<Check>,
    /// The least Shannon entropy of the value, in bits a byte; 0 for none.
    pub min_entropy: f32,
    /// What a leak of it costs.
    pub severity: Severity,
    /// How sure a match is.
    pub confidence: Confidence,
    /// Whether a word list could find its values.
    pub weak: bool,
    /// The part of every value that is public and may be shown.
    pub prefix: &'static str,
    /// Names under which applications read it from the environment.
    pub env: &'static [&'static str],
    /// Where its owner revokes it: a page or a command, as a document names it.
    pub revoke: Option<&'static str>,
    /// Where the facts come from.
    pub source: &'static str,
}

/// How values of a rule are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detector {
    /// The pattern matches around a keyword.
    Pattern,
    /// The keyword names the owner, and a value of one of the shapes follows it.
    Near,
    /// A name that says "secret" and the value it is given.
    Assignment,
    /// A user and a password inside a URL.
    Url,
    /// An armored block, `-----BEGIN …`.
    Armor,
    /// The private member of a JSON Web Key.
    Jwk,
    /// The path itself.
    Path,
    /// A value of a local env file.
    LocalEnv,
    /// A line that carries a secret out: into an image, a log, a browser.
    Exposure,
}

/// What must stand between the word that names the owner and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// The name is nobody else's: nearness will do.
    Name,
    /// As `Name`, and a token of another form counts where it is called a key.
    Issuer,
    /// The name has other uses: the value must be called a key or a token.
    Label,
    /// The name is an everyday word: it must itself go on to say "key" or "token".
    Word,
    /// As `Name`, and the value may be a part of the path of a URL.
    Path,
}

/// What may stand on either side of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bounds {
    /// No letter, digit or `_`; an escape such as `\n` or `%3D` may stand before.
    Word,
    /// As `Word`, and none of `-`, `+`, `/`, `=` after: for shapes that are
    /// easily cut out of a longer run.
    Run,
    /// Anything.
    None,
}

/// What can be tested of a value without a network. A failed check lowers
/// confidence and is said; it never hides a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Last 6: base62 of CRC-32 of the 30 bytes before (GitHub, npm).
    Crc32Base62,
    /// Last 6: base62 of CRC-32 of the 37 bytes before (Polar).
    Crc32Polar,
    /// The same as the first, the lower letters before the upper (Dynamic).
    Crc32Dynamic,
    /// Last 8: lower-case hex CRC-32 of the 40-byte body after the prefix (Cloudflare).
    Crc32Cloudflare,
    /// Last 8: hex of the little-endian CRC-32 of prefix and body (Grafana).
    Crc32Grafana,
    /// Last 8: hex CRC-32 of all before (Atlassian).
    Crc32Atlassian,
    /// Last 8: hex CRC-32 of the 32-byte body (Zuplo).
    Crc32Zuplo,
    /// Last 6: base64 of the little-endian CRC-32 of the 54 bytes before (Confluent).
    Crc32Confluent,
    /// Last 7: base36 CRC-32 of all before, and before it two base36 digits
    /// that say how long the payload is (GitLab's routable tokens).
    Crc32Gitlab,
    /// Characters 81 to 84: base62 of the Marvin hash of what the 80 before
    /// decode to (Azure's common annotated keys).
    Marvin32,
    /// Header and payload decode to JSON objects (RFC 7519).
    Jwt,
    /// The body decodes from base64 to a JSON object.
    Base64Json,
    /// The body decodes to two UUIDs joined by `:` (Letta).
    LettaUuids,
    /// Starts with a base64-encoded decimal snowflake (Discord).
    DiscordSnowflake,
    /// A valid Bech32 checksum (BIP 173; age).
    Bech32,
    /// Decodes to an account id (AWS access key ids).
    AwsAccount,
    /// Decodes from base32 to bytes that end with their CRC-16 (NATS).
    NatsSeed,
    /// Decodes to `<text>:<uuid>` (NGC legacy).
    NgcPair,
    /// Decodes to a macaroon, version 2 (the Python package index).
    Macaroon,
    /// Decodes from base64 to text of printable ASCII (prefixed tokens that
    /// wrap something readable).
    Base64Text,
    /// Holds its issuer's mark, a name in base64.
    IssuerMark,
}

/// What a leak costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Little by itself.
    Low,
    /// Access to one service with bounded damage.
    Medium,
    /// Money or data.
    High,
    /// Everything behind it.
    Critical,
}

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Worth a look.
    Low,
    /// Probably.
    Medium,
    /// A shape nothing else has.
    High,
}

/// `crc32-base62`: the name that rule files use.
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in format!("{self:?}").char_indices() {
            let dash = if at > 0 && letter.is_ascii_uppercase() { "-" } else { "" };
            write!(f, "{dash}{}", letter.to_ascii_lowercase())?;
        }
        Ok(())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}
