//! One paragraph as the language model sees it, and what a replacement in it would change.

use super::{
    language::{Counts, LanguageModel, ORDER},
    symbol::{Symbol, Token},
};

/// Symbols on each side of a replacement that it has a bearing on.
pub const REACH: usize = ORDER - 1;
/// Log probability of a symbol and the four after it from which they are not looked at.
const USUAL: f32 = -11.0;
/// Log probability of a symbol and the five after it below which a whole word may be wrong.
const STRANGE: f32 = -20.0;
/// Symbols of the longest replacement with its surroundings.
const LOCAL: usize = REACH + 2 + REACH;

/// A paragraph and the counts of all its rows.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// The symbols, an edge at each end.
    pub symbols: Vec<Symbol>,
    /// Counts of the rows that begin at each symbol.
    pub counts: Vec<Counts>,
    /// Log probability of each symbol after those before it.
    pub logs: Vec<f32>,
}

/// The surroundings of one place, with or without a replacement.
#[derive(Debug, Clone)]
pub struct Surroundings {
    symbols: [Symbol; LOCAL],
    counts: [Counts; LOCAL],
    /// How many symbols there are.
    length: usize,
    /// Where the place begins among them.
    pub at: usize,
    /// How many symbols the place has.
    pub span: usize,
}

impl Paragraph {
    /// Looks the rows of a paragraph up.
    pub fn new(tokens: &[Token], language: &LanguageModel) -> Self {
        let mut made = Self { symbols: tokens.iter().map(|token| token.symbol).collect(), ..Self::default() };
        made.look_up(language);
        made
    }

    /// Looks all rows up again after symbols were changed.
    pub fn look_up(&mut self, language: &LanguageModel) {
        self.counts = language.counts(&self.symbols);
        self.logs = (0..self.symbols.len()).map(|at| language.log_probability(&self.counts, at)).collect();
    }

    /// Whether the sentence is so usual here that no replacement could make it much more so: then it is not worth a
    /// closer look.
    pub fn is_usual(&self, at: usize) -> bool {
        let end = (at + ORDER).min(self.logs.len());
        self.logs[at..end].iter().sum::<f32>() > USUAL
    }

    /// Whether the sentence is unusual enough here for a whole word to be wrong.
    pub fn is_strange(&self, at: usize) -> bool {
        let end = (at + ORDER + 1).min(self.logs.len());
        self.logs[at..end].iter().sum::<f32>() < STRANGE
    }

    /// The surroundings of a place as they are.
    pub fn surroundings(&self, at: usize, span: usize) -> Surroundings {
        let from = at.saturating_sub(REACH);
        let to = (at + span + REACH).min(self.symbols.len());
        let mut made =
            Surroundings { symbols: [0; LOCAL], counts: [[0.0; ORDER]; LOCAL], length: to - from, at: at - from, span };
        made.symbols[..to - from].copy_from_slice(&self.symbols[from..to]);
        made.counts[..to - from].copy_from_slice(&self.counts[from..to]);
        made
    }
}

impl Surroundings {
    /// The same place with other symbols.
    pub fn replaced(&self, with: &[Symbol], language: &LanguageModel) -> Self {
        let mut made = self.clone();
        made.symbols[self.at..self.at + self.span].copy_from_slice(with);
        let symbols = &made.symbols[..self.length];
        for start in (self.at.saturating_sub(REACH)..self.at + self.span).rev() {
            let following = made.counts.get(start + 1).copied().filter(|_| start + 1 < self.length);
            made.counts[start] = language.counts_at(symbols, start, following.as_ref());
        }
        made
    }

    /// Log probability of the symbols that the place has a bearing on.
    pub fn log_probability(&self, language: &LanguageModel) -> f32 {
        let end = (self.at + self.span + REACH).min(self.length);
        (self.at..end).map(|at| language.log_probability(&self.counts, at)).sum()
    }

    /// Count of the row of `length` symbols that ends with the place's first symbol and begins before it.
    pub fn before(&self, length: usize) -> f32 {
        (self.at + 1).checked_sub(length).map_or(0.0, |start| self.counts[start][length - 1])
    }

    /// Count of the row of `length` symbols that begins with the place's last symbol.
    pub fn after(&self, length: usize) -> f32 {
        self.counts[self.at + self.span - 1][length - 1]
    }

    /// Greatest count among the rows of `length` symbols that contain the whole place.
    pub fn around(&self, length: usize) -> f32 {
        let Some(first) = (self.at + self.span).checked_sub(length) else { return 0.0 };
        (first..=self.at).map(|start| self.counts[start][length - 1]).fold(0.0, f32::max)
    }

    /// The symbol so many places before the place.
    pub fn symbol_before(&self, distance: usize) -> Option<Symbol> {
        self.at.checked_sub(distance).map(|at| self.symbols[at])
    }

    /// The symbol so many places after the place.
    pub fn symbol_after(&self, distance: usize) -> Option<Symbol> {
        let at = self.at + self.span - 1 + distance;
        (at < self.length).then(|| self.symbols[at])
    }

    /// The symbols of the place.
    pub fn place(&self) -> &[Symbol] {
        &self.symbols[self.at..self.at + self.span]
    }

    /// All symbols.
    pub fn symbols(&self) -> &[Symbol] {
        &self.symbols[..self.length]
    }
}
