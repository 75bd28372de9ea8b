//! The text of a page as blocks (what stands between two breaks of the flow), with the figures that tell text from
//! furniture, each subtree's sum at hand.

use super::address::Base;
use super::entity;
use super::feed;
use super::hints::{self, Hints};
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// A run of text without a break in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// The first text node.
    pub(super) first: NodeId,
    /// Behind the last text node.
    pub(super) last: NodeId,
    /// The innermost block element around it.
    pub(super) container: NodeId,
    start: usize,
    stop: usize,
    /// In thirds of a Chinese character: a Latin letter says about a third as much.
    pub(super) weight: u32,
    /// Of that, inside links.
    pub(super) linked: u32,
    /// Marks that end or part sentences.
    pub(super) marks: u32,
    /// Inside something not shown or named as furniture.
    pub(super) noise: bool,
}

pub(super) struct View<'t, 's> {
    pub(super) tree: &'t Tree<'s>,
    pub(super) base: Base,
    pub(super) hints: Vec<Hints>,
    pub(super) blocks: Vec<Block>,
    buffer: String,
    /// For each node, how many blocks begin before it.
    blocks_before: Vec<u32>,
}

impl<'t, 's> View<'t, 's> {
    pub(super) fn new(tree: &'t Tree<'s>, base: Base) -> Self {
        let mut builder = Builder {
            view: View {
                tree,
                base,
                hints: vec![0; tree.len()],
                blocks: Vec::with_capacity(tree.len() / 8 + 4),
                buffer: String::with_capacity(tree.source.len() / 6),
                blocks_before: Vec::with_capacity(tree.len() + 1),
            },
            open: None,
            furniture: Vec::new(),
        };
        builder.walk();
        builder.mark_furniture();
        feed::mark(&mut builder.view);
        builder.view
    }

    pub(super) fn text(&self, block: &Block) -> &str {
        &self.buffer[block.start..block.stop]
    }

    /// The blocks that begin inside a node's subtree, by their index.
    pub(super) fn blocks_of(&self, node: NodeId) -> std::ops::Range<usize> {
        self.blocks_before[node] as usize..self.blocks_before[self.tree.end(node)] as usize
    }

    /// All text of a subtree, blocks parted by a space, at most about `limit` bytes.
    pub(super) fn text_of(&self, node: NodeId, limit: usize) -> String {
        let mut to = String::new();
        for block in &self.blocks[self.blocks_of(node)] {
            if to.len() > limit {
                break;
            }
            if !to.is_empty() {
                to.push(' ');
            }
            to.push_str(self.text(block));
        }
        to
    }

    /// The text inside one inline element, which may be a part of a block.
    pub(super) fn inline_text(&self, node: NodeId) -> String {
        let mut to = String::new();
        for inner in node..self.tree.end(node) {
            match self.tree.tag(inner) {
                Tag::Text => push_collapsed(self.tree.raw_text(inner), &mut to, 0),
                tag if tag.is_block() || tag == Tag::Br => push_space(&mut to, 0),
                _ => {}
            }
        }
        to.truncate(to.trim_end().len());
        to
    }
}

struct Open {
    first: NodeId,
    last: NodeId,
    container: NodeId,
    start: usize,
    linked: u32,
}

struct Builder<'t, 's> {
    view: View<'t, 's>,
    open: Option<Open>,
    /// Elements named or marked as no part of an article, with the share of the page's text that refutes it.
    furniture: Vec<(NodeId, f32)>,
}

impl Builder<'_, '_> {
    fn walk(&mut self) {
        let tree = self.view.tree;
        let mut node = 0;
        let mut link_end = 0;
        // Block elements that are open, with where they end.
        let mut around: Vec<(NodeId, NodeId)> = vec![(0, tree.len())];
        while node < tree.len() {
            while around.last().is_some_and(|(_, end)| *end <= node) {
                around.pop();
                self.close();
            }
            self.view.blocks_before.push(self.view.blocks.len() as u32 + u32::from(self.open.is_some()));
            let tag = tree.tag(node);
            if tag == Tag::Text {
                let container = around.last().map_or(0, |(node, _)| *node);
                self.text(node, container, node < link_end);
                node += 1;
                continue;
            }
            let end = tree.end(node);
            if tag.is_mute() && tag != Tag::Title {
                self.skip(node, end);
                node = end;
                continue;
            }
            if tag == Tag::Title {
                self.skip(node, end);
                node = end;
                continue;
            }
            let hints = hints::of(tree, node);
            self.view.hints[node] = hints;
            if tag == Tag::A {
                link_end = link_end.max(end);
            }
            if !matches!(tag, Tag::Body | Tag::Html) {
                let named = hints & (hints::NOISE | hints::RELATED) != 0 && hints & hints::SURE == 0;
                if is_hidden(tree, node) {
                    self.furniture.push((node, 0.9));
                } else if hints & hints::COMMENT != 0 && hints & hints::SURE == 0 || tag == Tag::Footer {
                    self.furniture.push((node, 0.75));
                } else if named || matches!(tag, Tag::Nav | Tag::Aside) {
                    self.furniture.push((node, 0.4));
                }
            }
            if tag.is_block() {
                self.close();
                *self.view.blocks_before.last_mut().expect("one was pushed above") = self.view.blocks.len() as u32;
                around.push((node, end));
            } else if matches!(tag, Tag::Br | Tag::Hr) {
                self.close();
            }
            node += 1;
        }
        self.close();
        self.view.blocks_before.push(self.view.blocks.len() as u32);
    }

