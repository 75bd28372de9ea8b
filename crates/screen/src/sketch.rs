//! Sketches: which documents of a stock can possibly hold a new word.
//!
//! A sketch is a Bloom filter of the folded characters and character pairs of a text. A word whose every pair is in the
//! sketch may stand in the text; one that lacks a pair cannot. A stock of documents is thus searched for a new word
//! without reading a single document that does not have it (but for about one in a thousand).

use crate::lexicon::{
    Entry,
    fold::{Code, Folded},
    sound::{Sounds, readings},
    variants,
};

/// Bits per item; three hashes then err in about three of a hundred pairs, so in one of a thousand words of three
/// characters.
const BITS_PER_ITEM: usize = 8;
const HASHES: u64 = 3;

/// Made anew when folding changes, so that old sketches are not trusted.
pub const SKETCH_VERSION: u8 = 1;

/// A sketch of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The version, then the bits; their number is a power of two.
    bytes: Vec<u8>,
}

impl Sketch {
    /// The sketch of a text (all fields of a document joined by line ends).
    pub fn of(text: &str) -> Self {
        let folded = Folded::of(text);
        let mut items: Vec<u64> = Vec::with_capacity(folded.codes.len() * 3);
        items.extend(items_of(&folded.codes, Kind::Characters));
        items.extend(items_of(&Sounds::of(text, &folded).codes, Kind::Sounds));
        items.sort_unstable();
        items.dedup();
        let bits = (items.len() * BITS_PER_ITEM).next_power_of_two().max(512);
        let mut bytes = vec![0; 1 + bits / 8];
        bytes[0] = SKETCH_VERSION;
        for item in items {
            for bit in places(item, bits) {
                bytes[1 + bit / 8] |= 1 << (bit % 8);
            }
        }
        Self { bytes }
    }

    /// For storage.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A word, as it is looked for in sketches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Any of these sets of items is enough.
    ways: Vec<Vec<u64>>,
}

impl Probe {
    /// The probe of a word with all its look-alike forms and, if it is looked for by sound, its readings.
    pub fn of(entry: &Entry) -> Self {
        let codes = Folded::of(&entry.word).codes;
        let mut ways = vec![items_of(&codes, Kind::Characters)];
        ways.extend(variants(&codes).iter().map(|codes| items_of(codes, Kind::Characters)));
        if entry.pinyin {
            ways.extend(readings(&entry.word).iter().map(|codes| items_of(codes, Kind::Sounds)));
        }
        Self { ways }
    }

    /// False only when the word is certainly not in the document with this sketch. Sketches of another version, or
    /// damaged ones, may hold anything.
    pub fn may_match(&self, sketch: &[u8]) -> bool {
        let Some((&SKETCH_VERSION, bits)) = sketch.split_first() else { return true };
        let count = bits.len() * 8;
        if !count.is_power_of_two() {
            return true;
        }
        let has = |item: u64| places(item, count).all(|bit| bits[bit / 8] >> (bit % 8) & 1 == 1);
        self.ways.iter().any(|items| items.iter().all(|item| has(*item)))
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Characters,
    Sounds,
}

/// Single codes (for words of one character) and pairs.
fn items_of(codes: &[Code], kind: Kind) -> Vec<u64> {
    let kind = match kind {
        Kind::Characters => 0,
        Kind::Sounds => 1 << 40,
    };
    let pairs = codes.windows(2).map(|pair| kind | 1 << 32 | u64::from(pair[0]) << 16 | u64::from(pair[1]));
    codes.iter().map(|code| kind | u64::from(*code)).chain(pairs).collect()
}

fn places(item: u64, bits: usize) -> impl Iterator<Item = usize> {
    let mut mixed = item.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    let (first, step) = (mixed & 0xFFFF_FFFF, mixed >> 32 | 1);
    (0..HASHES).map(move |turn| (first.wrapping_add(turn.wrapping_mul(step)) as usize) & (bits - 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_in_the_text_is_never_missed_and_others_nearly_always_are() {
        let text = "各盟行政公署、市人民政府要按照国务院办公厅的要求抓好政府网站集约化平台建设，逐级审核、先审后发。"
            .repeat(3);
        let sketch = Sketch::of(&text);
        for word in ["政府网站", "国務院辦公廳", "先审后发", "，逐", "集约 化"] {
            assert!(Probe::of(&Entry::new(word)).may_match(sketch.as_bytes()), "{word}");
        }
        let spoken = Entry { pinyin: true, ..Entry::new("吉约化") };
        assert!(Probe::of(&spoken).may_match(sketch.as_bytes()));
        for word in ["示例词", "县政公告", "后发先审啊", "g0v"] {
            assert!(!Probe::of(&Entry::new(word)).may_match(sketch.as_bytes()), "{word}");
        }
    }

    #[test]
    fn unreadable_sketches_may_hold_anything() {
        let probe = Probe::of(&Entry::new("示例词"));
        assert!(probe.may_match(&[]) && probe.may_match(&[9, 0, 0]) && probe.may_match(&[SKETCH_VERSION, 0, 0, 0]));
    }

    proptest! {
        #[test]
        fn every_stretch_of_any_text_is_a_candidate(text in "\\PC{0,60}", from in 0usize..60, length in 1usize..8) {
            let word: String = text.chars().skip(from).take(length).collect();
            if crate::lexicon::usable(&word).is_ok() {
                // Folding a stretch alone gives the same as folding it in its text, but for the ends of Latin words.
                prop_assert!(Probe::of(&Entry::new(word)).may_match(Sketch::of(&text).as_bytes()));
            }
        }
    }
}
