//! What a file is for, by the words of its path: to run, to build with, to test, to teach.

use crate::model::RepoPath;

/// What the code in a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It runs or is deployed: whatever is none of the others.
    Live,
    /// It sets up what is thrown away: for CI, for developers, with data to begin with.
    Workshop,
    /// It is a test or what a test reads.
    Rehearsal,
    /// It documents or shows how.
    Lesson,
}

/// Words of the folders and files of tests.
const TESTS: &[&[u8]] = &[
    b"autotest",
    b"autotests",
    b"behat",
    b"benches",
    b"benchmark",
    b"benchmarks",
    b"conftest",
    b"corpora",
    b"corpus",
    b"cypress",
    b"detox",
    b"e2e",
    b"expected",
    b"fixture",
    b"fixtures",
    b"fstest",
    b"functionaltest",
    b"functionaltests",
    b"integrationtest",
    b"integrationtests",
    b"jest",
    b"jmh",
    b"karma",
    b"loadtest",
    b"loadtests",
    b"mocha",
    b"mock",
    b"mocks",
    b"phpspec",
    b"phpt",
    b"phpunit",
    b"playwright",
    b"pytest",
    b"regress",
    b"rspec",
    b"selenium",
    b"selftest",
    b"selftests",
    b"smoketest",
    b"smoketests",
    b"snapshots",
    b"spec",
    b"specs",
    b"stresstest",
    b"stresstests",
    b"suite",
    b"suites",
    b"systemtest",
    b"systemtests",
    b"test",
    b"testapp",
    b"testbed",
    b"testcase",
    b"testcases",
    b"testdata",
    b"testenv",
    b"testfiles",
    b"testfixtures",
    b"testhelpers",
    b"testing",
    b"testkit",
    b"testlib",
    b"testresources",
    b"tests",
    b"testserver",
    b"testsuite",
    b"testsupport",
    b"testtools",
    b"testutil",
    b"testutils",
    b"testvectors",
    b"unittest",
    b"unittests",
    b"vitest",
];

/// Words of the folders and files of guides.
const GUIDES: &[&[u8]] = &[
    b"cookbook",
    b"demo",
    b"demos",
    b"doc",
    b"docs",
    b"documentation",
    b"example",
    b"examples",
    b"guide",
    b"guides",
    b"manual",
    b"manuals",
    b"quickstart",
    b"quickstarts",
    b"readme",
    b"sample",
    b"samples",
    b"tutorial",
    b"tutorials",
];
/// Words of the folders and files of CI, of containers to develop in, of first data.
const WORKSHOPS: &[&[u8]] = &[
    b"appveyor",
    b"buildkite",
    b"ci",
    b"circleci",
    b"cirrus",
    b"devcontainer",
    b"evergreen",
    b"gitpod",
    b"seed",
    b"seeds",
    b"travis",
];
/// Words of the names of compose files that developers start.
const LOCAL: &[&[u8]] = &[b"dev", b"devel", b"develop", b"development", b"integration", b"local"];
/// What the names of texts end with.
const TEXTS: &[&[u8]] = &[b".adoc", b".man", b".md", b".mdx", b".ronn", b".rst"];
/// The sections of manual pages, which their names end with.
const SECTIONS: &[&[u8]] = &[b".1", b".3", b".5", b".7", b".8"];

/// Whether a path is the configuration of a CI service.
pub fn is_ci_file(path: &RepoPath) -> bool {
    let whole = path.as_bytes().to_ascii_lowercase();
    let is_yaml = whole.ends_with(b".yml") || whole.ends_with(b".yaml");
    let inside = |folder: &[u8]| {
        whole.starts_with(folder)
            || memchr::memmem::find(&whole, &[b"/", folder].concat()).is_some()
    };
    let name = path.base_name().to_ascii_lowercase();
    let starts = |head: &[u8]| name.starts_with(head);
    is_yaml
        && (inside(b".github/workflows/")
            || inside(b".github/actions/")
            || inside(b".circleci/")
            || inside(b".gitlab/ci/")
            || inside(b".buildkite/")
            || starts(b".gitlab-ci")
            || starts(b"azure-pipelines")
            || starts(b"bitbucket-pipelines")
            || starts(b".travis."))
        || starts(b"jenkinsfile")
}

