//! From pasted markup to a few plain elements.
//!
//! The tree is walked once. Inline content gathers in a [`Run`]; whenever a block begins or ends,
//! the run becomes paragraphs. Elements that mean nothing here are passed through to their children.

use std::rc::Rc;

use scraper::node::Element;
use scraper::{Html, Node};

use super::notes::{Note, Notes};
use super::run::{Content, Link, Piece, Run, mark, push_attribute, push_escaped};
use super::word;

pub(super) mod blocks;
mod table;

use blocks::{Block, Kind};

/// A node of scraper's tree.
type NodeRef<'a> = <scraper::ElementRef<'a> as std::ops::Deref>::Target;

/// Deeper nesting than any real text has; below it only text is kept.
const DEEPEST: usize = 100;

/// Writes the input anew.
pub(super) fn normalize(html: &str, notes: &mut Notes) -> String {
    let tree = Html::parse_fragment(html);
    let mut walker = Walker { notes, flow: Flow::default() };
    walker.children(*tree.root_element(), &Around::default());
    walker.flush(&Around::default());
    let mut blocks = std::mem::take(&mut walker.flow.blocks);
    blocks::mark_addressees(&mut blocks);
    blocks::join(&blocks)
}

/// What surrounds a node.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    marks: u8,
    link: Option<Rc<Link>>,
    align: Option<&'static str>,
    no_indent: bool,
    depth: usize,
}

/// Blocks so far and the run not yet turned into one.
#[derive(Debug, Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    run: Run,
    id: Option<String>,
}

pub(super) struct Walker<'n> {
    notes: &'n mut Notes,
    flow: Flow,
}

