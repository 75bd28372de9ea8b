//! Sounds: a text as a row of syllables, for words that are also looked for by their pinyin.

use std::{collections::HashMap, sync::LazyLock};

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::lexicon::fold::{Code, Folded};

/// Anything that has no sound: never part of a word.
const BREAK: Code = 0xFFFF;

/// Readings of one word at most; more are cut, the most common ones come first.
const MAX_READINGS: usize = 8;

/// A text as syllables without tones.
#[derive(Debug, Default)]
pub struct Sounds {
    /// Number of the syllable, or a break.
    pub codes: Vec<Code>,
    /// For each syllable the folded characters it is written with.
    pub places: Vec<(u32, u32)>,
}

impl Sounds {
    /// Reads a folded text. Characters have their most common reading; runs of Latin letters that can be divided into
    /// syllables are divided into as few as possible.
    pub fn of(text: &str, folded: &Folded) -> Self {
        let mut sounds = Self::default();
        let mut at = 0;
        while at < folded.codes.len() {
            let code = folded.codes[at];
            if !is_letter(code) {
                sounds.push(TABLE.of_character[usize::from(code)], at, at + 1);
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < folded.codes.len() && is_letter(folded.codes[end]) && adjoins(text, folded, end - 1) {
                end += 1;
            }
            match syllables(&folded.codes[at..end]) {
                Some(parts) => {
                    let mut start = at;
                    for (code, length) in parts {
                        sounds.push(code, start, start + length);
                        start += length;
                    }
                }
                None => sounds.push(BREAK, at, end),
            }
            at = end;
        }
        sounds
    }

    /// Whether the syllables `start..end` are written as one word: parted by nothing but blanks and invisible characters
    /// where letters stand, by nothing visible between Chinese characters, and not part of a longer Latin word.
    pub fn is_one_word(&self, text: &str, folded: &Folded, start: usize, end: usize) -> bool {
        let letters = |at: usize| is_letter(folded.codes[self.places[at].0 as usize]);
        let joined = |at: usize| adjoins(text, folded, self.places[at].1 as usize - 1);
        let apart = (start..end - 1).any(|at| {
            let (from, to) = (self.places[at].1 as usize - 1, self.places[at + 1].0 as usize);
            let between = &text[folded.source(text, from, from + 1).end..folded.starts[to] as usize];
            let blank = between.chars().all(|character| matches!(character, ' ' | '\u{a0}' | '\u{3000}'));
            !(between.is_empty() || (letters(at) || letters(at + 1)) && blank)
        });
        let continues = |left: usize| letters(left) && letters(left + 1) && joined(left);
        let part_of_more = start > 0 && continues(start - 1) || end < self.codes.len() && continues(end - 1);
        !apart && !part_of_more
    }

    fn push(&mut self, code: Code, start: usize, end: usize) {
        self.codes.push(code);
        self.places.push((u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX)));
    }
}

/// The rows of syllables by which a word can be found; empty when it holds anything but Chinese characters.
pub fn readings(word: &str) -> Vec<Vec<Code>> {
    let mut rows: Vec<Vec<&'static str>> = vec![Vec::new()];
    for character in word.chars() {
        let Some(all) = character.to_pinyin_multi() else { return Vec::new() };
        let mut sounds: Vec<&'static str> = Vec::new();
        for reading in all {
            if !sounds.contains(&reading.plain()) {
                sounds.push(reading.plain());
            }
        }
        rows = rows
            .into_iter()
            .flat_map(|row| sounds.iter().map(move |sound| row.iter().copied().chain([*sound]).collect()))
            .take(MAX_READINGS)
            .collect();
    }
    let mut found: Vec<Vec<Code>> = Vec::new();
    for row in rows {
        let plain: Option<Vec<Code>> = row.iter().map(|sound| TABLE.by_letters.get(&letters(sound)).copied()).collect();
        // Written in letters, 西安 reads as one syllable.
        let joined: Vec<Code> = row.iter().flat_map(|sound| letters(sound)).collect();
        let regrouped = syllables(&joined).map(|parts| parts.into_iter().map(|(code, _)| code).collect());
        for codes in [plain, regrouped].into_iter().flatten() {
            if !found.contains(&codes) {
                found.push(codes);
            }
        }
    }
    found
}

struct Table {
    of_character: Vec<Code>,
    by_letters: HashMap<Vec<Code>, Code>,
    longest: usize,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut by_letters = HashMap::new();
    let mut of_character = vec![BREAK; 0x1_0000];
    for (unit, slot) in of_character.iter_mut().enumerate() {
        let Some(character) = u32::try_from(unit).ok().and_then(char::from_u32) else { continue };
        let Some(reading) = character.to_pinyin() else { continue };
        let next = Code::try_from(by_letters.len() + 1).unwrap_or(BREAK);
        *slot = *by_letters.entry(letters(reading.plain())).or_insert(next);
        for other in character.to_pinyin_multi().into_iter().flatten() {
            let next = Code::try_from(by_letters.len() + 1).unwrap_or(BREAK);
            by_letters.entry(letters(other.plain())).or_insert(next);
        }
    }
    let longest = by_letters.keys().map(Vec::len).max().unwrap_or(0);
    Table { of_character, by_letters, longest }
});

/// Folded letters of a syllable; ü is typed as v.
fn letters(syllable: &str) -> Vec<Code> {
    syllable.replace('ü', "v").encode_utf16().collect()
}

/// Divides letters into as few syllables as possible: (syllable, letters).
fn syllables(run: &[Code]) -> Option<Vec<(Code, usize)>> {
    const LONGEST_RUN: usize = 60;
    if run.len() > LONGEST_RUN {
        return None;
    }
    // For every end: fewest syllables up to there, and the last of them.
    let mut best: Vec<Option<(usize, Code, usize)>> = vec![None; run.len() + 1];
    best[0] = Some((0, BREAK, 0));
    for end in 1..=run.len() {
        for length in (1..=TABLE.longest.min(end)).rev() {
            let Some((count, ..)) = best[end - length] else { continue };
            let Some(code) = TABLE.by_letters.get(&run[end - length..end]) else { continue };
            if best[end].is_none_or(|(known, ..)| count + 1 < known) {
                best[end] = Some((count + 1, *code, length));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = run.len();
    while end > 0 {
        let (_, code, length) = best[end]?;
        parts.push((code, length));
        end -= length;
    }
    parts.reverse();
    Some(parts)
}

fn is_letter(code: Code) -> bool {
    matches!(code, 0x61..=0x7A)
}

/// Nothing stands between this folded character and the next one.
fn adjoins(text: &str, folded: &Folded, at: usize) -> bool {
    folded.source(text, at, at + 1).end >= folded.starts[at + 1] as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(text: &str) -> Vec<Code> {
        Sounds::of(text, &Folded::of(text)).codes
    }

    #[test]
    fn characters_and_letters_of_one_sound_are_equal() {
        let spoken = sounds("公告");
        for text in ["宫告", "gong gao", "gonggao", "Gong高", "公gao"] {
            assert_eq!(sounds(text), spoken, "{text}");
        }
        assert_ne!(sounds("公开"), spoken);
        assert_eq!(sounds("，"), [BREAK]);
        assert_eq!(sounds("xyz"), [BREAK]);
    }

    #[test]
    fn a_word_is_found_by_each_of_its_readings() {
        assert!(readings("西安").contains(&sounds("xian")));
        assert!(readings("西安").contains(&sounds("喜安")));
        assert!(readings("重庆").contains(&sounds("冲庆")));
        assert!(readings("重庆").contains(&sounds("众庆")));
        assert!(readings("AB").is_empty());
    }
}
