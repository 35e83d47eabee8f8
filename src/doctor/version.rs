//! Which stanch looked.

use super::ctx::Ctx;
use super::{Check, Line};

pub(super) const CHECK: Check = Check { id: "version", title: "the stanch in use", run: look };

fn look(_: &Ctx<'_>) -> anyhow::Result<Vec<Line>> {
    Ok(Line::pass(format!("stanch {}", env!("CARGO_PKG_VERSION"))))
}
