//! What to do with a secret that is real. Nothing is stored: it keeps
//! blocking until it is gone.

use crate::model::Rule;

/// What git knows of a secret's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In no commit yet.
    Uncommitted,
    /// In a commit that no remote-tracking ref holds.
    Committed,
    /// In a commit that a remote-tracking ref holds.
    Pushed,
    /// Git could not say.
    Unknown,
}

impl Reach {
    /// A few words for the screen and the report.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Uncommitted => "not committed yet",
            Self::Committed => "committed, on no remote we know of",
            Self::Pushed => "committed and on a remote",
            Self::Unknown => "git cannot say how far it went",
        }
    }
}

/// The steps, in the order in which they stop the damage.
pub(crate) fn steps(rule: &Rule, reach: Reach) -> Vec<String> {
    let place = rule
        .revoke
        .map_or_else(|| "where it was issued".to_owned(), |place| format!("here: {place}"));
    let name = rule.env.first().map_or(String::new(), |name| format!(" ({name})"));
    let mut steps = match reach {
        Reach::Uncommitted => vec![
            format!(
                "Take it out of the file and read it from the environment{name}. \
                     It is in no commit yet, so that is all, unless it was shared another way."
            ),
            format!("If it was ever pasted, logged or shown: rotate it {place}."),
        ],
        Reach::Committed | Reach::Pushed | Reach::Unknown => vec![
            format!("Rotate first: revoke it and make a new one {place}."),
            format!(
                "Stop the source: read it from the environment{name}; \
                     keep the value in an ignored .env or a secret manager."
            ),
        ],
    };
    match reach {
        Reach::Uncommitted => return steps,
        Reach::Committed => steps.push(
            "Not pushed as far as this clone knows: rewrite the commit before you push \
             (`git commit --amend`, or `git rebase -i`)."
                .to_owned(),
        ),
        Reach::Pushed => steps.push(
            "It is on a remote: count it as read. Deleting the line, the branch or the \
             repository is not recovery: forks, caches and clones keep it."
                .to_owned(),
        ),
        Reach::Unknown => {}
    }
    steps.extend([
        "Blast radius: what could it open, from where, with which rights?".to_owned(),
        "Look at usage and billing of the account since the day it was committed.".to_owned(),
        "Redeploy what used it with the new one.".to_owned(),
        "Write down what happened, when, and what was done.".to_owned(),
        "When it is dead: `revoked` in `stanch audit`, so that the history is in nobody's way."
            .to_owned(),
    ]);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn rotating_comes_first_and_names_the_place() {
        let rule = rules::named("github-personal-access-token");
        for reach in [Reach::Committed, Reach::Pushed, Reach::Unknown] {
            let steps = steps(rule, reach);
            assert!(steps[0].starts_with("Rotate first"), "{steps:?}");
            assert!(steps[0].contains("https://github.com/settings/tokens"), "{steps:?}");
        }
        assert!(steps(rule, Reach::Pushed).iter().any(|step| step.contains("not recovery")));
        assert!(steps(rule, Reach::Uncommitted)[0].starts_with("Take it out"));
    }
}
