//! Which pages a change reaches.
//!
//! A changed resource reaches its own page, the pages that show it (`page_dependency`), the lists it enters, leaves
//! or moves in, and the pages of the policies it interprets. How far a list is touched is `ListPlan`'s answer, so
//! one article touches a handful of pages however large the column is.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{ColumnId, ResourceId},
    placement::{Placement, PlacementState},
    resource::Resource,
};
use render::{
    Dependency,
    list_plan::{ListPageId, ListPlan},
};
use store::{Read, pending_change::Changed, published};

use super::{
    task::{PageTask, PathMeaning, file_folder, list_page, meaning},
    view::{LIST_PAGE_SIZE, SiteView},
};
use crate::AppResult;

/// Pages to make and pages to take away.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// To be rendered.
    pub(crate) tasks: BTreeSet<PageTask>,
    /// To be taken away, unless a task makes a page there.
    pub(crate) removals: BTreeSet<String>,
    /// Everything was planned: whatever no task makes is taken away.
    pub(crate) full: bool,
}

impl Plan {
    /// All pages of a site.
    pub(crate) async fn everything(read: &Read, view: &SiteView) -> AppResult<Self> {
        let mut tasks = BTreeSet::from([
            PageTask::Home,
            PageTask::SiteMap,
            PageTask::SiteMapXml,
            PageTask::NotFound,
            PageTask::Assets,
        ]);
        for column in view.tree.all() {
            let total = store::placement::live_count(read, column.id).await?;
            tasks.extend(list_plan(total).pages().map(|page| PageTask::List(column.id, page)));
        }
        let standings = published::standings(read, view.site.id, None).await?;
        tasks.extend(
            standings
                .iter()
                .filter(|standing| view.tree.get(standing.column).is_some())
                .map(|standing| PageTask::Content(standing.resource)),
        );
        let recalled = published::recalled_on(read, view.site.id).await?;
        tasks.extend(recalled.iter().map(|resource| PageTask::Gone(resource.id)));
        let removals = store::live_page::all(read, view.site.id).await?.into_iter().map(|page| page.path).collect();
        Ok(Self { tasks, removals, full: true })
    }

    /// The pages that these changes reach.
    pub(crate) async fn for_changes(read: &Read, view: &SiteView, changes: &[Changed]) -> AppResult<Self> {
        let mut plan = Self { tasks: BTreeSet::from([PageTask::SiteMapXml]), ..Self::default() };
        let mut dependencies: BTreeSet<String> = BTreeSet::new();
        let mut resources: BTreeSet<ResourceId> = BTreeSet::new();
        for change in changes {
            match change {
                Changed::Site => return Self::everything(read, view).await,
                Changed::Column(id) => {
                    dependencies.insert(Dependency::Column(id.0).to_string());
                    dependencies.insert(Dependency::ColumnItems(id.0).to_string());
                    plan.tasks.insert(PageTask::SiteMap);
                }
                Changed::Resource(id) => {
                    dependencies.insert(Dependency::Resource(id.0).to_string());
                    resources.insert(*id);
                }
            }
        }
        let resources: Vec<ResourceId> = resources.into_iter().collect();
        plan.add_own_pages(read, view, &resources).await?;
        let touched = plan.add_lists(read, view, &resources).await?;
        dependencies.extend(touched.iter().map(|column| Dependency::ColumnItems(column.0).to_string()));
        plan.add_interpretations(read, view, &resources).await?;
        plan.add_dependants(read, view, &dependencies.into_iter().collect::<Vec<_>>()).await?;
        Ok(plan)
    }

    /// The page and files of each resource, or what stands in their place.
    async fn add_own_pages(&mut self, read: &Read, view: &SiteView, ids: &[ResourceId]) -> AppResult<()> {
        let standing: BTreeSet<ResourceId> = published::standings(read, view.site.id, Some(ids))
            .await?
            .into_iter()
            .filter(|standing| view.tree.get(standing.column).is_some())
            .map(|standing| standing.resource)
            .collect();
        let recalled: BTreeSet<ResourceId> =
            published::recalled_on(read, view.site.id).await?.into_iter().map(|resource| resource.id).collect();
        for resource in published::resources(read, ids).await? {
            if standing.contains(&resource.id) {
                self.tasks.insert(PageTask::Content(resource.id));
            } else if recalled.contains(&resource.id) {
                self.tasks.insert(PageTask::Gone(resource.id));
            } else {
                self.removals.insert(resource.page_path());
            }
            self.remove_files(read, view, &resource).await?;
        }
        Ok(())
    }

