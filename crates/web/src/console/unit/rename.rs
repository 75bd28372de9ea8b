//! `/console/units/{id}/rename` and `/console/units/{id}/edit`: a unit's names and its other facts.

use app::unit::{NewName, UnitFacts, UnitPage};
use axum::extract::Path;
use domain::ids::UnitId;

use super::{
    options::{self, opened},
    show::{address, crumbs},
};
use crate::{Submitted, WebResult, console::page::Page, form_view::FormView, view};

const NAME: &str = "console/unit/rename.html";
const FACTS: &str = "console/unit/edit.html";

pub(super) async fn name_form(page: Page, Path(id): Path<UnitId>) -> WebResult {
    let unit = opened(&page, id, |may| may.change).await?;
    page.render_form(NAME, about(&page, &unit).await?, &FormView::of(&unit.unit))
}

pub(super) async fn rename(page: Page, Path(id): Path<UnitId>, submitted: Submitted) -> WebResult {
    let unit = opened(&page, id, |may| may.change).await?;
    let renamed = match submitted.parse::<NewName>() {
        Ok(name) => app::unit::rename(page.app(), &page.actor, id, &name).await,
        Err(error) => Err(error),
    };
    match renamed {
        Ok(()) => page.done(&address(id), "单位已更名，曾用名记入沿革，仍可查到。"),
        Err(error) => page.ask_again(NAME, about(&page, &unit).await?, &submitted, error),
    }
}

pub(super) async fn facts_form(page: Page, Path(id): Path<UnitId>) -> WebResult {
    let unit = opened(&page, id, |may| may.change).await?;
    page.render_form(FACTS, about(&page, &unit).await?, &FormView::of(&unit.unit))
}

pub(super) async fn change(page: Page, Path(id): Path<UnitId>, submitted: Submitted) -> WebResult {
    let unit = opened(&page, id, |may| may.change).await?;
    let changed = match submitted.parse::<UnitFacts>() {
        Ok(facts) => app::unit::change(page.app(), &page.actor, id, &facts).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => page.done(&address(id), "单位资料已保存。"),
        Err(error) => page.ask_again(FACTS, about(&page, &unit).await?, &submitted, error),
    }
}

async fn about(page: &Page, unit: &UnitPage) -> WebResult<minijinja::Value> {
    let divisions = app::division::list(page.app(), &page.actor).await?;
    Ok(view! {
        crumbs => crumbs(unit),
        unit => unit.unit,
        divisions => options::divisions(&divisions),
        kinds => options::kinds(),
        roles => options::roles(),
    })
}
