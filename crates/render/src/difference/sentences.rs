//! Cutting a text into sentences.

/// Sentences with their closing marks; every line end also ends one and stays at its end.
/// Joined together they are the text again, with a line end after the last.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut after_stop = false;
    for (at, c) in text.char_indices() {
        match c {
            '。' | '！' | '？' | '；' | '!' | '?' | ';' => after_stop = true,
            // Closing quotes and brackets belong to the sentence they close.
            '”' | '’' | '』' | '」' | '）' | ')' | '》' if after_stop => {}
            '\n' => {
                sentences.push(&text[start..=at]);
                start = at + 1;
                after_stop = false;
            }
            _ if after_stop => {
                sentences.push(&text[start..at]);
                start = at;
                after_stop = false;
            }
            _ => {}
        }
    }
    if start < text.len() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// Characters of a sentence; a number or a Latin word counts as one, so that 10 → 15 is shown whole.
pub(super) fn characters(sentence: &str) -> Vec<&str> {
    let mut pieces = Vec::with_capacity(sentence.len() / 2);
    let mut rest = sentence;
    while let Some(first) = rest.chars().next() {
        let word = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (piece, after) = rest.split_at(word.max(first.len_utf8()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_closing_marks() {
        assert_eq!(split("他说：“好。”然后走了。\n第二段；完"), ["他说：“好。”", "然后走了。\n", "第二段；", "完"]);
        assert_eq!(split(""), Vec::<&str>::new());
    }
}
