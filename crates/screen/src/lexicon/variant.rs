//! Digits that stand for letters and letters that stand for digits: `g0v` for `gov`, `l23` for `123`.

use crate::lexicon::{fold::Code, word::is_ascii_word};

/// Letter and digit that look alike.
const PAIRS: &[(u8, u8)] =
    &[(b'o', b'0'), (b'l', b'1'), (b'i', b'1'), (b'e', b'3'), (b's', b'5'), (b'b', b'8'), (b'z', b'2')];

/// Shorter words have too many innocent neighbours.
const SHORTEST: usize = 3;

/// The look-alike forms of a folded word of Latin letters and digits; none for any other word.
pub fn variants(word: &[Code]) -> Vec<Vec<Code>> {
    if word.len() < SHORTEST || !word.iter().all(|code| is_ascii_word(*code)) {
        return Vec::new();
    }
    let digits = word.iter().filter(|code| matches!(code, 0x30..=0x39)).count();
    let (to_digits, to_letters) = (digits * 2 < word.len(), digits * 2 > word.len());
    let mut found = Vec::new();
    let mut all = word.to_vec();
    for (letter, digit) in PAIRS {
        let (from, to) = match (to_digits, to_letters) {
            (true, _) => (*letter, *digit),
            (_, true) => (*digit, *letter),
            _ => continue,
        };
        let swap = |codes: &[Code]| -> Vec<Code> {
            codes.iter().map(|code| if *code == Code::from(from) { Code::from(to) } else { *code }).collect()
        };
        let one = swap(word);
        // A word that became a mere number could be any number.
        let still_a_word = |codes: &[Code]| to_letters || codes.iter().any(|code| !matches!(code, 0x30..=0x39));
        if one != word && still_a_word(&one) {
            found.push(one);
        }
        let swapped = swap(&all);
        if still_a_word(&swapped) {
            all = swapped;
        }
    }
    if all != word && !found.contains(&all) {
        found.push(all);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Vec<String> {
        let codes: Vec<Code> = word.encode_utf16().collect();
        variants(&codes).iter().map(|codes| String::from_utf16_lossy(codes)).collect()
    }

    #[test]
    fn letters_become_digits_in_words_and_digits_letters_in_numbers() {
        assert_eq!(of("gov"), ["g0v"]);
        assert_eq!(of("hello"), ["hell0", "he11o", "h3llo", "h3110"]);
        assert_eq!(of("105"), ["1o5", "l05", "i05", "10s", "los"]);
        for none in ["os", "词语", "so0", "a1"] {
            assert!(of(none).iter().all(|variant| variant != none), "{none}");
        }
        assert!(of("词语os").is_empty());
    }
}
