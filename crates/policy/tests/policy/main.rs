//! The rules seen from outside: single stories, the whole table, and the scope that must equal them.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod cast;
mod rules;
mod scope;
mod table;
