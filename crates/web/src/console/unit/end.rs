//! `/console/units/{id}/deactivate` and `/reactivate`.

use app::unit::UnitPage;
use axum::extract::Path;
use domain::ids::UnitId;
use serde::Deserialize;

use super::{
    options::opened,
    show::{address, crumbs},
};
use crate::{Submitted, WebResult, console::page::Page, flash::Flash, form_view::FormView, view};

const TEMPLATE: &str = "console/unit/deactivate.html";

#[derive(Deserialize)]
struct End {
    lock_version: i64,
    reason: Option<String>,
}

pub(super) async fn form(page: Page, Path(id): Path<UnitId>) -> WebResult {
    let unit = opened(&page, id, |may| may.deactivate).await?;
    page.render_form(TEMPLATE, about(&page, &unit).await?, &FormView::blank())
}

pub(super) async fn deactivate(page: Page, Path(id): Path<UnitId>, submitted: Submitted) -> WebResult {
    let unit = opened(&page, id, |may| may.deactivate).await?;
    let ended = match submitted.parse::<End>() {
        Ok(end) => {
            let reason = end.reason.unwrap_or_default();
            app::unit::deactivate(page.app(), &page.actor, id, end.lock_version, &reason).await
        }
        Err(error) => Err(error),
    };
    match ended {
        Ok(()) => page.done(&address(id), "单位已停用，已发布的信息和沿革保留。"),
        Err(error) => page.ask_again(TEMPLATE, about(&page, &unit).await?, &submitted, error),
    }
}

pub(super) async fn reactivate(page: Page, Path(id): Path<UnitId>, submitted: Submitted) -> WebResult {
    opened(&page, id, |may| may.deactivate).await?;
    let end: End = submitted.parse()?;
    let reason = end.reason.unwrap_or_default();
    match app::unit::reactivate(page.app(), &page.actor, id, end.lock_version, &reason).await {
        Ok(()) => page.done(&address(id), "单位已恢复使用。"),
        // The page has no form of its own, so the reason is told where the button stands.
        Err(app::AppError::Conflict(message)) => page.redirect(&address(id), Flash::danger(&message)),
        Err(error) => Err(error.into()),
    }
}

async fn about(page: &Page, unit: &UnitPage) -> WebResult<minijinja::Value> {
    let obstacles = app::unit::obstacles(page.app(), &page.actor, unit.unit.id).await?;
    Ok(view! { crumbs => crumbs(unit), unit => unit.unit, obstacles })
}
