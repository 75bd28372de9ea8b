//! Writes the article out: clean HTML built anew from an allow-list, and its plain text. Nothing of the source's
//! markup is copied; elements are opened only when something stands in them.

use super::address::Base;
use super::clean::Removed;
use super::entity;
use super::output::{Body, Image};
use super::picture::{holds_image, image_address, is_layout};
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use super::view::{View, is_space};

const MAXIMUM_OUTPUT: usize = 16 << 20;

pub(super) struct Written {
    pub(super) body: Body,
    pub(super) images: Vec<Image>,
}

pub(super) fn write(view: &View<'_, '_>, roots: &[NodeId], removed: &[Removed]) -> Written {
    let mut writer = Writer {
        tree: view.tree,
        base: &view.base,
        html: String::new(),
        text: String::new(),
        images: Vec::new(),
        blocks: Vec::new(),
        inlines: Vec::new(),
        opened: 0,
        implied: None,
        line_start: 0,
    };
    for (root, removed) in roots.iter().zip(removed) {
        writer.subtree(view, *root, removed);
    }
    let mut text = writer.text;
    text.truncate(text.trim_end().len());
    Written { body: Body { html: writer.html, text }, images: writer.images }
}

struct BlockFrame {
    end: NodeId,
    tag: Tag,
    opening: String,
    opened: bool,
}

struct InlineFrame {
    end: NodeId,
    name: &'static str,
    opening: String,
}

struct Writer<'v, 's> {
    tree: &'v Tree<'s>,
    base: &'v Base,
    html: String,
    text: String,
    images: Vec<Image>,
    blocks: Vec<BlockFrame>,
    inlines: Vec<InlineFrame>,
    /// How many of `inlines` are open in the HTML.
    opened: usize,
    /// What was opened around text that stands in no paragraph of its own.
    implied: Option<&'static str>,
    /// Where the current line of text begins.
    line_start: usize,
}

impl Writer<'_, '_> {
    fn subtree(&mut self, view: &View<'_, '_>, root: NodeId, removed: &Removed) {
        let tree = self.tree;
        let mut node = root;
        let mut layout: Vec<NodeId> = Vec::new();
        while node < tree.end(root) {
            self.close_ended(node);
            while layout.last().is_some_and(|end| *end <= node) {
                layout.pop();
            }
            let tag = tree.tag(node);
            if removed.has(node) || tag.is_mute() || self.html.len() > MAXIMUM_OUTPUT {
                node = tree.end(node);
                continue;
            }
            match tag {
                Tag::Text => self.characters(node),
                Tag::Br => self.line_break(),
                Tag::Hr => self.end_paragraph(),
                Tag::Img => self.image(node),
                Tag::Table => {
                    self.end_paragraph();
                    if view.blocks_of(node).is_empty() && !holds_image(tree, node) {
                        node = tree.end(node);
                        continue;
                    }
                    if is_layout(tree, node) {
                        layout.push(tree.end(node));
                        self.plain_block(node);
                    } else {
                        self.block(node, tag, "<table>".to_owned());
                    }
                }
                _ if tag.is_block() => {
                    self.end_paragraph();
                    let in_layout = layout.last().is_some_and(|end| tree.end(node) <= *end) && !self.in_table();
                    match self.opening(node, tag, in_layout) {
                        Some(opening) => self.block(node, tag, opening),
                        None => self.plain_block(node),
                    }
                }
                _ => self.inline(node, tag),
            }
            node += 1;
        }
        self.close_ended(usize::MAX);
        self.end_paragraph();
    }

    fn in_table(&self) -> bool {
        self.blocks.iter().any(|frame| frame.tag == Tag::Table)
    }

    /// The tag to write for a block element, where it may stand here.
    fn opening(&self, node: NodeId, tag: Tag, in_layout: bool) -> Option<String> {
        let around = self.blocks.iter().rev().find(|frame| !frame.opening.is_empty()).map(|frame| frame.tag);
        let simple = |name: &str| Some(format!("<{name}>"));
        match tag {
            Tag::P => match around {
                Some(Tag::P | Tag::Pre) => None,
                Some(around) if around.is_heading() => None,
                _ => simple("p"),
            },
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 | Tag::Pre | Tag::Ul | Tag::Ol | Tag::Dl => {
                match around {
                    Some(Tag::P | Tag::Pre | Tag::Caption) => None,
                    Some(around) if around.is_heading() => None,
                    _ => simple(tag.name()),
                }
            }
            Tag::Blockquote | Tag::Figure => match around {
                None | Some(Tag::Blockquote | Tag::Li | Tag::Td | Tag::Th | Tag::Dd) => simple(tag.name()),
                _ => None,
            },
            Tag::Figcaption => (around == Some(Tag::Figure)).then(|| "<figcaption>".to_owned()),
            Tag::Li => matches!(around, Some(Tag::Ul | Tag::Ol)).then(|| format!("<li{}>", self.anchor(node))),
            Tag::Dt | Tag::Dd => (around == Some(Tag::Dl)).then(|| format!("<{}>", tag.name())),
            _ if in_layout => None,
            Tag::Caption => (around == Some(Tag::Table)).then(|| "<caption>".to_owned()),
            Tag::Thead | Tag::Tbody | Tag::Tfoot => (around == Some(Tag::Table)).then(|| format!("<{}>", tag.name())),
            Tag::Tr => {
                matches!(around, Some(Tag::Table | Tag::Thead | Tag::Tbody | Tag::Tfoot)).then(|| "<tr>".to_owned())
            }
            Tag::Td | Tag::Th => (around == Some(Tag::Tr)).then(|| {
                let span = |name: &str| {
                    let value = self.tree.raw_attribute(node, name)?.trim().parse::<u16>().ok()?;
                    (2..=1000).contains(&value).then(|| format!(" {name}=\"{value}\""))
                };
                let (columns, rows) = (span("colspan").unwrap_or_default(), span("rowspan").unwrap_or_default());
                format!("<{}{columns}{rows}>", tag.name())
            }),
            _ => None,
        }
    }

