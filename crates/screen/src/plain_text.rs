//! A body's text as readers see it, in which every character knows (by [`crate::html::scan`]) its place in the source.

use std::ops::Range;

use crate::html::{Attribute, Concealed, Piece, Sink, decoded, scan};

/// What a body says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainText {
    /// Text of all elements: blocks parted by line ends, table cells by tabs, blanks collapsed as browsers do.
    pub text: String,
    /// Byte ranges of [`Self::text`] that are styled to be invisible, in order.
    pub hidden: Vec<Range<usize>>,
    /// What is not text at all but travels with the page: comments, scripts, `alt`, `title`, `data-*` …, one a line.
    pub concealed: String,
    /// What `<a href>` points at, in order.
    pub links: Vec<BodyLink>,
    /// What `<img>` shows, in order.
    pub pictures: Vec<BodyPicture>,
    /// Whether the last of [`Self::links`] is still open.
    in_link: bool,
}

/// A link of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLink {
    /// Address as the browser reads it, blanks at the ends removed.
    pub address: String,
    /// Bytes of [`PlainText::text`] that are the link; empty around a picture.
    pub range: Range<usize>,
}

/// A picture of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyPicture {
    /// `src`
    pub source: String,
    /// `alt` and `title`, parted by a blank.
    pub words: String,
    /// The byte of [`PlainText::text`] before which it stands.
    pub at: usize,
}

/// Reads a body.
pub fn plain_text(html: &str) -> PlainText {
    let mut plain = PlainText::default();
    scan(html, &mut plain);
    plain.end_link();
    plain
}

impl Sink for PlainText {
    fn piece(&mut self, piece: Piece) {
        let start = self.text.len();
        self.text.push(piece.character);
        if piece.hidden {
            match self.hidden.last_mut() {
                Some(last) if last.end == start => last.end = self.text.len(),
                _ => self.hidden.push(start..self.text.len()),
            }
        }
    }

    fn concealed(&mut self, text: Concealed<'_>) {
        let text = text.text();
        if !text.is_empty() {
            self.concealed.push_str(&text);
            self.concealed.push('\n');
        }
    }

    fn opened(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let value = |wanted: &str| {
            let found = attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(wanted));
            found.map(|attribute| decoded(attribute.value).trim().to_owned())
        };
        if name.eq_ignore_ascii_case("a") {
            self.end_link();
            if let Some(address) = value("href").filter(|address| !address.is_empty()) {
                self.links.push(BodyLink { address, range: self.text.len()..self.text.len() });
                self.in_link = true;
            }
        } else if name.eq_ignore_ascii_case("img") {
            let source = value("src").unwrap_or_default();
            let words = [value("alt"), value("title")].into_iter().flatten().collect::<Vec<_>>().join(" ");
            self.pictures.push(BodyPicture { source, words, at: self.text.len() });
        }
    }

    fn closed(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("a") {
            self.end_link();
        }
    }
}

impl PlainText {
    fn end_link(&mut self) {
        if std::mem::take(&mut self.in_link)
            && let Some(link) = self.links.last_mut()
        {
            let words = self.text.get(link.range.start..).unwrap_or_default();
            let start = link.range.start + (words.len() - words.trim_start().len());
            link.range = start..(start + words.trim().len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cells_and_blanks_read_as_in_a_browser() {
        for (html, text) in [
            ("<p>甲\n  乙</p>\n<p>丙</p>", "甲 乙\n丙\n"),
            ("<p>甲<b>乙</b>丙</p>", "甲乙丙\n"),
            ("<table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table>", "一\t二\n三\n"),
            ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
            ("a&amp;b&lt;c&#38;d&#x4e2d;&nbsp;&ldquo;&hellip;&unknown;&", "a&b<c&d中\u{a0}“…&unknown;&"),
            ("1 < 2 <3", "1 < 2 <3"),
            ("<pre>a\n b</pre>", "a\n b\n"),
            ("甲<!-- 注 -->乙<script>var x='<p>'</script>丙<style>p{}</style>", "甲乙丙"),
            ("<div>甲</div><!doctype html><?x?></>乙</ >丙", "甲\n乙丙"),
            ("<textarea>a<b>c</textarea>d", "a<b>cd"),
            ("<P CLASS=x>甲</P>", "甲\n"),
            ("<a title='a>b' href=\"x\">甲</a>", "甲"),
            ("甲<", "甲<"),
            ("甲</", "甲</"),
            ("甲<b", "甲"),
        ] {
            assert_eq!(plain_text(html).text, text, "{html}");
        }
    }

    #[test]
    fn hidden_and_concealed_text_is_kept_apart() {
        let plain = plain_text(
            "甲<span style='color:red; Display : NONE'>乙<span>丙</span></span>丁<i hidden>戊</i>\
             <p style='opacity:0.5;font-size:0.9em'>己</p><!--庚--><img alt='辛' src='壬'>",
        );
        assert_eq!(plain.text, "甲乙丙丁戊\n己\n");
        let hidden: Vec<&str> = plain.hidden.iter().map(|range| &plain.text[range.clone()]).collect();
        assert_eq!(hidden, ["乙丙", "戊"]);
        assert_eq!(plain.concealed, "庚\n辛\n");
    }
}
