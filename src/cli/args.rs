//! Every subcommand and option, with the help that `--help`, the completions
//! and the man pages show.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Stops secrets from flowing into git.
#[derive(Debug, Parser)]
#[command(
    name = "stanch",
    version,
    after_help = "Examples:\n  stanch install                   once in a repository: from then on every commit is checked\n  \
                  stanch scan                      the tracked files\n  \
                  stanch audit                     decide what was found\n\n\
                  Exit codes: 0 clean, 1 findings, 2 could not do it.",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Guard this repository: write the hooks, and the baseline of what HEAD already holds
    #[command(after_help = INSTALL)]
    Install(InstallArgs),
    /// Take the hooks out again and restore what stood there before
    #[command(after_help = UNINSTALL)]
    Uninstall(InstallArgs),
    /// What the installed hooks run
    #[command(
        after_help = "Example:\n  stanch hook pre-commit           checks what is staged, as `git commit` would"
    )]
    Hook(HookArgs),
    /// Look for secrets in files, in what is staged, or in the history
    Scan(ScanArgs),
    /// Decide what findings are: false positive, test value, revoked, accepted
    Audit(AuditArgs),
    /// Make and keep the file of known findings
    #[command(subcommand, after_help = BASELINE)]
    Baseline(BaselineCommand),
    /// Check this repository the way a careful engineer would on the first day
    Doctor(DoctorArgs),
    /// Copy a stream or files with every secret replaced by its rule and fingerprint
    Redact(RedactArgs),
    /// List, show and test rules
    #[command(subcommand, after_help = RULES)]
    Rules(RulesCommand),
    /// Say why a finding counts: its rule, its check, its status
    #[command(after_help = "Example:\n  stanch explain 0123456789ab")]
    Explain {
        /// The id of a finding, as reports print it
        id: String,
    },
    /// Print a completion script
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(
        after_help = "Examples:\n  stanch man | man -l -            read it\n  stanch man --out .               a page of each command"
    )]
    Man {
        /// Write the pages of every command into this folder instead
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
}

const INSTALL: &str = "Examples:
  stanch install                   hooks, merge driver and baseline of this repository
  stanch install --dry-run         what would be written
  stanch install --global          every repository of this user";
const UNINSTALL: &str = "Examples:
  stanch uninstall                 this repository; what stood there before is back
  stanch uninstall --dry-run       what would be changed
  stanch uninstall --global        what `stanch install --global` did";
const BASELINE: &str = "Examples:
  stanch baseline check            what is unused, moved, expired or undecided
  stanch baseline diff main        what a branch decided
  stanch baseline import .secrets.baseline   one of detect-secrets";
const RULES: &str = "Examples:
  stanch rules list                one line a rule
  stanch rules show openai-api-key   what it matches, where such a key is revoked
  stanch rules test                the examples of the rules in .stanch.toml";
const COMPLETIONS: &str = "Examples:
  stanch completions bash > ~/.local/share/bash-completion/completions/stanch
  stanch completions zsh > ~/.zfunc/_stanch    with `fpath+=~/.zfunc` before compinit
  stanch completions fish > ~/.config/fish/completions/stanch.fish";

