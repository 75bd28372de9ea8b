//! Digits that stand for letters and letters that stand for digits: `g0v` for `gov`, `l23` for `123`.

use crate::lexicon::word::is_latin;

/// Letter and digit that look alike.
const PAIRS: &[(&str, &str)] = &[("o", "0"), ("l", "1"), ("i", "1"), ("e", "3"), ("s", "5"), ("b", "8"), ("z", "2")];

/// Shorter words have too many innocent neighbours.
const SHORTEST: usize = 3;

/// The look-alike forms of a folded word of Latin letters and digits; none for any other word.
pub fn variants(word: &str) -> Vec<String> {
    if word.len() < SHORTEST || !is_latin(word.as_bytes()) {
        return Vec::new();
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let (to_digits, to_letters) = (digits * 2 < word.len(), digits * 2 > word.len());
    let mut found = Vec::new();
    let mut all = word.to_owned();
    // A word that became a mere number could be any number.
    let still_a_word = |word: &str| to_letters || word.bytes().any(|byte| !byte.is_ascii_digit());
    for (letter, digit) in PAIRS {
        let (from, to) = match (to_digits, to_letters) {
            (true, _) => (*letter, *digit),
            (_, true) => (*digit, *letter),
            _ => continue,
        };
        let one = word.replace(from, to);
        if one != word && still_a_word(&one) {
            found.push(one);
        }
        let swapped = all.replace(from, to);
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
        variants(word)
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