impl Walker<'_> {
    fn children(&mut self, node: NodeRef<'_>, around: &Around) {
        for child in node.children() {
            self.node(child, around);
        }
    }

    fn node(&mut self, node: NodeRef<'_>, around: &Around) {
        match node.value() {
            Node::Text(text) => self.push(Content::Text(text.to_string()), around),
            Node::Element(_) if around.depth > DEEPEST => {
                self.notes.add(Note::TooDeep);
                self.flat_text(node, around);
            }
            Node::Element(element) => self.element(node, element, around),
            _ => {}
        }
    }

    fn element(&mut self, node: NodeRef<'_>, element: &Element, around: &Around) {
        for (name, _) in element.attrs() {
            if name.len() > 2 && name.as_bytes()[..2].eq_ignore_ascii_case(b"on") {
                self.notes.add(Note::EventHandler);
            }
        }
        let style = element.attr("style").unwrap_or_default();
        let hidden = ["display", "visibility"]
            .iter()
            .any(|p| matches!(word::style_property(style, p).as_deref(), Some("none" | "hidden")));
        if hidden || element.attr("hidden").is_some() {
            return;
        }
        let mut inner = around.clone();
        inner.depth += 1;
        inner.marks = marks(element.name(), style, inner.marks);
        match element.name() {
            "script" => self.notes.add(Note::Script),
            "style" | "title" | "head" | "meta" | "link" | "base" | "xml" | "noscript" | "template" | "noembed"
            | "noframes" | "colgroup" | "col" => {}
            "iframe" | "object" | "embed" | "applet" | "video" | "audio" | "svg" | "math" | "frame" | "frameset"
            | "canvas" | "map" => self.notes.add(Note::Embedded),
            "input" | "select" | "textarea" | "button" | "option" | "datalist" | "keygen" => self.notes.add(Note::Form),
            "br" => self.push(Content::Break, around),
            "hr" => {
                self.flush(around);
                self.flow.blocks.push(Block::other("<hr>".into()));
            }
            "img" | "image" => self.image(element, around),
            "a" => {
                inner.link = self.link(element).or(inner.link);
                self.children(node, &inner);
                if let Some(link) = inner.link.filter(|link| link.id.is_some()) {
                    // A named place may have no text of its own.
                    let empty = Around { link: Some(link), marks: 0, ..around.clone() };
                    self.push(Content::Text(String::new()), &empty);
                }
            }
            "p" if is_word_bullet(node) => {
                self.flush(around);
                self.word_bullet(node, &inner);
            }
            "p" | "div" | "section" | "article" | "center" | "header" | "footer" | "main" | "body" | "form"
            | "address" | "nav" | "aside" | "dt" | "dd" | "caption" | "figcaption" | "details" | "summary"
            | "fieldset" | "legend" | "hgroup" | "dir" | "menu" => {
                self.flush(around);
                align(element, style, &mut inner);
                self.flow.id = element.attr("id").and_then(word::body_id).or(self.flow.id.take());
                self.children(node, &inner);
                self.flush(&inner);
            }
            "h1" | "h2" => self.heading(node, element, style, around, inner, "h2"),
            "h3" => self.heading(node, element, style, around, inner, "h3"),
            "h4" => self.heading(node, element, style, around, inner, "h4"),
            "h5" | "h6" => self.heading(node, element, style, around, inner, "h5"),
            "ul" | "ol" => {
                self.flush(around);
                self.list(node, element, &inner.inside_block());
            }
            "li" => {
                self.flush(around);
                let (html, class, text) = self.cell(node, element, &inner.inside_block());
                if !html.is_empty() {
                    self.flow.blocks.push(Block { kind: Kind::Bullet, html, classes: class, text, id: None });
                }
            }
            "dl" => {
                self.flush(around);
                self.definitions(node, &inner.inside_block());
            }
            "blockquote" => {
                self.flush(around);
                let blocks = self.within(node, &inner.inside_block());
                if !blocks.is_empty() {
                    self.flow.blocks.push(Block::other(format!("<blockquote>{}</blockquote>", blocks::join(&blocks))));
                }
            }
            "pre" | "listing" | "plaintext" | "xmp" => {
                self.flush(around);
                let mut text = String::new();
                push_escaped(&mut text, &all_text(node));
                let text = text.trim_start_matches('\n').trim_end().to_owned();
                if !text.is_empty() {
                    self.flow.blocks.push(Block::other(format!("<pre>{text}</pre>")));
                }
            }
            "figure" => {
                self.flush(around);
                self.figure(node, &inner.inside_block());
            }
            "table" => {
                self.flush(around);
                self.table(node, &inner.inside_block());
            }
            _ => self.children(node, &inner),
        }
    }

    fn push(&mut self, content: Content, around: &Around) {
        self.flow.run.0.push(Piece { content, marks: around.marks, link: around.link.clone() });
    }

    /// Turns the run gathered so far into paragraphs.
    fn flush(&mut self, around: &Around) {
        let run = std::mem::take(&mut self.flow.run);
        for run in run.into_paragraphs() {
            let run = run.tidy();
            if run.is_blank() {
                continue;
            }
            let mut html = String::new();
            run.write(&mut html);
            let classes = around.align.into_iter().chain(around.no_indent.then_some("no-indent")).collect();
            let id = self.flow.id.take();
            self.flow.blocks.push(Block { kind: Kind::Paragraph, html, classes, text: run.text(), id });
        }
    }

    /// The blocks inside a node, apart from those around it.
    fn within(&mut self, node: NodeRef<'_>, around: &Around) -> Vec<Block> {
        let outer = std::mem::take(&mut self.flow);
        self.children(node, around);
        self.flush(around);
        std::mem::replace(&mut self.flow, outer).blocks
    }

    /// Content of a list item or table cell: a single paragraph loses its tag and gives its class.
    fn cell(&mut self, node: NodeRef<'_>, element: &Element, around: &Around) -> (String, Vec<&'static str>, String) {
        let mut inner = around.clone();
        align(element, element.attr("style").unwrap_or_default(), &mut inner);
        inner.no_indent = false;
        blocks::condense(self.within(node, &inner))
    }

    fn heading(
        &mut self,
        node: NodeRef<'_>,
        element: &Element,
        style: &str,
        around: &Around,
        inner: Around,
        tag: &'static str,
    ) {
        self.flush(around);
        let mut inner = inner.inside_block();
        align(element, style, &mut inner);
        inner.no_indent = false;
        // A heading is bold already.
        inner.marks &= !mark::STRONG;
        let mut id = element.attr("id").and_then(word::body_id);
        for mut block in self.within(node, &inner) {
            if block.kind == Kind::Paragraph {
                block.kind = Kind::Heading(tag);
                block.html = block.html.replace("<strong>", "").replace("</strong>", "");
                block.id = block.id.or(id.take());
            }
            self.flow.blocks.push(block);
        }
    }

    fn list(&mut self, node: NodeRef<'_>, element: &Element, around: &Around) {
        let mut items: Vec<String> = Vec::new();
        for child in node.children() {
            let Node::Element(inner) = child.value() else { continue };
            match inner.name() {
                "li" => {
                    let (html, classes, _) = self.cell(child, inner, &around.deeper());
                    if !html.is_empty() {
                        items.push(format!("<li{}>{html}", blocks::class_attribute(&classes)));
                    }
                }
                _ => {
                    let outer = std::mem::take(&mut self.flow);
                    self.node(child, &around.deeper());
                    self.flush(around);
                    let blocks = std::mem::replace(&mut self.flow, outer).blocks;
                    if blocks.is_empty() {
                        continue;
                    }
                    // A list directly in a list belongs to the item before it.
                    let nested = matches!(inner.name(), "ul" | "ol");
                    match items.last_mut().filter(|_| nested) {
                        Some(last) => last.push_str(&blocks::join(&blocks)),
                        None => items.push(format!("<li>{}", blocks::condense(blocks).0)),
                    }
                }
            }
        }
        if items.is_empty() {
            return;
        }
        let tag = element.name();
        let start =
            element.attr("start").filter(|n| tag == "ol" && n.len() < 6 && n.bytes().all(|b| b.is_ascii_digit()));
        let start = start.map(|start| format!(" start=\"{start}\"")).unwrap_or_default();
        self.flow.blocks.push(Block::other(format!("<{tag}{start}>{}</li></{tag}>", items.join("</li>"))));
    }

    fn definitions(&mut self, node: NodeRef<'_>, around: &Around) {
        let mut html = String::new();
        for child in node.children() {
            let Node::Element(inner) = child.value() else { continue };
            let tag = if inner.name() == "dt" { "dt" } else { "dd" };
            let (content, _, _) = self.cell(child, inner, &around.deeper());
            if !content.is_empty() {
                html.push_str(&format!("<{tag}>{content}</{tag}>"));
            }
        }
        if !html.is_empty() {
            self.flow.blocks.push(Block::other(format!("<dl>{html}</dl>")));
        }
    }

    fn figure(&mut self, node: NodeRef<'_>, around: &Around) {
        let mut html = String::new();
        for child in node.children() {
            let caption = matches!(child.value(), Node::Element(inner) if inner.name() == "figcaption");
            let outer = std::mem::take(&mut self.flow);
            if caption {
                self.children(child, around)
            } else {
                self.node(child, around)
            };
            self.flush(around);
            let blocks = std::mem::replace(&mut self.flow, outer).blocks;
            let content: String = match blocks.as_slice() {
                [only] if only.kind == Kind::Paragraph => only.html.clone(),
                blocks => blocks::join(blocks),
            };
            match (caption, content.is_empty()) {
                (_, true) => {}
                (true, _) => html.push_str(&format!("<figcaption>{content}</figcaption>")),
                (false, _) => html.push_str(&content),
            }
        }
        if !html.is_empty() {
            self.flow.blocks.push(Block::other(format!("<figure>{html}</figure>")));
        }
    }

    fn word_bullet(&mut self, node: NodeRef<'_>, around: &Around) {
        let outer = std::mem::take(&mut self.flow);
        self.bullet_children(node, around);
        self.flush(around);
        for mut block in std::mem::replace(&mut self.flow, outer).blocks {
            if block.kind == Kind::Paragraph {
                block.kind = Kind::Bullet;
                block.classes.clear();
            }
            self.flow.blocks.push(block);
        }
    }

    /// As [`Self::children`], without the marker Word wrote as text.
    fn bullet_children(&mut self, node: NodeRef<'_>, around: &Around) {
        for child in node.children() {
            match child.value() {
                Node::Element(element) if is_list_marker(element) => {}
                Node::Element(element)
                    if element.name() == "span"
                        && child
                            .descendants()
                            .any(|inner| matches!(inner.value(), Node::Element(inner) if is_list_marker(inner))) =>
                {
                    self.bullet_children(child, &around.deeper())
                }
                _ => self.node(child, around),
            }
        }
    }

    fn image(&mut self, element: &Element, around: &Around) {
        let source = element.attr("src").or_else(|| element.attr("data-src")).unwrap_or_default();
        match word::image_source(source) {
            Err(note) => self.notes.add(note),
            Ok(source) => {
                let mut html = String::from("<img");
                push_attribute(&mut html, "src", &source);
                push_attribute(&mut html, "alt", element.attr("alt").unwrap_or_default().trim());
                for name in ["width", "height"] {
                    let value = element.attr(name).unwrap_or_default().trim_end_matches("px");
                    if value.parse::<u16>().is_ok_and(|pixels| (1..=4096).contains(&pixels)) {
                        push_attribute(&mut html, name, value);
                    }
                }
                html.push('>');
                self.push(Content::Image(html), around);
            }
        }
    }

    fn link(&mut self, element: &Element) -> Option<Rc<Link>> {
        let href = element.attr("href");
        let target = href.and_then(word::link_target);
        if target.is_none() && href.is_some_and(|href| !href.trim().is_empty()) {
            self.notes.add(Note::UnsafeLink);
        }
        let id = element.attr("id").or_else(|| element.attr("name")).and_then(word::body_id);
        (target.is_some() || id.is_some()).then(|| Rc::new(Link { href: target, id }))
    }

    fn flat_text(&mut self, node: NodeRef<'_>, around: &Around) {
        for inner in node.descendants() {
            if let Node::Text(text) = inner.value() {
                let in_script = inner.parent().is_some_and(|parent| {
                    matches!(parent.value(), Node::Element(e) if matches!(e.name(), "script" | "style" | "title" | "textarea"))
                });
                if !in_script {
                    self.push(Content::Text(text.to_string()), around);
                }
            }
        }
    }
}

