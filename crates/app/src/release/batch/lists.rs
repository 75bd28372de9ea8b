//! Index and archive pages of columns.

use std::sync::Arc;

use domain::{ids::ColumnId, resource::ResourceKind, time::beijing_date};
use render::{
    Dependency,
    list_plan::{ListPageId, ListPlan},
    page::ListPage,
};
use store::{
    Read,
    published::{self, ListLine},
};

use super::on_blocking_thread;
use crate::{
    App, AppResult,
    release::{
        compose::list_item,
        draw::{Drawn, Facts, draw},
        plan::list_plan,
        task::PageTask,
        view::{LIST_PAGE_SIZE, SiteView},
    },
};

/// Draws pages of one column's list.
pub(super) async fn pages(app: &App, read: &Read, view: &Arc<SiteView>, batch: &[PageTask]) -> AppResult<Vec<Drawn>> {
    let mut prepared = Vec::new();
    for task in batch {
        let PageTask::List(column, page) = task else { continue };
        prepared.extend(prepare(read, view, *column, *page).await?);
    }
    let (renderer, view) = (Arc::clone(&app.renderer), Arc::clone(view));
    on_blocking_thread(move || {
        prepared.into_iter().map(|(page, facts)| draw(&renderer, &view.frame, &page, facts)).collect()
    })
    .await
}

async fn prepare(read: &Read, view: &SiteView, id: ColumnId, page: ListPageId) -> AppResult<Option<(ListPage, Facts)>> {
    let Some(column) = view.tree.get(id) else { return Ok(None) };
    let plan = list_plan(store::placement::live_count(read, id).await?);
    if page != ListPageId::Index && plan.ranks(page).is_empty() {
        return Ok(None);
    }
    let below: Vec<ColumnId> = view.tree.subtree(id).into_iter().skip(1).collect();
    // A column that only holds other columns shows their newest, so that no column is blank (无空白栏目).
    let gathers = plan.total() == 0 && !below.is_empty();
    let lines = if gathers {
        published::newest(read, &below, LIST_PAGE_SIZE).await?
    } else {
        newest_first(published::lines(read, id, plan.ranks(page).start as u64, plan.ranks(page).len() as u64).await?)
    };
    let pinned = match page {
        ListPageId::Index if !gathers => published::pinned(read, &[id]).await?,
        _ => Vec::new(),
    };
    let shown = lines.iter().chain(&pinned).map(|line| (line.resource, line.edition)).collect();
    let mut more_dependencies = Vec::new();
    if plan.total() == 0 {
        more_dependencies.extend(below.iter().map(|column| Dependency::ColumnItems(column.0)));
    }
    let shows_policies = column.column_type == "政策文件"
        || (!lines.is_empty() && lines.iter().all(|line| line.kind == ResourceKind::Policy));
    let context = ListPage {
        column: view.tree.view(column),
        page,
        side_columns: view.tree.beside(column),
        pager: pager(plan, page, &column.index_path(), &lines),
        items: lines
            .iter()
            .filter(|line| page != ListPageId::Index || !pinned_here(&pinned, line))
            .map(list_item)
            .collect(),
        pinned: pinned.iter().map(list_item).collect(),
        shows_policies,
    };
    Ok(Some((context, Facts { status: 200, shown, more_dependencies, ..Facts::default() })))
}

fn pager(plan: ListPlan, page: ListPageId, index_path: &str, lines: &[ListLine]) -> render::page::Pager {
    let day = |line: Option<&ListLine>| line.map(|line| beijing_date(line.sort_at).to_string());
    plan.pager(page, index_path, day(lines.last()), day(lines.first()))
}

fn pinned_here(pinned: &[ListLine], line: &ListLine) -> bool {
    pinned.iter().any(|above| above.placement == line.placement)
}

fn newest_first(mut lines: Vec<ListLine>) -> Vec<ListLine> {
    lines.reverse();
    lines
}
