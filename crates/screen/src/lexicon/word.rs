//! What counts as an occurrence of a word, once its folded characters have been found in a row.

use std::cell::OnceCell;

use crate::lexicon::fold::{Folded, is_separator};

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

/// What stands between the folded characters of a text, counted once for all words.
#[derive(Debug, Default)]
pub struct Gaps {
    /// Where the folded character begins before which something stands, in order.
    borders: Vec<u32>,
    /// For each border and one more: how many natural gaps, evasive ones, ends of lines, borders stand before it.
    sums: Vec<[u32; 4]>,
}

impl Gaps {
    /// Looks at every place where the folded text was put together.
    pub fn of(text: &str, folded: &Folded) -> Self {
        let mut gaps = Self { borders: Vec::new(), sums: vec![[0; 4]] };
        for (border, between) in folded.joints() {
            let place = match gap_of(&text[between]) {
                Gap::None | Gap::Invisible => continue,
                Gap::Natural => 0,
                Gap::Evasive => 1,
                Gap::Line => 2,
                Gap::Apart => 3,
            };
            let mut sums = gaps.sums.last().copied().unwrap_or_default();
            sums[place] += 1;
            gaps.borders.push(u32::try_from(border).unwrap_or(u32::MAX));
            gaps.sums.push(sums);
        }
        gaps
    }

    /// Natural, evasive gaps, ends of lines and borders inside the folded bytes `start..end`.
    fn inside(&self, start: usize, end: usize) -> [u32; 4] {
        let from = self.borders.partition_point(|border| *border as usize <= start);
        let to = from + self.borders[from..].partition_point(|border| (*border as usize) < end);
        std::array::from_fn(|place| self.sums[to][place] - self.sums[from][place])
    }
}

/// Whether the folded bytes `start..end` of a text are written as one word.
///
/// `across_lines`: the text was wrapped by a machine (attachments), so that a line may end inside a word.
pub fn is_one_word(
    text: &str,
    folded: &Folded,
    gaps: &OnceCell<Gaps>,
    start: usize,
    end: usize,
    across_lines: bool,
) -> bool {
    let word = &folded.text.as_bytes()[start..end];
    if word[0] >= 0x80 && word[word.len() - 1] >= 0x80 && folded.is_unchanged(start, end) {
        return true;
    }
    if continues(text, folded, start) || continues(text, folded, end) {
        return false;
    }
    let [natural, evasive, lines, apart] = gaps.get_or_init(|| Gaps::of(text, folded)).inside(start, end);
    let latin = is_latin(word);
    if apart > 0 || lines > u32::from(across_lines && !latin) {
        return false;
    }
    let length = word.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32;
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
    let parted = |border: usize| {
        border == 0 || border == folded.text.len() || !matches!(gap(text, folded, border), Gap::None | Gap::Invisible)
    };
    parted(start) && parted(end)
}

/// A Latin word or a number goes on over this border, so the occurrence is only part of it.
pub(super) fn continues(text: &str, folded: &Folded, border: usize) -> bool {
    let bytes = folded.text.as_bytes();
    let Some(before) = border.checked_sub(1) else { return false };
    let (Some(left), Some(right)) = (bytes.get(before), bytes.get(border)) else { return false };
    let same_kind =
        left.is_ascii_lowercase() && right.is_ascii_lowercase() || left.is_ascii_digit() && right.is_ascii_digit();
    same_kind && matches!(gap(text, folded, border), Gap::None | Gap::Invisible)
}

/// What stands before the folded character that begins at `border`.
fn gap(text: &str, folded: &Folded, border: usize) -> Gap {
    folded.between(text, border).map_or(Gap::None, gap_of)
}

/// What kind of gap this is.
fn gap_of(between: &str) -> Gap {
    if between.is_empty() {
        return Gap::None;
    }
    let mut kind = Gap::Invisible;
    let mut seen = 0;
    for character in between.chars() {
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

/// Latin letters and digits only.
pub(super) fn is_latin(word: &[u8]) -> bool {
    word.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> bool {
        let folded = Folded::of(text);
        let word = folded.text.trim_matches(['前', '后']);
        let start = folded.text.find(word).unwrap();
        is_one_word(text, &folded, &OnceCell::new(), start, start + word.len(), false)
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
        assert!(is_one_word(text, &folded, &OnceCell::new(), 0, 9, true));
        assert!(!is_one_word(text, &folded, &OnceCell::new(), 0, 9, false));
    }

    #[test]
    fn part_of_a_latin_word_or_number_is_no_occurrence() {
        for (text, start, end, expected) in
            [("sword", 1, 5, false), ("5word", 1, 5, true), ("x 12 3", 1, 3, true), ("123", 0, 2, false)]
        {
            assert_eq!(is_one_word(text, &Folded::of(text), &OnceCell::new(), start, end, false), expected, "{text}");
        }
    }
}
