//! Numbers in running text: where people hide ID numbers, telephone numbers and card numbers.
//!
//! Digits are read in any width; invisible characters inside a number are skipped, because they are a known way to
//! get a number past a filter. Groups joined by one blank or hyphen (`138 0000 0000`) know of each other.

use std::ops::Range;

use super::normalise::{half_width, is_invisible};

/// One unbroken run of digits; a final X is kept when nothing alphanumeric follows it (ID numbers end so).
#[derive(Debug, Clone)]
pub struct DigitGroup {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// The blank or hyphen between the previous group and this one, if that is all that lies between.
    pub joined_by: Option<char>,
    /// The visible character before the group.
    pub before: Option<char>,
    /// The visible character after the group.
    pub after: Option<char>,
    digits: Range<usize>,
}

/// All digit groups of a text, found in one pass.
#[derive(Debug, Clone, Default)]
pub struct DigitGroups {
    buffer: String,
    groups: Vec<DigitGroup>,
}

/// Consecutive groups whose lengths fit one of the shapes that were asked for.
#[derive(Debug, Clone)]
pub struct DigitMatch<'a> {
    /// The digits without separators, half-width.
    pub digits: &'a str,
    /// Byte range in the text.
    pub range: Range<usize>,
    /// Index of the first and one past the last group.
    pub groups: Range<usize>,
}

impl DigitGroups {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut characters = text.char_indices().peekable();
        let mut before = None;
        // The end of the previous group and what has been seen since, to know whether two groups are joined.
        let mut gap: Option<Vec<char>> = None;
        while let Some((start, character)) = characters.next() {
            let Some(digit) = ascii_digit(character) else {
                if !is_invisible(character) {
                    before = Some(character);
                    gap = gap.filter(|seen| seen.is_empty()).map(|mut seen| {
                        seen.push(character);
                        seen
                    });
                }
                continue;
            };
            let digits_start = found.buffer.len();
            found.buffer.push(digit);
            let mut end = start + character.len_utf8();
            while let Some(&(at, next)) = characters.peek() {
                if let Some(digit) = ascii_digit(next) {
                    found.buffer.push(digit);
                    end = at + next.len_utf8();
                } else if !is_invisible(next) {
                    break;
                }
                characters.next();
            }
            if let Some(&(at, next)) = characters.peek()
                && matches!(half_width(next), 'X' | 'x')
            {
                let rest = &text[at + next.len_utf8()..];
                if !visible_first(rest).is_some_and(|c| half_width(c).is_ascii_alphanumeric()) {
                    found.buffer.push('X');
                    end = at + next.len_utf8();
                    characters.next();
                }
            }
            let joined_by = match gap.as_deref() {
                Some([single]) => separator(*single),
                _ => None,
            };
            found.groups.push(DigitGroup {
                range: start..end,
                joined_by,
                before,
                after: visible_first(&text[end..]),
                digits: digits_start..found.buffer.len(),
            });
            gap = Some(Vec::new());
            before = found.buffer.chars().last();
        }
        found
    }

    /// The groups in order.
    pub fn groups(&self) -> &[DigitGroup] {
        &self.groups
    }

    /// The digits of one group.
    pub fn digits(&self, group: &DigitGroup) -> &str {
        &self.buffer[group.digits.clone()]
    }

    /// Every place where consecutive joined groups have the lengths of one of `shapes`. A shape of several groups
    /// does not match inside a longer chain with the same separator: `1 138 0000 0000 2` is something else.
    pub fn matches<'a>(&'a self, shapes: &'a [&'a [usize]]) -> impl Iterator<Item = DigitMatch<'a>> + 'a {
        (0..self.groups.len()).flat_map(move |first| shapes.iter().filter_map(move |shape| self.match_at(first, shape)))
    }

    fn match_at(&self, first: usize, shape: &[usize]) -> Option<DigitMatch<'_>> {
        let groups = self.groups.get(first..first + shape.len())?;
        let fits = groups.iter().zip(shape).all(|(group, length)| group.digits.len() == *length);
        let joined = groups.iter().skip(1).all(|group| group.joined_by.is_some());
        if !fits || !joined {
            return None;
        }
        Some(DigitMatch {
            digits: &self.buffer[groups.first()?.digits.start..groups.last()?.digits.end],
            range: groups.first()?.range.start..groups.last()?.range.end,
            groups: first..first + shape.len(),
        })
    }

    /// The groups that touch a match through a separator: before it, after it.
    pub fn neighbours(&self, found: &DigitMatch<'_>) -> (Option<&DigitGroup>, Option<&DigitGroup>) {
        let before = self
            .groups
            .get(found.groups.start)
            .filter(|group| group.joined_by.is_some())
            .and_then(|_| self.groups.get(found.groups.start.checked_sub(1)?));
        let after = self.groups.get(found.groups.end).filter(|group| group.joined_by.is_some());
        (before, after)
    }

    /// The visible characters directly before and after a match.
    pub fn surroundings(&self, found: &DigitMatch<'_>) -> (Option<char>, Option<char>) {
        let before = self.groups.get(found.groups.start).and_then(|group| group.before);
        let after =
            found.groups.end.checked_sub(1).and_then(|last| self.groups.get(last)).and_then(|group| group.after);
        (before, after)
    }
}

