//! Delegation for an absence (委托代办): a colleague exercises one's reviewing duties for a while. Four eyes count both
//! people, so it never makes a chain shorter.

mod create;
mod list;
mod revoke;

pub use create::{NewDelegation, candidates, create};
pub use list::{DelegationView, list};
pub use revoke::revoke;
