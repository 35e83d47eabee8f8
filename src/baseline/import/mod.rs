//! Moving in: the decisions that other tools' files hold are carried over to
//! entries, by value where the file allows it. Nothing is invented: what
//! nobody decided stays `unaudited`, and every claim is accounted for.

mod carry;
mod foreign;

pub use carry::{Contents, Imported, import};
pub use foreign::{Claim, Foreign, ImportError, Says, Tool, What};