/// Whether a word of the path says that the file teaches.
pub(super) fn teaches(path: &RepoPath) -> bool {
    let mut words = path.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    words.any(|word| GUIDES.binary_search(&word.to_ascii_lowercase().as_slice()).is_ok())
}

/// Whether it is a page of a manual, by its section: `tool.1`, but not `app.log.1`.
pub(super) fn is_manual_page(path: &RepoPath) -> bool {
    let name = path.base_name();
    let stem = SECTIONS.iter().find_map(|section| name.strip_suffix(*section));
    stem.is_some_and(|stem| !stem.contains(&b'.'))
}

/// What the parts of one file are for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stages<'t> {
    file: Stage,
    tests: Tests<'t>,
}

/// Where the unit tests stand in a file that keeps them beside what they test.
#[derive(Debug, Clone, Copy)]
enum Tests<'t> {
    /// Nowhere.
    Elsewhere,
    /// From here on.
    Behind(usize),
    /// In the blocks of this text that begin with `test`.
    InBlocks(&'t [u8]),
}

impl<'t> Stages<'t> {
    /// Of the file at `path`; only Rust and Zig keep their unit tests in the same one.
    pub(super) fn of(path: &RepoPath, text: &'t [u8]) -> Self {
        let tests = if path.as_bytes().ends_with(b".zig") {
            Tests::InBlocks(text)
        } else if path.as_bytes().ends_with(b".rs") {
            let is_test =
                |at: &usize| memchr::memmem::rfind(&text[..*at], b"#[cfg(test)]").is_some();
            let module = |name: &[u8]| memchr::memmem::find(text, name).filter(is_test);
            let tests = module(b"\nmod tests {").or_else(|| module(b"\nmod test {"));
            tests.map_or(Tests::Elsewhere, Tests::Behind)
        } else {
            Tests::Elsewhere
        };
        Self { file: Stage::of(path), tests }
    }

    /// What the part around `at` is for.
    pub(super) fn at(self, at: usize) -> Stage {
        let is_test = match self.tests {
            Tests::Elsewhere => false,
            Tests::Behind(start) => start < at,
            Tests::InBlocks(text) => is_in_test_of_zig(&text[..at]),
        };
        if is_test { Stage::Rehearsal } else { self.file }
    }
}

/// How far back the head of a test is looked for.
const LONGEST_TEST: usize = 32 * 1_024;

/// Whether a block is open at the end of `head` that begins with `test` at the head of a line,
/// as blocks end with a brace there.
fn is_in_test_of_zig(head: &[u8]) -> bool {
    let head = &head[head.len().saturating_sub(LONGEST_TEST)..];
    let block = memchr::memmem::rfind(head, b"\n}").map_or(head, |end| &head[end..]);
    [&b"\ntest \""[..], b"\ntest {"].iter().any(|open| memchr::memmem::find(block, open).is_some())
}

