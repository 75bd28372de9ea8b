//! Lists of articles: the element whose children are one link each, most of them with a day.

use super::date;
use super::hints;
use super::output::{List, ListItem, Moment};
use super::paging;
use super::tag::Tag;
use super::tree::NodeId;
use super::view::View;

/// Nodes a child may have to be looked through as one item.
const ITEM_NODES: usize = 120;

/// `within`: the element a rule of the site names.
pub(super) fn read(view: &View<'_, '_>, within: Option<NodeId>) -> Option<List> {
    let tree = view.tree;
    let signs = Signs::of(view);
    let mut best: Option<(f32, NodeId, usize, usize)> = None;
    let range = within.map_or(1..tree.len(), |node| node..tree.end(node));
    for node in range {
        if !matches!(
            tree.tag(node),
            Tag::Ul
                | Tag::Ol
                | Tag::Tbody
                | Tag::Table
                | Tag::Div
                | Tag::Dl
                | Tag::Section
                | Tag::Main
                | Tag::Td
                | Tag::Article
                | Tag::Center
                | Tag::Other
        ) || view.hints[node] & (hints::CRUMB | hints::PAGER) != 0
        {
            continue;
        }
        let (mut items, mut dated, mut length) = (0_usize, 0_usize, 0_usize);
        for child in tree.children(node) {
            if tree.end(child) - child > ITEM_NODES || tree.tag(child) == Tag::Text {
                continue;
            }
            if let Some(longest) = signs.longest_link(child, tree.end(child)) {
                items += 1;
                dated += usize::from(signs.is_dated(child, tree.end(child)));
                length += longest.min(40);
            }
        }
        if items < 3 || length < items * 6 {
            continue;
        }
        let noise = view.hints[node] & (hints::NOISE | hints::RELATED) != 0 || in_noise(view, node);
        let score = (length as f32 + dated as f32 * 25.0) * if noise { 0.3 } else { 1.0 };
        if best.is_none_or(|(known, ..)| score > known) {
            best = Some((score, node, items, dated));
        }
    }
    let (_, node, count, dated) = best?;
    let mut items = Vec::new();
    collect(view, node, &mut items);
    // One list is often cut into several elements, five lines each.
    let parent = tree.parent(node);
    if parent != 0 && dated * 2 > count {
        let mut all = Vec::new();
        for sibling in tree.children(parent) {
            if tree.tag(sibling) == tree.tag(node) {
                collect(view, sibling, &mut all);
            }
        }
        if all.len() > items.len() && all.iter().filter(|item| item.date.is_some()).count() * 4 >= all.len() * 3 {
            items = all;
        }
    }
    let share = items.iter().filter(|item| item.date.is_some()).count() as f32 / items.len().max(1) as f32;
    let paging = paging::read(view);
    let confidence =
        (0.3 + share * 0.5 + (items.len() as f32 / 100.0).min(0.1) + if paging.next.is_some() { 0.1 } else { 0.0 })
            .min(1.0);
    Some(List { items, next: paging.next, pages: paging.pages, page_count: paging.count, confidence })
}

/// Where links and days stand, found once so that every element can be judged by look-ups.
struct Signs {
    /// (the link, characters of its text).
    links: Vec<(NodeId, usize)>,
    days: Vec<NodeId>,
}

impl Signs {
    fn of(view: &View<'_, '_>) -> Signs {
        let tree = view.tree;
        let mut signs = Signs { links: Vec::new(), days: Vec::new() };
        let mut link_end = 0;
        for node in 1..tree.len() {
            match tree.tag(node) {
                Tag::A => {
                    link_end = tree.end(node);
                    signs.links.push((node, if is_usable(view, node) { title_length(view, node) } else { 0 }));
                }
                Tag::Text => {
                    let raw = tree.raw_text(node);
                    if raw.len() >= 8 && raw.len() < 400 && raw.bytes().filter(u8::is_ascii_digit).count() >= 5 {
                        let found = date::find(raw);
                        // Inside a link a day counts when it stands alone or at an end.
                        if found.is_some_and(|(_, range)| {
                            node >= link_end || range.start < 4 || range.end + 4 > raw.trim_end().len()
                        }) {
                            signs.days.push(node);
                        }
                    }
                }
                _ => {}
            }
        }
        signs
    }

    /// Of the usable links in a range, the longest with four characters or more.
    fn longest_link(&self, from: NodeId, to: NodeId) -> Option<usize> {
        let start = self.links.partition_point(|(node, _)| *node < from);
        let inside = self.links[start..].iter().take_while(|(node, _)| *node < to);
        inside.map(|(_, length)| *length).max().filter(|length| *length >= 4)
    }

