#![doc = include_str!("../README.md")]

// The frame.
mod changes;
mod columns;
mod connection;
mod error;
mod facts;
mod migrate;
mod options;
mod read;
pub mod schema;
mod scope;
mod unit_scope;
mod write;

#[cfg(test)]
mod frame_tests;

// One module per noun; each holds its private entity, its mapping and its functions.
pub mod alarm;
pub mod api_token;
pub mod appeal;
pub mod appointment;
pub mod attachment;
pub mod audit;
pub mod clearance;
pub mod column;
pub mod comment;
pub mod counter;
pub mod deadline;
pub mod delegation;
pub mod desk;
pub mod division;
pub mod edition;
pub mod edition_signature;
pub mod file_reading;
pub mod finding_outcome;
pub mod holiday_arrangement;
pub mod import_batch;
pub mod index_number;
pub mod interpretation_link;
pub mod job;
pub mod lexicon;
pub mod library;
pub mod library_change;
pub mod live_page;
pub mod migration;
pub mod old_address;
pub mod pending_change;
pub mod person;
pub mod placement;
pub mod presence;
pub mod published;
pub mod recall;
pub mod release;
pub mod resource;
pub mod review;
pub mod review_chain;
pub mod rule_amendment;
pub mod schedule;
pub mod screening;
pub mod screening_exception;
pub mod session;
pub mod setting;
pub mod site;
pub mod stock;
pub mod unit;

pub use changes::{Change, Changes};
pub use connection::{Engine, Store};
pub use error::StoreError;
pub use facts::EngineFacts;
pub use migrate::{AppliedMigration, migrations_fingerprint};
pub use options::{Durability, StoreOptions};
pub use read::Read;
pub use scope::Scope;
pub use unit_scope::UnitScope;
pub use write::Tx;

/// Result of every function of this crate.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
