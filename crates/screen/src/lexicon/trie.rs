//! All words at once: a trie over folded characters behind a filter of their first two characters.
//!
//! At nearly every place of a text no word begins. One look at a small bitmap says so; only the other places walk the
//! trie, whose edges lie in one open-addressed table. A walk is no longer than the longest word, so time stays linear.

use crate::lexicon::fold::Code;

/// Words may be this long, in folded characters; longer ones are refused when they are read.
pub const MAX_WORD: usize = 64;

const FILTER_BITS: u32 = 19;
const ROOT: u32 = 0;
const NONE: u32 = u32::MAX;

/// Words with numbers, ready for searching.
#[derive(Debug, Default, Clone)]
pub struct Trie {
    /// First characters of one-character words, as a bitmap.
    singles: Vec<u64>,
    /// First two characters of all longer words, hashed.
    filter: Vec<u64>,
    slots: Vec<Slot>,
    mask: usize,
    /// For each node: where its words begin in `values`; one more at the end.
    offsets: Vec<u32>,
    values: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u64,
    child: u32,
}

const EMPTY: Slot = Slot { key: u64::MAX, child: NONE };

impl Trie {
    /// Builds a trie. Several words may be equal; empty ones are left out.
    pub fn build<'w>(words: impl IntoIterator<Item = (&'w [Code], u32)>) -> Self {
        let mut words: Vec<(&[Code], u32)> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        words.sort_unstable();
        let edges = words.iter().map(|(word, _)| word.len()).sum::<usize>();
        let mut trie = Self { singles: vec![0; 1 << 10], filter: vec![0; 1 << (FILTER_BITS - 6)], ..Self::default() };
        let mut nodes: u32 = 1;
        let mut ends: Vec<(u32, u32)> = Vec::with_capacity(words.len());
        let mut pending: Vec<(u64, u32)> = Vec::with_capacity(edges / 2);
        // Sorted words share their beginnings with the one before, so the path of the last word is all that is needed.
        let mut path: Vec<u32> = vec![ROOT];
        let mut last: &[Code] = &[];
        for &(word, value) in &words {
            let shared = word.iter().zip(last).take_while(|(a, b)| a == b).count();
            path.truncate(shared + 1);
            for &code in &word[shared..] {
                pending.push((key(path[path.len() - 1], code), nodes));
                path.push(nodes);
                nodes += 1;
            }
            ends.push((path[path.len() - 1], value));
            match word {
                [one] => trie.singles[usize::from(*one) >> 6] |= 1 << (one & 63),
                [first, second, ..] => {
                    let bit = filter_bit(*first, *second);
                    trie.filter[bit >> 6] |= 1 << (bit & 63);
                }
                [] => {}
            }
            last = word;
        }
        let size = (pending.len() * 2).next_power_of_two().max(16);
        trie.slots = vec![EMPTY; size];
        trie.mask = size - 1;
        for (key, child) in pending {
            let mut at = spread(key) & trie.mask;
            while trie.slots[at].child != NONE {
                at = (at + 1) & trie.mask;
            }
            trie.slots[at] = Slot { key, child };
        }
        ends.sort_unstable();
        trie.offsets = vec![0; nodes as usize + 1];
        for (node, _) in &ends {
            trie.offsets[*node as usize + 1] += 1;
        }
        for at in 1..trie.offsets.len() {
            trie.offsets[at] += trie.offsets[at - 1];
        }
        trie.values = ends.into_iter().map(|(_, value)| value).collect();
        trie
    }

    /// Calls `found(start, end, values)` for every word, by start and then by length; its answer says whether to go on.
    pub fn find(&self, codes: &[Code], mut found: impl FnMut(usize, usize, &[u32]) -> bool) {
        if self.is_empty() {
            return;
        }
        for start in 0..codes.len() {
            let first = codes[start];
            let single = self.singles[usize::from(first) >> 6] >> (first & 63) & 1 == 1;
            let longer = codes.get(start + 1).is_some_and(|second| {
                let bit = filter_bit(first, *second);
                self.filter[bit >> 6] >> (bit & 63) & 1 == 1
            });
            if !single && !longer {
                continue;
            }
            let mut node = ROOT;
            for (length, code) in codes[start..].iter().take(MAX_WORD).enumerate() {
                node = self.step(node, *code);
                if node == NONE {
                    break;
                }
                let values = self.values_of(node);
                if !values.is_empty() && !found(start, start + length + 1, values) {
                    return;
                }
            }
        }
    }

    /// No words.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Bytes in memory.
    pub fn size(&self) -> usize {
        self.slots.len() * size_of::<Slot>()
            + (self.offsets.len() + self.values.len()) * size_of::<u32>()
            + (self.singles.len() + self.filter.len()) * size_of::<u64>()
    }

    fn values_of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.values[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }

    fn step(&self, node: u32, code: Code) -> u32 {
        let key = key(node, code);
        let mut at = spread(key) & self.mask;
        loop {
            let slot = self.slots[at];
            if slot.key == key || slot.child == NONE {
                return slot.child;
            }
            at = (at + 1) & self.mask;
        }
    }
}

fn key(node: u32, code: Code) -> u64 {
    u64::from(node) << 16 | u64::from(code)
}

fn spread(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

fn filter_bit(first: Code, second: Code) -> usize {
    let pair = u32::from(first) << 16 | u32::from(second);
    (pair.wrapping_mul(0x9E37_79B1) >> (32 - FILTER_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &[Vec<Code>], text: &[Code]) -> Vec<(usize, usize, u32)> {
        let trie = Trie::build(words.iter().enumerate().map(|(at, word)| (word.as_slice(), at as u32)));
        let mut hits = Vec::new();
        trie.find(text, |start, end, values| {
            hits.extend(values.iter().map(|value| (start, end, *value)));
            true
        });
        hits
    }

    proptest! {
        #[test]
        fn finds_exactly_what_a_naive_search_finds(
            words in prop::collection::vec(prop::collection::vec(0u16..4, 0..5), 0..12),
            text in prop::collection::vec(0u16..4, 0..60),
        ) {
            let mut naive = Vec::new();
            for start in 0..text.len() {
                for end in start + 1..=text.len() {
                    for (value, word) in words.iter().enumerate() {
                        if text[start..end] == word[..] {
                            naive.push((start, end, value as u32));
                        }
                    }
                }
            }
            prop_assert_eq!(found(&words, &text), naive);
        }
    }

    #[test]
    fn a_search_can_be_stopped() {
        let word = [1, 2];
        let trie = Trie::build([(&word[..], 0)]);
        let mut count = 0;
        trie.find(&[1, 2, 1, 2, 1, 2], |_, _, _| {
            count += 1;
            count < 2
        });
        assert_eq!(count, 2);
    }
}
