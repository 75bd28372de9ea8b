//! Test support: databases on both engines, a clock that tests move, and (feature `app`) the whole application.
//!
//! `#[db_test] async fn a_sentence_about_behaviour(db: TestDb)` runs once on SQLite and once on PostgreSQL, each
//! time on a freshly migrated database of its own.

#[cfg(feature = "app")]
mod app;
mod clock;
mod database;
mod identifier;
mod postgres;
mod workspace;

#[cfg(feature = "app")]
pub use app::{TEST_PASSWORD, TestApp, local_fetcher};
pub use clock::{TestClock, TestEntropy};
pub use database::{EmptyDb, TestDb, run_on};
pub use db_test_macro::db_test;
pub use identifier::identifier;
pub use old_site;
pub use store::Engine;