    fn is_dated(&self, from: NodeId, to: NodeId) -> bool {
        self.days.get(self.days.partition_point(|node| *node < from)).is_some_and(|node| *node < to)
    }
}

fn is_usable(view: &View<'_, '_>, link: NodeId) -> bool {
    view.tree.raw_attribute(link, "href").is_some_and(|raw| {
        let raw = raw.trim_start();
        !raw.is_empty()
            && !raw.starts_with('#')
            && !raw.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("javascript"))
    })
}

fn title_length(view: &View<'_, '_>, link: NodeId) -> usize {
    let shown: usize = (link..view.tree.end(link))
        .map(|inner| view.tree.raw_text(inner).chars().filter(|c| !c.is_whitespace()).count())
        .sum();
    if shown > 0 {
        shown
    } else {
        view.tree.raw_attribute(link, "title").map_or(0, |title| title.trim().chars().count())
    }
}

fn in_noise(view: &View<'_, '_>, node: NodeId) -> bool {
    view.tree.ancestors(node).any(|around| {
        matches!(view.tree.tag(around), Tag::Nav | Tag::Aside | Tag::Footer | Tag::Header)
            || view.hints[around] & (hints::NOISE | hints::RELATED) != 0
    })
}

fn collect(view: &View<'_, '_>, node: NodeId, to: &mut Vec<ListItem>) {
    for child in view.tree.children(node) {
        if view.tree.end(child) - child > ITEM_NODES || view.tree.tag(child) == Tag::Text {
            continue;
        }
        let Some(((link, title), date)) = item(view, child) else { continue };
        let Some(address) =
            view.tree.raw_attribute(link, "href").and_then(|raw| view.base.resolve(&super::entity::decoded(raw)))
        else {
            continue;
        };
        if to.last().is_none_or(|last: &ListItem| last.address != address) {
            to.push(ListItem { title, address, date });
        }
    }
}

/// The link with the longest text in a subtree, and the day beside it.
fn item(view: &View<'_, '_>, node: NodeId) -> Option<((NodeId, String), Option<Moment>)> {
    let tree = view.tree;
    let mut best: Option<(NodeId, String)> = None;
    for inner in node..tree.end(node) {
        if tree.tag(inner) != Tag::A {
            continue;
        }
        if !is_usable(view, inner) {
            continue;
        }
        let shown = view.inline_text(inner);
        let full = tree.attribute(inner, "title").map(|title| title.trim().to_owned()).unwrap_or_default();
        // Cut titles are written out in the attribute.
        let stem = shown.trim_end_matches(['.', '…']).trim_start_matches(['·', '•', ' ']);
        let text = if !full.is_empty() && (full.starts_with(stem) && !stem.is_empty() || shown.is_empty()) {
            full
        } else {
            shown
        };
        if best.as_ref().is_none_or(|(_, known)| text.chars().count() > known.chars().count()) {
            best = Some((inner, text));
        }
    }
    let (link, mut title) = best?;
    let mut moment = None;
    if let Some((found, range)) = date::find(&title) {
        // The day stands inside the link.
        if range.end == title.trim_end().len() || range.start <= 1 {
            let rest = format!("{}{}", &title[..range.start], &title[range.end..]);
            let rest = rest.trim_matches(|c: char| c.is_whitespace() || "[]()（）【】".contains(c));
            if rest.chars().count() >= 4 {
                title = rest.to_owned();
                moment = Some(found);
            }
        }
    }
    if moment.is_none() {
        moment = beside(view, node, link);
    }
    let title = title.trim_start_matches(['·', '•', '■', '●', '◆', '>', ' ']).trim().to_owned();
    (title.chars().count() >= 4).then_some(((link, title), moment))
}

fn beside(view: &View<'_, '_>, node: NodeId, link: NodeId) -> Option<Moment> {
    let tree = view.tree;
    let mut text = String::new();
    for inner in node..tree.end(node) {
        if tree.tag(inner) == Tag::Text && !tree.contains(link, inner) {
            super::view::push_collapsed(tree.raw_text(inner), &mut text, 0);
            text.push(' ');
            if text.len() > 2000 {
                break;
            }
        }
    }
    date::parse(&text).or_else(|| {
        // Month and day only: the year is the address's, if the month agrees.
        let (month, day) = text.split_whitespace().find_map(date::without_year)?;
        let dated = date::in_path(tree.raw_attribute(link, "href")?)?;
        let date = jiff::civil::Date::new(dated.year(), month, day).ok()?;
        (dated.month() == month).then_some(Moment { date, time: None })
    })
}
