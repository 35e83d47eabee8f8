//! What git knows of a finding's way: how far it went, who brought it, when.
//! The screen never waits for it.

use std::collections::{HashMap, HashSet};

use super::Reach;
use crate::git::{Asked, Blame, Oid, Repo};
use crate::model::Finding;

/// How far a finding went, and who brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct History {
    /// How far it went.
    pub(crate) reach: Reach,
    /// The day, who brought it, and the commit.
    pub(crate) added: Option<String>,
}

/// How far a finding went, and who brought it. Waits for git.
pub(crate) fn history(repo: &Repo, finding: &Finding) -> History {
    let is_pushed = |commit| repo.remotes_hold(commit).ok();
    if let Some(commit) = &finding.commit {
        let commit = Oid::from_hex(commit.as_bytes());
        return History { reach: reach_of(commit.and_then(is_pushed)), added: None };
    }
    let blame = repo.blame_of(&finding.path, line_of(finding)).ok();
    tell(repo, finding, blame.as_ref(), &is_pushed)
}

/// By whether a remote holds the commit.
fn reach_of(is_pushed: Option<bool>) -> Reach {
    match is_pushed {
        Some(true) => Reach::Pushed,
        Some(false) => Reach::Committed,
        None => Reach::Unknown,
    }
}

fn line_of(finding: &Finding) -> usize {
    finding.place().map_or(1, |place| place.line)
}

fn tell(
    repo: &Repo,
    finding: &Finding,
    blame: Option<&Blame>,
    is_pushed: &dyn Fn(Oid) -> Option<bool>,
) -> History {
    let Some(blame) = blame else {
        let reach = match repo.in_tree("HEAD", &finding.path) {
            Ok(None) => Reach::Uncommitted,
            Ok(Some(_)) | Err(_) => Reach::Unknown,
        };
        return History { reach, added: None };
    };
    let Some(commit) = blame.commit else {
        return History { reach: Reach::Uncommitted, added: None };
    };
    let day = crate::baseline::Day::of_unix(blame.time);
    let added = Some(format!("{day} by {} in {:.12}", blame.author, commit.to_string()));
    History { reach: reach_of(is_pushed(commit)), added }
}

/// Asks git for histories one after the other, while the screen goes on.
pub(crate) struct Inquiry<'a> {
    repo: &'a Repo,
    unpushed: Unpushed,
    running: Option<(usize, Asked<Blame>)>,
    known: HashMap<usize, History>,
}

enum Unpushed {
    Asked(Asked<HashSet<Oid>>),
    Known(HashSet<Oid>),
    Unknown,
}

impl<'a> Inquiry<'a> {
    /// Knows nothing yet.
    pub(crate) fn new(repo: &'a Repo) -> Self {
        let unpushed = repo.ask_unpushed().map_or(Unpushed::Unknown, Unpushed::Asked);
        Self { repo, unpushed, running: None, known: HashMap::new() }
    }

    /// The history of a finding, if git has told it.
    pub(crate) fn of(&self, at: usize) -> Option<&History> {
        self.known.get(&at)
    }

    /// Whether git is at work.
    pub(crate) fn is_running(&self) -> bool {
        self.running.is_some() || matches!(self.unpushed, Unpushed::Asked(_))
    }

    /// Takes in what git has said, and asks on: for the first of `wanted` that
    /// is not known. What nobody wants any more is called off.
    pub(crate) fn go_on(&mut self, findings: &[Finding], wanted: &[usize]) {
        if let Unpushed::Asked(asked) = &mut self.unpushed {
            match asked.answer() {
                None => return,
                Some(answer) => self.unpushed = answer.map_or(Unpushed::Unknown, Unpushed::Known),
            }
        }
        if let Some((at, asked)) = &mut self.running {
            let at = *at;
            if let Some(blame) = asked.answer() {
                self.running = None;
                self.tell(findings, at, blame.ok().as_ref());
            } else if !wanted.contains(&at) || self.is_urgent(wanted, at) {
                self.running = None;
            }
        }
        while self.running.is_none() {
            let next = wanted.iter().copied().find(|at| !self.known.contains_key(at));
            let Some(at) = next else { return };
            match self.repo.ask_blame(&findings[at].path, line_of(&findings[at])) {
                Ok(asked) => self.running = Some((at, asked)),
                Err(_) => self.tell(findings, at, None),
            }
        }
    }

    /// Whether a person looks at another finding than the one git works on.
    fn is_urgent(&self, wanted: &[usize], running: usize) -> bool {
        wanted.first().is_some_and(|first| *first != running && !self.known.contains_key(first))
    }

    fn tell(&mut self, findings: &[Finding], at: usize, blame: Option<&Blame>) {
        let is_pushed = |commit| match &self.unpushed {
            Unpushed::Known(unpushed) => Some(!unpushed.contains(&commit)),
            Unpushed::Asked(_) | Unpushed::Unknown => None,
        };
        let history = tell(self.repo, &findings[at], blame, &is_pushed);
        self.known.insert(at, history);
    }
}
