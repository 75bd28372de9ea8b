//! How usual a row of symbols is in official prose: rough counts of rows of up to five symbols, smoothed.

use super::{
    format::{Reader, Writer},
    symbol::{Alphabet, Symbol},
    table::{CountTable, extend, finish},
};

/// Longest row that is counted.
pub const ORDER: usize = 5;

/// Counts of the rows that begin at one symbol, by length (index 0: one symbol).
pub type Counts = [f32; ORDER];

/// Counts of rows of one to five symbols.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageModel {
    singles: Vec<u32>,
    total: f32,
    /// Rows of two to five symbols.
    tables: Vec<CountTable>,
}

impl LanguageModel {
    /// Takes the count of every symbol and the tables of rows of two to five.
    pub fn new(singles: Vec<u32>, tables: Vec<CountTable>) -> Self {
        let total = singles.iter().map(|count| f64::from(*count)).sum::<f64>().max(1.0) as f32;
        Self { singles, total, tables }
    }

    /// How often a symbol was seen.
    pub fn single(&self, symbol: Symbol) -> f32 {
        self.singles.get(usize::from(symbol)).map_or(0.0, |count| *count as f32)
    }

    /// Rough count of a pair.
    #[inline]
    pub fn pair(&self, first: Symbol, second: Symbol) -> f32 {
        self.tables[0].count(finish(extend(extend(0, first), second)))
    }

    /// Counts of the rows that begin at `start`. A row is only looked up when both rows it consists of were seen.
    pub fn counts_at(&self, symbols: &[Symbol], start: usize, following: Option<&Counts>) -> Counts {
        let mut counts = [0.0; ORDER];
        counts[0] = self.single(symbols[start]);
        let mut state = extend(0, symbols[start]);
        for length in 2..=ORDER.min(symbols.len() - start) {
            let tail = following.map_or(0.0, |following| following[length - 2]);
            if tail == 0.0 || (counts[length - 2] == 0.0) {
                break;
            }
            state = extend(state, symbols[start + length - 1]);
            counts[length - 1] = self.tables[length - 2].count(finish(state));
            if counts[length - 1] == 0.0 {
                break;
            }
        }
        counts
    }

    /// Counts of all rows of a paragraph.
    pub fn counts(&self, symbols: &[Symbol]) -> Vec<Counts> {
        let mut all = vec![[0.0; ORDER]; symbols.len()];
        for start in (0..symbols.len()).rev() {
            let (head, tail) = all.split_at_mut(start + 1);
            head[start] = self.counts_at(symbols, start, tail.first());
        }
        all
    }

    /// Natural logarithm of the probability of the symbol at `at`, after the up to four symbols before it.
    #[inline]
    pub fn log_probability(&self, counts: &[Counts], at: usize) -> f32 {
        let mut probability = (counts[at][0] + 0.3) / (self.total + 3000.0);
        for length in 2..=ORDER {
            let Some(start) = (at + 1).checked_sub(length) else { break };
            let before = counts[start][length - 2];
            if before == 0.0 {
                break;
            }
            let weight = 1.0 + 2.0 * before.sqrt();
            probability = (counts[start][length - 1].min(before) + weight * probability) / (before + weight);
        }
        probability.ln()
    }

    /// Writes it into a model file.
    pub fn write(&self, out: &mut Writer) {
        out.number(self.singles.len());
        self.singles.iter().for_each(|count| out.number(*count as usize));
        self.tables.iter().for_each(|table| table.write(out));
    }

    /// Reads it from a model file.
    pub fn read(input: &mut Reader<'_>, alphabet: &Alphabet) -> Result<Self, String> {
        let count = input.number()?;
        if count != alphabet.symbols() {
            return Err(format!("counts of {count} symbols for an alphabet of {}", alphabet.symbols()));
        }
        let singles = (0..count).map(|_| input.number().map(|count| count as u32)).collect::<Result<_, _>>()?;
        let tables = (2..=ORDER).map(|_| CountTable::read(input)).collect::<Result<_, _>>()?;
        Ok(Self::new(singles, tables))
    }
}
