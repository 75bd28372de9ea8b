//! What is known about a proposal, as a row of numbers for the trees.

use super::{
    model::Model,
    paragraph::{Paragraph, Surroundings},
    proposal::Proposal,
    repetition::Repetition,
    symbol::{FIRST_CHARACTER, Symbol},
    table::{extend, finish},
};

/// How many numbers describe a proposal.
pub const FEATURES: usize = 41;

/// Which of them is the length of the longest known word that contains the place as written.
pub const WORD_AS_WRITTEN: usize = 13;

/// A described proposal.
pub type Features = [f32; FEATURES];

/// Longest word that is looked up.
const LONGEST_WORD: usize = 5;

/// Describes one of the proposals of a paragraph. All proposals of the paragraph must be given, in order of place:
/// rivals count.
pub fn describe(
    model: &Model,
    paragraph: &Paragraph,
    repetition: &Repetition,
    proposals: &[Proposal],
    index: usize,
) -> Features {
    let proposal = &proposals[index];
    let (at, span) = (proposal.at, proposal.span);
    let here = paragraph.surroundings(at, span);
    let there = &proposal.after;
    let length = here.symbols().len() as f32;
    let mut row = Row { values: [0.0; FEATURES], next: 0 };
    row.push(proposal.gain);
    row.push(here.log_probability(&model.language) / length);
    row.push(there.log_probability(&model.language) / length);
    row.push(paragraph.logs[at]);
    for side in [&here, there] {
        for value in evidence(side) {
            row.push(value);
        }
        let (word, count) = longest_word(model, side);
        row.push(word);
        row.push(count);
        let place = side.place();
        row.push((1.0 + place.iter().map(|symbol| model.language.single(*symbol)).fold(f32::MAX, f32::min)).ln());
    }
    row.push(f32::from(proposal.sound as u8));
    row.push(f32::from(proposal.shape));
    row.push(span as f32);
    let (same, near) = rivals(proposals, index);
    row.push(proposal.rank - same);
    row.push(proposal.rank - near);
    row.push(mean_log(paragraph, at.saturating_sub(4), at));
    row.push(mean_log(paragraph, at + span + 1, at + span + 5));
    let (twice, thrice) = repeated(repetition, &here);
    row.push(twice - 1.0);
    row.push(thrice - 1.0);
    let (twice, thrice) = repeated(repetition, there);
    row.push(twice);
    row.push(thrice);
    row.push(run(&here, Surroundings::symbol_before));
    row.push(run(&here, Surroundings::symbol_after));
    row.values
}

struct Row {
    values: Features,
    next: usize,
}

impl Row {
    fn push(&mut self, value: f32) {
        self.values[self.next] = value;
        self.next += 1;
    }
}

/// How well the rows through the place are known; -1 where a neighbour is no character.
fn evidence(side: &Surroundings) -> [f32; 9] {
    let is_character = |symbol: Option<Symbol>| symbol.is_some_and(|symbol| symbol >= FIRST_CHARACTER);
    let known = |present: bool, count: f32| if present { (1.0 + count).ln() } else { -1.0 };
    let (left, right) = (is_character(side.symbol_before(1)), is_character(side.symbol_after(1)));
    let (left2, right2) = (is_character(side.symbol_before(2)), is_character(side.symbol_after(2)));
    [
        known(left, side.before(2)),
        known(right, side.after(2)),
        known(left && left2, side.before(3)),
        known(right && right2, side.after(3)),
        known(true, side.around(2)),
        known(true, side.around(3)),
        known(true, side.around(4)),
        known(true, side.around(5)),
        known(left && left2, side.before(4)).max(known(right && right2, side.after(4))),
    ]
}

/// Length and count of the longest known word that contains the place.
fn longest_word(model: &Model, side: &Surroundings) -> (f32, f32) {
    let symbols = side.symbols();
    let end = side.at + side.span;
    let mut best = (0.0, 0.0);
    for start in end.saturating_sub(LONGEST_WORD)..=side.at {
        let mut state = 0;
        for stop in start + 1..=(start + LONGEST_WORD).min(symbols.len()) {
            let symbol = symbols[stop - 1];
            if symbol < FIRST_CHARACTER {
                break;
            }
            state = extend(state, symbol);
            if stop < end || stop < start + 2 {
                continue;
            }
            let count = model.words.count(finish(state));
            if count > 0.0 {
                let found = ((stop - start) as f32, (1.0 + count).ln());
                best = if found > best { found } else { best };
            }
        }
    }
    best
}

/// Best rank of the other proposals at the same place, and of those at places within two symbols.
fn rivals(proposals: &[Proposal], index: usize) -> (f32, f32) {
    let own = &proposals[index];
    let (mut same, mut near) = (0.0_f32, 0.0_f32);
    let mut consider = |other: &Proposal| -> bool {
        if other.at == own.at && other.span == own.span {
            same = same.max(other.rank);
        } else {
            near = near.max(other.rank);
        }
        true
    };
    for other in proposals[..index].iter().rev() {
        if other.at + 3 < own.at || !consider(other) {
            break;
        }
    }
    for other in &proposals[index + 1..] {
        if other.at > own.at + own.span + 1 || !consider(other) {
            break;
        }
    }
    (same, near)
}

fn mean_log(paragraph: &Paragraph, from: usize, to: usize) -> f32 {
    let to = to.min(paragraph.logs.len());
    let logs = paragraph.logs.get(from.max(1)..to).unwrap_or_default();
    if logs.is_empty() { 0.0 } else { logs.iter().sum::<f32>() / logs.len() as f32 }
}

/// How often the document has the pairs and the triple at the place.
fn repeated(repetition: &Repetition, side: &Surroundings) -> (f32, f32) {
    let place = side.place();
    let (first, last) = (place[0], place[place.len() - 1]);
    let (before, after) = (side.symbol_before(1).unwrap_or(0), side.symbol_after(1).unwrap_or(0));
    let is_character = |symbol: Symbol| symbol >= FIRST_CHARACTER;
    if place.len() == 2 {
        let pair = repetition.of(&[first, last]);
        let triple = repetition.of(&[before, first, last]).max(repetition.of(&[first, last, after]));
        return (pair.min(8.0), triple.min(8.0));
    }
    let left = if is_character(before) { repetition.of(&[before, first]) } else { 0.0 };
    let right = if is_character(after) { repetition.of(&[last, after]) } else { 0.0 };
    (left.max(right).min(8.0), repetition.of(&[before, first, after]).min(8.0))
}

/// How many characters follow one another without a mark, up to four.
fn run(side: &Surroundings, symbol: impl Fn(&Surroundings, usize) -> Option<Symbol>) -> f32 {
    (1..=4).take_while(|distance| symbol(side, *distance).is_some_and(|symbol| symbol >= FIRST_CHARACTER)).count()
        as f32
}
