//! One word of a lexicon.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{finding::Severity, lexicon::fold::Folded};

/// A word to look for, with everything a person needs to judge a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The word, as people write it. Spelling variants (width, case, traditional characters, blanks and invisible
    /// characters inside) are found without being listed.
    pub word: String,
    /// How grave a hit is; `None` = the pack's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// What to write instead. A text that ends in 。 is advice, anything else is put in place of the word when a
    /// person accepts it; several are parted by `|`, the best first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Why it should not stand there, plain Chinese; `None` = the pack's own sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Longer words in which this one is no hit: `职工人数` for `工人`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    /// Where the entry comes from (文号, clause, standard); `None` = the pack's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// First day on which it is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which it is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Also found when written in pinyin or with characters of the same sound.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinyin: bool,
}

impl Entry {
    /// A word with the pack's own severity and nothing else.
    pub fn new(word: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            severity: None,
            suggestion: None,
            message: None,
            allow: Vec::new(),
            source: None,
            valid_from: None,
            valid_until: None,
            pinyin: false,
        }
    }

    /// Short key of the word, the same for all its spellings; part of the rule id of a hit, so that statistics and
    /// objections can speak of a word without showing it. 10 hexadecimal digits.
    pub fn key(&self) -> String {
        let mut hasher = Sha256::new();
        for code in Folded::of(&self.word).codes {
            hasher.update(code.to_be_bytes());
        }
        hex::encode(&hasher.finalize()[..5])
    }

    /// Whether it is looked for on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}
