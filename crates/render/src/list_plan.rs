//! List paging that stays still while a column grows.
//!
//! Items are counted from the oldest: rank 0 is the oldest item, rank `total - 1` the newest.
//! The index page shows the newest `P` to `2P - 1` items; archive page 1 holds ranks `0..P`,
//! page 2 the next `P`, and so on. A new item therefore changes the index page only; every
//! `P` items one more archive page is frozen, and the page before it learns of its neighbour.
//!
//! ```text
//! P = 3, 10 items   p1: 0 1 2   p2: 3 4 5   index: 6 7 8 9      (shown newest first)
//! ```

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::Pager;
use crate::path;

/// One page of a column's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListPageId {
    /// The column's index page with the newest items.
    Index,
    /// Archive page, counted from 1 = the oldest items.
    Archive(usize),
}

/// How a column's items are spread over pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlan {
    total: usize,
    page_size: usize,
}

/// Pages to write anew and pages that no longer exist after a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// To be rendered: their items or their neighbours changed, or they are new.
    pub render: BTreeSet<ListPageId>,
    /// To be taken away.
    pub remove: BTreeSet<ListPageId>,
}

impl ListPlan {
    /// Plan for `total` items. A page size of 0 is taken as 1.
    pub fn new(total: usize, page_size: usize) -> Self {
        ListPlan { total, page_size: page_size.max(1) }
    }

    /// Number of items in the column.
    pub fn total(self) -> usize {
        self.total
    }

    /// Items on an archive page; the index page shows up to twice as many less one.
    pub fn page_size(self) -> usize {
        self.page_size
    }

    /// Number of archive pages: none until the index page would overflow.
    pub fn archive_pages(self) -> usize {
        (self.total / self.page_size).saturating_sub(1)
    }

    /// Ranks shown on the index page.
    pub fn index_ranks(self) -> Range<usize> {
        self.archive_pages() * self.page_size..self.total
    }

    /// Ranks shown on archive page `number`; empty when there is no such page.
    pub fn archive_ranks(self, number: usize) -> Range<usize> {
        if number == 0 || number > self.archive_pages() {
            return 0..0;
        }
        (number - 1) * self.page_size..number * self.page_size
    }

    /// Ranks shown on a page; empty when there is no such page.
    pub fn ranks(self, page: ListPageId) -> Range<usize> {
        match page {
            ListPageId::Index => self.index_ranks(),
            ListPageId::Archive(number) => self.archive_ranks(number),
        }
    }

    /// The page an item stands on.
    pub fn page_of(self, rank: usize) -> ListPageId {
        let number = rank / self.page_size + 1;
        if number > self.archive_pages() { ListPageId::Index } else { ListPageId::Archive(number) }
    }

    /// All pages, newest first.
    pub fn pages(self) -> impl Iterator<Item = ListPageId> {
        std::iter::once(ListPageId::Index).chain((1..=self.archive_pages()).rev().map(ListPageId::Archive))
    }

    /// Next newer page.
    pub fn newer(self, page: ListPageId) -> Option<ListPageId> {
        match page {
            ListPageId::Index => None,
            ListPageId::Archive(number) if number < self.archive_pages() => Some(ListPageId::Archive(number + 1)),
            ListPageId::Archive(_) => Some(ListPageId::Index),
        }
    }

    /// Next older page.
    pub fn older(self, page: ListPageId) -> Option<ListPageId> {
        match page {
            ListPageId::Index => Some(self.archive_pages()).filter(|pages| *pages > 0).map(ListPageId::Archive),
            ListPageId::Archive(number) if number > 1 => Some(ListPageId::Archive(number - 1)),
            ListPageId::Archive(_) => None,
        }
    }

    /// Pages touched when an item is put in at `rank` (everything newer moves up by one).
    /// `self` is the plan before; the newest item comes in at `rank == total`.
    pub fn inserted(self, rank: usize) -> Touched {
        self.becomes(self.total + 1, rank)
    }

