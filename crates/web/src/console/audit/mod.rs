//! The audit trail in the console: for the audit administrator only.

mod filter;
mod list;
mod show;
mod words;

use axum::{Router, routing::get};

use crate::WebState;

pub use words::{action_words, channel_words};

/// Routes.
pub fn router() -> Router<WebState> {
    Router::new().route("/audit", get(list::list)).route("/audit/{number}", get(show::show))
}