    /// Files that the new edition no longer has; the task makes those it still has.
    async fn remove_files(&mut self, read: &Read, view: &SiteView, resource: &Resource) -> AppResult<()> {
        self.removals.extend(files_of(read, view, resource).await?);
        Ok(())
    }

    /// Pages of lists that resources enter, leave or move in; returns the columns whose items changed.
    async fn add_lists(&mut self, read: &Read, view: &SiteView, ids: &[ResourceId]) -> AppResult<BTreeSet<ColumnId>> {
        let mut lowest: BTreeMap<ColumnId, u64> = BTreeMap::new();
        let mut same_place: BTreeSet<ColumnId> = BTreeSet::new();
        for (resource, placements) in by_resource(store::placement::on_site(read, view.site.id, ids).await?) {
            let shown_at =
                store::live_page::depending_on(read, view.site.id, &[Dependency::Resource(resource.0).to_string()])
                    .await?;
            for (column, placement) in newest_per_column(placements) {
                let Some(column) = view.tree.get(column) else { continue };
                let shown = shown_in(&shown_at, &column.path);
                match touched_from(read, &placement, &shown).await? {
                    Some(rank) => {
                        let known = lowest.entry(column.id).or_insert(rank);
                        *known = rank.min(*known);
                    }
                    None if placement.state == PlacementState::Live => {
                        same_place.insert(column.id);
                    }
                    None => {}
                }
            }
        }
        for (column, rank) in &lowest {
            self.add_list(read, view, *column, *rank).await?;
        }
        Ok(lowest.into_keys().chain(same_place).collect())
    }

    async fn add_list(&mut self, read: &Read, view: &SiteView, id: ColumnId, lowest: u64) -> AppResult<()> {
        let Some(column) = view.tree.get(id) else { return Ok(()) };
        let total = store::placement::live_count(read, id).await?;
        let archives = live_archives(read, view, &column.index_path(), list_plan(total).archive_pages()).await?;
        // A plan with as many archive pages as are live; how many items its index shows does not matter here.
        let before = ListPlan::new((archives + 1) * LIST_PAGE_SIZE, LIST_PAGE_SIZE);
        let touched = before.becomes(count(total), count(lowest));
        self.tasks.extend(touched.render.into_iter().map(|page| PageTask::List(id, page)));
        self.removals.extend(touched.remove.into_iter().map(|page| page.path(&column.index_path())));
        Ok(())
    }

    /// Both sides of 政策文件 ↔ 政策解读.
    async fn add_interpretations(&mut self, read: &Read, view: &SiteView, ids: &[ResourceId]) -> AppResult<()> {
        let mut others: BTreeSet<ResourceId> = published::interpretations_of(read, view.site.id, ids)
            .await?
            .into_iter()
            .map(|related| related.resource)
            .collect();
        let interpreted: Vec<ResourceId> =
            published::items(read, ids).await?.into_iter().flat_map(|item| item.elements.interprets).collect();
        others.extend(
            published::policies_on_site(read, view.site.id, &interpreted)
                .await?
                .into_iter()
                .map(|policy| policy.resource),
        );
        self.tasks.extend(others.into_iter().map(PageTask::Content));
        Ok(())
    }

    /// Pages that were made from these things.
    async fn add_dependants(&mut self, read: &Read, view: &SiteView, dependencies: &[String]) -> AppResult<()> {
        let mut serials = BTreeSet::new();
        for path in store::live_page::depending_on(read, view.site.id, dependencies).await? {
            match meaning(&path, &view.tree) {
                // A page planned for removal is not brought back by what it used to show.
                PathMeaning::Task(_) if self.removals.contains(&path) => {}
                PathMeaning::Task(task) => {
                    self.tasks.insert(task);
                }
                PathMeaning::Serial(serial) => {
                    serials.insert(serial);
                }
                PathMeaning::FileOf(_) | PathMeaning::Unknown => {}
            }
        }
        for serial in serials {
            let Some(found) = store::resource::by_serial(read, serial).await? else { continue };
            let id = found.resource.id;
            let planned =
                self.tasks.contains(&PageTask::Gone(id)) || self.removals.contains(&found.resource.page_path());
            if !planned {
                self.tasks.insert(PageTask::Content(id));
            }
        }
        Ok(())
    }
}

