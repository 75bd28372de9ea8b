//! Puts errors of the usual kinds into sound paragraphs, so that the trees see what errors look like in them.

use crate::spelling::{
    confusion::{Confusable, Sound},
    model::Model,
    symbol::Token,
};

/// One character in so many is replaced.
const SPACING: u64 = 45;

/// A fixed sequence of numbers that look random: the same model must come out of the same texts.
#[derive(Debug, Clone)]
pub struct Sequence(u64);

impl Sequence {
    /// Begins the sequence of this number.
    pub fn new(number: u64) -> Self {
        Self(number)
    }
    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ mixed >> 31) % limit.max(1)
    }
}

/// Replaces some characters of a paragraph by confusable ones.
pub fn inject(model: &Model, tokens: &mut [Token], sequence: &mut Sequence) {
    let mut at = sequence.below(SPACING) as usize;
    while at + 1 < tokens.len() {
        if tokens[at].is_character() {
            if sequence.below(5) == 0 && tokens[at + 1].is_character() {
                replace_word(model, tokens, at, sequence);
            } else if let Some(wrong) = pick(model, model.confusions.of(tokens[at].symbol), sequence) {
                tokens[at].symbol = wrong;
            }
        }
        at += 1 + sequence.below(2 * SPACING) as usize;
    }
}

fn replace_word(model: &Model, tokens: &mut [Token], at: usize, sequence: &mut Sequence) {
    let mut words = Vec::new();
    model.confusions.words_like(tokens[at].symbol, tokens[at + 1].symbol, |word| words.push(word));
    if let Some(word) = words.get(sequence.below(words.len() as u64) as usize) {
        tokens[at].symbol = word[0];
        tokens[at + 1].symbol = word[1];
    }
}

fn pick(model: &Model, confusables: &[Confusable], sequence: &mut Sequence) -> Option<u16> {
    let weight = |known: &Confusable| -> u64 {
        let kind = match known.sound {
            Sound::Same => 40.0,
            Sound::SameSyllable => 16.0,
            Sound::Near => 3.0,
            Sound::Different => 0.0,
        } + if known.shape >= 11 { f32::from(known.shape - 8) * 5.0 } else { 0.0 };
        (kind * (1.0 + model.language.single(known.symbol)).powf(0.25)) as u64
    };
    let total: u64 = confusables.iter().map(weight).sum();
    let mut left = sequence.below(total);
    confusables
        .iter()
        .find(|known| {
            let weight = weight(known);
            let is_here = left < weight;
            left = left.saturating_sub(weight);
            is_here
        })
        .map(|known| known.symbol)
}
