//! Finds misspelt characters in a text and proposes the right ones.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, LazyLock},
};

use super::{
    document_number::document_numbers,
    features::{WORD_AS_WRITTEN, describe},
    model::{DamagedModel, Model},
    paragraph::Paragraph,
    proposal::{Proposal, proposals_at},
    repetition::Repetition,
    symbol::Token,
};

/// Symbols looked at together; a longer paragraph is cut.
pub const LONGEST_PARAGRAPH: usize = 2000;
/// Times a paragraph is read again after a certain correction, which may make its neighbours clear.
const READINGS: usize = 3;
/// Least probability to doubt a known word: the model may just not know what it is doing there.
const DOUBT_WORD: f32 = 0.6;
/// Suggestions shown for one place.
const SUGGESTIONS: usize = 3;

/// Something that is probably misspelt.
#[derive(Debug, Clone, PartialEq)]
pub struct Misspelling {
    /// Where, in bytes.
    pub bytes: Range<usize>,
    /// What may be meant instead, best first; never empty.
    pub suggestions: Vec<String>,
    /// Probability that the best suggestion is right, 0 to 1.
    pub confidence: f32,
    /// Whether it is sure enough that somebody should answer it.
    pub certain: bool,
}

/// The speller.
#[derive(Debug, Clone)]
pub struct Speller {
    model: Arc<Model>,
}

/// A proposal with its probability, the places in the text not yet worked out.
struct Judged {
    at: usize,
    span: usize,
    replacement: [u16; 2],
    probability: f32,
    /// Whether the place is part of a known word as it is.
    is_word: bool,
}

impl Speller {
    /// The speller with the model that comes with the product, loaded once.
    pub fn standard() -> &'static Self {
        static STANDARD: LazyLock<Speller> = LazyLock::new(|| {
            Speller::from_bytes(include_bytes!("../../model/spelling.bin")).expect("the built-in model is tested")
        });
        &STANDARD
    }

    /// A speller with another model.
    ///
    /// # Errors
    /// When the bytes are no model file or a damaged one.
    pub fn from_bytes(model: &[u8]) -> Result<Self, DamagedModel> {
        Ok(Self::new(Model::from_bytes(model)?))
    }

    /// A speller with a model in hand.
    pub fn new(model: Model) -> Self {
        Self { model: Arc::new(model) }
    }

    /// Everything in the text that is probably misspelt, in order of place; places do not overlap.
    pub fn check(&self, text: &str) -> Vec<Misspelling> {
        let mut found = Vec::new();
        let mut repetition = Repetition::for_text(text.len());
        for_each_paragraph(&self.model, text, |tokens| repetition.add(tokens));
        for_each_paragraph(&self.model, text, |tokens| self.check_paragraph(text, tokens, &repetition, &mut found));
        found
    }

    fn check_paragraph(&self, text: &str, tokens: &[Token], repetition: &Repetition, found: &mut Vec<Misspelling>) {
        let mut paragraph = Paragraph::new(tokens, &self.model.language);
        let mut settled: BTreeMap<usize, Misspelling> = BTreeMap::new();
        // Places that no correction may touch.
        let mut taken = document_numbers(&paragraph.symbols);
        for reading in 1..=READINGS {
            let judged = self.judge(&paragraph, repetition);
            let picked = pick(&judged, &taken, self.model.possible);
            let is_certain = |best: &Judged| best.probability >= self.model.certain;
            let is_last = reading == READINGS || !picked.iter().any(|best| is_certain(best));
            // What is only possible waits until all that is certain has been put right: it may become clear.
            for best in picked.into_iter().filter(|best| is_last || is_certain(best)) {
                let place = best.at..best.at + best.span;
                taken[place.clone()].fill(true);
                paragraph.symbols[place].copy_from_slice(&best.replacement[..best.span]);
                settled.insert(best.at, self.misspelling(text, tokens, &judged, best));
            }
            if is_last {
                break;
            }
            paragraph.look_up(&self.model.language);
        }
        found.extend(settled.into_values());
    }

    fn judge(&self, paragraph: &Paragraph, repetition: &Repetition) -> Vec<Judged> {
        let proposals = propose(&self.model, paragraph);
        let mut judged = Vec::with_capacity(proposals.len());
        for (index, proposal) in proposals.iter().enumerate() {
            let features = describe(&self.model, paragraph, repetition, &proposals, index);
            let probability = self.model.trees.probability(&features);
            judged.push(Judged {
                at: proposal.at,
                span: proposal.span,
                replacement: proposal.replacement,
                is_word: features[WORD_AS_WRITTEN] >= 2.0,
                probability,
            });
        }
        judged
    }

    fn misspelling(&self, text: &str, tokens: &[Token], judged: &[Judged], best: &Judged) -> Misspelling {
        let spelt = |other: &Judged| -> Option<String> {
            other.replacement[..other.span].iter().map(|symbol| self.model.alphabet.character(*symbol)).collect()
        };
        let mut rivals: Vec<&Judged> =
            judged.iter().filter(|other| other.at == best.at && other.span == best.span).collect();
        rivals.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let bytes = tokens[best.at].bytes().start..tokens[best.at + best.span - 1].bytes().end;
        debug_assert!(text.get(bytes.clone()).is_some(), "places are at characters");
        let suggestions = rivals.into_iter().filter_map(spelt).take(SUGGESTIONS).collect();
        let certain = best.probability >= self.model.certain;
        Misspelling { bytes, suggestions, confidence: best.probability, certain }
    }
}

/// The best proposals of at least this probability that do not overlap each other or what is taken.
fn pick<'j>(judged: &'j [Judged], taken: &[bool], least: f32) -> Vec<&'j Judged> {
    let least = |one: &Judged| if one.is_word { least.max(DOUBT_WORD) } else { least };
    let mut order: Vec<&Judged> = judged.iter().filter(|one| one.probability >= least(one)).collect();
    order.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.at.cmp(&b.at)));
    let mut taken = taken.to_vec();
    order.retain(|candidate| {
        let place = &mut taken[candidate.at..candidate.at + candidate.span];
        let is_free = place.iter().all(|taken| !taken);
        place.fill(true);
        is_free
    });
    order
}

/// All proposals of a paragraph, in order of place.
pub fn propose(model: &Model, paragraph: &Paragraph) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for at in 1..paragraph.symbols.len().saturating_sub(1) {
        proposals_at(model, paragraph, at, &mut proposals);
    }
    proposals
}

/// Cuts a text into paragraphs of symbols. Paragraphs of unusual length are cut.
pub fn for_each_paragraph(model: &Model, text: &str, mut use_tokens: impl FnMut(&[Token])) {
    let mut tokens = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while !rest.is_empty() {
            let cut = rest.char_indices().nth(LONGEST_PARAGRAPH).map_or(rest.len(), |(at, _)| at);
            let (head, tail) = rest.split_at(cut);
            model.alphabet.tokens(head, offset, &mut tokens);
            if tokens.len() > 2 {
                use_tokens(&tokens);
            }
            offset += head.len();
            rest = tail;
        }
    }
}
