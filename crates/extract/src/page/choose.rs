//! Which element holds the article. Every block gets a value: sentences count for it, links, short labels and
//! furniture against it; the element whose blocks sum up highest is the tightest one around the article, because
//! what stands outside pulls the sum down.

use super::hints;
use super::tag::Tag;
use super::tree::NodeId;
use super::view::{Block, View};

pub(super) struct Chosen {
    pub(super) node: NodeId,
    /// Value of its sentences, in Chinese characters.
    pub(super) value: f32,
    /// Of all the page's sentences, the share that lies inside.
    pub(super) share: f32,
    /// By its name, not by figures only.
    pub(super) named: bool,
}

pub(super) fn choose(view: &View<'_, '_>) -> Option<Chosen> {
    let strict: Vec<f32> = view.blocks.iter().map(|block| value_of(view, block)).collect();
    let chosen = choose_by(view, &strict);
    let plain: u32 = view.blocks.iter().filter(|block| !block.noise).map(|block| block.weight - block.linked).sum();
    let value = chosen.as_ref().map_or(0.0, |chosen| chosen.value);
    if value < 30.0
        && chosen.as_ref().is_none_or(|chosen| !chosen.named)
        && let Some(named) = by_name(view)
    {
        return Some(named);
    }
    if value < 300.0 && value * 3.0 < plain as f32 / 4.0 {
        // Hardly a sentence: tables, schedules, registers. Short lines count as text, too.
        let relaxed: Vec<f32> = view.blocks.iter().zip(&strict).map(|(block, value)| relaxed(block, *value)).collect();
        if let Some(other) = choose_by(view, &relaxed).filter(|other| other.value > value * 3.0 && other.value > 60.0) {
            return Some(other);
        }
    }
    chosen
}

/// An article without sentences: scanned pages, or only a file to download. Its name alone tells.
fn by_name(view: &View<'_, '_>) -> Option<Chosen> {
    let tree = view.tree;
    let node = (1..tree.len()).find(|node| {
        view.hints[*node] & hints::SURE != 0
            && tree.tag(*node) != Tag::Body
            && (!view.blocks_of(*node).is_empty() || (*node..tree.end(*node)).any(|inner| tree.tag(inner) == Tag::Img))
    })?;
    let share = 0.2;
    Some(Chosen { node, value: 0.0, share, named: true })
}

fn choose_by(view: &View<'_, '_>, values: &[f32]) -> Option<Chosen> {
    let tree = view.tree;
    // (sum of values, sum of those that speak for the article) of the blocks before.
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut sum = (0.0_f32, 0.0_f32);
    sums.push(sum);
    for value in values {
        sum = (sum.0 + value, sum.1 + value.max(0.0));
        sums.push(sum);
    }
    let own = |node: NodeId| {
        let range = view.blocks_of(node);
        (sums[range.end].0 - sums[range.start].0, sums[range.end].1 - sums[range.start].1)
    };
    let mut best: Option<(f32, NodeId)> = None;
    for node in 0..tree.len() {
        if !is_candidate(tree.tag(node)) {
            continue;
        }
        let value = own(node).0;
        if value <= 0.0 {
            continue;
        }
        let score = value * factor(view, node);
        // Of equal ones the inner one, which comes later.
        if best.is_none_or(|(known, _)| score >= known) {
            best = Some((score, node));
        }
    }
    let (score, mut node) = best?;
    if let Some(trusted) = trusted(view, &own, score) {
        node = trusted;
    }
    // A named element inside that holds nearly all of it is the article without its frame.
    let whole = own(node).1;
    for inner in node + 1..tree.end(node) {
        if view.hints[inner] & hints::SURE != 0 && own(inner).1 >= whole * 0.85 {
            node = inner;
        }
    }
    let value = own(node).1;
    let named = tree.ancestors(node).take(2).chain([node]).any(|near| view.hints[near] & hints::SURE != 0);
    Some(Chosen { node, value, share: value / sum.1.max(1.0), named })
}

