//! The elements that are open while a page is read, and which of them a tag closes.

use super::tag::Tag;
use super::tree::{Node, NodeId};

/// Deeper elements become children of the last one that fits; browsers do the same, at 512.
const MAXIMUM_DEPTH: usize = 256;

/// The stack, with counts so that an end tag without its start costs nothing.
pub(super) struct OpenElements {
    stack: Vec<(NodeId, Tag)>,
    counts: [u32; Tag::COUNT],
    /// Elements beyond the depth, not on the stack: their end tags close nothing.
    beyond: [u32; Tag::COUNT],
}

impl Default for OpenElements {
    fn default() -> Self {
        OpenElements { stack: Vec::with_capacity(64), counts: [0; Tag::COUNT], beyond: [0; Tag::COUNT] }
    }
}

impl OpenElements {
    pub(super) fn all(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.stack.iter().map(|(node, _)| *node)
    }

    pub(super) fn current(&self) -> NodeId {
        self.stack.last().map_or(0, |(node, _)| *node)
    }

    pub(super) fn has(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    pub(super) fn push(&mut self, node: NodeId, tag: Tag) {
        if self.stack.len() >= MAXIMUM_DEPTH {
            self.beyond[tag as usize] += 1;
            return;
        }
        self.counts[tag as usize] += 1;
        self.stack.push((node, tag));
    }

    /// Closes what a start tag implies is over.
    pub(super) fn before_start(&mut self, tag: Tag, nodes: &mut [Node]) {
        match tag {
            Tag::Li => self.close_up_to(&[Tag::Li], is_list, nodes),
            Tag::Dd | Tag::Dt => self.close_up_to(&[Tag::Dd, Tag::Dt], |tag| tag == Tag::Dl, nodes),
            Tag::Option | Tag::Optgroup => self.close_up_to(&[Tag::Option], |tag| tag == Tag::Select, nodes),
            Tag::Td | Tag::Th => {
                self.close_up_to(&[Tag::Td, Tag::Th], |tag| matches!(tag, Tag::Table | Tag::Tr), nodes)
            }
            Tag::Tr => {
                self.close_up_to(&[Tag::Td, Tag::Th], |tag| matches!(tag, Tag::Table | Tag::Tr), nodes);
                self.close_up_to(&[Tag::Tr], |tag| tag == Tag::Table, nodes);
            }
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close_up_to(&[Tag::Tbody, Tag::Thead, Tag::Tfoot], |tag| tag == Tag::Table, nodes);
            }
            Tag::A => self.close_up_to(&[Tag::A], |tag| tag.is_cell() || tag == Tag::Table, nodes),
            Tag::Body => self.close_up_to(&[Tag::Head], |tag| tag == Tag::Body, nodes),
            _ => {}
        }
        if tag.is_block() || tag == Tag::Hr {
            self.close_up_to(&[Tag::P], |tag| ends_scope(tag) || tag == Tag::Button, nodes);
        }
        if tag.is_heading() && self.stack.last().is_some_and(|(_, open)| open.is_heading()) {
            self.pop_to(self.stack.len() - 1, nodes);
        }
    }

    pub(super) fn end_tag(&mut self, tag: Tag, nodes: &mut [Node]) {
        let index = tag as usize;
        if self.beyond[index] > 0 {
            self.beyond[index] -= 1;
            return;
        }
        match tag {
            Tag::Table => self.close_up_to(&[Tag::Table], |_| false, nodes),
            Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption => {
                self.close_up_to(&[tag], |tag| tag == Tag::Table, nodes);
            }
            _ if tag.is_heading() => {
                const HEADINGS: [Tag; 6] = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6];
                self.close_up_to(&HEADINGS, ends_scope, nodes);
            }
            Tag::Li => self.close_up_to(&[Tag::Li], is_list, nodes),
            Tag::P => self.close_up_to(&[Tag::P], ends_scope, nodes),
            _ if tag.is_block() => self.close_up_to(&[tag], ends_scope, nodes),
            // The end of an inline element does not reach out of the block it stands in.
            _ => self.close_up_to(&[tag], Tag::is_block, nodes),
        }
    }

    /// Closes the innermost of `wanted` and all inside it, unless a `barrier` stands between.
    fn close_up_to(&mut self, wanted: &[Tag], barrier: impl Fn(Tag) -> bool, nodes: &mut [Node]) {
        if wanted.iter().all(|tag| self.counts[*tag as usize] == 0) {
            return;
        }
        for at in (1..self.stack.len()).rev() {
            let tag = self.stack[at].1;
            if wanted.contains(&tag) {
                self.pop_to(at, nodes);
                return;
            }
            if barrier(tag) {
                return;
            }
        }
    }

    fn pop_to(&mut self, length: usize, nodes: &mut [Node]) {
        let end = nodes.len() as u32;
        for (node, tag) in self.stack.drain(length..) {
            nodes[node].end = end;
            self.counts[tag as usize] -= 1;
        }
        self.beyond = [0; Tag::COUNT];
    }
}

fn is_list(tag: Tag) -> bool {
    matches!(tag, Tag::Ul | Tag::Ol | Tag::Menu | Tag::Table | Tag::Td | Tag::Th)
}

/// Elements whose inside is a world of its own for end tags.
fn ends_scope(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::Td | Tag::Th | Tag::Caption | Tag::Template)
}
