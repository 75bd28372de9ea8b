//! The audit trail (审计): what was done, by whom, and the proof that nobody changed it afterwards.

mod export;
mod search;
mod verify;

pub use export::export;
pub use search::{AuditPage, event, search};
pub use store::audit::AuditFilter;
pub use verify::{Proof, verify};
