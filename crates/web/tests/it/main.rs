//! Tests of the web face, through the whole router: sessions, forms, refusals, pages. One file per noun.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail the test that calls them")]

mod alarm;
mod around_screening;
mod authorisation;
mod frame;
mod instance_source;
mod lexicon;
mod login;
mod migration;
mod person;
mod portal;
mod region;
mod route_source;
mod rule;
mod site;
mod support;
mod things;
mod unit;
mod words;
