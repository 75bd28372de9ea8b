//! Measures the engine against documents whose errors are known, or that are known to have none.
//!
//! Input is JSON Lines. A line `{"src", "tgt", "edits"}` is a sentence as written and as meant; `edits` lists
//! `[place, wrong, right]` with places counted in characters, or is absent (then the two sentences are compared). A line
//! `{"body"}` is a document in which everything the engine says is counted by severity and rule.
//!
//! The measures are those of the literature on Chinese spelling correction (SIGHAN):
//!
//! - *Sentence level.* A sentence with errors is detected when all its wrong places are found and no other; corrected
//!   when the text with the suggestions put in is the text that was meant. Precision is their share among the sentences
//!   in which anything was found, recall their share among the sentences with errors.
//! - *Character level.* The same counted by places.
//!
//! Everything is measured twice: over all findings, and over those of the severities Block and Warn alone.

mod document;
mod evaluator;
mod score;
mod sentence;
mod table;

pub use document::Documents;
pub use evaluator::{Evaluation, Evaluator, is_spelling, screen_body, screen_sentence};
pub use score::Score;
pub use sentence::{Sentence, Spelling};
