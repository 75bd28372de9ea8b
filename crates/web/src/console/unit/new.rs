//! `GET /console/units/new`, `POST /console/units`: founding a unit.

use app::unit::{NewUnit, Purpose};

use super::{options, show::address};
use crate::{ListQuery, Submitted, WebResult, console::page::Page, form_view::FormView, view};

const TEMPLATE: &str = "console/unit/new.html";

pub(super) async fn form(page: Page, query: ListQuery) -> WebResult {
    options::require(app::unit::abilities(page.app(), &page.actor).create)?;
    let mut form = FormView::blank();
    if let Some(parent) = query.parsed_filter::<domain::ids::UnitId>("parent") {
        let parent = app::unit::get(page.app(), &page.actor, parent).await?;
        form = form.with("parent", parent.unit.id.to_string()).with("division", parent.unit.division);
    }
    page.render_form(TEMPLATE, choices(&page).await?, &form)
}

pub(super) async fn create(page: Page, submitted: Submitted) -> WebResult {
    options::require(app::unit::abilities(page.app(), &page.actor).create)?;
    let created = match submitted.parse::<NewUnit>() {
        Ok(new) => app::unit::create(page.app(), &page.actor, &new).await,
        Err(error) => Err(error),
    };
    match created {
        Ok(id) => page.done(&address(id), "单位已新建。"),
        Err(error) => page.ask_again(TEMPLATE, choices(&page).await?, &submitted, error),
    }
}

async fn choices(page: &Page) -> WebResult<minijinja::Value> {
    let divisions = app::division::list(page.app(), &page.actor).await?;
    Ok(view! {
        parents => options::units(page, Purpose::Create, None).await?,
        divisions => options::divisions(&divisions),
        kinds => options::kinds(),
        roles => options::roles(),
    })
}
