//! `stanch doctor`.

use crate::cli::{DoctorArgs, Exit};
use crate::doctor::{self, Check, Health};
use crate::git::Repo;
use crate::report::Printer;

/// Looks, and says what it sees.
pub(super) fn run(args: &DoctorArgs, printer: &mut Printer) -> anyhow::Result<Exit> {
    anyhow::ensure!(args.hooks, "for now: `stanch doctor --hooks`");
    let checks = doctor::hooks(&Repo::from_env()?)?;
    for check in &checks {
        say(check, printer);
    }
    let wrong = checks.iter().filter(|check| check.health == Health::Wrong).count();
    printer.say(&match wrong {
        0 => format!("stanch: {} checks of the hooks, all good", checks.len()),
        wrong => format!("stanch: {wrong} of {} checks of the hooks failed", checks.len()),
    });
    Ok(if wrong == 0 { Exit::Clean } else { Exit::Findings })
}

fn say(check: &Check, printer: &mut Printer) {
    let word = match check.health {
        Health::Good => "good",
        Health::Note => "note",
        Health::Wrong => "WRONG",
    };
    printer.say(&format!("{word:5} {}: {}", check.what, check.seen));
    if let Some(fix) = &check.fix {
        printer.say(&format!("      to fix it: {fix}"));
    }
}
