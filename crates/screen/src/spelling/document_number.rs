//! Places that are no prose: the letters of an office in a document number (the first part of “内政办发〔2021〕45号”).

use super::symbol::{CLOSING, FIRST_CHARACTER, NUMBER, OPENING, Symbol};

/// Most characters that an office and the kind of a document have.
const LONGEST: usize = 10;

/// Marks the characters that stand before a year in brackets with a number behind it.
pub fn document_numbers(symbols: &[Symbol]) -> Vec<bool> {
    let mut marked = vec![false; symbols.len()];
    for (at, row) in symbols.windows(4).enumerate() {
        // “第” may stand between the year and the number.
        if row[..3] == [OPENING, NUMBER, CLOSING] && symbols[at + 3..].iter().take(2).any(|next| *next == NUMBER) {
            let office =
                symbols[..at].iter().rev().take(LONGEST).take_while(|symbol| **symbol >= FIRST_CHARACTER).count();
            marked[at - office..at].fill(true);
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_characters_before_a_bracketed_year_are_marked() {
        let (a, b, c) = (FIRST_CHARACTER, FIRST_CHARACTER + 1, FIRST_CHARACTER + 2);
        assert_eq!(
            document_numbers(&[a, NUMBER, b, c, OPENING, NUMBER, CLOSING, NUMBER, a]),
            [false, false, true, true, false, false, false, false, false]
        );
        assert!(document_numbers(&[a, OPENING, NUMBER, CLOSING, a]).iter().all(|marked| !marked));
        assert!(document_numbers(&[]).is_empty());
    }
}
