//! The file's form, and its validation: every problem at once, with its line.

mod faults;

use std::collections::BTreeMap;
use std::fmt;

use bstr::ByteSlice;
use globset::{Glob, GlobMatcher, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::sift::sift;
use crate::baseline::FILE_NAME;
use crate::model::{Confidence, OneLine, RepoPath, is_unsafe_to_print};
use crate::rules::RuleSet;
use crate::rules::parse::{self, RawRule, RuleProblem};

/// The name of the file at the root of a repository.
pub(crate) const NAME: &str = ".stanch.toml";

/// What a repository configured; the default where it did not.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where the baseline is, relative to the root.
    pub(crate) baseline: RepoPath,
    /// Whether it has a name of its own, so that its absence is an error.
    pub(crate) baseline_is_explicit: bool,
    /// What becomes of findings that HEAD already holds.
    pub(crate) existing: Existing,
    /// Whether inline markers count.
    pub(crate) allow_markers: bool,
    /// Findings less sure than this are left out, and counted.
    pub(crate) confidence: Confidence,
    /// Other files of the repository whose rules, exclusions and stop words
    /// count too.
    pub(crate) extends: Vec<RepoPath>,
    exclude: Vec<GlobSet>,
    /// The same as they are written.
    excluded: Vec<String>,
    stop_words: Vec<String>,
    user_rules: Vec<RawRule>,
    off: Vec<String>,
    /// Rules that are off in some files alone.
    off_in: Vec<(String, GlobMatcher)>,
    /// Rules that are to be off and that no file read so far has, each with its problem.
    unknown: Vec<(String, String)>,
}

/// What becomes of findings that HEAD already holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Existing {
    /// They are counted in one line.
    #[default]
    Count,
    /// They block like new ones.
    Block,
}

/// Everything that is wrong with a configuration, one line a problem.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ConfigError(Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ConfigError {}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(default)]
    extends: Vec<Spanned<String>>,
    baseline: Option<Spanned<String>>,
    #[serde(default)]
    existing: Existing,
    allow_markers: Option<bool>,
    confidence: Option<Confidence>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    #[serde(default)]
    stop_words: Vec<Spanned<String>>,
    #[serde(default)]
    rules: RawRules,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    #[serde(default)]
    off: Vec<Spanned<String>>,
    #[serde(default)]
    off_in: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

impl Default for Config {
    fn default() -> Self {
        Self::parse("", NAME).expect("an empty configuration is valid")
    }
}

impl Config {
    /// Reads a configuration. `name` is what problems call the file.
    pub(crate) fn parse(text: &str, name: &str) -> Result<Self, ConfigError> {
        let at = |problem: &RuleProblem| {
            let line = text[..problem.offset.min(text.len())].matches('\n').count() + 1;
            format!("{name}:{line}: {}", printable(&problem.why))
        };
        let read = toml::from_str(text).map(|raw| (raw, Vec::new())).or_else(|_| sift(text));
        let (raw, broken): (RawConfig, _) =
            read.map_err(|problem| ConfigError(vec![at(&problem)]))?;
        let mut problems = parse::problems(&raw.rule);
        problems.extend(faults::of_values(&raw));
        // What is off may be a rule that is broken, or of a file that is read later.
        let mut unknown = Vec::new();
        if !raw.extends.is_empty() {
            unknown = faults::unknown_rules(&raw).map(|(id, problem)| (id, at(&problem))).collect();
        } else if broken.is_empty() {
            problems.extend(faults::unknown_rules(&raw).map(|(_, problem)| problem));
        }
        problems.extend(broken);
        let exclude = globs(&raw.exclude, &mut problems);
        let off_in = off_in(&raw.rules.off_in, &mut problems);
        if problems.is_empty() {
            return Ok(Self { unknown, ..Self::from_valid(raw, exclude, off_in) });
        }
        problems.sort_by_key(|problem| problem.offset);
        Err(ConfigError(problems.iter().map(at).collect()))
    }

