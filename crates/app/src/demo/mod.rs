//! The demo (示例): an empty instance is filled with the region's units, a cast of people for every duty, three sites
//! of three levels and some sixty documents in every state, so that each screen has something real to show.
//!
//! Nothing is written past the rules: every person is made, every document is created, submitted, passed, returned,
//! recalled by the same verbs that the console calls, under a clock that is moved through the past four months.
//! Read in this order: [`source`] (the files) → [`people`] and [`sites`] (the stage) → [`script`] (who does what
//! when) → [`play`] (doing it) → [`fill()`].

mod clock;
mod documents;
mod fill;
mod people;
mod placeholders;
mod play;
mod presence;
mod script;
mod sites;
mod source;
mod summary;

pub use clock::DemoClock;
pub use fill::fill;
pub use people::PASSWORD;
pub use presence::{Presence, presence};
pub use summary::{Login, LoginDuty, SiteColumn, SiteSummary, Summary, summary};
