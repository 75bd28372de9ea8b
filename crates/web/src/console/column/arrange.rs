//! The order of columns, their place in the tree, closing and opening.

use app::column::Direction;
use axum::extract::Path;
use domain::ids::ColumnId;
use serde::Deserialize;

use super::{column_choices, edit::require_ability};
use crate::{Page, Submitted, WebResult, form_view::FormView, view};

#[derive(Deserialize)]
struct ShiftForm {
    direction: Direction,
}

#[derive(Deserialize)]
struct MoveForm {
    parent: Option<ColumnId>,
}

pub(super) async fn shift(page: Page, Path(id): Path<ColumnId>, submitted: Submitted) -> WebResult {
    let form: ShiftForm = submitted.parse()?;
    let column = app::column::shift(page.app(), &page.actor, id, form.direction).await?;
    page.done(&format!("/console/sites/{}/columns", column.site), &format!("栏目“{}”已移动。", column.name))
}

pub(super) async fn ask_move(page: Page, Path(id): Path<ColumnId>) -> WebResult {
    let (site, column) = app::column::get(page.app(), &page.actor, id).await?;
    require_ability(&page, &site)?;
    let (_, columns) = app::column::list(page.app(), &page.actor, site.id).await?;
    let parents = column_choices(&columns, Some(&column));
    let form = FormView::of(&column);
    page.render_form("console/column/move.html", view! { site, column, parents }, &form)
}

pub(super) async fn move_to(page: Page, Path(id): Path<ColumnId>, submitted: Submitted) -> WebResult {
    let (site, column) = app::column::get(page.app(), &page.actor, id).await?;
    let (_, columns) = app::column::list(page.app(), &page.actor, site.id).await?;
    let moved = match submitted.parse::<MoveForm>() {
        Ok(form) if form.parent == column.parent => {
            Err(app::AppError::invalid("parent", "栏目已经在这里，请选择另一个上级栏目。"))
        }
        Ok(form) => {
            let last = columns.iter().filter(|other| other.parent == form.parent).map(|other| other.position).max();
            let position = last.map_or(1, |last| last.saturating_add(1));
            app::column::move_to(page.app(), &page.actor, id, form.parent, position).await
        }
        Err(error) => Err(error),
    };
    match moved {
        Ok(column) => page.done(
            &format!("/console/sites/{}/columns", column.site),
            &format!("栏目“{}”已移到新位置，新地址为 {}/。", column.name, column.path),
        ),
        Err(error) => {
            let parents = column_choices(&columns, Some(&column));
            page.ask_again("console/column/move.html", view! { site, column, parents }, &submitted, error)
        }
    }
}

pub(super) async fn ask_close(page: Page, Path(id): Path<ColumnId>) -> WebResult {
    let (site, column) = app::column::get(page.app(), &page.actor, id).await?;
    require_ability(&page, &site)?;
    let (_, columns) = app::column::list(page.app(), &page.actor, site.id).await?;
    let numbers = app::placement::numbers_by_column(page.app(), &page.actor, site.id).await?;
    let inside = format!("{}/", column.path);
    let below: Vec<&str> = columns
        .iter()
        .filter(|other| other.active && other.path.starts_with(&inside))
        .map(|other| other.name.as_str())
        .collect();
    let touched = columns.iter().filter(|other| other.id == id || other.path.starts_with(&inside));
    let (live, waiting) = touched
        .filter_map(|column| numbers.get(&column.id))
        .fold((0, 0), |(live, waiting), n| (live + n.live, waiting + n.scheduled + n.proposed));
    page.render("console/column/close.html", view! { site, column, below, live, waiting })
}

pub(super) async fn close(page: Page, Path(id): Path<ColumnId>) -> WebResult {
    let column = app::column::close(page.app(), &page.actor, id).await?;
    page.done(
        &format!("/console/sites/{}/columns", column.site),
        &format!("栏目“{}”已关闭，其栏目页正从网站撤下；信息仍在资源库中。", column.name),
    )
}

pub(super) async fn reopen(page: Page, Path(id): Path<ColumnId>) -> WebResult {
    let column = app::column::reopen(page.app(), &page.actor, id).await?;
    page.done(&format!("/console/sites/{}/columns", column.site), &format!("栏目“{}”已重新开放。", column.name))
}