/// The one element with a name only content systems use, if its text is much the largest of those so named.
fn trusted(view: &View<'_, '_>, own: &impl Fn(NodeId) -> (f32, f32), best: f32) -> Option<NodeId> {
    let (mut first, mut second) = ((0.0_f32, 0), 0.0_f32);
    let mut behind = 0;
    for node in 1..view.tree.len() {
        if node < behind || view.hints[node] & hints::SURE == 0 || view.tree.tag(node) == Tag::Body {
            continue;
        }
        let own = own(node).0;
        behind = view.tree.end(node);
        if own > first.0 {
            second = first.0;
            first = (own, node);
        } else {
            second = second.max(own);
        }
    }
    (first.0 >= 80.0 && first.0 >= second * 3.0 && first.0 >= best * 0.25).then_some(first.1)
}

fn is_candidate(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Div
            | Tag::Td
            | Tag::Article
            | Tag::Section
            | Tag::Main
            | Tag::Body
            | Tag::Html
            | Tag::Form
            | Tag::Center
            | Tag::Table
            | Tag::Tbody
            | Tag::Tr
            | Tag::Dd
            | Tag::Dl
            | Tag::Li
            | Tag::Ul
            | Tag::Ol
            | Tag::Blockquote
            | Tag::Pre
            | Tag::Span
            | Tag::Font
            | Tag::Fieldset
            | Tag::P
            | Tag::Other
    )
}

/// A name that promises the article makes up for text that other parts of the page have in excess.
fn factor(view: &View<'_, '_>, node: NodeId) -> f32 {
    let hints = view.hints[node];
    let mut factor = match view.tree.tag(node) {
        Tag::Article => 1.5,
        Tag::P | Tag::Li | Tag::Tr | Tag::Span | Tag::Font | Tag::Blockquote => 0.7,
        Tag::Body | Tag::Html => 0.8,
        _ => 1.0,
    };
    if hints & hints::SURE != 0 {
        factor *= 2.0;
    } else if hints & hints::CONTENT != 0 {
        factor *= 1.3;
    }
    if hints & (hints::NOISE | hints::COMMENT | hints::RELATED) != 0 && hints & hints::SURE == 0 {
        factor *= 0.4;
    }
    factor
}

/// In Chinese characters.
pub(super) fn value_of(view: &View<'_, '_>, block: &Block) -> f32 {
    let weight = block.weight as f32 / 3.0;
    let plain = (block.weight - block.linked) as f32 / 3.0;
    if block.noise {
        return -2.0 - weight.min(60.0) * 0.3;
    }
    if block.linked * 2 > block.weight {
        return -2.0 - (weight * 0.4).min(14.0);
    }
    let container = view.tree.tag(block.container);
    let sentence = block.marks > 0 && plain >= 6.0 || plain >= 22.0;
    if sentence {
        return if is_furniture(view.text(block)) { -10.0 } else { plain };
    }
    match container {
        Tag::P => 1.0,
        Tag::Pre | Tag::Blockquote => plain,
        _ if container.is_cell() => 0.0,
        _ if container.is_heading() => 0.0,
        _ => -2.0,
    }
}

/// Short lines count for the article, links less against it.
fn relaxed(block: &Block, strict: f32) -> f32 {
    let weight = block.weight as f32 / 3.0;
    let plain = (block.weight - block.linked) as f32 / 3.0;
    if block.noise || strict > 2.0 || strict <= -10.0 && block.linked == 0 {
        strict
    } else if block.linked * 2 > block.weight {
        -1.0 - (weight * 0.2).min(6.0)
    } else {
        plain * 0.6
    }
}

/// Sentences of footers and head lines.
fn is_furniture(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "版权所有",
        "ICP备",
        "ICP证",
        "公网安备",
        "网站标识码",
        "Copyright",
        "copyright",
        "All Rights Reserved",
        "技术支持：",
        "未经授权",
        "网络视听许可",
        "违法和不良信息举报",
        "您的位置",
        "当前位置",
        "您现在的位置",
        "许可证编号",
        "建议使用",
        "互联网新闻信息服务许可",
    ];
    text.len() < 1200 && SIGNS.iter().any(|sign| text.contains(sign))
}
