//! Recalls (撤回): a resource withdrawn everywhere, with a receipt for each place where it showed.

mod candidates;
mod list;
mod preview;
mod proof;
mod withdraw;

pub use candidates::{candidates, may_recall};
pub use list::{RecallLine, RecallPage, RecallView, list, of_resource, receipts};
pub use preview::{RecallPlace, RecallPreview, preview};
pub use proof::{RecallProof, SignedPlace, proof};
pub use withdraw::recall;
