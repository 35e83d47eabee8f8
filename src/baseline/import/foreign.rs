//! Reads the files of other tools: baselines of detect-secrets, reports of
//! gitleaks, and `.gitleaksignore`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::model::{RepoPath, Secret, Strength, hex};

/// What a file of another tool says.
#[derive(Debug)]
pub struct Foreign {
    /// Whose file it is.
    pub tool: Tool,
    /// One for each secret it lists.
    pub claims: Vec<Claim>,
}

/// A tool that stanch moves in from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// A baseline of detect-secrets.
    DetectSecrets,
    /// A JSON report of gitleaks.
    Gitleaks,
    /// A `.gitleaksignore`.
    GitleaksIgnore,
}

/// One secret that a file lists.
#[derive(Debug)]
pub struct Claim {
    /// Where it stands.
    pub path: RepoPath,
    /// The line it stood on, if the file says.
    pub line: Option<usize>,
    /// The other tool's name for what it is.
    pub rule: String,
    /// What the file holds of it.
    pub what: What,
    /// What was decided of it.
    pub says: Says,
}

/// What a file holds of a secret.
#[derive(Debug)]
pub enum What {
    /// The SHA-1 of the value.
    Sha1([u8; 20]),
    /// The value itself, or a text that holds it.
    Value(Secret),
    /// Only where it stood.
    Position,
}

/// What was decided of a secret elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Nothing.
    Nothing,
    /// It is no secret.
    NotASecret,
    /// It is a real one.
    Real,
}

/// The file is none that can be moved in from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    name: String,
    at: Option<(usize, usize)>,
    why: String,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.name, self.why),
            None => write!(f, "{}: {}", self.name, self.why),
        }
    }
}

impl std::error::Error for ImportError {}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DetectSecrets => "detect-secrets",
            Self::Gitleaks => "gitleaks",
            Self::GitleaksIgnore => "gitleaks (.gitleaksignore)",
        })
    }
}

#[derive(Deserialize)]
struct DetectSecretsFile {
    results: BTreeMap<String, Vec<DetectSecretsClaim>>,
}

#[derive(Deserialize)]
struct DetectSecretsClaim {
    #[serde(rename = "type", default)]
    kind: String,
    hashed_secret: String,
    line_number: Option<usize>,
    is_secret: Option<bool>,
}

#[derive(Deserialize)]
struct GitleaksClaim {
    #[serde(rename = "RuleID")]
    rule: String,
    #[serde(rename = "File")]
    file: String,
    #[serde(rename = "StartLine")]
    line: Option<usize>,
    #[serde(rename = "Secret", default)]
    secret: String,
}

impl Foreign {
    /// Tells by the content whose file it is, and reads it.
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, ImportError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match bytes.trim_ascii_start().first() {
            Some(b'{') => Self::detect_secrets(bytes, name),
            Some(b'[') => Self::gitleaks(bytes, name),
            Some(_) => Self::gitleaks_ignore(bytes, name),
            None => Err(unknown(name, "the file is empty")),
        }
    }

    fn detect_secrets(bytes: &[u8], name: &str) -> Result<Self, ImportError> {
        let file: DetectSecretsFile =
            serde_json::from_slice(bytes).map_err(|error| at(name, &error))?;
        let mut claims = Vec::new();
        for (path, secrets) in file.results {
            for secret in secrets {
                let hash = hex::array(secret.hashed_secret.as_bytes())
                    .ok_or_else(|| unknown(name, "a `hashed_secret` is no SHA-1"))?;
                claims.push(Claim {
                    path: repo_path(&path),
                    line: secret.line_number,
                    rule: secret.kind,
                    what: What::Sha1(hash),
                    says: match secret.is_secret {
                        None => Says::Nothing,
                        Some(false) => Says::NotASecret,
                        Some(true) => Says::Real,
                    },
                });
            }
        }
        Ok(Self { tool: Tool::DetectSecrets, claims })
    }

    fn gitleaks(bytes: &[u8], name: &str) -> Result<Self, ImportError> {
        let report: Vec<GitleaksClaim> =
            serde_json::from_slice(bytes).map_err(|error| at(name, &error))?;
        let claim = |claim: GitleaksClaim| Claim {
            path: repo_path(&claim.file),
            line: claim.line,
            rule: claim.rule,
            what: what_of(&claim.secret),
            says: Says::Nothing,
        };
        Ok(Self { tool: Tool::Gitleaks, claims: report.into_iter().map(claim).collect() })
    }

    /// `file:rule:line` or `commit:file:rule:line`, one a line, `#` comments.
    fn gitleaks_ignore(bytes: &[u8], name: &str) -> Result<Self, ImportError> {
        let mut claims = Vec::new();
        for (number, line) in bytes.split(|&b| b == b'\n').enumerate() {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            let claim = std::str::from_utf8(line).ok().and_then(ignore_line);
            claims.push(claim.ok_or_else(|| ImportError {
                name: name.to_owned(),
                at: Some((number + 1, 1)),
                why: "no fingerprint of gitleaks (`file:rule:line`), so no file to import".into(),
            })?);
        }
        Ok(Self { tool: Tool::GitleaksIgnore, claims })
    }
}

