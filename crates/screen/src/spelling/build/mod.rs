//! Builds the model file from official documents. Pure: texts, pairs, strokes and readings in, bytes out; the same
//! input gives the same bytes.

pub mod boost;
pub mod count;
pub mod harvest;
pub mod inject;
pub mod shape;
pub mod sound;
mod vocabulary;

use self::{
    boost::Example,
    count::{Counter, Tally},
    harvest::{Specimen, harvest},
    inject::{Sequence, inject},
};
use super::{
    language::LanguageModel,
    model::Model,
    speller::for_each_paragraph,
    symbol::{Alphabet, Token, is_chinese},
    table::CountTable,
    trees::Trees,
};

/// Documents are divided into so many parts; what the model makes of one part is learnt with counts of the others.
const PARTS: usize = 5;
/// Least count of rows of two, three, four and five symbols.
const LEAST: [u32; 4] = [1, 1, 2, 3];

/// Symbols of a document from which the trees learn what is sound, and into which errors are put.
const SOUND: usize = 12_000;
const SPOILT: usize = 1_500;

/// A sentence with an error and the sentence that was meant, of the same length.
#[derive(Debug, Clone)]
pub struct Pair {
    /// As written.
    pub wrong: String,
    /// As meant.
    pub right: String,
    /// How much it counts, against 1 for official documents.
    pub weight: f32,
}

/// An official document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its text.
    pub text: String,
    /// How many times it counts: what is written today may count more than old laws.
    pub weight: u32,
}

/// What a model is built from.
#[derive(Debug, Clone, Default)]
pub struct BuildInput {
    /// Official documents: laws, work reports, notices. Only these are counted.
    pub documents: Vec<Document>,
    /// Names of institutions, laws and divisions, one each; counted as often as [`NAME_WEIGHT`](vocabulary::NAME_WEIGHT).
    pub names: Vec<String>,
    /// Known words and their frequency.
    pub words: Vec<(String, u32)>,
    /// Sentences with errors; they only tune the trees.
    pub pairs: Vec<Pair>,
    /// The strokes of each character in writing order, one letter a stroke.
    pub strokes: Vec<(char, String)>,
    /// The readings of each character, such as `guo2`.
    pub readings: Vec<(char, Vec<String>)>,
    /// Probability from which a proposal is shown at all.
    pub possible: f32,
    /// Probability from which it counts as certain.
    pub certain: f32,
}

/// Builds the bytes of a model file.
///
/// # Errors
/// Says in Chinese what is missing from the input.
pub fn build(input: &BuildInput) -> Result<Vec<u8>, String> {
    build_model(input).map(|model| model.to_bytes())
}

/// Builds a model.
///
/// # Errors
/// As [`build`].
pub fn build_model(input: &BuildInput) -> Result<Model, String> {
    let (mut model, examples) = gather(input)?;
    model.trees = boost::grow(&examples);
    Ok(model)
}

/// A model without trees, and the examples to grow them on.
///
/// # Errors
/// As [`build`].
pub fn gather(input: &BuildInput) -> Result<(Model, Vec<Example>), String> {
    if input.documents.len() < PARTS {
        return Err(format!("公文文本只有{}篇，无法建立模型。", input.documents.len()));
    }
    if input.readings.is_empty() {
        return Err("缺少汉字读音，无法建立模型。".to_owned());
    }
    let alphabet = Alphabet::new(
        input.readings.iter().map(|(character, _)| *character).filter(|character| is_chinese(*character)).collect(),
    );
    let mut model = Model {
        language: LanguageModel::new(vec![0; alphabet.symbols()], vec![CountTable::new(&[]); 4]),
        confusions: vocabulary::no_confusions(),
        words: CountTable::new(&[]),
        trees: Trees::default(),
        possible: input.possible,
        certain: input.certain,
        alphabet,
    };
    let documents: Vec<Vec<Specimen>> =
        input.documents.iter().map(|document| specimens(&model, &document.text, &document.text)).collect();
    let weights: Vec<u32> = input.documents.iter().map(|document| document.weight).collect();
    let parts: Vec<Tally> = (0..PARTS).map(|part| tally(&model, &documents, &weights, part)).collect();
    let names = vocabulary::name_tally(&model, &input.names);
    let all = Tally::sum(parts.iter().chain([&names]));
    model.confusions = vocabulary::confusions(input, &model.alphabet, &all);
    model.words = vocabulary::words(input, &model.alphabet);
    let mut examples = Vec::new();
    for part in 0..PARTS {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != part).map(|(_, tally)| tally);
        model.language = language(&Tally::sum(others.chain([&names])));
        for (number, document) in documents.iter().enumerate().filter(|(number, _)| number % PARTS == part) {
            learn_from_document(&model, document, number, &mut examples);
        }
    }
    model.language = language(&all);
    for pair in &input.pairs {
        let specimen = specimens(&model, &pair.wrong, &pair.right);
        harvest(&model, &specimen, pair.weight, &mut examples);
    }
    Ok((model, examples))
}

fn learn_from_document(model: &Model, document: &[Specimen], number: usize, examples: &mut Vec<Example>) {
    harvest(model, beginning(document, SOUND), 1.0, examples);
    let mut sequence = Sequence::new(number as u64);
    let mut spoilt = beginning(document, SPOILT).to_vec();
    spoilt.iter_mut().for_each(|specimen| inject(model, &mut specimen.written, &mut sequence));
    harvest(model, &spoilt, 0.2, examples);
}

/// The first paragraphs of a document, of about so many symbols: long laws teach no more than short ones.
fn beginning(document: &[Specimen], symbols: usize) -> &[Specimen] {
    let mut seen = 0;
    let count = document.iter().take_while(|specimen| {
        let is_wanted = seen < symbols;
        seen += specimen.written.len();
        is_wanted
    });
    &document[..count.count()]
}

/// The paragraphs of a text as written and as meant. Where the two differ in length only what was written is kept.
fn specimens(model: &Model, written: &str, meant: &str) -> Vec<Specimen> {
    let mut made: Vec<Specimen> = Vec::new();
    for_each_paragraph(model, written, |tokens| made.push(as_written(tokens)));
    let mut at = 0;
    for_each_paragraph(model, meant, |tokens| {
        if let Some(specimen) = made.get_mut(at).filter(|specimen| specimen.written.len() == tokens.len()) {
            specimen.meant = tokens.iter().map(|token| token.symbol).collect();
        }
        at += 1;
    });
    made
}

fn as_written(tokens: &[Token]) -> Specimen {
    Specimen { written: tokens.to_vec(), meant: tokens.iter().map(|token| token.symbol).collect() }
}

fn tally(model: &Model, documents: &[Vec<Specimen>], weights: &[u32], part: usize) -> Tally {
    let mut counter = Counter::new(model.alphabet.symbols());
    for (document, weight) in documents.iter().zip(weights).skip(part).step_by(PARTS) {
        document.iter().for_each(|specimen| counter.add(&specimen.written, *weight));
    }
    counter.finish()
}

fn language(tally: &Tally) -> LanguageModel {
    let tables = tally
        .rows
        .iter()
        .zip(LEAST)
        .map(|(rows, least)| {
            let kept: Vec<(u64, u32)> = rows.iter().filter(|(_, count)| *count >= least).copied().collect();
            CountTable::new(&kept)
        })
        .collect();
    LanguageModel::new(tally.singles.clone(), tables)
}
