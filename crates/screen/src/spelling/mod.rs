//! Spelling of official prose: characters that were taken for others that sound or look like them.
//!
//! A [`Model`] of statistics says how usual a row of characters is. Where replacing one or two characters by confusable
//! ones makes a sentence much more usual, that is a [proposal](proposal::Proposal); decision trees weigh each proposal
//! by some forty [features](features) and the [`Speller`] reports those that are probably right.
//!
//! The model file is made by [`build`](build::build()) from official documents; see the README of this crate.

pub mod build;
pub mod confusion;
mod document_number;
pub mod features;
mod format;
pub mod language;
pub mod model;
pub mod paragraph;
pub mod proposal;
pub mod repetition;
pub mod speller;
pub mod symbol;
pub mod table;
pub mod trees;

pub use model::{DamagedModel, Model};
pub use speller::{Misspelling, Speller};
