//! Feeds: four or more neighbours of one make, each with a link for its heading and some lines under it. Their lines
//! are sentences, but of other articles.

use super::tag::Tag;
use super::view::View;

/// Marks the blocks of feeds as furniture, unless they are what the page consists of.
pub(super) fn mark(view: &mut View<'_, '_>) {
    let tree = view.tree;
    // Sums over the blocks before: weight, headings that are links, prose.
    let mut sums: Vec<(u64, u32, u64)> = Vec::with_capacity(view.blocks.len() + 1);
    let mut sum = (0_u64, 0_u32, 0_u64);
    sums.push(sum);
    for block in &view.blocks {
        let heading = block.linked * 4 > block.weight * 3 && block.weight >= 24;
        let plain = u64::from(block.weight - block.linked);
        sum.0 += u64::from(block.weight);
        sum.1 += u32::from(heading);
        sum.2 += if block.noise || block.marks == 0 { 0 } else { plain };
        sums.push(sum);
    }
    let all = sum.2;
    let mut node = 1;
    while node < tree.len() {
        if !tree.tag(node).is_block() || tree.tag(node) == Tag::Table || view.blocks_of(node).len() < 8 {
            node += 1;
            continue;
        }
        let mut items: Vec<std::ops::Range<usize>> = Vec::new();
        let mut children = 0;
        for child in tree.children(node) {
            if tree.tag(child) == Tag::Text || tree.tag(child) == Tag::Br {
                continue;
            }
            let range = view.blocks_of(child);
            if range.is_empty() {
                continue;
            }
            children += 1;
            let (from, to) = (sums[range.start], sums[range.end]);
            if range.len() >= 2 && (1..=3).contains(&(to.1 - from.1)) && to.0 - from.0 <= 1500 && to.2 > from.2 {
                items.push(range);
            }
        }
        let prose: u64 = items.iter().map(|range| sums[range.end].2 - sums[range.start].2).sum();
        if items.len() >= 4 && items.len() * 2 >= children && prose * 10 < all * 9 {
            for range in items {
                for block in &mut view.blocks[range] {
                    block.noise = true;
                }
            }
            node = tree.end(node);
        } else {
            node += 1;
        }
    }
}