    fn block(&mut self, node: NodeId, tag: Tag, opening: String) {
        self.blocks.push(BlockFrame { end: self.tree.end(node), tag, opening, opened: false });
        if tag.is_cell() {
            self.open_blocks();
        }
    }

    /// A block that leaves no trace but a new line.
    fn plain_block(&mut self, node: NodeId) {
        self.blocks.push(BlockFrame { end: self.tree.end(node), tag: Tag::Div, opening: String::new(), opened: true });
    }

    fn inline(&mut self, node: NodeId, tag: Tag) {
        let (name, opening) = match tag {
            Tag::A => {
                let href = self.tree.attribute(node, "href").and_then(|raw| match raw.trim().strip_prefix('#') {
                    Some(name) => anchor_name(name).map(|name| format!("#fn-{name}")),
                    None => self.base.resolve(&raw),
                });
                let anchor = self.anchor(node);
                match href {
                    Some(href) => ("a", format!("<a href=\"{}\"{anchor}>", escaped(&href))),
                    None if !anchor.is_empty() => ("a", format!("<a{anchor}>")),
                    None => return,
                }
            }
            Tag::B | Tag::Strong => ("strong", "<strong>".to_owned()),
            Tag::I | Tag::Em => ("em", "<em>".to_owned()),
            Tag::U | Tag::Ins => ("u", "<u>".to_owned()),
            Tag::S | Tag::Strike | Tag::Del => ("s", "<s>".to_owned()),
            Tag::Sub | Tag::Sup | Tag::Code | Tag::Ruby | Tag::Rt | Tag::Rp | Tag::Mark => {
                (tag.name(), format!("<{}>", tag.name()))
            }
            _ => return,
        };
        self.inlines.push(InlineFrame { end: self.tree.end(node), name, opening });
    }

    /// An `id` that footnotes lead to.
    fn anchor(&self, node: NodeId) -> String {
        let name = self.tree.raw_attribute(node, "id").or_else(|| self.tree.raw_attribute(node, "name"));
        name.and_then(anchor_name).map(|name| format!(" id=\"fn-{name}\"")).unwrap_or_default()
    }

    fn close_ended(&mut self, node: NodeId) {
        loop {
            let inline = self.inlines.last().map(|frame| frame.end).filter(|end| *end <= node);
            let block = self.blocks.last().map(|frame| frame.end).filter(|end| *end <= node);
            match (inline, block) {
                (None, None) => return,
                // The inner one ends first; of two that end together the inline one was opened later or does not matter.
                (Some(inline), block) if block.is_none_or(|block| inline <= block) => {
                    if self.opened == self.inlines.len() {
                        self.opened -= 1;
                        let name = self.inlines[self.opened].name;
                        self.html.push_str("</");
                        self.html.push_str(name);
                        self.html.push('>');
                    }
                    self.inlines.pop();
                }
                _ => self.close_block(),
            }
        }
    }

    fn close_block(&mut self) {
        self.end_paragraph();
        let Some(frame) = self.blocks.pop() else { return };
        if frame.opened && !frame.opening.is_empty() {
            self.html.push_str("</");
            self.html.push_str(frame.tag.name());
            self.html.push('>');
        }
        if frame.tag.is_cell() && frame.opened {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\t');
        } else if frame.tag == Tag::Tr {
            self.text.truncate(self.text.trim_end_matches(['\t', ' ']).len());
            self.new_line();
        }
    }

    fn cell_open(&self) -> bool {
        self.blocks
            .iter()
            .rev()
            .find(|frame| frame.tag == Tag::Table || frame.tag.is_cell())
            .is_some_and(|frame| frame.tag.is_cell())
    }

