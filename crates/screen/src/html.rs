//! A small HTML scanner that keeps the place of every character in the source.
//!
//! A parser that builds a tree loses these places, and writing the tree back changes the source. Bodies are cleaned
//! before they are stored, so tags, quotes and entities are regular; the scanner follows the tokenizer of the HTML
//! standard closely enough for that, and stays well defined (never panics, linear time) on any text whatever.

mod entity;
mod tag;

use std::ops::Range;

pub use tag::Attribute;
use tag::Tag;

/// One character of the plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The character.
    pub character: char,
    /// Its bytes in the source (a whole entity); `None` for line ends and tabs that stand for tags.
    pub source: Option<Range<usize>>,
    /// Whether markup may be inserted here (not inside `textarea` and `title`).
    pub markable: bool,
    /// Whether an enclosing element is styled to be invisible.
    pub hidden: bool,
}

/// Takes what the scanner finds.
pub trait Sink {
    /// The next character of the plain text.
    fn piece(&mut self, piece: Piece);
    /// Text that no reader sees.
    fn concealed(&mut self, text: Concealed<'_>);
    /// A start tag, after the line end or tab that it brings.
    fn opened(&mut self, _name: &str, _attributes: &[Attribute<'_>]) {}
    /// An end tag.
    fn closed(&mut self, _name: &str) {}
}

/// A comment, an attribute's value, a script …
#[derive(Debug, Clone, Copy)]
pub struct Concealed<'a> {
    /// As it stands in the source.
    pub raw: &'a str,
    /// Where it begins in the source, in bytes.
    pub at: usize,
    /// Whether character references stand for characters in it.
    pub has_references: bool,
}

impl Concealed<'_> {
    /// Its words without blanks at the ends.
    pub fn text(&self) -> String {
        let text = if self.has_references { entity::decode_all(self.raw) } else { self.raw.to_owned() };
        text.trim().to_owned()
    }

    /// The characters of [`Self::text`], each with its bytes in the source.
    pub fn places(&self) -> Vec<(char, Range<usize>)> {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(character) = self.raw[at..].chars().next() {
            let reference =
                (self.has_references && character == '&').then(|| entity::decode(&self.raw[at..])).flatten();
            let (character, length) = reference.unwrap_or((character, character.len_utf8()));
            places.push((character, self.at + at..self.at + at + length));
            at += length;
        }
        let start = places.iter().position(|(c, _)| !c.is_whitespace()).unwrap_or(places.len());
        let end = places.iter().rposition(|(c, _)| !c.is_whitespace()).map_or(start, |last| last + 1);
        places[start..end].to_vec()
    }
}

/// Reads `html` from beginning to end.
pub fn scan(html: &str, sink: &mut impl Sink) {
    let mut scanner = Scanner {
        html,
        sink,
        at_line_start: true,
        after_blank: true,
        preformatted: 0,
        hidden: None,
        verbatim_until: 0,
    };
    let mut at = 0;
    while at < html.len() {
        at = scanner.step(at);
    }
}

struct Scanner<'a, S: Sink> {
    html: &'a str,
    sink: &'a mut S,
    at_line_start: bool,
    after_blank: bool,
    preformatted: usize,
    /// Name and nesting depth of the outermost invisible element.
    hidden: Option<(&'a str, usize)>,
    /// Up to here `<` is text (inside `textarea`, `title`, after `plaintext`).
    verbatim_until: usize,
}

impl<'a, S: Sink> Scanner<'a, S> {
    /// Handles what begins at `at` and returns where the next thing begins, always further on.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        if at >= self.verbatim_until && rest.starts_with('<') {
            let second = rest.as_bytes().get(1).copied().unwrap_or(0);
            match second {
                b'a'..=b'z' | b'A'..=b'Z' => return self.start_tag(at),
                b'/' => match rest.as_bytes().get(2) {
                    Some(b) if b.is_ascii_alphabetic() => return self.end_tag(at),
                    Some(_) => return self.bogus_comment(at, 2),
                    // Text, but only as long as nothing follows: no markup may be put behind it.
                    None => self.verbatim_until = self.html.len(),
                },
                b'!' if rest.starts_with("<!--") => return self.comment(at),
                b'!' | b'?' => return self.bogus_comment(at, 2),
                _ => {}
            }
        }
        self.text(at, rest)
    }

    fn text(&mut self, at: usize, rest: &str) -> usize {
        let (character, length) = match rest.starts_with('&').then(|| entity::decode(rest)).flatten() {
            Some(decoded) => decoded,
            None => rest.chars().next().map_or(('\u{FFFD}', 1), |c| (c, c.len_utf8())),
        };
        let end = at + length;
        let blank = length == 1 && matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{c}');
        if blank && self.preformatted == 0 {
            if !self.after_blank {
                self.emit(' ', Some(at..end));
            }
            self.after_blank = true;
        } else {
            self.emit(character, Some(at..end));
            self.after_blank = false;
            self.at_line_start = character == '\n';
        }
        end
    }

    fn emit(&mut self, character: char, source: Option<Range<usize>>) {
        let markable = source.as_ref().is_some_and(|source| source.start >= self.verbatim_until);
        self.sink.piece(Piece { character, source, markable, hidden: self.hidden.is_some() });
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let Some(tag) = Tag::read(self.html, at + 1) else { return self.unfinished(at) };
        for attribute in tag.attributes.iter().filter(|attribute| tag::may_hold_words(attribute)) {
            self.sink.concealed(Concealed { raw: attribute.value, at: attribute.at, has_references: true });
        }
        self.break_for(tag.name);
        self.sink.opened(tag.name, &tag.attributes);
        if is_one_of(tag.name, VOID) {
            return tag.end;
        }
        match &mut self.hidden {
            Some((name, depth)) if name.eq_ignore_ascii_case(tag.name) => *depth += 1,
            Some(_) => {}
            None if tag.is_invisible() => self.hidden = Some((tag.name, 1)),
            None => {}
        }
        if tag.name.eq_ignore_ascii_case("pre") {
            self.preformatted += 1;
        }
        if is_one_of(tag.name, RAW) {
            let end = tag::find_end_tag(self.html, tag.end, tag.name);
            self.conceal(tag.end..end);
            return end;
        }
        if is_one_of(tag.name, VERBATIM) {
            self.verbatim_until = tag::find_end_tag(self.html, tag.end, tag.name);
        } else if tag.name.eq_ignore_ascii_case("plaintext") {
            self.verbatim_until = self.html.len();
        }
        tag.end
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let Some(tag) = Tag::read(self.html, at + 2) else { return self.unfinished(at) };
        self.sink.closed(tag.name);
        if is_one_of(tag.name, CELLS) {
            // The next cell brings the tab; blanks between cells are none.
            self.after_blank = true;
        } else {
            self.break_for(tag.name);
        }
        if tag.name.eq_ignore_ascii_case("pre") {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
        if let Some((name, depth)) = &mut self.hidden
            && name.eq_ignore_ascii_case(tag.name)
        {
            *depth -= 1;
            if *depth == 0 {
                self.hidden = None;
            }
        }
        tag.end
    }

    /// Line ends for blocks, tabs for cells.
    fn break_for(&mut self, name: &str) {
        if self.at_line_start {
            self.after_blank |= is_one_of(name, BLOCKS) || is_one_of(name, CELLS);
            return;
        }
        if is_one_of(name, BLOCKS) {
            self.emit('\n', None);
            self.at_line_start = true;
            self.after_blank = true;
        } else if is_one_of(name, CELLS) {
            self.emit('\t', None);
            self.after_blank = true;
        }
    }

    fn comment(&mut self, at: usize) -> usize {
        let inner = at + "<!--".len();
        let rest = &self.html[inner..];
        // `<!-->` and `<!--->` are whole comments.
        if rest.starts_with('>') {
            return inner + 1;
        }
        if rest.starts_with("->") {
            return inner + 2;
        }
        match rest.find("-->") {
            Some(length) => {
                self.conceal(inner..inner + length);
                inner + length + "-->".len()
            }
            None => self.unfinished(at),
        }
    }

    fn bogus_comment(&mut self, at: usize, prefix: usize) -> usize {
        match self.html[at..].find('>') {
            Some(length) => {
                self.conceal(at + prefix..at + length);
                at + length + 1
            }
            None => self.unfinished(at),
        }
    }

    fn conceal(&mut self, source: Range<usize>) {
        let raw = self.html.get(source.clone()).unwrap_or_default();
        self.sink.concealed(Concealed { raw, at: source.start, has_references: false });
    }

    /// A tag or comment that never ends swallows the rest, as in a browser; it is looked at all the same.
    fn unfinished(&mut self, at: usize) -> usize {
        self.conceal(at..self.html.len());
        self.html.len()
    }
}

/// All character references of an attribute's value resolved.
pub fn decoded(value: &str) -> String {
    entity::decode_all(value)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes"];
const VERBATIM: &[&str] = &["textarea", "title"];
const CELLS: &[&str] = &["td", "th"];
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "tr",
    "li",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "blockquote",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "figure",
    "figcaption",
    "address",
    "form",
    "fieldset",
    "legend",
    "details",
    "summary",
    "option",
    "body",
    "html",
    "center",
    "menu",
    "dialog",
];
