//! Text to findings. Pure: no IO, no git, no environment; any bytes in, never
//! a panic, linear time.
//!
//! One pass of the prefilter over the text finds keywords; each keyword wakes
//! the rules it belongs to, and only there their pattern or reader runs.

mod alike;
mod armor;
mod assign;
mod bare_id;
mod candidate;
mod dotenv;
mod env_family;
mod examples;
mod exposure;
mod judge;
mod jwk;
mod language;
mod lazy_pattern;
mod local_values;
mod markers;
mod near;
mod overlap;
mod parts;
mod paths;
mod pattern_reader;
mod stage;
mod text;
mod unfold;
mod url;

pub use alike::reads_alike;
pub use candidate::Candidate;
pub use env_family::{is_env_name, is_template_name};
pub use examples::failures;
pub use exposure::{is_dockerfile, names_a_secret};
pub use local_values::{LocalValues, env_pairs, literals};
pub use markers::Markers;
pub use paths::{doubt, forbidden};
pub use pattern_reader::{PatternError, Patterns};
pub use stage::is_ci_file;

use std::cell::LazyCell;
use std::ops::Range;

use self::judge::{doubt, rehearsal};
use crate::model::{Detector, RepoPath, Span};
use crate::rules::RuleSet;

/// The engine of one run: rules, and their patterns once a keyword asked for them.
#[derive(Debug)]
pub struct Scanner {
    rules: RuleSet,
    patterns: Patterns,
    near: near::Near,
    assignments: assign::Rules,
    bare_ids: bare_id::Rules,
}

impl Scanner {
    /// A scanner for these rules. Compiles nothing yet.
    pub fn new(rules: RuleSet) -> Self {
        let patterns = Patterns::new(rules.count());
        let near = near::Near::new(rules.count());
        let assignments = assign::Rules::of(&rules);
        let bare_ids = bare_id::Rules::of(&rules);
        Self { rules, patterns, near, assignments, bare_ids }
    }

    /// The rules it looks for.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Everything that looks like a secret in `text`, one candidate a secret,
    /// sorted by place. `path` tells the language.
    pub fn candidates(&self, text: &[u8], path: &RepoPath) -> Vec<Candidate> {
        let mut found = overlap::one_per_secret(self.all_candidates(text, path));
        rehearsal::strike(&mut found, text, path);
        found
    }

    /// Lowers the confidence in what the file at `path` may only play, once it is decided
    /// by the confidence of its rule whether it counts: doubt hides nothing.
    pub fn doubt(&self, found: &mut [Candidate], text: &[u8], path: &RepoPath) {
        doubt::doubt(found, text, path);
    }

    /// The token that begins with a run of base64, told by the id it decodes to.
    pub fn behind_id(&self, text: &[u8], run: Span, id: &[u8]) -> Option<Candidate> {
        self.bare_ids.token(text, run, id)
    }

    /// What every rule finds, several for one secret included.
    fn all_candidates(&self, text: &[u8], path: &RepoPath) -> Vec<Candidate> {
        parts::read_in_parts(text.len(), |part| self.read_part(text, part, path))
    }

    /// What every rule finds from the keywords in a part; values may lie behind it.
    fn read_part(&self, text: &[u8], part: Range<usize>, path: &RepoPath) -> Vec<Candidate> {
        let mut found = Vec::new();
        // Where the last value of each rule ended; empty until there is one.
        let mut ends = Vec::<usize>::new();
        let mut assignments = None;
        let is_list = LazyCell::new(|| language::only_lists(path));
        let reader = || assign::Reader::new(&self.assignments, text, path);
        self.rules.for_each_keyword(text, part, |number, at, len| {
            let rule = self.rules.rule(number);
            match rule.detector {
                Detector::Pattern | Detector::Near => {
                    let keyword = Span::new(at, at + len);
                    let wake = pattern_reader::Wake { number, rule, text, keyword };
                    let last = ends.get(number).copied().unwrap_or(0);
                    let mut read_until = last;
                    if rule.shapes.is_empty() {
                        self.patterns.read(&wake, &mut read_until, &mut found);
                    } else if !*is_list {
                        self.near.read(&wake, &mut read_until, &mut found);
                    }
                    if read_until > last {
                        ends.resize(self.rules.count(), 0);
                        ends[number] = read_until;
                    }
                }
                Detector::Assignment => {
                    assignments
                        .get_or_insert_with(reader)
                        .read(Span::new(at, at + len), &mut found);
                }
                Detector::Url => found.extend(url::read(rule, text, Span::new(at, at + len))),
                Detector::Armor => found.extend(armor::read(rule, text, Span::new(at, at + len))),
                Detector::Jwk => found.extend(jwk::read(rule, text, Span::new(at, at + len))),
                Detector::Exposure => {
                    found.extend(exposure::read(rule, text, Span::new(at, at + len), path));
                }
                Detector::Path | Detector::LocalEnv => {}
            }
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template::expand;

    #[test]
    fn where_parts_meet_a_secret_is_found_once() {
        let token = expand("ghp_{base62:30}{crc:crc32-base62}", 1).unwrap();
        let secrets = [format!("'{token}'"), "password = 'Wintxr2031!'".to_owned()];
        let meetings = [0, 2, 20].map(|into| (&secrets[0], into)).into_iter();
        let meetings = meetings.chain([4, 11, 18].map(|into| (&secrets[1], into)));
        let mut text = Vec::new();
        for (number, (secret, into)) in meetings.enumerate() {
            text.resize((number + 1) * parts::PART - into, b'\n');
            text.extend_from_slice(secret.as_bytes());
        }
        let path = RepoPath::new(&b"a.py"[..]);
        let found = Scanner::new(RuleSet::builtin()).candidates(&text, &path);
        let met: Vec<_> = found.iter().map(|c| (c.rule.id, c.span.start / parts::PART)).collect();
        let (github, generic) = ("github-personal-access-token", "generic-password");
        let expected =
            [(github, 1), (github, 1), (github, 2), (generic, 4), (generic, 5), (generic, 5)];
        assert_eq!(met, expected);
    }
}