fn ignore_line(line: &str) -> Option<Claim> {
    let mut fields = line.rsplitn(3, ':');
    let (number, rule, file) = (fields.next()?, fields.next()?, fields.next()?);
    let is_commit = |head: &str| head.len() >= 40 && head.bytes().all(|b| b.is_ascii_hexdigit());
    let path = match file.split_once(':') {
        Some((head, path)) if is_commit(head) => path,
        _ => file,
    };
    Some(Claim {
        path: repo_path(path),
        line: Some(number.parse().ok()?),
        rule: rule.to_owned(),
        what: What::Position,
        says: Says::Nothing,
    })
}

/// A report made with `--redact` holds no value.
fn what_of(secret: &str) -> What {
    if secret.is_empty() || secret == "REDACTED" || secret.ends_with("...") {
        What::Position
    } else {
        What::Value(Secret::new(secret.as_bytes(), Strength::Strong))
    }
}

/// Tools on Windows write `\` between folders; `./` says nothing.
fn repo_path(path: &str) -> RepoPath {
    let path = path.replace('\\', "/");
    RepoPath::new(path.strip_prefix("./").unwrap_or(&path))
}

fn unknown(name: &str, why: &str) -> ImportError {
    ImportError { name: name.to_owned(), at: None, why: why.to_owned() }
}

fn at(name: &str, error: &serde_json::Error) -> ImportError {
    ImportError {
        name: name.to_owned(),
        at: Some((error.line().max(1), error.column().max(1))),
        why: "neither a baseline of detect-secrets nor a JSON report of gitleaks".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detect_secrets_full_and_slim() {
        let file = r#"{"version": "1.5.0", "plugins_used": [], "results": {"a\\b.py": [
            {"type": "Secret Keyword", "filename": "a\\b.py", "hashed_secret": "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", "is_verified": false, "line_number": 3, "is_secret": false},
            {"type": "AWS Access Key", "filename": "a\\b.py", "hashed_secret": "a94a8fe5ccb19ba61c4c0873d391e987982fbbd4", "is_verified": false}]},
            "generated_at": "2026-01-01T00:00:00Z"}"#;
        let foreign = Foreign::parse(file.as_bytes(), "f").unwrap();
        assert_eq!((foreign.tool, foreign.claims.len()), (Tool::DetectSecrets, 2));
        let claim = &foreign.claims[0];
        assert_eq!((claim.path.as_bytes(), claim.line), (&b"a/b.py"[..], Some(3)));
        assert_eq!(claim.says, Says::NotASecret);
        assert_eq!((foreign.claims[1].line, foreign.claims[1].says), (None, Says::Nothing));
    }

    #[test]
    fn gitleaks_with_and_without_values() {
        let file = r#"[{"RuleID": "generic-api-key", "Description": "d", "StartLine": 7, "File": "a", "Secret": "REDACTED", "Commit": "", "Entropy": 3.1},
            {"RuleID": "r", "StartLine": 8, "File": "./b", "Secret": "value-of-b"},
            {"RuleID": "r", "StartLine": 9, "File": "./b", "Secret": "value-o..."}]"#;
        let foreign = Foreign::parse(file.as_bytes(), "f").unwrap();
        assert!(matches!(foreign.claims[0].what, What::Position));
        assert!(matches!(foreign.claims[1].what, What::Value(_)));
        assert!(matches!(foreign.claims[2].what, What::Position), "it is masked in part");
        assert_eq!(foreign.claims[1].path.as_bytes(), b"b");
    }

    #[test]
    fn gitleaks_fingerprints_with_and_without_a_commit() {
        let commit = "0123456789012345678901234567890123456789";
        let file = format!("# why\n\nfade:b.py:jwt:12\n{commit}:docs/x:generic-api-key:3\r\n");
        let claims = Foreign::parse(file.as_bytes(), "f").unwrap().claims;
        let seen: Vec<_> =
            claims.iter().map(|c| (c.path.to_string(), c.rule.as_str(), c.line.unwrap())).collect();
        assert_eq!(
            seen,
            [("fade:b.py".into(), "jwt", 12), ("docs/x".into(), "generic-api-key", 3)]
        );
    }

    #[test]
    fn other_files_are_refused_with_their_place() {
        for (file, said) in [
            ("", "f: the file is empty"),
            ("hello\n", "f:1:1: no fingerprint"),
            ("{\"a\": 1}", "f:1:8: neither"),
            ("[1]", "f:1:2: neither"),
        ] {
            let error = Foreign::parse(file.as_bytes(), "f").unwrap_err().to_string();
            assert!(error.starts_with(said), "{error}");
        }
    }
}
