//! The verbs of the platform: `src/<noun>/<verb>.rs` = authorise → load → decide → write → audit event → enqueue.
//!
//! Console, API, command line and jobs all call these functions, so a rule holds whichever door is used.
//! Only this crate combines the engines; it knows neither HTTP nor SQL.

mod office_scope;

pub mod alarm;
pub mod api_token;
pub mod appeal;
pub mod appointment;
pub mod attachment;
pub mod audit;
pub mod authorise;
pub mod calendar;
pub mod clearance;
pub mod column;
pub mod context;
pub mod deadline;
pub mod delegation;
pub mod demo;
pub mod division;
pub mod edition;
pub mod error;
pub mod extraction;
pub mod files;
pub mod import;
pub mod interface;
pub mod job;
pub mod lexicon;
pub mod library;
pub mod migration;
pub mod names;
pub mod old_address;
pub mod person;
pub mod placement;
pub mod precision;
pub mod profile;
pub mod recall;
pub mod record;
pub mod registry;
pub mod release;
pub mod review;
pub mod review_chain;
pub mod rule;
pub mod screening;
pub mod screening_exception;
pub mod session;
pub mod setting;
pub mod site;
pub mod stock;
pub mod top_bar;
pub mod unit;

pub use context::{App, AppParts};
pub use error::{AppError, AppResult};
pub use registry::registry;
pub use render::Renderer;
