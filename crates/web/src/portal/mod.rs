//! The portal (门户): what citizens read.
//!
//! Everything served here was rendered and released before; a request is looked up in a table (path → bytes) that
//! is held in memory and swapped as a whole when a release goes live. No request reaches the database, and no path
//! reaches the disk: what is not in the table is not there.

mod address;
mod answer;
mod body_cache;
mod encoding;
mod hit_counter;
mod old_address;
mod plain_page;
mod routes;
mod serve;
mod state;

pub(crate) use address::host_name;
pub use serve::{portal_first, portal_router};
pub use state::PortalState;