    fn new_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.line_start = self.text.len();
    }

    /// Ends the paragraph that is open, if any.
    fn end_paragraph(&mut self) {
        while self.opened > 0 {
            self.opened -= 1;
            self.html.push_str("</");
            self.html.push_str(self.inlines[self.opened].name);
            self.html.push('>');
        }
        if let Some(name) = self.implied.take() {
            self.html.push_str(match name {
                "p" => "</p>",
                "li" => "</li>",
                "td" => "</td>",
                _ => "</td></tr>",
            });
        }
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if self.cell_open() {
            if !self.text.ends_with(['\t', '\n']) && !self.text.is_empty() {
                self.text.push(' ');
            }
        } else if !self.between_cells() {
            self.new_line();
        }
    }

    /// In a row, outside its cells: they follow each other in one line.
    fn between_cells(&self) -> bool {
        let around =
            self.blocks.iter().rev().find(|frame| matches!(frame.tag, Tag::Table | Tag::Tr) || frame.tag.is_cell());
        around.is_some_and(|frame| frame.tag == Tag::Tr && frame.opened)
    }

    fn open_blocks(&mut self) {
        for at in 0..self.blocks.len() {
            if !self.blocks[at].opened {
                self.blocks[at].opened = true;
                self.html.push_str(&self.blocks[at].opening);
            }
        }
    }

    fn preformatted(&self) -> bool {
        self.blocks.iter().any(|frame| frame.tag == Tag::Pre)
    }

    /// Opens what must be open before characters or a picture.
    fn begin(&mut self) {
        self.open_blocks();
        if self.implied.is_none() {
            let around = self.blocks.iter().rev().find(|frame| !frame.opening.is_empty()).map(|frame| frame.tag);
            let implied = match around {
                None | Some(Tag::Blockquote) => Some("p"),
                Some(Tag::Ul | Tag::Ol) => Some("li"),
                Some(Tag::Tr) => Some("td"),
                Some(Tag::Table | Tag::Thead | Tag::Tbody | Tag::Tfoot) => Some("tr"),
                _ => None,
            };
            if let Some(name) = implied {
                self.html.push_str(if name == "tr" { "<tr><td>" } else { "" });
                if name != "tr" {
                    self.html.push('<');
                    self.html.push_str(name);
                    self.html.push('>');
                }
                self.implied = Some(name);
            }
        }
        while self.opened < self.inlines.len() {
            self.html.push_str(&self.inlines[self.opened].opening);
            self.opened += 1;
        }
    }

    fn characters(&mut self, node: NodeId) {
        let raw = self.tree.raw_text(node);
        let text = entity::decoded(raw);
        if text.chars().all(is_space) {
            if !self.at_start() && !text.is_empty() {
                push_escaped(" ", &mut self.html);
                self.text.push(' ');
            }
            return;
        }
        self.begin();
        if self.preformatted() {
            push_escaped(&text, &mut self.html);
            self.text.push_str(&text);
            return;
        }
        let mut space = self.at_start();
        let mut run = String::with_capacity(text.len());
        for character in text.chars() {
            if is_space(character) {
                if !space
                    && !matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}' | '\u{200E}' | '\u{200F}')
                {
                    run.push(' ');
                    space = true;
                }
            } else {
                run.push(character);
                space = false;
            }
        }
        push_escaped(&run, &mut self.html);
        self.text.push_str(&run);
    }

    fn at_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(['\n', '\t', ' '])
    }

    fn line_break(&mut self) {
        if self.text.len() == self.line_start || self.text.ends_with('\t') {
            return;
        }
        let cell = self.cell_open();
        if self.implied == Some("p") && !cell {
            // Lines of text without paragraphs of their own: each becomes one.
            self.end_paragraph();
            return;
        }
        if self.blocks.iter().any(|frame| !frame.opened) {
            return;
        }
        self.html.push_str("<br>");
        if cell {
            if !self.at_start() {
                self.text.push(' ');
            }
        } else {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.new_line();
        }
    }

    fn image(&mut self, node: NodeId) {
        let Some(address) = image_address(self.tree, self.base, node) else { return };
        self.begin();
        let alternative = self.tree.attribute(node, "alt").unwrap_or_default();
        let alternative: String = alternative.chars().take(500).collect();
        self.html.push_str(&format!("<img src=\"{}\" alt=\"{}\">", escaped(&address), escaped(alternative.trim())));
        self.images.push(Image { address, text: alternative.trim().to_owned() });
    }
}

fn anchor_name(name: &str) -> Option<&str> {
    let right =
        !name.is_empty() && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    right.then_some(name)
}

fn escaped(text: &str) -> String {
    let mut to = String::with_capacity(text.len());
    push_escaped(text, &mut to);
    to
}

fn push_escaped(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\0']) {
        to.push_str(&rest[..at]);
        to.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "",
        });
        rest = &rest[at + 1..];
    }
    to.push_str(rest);
}
