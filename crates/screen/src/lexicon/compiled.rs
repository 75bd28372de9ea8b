//! Packs made ready for searching.

use std::{collections::HashSet, ops::Range, sync::Arc};

use jiff::civil::Date;

use crate::{
    finding::{Category, Severity},
    lexicon::{
        entry::Entry,
        fold::{Code, Folded},
        hit::{Allowed, Hit},
        pack::Pack,
        sound::{Sounds, readings},
        trie::{MAX_WORD, Trie},
        variant::variants,
        word::is_one_word,
    },
};

/// More hits than this in one text help nobody; the search stops.
const MAX_HITS: usize = 100_000;

/// What a word in the trie means.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// An entry: pack, entry.
    Word(u32, u32),
    /// Inside it nothing is reported.
    Allow,
    /// Inside it this entry is not reported.
    AllowFor(u32, u32),
}

/// The packs of one level, compiled. Immutable; share it in an [`Arc`].
#[derive(Debug, Default)]
pub struct Lexicon {
    packs: Vec<Arc<Pack>>,
    words: Trie,
    sounds: Trie,
    meanings: Vec<Meaning>,
}

/// Everything that one level has to say about a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) hits: Vec<Hit>,
    pub(super) allowed: Vec<Allowed>,
}

impl Lexicon {
    /// Compiles packs of text words. Packs that list sources or addresses are passed over: they are used elsewhere.
    ///
    /// # Errors
    /// One sentence (plain Chinese) for each entry that cannot be used.
    pub fn compile(packs: Vec<Arc<Pack>>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut meanings = Vec::new();
        let mut words: Vec<(Vec<Code>, u32)> = Vec::new();
        let mut sounds: Vec<(Vec<Code>, u32)> = Vec::new();
        let packs: Vec<Arc<Pack>> =
            packs.into_iter().filter(|pack| !matches!(pack.category, Category::Source | Category::Link)).collect();
        for (pack_at, pack) in (0u32..).zip(&packs) {
            for allow in &pack.allow {
                add(&mut words, &mut meanings, Meaning::Allow, allow);
            }
            for (entry_at, entry) in (0u32..).zip(&pack.entries) {
                let meaning = Meaning::Word(pack_at, entry_at);
                if let Err(reason) = usable(&entry.word) {
                    problems.push(format!("词库“{}”：{reason}", pack.name));
                    continue;
                }
                add(&mut words, &mut meanings, meaning, &entry.word);
                for allow in &entry.allow {
                    add(&mut words, &mut meanings, Meaning::AllowFor(pack_at, entry_at), allow);
                }
                if entry.pinyin {
                    for row in readings(&entry.word) {
                        sounds.push((row, number(meanings.len())));
                        meanings.push(meaning);
                    }
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { words: trie(&words), sounds: trie(&sounds), packs, meanings })
    }

    /// Its packs.
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// A pack and one of its entries.
    pub(super) fn entry(&self, hit: &Hit) -> (&Pack, &Entry) {
        let pack = &self.packs[hit.pack as usize];
        (pack, &pack.entries[hit.entry as usize])
    }

    /// Whether any word is looked for by its sound.
    pub(super) fn listens(&self) -> bool {
        !self.sounds.is_empty()
    }

    /// How many words, spelling variants and allowed words are searched for.
    pub fn len(&self) -> usize {
        self.meanings.len()
    }

    /// No words at all.
    pub fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// Bytes of the search structures.
    pub fn size(&self) -> usize {
        self.words.size() + self.sounds.size() + self.meanings.len() * size_of::<Meaning>()
    }

    /// Every word in a text that was folded (or [left as it is](Folded::unfolded)), without any judgement: (first
    /// folded character, one past the last). For measuring.
    pub fn occurrences(&self, folded: &Folded, mut found: impl FnMut(usize, usize)) {
        self.words.find(&folded.codes, |start, end, values| {
            values.iter().for_each(|_| found(start, end));
            true
        });
    }

    /// All hits of entries that hold on `day`, and all allowed words.
    pub(super) fn search(&self, text: &Text<'_>, level: u8, day: Date) -> Found {
        let mut found = Found::default();
        let folded = text.folded;
        self.words.find(&folded.codes, |start, end, values| {
            // One character, or Latin letters alone, cannot be written apart; everything else is looked at.
            if !is_one_word(text.text, folded, start, end, text.across_lines) {
                return true;
            }
            let bytes = folded.source(text.text, start, end);
            for value in values {
                self.take(*value, &bytes, false, level, day, &mut found);
            }
            found.hits.len() < MAX_HITS
        });
        if let Some(sounds) = text.sounds.filter(|_| self.listens()) {
            self.sounds.find(&sounds.codes, |start, end, values| {
                let (first, last) = (sounds.places[start].0 as usize, sounds.places[end - 1].1 as usize);
                // Two characters of equal sound are a coincidence, unless somebody took the trouble to write letters.
                let in_letters = sounds.places[start..end]
                    .iter()
                    .any(|(from, to)| (*from..*to).any(|at| matches!(folded.codes[at as usize], 0x61..=0x7A)));
                if end - start < 3 && !in_letters || !sounds.is_one_word(text.text, folded, start, end) {
                    return true;
                }
                let bytes = folded.source(text.text, first, last);
                for value in values {
                    self.take(*value, &bytes, true, level, day, &mut found);
                }
                found.hits.len() < MAX_HITS
            });
        }
        found
    }

    fn take(&self, value: u32, bytes: &Range<usize>, by_sound: bool, level: u8, day: Date, found: &mut Found) {
        match self.meanings[value as usize] {
            Meaning::Word(pack, entry) => {
                let (in_pack, in_entry) =
                    (&self.packs[pack as usize], &self.packs[pack as usize].entries[entry as usize]);
                if in_entry.holds_on(day) {
                    let severity = in_entry.severity.unwrap_or(in_pack.severity);
                    found.hits.push(Hit { bytes: bytes.clone(), severity, level, pack, entry, by_sound });
                }
            }
            Meaning::Allow => found.allowed.push(Allowed { bytes: bytes.clone(), level, entry: None }),
            Meaning::AllowFor(pack, entry) => {
                found.allowed.push(Allowed { bytes: bytes.clone(), level, entry: Some((pack, entry)) });
            }
        }
    }
}

/// A text with its folded forms.
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) folded: &'t Folded,
    pub(super) sounds: Option<&'t Sounds>,
    pub(super) across_lines: bool,
}

