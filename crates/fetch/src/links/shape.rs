//! What a page says without its numbers. The pages of a calendar differ in nothing else, so their shapes are equal;
//! two articles never are.

use std::hash::{DefaultHasher, Hasher};

/// Takes text piece by piece.
pub(super) struct Shape {
    hasher: DefaultHasher,
    /// Characters that count.
    pub length: usize,
}

impl Shape {
    pub fn new() -> Self {
        Self { hasher: DefaultHasher::new(), length: 0 }
    }

    /// Visible text.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            let number = character.is_numeric() || "〇零一二三四五六七八九十廿卅年月日".contains(character);
            if number || character.is_whitespace() || character.is_ascii_punctuation() {
                continue;
            }
            self.hasher.write_u32(character as u32);
            self.length += 1;
        }
    }

    /// Something that makes a page what it is, number for number: the address of a picture.
    pub fn exact(&mut self, text: &str) {
        self.hasher.write(text.as_bytes());
    }

    pub fn finish(&self) -> u64 {
        self.hasher.finish()
    }
}
