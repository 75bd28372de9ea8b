//! A run of inline content: pieces of text with their marks, written out with as few tags as possible.

use std::rc::Rc;

/// Character marks, as bits.
pub(super) mod mark {
    pub(crate) const STRONG: u8 = 1;
    pub(crate) const EMPHASIS: u8 = 2;
    pub(crate) const UNDERLINE: u8 = 4;
    pub(crate) const STRUCK: u8 = 8;
    pub(crate) const SUBSCRIPT: u8 = 16;
    pub(crate) const SUPERSCRIPT: u8 = 32;
    pub(crate) const CODE: u8 = 64;
    /// From the outermost to the innermost tag.
    pub(crate) const TAGS: [(u8, &str); 7] = [
        (STRONG, "strong"),
        (EMPHASIS, "em"),
        (UNDERLINE, "u"),
        (STRUCK, "s"),
        (SUBSCRIPT, "sub"),
        (SUPERSCRIPT, "sup"),
        (CODE, "code"),
    ];
}

/// A link around pieces: its target and the name other links know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub href: Option<String>,
    pub id: Option<String>,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    Break,
    /// A finished `<img>`.
    Image(String),
}

/// A piece with everything around it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub content: Content,
    pub marks: u8,
    pub link: Option<Rc<Link>>,
}

/// Pieces in order.
#[derive(Debug, Default, Clone)]
pub(super) struct Run(pub Vec<Piece>);

impl Run {
    /// Whether there is nothing to see.
    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|piece| match &piece.content {
            Content::Text(text) => text.trim().is_empty() && piece.link.as_ref().is_none_or(|link| link.id.is_none()),
            Content::Break => true,
            Content::Image(_) => false,
        })
    }

    /// The run's text alone.
    pub(super) fn text(&self) -> String {
        self.0
            .iter()
            .map(|piece| match &piece.content {
                Content::Text(text) => text.as_str(),
                Content::Break => "\n",
                Content::Image(_) => "",
            })
            .collect()
    }

    /// Cuts the run where the writer meant a new paragraph: at two breaks in a row, and at a
    /// break followed by an indent of spaces.
    pub(super) fn into_paragraphs(self) -> Vec<Run> {
        let mut paragraphs = vec![Run::default()];
        let mut pieces = self.0.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            if piece.content == Content::Break {
                let mut breaks = 1;
                while pieces.next_if(|next| next.content == Content::Break).is_some() {
                    breaks += 1;
                }
                let indented = pieces.peek().is_some_and(|next| match &next.content {
                    Content::Text(text) => starts_indented(text),
                    _ => false,
                });
                if breaks > 1 || indented {
                    paragraphs.push(Run::default());
                    continue;
                }
            }
            if let Some(last) = paragraphs.last_mut() {
                last.0.push(piece);
            }
        }
        paragraphs
    }

    /// Joins white space and trims the ends, as a browser would show it. Line ends between
    /// Chinese characters vanish: they come from the source's line width.
    pub(super) fn tidy(mut self) -> Run {
        let mut previous: Option<char> = None;
        let mut pending_space = false;
        let mut pending_line_end = false;
        for piece in &mut self.0 {
            match &mut piece.content {
                // Underlined spaces are a form's blank to fill in.
                Content::Text(text) if piece.marks & mark::UNDERLINE != 0 && is_blank_to_fill(text) => {
                    *text = "_".repeat(text.chars().count());
                    piece.marks &= !mark::UNDERLINE;
                    previous = Some('_');
                    (pending_space, pending_line_end) = (false, false);
                }
                Content::Text(text) => {
                    let mut out = String::with_capacity(text.len());
                    for c in text.chars() {
                        match c {
                            '\n' | '\r' => pending_line_end = true,
                            ' ' | '\t' | '\u{a0}' | '\u{c}' | '\u{2028}' => pending_space = true,
                            '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                            _ if c.is_control() => {}
                            '\u{3000}' if previous.is_none() => {}
                            _ => {
                                let glue =
                                    pending_line_end && !pending_space && previous.is_some_and(is_han) && is_han(c);
                                if (pending_space || pending_line_end) && previous.is_some() && !glue {
                                    out.push(' ');
                                }
                                (pending_space, pending_line_end) = (false, false);
                                out.push(c);
                                previous = Some(c);
                            }
                        }
                    }
                    *text = out;
                    if text.is_empty() {
                        piece.marks = 0;
                    }
                }
                Content::Break => (previous, pending_space, pending_line_end) = (None, false, false),
                Content::Image(_) => {
                    previous = Some('\u{fffc}');
                    (pending_space, pending_line_end) = (false, false);
                }
            }
        }
        let keep = |piece: &Piece| match &piece.content {
            Content::Text(text) => !text.is_empty() || piece.link.as_ref().is_some_and(|link| link.id.is_some()),
            _ => true,
        };
        self.0.retain(keep);
        while self.0.last().is_some_and(|piece| piece.content == Content::Break) {
            self.0.pop();
        }
        let leading = self.0.iter().take_while(|piece| piece.content == Content::Break).count();
        self.0.drain(..leading);
        if let Some(Piece { content: Content::Text(text), .. }) = self.0.last_mut() {
            text.truncate(text.trim_end_matches([' ', '\u{3000}']).len());
        }
        self
    }

    /// Writes the run as HTML.
    pub(super) fn write(&self, out: &mut String) {
        let mut at = 0;
        while at < self.0.len() {
            let link = &self.0[at].link;
            let same_link = self.0[at..].iter().take_while(|piece| piece.link == *link).count();
            if let Some(link) = link {
                out.push_str("<a");
                if let Some(id) = &link.id {
                    push_attribute(out, "id", id);
                }
                if let Some(href) = &link.href {
                    push_attribute(out, "href", href);
                }
                out.push('>');
            }
            write_marked(&self.0[at..at + same_link], out);
            if link.is_some() {
                out.push_str("</a>");
            }
            at += same_link;
        }
    }
}

fn write_marked(pieces: &[Piece], out: &mut String) {
    let mut at = 0;
    while at < pieces.len() {
        let marks = pieces[at].marks;
        let same = pieces[at..].iter().take_while(|piece| piece.marks == marks).count();
        let tags = || mark::TAGS.iter().filter(|(bit, _)| marks & bit != 0);
        for (_, tag) in tags() {
            out.push_str(&format!("<{tag}>"));
        }
        for piece in &pieces[at..at + same] {
            match &piece.content {
                Content::Text(text) => push_escaped(out, text),
                Content::Break => out.push_str("<br>"),
                Content::Image(image) => out.push_str(image),
            }
        }
        for (_, tag) in tags().rev() {
            out.push_str(&format!("</{tag}>"));
        }
        at += same;
    }
}

/// Writes ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Writes text.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

fn starts_indented(text: &str) -> bool {
    let text = text.trim_start_matches(['\n', '\r']);
    let spaces = text.chars().take_while(|c| matches!(c, '\u{3000}' | '\u{a0}' | ' ' | '\u{2003}')).count();
    text.starts_with('\u{3000}') || text.starts_with('\u{2003}') || spaces >= 4
}

fn is_blank_to_fill(text: &str) -> bool {
    text.chars().filter(|c| matches!(c, '\u{a0}' | '\u{3000}')).count() >= 2 && text.trim().is_empty()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
}
