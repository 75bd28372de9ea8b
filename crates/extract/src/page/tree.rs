//! A page as one flat vector of nodes in document order: a subtree is a range, so sums over it are two look-ups.

use std::borrow::Cow;

use super::entity;
use super::tag::Tag;

pub(super) type NodeId = usize;

/// An element or a run of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) parent: u32,
    /// The first node after this one's subtree.
    pub(super) end: u32,
    /// Text: where it begins in the source. Element: its first attribute.
    first: u32,
    /// Text: where it ends in the source. Element: behind its last attribute.
    last: u32,
    pub(super) depth: u16,
    pub(super) tag: Tag,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute {
    pub(super) name: (u32, u32),
    pub(super) value: (u32, u32),
}

/// The parsed page. Node 0 is the document itself.
#[derive(Debug)]
pub(super) struct Tree<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attribute>,
    /// Something was left out because the page is beyond the limits.
    pub(super) cut: bool,
}

impl Node {
    pub(super) fn text(parent: usize, depth: u16, from: usize, to: usize, own: usize) -> Node {
        Node { parent: parent as u32, end: own as u32 + 1, first: from as u32, last: to as u32, depth, tag: Tag::Text }
    }

    pub(super) fn element(parent: usize, depth: u16, tag: Tag, attributes: (usize, usize), own: usize) -> Node {
        Node {
            parent: parent as u32,
            end: own as u32 + 1,
            first: attributes.0 as u32,
            last: attributes.1 as u32,
            depth,
            tag,
        }
    }
}

impl<'s> Tree<'s> {
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn tag(&self, node: NodeId) -> Tag {
        self.nodes[node].tag
    }

    /// The first node after the subtree.
    pub(super) fn end(&self, node: NodeId) -> NodeId {
        self.nodes[node].end as usize
    }

    pub(super) fn parent(&self, node: NodeId) -> NodeId {
        self.nodes[node].parent as usize
    }

    pub(super) fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    pub(super) fn children(&self, node: NodeId) -> Children<'_, 's> {
        Children { tree: self, next: node + 1, end: self.end(node) }
    }

    /// From the parent upwards, the document itself left out.
    pub(super) fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = node;
        std::iter::from_fn(move || {
            at = self.parent(at);
            (at != 0).then_some(at)
        })
    }

    /// The characters of a text node as they stand in the source.
    pub(super) fn raw_text(&self, node: NodeId) -> &'s str {
        let node = &self.nodes[node];
        if node.tag == Tag::Text { &self.source[node.first as usize..node.last as usize] } else { "" }
    }

    pub(super) fn attributes(&self, node: NodeId) -> &[Attribute] {
        let node = &self.nodes[node];
        if node.tag == Tag::Text { &[] } else { &self.attributes[node.first as usize..node.last as usize] }
    }

    pub(super) fn slice(&self, span: (u32, u32)) -> &'s str {
        &self.source[span.0 as usize..span.1 as usize]
    }

    /// An attribute's value as it stands in the source.
    pub(super) fn raw_attribute(&self, node: NodeId, name: &str) -> Option<&'s str> {
        self.attributes(node)
            .iter()
            .find(|attribute| self.slice(attribute.name).eq_ignore_ascii_case(name))
            .map(|attribute| self.slice(attribute.value))
    }

    /// An attribute's value with its character references read.
    pub(super) fn attribute(&self, node: NodeId, name: &str) -> Option<Cow<'s, str>> {
        self.raw_attribute(node, name).map(entity::decoded)
    }

    /// The name of an unknown element is not kept; known ones have theirs.
    pub(super) fn name(&self, node: NodeId) -> &'static str {
        self.tag(node).name()
    }
}

pub(super) struct Children<'t, 's> {
    tree: &'t Tree<'s>,
    next: NodeId,
    end: NodeId,
}

impl Iterator for Children<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.next >= self.end {
            return None;
        }
        let child = self.next;
        self.next = self.tree.end(child);
        Some(child)
    }
}
