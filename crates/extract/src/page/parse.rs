//! Tag soup to a tree, in one pass over the source. Not a browser's parser: what is kept is what matters for reading
//! (implied ends of paragraphs, items and cells; scopes of tables; raw text), what is written out is built anew from
//! an allow-list, so that no misreading can become markup. Every step moves forward; depth and numbers are bounded.

use memchr::{memchr, memchr2, memmem};

use super::open::OpenElements;
use super::tag::{Tag, TagClass};
use super::tree::{Attribute, Node, Tree};

/// Bytes of a page that are read; government pages of more than this are data dumps, not articles.
pub(super) const MAXIMUM_BYTES: usize = 24 << 20;
const MAXIMUM_NODES: usize = 1 << 20;
const MAXIMUM_ATTRIBUTES: usize = 64;

pub(super) fn parse(source: &str) -> Tree<'_> {
    let mut parser = Parser {
        bytes: source.as_bytes(),
        at: 0,
        tree: Tree {
            source,
            nodes: Vec::with_capacity(source.len() / 24 + 16),
            attributes: Vec::with_capacity(source.len() / 48 + 16),
            cut: false,
        },
        open: OpenElements::default(),
        missing: Missing { comment_end: false, double_quote: false, single_quote: false, raw_end: [false; Tag::COUNT] },
    };
    parser.tree.nodes.push(Node::element(0, 0, Tag::Other, (0, 0), 0));
    parser.open.push(0, Tag::Other);
    parser.run();
    let length = parser.tree.nodes.len() as u32;
    for node in parser.open.all() {
        parser.tree.nodes[node].end = length;
    }
    parser.tree
}

/// What is known not to come any more, so that it is not looked for twice.
struct Missing {
    comment_end: bool,
    double_quote: bool,
    single_quote: bool,
    raw_end: [bool; Tag::COUNT],
}

struct Parser<'s> {
    bytes: &'s [u8],
    at: usize,
    tree: Tree<'s>,
    open: OpenElements,
    missing: Missing,
}