#[derive(Debug, ClapArgs)]
pub(crate) struct InstallArgs {
    /// For every repository of this user
    #[arg(long)]
    pub global: bool,
    /// Also in the submodules
    #[arg(long)]
    pub recurse_submodules: bool,
    /// Show what would be done and do nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct HookArgs {
    /// Leave it to the repository's own hook where `stanch install` wrote one
    #[arg(long)]
    pub unless_installed: bool,
    /// The name of the git hook, such as `pre-commit`
    pub name: String,
    /// What git gives the hook
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<OsString>,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  stanch scan                      the tracked files of this repository\n  \
                  stanch scan src notes.txt        these files and folders\n  \
                  stanch scan --staged             what would be committed now\n  \
                  stanch scan --range main..HEAD   what a branch adds\n  \
                  stanch scan --history            every version ever committed\n  \
                  agent 2>&1 | stanch scan --stdin"
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct ScanArgs {
    /// Files and folders; without any, the tracked files of this repository
    #[arg(group = "what")]
    pub paths: Vec<PathBuf>,
    /// What would be committed now: the index
    #[arg(long, group = "what")]
    pub staged: bool,
    /// What the commits of A..B add
    #[arg(long, value_name = "A..B", group = "what")]
    pub range: Option<String>,
    /// Every version of every file, on all refs
    #[arg(long, group = "what")]
    pub history: bool,
    /// With --history: only commits since this date, as git takes it: 2026-01-31, `2 weeks ago`
    #[arg(long, value_name = "DATE", requires = "history",
        conflicts_with_all = ["paths", "staged", "range", "stdin"])]
    pub since: Option<String>,
    /// Standard input
    #[arg(long, group = "what")]
    pub stdin: bool,
    /// How findings are written; without it, human, and github under GitHub Actions
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Judge without the baseline
    #[arg(long)]
    pub no_baseline: bool,
    /// Judge without inline markers
    #[arg(long)]
    pub no_allow: bool,
    /// Which findings make the exit code 1
    #[arg(long, value_enum, value_delimiter = ',', default_value = "new,expired")]
    pub fail_on: Vec<FailOn>,
    /// Print fingerprints of weak values too; a word list can find such a value by its hash
    #[arg(long)]
    pub reveal_fingerprints: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Words, to standard error
    Human,
    /// One JSON object a line, to standard output
    Jsonl,
    /// SARIF 2.1.0, to standard output
    Sarif,
    /// GitHub Actions annotations, to standard output
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Findings that nothing covers
    New,
    /// Findings whose entry has ended
    Expired,
    /// Entries nobody has decided yet
    Unaudited,
    /// Entries whose value is gone
    Unused,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  stanch audit                     walk through what is open\n  \
                  stanch audit --list              what is open, as a list\n  \
                  stanch audit --accept 0123456789ab --verdict test-value --reason \"documentation example\""
)]
pub(crate) struct AuditArgs {
    /// Only list what is open
    #[arg(long, group = "mode")]
    pub list: bool,
    /// Record a verdict on this finding
    #[arg(long, value_name = "ID", group = "mode", requires_all = ["verdict", "reason"])]
    pub accept: Option<String>,
    /// What it is; `real` says what to do and records nothing
    #[arg(long, value_name = "VERDICT", requires = "accept",
        value_parser = ["false-positive", "test-value", "revoked", "accepted", "real"])]
    pub verdict: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "accept")]
    pub reason: Option<String>,
    /// Who answers for it; needed for `accepted`
    #[arg(long, requires = "accept")]
    pub owner: Option<String>,
    /// The last day on which it holds, YYYY-MM-DD; needed for `accepted`
    #[arg(long, value_name = "DATE", requires = "accept")]
    pub until: Option<String>,
    /// Record the verdicts of a file: one JSON object a line with id, verdict, reason
    #[arg(long, value_name = "FILE", group = "mode")]
    pub from: Option<PathBuf>,
    /// Count what is open, decided and expiring
    #[arg(long, group = "mode")]
    pub stats: bool,
    /// A report in Markdown
    #[arg(long, group = "mode")]
    pub report: bool,
    /// How --list is written, and --stats in human or jsonl; without it, human
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Make one of what HEAD holds
    #[command(after_help = "Example:\n  stanch baseline create && git add .secrets.baseline")]
    Create,
    /// Add what HEAD holds and is not known, as unaudited; follow moves
    #[command(after_help = "Example:\n  stanch baseline update && git add .secrets.baseline")]
    Update,
    /// Drop entries whose value is gone
    #[command(after_help = "Example:\n  stanch baseline prune && git add .secrets.baseline")]
    Prune,
    /// Report unused, moved, expired, unaudited and scripted entries
    #[command(
        after_help = "Example:\n  stanch baseline check            exit code 1 when one is unused, moved or expired"
    )]
    Check,
    /// Resolve a merge conflict in the baseline
    #[command(after_help = "Example:\n  stanch baseline resolve && git add .secrets.baseline")]
    Resolve,
    /// Carry over the decisions of a detect-secrets baseline or a gitleaks report
    #[command(
        after_help = "Examples:\n  stanch baseline import .secrets.baseline   one of detect-secrets\n  \
                            stanch baseline import .gitleaksignore\n  \
                            stanch baseline import report.json         of `gitleaks git -r report.json`"
    )]
    Import {
        /// The file to read; without any, what stands where the baseline is to be
        file: Option<PathBuf>,
    },
    /// Merge three versions; git calls it as a merge driver
    #[command(
        after_help = "Example:\n  stanch baseline merge BASE OURS THEIRS     the result is in OURS"
    )]
    Merge {
        /// The common ancestor
        base: PathBuf,
        /// Our version; the result goes there
        ours: PathBuf,
        /// Their version
        theirs: PathBuf,
    },
    /// Show what was decided since a revision
    #[command(after_help = "Example:\n  stanch baseline diff main        what a branch decided")]
    Diff {
        /// A revision, such as `main`
        rev: String,
    },
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  stanch doctor                    every check, with the way out; writes nothing\n  \
                  stanch doctor --fix              ignore lines, templates, modes, hooks, a CI job\n  \
                  stanch doctor --hooks            each hook by itself, and a canary"
)]
pub(crate) struct DoctorArgs {
    /// Do what is safe, after showing it
    #[arg(long, conflicts_with = "hooks")]
    pub fix: bool,
    /// Only the hooks, each by itself
    #[arg(long)]
    pub hooks: bool,
    /// How the checks are written
    #[arg(long, value_enum, default_value_t = DoctorFormat::Human)]
    pub format: DoctorFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DoctorFormat {
    /// Words, to standard output
    Human,
    /// One JSON object, to standard output
    Json,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  agent 2>&1 | stanch redact       standard input to standard output\n  \
                  stanch redact run.log            writes run.log.redacted\n  \
                  stanch redact --in-place --stats run.log"
)]
pub(crate) struct RedactArgs {
    /// Files; each is written beside itself as FILE.redacted. Without any: standard input to output
    pub files: Vec<PathBuf>,
    /// Replace the files themselves
    #[arg(long, requires = "files")]
    pub in_place: bool,
    /// Say at the end what was replaced
    #[arg(long)]
    pub stats: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List every rule
    #[command(after_help = "Example:\n  stanch rules list | grep -i slack")]
    List,
    /// List the words that wake rules, one a line
    #[command(hide = true)]
    Keywords,
    /// Show one rule
    #[command(after_help = "Example:\n  stanch rules show openai-api-key")]
    Show {
        /// Its id
        id: String,
    },
    /// Run the examples of the rules of a file, or of `.stanch.toml`
    #[command(
        after_help = "Examples:\n  stanch rules test                the rules of .stanch.toml\n  \
                            stanch rules test rules.toml"
    )]
    Test {
        /// A file of rules
        file: Option<PathBuf>,
    },
}