impl Around {
    fn deeper(&self) -> Self {
        Around { depth: self.depth + 1, ..self.clone() }
    }

    /// A list, table or quotation begins: links do not reach into it.
    fn inside_block(self) -> Self {
        Around { link: None, ..self }
    }
}

/// Marks in force inside an element.
fn marks(name: &str, style: &str, outer: u8) -> u8 {
    let mut marks = outer
        | match name {
            "b" | "strong" => mark::STRONG,
            "i" | "em" | "cite" | "dfn" | "var" => mark::EMPHASIS,
            "u" | "ins" => mark::UNDERLINE,
            "s" | "strike" | "del" => mark::STRUCK,
            "sub" => mark::SUBSCRIPT,
            "sup" => mark::SUPERSCRIPT,
            "code" | "kbd" | "samp" | "tt" => mark::CODE,
            _ => 0,
        };
    if style.is_empty() {
        return marks;
    }
    if let Some(weight) = word::style_property(style, "font-weight") {
        match weight.as_str() {
            "bold" | "bolder" | "600" | "700" | "800" | "900" => marks |= mark::STRONG,
            "normal" | "400" | "300" => marks &= !mark::STRONG,
            _ => {}
        }
    }
    match word::style_property(style, "font-style").as_deref() {
        Some("italic" | "oblique") => marks |= mark::EMPHASIS,
        Some("normal") => marks &= !mark::EMPHASIS,
        _ => {}
    }
    let decoration = word::style_property(style, "text-decoration")
        .or_else(|| word::style_property(style, "text-decoration-line"))
        .unwrap_or_default();
    if decoration.contains("underline") && name != "a" {
        marks |= mark::UNDERLINE;
    }
    if decoration.contains("line-through") {
        marks |= mark::STRUCK;
    }
    match word::style_property(style, "vertical-align").as_deref() {
        Some("super") => marks | mark::SUPERSCRIPT,
        Some("sub") => marks | mark::SUBSCRIPT,
        _ => marks,
    }
}