fn ascii_digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => Some(half_width(character)),
        _ => None,
    }
}

/// A blank on the same line, or a hyphen. Tabs and line ends part table cells and never join.
fn separator(character: char) -> Option<char> {
    match character {
        ' ' | '\u{00A0}' | '\u{3000}' | '\u{2002}'..='\u{200A}' => Some(' '),
        '-' | '－' | '–' | '—' | '‐' | '‑' | '−' => Some('-'),
        _ => None,
    }
}

fn visible_first(text: &str) -> Option<char> {
    text.chars().find(|c| !is_invisible(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, Option<char>, String)> {
        let found = DigitGroups::of(text);
        found
            .groups()
            .iter()
            .map(|group| (found.digits(group).to_owned(), group.joined_by, text[group.range.clone()].to_owned()))
            .collect()
    }

    #[test]
    fn digits_of_any_width_are_read_and_invisible_characters_skipped() {
        assert_eq!(all("号１2\u{200B}3，"), [("123".to_owned(), None, "１2\u{200B}3".to_owned())]);
        assert_eq!(all("无数字"), []);
    }

    #[test]
    fn groups_know_what_joins_them() {
        let groups = all("138 0000-0000  1，2\t3");
        let joints: Vec<_> = groups.iter().map(|(digits, joint, _)| (digits.as_str(), *joint)).collect();
        assert_eq!(
            joints,
            [("138", None), ("0000", Some(' ')), ("0000", Some('-')), ("1", None), ("2", None), ("3", None)]
        );
    }

    #[test]
    fn a_final_x_belongs_to_the_number_only_at_a_word_end() {
        assert_eq!(all("12x。")[0].0, "12X");
        assert_eq!(all("12Ｘ")[0].0, "12X");
        assert_eq!(all("12x34")[0].0, "12");
        assert_eq!(all("12xy")[0].0, "12");
    }

    #[test]
    fn shapes_are_matched_with_their_range_in_the_text() {
        let text = "电话：138 0000 0000。";
        let found = DigitGroups::of(text);
        let shapes: &[&[usize]] = &[&[11], &[3, 4, 4]];
        let matches: Vec<_> = found.matches(shapes).collect();
        assert_eq!(matches.len(), 1);
        assert_eq!(matches[0].digits, "13800000000");
        assert_eq!(&text[matches[0].range.clone()], "138 0000 0000");
        assert_eq!(found.surroundings(&matches[0]), (Some('：'), Some('。')));
    }
}
