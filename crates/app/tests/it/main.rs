//! Stories about the verbs, told on both engines.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod alarm;
mod appointment;
mod delegation;
mod import;
mod person;
mod profile;
mod review_flow;
mod session;
mod setting;
mod unit;
