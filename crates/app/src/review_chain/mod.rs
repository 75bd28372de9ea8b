//! Review chains (审核链): which steps apply to what, and who configures them.

mod configure;
mod list;
mod of_site;
mod resolve;
mod retire;

pub use configure::{NewChain, configure};
pub use list::list;
pub(crate) use of_site::resolve_for_site;
pub use resolve::{ResolvedChain, resolve, resolve_in};
pub use retire::retire;