/// Alignment and indent of a block.
fn align(element: &Element, style: &str, around: &mut Around) {
    let class = element.attr("class").unwrap_or_default();
    let explicit = word::style_property(style, "text-align")
        .as_deref()
        .and_then(word::alignment_class)
        .or_else(|| element.attr("align").and_then(word::alignment_class))
        .or_else(|| {
            class
                .split_whitespace()
                .find_map(|c| word::CLASSES.iter().find(|known| **known == c && c != "no-indent").copied())
        });
    let meaningless =
        word::from_word_processor(class, style) && matches!(explicit, Some("align-left" | "align-justify"));
    match explicit {
        Some(_) if meaningless => around.align = None,
        Some(class) => around.align = Some(class),
        None if element.name() == "center" => around.align = Some("align-center"),
        None => {}
    }
    let indent = word::style_property(style, "text-indent");
    around.no_indent = class.split_whitespace().any(|c| c == "no-indent")
        || indent.is_some_and(|indent| {
            indent.starts_with('0') && indent.trim_start_matches(['0', '.']).chars().all(|c| c.is_ascii_alphabetic())
        });
}

fn is_list_marker(element: &Element) -> bool {
    element.attr("style").is_some_and(|style| {
        word::style_property(style, "mso-list").is_some_and(|value| value.eq_ignore_ascii_case("ignore"))
    })
}

/// Whether Word meant this paragraph as a bulleted item.
fn is_word_bullet(node: NodeRef<'_>) -> bool {
    node.descendants().any(|inner| {
        matches!(inner.value(), Node::Element(element) if is_list_marker(element)) && word::is_bullet(&all_text(inner))
    })
}

fn all_text(node: NodeRef<'_>) -> String {
    node.descendants()
        .filter_map(|inner| match inner.value() {
            Node::Text(text) => Some(&**text),
            Node::Element(element) if element.name() == "br" => Some("\n"),
            _ => None,
        })
        .collect()
}
