//! Folding: one form for all the ways in which a word can be written, with the way back to the source.
//!
//! Full and half width, case, accents, circled and squared characters become one (NFKD); traditional characters become
//! simplified ones; letters of other alphabets that look like Latin ones become Latin; what nobody sees (zero-width
//! characters, direction marks, combining marks, variation selectors) and separators (blanks, dots, stars, hyphens …)
//! disappear. Every folded character knows the source character it stands for.

use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A character of the folded text: the UTF-16 unit of a character of the basic plane.
pub type Code = u16;

/// In the table: look into [`Table::long`].
const LONG: Code = 0xFFFF;

/// A text folded, with the place of every folded character in the source.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded characters.
    pub codes: Vec<Code>,
    /// For each, the byte at which its source character begins.
    pub starts: Vec<u32>,
}

impl Folded {
    /// Folds a text. Texts of 4 GiB and more are cut.
    pub fn of(text: &str) -> Self {
        let table = &*TABLE;
        let guess = text.len() / 2;
        let mut folded = Self { codes: Vec::with_capacity(guess), starts: Vec::with_capacity(guess) };
        for (at, character) in text.char_indices() {
            let Ok(start) = u32::try_from(at) else { break };
            let code = match u16::try_from(u32::from(character)) {
                Ok(unit) => table.short[usize::from(unit)],
                Err(_) => LONG,
            };
            if code == 0 {
                continue;
            }
            if code != LONG {
                folded.codes.push(code);
                folded.starts.push(start);
                continue;
            }
            for code in fold_slowly(character) {
                folded.codes.push(code);
                folded.starts.push(start);
            }
        }
        folded
    }

    /// The characters of a text as they are: for measuring what folding costs.
    pub fn unfolded(text: &str) -> Self {
        let mut codes = Vec::with_capacity(text.len() / 2);
        let mut starts = Vec::with_capacity(text.len() / 2);
        for (at, character) in text.char_indices() {
            codes.push(code_of(character));
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self { codes, starts }
    }

    /// The bytes of `text` from which the folded characters `from..to` (not empty) come.
    pub fn source(&self, text: &str, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.starts[from] as usize;
        let last = self.starts[to - 1] as usize;
        let length = text[last..].chars().next().map_or(0, char::len_utf8);
        start..last + length
    }
}

/// Characters beyond the basic plane share the private area by their number.
fn code_of(character: char) -> Code {
    let number = u32::from(character);
    Code::try_from(number).unwrap_or(0xE000 + (number % 6400) as Code)
}

/// The folded form of every character of the basic plane.
struct Table {
    short: Box<[Code; 0x1_0000]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut short = Box::new([0; 0x1_0000]);
    for (unit, slot) in short.iter_mut().enumerate() {
        let Some(character) = u32::try_from(unit).ok().and_then(char::from_u32) else { continue };
        let codes = fold_slowly(character);
        *slot = match codes.as_slice() {
            [] => 0,
            [one] => *one,
            _ => LONG,
        };
    }
    Table { short }
});

/// Folds one character by its properties.
fn fold_slowly(character: char) -> Vec<Code> {
    if is_ignorable(character) {
        return Vec::new();
    }
    let mut codes = Vec::with_capacity(1);
    for part in std::iter::once(character).nfkd() {
        if is_ignorable(part) || is_combining_mark(part) || is_separator(part) {
            continue;
        }
        for lower in part.to_lowercase() {
            let plain = SIMPLIFIED.of(look_alike(lower));
            codes.push(code_of(plain));
        }
    }
    codes
}

/// Nobody sees it.
fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}'
        | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Stands between the characters of a word without ending it. The punctuation of sentences is not among them.
pub(super) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '*' | '-' | '_' | '.' | '·' | '•' | '‧' | '∙' | '⋅' | '・' | '|' | '/' | '\\' | '~' | '^' | '+' | '=' | '#'
            | '&' | '`' | '¨' | '´' | '¯' | '‐'..='―' | '※' | '■'..='◿' | '☀'..='➿'
            | '←'..='↙' | '〃' | '\u{2800}'
        )
}

/// Letters of other alphabets, signs and small capitals that look like a Latin letter or a digit.
fn look_alike(character: char) -> char {
    const PAIRS: &[(&str, char)] = &[
        ("аαɑ@∂", 'a'),
        ("вʙβ", 'b'),
        ("сϲᴄ", 'c'),
        ("ԁᴅ", 'd'),
        ("еєεᴇ€", 'e'),
        ("ƒ", 'f'),
        ("ɡɢ", 'g'),
        ("нһʜη", 'h'),
        ("іιıɪ", 'i'),
        ("јᴊ", 'j'),
        ("кκᴋ", 'k'),
        ("ⅼʟ", 'l'),
        ("мᴍ", 'm'),
        ("пɴո", 'n'),
        ("оοσᴏ", 'o'),
        ("рρᴘ", 'p'),
        ("ԛ", 'q'),
        ("гʀ", 'r'),
        ("ѕꜱ$", 's'),
        ("тτᴛ", 't'),
        ("υᴜцս", 'u'),
        ("ѵνᴠ", 'v'),
        ("ԝωᴡш", 'w'),
        ("хχ×", 'x'),
        ("уγʏ", 'y'),
        ("ᴢ", 'z'),
    ];
    if character.is_ascii_alphanumeric() {
        return character;
    }
    PAIRS.iter().find(|(others, _)| others.contains(character)).map_or(character, |(_, plain)| *plain)
}

/// Traditional characters and their simplified form.
struct Simplified(Option<OpenCC>);

static SIMPLIFIED: LazyLock<Simplified> = LazyLock::new(|| Simplified(OpenCC::from_config(BuiltinConfig::T2s).ok()));

impl Simplified {
    fn of(&self, character: char) -> char {
        if !matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}') {
            return character;
        }
        let Some(converter) = &self.0 else { return character };
        let mut buffer = [0; 4];
        let converted = converter.convert(character.encode_utf8(&mut buffer));
        let mut characters = converted.chars();
        match (characters.next(), characters.next()) {
            (Some(one), None) => one,
            _ => character,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf16_lossy(&Folded::of(text).codes)
    }

    #[test]
    fn variants_of_writing_become_one() {
        for (written, plain) in [
            ("ＡＢＣ１２３", "abc123"),
            ("國務院辦公廳", "国务院办公厅"),
            ("部\u{200B}署\u{FEFF}", "部署"),
            ("部*署 安-排", "部署安排"),
            ("①②㈠", "12(一)"),
            ("Ａｄｍіn", "admin"),
            ("é\u{301}", "e"),
            ("𝐖𝐞𝐢", "wei"),
            ("㊙㎡", "秘m2"),
            ("⼀⼆", "一二"),
            ("通知，公告", "通知,公告"),
        ] {
            assert_eq!(folded(written), plain, "{written}");
        }
    }

    #[test]
    fn every_folded_character_knows_its_source() {
        let text = "甲\u{200B}㎡ 乙😀";
        let folded = Folded::of(text);
        let sources: Vec<&str> = (0..folded.codes.len()).map(|at| &text[folded.source(text, at, at + 1)]).collect();
        assert_eq!(sources, ["甲", "㎡", "㎡", "乙", "😀"]);
        assert_eq!(&text[folded.source(text, 0, 4)], "甲\u{200B}㎡ 乙");
    }

    #[test]
    fn the_simplifier_is_there() {
        assert!(SIMPLIFIED.0.is_some());
        assert_eq!(SIMPLIFIED.of('龍'), '龙');
    }
}
