//! Stories about the verbs, told on both engines.

mod review_flow;
mod unit;
mod alarm;
mod appointment;
mod delegation;
mod person;
mod profile;
mod session;
mod setting;
