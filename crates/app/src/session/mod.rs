//! Sessions (会话): from a password (and a second factor) to an [`Actor`](domain::actor::Actor) at each request.
//!
//! A login may stop at a [`Pending`] step: then the session exists, but its person can do nothing except that step.
//! Every step that raises what a session may do gives it a new token, so a token planted or seen earlier is worthless.

mod actor;
mod attempt;
mod list;
mod log_in;
mod log_out;
mod resolve;
mod revoke;
mod second_factor;
mod sweep;
mod token;

pub use actor::{actor_for_login, actor_of};
pub use list::{SessionView, list_own, open_sessions};
pub use log_in::{Credential, LoggedIn, log_in};
pub use log_out::log_out;
pub use resolve::{Pending, Resolved, peek, resolve};
pub use revoke::{revoke, revoke_all};
pub use second_factor::pass_second_factor;
pub use sweep::{SweepSessions, sweep};

pub(crate) use attempt::{Attempt, count_failure, reserve, succeed};
pub(crate) use resolve::is_administrator;
pub(crate) use second_factor::{totp, totp_step};
pub(crate) use token::{fresh as fresh_token, hash as token_hash};