/// Paths of the files of a resource that are live, or answer 410.
pub(crate) async fn files_of(read: &Read, view: &SiteView, resource: &Resource) -> AppResult<Vec<String>> {
    let folder = file_folder(&resource.page_path());
    let dependency = Dependency::Resource(resource.id.0).to_string();
    let paths = store::live_page::depending_on(read, view.site.id, &[dependency]).await?;
    Ok(paths.into_iter().filter(|path| path.starts_with(&folder)).collect())
}

/// Number of archive pages of a list that are live, looked for around the number expected.
async fn live_archives(read: &Read, view: &SiteView, index_path: &str, expected: usize) -> AppResult<usize> {
    const STEP: usize = 100;
    let highest = async |first: usize| -> AppResult<Option<usize>> {
        let paths: Vec<String> =
            (first..first + STEP).map(|number| ListPageId::Archive(number).path(index_path)).collect();
        let live = store::live_page::at(read, view.site.id, &paths).await?;
        Ok(live.iter().filter_map(|standing| archive_number(&standing.page.path)).max())
    };
    let mut found = 0;
    let mut first = expected + 1;
    while let Some(number) = highest(first).await? {
        found = number;
        first += STEP;
    }
    let mut last = expected;
    while found == 0 && last > 0 {
        let first = last.saturating_sub(STEP - 1).max(1);
        found = highest(first).await?.unwrap_or(0);
        last = first - 1;
    }
    Ok(found)
}

fn archive_number(path: &str) -> Option<usize> {
    match list_page(path.rsplit('/').next()?)? {
        ListPageId::Archive(number) => Some(number),
        ListPageId::Index => None,
    }
}

/// The plan of a list of `total` items.
pub(crate) fn list_plan(total: u64) -> ListPlan {
    ListPlan::new(count(total), LIST_PAGE_SIZE)
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn by_resource(placements: Vec<Placement>) -> BTreeMap<ResourceId, Vec<Placement>> {
    let mut found: BTreeMap<ResourceId, Vec<Placement>> = BTreeMap::new();
    for placement in placements {
        found.entry(placement.resource).or_default().push(placement);
    }
    found
}

/// A resource may have left a column and come back: the live placement counts, else the last one.
fn newest_per_column(placements: Vec<Placement>) -> BTreeMap<ColumnId, Placement> {
    let mut found: BTreeMap<ColumnId, Placement> = BTreeMap::new();
    for placement in placements {
        let keep = found.get(&placement.column).is_some_and(|known| known.state == PlacementState::Live);
        if !keep {
            found.insert(placement.column, placement);
        }
    }
    found
}

/// Pages of the column with this path among `paths`.
fn shown_in(paths: &[String], column_path: &str) -> Vec<ListPageId> {
    paths
        .iter()
        .filter_map(|path| path.rsplit_once('/'))
        .filter(|(folder, _)| *folder == column_path)
        .filter_map(|(_, name)| list_page(name))
        .collect()
}

/// The lowest rank at which the list changes; `None` when the item keeps its place or was never there.
async fn touched_from(read: &Read, placement: &Placement, shown: &[ListPageId]) -> AppResult<Option<u64>> {
    let Some(sort_at) = placement.sort_at else { return Ok(None) };
    let live = placement.state == PlacementState::Live;
    if !live && shown.is_empty() {
        return Ok(None);
    }
    let rank = store::placement::rank(read, placement.column, sort_at, placement.id).await?;
    let archive = shown.iter().find_map(|page| match page {
        ListPageId::Archive(number) => Some(*number),
        ListPageId::Index => None,
    });
    let former_start = archive.map(|number| (number.saturating_sub(1) * LIST_PAGE_SIZE) as u64);
    if live && !shown.is_empty() {
        let total = store::placement::live_count(read, placement.column).await?;
        let now_on = list_plan(total).page_of(count(rank));
        let before_on = archive.map_or(ListPageId::Index, ListPageId::Archive);
        if now_on == before_on {
            return Ok(None);
        }
    }
    Ok(Some(former_start.map_or(rank, |start| start.min(rank))))
}
