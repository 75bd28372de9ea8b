//! What every identifier forgives: full-width letters, digits and signs, and stray blanks.

/// Full-width ASCII (`０`–`９`, `Ａ`, `（` …) becomes half-width; everything else stays.
pub fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).expect("full-width ASCII lies 0xFEE0 above ASCII")
        }
        other => other,
    }
}

/// A blank or an invisible character that nobody means to be part of an identifier.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// A character without width: zero-width blanks and joiners, byte-order mark, soft hyphen, direction marks.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Half-width throughout, all blanks and invisible characters removed.
pub fn compact(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(half_width).collect()
}

/// Chinese characters as identifiers use them (CJK unified ideographs, extension A, 〇).
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{3007}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_blanks_are_forgiven() {
        assert_eq!(compact(" １５０６\u{3000}０００１\u{200B}４０ "), "1506000140");
        assert_eq!(compact("ｂｍ01"), "bm01");
        assert_eq!(compact("ＧＳ（２０１９）"), "GS(2019)");
    }
}
