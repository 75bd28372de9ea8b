//! All words at once: a double-array Aho-Corasick automaton over folded text.

use daachorse::CharwiseDoubleArrayAhoCorasick;

/// Words may be this long, in folded characters; longer ones are refused when they are read.
pub const MAX_WORD: usize = 64;

/// Words with numbers, ready for searching.
#[derive(Default)]
pub struct Words {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each different word: where its numbers begin in `values`; one more at the end.
    offsets: Vec<u32>,
    values: Vec<u32>,
}

impl Words {
    /// Builds the automaton. Several words may be equal; empty ones are left out.
    pub fn build(mut words: Vec<(String, u32)>) -> Self {
        words.retain(|(word, _)| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        let mut patterns: Vec<(&str, u32)> = Vec::with_capacity(words.len());
        let mut offsets = Vec::with_capacity(words.len() + 1);
        for (at, (word, _)) in (0u32..).zip(&words) {
            if patterns.last().is_none_or(|(last, _)| last != word) {
                let number = u32::try_from(patterns.len()).unwrap_or(u32::MAX);
                patterns.push((word, number));
                offsets.push(at);
            }
        }
        offsets.push(u32::try_from(words.len()).unwrap_or(u32::MAX));
        // It fails only for more words than fit into 32 bits.
        let automaton = match patterns.is_empty() {
            true => None,
            false => CharwiseDoubleArrayAhoCorasick::with_values(patterns).ok(),
        };
        Self { automaton, offsets, values: words.into_iter().map(|(_, value)| value).collect() }
    }

    /// Calls `found(start, end, numbers)` for every word, in bytes of the folded text, by end; its answer says whether
    /// to go on.
    pub fn find(&self, folded: &str, mut found: impl FnMut(usize, usize, &[u32]) -> bool) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(folded) {
            let word = hit.value() as usize;
            let values = &self.values[self.offsets[word] as usize..self.offsets[word + 1] as usize];
            if !found(hit.start(), hit.end(), values) {
                return;
            }
        }
    }

    /// No words.
    pub fn is_empty(&self) -> bool {
        self.automaton.is_none()
    }

    /// Bytes in memory.
    pub fn size(&self) -> usize {
        let automaton = self.automaton.as_ref().map_or(0, CharwiseDoubleArrayAhoCorasick::heap_bytes);
        automaton + (self.offsets.len() + self.values.len()) * size_of::<u32>()
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.values.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &[String], text: &str) -> Vec<(usize, usize, u32)> {
        let mut hits = Vec::new();
        Words::build(words.iter().cloned().zip(0..).collect()).find(text, |start, end, values| {
            hits.extend(values.iter().map(|value| (start, end, *value)));
            true
        });
        hits.sort_unstable();
        hits
    }

    proptest! {
        #[test]
        fn finds_exactly_what_a_naive_search_finds(
            words in prop::collection::vec("[甲乙a]{0,4}", 0..12), text in "[甲乙a]{0,40}",
        ) {
            let mut naive = Vec::new();
            for (value, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
                for (start, _) in text.char_indices() {
                    if text[start..].starts_with(word.as_str()) {
                        naive.push((start, start + word.len(), value as u32));
                    }
                }
            }
            naive.sort_unstable();
            prop_assert_eq!(found(&words, &text), naive);
        }
    }

    #[test]
    fn a_search_can_be_stopped() {
        let mut count = 0;
        Words::build(vec![("甲乙".to_owned(), 0)]).find("甲乙甲乙甲乙", |_, _, _| {
            count += 1;
            count < 2
        });
        assert_eq!(count, 2);
    }
}
