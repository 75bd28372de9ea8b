//! How often the engine is right, on texts whose faults are known.

use jiff::Timestamp;
use screen::{
    Engine, Finding,
    evaluation::{Evaluation, Evaluator, is_spelling, screen_body, screen_sentence},
};

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The figures.
    pub evaluation: Evaluation,
    /// Lines that could not be used: number and reason.
    pub rejected: Vec<(usize, String)>,
}

/// Takes JSON Lines: `{"src", "tgt", "edits"}` or `{"body"}` (see [`screen::evaluation`]). Corrections of the lexicons
/// count like those of the spelling check, for both put other characters in place.
///
/// # Errors
/// When the lines cannot be read.
pub fn measure<E>(
    engine: &Engine,
    lines: impl Iterator<Item = Result<Vec<u8>, E>>,
    now: Timestamp,
) -> Result<Measure, E> {
    let sentence = |text: &str| screen_sentence(engine, text, now);
    let body = |text: &str| screen_body(engine, text, now);
    let counts = |finding: &Finding| is_spelling(finding) || is_correction(finding);
    let mut evaluator = Evaluator::new(&sentence, &body, &counts);
    let mut rejected = Vec::new();
    for (number, line) in (1..).zip(lines) {
        if let Err(reason) = evaluator.add_line(&String::from_utf8_lossy(&line?)) {
            rejected.push((number, reason));
        }
    }
    Ok(Measure { evaluation: evaluator.evaluation().clone(), rejected })
}

/// A word of a lexicon with the word to put in its place.
fn is_correction(finding: &Finding) -> bool {
    let replaces = finding.suggestion.as_ref().is_some_and(|text| !text.ends_with('。'));
    finding.rule_id.starts_with("lexicon.") && finding.category == screen::Category::Spelling && replaces
}
