//! The verbs of the platform: `src/<noun>/<verb>.rs` = authorise → load → decide → write → audit event → enqueue.
//!
//! Console, API, command line and jobs all call these functions, so a rule holds whichever door is used.
//! Only this crate combines the engines; it knows neither HTTP nor SQL.

pub mod authorise;
pub mod context;
pub mod error;
pub mod files;
pub mod record;

pub use context::{App, AppParts};
pub use error::{AppError, AppResult};
