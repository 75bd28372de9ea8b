//! The web face of the platform: axum, templates, sessions, forms. No SQL and no rules live here.
//!
//! Read in this order: [`state`] (what every handler holds) → [`visit`] (what is known about a request before its
//! handler runs) → [`console::page::Page`] (what handlers answer with) → [`form`] and [`paging`] (what people send) →
//! [`error`] (what they see when something is refused). `README.md` beside this file says how to add a page.

pub mod api;
pub mod assets;
pub mod console;
pub mod csrf;
pub mod error;
pub mod error_page;
pub mod export;
pub mod flash;
pub mod form;
mod form_deserializer;
pub mod form_view;
pub mod mac;
pub mod paging;
pub mod portal;
pub mod rate_limit;
mod refuse_nul;
pub mod router;
pub mod security_headers;
pub mod state;
pub mod template;
mod template_functions;
pub mod top_bars;
pub mod visit;

pub use console::page::Page;
pub use error::{WebError, WebResult};
pub use form::Submitted;
pub use paging::ListQuery;
pub use router::router;
pub use state::{WebConfig, WebState};
