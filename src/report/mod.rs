//! What people and programs see: the only room that writes to the terminal.
//! Data goes to standard output, words to standard error.

mod explain;
mod github;
mod human;
mod jsonl;
mod printer;
mod progress;
mod rules;
#[cfg(test)]
mod rules_doc;
mod sarif;
mod words;

pub(crate) use explain::explain;
pub(crate) use human::why_it_matters;
pub(crate) use printer::{Printer, raw_output};
pub(crate) use progress::Progress;
pub(crate) use rules::{list as list_rules, show as show_rule};
pub(crate) use words::{count, some_of};

use crate::cli::Format;
use crate::model::{Finding, Fingerprint, Outcome, Status};

/// How an outcome is rendered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// The form.
    pub(crate) format: Format,
    /// Where the findings stand in the way.
    pub(crate) scene: Scene,
    /// Whether what HEAD already holds blocks too.
    pub(crate) existing_blocks: bool,
    /// Print fingerprints of weak values too.
    pub(crate) reveal_fingerprints: bool,
    /// Whether the reader works below the root of the repository.
    pub(crate) is_below_root: bool,
}

impl Options {
    /// In this form, for a person who asked; nothing else holds.
    pub(crate) fn of(format: Format) -> Self {
        Self {
            format,
            scene: Scene::Scan,
            existing_blocks: false,
            reveal_fingerprints: false,
            is_below_root: false,
        }
    }

    /// Whether a finding of this status stands in the way.
    pub(crate) fn blocks(self, status: &Status) -> bool {
        status.blocks() || (self.existing_blocks && *status == Status::Existing)
    }

    fn fingerprint(self, finding: &Finding) -> Option<Fingerprint> {
        let value = finding.value()?;
        if self.reveal_fingerprints {
            Some(value.fingerprint_even_if_weak())
        } else {
            value.fingerprint()
        }
    }
}

/// What a person was doing when findings appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    /// Asking about what no repository holds, so that nothing can be decided of it.
    Outside,
    /// Asking.
    Scan,
    /// Running this git command, such as `commit` or `push`.
    Git(&'static str),
    /// Taking in a push: who pushes reads this elsewhere, and cannot skip the check.
    Receive,
}

impl Scene {
    fn blocked(self) -> String {
        match self {
            Self::Outside | Self::Scan => String::new(),
            Self::Git(verb) => format!("; {verb} blocked"),
            Self::Receive => "; push blocked".to_owned(),
        }
    }

    fn verb(self) -> Option<&'static str> {
        match self {
            Self::Outside | Self::Scan | Self::Receive => None,
            Self::Git(verb) => Some(verb),
        }
    }
}

/// Writes an outcome. Under GitHub Actions people read the log too, so the
/// annotations come with the words.
pub(crate) fn outcome(outcome: &Outcome, options: Options, printer: &mut Printer) {
    match options.format {
        Format::Human => human::write(outcome, options, printer),
        Format::Jsonl => jsonl::write(outcome, options, printer),
        Format::Sarif => sarif::write(outcome, options, printer),
        Format::Github => {
            github::write(outcome, options, printer);
            human::write(outcome, options, printer);
        }
    }
}

/// The summary of a GitHub Actions job, in Markdown.
pub(crate) fn job_summary(outcome: &Outcome, options: Options) -> String {
    github::summary(outcome, options)
}

/// Says that stanch itself failed, and where in its own source.
pub(crate) fn broken(place: Option<&std::panic::Location<'_>>) {
    let place =
        place.map_or(String::new(), |place| format!(" at {}:{}", place.file(), place.line()));
    Printer::new()
        .say(&format!("stanch: internal error{place}; nothing was passed, please report it"));
}
