//! The model file: everything the speller knows, as statistics.
//!
//! Layout: the mark `ZTSPELL1`, the SHA-256 of what follows (32 bytes), then the parts in the order of [`Model`].

use sha2::{Digest, Sha256};

use super::{
    confusion::Confusions,
    features::FEATURES,
    format::{Reader, Writer},
    language::LanguageModel,
    symbol::{Alphabet, is_chinese},
    table::CountTable,
    trees::Trees,
};

/// First bytes of a model file; the digit is the version of the layout.
const MARK: &[u8; 8] = b"ZTSPELL1";

/// Everything the speller knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The characters.
    pub alphabet: Alphabet,
    /// How usual rows of characters are.
    pub language: LanguageModel,
    /// What is taken for what.
    pub confusions: Confusions,
    /// Words and how frequent they are.
    pub words: CountTable,
    /// Which proposals are right.
    pub trees: Trees,
    /// Probability from which a proposal is shown at all.
    pub possible: f32,
    /// Probability from which it is taken for certain enough to need an answer.
    pub certain: f32,
}

/// A file that is no model, or a damaged one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedModel(pub String);

impl std::fmt::Display for DamagedModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "错别字模型文件无法使用（{}），请用构建命令重新生成。", self.0)
    }
}

impl std::error::Error for DamagedModel {}

impl Model {
    /// The bytes of the model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.number(self.alphabet.characters().len());
        self.alphabet.characters().iter().for_each(|character| out.number(*character as usize));
        self.language.write(&mut out);
        self.confusions.write(&mut out);
        self.words.write(&mut out);
        self.trees.write(&mut out);
        out.fraction(self.possible);
        out.fraction(self.certain);
        let parts = out.finish();
        let mut file = MARK.to_vec();
        file.extend_from_slice(&Sha256::digest(&parts));
        file.extend_from_slice(&parts);
        file
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When the mark is missing, the check sum differs or the parts do not fit together.
    pub fn from_bytes(file: &[u8]) -> Result<Self, DamagedModel> {
        let parts = file.strip_prefix(MARK).ok_or_else(|| DamagedModel("开头不是模型文件的标记".to_owned()))?;
        let damaged = || DamagedModel("校验和不一致，文件已损坏".to_owned());
        let (sum, parts) = parts.split_at_checked(32).ok_or_else(damaged)?;
        if Sha256::digest(parts).as_slice() != sum {
            return Err(damaged());
        }
        Self::read(&mut Reader::new(parts)).map_err(|error| DamagedModel(format!("内容不一致：{error}")))
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, String> {
        let count = input.number()?;
        let mut characters = Vec::new();
        for _ in 0..count {
            let character = char::from_u32(input.number()? as u32).filter(|character| is_chinese(*character));
            characters.push(character.ok_or("the alphabet holds something that is no Chinese character")?);
        }
        if !characters.is_sorted_by(|a, b| a < b) {
            return Err("the alphabet is not in order".to_owned());
        }
        let alphabet = Alphabet::new(characters);
        let made = Self {
            language: LanguageModel::read(input, &alphabet)?,
            confusions: Confusions::read(input, &alphabet)?,
            words: CountTable::read(input)?,
            trees: Trees::read(input, FEATURES)?,
            possible: input.fraction()?,
            certain: input.fraction()?,
            alphabet,
        };
        if input.is_at_end() { Ok(made) } else { Err("something follows the last part".to_owned()) }
    }
}
