//! The house rules, one file per rule.

mod banned_words;
mod dependency_direction;
mod documents;
mod file_length;
mod migrations;
mod sql_only_in_store;
