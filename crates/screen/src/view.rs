//! A subject prepared for the checks: every text once, as plain text, with shared work done once.

use std::{borrow::Cow, cell::OnceCell, ops::Range};

use domain::identifier::DigitGroups;

use crate::{field::Field, finding::CharRange, lexicon::fold::Folded, plain_text::plain_text, subject::Subject};

/// One field's plain text.
pub struct TextField<'a> {
    /// Which field.
    pub field: Field,
    /// Its plain text.
    pub text: Cow<'a, str>,
    hidden: Vec<Range<usize>>,
    digits: OnceCell<DigitGroups>,
    folded: OnceCell<Folded>,
    checkpoints: OnceCell<Vec<usize>>,
}

/// Bytes between two remembered character counts.
const STRIDE: usize = 1024;

impl<'a> TextField<'a> {
    /// A field whose text is all visible.
    pub fn new(field: Field, text: impl Into<Cow<'a, str>>) -> Self {
        let (digits, folded, checkpoints) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { field, text: text.into(), hidden: Vec::new(), digits, folded, checkpoints }
    }

    /// The numbers in the text, found once for all checks.
    pub fn digit_groups(&self) -> &DigitGroups {
        self.digits.get_or_init(|| DigitGroups::of(&self.text))
    }

    /// The text in the form in which words are looked for, made once for all checks.
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::of(&self.text))
    }

    /// Whether a place (byte range) lies in text that is styled to be invisible.
    pub fn is_hidden(&self, bytes: &Range<usize>) -> bool {
        let at = self.hidden.partition_point(|hidden| hidden.end <= bytes.start);
        self.hidden.get(at).is_some_and(|hidden| hidden.start < bytes.end)
    }

    /// Byte offsets to character offsets. Offsets inside a character count as its start.
    pub fn char_range(&self, bytes: &Range<usize>) -> CharRange {
        CharRange { start: self.char_offset(bytes.start), end: self.char_offset(bytes.end) }
    }

    fn char_offset(&self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let starts = |part: &[u8]| part.iter().filter(|b| (**b & 0xC0) != 0x80).count();
        let checkpoints = self.checkpoints.get_or_init(|| {
            let mut count = 0;
            bytes
                .chunks(STRIDE)
                .map(|chunk| {
                    let before = count;
                    count += starts(chunk);
                    before
                })
                .collect()
        });
        let byte = byte.min(bytes.len());
        let block = (byte / STRIDE).min(checkpoints.len().saturating_sub(1));
        checkpoints.get(block).map_or(0, |before| before + starts(&bytes[block * STRIDE..byte]))
    }

    /// Up to `count` characters before a byte offset.
    pub fn before(&self, byte: usize, count: usize) -> &str {
        let head = &self.text[..byte];
        let start = head.char_indices().rev().take(count).last().map_or(byte, |(at, _)| at);
        &head[start..]
    }

    /// Up to `count` characters after a byte offset.
    pub fn after(&self, byte: usize, count: usize) -> &str {
        let tail = &self.text[byte..];
        let end = tail.char_indices().nth(count).map_or(tail.len(), |(at, _)| at);
        &tail[..end]
    }
}

/// A subject with all its texts.
pub struct View<'a> {
    /// The subject itself, for its elements and times.
    pub subject: &'a Subject,
    texts: Vec<TextField<'a>>,
}

impl<'a> View<'a> {
    /// Prepares a subject. Empty texts are left out.
    pub fn of(subject: &'a Subject) -> Self {
        let body = plain_text(&subject.body_html);
        let mut texts = vec![
            TextField::new(Field::Title, subject.title.as_str()),
            TextField::new(Field::Subtitle, subject.elements.subtitle.as_deref().unwrap_or_default()),
            TextField::new(Field::Summary, subject.elements.summary.as_deref().unwrap_or_default()),
            TextField { hidden: body.hidden, ..TextField::new(Field::Body, body.text) },
            TextField::new(Field::Concealed, body.concealed),
        ];
        for (index, attachment) in subject.attachments.iter().enumerate() {
            texts.push(TextField::new(Field::Attachment(index), attachment.text.as_str()));
        }
        texts.retain(|text| !text.text.is_empty());
        Self { subject, texts }
    }

    /// Every text that is not empty, also what readers do not see.
    pub fn texts(&self) -> &[TextField<'a>] {
        &self.texts
    }

    /// The texts that people read: all but concealed source text.
    pub fn prose(&self) -> impl Iterator<Item = &TextField<'a>> {
        self.texts.iter().filter(|text| text.field != Field::Concealed)
    }

    /// One field's text, if it is not empty.
    pub fn text(&self, field: Field) -> Option<&TextField<'a>> {
        self.texts.iter().find(|text| text.field == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_offsets_become_character_offsets_across_blocks() {
        let text: String = (0..3000).map(|i| if i % 3 == 0 { 'a' } else { '字' }).collect();
        let field = TextField::new(Field::Body, text.as_str());
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(field.char_offset(byte), chars);
        }
        assert_eq!(field.char_offset(text.len()), 3000);
        assert_eq!(TextField::new(Field::Body, "").char_offset(5), 0);
    }

    #[test]
    fn surroundings_are_cut_at_characters() {
        let field = TextField::new(Field::Body, "甲乙丙丁");
        assert_eq!((field.before(6, 1), field.after(6, 1)), ("乙", "丙"));
        assert_eq!((field.before(6, 9), field.after(6, 9)), ("甲乙", "丙丁"));
        assert_eq!((field.before(0, 2), field.after(12, 2)), ("", ""));
    }
}
