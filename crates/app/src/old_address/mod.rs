//! Old addresses (旧地址) that the platform answers for since a migration went live.

mod answer;
mod hits;
mod list;

pub use answer::{Answer, answer, hosts};
pub use hits::count_hits;
pub use list::list;
pub use store::old_address::{OldAddress, OldAnswer};
