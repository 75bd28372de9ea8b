//! What is not part of the article although it stands inside its element: bars, head lines, related links, the tail.

use super::address::is_attachment;
use super::hints;
use super::phrase;
use super::tag::Tag;
use super::tree::NodeId;
use super::view::{Block, View};

/// The nodes to leave out; a removed element stands for its subtree.
pub(super) struct Removed {
    from: NodeId,
    out: Vec<bool>,
}

impl Removed {
    fn none(from: NodeId, end: NodeId) -> Self {
        Removed { from, out: vec![false; end - from] }
    }

    pub(super) fn has(&self, node: NodeId) -> bool {
        node >= self.from && self.out.get(node - self.from).copied().unwrap_or(false)
    }

    fn add(&mut self, node: NodeId) {
        if let Some(out) = node.checked_sub(self.from).and_then(|at| self.out.get_mut(at)) {
            *out = true;
        }
    }
}

pub(super) struct Context<'a> {
    pub(super) title: Option<&'a str>,
    /// Elements a rule of the site removes.
    pub(super) by_rule: &'a [NodeId],
    /// The element was named by a rule: only what the rule says is removed.
    pub(super) strict: bool,
}

pub(super) fn clean(view: &View<'_, '_>, body: NodeId, context: &Context<'_>) -> Removed {
    let tree = view.tree;
    let mut removed = Removed::none(body, tree.end(body));
    for node in context.by_rule {
        removed.add(*node);
    }
    if context.strict {
        return removed;
    }
    elements(view, body, &mut removed);
    let mut kept: Vec<usize> = Vec::new();
    let mut gone_until = body;
    let mut node = body;
    let range = view.blocks_of(body);
    // Blocks outside removed elements, in order.
    let mut next = range.start;
    while node < tree.end(body) && next < range.end {
        if removed.has(node) {
            gone_until = gone_until.max(tree.end(node));
        }
        while next < range.end && view.blocks[next].first <= node {
            if view.blocks[next].first >= gone_until {
                kept.push(next);
            }
            next += 1;
        }
        node += 1;
    }
    head(view, &kept, context, &mut removed);
    tail(view, &kept, &mut removed);
    for index in &kept {
        let block = &view.blocks[*index];
        if phrase::is_furniture(view.text(block)) {
            remove_block(view, block, &mut removed);
        }
    }
    removed
}

fn remove_block(view: &View<'_, '_>, block: &Block, removed: &mut Removed) {
    for node in block.first..block.last {
        if view.tree.tag(node) == Tag::Text {
            removed.add(node);
        }
    }
}

fn elements(view: &View<'_, '_>, body: NodeId, removed: &mut Removed) {
    let tree = view.tree;
    let total = weight_in(view, body);
    let range = view.blocks_of(body);
    // Plain text of the body's blocks before each one.
    let mut plain = Vec::with_capacity(range.len() + 1);
    let mut sum = 0_u32;
    plain.push(0);
    for block in &view.blocks[range.clone()] {
        sum = sum.saturating_add(block.weight - block.linked);
        plain.push(sum);
    }
    // Links with text of the article before and after them are part of it, if no heading says otherwise.
    let amid = |node: NodeId| {
        let own = view.blocks_of(node);
        let (before, after) = (plain[own.start - range.start], sum - plain[own.end - range.start]);
        let heading = view.blocks[own.start.saturating_sub(1)..own.end.min(own.start + 1)]
            .iter()
            .any(|block| phrase::begins_tail(view.text(block)));
        u64::from(before.min(after)) * 8 >= u64::from(sum) && !heading
    };
    let mut node = body + 1;
    while node < tree.end(body) {
        let tag = tree.tag(node);
        if tag == Tag::Text {
            node += 1;
            continue;
        }
        if tag.is_mute()
            || is_furniture(view, node, total)
            || is_link_list(view, node) && !amid(node)
            || is_information_table(view, node)
        {
            removed.add(node);
            node = tree.end(node);
            continue;
        }
        node += 1;
    }
}

fn weight_in(view: &View<'_, '_>, node: NodeId) -> u32 {
    view.blocks[view.blocks_of(node)].iter().map(|block| block.weight).sum()
}

fn is_furniture(view: &View<'_, '_>, node: NodeId, total: u32) -> bool {
    let hints = view.hints[node];
    let tag = view.tree.tag(node);
    let named = hints & (hints::NOISE | hints::COMMENT | hints::RELATED) != 0 && hints & hints::SURE == 0;
    let hidden = view.tree.raw_attribute(node, "style").is_some_and(|style| {
        let style = style.replace(' ', "");
        style.contains("display:none")
    });
    if !(named || hidden || matches!(tag, Tag::Nav | Tag::Aside | Tag::Footer)) {
        return false;
    }
    if !hidden && holds_attachments(view, node) {
        return false;
    }
    // A name that would take most of the text away is not to be believed.
    weight_in(view, node) * 5 < total * 2
}