    fn from_valid(raw: RawConfig, exclude: GlobSet, off_in: Vec<(String, GlobMatcher)>) -> Self {
        let baseline = raw.baseline.as_ref().map_or(FILE_NAME, |path| path.get_ref());
        Self {
            baseline: RepoPath::new(baseline),
            baseline_is_explicit: baseline != FILE_NAME,
            existing: raw.existing,
            allow_markers: raw.allow_markers.unwrap_or(true),
            confidence: raw.confidence.unwrap_or(Confidence::Low),
            extends: raw
                .extends
                .iter()
                .map(|path| RepoPath::new(path.get_ref().as_str()))
                .collect(),
            excluded: raw.exclude.into_iter().map(Spanned::into_inner).collect(),
            exclude: Some(exclude).filter(|globs| !globs.is_empty()).into_iter().collect(),
            stop_words: raw.stop_words.iter().map(|word| word.get_ref().to_lowercase()).collect(),
            off: raw.rules.off.into_iter().map(Spanned::into_inner).collect(),
            off_in,
            unknown: Vec::new(),
            user_rules: raw.rule,
        }
    }

    /// Adds the rules, exclusions and stop words of a file this one extends.
    /// Everything else is decided in `.stanch.toml` itself.
    pub(crate) fn absorb(&mut self, base: Self) -> Result<(), ConfigError> {
        let ids = || self.user_rules.iter().map(|rule| rule.id.get_ref());
        let twice: Vec<String> = base
            .user_rules
            .iter()
            .filter(|rule| ids().any(|id| id == rule.id.get_ref()))
            .map(|rule| {
                format!("rule `{}` stands in two files; give one another id", rule.id.get_ref())
            })
            .collect();
        if !twice.is_empty() {
            return Err(ConfigError(twice));
        }
        let is_there = |id: &String| base.user_rules.iter().any(|rule| rule.id.get_ref() == id);
        self.unknown.retain(|(id, _)| !is_there(id));
        self.exclude.extend(base.exclude);
        self.excluded.extend(base.excluded);
        self.stop_words.extend(base.stop_words);
        self.user_rules.extend(base.user_rules);
        self.off.extend(base.off);
        self.off_in.extend(base.off_in);
        Ok(())
    }

    /// Refuses what switches off a rule that no file has, once all are read.
    pub(crate) fn complete(self) -> Result<Self, ConfigError> {
        let unknown: Vec<String> = self.unknown.iter().map(|(_, why)| why.clone()).collect();
        if unknown.is_empty() { Ok(self) } else { Err(ConfigError(unknown)) }
    }

    /// A repository's own rules, as written.
    pub(crate) fn user_rules(&self) -> &[RawRule] {
        &self.user_rules
    }

    /// The rules that are on.
    pub(crate) fn rules(&self) -> RuleSet {
        RuleSet::new(&self.user_rules, &self.off)
    }

    /// Whether findings in this file are not wanted.
    pub(crate) fn excludes(&self, path: &RepoPath) -> bool {
        let path = path.as_bstr().to_path_lossy();
        self.exclude.iter().any(|globs| globs.is_match(&path))
    }

    /// Whether what this rule finds in this file is not wanted.
    pub(crate) fn is_off_in(&self, rule: &str, path: &RepoPath) -> bool {
        let path = path.as_bstr().to_path_lossy();
        self.off_in.iter().any(|(off, glob)| off == rule && glob.is_match(&path))
    }

    /// What it lets pass that another did not, in words.
    pub(crate) fn looser_than(&self, before: &Self) -> Vec<String> {
        let off = self.off.iter().filter(|id| !before.off.contains(id));
        let is_new = |&(id, glob): &(&String, &str)| {
            !before.off_in.iter().any(|(off, old)| off == id && old.glob().glob() == glob)
        };
        let off_in = self.off_in.iter().map(|(id, glob)| (id, glob.glob().glob())).filter(is_new);
        let excluded = self.excluded.iter().filter(|glob| !before.excluded.contains(glob));
        let words = self.stop_words.iter().filter(|word| !before.stop_words.contains(word));
        let is_here =
            |rule: &&RawRule| self.user_rules.iter().any(|r| *r.id.get_ref() == *rule.id.get_ref());
        let gone = before.user_rules.iter().filter(|rule| !is_here(rule));
        off.map(|id| format!("rule `{id}` is off"))
            .chain(
                off_in.map(|(id, glob)| format!("rule `{id}` is off in `{}`", OneLine::new(glob))),
            )
            .chain(gone.map(|rule| format!("rule `{}` is gone", rule.id.get_ref())))
            .chain(
                (self.existing == Existing::Count && before.existing == Existing::Block)
                    .then(|| "what HEAD already holds passes".into()),
            )
            .chain(words.map(|word| format!("`{}` is a stop word", OneLine::new(word))))
            .chain(excluded.map(|glob| format!("`{}` is not read", OneLine::new(glob))))
            .chain((self.allow_markers && !before.allow_markers).then(|| "markers count".into()))
            .chain(
                (self.confidence > before.confidence)
                    .then(|| format!("findings below {} confidence are left out", self.confidence)),
            )
            .collect()
    }