impl Stage {
    /// By the words of the path: a guide to tests is a test.
    pub(super) fn of(whole: &RepoPath) -> Self {
        let path = whole.as_bytes();
        let words = || path.split(|byte| !byte.is_ascii_alphanumeric());
        let holds = |list: &[&[u8]], word: &[u8]| {
            list.binary_search(&word.to_ascii_lowercase().as_slice()).is_ok()
        };
        // `UserTests.java`
        let ends =
            |word: &[u8]| [&b"Test"[..], b"Tests", b"Spec"].iter().any(|w| word.ends_with(w));
        let is_text = || TEXTS.iter().any(|end| path.to_ascii_lowercase().ends_with(end));
        // `docker-compose.dev.yml`
        let is_local = || {
            let name = whole.base_name().to_ascii_lowercase();
            let mut words = name.split(|byte| !byte.is_ascii_alphanumeric());
            words.clone().any(|word| word == b"compose") && words.any(|word| holds(LOCAL, word))
        };
        // Gherkin: `signing_in.feature`; Perl: `t/login.t`; vectors of NIST and Botan: `a.rsp`,
        // `a.vec`.
        let is_scenario =
            [&b".feature"[..], b".t", b".rsp", b".vec"].iter().any(|end| path.ends_with(end))
                || path.starts_with(b"t/")
                || memchr::memmem::find(path, b"/t/").is_some();
        if is_scenario || words().any(|word| holds(TESTS, word) || ends(word)) {
            Self::Rehearsal
        } else if teaches(whole) || is_text() || is_manual_page(whole) {
            Self::Lesson
        } else if words().any(|word| holds(WORKSHOPS, word)) || is_ci_file(whole) || is_local() {
            Self::Workshop
        } else {
            Self::Live
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_beside_what_they_test_are_told() {
        let path = RepoPath::new(&b"src/a.zig"[..]);
        let text =
            b"fn a() void {\n    x;\n}\n\ntest \"a\" {\n    y;\n}\n\nfn b() void {\n    z;\n}\n";
        for (mark, stage) in [(b'x', Stage::Live), (b'y', Stage::Rehearsal), (b'z', Stage::Live)] {
            let at = memchr::memchr(mark, text).unwrap();
            assert_eq!(Stages::of(&path, text).at(at), stage, "{mark}");
        }
        let text = b"const a = 1;\n#[cfg(test)]\nmod tests {\n    y;\n}\n";
        let at = memchr::memchr(b'y', text).unwrap();
        assert_eq!(Stages::of(&RepoPath::new(&b"a.rs"[..]), text).at(at), Stage::Rehearsal);
        assert_eq!(Stages::of(&RepoPath::new(&b"a.rs"[..]), text).at(2), Stage::Live);
    }

    #[test]
    fn tests_and_guides_are_told_by_their_paths() {
        for path in ["a/test/b.py", "src/b_test.go", "a/UserTests.java", "x.spec.ts", "e2e/a.ts"] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Rehearsal, "{path}");
        }
        for path in [
            "benchmarks/a.sh",
            "web/cypress/a.js",
            "a/.snapshots/a.json",
            "features/log_in.feature",
            "t/log_in.t",
            "phpunit.xml.dist",
            "t/lib-httpd.sh",
            "mysql/t/user.result",
            "ext/a.phpt",
            "crypto/GCM128.rsp",
            "fstest/testserver/init.sh",
        ] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Rehearsal, "{path}");
        }
        for path in [
            "cookbook/a.py",
            "docs/a.yml",
            "README",
            "examples/a.py",
            "src/NOTES.md",
            "a.sample.conf",
            "debian/tool.1",
        ] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Lesson, "{path}");
        }
        for path in [
            ".github/workflows/build.yml",
            "charts/a/ci/values.yaml",
            ".devcontainer/compose.yml",
            "docker-compose.dev-redis.yml",
            "db/seeds.rb",
        ] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Workshop, "{path}");
        }
        for path in [
            "docker-compose.yml",
            "config/application-dev.yml",
            "dev/compose.yml",
            "src/latest.py",
            "src/features/login.ts",
            "contest/a.rb",
            "attestation.go",
            "doctor.py",
            "app.log.1",
            "cookbooks/a/attributes/default.rb",
        ] {
            assert_eq!(Stage::of(&RepoPath::new(path.as_bytes())), Stage::Live, "{path}");
        }
        assert!([TESTS, GUIDES, WORKSHOPS, LOCAL].iter().all(|words| words.is_sorted()));
    }
}