    /// Names are believed as long as what they name is not most of what the page has to say.
    fn mark_furniture(&mut self) {
        let view = &mut self.view;
        let mut sums = Vec::with_capacity(view.blocks.len() + 1);
        let mut sum = 0_u64;
        sums.push(0);
        for block in &view.blocks {
            let prose = block.marks > 0 && block.weight >= 36;
            sum += if prose { u64::from(block.weight - block.linked) } else { 0 };
            sums.push(sum);
        }
        let mut marked_until = 0;
        for (node, refuted) in &self.furniture {
            let range = view.blocks_before[*node] as usize..view.blocks_before[view.tree.end(*node)] as usize;
            let inside = sums[range.end] - sums[range.start];
            if inside as f32 > sum as f32 * refuted && inside > 300 {
                view.hints[*node] &= !(hints::NOISE | hints::RELATED | hints::COMMENT);
                continue;
            }
            // Elements come in document order: what is marked already is passed over.
            for index in range.start.max(marked_until)..range.end {
                view.blocks[index].noise = true;
            }
            marked_until = marked_until.max(range.end);
        }
    }

    fn skip(&mut self, node: NodeId, end: NodeId) {
        let before = self.view.blocks.len() as u32 + u32::from(self.open.is_some());
        for _ in node + 1..end {
            self.view.blocks_before.push(before);
        }
    }

    fn text(&mut self, node: NodeId, container: NodeId, linked: bool) {
        let raw = self.view.tree.raw_text(node);
        let before = self.view.buffer.len();
        let start = match &self.open {
            Some(open) => open.start,
            None => {
                if raw.bytes().all(|byte| byte.is_ascii_whitespace()) {
                    return;
                }
                before
            }
        };
        push_collapsed(raw, &mut self.view.buffer, start);
        if self.view.buffer.len() == before {
            return;
        }
        let weight = if linked { weight_of(&self.view.buffer[before..]).0 } else { 0 };
        let open = self.open.get_or_insert(Open { first: node, last: node + 1, container, start, linked: 0 });
        open.last = node + 1;
        open.linked += weight;
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = &self.view.buffer[open.start..];
        let stop = open.start + text.trim_end().len();
        self.view.buffer.truncate(stop);
        let (weight, marks) = weight_of(&self.view.buffer[open.start..stop]);
        if weight == 0 && marks == 0 {
            // Nothing but white space: no block, and the nodes before it were counted with one.
            let length = self.view.blocks.len() as u32;
            for count in self.view.blocks_before.iter_mut().rev() {
                if *count <= length {
                    break;
                }
                *count = length;
            }
            return;
        }
        self.view.blocks.push(Block {
            first: open.first,
            last: open.last,
            container: open.container,
            start: open.start,
            stop,
            weight,
            linked: open.linked.min(weight),
            marks,
            noise: false,
        });
    }
}

fn is_hidden(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.attributes(node).iter().any(|attribute| {
        let name = tree.slice(attribute.name);
        if name.eq_ignore_ascii_case("style") {
            let style = tree.slice(attribute.value);
            let Some(at) = style.find("display") else { return false };
            style[at + 7..].trim_start_matches([' ', ':']).starts_with("none")
        } else {
            name.eq_ignore_ascii_case("hidden")
        }
    })
}

/// Appends with references read and white space collapsed; nothing is put before `start` ends.
pub(super) fn push_collapsed(raw: &str, to: &mut String, start: usize) {
    let decoded = entity::decoded(raw);
    let mut rest: &str = &decoded;
    while !rest.is_empty() {
        let space = rest.find(is_space).unwrap_or(rest.len());
        to.push_str(&rest[..space]);
        rest = &rest[space..];
        let after = rest.trim_start_matches(is_space);
        if after.len() < rest.len() {
            push_space(to, start);
        }
        rest = after;
    }
}

fn push_space(to: &mut String, start: usize) {
    if to.len() > start && !to.ends_with(' ') {
        to.push(' ');
    }
}

pub(super) fn is_space(character: char) -> bool {
    match character {
        '\0'..=' ' => true,
        '!'..='~' | '\u{4E00}'..='\u{9FFF}' => false,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}' => true,
        other => other.is_whitespace(),
    }
}

/// Weight and marks of a text.
fn weight_of(text: &str) -> (u32, u32) {
    let (mut weight, mut marks) = (0, 0);
    for character in text.chars() {
        match character {
            ' ' => {}
            '，' | '。' | '；' | '！' | '？' | '、' | '：' | '“' | '”' | '《' | '᠂' | '᠃' | '།' | '؟' | '،' | '…' =>
            {
                weight += 1;
                marks += 1;
            }
            ',' | '.' | ';' | '!' | '?' => {
                weight += 1;
                marks += 1;
            }
            character if character < '\u{2E80}' => weight += 1,
            _ => weight += 3,
        }
    }
    (weight, marks)
}