    /// Pages touched when the item at `rank` is taken out. `self` is the plan before.
    pub fn removed(self, rank: usize) -> Touched {
        self.becomes(self.total.saturating_sub(1), rank)
    }

    /// Pages touched when the item at `rank` shows a new title or date but keeps its rank.
    /// A pinned item also stands on the index page.
    pub fn changed(self, rank: usize, pinned: bool) -> Touched {
        let mut touched = Touched::default();
        touched.render.insert(self.page_of(rank));
        if pinned {
            touched.render.insert(ListPageId::Index);
        }
        touched
    }

    /// Pages touched when the column comes to hold `total` items and every item below
    /// `lowest_rank` is as before. Use it for imports and for moves inside a column.
    pub fn becomes(self, total: usize, lowest_rank: usize) -> Touched {
        let after = ListPlan::new(total, self.page_size);
        let (old_pages, new_pages) = (self.archive_pages(), after.archive_pages());
        let mut touched = Touched::default();
        touched.render.insert(ListPageId::Index);
        // Pages that end at or below the lowest rank keep their items …
        let first_moved = lowest_rank / self.page_size + 1;
        touched.render.extend((first_moved..=new_pages).map(ListPageId::Archive));
        touched.render.extend((old_pages + 1..=new_pages).map(ListPageId::Archive));
        // … but the newest of them gains or loses its newer neighbour.
        let last_common = old_pages.min(new_pages);
        if old_pages != new_pages && last_common > 0 {
            touched.render.insert(ListPageId::Archive(last_common));
        }
        touched.remove.extend((new_pages + 1..=old_pages).map(ListPageId::Archive));
        touched
    }

    /// The pager of a page: where the newest, newer, older and oldest pages lie.
    ///
    /// `index_path` is the column's index page; `from_day` and `to_day` (`YYYY-MM-DD`) are the
    /// dates of the oldest and newest item on the page.
    pub fn pager(self, page: ListPageId, index_path: &str, from_day: Option<String>, to_day: Option<String>) -> Pager {
        let at = |page: ListPageId| page.path(index_path);
        let oldest = if self.archive_pages() > 0 { ListPageId::Archive(1) } else { ListPageId::Index };
        Pager {
            newest: (page != ListPageId::Index).then(|| at(ListPageId::Index)),
            newer: self.newer(page).map(at),
            older: self.older(page).map(at),
            oldest: (page != oldest).then(|| at(oldest)),
            from_day,
            to_day,
        }
    }
}

