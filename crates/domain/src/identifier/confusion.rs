//! Letters and signs that are typed for digits when a number is copied from paper.

/// `O`, `o` and circles become 0; `l`, `I`, `i` and `|` become 1. Everything else stays.
pub fn repair_digits(text: &str) -> String {
    text.chars().map(repair_digit).collect()
}

/// [`repair_digits`] for one character.
pub fn repair_digit(character: char) -> char {
    match character {
        'O' | 'o' | '〇' | '○' => '0',
        'l' | 'I' | 'i' | '|' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_a_digit_is_changed() {
        assert_eq!(repair_digits("15O6○O14l|号"), "150600141 1号".replace(' ', ""));
        assert_eq!(repair_digits("蒙ICP备"), "蒙1CP备");
        assert_eq!(repair_digits("2021"), "2021");
    }
}
