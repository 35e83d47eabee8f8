//! The honest way out: `git -c stanch.skip="why" commit`. Git hands `-c` to
//! its hooks in `GIT_CONFIG_PARAMETERS` and `GIT_CONFIG_COUNT`, which is
//! command scope and nothing else; reading them here needs no process.

use super::GitError;

const KEY: &str = "stanch.skip";

/// The reason given at command scope, if any. `lookup` reads the environment.
pub(super) fn reason(lookup: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Option<String>, GitError> {
    let mut given = counted(&lookup)?;
    if let Some(line) = lookup("GIT_CONFIG_PARAMETERS") {
        given.extend(quoted(&line).ok_or_else(|| bad("GIT_CONFIG_PARAMETERS"))?);
    }
    let last = given.into_iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(KEY.as_bytes()));
    match last {
        None => Ok(None),
        Some((_, value)) => {
            let value = String::from_utf8_lossy(&value.unwrap_or_default()).trim().to_owned();
            if value.is_empty() {
                return Err(GitError::Skip { why: format!("`{KEY}` needs a reason") });
            }
            Ok(Some(value))
        }
    }
}

type Pair = (Vec<u8>, Option<Vec<u8>>);

/// `GIT_CONFIG_COUNT` and its numbered keys and values.
fn counted(lookup: &impl Fn(&str) -> Option<Vec<u8>>) -> Result<Vec<Pair>, GitError> {
    let Some(count) = lookup("GIT_CONFIG_COUNT").filter(|count| !count.is_empty()) else {
        return Ok(Vec::new());
    };
    let count: usize = str::from_utf8(&count)
        .ok()
        .and_then(|count| count.trim().parse().ok())
        .filter(|&count| count <= 65_536)
        .ok_or_else(|| bad("GIT_CONFIG_COUNT"))?;
    (0..count)
        .map(|n| {
            let key = lookup(&format!("GIT_CONFIG_KEY_{n}"));
            let value = lookup(&format!("GIT_CONFIG_VALUE_{n}"));
            key.zip(value)
                .map(|(key, value)| (key, Some(value)))
                .ok_or_else(|| bad("GIT_CONFIG_COUNT"))
        })
        .collect()
}

/// `'key'='value'` (git >= 2.31), `'key'=` and `'key=value'`, apart by spaces.
/// None when it is not that.
fn quoted(line: &[u8]) -> Option<Vec<Pair>> {
    let mut pairs = Vec::new();
    let mut rest = line.trim_ascii_start();
    while !rest.is_empty() {
        let (key, after) = unquote(rest)?;
        rest = match after {
            [b'=', b'\'', ..] => {
                let (value, after) = unquote(&after[1..])?;
                pairs.push((key, Some(value)));
                after
            }
            [b'=', after @ ..] => {
                pairs.push((key, None));
                after
            }
            after => {
                pairs.push(match key.iter().position(|&b| b == b'=') {
                    Some(at) => (key[..at].to_vec(), Some(key[at + 1..].to_vec())),
                    None => (key, None),
                });
                after
            }
        };
        if rest.first().is_some_and(|byte| !byte.is_ascii_whitespace()) {
            return None;
        }
        rest = rest.trim_ascii_start();
    }
    Some(pairs)
}

/// One single-quoted word, in which git writes `'` as `'\''` and `!` as `'\!'`.
fn unquote(quoted: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = quoted.strip_prefix(b"'")?;
    let mut word = Vec::new();
    loop {
        let end = rest.iter().position(|&b| b == b'\'')?;
        word.extend_from_slice(&rest[..end]);
        rest = &rest[end + 1..];
        match rest {
            [b'\\', byte @ (b'\'' | b'!'), b'\'', after @ ..] => {
                word.push(*byte);
                rest = after;
            }
            _ => return Some((word, rest)),
        }
    }
}

fn bad(variable: &str) -> GitError {
    GitError::Skip { why: format!("{variable} is not what git writes there") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(parameters: &str) -> Result<Option<String>, GitError> {
        reason(|name| (name == "GIT_CONFIG_PARAMETERS").then(|| parameters.as_bytes().to_vec()))
    }

    #[test]
    fn both_spellings_of_git_are_read_and_the_last_one_wins() {
        assert_eq!(with("'stanch.skip'='it'\\''s fine'\\!''").unwrap().unwrap(), "it's fine!");
        assert_eq!(with("'a.b=c' 'Stanch.Skip=old way'").unwrap().unwrap(), "old way");
        assert_eq!(with("'stanch.skip'='one' 'x.y'= 'stanch.skip'='two'").unwrap().unwrap(), "two");
        assert_eq!(with("'user.name'='stanch.skip'").unwrap(), None);
        assert_eq!(reason(|_| None).unwrap(), None);
    }

    #[test]
    fn a_skip_without_a_reason_is_refused() {
        for parameters in ["'stanch.skip'=''", "'stanch.skip'=", "'stanch.skip'", "'stanch.skip= '"]
        {
            assert!(with(parameters).is_err(), "{parameters}");
        }
    }

    #[test]
    fn what_git_would_not_write_is_refused() {
        for parameters in
            ["stanch.skip=x", "'stanch.skip=x", "'a'='b'x", "'a'='b''c'='d'", "'a'\\x'b'"]
        {
            assert!(with(parameters).is_err(), "{parameters}");
        }
    }

    #[test]
    fn counted_variables_are_command_scope_too() {
        let set = |name: &str| match name {
            "GIT_CONFIG_COUNT" => Some(b"1".to_vec()),
            "GIT_CONFIG_KEY_0" => Some(b"stanch.skip".to_vec()),
            "GIT_CONFIG_VALUE_0" => Some(b"why".to_vec()),
            _ => None,
        };
        assert_eq!(reason(set).unwrap().unwrap(), "why");
        let cut = |name: &str| (name == "GIT_CONFIG_COUNT").then(|| b"2".to_vec());
        assert!(reason(cut).is_err());
    }
}