impl ListPageId {
    /// Where the page lies, given the column's index page.
    pub fn path(self, index_path: &str) -> String {
        match self {
            ListPageId::Index => index_path.to_owned(),
            ListPageId::Archive(number) => path::column_archive(index_path, number),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_index_overflows_into_archive_pages_only_when_it_would_hold_two_full_pages() {
        for (total, page_size, pages, index) in [
            (0, 3, 0, 0..0),
            (1, 3, 0, 0..1),
            (5, 3, 0, 0..5),
            (6, 3, 1, 3..6),
            (8, 3, 1, 3..8),
            (9, 3, 2, 6..9),
            (10, 3, 2, 6..10),
            (10_000, 20, 499, 9_980..10_000),
        ] {
            let plan = ListPlan::new(total, page_size);
            assert_eq!((plan.archive_pages(), plan.index_ranks()), (pages, index), "{total} by {page_size}");
        }
        assert_eq!(ListPlan::new(10, 3).archive_ranks(2), 3..6);
        assert_eq!(ListPlan::new(10, 3).archive_ranks(3), 0..0);
    }

    #[test]
    fn a_newest_item_touches_the_index_only_until_a_page_freezes() {
        use ListPageId::{Archive, Index};
        for (total, expected) in
            [(6, vec![Index]), (7, vec![Index]), (8, vec![Index, Archive(1), Archive(2)]), (9, vec![Index])]
        {
            let touched = ListPlan::new(total, 3).inserted(total);
            assert_eq!(touched.render.into_iter().collect::<Vec<_>>(), expected, "{total} items before");
        }
        assert_eq!(ListPlan::new(5, 3).inserted(5).render.into_iter().collect::<Vec<_>>(), [Index, Archive(1)]);
    }

    #[test]
    fn a_changed_title_touches_the_page_it_stands_on_and_the_index_when_pinned() {
        use ListPageId::{Archive, Index};
        let plan = ListPlan::new(10, 3);
        assert_eq!(plan.changed(4, false).render, BTreeSet::from([Archive(2)]));
        assert_eq!(plan.changed(4, true).render, BTreeSet::from([Index, Archive(2)]));
        assert_eq!(plan.changed(9, false).render, BTreeSet::from([Index]));
    }

    #[test]
    fn the_pager_names_all_four_directions() {
        let plan = ListPlan::new(12, 3);
        let pager = plan.pager(ListPageId::Archive(2), "a/index.html", None, None);
        assert_eq!(pager.newest.as_deref(), Some("a/index.html"));
        assert_eq!(pager.newer.as_deref(), Some("a/p3.html"));
        assert_eq!(pager.older.as_deref(), Some("a/p1.html"));
        assert_eq!(pager.oldest.as_deref(), Some("a/p1.html"));
        let index = plan.pager(ListPageId::Index, "a/index.html", None, None);
        assert_eq!((index.newest, index.newer), (None, None));
        assert_eq!(index.older.as_deref(), Some("a/p3.html"));
        let alone = ListPlan::new(4, 3).pager(ListPageId::Index, "a/index.html", None, None);
        assert_eq!((alone.older, alone.oldest), (None, None));
    }

    type View = (Vec<u32>, Option<ListPageId>, Option<ListPageId>, usize);

    /// What a reader would see on each page: its items and its neighbours.
    fn views(items: &[u32], page_size: usize) -> BTreeMap<ListPageId, View> {
        let plan = ListPlan::new(items.len(), page_size);
        plan.pages()
            .map(|page| {
                let shown = items[plan.ranks(page)].to_vec();
                let has_oldest = plan.archive_pages().min(1);
                (page, (shown, plan.newer(page), plan.older(page), has_oldest))
            })
            .collect()
    }

    fn really_touched(before: &[u32], after: &[u32], page_size: usize) -> Touched {
        let (before, after) = (views(before, page_size), views(after, page_size));
        Touched {
            render: after.iter().filter(|(page, view)| before.get(page) != Some(view)).map(|(page, _)| *page).collect(),
            remove: before.keys().filter(|page| !after.contains_key(page)).copied().collect(),
        }
    }

    proptest! {
        #[test]
        fn an_insertion_touches_exactly_the_pages_that_look_different(total in 0usize..70, page_size in 1usize..9, at in 0usize..71) {
            let before: Vec<u32> = (0..total as u32).collect();
            let rank = at.min(total);
            let mut after = before.clone();
            after.insert(rank, 1000);
            prop_assert_eq!(ListPlan::new(total, page_size).inserted(rank), really_touched(&before, &after, page_size));
        }

        #[test]
        fn a_removal_touches_exactly_the_pages_that_look_different(total in 1usize..70, page_size in 1usize..9, at in 0usize..70) {
            let before: Vec<u32> = (0..total as u32).collect();
            let rank = at.min(total - 1);
            let mut after = before.clone();
            after.remove(rank);
            prop_assert_eq!(ListPlan::new(total, page_size).removed(rank), really_touched(&before, &after, page_size));
        }

        #[test]
        fn every_item_stands_on_exactly_one_page(total in 0usize..200, page_size in 1usize..12) {
            let plan = ListPlan::new(total, page_size);
            let mut ranks: Vec<usize> = plan.pages().flat_map(|page| plan.ranks(page)).collect();
            ranks.sort_unstable();
            prop_assert_eq!(ranks, (0..total).collect::<Vec<_>>());
            for rank in 0..total {
                prop_assert!(plan.ranks(plan.page_of(rank)).contains(&rank));
            }
        }
    }
}
