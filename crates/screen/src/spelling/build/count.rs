//! Counts rows of symbols.

use crate::spelling::{
    language::ORDER,
    symbol::{Symbol, Token},
    table::{extend, finish},
};

/// Counts of single symbols and of rows of two to five, as sorted lists of hash and count.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Count of each symbol.
    pub singles: Vec<u32>,
    /// Rows of two, three, four, five.
    pub rows: [Vec<(u64, u32)>; ORDER - 1],
}

/// Collects the rows of some paragraphs.
#[derive(Debug, Default)]
pub struct Counter {
    singles: Vec<u32>,
    hashes: [Vec<(u64, u32)>; ORDER - 1],
}

impl Counter {
    /// For an alphabet of so many symbols.
    pub fn new(symbols: usize) -> Self {
        Self { singles: vec![0; symbols], ..Self::default() }
    }

    /// Counts a paragraph so many times.
    pub fn add(&mut self, tokens: &[Token], weight: u32) {
        let symbols: Vec<Symbol> = tokens.iter().map(|token| token.symbol).collect();
        for (start, symbol) in symbols.iter().enumerate() {
            self.singles[usize::from(*symbol)] += weight;
            let mut state = extend(0, *symbol);
            for (length, next) in symbols[start + 1..].iter().take(ORDER - 1).enumerate() {
                state = extend(state, *next);
                self.hashes[length].push((finish(state), weight));
            }
        }
    }

    /// The counts.
    pub fn finish(self) -> Tally {
        let rows = self.hashes.map(merged);
        Tally { singles: self.singles, rows }
    }
}

impl Tally {
    /// The counts of several together.
    pub fn sum<'a>(tallies: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let mut total = Self::default();
        for tally in tallies.clone() {
            total.singles.resize(tally.singles.len(), 0);
            total.singles.iter_mut().zip(&tally.singles).for_each(|(total, count)| *total += count);
        }
        for (length, rows) in total.rows.iter_mut().enumerate() {
            let all: Vec<(u64, u32)> = tallies.clone().flat_map(|tally| &tally.rows[length]).copied().collect();
            *rows = merged(all);
        }
        total
    }

    /// Exact count of a row of two.
    pub fn pair(&self, first: Symbol, second: Symbol) -> u32 {
        let hash = finish(extend(extend(0, first), second));
        self.rows[0].binary_search_by_key(&hash, |(known, _)| *known).map_or(0, |at| self.rows[0][at].1)
    }
}

/// Sorted by hash, each hash once with the sum of its counts.
fn merged(mut rows: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    rows.sort_unstable_by_key(|(hash, _)| *hash);
    rows.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        kept.1 += if same { later.1 } else { 0 };
        same
    });
    rows
}
