//! 您的位置: the way from the home page to this one.

use super::hints;
use super::output::Crumb;
use super::phrase;
use super::tag::Tag;
use super::tree::NodeId;
use super::view::View;

const OPENINGS: &[&str] = &[
    "您的位置",
    "您所在的位置",
    "您现在的位置",
    "您当前的位置",
    "当前位置",
    "现在位置",
    "当前的位置",
    "所在位置",
    "您的当前位置",
    "你的位置",
    "你现在的位置",
    "位置：",
];

pub(super) fn read(view: &View<'_, '_>) -> Vec<Crumb> {
    let tree = view.tree;
    let mut best: Vec<Crumb> = Vec::new();
    for node in 1..tree.len() {
        if view.hints[node] & hints::CRUMB == 0 || view.blocks_of(node).is_empty() && tree.tag(node).is_block() {
            continue;
        }
        let crumbs = links(view, node);
        if (2..=10).contains(&crumbs.len()) {
            best = crumbs;
            break;
        }
    }
    if best.len() >= 2 {
        return best;
    }
    let mut tries = 0;
    for block in &view.blocks {
        let text = view.text(block);
        if text.len() > 600 {
            continue;
        }
        let squeezed = phrase::squeezed(text);
        let opens = OPENINGS.iter().any(|opening| squeezed.starts_with(opening));
        let homeward = (squeezed.starts_with("首页") || squeezed.starts_with("网站首页"))
            && squeezed.contains(['>', '＞', '»', '›', '→']);
        if !opens && !homeward {
            continue;
        }
        // The links stand in the block itself or beside it.
        tries += 1;
        if tries > 20 {
            break;
        }
        // The first words may stand inside a link themselves.
        let start =
            tree.ancestors(block.first).take_while(|node| *node != block.container).last().unwrap_or(block.first);
        let own = links_between(view, start, block.last);
        if !own.is_empty() && own.len() <= 10 {
            return own;
        }
        let mut around = block.container;
        for _ in 0..3 {
            let crumbs = links(view, around);
            if !crumbs.is_empty() {
                return if crumbs.len() > 10 { best } else { crumbs };
            }
            around = tree.parent(around);
        }
    }
    best
}

pub(super) fn links(view: &View<'_, '_>, node: NodeId) -> Vec<Crumb> {
    links_between(view, node, view.tree.end(node))
}

fn links_between(view: &View<'_, '_>, from: NodeId, to: NodeId) -> Vec<Crumb> {
    let tree = view.tree;
    let mut crumbs: Vec<Crumb> = Vec::new();
    for inner in from..to {
        if tree.tag(inner) != Tag::A {
            continue;
        }
        let name = view.inline_text(inner);
        let name = name.trim_matches(|c: char| c.is_whitespace() || ">＞»›/|-".contains(c)).to_owned();
        if name.is_empty()
            || name.len() > 120
            || matches!(name.as_str(), "登录" | "注册" | "申请入驻" | "收藏" | "更多")
        {
            continue;
        }
        if crumbs.len() > 12 {
            break;
        }
        let address = tree.raw_attribute(inner, "href").and_then(|raw| view.base.resolve(raw));
        if crumbs.last().is_none_or(|last| last.name != name) {
            crumbs.push(Crumb { name, address });
        }
    }
    crumbs
}

/// Home is the way's beginning, not a column.
pub(super) fn column(crumbs: &[Crumb], title: Option<&str>) -> Option<String> {
    crumbs
        .iter()
        .rev()
        .find(|crumb| {
            let name = crumb.name.as_str();
            !matches!(name, "首页" | "网站首页" | "主页" | "正文" | "内容" | "详情" | "返回首页" | "Home")
                && title != Some(name)
        })
        .filter(|_| crumbs.len() > 1)
        .map(|crumb| crumb.name.clone())
}
