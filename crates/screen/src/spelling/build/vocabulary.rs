//! Names, words, sounds and shapes on their way into the model.

use super::{
    BuildInput,
    count::{Counter, Tally},
    shape::{Usual, lookalikes},
    sound::Syllables,
};
use crate::spelling::{
    confusion::{Confusions, Traits},
    model::Model,
    speller::for_each_paragraph,
    symbol::{Alphabet, FIRST_CHARACTER, Symbol},
    table::{CountTable, hash},
};

/// How often a name counts.
pub const NAME_WEIGHT: u32 = 3;
/// Least count of a character that may be suggested.
const LEAST_CHARACTER: u32 = 4;
/// Least count of a word of two characters that may be suggested.
const LEAST_WORD: u32 = 5;
/// Readings kept for a character.
const READINGS: usize = 4;

/// Lookalikes kept of a character that official prose never uses: it is only ever the wrong one.
const LOOKALIKES_OF_RARE: usize = 8;

/// No confusions at all, while counting.
pub fn no_confusions() -> Confusions {
    Confusions::new(Vec::new(), Vec::new(), Vec::new())
}

/// Counts the names.
pub fn name_tally(model: &Model, names: &[String]) -> Tally {
    let mut counter = Counter::new(model.alphabet.symbols());
    for name in names {
        for_each_paragraph(model, name, |tokens| counter.add(tokens, NAME_WEIGHT));
    }
    counter.finish()
}

/// What sounds and looks alike.
pub fn confusions(input: &BuildInput, alphabet: &Alphabet, tally: &Tally) -> Confusions {
    let syllables = Syllables::of(input.readings.iter().flat_map(|(_, readings)| readings.iter().map(String::as_str)));
    let mut traits = vec![Traits::default(); alphabet.characters().len()];
    let place = |character: char| alphabet.symbol(character).map(|symbol| usize::from(symbol - FIRST_CHARACTER));
    for (character, readings) in &input.readings {
        if let Some(at) = place(*character) {
            let mut numbers: Vec<u16> = Vec::new();
            for number in readings.iter().filter_map(|reading| syllables.number(reading)) {
                if !numbers.contains(&number) && numbers.len() < READINGS {
                    numbers.push(number);
                }
            }
            traits[at].readings = numbers;
        }
    }
    for (at, traits) in traits.iter_mut().enumerate() {
        let count = tally.singles.get(at + usize::from(FIRST_CHARACTER)).copied().unwrap_or(0);
        traits.usual = count >= LEAST_CHARACTER;
    }
    let mut usual: Vec<Usual<'_>> = Vec::new();
    let mut all: Vec<(usize, &[u8])> = Vec::new();
    for (character, strokes) in &input.strokes {
        if let Some(at) = place(*character) {
            all.push((at, strokes.as_bytes()));
            if traits[at].usual {
                let count = tally.singles[at + usize::from(FIRST_CHARACTER)];
                usual.push((at as Symbol + FIRST_CHARACTER, strokes.as_bytes(), count));
            }
        }
    }
    usual.sort_unstable();
    for (at, strokes) in all {
        let own = at as Symbol + FIRST_CHARACTER;
        let mut found = lookalikes(strokes, &usual);
        found.retain(|(other, _)| *other != own);
        if tally.singles[usize::from(own)] == 0 {
            found.truncate(LOOKALIKES_OF_RARE);
        }
        traits[at].lookalikes = found;
    }
    Confusions::new(traits, syllables.classes(), pairs(input, alphabet, tally))
}

/// Words of two characters that may be suggested: known words, and pairs far more frequent than chance.
fn pairs(input: &BuildInput, alphabet: &Alphabet, tally: &Tally) -> Vec<[Symbol; 2]> {
    let mut words: Vec<[Symbol; 2]> = input
        .words
        .iter()
        .filter_map(|(word, _)| {
            let mut characters = word.chars();
            let pair = [characters.next()?, characters.next()?];
            if characters.next().is_some() {
                return None;
            }
            let pair = [alphabet.symbol(pair[0])?, alphabet.symbol(pair[1])?];
            (tally.pair(pair[0], pair[1]) >= LEAST_WORD).then_some(pair)
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The table of words of two to five characters.
pub fn words(input: &BuildInput, alphabet: &Alphabet) -> CountTable {
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for (word, count) in &input.words {
        let symbols: Option<Vec<Symbol>> = word.chars().map(|character| alphabet.symbol(character)).collect();
        if let Some(symbols) = symbols.filter(|symbols| (2..=5).contains(&symbols.len())) {
            entries.push((hash(&symbols), (*count).max(1)));
        }
    }
    CountTable::new(&entries)
}
