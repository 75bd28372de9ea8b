//! Folding: one form for all the ways in which a word can be written, with the way back to the source.
//!
//! Full and half width, case, accents, circled and squared characters become one (NFKD); traditional characters become
//! simplified ones; letters of other alphabets that look like Latin ones become Latin; what nobody sees (zero-width
//! characters, direction marks, combining marks, variation selectors) and separators (blanks, dots, stars, hyphens …)
//! disappear. Every folded character knows the source character it stands for.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text folded, with the way back to the source.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// What the folded text is made of, in order.
    pieces: Vec<Piece>,
    /// The last piece that begins in or before each block of the folded text.
    blocks: Vec<u32>,
}

/// A stretch of folded text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the folded text.
    folded: u32,
    /// Where what it stands for begins in the source.
    source: u32,
    /// Bytes of the one source character it stands for; 0 for a stretch that was not changed.
    character: u32,
}

/// Bytes of folded text in a block.
const BLOCK: usize = 64;

impl Folded {
    /// Folds a text. Texts of 4 GiB and more are cut.
    pub fn of(text: &str) -> Self {
        let table = &*TABLE;
        let mut folded = Self { text: String::with_capacity(text.len()), ..Self::default() };
        let mut unchanged = 0;
        for (at, character) in text.char_indices() {
            let number = character as usize;
            if table.unchanged.get(number >> 6).is_some_and(|bits| bits >> (number & 63) & 1 == 1) {
                continue;
            }
            folded.keep(text, unchanged, at);
            unchanged = at + character.len_utf8();
            let start = folded.text.len();
            match table.changed.get(&character) {
                Some(new) => folded.text.push_str(new),
                None => folded.text.push_str(&fold_slowly(character)),
            }
            if folded.text.len() > start {
                folded.add(start, at, unchanged - at);
            }
        }
        folded.keep(text, unchanged, text.len());
        folded.index();
        folded
    }

    /// The bytes of the source from which the folded bytes `from..to` (not empty) come.
    pub fn source(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        self.start_in_source(from)..self.end_in_source(to)
    }

    /// What of the source lies between two folded characters, `border` being where the second one begins. `None` when
    /// both come from one source character.
    pub fn between<'s>(&self, source: &'s str, border: usize) -> Option<&'s str> {
        let (left, right) = (self.piece_at(border - 1), self.piece_at(border));
        if left == right {
            return (self.pieces[left].character == 0).then_some("");
        }
        Some(&source[self.end_in_source(border)..self.start_in_source(border)])
    }

    /// Whether the folded bytes `from..to` (not empty) stand in the source exactly so.
    pub fn is_unchanged(&self, from: usize, to: usize) -> bool {
        let piece = self.piece_at(from);
        let next = self.pieces.get(piece + 1).map_or(usize::MAX, |next| next.folded as usize);
        self.pieces[piece].character == 0 && to <= next
    }

    /// Where something of the source was left out: the folded byte after it, and the bytes of the source.
    pub(super) fn joints(&self) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
        self.pieces.windows(2).filter_map(|pair| {
            let (left, right) = (pair[0], pair[1]);
            let length = if left.character == 0 { right.folded - left.folded } else { left.character };
            let end = left.source + length;
            (end < right.source).then_some((right.folded as usize, end as usize..right.source as usize))
        })
    }

    fn start_in_source(&self, at: usize) -> usize {
        let piece = self.pieces[self.piece_at(at)];
        let inside = if piece.character == 0 { at - piece.folded as usize } else { 0 };
        piece.source as usize + inside
    }

    fn end_in_source(&self, to: usize) -> usize {
        let piece = self.pieces[self.piece_at(to - 1)];
        let length = if piece.character == 0 { to - piece.folded as usize } else { piece.character as usize };
        piece.source as usize + length
    }

    /// The piece that holds a folded byte.
    fn piece_at(&self, at: usize) -> usize {
        let mut piece = self.blocks[at / BLOCK] as usize;
        while self.pieces.get(piece + 1).is_some_and(|next| next.folded as usize <= at) {
            piece += 1;
        }
        piece
    }

    fn keep(&mut self, text: &str, from: usize, to: usize) {
        if from < to {
            let start = self.text.len();
            self.text.push_str(&text[from..to]);
            self.add(start, from, 0);
        }
    }

    fn add(&mut self, folded: usize, source: usize, character: usize) {
        let (Ok(folded), Ok(source), Ok(character)) =
            (u32::try_from(folded), u32::try_from(source), u32::try_from(character))
        else {
            // The place of what lies beyond 4 GiB could not be told.
            self.text.truncate(folded);
            return;
        };
        self.pieces.push(Piece { folded, source, character });
    }

    fn index(&mut self) {
        let mut piece = 0;
        self.blocks = (0..self.text.len().div_ceil(BLOCK))
            .map(|block| {
                while self.pieces.get(piece + 1).is_some_and(|next| next.folded as usize <= block * BLOCK) {
                    piece += 1;
                }
                u32::try_from(piece).unwrap_or(u32::MAX)
            })
            .collect();
    }
}

/// What becomes of the characters of the basic plane.
struct Table {
    /// One bit for each: it stays as it is.
    unchanged: Vec<u64>,
    /// The others.
    changed: HashMap<char, Box<str>, BuildHasherDefault<ByNumber>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { unchanged: vec![0; 0x1_0000 / 64], changed: HashMap::default() };
    for character in (0..0x1_0000).filter_map(char::from_u32) {
        let folded = fold_slowly(character);
        if folded.chars().eq([character]) {
            table.unchanged[character as usize >> 6] |= 1 << (character as usize & 63);
        } else {
            table.changed.insert(character, folded.into());
        }
    }
    table
});

/// Characters are their own hash.
#[derive(Default)]
struct ByNumber(u64);

impl Hasher for ByNumber {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }
    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 << 21 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Folds one character by its properties.
fn fold_slowly(character: char) -> String {
    let mut folded = String::new();
    if is_ignorable(character) {
        return folded;
    }
    for part in std::iter::once(character).nfkd() {
        if is_ignorable(part) || is_combining_mark(part) || is_separator(part) {
            continue;
        }
        folded.extend(part.to_lowercase().map(|lower| SIMPLIFIED.of(look_alike(lower))));
    }
    folded
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
            ("𠮷", "𠮷"),
        ] {
            assert_eq!(Folded::of(written).text, plain, "{written}");
        }
    }

    #[test]
    fn every_folded_character_knows_its_source() {
        let text = "甲\u{200B}㎡ 乙😀";
        let folded = Folded::of(text);
        let sources: Vec<&str> = folded
            .text
            .char_indices()
            .map(|(at, character)| &text[folded.source(at, at + character.len_utf8())])
            .collect();
        assert_eq!(sources, ["甲", "㎡", "㎡", "乙", "😀"]);
        assert_eq!(&text[folded.source(0, folded.text.len() - 4)], "甲\u{200B}㎡ 乙");
        assert_eq!((folded.between(text, 3), folded.between(text, 4)), (Some("\u{200B}"), None));
    }

    #[test]
    fn the_simplifier_is_there() {
        assert!(SIMPLIFIED.0.is_some());
        assert_eq!(SIMPLIFIED.of('龍'), '龙');
    }
}
