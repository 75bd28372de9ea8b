//! Sounds: a text as a row of syllables, for words that are also looked for by their pinyin.

use std::{collections::HashMap, sync::LazyLock};

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::lexicon::{
    fold::Folded,
    word::{continues, is_latin},
};

/// Stands for anything that has no sound: never part of a word. Syllables are the characters before it.
const BREAK: char = '\u{F8FF}';

/// Bytes of every syllable's character.
const WIDTH: usize = 3;

/// Readings of one word at most; more are cut, the most common ones come first.
const MAX_READINGS: usize = 8;

/// A text as syllables without tones.
#[derive(Debug, Default)]
pub struct Sounds {
    /// One private character for each syllable, or a break.
    pub text: String,
    /// For each syllable the folded bytes it is written with.
    places: Vec<(u32, u32)>,
}

impl Sounds {
    /// Reads a folded text. Characters have their most common reading; runs of Latin letters that can be divided into
    /// syllables are divided into as few as possible.
    pub fn of(text: &str, folded: &Folded) -> Self {
        let mut sounds = Self::default();
        let letters = folded.text.as_bytes();
        let mut characters = folded.text.char_indices();
        while let Some((at, character)) = characters.next() {
            if !character.is_ascii_lowercase() {
                let number = usize::try_from(u32::from(character)).unwrap_or(usize::MAX);
                let sound = TABLE.of_character.get(number).copied().unwrap_or(BREAK);
                sounds.push(sound, at, at + character.len_utf8());
                continue;
            }
            let mut end = at + 1;
            while letters.get(end).is_some_and(u8::is_ascii_lowercase) && continues(text, folded, end) {
                end += 1;
                characters.next();
            }
            match syllables(&folded.text[at..end]) {
                Some(parts) => {
                    let mut start = at;
                    for (sound, length) in parts {
                        sounds.push(sound, start, start + length);
                        start += length;
                    }
                }
                None => sounds.push(BREAK, at, end),
            }
        }
        sounds
    }

    /// The folded bytes of the syllables `start..end` (bytes of [`Self::text`]).
    pub fn folded(&self, start: usize, end: usize) -> (usize, usize) {
        (self.places[start / WIDTH].0 as usize, self.places[end / WIDTH - 1].1 as usize)
    }

    /// Whether the syllables `start..end` (bytes of [`Self::text`]) are written as one word: parted by nothing but blanks
    /// where letters stand, by nothing visible between Chinese characters, and not part of a longer Latin word. Two
    /// Chinese characters of equal sound are a coincidence.
    pub fn is_one_word(&self, text: &str, folded: &Folded, start: usize, end: usize) -> bool {
        let (first, last) = self.folded(start, end);
        if continues(text, folded, first) || continues(text, folded, last) {
            return false;
        }
        let places = &self.places[start / WIDTH..end / WIDTH];
        let latin = |place: &(u32, u32)| is_latin(&folded.text.as_bytes()[place.0 as usize..place.1 as usize]);
        if places.len() < 3 && !places.iter().any(latin) {
            return false;
        }
        places.windows(2).all(|pair| {
            let between = folded.between(text, pair[1].0 as usize).unwrap_or_default();
            let blank = between.chars().all(|character| matches!(character, ' ' | '\u{a0}' | '\u{3000}'));
            between.is_empty() || blank && (latin(&pair[0]) || latin(&pair[1]))
        })
    }

    fn push(&mut self, sound: char, start: usize, end: usize) {
        self.text.push(sound);
        self.places.push((u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX)));
    }
}

/// The rows of syllables by which a word can be found; none when it holds anything but Chinese characters.
pub fn readings(word: &str) -> Vec<String> {
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
    let mut found: Vec<String> = Vec::new();
    for row in rows {
        let plain: Option<String> = row.iter().map(|sound| TABLE.by_letters.get(&letters(sound)).copied()).collect();
        // Written in letters, 西安 reads as one syllable.
        let joined: String = row.iter().map(|sound| letters(sound)).collect();
        let regrouped = syllables(&joined).map(|parts| parts.into_iter().map(|(sound, _)| sound).collect());
        for sounds in [plain, regrouped].into_iter().flatten() {
            if !found.contains(&sounds) {
                found.push(sounds);
            }
        }
    }
    found
}

struct Table {
    of_character: Vec<char>,
    by_letters: HashMap<String, char>,
    longest: usize,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut by_letters = HashMap::new();
    let mut of_character = vec![BREAK; 0x1_0000];
    for (number, slot) in (0u32..).zip(of_character.iter_mut()) {
        let Some(character) = char::from_u32(number) else { continue };
        let Some(reading) = character.to_pinyin() else { continue };
        *slot = sound_of(&mut by_letters, reading.plain());
        for other in character.to_pinyin_multi().into_iter().flatten() {
            sound_of(&mut by_letters, other.plain());
        }
    }
    let longest = by_letters.keys().map(String::len).max().unwrap_or(0);
    Table { of_character, by_letters, longest }
});

fn sound_of(by_letters: &mut HashMap<String, char>, reading: &str) -> char {
    let next = u32::try_from(by_letters.len()).ok().and_then(|count| char::from_u32(0xE000 + count)).unwrap_or(BREAK);
    *by_letters.entry(letters(reading)).or_insert(next)
}

/// The letters of a syllable as they are typed: v for ü.
fn letters(syllable: &str) -> String {
    syllable.replace('ü', "v")
}

/// Divides letters into as few syllables as possible: (syllable, letters).
fn syllables(run: &str) -> Option<Vec<(char, usize)>> {
    const LONGEST_RUN: usize = 60;
    if run.len() > LONGEST_RUN {
        return None;
    }
    // For every end: fewest syllables up to there, and the last of them.
    let mut best: Vec<Option<(usize, char, usize)>> = vec![None; run.len() + 1];
    best[0] = Some((0, BREAK, 0));
    for end in 1..=run.len() {
        for length in (1..=TABLE.longest.min(end)).rev() {
            let Some((count, ..)) = best[end - length] else { continue };
            let Some(sound) = run.get(end - length..end).and_then(|part| TABLE.by_letters.get(part)) else { continue };
            if best[end].is_none_or(|(known, ..)| count + 1 < known) {
                best[end] = Some((count + 1, *sound, length));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = run.len();
    while end > 0 {
        let (_, sound, length) = best[end]?;
        parts.push((sound, length));
        end -= length;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(text: &str) -> String {
        Sounds::of(text, &Folded::of(text)).text
    }

    #[test]
    fn characters_and_letters_of_one_sound_are_equal() {
        let spoken = sounds("公告");
        for text in ["宫告", "gong gao", "gonggao", "Gong高", "公gao"] {
            assert_eq!(sounds(text), spoken, "{text}");
        }
        assert_ne!(sounds("公开"), spoken);
        assert_eq!(sounds("，"), BREAK.to_string());
        assert_eq!(sounds("xyz"), BREAK.to_string());
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
