//! Which rows of characters a document uses more than once: a term that it repeats is hardly a slip.

use super::{
    symbol::{Symbol, Token},
    table::hash,
};

/// How often pairs and triples of symbols occur in one document, roughly (never too few).
#[derive(Debug)]
pub struct Repetition {
    counts: Vec<u8>,
}

impl Repetition {
    /// For a document of so many bytes. Takes at most four million bytes of memory.
    pub fn for_text(bytes: usize) -> Self {
        let places = (bytes * 2).next_power_of_two().clamp(1 << 10, 1 << 22);
        Self { counts: vec![0; places] }
    }

    /// Counts the pairs and triples of a paragraph.
    pub fn add(&mut self, tokens: &[Token]) {
        for row in tokens.windows(2) {
            self.count(&[row[0].symbol, row[1].symbol]);
        }
        for row in tokens.windows(3) {
            self.count(&[row[0].symbol, row[1].symbol, row[2].symbol]);
        }
    }

    fn count(&mut self, row: &[Symbol]) {
        let at = self.place(row);
        self.counts[at] = self.counts[at].saturating_add(1);
    }

    /// How often the row occurs.
    pub fn of(&self, row: &[Symbol]) -> f32 {
        f32::from(self.counts[self.place(row)])
    }

    fn place(&self, row: &[Symbol]) -> usize {
        (hash(row) >> 20) as usize & (self.counts.len() - 1)
    }
}
