//! Gathers examples for the trees: what the speller would propose, and whether it is right.

use super::boost::Example;
use crate::spelling::{
    features::describe,
    model::Model,
    paragraph::Paragraph,
    repetition::Repetition,
    speller::propose,
    symbol::{Symbol, Token},
};

/// A paragraph as written and as meant.
#[derive(Debug, Clone)]
pub struct Specimen {
    /// As written.
    pub written: Vec<Token>,
    /// As meant, symbol by symbol.
    pub meant: Vec<Symbol>,
}

/// Adds the proposals of one document.
pub fn harvest(model: &Model, document: &[Specimen], weight: f32, out: &mut Vec<Example>) {
    let length: usize = document.iter().map(|specimen| specimen.written.len() * 3).sum();
    let mut repetition = Repetition::for_text(length);
    document.iter().for_each(|specimen| repetition.add(&specimen.written));
    for specimen in document {
        let paragraph = Paragraph::new(&specimen.written, &model.language);
        let proposals = propose(model, &paragraph);
        for (index, proposal) in proposals.iter().enumerate() {
            let place = proposal.at..proposal.at + proposal.span;
            let right = specimen.meant[place.clone()] == *proposal.symbols()
                && (place.len() == 1 || specimen.meant[place.start] != paragraph.symbols[place.start]);
            let features = describe(model, &paragraph, &repetition, &proposals, index);
            out.push(Example { features, right, weight });
        }
    }
}
