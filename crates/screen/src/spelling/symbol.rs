//! Text as a row of symbols: one per Chinese character, one per run of digits or Latin letters, one per punctuation mark.

use std::ops::Range;

/// A symbol: below [`FIRST_CHARACTER`] a class, above it a character of the alphabet.
pub type Symbol = u16;

/// Start or end of a paragraph.
pub const EDGE: Symbol = 0;
/// A run of digits, in whatever script.
pub const NUMBER: Symbol = 1;
/// A run of letters that are not Chinese.
pub const FOREIGN: Symbol = 2;
/// A Chinese character that the alphabet lacks.
pub const UNKNOWN: Symbol = 3;
/// Any other mark.
pub const OTHER: Symbol = 4;
/// First of the symbols of [`MARKS`].
const FIRST_MARK: Symbol = 5;
/// Marks that official prose uses all the time; half-width forms count as the full-width ones.
const MARKS: [char; 12] = ['，', '。', '、', '；', '：', '（', '）', '《', '》', '“', '”', '％'];
/// The opening bracket, of whatever form.
pub const OPENING: Symbol = FIRST_MARK + 5;
/// The closing bracket.
pub const CLOSING: Symbol = FIRST_MARK + 6;
/// First symbol that stands for a character.
pub const FIRST_CHARACTER: Symbol = 32;

/// One symbol and its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Which symbol.
    pub symbol: Symbol,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Token {
    /// Whether it is a character of the alphabet, the only thing that can be misspelt.
    pub fn is_character(self) -> bool {
        self.symbol >= FIRST_CHARACTER
    }
    /// Its bytes in the text.
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The characters that the model knows, in order of code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alphabet {
    characters: Vec<char>,
}

/// Whether a character is Chinese (unified ideographs, extension A).
pub fn is_chinese(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

impl Alphabet {
    /// Takes the characters; they are sorted, doubles go. At most 60,000 are kept.
    pub fn new(mut characters: Vec<char>) -> Self {
        characters.sort_unstable();
        characters.dedup();
        characters.truncate(60_000);
        Self { characters }
    }

    /// How many symbols there are, classes included.
    pub fn symbols(&self) -> usize {
        self.characters.len() + usize::from(FIRST_CHARACTER)
    }

    /// The characters in order.
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    /// The symbol of a character, if the alphabet has it.
    pub fn symbol(&self, character: char) -> Option<Symbol> {
        let at = self.characters.binary_search(&character).ok()?;
        Some(at as Symbol + FIRST_CHARACTER)
    }

    /// The character of a symbol.
    pub fn character(&self, symbol: Symbol) -> Option<char> {
        self.characters.get(usize::from(symbol.checked_sub(FIRST_CHARACTER)?)).copied()
    }

    /// Cuts one paragraph (no line breaks inside) into symbols between two edges. `offset` is added to the places.
    /// White space and invisible characters inside a paragraph have no symbol.
    pub fn tokens(&self, paragraph: &str, offset: usize, out: &mut Vec<Token>) {
        out.clear();
        let place = |at: usize| u32::try_from(offset + at).unwrap_or(u32::MAX);
        out.push(Token { symbol: EDGE, start: place(0), end: place(0) });
        for (at, character) in paragraph.char_indices() {
            let end = at + character.len_utf8();
            let Some(symbol) = self.classify(character) else { continue };
            if let (NUMBER | FOREIGN, Some(last)) = (symbol, out.last_mut())
                && last.symbol == symbol
                && last.end == place(at)
            {
                last.end = place(end);
                continue;
            }
            out.push(Token { symbol, start: place(at), end: place(end) });
        }
        out.push(Token { symbol: EDGE, start: place(paragraph.len()), end: place(paragraph.len()) });
    }

    fn classify(&self, character: char) -> Option<Symbol> {
        if is_chinese(character) {
            return Some(self.symbol(character).unwrap_or(UNKNOWN));
        }
        let full_width = match character {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '(' | '〔' | '[' | '［' | '【' => '（',
            ')' | '〕' | ']' | '］' | '】' => '）',
            '%' => '％',
            '‘' => '“',
            '’' => '”',
            other => other,
        };
        if let Some(at) = MARKS.iter().position(|mark| *mark == full_width) {
            return Some(FIRST_MARK + at as Symbol);
        }
        match character {
            '0'..='9' | '０'..='９' => Some(NUMBER),
            _ if character.is_whitespace() || character.is_control() || is_invisible(character) => None,
            _ if character.is_numeric() => Some(NUMBER),
            _ if character.is_alphabetic() => Some(FOREIGN),
            _ => Some(OTHER),
        }
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(text: &str) -> Vec<Symbol> {
        let alphabet = Alphabet::new("国家大数据".chars().collect());
        let mut tokens = Vec::new();
        alphabet.tokens(text, 0, &mut tokens);
        tokens.iter().map(|token| token.symbol).collect()
    }

    #[test]
    fn runs_of_digits_and_letters_are_one_symbol() {
        assert_eq!(symbols("2026年ABC"), [EDGE, NUMBER, UNKNOWN, FOREIGN, EDGE]);
        assert_eq!(symbols("国 家").len(), 4);
        assert_eq!(symbols(",")[1], symbols("，")[1]);
    }

    #[test]
    fn every_character_reads_back_from_its_symbol() {
        let alphabet = Alphabet::new("国家大数据国".chars().collect());
        assert_eq!(alphabet.symbols(), 5 + usize::from(FIRST_CHARACTER));
        for character in "国家大数据".chars() {
            assert_eq!(alphabet.symbol(character).and_then(|symbol| alphabet.character(symbol)), Some(character));
        }
        assert_eq!((alphabet.symbol('政'), alphabet.character(EDGE)), (None, None));
    }
}