/// Whether a word can be looked for: what is wrong with it otherwise, in plain Chinese.
///
/// # Errors
/// Empty, too short, too long.
pub fn usable(word: &str) -> Result<(), String> {
    let folded = Folded::of(word);
    match folded.codes.len() {
        0 => Err(format!("“{word}”中没有可以查找的文字，请填写汉字、字母或数字。")),
        length if length > MAX_WORD => {
            Err(format!("“{}…”太长，一个词最多{MAX_WORD}个字。", word.chars().take(20).collect::<String>()))
        }
        1 if folded.codes[0] < 0x100 => Err(format!("“{word}”只有一个字母、数字或标点，会误报大量正常文字。")),
        _ => Ok(()),
    }
}

fn add(words: &mut Vec<(Vec<Code>, u32)>, meanings: &mut Vec<Meaning>, meaning: Meaning, word: &str) {
    let at = number(meanings.len());
    meanings.push(meaning);
    let codes = Folded::of(word).codes;
    words.extend(variants(&codes).into_iter().map(|variant| (variant, at)));
    words.push((codes, at));
}

fn trie(words: &[(Vec<Code>, u32)]) -> Trie {
    // Variants of one word may be equal.
    let mut seen = HashSet::with_capacity(words.len());
    Trie::build(
        words
            .iter()
            .filter(|(word, value)| seen.insert((word.as_slice(), *value)))
            .map(|(word, value)| (word.as_slice(), *value)),
    )
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The gravity of an entry of a pack.
pub fn severity_of(pack: &Pack, entry: &Entry) -> Severity {
    entry.severity.unwrap_or(pack.severity)
}