impl Parser<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            if self.tree.nodes.len() >= MAXIMUM_NODES {
                self.tree.cut = true;
                return;
            }
            let start = self.at;
            let next = memchr(b'<', &self.bytes[start..]).map_or(self.bytes.len(), |offset| start + offset);
            // A `<` that begins no tag is text.
            let mut end = next;
            while end < self.bytes.len() && !self.begins_markup(end) {
                end = memchr(b'<', &self.bytes[end + 1..]).map_or(self.bytes.len(), |offset| end + 1 + offset);
            }
            self.text(start, end);
            self.at = end;
            if end < self.bytes.len() {
                self.markup();
            }
        }
    }

    fn begins_markup(&self, at: usize) -> bool {
        match self.bytes.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => self.bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic),
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
    }

    fn text(&mut self, from: usize, to: usize) {
        if from < to {
            let own = self.tree.nodes.len();
            let parent = self.open.current();
            let depth = self.tree.nodes[parent].depth + 1;
            self.tree.nodes.push(Node::text(parent, depth, from, to, own));
        }
    }

    fn markup(&mut self) {
        match self.bytes.get(self.at + 1) {
            Some(b'!' | b'?') => self.declaration(),
            Some(b'/') => self.end_tag(),
            _ => self.start_tag(),
        }
    }

    /// Comments, doctypes and the like: skipped.
    fn declaration(&mut self) {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(b"<![CDATA[") {
            // Data islands wrap markup so; the end mark stays as text.
            self.at += 9;
            return;
        }
        if rest.starts_with(b"<!--") && !self.missing.comment_end {
            if rest[4..].starts_with(b">") || rest[4..].starts_with(b"->") {
                self.at += if rest[4] == b'>' { 5 } else { 6 };
                return;
            }
            if let Some(offset) = memmem::find(&rest[4..], b"-->") {
                self.at += 4 + offset + 3;
                return;
            }
            self.missing.comment_end = true;
        }
        self.at = memchr(b'>', rest).map_or(self.bytes.len(), |offset| self.at + offset + 1);
    }

    fn end_tag(&mut self) {
        let name = self.name_at(self.at + 2);
        let tag = Tag::of(&self.bytes[self.at + 2..name]);
        self.at = memchr(b'>', &self.bytes[name..]).map_or(self.bytes.len(), |offset| name + offset + 1);
        if matches!(tag, Tag::Body | Tag::Html) {
            // What stands behind the end of the page still belongs to it.
            return;
        }
        if tag == Tag::Br {
            let own = self.tree.nodes.len();
            let parent = self.open.current();
            let depth = self.tree.nodes[parent].depth + 1;
            let attributes = self.tree.attributes.len();
            self.tree.nodes.push(Node::element(parent, depth, Tag::Br, (attributes, attributes), own));
            return;
        }
        // The island below was opened as a section.
        let tag = if tag == Tag::Script { Tag::Section } else { tag };
        self.open.end_tag(tag, &mut self.tree.nodes);
    }

    fn name_at(&self, from: usize) -> usize {
        self.bytes[from..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<'))
            .map_or(self.bytes.len(), |offset| from + offset)
    }

    fn start_tag(&mut self) {
        let name = self.name_at(self.at + 1);
        let tag = Tag::of(&self.bytes[self.at + 1..name]);
        let first = self.tree.attributes.len();
        self.at = name;
        let closed = self.attributes(first);
        let last = self.tree.attributes.len();
        self.open.before_start(tag, &mut self.tree.nodes);
        if matches!(tag, Tag::Html | Tag::Body) && self.open.has(tag) {
            return;
        }
        let own = self.tree.nodes.len();
        let parent = self.open.current();
        let depth = self.tree.nodes[parent].depth + 1;
        self.tree.nodes.push(Node::element(parent, depth, tag, (first, last), own));
        if tag == Tag::Script && self.is_list_island(own) {
            self.tree.nodes[own].tag = Tag::Section;
            self.open.push(own, Tag::Section);
            return;
        }
        match tag.class() {
            TagClass::Void => {}
            TagClass::Raw => self.raw(tag, own, depth),
            _ if closed && (tag == Tag::Svg || self.open.has(Tag::Svg) || self.open.has(Tag::Math)) => {}
            _ => self.open.push(own, tag),
        }
    }

    /// `<script type="text/xml"><datastore>…<record><![CDATA[<li>…`: one content system keeps its lists in there.
    fn is_list_island(&self, own: usize) -> bool {
        let near = &self.bytes[self.at..self.bytes.len().min(self.at + 600)];
        self.tree.raw_attribute(own, "type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/xml"))
            && memmem::find(near, b"<datastore").is_some()
    }

    /// Reads the attributes of a start tag; true when it closes itself.
    fn attributes(&mut self, first: usize) -> bool {
        let bytes = self.bytes;
        loop {
            while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
                self.at += 1;
            }
            match bytes.get(self.at) {
                None => return false,
                Some(b'>') => {
                    self.at += 1;
                    return false;
                }
                Some(b'/') => {
                    self.at += 1;
                    if bytes.get(self.at) == Some(&b'>') {
                        self.at += 1;
                        return true;
                    }
                    continue;
                }
                // A tag that was never closed: the next one begins.
                Some(b'<') => return false,
                Some(_) => {}
            }
            let name_start = self.at;
            self.at += 1;
            while bytes
                .get(self.at)
                .is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/' | b'<'))
            {
                self.at += 1;
            }
            let name = (name_start as u32, self.at as u32);
            let mut look = self.at;
            while bytes.get(look).is_some_and(u8::is_ascii_whitespace) {
                look += 1;
            }
            let mut value = (look as u32, look as u32);
            if bytes.get(look) == Some(&b'=') {
                look += 1;
                while bytes.get(look).is_some_and(u8::is_ascii_whitespace) {
                    look += 1;
                }
                value = self.value(look);
            }
            if self.tree.attributes.len() - first < MAXIMUM_ATTRIBUTES {
                self.tree.attributes.push(Attribute { name, value });
            }
        }
    }

    fn value(&mut self, from: usize) -> (u32, u32) {
        let bytes = self.bytes;
        let quote = bytes.get(from).copied();
        let missing = match quote {
            Some(b'"') => &mut self.missing.double_quote,
            Some(b'\'') => &mut self.missing.single_quote,
            _ => {
                let end = bytes[from..]
                    .iter()
                    .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')
                    .map_or(bytes.len(), |offset| from + offset);
                self.at = end;
                return (from as u32, end as u32);
            }
        };
        let quote = quote.unwrap_or(b'"');
        if !*missing {
            if let Some(offset) = memchr(quote, &bytes[from + 1..]) {
                let end = from + 1 + offset;
                self.at = end + 1;
                return (from as u32 + 1, end as u32);
            }
            *missing = true;
        }
        let end = memchr2(b'>', b'<', &bytes[from..]).map_or(bytes.len(), |offset| from + offset);
        self.at = end;
        (from as u32 + 1, (end as u32).max(from as u32 + 1))
    }

    /// Content that is characters only. Kept for titles and for data islands; scripts and styles are skipped.
    fn raw(&mut self, tag: Tag, own: usize, depth: u16) {
        let start = self.at;
        let (end, behind) = self.raw_end(tag, start);
        self.at = behind;
        let keep = match tag {
            Tag::Title | Tag::Textarea => true,
            Tag::Script => self.tree.raw_attribute(own, "type").is_some_and(|kind| kind.contains("json")),
            _ => false,
        };
        if keep && start < end {
            let text = self.tree.nodes.len();
            self.tree.nodes.push(Node::text(own, depth + 1, start, end, text));
            self.tree.nodes[own].end = text as u32 + 1;
        }
    }

    fn raw_end(&mut self, tag: Tag, start: usize) -> (usize, usize) {
        let length = self.bytes.len();
        let name = tag.name().as_bytes();
        let mut from = if self.missing.raw_end[tag as usize] { length } else { start };
        while let Some(offset) = memmem::find(&self.bytes[from..], b"</") {
            let at = from + offset;
            let behind = at + 2 + name.len();
            if self.bytes.get(at + 2..behind).is_some_and(|found| found.eq_ignore_ascii_case(name))
                && self.bytes.get(behind).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            {
                let close = memchr(b'>', &self.bytes[behind..]).map_or(length, |offset| behind + offset + 1);
                return (at, close);
            }
            from = at + 2;
        }
        // Never closed: only the tag itself is passed over, so that a forgotten `</style>` does not lose the page.
        self.missing.raw_end[tag as usize] = true;
        if matches!(tag, Tag::Script | Tag::Plaintext | Tag::Xmp) { (start, length) } else { (start, start) }
    }
}
