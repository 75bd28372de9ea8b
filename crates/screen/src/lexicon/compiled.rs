//! Packs made ready for searching.

use std::{cell::OnceCell, ops::Range, sync::Arc};

use jiff::civil::Date;

use crate::{
    finding::{Category, Severity},
    lexicon::{
        entry::Entry,
        fold::{Folded, is_separator},
        hit::{Allowed, Found, Hit},
        pack::Pack,
        sound::{Sounds, readings},
        variant::variants,
        word::{Gaps, continues, is_one_word},
        words::{MAX_WORD, Words},
    },
};

/// More hits than this in one text help nobody; the search stops.
const MAX_HITS: usize = 2_000_000;

/// What a word means.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// An entry: pack, entry, its gravity, and whether it holds on some days only.
    Word { pack: u32, entry: u32, severity: Severity, dated: bool },
    /// Inside it nothing is reported.
    Allow,
    /// Inside it this entry is not reported.
    AllowFor(u32, u32),
}

/// The packs of one level, compiled. Immutable; share it in an [`Arc`].
#[derive(Debug, Default)]
pub struct Lexicon {
    packs: Vec<Arc<Pack>>,
    lists: Vec<Arc<Pack>>,
    words: Words,
    sounds: Words,
    meanings: Vec<Meaning>,
}

impl Lexicon {
    /// Compiles packs. Those that list sources or addresses are only kept: they are used elsewhere.
    ///
    /// # Errors
    /// One sentence (plain Chinese) for each entry that cannot be used.
    pub fn compile(packs: Vec<Arc<Pack>>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut meanings = Vec::new();
        let mut words: Vec<(String, u32)> = Vec::new();
        let mut sounds: Vec<(String, u32)> = Vec::new();
        let (lists, packs): (Vec<_>, Vec<_>) = packs
            .into_iter()
            .partition(|pack| matches!(pack.category, Category::Source | Category::Link | Category::Map));
        for (pack_at, pack) in (0u32..).zip(&packs) {
            for allow in &pack.allow {
                add(&mut words, &mut meanings, Meaning::Allow, allow);
            }
            for (entry_at, entry) in (0u32..).zip(&pack.entries) {
                let dated = entry.valid_from.is_some() || entry.valid_until.is_some();
                let severity = severity_of(pack, entry);
                let meaning = Meaning::Word { pack: pack_at, entry: entry_at, severity, dated };
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
        Ok(Self { words: Words::build(words), sounds: Words::build(sounds), packs, lists, meanings })
    }

    /// Its packs of sources and addresses.
    pub fn lists(&self) -> &[Arc<Pack>] {
        &self.lists
    }

    /// Its packs of words.
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

    /// Every word in a folded text, also those inside others and those written apart: its bytes in the folded text.
    pub fn occurrences(&self, folded: &Folded, mut found: impl FnMut(usize, usize)) {
        self.words.find(&folded.text, |start, end, values| {
            values.iter().for_each(|_| found(start, end));
            true
        });
    }

    /// All hits of entries that hold on `day`, and all allowed words.
    pub(super) fn search(&self, text: &Text<'_>, level: u8, day: Date, found: &mut Found) {
        let folded = text.folded;
        self.words.find(&folded.text, |start, end, values| {
            if is_one_word(text.text, folded, &text.gaps, start, end, text.across_lines) {
                self.take(values, start..end, false, level, day, found);
            } else if !continues(text.text, folded, start) && !continues(text.text, folded, end) {
                // A word that holds blanks or hyphens itself is found where it is written just so.
                let written = &text.text[folded.source(start, end)];
                let same: Vec<u32> = values.iter().copied().filter(|value| self.is_written(*value, written)).collect();
                self.take(&same, start..end, false, level, day, found);
            }
            found.hits.len() < MAX_HITS
        });
        if let Some(sounds) = text.sounds.filter(|_| self.listens()) {
            self.sounds.find(&sounds.text, |start, end, values| {
                if sounds.is_one_word(text.text, folded, start, end) {
                    let (first, last) = sounds.folded(start, end);
                    self.take(values, first..last, true, level, day, found);
                }
                found.hits.len() < MAX_HITS
            });
        }
    }

    fn is_written(&self, value: u32, written: &str) -> bool {
        match self.meanings[value as usize] {
            Meaning::Word { pack, entry, .. } => self.packs[pack as usize].entries[entry as usize]
                .word
                .trim_matches(is_separator)
                .eq_ignore_ascii_case(written),
            _ => false,
        }
    }

    fn take(&self, values: &[u32], place: Range<usize>, by_sound: bool, level: u8, day: Date, found: &mut Found) {
        let (start, end) = (number(place.start), number(place.end));
        for value in values {
            match self.meanings[*value as usize] {
                Meaning::Word { pack, entry, severity, dated } => {
                    if !dated || self.packs[pack as usize].entries[entry as usize].holds_on(day) {
                        found.hits.push(Hit { start, end, pack, entry, level, severity, by_sound });
                    }
                }
                Meaning::Allow => found.allowed.push(Allowed { start, end, level, entry: None }),
                Meaning::AllowFor(pack, entry) => {
                    found.allowed.push(Allowed { start, end, level, entry: Some((pack, entry)) });
                }
            }
        }
    }
}

/// A text with its folded forms.
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) folded: &'t Folded,
    pub(super) sounds: Option<&'t Sounds>,
    pub(super) gaps: OnceCell<Gaps>,
    pub(super) across_lines: bool,
}

/// Whether a word can be looked for: what is wrong with it otherwise, in plain Chinese.
///
/// # Errors
/// Empty, too short, too long.
pub fn usable(word: &str) -> Result<(), String> {
    let folded = Folded::of(word).text;
    match folded.chars().count() {
        0 => Err(format!("“{word}”中没有可以查找的文字，请填写汉字、字母或数字。")),
        length if length > MAX_WORD => {
            Err(format!("“{}…”太长，一个词最多{MAX_WORD}个字。", word.chars().take(20).collect::<String>()))
        }
        1 if folded.is_ascii() => Err(format!("“{word}”只有一个字母、数字或标点，会误报大量正常文字。")),
        _ => Ok(()),
    }
}

fn add(words: &mut Vec<(String, u32)>, meanings: &mut Vec<Meaning>, meaning: Meaning, word: &str) {
    let at = number(meanings.len());
    meanings.push(meaning);
    let folded = Folded::of(word).text;
    words.extend(variants(&folded).into_iter().map(|variant| (variant, at)));
    words.push((folded, at));
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The gravity of an entry of a pack.
pub fn severity_of(pack: &Pack, entry: &Entry) -> Severity {
    entry.severity.unwrap_or(pack.severity)
}
