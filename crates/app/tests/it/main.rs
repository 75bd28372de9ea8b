//! Stories about the verbs, told on both engines.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod alarm;
mod appointment;
mod calendar;
mod deadline;
mod delegation;
mod import;
mod lexicon;
mod migration;
mod person;
mod profile;
mod region;
mod review_flow;
mod rule;
mod screening;
mod screening_facts;
mod session;
mod setting;
mod stock;
mod unit;
