//! What comes out: one text with its hidden ranges, properties, pictures, notices.

use std::ops::Range;

use super::kind::AttachmentKind;

/// Everything found in an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// All text, hidden text included: cells parted by tabs, rows and paragraphs by line ends.
    pub text: String,
    /// Byte ranges of `text` that a normal reader does not see, ascending, not touching each other.
    pub hidden: Vec<Range<usize>>,
    /// Document properties: Chinese label and value. They are not repeated in `text`.
    pub properties: Vec<(String, String)>,
    /// Pictures inside, as far as the limits allow; reading them (OCR) is another engine's work.
    pub pictures: Vec<EmbeddedPicture>,
    /// What could not be read and why, in plain Chinese.
    pub notices: Vec<String>,
    /// Everything was read. When false, `notices` says what was not.
    pub complete: bool,
    pub kind: AttachmentKind,
}

impl Extracted {
    /// Text and properties together, for a search that does not care where.
    pub fn all_text(&self) -> String {
        let mut all = self.text.clone();
        for (label, value) in &self.properties {
            all.push('\n');
            all.push_str(label);
            all.push('：');
            all.push_str(value);
        }
        all
    }

    /// Whether the byte at this place of `text` is hidden from a normal reader.
    pub fn is_hidden(&self, place: usize) -> bool {
        self.hidden.iter().any(|range| range.contains(&place))
    }
}

/// A picture found inside an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedPicture {
    /// Path inside the file, or a name made from the page.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The text being collected.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pub text: String,
    pub hidden: Vec<Range<usize>>,
    hidden_depth: usize,
    limit: usize,
    pub overflow: bool,
}

impl Output {
    pub fn with_limit(limit: usize) -> Output {
        Output { limit, ..Output::default() }
    }

    pub fn push(&mut self, text: &str) {
        if text.is_empty() || self.overflow {
            return;
        }
        let room = self.limit.saturating_sub(self.text.len());
        let text = if text.len() > room {
            self.overflow = true;
            let mut end = room;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            &text[..end]
        } else {
            text
        };
        let start = self.text.len();
        // Characters no text may hold would only hide a word from the search.
        if text.bytes().any(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n')) {
            self.text.extend(text.chars().filter_map(clean));
        } else {
            self.text.push_str(text);
        }
        self.mark(start);
    }

    fn mark(&mut self, start: usize) {
        let end = self.text.len();
        if self.hidden_depth == 0 || start == end {
            return;
        }
        match self.hidden.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => self.hidden.push(start..end),
        }
    }

    /// Starts a new line unless the text stands at one.
    pub fn line(&mut self) {
        if !self.at_line_start() {
            self.push("\n");
        }
    }

    pub fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// One line of its own.
    pub fn line_of(&mut self, text: &str) {
        self.line();
        self.push(text.trim());
        self.line();
    }

    pub fn hide(&mut self) {
        self.hidden_depth += 1;
    }

    pub fn show(&mut self) {
        self.hidden_depth = self.hidden_depth.saturating_sub(1);
    }

    pub fn depth(&self) -> usize {
        self.hidden_depth
    }

    /// Back to an earlier depth, after a reader that stopped in the middle.
    pub fn set_depth(&mut self, depth: usize) {
        self.hidden_depth = depth;
    }

    /// Takes back what was written after a place, when it turned out to be a repetition.
    pub fn rewind(&mut self, place: usize) {
        if place > self.text.len() || !self.text.is_char_boundary(place) {
            return;
        }
        self.text.truncate(place);
        while let Some(last) = self.hidden.last_mut() {
            if last.start >= place {
                self.hidden.pop();
                continue;
            }
            last.end = last.end.min(place);
            break;
        }
    }
}

fn clean(character: char) -> Option<char> {
    match character {
        '\t' | '\n' => Some(character),
        '\r' | '\u{b}' | '\u{c}' => Some('\n'),
        control if (control as u32) < 0x20 => None,
        other => Some(other),
    }
}
