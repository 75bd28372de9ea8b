//! The house rules, one file per rule.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod banned_words;
mod dependency_direction;
mod documents;
mod file_length;
mod migrations;
mod sql_only_in_store;
