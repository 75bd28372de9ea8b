//! Corrections worth a thought: replacements that make a paragraph more usual.

use std::sync::LazyLock;

use super::{
    confusion::{Confusable, Sound},
    model::Model,
    paragraph::{Paragraph, Surroundings},
    symbol::{FIRST_CHARACTER, Symbol},
};

/// Proposals kept for each place.
pub const KEPT: usize = 3;
/// Replacements of one character looked at closely.
const LOOKED_AT: usize = 6;
/// A proposal must make its surroundings more likely by this factor (natural logarithm), likeness considered.
const LEAST_GAIN: f32 = 2.5;

/// A replacement of one or two characters.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Position of the first symbol in the paragraph.
    pub at: usize,
    /// How many symbols.
    pub span: usize,
    /// What to put there; the first `span` count.
    pub replacement: [Symbol; 2],
    /// Logarithm of how much more likely the surroundings become.
    pub gain: f32,
    /// Gain, less what unlikeness costs: the order of proposals.
    pub rank: f32,
    /// How alike the sounds are (the less alike of two).
    pub sound: Sound,
    /// How alike the shapes are (the less alike of two).
    pub shape: u8,
    /// How it would look.
    pub after: Surroundings,
}

impl Proposal {
    /// The symbols to put there.
    pub fn symbols(&self) -> &[Symbol] {
        &self.replacement[..self.span]
    }
}

/// What unlikeness costs.
fn cost(sound: Sound, shape: u8) -> f32 {
    let by_sound = match sound {
        Sound::Same => 0.0,
        Sound::SameSyllable => 0.7,
        Sound::Near => 2.0,
        Sound::Different => 6.0,
    };
    let by_shape = match shape {
        0 => 6.0,
        known => 3.0 - f32::from(known) * 0.2,
    };
    f32::min(by_sound, by_shape)
}

/// What unlikeness costs, as a factor, by sound and shape.
static DISCOUNTS: LazyLock<[[f32; 16]; 4]> = LazyLock::new(|| {
    [Sound::Different, Sound::Near, Sound::SameSyllable, Sound::Same]
        .map(|sound| std::array::from_fn(|shape| (-cost(sound, shape as u8)).exp()))
});

/// Proposals for one place, best first; `before` receives the surroundings as they are.
pub fn proposals_at(model: &Model, paragraph: &Paragraph, at: usize, out: &mut Vec<Proposal>) {
    if paragraph.symbols[at] < FIRST_CHARACTER || paragraph.is_usual(at) {
        return;
    }
    let first = out.len();
    single(model, paragraph, at, out);
    keep_best(first, out);
    let second = out.len();
    if paragraph.symbols.get(at + 1).is_some_and(|next| *next >= FIRST_CHARACTER) && paragraph.is_strange(at) {
        double(model, paragraph, at, out);
        keep_best(second, out);
    }
}

fn keep_best(from: usize, out: &mut Vec<Proposal>) {
    out[from..].sort_by(|a, b| b.rank.total_cmp(&a.rank));
    out.truncate(from + KEPT);
}

fn single(model: &Model, paragraph: &Paragraph, at: usize, out: &mut Vec<Proposal>) {
    let language = &model.language;
    let original = paragraph.symbols[at];
    let (before, after) = (paragraph.symbols[at - 1], paragraph.symbols[at + 1]);
    let neighbours = (before >= FIRST_CHARACTER, after >= FIRST_CHARACTER);
    if neighbours == (false, false) {
        return;
    }
    // A quick look at the pairs leaves a few to look at closely.
    let mut likely: [(f32, Option<&Confusable>); LOOKED_AT] = [(0.0, None); LOOKED_AT];
    for known in model.confusions.of(original) {
        let left = if neighbours.0 { language.pair(before, known.symbol) } else { 0.0 };
        let right = if neighbours.1 { language.pair(known.symbol, after) } else { 0.0 };
        if left + right == 0.0 {
            continue;
        }
        let rough = (0.02 + left) * (0.02 + right) / (100.0 + language.single(known.symbol))
            * DISCOUNTS[known.sound as usize][usize::from(known.shape & 15)];
        let mut next = (rough, Some(known));
        for kept in &mut likely {
            if next.0 > kept.0 {
                std::mem::swap(kept, &mut next);
            }
        }
    }
    let here = paragraph.surroundings(at, 1);
    let mut log = None;
    for known in likely.iter().filter_map(|(_, known)| *known) {
        let replaced = here.replaced(&[known.symbol], language);
        let now = *log.get_or_insert_with(|| here.log_probability(language));
        let gain = replaced.log_probability(language) - now;
        let rank = gain - cost(known.sound, known.shape);
        if rank >= LEAST_GAIN {
            let replacement = [known.symbol, 0];
            let (sound, shape) = (known.sound, known.shape);
            out.push(Proposal { at, span: 1, replacement, gain, rank, sound, shape, after: replaced });
        }
    }
}

fn double(model: &Model, paragraph: &Paragraph, at: usize, out: &mut Vec<Proposal>) {
    let language = &model.language;
    let original = [paragraph.symbols[at], paragraph.symbols[at + 1]];
    let mut here = None;
    model.confusions.words_like(original[0], original[1], |word| {
        let joins = language.pair(paragraph.symbols[at - 1], word[0]) > 0.0
            || language.pair(word[1], paragraph.symbols[at + 2]) > 0.0;
        if !joins {
            return;
        }
        let (here, now) = here.get_or_insert_with(|| {
            let here = paragraph.surroundings(at, 2);
            let now = here.log_probability(language);
            (here, now)
        });
        let replaced = here.replaced(&word, language);
        let gain = replaced.log_probability(language) - *now;
        if gain < LEAST_GAIN {
            return;
        }
        let likeness = [0, 1].map(|i| model.confusions.likeness(original[i], word[i]));
        let sound = likeness[0].0.min(likeness[1].0);
        let shape = likeness[0].1.min(likeness[1].1);
        let rank = gain - cost(sound, shape);
        if rank >= LEAST_GAIN {
            out.push(Proposal { at, span: 2, replacement: word, gain, rank, sound, shape, after: replaced });
        }
    });
}
