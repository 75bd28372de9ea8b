//! What counts as an occurrence of a word, once its folded characters have been found in a row.

use crate::lexicon::fold::{Code, Folded, is_separator};

/// What stands between two characters of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// Nothing that anybody sees.
    Invisible,
    /// Blanks and the signs that part words in honest texts too.
    Natural,
    /// Signs that nobody puts inside a word but to hide it.
    Evasive,
    /// The end of a line.
    Line,
    /// The end of a table cell, or too much.
    Apart,
}

/// More visible characters than this between two characters, and they are no word.
const MAX_GAP: usize = 3;

/// Whether the folded characters `start..end` of a text are written as one word.
///
/// `across_lines`: the text was wrapped by a machine (attachments), so that a line may end inside a word.
pub fn is_one_word(text: &str, folded: &Folded, start: usize, end: usize, across_lines: bool) -> bool {
    let codes = &folded.codes[start..end];
    let latin = codes.iter().all(|code| is_ascii_word(*code));
    if continues(text, folded, start) || continues(text, folded, end) {
        return false;
    }
    let (mut natural, mut evasive, mut lines) = (0, 0, 0);
    for at in start..end - 1 {
        match gap(text, folded, at) {
            Gap::None | Gap::Invisible => {}
            Gap::Natural => natural += 1,
            Gap::Evasive => evasive += 1,
            Gap::Line if across_lines => lines += 1,
            Gap::Line | Gap::Apart => return false,
        }
    }
    let length = end - start;
    if lines > 1 || latin && lines > 0 {
        return false;
    }
    if natural == 0 {
        return evasive == 0 || !latin || evasive + 1 == length;
    }
    let spaced_out = natural + evasive + 1 == length;
    if latin {
        return spaced_out && length >= 4;
    }
    length >= 4 || spaced_out && (length == 3 || stands_alone(text, folded, start, end))
}

/// Blanks or the text's ends on both sides: a word of two characters written apart.
fn stands_alone(text: &str, folded: &Folded, start: usize, end: usize) -> bool {
    let parted = |at: usize| !matches!(gap(text, folded, at), Gap::None | Gap::Invisible);
    (start == 0 || parted(start - 1)) && (end == folded.codes.len() || parted(end - 1))
}

/// A Latin word or a number goes on over this border, so the occurrence is only part of it.
fn continues(text: &str, folded: &Folded, border: usize) -> bool {
    let Some(before) = border.checked_sub(1) else { return false };
    let (Some(left), Some(right)) = (folded.codes.get(before), folded.codes.get(border)) else { return false };
    let same_kind = is_ascii_letter(*left) && is_ascii_letter(*right) || is_digit(*left) && is_digit(*right);
    same_kind && matches!(gap(text, folded, before), Gap::None | Gap::Invisible)
}

/// What stands between the folded characters `at` and `at + 1`.
fn gap(text: &str, folded: &Folded, at: usize) -> Gap {
    let (left, right) = (folded.starts[at] as usize, folded.starts[at + 1] as usize);
    if left == right {
        return Gap::None;
    }
    let left = left + text[left..].chars().next().map_or(0, char::len_utf8);
    if left >= right {
        return Gap::None;
    }
    let mut kind = Gap::Invisible;
    let mut seen = 0;
    for character in text[left..right].chars() {
        let here = match character {
            '\t' => return Gap::Apart,
            '\n' | '\r' => Gap::Line,
            '-' | '/' | '\\' | '·' | '・' | '+' | '=' | '&' | '‐'..='―' | '~' => Gap::Natural,
            other if other.is_whitespace() => Gap::Natural,
            other if is_separator(other) => Gap::Evasive,
            _ => continue,
        };
        seen += 1;
        kind = match (kind, here) {
            (Gap::Line, _) | (_, Gap::Line) => Gap::Line,
            (Gap::Natural, _) | (_, Gap::Natural) => Gap::Natural,
            _ => here,
        };
    }
    if seen > MAX_GAP && kind != Gap::Line { Gap::Apart } else { kind }
}

fn is_ascii_letter(code: Code) -> bool {
    matches!(code, 0x61..=0x7A)
}

fn is_digit(code: Code) -> bool {
    matches!(code, 0x30..=0x39)
}

/// Latin letters and digits.
pub(super) fn is_ascii_word(code: Code) -> bool {
    is_ascii_letter(code) || is_digit(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> bool {
        let folded = Folded::of(text);
        let word: Vec<usize> =
            (0..folded.codes.len()).filter(|at| !"前后".contains(&text[folded.source(text, *at, *at + 1)])).collect();
        is_one_word(text, &folded, word[0], word[word.len() - 1] + 1, false)
    }

    #[test]
    fn hidden_words_are_words_and_neighbours_are_not() {
        for (text, expected) in [
            ("前示例词后", true),
            ("前示\u{200B}例\u{2060}词后", true),
            ("前示*例*词后", true),
            ("前示 例 词后", true),
            ("前示例 词后", false),
            ("前示范例词 语后", true),
            ("前示*例后", true),
            ("前示 例后", false),
            ("前 示 例 后", true),
            ("前示-例后", false),
            ("前示\t例词后", false),
            ("前示\n例词后", false),
            ("前word后", true),
            ("前w o r d后", true),
            ("前wor d后", false),
            ("前w.o.r.d后", true),
        ] {
            assert_eq!(whole(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_may_end_inside_a_word_of_a_wrapped_text() {
        let text = "示例\n词";
        let folded = Folded::of(text);
        assert!(is_one_word(text, &folded, 0, 3, true));
        assert!(!is_one_word(text, &folded, 0, 3, false));
    }

    #[test]
    fn part_of_a_latin_word_or_number_is_no_occurrence() {
        for (text, start, end, expected) in
            [("sword", 1, 5, false), ("5word", 1, 5, true), ("x 12 3", 1, 3, true), ("123", 0, 2, false)]
        {
            assert_eq!(is_one_word(text, &Folded::of(text), start, end, false), expected, "{text}");
        }
    }
}
