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

/// What is left once the secret is dead and its source stopped.
const AFTERWARDS: [&str; 5] = [
    "Blast radius: what could it open, from where, with which rights?",
    "Look at usage and billing of the account since the day it was committed.",
    "Redeploy what used it with the new one.",
    "Write down what happened, when, and what was done.",
    "When it is dead: `revoked` in `stanch audit`, so that the history is in nobody's way.",
];

/// The steps, in the order in which they stop the damage.
pub(crate) fn steps(rule: &Rule, reach: Reach) -> Vec<String> {
    let place = rule
        .revoke
        .map_or_else(|| "where it was issued".to_owned(), |place| format!("here: {place}"));
    let name = rule.env.first().map_or(String::new(), |name| format!(" ({name})"));
    if reach == Reach::Uncommitted {
        return vec![
            format!(
                "Take it out of the file and read it from the environment{name}. \
                 It is in no commit yet, so that is all, unless it was shared another way."
            ),
            format!("If it was ever pasted, logged or shown: rotate it {place}."),
        ];
    }
    let mut steps = vec![
        format!("Rotate first: revoke it and make a new one {place}."),
        format!(
            "Stop the source: read it from the environment{name}; \
             keep the value in an ignored .env or a secret manager."
        ),
    ];
    steps.extend(of_reach(reach).into_iter().chain(AFTERWARDS).map(str::to_owned));
    steps
}

/// What there is to do, or not to hope for, where it has gone so far.
fn of_reach(reach: Reach) -> Option<&'static str> {
    match reach {
        Reach::Committed => Some(
            "Not pushed as far as this clone knows: rewrite the commit before you push \
             (`git commit --amend`, or `git rebase -i`).",
        ),
        Reach::Pushed => Some(
            "It is on a remote: count it as read. Deleting the line, the branch or the \
             repository is not recovery: forks, caches and clones keep it.",
        ),
        Reach::Uncommitted | Reach::Unknown => None,
    }
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
