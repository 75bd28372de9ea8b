//! `/console/units/{id}/move`: putting a unit below another.

use app::unit::{Purpose, UnitPage};
use axum::extract::Path;
use domain::ids::UnitId;
use serde::Deserialize;

use super::{
    options::{self, opened},
    show::{address, crumbs},
};
use crate::{Submitted, WebResult, console::page::Page, form_view::FormView, view};

const TEMPLATE: &str = "console/unit/move.html";

#[derive(Deserialize)]
struct Move {
    parent: UnitId,
    lock_version: i64,
    reason: Option<String>,
}

pub(super) async fn form(page: Page, Path(id): Path<UnitId>) -> WebResult {
    let unit = opened(&page, id, |may| may.move_to).await?;
    page.render_form(TEMPLATE, about(&page, &unit).await?, &FormView::of(&unit.unit))
}

pub(super) async fn move_to(page: Page, Path(id): Path<UnitId>, submitted: Submitted) -> WebResult {
    let unit = opened(&page, id, |may| may.move_to).await?;
    let moved = match submitted.parse::<Move>() {
        Ok(wanted) => {
            let reason = wanted.reason.unwrap_or_default();
            app::unit::move_to(page.app(), &page.actor, id, wanted.parent, wanted.lock_version, &reason).await
        }
        Err(error) => Err(error),
    };
    match moved {
        Ok(1) => page.done(&address(id), "隶属关系已调整。"),
        Ok(count) => page.done(&address(id), &format!("隶属关系已调整，连同下级共{count}个单位。")),
        Err(error) => page.ask_again(TEMPLATE, about(&page, &unit).await?, &submitted, error),
    }
}

async fn about(page: &Page, unit: &UnitPage) -> WebResult<minijinja::Value> {
    Ok(view! {
        crumbs => crumbs(unit),
        parents => options::units(page, Purpose::Move, Some(unit.unit.id)).await?,
        unit => unit.unit,
    })
}