fn holds_attachments(view: &View<'_, '_>, node: NodeId) -> bool {
    (node..view.tree.end(node)).any(|inner| {
        view.tree.tag(inner) == Tag::A && view.tree.raw_attribute(inner, "href").is_some_and(is_attachment)
    })
}

/// Three or more blocks that are almost only links, none of them to a file.
fn is_link_list(view: &View<'_, '_>, node: NodeId) -> bool {
    if !matches!(view.tree.tag(node), Tag::Ul | Tag::Ol | Tag::Div | Tag::Dl | Tag::Table | Tag::Section) {
        return false;
    }
    let range = view.blocks_of(node);
    if range.len() < 2 {
        return false;
    }
    let blocks = &view.blocks[range];
    let (weight, linked) = blocks.iter().fold((0, 0), |(w, l), block| (w + block.weight, l + block.linked));
    linked * 5 > weight * 4 && !holds_attachments(view, node)
}

/// The table of 索引号, 发文机关 … of an information page: its values are fields, not text.
fn is_information_table(view: &View<'_, '_>, node: NodeId) -> bool {
    if !matches!(view.tree.tag(node), Tag::Table | Tag::Ul | Tag::Dl | Tag::Div) {
        return false;
    }
    let range = view.blocks_of(node);
    if !(3..=60).contains(&range.len()) {
        return false;
    }
    let blocks = &view.blocks[range];
    let labels = blocks.iter().filter(|block| phrase::begins_with_information_label(view.text(block))).count();
    labels >= 3 && blocks.iter().all(|block| block.weight < 360)
}

/// The title repeated, the line of time and source, the way here: all before the first sentence.
fn head(view: &View<'_, '_>, kept: &[usize], context: &Context<'_>, removed: &mut Removed) {
    let mut last_line = None;
    for (at, index) in kept.iter().enumerate().take(16) {
        let block = &view.blocks[*index];
        let text = view.text(block);
        if phrase::is_information_line(text) {
            last_line = Some(at);
        } else if is_prose(block) && context.title.is_none_or(|title| !is_title(view, block, title)) {
            break;
        }
    }
    let through = last_line.map_or(0, |at| at + 1);
    let of = |indices: &[usize]| indices.iter().map(|index| u64::from(view.blocks[*index].weight)).sum::<u64>();
    let through = if of(&kept[..through]) * 2 > of(kept) { 0 } else { through };
    for index in &kept[..through] {
        remove_block(view, &view.blocks[*index], removed);
    }
    let Some(title) = context.title else { return };
    for index in kept.iter().skip(through).take(4) {
        let block = &view.blocks[*index];
        if is_prose(block) && !is_title(view, block, title) {
            break;
        }
        let tag = view.tree.tag(block.container);
        let headed = tag.is_heading() || view.hints[block.container] & hints::TITLE != 0;
        if headed && is_title(view, block, title) {
            remove_block(view, block, removed);
        }
    }
}

fn is_prose(block: &Block) -> bool {
    block.weight >= 60 && block.marks > 0 && block.linked * 2 < block.weight
}

fn is_title(view: &View<'_, '_>, block: &Block, title: &str) -> bool {
    phrase::squeezed(view.text(block)) == phrase::squeezed(title)
}

/// From a heading such as 相关阅读 on, unless real text follows.
fn tail(view: &View<'_, '_>, kept: &[usize], removed: &mut Removed) {
    let mut tries = 0;
    for (at, index) in kept.iter().enumerate().skip(1) {
        let block = &view.blocks[*index];
        if !phrase::begins_tail(view.text(block)) {
            continue;
        }
        tries += 1;
        if tries > 40 {
            return;
        }
        let after = &kept[at..];
        let weight: u32 = after.iter().map(|index| view.blocks[*index].weight).sum();
        let linked: u32 = after.iter().map(|index| view.blocks[*index].linked).sum();
        let before: u32 = kept[..at].iter().map(|index| view.blocks[*index].weight).sum();
        if linked * 2 > weight || weight * 3 < before && !phrase::may_head_a_section(view.text(block)) {
            for index in after {
                let block = &view.blocks[*index];
                let file = (block.first.saturating_sub(3)..block.last).any(|node| {
                    view.tree.tag(node) == Tag::A && view.tree.raw_attribute(node, "href").is_some_and(is_attachment)
                });
                if !file {
                    remove_block(view, block, removed);
                }
            }
            return;
        }
    }
}
