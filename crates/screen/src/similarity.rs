//! Whether two texts are the same but for some edits: sets of overlapping stretches of three characters (shingles),
//! compared exactly where both texts are at hand, and by a [`Signature`] of fixed size to find candidates in a library.

mod difference;
mod signature;

pub use difference::{Change, DiffPart, differences};
pub use signature::{KEYS, Signature, resemblance, signature};

use domain::identifier::normalise::{half_width, is_blank};

/// Characters of a shingle.
const LENGTH: usize = 3;
/// Characters beyond which a text is not looked at: longer than any law, and bounds the memory.
const MAX_CHARACTERS: usize = 2_000_000;

/// The shingles of a text, each once, in order of their numbers. Blanks, punctuation, width and letter case do not
/// count, so that the same article pasted from another site has the same shingles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let characters = text.chars().filter(|c| !is_blank(*c) && is_word(*c)).take(MAX_CHARACTERS);
        let characters: Vec<u32> = characters.map(|c| u32::from(half_width(c).to_ascii_lowercase())).collect();
        let mut shingles: Vec<u64> = match characters.len() {
            0 => Vec::new(),
            1..LENGTH => vec![characters.iter().fold(1, |number, c| number << 21 | u64::from(*c))],
            // Three characters of 21 bits each fit: no two shingles share a number.
            _ => characters
                .windows(LENGTH)
                .map(|window| window.iter().fold(0, |number, c| number << 21 | u64::from(*c)))
                .collect(),
        };
        shingles.sort_unstable();
        shingles.dedup();
        Self(shingles)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the text has no words at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much of the longer text is in both, 0 to 1: what people mean by 相似度.
    pub fn similarity(&self, other: &Self) -> f64 {
        share(self.common(other), self.len().max(other.len()))
    }

    /// How much of the shorter text is in the longer one, 0 to 1.
    pub fn containment(&self, other: &Self) -> f64 {
        share(self.common(other), self.len().min(other.len()))
    }

    fn common(&self, other: &Self) -> usize {
        let (mut left, mut right, mut common) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        common
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_width_do_not_count_and_edits_do() {
        let text: String = (0..200).map(|i| char::from_u32(0x4E00 + i * 37 % 5000).unwrap()).collect();
        let spaced: String = text.chars().flat_map(|c| [c, ' ', '，']).collect();
        let one = Shingles::of(&text);
        assert_eq!(one, Shingles::of(&spaced));
        assert!((one.similarity(&Shingles::of(&spaced)) - 1.0).abs() < 1e-9);
        let half: String = text.chars().take(100).collect();
        let half = Shingles::of(&half);
        assert!((half.containment(&one) - 1.0).abs() < 1e-9 && one.similarity(&half) < 0.5);
        assert_eq!(Shingles::of("").similarity(&one), 0.0);
        assert_eq!(Shingles::of("甲乙").len(), 1);
    }
}
