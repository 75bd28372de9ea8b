//! Recalls (撤回): a resource withdrawn everywhere, with a receipt for each place where it showed.

mod list;
mod withdraw;

pub use list::{RecallView, of_resource, receipts};
pub use withdraw::recall;
