//! Adding and changing a column.

use app::column::{ColumnChange, NewColumn};
use axum::extract::Path;
use domain::{
    column::{COLUMN_TYPES, Column},
    ids::{ColumnId, SiteId},
};
use serde::Deserialize;

use super::column_choices;
use crate::{ListQuery, Page, Submitted, WebResult, form_view::FormView, view};

#[derive(Deserialize)]
struct ColumnForm {
    parent: Option<ColumnId>,
    slug: String,
    name: String,
    column_type: String,
    description: String,
    keywords: String,
    in_navigation: bool,
    sensitive: bool,
    lock_version: Option<i64>,
}

pub(super) async fn new(page: Page, Path(id): Path<SiteId>, query: ListQuery) -> WebResult {
    let (site, columns) = app::column::list(page.app(), &page.actor, id).await?;
    require_ability(&page, &site)?;
    let form = FormView::blank().with("parent", query.filter("parent").unwrap_or("")).with("in_navigation", "true");
    let view =
        view! { site, column => None::<Column>, parents => column_choices(&columns, None), types => COLUMN_TYPES };
    page.render_form("console/column/form.html", view, &form)
}

pub(super) async fn create(page: Page, Path(id): Path<SiteId>, submitted: Submitted) -> WebResult {
    let created = match submitted.parse::<ColumnForm>() {
        Ok(form) => {
            let new = NewColumn {
                parent: form.parent,
                slug: form.slug.trim().to_owned(),
                name: form.name,
                column_type: form.column_type,
                description: form.description,
                keywords: form.keywords,
                position: None,
                in_navigation: form.in_navigation,
                sensitive: form.sensitive,
            };
            app::column::create(page.app(), &page.actor, id, new).await
        }
        Err(error) => Err(error),
    };
    match created {
        Ok(column) => page.done(&format!("/console/sites/{id}/columns"), &format!("栏目“{}”已新建。", column.name)),
        Err(error) => {
            let (site, columns) = app::column::list(page.app(), &page.actor, id).await?;
            let parents = column_choices(&columns, None);
            let view = view! { site, column => None::<Column>, parents, types => COLUMN_TYPES };
            page.ask_again("console/column/form.html", view, &submitted, error)
        }
    }
}

pub(super) async fn edit(page: Page, Path(id): Path<ColumnId>) -> WebResult {
    let (site, column) = app::column::get(page.app(), &page.actor, id).await?;
    require_ability(&page, &site)?;
    let form = FormView::of(&column);
    let view = view! { site, column => Some(column), parents => Vec::<String>::new(), types => COLUMN_TYPES };
    page.render_form("console/column/form.html", view, &form)
}

pub(super) async fn change(page: Page, Path(id): Path<ColumnId>, submitted: Submitted) -> WebResult {
    let (site, column) = app::column::get(page.app(), &page.actor, id).await?;
    let changed = match submitted.parse::<ColumnForm>() {
        Ok(form) => {
            let change = ColumnChange {
                name: form.name,
                column_type: form.column_type,
                description: form.description,
                keywords: form.keywords,
                in_navigation: form.in_navigation,
                sensitive: form.sensitive,
                lock_version: form.lock_version.unwrap_or(column.lock_version),
            };
            app::column::change(page.app(), &page.actor, id, change).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(column) => page.done(&format!("/console/columns/{id}"), &format!("栏目“{}”已保存。", column.name)),
        Err(error) => {
            let view = view! { site, column => Some(column), parents => Vec::<String>::new(), types => COLUMN_TYPES };
            page.ask_again("console/column/form.html", view, &submitted, error)
        }
    }
}

/// Forms are shown to those who may send them.
pub(super) fn require_ability(page: &Page, site: &domain::site::Site) -> WebResult<()> {
    if app::site::abilities(page.app(), &page.actor, site).columns {
        return Ok(());
    }
    Err(app::AppError::Forbidden(format!("“{}”的栏目由主办单位的管理员维护。", site.name)).into())
}