    /// Whether it was read from this file, among others.
    pub(crate) fn is_read_from(&self, path: &RepoPath) -> bool {
        path.as_bytes() == NAME.as_bytes() || self.extends.contains(path)
    }

    /// Words, lower case, that make a value no secret.
    pub(crate) fn stop_words(&self) -> &[String] {
        &self.stop_words
    }
}

/// What a terminal shows as it is.
fn printable(why: &str) -> String {
    let shown = |c: char| match c {
        c if c != '\n' && is_unsafe_to_print(c) => c.escape_unicode().collect(),
        c => String::from(c),
    };
    why.chars().map(shown).collect()
}

/// Paths that have nothing in common: a glob that takes all of them takes any.
const UNLIKE: [&str; 3] = ["q", "7/.z.Y", ".x-w/v"];

fn globs(patterns: &[Spanned<String>], problems: &mut Vec<RuleProblem>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    let everything = "`exclude` of everything would switch the guard off";
    for glob in patterns.iter().filter_map(|pattern| glob(pattern, everything, problems)) {
        set.add(glob);
    }
    set.build().unwrap_or_else(|error| {
        problems.push(RuleProblem { offset: 0, why: error.to_string() });
        GlobSet::empty()
    })
}

fn off_in(
    rules: &BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    problems: &mut Vec<RuleProblem>,
) -> Vec<(String, GlobMatcher)> {
    let everything = "in all files: name the rule in `off`";
    let patterns = rules.iter().flat_map(|(id, globs)| globs.iter().map(move |glob| (id, glob)));
    let glob = |(id, pattern): (&Spanned<String>, _)| {
        Some((id.get_ref().clone(), glob(pattern, everything, problems)?.compile_matcher()))
    };
    patterns.filter_map(glob).collect()
}

