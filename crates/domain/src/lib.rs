//! Nouns and rules of the platform (内政办字〔2021〕45号).
//!
//! Plain structs and pure functions: no async, no SQL, no HTTP, no clock, no randomness. One file per noun.
//! Read it in this order: who ([`unit`], [`person`], [`duty`]) → what ([`resource`], [`edition`]) →
//! how it is judged ([`review_chain`], [`review`]) → where it appears ([`site`], [`column`], [`placement`],
//! [`release`]) → what remains as proof ([`audit`]).

pub mod actor;
pub mod alarm;
pub mod annual_report;
pub mod appeal;
pub mod attachment;
pub mod audit;
pub mod calendar;
pub mod clearance;
pub mod column;
pub mod deadline;
pub mod delegation;
pub mod disclosure_report;
pub mod disposition;
pub mod division;
pub mod duty;
pub mod edition;
pub mod element;
pub mod fee;
pub mod filing;
pub mod finding_outcome;
pub mod form;
pub mod identifier;
pub mod ids;
pub mod indicator;
pub mod lexicon;
pub mod migration;
pub mod password;
pub mod person;
pub mod placement;
pub mod problem;
pub mod recall;
pub mod release;
pub mod resource;
pub mod review;
pub mod review_chain;
pub mod rule;
pub mod score;
pub mod screening_exception;
pub mod setting;
pub mod site;
pub mod stock;
pub mod time;
pub mod unit;
pub mod unit_history;