/// The glob of a pattern; a problem where it is none, or takes every path.
fn glob(
    pattern: &Spanned<String>,
    everything: &str,
    problems: &mut Vec<RuleProblem>,
) -> Option<Glob> {
    let glob = Glob::new(pattern.get_ref()).map_err(|error| error.to_string()).and_then(|glob| {
        if glob.glob().ends_with('/') {
            return Err(format!(
                "`{glob}` is no file; of a folder all that is in it is `{glob}**`"
            ));
        }
        let matcher = glob.compile_matcher();
        let takes_all = UNLIKE.iter().all(|path| matcher.is_match(path));
        if takes_all { Err(everything.to_owned()) } else { Ok(glob) }
    });
    let offset = pattern.span().start;
    glob.map_err(|why| problems.push(RuleProblem { offset, why })).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_reported_at_once_with_its_line() {
        let text = "exclude = [\"a[\", \"**\"]\n[rules]\noff = [\"no-such-rule\"]\n[[rule]]\nid = \"x\"\n\
                    description = \"x\"\nkeywords = [\"xyz\"]\npattern = '('\n";
        let error = Config::parse(text, NAME).unwrap_err().to_string();
        let places: Vec<&str> = error.lines().filter(|line| line.starts_with(NAME)).collect();
        assert_eq!(places.len(), 4, "{error}");
        assert!(error.contains(".stanch.toml:3: no rule `no-such-rule`"), "{error}");
        assert!(error.contains("\n    ^\n"), "what the parser draws stays: {error}");
        let text = "exclude = 1\nbogus = 2\nconfidence = \"most\"\n\n[[rule]]\nid = 3\n";
        let error = Config::parse(text, NAME).unwrap_err().to_string();
        for line in [1, 2, 3, 6] {
            assert!(error.contains(&format!("{NAME}:{line}: ")), "{line}: {error}");
        }
        let text = "confidence = \"most\"\nstop_words = [\"a\"]\nrules.off = [\"own\"]\n\
                    [[rule]]\nid = \"own\"\n[[rule]]\nid = \"x\"\ndescription = \"x\"\n\
                    keywords = [\"xy\"]\npattern = \"xyz\"\n[[rule]]\nid = \"y\"\ndescription = \"y\"\nseverity = \"huge\"\n";
        let error = Config::parse(text, NAME).unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().filter_map(|line| line.split(':').nth(1)).collect();
        assert_eq!(lines, ["1", "2", "4", "7", "14"], "{error}");
    }

    #[test]
    fn a_glob_of_a_folder_alone_would_match_nothing() {
        for text in ["exclude = [\"vendor/\"]", "rules.off_in = { env-file = [\"vendor/\"] }"] {
            let error = Config::parse(text, NAME).unwrap_err().to_string();
            assert!(error.contains("`vendor/**`"), "{error}");
        }
    }

    #[test]
    fn nothing_switches_the_guard_off_in_another_spelling() {
        for glob in ["*", "**", "**/*", "**/**", "?*", "{**,x}", "[!~]*"] {
            let error = Config::parse(&format!("exclude = [{glob:?}]"), NAME).unwrap_err();
            assert!(error.to_string().contains("switch the guard off"), "{glob}: {error}");
        }
        for word in ["", "e", "  "] {
            let error = Config::parse(&format!("stop_words = [{word:?}]"), NAME).unwrap_err();
            assert!(error.to_string().contains("nearly everything"), "{word}: {error}");
        }
        for glob in ["*.*", "*.py", "src/**", ".*", "**/.*"] {
            assert!(Config::parse(&format!("exclude = [{glob:?}]"), NAME).is_ok(), "{glob}");
        }
    }

    #[test]
    fn a_detector_that_would_find_nothing_for_the_user_is_refused() {
        let rule = "[[rule]]\nid = \"x\"\ndescription = \"x\"\nkeywords = [\"kennwort\"]\n";
        for detector in ["assignment", "url", "armor", "path"] {
            let text = format!("{rule}detector = \"{detector}\"\n");
            let error = Config::parse(&text, NAME).unwrap_err().to_string();
            assert!(error.contains("built-in rules only"), "{detector}: {error}");
        }
    }

    #[test]
    fn a_path_leads_nowhere_out_of_the_repository() {
        for path in ["/etc/b.json", "../b.json", "a/../b.json", ".git/b.json", "a\\\\.GIT", ".", ""]
        {
            let error = Config::parse(&format!("baseline = \"{path}\""), NAME).unwrap_err();
            assert!(error.to_string().contains("must be a path inside"), "{path}: {error}");
        }
        assert!(Config::parse("baseline = \"a/.github/..b.json\"", NAME).is_ok());
    }

    #[test]
    fn a_shape_that_is_none_is_refused() {
        let rule = |shape| {
            format!(
                "[[rule]]\nid = \"x\"\ndescription = \"x\"\nkeywords = [\"kennwort\"]\n\
                     detector = \"near\"\nshapes = [\"{shape}\"]\n"
            )
        };
        let error = Config::parse(&rule("{nope:3}"), NAME).unwrap_err().to_string();
        assert!(error.contains(":2: rule `x`: ") && error.contains("{nope:3}"), "{error}");
        assert!(Config::parse(&rule("{hex:32}"), NAME).is_ok());
    }

    #[test]
    fn excluded_paths_are_matched_by_globs() {
        let config = Config::parse("exclude = [\"vendor/**\", \"*.lock\"]", NAME).unwrap();
        assert!(config.excludes(&RepoPath::new("vendor/a/b.py")));
        assert!(config.excludes(&RepoPath::new("a/Cargo.lock")));
        assert!(!config.excludes(&RepoPath::new("src/vendor.rs")));
    }

    #[test]
    fn a_rule_is_off_in_some_files() {
        let own = "[[rule]]\nid = \"own\"\ndescription = \"x\"\nkeywords = [\"kennwort\"]\n\
                   pattern = \"kennwort\"\n";
        let parse = |globs| {
            let text = format!("rules.off_in = {{ own = [{globs}], env-file = [\"a/*\"] }}\n{own}");
            Config::parse(&text, NAME)
        };
        let config = parse("\"tests/**\", \"*.md\"").unwrap();
        let is_off = |rule, path| config.is_off_in(rule, &RepoPath::new(path));
        assert!(is_off("own", "tests/a/b.py") && is_off("own", "a/b.md"));
        assert!(is_off("env-file", "a/.env"));
        assert!(!is_off("env-file", "tests/.env") && !is_off("own", "a/.env"));
        let looser = config.looser_than(&parse("\"*.md\"").unwrap());
        assert_eq!(looser, ["rule `own` is off in `tests/**`"]);
        let text = "[rules.off_in]\nown = [\"a\"]\nenv-file = [\"**\"]\n";
        let error = Config::parse(text, NAME).unwrap_err().to_string();
        assert!(error.contains(":2: no rule `own`") && error.contains(":3: in all"), "{error}");
    }
}
